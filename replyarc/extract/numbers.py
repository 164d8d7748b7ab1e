"""The two numbers an office gives a document: index number (索引号) and document number (文号)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from replyarc.text.chinese import ZEROS, narrow, numeral, one_line, squeeze
from replyarc.text.dates import EARLIEST, LATEST

# A Chinese dash is two signs long; a dash in ASCII is one.
_DASHES = re.compile(r"—{1,2}|[‐-―−]")
_SLASHES = re.compile(r"[∕⁄]")

# Codes of area, organ and class, a year, a serial: joined by single "/" or "-". A code may end in
# a letter and carry a class with "_"; where the class of an organ is empty, "-" stands before "/".
# The serial comes last and is a number.
_INDEX_NUMBER = re.compile(
    r"[0-9A-Z][0-9A-Z_.]{0,29}(?:(?:-?/|-)[0-9A-Z_.]{1,30}){0,7}(?:-?/|-)[0-9]{1,24}"
)
# 云南 composes 21 figures and may print them as one: area, office, class, unit, year, serial.
_FIGURES = re.compile(r"[0-9]{13}(?P<year>[0-9]{4})[0-9]{4}")
_EDGES: Final = " \t\r\n\u3000\xa0;；。.．,，、:："
_LEAST_DIGITS: Final = 6
_LEAST_LETTERS: Final = 9
_PHONE = re.compile(r"0[0-9]{2,3}-[0-9]{7,8}")
_DAMAGE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\\]")
_INDEX_LABEL = re.compile(r"(?:信息)?索\s{0,4}[引取]\s{0,4}号码?\s{0,4}:")
# The label that a box has next, and all behind it: no part of the number before it.
_NEXT_LABEL = re.compile(r"(?:\s{0,4}[\u4e00-\u9fff]){2,8}\s{0,4}:")
# The same without a value, and so without a colon.
_NEXT_EMPTY = re.compile(
    r"\s{1,4}[\u4e00-\u9fff]{1,6}(?:号|机构|机关|单位|部门|日期|时间|分类|名称|主题词|关键词|方式|属性|范围)$"
)
_BLANK = re.compile(r"(?<=[0-9A-Z])\s+(?=[0-9A-Z])")
_LONGEST: Final = 500


def read_index_number(text: str) -> str:
    """Read an index number in its normal form: half width, no blanks, upper case.

    It has at least two parts and nine letters and digits, six of them digits: the code of an
    organ alone is no index number, nor is a telephone number. Punctuation around it is dropped,
    so is its label before it and the next label behind it.

    >>> read_index_number(" ０１２３４５６７x－2020-163071")
    '01234567X-2020-163071'

    Raises ValueError for what has no such shape: 无, —, a day, a word, a damaged number, two.
    """
    printed = narrow(text[:_LONGEST].strip(_EDGES))
    label = _INDEX_LABEL.match(printed)
    printed = _NEXT_LABEL.split(printed[label.end() if label else 0 :], maxsplit=1)[0]
    printed = _NEXT_EMPTY.sub("", printed)
    printed = _SLASHES.sub("/", _DASHES.sub("-", printed.strip(_EDGES))).upper()
    number = squeeze(printed)
    if (
        len(text) > _LONGEST
        or _DAMAGE.search(printed)
        or not _is_index_number(number)
        # behind a whole number a blank begins another
        or any(_is_index_number(squeeze(printed[: at.start()])) for at in _BLANK.finditer(printed))
    ):
        raise ValueError(f"no index number: {one_line(text[:_LONGEST])[:40]!r}")
    return number


def _is_index_number(number: str) -> bool:
    figures = _FIGURES.fullmatch(number)
    if figures:
        return EARLIEST <= int(figures["year"]) <= LATEST
    letters = [sign for sign in number if sign.isalnum()]
    return (
        bool(_INDEX_NUMBER.fullmatch(number))
        and not _PHONE.fullmatch(number)
        and len(letters) >= _LEAST_LETTERS
        and sum(map(str.isdigit, letters)) >= _LEAST_DIGITS
    )


_OPENING: Final = r"[〔\[【(「『〖<〈《{]"
_BRACKET = re.compile(_OPENING)
_CLOSING: Final = r"[〕\]】)」』〗>〉》}]"
_CHINESE: Final = r"\u3400-\u9fff"
# An office may have figures in its name (610办); 〇 is not 0 there.
_ISSUER: Final = rf"(?=[0-9A-Za-z〇]{{0,19}}[{_CHINESE}])[0-9A-Za-z〇{_CHINESE}]{{1,20}}?"
_YEAR: Final = rf"(?:[0-9]{{4}}|[{ZEROS}一二三四五六七八九]{{4}})"
_NUMERAL: Final = (
    rf"(?=[{ZEROS}]{{0,8}}[一二三四五六七八九十])[{ZEROS}一二三四五六七八九十百千]{{1,9}}"
)
_SERIAL: Final = rf"(?:[A-Za-z]{{0,3}}-?[0-9]{{1,7}}(?:-[0-9]{{1,4}})?[A-Za-z]?|{_NUMERAL})"

_YEARED = re.compile(
    rf"(?P<issuer>{_ISSUER})第*:?{_OPENING}(?P<year>{_YEAR})年?{_CLOSING}"
    rf"年?第?(?P<serial>{_SERIAL})(?P<sign>号?)"
)
# A year without brackets is one only behind a word in which the issuers of numbers end.
_UNBRACKETED = re.compile(
    rf"(?P<issuer>{_ISSUER})(?<=[发函字复提建案文办])(?P<year>{_YEAR})年"
    rf"第?(?P<serial>{_SERIAL})(?P<sign>号)"
)
# Decrees and announcements are numbered without a bracketed year, their word before or behind.
_WORD: Final = r"(?P<word>令|公告|通告)"
_COUNT: Final = rf"(?P<year>{_YEAR}年)?第?(?P<serial>[0-9]{{1,6}}|{_NUMERAL})(?P<sign>号)"
_DECREES: Final = (
    re.compile(rf"(?P<issuer>{_ISSUER}){_WORD}(?:{_COUNT})"),
    re.compile(rf"(?P<issuer>{_ISSUER}){_WORD}{_OPENING}(?:{_COUNT}){_CLOSING}"),
    re.compile(rf"(?P<issuer>{_ISSUER})(?={_YEAR}年|第)(?:{_COUNT}){_WORD}"),
)

_CLASS: Final = (
    r"(?:(?:办理|答复)?(?:结果|分类|类别):?)?[\[【(]?"
    r"(?:[A-D][1-9]类|(?:(?P<class>[A-D])|[甲乙丙丁])\s?类?)[\]】)]?"
)
_REMARK: Final = (
    r"[\[【(]?(?:主动公开|依申请公开|不予公开|不?同意公开|不?公开|现行有效|有效|已?失效|已?废止)"
    r"[\]】)]?"
)
_BEFORE = re.compile(rf"(?:(?:{_CLASS}|{_REMARK}|签发人:\S{{2,6}})\s)+".replace("?P<class>", "?:"))
_LABEL = re.compile(rf"{_OPENING}?(?:(?:(?:发文|文件|公文)?[文字]号|文件编号):?)*")
_AFTER = re.compile(rf"{_CLOSING}?(?:{_CLASS})?(?:{_REMARK})?{_CLOSING}?")
_LABELLED = re.compile(rf"[(\[【]?[{_CHINESE}]{{2,8}}:")


_SPELLED = re.compile("[一二三四五六七八九十]")
_UNIT = re.compile("[十百千]")
_FIGURE: Final = str.maketrans(ZEROS + "一二三四五六七八九", "0" * len(ZEROS) + "123456789")


def read_document_number(text: str) -> str:
    """Read a document number in its normal form, whatever its brackets, widths and blanks.

    第 and a colon inside are dropped, and so is what stands around the number and is no part of
    it: its label, the class of the result (see `document_class`), whether it is published or in
    force, the next label of the page. A serial keeps its zeros: the standard (GB/T 9704-2012,
    7.2.5) has none, so an office that prints them is quoted with them. Of a title, the number
    that it bears as its own is read (see `find_document_number`).

    >>> read_document_number("青建复字 [２０２３] 第31号"), read_document_number("政府令第172号")
    ('青建复字〔2023〕31号', '政府令172号')

    Raises ValueError for what has no such shape, and for two numbers.
    """
    short = text if len(text) <= _LONGEST else ""
    found = _number(narrow(one_line(short)), (_YEARED, _UNBRACKETED, *_DECREES))
    number = found[0] if found else find_document_number(short)
    if number is None:
        raise ValueError(f"no document number: {one_line(text[:_LONGEST])[:40]!r}")
    return number


def document_class(text: str) -> str | None:
    """Return the class of the result that stands behind a document number; ``None`` if none does.

    >>> document_class("白建复〔2018〕6号(B类)")
    'B'
    """
    found = _number(narrow(one_line(text)), (_YEARED,)) if len(text) <= _LONGEST else None
    return found[1] if found else None


def _number(line: str, shapes: tuple[re.Pattern[str], ...]) -> tuple[str, str | None] | None:
    """Return the number that is all a line says, and the class behind it."""
    before = _BEFORE.match(line)
    printed = _DASHES.sub("-", squeeze(line[before.end() if before else 0 :]).strip(_EDGES))
    start = _LABEL.match(printed)
    for shape in shapes:
        match = shape.match(printed, start.end() if start else 0)
        if match is None:
            continue
        rest = printed[match.end() :]
        after = _AFTER.fullmatch(rest)
        whole = match["sign"] or not rest or (after and rest[:1] in "([【")
        if whole and (after or _LABELLED.match(rest)):
            number = _normal(match)
            return (number, after["class"] if after else None) if number else None
    return None


def _normal(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    issuer, word, year = parts["issuer"], parts.get("word"), (parts["year"] or "").rstrip("年")
    try:
        serial, year = _figures(parts["serial"]), _figures(year)
    except ValueError:
        return None
    if year and not EARLIEST <= int(year) <= LATEST:
        return None
    if word:
        return f"{issuer}{word}{year and year + '年'}{serial}号"
    return f"{issuer}〔{year}〕{serial}号"


def _figures(printed: str) -> str:
    """Return a number in figures: as printed, or a Chinese numeral's, with its zeros."""
    if not _SPELLED.search(printed):
        return printed
    return str(numeral(printed)) if _UNIT.search(printed) else printed.translate(_FIGURE)


