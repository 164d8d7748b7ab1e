"""Replies as a table for people: a line or three for each, however many there are.

How wide the columns are is settled by the first replies, so that a table of any length flows. Where
the terminal is too narrow for columns, each reply is a title with the rest of it below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final, NamedTuple, Protocol

from replyarc.screen.ink import Line, cells, wrapped
from replyarc.screen.pager import Paper, paper
from replyarc.screen.replies import flat

Row = Mapping[str, Any]

FIRST: Final = 60
"""How many replies settle how wide the columns are."""

_GAP: Final = "  "
_LINES: Final = 3
_OF_TITLE: Final = 6
"""In how many lines a value is shown at the most; the card and --json have all of it."""
_NO_END: Final = 100_000


class Named(Protocol):
    """A column that was asked for: its key and its Chinese heading."""

    @property
    def name(self) -> str:
        """The key of the contract."""

    @property
    def title(self) -> str:
        """The heading."""


class Field(NamedTuple):
    """A column of the table: how wide it is at the least and at the most.

    One that is ``whole`` is folded and never cut; others have so many ``lines``. In the narrow form
    its heading is told where ``told`` is.
    """

    name: str
    heading: str
    value: Callable[[Row], str]
    least: int = 8
    most: int = 24
    style: str = ""
    whole: bool = False
    told: bool = True
    lines: int = _LINES


def _day(row: Row) -> str:
    return row["published_on"] or row["signed_on"] or ""


DEFAULT: Final = (
    Field("published_on", "发布日期", _day, 10, 10, told=False),
    Field("answered_by", "答复单位", lambda row: row["answered_by"] or "", 8, 20, told=False),
    Field("numbers", "建议提案号", lambda row: "、".join(row["proposal_numbers"]), 4, 12),
    Field("title", "标题", lambda row: row["title"], 20, _NO_END, "bold", False, False, _OF_TITLE),
    Field("id", "编号", lambda row: row["id"], 16, _NO_END, "dim", whole=True, told=False),
)
"""What is shown where nobody asks for other columns."""

_LENGTHS: Final = {"id": 16, "sha256": 64}
_WIDE: Final = frozenset({"text", "proposal_titles", "attachments"})


def fields(columns: Iterable[Named]) -> tuple[Field, ...]:
    """Return the columns of a table for those that were asked for."""
    return tuple(_field(column.name, column.title) for column in columns)


def _field(name: str, heading: str) -> Field:
    def value(row: Row) -> str:
        return "" if row[name] is None else flat(row[name])

    if name in _LENGTHS:
        return Field(name, heading, value, _LENGTHS[name], _NO_END, "dim", whole=True)
    if name == "title":
        return Field(name, heading, value, 20, _NO_END, "bold", lines=_OF_TITLE)
    if name == "url":  # it is there to be followed
        return Field(name, heading, value, 40, 120, whole=True)
    if name in _WIDE:
        return Field(name, heading, value, 20, _NO_END)
    if name.endswith("_on"):
        return Field(name, heading, value, 10, 10)
    return Field(name, heading, value, 20 if name.endswith("_at") else 8)


def write(rows: Iterable[Row], columns: Sequence[Field] = DEFAULT, *, paging: bool = False) -> None:
    """Write replies on stdout as a table, as they come."""
    with paper(paging=paging) as on:
        on.write(lines(rows, columns, on))


def lines(rows: Iterable[Row], columns: Sequence[Field], on: Paper) -> Iterator[Line]:
    """Yield the lines of a table as wide as what it is written on; without replies, nothing."""
    left = iter(rows)
    first = list(islice(left, FIRST))
    widths = _widths(first, columns, on)
    some = chain(first, left)
    if not first:
        return
    if widths is None:
        for row in some:
            yield from _record(row, columns, on)
        return
    yield _line([on.shown(column.heading) for column in columns], widths, ["bold"] * len(widths))
    yield (((("─" if on.is_unicode else "-") * (sum(widths) + _gaps(widths))), "dim"),)
    styles = [column.style if column.style != "bold" else "" for column in columns]
    for row in some:
        folded = [
            _folded(on.shown(column.value(row)), width, on, column)
            for column, width in zip(columns, widths, strict=True)
        ]
        for at in range(max(map(len, folded))):
            yield _line([each[at] if at < len(each) else "" for each in folded], widths, styles)


def _gaps(widths: Sequence[int]) -> int:
    return len(_GAP) * (len(widths) - 1)


def _widths(first: Sequence[Row], columns: Sequence[Field], on: Paper) -> list[int] | None:
    """Return how wide each column is; nothing where they do not fit side by side.

    Each gets its least, and what is left is dealt out to those that want more; long ones get twice
    as much.
    """
    wanted = [
        min(max(cells(on.shown(text)) for text in _sample(first, column)), column.most)
        for column in columns
    ]
    wanted = [
        max(want, cells(on.shown(column.heading)))
        for want, column in zip(wanted, columns, strict=True)
    ]
    widths = [
        min(want, max(column.least, cells(on.shown(column.heading))))
        for want, column in zip(wanted, columns, strict=True)
    ]
    spare = on.width - _gaps(widths) - sum(widths)
    if spare < 0:
        return None
    while spare and (hungry := [at for at, want in enumerate(wanted) if widths[at] < want]):
        share = max(1, spare // (2 * len(hungry)))
        for at in hungry:
            its_share = share * (2 if columns[at].most == _NO_END else 1)
            more = min(its_share, wanted[at] - widths[at], spare)
            widths[at] += more
            spare -= more
    return widths


def _sample(first: Sequence[Row], column: Field) -> list[str]:
    return ["", *(column.value(row)[:400] for row in first)]


def _line(texts: Sequence[str], widths: Sequence[int], styles: Sequence[str]) -> Line:
    pieces = []
    for at, (text, width, style) in enumerate(zip(texts, widths, styles, strict=True)):
        blanks = " " * (width - cells(text)) if at < len(widths) - 1 else ""
        pieces += [(text, style), (f"{blanks}{_GAP}" if at < len(widths) - 1 else "", "")]
    return tuple(pieces)


def _folded(text: str, width: int, on: Paper, column: Field) -> list[str]:
    """Fold a text into a few lines; what is longer ends with a mark, unless it has to be whole."""
    if cells(text) <= width and len(text) <= 2 * width:
        return [text]
    if column.whole:
        return wrapped(text, width)
    enough = text[: (column.lines + 1) * width]  # letters of no width count, too
    folded = wrapped(enough, width)
    if len(folded) > column.lines or len(enough) < len(text):
        folded = folded[: column.lines]
        folded[-1] = _cut(folded[-1] + " " * width, width, on)
    return folded


def _cut(text: str, width: int, on: Paper) -> str:
    """Cut a text that is too wide, and mark it."""
    if cells(text) <= width and len(text) <= 2 * width:
        return text
    mark = "…" if on.is_unicode else "..."
    text = text[: 2 * width].rstrip()
    while text and cells(text) + cells(mark) > width:
        text = text[:-1]
    return f"{text.rstrip()}{mark}"


def _record(row: Row, columns: Sequence[Field], on: Paper) -> Iterator[Line]:
    """Yield a reply in narrow lines: its title, and below what else was asked for."""
    head = next((each for each in columns if each.name == "title"), columns[0])
    text = on.shown(head.value(row))
    for line in _folded(text, on.width, on, head) if text else [on.shown("—")]:
        yield ((line, "bold"),)
    parts = [
        (on.shown(f"{column.heading} {said}" if column.told else said), column.whole)
        for column in columns
        if column is not head and (said := column.value(row))
    ]
    yield from packed(parts, on, between=" · " if on.is_unicode else " | ")


def packed(
    parts: Iterable[tuple[str, bool]], on: Paper, *, between: str, style: str = ""
) -> Iterator[Line]:
    """Yield parts side by side, as many as a line takes; one that is whole is never cut."""
    width = on.width - len(_GAP)
    line = ""
    for part, whole in parts:
        part = part if whole else _cut(part, width, on)
        if line and cells(line) + cells(between) + cells(part) > width:
            yield ((_GAP + line, style),)
            line = ""
        line = f"{line}{between}{part}" if line else part
        if cells(line) > width:
            yield from (((_GAP + each, style),) for each in wrapped(line, width))
            line = ""
    if line:
        yield ((_GAP + line, style),)
