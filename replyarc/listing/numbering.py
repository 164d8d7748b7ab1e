"""Page numbers in requests: how a sequence of pages goes on, and where a second page may be.

Nothing here is known of any system: a number is found in the name of a file, in a query, in a form
or in JSON, and is counted on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from replyarc.listing.asking import asked_by, with_query
from replyarc.listing.places import Place
from replyarc.listing.templates import templates
from replyarc.model import Page, Request

_NAMES: Final = r"""(?:page|page_?(?:no|num|index|number)|curr?_?page|current_?page|pagenow|
    now_?page|current|cpage|pg|pn|p|a(?:infolist)?\d{1,12}p)"""
_SPLIT: Final = re.compile(r"(%[0-9A-Fa-f]{2}|\\u[0-9a-fA-F]{4}|\d{1,18})")
_NAMED: Final = re.compile(rf"(?:^|[?&;]){_NAMES}=(\d{{1,6}})(?=[&;#]|$)", re.I | re.VERBOSE)
_IN_JSON: Final = re.compile(
    rf"""(?:"|%22){_NAMES}(?:"|%22)\s{{0,9}}(?::|%3A)\s{{0,9}}(?:"|%22)?(\d{{1,6}})(?!\d)""",
    re.I | re.VERBOSE,
)
_BARE: Final = re.compile(r"\?(\d{1,5})(?=#|$)")
_FILE: Final = re.compile(r"(?<=[/_-])(\d{1,5})(?=\.(?:s?html?|jsp|aspx?|php|do)(?:[?#]|$))", re.I)
_FOLDER: Final = re.compile(r"(?<=/page[/_-])(\d{1,5})(?=/?(?:[?#]|$))", re.I)
_PLAIN: Final = re.compile(r"/(\d{1,5})\.\w{3,5}(?:[?#]|$)")
_STATIC: Final = re.compile(r"(?P<stem>[^/]{0,100})\.(?P<ext>s?html?)", re.I)
_HREF: Final = re.compile(r"""[\w)](\.s?html?)["'\s>]""", re.I)
_ENDS: Final = re.compile(r"^[^?]{1,500}/2(?:/|/index\.s?html?)?$")
_MOST: Final = 6


@dataclass(frozen=True, slots=True)
class _Spot:
    """A number in a request: in which of its texts, and where."""

    part: int
    start: int
    end: int


def following(one: Request, two: Request) -> Request | None:
    """Return the request that goes on in the sequence that two running pages make.

    They have one shape, and each number in which they differ goes on by its own step:
    ``startrecord=1&endrecord=15`` and ``startrecord=16&endrecord=30`` lead to 31 and 45.
    ``None`` where they have not, or where a number would fall below 0, in a path below 1.

    >>> following(Request("http://a.test/b/30.htm"), Request("http://a.test/b/29.htm")).url
    'http://a.test/b/28.htm'
    """
    return _stepped(two, steps, 1) if (steps := _steps(one, two)) else None


def advance(one: Request, two: Request, pages: int) -> Request | None:
    """Return the request so many pages beyond `two`, which is the page after `one`.

    Where they have no shape in common, as a first and a second page often have not, the page
    number of `two` is counted on, or down if it is that of the last page but one.

    >>> advance(Request("http://a.test/b.htm"), Request("http://a.test/b/30.htm"), 29).url
    'http://a.test/b/1.htm'
    """
    once = None if (steps := _steps(one, two)) else after(two, pages + 2)
    steps = steps or (_steps(two, once) if once else None)
    return _stepped(two, steps, pages) if steps else None


def after(request: Request, pages: int | None = None) -> Request | None:
    """Return the request for the page after one, if that tells its number; ``None`` if not.

    The page number is the value of a name such as ``page`` or ``pageNo`` in a form, in JSON or in
    a query, or else the number that ends the name of the file. It grows by one. But where it is
    the whole name, and one less than the number of pages, it shrinks: 博达 counts down.

    >>> after(Request("http://a.test/list.jsp?page=2&cat=5")).url
    'http://a.test/list.jsp?page=3&cat=5'
    >>> after(Request("http://a.test/b/30.htm"), 31).url
    'http://a.test/b/29.htm'
    """
    spot = _page_number(request)
    if spot is None:
        return None
    texts = _texts(request)
    number = int(texts[spot.part][spot.start : spot.end])
    plain = spot.part == 0 and _PLAIN.search(texts[0], max(0, spot.start - 1))
    down = bool(plain) and pages is not None and number == pages - 1 > 2
    return _with(request, [(spot, number - 1 if down else number + 1)])


def guesses(page: Page, place: Place | None = None, last: str | None = None) -> tuple[Request, ...]:
    """Return what may come after a page that does not say, the likeliest first.

    After a page that was guessed itself, what its number leads to. After the first, a file named
    like `last`, where its 尾页 leads, if it says that; what a script of the page puts together;
    then the names that systems give to second pages: page k is ``stem_{k-1}`` or ``stem_{k}``; at
    last ``?page=2``. The smaller number goes first: where the numbers begin higher it is not
    there, and nothing is passed over.
    """
    place = place or Place()
    own = after(page.asked, place.pages)
    written = list(templates(page))
    if page.asked.referer or (place.this or 1) > 1:
        numbers = ((each, each.number(page.asked.url)) for each in written)
        said = [asked_by(page, each.page(number + 1)) for each, number in numbers if number]
        return tuple(said[:1]) or ((replace(own, referer=page.column),) if own else ())
    found: dict[Request, None] = {}
    for guess in _before(last, place) if last else ():
        found[replace(guess, referer=page.column)] = None
    for each in written:
        if _number(Request(each.page(2))) == 2 or _ENDS.search(each.page(2)):
            found[asked_by(page, each.page(2))] = None
    if own is not None and _number(page.asked) in (0, 1):
        found[replace(own, referer=page.column)] = None
    for name in (*second_names(page), with_query(page.url, page=2)):
        found[asked_by(page, name)] = None
    return tuple(found)[:_MOST]


