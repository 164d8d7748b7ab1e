"""The files that belong to a letter: linked from it or below it, or shown in a frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

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


def read_attachments(url: str, nodes: Iterable[LexborNode], scripts: str) -> tuple[Attachment, ...]:
    """Read the files that these elements link to and that the page's scripts show, once each.

    The name is the link's text, else its title, else the file's own. ``url`` is the page's;
    ``scripts`` is any text that holds its scripts.
    """
    found: dict[str, Attachment] = {}
    scripted = _SCRIPTED.findall(scripts) if any(word in scripts for word in _SCRIPT_WORDS) else ()
    for name, href in (*_linked(nodes), *(("", href) for href in scripted)):
        address = absolute(url, href)
        if address and address not in found:
            found[address] = Attachment(name or address.rpartition("/")[2], address)
    return tuple(found.values())


def _linked(nodes: Iterable[LexborNode]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        for link in node.css(_LINKS) if node.is_element_node else ():
            attributes = link.attributes
            href = attributes.get("href") or attributes.get("src") or attributes.get("data") or ""
            title = (attributes.get("title") or "").strip()
            is_file = _FILE.search(href) or _DOWNLOADS.search(href)
            if is_file or "." in link.text() or "." in title:
                name = one_line(link) or title
                if is_file or _FILE.search(name):
                    yield name, href
