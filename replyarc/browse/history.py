"""The past of a reply as a page tells it: versions, what changed by each, absences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from replyarc.archive.past import Past, Says, changes
from replyarc.instants import china_day
from replyarc.screen.replies import HEADINGS
from replyarc.screen.telling import span
from replyarc.text.differences import Sign, Step, differences

_KINDS: Final = {Sign.SAME: "same", Sign.REMOVED: "del", Sign.ADDED: "ins", Sign.FOLDED: "folded"}
_NOTHING: Final[tuple[object, ...]] = (None, "", [])


class Piece(NamedTuple):
    """A piece of a sentence; ``marked``: its other version does not have it."""

    text: str
    marked: bool


class Line(NamedTuple):
    """A sentence: same, del, ins; or folded, so many of which stayed."""

    kind: str
    pieces: list[Piece]
    times: int


class Change(NamedTuple):
    """A field that said something else: both values, or of the letter the sentences."""

    name: str
    heading: str
    old: str
    new: str
    lines: list[Line]


class Happened(NamedTuple):
    """One thing of a reply's past: its head, where and which bytes, what changed by it.

    ``changed`` is ``None`` where there is nothing to compare with.
    """

    head: str
    addresses: tuple[str, ...]
    sha256: str
    changed: list[Change] | None


def flat(value: object) -> str:
    """Return a value of the contract's JSON on one line.

    >>> flat([{"name": "林晓", "phones": ["0730-1", "0730-2"]}, "二"])
    '林晓 0730-1、0730-2；二'
    """
    if isinstance(value, list):
        within = "；" if any(isinstance(each, dict) for each in value) else "、"
        return within.join(flat(each) for each in value)
    if isinstance(value, dict):
        return " ".join(flat(each) for each in value.values() if each not in _NOTHING)
    return "—" if value is None else str(value)


def told(known: Past) -> list[Happened]:
    """Return all that is known of a reply's past, as it came."""
    return [*_versions(known), *_aside(known), *_rereads(known), *_absences(known)]


def _versions(known: Past) -> Iterator[Happened]:
    before: Says | None = None
    for stage in known.stages:
        changed = None if before is None else _changed(before, stage.says)
        shown = "，现在显示 shown now" if stage.is_shown else ""
        seen = span(stage.first_seen_at, stage.last_seen_at)
        head = f"第{stage.number}版 version {stage.number} · {seen}{shown}"
        yield Happened(head, stage.addresses, stage.sha256, changed)
        before = stage.says


def _aside(known: Past) -> Iterator[Happened]:
    for each in known.aside:
        seen = span(each.first_seen_at, each.last_seen_at)
        what = (
            f"仅{each.letters}字 only {each.letters} letters"
            if each.letters
            else "无正文 no letter"
        )
        yield Happened(f"搁置 put aside · {seen} · {what}", (each.url,), each.sha256, None)


def _rereads(known: Past) -> Iterator[Happened]:
    for each in known.rereads:
        reader = "" if each.reader in (None, "0") else f" · replyarc {each.reader}"
        head = f"重读 read again · {china_day(each.read_at)}{reader}"
        yield Happened(head, (each.url,), each.sha256, _changed(each.before, each.after))


def _absences(known: Past) -> Iterator[Happened]:
    for each in known.absences:
        what = "已消失 gone" if each.for_good else "曾无法访问 not there"
        back = f" · 恢复 back {china_day(each.back_at)}" if each.back_at else ""
        yield Happened(f"{what} · {span(each.since, each.until)}{back}", (each.url,), "", None)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    return [_change(name, *pair) for name, pair in changes(before, after).items()]


def _change(name: str, old: Any, new: Any) -> Change:
    heading = HEADINGS[name]
    if name == "text":
        lines = [_line(step) for step in differences(old or "", new or "")]
        return Change(name, heading, "", "", lines)
    before, after = ("—" if each in _NOTHING else flat(each) for each in (old, new))
    return Change(name, heading, before, after, [])


def _line(step: Step) -> Line:
    return Line(_KINDS[step.sign], pieces(step.text, step.marks), step.times)


def pieces(text: str, marks: tuple[tuple[int, int], ...]) -> list[Piece]:
    """Return a text in pieces, those that are marked and those between them.

    >>> [tuple(piece) for piece in pieces("一养老二", ((1, 3),))]
    [('一', False), ('养老', True), ('二', False)]
    """
    found, at = [], 0
    for begin, end in marks:
        found += [Piece(text[at:begin], False), Piece(text[begin:end], True)]
        at = end
    return [piece for piece in (*found, Piece(text[at:], False)) if piece.text]
