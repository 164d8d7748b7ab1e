"""An archive opened in Datasette, with our pages in it: an ASGI application, read-only."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, NamedTuple

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted

from replyarc.archive.describing import aids, describe, descriptions, outdated
from replyarc.archive.facets import read_only
from replyarc.archive.lock import hold
from replyarc.archive.questions import QUESTIONS
from replyarc.archive.store import Archive
from replyarc.browse.answer import STATIC, TEMPLATES
from replyarc.browse.guard import App, Guard
from replyarc.browse.plugin import Pages, registered
from replyarc.export.datasette import SETTINGS, configuration

NAME: Final = "archive"
"""What the archive is called in addresses, whatever its file is called."""

_SETTINGS: Final = {
    **SETTINGS,
    "allow_download": False,  # the file is at hand, and a page must not be able to take it whole
    "default_cache_ttl": 0,  # a crawl may write meanwhile
    "suggest_facets": False,  # it looks at every column of every reply
}


_LONGEST: Final = 128 * 1024 * 1024
"""Bytes of the largest value that a query may read or make: more than any page or file has."""


class Opened(NamedTuple):
    """The application that is to be served, and the Datasette within."""

    app: App
    datasette: Any


@contextmanager
def opened(path: Path, host: str) -> Iterator[Opened]:
    """Open an archive for reading in a browser, as a server that listens on ``host``.

    Raises ArchiveError where there is none, or it is empty or damaged. Whoever opens an archive of
    an older replyarc brings it up first.
    """
    with ExitStack() as stack:
        hidden = _prepared(path)
        # the last one out clears the files beside an archive away, which a mere reader cannot
        stack.enter_context(Archive.open(path, read_only=True))
        pages = Pages(path)
        stack.enter_context(registered(pages))
        datasette = Datasette(
            [],
            metadata=_metadata(hidden),
            settings=dict(_SETTINGS),
            template_dir=str(TEMPLATES),
            static_mounts=[("-/browse", str(STATIC))],
        )
        pages.datasette = datasette
        stack.callback(_close, datasette)
        datasette.remove_database("_memory")
        datasette.add_database(_database(datasette, path), name=NAME)
        yield Opened(Guard(datasette.app(), host), datasette)


def _prepared(path: Path) -> list[str]:
    """Bring up what pages look at, where it is of an older replyarc; return the tables to hide."""
    with Archive.open(path, read_only=True) as archive:
        hidden = [*aids(archive.db)]
        lacks = outdated(archive.db)
    if lacks:
        with hold(path), Archive.open(path) as archive, archive.transaction() as db:
            describe(db)
    return hidden


def _metadata(hidden: list[str]) -> dict[str, Any]:
    described = [
        (line.table_name, line.column_name, line.heading, line.meaning) for line in descriptions()
    ]
    queries = {name: {**asdict(question), "hide_sql": True} for name, question in QUESTIONS.items()}
    return configuration(NAME, described, hidden, queries)


def _database(datasette: Any, path: Path) -> Any:
    database = Database(datasette, str(path))
    database.connect = lambda write=False: _connection(database, path)
    database.execute = _silently(database.execute)
    database.table_counts = lambda limit=10: _counts(database, limit)
    return database


def _silently(execute: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Let nothing of a query that fails be printed on the terminal: it may name people."""

    async def executing(*args: Any, **options: Any) -> Any:
        return await execute(*args, **{**options, "log_sql_errors": False})

    return executing


async def _counts(database: Any, limit: int) -> dict[str, int | None]:
    """Count the rows of each table as Datasette does, but of the aids, which cannot be counted."""
    counts: dict[str, int | None] = dict.fromkeys(await database.table_names())
    for name in counts:
        if not name.startswith("_"):
            with suppress(QueryInterrupted):
                sql = f"select count(*) from [{name}]"
                counts[name] = (await database.execute(sql, custom_time_limit=limit)).rows[0][0]
    return counts


def _connection(database: Any, path: Path) -> Any:
    """Connect as Datasette does, but whatever signs the path has, and to nothing but reading."""
    connection = read_only(path)
    # no query is ended within a function; one that makes a text of 900 MB would take a minute
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    database._all_file_connections.append(connection)  # it closes them at the end
    return connection


def _close(datasette: Any) -> None:
    if datasette.executor is not None:
        datasette.executor.shutdown()
    for database in datasette.databases.values():
        database.close()
