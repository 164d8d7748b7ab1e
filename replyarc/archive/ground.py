"""Whether that is whole from which replies, versions and the full-text index follow.

That is contents, readings and captures. What were made anew of damaged ones would be wrong, and
would hide what is still shown: so whatever is found here keeps `repair` from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from sqlite_utils import Database

from replyarc.archive import evidence_checks, identity, layout
from replyarc.archive.damage import Damage, Grade, Verdict
from replyarc.archive.evidence_checks import Found, Looking
from replyarc.archive.format import FORMAT
from replyarc.archive.losses import of_content

FOLLOWS: Final = frozenset({*layout.DERIVED, *layout.INDEX, "readings"})
"""The tables that follow from it, whole or in some columns."""

REMEDY: Final = (
    "Restore a backup. A reading that is missing also comes back with `replyarc merge` of a good "
    "copy, or with `replyarc crawl --full`"
)
"""What to do where nothing is made anew."""

_SILENT: Final = """
select id, url, fingerprint from readings
where fingerprint is null or fingerprint not in (select fingerprint from contents)
"""
_UNFOUND: Final = "select id, url from readings where id not in (select reading from captures)"

# What a row cannot be read without: the columns are JSON, instants, or never empty.
_ILLEGIBLE: Final = """
select id, url from readings
where url is null or source is null or not coalesce(json_valid(keys), 0)
  or not coalesce(json_valid(flags), 0) or (told is not null and not json_valid(told))
union
select readings.id, readings.url from captures join readings on readings.id = captures.reading
where captures.parts is null or not json_valid(captures.parts) or captures.accepted is null
  or (select not min(coalesce(value, '') glob '????-??-??T??:??:*Z') from json_each(json_array(
    first_seen_at, last_seen_at, first_read_at, last_read_at)))
"""

# Which rows refer to readings, and by what.
_LINKS: Final = {
    "captures": """
        select distinct reading from captures where reading not in (select id from readings)""",
    "_keys": "select distinct reading from _keys where reading not in (select id from readings)",
    "versions": """
        select distinct reply from versions where fingerprint is not null
        and fingerprint not in (select fingerprint from readings where fingerprint is not null)""",
    "replies": """
        select id from replies where fingerprint is not null
        and fingerprint not in (select fingerprint from readings where fingerprint is not null)""",
}

# Captures of bytes that are neither held nor were fetched.
_ASTRAY: Final = """
select readings.id, readings.url, captures.sha256, readings.fingerprint
from captures join readings on readings.id = captures.reading
where captures.reader is not null
  and captures.sha256 not in (select sha256 from bodies)
  and captures.sha256 not in (select sha256 from fetches where sha256 is not null)
"""
_PARTS_ASTRAY: Final = """
select captures.reading, part.value from captures, json_each(captures.parts) as part
where part.value not in (select sha256 from bodies)
  and part.value not in (select sha256 from fetches where sha256 is not null)
"""
_FETCHED: Final = """
select 1 from fetches join bodies using (sha256)
where (url = :url or final_url = :url) and sha256 not in (select sha256 from captures)
"""
_SHOWN: Final = """
select 1 from versions join bodies using (sha256) where fingerprint = :fingerprint
and sha256 not in (
  select captures.sha256 from captures join readings on readings.id = captures.reading
  where fingerprint = :fingerprint)
"""
_ELSEWHERE: Final = "found in bytes that are not there, while others tell of other bytes"


def contents(looking: Looking) -> Iterator[Damage]:
    """Hash what every reading says."""
    found = Found("contents", bars=True)
    every = looking.db.execute("select fingerprint, fields from contents")
    with found.reading_on():
        for name, fields in looking.each("contents", every):
            if looking.names.said(name):
                sound = _is_json(fields)
            else:
                sound = isinstance(fields, str) and identity.digest(fields) == name
            if not sound:
                found.add("not what was read", name)
                looking.lose(of_content, name)
    yield from found.damage()


def _is_json(fields: object) -> bool:
    try:
        return isinstance(fields, str) and isinstance(json.loads(fields), dict)
    except ValueError:
        return False


def readings(looking: Looking) -> Iterator[Damage]:
    """Look whether every reading bears its own name, says something, and was found somewhere."""
    found = Found("readings", bars=True)
    every = looking.db.execute("select id, url, fingerprint from readings")
    with found.reading_on():
        for id, url, fingerprint in looking.each("readings", every):
            if id != identity.reading_id(str(url), str(fingerprint)):
                found.add("address or content are not those that it was filed with", f"{id} {url}")
        for id, url, fingerprint in looking.db.execute(_SILENT):
            found.add("what it says is not there", f"{id} {url}, content {fingerprint}")
        if looking.verdict.format >= 4:
            for id, url in looking.db.execute(_UNFOUND):
                found.add("found in no bytes: its captures are not there", f"{id} {url}")
            for id, url in looking.db.execute(_ILLEGIBLE):
                found.add(
                    "not as it was written: a value is missing, no JSON or no instant",
                    f"{id} {url}",
                )
    yield from found.damage()


def links(looking: Looking) -> Iterator[Damage]:
    """Look for readings that are not there, and for captures of other bytes than are told of."""
    here = layout.present(looking.db)
    found = Found("readings", bars=True)
    for table, sql in _LINKS.items():
        if table in here:
            with found.reading_on():
                for (name,) in looking.db.execute(sql):
                    found.add(f"not there, though {table} refer to them", str(name))
    yield from found.damage()
    astray = Found("captures", bars=True)
    with astray.reading_on():
        for id, url, sha256, fingerprint in looking.db.execute(_ASTRAY):
            asked = {"url": url, "fingerprint": fingerprint}
            sought = [_FETCHED, *([_SHOWN] if "versions" in here else [])]
            if any(looking.db.execute(sql, asked).fetchone() for sql in sought):
                astray.add(_ELSEWHERE, f"{sha256} of {id} {url}")
        for id, sha256 in looking.db.execute(_PARTS_ASTRAY):
            if not looking.names.body(sha256):
                astray.add("further pages are neither there nor were fetched", f"{sha256} of {id}")
    yield from astray.damage()


def check(db: Database) -> list[Damage]:
    """Return all that keeps from making anew what follows; nothing where all is whole."""
    verdict = Verdict(format=FORMAT)
    looking = evidence_checks.begin(db, verdict, lambda _done, _total: None)
    verdict.damage += [each for each in layout.check(db) if each.bars]
    for look in (readings, contents, links):
        if not verdict.damage:  # else what it asks for may not be there
            verdict.damage += look(looking)
    return [each for each in verdict.damage if each.grade is Grade.LOST]
