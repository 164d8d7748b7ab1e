"""An answer as a page."""

from __future__ import annotations

import re
from typing import Final

from replyarc.attached.kinds import READABLE_AS_PAGE, WORDS, kind_of
from replyarc.errors import ReplyError
from replyarc.model import Page, Response, Source
from replyarc.text.charset import decode

LARGEST: Final = 20_000_000
"""Bytes that a page may have, images inside it not counted; what is larger is nobody's letter."""

_INSIDE: Final = re.compile(rb"(?<=;base64,)[A-Za-z0-9+/=%\s]{1000,}")
_LARGE: Final = 1_000_000


def page_of(response: Response, source: Source) -> Page:
    """Decode an answer into a page.

    Of images inside a large page only what they are is kept: nobody reads them here.

    Raises ReplyError where the answer is a file and no page at all, whatever its header says, or
    larger than any page.
    """
    kind = kind_of(response.body)
    if kind not in READABLE_AS_PAGE:
        raise ReplyError(response.url, f"page: it is {WORDS[kind]}", "Its bytes are kept.")
    body = response.body if len(response.body) < _LARGE else _INSIDE.sub(b"", response.body)
    if len(body) > LARGEST:
        raise ReplyError(response.url, f"page: it has {len(body):,} bytes", "They are kept.")
    text = decode(body, response.header("content-type"), source.charset)
    return Page(response.url, text, response.request)
