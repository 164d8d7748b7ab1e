"""Records of JSON answers -> rows of a listing, whatever a system calls their fields."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from replyarc.errors import ListingError
from replyarc.listing.answers import Answer, keys_of
from replyarc.listing.days import cut_day
from replyarc.listing.hosts import NO_ADDRESS, OTHER_HOST, hosts_of, reason_of
from replyarc.listing.notices import is_notice
from replyarc.model import Entry, Listing, Page, Request, Source
from replyarc.text.chinese import one_line as clean
from replyarc.text.dates import read_date
from replyarc.text.html import absolute, one_line, parse

# The names of a field, in lower case and without "_", the most trusted first. A new name that a
# system gives it is a new word.
_NAMES: Final = {
    "url": "url link href infourl linkurl docpuburl puburl pageurl posturl arturl docurl"
    " contenturl htmlpath visiturl chnldocurl urls",
    "title": "realtitle title doctitle titlenotag showtitle infotitle maintitle subject filename"
    " name",
    "day": "publishedtimestr displaypublishtime publishedtime pubdate publishdate publishtime"
    " infodate releasedate docreltime firstpublishtime createdat showdate date dates docdate time"
    " trstime createtime createdate crtime inputtime fwrq handsdate",
    "index": "identifier indexnumber indexno indexnum indexcode idxid syh infoindex",
    "document": "documentnumber refno filenum filenumber fileno docno docnumber wenhao fwzh wh",
}
_FIELDS: Final = {field: tuple(names.split()) for field, names in _NAMES.items()}
_NOTHING: Final = frozenset(("无", "暂无", "null", "none", "undefined"))
_SAYS: Final = re.compile(r"\w")
_CUT: Final = re.compile(r"(?:\.{2,6}|…{1,6})$")
_ESCAPE: Final = re.compile(r"%(?:u([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))")
_BULLETS: Final = " ·•●○■□◆◇▶★☆»›"
_LONGEST: Final = 2_000
_MOST_PARTS: Final = 300
"""How many lists and objects within one record are looked into."""

_UTC: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d):\d\d[\d:.]{0,12}(?:Z|[+-]00:?00)")
_EPOCH: Final = re.compile(r"(?:/Date\()?(\d{9,10}|\d{12,13})(?:[+-]\d{4})?(?:\)/)?")
_CHINA: Final = 8 * 3600

Levels: TypeAlias = tuple[dict[str, Any], ...]


def read_records(
    records: object, page: Page, source: Source
) -> tuple[tuple[Entry, ...], dict[str, int]]:
    """Return the rows that the records of an answer are, and how many are none, by reason.

    Addresses are relative to the column's page. A row that is not asked for (``Entry.left_out``)
    is returned too.

    Raises ListingError where there is no record, or none with an address and a title.
    """
    listed = records if isinstance(records, list) else []
    hosts = hosts_of(page, source)
    own = {page.url, page.column, *source.urls}
    found: dict[str, Entry] = {}
    left_out: Counter[str] = Counter()
    for record in listed:
        levels = _levels(record) if isinstance(record, dict) else ()
        url = _address(levels, page.column, own)
        title, day = _title(levels)
        if not url or not title or url in found:
            left_out["repeated" if url in found else "no title" if url else NO_ADDRESS] += 1
            continue
        reason = reason_of(url, hosts) or ("notice" if is_notice(title) else None)
        index, document = _text(levels, "index"), _text(levels, "document")
        found[url] = Entry(url, title, _day(levels) or day, index, document, reason)
    if all(entry.left_out == OTHER_HOST for entry in found.values()):
        raise _nothing(listed, page, source, left_out + Counter({OTHER_HOST: len(found)}))
    return tuple(found.values()), dict(left_out)


def listing_of(
    answer: Answer,
    page: Page,
    source: Source,
    this: int,
    size: int | None,
    ask: Callable[[int, int | None], Request],
) -> Listing:
    """Make a listing of an answer: page ``this``, from 1, of pages of ``size`` records.

    Where the first page has fewer than were asked for, the server keeps to its own size: what it
    has. ``ask`` makes the request for a page of a size. A total, and a number of pages, that the
    records belie count as not said; where nothing is said, what comes next is a guess.

    Raises ListingError as read_records does.
    """
    entries, left_out = read_records(answer.records, page, source)
    got = len(answer.records)
    least = (this - 1) * (size or 0) + got
    total = answer.total if answer.total is not None and answer.total >= least else None
    if total is not None and this == 1 and got < min(size or total, total):
        size = got
    said = -(-total // size) if total is not None and size else answer.pages
    pages = said if said is not None and said >= this else None
    following = ask(this + 1, size)
    return Listing(
        entries,
        following if pages is not None and this < pages else None,
        pages=pages,
        announced=total,
        left_out=left_out,
        guesses=(following,) if pages is None else (),
        this=answer.this if answer.this == this else None,
    )


def read_stamp(value: object) -> date | None:
    """Read the day of a field: printed, in seconds or milliseconds since 1970, or in UTC.

    A moment is the day that it is in China, eight hours before Greenwich.

    >>> read_stamp("2024年1月2日"), read_stamp(1704124800), read_stamp("2024-01-01T16:00:00.000Z")
    (datetime.date(2024, 1, 2), datetime.date(2024, 1, 2), datetime.date(2024, 1, 2))
    >>> read_stamp(0), read_stamp("待定")
    (None, None)
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)[:60].strip().removesuffix(".0")
    try:
        if epoch := _EPOCH.fullmatch(text):
            seconds = int(epoch[1]) // (1000 if len(epoch[1]) > 10 else 1)
            day = date(1970, 1, 1) + timedelta(days=(seconds + _CHINA) // 86400)
        elif moment := _UTC.fullmatch(text):
            day = date.fromisoformat(moment[1]) + timedelta(days=int(moment[2]) >= 16)
        else:
            day = read_date(text)
    except (ValueError, OverflowError):
        return None
    return day


def _levels(record: dict[str, Any]) -> Levels:
    """Return the fields of a record: its own, those of objects in it, and its key-value pairs.

    Lists within it are looked through for pairs only: others hold attachments and the like.
    """
    own = _named(record)
    inner: dict[str, Any] = {}
    pairs: dict[str, Any] = {}
    waiting: deque[tuple[Any, bool]] = deque((value, False) for value in record.values())
    for _ in range(_MOST_PARTS):
        if not waiting:
            break
        part, in_list = waiting.popleft()
        if isinstance(part, list):
            waiting.extend((each, True) for each in part[:_MOST_PARTS])
        elif isinstance(part, dict):
            if "key" in part and "value" in part:
                pairs.setdefault(_name(part["key"]), part["value"])
            elif not in_list:
                inner = _named(part) | inner
            waiting.extend((value, in_list) for value in part.values())
    return own, inner, pairs


def _named(record: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that say something; of two with one name, the first."""
    named: dict[str, Any] = {}
    for key, value in record.items():
        if value not in (None, "", 0):
            named.setdefault(_name(key), value)
    return named


def _name(key: object) -> str:
    return str(key)[:60].replace("_", "").lower()


def _values(levels: Levels, field: str) -> Iterator[Any]:
    for level in levels:
        for name in _FIELDS[field]:
            if name in level:
                yield level[name]


def _address(levels: Levels, column: str, own: set[str]) -> str:
    for value in _values(levels, "url"):
        href = _href(value)
        url = absolute(column, href) if href else None
        if url and url not in own:
            return url
    return ""


def _href(value: Any) -> str:
    """Return an address, also where it stands in an object or in one written as a text."""
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return ""
    if isinstance(value, dict):
        value = value.get("pc") or next(iter(value.values()), "")
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def _title(levels: Levels) -> tuple[str, date | None]:
    """Return the title, whole where one field has it whole, and the day glued to it."""
    said = [_plain(value) for value in _values(levels, "title") if isinstance(value, str)]
    texts = [text for text in said if text]
    if not texts:
        return "", None
    stem = _CUT.sub("", texts[0])
    whole = (text for text in texts if text.startswith(stem) and not _CUT.search(text))
    return cut_day(next(whole, texts[0]).lstrip(_BULLETS))


def _day(levels: Levels) -> date | None:
    days = (read_stamp(value) for value in _values(levels, "day"))
    return next((day for day in days if day), None)


def _text(levels: Levels, field: str) -> str | None:
    for value in _values(levels, field):
        text = _plain(value) if isinstance(value, str) else ""
        if _SAYS.search(text) and text.lower() not in _NOTHING:
            return text
    return None


def _plain(text: str) -> str:
    """Return a text on one line: without tags, entities, escapes and halves of characters.

    >>> _plain("关于<em>建议</em>的&quot;答复&quot;"), _plain("%u7B54%u590D\\ud83d")
    ('关于建议的"答复"', '答复\ufffd')
    """
    text = text[:_LONGEST]
    if "%u" in text:  # JavaScript's escape(), which writes blanks and brackets as %20, %28
        text = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    body = parse(text).body if "<" in text or "&" in text else None
    return one_line(body) if body else clean(text)


def _nothing(listed: list[Any], page: Page, source: Source, left_out: Counter[str]) -> ListingError:
    why = "".join(f"; {reason}: {count}" for reason, count in left_out.items() if count)
    if not listed:
        missing = "record in the answer"
    else:
        missing = f"record with an address and a title{why}; the first has: {keys_of(listed[0])}"
    mend = f'Open the column of source "{source.name}" in a browser: it may be empty or have moved.'
    return ListingError(page.url, missing, mend)
