"""A redaction of what was told without bytes, and what a redaction looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from replyarc.archive import filing, redacted
from replyarc.archive.merging import merge
from replyarc.archive.redacting import redact
from replyarc.archive.store import Archive
from replyarc.model import Attachment, Entry, Outcome, Source
from tests.blank import blank
from tests.test_merge import DAY, LETTER, Page, after, response


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as archive:
        yield archive


def redact_a_told_reply(archive: Archive, *, whole: bool) -> None:
    told = replace(LETTER, id="abc", last_seen_at=after(0), attachments=(Attachment("附件", ""),))
    with archive.transaction() as db:
        filing.put_told(db, told)
    redact(archive, "abc", "本人请求", after(1), whole=whole)


def names(archive: Archive) -> set[str]:
    return {name for (name,) in archive.db.execute("select name from _redacted")}


@pytest.mark.parametrize("whole", [True, False])
def test_what_was_told_without_bytes_shuts_out_nothing_else(archive: Archive, whole: bool) -> None:
    redact_a_told_reply(archive, whole=whole)
    assert names(archive)
    assert not {"body:", "url:"} & names(archive)
    other = Page(7, 7, index=None, source="zx", day=2)
    other.file(archive)
    (kept,) = (reply for reply in archive.replies() if reply.url == other.reply.url)
    assert kept.text == other.reply.text
    assert archive.body(kept.sha256) == other.body


def test_nor_does_an_archive_in_which_such_a_name_was_written(archive: Archive) -> None:
    redact_a_told_reply(archive, whole=False)
    with archive.transaction() as db:
        db.execute("insert into _redacted select 'body:', min(id) from redactions")
    other = Page(7, 7, index=None, source="zx", day=2)
    crawl = archive.begin(Source(name="zx", publisher="p", urls=("u",)), "trs", DAY)
    (listed,) = archive.listed("zx", [Entry(other.reply.url, "答复")], crawl, DAY)
    assert (listed.entry.title, listed.entry.left_out) == ("答复", None)
    name = archive.keep(response(other.reply.url, other.body, after(2)))
    assert archive.body(name) == other.body
    assert archive.put(other.reply, name, after(2)) == Outcome.NEW
    told = replace(Page(8, 8, "别的。" * 50, "9/9").reply, id="xyz", last_seen_at=after(3))
    with archive.transaction() as db:
        assert filing.put_told(db, told) == Outcome.NEW


def test_such_a_name_does_not_come_with_another_archive(archive: Archive, tmp_path: Path) -> None:
    with blank(tmp_path / "b.db") as other:
        redact_a_told_reply(other, whole=False)
        with other.transaction() as db:
            db.execute("insert into _redacted select 'body:', min(id) from redactions")
        before = names(other)
    merge(archive, other.path)
    assert names(archive) == before - {"body:"}


def test_a_name_with_nothing_behind_its_colon_is_none(archive: Archive) -> None:
    redact_a_told_reply(archive, whole=False)
    (of,) = archive.db.execute("select min(id) from redactions").fetchone()
    before = names(archive)
    with archive.transaction() as db:
        redacted.forbid(db, of, {"body:", "url:", "key:", "body:x"})
    assert names(archive) == before | {"body:x"}


def test_a_report_that_is_none_is_no_obstacle() -> None:
    bar = redacted.Bar({"url:x.gov.test/1"})
    assert bar.report('{"problems":7,"at":"x.gov.test/1"}') == '{"problems":[],"at":"x.gov.test/1"}'


def test_reports_are_looked_at_only_for_the_sake_of_an_address(archive: Archive) -> None:
    redact_a_told_reply(archive, whole=False)
    (of,) = archive.db.execute("select min(id) from redactions").fetchone()
    asked: list[str] = []
    archive.db.conn.set_trace_callback(asked.append)
    with archive.transaction() as db:
        redacted.forbid(db, of, {"body:x"}, fresh=True)
    assert not [sql for sql in asked if "report" in sql]
    with archive.transaction() as db:
        redacted.forbid(db, of, {"url:x.gov.test/1"}, fresh=True)
    assert [sql for sql in asked if "report" in sql]
