"""How pages misbehave whose markup is broken, that hold no letter, or are too large."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tests.gov import Fault, rewritten
from tests.misbehaving import Route
from tests.misbehaving_content import bytewise, changed

_MANY: Final = " ".join(f"a{n}=''" for n in range(1_000_000))
_TABLE: Final = re.compile(rb"<table>.*?</table>")


def _elsewhere(opening: str, closing: str, escape: Callable[[str], str]) -> Fault:
    """The page, its letter in something that shows none."""

    def rewrite(body: bytes) -> bytes:
        before, _, rest = body.decode().partition('<div class="TRS_Editor">')
        letter, _, after = rest.partition("</div>")
        held = f"{opening}{escape(letter)}{closing}"
        return f'{before}<div class="TRS_Editor"></div>{held}{after}'.encode()

    return rewritten(rewrite)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


BROKEN: Final = (
    # markup that no browser minds: the letter is read as ever
    Route(
        "cells and paragraphs that never end",
        "broken HTML",
        bytewise(lambda body: re.sub(rb"</(?:p|td|tr)>", b"", body)),
    ),
    Route(
        "nothing that ends",
        "broken HTML",
        bytewise(lambda body: re.sub(rb"</(?:p|td|tr|table|h1|div)>", b"", body)),
    ),
    Route(
        "100,000 elements deep",
        "broken HTML",
        bytewise(lambda body: body.replace(b"<body>", b"<body>" + b"<div>" * 100_000)),
    ),
    Route(
        "one attribute 1,000,000 times",
        "broken HTML",
        changed(("<body>", f"<body><p {' a' * 1_000_000}></p>")),
    ),
    Route(
        "scripts full of data",
        "broken HTML",
        changed(("<body>", "<body><script>var d={'索引号':'none','t':'<p>代表：</p>'};</script>")),
    ),
    Route(
        "one id on everything",
        "broken HTML",
        bytewise(lambda body: re.sub(rb"<(p|td|h1|table)>", rb"<\1 id='zoom'>", body)),
    ),
    Route("no metadata table", "broken HTML", bytewise(lambda body: _TABLE.sub(b"", body))),
    Route(
        "two index numbers in the table",
        "broken HTML",
        changed(("<td>发布日期", "<td>索引号</td><td>880123006/2023-00009</td><td>发布日期")),
    ),
    Route(
        "a letter in a textarea",
        "broken HTML",
        _elsewhere("<textarea id=content>", "</textarea>", _escaped),
    ),
    Route(
        "a letter in JSON",
        "broken HTML",
        _elsewhere(
            '<script>var DETAIL = {"title": "一", "content": "',
            '"}</script>',
            lambda text: text.replace("<", "\\u003C"),
        ),
    ),
)

UNREAD: Final = (
    # no letter can be read: the bytes are kept, and what was archived stays
    Route(
        "frames",
        "broken HTML",
        bytewise(lambda body: b"<html><frameset><frame src='/a.html'></frameset></html>"),
        "letter",
    ),
    Route("an empty page", "shorter", bytewise(lambda body: b""), "letter"),
    Route(
        "a page without its letter",
        "shorter",
        bytewise(lambda body: re.sub(rb"<div class.*</div>", b"", body)),
        "letter",
    ),
    Route(
        "1,000,000 attributes",
        "broken HTML",
        changed(("<body>", f"<body><p {_MANY}></p>")),
        "letters is none",
    ),
    Route(
        "JSON in place of a page",
        "broken HTML",
        bytewise(lambda body: b'{"code": 500, "msg": null}'),
    ),
)

TOO_LARGE: Final = Route(
    "50 MB", "broken HTML", bytewise(lambda body: b"<html>" + b"<p>x</p>" * 6_250_000), "max_body"
)
VIEWER: Final = Route(
    "a viewer of PDF files",
    "broken HTML",
    changed(
        (
            "<p>清源市民政局</p>",
            '<iframe src="/pdfjs/web/viewer.html?file=/a/1.pdf"></iframe><p>清源市民政局</p>',
        )
    ),
)


PAGES: Final = (*BROKEN, *UNREAD, TOO_LARGE, VIEWER)
