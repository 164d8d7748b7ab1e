"""What lasts of a text: without what a page changes by itself at every visit.

Systems print counters (浏览次数：123) and stamps of the moment (打印时间, 今天是 …) beside and
sometimes inside a letter. They say nothing; a hash over them would make a version of every visit.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit, urlunsplit

_DAY: Final = r"\d{2,4}\s{0,3}[-年/.]\s{0,3}\d{1,2}\s{0,3}[-月/.]\s{0,3}\d{1,2}\s{0,3}日?"
_TIME: Final = r"(?:\s{0,3}\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?)?)?"
_WEEKDAY: Final = r"(?:[\s,，]{0,3}(?:星期|周)[一二三四五六日天])?"

# A counter is a label with a colon, or a phrase of its own: a sentence of the letter that counts
# visits (接待访问 300 人次) says something.
_MANY: Final = (
    r"[\[【(（]?\s{0,3}\d[\d,]{0,12}(?![\d.．万亿])\s{0,3}[\]】)）]?\s{0,3}(?:人次|次|人)?"
)
_COUNTED: Final = "(?:浏览|阅读|点击|访问|查看|点赞|下载|打印|人气|热度)"
_COUNTER: Final = re.compile(
    rf"(?:{_COUNTED}(?:次数|人数|量|数)?\s{{0,5}}[:：]|(?:本[文页]|此文|本信息)已?被?{_COUNTED}了?)"
    rf"\s{{0,5}}{_MANY}"
)
_STAMP: Final = re.compile(
    rf"(?:(?:打印|导出|下载|访问|浏览|当前|系统|生成|刷新)(?:日期|时间)\s{{0,5}}[:：]?|今天是|现在是)"
    rf"\s{{0,5}}{_DAY}{_TIME}{_WEEKDAY}"
)
_SIGNS: Final = re.compile(
    "浏览|阅读|点击|访问|查看|点赞|下载|打印|人气|热度|导出|当前|系统|生成|刷新|今天|现在"
)
_BLANK: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")

# of the query of a file's address: what tells one visit from another
_VISIT: Final = frozenset(
    {"_", "t", "ts", "time", "timestamp", "rand", "random", "nocache", "token", "jsessionid"}
)
_SESSION: Final = re.compile(r";jsessionid=[\w.!-]{1,200}", re.IGNORECASE)


def lasting(text: str) -> str:
    """Return a text in NFKC, without counters, stamps of the moment, blanks and line breaks.

    Another width of digits and points is what a system changes when it is replaced by another.

    >>> lasting("感谢您的建议。\\n浏览次数：1203") == lasting("感谢。")
    False
    >>> lasting("感谢您的建议。\\n浏览次数：1203次") == lasting("感谢您的建议。")
    True
    >>> lasting("打印时间：2024-05-01 08:30:00"), lasting("今天是2024年5月1日 星期三")
    ('', '')
    """
    text = unicodedata.normalize("NFKC", text)
    if _SIGNS.search(text):
        text = _STAMP.sub("", _COUNTER.sub("", text))
    return _BLANK.sub("", text)


def lasting_address(url: str) -> str:
    """Return the address of a file without scheme and without what only marks a visit.

    >>> lasting_address("http://www.gov.test/a.pdf?t=1714521600&id=3")
    '//www.gov.test/a.pdf?id=3'
    """
    try:
        _, host, path, query, _ = urlsplit(_SESSION.sub("", url))
    except ValueError:  # no address at all: a page may print anything
        return url
    kept = [part for part in query.split("&") if part.partition("=")[0].lower() not in _VISIT]
    return urlunsplit(("", host, path, "&".join(kept), ""))
