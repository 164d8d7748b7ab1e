"""Which entries of the frontier are to be asked for, whatever the listings show."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlite_utils import Database

from replyarc.archive.database import rows
from replyarc.archive.frontier import entry_of, midnight
from replyarc.archive.schema import instant
from replyarc.model import Entry

PATIENCE: Final = 10
"""Crawls in each of which what could not be had is asked for again."""

SELDOM: Final = timedelta(days=6, hours=18)
"""After how long it is asked for again from then on: a crawl of every night may begin earlier."""

_WAITING: Final = """
select * from entries where source = ? and (
  state = 'pending' or state = 'missing' and gone_at is not null and asked_at < ?)
order by listed_at, rowid
"""
_IN_VAIN: Final = """
select * from entries where source = ? and state = 'failed' and (attempts < ? or asked_at < ?)
order by attempts, listed_at, rowid
"""
_DUE: Final = """
select * from entries where source = ? and asked_at < ? and (
  state in ('archived', 'unread') or state = 'missing' and gone_at is null)
order by asked_at
"""
_KNOWN_TO_BE: Final = """
select * from entries where source = ? and state in ('archived', 'unread', 'missing') order by rowid
"""


def waiting(db: Database, source: str, at: datetime) -> list[Entry]:
    """Return the entries that are pending, or missing on a day before, oldest first."""
    return [entry_of(row) for row in rows(db, _WAITING, [source, instant(midnight(at))])]


def asked_in_vain(db: Database, source: str, at: datetime) -> list[Entry]:
    """Return the entries that could not be had, those that were asked for least often first.

    After `PATIENCE` crawls in vain, an entry is asked for once in `SELDOM` only.
    """
    known = [source, PATIENCE, instant(at - SELDOM)]
    return [entry_of(row) for row in rows(db, _IN_VAIN, known)]


def due(db: Database, source: str, before: datetime) -> list[Entry]:
    """Return the archived entries that were last asked for before an instant, oldest first."""
    return [entry_of(row) for row in rows(db, _DUE, [source, instant(before)])]


def known(db: Database, source: str) -> list[Entry]:
    """Return every entry that was had and is not gone for good."""
    return [entry_of(row) for row in rows(db, _KNOWN_TO_BE, [source])]
