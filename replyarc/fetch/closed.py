"""Closed doors: answers with status 200 that say only that the site is shut, or shuts us out. Pure.

A notice of maintenance or of a gate comes in the place of every page for a while. It is known by
what it is called or headed, where it says little else; by being called and headed nothing else,
however long it is; or by a line of a page that says next to nothing. A login is known by its field
for a password on a page that says next to nothing. A page whose listing leads to it by such words,
or by its very name, is the page.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from replyarc.errors import Refused
from replyarc.fetch.absent import (
    FEW_WORDS,
    is_named,
    name_of,
    plain,
    words_of_links,
)
from replyarc.fetch.advice import Kind, told
from replyarc.fetch.login import login_of, may_show_login
from replyarc.model import Response
from replyarc.text.html import lines, one_line, parse

FEWEST_WORDS: Final = 200
"""Characters outside links of a page of which one line says what it is; a letter says more."""

_SITE: Final = (
    "(?:(?:本|我|该|此|全)?(?:门户)?(?:系统|网站|站点|平台|网络|服务器?|网页|页面|数据库|机房|站|网)"
    "|政府门户网站|后台)"
)
_WHEN: Final = "(?:正在|正|暂时|临时|例行|停机|停服|即将|目前|现|紧急|定期|进行|处于|关于)"
_WORK: Final = (
    "(?:升级|维护|改版|割接|维修|检修|更新|迁移|优化|调整|改造|建设|停机|停服|停止|暂停|关闭"
    "|访问|服务|运行|使用|对外|中断)"
)
_SHUT: Final = re.compile(
    "维护|检修|割接|停机|停服|暂停|升级中|系统升级|网站升级|升级公告|改版中|关闭"
)
"""One of these words stands in whatever says that a site is shut."""
_JOIN: Final = "(?:的|和|与|及|、|并|,|期间|状态|中)"
_END: Final = "(?:公告|通知|通告|提示|提醒|启事|公示|说明|页面?|信息|中)"
_MAINTENANCE: Final = re.compile(
    f"(?:温馨)?(?:{_WHEN}|{_SITE}|{_JOIN}){{0,6}}{_WORK}(?:{_WORK}|{_WHEN}|{_JOIN}){{0,6}}"
    rf"{_END}{{0,2}}[。!.~…]{{0,6}}"
    "|(?:(?:web)?site|system|server)?(?:is|isdown|closed|down)?(?:currently)?(?:under|for|in)?"
    r"(?:scheduled)?maintenance(?:mode|page|notice)?[.!]{0,3}"
)
_YOURS: Final = "(?:本次|当前|此次|的)?(?:访问|请求|操作|行为|提交|连接|ip|地址|的){1,4}"
_BARRED: Final = "(?:拦截|阻断|阻止|禁止|拒绝|限制|屏蔽|封禁)"
_GATE: Final = re.compile(
    f"(?:{_YOURS})?(?:已经?|现|正)?(?:被|遭|受)?到?{_BARRED}了?(?:提示|页面?|信息|访问|请求){{0,2}}[。!.]?"
    "|(?:web)?(?:应用)?(?:网站)?防火墙(?:拦截)?(?:提示|页面?)?|网站防护(?:系统)?(?:提示|页面?)?"
    r"|(?:403)?-?(?:accessdenied|requestblocked|accessforbidden|forbidden)[.!]{0,3}"
    r"|(?:请(?:先|您)?(?:进行|完成|通过)?)?(?:网站|系统|用户|滑块|滑动|图形)?(?:安全|访问|人机|滑块|滑动)验证"
    r"(?:页面?|中心|中|码)?[。!.~…]{0,6}|访问异常(?:提示|页面?)?[。!.]?"
    r"|(?:仅限|只限|限)(?:中国)?(?:大陆|境内|国内)(?:用户|ip|地区)?(?:访问|浏览)[。!.]?"
)
_ABROAD: Final = re.compile("境内|大陆|国内|境外|海外")
_CAPTCHA: Final = re.compile("滑块|滑动|图形|人机|验证码")
_BARRED_NOW: Final = re.compile(f"(?:您|你)的?{_YOURS}.{{0,40}}(?:被|遭|受到).{{0,20}}{_BARRED}")
"""A sentence of a page that says next to nothing else."""
OF_A_LETTER: Final = re.compile("收悉|答复|建议|提案|议案|代表|委员")
"""Words that no line of a page has which only says that the site is shut."""
_CLAUSE: Final = re.compile("[,。!;:]")
_GREETING: Final = re.compile(
    "(?:尊敬的|亲爱的|各位)?(?:用户|网友|市民|朋友|访客|公众|群众)们?:?,?|您好"
)
_LONGEST: Final = 60


class Shut(NamedTuple):
    """By which words a page tells that the site is shut, or shuts us out."""

    kind: Kind
    said: str


def closed(text: str, title: str = "") -> str | None:
    """Say by which words a page tells that the site is shut; ``None`` where it is another page.

    ``title`` is what the listing calls the page.

    >>> closed("<title>系统维护公告</title><h1>系统维护公告</h1><p>本网站暂停服务，敬请谅解。</p>")
    '系统维护公告'
    >>> closed("<p>您的访问请求被拦截，事件编号20230601。</p>")
    '您的访问请求被拦截，事件编号20230601。'
    >>> closed("<h1>关于加强网站维护的建议的答复</h1><p>网站维护中存在的问题，我局高度重视。</p>")
    """
    shut = shut_by(text, title)
    return shut.said if shut else None


def shut_by(text: str, title: str = "") -> Shut | None:
    """Say how a page tells that the site is shut; ``None`` where it is another page.

    >>> shut_by("<title>用户登录</title><form><input type='password'></form>").kind.name
    'LOGIN'
    """
    many = len(text) - len(text.encode("ascii", "ignore")) > _MANY
    in_words, login = _may_be(text, many=many), not many and may_show_login(text)
    if not in_words and not login:
        return None
    tree = parse(text)
    name = name_of(tree)
    said = _said(tree, name) if in_words else None
    kind = Kind.LOGIN if said is None else _kind(said)
    if said is None and login:
        said = _login(tree, text, name)
    if said is None or is_named(title, name, tree):
        return None
    asked = plain(title)
    is_asked_for = any(word in asked for word in _SHUT.findall(plain(said)))
    is_its_title = len(asked) > 1 and asked.rstrip("….") in plain(said)
    return None if is_asked_for or is_its_title else Shut(kind, said)


def refusal(response: Response, text: str, title: str = "") -> Refused | None:
    """Return the refusal that a page amounts to which only says that the site is shut.

    ``text`` is the page, decoded; the message says what can be done.
    """
    shut = shut_by(text, title)
    if shut is None:
        return None
    why = told(shut.kind, status=response.status, ip=response.ip, said=shut.said)
    return Refused(response.request.url, why, status=response.status)


def _kind(said: str) -> Kind:
    words = plain(said)
    if _ABROAD.search(words):
        return Kind.ABROAD
    if _CAPTCHA.search(words):
        return Kind.CAPTCHA
    is_gate = _GATE.fullmatch(_first(words)) or _GATE.fullmatch(_clause(said))
    return Kind.UNTOLD if is_gate or _BARRED_NOW.search(words) else Kind.SHUT


def _login(tree: LexborHTMLParser, text: str, name: str) -> str | None:
    """Say how a login is called that a page is.

    Nothing of a letter or of a listing of letters stands on it, nor in the data of its scripts.
    """
    if OF_A_LETTER.search(text):
        return None
    shown = lines(tree.body) if tree.body else []
    said = login_of(tree, text, name, sum(map(len, shown)) - words_of_links(tree))
    return said[:_LONGEST] if said else None


def _may_be(text: str, *, many: bool) -> bool:
    """Tell, at little cost, whether some words on a page may be those of a closed door.

    On a page of many words they stand in its title or in a heading.
    """
    looked_at = "".join(_CALLED.findall(text)) if many else text
    folded = looked_at.lower()
    return any(word in folded for word in _HINTS)


_MANY: Final = 1_000
"""Chinese letters, those of links and programs included."""
_CALLED: Final = re.compile(
    r"<(?:title|h[1-3])\b[^>]{0,300}>[^<]{0,300}(?:<[^<]{0,300}){0,4}", re.I
)
_HINTS: Final = (
    *("维护", "检修", "割接", "停机", "停服", "暂停", "升级", "改版", "关闭"),
    *("拦截", "阻断", "阻止", "禁止", "拒绝", "限制", "屏蔽", "封禁", "防火墙", "防护"),
    *("maintenance", "denied", "blocked", "forbidden"),
    *("安全验证", "访问验证", "人机验证", "块验证", "动验证", "访问异常", "仅限", "只限"),
)


def _said(tree: LexborHTMLParser, name: str) -> str | None:
    """Return the words of a page that say what it is, and are all that it has to say."""
    heads = [head for node in tree.css("h1, h2, h3")[:9] if (head := one_line(node))]
    by_name = name[:_LONGEST] if _is_shut(_first(name)) else ""
    by_head = next((head for head in heads if _is_shut(plain(head))), "")
    if by_name and by_head:
        return by_head
    shown = lines(tree.body) if tree.body else []
    words = sum(map(len, shown)) - words_of_links(tree)
    if (by_name or by_head) and words <= FEW_WORDS and (by_head or not heads):
        return by_head or by_name
    if words > FEWEST_WORDS or any(map(OF_A_LETTER.search, shown)):
        return None
    return next((line[:_LONGEST] for line in shown if _tells(line)), None)


def _tells(line: str) -> bool:
    """Tell whether a line of a page that says next to nothing tells that the site is shut."""
    return bool(_is_shut(_clause(line)) or _BARRED_NOW.search(plain(line)))


def _first(name: str) -> str:
    """Return what a page is called, without the name of its site behind it."""
    return re.split("[-_|—–－]", plain(name))[0]


def _clause(line: str) -> str:
    """Return the first clause of a line, after whom it greets."""
    clauses = [each for each in _CLAUSE.split(plain(line)) if each]
    return next((each for each in clauses[:3] if not _GREETING.fullmatch(each)), "")


def _is_shut(said: str) -> bool:
    """Tell whether words say that a site is shut, or shuts us out, and nothing else."""
    if len(said) > _LONGEST:
        return False
    shut = _MAINTENANCE.fullmatch(said) and (_SHUT.search(said) or said.isascii())
    return bool(shut or _GATE.fullmatch(said))


LEAST: Final = 6
"""Characters of a title in a listing by which a page can be known; 查看 tells nothing."""

COMMON: Final = 0.15
"""Of the pairs of characters of a listed title, the share that any other title may have too."""


def is_another(name: str, title: str, text: str) -> bool:
    """Tell whether a page called ``name`` has nothing in common with what the listing calls it.

    ``text`` is all that the page says: where the ``title`` of the listing stands in it, it is the
    page.

    >>> is_another("统一身份认证", "关于市八届人大二次会议第12号建议的答复", "用户登录")
    True
    >>> is_another("对第12号建议的答复", "关于市八届人大二次会议第12号建议的答复", "")
    False
    >>> is_another("清源市民政局", "查看详情", "")
    False
    """
    listed = plain(title).rstrip("….")
    if len(listed) < LEAST or listed in plain(text):
        return False
    wanted, shown = _pairs(listed), _pairs(plain(name))
    return len(wanted & shown) < COMMON * len(wanted)


def named_otherwise(page: str, title: str, letter: str) -> str | None:
    """Say how a page is called that shows no title of a letter, and nothing of a letter either.

    ``page`` is all of it, ``letter`` what was taken for the letter. ``None`` where it may be the
    page that the listing calls ``title``.

    >>> page = "<title>统一身份认证</title><p>用户登录</p>"
    >>> named_otherwise(page, "关于市八届人大二次会议第12号建议的答复", "用户登录")
    '统一身份认证'
    >>> named_otherwise(page, "关于市八届人大二次会议第12号建议的答复", "来函收悉。") is None
    True
    """
    if len(letter) > FEWEST_WORDS or OF_A_LETTER.search(letter):
        return None
    name = name_of(parse(page))
    return (name or letter[:_LONGEST]) if is_another(name, title, page) else None


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
