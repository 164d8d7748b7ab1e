"""``show``: it reads the archive and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from replyarc.cli import showing
from replyarc.cli.exit_codes import DONE, USAGE
from replyarc.cli.history import show_history
from replyarc.cli.invocation import NOTHING_FOUND, Invocation
from replyarc.model import Reply

if TYPE_CHECKING:
    from replyarc.archive.store import Archive


Key = Annotated[
    str | None,
    typer.Argument(
        metavar="KEY",
        help="An index number (索引号), a document number (文号; any brackets, widths, "
        "blanks), an address, an id, or a part of the title; former ones too.",
    ),
]
Cited = Annotated[
    str | None,
    typer.Option(
        metavar="WORDS",
        help="All that answers a proposal, as in 岳阳市八届人大一次会议第198号; without KEY.",
    ),
]
Why = Annotated[bool, typer.Option("--why", help="Where on the page each value was read.")]
WithFiles = Annotated[
    bool, typer.Option("--files", help="The text of the files it links to, where it is held.")
]
Raw = Annotated[bool, typer.Option("--raw", help="The bytes it was read from.")]
Letter = Annotated[bool, typer.Option("--text", help="The letter (正文) alone, as archived.")]
Cite = Annotated[
    bool,
    typer.Option("--cite", help="A citation (引用) by GB/T 7714-2015; with --json CSL-JSON."),
]
CiteAs = Annotated[
    str | None,
    typer.Option(metavar="STYLE", help="A citation in this style: gbt7714, bibtex, csl-json."),
]
Open = Annotated[bool, typer.Option("--open", help="Open its address in the browser.")]
WithHistory = Annotated[
    bool, typer.Option("--history", help="Its versions: what changed, when, and where.")
]


def show(
    ctx: typer.Context,
    key: Key = None,
    proposal: Cited = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    raw: Raw = False,
    text: Letter = False,
    why: Why = False,
    files: WithFiles = False,
    history: WithHistory = False,
    cite: Cite = False,
    cite_as: CiteAs = None,
    open_site: Open = False,
) -> None:
    """Show one reply; where the key fits several, list them."""
    forms = Forms(raw, text, why, files, history, style_of(cite, cite_as), open_site)
    check(key, proposal, forms, as_json=as_json)
    invocation: Invocation = ctx.obj
    with invocation.open_archive(read_only=True) as archive:
        if proposal is not None:
            from replyarc.cli.proposals import show_answers

            show_answers(proposal, archive, as_json=as_json)
            return
        found = _named(archive, key or "")
        if len(found) > 1:
            _show_several(found, key or "", as_json=as_json)
            code = USAGE if any(forms) else DONE
        else:
            code = _show_one(found[0], archive, forms, as_json=as_json)
    if code:
        raise typer.Exit(code)


class Forms(NamedTuple):
    """How a reply is to be shown, if not as a card."""

    raw: bool
    text: bool
    why: bool
    files: bool
    history: bool
    cite: str | None
    open: bool


def style_of(cite: bool, cite_as: str | None) -> str | None:
    """Return the style of citation that is asked for, if one is. Raises BadParameter."""
    from replyarc.export.citing import CITATIONS

    if cite_as is not None and cite_as not in CITATIONS:
        there_are = ", ".join(CITATIONS)
        raise typer.BadParameter(
            f"{cite_as!r} is no style of citations; there are {there_are}", param_hint="--cite-as"
        )
    return cite_as or ("gbt7714" if cite else None)


def check(key: str | None, proposal: str | None, forms: Forms, *, as_json: bool) -> None:
    """Raise BadParameter where the options of ``show`` exclude each other."""
    if (key is None) == (proposal is None) or (proposal and any(forms)):
        raise typer.BadParameter("give KEY, or --proposal WORDS alone (or with --json)")
    given = {
        "--raw": forms.raw,
        "--text": forms.text,
        "--why" if forms.why else "--files": forms.why or forms.files,
        "--history": forms.history,
        "--cite": forms.cite,
        "--open": forms.open,
    }
    names = [name for name, wanted in given.items() if wanted]
    if len(names) > 1:
        raise typer.BadParameter(f"{' and '.join(names)} are two ways to show a reply: give one")
    if as_json and names and names[0] in ("--raw", "--text", "--open"):
        raise typer.BadParameter(f"{names[0]} has no JSON: leave --json out")


def _named(archive: Archive, key: str) -> list[Reply]:
    """Return the replies that a key names; raises Exit where there is none, after what is near."""
    found = looked_up(archive, key)
    if not found:
        showing.say_what_is_near(key, archive)
        raise typer.Exit(NOTHING_FOUND)
    return found


def looked_up(archive: Archive, key: str) -> list[Reply]:
    """Return the replies that a key names; says so where it named them only formerly."""
    from replyarc.archive.past import look_up
    from replyarc.screen.terminal import say

    found = look_up(archive, key)
    if found.former:
        say(f"replyarc: found by a former {found.former}.", style="yellow")
    return found.replies


def _show_several(found: Sequence[Reply], key: str, *, as_json: bool) -> None:
    from replyarc.export.flat import as_json as flat
    from replyarc.screen import tables, terminal

    terminal.say(f"{len(found)} replies fit {key!r}; show one by its id (编号):")
    if as_json:
        terminal.print_json([flat(reply) for reply in found])
    else:
        tables.write(map(flat, found))


def _show_one(reply: Reply, archive: Archive, forms: Forms, *, as_json: bool) -> int:
    """Show one reply as it is wanted; return the exit code."""
    if forms.raw:
        return showing.show_bytes(reply, archive)
    if forms.text:
        return showing.show_letter(reply)
    if forms.cite:
        return showing.show_citation(reply, forms.cite, as_json=as_json)
    if forms.open:
        return showing.show_site(reply)
    if forms.history:
        show_history(reply, archive, as_json=as_json)
    elif as_json or forms.why or forms.files:
        showing.show_values(reply, archive, why=forms.why, files=forms.files, as_json=as_json)
    else:
        showing.draw(reply, archive)
    return DONE
