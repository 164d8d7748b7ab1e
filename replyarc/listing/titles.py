"""The title of a link in a listing."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from selectolax.lexbor import LexborNode

from replyarc.listing.days import cut_day, read_day
from replyarc.text.chinese import one_line as clean
from replyarc.text.chinese import squeeze
from replyarc.text.html import lines, one_line

_BULLETS: Final = " ·•・●○■□▪▫◆◇▶►※★☆»›>*-.｜|"
_PIN: Final = r"[\[【(（]\s?(?:置顶|最新|热门|热点|推荐|new|hot)\s?[\]】)）]"
_PINNED: Final = re.compile(rf"^{_PIN}|{_PIN}$", re.IGNORECASE)
_CUT: Final = re.compile(r"\s?(?:[.。…]{2,40}|…)$")
_STAMP: Final = re.compile(r"[\d\s./年月日:：\[\]()（）【】-]{1,40}")
# What a card prints below its title, a line each; and what is put behind it in title="…".
_LABELS: Final = (
    "索引号|文号|发文字号|文件编号|发布机构|发布单位|公开单位|信息来源|来源|作者|(?:主办|承办)单位"
    "|点击数?|浏览次数|(?:发布|公开|成文|生成|发文|更新|发表|印发|答复)(?:日期|时间)|日期|时间"
)
_LABELLED: Final = re.compile(rf"[\[【(（]?(?:{_LABELS})[\]】)）]?[:：]")
_BEHIND: Final = re.compile(rf"(?<=\S)\s{{1,9}}(?:{_LABELS})[:：]")
_HEADINGS: Final = "h1, h2, h3, h4, h5, h6, [class*='tit']"


def read_title(link: LexborNode) -> tuple[str, date | None]:
    """Read the title of a link and the day printed within it; ``""`` where it has no text.

    A title without bullets, 置顶 and its day, and without what a card prints below it (索引号：…).
    Where it is cut off, ``title="…"`` of the link or of what is in it is taken, if that goes on
    the same way.
    """
    said = lines(link)
    stamps = [line for line in said if _is_stamp(line)]
    parts = [cut_day(line) for line in said if not _is_stamp(line)]
    day = next((found for _, found in parts if found), None) or read_day(stamps)
    headings = link.css(_HEADINGS) if len(said) > 1 else []
    heading = next((node for node in headings if node.mem_id != link.mem_id), None)
    text = cut_day(one_line(heading))[0] if heading else "".join(part for part, _ in parts)
    text = _bare(text)
    cut = not text or _CUT.search(text)
    for node in [link, *link.css("[title]")] if cut else [link]:
        whole = _bare(cut_day(_hint(node))[0])
        if whole in said[:-1]:  # the rest of the link is an abstract
            return whole, day
        if longer := _continued(text, whole):
            return longer, day
    return text, day


def _is_stamp(line: str) -> bool:
    return bool(_STAMP.fullmatch(line) or _LABELLED.match(squeeze(line[:24])))


def _hint(node: LexborNode) -> str:
    """Return what ``title="…"`` says, without the day and the author that some put behind it."""
    return clean(_BEHIND.split((node.attributes.get("title") or "").strip(), maxsplit=1)[0])


def _bare(title: str) -> str:
    return _PINNED.sub("", title.lstrip(_BULLETS), count=1).lstrip(_BULLETS)


def _continued(text: str, whole: str) -> str:
    """Return `whole` from where `text` begins in it; ``""`` where it does not say more."""
    stem = _CUT.sub("", text)
    at = whole.find(stem) if stem != text else 0 if whole.startswith(text) else -1
    return whole[at:] if at >= 0 and len(whole) - at > len(stem) else ""
