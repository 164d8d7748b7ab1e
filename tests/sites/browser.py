"""A browser of the simulated sites: it turns pages as their own scripts and links do.

Nothing of replyarc is used here: each way of turning the page is written out once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import Request, urlopen

from tests.sites.site import Site

Ask = tuple[str, str]
"""An address, and the form that is posted to it (empty: it is only asked for)."""

COMMENT = re.compile(r"<!--.*?-->|(?<!:)//createPage[^\n]*", re.DOTALL)
DAY = re.compile(r"(20\d\d)[-/.年\s]+(\d\d?)[-/.月\s]+(\d\d?)")
WROTE = re.compile(r"""(?:href=|var url = )["']([^"']*)["']""")


def fetch(ask: Ask) -> str:
    url, form = ask
    with urlopen(Request(url, form.encode() if form else None), timeout=10) as answer:
        kind, body = answer.headers["Content-Type"], answer.read()
    charset = re.search(r"charset=([\w-]+)", f"{kind} {body[:600]!r}", re.IGNORECASE)
    assert charset
    return str(body.decode(charset[1]))


def status(ask: Ask) -> int:
    try:
        with urlopen(Request(ask[0], ask[1].encode() or None), timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


def links(text: str, url: str) -> list[str]:
    found = []
    for href in WROTE.findall(text):
        absolute = urlsplit(urljoin(url, unescape(href)))
        query = "?" + absolute.query if absolute.query else ""
        found.append((absolute.netloc, absolute.path + query))
    return [path for host, path in found if host == urlsplit(url).netloc]


def number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    assert found, pattern
    return int(found[1])


def suffixed(stem: str, shown: Callable[[int], int]) -> Callable[[str, str, int], Ask | None]:
    """Turn to a file of the folder; ``shown`` makes its suffix of the page's number."""

    def turn(text: str, url: str, current: int, total: int) -> Ask | None:
        name = stem.format(shown(current + 1))
        return (urljoin(url, name), "") if current < total else None

    return lambda text, url, current: turn(text, url, current, total_of(text))


def total_of(text: str) -> int:
    """The number of pages as the scripts say it."""
    said = r"createPage(?:HTML)?\((?:['\"]page_div['\"],)?\s*\"?(\d+)|countPage = (\d+)|"
    said += r"ele\.value>(\d+)|num>(\d+)\)|parseInt\('(\d+)'\)"
    found = re.search(said, COMMENT.sub("", text))
    assert found
    return int(next(filter(None, found.groups())))


def worded(*words: str) -> Callable[[str, str, int], Ask | None]:
    """Follow a link by what stands in it; a link to the page itself is the end."""

    def turn(text: str, url: str, current: int) -> Ask | None:
        for href, word in re.findall(r'<a\s[^>]*?href="([^"]*)"[^>]*>([^<]*)</a>', text):
            to = urljoin(url, unescape(href))
            if word.strip() in words and href != "javascript:;" and to != url:
                return to, ""
        return None

    return turn


def numbered(form: str) -> Callable[[str, str, int], Ask | None]:
    """Follow the link whose text is the next number."""

    def turn(text: str, url: str, current: int) -> Ask | None:
        return worded(form.format(current + 1))(text, url, current)

    return turn


def posted(text: str, url: str, current: int) -> Ask | None:
    """Post back what the page holds, as its script does."""
    wanted = {str(current + 1), f"Page${current + 1}"}
    for target, argument in re.findall(r"__doPostBack\('([^']+)','([^']+)'\)", unescape(text)):
        if argument in wanted:
            hidden = re.findall(r'type="hidden" name="([^"]+)"[^>]*?value="([^"]*)"', text)
            form = {**dict(hidden), "__EVENTTARGET": target, "__EVENTARGUMENT": argument}
            return url, urlencode(form)
    return None


def silent(text: str, url: str, current: int) -> Ask | None:
    """Guess the next file."""
    there = urljoin(url, f"index_{current + 1}.html"), ""
    return there if status(there) == 200 else None


TRS = {"html": suffixed("index_{}.html", lambda n: n - 1)}
SHTML = suffixed("index_{}.shtml", lambda n: n - 1)
TURNS: dict[str, Callable[[str, str, int], Ask | None]] = {
    "trs-createpage": TRS["html"],
    "trs-countpage": SHTML,
    "trs-quoted": TRS["html"],
    "trs-chongqing": TRS["html"],
    "trs-wuhan": SHTML,
    "trs-kunming": SHTML,
    "ucap-six": suffixed("jytabl_list_{}.shtml", lambda n: n),
    "ucap-jiangsu": suffixed("common_list_{}.shtml", lambda n: n - 1),
    "ucap-liaoning": suffixed("index_{}.shtml", lambda n: n),
    "nfcms": worded("下一页"),
    "creator-default-1": suffixed("default_{}.htm", lambda n: n - 1),
    "creator-default-2": suffixed("default_{}.htm", lambda n: n),
    "shaanxi": suffixed("{}.html", lambda n: n),
    "siteserver-numbers": worded("下一页"),
    "siteserver-two-pagers": worded("下一页"),
    "vsb-backwards": worded("下页"),
    "vsb-skin": numbered("{}"),
    "vsb-tree": worded("下页"),
    "vsb-component": worded("下页"),
    "vsb-egov": worded("下页"),
    "aspnet-page": worded("下一页"),
    "aspnet-postback": posted,
    "aspnet-grid": posted,
    "ylcms": numbered("{}"),
    "phpcms": worded("下一页"),
    "phpcms-query": worded("下一页"),
    "ilist": worded("&gt;&gt;"),
    "nextlink": worded("下一页"),
    "nextlink-in-frame": worded("下一页"),
    "numbered": numbered("[{}]"),
    "numbered-middle": numbered("{}"),
    "numbered-query": worded("»"),
    "single-silent": silent,
    "single": silent,
}


def walk(column: str, name: str) -> Iterator[tuple[str, str]]:
    """Turn the pages of a column; each page's address and what it says."""
    ask: Ask | None = (column, "")
    if name == "nextlink-in-frame":
        ask = (
            urljoin(column, re.findall(r'<iframe [^>]*src="([^"]+)"', fetch((column, "")))[0]),
            "",
        )
    current = 1
    while ask:
        text = fetch(ask)
        yield ask[0], text
        ask, current = TURNS[name](text, ask[0], current), current + 1


def shown(site: Site, column: str) -> list[list[str]]:
    """The papers that each page shows."""
    known = {paper.path for paper in site.papers}
    pages = walk(column, site.name)
    return [[path for path in links(text, url) if path in known] for url, text in pages]
