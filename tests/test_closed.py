"""Answers with status 200 that are not the record: a closed door, or a page of another thing."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.archive import missing, rereads
from replyarc.archive.frontier import State
from replyarc.archive.store import Archive
from replyarc.fetch.closed import closed, is_another
from replyarc.model import Outcome
from replyarc.screen.reports import summary
from replyarc.screen.terminal import console
from replyarc.taking import now
from replyarc.walk import Plan
from tests.blank import blank
from tests.column import Column, letters, source, walk
from tests.gov import Gov, redirect, serving
from tests.test_missing import DAY, crawl, entry

FULL = Plan(full=True)
GREETED = "<p>尊敬的用户：本网站将于6月1日进行系统升级维护，期间暂停服务，敬请谅解。</p>"
MORE = "<p>本次升级内容包括栏目调整、检索优化、无障碍浏览改造，请各单位提前做好准备。</p>"


def page(title: str, body: str) -> str:
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'
    )


SHUT = {
    "notice": page("系统维护公告", f"<h1>系统维护公告</h1>{GREETED}"),
    "long notice": page("系统维护公告", f"<h1>系统维护公告</h1>{GREETED}{MORE * 30}"),
    "under the name of its site": page("清源市政府", f"<h2>网站升级维护公告</h2>{GREETED}"),
    "called so": page("网站维护中 - 清源市政府", "<p>请稍后访问。</p>"),
    "one line": "<p>网站维护中</p>",
    "out of service": "<p>暂停服务</p>",
    "polite": page("清源市政府", "<p>尊敬的用户：您好！系统正在维护中，请稍后再试。</p>"),
    "gate": page("访问被拦截", "<h1>访问被拦截</h1><p>事件编号20230601。</p>"),
    "gate in a line": "<p>您的访问请求被拦截，如有疑问请联系管理员</p>",
    "gate with a reason": "<p>您的请求疑似攻击行为，已被网站防护系统拦截，编号1。</p>",
    "gate, sorry": "<p>很抱歉，由于您访问的地址可能造成威胁，您的访问被阻断。</p>",
    "english": page("Under Maintenance", "<p>Please come back later.</p>"),
}

LETTER = (
    "<p>顾明远代表：</p><p>您提出的《关于加强网站维护的建议》收悉。现答复如下：</p>"
    "<p>系统维护期间，我局安排专人值守，您的请求被拦截一事已经查明。</p><p>清源市民政局</p>"
)


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        yield opened


@pytest.mark.parametrize("shut", SHUT.values(), ids=SHUT)
def test_a_page_that_only_says_that_the_site_is_shut(shut: str) -> None:
    assert closed(shut, "清源市民政局关于市八届人大二次会议第12号建议的答复")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            page("关于加强网站维护的建议的答复", f"<h1>关于加强网站维护的建议的答复</h1>{LETTER}"),
            "",
        ),
        (page("清源市民政局", LETTER + MORE * 6), ""),
        (SHUT["notice"], "系统维护公告"),
        (SHUT["long notice"], "清源市政务平台系统维护公告（6月）"),
        (SHUT["one line"], "关于网站维护的情况说明"),
        (page("关于停车场暂停服务的公告", "<h1>关于停车场暂停服务的公告</h1>"), ""),
        (page("建议答复", "<h1>对第12号建议的答复</h1><p>附件</p>"), ""),
        (page("道路维护", "<h1>关于道路维护建议的答复</h1><p>见附件。</p>"), ""),
    ],
    ids=["letter", "long letter", "its name", "named so", "word", "other thing", "file", "roads"],
)
def test_a_letter_or_a_notice_that_is_asked_for_is_the_page(text: str, title: str) -> None:
    assert closed(text, title) is None


@given(st.text(max_size=300), st.text(max_size=40))
def test_it_answers_for_any_text(text: str, title: str) -> None:
    said = closed(text, title)
    assert said is None or said.strip()


@given(st.text(min_size=6, max_size=60), st.text(max_size=60))
def test_a_page_that_is_called_or_shows_its_listed_title_is_no_other(title: str, rest: str) -> None:
    assert not is_another(title, title, "")
    assert not is_another(rest, title, f"{rest}{title}")


@pytest.mark.parametrize("shut", ["notice", "long notice", "gate"])
async def test_nothing_is_filed_while_the_site_is_shut_and_all_is_had_afterwards(
    gov: Gov, archive: Archive, shut: str
) -> None:
    column = Column(letters(3))
    column.publish(gov)
    await walk(archive, source(gov))
    before = archive.find(column.letters[0].title)
    for each in column.letters:
        gov.pages[each.path] = SHUT[shut].encode()
    gov.heard.clear()
    (report,) = await walk(archive, source(gov), plan=FULL)
    assert report.blocked is not None
    assert column.letters[0].title in report.blocked
    assert "the site says" in report.blocked
    assert len([path for path in gov.asked if "/t2023" in path]) == 1, "it is left alone"
    assert archive.count() == 3
    assert archive.find(column.letters[0].title) == before
    column.publish(gov)
    (report,) = await walk(archive, source(gov), plan=FULL)
    assert (report.blocked, report.outcomes) == (None, {Outcome.SAME: 3})


async def test_a_listing_that_is_shut_says_so(gov: Gov, archive: Archive) -> None:
    column = Column(letters(3))
    column.publish(gov)
    await walk(archive, source(gov))
    gov.pages["/jytabl/index.html"] = SHUT["notice"].encode()
    (report,) = await walk(archive, source(gov))
    assert report.blocked is not None
    assert "系统维护公告" in report.blocked
    assert "set url" not in report.blocked.lower()
    assert report.findings == []


async def test_a_further_page_that_is_shut_is_no_part_of_a_letter(
    gov: Gov, archive: Archive
) -> None:
    column = Column(letters(1))
    column.publish(gov)
    path = column.letters[0].path
    first = gov.pages[path]
    assert isinstance(first, bytes)
    pager = b'<script>createPageHTML(2, 0, "t20230517_00001", "html");</script></body>'
    gov.pages[path] = first.replace(b"</body>", pager)
    gov.pages[path.replace(".html", "_1.html")] = SHUT["notice"].encode()
    (report,) = await walk(archive, source(gov))
    assert report.blocked is not None
    assert archive.count() == 0


LOGIN = page("统一身份认证", "<form><p>用户登录</p></form><p>请使用政务服务账号登录后访问。</p>")


async def test_a_page_of_another_thing_is_never_filed(gov: Gov, archive: Archive) -> None:
    column = Column(letters(2))
    column.publish(gov)
    await walk(archive, source(gov))
    gov.pages[column.letters[0].path] = LOGIN.encode()
    new = letters(3)[0]
    column.letters.insert(0, new)
    column.publish(gov)
    gov.pages[new.path] = gov.pages[column.letters[1].path] = LOGIN.encode()
    (report,) = await walk(archive, source(gov), plan=FULL)
    assert len([each for each in report.problems if "another page came in its place" in each]) == 2
    assert report.outcomes[Outcome.FAILED] == 2
    assert archive.count() == 2
    states = archive.states("qingyuan")
    assert states == {State.ARCHIVED: 1, State.MISSING: 1, State.FAILED: 1}
    kept = [each for some in rereads.pages(archive, now()) for each in some if each.unread]
    assert kept == [], "its bytes are those of no reply"


async def test_one_page_at_many_addresses_is_a_finding(gov: Gov, archive: Archive) -> None:
    column = Column(letters(4))
    column.publish(gov)
    for each in column.letters[1:]:
        gov.pages[each.path] = column.letters[0].page()
    (report,) = await walk(archive, source(gov))
    (finding,) = report.findings
    assert finding.startswith("4 addresses answer with the very same page")
    assert column.letters[0].title in finding
    assert report.finished


async def test_two_addresses_may_say_the_same(gov: Gov, archive: Archive) -> None:
    column = Column(letters(3))
    column.publish(gov)
    gov.pages[column.letters[1].path] = column.letters[0].page()
    (report,) = await walk(archive, source(gov))
    assert report.findings == []


async def test_a_redirect_is_told_as_one(gov: Gov, archive: Archive) -> None:
    column = Column(letters(3))
    column.publish(gov)
    gov.faults[column.letters[0].path].append(redirect("/jytabl/index.html"))
    (report,) = await walk(archive, source(gov))
    assert "it redirects to the listing" in report.problems[0]
    assert "200" not in report.problems[0]


async def test_a_page_without_its_letter_says_what_stays(gov: Gov, archive: Archive) -> None:
    column = Column(letters(3))
    column.publish(gov)
    await walk(archive, source(gov))
    (held,) = archive.find(column.letters[0].title)
    gov.pages[column.letters[0].path] = page(column.letters[0].title, "").encode()
    (report,) = await walk(archive, source(gov), plan=FULL)
    said = f"Its letter of {len(held.text):,} letters is archived and stays shown"
    assert report.problems[0].endswith(said)


async def test_a_letter_that_is_put_aside_is_told_with_the_way_to_accept_it(
    gov: Gov, archive: Archive
) -> None:
    column = Column(letters(3))
    column.publish(gov)
    column.edit(3, word="养老服务" * 80)
    column.publish(gov)
    await walk(archive, source(gov))
    column.edit(3, word="养老")
    column.publish(gov)
    (report,) = await walk(archive, source(gov), plan=FULL)
    drawn = StringIO()
    console(drawn).print(summary([report], "a.db"))
    said = " ".join(drawn.getvalue().split())
    assert "failed: " not in said
    assert "put aside: " in said
    (problem,) = report.problems
    assert problem.endswith("--shorter`")


def test_another_page_is_marked_and_marks_nobody(archive: Archive) -> None:
    crawl(archive, 0, there=range(1))
    missing.note_shut(archive, entry(0).url, "200: the site says '系统维护公告'")
    assert archive.files.held(entry(0).url) is None
    assert archive.states("mz") == {State.ARCHIVED: 1}
    assert archive.due("mz", DAY) == []
