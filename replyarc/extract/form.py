"""In which form and role a title answers, and whether it is that of a reply at all.

A form is 答复, 复函, 答复的函, 会办意见, 办理情况的答复 …: the last words of a title, but for notes
behind them, its class and its document number among them.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from replyarc.extract.cases import KINDS, Numbered, kinds_in
from replyarc.extract.sitting import Sitting
from replyarc.model import Kind, Role

ROLES: Final = {"主办": Role.LEAD, "会办": Role.JOINT, "协办": Role.JOINT, "分办": Role.SEPARATE}
_ROLE_WORDS: Final = "|".join(ROLES)
_ROLE = re.compile(_ROLE_WORDS)
_ROLE_NOTE = re.compile(rf"[(\[【](?P<role>{_ROLE_WORDS})(?:件|意见|单位)?[)\]】]")

_LETTER: Final = "(?:复|回)?函|信|书"
_ANSWER: Final = (
    rf"(?:答复|回复|办复)(?:办理)?(?:意见|情况)?(?:的?(?:{_LETTER}|件|稿)){{0,2}}"
    "|复函|回函|函复|复文"
)
_HANDLED: Final = "(?:办理|处理|落实)(?:工作)?(?:情况|结果)?的?"
_BY_ROLE: Final = rf"(?:{_ROLE_WORDS})(?:工作|件|单位)?的?"
# One row a form: an answer; the opinion of who handles or takes part; what answers only a number.
_FORMS: Final = (
    rf"(?P<answer>(?:{_BY_ROLE})?(?:{_HANDLED})?(?:{_ANSWER})(?:的?(?:摘要|全文))?)",
    rf"(?P<opinion>(?:{_BY_ROLE}(?:{_HANDLED})?|办理的?)意见(?:的?(?:{_LETTER}))?)",
    rf"(?:{_BY_ROLE})?(?:{_HANDLED})?函|(?<=的)意见|办理(?:情况|结果)?的?报告|办理(?:情况|结果)",
)
_LONGEST_FORM: Final = 40
_FORM = re.compile(rf"(?=[主会协分办处落答回复函意])(?:{'|'.join(_FORMS)})$")
_PUBLISHERS: Final = "局厅委部办府院会网"
_NOTE: Final = (
    r"\([^()]{0,40}\)|【[^【】]{0,40}】|\[[^\[\]]{0,40}\]|,?(?:分类|类别|办理结果)[:为]?[A-D]类?|[A-D]类?"
    rf"|[^\W\d_]{{1,12}}〔[0-9]{{4}}〕[0-9]{{1,6}}号|[-—_|]{{1,2}}[^\W\d_]{{2,30}}[{_PUBLISHERS}]"
)
_NOTE_ENDS: Final = (*")】]号类ABCD", *_PUBLISHERS)
_NOTES = re.compile(rf"(?:{_NOTE}){{1,4}}$")
CUT = re.compile(r"(?:…+|\.{2,6})$")
"""How a title ends that is printed only in part."""

# What is answered stands right before the form, or ends a title that has none.
_OBJECT = re.compile(
    rf"(?P<kind>(?:{KINDS})(?:[、和及与/]?[省市区县]?(?:人大|政协)?(?:代表|委员)?(?:{KINDS})){{0,2}})"
    r"[》”」』\"]{0,2}(?:\([^()]{0,30}\))?"
    r"(?:、?批评(?:[和、]?意见)?)?的?$"
)
# 意见建议 and 修改建议 are ordinary words; a citizen's suggestion is answered in other columns.
_PLAIN_WORD = re.compile(rf"(?:意见[和与及、]?|修改|合理化)(?:{KINDS})")
_OF_CITIZENS = re.compile(
    rf"^[^关对]{{0,6}}(?:信箱|热线|留言板)|(?:网[民友]|来信|留言|来电)(?:提出)?的?(?:意见)?(?:{KINDS})"
)
_DEPUTIES = re.compile(r"代表|委员|人大|政协")
_OPENER = re.compile(r"关于|(?<!面)对(?![面外口台])")

# What an office writes to another before there is an answer.
_HANDED_ON = re.compile(r"(?:关于|对)(?:征求|征询|商请|恳请|交办|转办|转交|转送|移送|催办)(?!的)")

_OFFICE: Final = r"[^\d关对]{0,30}?[局厅委部办府院会室处校]"
_TOLD: Final = (
    "总结|统计|汇总|一览|明细|目录|清单|台账|名单|方案|计划|要点|动态|简报|说明|报告|汇报|情况|办法"
    "|制度|规定|细则|流程图?|通[知报告]|公[告示]"
)
_GENERAL: Final = (
    r"(?:关于|对|[0-9]{2,4}年?度?|[上下]半年|全年|印发|做好|加强|进一步|承办|办理|办结|答复|完成|进展|落实"
    r"|工作|重点|全国|[省市区县州镇]|本级|人大|政协|代表|委员|会|常委会|批评|意见|有关|[、和及与的]"
    rf"|{KINDS}|{_TOLD}|表)"
)
_SUMMARY = re.compile(rf"(?:{_OFFICE})?(?P<words>{_GENERAL}++)$")
_ENDS_TOLD = re.compile(rf"(?:{_TOLD})表?$")
_NOTICE = re.compile(r"(?:的|公开)(?:通[知报告]|公[告示])$|的决[定议]$|^一图读懂|解读$")
_NEWS = re.compile(
    r"[0-9]件|召开|举[行办]|组织开展|督办|调研|视察|走访|面商|座谈|推进会|协商会|交办会"
)


class Form(NamedTuple):
    """The form as printed, the kinds named right before it, and where they and it begin.

    Where nothing is answered or no form is printed, it begins at the end of the title's words.
    """

    printed: str | None
    answers: bool
    kinds: tuple[Kind, ...]
    quoted: bool
    object_end: int
    begin: int
    end: int


def read_form(text: str, unquoted: str) -> Form:
    """Read the last words of a title, at half width, with and without what it quotes.

    >>> title = "关于改造公园的建议办理情况的答复函(A类)"
    >>> form = read_form(title, title)
    >>> form.printed, form.kinds
    ('办理情况的答复函', (<Kind.SUGGESTION: '建议'>,))
    """
    end = _end(unquoted)
    words = _FORM.search(unquoted, max(0, end - _LONGEST_FORM), end)
    begin = words.start() if words else end
    answered = _OBJECT.search(text, max(0, begin - 60), begin)
    return Form(
        printed=words[0] if words else None,
        answers=bool(words and (words["answer"] or words["opinion"])),
        kinds=kinds_in(answered["kind"]) if answered else (),
        quoted=bool(answered and unquoted[answered.start()] != text[answered.start()]),
        object_end=answered.end("kind") if answered else 0,
        begin=begin,
        end=end,
    )


def _end(unquoted: str) -> int:
    """Where the words of a title end: what follows are notes, or dots where it was cut off."""
    if unquoted.endswith((".", "…")):
        unquoted = CUT.sub("", unquoted)
    noted = _NOTES.search(unquoted) if unquoted.endswith(_NOTE_ENDS) else None
    return noted.start() if noted else len(unquoted)


def read_role(
    unquoted: str, form: Form, sitting: Sitting, numbered: tuple[Numbered, ...]
) -> Role | None:
    """Read in what part the title's office answers: from the form, a note, or beside the number."""
    if not _ROLE.search(unquoted):
        return None
    places = [form.printed or ""]
    places += [unquoted[each.begin : each.end] for each in numbered]
    if numbered:  # 关于会办市政协第12号提案的函
        first = min(each for each in (sitting.begin or numbered[0].begin, numbered[0].begin))
        places.append(unquoted[max(0, first - 2) : first])
    said = next(filter(None, map(_ROLE.search, places)), None)
    noted = _ROLE_NOTE.search(unquoted)
    word = said[0] if said else noted["role"] if noted else None
    return ROLES[word] if word else None


