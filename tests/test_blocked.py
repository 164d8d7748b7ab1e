"""What stands in the place of a page: recognised, named with what can be done, and never read."""

from __future__ import annotations

import re
import socket
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.archive.store import Archive
from replyarc.errors import FetchError, Refused
from replyarc.fetch.advice import REMEDIES, Kind, told
from replyarc.fetch.closed import shut_by
from replyarc.fetch.gates import GATES, HEAD, MARKS, gate_of, gate_of_refusal
from replyarc.fetch.login import is_login
from replyarc.fetch.verdict import verdict
from replyarc.model import Response
from replyarc.text.charset import decode
from replyarc.walk import Plan
from tests.barred import (
    BLOCKED,
    ERRORS,
    FORM,
    LETTER,
    LONG_RS,
    MENU,
    NOW,
    PAGES,
    RS,
    SEARCH,
    SLIDER,
    TITLE,
    answer,
    page,
)
from tests.blank import blank
from tests.column import Column, letters, source, walk
from tests.gov import Answer, Gov, instead, redirect, serving


def judged(response: Response) -> FetchError | None:
    """Judge an answer as a crawl does: the answer first, then what the page says."""
    error = verdict(response, NOW)
    if error is None and response.body and (shut := shut_by(response.body.decode(), TITLE)):
        return Refused(response.url, told(shut.kind, status=200, said=shut.said), status=200)
    return error


@pytest.mark.parametrize(("response", "kind", "words"), BLOCKED.values(), ids=BLOCKED)
def test_what_stands_in_the_place_of_a_page_is_named(
    response: Response, kind: Kind, words: str
) -> None:
    error = judged(response)
    assert isinstance(error, Refused)
    assert error.status == response.status
    assert f" {kind}" in error.why
    assert words in error.why
    assert "no way around is tried" in error.why
    assert len(error.why) < 330


@pytest.mark.parametrize("response", PAGES.values(), ids=PAGES)
def test_a_page_is_a_page(response: Response) -> None:
    assert judged(response) is None


@pytest.mark.parametrize("kind", ["reply", "listing"])
def test_no_page_that_is_read_here_is_taken_for_anything_else(kind: str) -> None:
    paths = sorted((Path(__file__).parent / "pages" / kind).rglob("*.html"))
    texts = {path.name: decode(path.read_bytes()) for path in paths}
    assert texts
    barred = {name: said.why for name, text in texts.items() if (said := judged(answer(200, text)))}
    assert barred == {}


def test_no_real_page_is_taken_for_anything_else(corpus: Path) -> None:
    texts = {path.name: decode(path.read_bytes()) for path in sorted(corpus.glob("pages/*"))}
    barred = {name: said.why for name, text in texts.items() if (said := judged(answer(200, text)))}
    assert barred == {}


@pytest.mark.parametrize(("response", "words"), ERRORS.values(), ids=ERRORS)
def test_an_error_that_bars_nobody_is_no_refusal(response: Response, words: str) -> None:
    error = judged(response)
    assert error is not None
    assert not isinstance(error, Refused)
    assert words in error.why


def test_every_row_of_the_table_says_by_whom_it_was_met_and_is_shown_here() -> None:
    met = [gate for gate in GATES if gate.evidence]
    assert len(met) == len(GATES)
    texts = [response.body.decode() for response, _, _ in BLOCKED.values()]
    heads = ["server: NSFocus", "server: 360wzws", "server: AkamaiGHost", "incap_ses_1=2"]
    heads += ["HWWAFSESID=1"]
    shown = {gate_of_refusal(text) for text in texts} | {gate_of_refusal("", h) for h in heads}
    assert {gate.product for gate in GATES} == {gate.product for gate in shown if gate}


def test_a_sign_in_the_headers_counts_for_refusals_only() -> None:
    heads = {gate.product for gate in GATES if gate.place == HEAD}
    assert {"华为云 WAF", "绿盟"} <= heads
    assert judged(answer(200, "<p>关于</p>", server="NSFocus")) is None
    assert "绿盟" in str(judged(answer(403, "<p>关于</p>", server="NSFocus")))


