"""What a reply once was known by, and is not any more: a corrected number, another title."""

from __future__ import annotations

import re
from itertools import chain, product
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

SPELLED: Final = "index_number in (select value from json_each(:spellings))"

_NUMBER: Final = f"select reply from readings where {SPELLED}"
# A scan of one short index leads to the few replies that ever said something else.
_OTHERS: Final = """
select reply, normal_number(json_extract(fields, '$.document_number')),
  normal_title(json_extract(fields, '$.title'))
from readings join replies on replies.id = readings.reply
join contents on contents.fingerprint = readings.fingerprint
where reply in (select reply from readings group by reply having count(*) > 1)
  and readings.fingerprint is not replies.fingerprint
"""
_DASHES: Final = 5


def named_by(db: Database, asked: dict[str, Any]) -> tuple[set[str], str | None]:
    """Return the replies that once bore what was asked for, and in words what that is.

    ``asked`` has ``spellings`` (JSON), ``written`` and ``title`` of a key, for comparing. A title
    is looked for whole, then as a part of one.
    """
    found = {reply for (reply,) in db.execute(_NUMBER, asked)}
    if found:
        return found, "index number (索引号)"
    written, title = asked["written"], asked["title"]
    numbered, titled, partly = set[str](), set[str](), set[str]()
    for reply, number, said in db.execute(_OTHERS) if written else ():
        if number == written:
            numbered.add(reply)
        if title and title in (said or ""):
            (titled if said == title else partly).add(reply)
    if numbered:
        return numbered, "document number (文号)"
    return titled or partly, "title (标题)" if titled or partly else None


def spellings(number: str) -> list[str]:
    """Return an index number with ``/`` for ``-`` and the other way round: offices write both.

    >>> spellings("990123006-2023-1")[:3]
    ['990123006-2023-1', '990123006-2023/1', '990123006/2023-1']
    """
    parts = re.split("[-/]", number)
    if len(parts) - 1 > _DASHES:  # a long text: there would be twice as many for each of them
        return [number]
    marks = product("-/", repeat=len(parts) - 1)
    return ["".join(chain(*zip(parts, (*each, ""), strict=True))) for each in marks]
