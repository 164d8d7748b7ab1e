"""Replies as they may be handed on: without contacts and without anybody's telephone.

Contacts are emptied. Telephones, e-mail addresses and identity cards go out of every text that a
reply shows, the letter and the names of its files included, and so does the name of a contact
where it stands as one: on a line with a telephone or with 联系人, or on a short line beside such a
one, but not as that of a deputy there. Deputies, members and whoever signed are named in public,
and stay.

Left as they are: addresses of pages, ids, hashes, days, index, document and proposal numbers. The
address of an attached file stays too, unless a telephone of a contact stands in it.

`text.personal` tells by its shape what a telephone is. Those of contacts are known besides, and
are found however they are spelled and wherever they stand: also in a letter that names nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final
from urllib.parse import unquote

from replyarc.export.flat import COLUMNS, Row
from replyarc.model import Contact, Reply
from replyarc.text.chinese import narrow
from replyarc.text.personal import MARK, NAME, Persons, find, hide_name, persons

Span = tuple[int, int]

UNTOUCHED: Final = frozenset(
    {"id", "url", "source", "index_number", "document_number", "proposal_numbers", "sha256"}
    | {"flags"}
)
"""The texts that no person's data stands in, or that a reply could not be found again without."""

_TEXTS: Final = tuple(
    (column.name, column.many)
    for column in COLUMNS
    if column.kind is str and column.name not in UNTOUCHED
)
_SHORTEST: Final = 7
"""Digits of a telephone, at least: shorter ones are hotlines, and parts of any other number."""
_UNMISTAKABLE: Final = 10
"""Digits from which on a number is a telephone wherever it stands, also within a longer one."""

_DIGIT: Final = r"[\d¹²³⁰-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒]"
_SPREAD = re.compile(rf"{_DIGIT}(?:[\W_]{{0,8}}{_DIGIT}){{{_SHORTEST - 1},}}")
_ONE_DIGIT = re.compile(_DIGIT)
_CONTACT: Final = r"(?:联\s?[系络]|承\s?办|经\s?办|办\s?理)\s?(?:人|员)"
_LABEL = re.compile(_CONTACT)
_LABELLED = re.compile(rf"{_CONTACT}[^:\n]{{0,10}}:(?=(?P<names>[^\n:\d]{{1,60}}))")
_NUMERAL: Final = "[〇零○一二三四五六七八九幺]"
# What a label calls a telephone is one, in whatever way it is set apart, or goes on below.
_CALLED = re.compile(
    r"(?:电\s?话|手\s?机|传\s?真|座\s?机|宅\s?电|方\s?式|[Tt][Ee][Ll])(?:\s?号\s?码)?[\W_]{0,4}"
    rf"(?P<number>(?:[0０](?:[\W_]{{0,3}}{_DIGIT}){{10,11}}|[1１](?:[\W_]{{0,3}}{_DIGIT}){{10}}"
    rf"|{_DIGIT}(?:[^\w\n]{{0,3}}_?{_DIGIT}){{6,11}})(?!{_DIGIT}|[元万亿千百个人户件次名])"
    rf"|{_NUMERAL}{{7,12}})"
)
_DEPUTY = re.compile(r"[^\S\n]{0,2}(?:代表|委员(?!会))")
# All of these at once, and a class of signs first, which Python looks for many times as fast.
_HINT = re.compile(
    rf"{_DIGIT[:-1]}@＠﹫(（\[［联承经办话机真](?:"
    rf"(?<={_DIGIT})(?:[\W_]{{0,8}}{_DIGIT}){{{_SHORTEST - 1},}}"
    r"|(?<=[@＠﹫])|(?<=[(\[（［])[aAａＡ][tTｔＴ][)\]）］]"
    r"|(?<=联)\s?[系络]\s?[人员]|(?<=[承经])\s?办\s?[人员]|(?<=办)\s?理\s?[人员]"
    rf"|(?<=[话机真])[\W_]{{0,4}}{_NUMERAL}{{7}})"
)
_SHORT_LINE: Final = 30
_HAN_BLANKS: Final = r"[^\S\n]{0,2}"


class Telephones:
    """Telephones that are known, and where they stand in a text."""

    def __init__(self, phones: Iterable[str] = ()) -> None:
        self._known: dict[int, set[str]] = defaultdict(set)
        for phone in phones:
            self.add(phone)

    def add(self, phone: str) -> None:
        """Take in a telephone, and what it is called without its area code or its extension."""
        parts = re.findall(r"\d+", phone)
        for first in range(len(parts)):
            for end in range(first + 1, len(parts) + 1):
                digits = "".join(parts[first:end])
                if len(digits) >= _SHORTEST:
                    self._known[len(digits)].add(digits)

    def spans(self, text: str) -> Iterator[Span]:
        """Yield from where to where one of them stands, whatever is between its digits.

        >>> text = "来访请至１３８ 0001-0002。"
        >>> [text[start:end] for start, end in Telephones(["13800010002"]).spans(text)]
        ['１３８ 0001-0002']
        """
        for spread in _SPREAD.finditer(text):
            at = [found.start() for found in _ONE_DIGIT.finditer(text, *spread.span())]
            digits = "".join(str(unicodedata.digit(text[each])) for each in at)
            for length, known in self._known.items():
                for first in range(len(at) - length + 1):
                    if digits[first : first + length] in known and (
                        length >= _UNMISTAKABLE or _is_apart(at, first, first + length)
                    ):
                        yield at[first], at[first + length - 1] + 1


