"""The letter: what its head prints, whom it addresses, its text, who signed it and when.

The parts of an official letter have the names and the order of GB/T 9704: document number, title,
addressee, text, signature, day, notes (contacts), copies, and who printed it when.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from replyarc.extract.contacts import read_contacts
from replyarc.extract.numbers import document_class, find_document_number
from replyarc.extract.salutation import Salutation, find_salutation
from replyarc.extract.signature import TAIL, find_signature
from replyarc.model import AddresseeRole, Contact, Role
from replyarc.text.chinese import narrow, squeeze

# The page and not the letter: how a short line begins that ends the letter. A letter may have
# lines that begin with the same words, so they stand alone or with what makes them the page's.
ENDINGS: Final = (
    r"相关(?:附件|链接|文件|信息|文章|阅读|稿件|新闻|解读|政策|报道|推荐)(?:[:：>》】\]\s]|$)",
    r"(?:附件|文件)(?:下载|信息)(?:[:：>》】\]\s]|$)",
    r"[上下]一[篇条页](?:[:：>》】\]\s]|$)",
    r"(?:责任编辑|责编|编辑|审核|来源|信息来源|字体|字号|浏览次数|阅读次数|点击次数|访问量)[:：]",
    r"(?:主办|主办单位|网站标识码|政府网站标识码|网站地图|分享到|分享至)(?:[:：|\s]|$)",
    r"(?:我要)?(?:打印|关闭|收藏|返回|分享)(?:本页|此页|本文|正文|页面|窗口|顶部|列表|首页|[】\]\s]|$)",
    r"扫一扫|扫码(?:阅读|查看|分享)|版权所有|©",
)
_ENDING = re.compile(rf"[【\[]?(?:{'|'.join(ENDINGS)})")
_LONGEST_ENDING: Final = 60

_CLASS_WORD: Final = r"(?:办理|办复|答复|解决|办结)?(?:结果|类别|分类|类型|情况)(?:分类|类别)?:"
_CLASS = re.compile(rf"(?P<label>{_CLASS_WORD})?[(\[]?(?P<class>[A-D])类?[)\]]?")
_CLASS_LETTER = re.compile(r"[A-DＡ-Ｄ]")
_OPEN: Final = r"(?:主动|依申请|部分)?公开|不(?:予)?公开"
_OPENNESS = re.compile(
    rf"(?:[(\[]?(?:信息|答复|政府信息)?(?:是否(?:同意)?公开|公开(?:属性|方式|形式|类别|类型|选项)):)"
    rf"(?P<said>[^\s():;,。]{{1,8}})[)\]]?|(?P<alone>{_OPEN})|[(\[]此件(?P<note>{_OPEN})(?:发布)?[)\]]"
)
_COPIES = re.compile(r"[(]?抄\s?[送报]\s?:(?P<names>.*)")
_COPIED = re.compile(r"[，,、；;\t]")
_COPIES_END = re.compile(r"[。）)]|\s{2,}")

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
_LONGEST_NOTE: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a letter says; ``opening`` is its first sentence, for the reader of openings.

    ``saluted`` is false where the letter begins without a salutation.
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


def read_letter(lines: Sequence[str], title: str) -> Letter:
    """Read the lines of the place where the letter stands; lines of the page are left out.

    ``title`` is the page's: a letter repeats it, often over several lines, before it begins.
    """
    salutation = find_salutation(lines)
    start = salutation.at if salutation else _after_head(lines, title)
    text = _text(lines, start)
    signature = find_signature(text)
    end = signature.at + TAIL // 2 if signature else len(text)
    head, tail = lines[max(0, start - _HEAD) : start], text[:end][-TAIL:]
    opening = _opening(text, salutation)
    return Letter(
        text="\n".join(text),
        opening=opening,
        saluted=salutation is not None,
        document_number=next(filter(None, map(_document_number, head)), None),
        result_class=_result_class(head, tail),
        openness=_openness((*head, *tail)),
        addressees=salutation.addressees if salutation else (),
        addressee_role=salutation.role if salutation else None,
        role=next((role for role, said in ROLES if said.search(opening)), None),
        signature=signature.organ if signature else None,
        signed_on=signature.day if signature else None,
        contacts=read_contacts(tail),
        copied_to=_copied_to(tail),
    )


def _after_head(lines: Sequence[str], title: str) -> int:
    """Where a letter without a salutation begins: after its number, its class, its title."""
    printed = squeeze(title)
    for at, line in enumerate(lines[:_HEAD]):
        said = squeeze(line)
        of_title = len(said) > 3 and said in printed
        if not (of_title or _document_number(line) or _head_word(said)):
            return at
    return 0


def _document_number(line: str) -> str | None:
    return find_document_number(line) if "号" in line and len(line) <= _LONGEST_NOTE else None


def _head_word(said: str) -> bool:
    printed = narrow(said)
    return bool(_CLASS.fullmatch(printed) or _OPENNESS.fullmatch(printed))


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
    return len(line) <= _LONGEST_ENDING and bool(_ENDING.match(line))


def _opening(text: Sequence[str], salutation: Salutation | None) -> str:
    """The first sentence, which a greeting (您好！) may precede and which may run over lines."""
    opening = salutation.rest if salutation else ""
    for line in text[bool(salutation) : 4]:
        if _OPENED.search(opening) or len(opening) > _LONGEST_OPENING:
            break
        opening += line
    return opening[:_LONGEST_OPENING]


def _result_class(head: Sequence[str], tail: Sequence[str]) -> str | None:
    """The class of the result (A to D): in the head, behind its number, or labelled at the end."""
    for line in head:
        found = next(filter(None, map(_CLASS.fullmatch, _words(line))), None)
        said = found["class"] if found else document_class(line)
        if said:
            return said
    for line in tail:
        if len(line) <= _LONGEST_NOTE and _CLASS_LETTER.search(line):
            found = _CLASS.fullmatch(squeeze(narrow(line)))
            if found and found["label"]:
                return found["class"]
    return None


def _words(line: str) -> tuple[str, ...]:
    """A short line as one word, since its letters may be set apart, and word by word."""
    if len(line) > _LONGEST_NOTE:
        return ()
    printed = narrow(line)
    return ("".join(printed.split()), *printed.split())


def _openness(lines: Sequence[str]) -> str | None:
    """Whether the letter says that it may be published, as it says it."""
    for line in (line for line in lines if "公开" in line):
        found = next(filter(None, map(_OPENNESS.fullmatch, _words(line))), None)
        if found:
            return found["said"] or found["alone"] or found["note"]
    return None


def _copied_to(tail: Sequence[str]) -> tuple[str, ...]:
    """To whom copies went: what stands behind 抄送, up to the full stop."""
    for line in tail:
        found = _COPIES.match(narrow(line)) if "抄" in line[:3] else None
        if found:
            names = _COPIED.split(_COPIES_END.split(line[found.start("names") :], maxsplit=1)[0])
            return tuple(name for name in map(squeeze, names) if name)
    return ()
