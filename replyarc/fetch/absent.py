"""Soft 404s: answers with status 200 that are not the page that was asked for. Pure.

They are known by where the answer came from (a redirect to the home page, to an error page, to the
listing), by what it is called, or by its few words. A letter may speak of such pages as it likes: a
marker must be the whole of a title's part, or the whole of a line on a page that says little else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import SplitResult, urlsplit

from selectolax.lexbor import LexborHTMLParser

from replyarc.fetch.jumps import SHELL, jumps
from replyarc.text.chinese import narrow, squeeze
from replyarc.text.html import lines, one_line, parse

FEW_WORDS: Final = 400
"""Characters outside links; an error page says a sentence above its footer, a letter more."""

HEAD: Final = 20_000
"""Characters of a page among which its title stands."""

LINKED: Final = 0.6
"""Of the characters of a home page, the share that is links; a page with a letter has fewer."""

_THING: Final = (
    "(?:页面|网页|文章|信息|内容|文件|资源|链接|地址|文档|稿件|记录|数据|栏目|网址|页|url)"
)
_YOU_ASK: Final = "(?:您|你)?(?:所|要|想|请求|正在|试图){0,2}(?:访问|浏览|查找|请求|查看|打开)的?"
_NOT_THERE: Final = (
    "(?:并?不存在|(?:已经?|可能已?经?|可能)?(?:被?(?:删除|移除|移动|撤销|更改)|失效|下线|下架|过期)"
    "|丢失|找不到|[未没]有?找到|无法(?:找到|访问|显示|打开))"
)
_OR: Final = rf"(?:了?[,、]?(?:或者?|、){{0,1}}{_NOT_THERE}){{0,3}}了?"
_SAID: Final = (
    rf"(?:(?:很|非常)?(?:对不起|抱歉|sorry)[,!。:]{{0,3}})?(?:"
    rf"(?:{_YOU_ASK})?[该此本]?{_THING}{{1,2}}{_NOT_THERE}{_OR}"
    rf"|(?:系统|服务器)?(?:找不到|无法找到|[未没]有?找到)(?:{_YOU_ASK})?[该此]?{_THING}"
    rf"|错误{_THING}|{_THING}(?:错误|出错))"
)
_CODE: Final = "(?:http|error|错误|状态|代?码|status|:){0,3}(?:404|410)"
_WORDS: Final = "(?:error|notfound|(?:page|file)notfound|gone|错误|出错[了啦]?|提示)"
_TAIL: Final = (
    r"(?:[,。.!~…:()]{1,6}|请?稍[后候](?:再试|访问|再来)?|页面?|提示|信息"
    "|返回(?:首页|上一?页)){0,5}"
)
_TITLE: Final = re.compile(
    f"(?:{_CODE})?[-:,]?(?:{_SAID}|(?:page|file)?notfound|错误页面?|出错[了啦]){_TAIL}"
    f"|{_CODE}[-:,]?{_WORDS}{{0,2}}{_TAIL}"
)
_LINE: Final = re.compile(
    f"(?:{_CODE})?[-:,]?(?:{_SAID}){_TAIL}|{_CODE}[-:,]?{_WORDS}{{1,2}}{_TAIL}"
)
_HINTS: Final = (
    *(
        "不存在",
        "删除",
        "移除",
        "被移动",
        "已移动",
        "被撤销",
        "更改",
        "已失效",
        "面失效",
        "接失效",
        "下线",
        "下架",
        "过期",
        "丢失",
    ),
    *("找到", "找不到", "无法", "错误", "出错", "Not Found", "not found", "NOT FOUND"),
)
"""Without one of them in a short piece of its text, no line of a page can be a marker."""
_OF_A_LETTER: Final = ("收悉", "现答复", "答复如下")
"""Words that a letter has, and no title in a listing, nor a page that is none."""
_SHORT: Final = re.compile(r">\s{0,60}+([^<>\s][^<>]{1,119})<")
"""A piece of text between two tags that is no longer than a line, blanks around it included."""
_NAME: Final = re.compile(r"<title[^<>]{0,99}>([^<]{0,200})", re.IGNORECASE)
_PARTS: Final = re.compile("[-_|—–－]")
_HOME: Final = re.compile(
    "(?:欢迎(?:访问|光临))?.{0,24}(?:门户网站?|官方网站|政务网|官网|网站首页|首页|主页)"
)
_LONGEST: Final = 60

_ERROR_PAGE: Final = re.compile(
    r"(?:page|http|err|error|status)?[-_]?(?:404|410)(?:[-_]?(?:page|error|err))?"
    r"|(?:page)?[-_]?not[-_]?found|(?:error|err)(?:[-_]?page|s)?|page[-_]?error",
    re.IGNORECASE,
)
_INDEX: Final = re.compile(r"(?:index|default|home|main)\.\w{2,5}", re.IGNORECASE)
_ALERT: Final = re.compile(
    r"(?:alert|msg|write)\s{0,9}\(\s{0,9}['\"]([^'\"]{1,80})['\"]", re.IGNORECASE
)


def absence(
    asked: str, final: str, text: str, title: str = "", columns: Sequence[str] = ()
) -> str | None:
    """Say what came in the place of the page that was asked for; ``None`` where it is the page.

    ``final`` is the address after redirects, ``title`` what the listing calls the page, and
    ``columns`` are addresses of listings. A page that is called what the listing calls it is the
    page, wherever it was found.

    >>> absence("http://a.test/1.html", "http://a.test/", "<title>清源市政府</title>")
    'redirects to the home page http://a.test/'
    >>> absence("http://a.test/1.html", "http://a.test/1.html", "<p>您访问的页面不存在！</p>")
    "an error page, which says '您访问的页面不存在！'"
    >>> absence("http://a.test/1.html", "http://a.test/1.html", "<p>您反映网页不存在的问题</p>")
    """
    moved = _moved(urlsplit(asked), urlsplit(final), columns)
    if not moved and not _is_suspect(text):
        return None
    tree = parse(text)
    name = name_of(tree)
    if is_named(title, name, tree):
        return None
    if moved:
        return f"redirects to {moved} {final}"
    said = _error_page(tree, name) or _by_script(asked, text, tree) or _home(tree, name, title)
    return said or None


def _moved(asked: SplitResult, final: SplitResult, columns: Sequence[str]) -> str:
    """Say to what a redirect led, if it is what no page of a record is; else nothing."""
    if _place(asked) == _place(final):
        return ""
    if _is_error_page(final, asked.geturl()):
        return "an error page"
    if not final.query and _folder(final) == "/":
        return "the home page" if asked.query or _folder(asked) != "/" else ""
    if _place(final) in {_place(urlsplit(url)) for url in columns}:
        return "the listing"
    folder = "" if final.query else _folder(final)
    return "a listing" if folder and asked.path.startswith(folder) and asked.path != folder else ""


def _is_suspect(text: str) -> bool:
    """Tell, at little cost, whether a page may be none that was asked for.

    The words of a marker are looked for in the short pieces of text only, a tenth of a page, and
    not at all on a page with a letter.
    """
    if len(text) <= SHELL:
        return True
    name = _NAME.search(text[:HEAD])
    parts = _parts(plain(name[1])) if name else []
    if any(_TITLE.fullmatch(part) or _HOME.fullmatch(part) for part in parts):
        return True
    if any(word in text for word in _OF_A_LETTER):
        return False
    short = "\n".join(_SHORT.findall(text))
    return any(word in short for word in _HINTS)


def _parts(called: str) -> list[str]:
    """Return a title and its parts, of which a bare number counts only if it comes first.

    >>> _parts("404-清源市政府"), _parts("提案-404")
    (['404-清源市政府', '404', '清源市政府'], ['提案-404', '提案'])
    """
    first, *others = _PARTS.split(called)
    named = [part for part in others if not part.isdecimal()]
    return [part[:_LONGEST] for part in dict.fromkeys((called, first, *named))]


def _place(url: SplitResult) -> tuple[str, str, str]:
    """Return what of an address tells pages apart: not its scheme, www. or the name of an index."""
    host = (url.hostname or "").removeprefix("www.")
    return host, _folder(url) or url.path, url.query


def _folder(url: SplitResult) -> str:
    """Return the folder of which an address is the index; nothing where it is a page in one."""
    folder, _, name = (url.path or "/").rpartition("/")
    return f"{folder}/" if not name or _INDEX.fullmatch(name) else ""


def _is_error_page(url: SplitResult, asked: str) -> bool:
    """Tell whether an address is called as error pages are, and not for a number that was asked."""
    path = (_folder(url) or url.path).rstrip("/")
    name = path.rpartition("/")[2].partition(".")[0]
    return bool(_ERROR_PAGE.fullmatch(name)) and name not in asked


def name_of(tree: LexborHTMLParser) -> str:
    """Return what the <title> of a page calls it."""
    title = tree.css_first("title")
    return one_line(title)[:200] if title else ""


def is_named(title: str, called: str, tree: LexborHTMLParser) -> bool:
    """Tell whether a page is called, or headed, what the listing calls it."""
    name = plain(title).rstrip("….")
    if len(name) < 6:
        return False
    heads = (one_line(node) for node in tree.css("h1, h2")[:9] if node.css_first("a") is None)
    return any(name in plain(said) for said in (called, *heads))


def _error_page(tree: LexborHTMLParser, called: str) -> str:
    if any(map(_TITLE.fullmatch, _parts(plain(called)))):
        return f"an error page, called {called[:_LONGEST]!r}"
    said = lines(tree.body) if tree.body else []
    if sum(map(len, said)) - words_of_links(tree) > FEW_WORDS:
        return ""
    short = (line for line in said if len(line) <= _LONGEST)
    line = next((line for line in short if _LINE.fullmatch(plain(line))), "")
    return f"an error page, which says {line!r}" if line else ""


def _by_script(asked: str, text: str, tree: LexborHTMLParser) -> str:
    """Say what a page amounts to that shows nothing, and only speaks or jumps by script."""
    if len(text) > SHELL or sum(map(len, lines(tree.body) if tree.body else [])) > _LONGEST:
        return ""
    for alert in _ALERT.finditer(text):
        if _LINE.fullmatch(plain(alert[1])):
            return f"an error page, which says {alert[1]!r}"
    for address in jumps(text):
        there = urlsplit(address)
        is_home = there.path == "/" and not there.query and urlsplit(asked).path not in ("", "/")
        if is_home or _is_error_page(there, asked):
            return f"a page that jumps to {address}"
    return ""


def _home(tree: LexborHTMLParser, called: str, title: str) -> str:
    """Say that a page is a home page: it is called one, and is links, none of them the record."""
    if not any(map(_HOME.fullmatch, _parts(plain(called)))):
        return ""
    said = lines(tree.body) if tree.body else []
    shown, linked = sum(map(len, said)), words_of_links(tree)
    name = plain(title).rstrip("….")
    for link in tree.css("a"):
        link.decompose()
    rest = plain("".join(lines(tree.body))) if tree.body else ""
    if linked < LINKED * shown or not linked or (name and name in rest):
        return ""
    return f"the home page, called {called[:_LONGEST]!r}"


def words_of_links(tree: LexborHTMLParser) -> int:
    """Count the characters that links show."""
    return sum(len(one_line(link)) for link in tree.css("a"))


def plain(text: str) -> str:
    """Return text without blanks, in narrow and small letters, to be compared."""
    return narrow(squeeze(text)).lower()
