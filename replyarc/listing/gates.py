"""Pages that stand in for a listing, with status 200: logins, errors, maintenance, JSON.

They are told by what they are called; or by a short line or a field for a password, unless what
they list is borne out to be of the column. Gates that programs are turned away by are not looked
for here: see fetch/verdict.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from replyarc.errors import ListingError
from replyarc.listing.answers import keys_of
from replyarc.listing.belonging import belongs
from replyarc.model import Entry, Page, Source
from replyarc.text.chinese import narrow, squeeze
from replyarc.text.html import lines, one_line

_THING: Final = "(?:页面|网页|栏目|资源|文件|链接|地址)"
_YOU_ASK: Final = "(?:您|你)?(?:所|要|想|请求|正在){0,2}(?:访问|浏览|查找|请求|查看)的"
_MISSING: Final = (
    rf"(?:很|非常)?(?:对不起|抱歉)?,?(?:{_YOU_ASK})?[该此]?{_THING}"
    "(?:并?不存在|(?:已经?|可能)?被?删除|已失效|丢失|找不到|[未没]有?找到|无法访问|无法显示|出错)"
    rf"|(?:找不到|无法找到|[未没]有?找到)(?:{_YOU_ASK})?[该此]?{_THING}"
    f"|错误{_THING}|访问(?:出错|被拒绝|受限)|(?:内部)?(?:系统|服务器|程序)(?:内部)?(?:出错|错误|异常|繁忙)"
)
_CARE: Final = (
    "(?:系统|网站|服务器|平台|本站){0,2}(?:正在|临时|暂停)(?:进行)?(?:系统)?(?:维护|升级){1,2}中?"
    "|(?:系统|网站|服务器|平台|本站)(?:维护|升级){1,2}(?:中|公告|通知)?"
)
_CODE: Final = "(?:http|error|错误|状态|代?码|status|:){0,3}(?:40[0345]|50[0234])"
_WORDS: Final = "(?:error|notfound|forbidden|unauthorized|badgateway|internalservererror|错误)"
_LOGIN: Final = (
    "(?:用户|会员|系统|统一|请先?|后台|管理员?|账号|个人|法人){0,2}(?:登[录陆]|身份(?:认证|验证))"
)
_TAIL: Final = (
    r"(?:[,。.!~…]{1,6}|请?稍[后候](?:再试|访问|再来)?|页面?|界面|系统|平台|中心|提示|信息){0,4}"
)
_TITLE: Final = re.compile(
    f"(?:{_MISSING}|{_CARE}|{_CODE}(?:{_MISSING}|{_WORDS}){{0,2}}|{_WORDS}|{_LOGIN}){_TAIL}"
)
_LINE: Final = re.compile(
    f"(?:{_MISSING}|{_CARE}|{_CODE}:?(?:{_MISSING}|{_WORDS}){{1,2}}|请先登[录陆]){_TAIL}"
)
_PARTS: Final = re.compile("[-_|—–－]")
_LONGEST: Final = 60
_MEND: Final = 'Open it in a browser; if it has moved, set url of source "{}".'


def shut(page: Page, tree: LexborHTMLParser, source: Source) -> ListingError | None:
    """Return the alarm for a page that is JSON, or is called what no listing is; else ``None``."""
    return _alarm(page, source, _json(page.text) or _called(tree))


def shut_beside(
    found: Sequence[Entry], page: Page, tree: LexborHTMLParser, source: Source
) -> ListingError | None:
    """Return the alarm for a page that says that it is no listing; ``None`` where it is one.

    What it says is not heeded where what was found on it belongs to the column.
    """
    said = _line(tree) or _asks_for_password(tree)
    return _alarm(page, source, said) if said and not belongs(found, page, source) else None


def _alarm(page: Page, source: Source, said: str) -> ListingError | None:
    return ListingError(page.url, f"listing: {said}", _MEND.format(source.name)) if said else None


def _json(text: str) -> str:
    start = text.lstrip("\ufeff \t\r\n")
    if not start.startswith(("{", "[")) or "<" in start[:1000]:
        return ""
    try:
        return f"the answer is JSON, which has: {keys_of(json.loads(start))}"
    except (ValueError, RecursionError):
        return ""


def _called(tree: LexborHTMLParser) -> str:
    """Return what the title says, where one of its parts is the name of no listing."""
    title = tree.css_first("title")
    said = one_line(title)[:200] if title else ""
    plain = _plain(said)
    named = any(_TITLE.fullmatch(part[:_LONGEST]) for part in (plain, *_PARTS.split(plain)))
    return f"the page is called {said[:_LONGEST]!r}" if named else ""


def _line(tree: LexborHTMLParser) -> str:
    said = lines(tree.body) if tree.body else []
    short = (line for line in said if len(line) <= _LONGEST)
    line = next((line for line in short if _LINE.fullmatch(_plain(line))), "")
    return f"the page says {line!r}" if line else ""


def _asks_for_password(tree: LexborHTMLParser) -> str:
    asks = tree.css_first("input[type='password' i]") is not None
    return "the page asks for a password" if asks else ""


def _plain(text: str) -> str:
    return narrow(squeeze(text)).lower()
