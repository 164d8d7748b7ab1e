"""The filters that ``list`` and ``export`` share, one row each."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Annotated, Any, Final

import typer

from replyarc.archive.query import Query
from replyarc.model import Kind

_DAY: Final = ["%Y-%m-%d"]

FILTERS: Final[dict[str, tuple[Any, Any]]] = {
    "source": (str | None, typer.Option(metavar="NAME", help="Of this source.")),
    "publisher": (
        str | None,
        typer.Option(metavar="TEXT", help="发布机构 or 答复单位 contains this."),
    ),
    "kind": (Kind | None, typer.Option(help="类别.")),
    "term": (int | None, typer.Option(metavar="N", help="届.")),
    "session": (int | None, typer.Option(metavar="N", help="次会议.")),
    "number": (str | None, typer.Option(metavar="N", help="建议提案号; 79 finds 0079.")),
    "since": (datetime | None, typer.Option(formats=_DAY, metavar="DAY", help="From this day on.")),
    "until": (datetime | None, typer.Option(formats=_DAY, metavar="DAY", help="To this day.")),
    "year": (int | None, typer.Option(metavar="YEAR", help="Of this year.")),
    "changed_since": (
        datetime | None,
        typer.Option(formats=_DAY, metavar="DAY", help="New or changed in the archive since."),
    ),
    "gone": (bool, typer.Option("--gone", help="Only what is gone from its site.")),
    "limit": (int | None, typer.Option(min=1, metavar="N", help="At the most so many.")),
    "offset": (int, typer.Option(min=0, metavar="N", help="Leave out the first N.")),
}


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of FILTERS, which reach it as one ``query``.

    typer reads options off the signature, so the signature is what is rewritten.
    """

    @wraps(command)
    def run(*args: object, **kwargs: Any) -> None:
        asked = {name: _day(kwargs.pop(name)) for name in FILTERS}
        command(*args, **kwargs, query=Query(**asked))

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


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value
