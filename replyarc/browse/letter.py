"""The page of one reply: its letter, its fields, where it was seen, its past, its citation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from replyarc.archive.facets import named
from replyarc.archive.past import look_up, past
from replyarc.archive.proposals import others
from replyarc.archive.store import Archive
from replyarc.browse.answer import Answer, page, trouble
from replyarc.browse.history import flat, span, told
from replyarc.export.citing import CITATIONS, seen_at
from replyarc.export.flat import COLUMNS, as_json
from replyarc.model import Reply
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

FLAGS: Final = {
    "index-conflict": "索引号与另一答复相同 another reply has the same index number",
    "no-index-number": "页面没有索引号 the page has no index number",
    "decoding-loss": "页面编码有损，个别字符无法辨认 some characters could not be decoded",
    "future-date": "日期在未来 a day lies in the future",
    "truncated?": "正文可能不完整 the letter may be incomplete",
    "low-confidence-text": "正文位置不确定 where the letter stands on the page is uncertain",
    "no-salutation": "正文没有称呼 the letter has no salutation",
}
"""What flags mean, in words; one that is not here is shown as it is."""


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
        flags=[FLAGS.get(flag, flag) for flag in reply.flags],
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
