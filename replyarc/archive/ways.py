"""How a key names replies: the ways in which it is looked up, in their order.

Apart from `find`, since looking one reply up has to be quick: nothing slow to load is needed here.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from replyarc.archive import former
from replyarc.text.normal import normal_number, normal_title

_PROPOSAL: Final = re.compile(r"第?([0-9A-Z-]{1,12})号?")

NUMBERED: Final = """exists (select 1 from json_each(proposal_numbers)
  where ltrim(value, '0') = ltrim(:number, '0'))"""
"""Of a reply: that it answers the proposal of a number, with or without zeros before it."""

WAYS: Final = (
    "select id from replies where id = lower(:key)",
    "select reply from readings where id = lower(:key)",
    "select reply from readings where url in (:key, 'http://' || :bare, 'https://' || :bare)",
    f"select reply from sightings where {former.SPELLED}",
    "select id from replies where normal_number(document_number) = :written",
    f"select id from replies where :number <> '' and {NUMBERED}",
    "select id from replies where normal_title(title) = :title",
    "select id from replies where :title <> '' and instr(normal_title(title), :title)",
)
"""How a key is looked up; the first way that finds something is the answer."""


def prepare(connection: sqlite3.Connection) -> None:
    """Teach a connection the comparisons that looking up needs."""
    for normal in (normal_number, normal_title):
        compare = partial(_unless_null, normal)
        connection.create_function(normal.__name__, 1, compare, deterministic=True)


def _unless_null(normal: Callable[[str], str], text: str | None) -> str | None:
    return None if text is None else normal(text)


def asked(key: str) -> dict[str, Any]:
    """Return a key in the spellings that the ways compare."""
    written = normal_number(key)
    number = _PROPOSAL.fullmatch(written)
    return {
        "key": key.strip(),
        "bare": key.strip().partition("://")[2],
        "written": written,
        "spellings": json.dumps(former.spellings(written)),
        "number": number[1] if number else "",
        "title": normal_title(key),
    }
