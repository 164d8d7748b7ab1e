"""The past of a reply: every version, reading and absence, with its day and what changed by it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from replyarc.archive.filing import put_told
from replyarc.archive.past import Past, changes, past
from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.cli.app import app
from replyarc.cli.history import history_json
from replyarc.model import Entry, Reply, Source
from replyarc.screen.history import block
from tests.blank import blank

DAY = datetime(2024, 5, 1, 17, tzinfo=UTC)  # the 2nd of May in China
LETTER = "\n".join(
    (
        "顾明远代表：",
        "您提出的《关于增加养老床位的建议》收悉。现答复如下：",
        "全市已有床位1200张，运转正常。每个街道都有一处日间照料站。下一步将继续努力！",
        "感谢您的关心。",
        "清源市民政局",
    )
)
REPLY = Reply(
    url="http://mzj.qingyuan.gov.test/1.html",
    source="mzj",
    title="关于第12号建议的答复",
    index_number="990123006/2024-00012",
    text=LETTER,
)
EDITED = replace(REPLY, topic="养老", text=LETTER.replace("1200", "1500"))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        yield opened


def days(number: float) -> datetime:
    return DAY + timedelta(days=number)


def known(archive: Archive) -> Past:
    (reply,) = archive.replies(Query())
    return past(archive, reply.id)


def run(archive: Archive, *arguments: str) -> str:
    where = ["--archive", str(archive.path)]
    result = CliRunner().invoke(app, [*where, *arguments], prog_name="replyarc")
    assert result.exit_code == 0, result.stderr
    return str(result.stdout)


def told(archive: Archive) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(archive, "show", "第12号建议", "--history", "--json"))
    return found


def test_each_version_is_told_with_its_days_its_bytes_and_what_changed(archive: Archive) -> None:
    archive.put(REPLY, "a" * 64, DAY)
    archive.put(REPLY, "a" * 64, days(3))
    archive.put(EDITED, "b" * 64, days(7))
    one, two = told(archive)["versions"]
    assert (one["number"], one["sha256"], one["changes"]) == (1, "a" * 64, {})
    assert (one["first_seen_at"], one["last_seen_at"]) == (
        "2024-05-01T17:00:00Z",
        "2024-05-04T17:00:00Z",
    )
    assert (two["number"], two["sha256"]) == (2, "b" * 64)
    assert two["addresses"] == [REPLY.url]
    assert set(two["changes"]) == {"topic", "text"}
    assert two["changes"]["topic"] == {"old": None, "new": "养老"}
    assert [(step["sign"], step["text"], step["sentences"]) for step in two["letter"]] == [
        ("…", "", 2),
        (" ", "现答复如下：", 1),
        ("-", "全市已有床位1200张，运转正常。", 1),
        ("+", "全市已有床位1500张，运转正常。", 1),
        (" ", "每个街道都有一处日间照料站。", 1),
        ("…", "", 3),
    ]


def test_people_read_days_in_china_signs_and_marks(archive: Archive) -> None:
    archive.put(REPLY, "a" * 64, DAY)
    archive.put(EDITED, "b" * 64, days(7))
    out = run(archive, "show", "第12号建议", "--history")
    assert "version 1 · seen 2024-05-02" in out
    assert "version 2 · seen 2024-05-09" in out
    assert "信息分类 topic  — → 养老" in out
    assert "− 全市已有床位[-1200-]张" in out
    assert "+ 全市已有床位{+1500+}张" in out
    assert "… 3 sentences that stayed" in out
    assert "下一步将继续努力" not in out
    assert "\x1b" not in out


def test_on_a_terminal_colours_are_added_and_nothing_that_a_page_says(archive: Archive) -> None:
    out = io.StringIO()
    changed = {"title": ("旧[/a]", "新\x1b[2J"), "text": ("一句\x1b]0;x\x07。", "另一句\x9b2J。")}
    drawn = Console(file=out, force_terminal=True, markup=False, color_system="standard")
    drawn.print(block("version 2", ["http://x/\x1b[1m"], changed))
    assert "\x1b[31m" in out.getvalue()
    assert "\x1b[32m" in out.getvalue()
    assert not any(bad in out.getvalue() for bad in ("\x1b[2J", "\x1b]0", "\x9b", "\x07", "[1mh"))
    assert "旧[/a]" in out.getvalue()


def test_a_reading_of_the_same_bytes_is_no_version_of_the_page(archive: Archive) -> None:
    archive.put(REPLY, "a" * 64, DAY)
    archive.put(replace(REPLY, topic="养老"), "a" * 64, DAY, days(30))
    found = told(archive)
    assert len(found["versions"]) == 1
    (again,) = found["readings"]
    assert again["read_at"] == "2024-05-31T17:00:00Z"
    assert again["reader"]
    assert again["changes"] == {"topic": {"old": None, "new": "养老"}}
    out = run(archive, "show", "第12号建议", "--history")
    assert f"read again on 2024-06-01 by replyarc {again['reader']}: topic" in out


def test_what_was_put_aside_is_told_with_its_length(archive: Archive) -> None:
    long = replace(REPLY, text=LETTER * 3)
    archive.put(long, "a" * 64, DAY)
    archive.put(replace(REPLY, text="顾明远代表："), "b" * 64, days(2))
    found = told(archive)
    assert len(found["versions"]) == 1
    (aside,) = found["aside"]
    assert (aside["letters"], aside["sha256"]) == (6, "b" * 64)
    assert aside["first_seen_at"] == "2024-05-03T17:00:00Z"
    assert "put aside · seen 2024-05-04 · a letter of only 6 letters" in run(
        archive, "show", "第12号建议", "--history"
    )


def test_a_reply_at_two_addresses_is_told_with_both(archive: Archive) -> None:
    other = replace(REPLY, url="http://www.qingyuan.gov.test/9.html", source="portal")
    archive.put(REPLY, "a" * 64, DAY)
    archive.put(other, "c" * 64, days(1))
    found = told(archive)
    assert {each["url"] for each in found["sightings"]} == {REPLY.url, other.url}
    assert set(found["versions"][0]["addresses"]) == {REPLY.url, other.url}


def gone_twice(archive: Archive) -> int:
    crawl = archive.begin(Source(name="mzj", publisher="局", urls=()), "trs", DAY)
    archive.file("mzj", Entry(REPLY.url, ""), REPLY, "a" * 64, DAY, crawl)
    for number in (1, 2):
        again = archive.begin(Source(name="mzj", publisher="局", urls=()), "trs", days(number))
        archive.note_failure(REPLY.url, days(number), 404, "404 Not Found", again)
        archive.db.execute(
            "update entries set state = ?, gone_at = ?",
            ["gone" if number == 2 else "missing", "2024-05-02T17:00:00.000000Z"],
        )
        archive.db.conn.commit()
    return crawl


def test_when_it_was_gone_and_when_it_was_back_is_told(archive: Archive) -> None:
    crawl = gone_twice(archive)
    (absence,) = known(archive).absences
    assert (absence.since, absence.until, absence.back_at) == (days(1), days(2), None)
    assert absence.for_good
    assert "gone · 2024-05-03 – 2024-05-04" in run(archive, "show", "第12号建议", "--history")

    archive.db.execute("insert into bodies (sha256) values (?)", ["a" * 64])
    archive.db.execute(
        "insert into fetches (url, final_url, fetched_at, status, sha256) values (?, ?, ?, 200, ?)",
        [REPLY.url, REPLY.url, "2024-05-09T17:00:00.000000Z", "a" * 64],
    )
    archive.db.conn.commit()
    archive.file("mzj", Entry(REPLY.url, ""), REPLY, "a" * 64, days(8), crawl)
    (absence,) = known(archive).absences
    assert (absence.back_at, absence.for_good) == (days(8), False)
    assert "· back on 2024-05-10" in run(archive, "show", "第12号建议", "--history")


def test_an_absence_that_only_the_entry_notes_is_told(archive: Archive) -> None:
    crawl = archive.begin(Source(name="mzj", publisher="局", urls=()), "trs", DAY)
    archive.file("mzj", Entry(REPLY.url, ""), REPLY, "a" * 64, DAY, crawl)
    archive.db.execute(
        "update entries set state = 'missing', gone_at = '2024-05-03T17:00:00.000000Z'"
    )
    archive.db.conn.commit()
    (absence,) = known(archive).absences
    assert (absence.since, absence.for_good) == (days(2), False)


def test_another_page_that_came_in_its_place_is_not_that_it_is_back(archive: Archive) -> None:
    gone_twice(archive)
    archive.db.execute("insert into bodies (sha256) values (?)", ["e" * 64])
    archive.db.execute(
        "insert into fetches (url, final_url, fetched_at, status, sha256, problem) "
        "values (?1, ?1, '2024-05-09T17:00:00.000000Z', 200, ?2, 'a soft 404')",
        [REPLY.url, "e" * 64],
    )
    archive.db.conn.commit()
    (absence,) = known(archive).absences
    assert absence.back_at is None


def test_a_failure_of_access_is_no_absence(archive: Archive) -> None:
    archive.put(REPLY, "a" * 64, DAY)
    for status in (403, 412, 521, None):
        archive.note_failure(REPLY.url, days(1), status, "no answer")
    assert known(archive).absences == ()


def test_what_an_export_told_has_a_past_of_one_version(archive: Archive) -> None:
    with archive.transaction() as db:
        put_told(
            db, replace(REPLY, id="abcdefghijkl", version=4, first_seen_at=DAY, last_seen_at=DAY)
        )
    found = known(archive)
    (stage,) = found.stages
    assert (stage.number, stage.says["title"], found.rereads) == (4, REPLY.title, ())


def test_the_json_has_its_keys_in_order(archive: Archive) -> None:
    archive.put(REPLY, "a" * 64, DAY)
    assert list(history_json(known(archive))) == [
        *("schema", "id", "versions", "readings", "aside", "sightings", "gone")
    ]


def test_fields_that_differ_come_in_the_order_of_a_reply() -> None:
    assert list(changes({"text": "a", "title": "b"}, {"text": "c", "kind": "建议"})) == [
        *("title", "kind", "text")
    ]