def is_reply(
    text: str, form: Form, sitting: Sitting, numbered: tuple[Numbered, ...]
) -> bool | None:
    """Tell whether a title is that of a reply; ``None`` where it may be and may not.

    False only for what is beyond doubt none: notices, statistics, reports on the year's work, news
    of meetings, answers to letters of citizens.
    """
    if numbered:
        opened = bool(_OPENER.search(text, 0, numbered[0].begin))
        ends = form.printed is not None or numbered[-1].end >= form.end
        if _HANDED_ON.search(text, 0, numbered[0].begin):
            return None
        if form.answers or (opened and (ends or CUT.search(text))):
            return True
    elif form.answers and form.kinds:
        return _answers_unnumbered(text, form, sitting)
    return False if _is_told(text[: form.end], sitting, numbered) else None


def _answers_unnumbered(text: str, form: Form, sitting: Sitting) -> bool | None:
    """A column (2024年政协提案答复) answers nothing, nor does what asks for opinions."""
    asked = text[: form.object_end]
    if _OF_CITIZENS.search(asked):
        return False
    if _PLAIN_WORD.search(asked, max(0, len(asked) - 8)) and not _DEPUTIES.search(asked):
        return None
    if len(form.kinds) > 1 and not sitting.session:
        return None
    subject = _OPENER.search(asked) or not _SUMMARY.match(asked)
    return True if subject else None


def _is_opened(text: str, sitting: Sitting) -> bool:
    """Whether a title begins as a reply's does: 关于 or 对, and at once what is answered."""
    opener = _OPENER.search(text)
    return bool(opener and (opener.start() == 0 or 0 <= sitting.begin - opener.end() <= 8))


def _is_told(text: str, sitting: Sitting, numbered: tuple[Numbered, ...]) -> bool:
    """Whether a title is that of a notice, of news, or of a report on the work as a whole."""
    if _NOTICE.search(text) or (_NEWS.search(text) and not _is_opened(text, sitting)):
        return True
    general = not (numbered or sitting.session) and _ENDS_TOLD.search(text)
    return bool(general and _SUMMARY.match(text))
