"""Whom a letter names for questions: ``联系人及电话:张三 0871-65732120``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from replyarc.extract.salutation import names
from replyarc.model import Contact
from replyarc.text.chinese import narrow

_PERSON: Final = (
    r"(?:联\s?系|承\s?办|经\s?办|办\s?理|联\s?络|具体负责)\s?(?:人员?|员|负责人|责任人|同志|领导)"
)
_UNIT: Final = r"(?:联系|承办|办理)(?:单位|处室|科室|股室|部门)"
_PHONE: Final = (
    r"(?:联\s?[系络]|办\s?公|咨\s?询)?人?\s?(?:固定|手机)?\s?(?:电\s?话|手\s?机)(?:\s?号\s?码)?"
    r"(?:[/(、及兼]传\s?真\)?)?|联\s?[系络]\s?人?\s?(?:方\s?式|号\s?码)"
)
# What ends the reach of a name and is neither a name nor a telephone, with or without a colon.
_OTHER: Final = (
    r"邮\s?编|邮政编码|传\s?真|(?:电子)?(?:邮\s?箱|邮\s?件)|(?:办公|联系|通[讯信]|单位)?地\s?址"
    r"|(?:信息|是否)?(?:同意)?公开(?:方式|属性|形式|类别|类型|选项|程度|范围|情况)|是否.{0,2}公开"
    r"|签发人|抄\s?送|(?:单位|部门|主管|分管|主要)(?:领导|负责人)|领导(?:签\s?[批发字名]|署名)"
)
_MORE: Final = r"[^\s:,;，；。]"
# How all of these begin: asked first, which is five times as fast.
_FIRST: Final = r"[\s联承经办具咨人固手电邮传通单地信是同公签抄部主分领]"
# A word of the form, perhaps several joined ("联系人及联系电话"), and its colon.
_LABEL = re.compile(
    rf"(?={_FIRST})(?:"
    rf"(?P<person>(?:{_UNIT}{_MORE}{{0,4}})?{_PERSON}){_MORE}{{0,10}}:|(?P<unit>{_UNIT}){_MORE}{{0,10}}:"
    rf"|(?P<phone>{_PHONE})(?::|;(?=\s?[\d(]))|{_OTHER})"
)
_MENTION = re.compile(r"联\s?[系络]|承\s?办|经\s?办|办\s?理\s?人|电\s?话|手\s?机|具体负责")
_DASH: Final = r"(?:\s?[-‐-―−─]{1,2}\s?)"
_MOBILE: Final = rf"1\d{{2}}(?:{_DASH}|\s)?\d{{4}}(?:{_DASH}|\s)?\d{{4}}"
_NUMBER = re.compile(
    rf"(?<!\d)(?:\(?(?P<area>0\d{{2,3}})\)?(?:{_DASH}|\s)?)?"
    rf"(?P<line>{_MOBILE}|\d{{7,8}}|\d{{3,4}}\s\d{{4}})(?:(?:{_DASH}|\s?转\s?)(?P<extension>\d{{1,5}}))?(?!\d)"
)
_NOT_DIGITS = re.compile(r"\D")
_OFFICE = re.compile(r"..[处科室股局办部]$|中心$")
_PERSONS_NAME = re.compile(r"[\u3400-\u9fff]{2,3}(?<![处科室股局办部机心])")
_POST = re.compile(r"副?(?:科长|处长|主任|局长|股长)|转")
_EDGES: Final = " \t,;。、()"
_ONE_UNIT = re.compile(r"[\u3400-\u9fff][^,;。:()、]{1,40}")
_LONGEST: Final = 160


@dataclass(slots=True)
class _Named:
    """Names that share the telephone numbers printed after them."""

    names: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """What is named so far; the first of the units has no name: numbers before all names."""

    persons: list[_Named] = field(default_factory=list)
    units: list[_Named] = field(default_factory=lambda: [_Named()])


def read_contacts(lines: Sequence[str]) -> tuple[Contact, ...]:
    """Read the persons named for questions in the last lines of a letter, in order.

    A number belongs to the name before it; as many numbers as names are given out in order.
    The only person, without a number, is reached at those of the unit, or at those before all
    names. Where no person is named, a unit with a number is the contact. A number beside which
    no name stands is no contact.

    >>> read_contacts(("（联系人：张三；电话：（0571） 8700 0000、87000001）",))
    (Contact(name='张三', phones=('0571-87000000', '87000001')),)
    >>> read_contacts(("承办人：李四、王五", "联系电话：0730—8878206"))[1]
    Contact(name='王五', phones=('0730-8878206',))
    """
    found = _Found()
    for line in lines:
        if labels := _labels(line):
            _read_line(labels, found)
    persons = [person for person in found.persons if person.names]
    named = persons or [unit for unit in found.units if unit.phones]
    if len(persons) == 1 and len(persons[0].names) == 1 and not persons[0].phones:
        persons[0].phones = [phone for unit in found.units for phone in unit.phones]
    return tuple(dict.fromkeys(contact for each in named for contact in _contacts(each)))


def contact_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return those of the lines in which contacts are named, or their telephones.

    >>> contact_lines(("感谢您。", "联系人：张三", "电话：87000001"))
    ('联系人：张三', '电话：87000001')
    """
    return tuple(line for line in lines if _labels(line))


@lru_cache(maxsize=64)  # for the two that ask of the same lines
def _labels(line: str) -> tuple[re.Match[str], ...]:
    """The words of a form in a line that may name somebody."""
    if len(line) > _LONGEST or not _MENTION.search(line):
        return ()
    return tuple(_LABEL.finditer(narrow(line)))


def _read_line(labels: Sequence[re.Match[str]], found: _Found) -> None:
    """Add what one line says: each label speaks for what stands up to the next."""
    printed = labels[0].string
    ends = [label.start() for label in labels] + [len(printed)]
    for label, end in zip(labels, ends[1:], strict=True):
        said = printed[label.end() : end]
        if label["person"]:
            found.persons.append(_Named())
            _read_persons(said, found.persons)
        elif label["unit"]:
            found.units.append(_unit(said))
        elif label["phone"]:
            _read_phones(said, found)


def _read_phones(said: str, found: _Found) -> None:
    """Read numbers, and the person between them and the next: 张三，电话：1；李四，电话：2."""
    named = _named_with_number(said) if not found.persons else []
    if named:
        found.persons.append(_Named(named))
    numbers = [*_NUMBER.finditer(said)]
    (found.persons or found.units)[-1].phones += map(_phone, numbers)
    behind = said[numbers[-1].end() :].strip(_EDGES) if numbers else ""
    if found.persons and _PERSONS_NAME.fullmatch(behind):
        found.persons.append(_Named([behind]))


def _named_with_number(said: str) -> list[str]:
    """The persons where the label names only their telephone: 联系电话：张三 87000001."""
    number = _NUMBER.search(said)
    listed = _names(said[: number.start()]) if number else []
    return listed if all(_PERSONS_NAME.fullmatch(name) for name in listed) else []


def _unit(said: str) -> _Named:
    """Read the one unit that stands before the first number; several are nobody's number."""
    number = _NUMBER.search(said)
    name = (said[: number.start()] if number else said).strip(_EDGES)
    return _Named([name] if _ONE_UNIT.fullmatch(name) else [], _phones(said))


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
