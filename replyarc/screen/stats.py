"""The report of ``stats`` on a terminal: bars, gaps, days, edits, absences, a heat map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from replyarc.figures import (
    BREAKDOWNS,
    NOT_SAID,
    SECTIONS,
    Count,
    Delay,
    Event,
    Statistics,
    shortened,
)
from replyarc.gaps import Numbers, in_words
from replyarc.reckoning import LATEST
from replyarc.screen.ink import Line, cells, wrapped
from replyarc.screen.plain import plain
from replyarc.screen.replies import HEADINGS, both_names
from replyarc.screen.stats_bars import Pen, bars, fitted, heat_map, label_width
from replyarc.seats import session_in_words

_SECTIONS: Final = {**SECTIONS, "months": ("月份与来源", "replies by month and source")}
_SHOWN: Final = ("year", "kind", "publisher", "session", "class", "region", "source")
_MOST: Final = 15
_FEW: Final = 5
_WIDEST_TITLE: Final = 80
_ALL: Final = 1_000_000

Name = Callable[[str], str]


def report(told: Statistics, pen: Pen, about: str = "", region: Name = str) -> Iterator[Line]:
    """Draw all of it, the longer parts shortened; ``about`` says which replies it is about."""
    yield from _head(told, about, pen)
    for by in _SHOWN:
        if by not in ("class", "region") or told.by[by][0].name is not None:
            yield from _breakdown(told, by, pen, _MOST, region)
    for section in _SECTIONS:
        yield from _section(told, section, pen, full=False)


def part(
    told: Statistics, by: str, pen: Pen, about: str = "", region: Name = str
) -> Iterator[Line]:
    """Draw one part in its full length: one of BREAKDOWNS or of SECTIONS."""
    yield from _head(told, about, pen)
    if by in BREAKDOWNS:
        yield from _breakdown(told, by, pen, _ALL, region)
        if by == "month":
            yield from _section(told, "months", pen, full=True)
    else:
        yield from _section(told, by, pen, full=True)


def _head(told: Statistics, about: str, pen: Pen) -> Iterator[Line]:
    when = f"{told.since} – {told.until}" if told.since else "no days (无日期)"
    words = [f"{_replies(told.total)} (答复)", about, when]
    if told.seen_on:
        words.append(f"last seen (最近) {told.seen_on}")
    yield from _text(" · ".join(each for each in words if each), pen, "bold")


def _heading(chinese: str, english: str, pen: Pen) -> Iterator[Line]:
    yield ()
    yield from _text(f"{chinese}  {english}", pen, "bold")


def _breakdown(told: Statistics, by: str, pen: Pen, most: int, region: Name) -> Iterator[Line]:
    chinese, english = BREAKDOWNS[by]
    yield from _heading(chinese, english, pen)
    counts: Sequence[Count] = told.by[by]
    others, number = None, 0
    if by not in ("year", "month"):
        counts, others, number = shortened(counts, most)
    named = region if by == "region" else str
    yield from bars(counts, told.total, pen, named)
    if others:
        yield from _text(f"others {others.replies:,} in {number:,} (其余)", pen, "dim")


def _section(told: Statistics, name: str, pen: Pen, *, full: bool) -> Iterator[Line]:
    drawn: Mapping[str, Callable[[], Iterable[Line]]] = {
        "gaps": lambda: _gaps(told, pen, full=full),
        "days": lambda: _days(told, pen, full=full),
        "edited": lambda: _edited(told, pen, full=full),
        "gone": lambda: _gone(told, pen, full=full),
        "months": lambda: heat_map(told.months, _ALL if full else _MOST, pen, told.seen_on),
    }
    lines = [*drawn[name]()]
    if lines:
        yield from _heading(*_SECTIONS[name], pen)
        yield from lines


def _gaps(told: Statistics, pen: Pen, *, full: bool) -> Iterator[Line]:
    order = sorted(told.numbers, key=lambda each: -each.held)
    shown = told.numbers if full else order[:_FEW]
    for each in shown:
        yield from _sitting(each, pen, full=full)
    if len(shown) < len(order):
        rest = len(order) - len(shown)
        yield from _text(f"and {rest:,} more: --by gaps has all, whole", pen, "dim")
    if shown:
        yield from _text(
            "Counted from 1 to the largest number held; where a session ends is not known. Not "
            "held means: not published, another office's, or not archived.",
            pen,
            "dim",
        )
    others = {
        "bear no number": told.unnumbered,
        "name no session (届次)": told.unplaced,
        "numbers could not be read": told.unread,
    }
    if rest_of := [f"{number:,} {words}" for words, number in others.items() if number]:
        yield from _text(f"Not in these: {' · '.join(rest_of)}", pen, "dim")


def sitting_in_words(each: Numbers) -> str:
    """Write whose numbers they are: 清源市人大 8届2次 建议."""
    of = each.sitting
    session = session_in_words(of.place, of.assembly, of.term, of.session)
    return " ".join(word for word in (session, of.kind, of.series) if word)


def _sitting(each: Numbers, pen: Pen, *, full: bool) -> Iterator[Line]:
    whole = f"held {each.held:,} of 1–{each.largest:,} ({each.share:.1%})"
    offices = "1 office" if each.publishers == 1 else f"{each.publishers} offices"
    yield from _text(f"{sitting_in_words(each)}: {whole}, {offices}", pen)
    spans = each.missing if each.is_dense else each.spans
    kept = spans if full else spans[:12]
    if kept:
        word, style = ("not held:", "yellow") if each.is_dense else ("held:", "green")
        more = f"… and {len(spans) - len(kept):,} more" if len(kept) < len(spans) else ""
        yield from _items([word, *f"{in_words(kept)} {more}".split()], pen, style)


def _items(items: Iterable[str], pen: Pen, style: str) -> Iterator[Line]:
    """Set words side by side, none of which is torn: 90–94 is one."""
    line = " "
    for item in items:
        if cells(line) + 1 + cells(item) > pen.width and line.strip():
            yield ((line, style),)
            line = " "
        line += f" {item}"
    yield ((line, style),)


def _days(told: Statistics, pen: Pen, *, full: bool) -> Iterator[Line]:
    publication = told.publication
    if not publication.quartiles:
        if told.total:
            yield from _text("No letter bears both days (无日期可比).", pen, "dim")
        return
    quarter, median, three = (f"{each:g}" for each in publication.quartiles)
    yield from _text(
        f"{_replies(publication.replies)}: half within {median} days (中位数), a quarter within "
        f"{quarter}, three quarters within {three}",
        pen,
    )
    share = publication.late / publication.replies
    late = f"after more than {publication.late_after} days: {publication.late:,} ({share:.1%})"
    yield from _text(late, pen, "yellow" if publication.late else "green")
    apart = {
        "bear a date after their publication": publication.before,
        "lack one of the two days": publication.unknown,
    }
    if words := [f"{number:,} {what}" for what, number in apart.items() if number]:
        yield from _text(f"Not in these: {' · '.join(words)}", pen, "dim")
    yield from _delays(publication.publishers, pen, _ALL if full else _MOST)


def _delays(delays: Sequence[Delay], pen: Pen, most: int) -> Iterator[Line]:
    shown = delays[:most]
    label = label_width([each.publisher or NOT_SAID for each in shown], pen.width, 15)
    room = pen.width - label
    numbers = room >= 25
    if room < 15 or label < 8:
        return
    heads = f"{'median':>8}{'late':>7}" + (f"{'replies':>10}" if numbers else "")
    yield (fitted("答复单位", label), "dim"), (heads, "dim")
    for each in shown:
        share = each.late / each.replies
        told = f"{each.median:>8g}{share:>7.0%}" + (f"{each.replies:>10,}" if numbers else "")
        yield (fitted(each.publisher or NOT_SAID, label), ""), (told, "")
    if len(shown) < len(delays):
        yield from _text(f"and {len(delays) - len(shown):,} more: --by days", pen, "dim")


def _edited(told: Statistics, pen: Pen, *, full: bool) -> Iterator[Line]:
    edited = told.edited
    if not edited.replies:
        return
    share = edited.replies / told.total
    yield from _text(
        f"{_replies(edited.replies)} ({share:.1%}) edited, {_times(edited.changes)} in all; "
        "what changed:",
        pen,
    )
    counts, _, _ = shortened(edited.fields, _ALL if full else _MOST)
    yield from bars(counts, edited.changes, pen, both_names)
    yield from _events(edited.latest, pen, LATEST if full else _FEW)


def _gone(told: Statistics, pen: Pen, *, full: bool) -> Iterator[Line]:
    gone = told.gone
    if not gone.replies:
        return
    share = gone.replies / told.total
    days = dict.fromkeys(day for day in (gone.first, gone.last) if day)
    yield from _text(
        f"{_replies(gone.replies)} ({share:.1%}) gone, found so {' – '.join(days)}",
        pen,
    )
    counts, others, number = shortened(gone.sources, _ALL if full else _FEW)
    yield from bars(counts, gone.replies, pen)
    if others:
        yield from _text(f"others {others.replies:,} in {number:,} (其余)", pen, "dim")
    yield from _events(gone.latest, pen, LATEST if full else _FEW)


def _replies(number: int) -> str:
    return "1 reply" if number == 1 else f"{number:,} replies"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


def _events(events: Sequence[Event], pen: Pen, most: int) -> Iterator[Line]:
    """List what happened last, a line each where there is room, else two."""
    for each in events[:most]:
        head = f"{each.day}  {plain(each.id)}  "
        changed = "、".join(HEADINGS.get(name, name) for name in each.fields)
        room = pen.width - cells(head) - cells(changed) - 2
        if room >= 12:
            title = fitted(each.title, min(room, _WIDEST_TITLE))
            yield (head, "dim"), (title, ""), (f"  {changed}", "cyan")
        else:
            yield from _text(f"{head}{each.title[: _FEW * 20]} {changed}", pen)


def _text(text: str, pen: Pen, style: str = "", by: int = 0) -> Iterator[Line]:
    for at, line in enumerate(wrapped(plain(" ".join(text.split(" "))), max(pen.width - by, 2))):
        yield ((" " * (by if at or by else 0) + line, style),)
