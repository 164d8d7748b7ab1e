"""Numbers and titles, written in one way for comparing: as people type them, they differ."""

from __future__ import annotations

import unicodedata
from typing import Final

_OPENING, _CLOSING, _DASHES = "([{<〔〖【〈《「『", ")]}>〕〗】〉》」』", "‐‑‒–—―−"
_BRACKETS: Final = str.maketrans(
    {
        **dict.fromkeys(_OPENING, "〔"),
        **dict.fromkeys(_CLOSING, "〕"),
        **dict.fromkeys(_DASHES, "-"),
    }
)


def normal_number(text: str) -> str:
    """Return a number for comparing: one width, one case, no blanks, one bracket and dash.

    >>> normal_number(" 云民发 [２０２１] 第118号"), normal_number("01404053x／2023－00861")
    ('云民发〔2021〕118号', '01404053X/2023-00861')
    """
    narrow = unicodedata.normalize("NFKC", text)
    letters = (letter for letter in narrow if unicodedata.category(letter)[0] not in "ZC")
    return "".join(letters).translate(_BRACKETS).upper().replace("〕第", "〕")


def normal_title(title: str) -> str:
    """Return a title for comparing: NFKC, one case, neither blanks nor punctuation.

    >>> normal_title("关于 第１２号建议的答复（Ａ类）")
    '关于第12号建议的答复a类'
    """
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(filter(str.isalnum, folded))
