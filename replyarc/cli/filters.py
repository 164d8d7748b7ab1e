"""The filters that ``list``, ``search`` and ``export`` share, one row each."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Annotated, Any, Final

import typer

from replyarc.archive.query import Query
from replyarc.model import Kind

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR: Final = re.compile(r"[0-9]{4}")


def _read_day(text: str) -> date:
    """Read a day of the command line; raises BadParameter, saying how one is written."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        why = ""
    except ValueError as error:
        why = f" ({error})"
    whole = " A whole year is --year 2023." if _YEAR.fullmatch(text) else ""
    raise typer.BadParameter(f"{text!r} is no day{why}. Write YYYY-MM-DD: 2023-05-31.{whole}")


def _read_year(text: str) -> int:
    if _YEAR.fullmatch(text):
        return int(text)
    raise typer.BadParameter(f"{text!r} is no year. Write all four digits: 2023.")


def _read_words(text: str) -> str:
    """Read a name or a number; nothing at all is what a script gives whose variable is empty."""
    if text.strip():
        return text
    raise typer.BadParameter("nothing is given. Leave the option out to ask for all.")


def _day(help: str) -> tuple[Any, Any]:
    return date | None, typer.Option(parser=_read_day, metavar="DAY", help=help)


def _words(metavar: str, help: str) -> tuple[Any, Any]:
    return str | None, typer.Option(parser=_read_words, metavar=metavar, help=help)


def _count(help: str) -> tuple[Any, Any]:
    return int | None, typer.Option(min=1, metavar="N", help=help)


FILTERS: Final[dict[str, tuple[Any, Any]]] = {
    "source": _words("NAME", "Of this source."),
    "publisher": _words("TEXT", "发布机构 or 答复单位 contains this."),
    "kind": (Kind | None, typer.Option(help="类别.")),
    "term": _count("届."),
    "session": _count("次会议."),
    "number": _words("N", "建议提案号; 79 finds 0079."),
    "since": _day("From this day on."),
    "until": _day("To this day."),
    "year": (int | None, typer.Option(parser=_read_year, metavar="YEAR", help="Of this year.")),
    "changed_since": _day("New or changed in the archive since."),
    "gone": (bool, typer.Option("--gone", help="Only what is gone from its site.")),
    "limit": _count("At the most so many."),
    "offset": (int, typer.Option(min=0, metavar="N", help="Leave out the first N.")),
}


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of FILTERS, which reach it as one ``query``.

    typer reads options off the signature, so the signature is what is rewritten.
    """

    @wraps(command)
    def run(*args: object, **kwargs: Any) -> None:
        query = Query(**{name: kwargs.pop(name) for name in FILTERS})
        _check_days(query)
        command(*args, **kwargs, query=query)

    signature = inspect.signature(command, eval_str=True)
    own = [each for each in signature.parameters.values() if each.name != "query"]
    defaults = {"gone": False, "offset": 0}
    added = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=defaults.get(name),
            annotation=Annotated[kind, option],
        )
        for name, (kind, option) in FILTERS.items()
    ]
    run.__signature__ = signature.replace(parameters=[*own, *added])  # type: ignore[attr-defined]  # functions take attributes
    run.__annotations__ = {each.name: each.annotation for each in [*own, *added]}
    return run


def _check_days(query: Query) -> None:
    if query.since and query.until and query.since > query.until:
        raise typer.BadParameter(
            f"no day is from {query.since} on and not after {query.until}. Change them about.",
            param_hint="--since, --until",
        )