def test_the_marks_of_long_pages_are_those_of_the_table() -> None:
    signs = " ".join(gate.sign.pattern.replace("\\", "") for gate in GATES)
    assert [mark for mark in MARKS if mark.decode() not in signs] == []


@pytest.mark.parametrize("kind", Kind)
def test_no_advice_is_to_pretend_or_to_solve(kind: Kind) -> None:
    said = told(kind, status=403, ip="203.0.113.1").lower()
    assert not re.search("cookie|browser's|user-agent|solve|proxy|headless|selenium", said)
    assert REMEDIES[kind]


@pytest.mark.parametrize(
    ("ip", "words"),
    [("2001:db8::1", "403 over IPv6: the site"), ("203.0.113.1", "403 over IPv4: the site")],
)
def test_a_refusal_says_over_which_ip_and_names_the_other(ip: str, words: str) -> None:
    why = told(Kind.UNTOLD, status=403, ip=ip)
    assert why.startswith(words)
    assert f'or ip = "{"4" if ":" in ip else "6"}"' in why


@given(st.text(max_size=400))
def test_any_text_is_judged(text: str) -> None:
    gate = gate_of(text)
    assert gate is None or gate_of_refusal(text) is not None
    assert judged(answer(200, text.encode("utf-8", "replace").decode())) is None or text


@given(st.text(alphabet="验证码登录维护安全网络防火墙境外系统", min_size=2, max_size=12), st.data())
def test_a_letter_is_never_taken_for_a_gate_whatever_it_is_about(
    word: str, data: st.DataObject
) -> None:
    around = data.draw(st.sampled_from(["", RS, FORM, SEARCH, MENU]))
    title = f"关于{word}的建议的答复"
    text = page(title, f"{around}<h1>{title}</h1>{LETTER.format(word=word)}")
    assert judged(answer(200, text)) is None


@given(st.text(max_size=60))
def test_any_address_may_be_one_of_a_login(text: str) -> None:
    assert is_login(text) in (True, False)


# Every way by which an answer comes in: nothing of it becomes a letter or a listing


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        yield opened


CAME: dict[str, Answer] = {
    "瑞数": Answer(412, {}, RS.encode()),
    "瑞数, 200 and long": Answer(200, {}, page("", LONG_RS).encode()),
    "login": Answer(200, {}, page("用户登录", MENU + FORM).encode()),
    "captcha": Answer(200, {}, (page("滑动验证", SLIDER) + "<i></i>" * 900).encode()),
    "maintenance": Answer(200, {}, page("系统维护公告", "<h1>系统维护公告</h1>").encode()),
    "maintenance, 503": Answer(503, {}, page("系统维护", "系统维护中").encode()),
}


@pytest.mark.parametrize("came", CAME.values(), ids=CAME)
async def test_a_first_listing_page_that_is_blocked_is_no_empty_listing(
    gov: Gov, archive: Archive, came: Answer
) -> None:
    Column(letters(3)).publish(gov)
    gov.faults["/jytabl/index.html"] = deque([instead(came)])
    (report,) = await walk(archive, source(gov))
    assert report.blocked is not None
    assert "no way around is tried" in report.blocked or "the site says" in report.blocked
    assert (report.finished, report.findings, archive.count()) == (False, [], 0)


@pytest.mark.parametrize("came", CAME.values(), ids=CAME)
async def test_letters_that_are_blocked_are_not_filed_and_what_is_held_stays(
    gov: Gov, archive: Archive, came: Answer
) -> None:
    column = Column(letters(3))
    column.publish(gov)
    await walk(archive, source(gov))
    for each in column.letters:
        gov.pages[each.path] = came
    gov.heard.clear()
    (report,) = await walk(archive, source(gov), plan=Plan(full=True))
    assert report.blocked is not None
    assert report.blocked.count("no way around is tried") <= 1
    assert sum("/t2023" in path for path in gov.asked) == 1, "it is left alone"
    assert report.problems == []
    assert archive.count() == 3
    (held,) = archive.find(column.letters[0].title)
    assert "收悉" in held.text


