"""The page of one reply: its letter, its fields, where it was seen, its past, its citation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from replyarc.archive.facets import named
from replyarc.archive.past import look_up, past
from replyarc.archive.proposals import others
from replyarc.archive.store import Archive
from replyarc.browse.answer import Answer, page, trouble
from replyarc.browse.history import flat, told
from replyarc.export.citing import CITATIONS, seen_at
from replyarc.export.flat import COLUMNS, as_json
from replyarc.model import Reply
from replyarc.screen.marks import in_both
from replyarc.screen.replies import HEADINGS
from replyarc.screen.telling import span
from replyarc.text.parts import parts

_APART: Final = {
    "title",
    "text",
    "attachments",
    "flags",
    "url",
    "sha256",
    "version",
    "id",
    "gone_at",
}
_NOTHING: Final[tuple[object, ...]] = (None, "", [])
_STYLES: Final = {"gbt7714": "GB/T 7714—2015", "bibtex": "BibTeX", "csl-json": "CSL-JSON"}


class Field(NamedTuple):
    """A field that the page says: its name, its Chinese name, its value in words."""

    name: str
    heading: str
    value: str


def letter(archive: Archive, id: str) -> Answer:
    """Return the page of a reply; the former id of one leads to its present one."""
    found = named(archive, [id])
    if not found:
        return _elsewhere(archive, id)
    return _page(archive, found[0])


def _elsewhere(archive: Archive, id: str) -> Answer:
    also = {reply.id for reply in look_up(archive, id).replies}
    if len(also) == 1:
        return Answer(b"", 302, location=f"/-/reply/{also.pop()}")
    return trouble(404, f"档案中没有编号为 {id} 的答复。There is no reply {id} in the archive.")


def _page(archive: Archive, reply: Reply) -> Answer:
    row = as_json(reply)
    known = past(archive, reply.id)
    accessed = seen_at(row) or datetime.now(UTC)
    return page(
        "letter.html",
        reply=reply,
        fields=_fields(row),
        parts=parts(reply.text, reply.signature),
        flags=[in_both(flag, HEADINGS) for flag in reply.flags],
        seen=[(each.url, each.source, _seen(each)) for each in known.sightings],
        history=told(known),
        others=others(archive, reply),
        citations=[
            (_STYLES.get(name, name), cite(row, accessed)) for name, cite in CITATIONS.items()
        ],
    )


def _seen(each: Any) -> str:
    return span(each.first_seen_at, each.last_seen_at)


def _fields(row: dict[str, Any]) -> list[Field]:
    return [
        Field(column.name, column.title, flat(row[column.name]))
        for column in COLUMNS
        if column.name not in _APART and row[column.name] not in _NOTHING
    ]