def _is_apart(at: list[int], first: int, end: int) -> bool:
    """Tell whether no further digit touches those from ``first`` to ``end``."""
    before = first > 0 and at[first - 1] == at[first] - 1
    after = end < len(at) and at[end] == at[end - 1] + 1
    return not before and not after


def redacted(rows: Iterable[Row], phones: Collection[str] = ()) -> Iterator[Row]:
    """Yield replies without contacts, telephones, e-mail addresses and identity cards.

    ``phones`` are those of the whole archive: in whatever spelling, none of them is left.
    """
    known = Telephones(phones)
    for row in rows:
        for contact in row["contacts"]:
            for phone in contact["phones"]:
                known.add(phone)
        yield _redacted(row, known)


def _redacted(row: Row, known: Telephones) -> Row:
    names = _contacts(row)
    keep = [row[name] for name in ("index_number", "document_number") if row[name]]

    def hide(text: str) -> str:
        spans = sorted(_spans(text, known, names, keep))
        return _without(text, spans) if spans else text

    hidden: dict[str, Any] = {**row, "contacts": []}
    for name, many in _TEXTS:
        if value := row[name]:
            hidden[name] = [hide(each) for each in value] if many else hide(value)
    hidden["attachments"] = [
        {**file, "name": hide(file["name"]), "url": _address(file["url"], known)}
        for file in row["attachments"]
    ]
    return hidden


def _address(url: str, known: Telephones) -> str:
    return MARK if any(known.spans(unquote(url))) else url


def _contacts(row: Row) -> Persons:
    """Return who is named for questions: in the field, or behind a label of the letter."""
    named = [each["name"] for each in row["contacts"]]
    text = row["text"] or ""
    lines = (narrow(text[slice(*_line(text, *each.span()))]) for each in _LABEL.finditer(text))
    found = (each["names"] for line in lines for each in _LABELLED.finditer(line))
    labelled = "\n".join(f"联系人:{names}" for names in found)
    if not named and not labelled:
        return Persons()
    told = persons(Reply(text=labelled, contacts=tuple(map(Contact, named)))).names
    verbatim = {name for name in named if len(name) > 1 and hide_name(name, Persons()) == MARK}
    return Persons(told | verbatim)


def _spans(text: str, known: Telephones, names: Persons, keep: list[str]) -> Iterator[Span]:
    """Yield what is to be hidden of a text: only lines that may hold such a thing are read."""
    for first, end in _lines(text):
        line = text[first:end]
        there = [each for each in keep if narrow(each) in narrow(line)]
        data = [(each.start, each.end) for each in find(line, names, there) if each.what != NAME]
        data += known.spans(line)
        data += (each.span("number") for each in _CALLED.finditer(line))
        for start, stop in data:
            yield first + start, first + stop
        if names.names and (data or _LABEL.search(line)):
            for span in _names(text, names, *_with_short_ones(text, first, end)):
                if first <= span[0] < end or not _DEPUTY.match(text, span[1]):
                    yield span


def _lines(text: str) -> Iterator[Span]:
    """Yield the lines that may hold something; those that a number goes across are one."""
    first, end = 0, -1
    for hint in _HINT.finditer(text):
        if hint.end() <= end:
            continue
        start, stop = _line(text, *hint.span())
        if start >= end >= 0:
            yield first, end
        first, end = (start if start >= end else first), stop
    if end >= 0:
        yield first, end


def _line(text: str, start: int, end: int) -> Span:
    """Return the whole lines around a place."""
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _with_short_ones(text: str, first: int, end: int) -> Span:
    """Return lines with the short ones before and after: 联系人 and the name may be on two."""
    before, after = _line(text, first - 1, first - 1), _line(text, end + 1, end + 1)
    if first and first - before[0] <= _SHORT_LINE:
        first = before[0]
    if end < len(text) and after[1] - end <= _SHORT_LINE:
        end = after[1]
    return first, end


def _names(text: str, names: Persons, first: int, end: int) -> Iterator[Span]:
    """Yield where contacts are named between two places."""
    longest = sorted(names.names, key=lambda name: (-len(name), name))
    spelled = (_HAN_BLANKS.join(map(re.escape, narrow(name))) for name in longest)
    for found in re.finditer("|".join(spelled), narrow(text[first:end])):
        yield first + found.start(), first + found.end()


def _without(text: str, spans: list[Span]) -> str:
    """Return a text with a mark for each stretch that the spans cover."""
    pieces, at = list[str](), 0
    for start, end in spans:
        if start >= at:
            pieces += [text[at:start], MARK]
        at = max(at, end)
    return "".join([*pieces, text[at:]])
