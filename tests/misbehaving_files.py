"""How attached files misbehave: other than they are called, damaged, hostile, or of one name."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from tests.gov import Answer, instead
from tests.misbehaving import Route
from tests.test_attached import stream_named
from tests.test_attached_office import BILLION, OUTSIDE, open_fixed, p, word, zipped
from tests.test_attached_pdf import PICTURE, encrypted, pdf

LETTER: Final = p("收悉")


def of_many() -> bytes:
    """A zip of more files than anybody packs; written small, they are empty."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(6_000):
            packed.writestr(f"word/{number}", b"")
    return out.getvalue()


def nested(depth: int = 30) -> bytes:
    """A zip in a zip, and so on."""
    body = zipped({"a.bin": bytes(1_000_000)})
    for _ in range(depth):
        body = zipped({"a.zip": body})
    return body


FILES: Final = {
    # what comes, its name, what it is, what is told of it (nothing: it is read)
    "a page called .pdf": (b"<html><body>404</body></html>", "a.pdf", "html", "not a PDF file"),
    "a file of 0 bytes": (b"", "b.pdf", "empty", "empty"),
    "a sealed PDF": (encrypted(b"secret"), "c.pdf", "pdf", "it needs a password"),
    "a sealed Word file": (stream_named("EncryptedPackage"), "d.doc", "encrypted", "a password"),
    "a scanned PDF": (pdf(PICTURE, PICTURE), "e.pdf", "pdf", "a scanned PDF: 2 pages"),
    "a zip bomb": (word("<w:p/>" + " " * 30_000_000), "f.docx", "docx", "too large"),
    "a zip in a zip in a zip": (nested(), "g.zip", "zip", "its text is not read"),
    "a zip of 6,000 files": (of_many(), "h.docx", "docx", "damaged: more than 5000 files"),
    "names that climb in a zip": (
        zipped({"../../../../tmp/replyarc-slip": b"slip", "word/document.xml": "<w/>"}),
        "i.docx",
        "docx",
        "without text",
    ),
    "names that climb in an OFD": (
        open_fixed(places="../../../../etc/passwd{}"),
        "j.ofd",
        "ofd",
        "damaged: no etc/passwd0 in it",
    ),
    "an entity from outside": (word(p("收悉&j;"), OUTSIDE), "k.docx", "docx", "it has a DOCTYPE"),
    "a billion laughs": (word(p("收悉&j;"), BILLION), "l.docx", "docx", "it has a DOCTYPE"),
    "an OFD that laughs": (open_fixed(page_before=BILLION), "m.ofd", "ofd", "it has a DOCTYPE"),
    "macros": (word(LETTER, **{"word/vbaProject.bin": "Sub AutoOpen"}), "n.docx", "docx", ""),
    "a Word file called .pdf": (word(LETTER), "o.pdf", "docx", "not a PDF file but a Word"),
    "a PDF cut short": (pdf(PICTURE)[:200], "p.pdf", "pdf", "damaged"),
    "one of two of one name": (word(p("收悉，甲")), "q/1.docx", "docx", ""),
    "the other of two of one name": (word(p("收悉，乙")), "r/1.docx", "docx", ""),
}

ATTACHMENTS: Final = tuple(
    Route(
        name, "attachments", instead(Answer(200, {"Content-Type": "application/pdf"}, body)), told
    )
    for name, (body, _, _, told) in FILES.items()
)
