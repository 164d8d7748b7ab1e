"""``inspect``: what would be read from one page, and from where on it. Nothing is saved."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from replyarc.cli.invocation import Invocation, complain
from replyarc.errors import ConfigError, ReplyarcError

if TYPE_CHECKING:
    from replyarc.evidence import Extracted
    from replyarc.model import Response, Source

_UNKNOWN = "http://unknown.invalid/"  # the address of a file whose address nobody told (RFC 6761)


def inspect(
    ctx: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="FILE|URL", help="A saved page, an address, or - for stdin.")
    ],
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="The address that a saved page had."),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--source",
            metavar="NAME",
            help="Read it as a page of this source, with its labels and selectors; "
            "else of the source with its host, if there is one.",
        ),
    ] = None,
    title: Annotated[
        str, typer.Option(metavar="TITLE", help="The title under which a listing leads to it.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
) -> None:
    """Show what would be read from one page, and where each value stands on it.

    An address is asked for once, as politely as in a crawl; nothing is saved.
    Values come with their rule, their label and what is printed; then follow
    the charset, the bounds of the letter, what warns of it, and the labels
    that nobody reads.
    """
    from replyarc.screen import terminal
    from replyarc.screen.why import inspected

    invocation: Invocation = ctx.obj
    is_address = what.startswith(("http://", "https://"))
    address = what if is_address else url or _UNKNOWN
    source = _source(invocation, name, address, needed=is_address or name is not None)
    answer = _asked(invocation, source, address) if is_address else _saved(what, address)
    found = _found(answer, source, title)
    if as_json:
        terminal.print_json({"schema": 1, **found})
    else:
        terminal.show(inspected(found))


def _source(invocation: Invocation, name: str | None, address: str, *, needed: bool) -> Source:
    """Return the source as a page of which this one is read.

    Raises ConfigError where a configuration is needed and there is none.
    """
    from replyarc.cli.crawling import chosen
    from replyarc.model import Source

    nobody = Source(name="inspect", publisher="", urls=(address,))
    try:
        sources = invocation.settings().sources
    except ConfigError:
        if needed or invocation.config:
            raise
        return nobody
    if name is not None:
        return chosen(sources, [name], "--source")[0]
    host = urlsplit(address).hostname
    same = (each for each in sources for at in each.urls if urlsplit(at).hostname == host)
    return next(same, nobody)


def _saved(what: str, address: str) -> Response:
    """Return a saved page as if it had come from its address."""
    from replyarc.model import Request, Response

    try:
        body = sys.stdin.buffer.read() if what == "-" else Path(what).read_bytes()
    except OSError as error:
        complain(f"{what}: cannot be read: {error.strerror}. Name a saved page, or an address")
        raise typer.Exit(2) from None
    return Response(
        request=Request(address),
        url=address,
        status=200,
        headers=(),
        body=body,
        fetched_at=datetime.now(UTC),
    )


def _asked(invocation: Invocation, source: Source, address: str) -> Response:
    """Ask for a page as a crawl would."""
    from replyarc.fetch.client import Fetcher
    from replyarc.model import Request
    from replyarc.screen.progress import Progressing

    settings = invocation.settings()

    async def ask() -> Response:
        with Progressing(quiet=invocation.quiet, verbose=invocation.verbose) as progress:
            async with Fetcher(settings.manners, on_wait=progress.wait) as fetcher:
                return await fetcher.for_source(source)(Request(address))

    return asyncio.run(ask())


def _found(answer: Response, source: Source, title: str) -> dict[str, Any]:
    from replyarc.export.flat import as_json
    from replyarc.text.charset import decoded

    read = _read(answer, source, title)
    text = decoded(answer.body, answer.header("content-type"), source.charset)
    charset = {"codec": text.codec, "believed": text.believed, "said": dict(text.said)}
    reply = as_json(replace(read.reply, answered_by=read.reply.answered_by or None))
    return {
        "url": answer.url,
        "charset": {**charset, "lost": text.lost},
        "reply": reply,
        **read.notes(),
        "letter": asdict(read.letter),
        "further": list(read.further),
    }


def _read(answer: Response, source: Source, title: str) -> Extracted:
    """Read a page, or a file that came in its place."""
    from replyarc.attached.apart import read_apart
    from replyarc.attached.kinds import READABLE_AS_PAGE, kind_of
    from replyarc.extract.reply import extract, extract_file
    from replyarc.model import Entry
    from replyarc.page import page_of

    entry = Entry(answer.url, title)
    if kind_of(answer.body) in READABLE_AS_PAGE:
        return extract(page_of(answer, source), entry, source)
    name = answer.url.rpartition("/")[2]
    said = read_apart(answer.body, name)
    if said.text is None:
        raise ReplyarcError(f"{answer.url}: {said.problem}")
    return extract_file(answer.url, Entry(answer.url, title or name), source, said.text.split("\n"))
