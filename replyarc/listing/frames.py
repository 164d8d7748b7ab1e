"""Frames that hold a part of a page, and which parts of a page are not its content."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from replyarc.text.html import absolute

_OUTSIDE: Final = frozenset(
    [
        "nav",
        "navbar",
        "menu",
        "head",
        "header",
        "top",
        "topbar",
        "foot",
        "footer",
        "crumb",
        "crumbs",
        "breadcrumb",
        "breadcrumbs",
        "location",
        "position",
        "dqwz",
        "friend",
        "friendlink",
        "copyright",
    ]
)
_OUTSIDE_TAGS: Final = frozenset(("nav", "header", "footer"))
_REACH: Final = 12

_NO_CONTENT: Final = frozenset(
    [
        "count",
        "counter",
        "tongji",
        "stat",
        "stats",
        "hit",
        "hits",
        "click",
        "clicks",
        "search",
        "login",
        "register",
        "weather",
        "tianqi",
        "calendar",
        "rili",
        "time",
        "clock",
        "video",
        "player",
        "live",
        "map",
        "ad",
        "ads",
        "adv",
        "banner",
        "share",
        "qrcode",
        "link",
        "links",
        "copyright",
        "chat",
        "robot",
        "kefu",
        "top",
        "head",
        "header",
        "foot",
        "footer",
        "bottom",
        "nav",
        "navi",
        "menu",
        "left",
        "tree",
        "side",
        "sidebar",
        "proxy",
        "blank",
    ]
)
_FILE: Final = re.compile(
    r"\.(?:pdf|docx?|wps|ofd|xlsx?|swf|mp4|jpe?g|png|gif|js|css)$", re.IGNORECASE
)
_WORD: Final = re.compile(r"[A-Za-z]{1,40}")
_SIZE: Final = re.compile(
    r"(?:^|;)\s{0,9}(?:width|height)\s{0,9}:\s{0,9}(\d{1,6})(?:px)?\s{0,9}(?:;|$)"
)
_HIDDEN: Final = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden")
_SMALLEST: Final = 100
"""How wide and high, in pixels, a frame is at least that holds a list."""


def frame_of(node: LexborNode, base: str) -> str | None:
    """Return the address of a frame of the content; ``None`` for counters, menus, hidden ones."""
    attributes = node.attributes
    url = absolute(base, attributes.get("src") or "")
    style = attributes.get("style") or ""
    if url is None or _FILE.search(url) or _HIDDEN.search(style) or "hidden" in attributes:
        return None
    sizes = [attributes.get("width") or "", attributes.get("height") or "", *_SIZE.findall(style)]
    if any(size.isdecimal() and int(size[:9]) < _SMALLEST for size in sizes):
        return None
    folder, _, file = urlsplit(url).path.rpartition("/")
    said = (folder.rpartition("/")[2], file, attributes.get("name"), attributes.get("id"))
    words = {word.lower() for part in said for word in _WORD.findall((part or "")[:200])}
    return None if words & _NO_CONTENT or is_outside(node) else url


def is_outside(node: LexborNode) -> bool:
    """Tell whether a node stands in a menu, the head or the foot of a page, by names and tags."""
    above: LexborNode | None = node.parent
    for _ in range(_REACH):
        if above is None or above.tag == "body":
            return False
        marks = f"{above.attributes.get('class') or ''} {above.attributes.get('id') or ''}"[:200]
        if above.tag in _OUTSIDE_TAGS or set(re.split(r"[\s_\d-]", marks.lower())) & _OUTSIDE:
            return True
        above = above.parent
    return False
