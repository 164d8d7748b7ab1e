"""What a redaction removed, and that it never comes in again.

``_redacted`` names it. A name says nothing by itself: it is an address or a hash.

* ``url:`` an address (without its scheme) of which nothing is asked for, kept or read any more
* ``key:`` an identity key of the reply: what shares one is the same letter at another address
* ``said:`` a fingerprint whose content was replaced. Its row of ``contents`` stays under its old
  name and no longer hashes to it: so readings, versions and instants stay as they were
* ``spare:`` a fingerprint of another letter that stood at one of these addresses, and stays
* ``body:`` bytes that were removed: their row stays with codec ``redacted`` and no data

Whoever has the rest of a page letter for letter can still try whether a guess at what was removed
fits its hash; the names that are left tell no more than that.

What may be held follows from the union of the names and of the evidence alone, so two archives
that are merged end redacted alike, in whatever order. Writing belongs inside a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from sqlite_utils import Database

from replyarc.archive import mentions
from replyarc.archive.blobs import REMOVED
from replyarc.archive.bodies import Bodies
from replyarc.archive.database import rows, write
from replyarc.archive.dictionaries import site_of
from replyarc.archive.schema import Row, packed
from replyarc.model import Entry, Response
from replyarc.text.personal import MARK

FLAG: Final = "redacted"
REASON: Final = "redacted"
"""Why an entry is left out (``entries.told``)."""

_HEADERS: Final = frozenset({"content-type", "content-length", "date", "last-modified"})
"""Headers that cannot hold personal data; a file's name stands in ``content-disposition``."""

_TOLD_OF_PAGES: Final = frozenset({"problems", "findings", "would_take"})
"""What the report of a crawl says of single pages."""
_TOLD_OF_ONE: Final = frozenset({"blocked", "rests"})
"""What it says of the one page at which it stopped."""

_NO_NOTES: Final = packed({"evidence": {}, "others": {}, "letter": {}, "unread": []})
_LIST: Final = "select value from json_each(?)"


def url_name(url: str) -> str:
    """Return the name of an address; http and https are one.

    >>> url_name("https://mz.gov.test/1.html")
    'url:mz.gov.test/1.html'
    """
    return f"url:{url.partition('://')[2] or url}"


