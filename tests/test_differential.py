"""Three archives led through the same days: incremental, full, and killed again and again.

In the end they hold the same; before that, what the incremental one does not know yet is only
what it could not know: pages that were changed and nothing else, and what stands where no listing
page that it turns leads to. At every moment an archive holds all that it was given, and no more.
"""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, groupby
from pathlib import Path
from random import Random
from typing import Any

import pytest

from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.archive.verifying import verify
from replyarc.export.flat import as_json
from tests.epochs import Column, Day, Government, History, Letter, columns, history
from tests.gov import Gov
from tests.killing import Kill, killing, quick_folder

CONFIG = """
[archive]
path = "{name}.db"
[crawl]
contact = "mailto:tests@localhost"
delay = 0.0
retries = 1
private_addresses = true
"""
SOURCE = """
[[source]]
name = "{column.name}"
publisher = "{column.office}"
url = "{url}{column.site.column}"
"""
LATER = (100.0, 101.0)
"""Days on which everything is due again, then looks are confirmed."""

INSTANTS = {"first_seen_at", "last_seen_at", "changed_at", "gone_at", "version"}
STEP = (30, 120)
"""After how many of its points, at least and at most, a crawl is killed; the next after more."""


@dataclass
class Traveller:
    """One archive that is led through the days, and what it was given on them, in order.

    ``revisited`` are the letters of which it was told that it holds them as they are (304).
    """

    path: Path
    kill: Kill
    options: tuple[str, ...] = ()
    random: Random | None = None
    given: list[Letter] = field(default_factory=list)
    revisited: list[Letter] = field(default_factory=list)
    kills: int = 0

    def crawl(self, government: Government, number: int, day: Day, days: float) -> None:
        """Crawl on one day; where it is killed, again and again, until a crawl comes through."""
        government.begin(number, day)
        config = str(self.path.with_suffix(".toml"))
        arguments = ["--config", config, "-q", "crawl", *self.options]
        for attempt in count(1):
            point = attempt * self.random.randint(*STEP) if self.random else None
            code = self.kill(arguments, point, days)
            if code != -signal.SIGKILL:
                break
            self.kills += 1
        assert code in (0, 4, 5)
        self.given += government.given
        self.revisited += government.revisited


def held(path: Path) -> dict[str, dict[str, Any]]:
    """Return, by its id, all that an archive holds of a reply but instants."""
    found = {}
    with Archive.open(path, read_only=True) as archive:
        conflicts = {reply for (reply,) in archive.db.execute("select reply from conflicts")}
        for reply in archive.replies(Query()):
            said = as_json(reply)
            found[reply.id] = {
                "says": {name: value for name, value in said.items() if name not in INSTANTS},
                "versions": [version.sha256 for version in archive.versions(reply.id)],
                "seen at": sorted(each.url for each in archive.sightings(reply.id)),
                "gone": reply.gone_at is not None,
                "conflict": reply.id in conflicts,
            }
    return found


def without_versions(replies: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        id: {name: value for name, value in reply.items() if name != "versions"}
        for id, reply in replies.items()
    }


def sha256(letter: Letter) -> str:
    return hashlib.sha256(letter.page()).hexdigest()


def given_versions(given: list[Letter]) -> dict[tuple[str, int], list[str]]:
    """Return, letter by letter, what an archive was given of it, each state once."""
    found: dict[tuple[str, int], list[str]] = {}
    for letter in given:
        found.setdefault((letter.office, letter.number), []).append(sha256(letter))
    return {key: [sha for sha, _ in groupby(shas)] for key, shas in found.items()}


@pytest.fixture(scope="module")
def kill() -> Iterator[Kill]:
    with killing() as run:
        yield run


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder


def travellers(
    folder: Path, gov: Gov, kill: Kill, seed: int, asked: list[Column]
) -> dict[str, Traveller]:
    """Make the three: each with an archive of its own, asking the same columns."""
    made = {
        "incremental": Traveller(folder / "incremental.db", kill),
        "full": Traveller(folder / "full.db", kill, ("--full",)),
        "killed": Traveller(folder / "killed.db", kill, (), Random(seed)),
    }
    sources = "".join(SOURCE.format(column=column, url=gov.url) for column in asked)
    for name in made:
        (folder / f"{name}.toml").write_text(CONFIG.format(name=name) + sources, "utf-8")
    return made


@pytest.mark.parametrize(
    ("seed", "names"), [(1, ("trs", "jpaas")), (2, ("nextlink", "igs"))], ids=["1", "2"]
)
def test_incremental_full_and_killed_crawls_come_to_the_same(
    folder: Path, gov: Gov, kill: Kill, seed: int, names: tuple[str, ...]
) -> None:
    """Two columns at a time, one of them without totals, the other with them."""
    government = Government(gov, [column for column in columns() if column.name in names])
    told = history(seed, government.columns)
    three = travellers(folder, gov, kill, seed, government.columns)
    for number, day in enumerate(told.days):
        for each in three.values():
            each.crawl(government, number, day, float(number))
    check_what_is_not_known_yet(three, told, gov.url)
    for number, days in enumerate(LATER, len(told.days)):
        for each in three.values():
            each.crawl(government, number, told.last(), days)
    check_the_end(three, told, gov.url)
    offices = {column.office for column in government.columns if column.tells}
    assert {letter.office for letter in three["incremental"].revisited} == offices


def check_what_is_not_known_yet(three: dict[str, Traveller], told: History, url: str) -> None:
    """Compare after five days: all that could be seen was, by who stops early too."""
    replies = {name: held(each.path) for name, each in three.items()}
    on_top_meanwhile = {letter.path for letter in told.days[-1].shifts.values()}
    cannot_know = told.silent | told.deep | told.removed | on_top_meanwhile
    all_known = replies["full"]
    for known in (replies["incremental"], replies["killed"]):
        assert known.keys() <= all_known.keys()
        for id, reply in all_known.items():
            paths = {path.removeprefix(url) for path in reply["seen at"]}
            assert known.get(id) == reply or paths & cannot_know


def check_the_end(three: dict[str, Traveller], told: History, url: str) -> None:
    """Compare when everything was due again: nothing lost, nothing twice, and all three alike."""
    replies = {name: held(each.path) for name, each in three.items()}
    assert without_versions(replies["incremental"]) == without_versions(replies["full"])
    assert without_versions(replies["killed"]) == without_versions(replies["full"])
    assert three["killed"].kills > 0
    published = {letter.path: letter for there in told.last().letters.values() for letter in there}
    shown = {
        path.removeprefix(url): reply
        for reply in replies["full"].values()
        for path in reply["seen at"]
    }
    assert published.keys() <= shown.keys()
    for path, letter in published.items():
        assert shown[path]["says"]["sha256"] == sha256(letter)
        assert not shown[path]["gone"]
    letters = {(each.office, each.number) for each in three["full"].given}
    assert len(replies["full"]) == len(letters)
    for name, each in three.items():
        versions = given_versions(each.given)
        for reply in replies[name].values():
            (key,) = {key for key, shas in versions.items() if reply["says"]["sha256"] in shas}
            assert reply["versions"] == versions[key]
        assert verify(each.path).damage == []
    gone = {key for reply in replies["full"].values() if reply["gone"] for key in reply["seen at"]}
    there = {url + path for path in published}
    assert gone == {url + path for path in told.removed} - moved(replies["full"], there)


def moved(replies: dict[str, dict[str, Any]], there: set[str]) -> set[str]:
    """Return the former addresses of replies that are still seen at another one."""
    return {
        url for reply in replies.values() for url in reply["seen at"] if there & {*reply["seen at"]}
    }
