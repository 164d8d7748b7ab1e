"""What a crawl or a trial came to, drawn for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from replyarc.model import Outcome
from replyarc.report import ASIDE, ROWS, SAID, Checked, Report
from replyarc.screen.replies import both_names
from replyarc.screen.status import news
from replyarc.screen.terminal import plain

_WORDS: Final = {
    Outcome.NEW: "new",
    Outcome.CHANGED: "changed",
    Outcome.SAME: "unchanged",
    Outcome.ASIDE: "put aside",
    Outcome.GONE: "not there any more",
}
"""What a crawl brought; what failed is counted by what is waiting since."""


def summary(reports: Sequence[Report], where: str) -> RenderableType:
    """Draw what a crawl came to: a line a source, what is wrong under it, and where all is."""
    lines: list[RenderableType] = []
    for report in reports:
        lines.append(_headline(report))
        lines += [_note(text, style) for text, style in _notes(report)]
        lines += news(report.told or ())
    asked = counted(sum(report.requests for report in reports), "request")
    cost = f" · {asked} in all" if len(reports) > 1 else ""
    lines.append(Text(f"archive: {where}{cost}", style="dim"))
    return Group(*lines)


def interrupted(reports: Sequence[Report]) -> str:
    """Say what a crawl left that a signal ended."""
    left = {r.source: r.tally.failed + r.tally.pending for r in reports if r.tally}
    waiting = sum(left.values())
    said = []
    if waiting:
        said.append(f"{waiting:,} to ask in {counted(sum(map(bool, left.values())), 'source')}")
    if broken := [report.source for report in reports if report.interrupted]:
        said.append(f"{counted(len(broken), 'source')} not walked to the end")
    if unbegun := len(reports) - len(left):
        said.append(f"{counted(unbegun, 'source')} not begun")
    rest = f"; left: {', '.join(said)}" if said else ""
    return f"ended by a signal{rest}. The archive is whole, and the next crawl goes on from here."


def _headline(report: Report) -> Text:
    bad = report.blocked or report.is_wrong or report.problems
    line = Text("✗ " if bad else "✓ " if report.finished else "… ", style="red" if bad else "green")
    line.append(plain(report.source), style="bold")
    line.append(f"  {report.family}", style="default")
    for count in _counts(report):
        line.append(" · " + count, style="default")
    return line


def _counts(report: Report) -> Iterable[str]:
    """Say what the site announces, what of it is held, and what this crawl brought."""
    yield counted(report.pages, "page")
    told, tally = report.announced, report.tally
    yield f"listed {report.listed:,}" if told is None else f"announced {told:,}"
    left_out = {why: n for why, n in report.left_out.items() if why in ROWS}
    if tally is not None:
        yield f"archived {tally.archived:,}"
        left_out = left_out | dict(tally.left_out)
        others = {"failed": tally.failed, "to ask": tally.pending, "kept unread": tally.unread}
        yield from (f"{word} {number:,}" for word, number in others.items() if number)
    if left_out:
        reasons = ", ".join(
            why if len(left_out) == 1 else f"{n} {why}" for why, n in left_out.items()
        )
        yield f"left out {sum(left_out.values()):,} ({reasons})"
    brought = [f"{report.outcomes[each]:,} {word}" for each, word in _WORDS.items()]
    if report.gone_for_good:
        brought.append(f"{report.gone_for_good:,} confirmed to be gone")
    yield from [said for said in brought if not said.startswith("0 ")] or ["nothing new"]
    yield counted(report.requests, "request")


def checked(found: Checked, advice: Sequence[str]) -> RenderableType:
    """Draw what a trial of a source found, and what its configuration wants."""
    bad = found.blocked or found.findings or found.problems
    head = Text("✗ " if bad else "✓ ", style="red" if bad else "green")
    head.append(plain(found.source), style="bold").append(f"  {found.url}", style="default")
    drawn = Table.grid(padding=(0, 2))
    drawn.add_column(style="cyan", no_wrap=True)
    drawn.add_column(overflow="fold")
    for name, text in _checked_rows(found):
        drawn.add_row(name, Text(plain(text)))
    wants = [
        _note(line, "bold") for line in (["the configuration may say:", *advice] if advice else [])
    ]
    notes = [("blocked", found.blocked), *(("finding", each) for each in found.findings)]
    notes += [("failed", each) for each in found.problems]
    wrong = [_note(f"{word}: {text}", "red") for word, text in notes if text]
    return Group(head, Padding(drawn, (0, 0, 0, 4)), *wrong, *wants)


def _checked_rows(found: Checked) -> Iterable[tuple[str, str]]:
    """Yield what a trial found, line by line."""
    second = {True: "brings new entries", False: "promised, and not there", None: "none"}
    yield "family", found.family + (f"; last crawl: {found.remembered}" if found.remembered else "")
    if not found.listed and not found.columns:
        return
    yield "announced", "—" if found.announced is None else f"{found.announced:,}"
    yield "pages", f"{found.pages or '—'}; the second: {second[found.goes_on]}"
    yield "first page", f"{found.listed} entries"
    for entry in found.entries:
        yield "", f"{entry.listed_on or '          '} {entry.title}"
    if left_out := [f"{n} {why}" for why, n in found.left_out.items() if why in ROWS]:
        yield "left out", ", ".join(left_out)
    if found.columns:
        yield "columns", "\n".join(found.columns)
    if found.read:
        known = [f"{both_names(name)} {n}" for name, n in found.filled.items()]
        yield f"of {found.read} replies", " · ".join(known)
        empty = [both_names(name) for name in SAID if not found.filled[name]]
        yield "in none", " · ".join(empty) or "—"
    if found.unread_labels:
        yield "unread labels", ", ".join(f"{name} ×{n}" for name, n in found.unread_labels.items())
    yield "requests", str(found.requests)


def counted(number: int, thing: str) -> str:
    """Say how many of a thing there are.

    >>> counted(1, "page"), counted(1200, "page")
    ('1 page', '1,200 pages')
    """
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _notes(report: Report) -> Iterable[tuple[str, str]]:
    if report.blocked:
        yield f"blocked: {report.blocked}", "red"
    if report.told is None:  # else they are among what is told
        yield from ((f"finding: {each}", "red") for each in report.findings)
    aside = [each for each in report.problems if each.startswith(ASIDE)]
    failed = [f"failed: {each}" for each in report.problems if not each.startswith(ASIDE)]
    shown = [*_shortened(failed), *_shortened(aside)]
    yield from ((each, "yellow") for each in shown)
    if report.rests and report.rests not in " ".join(shown):
        yield report.rests, "yellow"
    if report.since is not None:
        yield f"walked back to {report.since}, as --since asks; a crawl without it goes on", "dim"
    elif not report.finished and not report.would_take and report.pages and not report.blocked:
        yield "not walked to its end: the next crawl goes on from here", "yellow"
    if report.unread_labels:
        counted = ", ".join(f"{label} ×{n}" for label, n in report.unread_labels.most_common(8))
        yield f"unread labels: {counted}", "dim"
    yield from (
        (f"would ask: {entry.url}  {entry.title}", "default") for entry in report.would_take
    )


def _shortened(problems: Sequence[str], most: int = 5) -> list[str]:
    rest = len(problems) - most
    return [*problems[:most], f"… and {rest} more (--json lists all)"] if rest > 0 else [*problems]


def _note(text: str, style: str) -> RenderableType:
    return Padding(Text(plain(text), style=style), (0, 0, 0, 4))
