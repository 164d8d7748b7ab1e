"""What a page of jpaas asks the platform for: which of its units holds the list, and by what."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from replyarc.listing.asking import query_of
from replyarc.model import Page

UNIT: Final = re.compile(r"/front/page/build/unit\b", re.IGNORECASE)
"""The address that is asked, without what stands before it."""

_USUAL: Final = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_PAIR: Final = re.compile(
    r"['\"](\w{1,60})['\"]\s{0,9}:\s{0,9}(?:'([^']{0,500})'|\"([^\"]{0,500})\")"
)
_SEARCH: Final = re.compile(r"\bsearch['\"]?\s{0,9}[:=]\s{0,9}['\"]?(\{[^{}]{0,800}\})")
_LIST: Final = re.compile("列表|list|分页", re.IGNORECASE)
_MENU: Final = re.compile("导航|位置|菜单|nav|menu|tree", re.IGNORECASE)
_MOST: Final = 50


def asked(tree: LexborHTMLParser) -> tuple[dict[str, str], str]:
    """Return what the unit with the list is asked for, and where; nothing where no unit says.

    Of several units it is the one that is called a list, and no menu.
    """
    units = [(_query(node), node) for node in islice(tree.css("[querydata]"), _MOST)]
    units = [(query, node) for query, node in units if query.get("pageId")]
    if not units:
        return {}, _USUAL
    query, node = max(units, key=lambda unit: _rank(unit[0].get("tagId", "")))
    pager = tree.css_first("[uniturl]")
    named = (node.attributes.get("url"), pager.attributes.get("uniturl") if pager else None)
    return query, next((url for url in named if url and UNIT.search(url)), _USUAL).partition("?")[0]


def search(page: Page) -> str | None:
    """Return what a list is searched for, as text: as a script says, or the column's address.

    ``None`` where it is not searched for anything.
    """
    for found in _SEARCH.finditer(unescape(page.text).replace('\\"', '"')):
        said = {name: one or two for name, one, two in _PAIR.findall(found[1])}
        if said.get("xxgkId"):
            return written(said)
    query = query_of(page.column)
    kind, number = query.get("combination"), query.get("number")
    if kind:
        return written({"xxgkId": kind, "xxgkType": "xxgk_combination", "className": ""})
    return written({"xxgkId": number, "className": ""}) if number else None


def written(value: object) -> str:
    """Write JSON as a browser does: without blanks, which some sites refuse."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _query(node: LexborNode) -> dict[str, str]:
    """Read ``{'webId':'…'}``; of two values of one name the first holds."""
    text = (node.attributes.get("querydata") or "")[:4_000]
    pairs = [(name, one or two) for name, one, two in _PAIR.findall(text)]
    return dict(reversed(pairs))


def _rank(tag: str) -> int:
    """Rate a unit by what it is called: as a list, as nothing known, as a menu."""
    return 2 * bool(_LIST.search(tag)) - bool(_MENU.search(tag))
