"""The files of letters, asked for again: when, how often, and what a worse answer does not do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.model import Outcome, Reply, Source
from replyarc.rereading import Rereading
from replyarc.walk import Plan
from tests.clock import Move
from tests.column import letters, source, walk
from tests.dumping import dump
from tests.gov import Answer, Gov
from tests.test_attached_office import p, word

FULL = Plan(full=True)
ONE, *_ = letters(1)
FILE = "/jytabl/202305/P020230517.docx"
LETTER = (
    "顾明远代表：",
    "您提出的《关于加强养老服务的建议》收悉。现答复如下：",
    "我局高度重视养老服务，已制定实施方案并逐项落实，今年新建站点一处，补助资金三百万元。",
    "清源市民政局",
    "2023年5月10日",
)


def publish(gov: Gov, text: tuple[str, ...] = LETTER, more: str = "") -> Source:
    """Publish a page whose letter stands in a file only."""
    page = ONE.page().decode()
    start, end = page.index("<p>顾明远"), page.index("</div></body>")
    link = f'<p>见附件。</p><p><a href="{FILE}">答复件.docx</a></p>'
    gov.pages[ONE.path] = (page[:start] + link + page[end:] + more).encode()
    gov.pages[FILE] = word("".join(map(p, text)))
    gov.pages["/jytabl/index.html"] = (
        f'<html><head><meta charset="utf-8"></head><body><ul class="list"><li><a href="{ONE.path}" '
        f'title="{ONE.title}">{ONE.title}</a><span>{ONE.day}</span></li></ul>'
        '<script>createPageHTML(1, 0, "index", "html");</script></body></html>'
    ).encode()
    return replace(source(gov), attachments=True)


def only(archive: Archive) -> Reply:
    (reply,) = archive.replies(Query())
    return reply


CORRECTED = (*LETTER[:3], "更正：补助资金为九百万元。", *LETTER[3:])


async def test_a_letter_that_is_corrected_in_its_file_becomes_a_version(
    gov: Gov, archive: Archive, move: Move
) -> None:
    wanting = publish(gov)
    await walk(archive, wanting)
    assert "三百万元" in only(archive).text
    move(1)
    publish(gov, CORRECTED)
    await walk(archive, wanting)
    assert "九百万元" not in only(archive).text, "nothing calls for it yet"
    move(2)
    (report,) = await walk(archive, wanting, plan=FULL)
    assert report.outcomes == {Outcome.CHANGED: 1}
    assert "九百万元" in only(archive).text
    assert only(archive).version == 2
    move(3)
    (report,) = await walk(archive, wanting, plan=FULL)
    assert report.outcomes == {Outcome.SAME: 1}
    assert [each.number for each in archive.versions(only(archive).id)] == [1, 2]
    before = dump(archive)
    again = Rereading(archive, [wanting], datetime(2031, 1, 1, tzinfo=UTC))
    assert list(again.run()) == []
    assert dump(archive) == before


async def test_the_page_that_came_anew_calls_for_its_file_once(
    gov: Gov, archive: Archive, move: Move
) -> None:
    wanting = publish(gov)
    await walk(archive, wanting)
    move(91)
    publish(gov, CORRECTED, more="<!-- another body -->")
    await walk(archive, wanting, plan=Plan(recheck=timedelta(days=90)))
    assert "九百万元" in only(archive).text
    move(92)
    gov.heard.clear()
    await walk(archive, wanting)
    assert FILE not in gov.asked


async def test_a_file_older_than_recheck_is_asked_for_with_its_page(
    gov: Gov, archive: Archive, move: Move
) -> None:
    wanting = publish(gov)
    await walk(archive, wanting)
    publish(gov, CORRECTED)
    move(91)
    await walk(archive, wanting)
    assert "九百万元" in only(archive).text
    assert gov.count(FILE) == 2


@pytest.mark.parametrize(
    "worse",
    [
        Answer(404),
        Answer(403),
        "<html><body><h1>系统维护公告</h1><p>敬请谅解。</p></body></html>".encode(),
        b"%PDF-1.4 broken",
        b"",
    ],
    ids=["404", "403", "a page", "damaged", "nothing"],
)
async def test_what_is_held_is_read_as_before_where_the_file_cannot_be_had(
    gov: Gov, archive: Archive, move: Move, worse: Answer | bytes
) -> None:
    wanting = publish(gov)
    await walk(archive, wanting)
    before = only(archive)
    for day in (1, 2):
        move(day)
        gov.pages[FILE] = worse
        (report,) = await walk(archive, wanting, plan=FULL)
        assert report.outcomes == {Outcome.SAME: 1}
        assert any("答复件.docx" in each for each in report.problems)
        after = only(archive)
        assert (after.text, after.version, after.attachments) == (
            before.text,
            1,
            before.attachments,
        )
    move(3)
    publish(gov, CORRECTED)
    await walk(archive, wanting, plan=FULL)
    assert only(archive).version == 2


async def test_a_file_that_was_refused_waits_for_recheck(
    gov: Gov, archive: Archive, move: Move
) -> None:
    wanting = publish(gov)
    await walk(archive, wanting)
    gov.pages[FILE] = Answer(403)
    move(1)
    await walk(archive, wanting, plan=FULL)
    move(2)
    publish(gov, more="<!-- another body -->")
    gov.pages[FILE] = Answer(403)
    gov.pages["/jytabl/index.html"] = bytes(gov.pages["/jytabl/index.html"]).replace(  # type: ignore[arg-type]  # bytes, as published
        str(ONE.day).encode(), b"2023-05-18"
    )
    gov.heard.clear()
    await walk(archive, wanting)
    assert ONE.path in gov.asked
    assert FILE not in gov.asked


async def test_a_file_that_comes_later_is_no_version_of_the_page(
    gov: Gov, archive: Archive, move: Move
) -> None:
    wanting = publish(gov)
    await walk(archive, replace(wanting, attachments=False))
    assert "三百万元" not in only(archive).text
    move(1)
    await walk(archive, wanting)
    assert "三百万元" in only(archive).text
    assert only(archive).version == 1
