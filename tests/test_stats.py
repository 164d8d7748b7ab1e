"""`stats`: SQL counts what a slow look at every reply counts; the screens, JSON, bad input."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from replyarc.archive.query import Query
from replyarc.archive.settling import mark_gone
from replyarc.archive.sittings import Where, where
from replyarc.archive.statistics import statistics
from replyarc.archive.store import Archive
from replyarc.figures import Count, Delay, Month, Statistics
from replyarc.model import Assembly, Entry, Kind, Reply, Source
from replyarc.screen.ink import bare, cells
from replyarc.screen.stats import part, report
from replyarc.screen.stats_bars import Pen, draws_blocks, fitted, heat_map
from tests.blank import blank
from tests.test_cli import run
from tests.test_merge import after

SCREENS = Path(__file__).parent / "screens"
OFFICES = {"mz": "清源市民政局", "jy": "清源市教育局", "yx": "云溪市财政局"}
REGIONS = {"mz": "430600", "jy": "430600", "yx": None}


def letters(number: int) -> Iterator[Reply]:
    """Yield invented replies, of which some say little."""
    chance = random.Random(7)
    for n in range(1, number + 1):
        source = chance.choice(["mz", "mz", "jy", "yx"])
        signed = date(2022, 11, 1) + timedelta(days=chance.randrange(300))
        kind = chance.choice([None, Kind.SUGGESTION, Kind.PROPOSAL])
        yield Reply(
            url=f"http://{source}.gov.test/{n}.html",
            source=source,
            title=f"关于第{n:03}号的答复",
            answered_by=chance.choice([None, OFFICES[source], OFFICES[source]]),
            publisher=chance.choice([None, OFFICES[source]]),
            kind=kind,
            assembly=chance.choice([None, Assembly.CONGRESS]) if kind else None,
            assembly_name=chance.choice([None, "市人大", "清源市人大"]),
            term=chance.choice([None, 8, 8]),
            session=chance.choice([1, 2, 2]),
            proposal_numbers=chance.choice([(), (f"{n:04}",), (f"{n:04}", "12")]),
            result_class=chance.choice([None, "A", "B"]),
            signed_on=chance.choice([None, signed, signed]),
            written_on=chance.choice([None, signed]),
            published_on=chance.choice([None, *[signed + timedelta(days=n - 5)] * 4]),
            text=f"顾明远代表：\n第{n}号收悉。",
        )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with blank(tmp_path_factory.mktemp("stats") / "a.db") as opened:
        for name, office in OFFICES.items():
            source = Source(name=name, publisher=office, urls=("x",), region=REGIONS[name])
            crawl = opened.begin(source, "trs", after(0))
            opened.finish(crawl, after(0), finished=True, family="trs", report={})
        for n, reply in enumerate(letters(60)):
            opened.put(reply, f"{n:064x}", after(n % 3))
            if n % 7 == 0:
                again = replace(reply, text=f"{reply.text}补充。", term=9)
                opened.put(again, f"{n + 1000:064x}", after(5))
        gone(opened)
        yield opened


def gone(archive: Archive) -> None:
    first = next(archive.replies(Query(source="jy")))
    entry = Entry(first.url, first.title)
    archive.listed("jy", [entry], 1, after(6))
    archive.db.execute(
        "update entries set state = 'gone', page = url, gone_at = '2024-05-20T17:00:00.000000Z'"
    )
    mark_gone(archive.db, first.url)
    archive.db.conn.commit()


@pytest.fixture(scope="module")
def told(archive: Archive) -> Statistics:
    return statistics(archive, Query())


QUERIES = {
    "all": Query(),
    "source": Query(source="mz"),
    "publisher": Query(publisher="教育"),
    "kind and year": Query(kind=Kind.PROPOSAL, year=2023),
    "span": Query(since=date(2023, 1, 1), until=date(2023, 6, 30)),
    "number": Query(number="12"),
    "gone": Query(gone=True),
    "a part of the list": Query(limit=7, offset=3),
}


@pytest.mark.parametrize("name", QUERIES)
def test_every_filter_counts_the_replies_that_it_lists(archive: Archive, name: str) -> None:
    found = statistics(archive, QUERIES[name])
    replies = [*archive.replies(QUERIES[name])]
    days = [each.published_on or each.signed_on for each in replies]
    expected: dict[str, Counter[str | None]] = {
        "year": Counter(str(day.year) if day else None for day in days),
        "month": Counter(f"{day:%Y-%m}" if day else None for day in days),
        "publisher": Counter(each.answered_by or each.publisher for each in replies),
        "kind": Counter(each.kind and str(each.kind) for each in replies),
        "assembly": Counter(each.assembly and str(each.assembly) for each in replies),
        "class": Counter(each.result_class for each in replies),
        "role": Counter(each.role and str(each.role) for each in replies),
        "region": Counter(REGIONS[each.source] for each in replies),
        "source": Counter(each.source for each in replies),
    }
    assert found.total == len(replies) > 0
    for by, counts in expected.items():
        assert dict(found.by[by]) == dict(counts), by
    assert sum(each.replies for each in found.by["session"]) == len(replies)
    took = [
        (each.published_on - letter).days
        for each in replies
        if each.published_on and (letter := each.signed_on or each.written_on)
    ]
    assert dict(found.publication.days) == dict(Counter(day for day in took if day >= 0))
    assert found.publication.before == sum(day < 0 for day in took)
    versions = {each.id: archive.versions(each.id) for each in replies}
    edited = {id for id, held in versions.items() if len(held) > 1}
    assert found.edited.replies == len(edited)
    assert {each.id for each in found.edited.latest} == edited
    assert [each.id for each in found.gone.latest] == [each.id for each in replies if each.gone_at]


def test_what_was_edited_tells_the_fields_and_the_day_in_china(told: Statistics) -> None:
    assert told.edited.fields == (Count("term", 9), Count("text", 9))
    assert {each.day for each in told.edited.latest} == {"2024-05-06"}
    assert told.edited.latest[0].fields == ("term", "text")


def test_what_is_gone_is_told_with_the_day_in_china(told: Statistics) -> None:
    assert (told.gone.replies, told.gone.first, told.gone.last) == (1, "2024-05-21", "2024-05-21")
    assert told.gone.sources == (Count("jy", 1),)
    assert told.gone.latest[0].title


def test_the_assembly_of_one_city_is_one_however_it_is_called(told: Statistics) -> None:
    places = {each.sitting.place for each in told.numbers if each.sitting.assembly == "人大"}
    assert places <= {"清源市", "云溪市"}
    held = [each for each in told.numbers if len(each.names) > 1]
    assert held
    assert held[0].names == ("市人大", "清源市人大")


@pytest.mark.parametrize(
    ("assembly", "office", "region", "expected"),
    [
        ("市人大", "清源市民政局", "430600", ("4306", "清源市")),
        ("市人大", "民政局", "430602", ("4306", "4306")),
        ("东湖区人大", None, "430600", ("4306县东湖", "东湖区")),
        ("东湖区人大", None, "430602", ("430602", "东湖区")),
        (None, "清源市民政局", None, ("市清源", "清源市")),
        (None, None, None, ("source mz", "mz")),
        ("全国人大", "清源市民政局", "430600", ("全国", "全国")),
        ("某兵团人大", None, "430600", ("某兵团人大", "某兵团人大")),
    ],
    ids=str,
)
def test_the_place_of_an_assembly(
    assembly: str | None, office: str | None, region: str | None, expected: tuple[str, str]
) -> None:
    assert where(assembly, [office], region, "mz") == Where(*expected)


@pytest.mark.parametrize("width", [20, 80, 200])
def test_the_report_is_as_it_was_seen_to_be_good(
    told: Statistics, width: int, request: pytest.FixtureRequest
) -> None:
    lines = [bare(line) for line in report(told, Pen(width), "清源市")]
    shown = "\n".join(lines) + "\n"
    for reply in (*told.edited.latest, *told.gone.latest):
        shown = shown.replace(reply.id, "0" * len(reply.id))
    golden = SCREENS / f"stats-{width}.txt"
    if not golden.exists() or request.config.getoption("regold"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, "utf-8")
        pytest.fail(f"wrote {golden.name}; look at it, then run again")
    assert shown == golden.read_text("utf-8")


@pytest.mark.parametrize("width", [20, 21, 24, 27, 32, 37, 40, 49, 50, 80])
def test_no_line_is_wider_than_the_terminal(told: Statistics, width: int) -> None:
    by = {name: (*HOSTILE, *held) for name, held in told.by.items()}
    slow = (Delay("清源市人力资源和社会保障局", 12, 43.5, 12), *told.publication.publishers)
    days = replace(told.publication, publishers=slow)
    months = tuple(Month("mz", f"2023-{n:02}", 2 * n + 1) for n in range(1, 8))
    hostile = replace(told, total=20_000, by=by, publication=days, months=months)
    for blocks in (True, False):
        pen = Pen(width, blocks)
        for name in ("publisher", "gaps", "days", "edited", "gone", "month"):
            for line in part(hostile, name, pen):
                assert cells(bare(line)) <= width


HOSTILE = (
    Count("=cmd|[/a]\x1b[2J\u202e局", 5000),
    Count("清" * 10_000, 4000),
    Count("a\nb\tc", 3000),
)


def test_what_a_page_says_moves_no_terminal(told: Statistics) -> None:
    by = {name: (*HOSTILE, *held) for name, held in told.by.items()}
    hostile = replace(told, total=20_000, by=by)
    shown = "\n".join(bare(line) for line in report(hostile, Pen(80)))
    assert "[/a]" in shown
    assert not {"\x1b", "\u202e", "\t"} & set(shown)


def test_without_blocks_all_is_ascii_but_what_the_archive_says(told: Statistics) -> None:
    shown = "\n".join(bare(line) for line in report(told, Pen(80, blocks=False)))
    assert "#" in shown
    assert not set("█▏░▒▓·") & (set(shown) - set("·"))


@pytest.mark.parametrize(
    ("encoding", "term", "expected"),
    [
        ("utf-8", "xterm", True),
        ("utf-8", "dumb", False),
        ("ascii", "xterm", False),
        ("latin-1", "", False),
    ],
)
def test_blocks_are_drawn_where_they_can_be_shown(
    tmp_path: Path, encoding: str, term: str, expected: bool
) -> None:
    with (tmp_path / "out").open("w", encoding=encoding) as out:
        assert draws_blocks(out, term) is expected


def test_a_bar_of_little_is_seen_and_one_of_nothing_is_not() -> None:
    pen = Pen(80)
    assert (pen.bar(0.0001, 10), pen.bar(0, 10), pen.bar(1, 3)) == ("▏", "", "███")
    assert Pen(80, blocks=False).bar(0.0001, 10) == "#"
    assert cells(fitted("清源市民政局", 7)) == 7


def test_the_command_prints_tells_and_counts(archive: Archive) -> None:
    path = str(archive.path)
    ran = run("--archive", path, "stats")
    assert (ran.code, ran.err) == (0, "")
    assert "60 replies" in ran.out
    for word in ("年份", "答复单位", "缺号", "发布用时", "修改", "消失", "月份与来源"):
        assert word in ran.out
    one = run("--archive", path, "stats", "--by", "publisher", "--source", "jy").out
    assert "清源市教育局" in one
    assert "年份" not in one


def test_json_has_all_of_it_under_keys_that_stay(archive: Archive, told: Statistics) -> None:
    ran = run("--archive", str(archive.path), "stats", "--json", "--late", "10")
    found = json.loads(ran.out)
    assert [*found] == [
        *("schema", "total", "since", "until", "seen_on", "by", "gaps", "unnumbered"),
        *("without_session", "numbers_unread", "publication", "edited", "gone", "months"),
    ]
    assert (found["schema"], found["total"]) == (1, 60)
    assert sum(each["replies"] for each in found["by"]["year"]) == 60
    assert found["publication"]["late_after"] == 10
    assert found["publication"]["late"] > told.publication.late
    gap = found["gaps"][0]
    assert gap["held"] == sum(last - first + 1 for first, last in gap["held_ranges"])
    assert gap["held"] + sum(last - first + 1 for first, last in gap["missing"]) == gap["largest"]


def test_a_filter_that_matches_nothing_says_so(archive: Archive) -> None:
    ran = run("--archive", str(archive.path), "stats", "--year", "1999")
    assert (ran.code, ran.out) == (10, "")
    assert "no reply fits" in ran.err


def test_an_empty_archive_says_what_fills_it(tmp_path: Path) -> None:
    blank(tmp_path / "a.db").close()
    ran = run("--archive", str(tmp_path / "a.db"), "stats", "--json")
    assert (ran.code, ran.out) == (10, "")
    assert "replyarc crawl" in ran.err


def test_what_is_no_breakdown_is_told_with_what_was_meant(archive: Archive) -> None:
    path = str(archive.path)
    assert "Did you mean publisher?" in run("--archive", path, "stats", "--by", "publishr").err
    ran = run("--archive", path, "stats", "--by", "缺号")
    assert "gaps (缺号)" in ran.err
    assert "Did you mean gaps?" in ran.err
    ran = run("--archive", path, "stats", "--by", "答复单位")
    assert (ran.code, "Did you mean publisher?" in ran.err) == (2, True)


@pytest.mark.parametrize(
    "damage", ["proposal_numbers = '[x', term = 8", "published_on = '20xx'", "gone_at = 'never'"]
)
def test_a_damaged_value_is_told_and_what_finds_it(tmp_path: Path, damage: str) -> None:
    with blank(tmp_path / "a.db") as opened:
        opened.put(next(letters(1)), "", after(0))
        opened.db.conn.execute(f"update replies set {damage}")
        opened.db.conn.commit()
    ran = run("--archive", str(tmp_path / "a.db"), "stats")
    assert (ran.code, ran.out) == (8, "")
    assert "replyarc verify" in ran.err


def test_a_day_to_come_does_not_empty_the_heat_map(told: Statistics) -> None:
    odd = replace(told, months=(*told.months, Month("mz", "2202-05", 1)))
    shown = [bare(line) for line in heat_map(odd.months, 15, Pen(40), told.seen_on)]
    assert any("█" in line for line in shown[1:4])
    assert shown[-1] == "and 1 after 2023-10 (更晚)"
