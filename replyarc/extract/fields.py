"""The pairs of a page's boxes in, fields of Reply out: who is believed, and what is no value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from replyarc.evidence import Evidence, Found
from replyarc.extract.cell import LONGEST_LABEL
from replyarc.extract.labels import IGNORED, Box, Meaning, Reader, Vocabulary, bare
from replyarc.text.chinese import one_line
from replyarc.text.dates import read_date

_SIGNS: Final = r"[-—–―－_/\\|:：.。·*~～?？×()（）\[\]【】〔〕]*"
_NOTHING = re.compile(
    rf"{_SIGNS}(?:(?:暂?无|暂?缺|没有|未知|不详|空|none|nil|null|undefined|nan|n/?a|&nbsp;?)"
    rf"{_SIGNS})?|(?:暂?无(?:文号|字号|索引号|主题词|关键词|内容|数据|信息))"
    r"|(?:0000|0001|1900|1970)-0?[01]-0?[01](?:[0-9:.]{0,12})",  # what a clock at zero prints
    re.IGNORECASE,
)
# Tools for the reader that stand behind a value: 【打印】, [大 中 小], 分享到, 12次.
_TOOLS = re.compile(
    r"[\s|｜丨【\[(（]{1,8}(?:[【\[(（<]\s?)?"
    r"(?:(?:我要)?(?:打印|关闭|收藏|分享|纠错|朗读|返回|复制)(?:本[页文]|此页|页面|窗口|链接|到|至)?"
    r"|浏览(?:次数)?|阅读(?:次数)?|点击(?:次数|率)?|字体|字号|大\s{0,4}中\s{0,4}小|扫一扫|语音播报"
    r"|T\s?\|\s?T|A\+)"
    r"(?=[\s|｜】\])）>:：0-9]|$).*"
)
# A line's day, without a label of its own behind who published: 来源：市民政局 2017-06-08 16:23.
_DAY = re.compile(
    r"(?:^|[\s|｜])[(（\[]?((?:19|20)[0-9]{2}([-/.年])[0-9]{1,2}[-/.月][0-9]{1,2}日?"
    r"(?:\s[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?)[)）\]]?$"
)
_BODIES: Final = frozenset({"origin", "publisher"})
_LEAST: Final = 9  # less sure than what any label says
_Ranked = dict[str, list[tuple[int, Found]]]
_EDGES: Final = "".join(map(chr, range(0xE000, 0xF900))) + " "  # icons of a font


def is_nothing(value: str) -> bool:
    """Whether a value, on one line, is only a placeholder: 无, -, —, an empty cell.

    >>> [is_nothing(each) for each in ("（无）", "——", "N/A", "1970-01-01 08:00", "无锡市")]
    [True, True, True, True, False]
    """
    return bool(_NOTHING.fullmatch(value.replace(" ", "")))


def without_tools(value: str) -> str:
    """Return a value without the tools for the reader that follow it on its line.

    >>> without_tools("市民政局 【打印】 [大 中 小]")
    '市民政局'
    """
    return _TOOLS.sub("", value)


def normalise(
    boxes: Iterable[Box], known: Vocabulary, rule: str = "box"
) -> tuple[dict[str, list[Found]], tuple[str, ...]]:
    """Turn the pairs of a page's boxes into fields, and the labels left unread, each once.

    Of a field the values under its surest label are kept, as `ROWS` ranks them, each once, the
    first printed first: two are a contradiction. A placeholder, or another label, counts as not
    said; a value that its reader refuses counts as not said, and its label as unread. A day behind
    the name of who published is when that was, if no label says so.
    """
    fields: _Ranked = {}
    unread: dict[str, None] = {}
    for box in boxes:
        for printed, raw in box.pairs:
            value = one_line(raw)
            if not value.isprintable():
                value = value.strip(_EDGES)
            label = bare(printed)
            if is_nothing(value) or (len(value) <= LONGEST_LABEL and bare(value) in known):
                continue
            at = (rule, box.place, printed)
            meanings = known.meanings.get(label, ())
            if (
                meanings
                and meanings[0].field in _BODIES
                and (day := _DAY.search(without_tools(value)))
            ):
                value = value[: day.start()].rstrip(" |｜")
                published = (Meaning("published_on", read_date, _LEAST),)
                _take(fields, published, day[1], at)
            is_read = not value or _take(fields, meanings, value, at)
            if not is_read and label not in IGNORED:
                unread[label] = None
    return {name: _surest(found) for name, found in fields.items()}, tuple(unread)


def _take(
    fields: _Ranked, meanings: Iterable[Meaning], value: str, at: tuple[str, str, str]
) -> bool:
    """Keep what the first of the meanings reads that can; ``False`` where none does."""
    for name, read, rank in meanings:
        said = value if name == "title" else without_tools(value)
        try:
            read_as = said if read is one_line else _read(read, said)
        except ValueError:
            continue
        found = Found(read_as, Evidence(*at, said))
        fields.setdefault(name, []).append((rank, found))
        return True
    return False


@lru_cache(maxsize=1024)  # two boxes, the listing and the pages of a site say the same
def _read(read: Reader, said: str) -> object:
    return read(said)


def _surest(ranked: list[tuple[int, Found]]) -> list[Found]:
    """The different values under the labels of the best rank that is printed."""
    best = min(rank for rank, _ in ranked)
    kept: dict[object, Found] = {}
    for rank, found in ranked:
        if rank == best:
            kept.setdefault(found.value, found)
    return [*kept.values()]
