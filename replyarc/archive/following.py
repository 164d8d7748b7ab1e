"""All that a redaction has to forbid, found by following what refers to what.

Reads only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlite_utils import Database

from replyarc.archive.redacted import Bar, url_name


def closure(db: Database, start: Bar) -> frozenset[str]:
    """Return the names with all that they forbid in this archive, found by following them.

    That are the bytes that were fetched from a redacted address, those in which a forbidden or
    replaced reading was found, and the entries that lead to a redacted address.
    """
    names = start
    while True:
        more = Bar(names.names | set(_followed(db, names)))
        if more.names == names.names:
            return more.names
        names = more


def _followed(db: Database, names: Bar) -> Iterator[str]:
    for url, final, sha256 in db.conn.execute("select url, final_url, sha256 from fetches"):
        if sha256 and names.url(final or url):
            yield f"body:{sha256}"
    for url, page in db.conn.execute("select url, page from entries where page is not null"):
        if names.url(page):
            yield url_name(url)
    sql = "select id, url, fingerprint, keys from readings"
    for id, url, fingerprint, keys in db.conn.execute(sql):
        if names.said(fingerprint) or names.reading(url, fingerprint, json.loads(keys)):
            yield url_name(url)
            for sha256 in bodies_of(db, id):
                yield f"body:{sha256}"


def bodies_of(db: Database, reading: str) -> set[str]:
    """Return the bodies in which a reading was found, further pages included.

    One that was told without bytes was found in none.
    """
    sql = "select sha256, parts from captures where reading = ?"
    captures = db.conn.execute(sql, [reading]).fetchall()
    return {each for sha256, parts in captures for each in (sha256, *json.loads(parts)) if each}
