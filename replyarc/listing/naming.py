"""How columns of 建议提案 are called, in words and in addresses; which links lead there.

A name is told by a small grammar: it is made of the words of such names alone, and says whose
suggestion or proposal it is. So the title of an article, a box for anybody's 意见建议 or a call
to hand in proposals (提案征集) is none. A slug is the pinyin initials of such a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from replyarc.listing.links import base_of
from replyarc.model import Page
from replyarc.text.chinese import narrow, squeeze
from replyarc.text.html import absolute, parse

MOST_LINKS: Final = 20_000
"""Links of one page that are looked at."""

MOST_FOUND: Final = 100
"""Columns that are taken from one page."""

_WORDS: Final = (
    r"\d{4}年?度?|第?[\d一二三四五六七八九十]{1,3}(?:届|次会议|次)|历年|历届|往届|本级|[省市县区州盟旗级]"
    "|全国|自治[区州县旗]|重点|优秀|党派|民主党派|团体|集体|人大|人民代表大会|政协|两会|常委会|代表"
    "|委员会|委员|建议|提案|议案|承办|会办|主办|办理|办复|答复|回复|复函|复文|反馈|落实|结果|情况|工作|公开|公示"
    "|公布|信息|专栏|专题|栏目|摘要|全文|选登|目录|内容|意见|函|件|类|和|与|及|以及|的|[、,·/&()“”‘’《》—-]"
)
_NAME: Final = re.compile(f"(?:{_WORDS}){{1,20}}")
_LONGEST_NAME: Final = 30
_ANSWERED: Final = re.compile("办理|办复|答复|回复|复函|复文|结果")
_TRIM: Final = re.compile(
    r"^[·•●■◆▪>»›\s【\[《“]{1,9}|(?:更多|more|\(\d{1,6}\)|[>»›+.…\s】\]》”:]){1,9}$", re.IGNORECASE
)
_CRUMB: Final = re.compile("[›»>→]")

# Pinyin initials: of scopes, of what it is about, of what is done with it.
_SCOPE: Final = "(?:qg|gj|shi|sj|ss|cb|lh|[sxqz])"
_STEM: Final = (
    "(?:jyh?ta|jyyta|tah?jy|yah?jy|yata|jianyi(?:he)?tian"
    "|rd(?:db)?(?:yajy|jyya|jy)|rddbya|dbjy|zx(?:wy)?ta|wyta|zxjy)"
)
_TAIL: Final = (
    "(?:bl|df|fh|hf|fw|fk|jg|gk|gz|qk|xx|zy|zl|lb|ml|sj|banli|fuwen|dafu|huifu|gongkai|[ghny])"
)
_SLUG: Final = re.compile(
    rf"(?:\d{{4}}n?d?)?(?:{_SCOPE}{{0,2}}{_STEM}{{1,2}}{_TAIL}{{0,5}}|yta|jiany)(?:_?\d{{1,9}})?n?d?"
)
_SAYS_NOTHING: Final = re.compile(r"(?:index|default|list|main)?(?:[_-]?[01])?|auto|pc")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:nd?|年)?")
_EXTENSION: Final = re.compile(r"\.(?:s?html?|jhtml|aspx?|jspx?|php|do)$")
_NO_COLUMN: Final = re.compile(
    r"/t\d{8}_\d{1,12}\.\w{2,6}$|/art_\d{1,9}_\d{1,12}\.|[0-9a-f]{32}\.s?html?$"
    r"|/(?:m?post|content|article|detail)_\d{1,12}\.|/info/\d{1,9}/\d{1,12}\.|/\d{4}/\d\d?[-/]\d\d?/"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.html?$|\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)$",
    re.IGNORECASE,
)
"""Addresses that only articles have, and files."""

_SCRIPT: Final = re.compile(
    r"(?:location(?:\.href)?\s{0,9}=|(?:open|assign|replace)\s{0,9}\()\s{0,9}"
    r"['\"]([^'\"\s]{1,500})['\"]"
)
_LONGEST_SCRIPT: Final = 2_000
_MOST_PIECES: Final = 30
_SECOND_LEVEL: Final = frozenset(["gov", "com", "net", "org", "edu", "ac", "mil"])


class Found(NamedTuple):
    """A link that may lead to a column; ``why`` says by what it is told.

    ``above`` is the address of the column in whose menu entry it stands; ``""``: in none.
    """

    url: str
    name: str
    why: str
    above: str = ""


class NamedLink(NamedTuple):
    """What leads somewhere: a link, an option or an element with a script, and all it is called."""

    node: LexborNode
    url: str
    names: tuple[str, ...]


def is_column_name(text: str) -> bool:
    """Tell whether a text is the name of a column of replies, as menus print it.

    >>> is_column_name("建议提案办理"), is_column_name("省人大代表建议和答复")
    (True, True)
    >>> is_column_name("意见建议"), is_column_name("提案征集"), is_column_name("第120号建议答复")
    (False, False, False)
    """
    name = _bare(text)
    if not 4 <= len(name) <= _LONGEST_NAME or not _NAME.fullmatch(name):
        return False
    suggestion, proposal, motion = (word in name for word in ("建议", "提案", "议案"))
    if proposal + suggestion + motion > 1 or "两会" in name:
        return proposal or suggestion or motion
    if suggestion or motion:
        answered = motion and _ANSWERED.search(name) is not None
        return answered or "人大" in name or "代表" in name
    return proposal and ("政协" in name or "委员" in name or _ANSWERED.search(name) is not None)


def has_column_slug(url: str) -> bool:
    """Tell whether an address is by its last folder that of a column, or of a year below one.

    >>> has_column_slug("http://mzj.gov.test/zwgk/jytabl_4823/index.html")
    True
    >>> has_column_slug("http://mzj.gov.test/jytabl/202305/t20230517_5318033.html")
    False
    """
    parts = _telling(url)
    if not parts or not _may_be_column(url):
        return False
    return any(_SLUG.fullmatch(part) for part in parts[-1 - bool(_YEAR.fullmatch(parts[-1])) :])


def found(page: Page) -> list[Found]:
    """Return the links of a page that lead to columns of replies, each address once.

    By their names or by their slugs; on another host of the same site (a department's, say) by
    their names only.
    """
    home = urlsplit(page.url).hostname or ""
    kept: dict[str, tuple[Found, LexborNode]] = {}
    for node, url, names in links_of(page):
        host = urlsplit(url).hostname or ""
        if not same_site(host, home) or not _may_be_column(url):
            continue
        name = next(filter(is_column_name, names), "")
        if name or (host == home and has_column_slug(url)):
            each = Found(url, _shown(name or names[0]), "by its name" if name else "by its address")
            if url not in kept or (name and kept[url][0].why != each.why):
                kept[url] = each, node
        if len(kept) == MOST_FOUND:
            break
    urls = {node.mem_id: each.url for each, node in kept.values()}
    return [each._replace(above=_above(node, urls, each.url)) for each, node in kept.values()]


def found_among(addresses: Iterable[str], home: str) -> list[Found]:
    """Return the addresses, those of a sitemap say, that are by their slugs columns of a host."""
    mine = (url for url in dict.fromkeys(addresses) if urlsplit(url).hostname == home)
    slugs = (Found(url, "", "by its address") for url in mine if has_column_slug(url))
    return list(islice(slugs, MOST_FOUND))


def links_of(page: Page) -> Iterator[NamedLink]:
    """Yield what leads somewhere on a page, with its text, its ``title`` and its picture's name."""
    tree = parse(page.text)
    base = base_of(tree, page)
    nodes = tree.css("a[href], area[href], option[value], [onclick]")
    for node in islice(nodes, MOST_LINKS):
        url = _address(node, base)
        names = tuple(filter(None, _names(node))) if url else ()
        if url and (names or node.tag == "a"):
            yield NamedLink(node, url, names or ("",))


def column_of(url: str) -> str:
    """Return an address so that all spellings of one column's are equal, ending in ``/``.

    What lies below a column begins with it.

    >>> column_of("https://www.gov.test/a/jyta/index.html")
    '//www.gov.test/a/jyta/'
    >>> column_of("http://www.gov.test/a/jyta.htm")
    '//www.gov.test/a/jyta/'
    """
    parts = urlsplit(url)
    path = _EXTENSION.sub("", parts.path)
    folder, _, last = path.rpartition("/")
    if last in ("index", "default", "list", "") or (
        last == "1" and _SLUG.fullmatch(folder.rpartition("/")[2])
    ):
        path = folder
    query = f"?{parts.query}#{parts.fragment}" if parts.query or parts.fragment else ""
    return f"//{parts.netloc}{path}{query}/"


def source_name(url: str, taken: Iterable[str] = ()) -> str:
    """Return a name for the source of a column: its host and its slug, none of those taken.

    >>> source_name("http://mzj.qingyuan.gov.cn/zwgk/jytabl/2024n/index.html")
    'mzj-qingyuan-jytabl-2024n'
    """
    labels = [each for each in (urlsplit(url).hostname or "").split(".") if each != "www"]
    parts = _telling(url)
    tail = parts[-2:] if parts and _YEAR.fullmatch(parts[-1]) else parts[-1:]
    kept = labels[:-2] if labels[-2:] == ["gov", "cn"] else labels
    stem = re.sub(r"[^a-z0-9]+", "-", "-".join(kept + tail))[:60].strip("-") or "column"
    names = chain([stem], (f"{stem}-{number}" for number in range(2, 100_000)))
    used = frozenset(taken)
    return next(name for name in names if name not in used)


def same_site(one: str, two: str) -> bool:
    """Tell whether two hosts are of one registered name, as a city and its departments are.

    >>> same_site("mzj.qingyuan.gov.cn", "www.qingyuan.gov.cn"), same_site("a.gov.cn", "b.gov.cn")
    (True, False)
    """
    return one == two or (_registered(one) == _registered(two) != "")


def _may_be_column(url: str) -> bool:
    """Tell whether an address can be a column's: not a home page, not an article, not a file."""
    path, _, query = url.partition("//")[2].partition("/")[2].partition("?")
    return bool(path or query) and not _NO_COLUMN.search(f"/{path}")


def _registered(host: str) -> str:
    labels = host.split(".")
    if labels[-1].isdigit() or len(labels) < 2:
        return ""
    return ".".join(labels[-3:] if labels[-2] in _SECOND_LEVEL else labels[-2:])


def _bare(text: str) -> str:
    """Return a name without blanks, bullets, 更多 and the columns above it."""
    name = narrow(squeeze(text[: 4 * _LONGEST_NAME]))
    return _CRUMB.split(_TRIM.sub("", name))[-1]


def _shown(text: str) -> str:
    """Return a name as a person is shown it: printable, one line, not long."""
    return "".join(filter(str.isprintable, " ".join(text.split())))[:60]


def _telling(url: str) -> list[str]:
    """Return the parts of a path, in lower case, that say something: no index, no page number."""
    parts = [_EXTENSION.sub("", part) for part in urlsplit(url).path.lower().split("/")]
    return [part for part in parts if not _SAYS_NOTHING.fullmatch(part)]


def _address(node: LexborNode, base: str) -> str | None:
    values = node.attributes
    script = values.get("onclick") or ""
    for href in (values.get("href"), values.get("value") if node.tag == "option" else None):
        if href and (url := absolute(base, href)):
            return _with_column(url, href)
        script += href or ""
    called = _SCRIPT.search(script[:_LONGEST_SCRIPT])
    url = absolute(base, called[1]) if called else None
    return _with_column(url, called[1]) if called and url else None


def _with_column(url: str, href: str) -> str:
    """Put the column's number back behind ``/gkmlpt/index``, where it stands after a ``#``."""
    number = re.search(r"#\d{1,12}$", href.strip())
    return url + number[0] if number and "/gkmlpt" in url else url


def _names(node: LexborNode) -> tuple[str, str, str]:
    """Return text, title and picture's name; not all of what is too long for a name."""
    said = picture = ""
    for piece in islice(node.traverse(include_text=True), _MOST_PIECES):
        if piece.tag == "-text":
            said += (piece.text_content or "")[: 4 * _LONGEST_NAME]
        elif piece.tag == "img":
            picture = picture or piece.attributes.get("alt") or ""
    return said, node.attributes.get("title") or "", picture


def _above(node: LexborNode, urls: dict[int, str], own: str) -> str:
    """Return the column whose entry in a menu of menus holds this one's."""
    above: LexborNode | None = node
    for _ in range(8):
        above = above.parent if above else None
        if above is not None and above.tag == "li":
            first = above.css_first("a")
            url = urls.get(first.mem_id, "") if first else ""
            if url and url != own:
                return url
    return ""
