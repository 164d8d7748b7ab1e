"""When each version was on the page: every look tells, and what no look says is not told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from replyarc.archive.looks import runs
from replyarc.archive.past import past
from replyarc.archive.query import Query
from replyarc.archive.readings import Capture
from replyarc.archive.store import Archive
from replyarc.model import Reply, Request, Response
from tests.blank import blank
from tests.test_history import DAY, EDITED, REPLY, days, run

URL = REPLY.url


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        yield opened


def look(archive: Archive, number: float, body: bytes, reply: Reply | None, url: str = URL) -> None:
    """Fetch a page on a day, and file what it says."""
    at = days(number)
    request = Request(url)
    sha256 = archive.keep(
        Response(request=request, url=url, status=200, headers=(), body=body, fetched_at=at)
    )
    if reply is not None:
        archive.put(replace(reply, url=url), sha256, at)


def spans(archive: Archive) -> list[list[tuple[int, int]]]:
    (reply,) = archive.replies(Query())
    return [
        [((run.first_seen_at - DAY).days, (run.last_seen_at - DAY).days) for run in stage.runs]
        for stage in past(archive, reply.id).stages
    ]


def test_two_texts_in_turn_are_told_with_their_days(archive: Archive) -> None:
    for number, letter in enumerate("AABABBA"):
        look(archive, number, letter.encode(), REPLY if letter == "A" else EDITED)
    assert spans(archive) == [[(0, 1), (3, 3), (6, 6)], [(2, 2), (4, 5)]]
    out = run(archive, "show", "第12号建议", "--history")
    assert "version 1 · seen 2024-05-02 – 2024-05-08 · shown now" in out
    assert "there 2024-05-02 – 2024-05-03, 2024-05-05, 2024-05-08" in out
    assert "version 2 · seen 2024-05-04 – 2024-05-07\n" in out
    told = json.loads(run(archive, "show", "第12号建议", "--history", "--json"))
    assert [each["shown"] for each in told["versions"]] == [True, False]
    assert told["versions"][1]["on_page"] == [
        {
            "url": URL,
            "first_seen_at": "2024-05-03T17:00:00Z",
            "last_seen_at": "2024-05-03T17:00:00Z",
        },
        {
            "url": URL,
            "first_seen_at": "2024-05-05T17:00:00Z",
            "last_seen_at": "2024-05-06T17:00:00Z",
        },
    ]


def test_a_page_without_a_letter_and_one_that_is_gone_part_it_and_a_failure_does_not(
    archive: Archive,
) -> None:
    look(archive, 0, b"A", REPLY)
    archive.note_failure(URL, days(1), 503, "503")
    look(archive, 2, b"A", REPLY)
    look(archive, 3, b"no letter", None)
    look(archive, 4, b"A", REPLY)
    archive.note_failure(URL, days(5), 404, "404")
    look(archive, 6, b"A", REPLY)
    assert spans(archive) == [[(0, 2), (4, 4), (6, 6)]]


def test_what_was_redacted_or_came_in_its_place_is_not_told_for_a_page_without_a_letter(
    archive: Archive,
) -> None:
    look(archive, 0, b"A", REPLY)
    look(archive, 1, b"no letter", None)
    look(archive, 2, b"redacted", None)
    look(archive, 3, b"another page", None)
    for change in (
        "update bodies set codec = 'redacted' where sha256 = ?",
        "update fetches set problem = 'a soft 404' where sha256 = ?",
    ):
        body = b"redacted" if "bodies" in change else b"another page"
        archive.db.execute(change, [hashlib.sha256(body).hexdigest()])
    archive.db.conn.commit()
    (reply,) = archive.replies(Query())
    (aside,) = past(archive, reply.id).aside
    assert (aside.letters, aside.may_be_taken) == (0, False)
    assert aside.sha256 == hashlib.sha256(b"no letter").hexdigest()


def test_each_address_has_its_own_times(archive: Archive) -> None:
    other = "http://www.qingyuan.gov.test/9.html"
    look(archive, 0, b"A", REPLY)
    look(archive, 1, b"copy", REPLY, other)
    look(archive, 2, b"A", REPLY)
    assert spans(archive) == [[(0, 2), (1, 1)]]
    out = run(archive, "show", "第12号建议", "--history")
    assert "there 2024-05-02 – 2024-05-04" in out
    assert [line.strip() for line in out.splitlines()].count("there 2024-05-03") == 1


def test_many_turns_are_told_in_a_line_and_all_as_json(archive: Archive) -> None:
    for number in range(60):
        look(archive, number, b"AB"[number % 2 :][:1], (REPLY, EDITED)[number % 2])
    out = run(archive, "show", "第12号建议", "--history")
    assert out.count("… 22 more times …") == 2
    told = json.loads(run(archive, "show", "第12号建议", "--history", "--json"))
    assert [len(each["on_page"]) for each in told["versions"]] == [30, 30]


def test_bytes_that_are_read_otherwise_now_are_of_the_version_that_holds(archive: Archive) -> None:
    look(archive, 0, b"A", REPLY)
    look(archive, 1, b"B", EDITED)
    sha256 = hashlib.sha256(b"A").hexdigest()
    archive.put(EDITED, sha256, DAY, days(9))
    assert spans(archive) == [[(0, 1)]]


def capture(sha256: str, first: str, last: str) -> Capture:
    return Capture(
        sha256=sha256,
        first_seen_at=first,
        last_seen_at=last,
        first_read_at=first,
        last_read_at=last,
    )


def instant(number: int) -> str:
    return (DAY + timedelta(days=number)).isoformat()


@given(st.lists(st.sampled_from("AB-?"), min_size=1, max_size=12))
def test_runs_cover_every_look_at_a_version_once_and_no_other(seen: Sequence[str]) -> None:
    fetched: list[dict[str, Any]] = [
        {
            "page": URL,
            "sha256": None if letter == "?" else letter,
            "status": 503 if letter == "?" else 200,
            "problem": "503" if letter == "?" else None,
            "fetched_at": instant(number),
        }
        for number, letter in enumerate(seen)
    ]
    held = []
    for version, letter in enumerate("AB", 1):
        at = [number for number, found in enumerate(seen) if found == letter]
        if at:
            held.append((version, URL, capture(letter, instant(at[0]), instant(at[-1]))))
    found = runs(held, fetched)
    for number, letter in enumerate(seen):
        inside = [
            version
            for version in (1, 2)
            for run in found[version]
            if run.first_seen_at <= DAY + timedelta(days=number) <= run.last_seen_at
        ]
        if letter != "?":
            assert inside == ([" AB".index(letter)] if letter in "AB" else [])


def test_one_page_with_another_further_page_is_told_by_its_first_and_last_day() -> None:
    held = [
        (1, URL, capture("A", instant(0), instant(1))),
        (2, URL, replace(capture("A", instant(4), instant(6)), parts='["P"]')),
    ]
    fetched = [
        {"page": URL, "sha256": "A", "status": 200, "problem": None, "fetched_at": instant(number)}
        for number in range(7)
    ]
    found = runs(held, fetched)
    assert [len(found[number]) for number in (1, 2)] == [1, 1]
    assert found[2][0].first_seen_at == DAY + timedelta(days=4)


def test_a_long_sentence_goes_on_below_itself_however_narrow_it_is(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    look(archive, 0, b"A", replace(REPLY, text="全市已有床位正常运转" * 5 + "1200张。"))
    look(archive, 1, b"B", replace(REPLY, text="全市已有床位正常运转" * 5 + "1500张。"))
    lines = run(archive, "show", "第12号建议", "--history").splitlines()
    begin = next(at for at, line in enumerate(lines) if "− " in line)
    assert lines[begin].startswith("    − 全市已有床位")
    assert lines[begin + 1].startswith("      ")
    assert max(map(cell_len, lines)) <= 40
