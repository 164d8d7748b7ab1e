"""Where a letter begins and ends among the lines of a page, and whether it is there at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from replyarc.extract.furniture import before_pager, ends_letter, names_file
from replyarc.extract.notes import LONGEST, is_note
from replyarc.extract.numbers import find_document_number
from replyarc.extract.salutation import Salutation
from replyarc.text.chinese import squeeze

_OPENED = re.compile(r"收悉|如下|答复|意见")
_LONGEST_OPENING: Final = 600
_HEAD: Final = 15

# What ends a sentence, a note in brackets, a row of a table.
_ENDED: Final = (
    "。",
    "！",
    "？",
    "!",
    "?",
    "；",
    "…",
    "”",
    "」",
    "』",
    "）",
    ")",
    "】",
    "〕",
    "》",
)
# Last lines that end without a stop: thanks and formulas, what stands below a signature, an annex.
_UNSTOPPED = re.compile(
    r"感谢|谢谢|特此|此复|专此|敬礼|顺颂|祝|附|抄|分送|联系|承办|经办|印发|印制|主题词|此件|电话"
    r"|(?:公开|办理|答复|信息)?(?:属性|类别|结果|方式)[:：]"
)
_LEAST_CUT: Final = 12
_LONGEST_TITLE: Final = 1000

# What a page says in place of a letter that it only links to.
_ELSEWHERE = re.compile(
    r"附\s?件|(?:详|请)?(?:见|查看|查阅|阅读|参阅)|下\s?载|点击|全文|原文|扫描件|正文|答复(?:件|函)|内容"
    r"|[：:。，,、（）()\[\]【】《》\s]|\d{1,2}"
)
_MOST_ELSEWHERE: Final = 12
_MOST_LINES, _MOST_LETTERS = 60, 10_000
_SOUNDS: Final = re.compile(r"收悉|[答回]复如下|函复如下|您提出|你们?提出")


def first_below_head(lines: Sequence[str], title: str) -> int:
    """Return where a letter without a salutation begins: below its number, class and title."""
    printed = squeeze(title)
    for at, line in enumerate(lines[:_HEAD]):
        if not (_is_of_title(line, printed) or printed_number(line) or is_note(line)):
            return at
    return 0


def _is_of_title(line: str, title: str) -> bool:
    said = squeeze(line) if len(line) <= _LONGEST_TITLE else ""
    return len(said) > 3 and said in title


def printed_number(line: str) -> tuple[str, str] | None:
    """Return the document number that a short line bears, and the line.

    Class and openness may stand behind it.

    >>> printed_number("白自然资字〔2023〕5号 B1类 同意公开")[0]
    '白自然资字〔2023〕5号'
    """
    if "号" not in line or len(line) > LONGEST:
        return None
    number = find_document_number(line)
    if number is None and line[-1] != "号":
        end = line.rindex("号") + 1
        number = find_document_number(line[:end]) if is_note(line[end:]) else None
    return (number, line) if number else None


def letter_lines(lines: Sequence[str], start: int, title: str) -> tuple[str, ...]:
    """Return the lines from `start` up to the page's own, or to where the letter begins again.

    Pages print a letter a second time, with its head, for the elderly or for telephones.
    """
    end = len(lines)
    first, second = (squeeze(line) for line in (*lines[start : start + 2], "", "")[:2])
    for at in range(start + 1, len(lines)):
        if ends_letter(lines, at):
            end = before_pager(lines, at)
            break
        if lines[at][:1] == first[:1] and _begins(lines[at : at + 2], first, second):
            end = _above_head(lines, start, at, squeeze(title))
            break
    return tuple(lines[start:end])


def _begins(lines: Sequence[str], first: str, second: str) -> bool:
    return squeeze(lines[0]) == first and squeeze("".join(lines[1:])) == second


def _above_head(lines: Sequence[str], start: int, again: int, title: str) -> int:
    """Where the head of the second copy begins, above its salutation."""
    head = {squeeze(line) for line in lines[max(0, start - _HEAD) : start]}
    while again > start + 2:
        above = lines[again - 1]
        if not (squeeze(above) in head or _is_of_title(above, title)):
            break
        again -= 1
    return again


def first_sentence(text: Sequence[str], salutation: Salutation | None) -> tuple[str, str]:
    """Return the first sentence of a letter, and the lines that bear it.

    A greeting (您好！) may precede it, and it may run over lines.
    """
    at = salutation.last - salutation.at + 1 if salutation else 0
    printed = [salutation.rest] if salutation and salutation.rest else []
    for line in text[at : at + 4 - bool(salutation)]:
        opening = "".join(printed)
        if _OPENED.search(opening) or len(opening) > _LONGEST_OPENING:
            break
        printed.append(line)
    return "".join(printed)[:_LONGEST_OPENING], " ".join(printed)


def unquoted(text: Sequence[str]) -> Sequence[str]:
    """Return the lines without those of another letter, which this one quotes as a whole.

    >>> unquoted(["当时答复：", "“李四委员：", "联系人：赵六”", "现已完成。"])
    ['当时答复：', '现已完成。']
    """
    kept: list[str] = []
    at = 0
    while at < len(text):
        end = _quoted_until(text, at)
        if end == at:
            kept.append(text[at])
            end += 1
        at = end
    return kept


def _quoted_until(text: Sequence[str], at: int) -> int:
    """Where the quotation ends that begins with this line and goes beyond it; else the line."""
    if text[at][:1] != "“" or text[at].count("“") <= text[at].count("”"):
        return at
    near = range(at + 1, min(at + _MOST_LINES, len(text)))
    return next((end + 1 for end in near if text[end].rstrip("。").endswith("”")), at)


def is_cut(text: Sequence[str]) -> bool:
    """Whether a letter that nobody signs ends in the middle of a sentence.

    >>> is_cut(["张三代表：", "近年来，我市大力推进城乡公共交通一体化，先后"])
    True
    >>> is_cut(["张三代表：", "感谢您对交通工作的关心和支持"])
    False
    """
    last = text[-1].rstrip() if text else ""
    if "\t" in last or last.endswith(_ENDED) or _UNSTOPPED.match(last):
        return False
    return len(last) >= _LEAST_CUT or last.endswith(("，", ",", "、", "：", ":"))


def is_elsewhere(text: Sequence[str], title: str, linked: Collection[str], is_shown: bool) -> bool:
    """Whether these lines hold no letter, and it is in a file that the page names or shows.

    >>> is_elsewhere(["请见附件。", "第31号的答复.doc"], "某题", ["第31号的答复.doc"], False)
    True
    """
    is_named = linked or is_shown or any("见附件" in line for line in text)
    if not is_named or len(text) > _MOST_LINES or sum(map(len, text)) > _MOST_LETTERS:
        return False
    if any(map(_SOUNDS.search, text)):
        return False
    printed, names = squeeze(title), {squeeze(name) for name in linked}
    said = 0
    for line in text:
        if not (names_file(line, names) or _is_of_title(line, printed) or printed_number(line)):
            said += len(_ELSEWHERE.sub("", line))
    return said <= _MOST_ELSEWHERE
