"""The files that belong to a letter: linked from it or below it, or shown in a frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from replyarc.model import Attachment
from replyarc.text.html import absolute, one_line

_KINDS: Final = "pdf|docx?|wps|wpt|ofd|xlsx?|et|csv|pptx?|dps|rtf|txt|zip|rar|7z|ceb"
# A file's ending in a path, in a query (downfile.jsp?filename=….pdf) or at the end of a name.
_FILE = re.compile(rf"\.(?:{_KINDS})(?=$|[?&#\s)）】])", re.IGNORECASE)
# Addresses under which systems hand out files that they do not name.
_DOWNLOADS = re.compile(
    r"/module/download/downfile\.jsp|DownloadAttachUrl|/system/_content/download\.jsp"
)
_LINKS: Final = "a[href], iframe[src], embed[src], object[data]"
# A PDF that only a script puts into the page.
_SCRIPTED = re.compile(
    r"""(?:showVsbpdfIframe\(|pdfurl(?<=\bpdfurl)\s{0,9}=)\s{0,9}["']([^"'\s]{1,500})["']"""
)
_SCRIPT_WORDS: Final = ("showVsbpdfIframe", "pdfurl")
# A program that shows a file, and the file.
_VIEWER = re.compile(r"/viewer\.html?\?(?:[^#]{0,500}&)?file=([^&#\s]{1,1000})", re.IGNORECASE)
# What a link says to everybody, and what it names that is no part of a letter.
_GENERAL = re.compile(
    r"(?:点击|请点击|请)?(?:此处|这里)?(?:下\s?载|查看|预览|打开)(?:附件|文件|原文|全文)?|附\s?件"
)
_TOOL = re.compile(r"阅读器|浏览器|客户端|插件|控件|驱动|APP(?:下载)?$", re.IGNORECASE)
_FOOT: Final = ("版权所有", "ICP备", "网站标识码")
_LONGEST_FOOT: Final = 1000
_MOST: Final = 5000  # elements


def read_attachments(url: str, nodes: Iterable[LexborNode], scripts: str) -> tuple[Attachment, ...]:
    """Read the files that these elements link to and that the page's scripts show, once each.

    The name is the link's text, else its title, else the file's own. ``url`` is the page's;
    ``scripts`` is any text that holds its scripts. Links in the page's foot, and to a program
    that opens files, are left out.
    """
    found: dict[str, Attachment] = {}
    for name, href in (
        *_linked(islice(nodes, _MOST)),
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
    return _SCRIPTED.findall(text) if "pdf" in text and _is_scripted(text) else []


def _is_scripted(text: str) -> bool:
    return any(word in text for word in _SCRIPT_WORDS)


def _linked(nodes: Iterable[LexborNode]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if not node.is_element_node:
            continue
        links = [found for link in node.css(_LINKS) if (found := _file(link))]
        if links and not _is_foot(node.text()):
            yield from links


def _is_foot(text: str) -> bool:
    return len(text) <= _LONGEST_FOOT and any(word in text for word in _FOOT)


def _file(link: LexborNode) -> tuple[str, str] | None:
    """The name and the address of the file that a link leads to; ``None`` for another link."""
    attributes = link.attrs
    href = attributes.get("href") or attributes.get("src") or attributes.get("data") or ""
    is_file = _FILE.search(href) or _DOWNLOADS.search(href)
    said = "" if is_file else link.text().strip()
    if said and "." not in said and not _GENERAL.fullmatch(said):
        return None
    title = (attributes.get("title") or "").strip()
    name = one_line(link)
    if not name or (title and _GENERAL.fullmatch(name)):
        name = title
    if not (is_file or _FILE.search(name)) or _TOOL.search(name):
        return None
    shown = _VIEWER.search(href)
    return name, unquote(shown[1]) if shown else href
