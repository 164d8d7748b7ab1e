"""What the declarations of the commands say, as plain data: what help pages are made of."""

from __future__ import annotations

import inspect
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import typer

from replyarc.cli.commands import COMMANDS, EXIT_CODES, FILES, GROUPS, VARIABLES
from replyarc.cli.filters import FILTERS

_EXAMPLES: Final = Path(__file__).with_name("examples.txt")


class Example(NamedTuple):
    """A line that a person may type, and what it is for."""

    line: str
    gloss: str


class Entry(NamedTuple):
    """A line of a list: an option, an argument, a command, and what it says of it."""

    label: str
    text: str


class Declared(NamedTuple):
    """All that a page says: of a command, or of the program."""

    name: str
    usage: str
    sentence: str
    details: tuple[str, ...]
    examples: tuple[Example, ...]
    sections: dict[str, tuple[Entry, ...]]


@cache
def examples() -> dict[str, tuple[Example, ...]]:
    """Return the examples of each command; the program's stand under ``replyarc``."""
    found: dict[str, tuple[Example, ...]] = {}
    name, line = "", ""
    for written in _EXAMPLES.read_text("utf-8").splitlines():
        text, depth = written.strip(), len(written) - len(written.lstrip(" "))
        if not text or text.startswith("#"):
            continue
        if depth == 0:
            name = text
        elif depth == 4:
            line = text
        else:
            found[name] = (*found.get(name, ()), Example(line, text))
    return found


def program() -> Declared:
    """Return what the page of the program says."""
    from replyarc.cli.app import app, options

    made = typer.main.get_command(app)
    commands = {
        group: tuple(Entry(name, row.summary) for name, row in rows.items())
        for group, rows in GROUPS.items()
    }
    return Declared(
        name="replyarc",
        usage="replyarc [--config FILE] [--archive FILE] [-q] [-v] COMMAND …",
        sentence=(inspect.getdoc(options) or "").partition("\n\n")[0],
        details=("`replyarc COMMAND --help` says more of each command.",),
        examples=examples()["replyarc"],
        sections=commands
        | {"Options, before the command": _entries(made, option=True)["Options"]}
        | {"Exit codes": tuple(Entry(*each) for each in EXIT_CODES.items())}
        | {"Environment": tuple(Entry(*each) for each in VARIABLES.items())}
        | {"Files": tuple(Entry(*each) for each in FILES.items())},
    )


def of(name: str) -> Declared:
    """Return what the page of a command says."""
    from replyarc.cli.app import command

    made = command(name)
    sentence, *details = (made.help or "").split("\n\n")
    arguments = _entries(made, option=False)
    words = [_word(each) for each in made.params if _is_argument(each)]
    return Declared(
        name=name,
        usage=" ".join(["replyarc", name, *words, "[OPTIONS]"]),
        sentence=" ".join(sentence.split()),
        details=tuple(details),
        examples=examples().get(name, ()),
        sections=arguments | _entries(made, option=True),
    )


def every() -> tuple[Declared, ...]:
    """Return all pages: the program's, then those of the commands in their order."""
    return (program(), *(of(name) for name in COMMANDS))


def _entries(made: Any, *, option: bool) -> dict[str, tuple[Entry, ...]]:
    """Return arguments or options under their headings: filters stand apart from the rest."""
    found: dict[str, tuple[Entry, ...]] = {}
    for each in made.params:
        if each.hidden or _is_argument(each) is option:
            continue
        heading = "Arguments"
        if option:
            is_filter = each.name in FILTERS and len(made.params) > len(FILTERS)
            heading = each.rich_help_panel or ("Filters" if is_filter else "Options")
        label = _option(each) if option else _metavar(each)
        found[heading] = (*found.get(heading, ()), Entry(label, _text(each)))
    if option:
        last = Entry("-h, --help", "Show this page.")
        found["Options"] = (*found.get("Options", ()), last)
    return {key: found[key] for key in sorted(found, key=["Arguments", "Options"].count)[::-1]}


def _is_argument(param: Any) -> bool:
    return bool(param.param_type_name == "argument")


def _word(argument: Any) -> str:
    """Write an argument as the usage has it: in brackets where it may be left out."""
    word = _metavar(argument)
    return word if argument.required else f"[{word}]"


def _metavar(param: Any) -> str:
    """Return what stands for a value: FILE, DAY, 建议|提案|议案."""
    described = param.type_descriptor
    if param.metavar:
        word = str(param.metavar)
    elif described.is_choice:
        values = (each.value if isinstance(each, Enum) else each for each in described.choices)
        word = "|".join(values)
    else:
        word = str(param.name).upper()
    return f"{word}…" if param.nargs == -1 else word


def _option(param: Any) -> str:
    """Write an option as it is typed: short form first; a switch has no value."""
    names = ", ".join(sorted([*param.opts, *param.secondary_opts], key=len))
    return names if param.is_flag else f"{names} {_metavar(param)}"


def _text(param: Any) -> str:
    """Return the help of an option or argument, with what holds where it is not given."""
    text = param.help or ""
    default = param.default.value if isinstance(param.default, Enum) else param.default
    if default and param.show_default and not callable(default) and default is not True:
        text += f" [default: {default}]"
    return text
