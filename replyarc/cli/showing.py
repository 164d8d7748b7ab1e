"""What ``show`` does with the one reply that was found; light, for whoever has little time.

Nothing slow is imported before it is needed: the shortest way to a card goes through here too.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TextIO

from replyarc.cli.exit_codes import DONE, NOTHING_FOUND, USAGE

if TYPE_CHECKING:
    from replyarc.archive.store import Archive
    from replyarc.evidence import Attached
    from replyarc.model import Reply
    from replyarc.screen.card import Seen

Said = Mapping[str, Any]
"""A reply under the contract's keys."""

_LONGEST: Final = 50
"""Of how many characters a key is at the most that is looked for in letters too."""

_OBEYED: Final = frozenset({*range(32), 127} - set(b"\t\n\v\f\r"))
"""Bytes that no page of text has, and that a terminal may obey."""


def card_text(
    said: Said,
    headings: Mapping[str, str],
    seen: Sequence[Seen],
    versions: int,
    others: Sequence[Said],
    out: TextIO,
) -> str:
    """Return the card of a reply as it is written on a stream: as wide as that, in its colours."""
    from replyarc.screen.card import card
    from replyarc.screen.ink import columns, inked

    return inked(card(said, headings, seen, versions, others, columns(out)), out)


def letter_text(said: Said, out: TextIO) -> str:
    """Return the letter alone: as it is archived, but on a terminal with nothing it obeys."""
    from replyarc.screen.plain import plain

    text = f"{said['text']}\n" if said["text"] else ""
    return plain(text) if out.isatty() else text


def draw(reply: Reply, archive: Archive) -> None:
    """Draw one reply on stdout."""
    from replyarc.archive.proposals import others
    from replyarc.export.flat import as_json
    from replyarc.instants import utc
    from replyarc.screen.replies import HEADINGS

    seen = [
        (each.url, utc(each.first_seen_at), utc(each.last_seen_at))
        for each in archive.sightings(reply.id)
    ]
    also = [as_json(other) for other in others(archive, reply)]
    versions = len(archive.versions(reply.id))
    sys.stdout.write(card_text(as_json(reply), HEADINGS, seen, versions, also, sys.stdout))
    sys.stdout.flush()


def show_letter(reply: Reply) -> int:
    """Print the letter alone; return the exit code."""
    from replyarc.export.flat import as_json
    from replyarc.screen.terminal import say

    text = letter_text(as_json(reply), sys.stdout)
    if not text:
        say(f"replyarc: no letter could be read on its page: replyarc show {reply.id} --files")
        return NOTHING_FOUND
    sys.stdout.write(text)
    return DONE


def show_bytes(reply: Reply, archive: Archive) -> int:
    """Write the bytes that a reply was read from; return the exit code.

    What is no text does not go to a terminal, which might obey it.
    """
    from replyarc.screen.terminal import say

    body = archive.body(reply.sha256)
    if sys.stdout.isatty() and not _OBEYED.isdisjoint(body):
        say(
            f"replyarc: the page is no plain text ({len(body):,} bytes), and a terminal might obey "
            f"it. Put it into a file: replyarc show {reply.id} --raw > FILE",
            style="red",
        )
        return USAGE
    sys.stdout.flush()
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()
    return DONE


def show_citation(reply: Reply, style: str, *, as_json: bool) -> int:
    """Print a reply as a citation, with JSON as CSL-JSON; return the exit code.

    It was accessed when the archive last saw it as it is.
    """
    from replyarc.export.flat import as_json as flat

    sys.stdout.write(citation(flat(reply), "csl-json" if as_json else style))
    return DONE


def citation(said: Said, style: str = "gbt7714") -> str:
    """Return a reply as a citation, a line or lines."""
    from datetime import UTC, datetime

    from replyarc.export.citing import CITATIONS, seen_at
    from replyarc.screen.plain import plain

    return f"{plain(CITATIONS[style](said, seen_at(said) or datetime.now(UTC)))}\n"


