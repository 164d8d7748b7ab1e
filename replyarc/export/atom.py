"""A feed of replies in Atom 1.0 (RFC 4287): what is new, changed or gone, for a feed reader.

A letter goes in as text, never as HTML: what looks like a tag in it is shown as it was written.
Ids are names of their own (RFC 4122), made from the id of a reply and from the filters of the
feed: a reader knows an entry again after a merge, at another address and in another export.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from replyarc import __version__
from replyarc.export.flat import Row
from replyarc.export.sink import beside
from replyarc.export.tables import Style
from replyarc.text.web import begins_as_web

TITLE: Final = "建议提案答复"
GONE: Final = "〔原网页已撤〕"
"""What the title of a reply begins with whose page is gone from its site."""

USUAL: Final = 100
"""How many replies a feed holds unless more are asked for: readers ask for it again and again."""

_URN: Final = "urn:replyarc"
_SUMMARY: Final = 200
_IN_MEMORY: Final = 1 << 20
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# field of a reply: what it is called as a category
_CATEGORIES: Final = {
    "kind": "类别",
    "publisher": "发布机构",
    "assembly": "会议",
    "term": "届",
    "session": "次会议",
    "topic": "信息分类",
}
_EMPTY: Final = "1970-01-01T00:00:00Z"


def write_atom(replies: Iterable[Row], out: BinaryIO, style: Style) -> int:
    """Write a feed; return how many replies it tells.

    They stand in the order in which they come. When the feed was updated stands before them, and
    is known when all have come: till then they wait, a few in memory and many in a file.
    """
    count, updated = 0, ""
    with SpooledTemporaryFile(_IN_MEMORY, dir=beside(out)) as waiting:
        for reply in replies:
            waiting.write(_bytes(entry(reply)))
            updated = max(updated, changed(reply))
            count += 1
        waiting.seek(0)
        out.write(b'<?xml version="1.0" encoding="utf-8"?>\n')
        out.write(b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">\n')
        for element in _head(style.about, updated or _EMPTY):
            out.write(_bytes(element))
        for line in waiting:
            out.write(line)
    out.write(b"</feed>\n")
    return count


def changed(reply: Row) -> str:
    """Return when a reply was new, changed or gone last, as JSON has instants.

    >>> changed({"changed_at": "2024-05-01T08:00:00Z", "gone_at": "2024-06-01T08:00:00Z"})
    '2024-06-01T08:00:00Z'
    """
    return max(reply["changed_at"] or reply.get("first_seen_at") or "", reply["gone_at"] or "")


def _head(about: str, updated: str) -> Iterator[Element]:
    title = f"{TITLE}: {about}" if about else TITLE
    yield _text("id", _id("feed", about))
    yield _text("title", title)
    yield _text("updated", updated)
    author = Element("author")
    author.append(_text("name", "replyarc"))
    yield author
    yield _text("generator", "replyarc", version=__version__)


def _id(kind: str, name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{_URN}:{kind}:{name}')}"


def entry(reply: Row) -> Element:
    """Return the entry of a reply."""
    made = Element("entry")
    text, title = reply["text"] or "", " ".join((reply["title"] or "").split())
    author = Element("author")
    author.append(_text("name", _author(reply)))
    made.append(_text("id", _id("reply", reply["id"])))
    made.append(_text("title", f"{GONE if reply['gone_at'] else ''}{title or '〔无标题〕'}"))
    made.append(_text("updated", changed(reply) or _EMPTY))
    if published := _published(reply):
        made.append(_text("published", published))
    if begins_as_web(reply["url"] or ""):
        SubElement(made, "link", rel="alternate", type="text/html", href=_legal(reply["url"]))
    made.append(author)
    made.extend(_categories(reply))
    made.append(_text("summary", _summary(text)))
    made.append(_text("content", text))
    return made


def _author(reply: Row) -> str:
    """Return who answers; RFC 4287 wants a name."""
    names = (reply[name] for name in ("answered_by", "publisher", "source"))
    return next((_legal(name) for name in names if name and _legal(name).strip()), "replyarc")


def _categories(reply: Row) -> Iterator[Element]:
    for name, label in _CATEGORIES.items():
        if value := reply[name]:
            said = _legal(f"{value}")
            yield Element("category", term=said, scheme=f"{_URN}:{name}", label=f"{label} {said}")


def _published(reply: Row) -> str | None:
    """Return when a letter was published: its day, which begins in China, else when it was seen."""
    day = reply["published_on"]
    return f"{day}T00:00:00+08:00" if day else reply["first_seen_at"]


def _summary(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SUMMARY else f"{flat[:_SUMMARY]}…"


def _text(tag: str, text: str, **attributes: str) -> Element:
    kind = {"type": "text"} if tag in ("title", "summary", "content") else {}
    made = Element(tag, {**kind, **attributes})
    made.text = _legal(text)
    return made


def _legal(text: str) -> str:
    """Return a text without what no XML can hold; a line ends as XML reads it back."""
    return _NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _bytes(element: Element) -> bytes:
    return tostring(element, encoding="unicode").encode() + b"\n"
