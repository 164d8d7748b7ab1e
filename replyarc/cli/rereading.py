"""``reread``: the kept bytes read again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from replyarc.cli.invocation import NOTHING_FOUND, SOME_FAILED, Invocation, complain

if TYPE_CHECKING:
    from replyarc.archive.store import Archive
    from replyarc.config.load import Settings
    from replyarc.rereading import Change, Rereading, Summary, Unreadable

SHOWN: Final = 20
"""Replies of which it is shown what changed; --json has all."""


_Keys = Annotated[
    list[str] | None,
    typer.Argument(metavar="KEY", help="Only these replies; see `show`. Else all."),
]
_Source = Annotated[str | None, typer.Option(metavar="NAME", help="Only what this source brought.")]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", "-n", help="Say what would change; write nothing.")
]
_Shorter = Annotated[
    bool,
    typer.Option(
        "--shorter",
        help="Take letters that are read much shorter now for right; with KEY also the one "
        "that was put aside.",
    ),
]
_AsJson = Annotated[bool, typer.Option("--json", help="All that changes, as JSON.")]


def reread(
    ctx: typer.Context,
    key: _Keys = None,
    source: _Source = None,
    dry_run: _DryRun = False,
    shorter: _Shorter = False,
    as_json: _AsJson = False,
) -> None:
    """Read the archive again from its kept bytes, after rules changed; nothing is asked for.

    Ends with 4 where something cannot be read any more that could be before.
    """
    from replyarc.archive.lock import hold

    invocation: Invocation = ctx.obj
    settings = invocation.settings()
    with ExitStack() as stack:
        if not dry_run:
            stack.enter_context(hold(settings.archive))
        archive = stack.enter_context(invocation.open_archive(settings.archive, read_only=dry_run))
        _check(archive, settings, source)
        replies = _ids(archive, key, one=shorter) if key else None
        work = _begin(archive, settings, dry_run=dry_run, shorter=shorter)
        told = _Told(as_json=as_json, dry_run=dry_run, quiet=invocation.quiet)
        with _counting(archive, work, quiet=invocation.quiet or replies is not None):
            for each in work.run(source, replies):
                told.one(each)
        if not dry_run:
            _index(archive)
    told.end(work.summary)
    if shorter and replies and not (work.summary.accepted or work.summary.shorter):
        _say_none_is_aside()
    raise typer.Exit(SOME_FAILED if told.failed else 0)


def _say_none_is_aside() -> None:
    from replyarc.screen.terminal import say

    say("replyarc: no letter of it stands aside; `show KEY --history` has all that was seen.")


def _check(archive: Archive, settings: Settings, source: str | None) -> None:
    """Raise BadParameter for a source that neither the configuration nor the archive has."""
    from replyarc.archive.answers import archived_sources

    known = {each.name for each in settings.sources} | archived_sources(archive).keys()
    if source is not None and source not in known:
        there_are = ", ".join(sorted(known))
        raise typer.BadParameter(
            f"{source!r} is no source. There are: {there_are}.", param_hint="--source"
        )


def _ids(archive: Archive, keys: list[str], *, one: bool) -> list[str]:
    """Return the ids of the replies that are named; raises Exit where one names none.

    Raises BadParameter where ``one`` is wanted of each, and a key fits several.
    """
    from replyarc.cli.reading import looked_up

    found = {key: looked_up(archive, key) for key in keys}
    for key, replies in found.items():
        if not replies:
            complain(f"nothing in the archive has {key!r}. `replyarc list` shows what there is.")
            raise typer.Exit(NOTHING_FOUND)
        if one and len(replies) > 1:
            raise typer.BadParameter(
                f"{key!r} fits {len(replies)} replies. With --shorter name each by its id (编号); "
                "`replyarc show` lists them.",
                param_hint="KEY",
            )
    return [reply.id for replies in found.values() for reply in replies]


def _begin(archive: Archive, settings: Settings, *, dry_run: bool, shorter: bool) -> Rereading:
    from datetime import UTC, datetime

    from replyarc.rereading import Rereading

    at = datetime.now(UTC)
    return Rereading(archive, settings.sources, at, dry_run=dry_run, shorter=shorter)


@contextmanager
def _counting(archive: Archive, work: Rereading, *, quiet: bool) -> Iterator[None]:
    """Show how far it is, on a terminal."""
    from replyarc.archive.rereads import count
    from replyarc.screen.rereads import Counting

    with Counting(count(archive), quiet=quiet) as counting:
        work.watch = counting.watch
        yield


def _index(archive: Archive) -> None:
    """Bring the full-text index up to date with what changed."""
    from replyarc.archive.search import refresh

    refresh(archive)


class _Told:
    """Tells on stdout what changes, as it comes: nothing of it is kept."""

    def __init__(self, *, as_json: bool, dry_run: bool, quiet: bool) -> None:
        self.failed = 0
        self._as_json = as_json
        self._dry_run = dry_run
        self._quiet = quiet
        self._shown = 0

    def one(self, each: Change | Unreadable) -> None:
        """Tell one thing that is read otherwise now, or not at all."""
        from replyarc.rereading import Change

        if not isinstance(each, Change):
            self.failed += not each.was_unread
            if not self._as_json:
                self._complain(each)
        if self._as_json:
            self._write(_as_json(each))
        elif isinstance(each, Change) and not self._quiet:
            self._draw(each)

    def _complain(self, each: Unreadable) -> None:
        """Tell what cannot be read; in a few words where that is nothing new."""
        from replyarc.screen.terminal import say

        if not each.was_unread:
            complain(each.problem)
        elif not self._quiet:
            say(f"as before: {each.problem}", style="dim")

    def _write(self, value: dict[str, Any]) -> None:
        """Write one item of the list of changes, which is as long as it is."""
        from replyarc.screen.terminal import json_text

        head = '{"schema": 1, "changes": [\n' if not self._shown else ",\n"
        sys.stdout.write(head + json_text(value))
        self._shown += 1

    def _draw(self, each: Change) -> None:
        from replyarc.screen import rereads, terminal

        self._shown += 1
        if self._shown <= SHOWN:
            terminal.show(rereads.change(each.title, each.url, _note(each), each.fields))
        elif self._shown == SHOWN + 1:
            terminal.say("… and more: --json has all of them.")

    def end(self, summary: Summary) -> None:
        """Tell what it came to."""
        from replyarc.screen import rereads, terminal

        if self._as_json:
            head = "" if self._shown else '{"schema": 1, "changes": ['
            told = {"dry_run": self._dry_run, **_counts(summary)}
            sys.stdout.write(head + "],\n" + terminal.json_text(told).removeprefix("{\n") + "\n")
        elif not self._quiet:
            terminal.show(rereads.summary(_words(summary, self._dry_run), summary.fields))
        for name in sorted(summary.unconfigured):
            terminal.say(
                f"replyarc: source {name!r} is not in the configuration any more: read with what "
                "the archive knows of it, without options and labels.",
                style="yellow",
            )


def _note(each: Change) -> str:
    if each.was_unread:
        return "could not be read before"
    if each.was_aside:
        return "stood aside, is taken for right now"
    return "much shorter than before" if each.is_shorter else ""


def _as_json(each: Change | Unreadable) -> dict[str, Any]:
    told = asdict(each)
    if "fields" in told:
        told["fields"] = {
            name: {"old": old, "new": new} for name, (old, new) in told["fields"].items()
        }
    return told


def _counts(summary: Summary) -> dict[str, Any]:
    told = {each.name: getattr(summary, each.name) for each in fields(summary)}
    return told | {"fields": dict(summary.fields), "unconfigured": sorted(summary.unconfigured)}


def _words(summary: Summary, dry_run: bool) -> dict[str, int]:
    """Return the numbers of a summary in words."""
    would = "would be " if dry_run else ""
    return {
        "read": summary.read,
        "as before": summary.same,
        f"{would}changed": summary.changed,
        f"{would}readable now": summary.readable,
        "much shorter (put aside unless --shorter)": summary.shorter,
        f"{would}taken that stood aside": summary.accepted,
        "only noted otherwise where they were read": summary.noted,
        "not readable any more (left as they are)": summary.unreadable,
        "still without a letter": summary.still_unread,
        "redacted": summary.redacted,
    }