async def test_a_redirect_to_a_login_blocks_and_is_not_followed(gov: Gov, archive: Archive) -> None:
    column = Column(letters(3))
    column.publish(gov)
    gov.faults["/jytabl/index.html"] = deque([redirect("/cas/login?service=x")])
    (report,) = await walk(archive, source(gov))
    assert "wants a login" in (report.blocked or "")
    assert not [path for path in gov.asked if "login" in path]


async def test_robots_that_are_a_gate_forbid_nothing_and_allow_nothing_by_what_they_say(
    gov: Gov, archive: Archive
) -> None:
    Column(letters(3)).publish(gov)
    gov.pages["/robots.txt"] = Answer(200, {}, page("用户登录", FORM).encode())
    (report,) = await walk(archive, source(gov))
    assert archive.count() == 3
    gov.pages["/robots.txt"] = Answer(521, {}, b"<script>__jsl_clearance</script>")
    (report,) = await walk(archive, source(gov))
    assert report.blocked is not None
    assert archive.count() == 3


async def test_a_name_that_cannot_be_resolved_is_told(
    gov: Gov, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    gov.url = "http://www.moushi.gov.cn"
    (report,) = await walk(archive, source(gov))
    assert "gives no answer for now" in report.problems[0]


@pytest.mark.parametrize("came", CAME.values(), ids=CAME)
async def test_an_attached_file_that_is_blocked_is_no_file(
    gov: Gov, archive: Archive, came: Answer
) -> None:
    column = Column(letters(1))
    column.publish(gov)
    path = column.letters[0].path
    first = gov.pages[path]
    assert isinstance(first, bytes)
    link = '<p>附件：<a href="/files/P01.docx">办理情况.docx</a></p></body>'
    gov.pages[path] = first.replace(b"</body>", link.encode())
    gov.pages["/files/P01.docx"] = came
    (report,) = await walk(archive, replace(source(gov), attachments=True))
    assert [each for each in report.problems if "P01.docx" in each] or report.blocked
    (reply,) = archive.find(column.letters[0].title)
    assert not re.search("登录|维护|滑块", reply.text)
    assert [each.sha256 for each in reply.attachments] == [None]


@pytest.mark.parametrize("came", CAME.values(), ids=CAME)
async def test_a_listing_page_in_the_middle_that_is_blocked_is_told_as_that(
    gov: Gov, archive: Archive, came: Answer
) -> None:
    column = Column(letters(9))
    column.publish(gov)
    gov.pages[column.listing(2)] = came
    (report,) = await walk(archive, source(gov))
    assert not report.finished
    if came is CAME["login"]:  # what else is listed may be open to all
        assert "wants a login" in report.findings[0]
        assert "Set " not in report.findings[0]
    else:
        assert report.blocked is not None
        assert (report.findings, report.problems) == ([], [])


@pytest.mark.parametrize("came", CAME.values(), ids=CAME)
async def test_a_further_page_of_a_letter_that_is_blocked_is_no_part_of_it(
    gov: Gov, archive: Archive, came: Answer
) -> None:
    column = Column(letters(1))
    column.publish(gov)
    path = column.letters[0].path
    first = gov.pages[path]
    assert isinstance(first, bytes)
    pager = b'<script>createPageHTML(2, 0, "t20230517_00001", "html");</script></body>'
    gov.pages[path] = first.replace(b"</body>", pager)
    gov.pages[path.replace(".html", "_1.html")] = came
    (report,) = await walk(archive, source(gov))
    assert report.blocked is not None
    assert "no way around is tried" in report.blocked
    assert archive.count() == 0