class Bar:
    """The names that are redacted, and what may not be held for their sake.

    A name with nothing behind its colon names nothing, and is left out.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = frozenset(name for name in names if name.partition(":")[2])

    def __bool__(self) -> bool:
        return bool(self.names)

    def url(self, *urls: str | None) -> bool:
        """Tell whether one of these addresses is redacted."""
        return any(url is not None and url_name(url) in self.names for url in urls)

    def body(self, sha256: str | None) -> bool:
        """Tell whether these bytes were removed."""
        return f"body:{sha256}" in self.names

    def said(self, fingerprint: str) -> bool:
        """Tell whether this content was replaced."""
        return f"said:{fingerprint}" in self.names

    def reading(self, url: str, fingerprint: str, keys: Iterable[str]) -> bool:
        """Tell whether a reading may not be held at all: nobody replaced what it says."""
        if self.said(fingerprint) or f"spare:{fingerprint}" in self.names:
            return False
        return self.url(url) or any(f"key:{key}" in self.names for key in keys)

    def fetch(self, row: Row) -> Row:
        """Return a row of ``fetches`` as it may be held."""
        if not (self.url(row["url"], row["final_url"]) or self.body(row["sha256"])):
            return row
        kept = [each for each in json.loads(row["headers"] or "[]") if each[0] in _HEADERS]
        headers = None if row["headers"] is None else packed(kept)
        return row | {"headers": headers, "request_headers": None}

    def entry(self, row: Row) -> Row:
        """Return a row of ``entries`` as it may be held: it is not asked for any more."""
        if not self.url(row["url"], row["page"]):
            return row
        state = row["state"] if row["state"] == "gone" else "left out"
        return row | {"title": MARK, "state": state, "told": REASON, "problem": None}

    def report(self, report: str | None) -> str | None:
        """Return the report of a crawl without the lines that are about a redacted address.

        They may call it by its title. Of one that cannot be read nothing stays.
        """
        bare = [name.removeprefix("url:") for name in self.names if name.startswith("url:")]
        if report is None or not any(url in report for url in bare):
            return report
        said = _read(report)
        if said is None:
            return None
        for name in _TOLD_OF_PAGES & said.keys():
            told = said[name] if isinstance(said[name], list) else []  # anybody may have written it
            lines = ((each, packed(each)) for each in told)
            said[name] = [MARK if any(url in line for url in bare) else e for e, line in lines]
        for name in _TOLD_OF_ONE & said.keys():
            if any(url in packed(said[name]) for url in bare):
                said[name] = MARK
        return packed(said)

    def marked(self, flags: str, notes: str | None) -> tuple[str, str | None]:
        """Return flags and notes of a reading whose content was replaced: notes hold values."""
        kept = [flag for flag in json.loads(flags) if flag != FLAG]
        return packed([*kept, FLAG]), None if notes is None else _NO_NOTES


def _read(report: str) -> dict[str, Any] | None:
    """Read the report of a crawl; ``None`` where it is none any more."""
    try:
        said = json.loads(report)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def bar(db: Database) -> Bar:
    """Return all that is redacted in an archive."""
    return Bar(name for (name,) in db.conn.execute("select name from _redacted"))


def redaction(
    db: Database,
    *urls: str,
    fingerprint: str | None = None,
    keys: Iterable[str] = (),
    sha256: str | None = None,
) -> str | None:
    """Return the redaction that forbids to take something in; ``None`` where none does.

    That is asked before an address is asked for, before bytes are kept and before a reading is
    filed.
    """
    names = [*map(url_name, urls), *(f"key:{key}" for key in keys)]
    if fingerprint:
        names += [f"said:{fingerprint}", f"spare:{fingerprint}"]
    if sha256:
        names.append(f"body:{sha256}")
    sql = f"select name, redaction from _redacted where name in ({_LIST})"
    found = dict(db.conn.execute(sql, [packed(sorted(Bar(names).names))]))
    return None if f"spare:{fingerprint}" in found else min(found.values(), default=None)


def shut_out(
    db: Database, url: str, fingerprint: str, keys: Iterable[str], bodies: Iterable[str]
) -> bool:
    """Tell whether a reading is redacted; if so, make sure that nothing of it stays here.

    Its bytes were kept before it was read: they go, and its address, which may be a new one, is
    not asked for again.
    """
    of = redaction(db, url, fingerprint=fingerprint, keys=keys)
    if of is not None:
        forbid(db, of, {url_name(url), *(f"body:{each}" for each in bodies)}, fresh=True)
    return of is not None


def hidden(db: Database, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the entries of a listing; those of redacted addresses without title, and left out."""
    for entry in entries:
        if redaction(db, entry.url) is None:
            yield entry
        else:
            yield replace(entry, title=MARK, listed_on=None, left_out=REASON)


def forbid(db: Database, of: str, names: Iterable[str], *, fresh: bool = False) -> None:
    """Add names to a redaction, and clear away what they forbid.

    ``fresh``: the bytes that are named came in just now, so that no older dictionary holds them.
    """
    now = Bar(names)
    for name in sorted(now.names):
        sql = "insert into _redacted (name, redaction) values (?, ?) on conflict do nothing"
        db.conn.execute(sql, [name, of])
    _clear(db, now, fresh)


