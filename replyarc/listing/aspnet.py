"""ASP.NET listings: pages asked for by ``?page=2``, or by a POST of the page's own form.

A pager of the second kind (AspNetPager, GridView, DataPager) calls
``__doPostBack('Pager1', '2')``, which posts every hidden input of the form, the state of the page
among them (``__VIEWSTATE``), with what was called and its argument: the number of a page, or
``Page$2``. Each page has a state of its own, and leads to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from replyarc.errors import ListingError
from replyarc.listing.asking import asked_by, query_of
from replyarc.listing.counted import count, no_way, paging_name, read_numbered
from replyarc.listing.links import entries, select
from replyarc.listing.places import NEXT_WORDS, place_of, placed
from replyarc.listing.ways import way_on
from replyarc.model import Listing, Page, Request, Source
from replyarc.text.html import absolute, one_line, parse

_STATE: Final = re.compile(r"\bname=['\"]?__VIEWSTATE\b")
_CALL: Final = re.compile(
    r"\b(?:__doPostBack|WebForm_PostBackOptions)\s{0,3}\(\s{0,3}"
    r"\\?['\"](?P<target>[^'\"\\]{1,300})\\?['\"]\s{0,3},\s{0,3}"
    r"\\?['\"](?P<argument>[^'\"\\]{0,100})\\?['\"]"
)
_ADORNMENT: Final = re.compile(r"[\s<>«»‹›→\[\]【】|]+")
_DOTS: Final = ("...", "…", "……")
_NEXT: Final = "下一页"
_TARGET, _ARGUMENT = "__EVENTTARGET", "__EVENTARGUMENT"
_MOST_FIELDS: Final = 500


class Call(NamedTuple):
    """A ``__doPostBack(target, argument)``, and what the link to it says."""

    target: str
    argument: str
    label: str

    @property
    def page(self) -> int | None:
        """The number of the page that it asks for; ``None`` where it asks for none, or a date."""
        number = count(self.argument.removeprefix("Page$"))
        is_pager = self.argument.startswith("Page$") or self.label in ("", *_DOTS, str(number))
        return number if is_pager else None if self.argument else count(self.label)


def shows(page: Page) -> bool:
    """Tell whether a page keeps the state of an ASP.NET form, or is named ``….aspx``."""
    path = urlsplit(page.url).path.lower()
    return path.endswith(".aspx") or _STATE.search(page.text) is not None


def read(page: Page, source: Source) -> Listing:
    """Read one listing page, whether it was asked for by its address or by a form.

    Raises ListingError where it has no entry, or names no way to the next page although there is
    one.
    """
    place, name = place_of(page), paging_name(page)
    this, pages = _this(page, name) or place.this or 1, place.pages or None
    call = None if pages and this >= pages else _next_call(page, source, this)
    if call is None and name and not page.asked.form:
        return read_numbered(page, source, page.url, name)
    found, left_out = entries(page, source)
    following = _posted(page, call, this + 1) if call else way_on(page, source).next
    if pages and this >= pages:
        following = None
    elif following is None and pages:
        raise no_way(page, source, this, pages)
    return placed((found, left_out), place._replace(pages=pages), following)


def _this(page: Page, name: str | None) -> int | None:
    """Return the number that was asked for: in the form, behind ``#``, or in the query."""
    form, url = dict(page.asked.form), urlsplit(page.asked.url)
    if _TARGET in form:
        return Call("", form.get(_ARGUMENT, ""), "").page or count(url.fragment)
    return count(query_of(page.url).get(name or ""))


def _calls(page: Page, source: Source) -> Iterator[Call]:
    """Yield the calls behind links, those that ``options.next`` selects as saying 下一页."""
    tree = parse(page.text)
    if "next" in source.options:
        links = [(node, _NEXT) for node in select(tree, "next", page, source)]
    else:
        links = [(node, one_line(node)) for node in tree.css("a[href]")]
    for node, said in links:
        code = f"{node.attributes.get('href') or ''} {node.attributes.get('onclick') or ''}"
        if found := _CALL.search(code):
            is_next = _ADORNMENT.sub("", said).lower() in NEXT_WORDS
            yield Call(found["target"], found["argument"], _NEXT if is_next else said)


def _next_call(page: Page, source: Source, this: int) -> Call | None:
    """Return the call that says 下一页 or ``Page$Next``, or names the next number.

    A pager of numbers without arguments goes on behind dots, after the last of its numbers.
    """
    calls = list(_calls(page, source))
    for call in calls:
        if call.label == _NEXT or call.argument == "Page$Next":
            asked = count(call.argument.removeprefix("Page$"))
            return None if asked and asked <= this else call
    numbered = next((call for call in calls if call.page == this + 1), None)
    bare = [call for call in calls if not call.argument and (call.page or call.label in _DOTS)]
    goes_on = len(bare) > 1 and bare[-1].label in _DOTS and bare[-2].page == this - 1
    return numbered or (bare[-1] if goes_on else None)


def _posted(page: Page, call: Call, wanted: int) -> Request:
    """Return the request that a call makes: the hidden inputs of the form with the page's state.

    A number that the call does not name goes along behind ``#``. Raises ListingError where there
    are more inputs than any page has.
    """
    tree = parse(page.text)
    form = tree.css_first("input[name='__VIEWSTATE']")
    while form is not None and form.tag != "form":
        form = form.parent
    inputs = (form or tree).css("input[type='hidden' i][name]")
    if len(inputs) > _MOST_FIELDS:
        missing = f"form of up to {_MOST_FIELDS} hidden inputs: there are {len(inputs)}"
        raise ListingError(page.url, missing, "Open the column in a browser: is it a listing?")
    fields = [
        (node.attributes["name"] or "", node.attributes.get("value") or "") for node in inputs
    ]
    called = {_TARGET: call.target, _ARGUMENT: call.argument}
    form_of_page = [*called.items(), *((key, value) for key, value in fields if key not in called)]
    action = form.attributes.get("action") or "" if form else ""
    request = asked_by(page, absolute(page.url, action) or page.url, form=form_of_page)
    is_named = _this(Page(page.url, "", request), None) == wanted
    return request if is_named else replace(request, url=f"{request.url}#{wanted}")
