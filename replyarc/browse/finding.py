"""The start page and the list of what was searched for, with its facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from replyarc.archive.facets import MOST_COUNTED, Share, divided, divided_hits, overview
from replyarc.archive.hits import hits, near
from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.browse.answer import Answer, page, trouble
from replyarc.browse.asking import PAGE, Asked, asked
from replyarc.browse.counting import once
from replyarc.browse.dividing import SHOWN, facets
from replyarc.browse.drawing import CHARTS, lacking
from replyarc.browse.history import Piece, pieces
from replyarc.model import Kind, Reply
from replyarc.text.excerpts import excerpts, marked

_NEWEST: Final = 10
_EVERY: Final[Mapping[str, str]] = {}


class Hit(NamedTuple):
    """A reply in a list: its title and what stands around the words, in pieces."""

    reply: Reply
    title: list[Piece]
    excerpts: list[list[Piece]]


def start(archive: Archive) -> Answer:
    """Return the start page: what there is, the newest, the ways to it."""
    every = asked(_EVERY)
    return page(
        "start.html",
        asked=every,
        overview=once(archive, overview),
        newest=[_plain(reply) for reply in archive.replies(Query(limit=_NEWEST))],
        facets=facets(once(archive, _divided), every),
        shown=SHOWN,
        charts=CHARTS,
        lacking=lacking(),
    )


def search(archive: Archive, given: Mapping[str, str]) -> Answer:
    """Return the replies that an address asks for, a page of them."""
    try:
        what = asked(given)
    except ValueError as error:
        return trouble(400, str(error))
    found = _found(archive, what)
    shares, whole = _shares(archive, what)
    return page("search.html", **_told(archive, what, found, shares, whole))


def _told(
    archive: Archive, what: Asked, found: list[Hit], shares: Counter[Share], whole: bool
) -> dict[str, Any]:
    is_more = len(found) > PAGE
    return {
        "asked": what,
        "hits": found[:PAGE],
        "total": shares.total() if whole else None,
        "most": MOST_COUNTED,
        "facets": facets(shares, what),
        "shown": SHOWN,
        "kinds": list(Kind),
        "near": near(archive, what.wanted) if what.wanted and not shares else [],
        "before": what.link(page=what.page - 1) if what.page > 1 else None,
        "after": what.link(page=what.page + 1) if is_more else None,
    }


def _found(archive: Archive, what: Asked) -> list[Hit]:
    if what.wanted is None:
        return [_plain(reply) for reply in archive.replies(what.query)]
    wanted = what.wanted
    found = []
    for reply in hits(archive, wanted, what.query, newest=what.newest):
        title = marked(reply.title, wanted.sought("title"))
        some = excerpts(reply.text, wanted.sought("text"))
        around = [pieces(each.text.replace("\n", " "), each.marks) for each in some]
        found.append(Hit(reply, pieces(title.text, title.marks), around))
    return found


def _plain(reply: Reply) -> Hit:
    return Hit(reply, [Piece(reply.title, False)], [])


def _shares(archive: Archive, what: Asked) -> tuple[Counter[Share], bool]:
    if what.wanted is None:
        if what.is_everything:
            return once(archive, _divided), True
        return divided(archive, what.query), True
    return divided_hits(archive, what.wanted, what.query)


def _divided(archive: Archive) -> Counter[Share]:
    return divided(archive, Query())
