"""What Datasette is to show of an archive: a ``datasette.yaml``, written as text (pure).

Every text is either a quoted scalar, as JSON writes it (see ``export.yaml``), or, where it has
several lines and nothing unseen in them, a literal block; and every key but the plain ones of
Datasette is quoted as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from replyarc.export.yaml import quoted

SETTINGS: Final = {
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 2000,
    "truncate_cells_html": 160,
}
"""How Datasette is to be set: a search may take its time, and a letter is not shown in a cell."""

# table or view: what Datasette is to do with it
_TABLES: Final[dict[str, dict[str, Any]]] = {
    "replies": {
        "label_column": "title",
        "sort_desc": "published_on",
        "facets": ["publisher", "kind", "assembly", "term", "session", "source"],
    },
    "replies_flat": {
        "sort_desc": "day",
        "facets": ["publisher", "kind", "term", "session", "source", "year"],
    },
    "答复": {"sort_desc": "日期", "facets": ["发布机构", "类别", "届", "次会议", "来源", "年份"]},
    "proposals": {"sort_desc": "day", "facets": ["assembly_name", "kind", "term", "session"]},
    "history": {"sort_desc": "first_seen_at"},
    "files": {"facets": ["kind"]},
    "sources": {"label_column": "name"},
    "crawls": {"label_column": "source", "sort_desc": "started_at", "facets": ["source"]},
    "fetches": {"sort_desc": "fetched_at", "facets": ["status"]},
    "entries": {"sort_desc": "listed_at", "facets": ["source", "state"]},
    "redactions": {"sort_desc": "redacted_at"},
}
_ABOUT: Final = {
    "title": "建议提案答复 · replies to suggestions and proposals",
    "description": "Written replies of Chinese government to the suggestions of deputies and the "
    "proposals of members, archived by replyarc. Start with the query search (全文检索), or with "
    "the view 答复 for Chinese headings; the table columns says what every column means.",
    "source": "the pages of the bodies that published them: each reply has its address (url, 网址)",
    "license": "as published: the letters are their publishers', and name people; before "
    "publishing a copy see `replyarc redact` and `replyarc export --redact`",
}


def configuration(
    database: str,
    described: Iterable[tuple[str, str, str, str]],
    hidden: Iterable[str],
    queries: Mapping[str, Mapping[str, object]],
) -> dict[str, Any]:
    """Return what Datasette is told of a database, by the name that it gives it.

    ``described`` are table, column (empty for the table itself), Chinese heading and meaning;
    ``hidden`` the tables that are aids; ``queries`` those that it offers by name.
    """
    tables: dict[str, dict[str, Any]] = {}
    for table, column, heading, meaning in described:
        shown = tables.setdefault(table, {**_TABLES.get(table, {}), "columns": {}})
        if column:
            both = f"{heading}: {meaning}" if heading not in ("", column) else meaning
            shown["columns"][column] = both
        else:
            title = f"{heading} · {table}" if heading not in ("", table) else table
            tables[table] = {"title": title, "description": meaning, **shown}
    tables |= {table: {"hidden": True} for table in hidden}
    shown = {"tables": tables, "queries": {name: {**query} for name, query in queries.items()}}
    return {**_ABOUT, "settings": SETTINGS, "databases": {database: shown}}


def written(value: Mapping[str, Any], indent: int = 0) -> Iterator[str]:
    """Yield the lines of a mapping as YAML; values are texts, numbers, lists and mappings.

    >>> print(*written({"no": "12:30", "facets": ["kind"], "sql": "select 1\\nfrom a"}), sep="\\n")
    "no": "12:30"
    facets: ["kind"]
    sql: |2-
      select 1
      from a
    """
    margin = " " * indent
    for key, item in value.items():
        name = key if _PLAIN_KEY.fullmatch(key) and key not in _WORDS else quoted(key)
        if isinstance(item, Mapping) and item:
            yield f"{margin}{name}:"
            yield from written(item, indent + 2)
        elif isinstance(item, str) and _is_block(item):
            yield f"{margin}{name}: |2-"
            yield from (f"{margin}  {line}" if line else "" for line in item.split("\n"))
        else:
            yield f"{margin}{name}: {quoted(item)}"


_PLAIN_KEY: Final = re.compile("[a-z][a-z_]*")
_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_SEEN: Final = "\x21-\x7e\xa1-\u1fff\u2030-\ud7ff\ue000-\ufdff\uff01-\uff5e\U00010000-\U0001fffd"
_LINE: Final = re.compile(f"[ {_SEEN}]*")


def _is_block(text: str) -> bool:
    """Tell whether a text can stand as it is, line by line, without a quotation mark."""
    lines = text.split("\n")
    clean = all(not line or (_LINE.fullmatch(line) and line[-1] != " ") for line in lines)
    return len(lines) > 1 and clean and bool(lines[0] and lines[-1])
