"""The ledger of findings: since when, said once, again when it changes, and while it lasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from replyarc.archive.ledger import REMINDS, settle, since
from replyarc.archive.schema import bring_up
from replyarc.findings import Finding, Told

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
DAY = timedelta(days=1)
STALE = Finding(source="qingyuan", kind="stale", measure="2026-01-01", text="nothing new")
FALL = Finding(source="qingyuan", kind="shrinking", about="http://x/", measure="60", text="fell")


@pytest.fixture
def db() -> Iterator[Database]:
    """The tables of an archive, in memory."""
    made = Database(memory=True, recursive_triggers=False, execute_plugins=False)
    bring_up(made)
    yield made
    made.close()


def noted(db: Database, findings: Sequence[Finding], days: float = 0) -> list[Told]:
    return settle(db, "qingyuan", findings, AT + days * DAY)


def said(db: Database, *findings: Finding, days: float = 0) -> list[str]:
    """Settle, and return what is said and why."""
    words = []
    for each in noted(db, findings, days):
        marks = {"news": each.is_news, "again": each.is_reminder, "over": each.is_over}
        words += [f"{each.finding.kind} {word}" for word, holds in marks.items() if holds]
    return words


def rows(db: Database) -> list[tuple[object, ...]]:
    return db.execute("select * from _findings order by kind, about").fetchall()


def test_a_finding_is_said_once_and_as_a_reminder_while_it_lasts(db: Database) -> None:
    heard = [said(db, STALE, days=days) for days in range(16)]
    assert heard[0] == ["stale news"]
    assert [day for day, words in enumerate(heard) if words == ["stale again"]] == [7, 14]
    assert all(not words for day, words in enumerate(heard) if day % 7)


def test_a_finding_that_changes_is_said_again_and_lasts_since_it_began(db: Database) -> None:
    said(db, FALL)
    worse = replace(FALL, measure="50", text="fell further")
    (told,) = noted(db, [worse], 2)
    assert (told.is_news, told.since, told.finding.text) == (True, AT, "fell further")
    assert said(db, replace(worse, text="in other words"), days=3) == []
    assert said(db, worse, days=9) == ["shrinking again"]


def test_what_is_over_is_said_once_with_how_long_it_lasted(db: Database) -> None:
    said(db, STALE, FALL)
    told = noted(db, [FALL], 3)
    assert [(each.finding.kind, each.is_over, each.since) for each in told] == [
        ("shrinking", False, AT),
        ("stale", True, AT),
    ]
    assert said(db, FALL, days=4) == []


def test_a_finding_that_comes_back_begins_anew(db: Database) -> None:
    said(db, STALE)
    said(db, days=1)
    assert since(db, [STALE])[0].since is None
    (told,) = noted(db, [STALE], 8)
    assert (told.is_news, told.since) == (True, AT + 8 * DAY)


def test_what_comes_and_goes_is_said_once_a_week(db: Database) -> None:
    spoken = []
    for day in range(15):
        told = noted(db, [STALE] if day % 2 == 0 else [], day)
        spoken += [day for each in told if each.is_said]
    assert spoken == [0, 1, 8, 9]
    assert since(db, [STALE])[0].since == AT + 14 * DAY


def test_a_finding_begins_when_its_history_says(db: Database) -> None:
    began = AT - 40 * DAY
    (told,) = noted(db, [replace(STALE, since=began)])
    assert told.since == began
    (later,) = noted(db, [replace(STALE, since=AT)], 1)
    assert later.since == began
    assert since(db, [STALE])[0].since == began
    assert since(db, [FALL])[0].since is None


def test_a_finding_is_told_as_json_with_why_it_is_said(db: Database) -> None:
    (first,), (again,), (over,) = noted(db, [FALL]), noted(db, [FALL], 1), noted(db, [], 2)
    assert first.as_json() == {
        "kind": "shrinking",
        "about": "http://x/",
        "text": "fell",
        "since": "2026-11-20T02:00:00Z",
        "grave": True,
        "said": "news",
    }
    assert (again.as_json()["said"], again.is_grave) == (None, True)
    assert (over.as_json()["said"], over.is_grave) == ("over", False)


def test_a_finding_of_another_source_is_another(db: Database) -> None:
    said(db, STALE)
    (told,) = settle(db, "moushi", [replace(STALE, source="moushi")], AT + DAY)
    assert told.is_news
    assert said(db, STALE, days=1) == []


def test_labels_that_are_new_no_more_are_no_news(db: Database) -> None:
    labels = Finding(source="qingyuan", kind="labels", about="2026-11-20", text="new", grave=False)
    assert said(db, labels) == ["labels news"]
    assert said(db, days=1) == []


def test_a_clock_that_was_ahead_mutes_nothing(db: Database) -> None:
    said(db, STALE, days=4000)
    assert said(db, STALE, days=0) == ["stale again"]
    assert said(db, STALE, days=7) == ["stale again"]


FINDINGS = st.lists(
    st.builds(
        Finding,
        source=st.just("qingyuan"),
        kind=st.sampled_from(["stale", "drift", "labels"]),
        about=st.sampled_from(["", "topic", "title"]),
        measure=st.sampled_from(["1", "2"]),
        text=st.just("so it is"),
    ),
    unique_by=lambda each: (each.kind, each.about),
    max_size=5,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FINDINGS, FINDINGS, st.randoms(use_true_random=False), st.integers(0, 20))
def test_the_order_of_findings_plays_no_part_and_to_note_them_twice_is_to_note_them_once(
    db: Database, before: list[Finding], after: list[Finding], random: object, days: int
) -> None:
    mixed = after.copy()
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis calls its Random an object
    states, heard = [], []
    for findings in (after, mixed):
        db.execute("delete from _findings")
        noted(db, before)
        heard.append({repr(each) for each in noted(db, findings, days)})
        states.append(rows(db))
        again = noted(db, findings, days)
        assert rows(db) == states[-1]
        assert not any(each.is_said for each in again)
    assert states[0] == states[1]
    assert heard[0] == heard[1]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 6), min_size=1, max_size=40))
def test_nothing_that_lasts_is_silent_for_two_weeks(db: Database, pauses: list[int]) -> None:
    db.execute("delete from _findings")
    now, last = 0, 0
    for pause in pauses:
        now += pause
        if said(db, STALE, days=now):
            last = now
        assert timedelta(days=now - last) < 2 * REMINDS
