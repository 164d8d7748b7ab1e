"""``show --history``: what a reply said over time, how it was read, when it was gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from replyarc.instants import china_day, utc
from replyarc.model import Reply

if TYPE_CHECKING:
    from rich.console import RenderableType

    from replyarc.archive.find import Sighting
    from replyarc.archive.looks import Run
    from replyarc.archive.past import Aside, Past, Says, Stage
    from replyarc.archive.store import Archive

RUNS: Final = 4
"""Times on the page that are told at the beginning, and at the end; --json has all."""


def show_history(reply: Reply, archive: Archive, *, as_json: bool) -> None:
    """Show the past of one reply on stdout."""
    from rich.text import Text

    from replyarc.archive.past import past
    from replyarc.screen import terminal

    known = past(archive, reply.id)
    if as_json:
        terminal.print_json(history_json(known))
        return
    terminal.show(Text(terminal.plain(reply.title), style="bold"), *_drawn(known))


def history_json(known: Past) -> dict[str, Any]:
    """Return the past of a reply as values of JSON."""
    return {
        "schema": 1,
        "id": known.id,
        "versions": _versions(known),
        "readings": [
            {
                "read_at": utc(each.read_at),
                "reader": each.reader,
                "url": each.url,
                "sha256": each.sha256,
                "changes": _changes(each.before, each.after),
            }
            for each in known.rereads
        ],
        "aside": [
            {"url": each.url, "sha256": each.sha256, "letters": each.letters, **_seen(each)}
            for each in known.aside
        ],
        "sightings": [
            {"url": each.url, "source": each.source, **_seen(each)} for each in known.sightings
        ],
        "gone": [
            {
                "url": each.url,
                "since": utc(each.since),
                "until": utc(each.until),
                "back_at": each.back_at and utc(each.back_at),
                "for_good": each.for_good,
            }
            for each in known.absences
        ],
    }


def _seen(each: Aside | Run | Sighting | Stage) -> dict[str, str]:
    return {
        "first_seen_at": utc(each.first_seen_at),
        "last_seen_at": utc(each.last_seen_at),
    }


def _versions(known: Past) -> list[dict[str, Any]]:
    from replyarc.text.differences import differences

    told = []
    before: Says | None = None
    for stage in known.stages:
        changed = {} if before is None else _changes(before, stage.says)
        letter = changed.get("text")
        steps = differences(letter["old"] or "", letter["new"] or "") if letter else []
        told.append(
            {
                "number": stage.number,
                "shown": stage.is_shown,
                **_seen(stage),
                "on_page": [{"url": run.url, **_seen(run)} for run in stage.runs],
                "addresses": list(stage.addresses),
                "sha256": stage.sha256,
                "changes": changed,
                "letter": [
                    {"sign": str(step.sign), "text": step.text, "sentences": step.times}
                    for step in steps
                ],
            }
        )
        before = stage.says
    return told


def _changes(before: Says, after: Says) -> dict[str, dict[str, Any]]:
    from replyarc.archive.past import changes

    return {name: {"old": old, "new": new} for name, (old, new) in changes(before, after).items()}


def _drawn(known: Past) -> Iterator[RenderableType]:
    yield from _drawn_versions(known)
    yield from _drawn_rereads(known)
    yield from _drawn_absences(known)


def _drawn_versions(known: Past) -> Iterator[RenderableType]:
    from rich.text import Text

    from replyarc.archive.past import changes
    from replyarc.screen.history import block
    from replyarc.screen.telling import span

    before: Says | None = None
    for stage in known.stages:
        seen = span(stage.first_seen_at, stage.last_seen_at)
        changed = None if before is None else changes(before, stage.says)
        shown = " · shown now" if stage.is_shown else ""
        lines = [*_on_page(stage), *([f"sha256 {stage.sha256}"] if stage.sha256 else [])]
        yield block(f"version {stage.number} · seen {seen}{shown}", lines, changed)
        before = stage.says
    for aside in known.aside:
        seen = span(aside.first_seen_at, aside.last_seen_at)
        what = f"seen {seen} · a letter of only {aside.letters:,} letters"
        if not aside.letters:
            what = f"fetched {seen} · no letter on the page; the archived one stays shown"
        yield block(f"put aside · {what}", [aside.url, f"sha256 {aside.sha256}"])
    if any(aside.may_be_taken for aside in known.aside):
        yield Text(
            f"`replyarc reread --shorter {known.id}` takes the short letter for right.", style="dim"
        )


def _on_page(stage: Stage) -> Iterator[str]:
    """Yield the addresses of a version, each with the times when it was there, if several."""
    from replyarc.screen.telling import span

    several = len(stage.addresses) > 1
    for url in stage.addresses:
        yield url
        runs = [span(run.first_seen_at, run.last_seen_at) for run in stage.runs if run.url == url]
        if several or len(runs) > 1:
            left_out = len(runs) - 2 * RUNS
            if left_out > 0:
                runs[RUNS:-RUNS] = [f"… {left_out:,} more times …"]
            yield "there " + ", ".join(runs)


def _drawn_rereads(known: Past) -> Iterator[RenderableType]:
    from replyarc.archive.past import changes
    from replyarc.screen.history import block

    for each in known.rereads:
        by = (
            f"by replyarc {each.reader}"
            if each.reader not in (None, "0")
            else "by an older replyarc"
        )
        changed = changes(each.before, each.after)
        head = (
            f"read again on {china_day(each.read_at)} {by}: {', '.join(changed) or 'nothing else'}"
        )
        yield block(head, [each.url, f"sha256 {each.sha256}"], changed)


def _drawn_absences(known: Past) -> Iterator[RenderableType]:
    from replyarc.screen.history import block
    from replyarc.screen.telling import span

    for each in known.absences:
        back = f" · back on {china_day(each.back_at)}" if each.back_at else ""
        gone = "gone" if each.for_good else "not there"
        yield block(f"{gone} · {span(each.since, each.until)}{back}", [each.url])
    seen = [
        f"{each.url}  {span(each.first_seen_at, each.last_seen_at)}" for each in known.sightings
    ]
    yield block("seen at", seen)