def _clear(db: Database, now: Bar, fresh: bool) -> None:
    """Clear away what these names forbid: bytes, the texts of files, headers, titles of entries."""
    bodies = _json(now, "body:")
    sql = f"select sha256 from bodies where codec <> '{REMOVED}' and sha256 in ({_LIST})"
    there = [sha256 for (sha256,) in db.conn.execute(sql, bodies)]
    Bodies(db).release([each for each in there if not fresh or _may_be_part(db, each)])
    blank = f"update bodies set codec = '{REMOVED}', data = null, dictionary = null"
    db.conn.execute(f"{blank} where sha256 in ({_LIST})", bodies)
    db.conn.execute(f"delete from texts where sha256 in ({_LIST})", bodies)
    for row in _touched(db, "fetches", now, bodies):
        write(db, "fetches", now.fetch(row))
    for row in _touched(db, "entries", now, bodies):
        write(db, "entries", now.entry(row))
    _clear_reports(db, now)
    mentions.forget(db, json.loads(*_json(now, "url:")))
    sql = f"select * from readings where fingerprint in ({_LIST})"
    marked = rows(db, sql, _json(now, "said:"))
    for row in list(marked):
        flags, notes = now.marked(row["flags"], row["notes"])
        write(db, "readings", row | {"flags": flags, "notes": notes})


def _clear_reports(db: Database, now: Bar) -> None:
    """Take redacted addresses out of the reports of crawls: some megabytes where there are many."""
    if not any(name.startswith("url:") for name in now.names):
        return
    for id, report in db.conn.execute("select id, report from crawls").fetchall():
        if (told := now.report(report)) != report:
            db.conn.execute("update crawls set report = ? where id = ?", [told, id])


def _may_be_part(db: Database, sha256: str) -> bool:
    """Tell whether a dictionary of its site was made of a body, or after it came in."""
    had = db.conn.execute("select final_url, fetched_at from fetches where sha256 = ?", [sha256])
    made = "select 1 from _dictionaries where site = ? and made_at >= ?"
    return any(
        db.conn.execute(made, [site_of(url or ""), at]).fetchone() for url, at in had.fetchall()
    )


def _json(names: Bar, kind: str) -> list[str]:
    """Return what the names of one kind name, as SQL is given a list."""
    return [packed(sorted(n.removeprefix(kind) for n in names.names if n.startswith(kind)))]


def _touched(db: Database, table: str, now: Bar, bodies: list[str]) -> list[Row]:
    """Return the rows of a table that lead to redacted addresses or bytes."""
    bare = json.loads(*_json(now, "url:"))
    urls = spelled(bare)
    where = {
        "fetches": f"url in ({_LIST}) or final_url in ({_LIST}) or sha256 in ({_LIST})",
        "entries": f"url in ({_LIST}) or page in ({_LIST})",
    }[table]
    asked = [urls, urls, *bodies][: where.count("?")]
    return list(rows(db, f"select * from {table} where {where}", asked))


def spelled(bare: Iterable[str]) -> str:
    """Return as a JSON list the addresses that are these without their scheme."""
    return packed([each for url in bare for each in (url, f"http://{url}", f"https://{url}")])


def kept_content(one: str, other: str) -> str:
    """Return that of two replaced contents which says less: the order does not matter."""
    return min(one, other, key=lambda fields: (len(fields.replace(MARK, "")), fields))


def withhold(db: Database, response: Response, name: str) -> str:
    """Let go at once of the body of this name where its address is redacted; return the name.

    Called in the transaction that keeps it, so that such bytes are never committed.
    """
    of = redaction(db, response.request.url, response.url, sha256=name)
    if of is not None:
        forbid(db, of, {url_name(response.url), f"body:{name}"}, fresh=True)
    return name


def let_go(db: Database, listed: Iterable[Entry], bodies: Iterable[str]) -> None:
    """Let go of the bodies of a listing page where it lists what is redacted.

    ``listed`` are its entries as `hidden` returned them. What it calls the reply may name persons,
    and nobody knows any more whom to look for.
    """
    named = [entry.url for entry in listed if entry.left_out == REASON]
    of = redaction(db, *named) if named else None
    if of is not None:
        forbid(db, of, {f"body:{each}" for each in bodies}, fresh=True)
