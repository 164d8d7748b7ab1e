"""``status``: how the sources are, by what their crawls brought over sockets on loopback."""

from __future__ import annotations

import io
import json
import os
import socket
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from replyarc.archive import history
from replyarc.archive.ledger import look_after
from replyarc.archive.lock import hold
from replyarc.archive.running import holder
from replyarc.archive.schema import instant
from replyarc.archive.store import Archive
from replyarc.findings import Finding, Told
from replyarc.health.judging import Health, judge
from replyarc.instants import CHINA
from replyarc.manners import Expect
from replyarc.model import Source
from replyarc.report import Report
from replyarc.screen import status as drawn
from replyarc.walk import Plan
from tests.clock import Move
from tests.column import Column, Letter, letters, source, walk
from tests.gov import Gov, status
from tests.test_cli import Ran, run
from tests.test_merge import Page, made
from tests.test_verify import wreck

CONFIG = """
[archive]
path = "a.db"
[crawl]
contact = "mailto:tests@localhost"
private_addresses = true
"""


@dataclass(frozen=True)
class Redesigned(Letter):
    """A letter as a redesigned site prints it: under another label stands what had one before."""

    label: str = "编码"

    def page(self) -> bytes:
        return super().page().replace("索引号".encode(), self.label.encode())


@dataclass
class Watching:
    """A column that is crawled day by day, and its archive."""

    path: Path
    gov: Gov
    column: Column
    move: Move
    source: Source
    today: float = 0
    start: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    def at(self, days: float) -> datetime:
        return self.start + timedelta(days=days)

    async def crawl(self, days: float, plan: Plan | None = None) -> tuple[Report, list[Told]]:
        """Crawl on a day, and look after the source as a crawl does at its end."""
        self.today = days
        self.column.publish(self.gov)
        self.move(days)
        with Archive.open(self.path, create=True) as archive:
            (report,) = await walk(archive, self.source, plan=plan)
            told = getattr(report, "told", None)  # a crawl looks after its source by itself
            if told is None:
                told = look_after(archive, self.source, self.at(days))
            return report, told

    def add(self, *new: Letter) -> None:
        self.column.letters[:0] = new


@pytest.fixture
def watching(tmp_path: Path, gov: Gov, move: Move) -> Watching:
    """A column of few letters; `many` has as many as drift and a fall are judged by."""
    column = Column(letters(3), per_page=30)
    return Watching(tmp_path / "a.db", gov, column, move, source(gov))


@pytest.fixture
def many(watching: Watching) -> Watching:
    watching.column.letters = letters(10)
    return watching


