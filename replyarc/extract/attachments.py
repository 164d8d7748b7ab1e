"""The files that belong to a letter: linked from it or below it, or shown in a frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from replyarc.model import Attachment
from replyarc.text.html import absolute, one_line

_KINDS: Final = "pdf|docx?|wps|wpt|ofd|xlsx?|et|csv|pptx?|dps|rtf|txt|zip|rar|7z|ceb"
# A file's ending in a path, in a query (downfile.jsp?filename=….pdf) or at the end of a name.
_FILE = re.compile(rf"\.(?:{_KINDS})(?=$|[?&#\s)）】])", re.IGNORECASE)
_ENDING = re.compile(rf"\.(?=[7c-zC-Z])(?:{_KINDS})", re.IGNORECASE)  # anywhere
# Addresses under which systems hand out files that they do not name.
_DOWNLOADS = re.compile(
    r"/module/download/downfile\.jsp|DownloadAttachUrl|/system/_content/download\.jsp"
)
_LINKS: Final = "a[href], iframe[src], embed[src], object[data]"
# A PDF that only a script puts into the page.
_VALUE: Final = r"""\s{0,9}["']([^"'\s]{1,500})["']"""
_SCRIPTED: Final = {
    "showVsbpdfIframe": re.compile(rf"showVsbpdfIframe\({_VALUE}"),
    "pdfurl": re.compile(rf"pdfurl(?<=\bpdfurl)\s{{0,9}}={_VALUE}"),
}
# A program that shows a file, and the file.
_VIEWER = re.compile(r"/viewer\.html?\?(?:[^#]{0,500}&)?file=([^&#\s]{1,1000})", re.IGNORECASE)
# What a link says to everybody, and what it names that is no part of a letter.
_GENERAL = re.compile(
    r"(?:点击|请点击|请)?(?:此处|这里)?(?:下\s?载|查看|预览|打开)(?:附件|文件|原文|全文)?|附\s?件"
)
_TOOL = re.compile(r"阅读器|浏览器|客户端|插件|控件|驱动|APP(?:下载)?$", re.IGNORECASE)
_FOOT: Final = ("版权所有", "ICP备", "网站标识码")
_LONGEST_FOOT: Final = 1000
_LONGEST_NAME: Final = 1000
_MOST: Final = 5000  # elements, and links of one
_MOST_FILES: Final = 1000


def read_attachments(url: str, nodes: Iterable[LexborNode], scripts: str) -> tuple[Attachment, ...]:
    """Read the files that these elements link to and that the page's scripts show, once each.

    The name is the link's text, else its title, else the file's own. ``url`` is the page's;
    ``scripts`` is any text that holds its scripts. Links in the page's foot, and to a program
    that opens files, are left out.
    """
    found: dict[str, Attachment] = {}
    for name, href in (
        *islice(_linked(islice(nodes, _MOST)), _MOST_FILES),
        *(("", href) for href in _scripted(scripts)),
    ):
        address = absolute(url, href)
        if address and (address not in found or _is_bare(found[address])):
            found[address] = Attachment(name or address.rpartition("/")[2], address)
    return tuple(found.values())


def leads_to_file(nodes: Iterable[LexborNode]) -> bool:
    """Whether one of these elements links to a file or shows one."""
    return next(_linked(islice(nodes, _MOST)), None) is not None


def shows_by_script(text: str) -> bool:
    """Whether a script of the page shows a file."""
    return bool(_scripted(text))


def is_file_link(link: LexborNode) -> bool:
    """Whether a link leads to a file that may be a letter's."""
    return _file(link) is not None


def _is_bare(attachment: Attachment) -> bool:
    """Whether nothing but its address names a file: the icon before its name was the link."""
    return attachment.name == attachment.url.rpartition("/")[2]


def _scripted(text: str) -> list[str]:
    searches = (said.finditer(text) for word, said in _SCRIPTED.items() if word in text)
    found = sorted((shown.start(), shown[1]) for shows in searches for shown in shows)
    return [href for _, href in found]


def _linked(nodes: Iterable[LexborNode]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        links = node.css(_LINKS)[:_MOST] if node.is_element_node else []
        text = node.text() if links else ""
        if links and not _is_foot(text) and _may_lead(node, text, links):
            yield from filter(None, map(_file, links))


def _may_lead(node: LexborNode, text: str, links: Sequence[LexborNode]) -> bool:
    """Whether any of the links of an element may lead to a file: asked of all of them at once."""
    addresses = "\n".join(map(_address, links))
    return bool(
        _ENDING.search(addresses)
        or "ownload" in addresses
        or _ENDING.search(text)
        or node.css_first('a[title*="."]') is not None
    )


def _address(link: LexborNode) -> str:
    attributes = link.attributes
    return attributes.get("href") or attributes.get("src") or attributes.get("data") or ""


def _is_foot(text: str) -> bool:
    return len(text) <= _LONGEST_FOOT and any(word in text for word in _FOOT)


def _file(link: LexborNode) -> tuple[str, str] | None:
    """The name and the address of the file that a link leads to; ``None`` for another link."""
    href = _address(link)
    is_file = _FILE.search(href) or _DOWNLOADS.search(href)
    said = link.text()
    title = (link.attrs.get("title") or "").strip()
    if not (is_file or "." in said or "." in title):  # no name of a file: most links
        return None
    # where links are left open, each holds all that follow it
    name = one_line(link) if len(said) <= _LONGEST_NAME else ""
    if not name or (title and _GENERAL.fullmatch(name)):
        name = title
    if not (is_file or _FILE.search(name)) or _TOOL.search(name):
        return None
    shown = _VIEWER.search(href)
    return name, unquote(shown[1]) if shown else href
