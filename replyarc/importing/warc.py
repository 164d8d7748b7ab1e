"""What a WARC holds that is of use: pages and files that came with status 200.

Foreign ones (wget, Heritrix, browsertrix) hold whatever a browser asked for; programs, pictures
and failures are left. Records of an archive of ours go into a chest, see ``restored``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from replyarc.attached.kinds import kind_of
from replyarc.importing.messages import Message, entity, read_answer
from replyarc.importing.outcome import Imported
from replyarc.importing.pages import Pages
from replyarc.importing.paths import FILE, PAGE
from replyarc.importing.records import Record, records
from replyarc.importing.saved import web_address
from replyarc.model import Request, Response

_OTHER_TYPES: Final = ("javascript", "css", "image/", "font", "video/", "audio/", "json")
_OFFICE: Final = frozenset({"xlsx", "xls", "zip", "rar"})
Ours = Callable[[Record], bool]
"""Takes a record if it is one of ours; says so."""


@dataclass(slots=True)
class WarcFile:
    """One WARC that is taken in; ``ours`` is asked first about every record."""

    path: Path
    pages: Pages
    outcome: Imported
    ours: Ours
    digests: dict[str, str] = field(default_factory=dict)

    def take(self) -> None:
        """Keep what is of use. What is damaged becomes a problem; what is whole is taken."""
        with self.path.open("rb") as file:
            for record in records(file, self._tell):
                if not self.ours(record):
                    self._take(record)

    def _tell(self, what: str) -> None:
        self.outcome.problems.append(f"{self.path}: {what}")

    def _take(self, record: Record) -> None:
        if record.kind not in ("response", "resource", "revisit"):
            return
        url, at = web_address(record.target), instant(record.field("WARC-Date") or "")
        if url is None or at is None:
            self.outcome.left["no page"] += record.kind != "revisit"
            return
        try:
            answer = self._answer(record, url, at)
        except ValueError as error:
            self._tell(f"{url}: {error}; left")
            return
        if answer is None:
            return
        kind = kind_of(answer.body, url)
        kept = self.pages.keep(url, answer, by_hand=False, read=kind in PAGE)
        if kept and (told := record.field("WARC-Payload-Digest")):
            self.digests[told] = kept

    def _answer(self, record: Record, url: str, at: datetime) -> Response | None:
        """Return what a record holds, if that is of use. Raises ValueError where it is cut."""
        if record.kind == "resource":
            given = record.field("Content-Type")
            headers = (("content-type", given),) if given else ()
            message = Message(200, headers, record.block)
        else:
            message = read_answer(record.block)
        if message.status != 200:
            self.outcome.left[f"status {message.status}"] += 1
            return None
        if any(each in message.header("content-type").lower() for each in _OTHER_TYPES):
            self.outcome.left["no page"] += 1
            return None
        if record.field("WARC-Truncated"):
            raise ValueError("cut when it was fetched")
        body = self._known(record) if record.kind == "revisit" else entity(message, url)
        if body is None:
            self.outcome.left["a revisit of what is not here"] += 1
            return None
        if kind_of(body, url) not in PAGE | FILE | _OFFICE:
            self.outcome.left["no page"] += 1
            return None
        return Response(
            request=Request(url),
            url=url,
            status=200,
            headers=message.headers,
            body=body,
            fetched_at=at,
            ip=record.field("WARC-IP-Address"),
        )

    def _known(self, record: Record) -> bytes | None:
        """Return the bytes that a revisit found unchanged, where they are held."""
        name = self.digests.get(record.field("WARC-Payload-Digest") or "")
        if name:
            return self.pages.body(name)
        former = web_address(record.field("WARC-Refers-To-Target-URI") or record.target)
        held = self.pages.held(former) if former else None
        return held and held[0]


def instant(text: str) -> datetime | None:
    """Read a WARC-Date, an instant in UTC with or without fractions.

    >>> instant("2024-05-01T08:00:00.123456789Z")
    datetime.datetime(2024, 5, 1, 8, 0, 0, 123456, tzinfo=datetime.timezone.utc)
    """
    whole, _, fraction = text.strip().removesuffix("Z").partition(".")
    try:
        at = datetime.strptime(whole, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
        return at.replace(microsecond=int(fraction[:6].ljust(6, "0")) if fraction else 0)
    except ValueError:
        return None