def named(page: Page, names: Iterable[str]) -> tuple[Request, ...]:
    """Return what the second page of a listing may be named, the likeliest first.

    After a page that was guessed itself, what its number leads to.
    """
    if page.asked.referer:
        own = after(page.asked)
        return (own,) if own else ()
    return tuple(dict.fromkeys(asked_by(page, name) for name in names))


def counted(
    page: Page, pages: int, names: Iterable[str]
) -> tuple[Request | None, tuple[Request, ...]]:
    """Return the next request and the guesses, where the number of pages is known but not its base.

    Page k is ``_{k-1}`` or ``_{k}``. So which is the last is known but for one, which is guessed.
    """
    guesses = named(page, names) if pages > 1 else ()
    number = _number(page.asked)
    if not page.asked.referer or not guesses or number is None:
        return None, guesses
    return (guesses[0], ()) if number < pages - 1 else (None, guesses[: pages - number])


def _before(last: str, place: Place) -> list[Request]:
    """Return what may be the second page, by the address of the last one."""
    request = Request(last)
    spot, number = _page_number(request), _number(request)
    if spot is None or number is None:
        return []
    pages = place.pages or -1
    down = (pages - 1,) if number == 1 and pages > 2 else ()
    up = (1,) if number in (1, pages - 1) else (2,) if number == pages else (1, 2)
    made = (_with(request, [(spot, second)]) for second in down or up)
    return [guess for guess in made if guess is not None]


def second_names(page: Page) -> Iterator[str]:
    """Yield the names of files that a second page beside a first may have, the likeliest first.

    >>> list(second_names(Page("http://a.test/b/list.shtml", "")))[:3]
    ['/b/list_1.shtml', '/b/list_2.shtml', '/b/index_1.shtml']
    """
    folder, _, name = urlsplit(page.url).path.rpartition("/")
    file = _STATIC.fullmatch(name)
    if name and file is None:
        return
    stem, ext = (file["stem"], file["ext"]) if file else ("index", _extension(page))
    for other in dict.fromkeys((stem, "index")):
        yield from (f"{folder}/{other}_{number}.{ext}" for number in (1, 2))


def _extension(page: Page) -> str:
    """Return the ending that most links of a page have."""
    found = Counter(match[1].lower() for match in islice(_HREF.finditer(page.text), 500))
    return found.most_common(1)[0][0][1:] if found else "html"


def _texts(request: Request) -> list[str]:
    """Return the parts of a request that may hold a number: address, JSON, values of the form."""
    return [request.url, request.json, *(value for _, value in request.form)]


def _number(request: Request) -> int | None:
    spot = _page_number(request)
    return int(_texts(request)[spot.part][spot.start : spot.end]) if spot else None


def _page_number(request: Request) -> _Spot | None:
    url = request.url
    for part, (name, value) in enumerate(request.form, 2):
        if _NAMED.fullmatch(f"{name}={value}"):
            return _Spot(part, 0, len(value))
    path = url.index("/", url.find("://") + 3) if url.count("/") > 2 else len(url)
    tries = ((1, _IN_JSON, 0), (0, _NAMED, path), (0, _IN_JSON, path), (0, _BARE, path))
    for part, shape, start in (*tries, (0, _FILE, path), (0, _FOLDER, path)):
        if found := shape.search(_texts(request)[part], start):
            return _Spot(part, *found.span(1))
    return None


def _steps(one: Request, two: Request) -> list[tuple[_Spot, int]] | None:
    """Return where two requests of one shape differ, and by how much; ``None`` of other shapes."""
    names = [[name for name, _ in request.form] for request in (one, two)]
    if names[0] != names[1] or urlsplit(one.url).netloc != urlsplit(two.url).netloc:
        return None
    found: list[tuple[_Spot, int]] = []
    for part, texts in enumerate(zip(_texts(one), _texts(two), strict=True)):
        old, new = (_SPLIT.split(text) for text in texts)
        if old[::2] != new[::2]:
            return None
        at = 0
        for was, now in zip(old, new, strict=True):
            if was != now and not (was.isdecimal() and now.isdecimal()):
                return None
            if was != now:
                found.append((_Spot(part, at, at + len(now)), int(now) - int(was)))
            at += len(now)
    return found


def _stepped(request: Request, steps: list[tuple[_Spot, int]], times: int) -> Request | None:
    texts = _texts(request)
    numbers = ((spot, int(texts[spot.part][spot.start : spot.end])) for spot, _ in steps)
    pairs = zip(numbers, steps, strict=True)
    return _with(request, [(spot, number + times * step) for (spot, number), (_, step) in pairs])


def _with(request: Request, numbers: list[tuple[_Spot, int]]) -> Request | None:
    """Put numbers into a request; ``None`` where one is too small to be a page's."""
    texts = _texts(request)
    path = len(texts[0].partition("?")[0])
    for spot, number in reversed(numbers):
        if number < (1 if spot.part == 0 and spot.start < path else 0):
            return None
        text = texts[spot.part]
        width = spot.end - spot.start if text[spot.start] == "0" else 0
        texts[spot.part] = text[: spot.start] + f"{number:0{width}d}" + text[spot.end :]
    url, json, *values = texts
    form = tuple((name, value) for (name, _), value in zip(request.form, values, strict=True))
    return replace(request, url=url, json=json, form=form)
