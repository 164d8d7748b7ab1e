"""Replies that gain version after version: what changes on their pages is hardly the letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from replyarc.archive.database import explained
from replyarc.archive.store import Archive

MOST_VERSIONS: Final = 5
"""Versions that a reply may gain in a week; a letter is corrected once or twice."""

WEEK: Final = timedelta(days=7)

_SEEN: Final = """
select replies.id, replies.title, replies.url, versions.first_seen_at
from replies join versions on versions.reply = replies.id
where replies.id in (select reply from readings where url = ?)
order by replies.id, versions.number
"""


@dataclass(frozen=True, slots=True)
class Restless:
    """A reply that gained many ``versions`` within a week; as a string, the finding."""

    id: str
    title: str
    url: str
    versions: int

    def __str__(self) -> str:
        return (
            f"{self.title} ({self.url}): {self.versions} versions within a week. Look at what "
            f"changed: `replyarc show {self.id} --history`. Either something on its page changes "
            f"by itself and is read as part of the letter: set options.content of its source to "
            f"what holds the letter. Or its address shows several letters in turn: that is the "
            f"site's doing, and each of them is kept as a version"
        )


def restless(archive: Archive, urls: Iterable[str]) -> list[Restless]:
    """Return the replies, seen at these addresses, that gained too many versions in a week.

    It is the week that ends with their last version.
    """
    found: dict[str, Restless] = {}
    with explained(archive.path):
        for url in dict.fromkeys(urls):
            seen: dict[tuple[str, str, str], list[datetime]] = {}
            for *reply, first_seen_at in archive.db.execute(_SEEN, [url]):
                at = datetime.fromisoformat(first_seen_at)
                seen.setdefault((reply[0], reply[1], reply[2]), []).append(at)
            for reply, instants in seen.items():
                number = sum(max(instants) - at < WEEK for at in instants)
                if number > MOST_VERSIONS:
                    found[reply[0]] = Restless(*reply, number)
    return list(found.values())
