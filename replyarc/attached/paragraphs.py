"""Letters at their places on sheets -> paragraphs.

PDF and OFD files know no paragraphs: they say where each letter stands. A line goes on in the next
one if nothing more had room on it and the next one is not set in, as Chinese letters are printed
(GB/T 9704: two letters set in). Salutation, signature and day so stay lines of their own.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import hypot
from statistics import median
from typing import Final, NamedTuple

from replyarc.text.chinese import narrow, one_line, squeeze


class Letter(NamedTuple):
    """A letter: where it begins and ends along its line, how high the line is, how large it is."""

    x: float
    end: float
    y: float
    size: float
    text: str


class Sheet(NamedTuple):
    """A page: its width, and its letters by the way in which they run, upright ones as a rule."""

    width: float
    height: float
    letters: dict[tuple[int, int], list[Letter]]

    def note(
        self,
        text: str,
        place: tuple[float, float],
        along: tuple[float, float],
        advance: float,
        size: float,
    ) -> None:
        """Note a letter, turned so that its line runs from left to right.

        ``along`` is the way in which its line runs, as long as the letter's measures are stretched.
        Letters off the sheet are not noted, nor those aslant: marks laid across a page.
        """
        x, y = place
        stretch = hypot(*along)
        is_on = -1 <= x <= self.width + 1 and -1 <= y <= self.height + 1
        if not stretch or not is_on or min(map(abs, along)) > _SLANT * stretch:
            return
        way = round(along[0] / stretch), round(along[1] / stretch)
        start = x * way[0] + y * way[1]
        end = start + abs(advance) * stretch
        self.letters.setdefault(way, []).append(
            Letter(start, end, y * way[0] - x * way[1], size, text)
        )


class _Line(NamedTuple):
    x: float
    end: float
    y: float
    size: float
    text: str
    sheet: int


class _Column(NamedTuple):
    """Between which edges lines run, how far apart they are, and how large most letters are.

    ``slack`` is how much room a line may leave that goes on.
    """

    left: float
    right: float
    leading: float
    size: float
    slack: float


_SLANT: Final = 0.09  # more than five degrees
_DASH: Final = r"[-—–―─~·•.]{0,3}"
_PAGE_NUMBER: Final = re.compile(
    rf"{_DASH}(?:\d{{1,3}}|第\d{{1,4}}页(?:[,，/]?共\d{{1,4}}页)?|\d{{1,4}}/\d{{1,4}}"
    rf"|page\d{{1,4}}(?:of\d{{1,4}})?|{_DASH[:-5]}{{1,3}}\d{{1,4}}){_DASH}",
    re.IGNORECASE,
)
# What stands together at the beginning of a line: a word or number, or one letter; and what may
# not begin a line.
_PIECE: Final = re.compile(r"[（《“‘〔【\[(]{0,3}(?:[!-~]{1,60}|.)[，。、；：？！）》”’〕】]{0,3}")
# Signs that look like a letter and are not it. Some programs that print to PDF say them instead:
# Unicode has a radical beside each letter that is one.
_RADICALS: Final = (
    "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞"
    "⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟"
)
_SEEN_AS: Final = {
    **{sign: unicodedata.normalize("NFKC", chr(sign)) for sign in range(0x2F00, 0x2FD6)},
    **{ord(sign): letter for sign, letter in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)},
}


def read_paragraphs(sheets: Iterable[Sheet]) -> list[str]:
    """Read the paragraphs of these sheets, in the order in which a person reads them.

    Bare page numbers at the head or foot of a sheet are left out. Letters that run another way
    than most of their sheet come after it.
    """
    columns: dict[tuple[tuple[int, int], int], list[_Line]] = defaultdict(list)
    for at, sheet in enumerate(sheets):
        for way, letters in sorted(sheet.letters.items(), key=lambda item: -len(item[1])):
            lines = _without_number([line for row in _rows(letters) if (line := _line(row, at))])
            columns[way, round(sheet.width if way[0] else sheet.height)].extend(lines)
    return [
        paragraph
        for (_, width), lines in sorted(columns.items(), key=lambda item: -len(item[1]))
        for text in _joined(lines, width)
        if (paragraph := one_line(text.translate(_SEEN_AS)))
    ]


def _rows(letters: list[Letter]) -> Iterator[list[Letter]]:
    """Yield letters that stand on one line, the highest line first."""
    first, *others = sorted(letters, key=lambda letter: -letter.y)
    row = [first]
    for letter in others:
        if row[0].y - letter.y > 0.45 * max(letter.size, row[0].size):
            yield row
            row = []
        row.append(letter)
    yield row


def _line(row: list[Letter], sheet: int) -> _Line | None:
    """Return the line of these letters, None if all are blanks."""
    seen = sorted((letter for letter in row if letter.text.strip()), key=lambda letter: letter.x)
    if not seen:
        return None
    text, last = "", None
    for letter in sorted(row, key=lambda letter: letter.x):
        if last is not None:
            if letter.text == last.text and letter.x - last.x < 0.3 * letter.size:
                continue  # printed twice, a little aside, to look bold
            text += _between(last, letter)
        text += letter.text
        last = letter
    size = median(letter.size for letter in seen)
    end = max(letter.end for letter in seen)
    return _Line(seen[0].x, end, seen[0].y, size, text, sheet)


def _between(last: Letter, letter: Letter) -> str:
    """Return a blank where two letters stand apart that no blank is printed between."""
    words = (last.text + letter.text).isascii() and (last.text + letter.text).isalnum()
    return " " if letter.x - last.end > (0.22 if words else 0.6) * letter.size else ""


def _without_number(lines: list[_Line]) -> list[_Line]:
    for at in (-1, 0):
        if lines and _PAGE_NUMBER.fullmatch(squeeze(narrow(lines[at].text))):
            lines.pop(at)
    return lines


def _joined(lines: list[_Line], width: float) -> Iterator[str]:
    """Yield the paragraphs of lines that share their edges, on sheets so wide."""
    if not lines:
        return
    column = _column(lines, width)
    text = lines[0].text
    for line, following in pairwise(lines):
        if _goes_on(line, following, column):
            apart = line.text[-1:].isascii() and following.text[:1].isascii()
            letters = line.text[-1:].isalpha() and following.text[:1].isalpha()
            text += (" " if apart and letters else "") + following.text
        else:
            yield text
            text = following.text
    yield text


def _column(lines: list[_Line], width: float) -> _Column:
    size = median(line.size for line in lines)
    steps = [
        above.y - below.y
        for above, below in pairwise(lines)
        if above.sheet == below.sheet and above.y > below.y
    ]
    left = _edge([line.x for line in lines], size)
    set_in = sum(1.5 * size < line.x - left < 2.5 * size for line in lines)
    return _Column(
        left=left,
        # a few short lines show no edge
        right=max(-_edge([-line.end for line in lines], size), left + width / 2),
        leading=median(steps) if steps else 2 * size,
        size=size,
        # Where paragraphs are set in, that alone tells them; widths told of a font may be wrong.
        slack=(3 if set_in > 1 else 0.5) * size,
    )


def _edge(places: list[float], size: float) -> float:
    """Return the outermost place at which a tenth of the lines stand, and two."""
    places = sorted(places)
    enough = max(2, len(places) // 10)
    for at, place in enumerate(places):
        if bisect_right(places, place + 0.5 * size) - at >= enough:
            return place
    return places[0]


def _goes_on(line: _Line, following: _Line, column: _Column) -> bool:
    """Tell whether the paragraph of a line goes on in the following one."""
    if abs(line.size - following.size) > 0.1 * line.size:
        return False
    if line.sheet == following.sheet and line.y - following.y > 1.4 * column.leading:
        return False
    if _is_heading(line, column) and _is_heading(following, column):
        return True
    is_set_in = following.x > column.left + 1.2 * following.size
    is_aside = line.x > (column.left + column.right) / 2
    if is_set_in or is_aside:
        return False
    return column.right - line.end < _width(following) + column.slack


def _is_heading(line: _Line, column: _Column) -> bool:
    """Tell whether a line is larger than most and stands in the middle, as titles do."""
    middle = (column.left + column.right - line.x - line.end) / 2
    return line.size > 1.15 * column.size and abs(middle) < 1.5 * line.size


def _width(line: _Line) -> float:
    """Return the room that the first piece of a line takes, which cannot be parted."""
    piece = _PIECE.match(line.text.lstrip())
    return line.size * sum(0.5 if letter.isascii() else 1 for letter in piece[0]) if piece else 0
