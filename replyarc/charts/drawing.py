"""Charts as SVG: one by itself, or those of a report on one sheet.

matplotlib is loaded when something is drawn (extra ``charts``); its ``pyplot`` is not.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from replyarc.charts.fonts import lettering
from replyarc.charts.panels import MOST, PANELS, label, wide_of
from replyarc.figures import Statistics

if TYPE_CHECKING:
    from matplotlib.figure import Figure

REPORT: Final = ("years", "publishers", "days", "months")
"""The charts of a report, from above."""

_WIDTH: Final = 8.27  # inches: that of A4
_LETTER: Final = 8 / 72 / 2  # inches that half a Chinese letter is wide
_WIDEST: Final = 72  # columns of a title, two for a Chinese letter
_HEAD, _FOOT, _BETWEEN = 0.75, 0.45, 0.75
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def svg(told: Statistics, title: str = "", about: str = "") -> bytes:
    """Draw the charts of a report on one sheet, under a title; ``about`` says more of the replies.

    Raises ReplyarcError where matplotlib is not installed.
    """
    head = " · ".join(each for each in ("建议提案答复 Replies", title) if each)
    return _drawn(told, REPORT, head, about)


def chart(told: Statistics, name: str) -> bytes:
    """Draw one chart: years, publishers, days, months, or one of BREAKDOWNS.

    Raises KeyError for another name, and ReplyarcError where matplotlib is not installed.
    """
    return _drawn(told, (name,), "", "")


def _drawn(told: Statistics, names: Sequence[str], title: str, about: str) -> bytes:
    panels = [PANELS[name] for name in names]
    with lettering():
        from matplotlib.figure import Figure

        foot = _FOOT if title else 0.1
        head = _HEAD if title else 0.0
        height = head + foot + sum(high + _BETWEEN for _, _, high in panels)
        figure = Figure(figsize=(_WIDTH, height))
        _set(figure, told, names, height - head)
        if title:
            _write(figure, told, title, about, height)
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": "replyarc"})
    return _told(out.getvalue(), told, names, title)


def _set(figure: Figure, told: Statistics, names: Sequence[str], top: float) -> None:
    """Put the charts below each other, their labels in one margin.

    Its width is counted, not measured: where no font has Chinese letters, nothing can be.
    """
    widest = max((wide_of(each) for name in names for each in _labels(told, name)), default=0)
    left = max(0.6, widest * _LETTER + 0.25)
    whole = figure.get_figheight()
    for name in names:
        title, draw, high = PANELS[name]
        top -= high + _BETWEEN
        place = (left / _WIDTH, (top + 0.4) / whole, 1 - (left + 0.45) / _WIDTH, high / whole)
        axes = figure.add_axes(place)
        axes.set_title(title, loc="left", size=9, weight="bold")
        draw(axes, told)


def _labels(told: Statistics, name: str) -> list[str]:
    by = {"publishers": "publisher", "months": "source"}.get(name, name)
    if by in ("years", "days"):
        return []
    named = [each for each in told.by[by] if each.name is not None]
    return [label(each.name) for each in named[: MOST + 1]]


def _write(figure: Figure, told: Statistics, title: str, about: str, height: float) -> None:
    figure.text(0.04, 1 - 0.3 / height, label(title, _WIDEST), size=13, weight="bold", va="center")
    figure.text(0.04, 1 - 0.55 / height, " · ".join(facts(told, about)), size=8, va="center")
    figure.text(0.04, 0.15 / height, "replyarc", size=7, color="#666666")


def facts(told: Statistics, about: str = "") -> Iterator[str]:
    """Yield what is to be known of the figures: how many replies, of when, seen when."""
    yield f"{told.total:,} 件 replies"
    if about:
        yield label(about, _WIDEST)
    if told.since:
        yield f"{told.since} – {told.until}"
    if told.seen_on:
        yield f"数据截至 as of {told.seen_on}"


def _told(drawn: bytes, told: Statistics, names: Sequence[str], title: str) -> bytes:
    """Put into an SVG what it shows as words: for who cannot see it, and for who searches it."""
    head = title or PANELS[names[0]][0]
    words = "; ".join(each for name in names for each in _words(told, name))
    text = f"<title>{_plain(head)}</title><desc>{_plain(words)}</desc>"
    opened = re.search(rb"<svg [^>]*>", drawn)
    if opened is None:
        raise ValueError("matplotlib drew no <svg>")
    start = opened[0][:-1] + b' role="img">' + text.encode()
    return drawn[: opened.start()] + start + drawn[opened.end() :]


def _words(told: Statistics, name: str) -> Iterator[str]:
    if name == "days":
        if quartiles := told.publication.quartiles:
            yield f"中位数 median {quartiles[1]:g}"
        return
    by = {"years": "year", "publishers": "publisher", "months": "source"}.get(name, name)
    named = [each for each in told.by[by] if each.name is not None]
    unnamed = [each for each in told.by[by] if each.name is None]
    for each in (*named[: MOST + 1], *unnamed):
        yield f"{label(each.name)} {each.replies:,}"


def _plain(text: str) -> str:
    return escape(_CONTROL.sub("", text))
