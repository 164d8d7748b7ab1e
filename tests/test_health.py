"""Whether a source is well: invented histories in, findings out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.findings import Finding
from replyarc.health.filling import ACCEPTED, LOST, compared
from replyarc.health.history import Held, History, InVain, Open, Run
from replyarc.health.judging import judge, overdue
from replyarc.health.quiet import SEASON, counted, runs_out
from replyarc.manners import Expect
from replyarc.model import Source
from replyarc.report import Filled, Tally, Walked

URL = "http://mzj.qingyuan.gov.test/jytabl/"
SOURCE = Source(name="qingyuan", publisher="清源市民政局", urls=(URL,))
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def expecting(minimum: int | None = None, newest: int | None = None) -> Source:
    days = None if newest is None else timedelta(days=newest)
    return replace(SOURCE, expect=Expect(minimum=minimum, newest=days))


def run(crawl: int, **told: object) -> Run:
    """Make a crawl of a day: the number tells which; it came to its end, if nothing else is told.

    ``number`` is what its listing announced, ``rows`` what it listed where it announced nothing.
    """
    started = datetime(2026, 11, 1, 1, tzinfo=UTC) + crawl * DAY
    number, rows = told.pop("number", None), told.pop("rows", None)
    listing = Walked(url=URL, family="trs", pages=1, announced=number, rows=rows or 0)  # type: ignore[arg-type]  # the test knows the fields
    whole = bool(told.setdefault("finished", True))
    listing = replace(listing, to_end=rows is not None, whole=whole)
    said = {"ended_at": started + timedelta(hours=1), "announced": number, "listings": (listing,)}
    return Run(crawl=crawl, started_at=started, **said | told)  # type: ignore[arg-type]  # the test knows the fields


def history(*runs: Run, **told: object) -> History:
    """Make a history of crawls, given newest first."""
    whole = [each for each in runs if each.is_whole]
    said: dict[str, object] = {
        "began_at": runs[-1].started_at if runs else None,
        "first_whole": whole[-1].crawl if whole else None,
        "whole_at": whole[0].ended_at if whole else None,
        "days": (date(2026, 11, 19),),
    }
    return History(source="qingyuan", runs=runs, **said | told)  # type: ignore[arg-type]  # the test knows the fields


def found(told: History, source: Source = SOURCE, at: datetime = AT) -> dict[str, Finding]:
    return {each.kind: each for each in judge(told, source, at)}


def test_a_source_whose_crawls_come_to_their_end_is_well() -> None:
    assert judge(history(run(3, number=80), run(2, number=79), run(1, rows=79)), SOURCE, AT) == []


# --- as many as there should be


@pytest.mark.parametrize(
    ("runs", "known", "finding"),
    [
        ([run(1, number=99)], 99, "there are 99 entries, and at least 100"),
        ([run(1, number=100)], 0, None),
        ([run(1, number=99, finished=False)], 9, "there are 99 entries"),
        ([run(1, rows=40)], 40, "there are 40 entries"),
        ([run(2, new=70), run(1, rows=40)], 40, None),
        ([run(2, new=3), run(1, rows=40)], 40, "there are 43 entries"),
        ([run(1)], 99, "there are 99 entries"),
        ([run(1)], 120, None),
        ([run(1, finished=False)], 20, None),
        ([run(2, blocked="403", finished=False), run(1, number=100)], 100, None),
    ],
)
def test_too_few_entries_are_a_finding(
    runs: Sequence[Run], known: int, finding: str | None
) -> None:
    told = found(history(*runs, tally=Tally(archived=known)), expecting(minimum=100))
    assert (
        (told["minimum"].text.startswith(finding) and told["minimum"].grave)
        if finding
        else ("minimum" not in told)
    )


@pytest.mark.parametrize(
    ("numbers", "finding"),
    [
        ([79, 100], "79 entries, and held 100"),
        ([80, 100], None),
        ([79, 80, 100], "79 entries, and held 100"),
        ([100, 20, 100], None),
        ([3, 8], "3 entries, and held 8"),
        ([4, 8], None),  # fewer than five
        ([50], None),
        ([None, 79, 100], "79 entries, and held 100"),
    ],
)
def test_a_total_that_falls_suddenly_is_a_finding(
    numbers: Sequence[int | None], finding: str | None
) -> None:
    runs = [run(9 - n, number=number) for n, number in enumerate(numbers)]
    told = found(history(*runs)).get("shrinking")
    assert (told.text if told else None) == (finding and told and told.text)
    assert (told is not None and finding in told.text) if finding else told is None


def test_rows_of_a_listing_walked_to_its_end_count_where_it_announces_nothing() -> None:
    assert "shrinking" in found(history(run(3), run(2, rows=60), run(1, rows=100)))
    assert "shrinking" not in found(history(run(3), run(2, rows=100), run(1, rows=100)))


def test_a_fall_that_is_expected_is_accepted() -> None:
    shrunk = history(run(2, number=60), run(1, number=100))
    assert "shrinking" in found(shrunk, expecting(minimum=61))
    assert "shrinking" not in found(shrunk, expecting(minimum=60))


def test_a_fall_lasts_though_no_crawl_is_left_that_listed_more() -> None:
    lasts = {("shrinking", URL): Open("100 to 60", AT)}
    assert found(history(run(99, number=60), open=lasts))["shrinking"].measure == "100 to 60"
    assert found(history(run(99, number=57), open=lasts))["shrinking"].measure == "100 to 60"
    assert found(history(run(99, number=50), open=lasts))["shrinking"].measure == "100 to 50"
    assert "shrinking" not in found(history(run(99, number=81), open=lasts))


# --- nothing new for long


@given(st.dates(date(1999, 1, 1), date(2099, 1, 1)), st.integers(0, 800))
def test_days_of_the_season_do_not_count(first: date, days: int) -> None:
    after = [first + (n + 1) * DAY for n in range(days)]
    assert counted(first, first + days * DAY) == sum(day.month not in SEASON for day in after)


@given(st.dates(date(1999, 1, 1), date(2099, 1, 1)), st.integers(0, 1500))
def test_an_expectation_runs_out_on_the_first_day_too_many(first: date, most: int) -> None:
    over = runs_out(first, most)
    assert (counted(first, over), counted(first, over - DAY)) == (most + 1, most)


@pytest.mark.parametrize(
    ("newest", "expected", "finding"),
    [
        (date(2026, 11, 9), 10, "11 days without a new one"),
        (date(2026, 11, 10), 10, None),
        (date(2026, 1, 31), 172, "173 days without"),  # nothing of February to May counts
        (date(2026, 1, 31), 173, None),
        (date(2024, 11, 9), None, "501 days without"),
        (date(2024, 11, 10), None, None),
    ],
)
def test_a_source_that_says_nothing_new_is_stale(
    newest: date, expected: int | None, finding: str | None
) -> None:
    watched = history(run(1), days=(newest,), began_at=AT - 300 * DAY)
    told = found(watched, expecting(newest=expected)).get("stale")
    assert (told is not None and finding in told.text) if finding else told is None


def test_a_source_that_paused_as_long_before_is_not_stale() -> None:
    last, began = date(2024, 11, 1), AT - 300 * DAY
    for before, finding in ((date(2022, 6, 1), False), (date(2024, 6, 1), True)):
        told = found(history(run(1), days=(before, last), began_at=began))
        assert ("stale" in told) is finding


def test_a_column_that_was_closed_when_it_was_crawled_first_is_not_stale() -> None:
    closed = history(run(1), days=(date(2020, 6, 1),), began_at=AT - 300 * DAY)
    assert "stale" not in found(closed)
    assert "stale" in found(closed, expecting(newest=400))


def test_staleness_begins_in_china_and_is_the_same_finding_every_day() -> None:
    first, later = (
        found(history(run(1), days=(date(2026, 11, 1),)), expecting(newest=10), AT + n * DAY)[
            "stale"
        ]
        for n in (0, 6)
    )
    assert first.since == datetime(2026, 11, 11, 16, tzinfo=UTC)
    assert (first.measure, first.since) == (later.measure, later.since)
    assert first.text != later.text


def test_a_letter_dated_ahead_hides_nothing() -> None:
    days = (date(2026, 11, 1), date(2027, 1, 1))
    assert "stale" in found(history(run(1), days=days), expecting(newest=10))


# --- fields that are filled no more


def filled(new: int, of: Mapping[str, int] | None = None, **again: object) -> Filled:
    return Filled(new=new, fields=Counter(of or {}), **again)  # type: ignore[arg-type]  # the test knows the fields


def drifting(*runs: Filled, **told: object) -> dict[str, Finding]:
    """Judge crawls that filled so much, newest first; the last one was the first walk."""
    last = len(runs)
    crawls = [run(last - n, filled=each) for n, each in enumerate(runs)]
    told.setdefault("first_whole", 1)
    judged = judge(history(*crawls, **told), SOURCE, AT)
    return {each.about: each for each in judged if each.kind == "drift"}


FULL = filled(90, {"index_number": 88, "topic": 40, "title": 90})


@pytest.mark.parametrize(
    ("now", "drifts"),
    [
        ([filled(10, {"title": 10})], True),
        ([filled(10, {"title": 10, "index_number": 2})], False),
        ([filled(10, {"title": 10, "index_number": 1})], True),
        ([filled(9, {"title": 9})], False),
        ([filled(5, {"title": 5}), filled(0), filled(5, {"title": 5})], True),
        ([filled(0), filled(12, {"title": 12})], True),
        ([filled(10, {"title": 10, "index_number": 9}), filled(10, {"title": 10})], False),
    ],
)
def test_a_field_that_new_letters_fill_no_more_is_a_finding(
    now: Sequence[Filled], drifts: bool
) -> None:
    assert set(drifting(*now, FULL)) == ({"index_number"} if drifts else set())


def test_drift_says_which_field_and_how_much_of_it_is_left() -> None:
    told = drifting(filled(12, {"title": 12}), FULL)["index_number"]
    assert (
        "索引号 (index_number) stands in 0 of the last 12 new letters; before, in 98%" in told.text
    )
    assert told.grave


@pytest.mark.parametrize("first_whole", [None, 2])
def test_a_first_walk_judges_nothing(first_whole: int | None) -> None:
    assert not drifting(filled(50, {"title": 50}), FULL, first_whole=first_whole)


def test_a_first_walk_in_parts_is_one_with_what_came_before() -> None:
    old = filled(60, {"title": 60})
    assert set(drifting(filled(10, {"title": 10}), old, FULL, first_whole=2)) == set()
    assert drifting(filled(10), old, FULL, first_whole=2).keys() == {"title"}


def test_letters_before_must_be_enough_and_must_have_had_it() -> None:
    assert not drifting(filled(30), filled(9, {"title": 9}))
    assert not drifting(filled(30), filled(90, {"title": 71}))
    assert drifting(filled(30), filled(90, {"title": 72}))


def test_drift_lasts_when_most_letters_are_such_and_is_accepted_one_day() -> None:
    mixed = filled(90, {"index_number": 40, "title": 90})
    runs = (filled(10, {"title": 10}), mixed)
    assert not drifting(*runs)
    assert drifting(*runs, open={("drift", "index_number"): Open("98", AT - 60 * DAY)})
    assert not drifting(*runs, open={("drift", "index_number"): Open("98", AT - ACCEPTED)})


def test_drift_is_over_when_the_letters_were_read_again() -> None:
    runs = (filled(10, {"title": 10}), FULL)
    assert drifting(*runs, came=Held(10, Counter(title=10)))
    assert not drifting(*runs, came=Held(10, Counter(title=10, index_number=9)))


@pytest.mark.parametrize(
    ("runs", "drifts"),
    [
        ([filled(0, again=6, lost=Counter(topic=3))], True),
        ([filled(0, again=7, lost=Counter(topic=3))], False),
        ([filled(0, again=2, lost=Counter(topic=2))], False),
        (
            [filled(0, again=2, lost=Counter(topic=2)), filled(0, again=1, lost=Counter(topic=1))],
            True,
        ),
        ([filled(0, again=1), filled(0, again=9, lost=Counter(topic=9))], True),
        ([filled(0, again=50), filled(0, again=9, lost=Counter(topic=9))], True),
    ],
)
def test_a_field_that_letters_lose_is_a_finding(runs: Sequence[Filled], drifts: bool) -> None:
    assert set(drifting(*runs, FULL)) == ({"topic"} if drifts else set())


def test_a_field_that_letters_lost_is_missed_till_most_have_it() -> None:
    lost = {("drift", "topic"): Open(LOST, AT - DAY)}
    assert drifting(FULL, open=lost, seen=Held(9, Counter(topic=4)))
    assert not drifting(FULL, open=lost, seen=Held(9, Counter(topic=5)))
    assert not drifting(
        filled(0, again=9, lost=Counter(topic=9)), FULL, seen=Held(9, Counter(topic=9))
    )


def test_what_is_compared_are_the_last_letters_and_those_before() -> None:
    runs = [run(3, filled=filled(4, {"title": 4})), run(2, filled=filled(7, {"title": 6}))]
    both = compared(history(*runs, run(1, filled=FULL), first_whole=1))
    assert (both.now, both.before.letters) == (Held(11, Counter(title=10)), 90)


# --- crawls that come to nothing


def test_a_source_that_turns_us_away_is_a_finding_since_it_did_first() -> None:
    shut = [run(n, finished=False, blocked="412: a challenge") for n in (9, 8)]
    told = found(history(*shut, run(7)))["blocked"]
    assert (told.since, told.grave) == (shut[1].started_at, True)
    assert told.text.endswith("turned away 2 crawls in a row; the last: 412: a challenge")
    assert "blocked" not in found(history(run(10), *shut))


@pytest.mark.parametrize(
    ("runs", "grave"),
    [
        ([{}, {}, {}], True),
        ([{}, {}], None),
        ([{}, {"finished": True}, {}, {}], None),
        ([{"new": 3}, {}, {}], False),
        ([{"interrupted": True}, {}, {}], None),
        ([{"interrupted": True}, {}, {}, {}], True),
        ([{"ended_at": None}, {}, {}], None),
        ([{"rests": "it is not the hour"}, {}, {}], None),
        ([{"rests": "the host failed", "problems": ("x: the host failed",)}, {}, {}], True),
        ([{"since": date(2026, 1, 1)}, {}, {}], None),
        ([{"blocked": "403"}, {}, {}], None),
    ],
)
def test_crawls_running_that_do_not_come_to_their_end_are_a_finding(
    runs: Sequence[Mapping[str, object]], grave: bool | None
) -> None:
    crawls = [run(9 - n, **{"finished": False, **told}) for n, told in enumerate(runs)]
    told = found(history(*crawls, run(1))).get("unfinished")
    assert (told.grave if told else None) is grave


def test_what_a_signal_or_a_kill_cut_short_is_no_finding_and_not_finished() -> None:
    cut = [run(3, finished=False, interrupted=True), run(2, finished=False, ended_at=None)]
    told = history(*cut, run(1))
    assert judge(told, SOURCE, AT) == []
    assert told.whole_at == run(1).ended_at


def test_entries_that_cannot_be_had_are_grave_where_they_are_many() -> None:
    since = AT - 9 * DAY
    few = InVain(number=5, since=since, problem="http://x/1.html: 500")
    told = found(history(run(1), in_vain=few, tally=Tally(archived=100)))["failing"]
    assert (told.grave, told.since) == (False, since)
    assert told.text.startswith("5 entries were asked for in vain in more than 3 crawls in a row")
    assert found(history(run(1), in_vain=few, tally=Tally(archived=99)))["failing"].grave


def test_what_crawls_found_of_a_listing_lasts_till_it_is_walked_to_its_end_without() -> None:
    wrong = run(1, rows=90, findings=(f"{URL}: announces 100 entries, and its pages list 90.",))
    assert found(history(wrong))["listing"].about == URL
    assert "listing" in found(history(run(3), run(2), wrong))
    assert "listing" not in found(history(run(3), run(2, rows=90), wrong))


def test_what_a_crawl_found_on_the_way_lasts_till_its_listing_is_read_whole() -> None:
    wrong = run(1, finished=False, findings=(f"{URL}: no entry under 'li'.",))
    assert "listing" in found(history(run(2, finished=False), wrong))
    assert "listing" not in found(history(run(2), wrong))


def test_what_a_crawl_found_of_anything_else_is_that_crawls() -> None:
    odd = run(1, findings=("3 addresses answer with the very same page",))
    assert found(history(odd))["crawl"].about == ""
    assert "crawl" not in found(history(run(2), odd))


def test_a_finding_whose_numbers_alone_change_is_the_same() -> None:
    one, other = (
        found(history(run(1, findings=(f"{URL}: announces {n} entries, lists {n - 9}.",))))
        for n in (100, 2101)
    )
    assert one["listing"].measure == other["listing"].measure
    assert one["listing"].text != other["listing"].text


# --- notes


def test_labels_that_are_new_are_a_note_for_a_while() -> None:
    runs = (
        run(5),
        run(4, unread_labels={"公文种类": 2, "关键词": 1}),
        run(3, unread_labels={"来文": 1}),
    )
    told = judge(history(*runs, first_whole=3), SOURCE, run(5).started_at)
    assert [(each.kind, each.grave) for each in told] == [("labels", False)]
    assert "new: 公文种类 ×2, 关键词 ×1." in told[0].text
    read = replace(SOURCE, labels={"公文种类": "topic", "关键词": "keywords"})
    assert judge(history(*runs, first_whole=3), read, run(5).started_at) == []
    assert judge(history(*runs, first_whole=3), SOURCE, run(4).started_at + 14 * DAY) == []
    assert judge(history(*runs, first_whole=None), SOURCE, run(5).started_at) == []


def test_what_is_kept_and_not_shown_is_told() -> None:
    told = judge(history(run(1), aside=("aaa", "bbb"), lossy=("ccc",)), SOURCE, AT)
    assert [(each.kind, each.about, each.grave) for each in told] == [
        ("quarantine", "aside", False),
        ("quarantine", "decoding", False),
    ]
    assert "2 letters put aside" in told[0].text
    assert told[1].text.endswith(": ccc")


# --- age


@pytest.mark.parametrize(
    ("whole", "max_age", "latest", "overdue_since"),
    [
        (AT - 35 * timedelta(hours=1), timedelta(hours=36), None, None),
        (AT - 37 * timedelta(hours=1), timedelta(hours=36), None, AT - timedelta(hours=1)),
        (AT - 30 * DAY, None, AT - 24 * DAY, None),
        (AT - 30 * DAY, None, AT - 22 * DAY, AT - 23 * DAY),
    ],
)
def test_a_source_that_was_not_crawled_whole_in_time_is_a_finding(
    whole: datetime,
    max_age: timedelta | None,
    latest: datetime | None,
    overdue_since: datetime | None,
) -> None:
    told = history(run(1), whole_at=whole)
    found = list(overdue(told, AT, max_age=max_age, latest=latest))
    assert [each.since for each in found] == ([overdue_since] if overdue_since else [])
    assert all(each.grave and each.kind == "age" for each in found)


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ([], "it was never crawled: replyarc crawl --only qingyuan"),
        ([run(1, finished=False)], "no crawl of it came to its end yet"),
        (
            [run(1, finished=False, rests="shut")],
            "no crawl of it came to its end yet; the last: shut",
        ),
    ],
)
def test_a_source_that_was_never_crawled_whole_is_a_finding(runs: list[Run], words: str) -> None:
    (told,) = overdue(history(*runs), AT, max_age=None, latest=None)
    assert told.text == words


def test_a_source_whose_hour_did_not_come_yet_is_a_note_at_first() -> None:
    waiting = history(run(1, finished=False, rests="shut"))
    (told,) = overdue(waiting, AT, max_age=None, latest=None)
    assert not told.grave
    (told,) = overdue(waiting, AT, max_age=timedelta(hours=36), latest=None)
    assert told.grave
    (told,) = overdue(history(run(1, finished=False)), AT, max_age=None, latest=None)
    assert told.grave
