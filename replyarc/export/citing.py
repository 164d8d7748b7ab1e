"""A reply as a citation: GB/T 7714-2015, BibTeX, CSL-JSON; nothing that the page does not say.

Every function takes a reply under the contract's keys and the instant at which it was last known
to be there (``accessed``): the archive's ``last_seen_at``, see `seen_at`. The SHA-256 in a citation
is that of the archived bytes, so that a reader can tell whether what they hold is what was cited.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from replyarc.instants import china_day, utc

Row = Mapping[str, Any]

_DAYS: Final = ("published_on", "signed_on", "written_on")
_NAMED: Final = 3  # of more authors the first three are named (8.1.2)
_OFFICE: Final = 4  # letters that the name of an office has at the least
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEY: Final = re.compile(r"[^0-9A-Za-z]+")
_BIBTEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{letter: f"\\{letter}" for letter in "#$%&_"},
    }
)
# In an address nothing is escaped; what would end the value is percent-encoded.
_ADDRESS: Final = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", "^": "%5E", " ": "%20"})


def seen_at(row: Row) -> datetime | None:
    """Return the instant at which a reply was last seen as it is archived, if the row says it.

    >>> seen_at({"last_seen_at": "2024-05-01T08:00:00Z"}).isoformat()
    '2024-05-01T08:00:00+00:00'
    """
    told = row.get("last_seen_at") or row.get("first_seen_at")
    return datetime.fromisoformat(told) if told else None


def gbt7714(row: Row, accessed: datetime) -> str:
    """Return a citation by GB/T 7714-2015 (4.6, electronic resources), on one line.

    Who is responsible is left out where the page does not say it (8.1.4); the document number is
    part of the title (8.2.3, as in the standard's example of an official document); ``A``: an
    official document, ``EB``: a page without a number. Behind it stands what was archived.

    >>> row = {"answered_by": "清源市民政局", "title": "关于助餐的答复", "url": "http://a.test/1",
    ...     "document_number": "清民函〔2023〕5号", "published_on": "2023-05-17", "sha256": "ab12"}
    >>> accessed = datetime.fromisoformat("2024-05-01T20:00:00Z")
    >>> gbt7714(row, accessed)  # doctest: +NORMALIZE_WHITESPACE
    '清源市民政局. 关于助餐的答复: 清民函〔2023〕5号[A/OL]. (2023-05-17)[2024-05-02].
     http://a.test/1. (存档: 2024-05-01T20:00:00Z, SHA-256: ab12)'
    """
    authors = _authors(row)
    who = ", ".join([*authors[:_NAMED], *(["等"] if len(authors) > _NAMED else [])])
    number = _line(row.get("document_number"))
    other = number or (f"索引号 {index}" if (index := _line(row.get("index_number"))) else "")
    title = ": ".join(filter(None, (_line(row.get("title")), other)))
    mark = "A/OL" if number else "EB/OL"
    day = f"({issued})" if (issued := _issued(row)) else ""
    access = f"{day}[{china_day(accessed)}]"
    told = [who.rstrip("."), f"{title}[{mark}]", access, _line(row.get("url"))]
    return f"{'. '.join(filter(None, told))}. ({_archived(row, accessed, '存档', ': ', ', ')})"


def bibtex(row: Row, accessed: datetime) -> str:
    """Return a BibTeX entry, a field a line; ``@online`` is biblatex's, and gbt7714's.

    Its key is made of the reply's id, which stays as it is, also after a merge.

    >>> print(bibtex({"id": "abc", "title": "A&B {1}", "url": "http://a.test/?a_b"},
    ...     datetime.fromisoformat("2024-05-01T00:00:00Z")))
    @online{replyarc-abc,
      title = {{A\\&B \\{1\\}}},
      url = {http://a.test/?a_b},
      urldate = {2024-05-01},
      note = {archived 2024-05-01T00:00:00Z},
    }
    """
    told = {
        "author": " and ".join(f"{{{_escaped(who)}}}" for who in _authors(row)),
        "title": f"{{{_escaped(row.get('title'))}}}" if row.get("title") else "",
        "date": _issued(row) or "",
        "number": _escaped(row.get("document_number")),
        "organization": _escaped(row.get("publisher")),
        "url": _line(row.get("url")).translate(_ADDRESS),
        "urldate": china_day(accessed),
        "note": _note(row, accessed).translate(_BIBTEX),
    }
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in told.items() if value)
    return f"@online{{{_key(row)},\n{fields}}}"


def csl_json(row: Row, accessed: datetime) -> str:
    """Return CSL-JSON (csl-data.json 1.0): a list with the one item, as its schema wants it.

    >>> row = {"id": "abc", "title": "答复", "signed_on": "2023-05-17"}
    >>> [item] = json.loads(csl_json(row, datetime.fromisoformat("2024-05-01T00:00:00Z")))
    >>> item["type"], item["issued"], "author" in item
    ('webpage', {'date-parts': [[2023, 5, 17]]}, False)
    """
    day = _issued(row)
    told = {
        "id": _key(row),
        "type": "webpage",
        "title": _line(row.get("title")),
        "author": [{"literal": who} for who in _authors(row)],
        "issued": _date(day) if day else None,
        "accessed": _date(china_day(accessed)),
        "number": _line(row.get("document_number")),
        "publisher": _line(row.get("publisher")),
        "URL": _line(row.get("url")),
        "note": _note(row, accessed),
    }
    item = {name: value for name, value in told.items() if value}
    return json.dumps([item], ensure_ascii=False, indent=2)


CITATIONS: Final[Mapping[str, Callable[[Row, datetime], str]]] = {
    "gbt7714": gbt7714,
    "bibtex": bibtex,
    "csl-json": csl_json,
}
"""Name of a style -> what writes a reply in it."""


def _line(value: object) -> str:
    return " ".join(str(value).split()) if value else ""


def _escaped(value: object) -> str:
    return _line(value).translate(_BIBTEX)


def _authors(row: Row) -> list[str]:
    """Return who answers; offices that sign together are joined by a blank in the archive.

    >>> _authors({"answered_by": "清源市民政局 清源市财政局"}), _authors({"answered_by": "A B"})
    (['清源市民政局', '清源市财政局'], ['A B'])
    """
    whole = _line(row.get("answered_by"))
    offices = whole.split(" ")
    if all(len(each) >= _OFFICE and not each.isascii() for each in offices):
        return offices
    return [whole] if whole else []


def _issued(row: Row) -> str | None:
    """Return the day that is printed: of the publication, else of the letter."""
    days = (str(row[name]) for name in _DAYS if row.get(name))
    return next((day for day in days if _DAY.fullmatch(day)), None)


def _date(day: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def _key(row: Row) -> str:
    return f"replyarc-{_KEY.sub('-', _line(row.get('id')) or _line(row.get('sha256'))[:12])}"


def _note(row: Row, accessed: datetime) -> str:
    index = _line(row.get("index_number"))
    told = [f"索引号 {index}" if index else "", _archived(row, accessed, "archived", " ", "; ")]
    return "; ".join(filter(None, told))


def _archived(row: Row, accessed: datetime, word: str, behind: str, between: str) -> str:
    sha256 = _line(row.get("sha256"))
    told = [f"{word}{behind}{utc(accessed)}", f"SHA-256{behind}{sha256}" if sha256 else ""]
    return between.join(filter(None, told))
