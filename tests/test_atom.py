"""Feeds: what a reader of feeds finds in them, whatever stands in a reply."""

from __future__ import annotations

import io
import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.archive import exports
from replyarc.archive.query import Query
from replyarc.archive.schema import instant
from replyarc.export.atom import GONE, write_atom
from replyarc.export.flat import as_json
from replyarc.export.tables import Style
from replyarc.model import Kind, Reply
from tests.blank import blank
from tests.test_merge import DAY, Page

SEEN = datetime(2024, 5, 1, 8, tzinfo=UTC)
REPLY = Reply(
    id="mfzhq4xk2b7d",
    url="http://mz.qingyuan.gov.test/1.html?a=1&b=2",
    source="mz",
    title="关于市八届人大一次会议第12号建议的答复",
    publisher="清源市民政局",
    kind=Kind.SUGGESTION,
    term=8,
    session=1,
    answered_by="清源市民政局养老科",
    published_on=date(2024, 4, 30),
    text="林小满代表：\n感谢您对养老服务的关心。\n" + "现答复如下。" * 60,
    first_seen_at=SEEN,
    changed_at=SEEN + timedelta(days=2),
)


def feed(*replies: Reply, about: str = "") -> Any:
    out = io.BytesIO()
    assert write_atom(map(as_json, replies), out, Style(about=about)) == len(replies)
    read = feedparser.parse(out.getvalue(), sanitize_html=False, resolve_relative_uris=False)
    assert read.bozo is False
    return read


def test_a_reader_of_feeds_finds_all_of_it() -> None:
    read = feed(REPLY, about="建议 · 2024")
    assert read.version == "atom10"
    assert read.feed.title == "建议提案答复: 建议 · 2024"
    assert read.feed.updated == "2024-05-03T08:00:00Z"
    (entry,) = read.entries
    assert entry.id.startswith("urn:uuid:")
    assert entry.title == REPLY.title
    assert entry.link == REPLY.url
    assert entry.links[0].rel == "alternate"
    assert entry.author == "清源市民政局养老科"
    assert entry.published == "2024-04-30T00:00:00+08:00"
    assert entry.updated == "2024-05-03T08:00:00Z"
    assert entry.content[0].type == "text/plain"
    assert entry.content[0].value == REPLY.text
    assert entry.summary.startswith("林小满代表： 感谢您")
    assert len(entry.summary) == 201
    assert {(tag.scheme.rpartition(":")[2], tag.term) for tag in entry.tags} == {
        ("kind", "建议"),
        ("publisher", "清源市民政局"),
        ("term", "8"),
        ("session", "1"),
    }


def test_what_is_gone_says_so_and_when() -> None:
    (entry,) = feed(replace(REPLY, gone_at=SEEN + timedelta(days=9))).entries
    assert entry.title == GONE + REPLY.title
    assert entry.updated == "2024-05-10T08:00:00Z"


def test_a_feed_was_updated_when_its_newest_entry_was_wherever_that_stands() -> None:
    later = replace(REPLY, id="b", changed_at=SEEN + timedelta(days=5))
    assert feed(REPLY, later).feed.updated == feed(later, REPLY).feed.updated
    assert feed(REPLY, later).feed.updated == "2024-05-06T08:00:00Z"


def test_a_tag_in_a_letter_is_text() -> None:
    said = "<script>alert(1)</script> & <b>"
    (entry,) = feed(replace(REPLY, title=said, text=said)).entries
    assert (entry.title, entry.content[0].value) == (said, said)
    assert entry.title_detail.type == "text/plain"


def test_ids_are_of_the_reply_and_of_the_filters() -> None:
    moved = replace(REPLY, url="http://zx.qingyuan.gov.test/9.html", title="更正")
    one, other = feed(REPLY, about="2024"), feed(moved, about="2023")
    assert one.entries[0].id == other.entries[0].id
    assert one.entries[0].id != feed(replace(REPLY, id="other")).entries[0].id
    assert one.feed.id != other.feed.id
    assert one.feed.id == feed(about="2024").feed.id


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "file:///etc/passwd"])
def test_only_an_address_of_the_web_is_a_link(url: str) -> None:
    (entry,) = feed(replace(REPLY, url=url)).entries
    assert not entry.get("links")


def test_a_reply_that_says_nothing_is_an_entry_all_the_same() -> None:
    (entry,) = feed(Reply(id="a", url="http://mz.gov.test/1")).entries
    assert entry.title
    assert entry.author == "replyarc"
    assert entry.updated == "1970-01-01T00:00:00Z"


def test_many_entries_do_not_wait_in_memory(tmp_path: Path) -> None:
    rows = (as_json(replace(REPLY, id=f"{number}", text="长" * 20_000)) for number in range(100))
    with (tmp_path / "a.atom").open("w+b") as out:
        tracemalloc.start()
        try:
            assert write_atom(rows, out, Style()) == 100
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert out.tell() > 6_000_000
    assert peak < 3_000_000


@settings(max_examples=60)
@given(title=st.text(max_size=20), text=st.text(max_size=40), name=st.text(min_size=1, max_size=9))
def test_whatever_a_letter_says_the_feed_is_xml_and_says_it(
    title: str, text: str, name: str
) -> None:
    out = io.BytesIO()
    reply = replace(REPLY, title=title, text=text, answered_by=name)
    write_atom([as_json(reply)], out, Style(about=name))
    root = ElementTree.fromstring(out.getvalue())
    atom = "{http://www.w3.org/2005/Atom}"
    told = root.findtext(f"{atom}entry/{atom}content") or ""
    kept = [each for each in text.replace("\r\n", "\n").replace("\r", "\n") if legal(each)]
    assert list(told) == kept
    assert (root.findtext(f"{atom}entry/{atom}author/{atom}name") or "").strip()


def legal(letter: str) -> bool:
    """Tell whether XML 1.0 knows a character (its production 2)."""
    code = ord(letter)
    return letter in "\t\n\r" or (
        code >= 0x20 and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)
    )


def test_what_changed_last_comes_first(tmp_path: Path) -> None:
    with blank(tmp_path / "a.db") as archive:
        for number in range(1, 5):
            page = Page(number, number, index=f"000123456/2024-0001{number}", day=number)
            page.file(archive)
        gone = Page(1, 1).reply.url
        with archive.transaction() as db:
            at = instant(DAY + timedelta(days=30))
            db.execute("update replies set gone_at = ? where url = ?", [at, gone])
        rows = [*exports.changed_first(archive, Query(limit=3))]
    assert [row["proposal_numbers"] for row in rows] == [["1"], ["4"], ["3"]]
    assert [bool(row["gone_at"]) for row in rows] == [True, False, False]
