"""Personal data in what a reply says: names of persons, telephones, mail, identity cards.

Where it stands, and the same text with a mark in its place. What is a person's is told by the
fields of the reply (who is answered, who is named for questions), by the labels of the letter and
by the shape of a number. Names of units, postal addresses, index and document numbers are nobody's.

Of doubtful numbers those beside a word of telephony or a name are taken for telephones, sums of
money and days are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from replyarc.model import AddresseeRole, Attachment, Contact, Reply
from replyarc.text.chinese import narrow

MARK: Final = "〔已隐去〕"
"""What stands in the place of personal data."""

NAME, TELEPHONE, MAIL, CARD = "name", "telephone", "e-mail", "identity card"

_BLANKS: Final = r"[^\S\n]{0,2}"
_SEP: Final = rf"{_BLANKS}[-‐-―−─~]{{0,2}}{_BLANKS}"
_IN_BRACKETS: Final = rf"\)?{_SEP}"
_MONEY: Final = r"(?!\d|[^\S\n]?[元万亿千百个人户平亩米吨公件次名辆家座株棵只批册%度千瓦])"
_DAY: Final = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:0[1-9]|1[0-2])"

_MAIL = re.compile(
    rf"(?<![\w.%+-])[A-Za-z0-9_][\w.%+-]{{0,120}}{_BLANKS}(?:@|\(at\)|\[at\]){_BLANKS}"
    r"[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,62}){1,5}",
    re.ASCII,
)
_CARD = re.compile(
    rf"(?<![0-9A-Za-z])[1-9]\d{{5}}(?:[ -]?(?:18|19|20)\d\d{_SEP}{_MONTH}{_DAY}{_SEP}\d{{3}}[0-9Xx]"
    rf"|\d\d{_MONTH}{_DAY}\d{{3}})(?![0-9A-Za-z])",
    re.ASCII,
)
# With an extension, and with the lines that are named after it: 0730-8700000转12、8700001.
_MORE: Final = (
    rf"(?:{_BLANKS}(?:转|-|—){_BLANKS}\d{{1,6}}(?!\d))?"
    rf"(?:{_BLANKS}[/、,;或]{_BLANKS}\d{{7,8}}{_MONEY}){{0,9}}"
)
_SURE = re.compile(
    r"(?<![\d/])(?:"
    rf"(?:\+?(?:00)?86{_SEP})?1[3-9]\d(?:{_SEP}\d{{4}}{_SEP}\d{{4}}|\d{_SEP}\d{{3}}{_SEP}\d{{4}}"
    rf"|{_SEP}\d{{3}}{_SEP}\d{{5}})"
    rf"|\(?(?:0|(?:\+|00)86{_SEP}\(?0?)(?:10|2\d|[3-9]\d\d)\)?{_SEP}\d{{3,4}}{_SEP}\d{{4}}"
    rf"|[48]00{_SEP}\d{{3,4}}{_SEP}\d{{3,4}}(?<=\d{{3}})"
    rf"|\+\d{{1,3}}{_SEP}\d{{3,4}}{_SEP}\d{{4}}"
    rf"){_MONEY}{_MORE}"
)
_LINE = re.compile(
    rf"(?<![\d./-])[2-9]\d{{2,3}}[ -]?\d{{4}}{_MONEY}(?![.年号〕]|/\d{{1,6}}(?!\d)){_MORE}"
)
_CIVIL_DAY = re.compile(rf"(?:19|20)\d\d{_MONTH}{_DAY}")
_TELEPHONY = re.compile(
    r"电\s?话|手\s?机|联\s?[系络]|传\s?真|热\s?线|座\s?机|宅\s?电|拨\s?打|致\s?电|来\s?电"
    r"|咨\s?询|承办|经办|号\s?码|T[Ee][Ll]|tel"
)
_JUST_BEFORE = re.compile(r"(?:话|机|线|真|号码|方式|[Tt][Ee][Ll])\W{0,4}$")
_NUMBERED = re.compile(r"(?:[编文字序]\s?号|第)\W{0,4}$")
_REACH: Final = 40
"""Letters before a number among which a word of telephony or a name tells what it is."""

_HAN: Final = r"[\u3400-\u9fff]"
_LABELLED = re.compile(
    r"(?:联\s?[系络]|承\s?办|经\s?办|签\s?发|审\s?核|拟\s?稿|撰\s?稿|校\s?对|负\s?责)\s?(?:人|员)"
    rf"(?:员|姓名|及(?:联系)?(?:电话|方式))?{_BLANKS}:(?=(?P<names>[^\n:\d]{{1,60}}))"
)
_SALUTED = re.compile(
    r"^\W{0,4}(?:尊敬的)?(?P<names>[^\n:]{1,80}?)(?:等\d{0,3}[名位]?)?"
    r"(?:人大|政协)?(?:代表|委员|同志|先生|女士)们?\s?:",
    re.MULTILINE,
)
_HOLDER = re.compile(
    rf"(?:[局厅市县区州省部院处科会行]长|主任|书记|主席|经理){_BLANKS}({_HAN}{{2,3}})$"
)
_BETWEEN = re.compile(rf"[^\u3400-\u9fff· ]+|(?<={_HAN}{_HAN})和(?={_HAN}{_HAN})")
_NO_NAME = re.compile(
    r"电话|联系|手机|传真|邮[编箱]|地址|号码|方式|代表|委员|办公(?!室)|同志|先生|女士|公开|单位|日期|年|月"
    r"|签发|审核|校对|拟稿|撰稿|承办|经办|负责|各位|全体|有关|等"
)
_UNIT = re.compile(
    r"[委局社党室组院部厅办司心联盟会府处科股队站所团校厂]$|^(?:民[建革盟进]|九三|致公|台盟|农工党|工商联)"
)
_PERSONS_NAME = re.compile(rf"{_HAN}{{2,4}}|{_HAN}{{1,12}}(?:·{_HAN}{{1,12}}){{1,3}}")
_CALLED: Final = r"(?=代表|委员|先生|女士|同志|常委)"


class Datum(NamedTuple):
    """One personal datum: what it is, and where it begins and ends in the text."""

    what: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Persons:
    """Who is named in a reply, and the digits of the telephones that it gives for them."""

    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()

    def __or__(self, other: Persons) -> Persons:
        """Return the persons of both."""
        return Persons(self.names | other.names, self.phones | other.phones)


def persons(reply: Reply) -> Persons:
    """Return whom a reply names: in its fields, in its salutation, behind a label of the letter.

    >>> letter = Reply(text="张三代表：\\n联系人：李 四，电话：0730-8700000")
    >>> sorted(persons(letter).names)
    ['张三', '李四']
    """
    sure = reply.addressee_role in (AddresseeRole.DEPUTY, AddresseeRole.MEMBER)
    found = {name for name in reply.addressees if (sure and len(name) < 4) or _is_name(name)}
    found.update(contact.name for contact in reply.contacts if _is_name(contact.name))
    letter = narrow(f"{reply.text}\n{reply.signature or ''}".replace(MARK, "…"))
    for shape in (_LABELLED, _SALUTED):
        found.update(_named(shape.finditer(letter)))
    holder = _HOLDER.search(narrow(reply.signature or ""))
    signed = {holder[1] if holder else reply.signature or ""}
    found.update(name for name in signed if _is_name(name))
    phones = (re.sub(r"\D", "", phone) for each in reply.contacts for phone in each.phones)
    return Persons(frozenset(found) - {MARK}, frozenset(each for each in phones if len(each) > 6))


def _named(found: Iterable[re.Match[str]]) -> Iterator[str]:
    """Yield the names of a list as printed, as far as the next label."""
    for each in found:
        listed = _NO_NAME.split(each["names"], maxsplit=1)[0]
        for part in _BETWEEN.split(listed):
            yield from filter(_is_name, _set_apart(part))


def _set_apart(part: str) -> list[str]:
    """Split what blanks set apart; the letters of one name may themselves be set apart."""
    names: list[str] = []
    for piece in part.split():
        if names and 1 in (len(piece), len(names[-1])) and len(names[-1]) < 3:
            names[-1] += piece
        else:
            names.append(piece)
    return names


def _is_name(name: str) -> bool:
    return bool(_PERSONS_NAME.fullmatch(name)) and not _UNIT.search(name)


def find(text: str, known: Persons = Persons(), keep: Iterable[str] = ()) -> tuple[Datum, ...]:
    """Return the personal data in a text, in order; where two would overlap, the first found.

    ``keep`` are numbers that are nobody's, whatever they look like.

    >>> [each.what for each in find("１３８ ０００１ ０００２，a@b.cn")]
    ['telephone', 'e-mail']
    """
    printed = narrow(text)
    taken = bytearray(len(printed))
    for each in filter(None, keep):
        for found in re.finditer(re.escape(narrow(each)), printed):
            taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    data = []
    for datum in _candidates(printed, known):
        if 1 not in taken[datum.start : datum.end]:
            taken[datum.start : datum.end] = b"\1" * (datum.end - datum.start)
            data.append(datum)
    return tuple(sorted(data, key=lambda each: each.start))


def _candidates(printed: str, known: Persons) -> Iterator[Datum]:
    """Yield what may be personal data, the surest first."""
    names = _names(known.names)
    for what, shape in ((MAIL, _MAIL), (CARD, _CARD), (TELEPHONE, _SURE)):
        for found in shape.finditer(printed):
            yield Datum(what, found.start(), found.end())
    for digits in sorted(known.phones, key=len, reverse=True):
        for line in (digits, digits[-8:], digits[-7:]):
            shape = re.compile(rf"(?<!\d)\(?{_IN_BRACKETS.join(line)}(?!\d)")
            for found in shape.finditer(printed):
                yield Datum(TELEPHONE, found.start(), found.end())
    for found in _LINE.finditer(printed):
        if _is_line(printed, found, names):
            yield Datum(TELEPHONE, found.start(), found.end())
    for found in names.finditer(printed) if names else ():
        yield Datum(NAME, found.start(), found.end())


def _is_line(printed: str, found: re.Match[str], names: re.Pattern[str] | None) -> bool:
    """Tell whether seven or eight digits by themselves are a telephone: what stands before."""
    reach = max(found.start() - _REACH, 0)
    before = printed[reach : found.start()].rpartition("\n")[2]
    if _CIVIL_DAY.fullmatch(found[0]):
        return bool(_JUST_BEFORE.search(before))
    if _NUMBERED.search(before):
        return False
    return bool(_TELEPHONY.search(before) or (names and names.search(before)))


def _names(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds names, their letters set apart or not, and 张代表 for 张三."""
    known = sorted(
        filter(lambda name: len(name) > 1, map(narrow, names)), key=lambda n: (-len(n), n)
    )
    if not known:
        return None
    whole = (rf"{_BLANKS}".join(map(re.escape, name)) for name in known)
    family = "".join(sorted({re.escape(name[0]) for name in known}))
    called = rf"(?:(?<!{_HAN})|(?<=[的和与请向致]))[{family}]{_CALLED}"
    return re.compile("|".join([*whole, called]))


