"""``sources`` and ``discover``: which columns there are, known ones and those of a site."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from replyarc.cli.invocation import BLOCKED, NOTHING_FOUND, Invocation, complain
from replyarc.errors import ConfigError, Refused

if TYPE_CHECKING:
    from replyarc.catalogue.columns import Column
    from replyarc.discover import Discovery, Suggestion
    from replyarc.manners import Manners
    from replyarc.model import Source


def sources(
    ctx: typer.Context,
    region: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help="Only regions whose code (GB/T 2260) begins so: 42, 4201, 420100.",
        ),
    ] = "",
    family: Annotated[
        str, typer.Option(metavar="NAME", help="Only columns of this family, as in the README.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="The rows as JSON.")] = False,
) -> None:
    """List known columns of 建议提案 replies, as their addresses were published in public code.

    None of them was ever verified by replyarc. `replyarc init --region CODE` writes a
    configuration of those of a region.
    """
    from replyarc.catalogue.columns import NOTE, chosen, columns, provinces
    from replyarc.screen import terminal

    found = chosen(region=region, family=family)
    if as_json:
        rows = [asdict(column) for column in found]
        terminal.print_json({"schema": 1, "note": NOTE, "sources": rows})
    elif found:
        _show(found)
    if not ctx.obj.quiet:
        terminal.say(NOTE, style="dim")
    if not found:
        families = ", ".join(sorted({column.family for column in columns()}))
        complain(
            f"no known column fits. There are, by region: {provinces(columns())}; "
            f"by family: {families}."
        )
        raise typer.Exit(NOTHING_FOUND)


def _show(found: Sequence[Column]) -> None:
    from replyarc.screen.tables import Field, write

    def said(name: str) -> Callable[[Mapping[str, Any]], str]:
        return lambda row: row[name] or ""

    columns = (
        Field("title", "name", said("name"), 12, 40, whole=True, told=False),
        Field("site", "site", said("site"), 8, 24, told=False),
        Field("region", "region", said("region"), 6, 6),
        Field("family", "family", said("family"), 6, 12),
        Field("url", "address", _address_told, 28, 200, whole=True, told=False),
    )
    write(map(asdict, found), columns)


def _address_told(row: Mapping[str, Any]) -> str:
    why = f"(not usable: {row['reason']})" if row["reason"] else ""
    return " ".join(filter(None, (row["url"], why)))


def discover(
    ctx: typer.Context,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="The site's home page, or any page with its menu.")
    ],
    contact: Annotated[
        str | None,
        typer.Option(
            metavar="WHOM", help="Whom the site may write to, as mailto:you@university.example."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="What was found as JSON.")] = False,
) -> None:
    """Look for the columns of 建议提案 replies of a site, ready for replyarc.toml.

    Asks for a dozen pages at the most: home page, sitemap, 网站地图, 政府信息公开.
    Append what is printed to replyarc.toml; `replyarc check` tells whether it can be read.
    """
    from replyarc.model import Source
    from replyarc.screen import terminal

    invocation: Invocation = ctx.obj
    source = Source(name="discover", publisher="?", urls=(_address(url),))
    manners, configured = _manners(invocation, contact)
    try:
        said = _look(source, manners, invocation)
    except Refused as error:
        complain(error)
        raise typer.Exit(BLOCKED) from None
    blocks = _named(said, configured)
    if as_json:
        terminal.print_json(_as_json(said, blocks))
    else:
        sys.stdout.write("\n".join(_block(said, name, column) for name, column in blocks))
    _tell(said, blocks, quiet=invocation.quiet)
    if said.blocked:
        raise typer.Exit(BLOCKED)
    if not said.columns:
        raise typer.Exit(NOTHING_FOUND)


def _address(url: str) -> str:
    from replyarc.config.values import read_address

    try:
        return read_address(url)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="URL") from None


def _manners(invocation: Invocation, contact: str | None) -> tuple[Manners, tuple[Source, ...]]:
    """Return how the site is to be asked, and the sources that there are already.

    As the configuration says, with ``contact`` in the place of its own; where there is none, by
    the defaults. Raises ConfigError where nobody says whom the site may write to.
    """
    from replyarc.config.load import find, load
    from replyarc.config.values import read_contact
    from replyarc.listing.families import FAMILIES
    from replyarc.manners import Manners

    environ = dict(os.environ)
    if contact is not None:
        try:
            environ["REPLYARC_CONTACT"] = read_contact(contact)
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--contact") from None
    try:
        path = find(invocation.config, environ)
    except ConfigError:
        if contact is not None:
            return Manners(contact=environ["REPLYARC_CONTACT"]), ()
        raise ConfigError([_WHOM]) from None
    try:
        settings = load(path, FAMILIES, environ)
    except ConfigError as error:
        lacks = any("crawl.contact" in problem for problem in error.problems)
        raise ConfigError([*error.problems, *([_WHOM] if lacks else [])]) from None
    return settings.manners, settings.sources


_WHOM = (
    "a site must be told whom to write to. Put your contact into a configuration (replyarc init "
    "writes one), or give it for this once: replyarc discover --contact mailto:YOU URL"
)


def _look(source: Source, manners: Manners, invocation: Invocation) -> Discovery:
    from replyarc.discover import discover as look
    from replyarc.fetch.client import Fetcher
    from replyarc.model import RobotsFile
    from replyarc.report import Report
    from replyarc.screen.progress import Progressing

    files: dict[str, RobotsFile] = {}
    report = Report(source=urlsplit(source.urls[0]).hostname or "", family="auto")

    async def ask(progress: Progressing) -> Discovery:
        def watch(url: str) -> None:
            report.requests = fetcher.requests[source.name]
            progress.watch(report, f"asking {url}")
            report.pages += 1

        async with Fetcher(manners, robots_files=files, on_wait=progress.wait) as fetcher:
            return await look(source, fetcher.for_source(source), files, watch)

    with Progressing(quiet=invocation.quiet, verbose=invocation.verbose) as progress:
        return asyncio.run(ask(progress))


def _named(said: Discovery, configured: Sequence[Source]) -> list[tuple[str, Suggestion]]:
    """Give each column a name that no source has yet; leave out those that are sources already."""
    from replyarc.listing.naming import column_of, source_name

    taken = {source.name for source in configured}
    known = {column_of(url) for source in configured for url in source.urls}
    blocks: list[tuple[str, Suggestion]] = []
    for column in said.columns:
        if column_of(column.link.url) not in known:
            name = source_name(column.link.url, taken)
            taken.add(name)
            blocks.append((name, column))
    return blocks


def _publisher(said: Discovery, column: Suggestion) -> tuple[str | None, str | None]:
    """Return who answers and where: as the site says, but nobody for another host's column."""
    own = urlsplit(column.link.url).hostname == urlsplit(said.home).hostname
    return (said.publisher, said.region) if own else (None, None)


