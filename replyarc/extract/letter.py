"""The letter: what its head prints, whom it addresses, its text, who signed it and when.

The parts of an official letter have the names and the order of GB/T 9704: document number, title,
addressee, text, signature, day, notes (contacts), copies, and who printed it when.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from replyarc.extract.contacts import read_contacts
from replyarc.extract.notes import LONGEST as LONGEST_NOTE
from replyarc.extract.notes import is_note, read_copies, read_noted_openness, read_result_class
from replyarc.extract.numbers import find_document_number
from replyarc.extract.salutation import Salutation, find_salutation
from replyarc.extract.signature import TAIL, find_signature
from replyarc.model import AddresseeRole, Contact, Role
from replyarc.text.chinese import squeeze

# The page and not the letter: how a short line begins that ends the letter. A letter may have
# lines that begin with the same words, so they stand alone or with what makes them the page's.
_STAFF: Final = "责任编辑|责编|编辑|审核|校对|信息来源"
_ALONE: Final = r"(?:[:：>》】\]\s]|$)"
ENDINGS: Final = (
    rf"相关(?:附件|链接|文件|信息|文章|阅读|稿件|新闻|解读|政策|报道|推荐){_ALONE}",
    rf"(?:附件|文件)(?:下载|信息){_ALONE}|点击(?:此处)?下载",
    rf"[上下]一[篇条页]{_ALONE}",
    rf"[（(]?(?:{_STAFF})[:：]|(?:责任编辑|责编)\s",
    r"(?:来源|字体|字号|浏览次数|阅读次数|点击次数|访问量)[:：]",
    r"(?:主办|主办单位|网站标识码|政府网站标识码|网站地图|分享到|分享至)(?:[:：|\s]|$)",
    r"分享(?:[:：]|[到至](?:微信|微博|新浪|腾讯|朋友圈|QQ|空间))",
    r"(?:我要)?(?:打印|关闭|收藏|返回|分享|纠错)(?:本页|此页|本文|正文|页面|窗口|顶部|列表|首页|[】\]\s]|$)",
    r"扫一扫|扫码(?:阅读|查看|分享)|版权所有|©|(?i:top)[】\]\s]{0,3}$",
)
_ENDING = re.compile(rf"[【\[]?(?:{'|'.join(ENDINGS)})")
_LONGEST_ENDING: Final = 60
# A file and how often it was fetched, under whatever long name.
_FETCHED = re.compile(r"附件\s?[【\[].{1,200}[】\]]\s?已下载")

# How the opening of a letter says in what part its author answers.
ROLES: Final = (
    (
        Role.JOINT,
        re.compile(
            r"提出.{0,6}(?:会办|协办)意见|(?:会办|协办)意见.{0,6}如下|作为(?:会办|协办)单位"
            r"|由我.{1,3}(?:会办|协办)"
        ),
    ),
    (Role.SEPARATE, re.compile(r"作为分办单位|由我.{1,3}分办|分办意见.{0,6}如下")),
    (Role.LEAD, re.compile(r"作为主办单位|由我.{1,3}主办")),
)
_OPENED = re.compile(r"收悉|如下|答复|意见")
_LONGEST_OPENING: Final = 600
_HEAD: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a letter says; ``opening`` is its first sentence, for the reader of openings.

    ``saluted`` is false where the letter begins without a salutation. ``start`` and ``end`` are
    where it stands among the lines that were read. ``where`` gives for a field the line that says
    it, as printed.
    """

    text: str
    opening: str
    saluted: bool
    document_number: str | None
    result_class: str | None
    openness: str | None
    addressees: tuple[str, ...]
    addressee_role: AddresseeRole | None
    role: Role | None
    signature: str | None
    signed_on: date | None
    contacts: tuple[Contact, ...]
    copied_to: tuple[str, ...]
    start: int = 0
    end: int = 0
    where: Mapping[str, str] = field(default_factory=dict)


# The reader that finds each field of a letter: what is said of it as its rule.
RULES: Final = {
    "text": "letter",
    "document_number": "head of the letter",
    "result_class": "note of the letter",
    "openness": "note of the letter",
    "addressees": "salutation",
    "addressee_role": "salutation",
    "role": "opening",
    "signature": "signature",
    "signed_on": "signature",
    "contacts": "contacts",
    "copied_to": "copies",
}


def read_letter(lines: Sequence[str], title: str, linked: Collection[str] = ()) -> Letter:
    """Read the lines of the place where the letter stands; lines of the page are left out.

    ``title`` is the page's: a letter repeats it, often over several lines, before it begins.
    ``linked`` are the names of the files that the page links to.
    """
    salutation = find_salutation(lines)
    start = salutation.at if salutation else _after_head(lines, title)
    text = _text(lines, start)
    last = start + len(text)
    signature = find_signature(text)
    if signature:  # a link that the page puts below the letter
        below = signature.at + 1
        text = (*text[:below], *(line for line in text[below:] if line not in linked))
    tail_end = signature.at + TAIL // 2 if signature else len(text)
    head, tail = lines[max(0, start - _HEAD) : start], text[:tail_end][-TAIL:]
    opening = _opening(text, salutation)
    return Letter(
        text="\n".join(text),
        opening=opening,
        saluted=salutation is not None,
        document_number=next(filter(None, map(_document_number, head)), None),
        result_class=read_result_class(head, tail),
        openness=read_noted_openness((*head, *tail)),
        addressees=salutation.addressees if salutation else (),
        addressee_role=salutation.role if salutation else None,
        role=next((role for role, said in ROLES if said.search(opening)), None),
        signature=signature.organ if signature else None,
        signed_on=signature.day if signature else None,
        contacts=read_contacts(tail),
        copied_to=read_copies(tail),
        start=start,
        end=last,
    )


def _after_head(lines: Sequence[str], title: str) -> int:
    """Where a letter without a salutation begins: after its number, its class, its title."""
    printed = squeeze(title)
    for at, line in enumerate(lines[:_HEAD]):
        said = squeeze(line)
        of_title = len(said) > 3 and said in printed
        if not (of_title or _document_number(line) or is_note(said)):
            return at
    return 0


def _document_number(line: str) -> str | None:
    return find_document_number(line) if "号" in line and len(line) <= LONGEST_NOTE else None


def _text(lines: Sequence[str], start: int) -> tuple[str, ...]:
    """The lines of the letter: up to the page's own, or to where the same letter begins again.

    Pages print a letter a second time for the elderly (长者版).
    """
    end = len(lines)
    for at in range(start + 1, len(lines)):
        again = lines[at] == lines[start] and lines[at + 1 : at + 2] == lines[start + 1 : start + 2]
        if again or _is_ending(lines[at]):
            end = at
            break
    return tuple(lines[start:end])


def _is_ending(line: str) -> bool:
    short = len(line) <= _LONGEST_ENDING
    return bool((short and _ENDING.match(line)) or _FETCHED.match(line))


def _opening(text: Sequence[str], salutation: Salutation | None) -> str:
    """The first sentence, which a greeting (您好！) may precede and which may run over lines."""
    opening = salutation.rest if salutation else ""
    for line in text[bool(salutation) : 4]:
        if _OPENED.search(opening) or len(opening) > _LONGEST_OPENING:
            break
        opening += line
    return opening[:_LONGEST_OPENING]