def mask(
    text: str, known: Persons, counted: Counter[str] | None = None, keep: Iterable[str] = ()
) -> str:
    """Return a text with a mark for each personal datum in it, and count them by what they are.

    >>> mask("张三代表：请拨打０７３０－８７０００００。", Persons(frozenset({"张三"})))
    '〔已隐去〕代表：请拨打〔已隐去〕。'
    """
    pieces, at = [], 0
    for datum in find(text, known, keep):
        pieces += [text[at : datum.start], MARK]
        at = datum.end
        if counted is not None:
            counted[datum.what] += 1
    return "".join([*pieces, text[at:]])


def masked(reply: Reply, known: Persons, counted: Counter[str] | None = None) -> Reply:
    """Return a reply without personal data: a mark in the place of each datum.

    Its numbers, days and publisher stay. ``known`` are the persons to hide: those of all versions
    of the reply, since one may name in a field what another only has in its letter.
    """
    counted = Counter() if counted is None else counted
    keep = (reply.index_number or "", reply.document_number or "")

    def hide(text: str) -> str:
        return mask(text, known, counted, keep)

    def hide_all(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(hide(each) for each in texts)

    counted[NAME] += sum(each.name in known.names for each in reply.contacts)
    counted[TELEPHONE] += sum(len(each.phones) for each in reply.contacts)
    return replace(
        reply,
        title=hide(reply.title),
        text=hide(reply.text),
        keywords=hide_all(reply.keywords),
        proposal_titles=hide_all(reply.proposal_titles),
        copied_to=hide_all(reply.copied_to),
        addressees=hide_all(reply.addressees),
        contacts=tuple(Contact(hide_name(each.name, known)) for each in reply.contacts),
        attachments=tuple(Attachment(hide(a.name), a.url, a.sha256) for a in reply.attachments),
        **dict[str, Any]((name, hide(getattr(reply, name) or "") or None) for name in _LINES),
    )


_LINES: Final = ("responsible_unit", "origin", "topic", "signature", "answered_by")


def hide_name(name: str, known: Persons) -> str:
    """Return the name of a contact as it may be shown: that of a unit as it is, else a mark."""
    return mask(name, known) if _UNIT.search(name) else MARK


def emptied(reply: Reply) -> Reply:
    """Return what stays of a reply where its letter and its title are to go altogether."""
    kept = {name: getattr(reply, name) for name in _STAYS}
    return Reply(title=MARK, text=MARK, **kept)


_STAYS: Final = (
    *("id", "url", "source", "index_number", "document_number", "publisher", "validity"),
    *("written_on", "published_on", "kind", "assembly", "assembly_name", "term", "session"),
    *("proposal_numbers", "addressee_role", "role", "result_class", "openness", "signed_on"),
    *("first_seen_at", "last_seen_at", "changed_at", "gone_at", "version", "sha256", "flags"),
)
