"""Whom a letter names for questions: ``联系人及电话:张三 0871-65732120``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from replyarc.extract.salutation import names
from replyarc.model import Contact
from replyarc.text.chinese import narrow

_PERSON: Final = (
    r"(?:联\s?系|承\s?办|经\s?办|办\s?理|联\s?络|具体负责)\s?(?:人员?|负责人|同志|领导)"
)
_UNIT: Final = r"(?:联系|承办|办理)(?:单位|处室|科室|部门)"
_PHONE_WORD: Final = (
    r"(?:联\s?系|办\s?公|咨\s?询)?(?:人|固定|手机)?\s?(?:电\s?话|方\s?式|手\s?机|号\s?码)"
)
# A word of the form, perhaps several joined ("联系人及联系电话"), and its colon.
_LABEL = re.compile(
    rf"(?P<person>{_PERSON})[^\s:,;，；。]{{0,10}}:|(?P<unit>{_UNIT})[^\s:,;，；。]{{0,10}}:"
    rf"|(?P<phone>{_PHONE_WORD})(?:号码)?:"
)
_MENTION = re.compile(r"联\s?系|承\s?办|经\s?办|办\s?理\s?人|电\s?话")
_DASH: Final = r"(?:\s?[-‐-―−─]{1,2}\s?)"
_MOBILE: Final = rf"1\d{{2}}(?:{_DASH}|\s)?\d{{4}}(?:{_DASH}|\s)?\d{{4}}"
_NUMBER = re.compile(
    rf"(?<!\d)(?:\(?(?P<area>0\d{{2,3}})\)?(?:{_DASH}|\s)?)?"
    rf"(?P<line>{_MOBILE}|\d{{7,8}}|\d{{3,4}}\s\d{{4}})(?:{_DASH}(?P<extension>\d{{1,5}}))?(?!\d)"
)
_NOT_DIGITS = re.compile(r"\D")
_OFFICE = re.compile(r"..[处科室股局办部]$|中心$")
_POST = re.compile(r"副?(?:科长|处长|主任|局长|股长)|转")
_LONGEST: Final = 160


@dataclass(slots=True)
class _Named:
    """Names that share the telephone numbers printed after them."""

    names: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)


def read_contacts(lines: tuple[str, ...]) -> tuple[Contact, ...]:
    """Read the persons named for questions in the last lines of a letter, in order.

    A number belongs to the name before it; as many numbers as names are given out in order. A
    number beside which no name stands is no contact.

    >>> read_contacts(("（联系人：张三；电话：（0571） 8700 0000、87000001）",))
    (Contact(name='张三', phones=('0571-87000000', '87000001')),)
    >>> read_contacts(("承办人：李四、王五", "联系电话：0730—8878206"))[1]
    Contact(name='王五', phones=('0730-8878206',))
    """
    found: list[_Named] = []
    for line in lines:
        if len(line) <= _LONGEST and _MENTION.search(line):
            _read_line(narrow(line), found)
    contacts = (contact for named in found for contact in _contacts(named))
    return tuple(dict.fromkeys(contacts))


def _read_line(printed: str, found: list[_Named]) -> None:
    """Add what one line says: each label speaks for what stands up to the next."""
    labels = list(_LABEL.finditer(printed))
    ends = [label.start() for label in labels] + [len(printed)]
    for label, end in zip(labels, ends[1:], strict=True):
        said = printed[label.end() : end]
        if label["person"]:
            found.append(_Named())
            _read_persons(said, found)
        elif label["phone"] and found:
            found[-1].phones += _phones(said)


def _read_persons(said: str, found: list[_Named]) -> None:
    """Read names and the numbers between them."""
    at = 0
    for number in (*_NUMBER.finditer(said), None):
        persons = _names(said[at : number.start() if number else None])
        if persons and found[-1].phones:
            found.append(_Named())
        found[-1].names += persons
        if number:
            found[-1].phones.append(_phone(number))
            at = number.end()


def _names(said: str) -> list[str]:
    """The persons; the office where a person belongs is left out, unless no person is named."""
    named = [
        name for name in names(said) if not _POST.fullmatch(name) and not _LABEL.search(f"{name}:")
    ]
    persons = [name for name in named if not _OFFICE.search(name)]
    return persons or named


def _phones(said: str) -> list[str]:
    return [_phone(number) for number in _NUMBER.finditer(said)]


def _phone(number: re.Match[str]) -> str:
    parts = (number["area"], _NOT_DIGITS.sub("", number["line"]), number["extension"])
    return "-".join(part for part in parts if part)


def _contacts(named: _Named) -> Iterator[Contact]:
    """One contact a name; numbers are given out only where there is one for each."""
    phones = tuple(named.phones)
    paired = len(named.names) > 1 and len(named.names) == len(phones)
    for at, name in enumerate(named.names):
        yield Contact(name, (phones[at],) if paired else phones)