@pytest.fixture
def ask(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what asks for the status an hour after the last crawl, or as many days after it."""

    def status_of(*arguments: str, days: float = 1 / 24, expect: str = "", names: str = "") -> Ran:
        config = watching.path.with_name("replyarc.toml")
        tables = "".join(
            f'[[source]]\nname = "{name}"\npublisher = "清源市民政局"\n'
            f'url = "{watching.gov.url}/{number}/jytabl/index.html"\n{expect}\n'.replace("/0/", "/")
            for number, name in enumerate((names or "qingyuan").split())
        )
        config.write_text(CONFIG + tables, "utf-8")
        at = watching.at(watching.today + days)
        monkeypatch.setattr("replyarc.cli.status._now", lambda: at)
        first = [each for each in arguments if each in ("-q",)]
        rest = [each for each in arguments if each not in first]
        return run("--config", str(config), *first, "status", *rest)

    return status_of


def kinds(told: Sequence[Told]) -> set[str]:
    return {each.finding.kind for each in told if each.is_news}


def new(count: int, kind: type[Letter] = Letter) -> list[Letter]:
    """Make letters that are newer than those of the column."""
    return [kind(each.number + 500, each.day + timedelta(days=40)) for each in letters(count)]


async def test_a_source_that_is_well_is_told_so(watching: Watching, ask: Any) -> None:
    await watching.crawl(0)
    ran = ask("--max-age", "36h")
    assert (ran.code, "✓ qingyuan  trs · archived 3 · newest 2023-05-17" in ran.out) == (0, True)
    assert "1 whole" not in ran.out
    assert "60 min ago" in ran.out
    assert str(watching.path) in ran.err
    assert (ask("-q").out, ask("-q").err, ask("-q").code) == ("", "", 0)


# --- what would otherwise be a silent gap


async def test_a_redesign_shows_as_a_field_that_is_filled_no_more(many: Watching, ask: Any) -> None:
    _, first = await many.crawl(0)
    many.add(*new(10, Redesigned))
    report, told = await many.crawl(1)
    assert report.finished
    assert not report.problems
    assert (kinds(first), kinds(told)) == (set(), {"drift"})
    ran = ask("-q")
    assert ran.code == 5
    assert "索引号 (index_number) stands in 0 of the last 10 new letters" in ran.out
    assert f"drift (since {many.at(1).astimezone(CHINA).date()}): 索引号" in ran.out
    assert "filled less than before" not in ask().out
    with Archive.open(many.path) as archive, archive.transaction() as db:  # as if read again
        db.conn.execute("update replies set index_number = id where index_number is null")
    assert ask().code == 0


async def test_drift_is_told_once_reminded_of_and_over_when_the_field_is_back(
    many: Watching,
) -> None:
    await many.crawl(0)
    many.add(*new(10, Redesigned))
    await many.crawl(1)
    _, again = await many.crawl(2)
    assert [each.is_said for each in again if each.finding.kind == "drift"] == [False]
    _, reminded = await many.crawl(8)
    assert {each.finding.kind for each in reminded if each.is_reminder} >= {"drift"}
    many.add(*(replace(each, number=each.number + 100) for each in new(10)))
    _, mended = await many.crawl(9)
    assert {each.finding.kind for each in mended if each.is_over} == {"drift"}


async def test_letters_that_lose_a_field_when_asked_for_again_are_a_finding(
    many: Watching,
) -> None:
    await many.crawl(0)
    many.column.letters = [Redesigned(each.number, each.day) for each in many.column.letters]
    _, told = await many.crawl(1, Plan(full=True))
    about = [each.finding.about for each in told if each.finding.kind == "drift"]
    assert about == ["index_number"]
    _, later = await many.crawl(2)
    assert not any(each.is_over for each in later)


async def test_a_total_that_falls_is_a_finding_till_it_is_expected(
    many: Watching, ask: Any
) -> None:
    await many.crawl(0)
    del many.column.letters[5:]
    report, told = await many.crawl(1, Plan(full=True))
    assert report.finished
    assert kinds(told) == {"shrinking"}
    assert "holds 5 entries, and held 10" in ask().out
    assert (ask().code, ask(expect="expect = {minimum = 5}").code) == (5, 0)
    short = ask(expect="expect = {minimum = 6}")
    assert "minimum: there are 5 entries, and at least 6 are expected" in short.out


async def test_a_site_that_publishes_nothing_is_stale(watching: Watching, ask: Any) -> None:
    await watching.crawl(0)
    assert ask().code == 0
    ran = ask(expect='expect = {newest = "180d"}')
    assert ran.code == 5
    assert "stale (since 2023-11-28): the newest letter is of 2023-05-17" in ran.out


async def test_a_label_that_is_new_is_told_and_is_no_failure(watching: Watching, ask: Any) -> None:
    await watching.crawl(0)

    class Labelled(Letter):
        def page(self) -> bytes:
            row = "<td>存档批次</td><td>甲批</td></tr></table>"
            return super().page().replace(b"</tr></table>", row.encode())

    watching.add(*new(2, Labelled))
    _, told = await watching.crawl(1)
    assert [each.finding.grave for each in told if each.is_news] == [False]
    ran = ask()
    assert ran.code == 0
    assert "labels that nobody reads, and that are new: 存档批次 ×2" in ran.out
    assert ask("-q").out == ""


async def test_an_entry_that_cannot_be_had_is_told_after_a_few_crawls(
    watching: Watching, ask: Any
) -> None:
    broken = watching.column.letters[0]
    told = []
    for day in range(4):
        watching.gov.faults[broken.path] = deque(status(500) for _ in range(9))
        told.append((await watching.crawl(day))[1])
    assert [kinds(each) for each in told[:3]] == [{"failed"}, set(), set()]
    assert kinds(told[3]) == {"failing"}
    assert "1 entry was asked for in vain in more than 3 crawls in a row" in ask().out
    url = watching.gov.url + broken.path
    with Archive.open(watching.path) as archive, archive.transaction() as db:
        for day, problem in ((-9, "500"), (-8, None)):  # it was had after it had failed before
            row = [url, instant(watching.at(day)), problem]
            db.conn.execute("insert into fetches (url, fetched_at, problem) values (?, ?, ?)", row)
        since = history.read(db, "qingyuan").in_vain.since
    assert since is not None
    assert abs(since - watching.at(0)) < timedelta(minutes=5)


# --- crawls that did not run, or not to their end


async def test_a_crawl_that_is_too_long_ago_is_a_finding_for_a_monitor(
    watching: Watching, ask: Any
) -> None:
    await watching.crawl(0)
    assert ask("-q", "--max-age", "36h", days=1).code == 0
    ran = ask("-q", "--max-age", "36h", days=2)
    assert ran.code == 5
    assert "no crawl of it came to its end since" in ran.out
    assert "at most 36 h may pass" in ran.out
    assert ask("--max-age", "soon").code == 2


async def test_a_crawl_that_was_cut_short_is_not_whole(watching: Watching, ask: Any) -> None:
    await watching.crawl(0)
    watching.add(*new(3))
    report, told = await watching.crawl(3, Plan(limit=1))
    assert not report.finished
    assert kinds(told) == set()
    ran = ask("--max-age", "36h")
    assert ran.code == 5
    assert "last crawl " in ran.out
    assert "to ask 2" in ran.out
    assert "crawls ✓…" in ran.out


async def test_a_source_that_was_never_crawled_is_a_finding(watching: Watching, ask: Any) -> None:
    await watching.crawl(0)
    ran = ask(names="qingyuan moushi")
    assert ran.code == 5
    assert "age: it was never crawled: replyarc crawl --only moushi" in ran.out
    assert (ask("qingyuan", names="qingyuan moushi").code, ask("elsewhere").code) == (0, 2)


async def test_a_source_that_is_not_configured_any_more_is_shown_and_not_judged(
    watching: Watching, ask: Any
) -> None:
    await watching.crawl(0)
    ran = ask("--max-age", "1h", names="moushi", days=9)
    assert "not configured any more:\n  qingyuan · archived 3" in ran.out
    old = ask("--json", "--max-age", "1h", names="moushi", days=9)
    told = {each["name"]: each for each in json.loads(old.out)["sources"]}
    assert (told["qingyuan"]["configured"], told["qingyuan"]["findings"]) == (False, [])
    assert ask("qingyuan", names="moushi").code == 0


async def test_an_archive_alone_is_enough(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watching.crawl(0)
    monkeypatch.chdir(watching.path.parent)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(watching.path.parent))
    ran = run("--archive", str(watching.path), "status")
    assert (ran.code, "✓ qingyuan" in ran.out) == (0, True)
    assert "No configuration was found" in ran.err
    assert run("status").code == 3


def test_where_nothing_is_archived_yet_nothing_is_found(watching: Watching, ask: Any) -> None:
    ran = ask()
    assert ran.code == 10
    assert "`replyarc crawl` fills it" in ran.err
    assert "qingyuan" in ran.out
    assert not watching.path.exists()
    assert json.loads(ask("--json").out)["exit_code"] == 10


def test_the_history_of_a_source_is_told_by_its_last_crawls(watching: Watching) -> None:
    with Archive.open(watching.path, create=True) as archive:
        assert history.read(archive.db, "qingyuan").runs == ()
        for number in range(history.LOOKS_BACK + 5):
            crawl = archive.begin(watching.source, "trs", watching.at(number))
            told = {"since": "2026-01-02", "interrupted": True, "blocked": "412", "requests": 7}
            whole = number in (2, 4)
            archive.finish(
                crawl, watching.at(number + 0.5), finished=whole, family="trs", report=told
            )
        look_after(archive, watching.source, watching.at(60))
        lasts = history.read(archive.db, "qingyuan")
    last = lasts.runs[0]
    assert [each.crawl for each in lasts.runs] == [*range(55, 5, -1)]
    assert (lasts.first_whole, lasts.whole_at) == (3, watching.at(4.5))
    assert lasts.began_at == watching.at(0)
    assert (last.since, last.interrupted, last.blocked) == (date(2026, 1, 2), True, "412")
    assert (last.requests, last.new, last.counts) == (7, 0, False)


async def test_letters_without_a_day_are_as_old_as_they_are_known(watching: Watching) -> None:
    await watching.crawl(0)
    with Archive.open(watching.path) as archive, archive.transaction() as db:
        assert len(history.read(db, "qingyuan").days) == 3
        db.conn.execute("update replies set published_on = null, signed_on = null")
        assert history.read(db, "qingyuan").days == (watching.at(0).date(),)


async def test_what_is_over_is_not_held_against_a_source(many: Watching) -> None:
    await many.crawl(0)
    gone, many.column.letters = many.column.letters[5:], many.column.letters[:5]
    await many.crawl(1, Plan(full=True))
    with Archive.open(many.path) as archive:
        assert [kind for kind, _ in history.read(archive.db, "qingyuan").open] == ["shrinking"]
    many.column.letters += gone
    await many.crawl(2, Plan(full=True))
    with Archive.open(many.path) as archive:
        assert not history.read(archive.db, "qingyuan").open


# --- while a crawl runs


async def test_a_crawl_that_runs_is_told_and_disturbed_by_nothing(
    watching: Watching, ask: Any
) -> None:
    await watching.crawl(0)
    with hold(watching.path), Archive.open(watching.path) as archive:
        archive.begin(watching.source, "trs", datetime.now(UTC) + timedelta(minutes=1))
        ran, told = ask(), json.loads(ask("--json").out)
    assert f"process {os.getpid()} on {socket.gethostname()}" in ran.err
    assert "crawls ✓>" in ran.out
    assert told["crawl_running"]["pid"] == os.getpid()
    assert [each["ended"] for each in told["sources"][0]["runs"]] == ["under way", "whole"]
    after = ask()
    assert "crawls ✓/" in after.out
    assert "ended by a signal, or killed" in after.out
    assert json.loads(ask("--json").out)["crawl_running"] is None


def test_status_changes_nothing(watching: Watching, ask: Any) -> None:
    with Archive.open(watching.path, create=True) as archive:
        archive.begin(watching.source, "trs", datetime.now(UTC))
    before = watching.path.read_bytes()
    assert ask().code == 5
    assert watching.path.read_bytes() == before


@pytest.mark.parametrize(
    ("note", "known"),
    [
        ({"pid": os.getpid()}, True),
        ({"pid": 2**22 + 7}, False),
        ({"pid": 0}, False),
        ({"pid": 2**22 + 7, "host": "elsewhere"}, True),
        ({"pid": "x"}, False),
        ({"started_at": "yesterday"}, False),
    ],
)
def test_a_holder_is_known_by_its_note_if_it_lives(
    tmp_path: Path, note: dict[str, object], known: bool
) -> None:
    said = {"pid": 1, "host": socket.gethostname(), "started_at": "2026-11-20T02:00:00+00:00"}
    (tmp_path / "a.db.lock.json").write_text(json.dumps(said | note))
    assert (holder(tmp_path / "a.db") is not None) is known


async def test_a_report_that_cannot_be_read_says_nothing(watching: Watching, ask: Any) -> None:
    await watching.crawl(0)
    for report in ("[]", "{", '{"filled": 7}', '{"unread_labels": [1]}', '{"since": "soon"}', None):
        with Archive.open(watching.path) as archive, archive.transaction() as db:
            db.conn.execute("update crawls set report = ?", [report])
        assert (ask().code, json.loads(ask("--json").out)["sources"][0]["archived"]) == (0, 3)


@pytest.mark.parametrize("table", ["sources", "crawls", "entries", "_findings"])
def test_of_a_damaged_archive_it_says_that_it_is(tmp_path: Path, table: str) -> None:
    path = made(tmp_path / "a.db", [Page()])
    wreck(path, table)
    ran = run("--archive", str(path), "status")
    assert (ran.code, "damaged. `replyarc verify` says" in ran.err) == (8, True)


# --- as JSON and on a screen


async def test_json_has_the_keys_that_are_promised(many: Watching, ask: Any) -> None:
    await many.crawl(0)
    many.add(*new(10, Redesigned))
    await many.crawl(1)
    told = json.loads(ask("--json").out)
    assert list(told) == ["schema", "archive", "exit_code", "crawl_running", "sources"]
    assert (told["schema"], told["exit_code"]) == (1, 5)
    (one,) = told["sources"]
    assert {name: one[name] for name in ("name", "family", "archived", "failed", "waiting")} == {
        "name": "qingyuan",
        "family": "trs",
        "archived": 20,
        "failed": 0,
        "waiting": 0,
    }
    assert (one["announced"], one["unread"], one["newest"]) == (None, 0, "2023-06-26")
    assert one["last_run"] == one["runs"][0]["started_at"]
    assert one["last_whole_run"] == one["runs"][0]["ended_at"]
    assert one["filled"]["now"]["letters"] == 10
    assert one["filled"]["now"]["shares"]["index_number"] == 0
    assert one["filled"]["before"]["shares"]["index_number"] == 1
    assert list(one["findings"][0]) == ["kind", "about", "text", "since", "grave"]
    (found,) = one["findings"]
    assert (found["kind"], found["about"], found["grave"]) == ("drift", "index_number", True)
    assert found["since"].endswith("Z")


def test_a_crawl_says_what_is_news_and_that_the_rest_goes_on() -> None:
    def told(kind: str, **how: bool) -> Told:
        text, grave = f"so \x1b it is with {kind}", kind == "stale"
        finding = Finding(source="qingyuan", kind=kind, text=text, grave=grave)
        return Told(finding, datetime(2026, 11, 1, 20, tzinfo=UTC), **how)

    every = [
        told("stale", is_news=True),
        told("drift", is_reminder=True),
        told("minimum", is_over=True),
        told("labels"),
        told("blocked", is_news=True),
    ]
    out = io.StringIO()
    for part in drawn.news(every):
        Console(file=out, width=100, markup=False).print(part)
    assert [line.strip() for line in out.getvalue().splitlines()] == [
        r"finding: stale (since 2026-11-02): so \x1b it is with stale",
        r"note: drift (since 2026-11-02): so \x1b it is with drift",
        r"no longer: minimum (since 2026-11-02): so \x1b it is with minimum",
        "1 finding lasts (since 2026-11-02): see replyarc status",
    ]
    assert list(drawn.news([])) == []


async def test_every_line_fits_the_screen_and_nothing_is_lost(many: Watching) -> None:
    await many.crawl(0)
    many.add(*new(10, Redesigned))
    await many.crawl(1)
    with Archive.open(many.path) as archive:
        told = history.read(archive.db, "qingyuan")
    expecting = replace(many.source, expect=Expect(minimum=99, newest=timedelta(days=9)))
    at = many.at(1)
    health = Health(source=expecting, history=told, findings=tuple(judge(told, expecting, at)))
    assert {each.kind for each in health.findings} == {"minimum", "stale", "drift"}
    for width in (40, 80, 200):
        out = io.StringIO()
        console = Console(file=out, width=width, markup=False, emoji=False)
        console.print(*drawn.told([health], at, None), sep="\n")
        lines = out.getvalue().splitlines()
        assert max(cell_len(line) for line in lines) <= width
        words = "".join("".join(lines).split())
        for finding in health.findings:
            assert "".join(finding.text.split()) in words


def test_the_crawls_of_a_source_are_found_in_an_index_alone(archive: Archive) -> None:
    values = {"source": "a", "most": 1, "letters": 1, "ends": 1}
    for sql, known in ((history._ALL, ["a"]), (history._LAST, values)):
        plan = [row[3] for row in archive.db.conn.execute(f"explain query plan {sql}", known)]
        asked = [step for step in plan if "source=?" in step]
        assert asked
        assert all("INDEX crawls_" in step for step in asked), plan
