"""An answer as a page."""

from __future__ import annotations

from typing import Final

from replyarc.errors import ReplyError
from replyarc.model import Page, Response, Source
from replyarc.text.charset import decode

FILE_SIGNS: Final = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word, OFD or zip file",
    b"\xd0\xcf\x11\xe0": "a Word or WPS file",
    b"Rar!": "a rar archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}


def page_of(response: Response, source: Source) -> Page:
    """Decode an answer into a page.

    Raises ReplyError where the answer is a file and no page at all, whatever its header says.
    """
    for sign, name in FILE_SIGNS.items():
        if response.body.startswith(sign):
            raise ReplyError(response.url, f"page: it is {name}", "Its bytes are kept.")
    text = decode(response.body, response.header("content-type"), source.charset)
    return Page(response.url, text, response.request)
