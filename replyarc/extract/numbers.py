"""The two numbers an office gives a document: index number (索引号) and document number (文号)."""

from __future__ import annotations

import re
from typing import Final

from replyarc.text.chinese import narrow, one_line, squeeze
from replyarc.text.dates import EARLIEST, LATEST

_DASHES = re.compile(r"[‐-―−]")

# Codes of area, organ and class, a year, a serial: joined by single "/" or "-". The organ's code
# may end in a letter and carry a class with "_", or a "-" where its class is empty. The serial
# comes last and is a number.
_INDEX_NUMBER = re.compile(
    r"[0-9A-Z][0-9A-Z_.]{0,29}(?:-(?=/))?(?:[-/][0-9A-Z_.]{1,30}){0,7}[-/][0-9]{1,16}"
)
_EDGES: Final = " \t\r\n\u3000\xa0;；。,，、"
_LEAST_DIGITS: Final = 6
_LEAST_LETTERS: Final = 9
_PHONE = re.compile(r"0[0-9]{2,3}-[0-9]{7,8}")
_DAMAGE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\\]")


def read_index_number(text: str) -> str:
    """Read an index number in its normal form: half width, no blanks, upper case.

    It has at least two parts and nine letters and digits, six of them digits: the code of an
    organ alone is no index number, nor is a telephone number. Punctuation around it is dropped.

    >>> read_index_number(" ０１２３４５６７x－2020-163071")
    '01234567X-2020-163071'

    Raises ValueError for what has no such shape: 无, —, a day, a word, a damaged number.
    """
    number = _DASHES.sub("-", narrow(squeeze(text.strip(_EDGES)))).upper()
    letters = [sign for sign in number if sign.isalnum()]
    if (
        _DAMAGE.search(text)
        or not _INDEX_NUMBER.fullmatch(number)
        or _PHONE.fullmatch(number)
        or len(letters) < _LEAST_LETTERS
        or sum(map(str.isdigit, letters)) < _LEAST_DIGITS
    ):
        raise ValueError(f"no index number: {one_line(text)[:40]!r}")
    return number


_OPENING: Final = r"[〔\[【(「『〖<〈﹝《{]"
_CLOSING: Final = r"[〕\]】)」』〗>〉﹞》}]"
_ISSUER: Final = r"[A-Za-z\u3400-\u9fff]{1,20}"
_SERIAL: Final = r"[A-Za-z]{0,3}[0-9]{1,7}(?:-[0-9]{1,4})?"
_CLASS: Final = r"(?:分类:?)?[\[【(]?(?P<class>[A-D])类?[\]】)]?"

_YEARED = re.compile(
    rf"(?P<issuer>{_ISSUER}):?{_OPENING}(?P<year>[0-9]{{4}})年?{_CLOSING}"
    rf"第?(?P<serial>{_SERIAL})号?(?:{_CLASS})?"
)
# Decrees and announcements are numbered without a bracketed year.
_DECREE = re.compile(
    rf"(?P<issuer>{_ISSUER}?(?:令|公告|通告))(?P<year>[0-9]{{4}}年)?第?(?P<serial>[0-9]{{1,6}})号"
)

_LABEL: Final = r"(?:(?:发文)?[文字]号:?)"
_PRINTED: Final = rf"(?P<number>{_ISSUER}:?{_OPENING}[0-9]{{4}}年?{_CLOSING}第?{_SERIAL}号)"
# On a line of its own, as a letter's head has it, perhaps with its label or who signed it.
_ALONE = re.compile(rf"{_LABEL}?{_OPENING}?{_PRINTED}{_CLOSING}?(?:{_CLASS})?(?:签发人:.{{0,30}})?")
# In brackets or set apart behind the last word of a title. Behind 》 it would be a citation.
_BEHIND = re.compile(rf"[(\[【]?{_LABEL}?{_PRINTED}[)\]】]?(?:{_CLASS})?")
_LAST_WORD = re.compile(r"[复函见文](?=[\s(\[【])")
_LONGEST: Final = 80


def read_document_number(text: str) -> str:
    """Read a document number in its normal form, whatever its brackets, widths and blanks.

    第 and a colon inside are dropped, and so is the class of the result behind it, which is no
    part of the number (see `document_class`). A serial keeps its zeros: the standard (GB/T
    9704-2012, 7.2.5) has none, so an office that prints them is quoted with them.

    >>> read_document_number("青建复字 [２０２３] 第31号"), read_document_number("政府令第172号")
    ('青建复字〔2023〕31号', '政府令172号')

    Raises ValueError for what has no such shape.
    """
    printed = narrow(squeeze(text))
    yeared = _YEARED.fullmatch(printed)
    if yeared and EARLIEST <= int(yeared["year"]) <= LATEST:
        return f"{yeared['issuer']}〔{yeared['year']}〕{yeared['serial']}号"
    decree = _DECREE.fullmatch(printed)
    if decree:
        return f"{decree['issuer']}{decree['year'] or ''}{decree['serial']}号"
    raise ValueError(f"no document number: {one_line(text)[:40]!r}")


def document_class(text: str) -> str | None:
    """Return the class of the result that stands behind a document number; ``None`` if none does.

    >>> document_class("白建复〔2018〕6号(B类)")
    'B'
    """
    printed = _YEARED.fullmatch(narrow(squeeze(text)))
    return printed["class"] if printed else None


def find_document_number(line: str) -> str | None:
    """Return the document number that a line of a letter's head, or a title, bears as its own.

    It stands alone on its line, or behind the last word of a title; ``None`` otherwise: inside a
    sentence it is the number of a document that is cited.

    >>> find_document_number("关于第12号提案答复的函（青医保函〔2024〕14号）分类：B")
    '青医保函〔2024〕14号'
    >>> find_document_number("按照《某办法》（白政办发〔2018〕137号）") is None
    True
    """
    printed = narrow(one_line(line))[-_LONGEST:]
    behind = [printed[word.end() :] for word in _LAST_WORD.finditer(printed)]
    tries = [(_ALONE, printed), *((_BEHIND, rest) for rest in behind)]
    found = (shape.fullmatch(squeeze(candidate)) for shape, candidate in tries)
    match = next(filter(None, found), None)
    if match is None:
        return None
    try:
        return read_document_number(match["number"])
    except ValueError:  # a year that is none
        return None