def show_site(reply: Reply) -> int:
    """Print the address of a reply and open it in the browser; return the exit code.

    Only the web is opened: neither a file nor a script.
    """
    import webbrowser

    from replyarc.screen.plain import UNSAFE, plain
    from replyarc.screen.terminal import say
    from replyarc.text.web import is_web

    sys.stdout.write(f"{plain(reply.url)}\n")
    sys.stdout.flush()
    if not is_web(reply.url) or UNSAFE.search(reply.url):
        say("replyarc: that is no address of the web, and is not opened.", style="red")
        return USAGE
    if reply.gone_at:
        say(f"Its site has it no more; what is archived: replyarc show {reply.id}", style="yellow")
    try:
        opened = webbrowser.open(reply.url)
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        say("replyarc: no browser was found here. The address is above.", style="yellow")
    return DONE


def show_values(reply: Reply, archive: Archive, *, why: bool, files: bool, as_json: bool) -> None:
    """Show where the values of a reply were read, and what the files say that it links to."""
    from replyarc.export.flat import as_json as flat
    from replyarc.screen.terminal import print_json

    if as_json:
        print_json(flat(reply) | _extra(reply, archive, why=why, files=files))
    else:
        _explain(reply, archive, why=why, files=files)


def _extra(reply: Reply, archive: Archive, *, why: bool, files: bool) -> dict[str, object]:
    """What ``--why`` and ``--files`` add to the JSON of a reply."""
    from dataclasses import asdict

    extra: dict[str, object] = {"why": archive.notes(reply.id)} if why else {}
    if files:
        extra["files"] = [
            {"name": name, "url": url, **(asdict(said) if said else {"problem": problem})}
            for name, url, said, problem in _texts(reply, archive)
        ]
    return extra


def _texts(reply: Reply, archive: Archive) -> list[tuple[str, str, Attached | None, str | None]]:
    files = archive.files
    return [
        (each.name, each.url, files.said(each.url), files.problem(each.url))
        for each in reply.attachments
    ]


def _explain(reply: Reply, archive: Archive, *, why: bool, files: bool) -> None:
    from rich.text import Text

    from replyarc.export.flat import as_json as flat
    from replyarc.screen import terminal
    from replyarc.screen.why import attached
    from replyarc.screen.why import why as drawn

    notes = archive.notes(reply.id) if why else None
    if notes:
        terminal.show(Text(terminal.plain(reply.title), style="bold"), drawn(flat(reply), notes))
    elif why:
        terminal.say("An older replyarc filed it, and did not note where its values stand.")
    if files and not reply.attachments:
        terminal.say("It links to no file.")
    terminal.show(*(attached(*each) for each in _texts(reply, archive) if files))


def say_what_is_near(key: str, archive: Archive) -> None:
    """Tell a person that nothing is named so, what comes near, and what to do next."""
    from replyarc.screen.terminal import say

    say(f"replyarc: no number, address, id or title has {key!r}.", style="red")
    near = archive.near(key)
    for reply in near:
        day = reply.published_on or reply.signed_on
        number = reply.index_number or reply.document_number
        told = (reply.id, day and day.isoformat(), number, reply.title)
        say(f"  near: {'  '.join(each for each in told if each)}")
    if near:
        say(f"  Show one by its id (编号): replyarc show {near[0].id}")
    if searched := _searched(key, archive):
        say(f"  Letters (正文) have it: {searched}")
    elif not near:
        say(
            "  `replyarc list` shows what there is; `replyarc search WORDS` looks into the letters."
        )


def _searched(key: str, archive: Archive) -> str | None:
    """Return the command that finds a key in letters; nothing where none has it."""
    from shlex import quote

    from replyarc.archive.fitting import total_hits
    from replyarc.archive.query import Query
    from replyarc.archive.words import read

    phrase = f'"{key}"'
    if len(key) > _LONGEST or not key.isprintable() or '"' in key:
        return None
    try:
        found = total_hits(archive, read(phrase), Query(), 1)
    except ValueError:
        return None
    return f"replyarc search {key if key.isalnum() else quote(phrase)}" if found else None
