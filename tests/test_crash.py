"""The crash matrix: every job, killed at every point where something of it comes to last.

After each kill `verify` finds the archive whole, and the same command run again gives what it
would have given had nothing happened.
"""

from __future__ import annotations

import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from replyarc.archive.store import Archive
from replyarc.archive.verifying import verify
from tests.column import Column, Letter, dump, letters
from tests.gov import Gov, serving
from tests.killing import Kill, killing, quick_folder
from tests.test_archive import DAY
from tests.test_interrupted import configure
from tests.test_migrations import old
from tests.test_verify import fill, letter, replace_at

MOST_POINTS = 200  # more than any of these jobs has

State = Any

MADE_OF_INSTANTS = {("redactions", "id"), ("_redacted", "redaction")}


@dataclass(frozen=True)
class Place:
    """A folder with an archive, and a government that may be asked."""

    folder: Path
    gov: Gov

    @property
    def archive(self) -> Path:
        return self.folder / "a.db"


@dataclass(frozen=True)
class Job:
    """A command, what there is before it, and what is to be the same after it."""

    name: str
    prepare: Callable[[Place, Kill], None]
    arguments: Callable[[Place], Sequence[str]]
    state: Callable[[Place], State]
    points: int
    """How many points it has at least: a job that commits all at once would show nothing."""


# --- what there is after a job


def rows(path: Path) -> State:
    """Return all rows of an archive, without instants and what only counts."""
    connection = sqlite3.connect(path)
    sql = "select name from sqlite_master where type = 'table' and sql not like '%using fts5%'"
    names = [name for (name,) in connection.execute(sql).fetchall()]
    found = {}
    for name in names:
        if name.startswith(("_search", "_sqlite", "_indexed", "_unindexed", "sqlite")):
            continue
        columns = [row[1] for row in connection.execute(f"pragma table_info({name})")]
        kept = [
            f'"{column}"'
            for column in columns
            if not column.endswith("_at") and (name, column) not in MADE_OF_INSTANTS
        ]
        found[name] = sorted(connection.execute(f"select {', '.join(kept)} from {name}"), key=repr)
    connection.close()
    return found


def replies(place: Place) -> State:
    return dump(place.archive)


def all_rows(place: Place) -> State:
    return rows(place.archive)


def the_copy(place: Place) -> State:
    return rows(place.folder / "copy.db")


# --- what there is before a job


def nothing(place: Place, kill: Kill) -> None:
    column = Column([*letters(1), Letter(9, letters(1)[0].day)], per_page=1)
    column.publish(place.gov)


def crawled(place: Place, kill: Kill) -> None:
    nothing(place, kill)
    assert kill(crawl(place), None) == 0


def changed_since(place: Place, kill: Kill) -> None:
    """Crawl, and let the government change a letter, bring a new one and drop one."""
    crawled(place, kill)
    column = Column([*letters(2), Letter(9, letters(1)[0].day)], per_page=2)
    column.edit(1, word="托育服务")
    column.publish(place.gov)
    del place.gov.pages[column.letters[-1].path]


def filled(place: Place, kill: Kill) -> None:
    with Archive.open(place.archive, create=True) as archive:
        fill(archive)


def of_format_3(place: Place, kill: Kill) -> None:
    old(place.folder, 3)


def of_format_4(place: Place, kill: Kill) -> None:
    old(place.folder, 4)


def damaged(place: Place, kill: Kill) -> None:
    filled(place, kill)
    connection = sqlite3.connect(place.archive)
    for statement in (
        "delete from versions",
        "drop table conflicts",
        "drop table _hosts",
        "drop index replies_newest",
        "delete from _indexed",
        "update replies set title = 'x'",
    ):
        connection.execute(statement)
    connection.commit()
    connection.close()


def misread(place: Place, kill: Kill) -> None:
    """Crawl, and let what was read be what an older rule would have read."""
    crawled(place, kill)
    with Archive.open(place.archive) as archive:
        for reply in list(archive.replies()):
            assert reply.last_seen_at is not None
            other = replace(reply, signature=None, signed_on=None, topic="旧")
            archive.put(other, reply.sha256, reply.last_seen_at, datetime.now(UTC))


