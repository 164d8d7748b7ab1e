"""Where a transaction begins and is committed: what `database.transaction` is made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from replyarc.archive import crashing
from replyarc.archive.place import ROOM, check_free, place_of

_PATHS: Final[WeakKeyDictionary[Database, Path]] = WeakKeyDictionary()
_FOLDERS: Final[WeakKeyDictionary[Database, Path]] = WeakKeyDictionary()


class Batch:
    """Transactions that are committed together."""

    def __init__(self, db: Database, size: int) -> None:
        self._db = db
        self._size = size
        self._waiting = 0
        self._inside = False
        self._failure: BaseException | None = None

    @contextmanager
    def joined(self) -> Iterator[None]:
        """Take one transaction in."""
        if self._inside:
            raise RuntimeError("a transaction in a transaction")
        if self._failure is not None:
            raise self._failure
        self._inside = True
        try:
            if not self._waiting:
                begin(self._db)
            yield
            self._waiting += 1
            if self._waiting >= self._size:
                self._commit()
        except BaseException as error:
            self._db.rollback()
            self._failure = error
            raise
        finally:
            self._inside = False

    def finish(self) -> None:
        """Commit what waits. Raises again what undid the batch."""
        if self._failure is not None:
            raise self._failure
        if self._waiting:
            try:
                self._commit()
            except BaseException:
                self._db.rollback()
                raise

    def _commit(self) -> None:
        self._waiting = 0
        commit(self._db)


@contextmanager
def alone(db: Database) -> Iterator[None]:
    """Write all of one block, or nothing."""
    begin(db)
    try:
        yield
        commit(db)
    except BaseException:
        db.rollback()
        raise


def begin(db: Database) -> None:
    """Begin to write. Raises DiskFull where there is little room left to write to."""
    check_free(path_of(db), _folder_of(db), ROOM // 2)
    db.conn.execute("begin immediate")  # write access first: a reader cannot wait for it later


def commit(db: Database) -> None:
    """Commit, with a point before and one after at which a test may kill this process."""
    crashing.point()
    db.commit()
    crashing.point()


def path_of(db: Database) -> Path:
    """Return the file of a connection."""
    if db not in _PATHS:
        (_, _, file), *_ = db.conn.execute("pragma database_list")
        _PATHS[db] = Path(file)
    return _PATHS[db]


def _folder_of(db: Database) -> Path:
    """Return where the file of a connection lies: looked for once, since it is asked so often."""
    if db not in _FOLDERS:
        _FOLDERS[db] = place_of(path_of(db)).parent
    return _FOLDERS[db]
