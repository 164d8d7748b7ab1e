"""What is counted adds up; the numbers that are not held are those, and nothing is guessed."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc import gaps, shades
from replyarc.figures import BREAKDOWNS, Count, Event, counted, quantile, shortened
from replyarc.reckoning import LATEST, Fact, Reckoning

NAMES = st.none() | st.sampled_from(["清源市民政局", "云溪市教育局", "北岭县财政局"])
DAYS = st.none() | st.dates(date(2021, 1, 1), date(2024, 12, 31)).map(date.isoformat)

facts = st.builds(
    Fact,
    source=st.sampled_from(["mz", "jy"]),
    publisher=NAMES,
    owner=NAMES,
    day=DAYS,
    days=st.none() | st.integers(-5, 400),
    kind=st.sampled_from([None, "建议", "提案"]),
    assembly=st.sampled_from([None, "人大", "政协"]),
    assembly_name=st.sampled_from([None, "市人大", "清源市人大"]),
    term=st.none() | st.integers(7, 8),
    session=st.none() | st.integers(1, 2),
    numbers=st.lists(
        st.integers(0, 30).map(str) | st.sampled_from(["无", "20230001", "9" * 5000]), max_size=3
    ).map(json.dumps),
    role=st.sampled_from([None, "主办"]),
    result_class=st.sampled_from([None, "A", "B"]),
    seen_at=st.just("2024-05-01T17:00:00.000000Z"),
    gone_at=st.sampled_from([None, "2024-05-01T17:00:00.000000Z"]),
)


def reckoned(told: list[Fact], batch: int = 3) -> Reckoning:
    reckoning = Reckoning(30, {"mz": "430600"})
    for at in range(0, len(told), batch):
        reckoning.add(told[at : at + batch])
    return reckoning


@settings(max_examples=25)
@given(st.lists(facts, max_size=12), st.integers(1, 5))
def test_every_breakdown_adds_up_to_all_replies_however_they_come(
    told: list[Fact], batch: int
) -> None:
    found = reckoned(told, batch).statistics()
    assert found.total == len(told)
    assert list(found.by) == list(BREAKDOWNS)
    for counts in found.by.values():
        assert sum(each.replies for each in counts) == len(told)
    assert sum(each.replies for each in found.years) == len(told)
    dated = [fact for fact in told if fact.day]
    assert sum(each.replies for each in found.months) == len(dated)
    took = found.publication
    assert took.replies + took.before + took.unknown == len(told)
    assert sum(each.replies for each in took.publishers) == took.replies
    assert sum(each.late for each in took.publishers) == took.late
    assert found.gone.replies == sum(fact.gone_at is not None for fact in told)
    assert found == reckoned(told[::-1], len(told) or 1).statistics()
    json.dumps(found.as_json())


@settings(max_examples=25)
@given(st.lists(facts, max_size=12))
def test_what_is_held_is_what_was_printed(told: list[Fact]) -> None:
    found = reckoned(told).statistics()
    held = {
        (each.sitting.kind, each.sitting.term, each.sitting.session, each.sitting.series, number)
        for each in found.numbers
        for first, last in each.spans
        for number in range(first, last + 1)
    }
    kinds = {"人大": "建议", "政协": "提案"}
    expected = {
        (
            fact.kind or kinds.get(fact.assembly or ""),
            fact.term,
            fact.session,
            number.series,
            number.value,
        )
        for fact in told
        if fact.term is not None or fact.session is not None
        for printed in json.loads(fact.numbers)
        if (number := gaps.read_number(printed))
    }
    assert held == expected


@given(st.sets(st.integers(1, 60), min_size=1))
def test_held_and_missing_are_all_numbers_up_to_the_largest(numbers: set[int]) -> None:
    held = tuple(gaps.spans(numbers))
    missing = tuple(gaps.between(held))

    def of(spans: tuple[gaps.Span, ...]) -> set[int]:
        return {number for first, last in spans for number in range(first, last + 1)}

    assert of(held) == numbers
    assert of(missing) == set(range(1, max(numbers) + 1)) - numbers
    assert gaps.size(held) == len(numbers)


def test_a_session_says_what_is_missing_and_who_answers() -> None:
    numbers = [n for n in range(1, 215) if n not in (17, 33, *range(90, 95))]
    told = [
        Fact(
            source="mz",
            publisher=f"{n % 3}",
            kind="建议",
            term=8,
            session=2,
            assembly_name="市人大",
            numbers=json.dumps([f"{n:04}"]),
        )
        for n in numbers
    ]
    (each,) = reckoned(told).statistics().numbers
    assert (each.sitting.assembly, each.largest, each.held) == ("人大", 214, 207)
    assert gaps.in_words(each.missing) == "17, 33, 90–94"
    assert (each.publishers, each.names, each.is_dense) == (3, ("市人大",), True)


def test_the_share_of_one_office_is_no_gap_of_the_archive() -> None:
    told = [Fact(source="mz", kind="提案", term=8, session=2, numbers=f'["{n}"]') for n in (3, 214)]
    (each,) = reckoned(told).statistics().numbers
    assert not each.is_dense
    assert each.share == pytest.approx(2 / 214)


@pytest.mark.parametrize("printed", ["20001", "9" * 5000, "0", "", "无", "第号", "1" * 41])
def test_an_absurd_number_makes_no_gap(printed: str) -> None:
    assert gaps.read_number(printed) is None


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("0079", ("", 79)),
        ("第１２号", ("", 12)),
        ("财税金融类012号", ("财税金融类", 12)),
        ("20230001", ("2023", 1)),
        ("2023-012", ("2023", 12)),
        ("b23", ("B", 23)),
    ],
)
def test_a_number_is_read_with_its_series(printed: str, number: tuple[str, int]) -> None:
    assert gaps.read_number(printed) == number


def test_a_place_with_a_code_and_the_same_without_are_one() -> None:
    places = {"mz": ("4306", "清源市"), "jy": ("市清源", "清源市"), "x": ("市云溪", "云溪市")}
    reckoning = Reckoning(30, {}, lambda seat: places[seat.source])
    reckoning.add(
        [
            Fact(source=source, kind="建议", term=8, session=1, numbers=f'["{n}"]')
            for n, source in enumerate(["mz", "jy", "x"], 1)
        ]
    )
    told = reckoning.statistics().numbers
    assert [(each.sitting.place, each.spans) for each in told] == [
        ("云溪市", ((3, 3),)),
        ("清源市", ((1, 2),)),
    ]


@given(st.lists(st.integers(0, 500), min_size=2, max_size=30))
def test_quartiles_are_those_of_the_standard_library(days: list[int]) -> None:
    held = sorted(Counter(days).items())
    expected = statistics.quantiles(days, n=4, method="inclusive")
    assert [quantile(held, share) for share in (0.25, 0.5, 0.75)] == pytest.approx(expected)


def test_days_before_the_letter_are_told_apart_and_the_limit_is_not_late() -> None:
    told = [Fact(source="mz", publisher="甲", days=days) for days in (-1, 0, 30, 31, None)]
    took = reckoned(told).statistics().publication
    assert (took.replies, took.before, took.unknown, took.late) == (3, 1, 1, 1)
    assert took.quartiles == pytest.approx((15, 30, 30.5))
    assert [(each.publisher, each.median, each.late) for each in took.publishers] == [("甲", 30, 1)]


def test_the_last_edits_are_listed_and_all_are_counted() -> None:
    reckoning = Reckoning()
    first = date(2024, 1, 1)
    for n in range(LATEST + 5):
        day = (first + timedelta(days=n)).isoformat()
        reckoning.edited(Event(day, f"{n:03}", "答复", "mz"), [["text"], ["text", "title"]])
    told = reckoning.statistics().edited
    assert (told.replies, told.changes) == (LATEST + 5, 2 * (LATEST + 5))
    assert told.fields == (Count("text", 2 * (LATEST + 5)), Count("title", LATEST + 5))
    assert [each.id for each in told.latest] == [f"{n:03}" for n in range(LATEST + 4, 4, -1)]
    assert told.latest[0].fields == ("text", "title")


@settings(max_examples=50)
@given(st.dictionaries(st.none() | st.text(max_size=3), st.integers(1, 9)), st.integers(0, 5))
def test_a_shortened_list_comes_to_the_same_and_keeps_what_is_not_said(
    held: dict[str | None, int], most: int
) -> None:
    counts, others, number = shortened(counted(held), most)
    rest = others.replies if others else 0
    assert sum(each.replies for each in counts) + rest == sum(held.values())
    assert len(counts) + number == len(held)
    assert (None in held) == any(each.name is None for each in counts)


@given(st.integers(1, 100_000))
def test_shades_rise_to_the_largest_number_and_1_has_one(most: int) -> None:
    limits = shades.levels(most)
    assert limits[-1] == most
    assert list(limits) == sorted(set(limits))
    assert len(limits) <= shades.LEVELS
    assert (shades.level(0, limits), shades.level(1, limits)) == (0, 1)
    assert shades.level(most, limits) == len(limits)
