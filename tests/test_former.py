"""What a reply was known by before it was corrected leads to it, and it is said that it does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from replyarc.archive.former import spellings
from replyarc.archive.past import look_up
from replyarc.archive.store import Archive
from replyarc.cli.app import app
from replyarc.model import Reply
from tests.blank import blank

DAY = datetime(2024, 5, 1, tzinfo=UTC)
WAS = Reply(
    url="http://mzj.qingyuan.gov.test/1.html",
    source="mzj",
    title="清源市民政局关于市八届人大二次会议第12号建议的答复（征求意见）",
    index_number="990123006/2023-00012",
    document_number="清民函〔2023〕12号",
    text="您提出的关于增加养老床位的建议收悉，全市已有床位一千二百张，运转正常。",
)
NOW = replace(
    WAS,
    title="关于市八届人大二次会议第12号建议的复函",
    index_number="990123006/2023-00112",
    document_number="清民函〔2023〕112号",
)
OTHER = replace(
    WAS,
    url="http://mzj.qingyuan.gov.test/2.html",
    title="关于第77号建议的答复",
    index_number="990123006/2023-00077",
    document_number="清民函〔2023〕77号",
    text="",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        opened.put(WAS, "a" * 64, DAY)
        opened.put(NOW, "b" * 64, DAY + timedelta(days=3))
        opened.put(OTHER, "c" * 64, DAY)
        yield opened


def run(archive: Archive, *arguments: str) -> Result:
    where = ["--archive", str(archive.path)]
    return CliRunner().invoke(app, [*where, *arguments], prog_name="replyarc")


@pytest.mark.parametrize(
    ("key", "former"),
    [
        ("990123006/2023-00012", "index number (索引号)"),
        ("990123006-2023-00012", "index number (索引号)"),
        ("990123006－2023／00012", "index number (索引号)"),
        ("清民函[2023]第12号", "document number (文号)"),
        (WAS.title, "title (标题)"),
        ("征求意见", "title (标题)"),
        ("990123006/2023-00112", None),
        ("990123006-2023-00112", None),
        ("复函", None),
    ],
)
def test_what_it_was_known_by_finds_it(archive: Archive, key: str, former: str | None) -> None:
    found = look_up(archive, key)
    assert ([reply.title for reply in found.replies], found.former) == ([NOW.title], former)
    assert archive.find(key) == found.replies


@pytest.mark.parametrize("key", ["990123006/2023-00013", "没有的", "", "《》"])
def test_what_nothing_ever_was_known_by_finds_nothing(archive: Archive, key: str) -> None:
    found = look_up(archive, key)
    assert (found.replies, found.former) == ([], None)


def test_what_bears_it_now_comes_before_what_bore_it(archive: Archive) -> None:
    again = replace(OTHER, index_number=WAS.index_number)
    archive.put(again, "d" * 64, DAY + timedelta(days=9))
    found = look_up(archive, "990123006-2023-00012")
    assert ([reply.title for reply in found.replies], found.former) == ([OTHER.title], None)


def test_it_is_said_on_stderr_that_it_is_a_former_number(archive: Archive) -> None:
    ran = run(archive, "show", "990123006/2023-00012", "--json")
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["index_number"] == NOW.index_number
    assert ran.stderr == "replyarc: found by a former index number (索引号).\n"
    assert run(archive, "show", "990123006/2023-00112").stderr == ""


def test_a_key_of_many_marks_is_one_spelling() -> None:
    assert spellings("1-2") == ["1-2", "1/2"]
    assert len(spellings("-".join("123456"))) == 32
    assert spellings("-".join("12345678")) == ["-".join("12345678")]
