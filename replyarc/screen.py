"""What a person sees: summaries, cards, tables and the progress of a crawl, drawn by rich.

Everything that comes from a site passes `plain` on its way to the screen and is never read as
markup, so a page can neither colour, move nor rename a terminal.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import IO, Final

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from replyarc.model import Outcome, Reply
from replyarc.report import ROWS, SAID, Checked, Report

_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
"""C0 but tab and newline, C1, and what has no width or turns the direction of writing."""

_WIDTH_OF_A_FILE: Final = 160

_HEADINGS: Final = {each.name: each.metadata["title"] for each in fields(Reply)}
_ON_CARD: Final = tuple(each.name for each in fields(Reply) if each.name not in {"title", "text"})
_WORDS: Final = {
    Outcome.NEW: "new",
    Outcome.CHANGED: "changed",
    Outcome.SAME: "unchanged",
    Outcome.GONE: "not there any more",
}
"""What a crawl brought; what failed is counted by what is waiting since."""


def plain(text: str) -> str:
    r"""Show what a terminal might obey as what it is.

    >>> plain("关于\x1b[2J的答复")
    '关于\\x1b[2J的答复'
    """
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def console(stream: IO[str]) -> Console:
    """Return a console that takes nothing for markup; wide where nothing bounds it."""
    width = None if stream.isatty() or "COLUMNS" in os.environ else _WIDTH_OF_A_FILE
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)


def json_text(value: object) -> str:
    """Write a value as JSON, Chinese left readable; what a terminal might obey is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_json(value: object) -> None:
    """Print a value as JSON on stdout."""
    sys.stdout.write(json_text(value) + "\n")


def say(message: str, *, style: str = "") -> None:
    """Tell a person something, on stderr, unbroken however narrow it is: it may go to a log."""
    console(sys.stderr).print(Text(plain(message), style=style), soft_wrap=True)


def show(*parts: RenderableType) -> None:
    """Draw on stdout."""
    out = console(sys.stdout)
    for part in parts:
        out.print(part)


def summary(reports: Sequence[Report], where: str) -> RenderableType:
    """Draw what a crawl came to: a line a source, what is wrong under it, and where all is."""
    lines: list[RenderableType] = []
    for report in reports:
        lines.append(_headline(report))
        lines += [_note(text, style) for text, style in _notes(report)]
    lines.append(Text(f"archive: {where}", style="dim"))
    return Group(*lines)


def _headline(report: Report) -> Text:
    bad = report.blocked or report.findings or report.problems
    line = Text("✗ " if bad else "✓ " if report.finished else "… ", style="red" if bad else "green")
    line.append(plain(report.source), style="bold")
    line.append(f"  {report.family}", style="default")
    for count in _counts(report):
        line.append(" · " + count, style="default")
    return line


def _counts(report: Report) -> Iterable[str]:
    """Say what the site announces, what of it is held, and what this crawl brought."""
    yield _counted(report.pages, "page")
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
    yield from [said for said in brought if not said.startswith("0 ")] or ["nothing new"]
    yield _counted(report.requests, "request")


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
        known = [f"{_HEADINGS[name]} {n}" for name, n in found.filled.items()]
        yield f"of {found.read} replies", " · ".join(known)
        empty = [_HEADINGS[name] for name in SAID if not found.filled[name]]
        yield "in none", " · ".join(empty) or "—"
    if found.unread_labels:
        yield "unread labels", ", ".join(f"{name} ×{n}" for name, n in found.unread_labels.items())
    yield "requests", str(found.requests)


def _counted(number: int, thing: str) -> str:
    """Say how many of a thing there are.

    >>> _counted(1, "page"), _counted(1200, "page")
    ('1 page', '1,200 pages')
    """
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _notes(report: Report) -> Iterable[tuple[str, str]]:
    if report.blocked:
        yield f"blocked: {report.blocked}", "red"
    yield from ((f"finding: {each}", "red") for each in report.findings)
    yield from ((f"failed: {each}", "yellow") for each in _shortened(report.problems))
    if not report.finished and not report.would_take:
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


def card(reply: Reply, said: Mapping[str, object], seen: Sequence[str]) -> RenderableType:
    """Draw one reply: its fields under their Chinese names, then the letter as a letter.

    ``said`` is the reply under the contract's keys; ``seen`` are all addresses it was seen at.
    """
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    for name in _ON_CARD:
        if said[name] not in (None, [], ""):
            grid.add_row(_HEADINGS[name], Text(plain(_flat(said[name]))))
    for url in seen:
        if url != reply.url:
            grid.add_row("另见", Text(plain(url)))
    letter = Text(plain(reply.text), overflow="fold")
    return Group(Text(plain(reply.title), style="bold"), grid, Panel(letter, box=box.HORIZONTALS))


def _flat(value: object) -> str:
    if isinstance(value, list):
        return "；".join(_flat(each) for each in value)
    if isinstance(value, dict):
        return " ".join(_flat(each) for each in value.values() if each not in (None, []))
    return str(value)


def table(replies: Iterable[Reply]) -> Table:
    """Draw replies as a table, a line each: day, who answers, number, title, id."""
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    drawn.add_column("发布日期", no_wrap=True)
    drawn.add_column("答复单位", overflow="fold", max_width=20)
    drawn.add_column("建议提案号", overflow="fold", max_width=12)
    drawn.add_column("标题", overflow="fold", ratio=1)
    drawn.add_column("编号", no_wrap=True, style="dim")
    for reply in replies:
        day = reply.published_on or reply.signed_on
        drawn.add_row(
            str(day or ""),
            Text(plain(reply.answered_by or "")),
            Text(plain("、".join(reply.proposal_numbers))),
            Text(plain(reply.title)),
            reply.id,
        )
    return drawn


class Progressing:
    """The progress of a crawl on stderr.

    A line a source that changes in place, on a terminal only; with ``verbose`` every step on a
    line of its own, wherever stderr goes; with ``quiet`` nothing.
    """

    def __init__(self, *, quiet: bool, verbose: bool = False) -> None:
        target = console(sys.stderr)
        self._verbose = verbose and not quiet
        self._lines = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            TextColumn("{task.fields[doing]}", markup=False),
            console=target,
            transient=True,
            disable=quiet or verbose or not target.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Progressing:
        self._lines.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.stop()

    def watch(self, report: Report, doing: str) -> None:
        """Show what a walk is doing; an empty ``doing`` ends its line."""
        pages, asked = _counted(report.pages, "page"), _counted(report.requests, "request")
        self._show(report.source, doing and f"{pages} · {asked} · {doing}")

    def wait(self, host: str, seconds: float, why: str) -> None:
        """Show that a host is waited for, and why."""
        self._show(host, f"waiting {seconds:.0f} s: {why}")

    def _show(self, name: str, doing: str) -> None:
        if self._verbose and doing:
            say(f"{name}: {doing}")
        if name not in self._tasks:
            self._tasks[name] = self._lines.add_task(plain(name), doing="")
        self._lines.update(self._tasks[name], doing=plain(doing), visible=bool(doing))
