"""The index number and the document number that a row of a listing prints."""

from __future__ import annotations

import re
from typing import Final

from replyarc.text.chinese import narrow

_BLANK: Final = r"\s{0,3}"
_OF: Final = rf"{_BLANK}[】\]]?{_BLANK}:{_BLANK}"
_INDEX: Final = re.compile(
    rf"索{_BLANK}引{_BLANK}号{_OF}(?P<value>[\w/\\.()〔〕-]{{1,80}})", re.ASCII
)
_LABEL: Final = rf"(?:发{_BLANK}文{_BLANK}字{_BLANK}号|(?:发{_BLANK})?文{_BLANK}号|文件编号)"
_DOCUMENT: Final = re.compile(
    rf"{_LABEL}{_OF}(?P<value>[^\s:,;|]{{1,40}}?[\[(〔【]\s?(?:19|20)\d\d\s?[\])〕】]"
    r"\s?第?\s?\d{1,6}\s?号"  # 渝府发〔2021〕 118号
    r"|[^\s:,;|]{1,20}?令\s?第?\s?\d{1,6}\s?号)"  # 渝府令第350号
)


def numbers_in(text: str) -> tuple[str | None, str | None]:
    """Return the index number and the document number that a row prints behind their labels.

    Each as printed; ``None`` where there is no such label (索引号; 发文字号 or 文号) or nothing of
    the shape of one behind it. The letters of a label may be set apart.

    >>> numbers_in("索 引 号：000014349/2019-508113 文　　号：清民函〔2019〕 5号 2019-03-05")
    ('000014349/2019-508113', '清民函〔2019〕 5号')
    >>> numbers_in("发文字号：无 成文日期 ：2019-03-05")
    (None, None)
    """
    matched = narrow(text)  # letter for letter: places are those of what is printed
    index, document = _INDEX.search(matched), _DOCUMENT.search(matched)
    number = text[slice(*index.span("value"))] if index else ""
    return (
        number if any(letter.isdigit() for letter in number) else None,
        text[slice(*document.span("value"))].strip() if document else None,
    )
