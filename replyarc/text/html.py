"""selectolax, wrapped once: parse, text on one line or on many, absolute links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from replyarc.text.bearable import bearable
from replyarc.text.chinese import one_line as clean

_UNREAD: Final = """
    head iframe noembed noframes noscript script select style template textarea xml -comment
"""
UNREAD: Final = frozenset(_UNREAD.split())
"""Nodes whose text nobody reads: programs, forms, what only old browsers or Word show."""

_BLOCKS: Final = """
    address article aside blockquote body br caption center dd details dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p
    section summary table tbody tfoot thead ul
"""
_LINE, _ROW, _CELL = "\x0e", "\x0f", "\x10"  # nobody sees them: chinese.one_line drops them
_BREAKS: Final = {
    **dict.fromkeys(_BLOCKS.split(), (_LINE, _LINE)),
    "tr": (_ROW, _ROW),
    "td": ("", _CELL),
    "th": ("", _CELL),
}
"""What stands in the text before and after an element; nothing for all others."""
_NO_BREAK: Final = ("", "")
_LONGEST_LINE: Final = 10_000
_ROOTS: Final = frozenset({"html", "body", "-document", None})
_LONGEST_PATH: Final = 8


def parse(text: str) -> LexborHTMLParser:
    """Parse a page, or a piece of one; a tree comes of anything, in bounded time and memory.

    What a parser cannot bear is left out before, see `bearable`: tags and attributes, no text.
    """
    return LexborHTMLParser(bearable(text))


def one_line(node: LexborNode) -> str:
    r"""Return all text of a node on one line; an element or a ``<br>`` puts no blank in it.

    It is for titles, labels and links: what is longer than any of them is cut off.

    >>> one_line(parse("<a>关于加强<br>养老服务\n 的答复</a>").css("a")[0])
    '关于加强养老服务 的答复'
    """
    return clean(_marked(node)[:_LONGEST_LINE])


def lines(node: LexborNode) -> list[str]:
    r"""Return the text of a node line by line, as a reader sees it; each as chinese.one_line.

    A line ends where a block element, a ``<br>`` or a table row does, and with each line of a
    ``<pre>``; the cells of a row are separated by a tab. Lines without text are left out.

    >>> lines(parse("<p>张三代表:<p>收悉。<br>感谢<table><tr><td>主办<td><p>市局</table>").root)
    ['张三代表:', '收悉。', '感谢', '主办\t市局']
    """
    found: list[str] = []
    for row in _marked(node).split(_ROW):
        if _CELL not in row:
            found += filter(None, map(clean, row.split(_LINE)))
            continue
        grown = [""]
        for cell in row.split(_CELL):
            first, *others = [*filter(None, map(clean, cell.split(_LINE)))] or [""]
            grown[-1] += f"\t{first}"
            grown += others
        found += [line for each in grown if (line := each.strip())]
    return found


def path_of(node: LexborNode) -> str:
    """Return a short CSS path to a node: from the nearest element with an id or a class.

    >>> path_of(parse('<div id="box"><table><tr><td>文号').css("td")[0])
    'div#box > table > tbody > tr > td'
    """
    path: list[str] = []
    at: LexborNode | None = node
    while at is not None and at.tag not in _ROOTS and len(path) < _LONGEST_PATH:
        named = at.attributes
        path.append(at.tag or "")
        if name := (named.get("id") or "").strip():
            path[-1] += f"#{name}"
            break
        if names := (named.get("class") or "").split():
            path[-1] += f".{names[0]}"
            break
        at = at.parent
    return " > ".join(reversed(path)) or "body"


def _marked(root: LexborNode) -> str:
    """Return the text below a node, its breaks marked; a stack, since pages nest 10,000 deep."""
    pieces: list[str] = []
    stack: list[tuple[LexborNode | None, str]] = []  # what follows an element, and its own mark
    node: LexborNode | None = root
    while node is not None or stack:
        if node is None:
            node, after = stack.pop()
            pieces.append(after)
            continue
        tag = node.tag or ""
        following = node.next if node is not root else None
        if tag == "-text":
            pieces.append(node.text_content or "")
        elif tag == "pre":
            pieces += (_LINE, *_of_pre(node), _LINE)
        elif tag not in UNREAD or node is root:
            before, after = _BREAKS.get(tag, _NO_BREAK)
            pieces.append(before)
            stack.append((following, after))
            following = node.first_child
        node = following
    return "".join(pieces)


def _of_pre(node: LexborNode) -> Iterator[str]:
    """Yield the text of a ``<pre>``, a line of which ends with a newline or as elsewhere."""
    for each in node.traverse(include_text=True):
        tag = each.tag or ""
        if tag == "-text":
            if each.parent is None or each.parent.tag not in UNREAD:
                yield (each.text_content or "").replace("\n", f"\n{_LINE}")
        elif tag in _BREAKS:
            yield _LINE


_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")
_WHOLE: Final = re.compile(r"https?://", re.IGNORECASE)
_HOST: Final = re.compile(r"[\w.-]+", re.ASCII)
_PORTS: Final = {"http": 80, "https": 443}
_LINE_ENDS: Final = dict.fromkeys(map(ord, "\t\r\n"))


def absolute(base: str, href: str) -> str | None:
    """Join a link to the address of its page: ``http`` or ``https``, ASCII, without fragment.

    ``None`` where it leads to no page: ``javascript:``, ``mailto:``, a bare ``#top`` and the
    like; where it carries a password; and where it cannot be read. As browsers do (WHATWG URL),
    a backslash is a slash, blanks around are dropped, and ``../`` stops at the root.

    >>> absolute("http://www.gov.test/a/index.html", " ../../b/关于 1.html#top ")
    'http://www.gov.test/b/%E5%85%B3%E4%BA%8E%201.html'
    >>> absolute("http://www.gov.test/", "javascript:;") is None
    True
    """
    href = href.translate(_LINE_ENDS).strip()
    if not href or href.startswith("#"):
        return None
    if _SCHEME.match(href) and not href[:6].lower().startswith(("http:", "https:")):
        return None
    before, mark, query = href.partition("?")
    href = before.replace("\\", "/") + mark + query
    try:
        joined = urlsplit(href if _WHOLE.match(href) else urljoin(base, href))
        origin = _origin(joined.scheme, joined.hostname, joined.port)
    except ValueError:  # UnicodeError, which idna raises, is one
        return None
    if origin is None or "@" in joined.netloc:
        return None
    path = quote(_without_dots(joined.path), "/%:@!$&'()*+,;=~", errors="replace")
    asked = quote(joined.query, "/%:@!$&'()*+,;=~?[]", errors="replace")
    return f"{origin}{path}?{asked}" if asked else f"{origin}{path}"


def _origin(scheme: str, host: str | None, port: int | None) -> str | None:
    if scheme not in _PORTS or not host:
        return None
    name = (host if host.isascii() else host.encode("idna").decode()).rstrip(".")
    if ":" in name:
        name = f"[{name}]"
    elif not _HOST.fullmatch(name):
        return None
    return f"{scheme}://{name}" + (f":{port}" if port not in (None, _PORTS[scheme]) else "")


def _without_dots(path: str) -> str:
    """Resolve ``.`` and ``..`` (RFC 3986, 5.2.4); what would leave the root stays at it."""
    kept: list[str] = []
    *folders, last = path.split("/")[1:] or [""]
    for part in folders:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    if last == "..":
        del kept[-1:]
    kept.append("" if last in (".", "..") else last)
    return "/" + "/".join(kept)
