"""What the address of a search asks for, and the addresses of other searches (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from replyarc.archive.query import Query
from replyarc.archive.words import Wanted, read
from replyarc.model import Kind

SEARCH: Final = "/-/search"
PAGE: Final = 20
"""Replies on one page of a list."""

_LONGEST: Final = 500
_MOST_PAGES: Final = 100_000
_NONE: Final[Mapping[str, str | None]] = {}


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 6):
        raise ValueError
    return int(value)


# filter: how it is read, what is expected, its Chinese name
_FILTERS: Final[dict[str, tuple[Callable[[str], Any], str, str]]] = {
    "year": (_number, "a year, as 2024", "年份"),
    "publisher": (str, "a text", "答复单位"),
    "kind": (Kind, "one of " + ", ".join(Kind), "类别"),
    "source": (str, "the name of a source", "来源"),
    "term": (_number, "a whole number", "届"),
    "session": (_number, "a whole number", "次会议"),
    "number": (str, "a number", "建议提案号"),
    "since": (date.fromisoformat, "a day, as 2024-05-01", "起始日期"),
    "until": (date.fromisoformat, "a day, as 2024-05-01", "截止日期"),
    "gone": (lambda value: bool(_number(value)), "1", "已消失"),
}
NAMES: Final = {name: chinese for name, (_, _, chinese) in _FILTERS.items()}
"""The filters that a search has, and their Chinese names."""

FACETS: Final = frozenset({"year", "publisher", "kind"})
"""Those of them whose values are told beside a list, each with what it would leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search as it was asked for: its words, its filters, its page from 1 on."""

    words: str = ""
    wanted: Wanted | None = None
    query: Query
    given: Mapping[str, str]
    newest: bool = False
    page: int = 1

    @property
    def filters(self) -> list[tuple[str, str, str]]:
        """The filters that were given: Chinese name, value, and the search without it."""
        return [
            (NAMES[name], self.given[name], self.link({name: None}))
            for name in NAMES
            if name in self.given
        ]

    @property
    def is_narrow(self) -> bool:
        """Whether a filter was given that is no facet."""
        return bool(self.given.keys() & NAMES.keys() - FACETS)

    @property
    def is_everything(self) -> bool:
        """Whether neither a word nor a filter was given."""
        return not self.given.keys() & {"q", *NAMES}

    def link(self, changes: Mapping[str, str | None] = _NONE, page: int = 1) -> str:
        """Return the address of this search with other filters; ``None`` leaves one out."""
        asked = {**self.given, **changes, "page": str(page) if page > 1 else None}
        said = [(name, value) for name, value in asked.items() if value not in (None, "")]
        return f"{SEARCH}?{urlencode(said)}" if said else SEARCH


def asked(given: Mapping[str, str]) -> Asked:
    """Read what stands behind the question mark. Raises ValueError that says what is wrong.

    >>> search = asked({"q": "养老", "year": "2024", "kind": ""})
    >>> search.query.year, search.query.kind, search.link({"year": None})
    (2024, None, '/-/search?q=%E5%85%BB%E8%80%81')
    """
    names = {"q", "order", "page", *NAMES}
    said = {name: value.strip() for name, value in given.items() if name in names}
    said = {name: value for name, value in said.items() if value}
    if any(len(value) > _LONGEST for value in said.values()):
        raise ValueError(f"At most {_LONGEST} characters can be looked for.")
    filters = {name: _filter(name, value) for name, value in said.items() if name in NAMES}
    page = _page(said.pop("page", "1"))
    words = said.get("q", "")
    return Asked(
        words=words,
        wanted=read(words) if words else None,
        query=Query(**filters, limit=PAGE + 1, offset=(page - 1) * PAGE),
        given=said,
        newest=said.get("order") == "newest",
        page=page,
    )


def _filter(name: str, value: str) -> Any:
    reader, expected, chinese = _FILTERS[name]
    try:
        return reader(value)
    except ValueError:
        raise ValueError(f"{chinese} ({name}): {value!r} is not {expected}.") from None


def _page(value: str) -> int:
    try:
        return min(max(_number(value), 1), _MOST_PAGES)
    except ValueError:
        raise ValueError(f"page: {value!r} is not a whole number.") from None