def two_archives(place: Place, kill: Kill) -> None:
    """Fill two archives that have some letters in common, and remove one reply of the second."""
    filled(place, kill)
    with Archive.open(place.folder / "b.db", create=True) as other:
        for number in (2, 3, 7, 8):
            for again, word in enumerate(("养老", "托育")):
                reply, at = letter(number, word), DAY + timedelta(days=10 * again)
                body = replace_at(f"<p>{word}{number}</p>".encode(), reply.url, at)
                other.put(reply, other.keep(body), at)
    arguments = ["redact", letter(8).index_number or "", "--reason", "申请", "--yes"]
    assert kill(["--archive", str(place.folder / "b.db"), "-q", *arguments], None) == 0


def exported(form: str) -> Callable[[Place, Kill], None]:
    def prepare(place: Place, kill: Kill) -> None:
        two_archives(place, kill)
        to = ["export", "-f", form, "-o", str(place.folder / "in.file")]
        to += ["--profile", "raw"] if form == "csv" else []
        assert kill(["--archive", str(place.folder / "b.db"), "-q", *to], None) == 0
        (place.folder / "in.file").rename(place.folder / f"in.{form.replace('warc', 'warc.gz')}")
        (place.folder / "b.db").unlink()

    return prepare


def crawl(place: Place) -> list[str]:
    return configure(place.folder, place.gov, "a")


def with_archive(*arguments: str) -> Callable[[Place], list[str]]:
    def make(place: Place) -> list[str]:
        named = [each.format(folder=place.folder) for each in arguments]
        return ["--archive", str(place.archive), "-q", *named]

    return make


JOBS = [
    Job("crawl again", changed_since, lambda place: [*crawl(place), "--full"], replies, 20),
    Job("migrate from 3", of_format_3, with_archive("list"), all_rows, 4),
    Job("migrate from 4", of_format_4, with_archive("list"), all_rows, 4),
    Job("backup", filled, with_archive("backup", "{folder}/copy.db", "--force"), the_copy, 2),
    Job("reread", misread, lambda place: [*crawl(place)[:-1], "reread"], all_rows, 4),
    Job("merge", two_archives, with_archive("merge", "{folder}/b.db"), all_rows, 2),
    Job(
        "import jsonl", exported("jsonl"), with_archive("import", "{folder}/in.jsonl"), all_rows, 2
    ),
    Job(
        "import warc", exported("warc"), with_archive("import", "{folder}/in.warc.gz"), all_rows, 2
    ),
    Job(
        "redact",
        filled,
        with_archive("redact", "990123006/2023-00002", "--reason", "申请", "--yes"),
        all_rows,
        2,
    ),
    Job("repair", damaged, with_archive("verify", "--repair"), all_rows, 6),
]


@pytest.fixture(scope="module")
def kill() -> Iterator[Kill]:
    with killing() as run:
        yield run


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_killed_at_any_point_it_is_whole_and_gone_on_with(
    job: Job, folder: Path, gov: Gov, kill: Kill
) -> None:
    start = Place(folder / "start", gov)
    start.folder.mkdir()
    job.prepare(start, kill)
    before = dict(gov.pages)
    whole = copied(start, "whole")
    assert kill(job.arguments(whole), None) == 0
    expected = job.state(whole)
    for point in range(MOST_POINTS):
        gov.pages = dict(before)
        place = copied(start, f"at{point}")
        code = kill(job.arguments(place), point)
        if code != 0:
            assert code == -signal.SIGKILL
            check_whole(job, place)
            assert kill(job.arguments(place), None) == 0
        assert verify(place.archive).damage == []
        assert job.state(place) == expected
        shutil.rmtree(place.folder)
        if code == 0:
            break
    else:
        pytest.fail("it has more points than were tried")
    assert point >= job.points


def copied(start: Place, name: str) -> Place:
    folder = start.folder.with_name(name)
    shutil.copytree(start.folder, folder)
    return Place(folder, start.gov)


def check_whole(job: Job, place: Place) -> None:
    """Look whether a killed job left a whole archive, or none yet."""
    if job.prepare is damaged:
        return
    if job.prepare is nothing and not (place.archive.exists() and rows(place.archive)):
        return
    assert verify(place.archive).whole
