"""The title of a link in a listing."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from selectolax.lexbor import LexborNode

from replyarc.listing.days import cut_day, read_day
from replyarc.text.chinese import one_line as clean
from replyarc.text.html import lines, one_line

_BULLETS: Final = " ·•・●○■□▪▫◆◇▶►※★☆»›>*-.｜|"
_CUT: Final = re.compile(r"\s?(?:[.。…]{2,40}|…)$")
_STAMP: Final = re.compile(r"[\d\s./年月日:：-]{1,40}")
_HEADINGS: Final = "h1, h2, h3, h4, h5, h6, [class*='tit']"


def read_title(link: LexborNode) -> tuple[str, date | None]:
    """Read the title of a link and the day printed within it; ``""`` where it has no text.

    A title without bullets and without its day. Where it is cut off, ``title="…"`` of the link or
    of what is in it is taken, if that goes on the same way.
    """
    said = lines(link)
    stamps = [line for line in said if _STAMP.fullmatch(line)]
    parts = [cut_day(line) for line in said if not _STAMP.fullmatch(line)]
    day = next((found for _, found in parts if found), None) or read_day(stamps)
    headings = link.css(_HEADINGS) if len(said) > 1 else []
    heading = next((node for node in headings if node.mem_id != link.mem_id), None)
    text = cut_day(one_line(heading))[0] if heading else "".join(part for part, _ in parts)
    text = text.lstrip(_BULLETS)
    cut = not text or _CUT.search(text)
    for node in [link, *link.css("[title]")] if cut else [link]:
        whole, _ = cut_day(clean(node.attributes.get("title") or "").lstrip(_BULLETS))
        if whole in said[:-1]:  # the rest of the link is an abstract
            return whole, day
        if longer := _continued(text, whole):
            return longer, day
    return text, day


def _continued(text: str, whole: str) -> str:
    """Return `whole` from where `text` begins in it; ``""`` where it does not say more."""
    stem = _CUT.sub("", text)
    at = whole.find(stem) if stem != text else 0 if whole.startswith(text) else -1
    return whole[at:] if at >= 0 and len(whole) - at > len(stem) else ""
