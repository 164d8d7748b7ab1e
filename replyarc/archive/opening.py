"""Opening another archive to read it as it is at one moment, without a change to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from replyarc.archive.copying import copy
from replyarc.archive.database import as_it_is
from replyarc.archive.schema import outdated
from replyarc.archive.store import Archive


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive as it is at one moment, to read it only; one of an older replyarc in a copy.

    What is raised is that of ``Archive.open``.
    """
    with ExitStack() as stack:
        if _is_older(path):
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="replyarc-")))
            with as_it_is(path) as old:
                copy(old.conn, folder / path.name)
            path = folder / path.name
            Archive.open(path).close()
        other = stack.enter_context(Archive.open(path, read_only=True))
        other.db.conn.execute("begin")  # what is written to it meanwhile is not seen
        stack.callback(other.db.conn.rollback)
        yield other


def _is_older(path: Path) -> bool:
    """Tell whether it is of an older replyarc: one may lack a column, and have the same format."""
    with as_it_is(path) as db:
        return "replies" in db.table_names() and outdated(db)
