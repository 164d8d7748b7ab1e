"""The letter stays the same whatever is around it, however it is wrapped and encoded."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.reply import extract
from replyarc.model import Entry, Page, Source
from replyarc.text.charset import decode

URL = "http://www.qinghe.test/jyta/202307/t20230703_12.html"
TITLE = "关于市七届人大三次会议第12号建议的答复"
SOURCE = Source(name="qinghe", publisher="青禾市", urls=("http://www.qinghe.test/jyta/",))
LINES = (
    "青民函〔2023〕12号",
    "张三、李四代表：",
    "您提出的《关于修桥的建议》收悉，现答复如下：",
    "一、已经修好三座，其余两座明年动工。",
    "感谢您的关心和支持。",
    "青禾市民政局",
    "2023年7月3日",
    "（联系人：王五，电话：0000-5550001）",
    "抄送：市政府督查室。",
)
LETTER = "".join(f"<p>{line}</p>" for line in LINES)
DECORATIONS = (
    "<ul class=nav><li><a href=/>首页</a></li><li><a href=/jyta/>建议提案</a></li></ul>",
    "<div class=ad><a href=/ad><img src=ad.jpg alt=青禾市民政局></a></div>",
    "<div class=side><h4>热点</h4><ul><li><a href=2.html>关于第13号建议的答复</a></li></ul></div>",
    "<script>var a = '张三代表：您提出的建议收悉';</script>",
    "<div style='display:none'>浏览次数：12</div>",
    "<form><input name=q><select><option>标题</option></select></form>",
    "<!-- 李四代表：您提出的建议收悉 -->",
    "<div class=share>分享到：<a href=#>微信</a> 扫一扫</div>",
    "<div class=footer><p>主办：青禾市人民政府 版权所有 ICP备1号。</p></div>",
)
WRAPS = (
    "<div>{}</div>",
    "<div class=x><div>{}</div></div>",
    "<section>{}</section>",
    "<table><tr><td>{}</td></tr></table>",
    "<table><tbody><tr><td></td><td>{}</td></tr></tbody></table>",
    "<span>{}</span>",
    "<form>{}</form>",
)
SAID = (
    *("text", "addressees", "addressee_role", "document_number", "signature", "signed_on"),
    *("contacts", "copied_to", "proposal_titles", "attachments"),
)


def said(text: str) -> dict[str, Any]:
    reply = extract(Page(URL, text), Entry(URL, TITLE), SOURCE).reply
    return {name: getattr(reply, name) for name in SAID}


def page(letter: str, before: str = "", after: str = "") -> str:
    head = f'<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body>'
    return f"{head}{before}<h1>{TITLE}</h1>{letter}{after}</body></html>"


PLAIN = said(page(f"<div class=TRS_Editor>{LETTER}</div>"))
some = st.lists(st.sampled_from(DECORATIONS), max_size=5).map("".join)


def test_the_plain_page_is_read_whole() -> None:
    assert PLAIN["text"] == "\n".join(LINES[1:])
    assert PLAIN["signature"] == "青禾市民政局"


@pytest.mark.parametrize("element", ["class=TRS_Editor", "id=zoom", "class=unknown"])
@given(before=some, after=some)
def test_decorations_around_change_nothing(element: str, before: str, after: str) -> None:
    assert said(page(f"<div {element}>{LETTER}</div>", before, after)) == PLAIN


@pytest.mark.parametrize("element", ["class=TRS_Editor", "class=unknown"])
@given(wraps=st.lists(st.sampled_from(WRAPS), max_size=6))
def test_wrapping_the_letter_changes_nothing(element: str, wraps: list[str]) -> None:
    letter = f"<div {element}>{LETTER}</div>"
    for wrap in wraps:
        letter = wrap.format(letter)

    assert said(page(letter)) == PLAIN


@given(wraps=st.lists(st.sampled_from(WRAPS), max_size=4))
def test_wrapping_inside_the_element_changes_nothing(wraps: list[str]) -> None:
    letter = LETTER
    for wrap in wraps:
        letter = wrap.format(letter)

    assert said(page(f"<div id=zoom>{letter}</div>")) == PLAIN


@pytest.mark.parametrize(
    "letter",
    [
        "<br>".join(LINES),
        "<br/>\n".join(f"&nbsp;&nbsp;　　{line}" for line in LINES),
        "<pre>" + "\n".join(LINES) + "</pre>",
        "".join(f"<p>\u200b{line}\ufeff<o:p></o:p></p>\r\n" for line in LINES),
        "".join(f"<div><span>{line[:3]}</span><b>{line[3:]}</b></div>" for line in LINES),
        "".join(f"<table><tr><td>{line}</td></tr></table>" for line in LINES),
        f"<style>p{{color:red}}</style><xml><w:x>1</w:x></xml>{LETTER}",
        f"<div>{LETTER}</div><div style='display:none'>{LETTER.replace('<p>', '<p> ')}</div>",
        "".join(f"<div id=pagediv{at}><p>{line}</p></div>" for at, line in enumerate(LINES)),
    ],
)
def test_the_letter_reads_the_same_however_it_is_marked_up(letter: str) -> None:
    assert said(page(f"<div id=UCAP-CONTENT>{letter}</div>")) == PLAIN


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "gbk", "utf-16"])
def test_the_letter_reads_the_same_in_any_charset(charset: str) -> None:
    text = page(f"<div id=zoom>{LETTER}</div>").replace("utf-8", charset)

    assert said(decode(text.encode(charset))) == PLAIN


@pytest.mark.parametrize(
    "hostile",
    [
        "<p>" + "1" * 58 + "页x</p>",
        "<div class=zoom></div>" * 20_000,
        "<div class=zoom><a href=a.doc>ICP备1号</a></div>" * 10_000,
        "<div>版权所有" + "<a href=a.doc>函.doc</a>" * 10_000 + "</div>",
        "<div class=zoom><iframe src=a.pdf></iframe></div>" * 10_000,
        "<textarea>" * 20_000,
        "<script>" + '"content":"<p\\' * 20_000 + "</script>",
        "<script>" + "//countPage = 3\n" * 20_000 + "</script>",
        "<a href=t20230703_12_1.html>2</a>" * 10_000,
    ],
)
def test_what_is_repeated_without_end_below_the_letter_changes_nothing(hostile: str) -> None:
    plain = page(f"<div class=TRS_Editor>{LETTER}</div>", after=f"<div><p>一</p></div>{hostile}")

    assert said(plain) | {"attachments": ()} == PLAIN
    assert said(page(f"<div class=unknown>{LETTER}<p>上一篇：无</p>{hostile}</div>"))["text"]
