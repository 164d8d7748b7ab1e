"""The sample government as data: which path of which site holds what, at two points in time.

Epoch 0 is what a first crawl meets, epoch 1 what a second one does: on one site two replies are
new, on another one was edited and moved to the top, on a third one is gone. One reply stands on
two sites at both. No clock and no chance: an epoch is the same bytes always.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, TypeAlias

from replyarc.demo.layouts import LAYOUTS, Leaf, home, path
from replyarc.demo.letters import NAMES, Column, column, replies

EPOCHS: Final = (0, 1)
PER_PAGE: Final = 5
SHOWN: Final = "990123006/2024-00035"  # the index number of the reply that stands on two sites
ROBOTS: Final = b"User-agent: *\nAllow: /\n"


@dataclass(frozen=True, slots=True)
class Document:
    """What a site answers at one path."""

    content_type: str
    body: bytes


Paths: TypeAlias = "dict[str, Document]"


@cache
def sites(epoch: int) -> MappingProxyType[str, Paths]:
    """Map the name of each site to its documents by path (with the query, where there is one)."""
    return MappingProxyType({name: _documents(column(name), epoch) for name in NAMES})


def _documents(site: Column, epoch: int) -> Paths:
    """Print everything that one site serves."""
    layout, shown = LAYOUTS[site.layout], replies(site.name, epoch)
    pages = -(-len(shown) // PER_PAGE)
    documents = {"/robots.txt": Document("text/plain", ROBOTS), "/": _html(home(site), site)}
    for number in range(1, pages + 1):
        entries = shown[(number - 1) * PER_PAGE : number * PER_PAGE]
        leaf = Leaf(entries=entries, number=number, pages=pages, total=len(shown))
        documents[path(site, number)] = _html(layout.listing(leaf, site), site)
    for reply in shown:
        documents[reply.url] = _html(layout.detail(reply, site), site)
        for file in reply.attachments:
            documents[file.url] = Document("application/pdf", sheet(file.url))
    return documents


def _html(text: str, site: Column) -> Document:
    """Encode a page. One that says gb2312 is gb18030 in truth, and its header says nothing."""
    if site.charset == "gb2312":
        return Document("text/html", text.encode("gb18030"))
    return Document("text/html; charset=utf-8", text.encode("utf-8"))


def sheet(words: str) -> bytes:
    """Make a PDF of one page that holds one line of ASCII.

    >>> sheet("/attachment/1.pdf")[:8], sheet("/attachment/1.pdf")[-6:]
    (b'%PDF-1.4', b'%%EOF\\n')
    """
    line = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        " /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(line)} >>\nstream\n{line}\nendstream",
    )
    text, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(text))
        text += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    text += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF\n"
    )
    return text.encode("ascii")
