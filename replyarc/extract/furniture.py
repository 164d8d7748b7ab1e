"""Lines of the page and not of the letter: what a site prints around, between and below it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from replyarc.text.chinese import squeeze

# How a short line begins that ends the letter. A letter may have lines that begin with the same
# words, so they stand alone or with what makes them the page's.
_STAFF: Final = "责任编辑|责编|编辑|审核|校对|信息来源|初审|复审|终审|供稿|录入|撰稿|作者"
_ALONE: Final = r"(?:[:：>》】\]\s]|$)"
ENDINGS: Final = (
    rf"相关(?:附件|链接|文件|信息|文章|阅读|稿件|新闻|解读|政策|报道|推荐){_ALONE}",
    rf"(?:附件|文件)(?:下载|信息|列表){_ALONE}|(?:点击)?(?:此处)?下载(?:附件|此件|原文|全文){_ALONE}"
    r"|点击(?:此处)?下载",
    rf"[上下]一[篇条页个]{_ALONE}",
    rf"[（(]?(?:{_STAFF})[:：]|(?:责任编辑|责编)\s",
    r"(?:来源|字体|字号|浏览次数|阅读次数|点击次数|访问次数|浏览量|阅读量|点击量|访问量|点击数)[:：]",
    r"(?:主办|主办单位|网站标识码|政府网站标识码|网站地图|分享到|分享至)(?:[:：|\s]|$)",
    r"分享(?:[:：]|[到至](?:微信|微博|新浪|腾讯|朋友圈|QQ|空间))",
    r"(?:我要)?(?:打印|关闭|收藏|返回|分享|纠错)(?:本页|此页|本文|正文|页面|窗口|顶部|列表|首页|[】\]\s]|$)",
    r"扫一扫|扫码(?:阅读|查看|分享)|扫描二维码|版权所有|©|(?i:top)[】\]\s]{0,3}$",
    r"(?:长者|老年|适老|关怀|手机|移动|无障碍)(?:版|模式)[】\]\s]{0,3}$|用?手机(?:看|阅读|查看|浏览)",
    r"(?:政府)?(?:网站|信息)纠错|您访问的(?:链接|网站)|您是第.{0,12}位",
)
_ENDING = re.compile(rf"[【\[]?(?:{'|'.join(ENDINGS)})")
# Below 主办单位 the one are a letter's, the other a page's.
_OF_LETTER = re.compile(
    r"(?:会办|协办|分办|配合)单位|联\s?系\s?(?:人|单位|电话)|(?:承|经)\s?办\s?人"
)
_OF_PAGE = re.compile(r"承办单位|技术支持|标识码|备案|ICP|地址|邮编|版权")
_NEAR: Final = 2  # lines
_LONGEST: Final = 60
# A file and how often it was fetched, under whatever long name.
_FETCHED = re.compile(r"附件\s?[【\[].{1,200}[】\]]\s?已下载")
# The pages of a letter that is split over several: 上一页 1 2 下一页, 第1页/共3页.
_PAGER = re.compile(
    r"(?:(?:首|末|尾|上一|下一|前一|后一)页|[第共到转至]?\s?\d{1,3}\s?页|\d{1,3}(?!\d)"
    r"|[\s|<>«»‹›\[\]【】（）()…/])++"
)
_NUMBERS = re.compile(r"[\s|\[\]]{0,5}\d{1,2}[\s|\[\]]{0,5}")
_ANNEX = re.compile(r"附\s?件\s?[0-9０-９]{0,2}\s?[:：]?\s?")


def is_ending(line: str) -> bool:
    """Whether a line is the page's, and the letter ends before it.

    >>> is_ending("【打印本页】"), is_ending("打印社已搬迁。")
    (True, False)
    """
    if len(line) > _LONGEST:
        return bool(_FETCHED.match(line))
    return bool(_ENDING.match(line) or _FETCHED.match(line) or is_pager(line))


def ends_letter(lines: Sequence[str], at: int) -> bool:
    """Whether this line is the page's: 主办单位 above the letter's other offices is not.

    >>> ends_letter(["主办单位：县教育局", "会办单位：县交通局"], 0)
    False
    """
    if not is_ending(lines[at]):
        return False
    return not (
        lines[at].startswith("主办")
        and any(map(_OF_LETTER.match, lines[at + 1 : at + 1 + _NEAR]))
        and not any(map(_OF_PAGE.search, lines[at : at + 1 + _NEAR]))
    )


def is_pager(line: str) -> bool:
    """Whether a line leads to the other pages of a letter, and says nothing else.

    >>> is_pager("上一页 1 2 下一页"), is_pager("下一页：无")
    (True, False)
    """
    return "页" in line and len(line) <= _LONGEST and bool(_PAGER.fullmatch(line))


def before_pager(lines: Sequence[str], end: int) -> int:
    """Return where the pager that ends the lines at `end` begins: its numbers may be lines too."""
    if end < len(lines) and is_pager(lines[end]):
        while end > 1 and _NUMBERS.fullmatch(lines[end - 1]):
            end -= 1
    return end


def without_links(lines: Sequence[str], linked: Collection[str]) -> tuple[str, ...]:
    """Leave out what names a file that the page links to, and 附件： before nothing but such names.

    >>> without_links(("附件：", "清单.docx", "联系人：张三"), ["清单.docx"])
    ('联系人：张三',)
    """
    if not linked:
        return tuple(lines)
    names = {squeeze(name) for name in linked}
    kept: list[str] = []
    left_out = False
    for line in reversed(lines):
        said = squeeze(line)
        if said in names:
            left_out = True
        elif not (left_out and _ANNEX.fullmatch(said)):
            kept.append(line)
            left_out = False
    return tuple(reversed(kept))


def names_file(line: str, linked: Collection[str]) -> bool:
    """Whether a line is one of these names, which are without blanks, perhaps behind 附件1：."""
    said = squeeze(line)
    return said in linked or _ANNEX.sub("", said, count=1) in linked


def joined(pages: Sequence[Sequence[str]]) -> list[str]:
    """Join the lines of the pages of one letter: what each prints around its part is left out.

    What stands above the letter on a further page stands on the first too, or is the page's.

    >>> joined([["某题", "张三代表：", "一、", "1 2 下一页"], ["某题", "二、", "【打印】"]])
    ['某题', '张三代表：', '一、', '二、']
    """
    first, *others = pages
    if not others:
        return list(first)
    found = list(first[: _end(first, len(first) // 2)])
    known = set(first)
    for page in others:
        at = 0
        while at < len(page) and (page[at] in known or is_ending(page[at])):
            at += 1
        found += page[at : _end(page, at)]
    return found


def _end(lines: Sequence[str], start: int) -> int:
    """Where the page's own lines begin, from `start` on."""
    ends = (at for at in range(start, len(lines)) if ends_letter(lines, at))
    return before_pager(lines, next(ends, len(lines)))