def _block(said: Discovery, name: str, column: Suggestion) -> str:
    from replyarc.catalogue.blocks import block

    link = column.link
    publisher, region = _publisher(said, column)
    below = [f"below it: {each.url} {each.name}".rstrip() for each in column.below]
    return block(
        name=name,
        publisher=publisher,
        region=region,
        family="auto",
        url=link.url,
        notes=(
            f"{link.name or 'a column'}: told {link.why}, on {column.page}",
            f"not verified; to try it: replyarc check {name}",
        ),
        below=below,
    )


def _as_json(said: Discovery, blocks: Sequence[tuple[str, Suggestion]]) -> dict[str, Any]:
    rows = []
    for name, column in blocks:
        publisher, region = _publisher(said, column)
        row = {"name": name, "publisher": publisher, "region": region, "family": "auto"}
        found = {"url": column.link.url, "column": column.link.name or None, "why": column.link.why}
        below = [{"url": each.url, "column": each.name or None} for each in column.below]
        rows.append({**row, **found, "found_on": column.page, "verified": False, "below": below})
    return {
        "schema": 1,
        "home": said.home,
        "asked": said.asked,
        "problems": said.problems,
        "blocked": said.blocked,
        "sources": rows,
    }


def _tell(
    said: Discovery,
    blocks: Sequence[tuple[str, Suggestion]],
    *,
    quiet: bool,
) -> None:
    """Say on stderr how the search went."""
    from replyarc.screen.terminal import say

    for problem in (*said.problems, *filter(None, [said.blocked])):
        complain(problem)
    pages = f"{len(said.asked)} page{'s' * (len(said.asked) != 1)}"
    if not said.columns:
        complain(
            f"{said.home}: no column of replies on {pages} asked for: no link named as "
            "建议提案办理 is, and no address as /jytabl/. Look for the column in a browser and put "
            "its address into url of a [[source]]."
        )
    elif not quiet:
        known = len(said.columns) - len(blocks)
        already = f" {known} of them in your configuration already." if known else ""
        say(
            f"{pages} asked for, {len(said.columns)} found, none verified.{already} Append what "
            "you want to replyarc.toml, then: replyarc check NAME"
        )