# The last word of a title, behind which its number is set apart. Behind 》 it would be a citation.
_LAST_WORD = re.compile(r"(?:[复函见文]|通知|公告|通告|通报|决定|报告)(?=[\s(\[【])")
# Or glued on, where the word leaves no doubt of where the number begins.
_GLUED = re.compile(
    r"(?:(?:答复|办理|会办|协办)意见|的答复函|的(?:答复|复函|回复|函|通知|公告))(?![\s(\[【函])"
)
_TITLE = re.compile(r"\s?[)\]】]?\s?[-—:]{0,2}(?:关于|对)")
# At the beginning of a line, words before a number that is cited.
_CITING = re.compile(
    r"[(\[【]?(?:根据|按照|依据|依照|遵照|参照|关于|对|按|转发|印发|落实|贯彻|执行|详见|见)"
)
# Before the number of a title, its author's name and not the number's issuer.
_OFFICE = re.compile(r"局|厅|委员会|人民政府|办公室|[省市县区州盟旗].{2,8}委")


def find_document_number(line: str) -> str | None:
    """Return the document number that a line of a letter's head, or a title, bears as its own.

    It stands alone on its line, or before the first word of a title or behind its last; ``None``
    otherwise: inside a sentence it is the number of a document that is cited.

    >>> find_document_number("关于第12号提案答复的函（青医保函〔2024〕14号）分类：B")
    '青医保函〔2024〕14号'
    >>> find_document_number("按照《某办法》（白政办发〔2018〕137号）") is None
    True
    """
    if "号" not in line or len(line) > _LONGEST:
        return None
    printed = narrow(line)
    if not _BRACKET.search(printed):
        return None
    printed = one_line(printed)
    for candidate in _candidates(printed):
        found = _number(candidate, (_YEARED,))
        if found and "号" in candidate:
            return found[0]
    return None


def _candidates(line: str) -> Iterator[str]:
    """Yield the parts of a line in which its own number may stand."""
    if not _CITING.match(line):
        yield line
        head, sign, tail = line.partition("号")
        if _TITLE.match(tail) and not _OFFICE.search(head):
            yield head + sign
    yield from (line[word.end() :] for word in _LAST_WORD.finditer(line))
    glued = [word.end() for word in _GLUED.finditer(line)]
    if glued:
        yield line[glued[-1] :]
