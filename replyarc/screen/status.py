"""How the sources are, drawn for people: what is archived, how the crawls went, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from replyarc.findings import Finding, Told
from replyarc.health.filling import ENOUGH, compared, share
from replyarc.health.judging import Health
from replyarc.health.telling import End, announced, end, family
from replyarc.instants import CHINA
from replyarc.report import SAID
from replyarc.screen.replies import both_names
from replyarc.screen.terminal import plain

SHOWN: Final = 14
"""Crawls of a source that are shown, the last of them at the right."""

FELL: Final = 0.2
"""By what share a field is filled less than before where it is shown."""

_MARKS: Final = {
    End.WHOLE: ("✓", "green"),
    End.SHORT: ("…", "yellow"),
    End.WRONG: ("✗", "red"),
    End.BROKEN: ("/", "dim"),
    End.RUNS: (">", "cyan"),
}


def told(
    sources: Sequence[Health], at: datetime, holds_since: datetime | None
) -> Iterator[RenderableType]:
    """Draw every source; those that are no longer configured come last, in a line each."""
    shown = [each for each in sources if each.is_configured]
    for each in shown:
        yield from _source(each, at, holds_since)
    if any(each.history.runs for each in shown):
        yield _legend(shown, holds_since)
    others = [each for each in sources if not each.is_configured]
    if others:
        yield Text("\nIn the archive, and not configured any more:", style="dim")
    for each in others:
        yield _indented(plain(" · ".join([each.source.name, *_counts(each)])), "dim", 2)


def wrong(sources: Sequence[Health]) -> Iterator[RenderableType]:
    """Draw only what is wrong: for a monitor."""
    for each in sources:
        if each.grave:
            yield _headline(each)
            yield from map(_finding, each.grave)


def news(findings: Sequence[Told]) -> Iterator[RenderableType]:
    """Draw what of the findings of a source a crawl says in full; the rest goes on, in a line.

    That the site turned it away, and in what it failed, it says itself.
    """
    itself = ("blocked", "failed")
    findings = [each for each in findings if each.is_over or each.finding.kind not in itself]
    for each in findings:
        if each.is_over:
            since = each.since.astimezone(CHINA)
            what = each.finding.text.partition(" What can be done")[0]
            over = f"no longer: {each.finding.kind} (since {since:%Y-%m-%d}): {what}"
            yield _indented(over, "green")
        elif each.is_said:
            word = "finding: " if each.finding.grave else "note: "
            yield _finding(replace(each.finding, since=each.since), word)
    lasting = [each for each in findings if not each.is_said]
    if lasting:
        first = min(each.since for each in lasting).astimezone(CHINA)
        number = "1 finding lasts" if len(lasting) == 1 else f"{len(lasting)} findings last"
        yield _indented(f"{number} (since {first:%Y-%m-%d}): see replyarc status", "dim")


def _source(health: Health, at: datetime, holds_since: datetime | None) -> Iterator[RenderableType]:
    yield _headline(health)
    history = health.history
    if history.runs:
        yield _indented(_last(health, at), "default")
        marks = Text("crawls ")
        for run in reversed(history.runs[:SHOWN]):
            mark, style = _MARKS[end(run, holds_since)]
            marks.append(mark, style=style)
        yield Padding(marks, (0, 0, 0, 4), expand=False)
    yield from map(_finding, health.findings)
    if fell := ", ".join(_fell(health)):
        yield _indented(f"filled less than before: {fell}", "dim")


def _headline(health: Health) -> Text:
    wrong = bool(health.grave)
    line = Text("✗ " if wrong else "✓ ", style="red" if wrong else "green")
    line.append(plain(health.source.name), style="bold")
    line.append(f"  {plain(family(health))}", style="default")
    for count in _counts(health):
        line.append(f" · {count}", style="default")
    return line


def _counts(health: Health) -> Iterator[str]:
    tally, number = health.history.tally, announced(health)
    if number is not None:
        yield f"announced {number:,}"
    yield f"archived {tally.archived:,}"
    others = {"failed": tally.failed, "to ask": tally.pending, "kept unread": tally.unread}
    yield from (f"{word} {each:,}" for word, each in others.items() if each)
    if health.history.newest:
        yield f"newest {health.history.newest}"


def _last(health: Health, at: datetime) -> str:
    """Say when the last crawl that came to its end did, and when the last one began."""
    history = health.history
    whole = history.whole_at
    last = history.runs[0]
    said = f"last whole crawl {_time(whole, at)}" if whole else "never crawled whole"
    if whole is None or last.ended_at != whole:
        said += f" · last crawl {_time(last.started_at, at)}"
    return said


def _time(then: datetime, at: datetime) -> str:
    """Return an instant in China's time, and how long ago that is."""
    return f"{then.astimezone(CHINA):%Y-%m-%d %H:%M}, {ago(at - then)}"


def ago(span: timedelta) -> str:
    """Say how long ago something was.

    >>> ago(timedelta(minutes=7)), ago(timedelta(hours=30)), ago(timedelta(days=3, hours=5))
    ('7 min ago', '30 h ago', '3 days ago')
    """
    minutes = max(0, int(span.total_seconds())) // 60
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 2 * 1440 else f"{minutes // 1440} days ago"


def _finding(finding: Finding, word: str = "") -> RenderableType:
    began = finding.since and f" (since {finding.since.astimezone(CHINA):%Y-%m-%d})"
    style = "red" if finding.grave else "yellow"
    return _indented(f"{word}{finding.kind}{began or ''}: {finding.text}", style)


def _fell(health: Health) -> Iterator[str]:
    """Say which fields are filled less, but for those of which there is a finding."""
    both = compared(health.history)
    known = {each.about for each in health.findings if each.kind == "drift"}
    if min(both.now.letters, both.before.letters) < ENOUGH:
        return
    for name in SAID:
        now, before = share(both.now, name), share(both.before, name)
        if name not in known and before - now >= FELL:
            yield f"{both_names(name)} {before:.0%} → {now:.0%}"


def _legend(shown: Sequence[Health], holds_since: datetime | None) -> RenderableType:
    """Explain the marks that are shown."""
    seen = {end(run, holds_since) for each in shown for run in each.history.runs[:SHOWN]}
    words = [f"{_MARKS[each][0]} {each}" for each in End if each in seen]
    return Text(f"crawls: {' · '.join(words)}; the last at the right. China's time", style="dim")


def _indented(words: str, style: str, by: int = 4) -> RenderableType:
    return Padding(Text(plain(words), style=style, overflow="fold"), (0, 0, 0, by), expand=False)
