"""All sources at once: hosts side by side, the sources of one host one after the other."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlsplit

from replyarc.archive.search import batches
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError
from replyarc.model import Fetch, Source
from replyarc.report import Report
from replyarc.walk import Plan, Walk, Watch, together


async def crawl(
    sources: Sequence[Source],
    fetch_for: Callable[[Source], Fetch],
    archive: Archive | None,
    plan: Plan,
    watch: Watch,
) -> tuple[list[Report], ArchiveError | None]:
    """Walk all sources; return a report for each, in order, and what went wrong with the archive.

    ``fetch_for`` gives each source its seam to the network. ``archive`` is ``None`` only in a dry
    run that has none to look into. A cancelled crawl (by a signal) returns as well: what was begun
    has been written down as unfinished, and its reports say so. A bug in one walk is raised when
    all the others have come to their end: else one odd page would end every crawl of every source.
    """
    walks = [Walk(source, fetch_for(source), archive, plan, watch) for source in sources]
    by_host: defaultdict[str, list[Walk]] = defaultdict(list)
    for walk in walks:
        by_host[urlsplit(walk.source.urls[0]).hostname or ""].append(walk)
    places = asyncio.Semaphore(plan.hosts)
    bugs: list[Exception] = []

    async def visit(host: Iterable[Walk]) -> None:
        async with places:
            for walk in host:
                try:
                    await walk.run()
                except ArchiveError:
                    raise
                except Exception as bug:
                    bug.add_note(f'in the walk of source "{walk.source.name}"')
                    bugs.append(bug)

    failure: ArchiveError | None = None
    try:
        await together(visit(host) for host in by_host.values())
    except ArchiveError as error:
        failure = error
    except asyncio.CancelledError:
        pass  # a signal asked us to end: the reports say how far we came
    if archive is not None and not plan.dry_run and failure is None:
        failure = await _index(archive)
    if bugs:
        raise bugs[0]
    return [walk.report for walk in walks], failure


async def _index(archive: Archive) -> ArchiveError | None:
    """Bring the full-text index up; a signal ends that too, after the batch that is under way."""
    try:
        for _ in batches(archive):
            await asyncio.sleep(0)  # signals come in here
    except asyncio.CancelledError:
        pass  # the next crawl goes on; what is not indexed is found all the same
    except ArchiveError as error:
        return error
    return None
