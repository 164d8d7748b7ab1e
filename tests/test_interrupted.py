"""A crawl that is killed, stopped or met by a second one: at most the page in flight is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from replyarc.archive import missing
from replyarc.archive.store import Archive
from replyarc.archive.verifying import verify
from replyarc.cli.crawling import run
from replyarc.config.load import Settings
from replyarc.errors import ArchiveError
from replyarc.fetch.wire import Wire
from replyarc.model import Entry
from replyarc.taking import Taking
from replyarc.walk import Plan
from tests.clock import Move
from tests.column import MANNERS, Column, Letter, dump, letters, source, walk
from tests.gov import Gov, hang, serving
from tests.killing import killing, quick_folder

CONFIG = """
[archive]
path = "{archive}"
[crawl]
contact = "mailto:tests@localhost"
delay = 0.0
private_addresses = true
[[source]]
name = "qingyuan"
publisher = "清源市民政局"
url = "{url}/jytabl/index.html"
"""
MOST_POINTS = 200  # more commit points than a small crawl can have


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


def configure(folder: Path, gov: Gov, name: str) -> list[str]:
    """Write a configuration with an archive of this name; return the arguments of its crawl."""
    config = folder / f"{name}.toml"
    config.write_text(CONFIG.format(archive=f"{name}.db", url=gov.url), "utf-8")
    return ["--config", str(config), "-q", "crawl"]


def command(folder: Path, gov: Gov, name: str) -> list[str]:
    return [sys.executable, "-m", "replyarc", *configure(folder, gov, name)]


def crawl(folder: Path, gov: Gov, name: str) -> int:
    return subprocess.run(command(folder, gov, name), capture_output=True).returncode


Killer = Callable[[str, int | None], int]


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder


@pytest.fixture
def killer(folder: Path, gov: Gov) -> Iterator[Killer]:
    """Crawl into the archive of a name, and kill the crawl at a commit point where one is given."""
    with killing() as run:
        yield lambda name, point: run(configure(folder, gov, name), point)


def test_a_crawl_killed_at_any_commit_point_is_gone_on_with(
    folder: Path, gov: Gov, killer: Killer
) -> None:
    column = Column([*letters(2), Letter(9, letters(1)[0].day)], per_page=2)
    column.publish(gov)
    assert killer("whole", None) == 0
    whole = dump(folder / "whole.db")
    assert len(whole) == 3
    for point in range(MOST_POINTS):
        code = killer(f"at{point}", point)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        gov.heard.clear()
        kept = count(folder / f"at{point}.db")
        assert not kept or verify(folder / f"at{point}.db").whole
        assert killer(f"at{point}", None) == 0
        assert dump(folder / f"at{point}.db") == whole
        assert verify(folder / f"at{point}.db").damage == []
        assert asked_for_letters(gov) == len(whole) - kept
    else:
        pytest.fail("the crawl has more commit points than were tried")
    assert point > len(whole)


def count(path: Path) -> int:
    """Return how many replies a killed crawl left behind."""
    try:
        return len(dump(path))
    except ArchiveError:  # killed before there was one
        return 0


def asked_for_letters(gov: Gov) -> int:
    return sum("/t2023" in path for path in gov.asked)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"]
)
def test_a_signal_ends_a_crawl_in_good_order_and_the_next_goes_on(
    tmp_path: Path, gov: Gov, number: signal.Signals, code: int
) -> None:
    column = Column(letters(4), per_page=2)
    column.publish(gov)
    last = column.letters[-1].path
    gov.faults[last] = deque([hang()])
    with subprocess.Popen(
        command(tmp_path, gov, "a"), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        wait_until_asked(gov, last, process)
        process.send_signal(number)
        _, told = process.communicate(timeout=20)
    assert process.returncode == code
    assert "archive is whole" in told
    assert "Traceback" not in told
    assert len(dump(tmp_path / "a.db")) == 3
    gov.heard.clear()
    assert crawl(tmp_path, gov, "a") == 0
    assert asked_for_letters(gov) == 1
    assert len(dump(tmp_path / "a.db")) == 4


def test_of_two_crawls_at_once_the_second_names_the_first(tmp_path: Path, gov: Gov) -> None:
    column = Column(letters(2))
    column.publish(gov)
    path = column.letters[0].path
    gov.faults[path] = deque([hang()])
    first_command = command(tmp_path, gov, "a")
    with subprocess.Popen(first_command, stderr=subprocess.DEVNULL) as first:
        wait_until_asked(gov, path, first)
        second = subprocess.run(first_command, capture_output=True, text=True)
        first.kill()
    assert second.returncode == 7
    assert f"process {first.pid}" in second.stderr
    assert crawl(tmp_path, gov, "a") == 0
    with Archive.open(tmp_path / "a.db", read_only=True) as archive:
        assert archive.count() == 2


def wait_until_asked(
    gov: Gov, path: str, process: subprocess.Popen[str] | subprocess.Popen[bytes]
) -> None:
    """Return when the government was asked for a path; fail if the crawl ended before."""
    while not gov.count(path):
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.02)


async def test_a_second_look_at_what_is_missing_counts_though_its_crawl_was_killed(
    gov: Gov, archive: Archive, move: Move
) -> None:
    """The crawl that follows on the same day looks again, and is the one that confirms it."""
    column = Column(letters(12), per_page=6)
    column.publish(gov)
    await walk(archive, source(gov))
    removed = column.letters[3]
    del gov.pages[removed.path]
    move(1)
    await walk(archive, source(gov), plan=Plan(full=True))
    move(2)
    at = datetime.now(UTC) + timedelta(days=2)
    killed = archive.begin(source(gov), "trs", at)
    assert missing.note(archive, "qingyuan", gov.url + removed.path, killed, at, "404")
    await walk(archive, source(gov))
    (reply,) = archive.find(removed.title)
    assert reply.gone_at is not None


def test_a_signal_while_connections_are_closed_takes_nothing_from_the_summary(
    tmp_path: Path, gov: Gov, monkeypatch: pytest.MonkeyPatch
) -> None:
    column = Column(letters(2))
    column.publish(gov)

    close = Wire.aclose

    async def signalled(wire: Wire) -> None:
        await close(wire)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(60)  # the signal ends this

    monkeypatch.setattr(Wire, "aclose", signalled)
    path, archive = tmp_path / "replyarc.toml", tmp_path / "archive.db"
    settings = Settings(path=path, manners=MANNERS, archive=archive, sources=(source(gov),))
    result = run(settings, Plan(), quiet=True)
    assert result.exit_code == 128 + signal.SIGTERM
    assert [report.finished for report in result.reports] == [True]


async def test_a_bug_in_one_walk_is_raised_when_the_others_are_done(
    gov: Gov, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One odd page would else end every crawl of every source, night after night."""
    first, second = Column(letters(2)), Column([Letter(50, letters(1)[0].day)], root="/taya/")
    first.publish(gov)
    second.publish(gov)
    take = Taking.take

    async def fails(taking: Taking, entry: Entry) -> None:
        if entry.url.endswith(first.letters[0].path):
            raise ValueError("odd")
        await take(taking, entry)

    monkeypatch.setattr(Taking, "take", fails)
    sources = source(gov), source(gov, "other", second.listing(1))
    with pytest.raises(ValueError, match="odd") as raised:
        await walk(archive, *sources)
    assert raised.value.__notes__ == ['in the walk of source "qingyuan"']
    assert [reply.title for reply in archive.find(second.letters[0].title)]
