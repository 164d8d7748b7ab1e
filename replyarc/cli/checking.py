"""``check``: ask a source a little, save nothing, and say what a crawl would find."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from replyarc.cli.crawling import chosen
from replyarc.cli.invocation import BLOCKED, FINDING, SOME_FAILED, Invocation

if TYPE_CHECKING:
    from replyarc.config.load import Settings
    from replyarc.model import Source
    from replyarc.report import Checked


def check(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="Only these sources; else all of them."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="What was found as JSON.")] = False,
) -> None:
    """Try sources: two listing pages and three replies of each, and nothing is saved.

    Says by which family a listing is read, what the site announces, which
    entries come first, which fields three replies fill, which labels nobody
    reads, and what the configuration may say. Of a source with several
    addresses the first is tried.
    """
    from replyarc.checking import advice
    from replyarc.screen import reports, terminal

    invocation: Invocation = ctx.obj
    settings = invocation.settings()
    sources = chosen(settings.sources, names or [], "NAME")
    remembered = _remembered(settings, sources)
    found = asyncio.run(_check_all(settings, [source.name for source in sources], invocation))
    for each in found:
        each.remembered = remembered.get(each.source)
    if as_json:
        terminal.print_json({"schema": 1, "sources": [each.as_json() for each in found]})
    else:
        for each, source in zip(found, sources, strict=True):
            terminal.show(reports.checked(each, advice(each, source)))
    raise typer.Exit(_exit_code(found))


def _remembered(settings: Settings, sources: Sequence[Source]) -> dict[str, str | None]:
    """Return the family by which the last crawl read each source, by the archive, if there is one.

    Raises ArchiveError where it cannot be read.
    """
    from replyarc.archive.store import Archive

    if not settings.archive.exists():
        return {}
    with Archive.open(settings.archive, read_only=True) as archive:
        return {source.name: archive.last_family(source.name) for source in sources}


async def _check_all(
    settings: Settings, names: Sequence[str], invocation: Invocation
) -> list[Checked]:
    from replyarc.checking import check as check_one
    from replyarc.fetch.client import Fetcher
    from replyarc.screen.progress import Progressing

    places = asyncio.Semaphore(settings.manners.hosts)
    with Progressing(quiet=invocation.quiet, verbose=invocation.verbose) as progress:
        async with Fetcher(settings.manners, on_wait=progress.wait) as fetcher:

            async def one(name: str) -> Checked:
                source = next(each for each in settings.sources if each.name == name)
                async with places:
                    checked = await check_one(source, fetcher.for_source(source))
                checked.requests = fetcher.requests[name]
                return checked

            return list(await asyncio.gather(*map(one, names)))


def _exit_code(found: Sequence[Checked]) -> int:
    """Return the exit code of the contract; where several apply, the gravest."""
    if any(each.blocked for each in found):
        return BLOCKED
    if any(each.findings for each in found):
        return FINDING
    return SOME_FAILED if any(each.problems for each in found) else 0
