"""Bars and the heat map of ``stats``, as lines of a terminal of any width."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

from replyarc.figures import NOT_SAID, Count, Month
from replyarc.screen.ink import Line, Piece, cells, wrapped
from replyarc.screen.plain import plain
from replyarc.shades import columns, level, levels

_BLOCKS: Final = " ▏▎▍▌▋▊▉█"
_HEAT: Final = ("dim", "cyan", "green", "yellow", "red")
_WIDEST_LABEL: Final = 40
_WIDEST_BAR: Final = 60
_LEAST_BAR: Final = 4
_NARROW: Final = 50


@dataclass(frozen=True, slots=True)
class Pen:
    """With what is drawn: how wide, and whether with blocks or with letters of ASCII."""

    width: int
    blocks: bool = True

    @property
    def shades(self) -> str:
        """The sign of each shade of a heat map, that for nothing first."""
        return "·░▒▓█" if self.blocks else ".-+*#"

    def bar(self, share: float, width: int) -> str:
        """Draw a share of a width; what is not nothing can be seen."""
        eighths = round(max(0.0, min(share, 1.0)) * width * 8)
        eighths = max(eighths, 1) if share > 0 else 0
        if not self.blocks:
            return "#" * max(eighths // 8, min(eighths, 1))
        return "█" * (eighths // 8) + _BLOCKS[eighths % 8].strip()


def draws_blocks(stream: TextIO, term: str) -> bool:
    """Tell whether a stream and a terminal (``$TERM``) can show blocks and shades."""
    if term in ("dumb", "unknown"):
        return False
    try:
        f"{_BLOCKS}·░▒▓█".encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def fitted(text: str, width: int) -> str:
    """Cut or fill a text to so many columns; what is cut off is marked.

    >>> fitted("清源市民政局", 8), fitted("民政局", 8)
    ('清源市… ', '民政局  ')
    """
    text = plain(
        " ".join(text[: width + 1].split()) if len(text) > width else " ".join(text.split())
    )
    wide = cells(text)
    if wide > width:
        kept, wide = "", 1
        for letter in text:
            if wide + cells(letter) > width:
                break
            kept, wide = kept + letter, wide + cells(letter)
        text = f"{kept}…" if width > 0 else ""
    return text + " " * (width - wide)


def label_width(labels: Sequence[str], width: int, others: int = 0) -> int:
    """Return how wide a column of labels is to be: as wide as they are, within bounds.

    ``others`` is what the numbers beside it need: where there is little room, a name that can be
    told from others is worth more than a bar.
    """
    widest = max((cells(plain(each[:_WIDEST_LABEL])) for each in labels), default=0)
    room = width - others if width < _NARROW else width * 2 // 5
    return max(4, min(widest, _WIDEST_LABEL, room))


def bars(
    counts: Sequence[Count], total: int, pen: Pen, name: Callable[[str], str] = str
) -> Iterator[Line]:
    """Draw a bar for each count: its name, the bar, the number, its share of the total."""
    labels = [NOT_SAID if each.name is None else name(each.name) for each in counts]
    most = max((each.replies for each in counts), default=0)
    number = len(f"{most:,}")
    label = label_width(labels, pen.width, number + 1)
    room = pen.width - label - number - 1
    shown = 7 if room >= 7 else 0
    bar = min(room - shown - 1, _WIDEST_BAR)
    for each, words in zip(counts, labels, strict=True):
        drawn = pen.bar(each.replies / most if most else 0, bar) if bar >= _LEAST_BAR else ""
        dim = "dim" if each.name is None or each.name == "" else ""
        line: list[Piece] = [(fitted(words, label), dim)]
        if bar >= _LEAST_BAR:
            line.append((f" {fitted(drawn, bar)}", "cyan"))
        line.append((f" {each.replies:>{number},}", "bold"))
        if shown:
            line.append((f" {each.replies / total:6.1%}" if total else "", "dim"))
        yield tuple(line)


def heat_map(
    months: Sequence[Month], most: int, pen: Pen, seen_on: str | None = None
) -> Iterator[Line]:
    """Draw the replies of each source in each month; the newest months, where not all fit.

    ``most`` is how many sources have a row; the others share one.
    """
    if not months:
        return
    rows = _rows(months, most)
    label = label_width([*rows], pen.width, 1 + pen.width // 2)
    room = max(pen.width - label - 1, 1)
    shown = columns([each.month for each in months], seen_on, room)
    limits = levels(max(row.get(month, 0) for row in [*rows.values()][:most] for month in shown))
    yield (" " * (label + 1), ""), (_years(shown), "dim")
    for name, row in rows.items():
        line: list[Piece] = [(fitted(name, label), "" if name else "dim"), (" ", "")]
        for month in shown:
            at = level(row.get(month, 0), limits)
            line.append((pen.shades[at], _HEAT[at]))
        yield tuple(line)
    yield from _legend(limits, pen)
    around = {
        f"before {shown[0]} (更早)": sum(each.replies for each in months if each.month < shown[0]),
        f"after {shown[-1]} (更晚)": sum(each.replies for each in months if each.month > shown[-1]),
    }
    for when, replies in around.items():
        for words in wrapped(f"and {replies:,} {when}", pen.width) if replies else ():
            yield ((words, "dim"),)


def _rows(months: Sequence[Month], most: int) -> dict[str, dict[str, int]]:
    """Return the numbers of the largest sources by month, and those of all others together."""
    totals: defaultdict[str, int] = defaultdict(int)
    for each in months:
        totals[each.source] += each.replies
    order = sorted(totals, key=lambda name: (-totals[name], name))
    kept = set(order if len(order) <= most + 1 else order[:most])
    rest = f"{len(order) - len(kept)} others"
    rows: dict[str, dict[str, int]] = {name: {} for name in order if name in kept}
    for each in months:
        row = rows.setdefault(each.source if each.source in kept else rest, {})
        row[each.month] = row.get(each.month, 0) + each.replies
    return rows


def _years(months: Sequence[str]) -> str:
    """Return the years above their first months, as far as there is room."""
    line = ""
    for at, month in enumerate(months):
        is_first = month.endswith("-01") or (at == 0 and month < f"{month[:4]}-08")
        if is_first and at + 4 <= len(months):
            line = f"{line:{at}}{month[:4]}"
    return line


def _legend(limits: Sequence[int], pen: Pen) -> Iterator[Line]:
    """Explain the shades, on as many lines as they need."""
    line: list[Piece] = []
    lowest = used = 0
    for at, limit in enumerate((0, *limits)):
        said = f" {lowest:,}" if lowest == limit else f" {lowest:,}–{limit:,}"
        if line and used + len(said) + 3 > pen.width:
            yield tuple(line)
            line, used = [], 0
        apart = "  " if line else ""
        line += [(f"{apart}{pen.shades[at]}", _HEAT[at]), (said, "dim")]
        lowest, used = limit + 1, used + len(apart) + 1 + len(said)
    yield tuple(line)
