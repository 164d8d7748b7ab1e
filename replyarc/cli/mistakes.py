"""What was asked wrongly, in a line or two, with what to do instead."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any, Final

import typer

from replyarc.cli.commands import COMMANDS

_MEANT: Final = {
    "ls": "list",
    "find": "search",
    "grep": "search",
    "view": "show",
    "get": "show",
    "cite": "show",
    "cat": "show",
    "open": "show",
    "save": "export",
    "download": "crawl",
    "fetch": "crawl",
    "run": "crawl",
    "sync": "crawl",
    "update": "crawl",
    "new": "init",
    "setup": "init",
    "cron": "schedule",
    "help": "--help",
    "version": "--version",
    "web": "browse",
    "serve": "browse",
    "statistics": "stats",
    "chart": "stats",
    "delete": "redact",
    "remove": "redact",
    "fsck": "verify",
    "repair": "verify",
    "restore": "backup",
    "completion": "--install-completion",
}
"""Words of other programs -> how it is said here."""

_BEFORE: Final = ("--config", "--archive", "--quiet", "-q", "--verbose", "-v", "--version")
"""Options that stand before the command's name."""

_NO_NUMBER: Final = re.compile(r"valid (?:integer|number).*unable to (?:parse|interpret)")
"""What typer says of 八届 where a number is wanted."""

_PREFIX: Final = re.compile("(Value error, |Input )")
"""What the parser puts before what it has to say."""

_ENDLESS: Final = re.compile(r"\S{300,}")
"""A value that would bury what is said of it."""

_EXTRA: Final = re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", re.DOTALL)


def no_command(word: str) -> str:
    """Say that there is no such command, and which was meant.

    >>> no_command("exprot")
    "no command 'exprot'. Did you mean export? `replyarc --help` lists them."
    """
    near = [_MEANT[word]] if word in _MEANT else get_close_matches(word, COMMANDS, 2)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"no command {word!r:.60}.{meant} `replyarc --help` lists them."


def tell(error: typer.TyperException) -> None:
    """Say on stderr what was asked wrongly, and what to do."""
    from replyarc.screen.terminal import say

    ctx: Any = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "replyarc"
    words = _words(error, path)
    more = "" if "`replyarc" in words else f" `{path} --help` shows how."
    say(f"{path}: {words}{more}", style="red")


def _words(error: typer.TyperException, path: str) -> str:
    """Put what the parser found wrong into words.

    Which error it is, is told by what it carries: the classes are no part of what typer exports.
    """
    name = getattr(error, "option_name", None)
    if hasattr(error, "possibilities") and name:
        return _no_option(name, error.possibilities or (), path)
    if hasattr(error, "param_type"):
        return _missing(error, path)
    words = _PREFIX.sub("", error.message.rstrip(), count=1)
    if _NO_NUMBER.search(words):
        words = "a whole number is wanted, in digits: 8"
    words = _ENDLESS.sub(lambda found: f"{found[0][:60]}…", words)
    if words == "Missing command.":
        return "which command?"
    extra = _EXTRA.fullmatch(words)
    if extra:
        return _too_much(extra[1], path)
    if isinstance(error, typer.BadParameter):
        words = f"{_named(error)}{words}"
    else:
        words = words[:1].lower() + words[1:]
    return words if words.endswith((".", "?", "`")) else f"{words}."


def _too_much(rest: str, path: str) -> str:
    """Say that there are words too many; behind `list` they are likely to be looked for."""
    words = f"more than it takes: {rest:.60}."
    return (
        f"{words} To look for words: `replyarc search {rest:.60}`" if path[-4:] == "list" else words
    )


def _no_option(name: str, near: Any, path: str) -> str:
    """Say that there is no such option; those before the command are often put behind it."""
    if name in _BEFORE and " " in path:
        program, _, command = path.partition(" ")
        rest = f"{name} FILE" if name in _BEFORE[:2] else name
        return f"{name} stands before the command: `{program} {rest} {command} …`"
    longer = [each for each in near if each.startswith(name)]
    close = longer or get_close_matches(name, near, 1, 0)
    meant = f" Did you mean {' or '.join(close)}?" if close else ""
    return f"no option {name!r:.60}.{meant}"


def _missing(error: Any, path: str) -> str:
    """Say what is missing, with a line in which it stands."""
    from replyarc.cli.declared import examples

    shown = examples().get(path.partition(" ")[2], ())
    option = next((each for each in reversed(error.param.opts) if each.startswith("-")), None)
    what = option or error.param.metavar or error.param.name.upper()
    line = next((each.line for each in shown if option is None or option in each.line), None)
    return f"{what} is missing." + (f" As in: `{line}`" if line else "")


def _named(error: typer.BadParameter) -> str:
    """Name the option or argument whose value is wrong."""
    if isinstance(error.param_hint, str):
        return f"{error.param_hint}: "
    if error.param is None:
        return ""
    options = [each for each in error.param.opts if each.startswith("-")]
    return f"{max(options, key=len) if options else error.param.metavar or error.param.name}: "
