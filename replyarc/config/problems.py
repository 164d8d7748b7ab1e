"""What is wrong with a configuration, in words: where, what, and how to mend it.

A place is written as a path of keys, sources counted from 1 in the order of the file and followed
by their name where they have one: ``source[3].delay ("moe")``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from replyarc.config.tables import KEYS
from replyarc.config.values import same_address, shown, suggest

Place = tuple[str | int, ...]
Problem = tuple[Place, str]

MISSING: Final[dict[str, str]] = {
    "contact": " Put your mail or web address: it tells a site whom to write to",
    "source": " Add a [[source]] with name, publisher and url",
    "url": " Put the address of the listing",
    "publisher": " Put who answers, for pages that do not say",
    "name": " Put a short one, as in yueyang-mzj",
}
"""Key -> what to do where it is missing."""

WORDS: Final[dict[str, Callable[[Any, dict[str, Any]], str]]] = {
    "value_error": lambda _, more: str(more["error"]),
    "string_type": lambda value, _: f"must be text in quotes, not {shown(value)}",
    "float_type": lambda value, _: f"must be a number, not {shown(value)}",
    "finite_number": lambda _, __: "must be a finite number",
    "int_type": lambda value, _: f"must be a whole number, not {shown(value)}",
    "bool_type": lambda value, _: f"must be true or false, not {shown(value)}",
    "date_type": lambda value, _: f"must be a day without quotes, 2027-03-01, not {shown(value)}",
    "list_type": lambda value, _: f"must be a list, not {shown(value)}",
    "dict_type": lambda value, _: f"must be a table, not {shown(value)}",
    "model_type": lambda value, _: f"must be a table, not {shown(value)}",
    "too_short": lambda _, __: "must not be empty",
    "literal_error": lambda value, more: f"must be {more['expected']}, not {shown(value)}",
    "greater_than_equal": lambda value, more: (
        f"must be at least {more['ge']:g}, not {shown(value)}"
    ),
    "greater_than": lambda value, more: f"must be more than {more['gt']:g}, not {shown(value)}",
    "less_than_equal": lambda value, more: f"must be at most {more['le']:g}, not {shown(value)}",
}
"""Kind of error in pydantic's terms -> our sentence, given the value and what pydantic adds."""


def invalid(error: ValidationError) -> Iterator[Problem]:
    """Yield every problem that pydantic found, in our words."""
    for found in error.errors(include_url=False):
        place, kind = found["loc"], found["type"]
        if kind == "extra_forbidden":
            yield place, _no_such_key(place)
        elif kind == "missing":
            yield place, f"is missing.{MISSING.get(str(place[-1]), '')}"
        elif place == ("source",) and kind == "list_type":
            yield place, "must be written [[source]], with two brackets on each side"
        elif kind in WORDS:
            yield place, WORDS[kind](found["input"], found.get("ctx", {}))
        else:
            yield place, found["msg"]


def repeated(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the names and the addresses that are given twice, within one source or across them."""
    first: dict[tuple[str, str], Place] = {}
    for place, value in _named(raw):
        known = first.setdefault((str(place[2]), value), place)
        if known != place:
            yield place, f"is given before, at {key_path(known, raw)}"


def key_path(place: Place, raw: Mapping[str, Any]) -> str:
    """Write a place as a path of keys; ``raw`` tells lists from single values, and the name."""
    here: Any = raw
    written, name = "", None
    for step in place:
        if isinstance(step, str):
            written += f".{step if step.isprintable() else shown(step)}"
            here = here.get(step) if isinstance(here, dict) else None
        elif isinstance(here, list):
            written += f"[{step + 1}]"
            here = here[step]
            name = here.get("name") if isinstance(here, dict) else name
    suffix = f' ("{name}")' if isinstance(name, str) and name.isprintable() else ""
    return written.removeprefix(".") + suffix


def _no_such_key(place: Place) -> str:
    key, table = str(place[-1]), ".".join(step for step in place[:-1] if isinstance(step, str))
    for other, keys in KEYS.items():
        if other and key in keys:
            return f"no such key here. It belongs in {_heading(other)}"
    known = KEYS[table]
    return f"no such key.{suggest(key, known) or ' There are: ' + ', '.join(known)}"


def _heading(table: str) -> str:
    return f"[[{table}]]" if table == "source" else f"[{table}]"


def _named(raw: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    sources = raw.get("source")
    for at, source in enumerate(sources if isinstance(sources, list) else ()):
        if not isinstance(source, dict):
            continue
        if isinstance(source.get("name"), str):
            yield ("source", at, "name"), source["name"]
        url = source.get("url")
        for n, address in enumerate(url if isinstance(url, list) else [url]):
            if isinstance(address, str):
                yield ("source", at, "url", n), same_address(address)
