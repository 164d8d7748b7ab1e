"""What the sample government writes: invented replies, composed from the tables in sites/*.toml.

A table is one column of one site. Its own keys say how the site is built (see Column). A row of
``replies`` says who answers whom on what; the facts of the matter (``state``, ``done``, ``next``)
are set into one of FRAMES. ``since`` and ``until`` are the epochs from which a reply is there and
is gone, ``edited`` what is different from epoch 1 on, ``also`` a second site that prints it too.
Texts of a table may name others in braces, as ``{unit}``. All people, places and numbers are made
up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from replyarc.model import AddresseeRole, Assembly, Attachment, Contact, Kind, Reply, Role

SITES: Final = files(__package__) / "sites"
NAMES: Final = ("linlan", "yunxi-mzt", "tingyuan", "wanghu", "yunxi-wlt")
PRINTED: Final = (  # the fields that a row gives as they are printed
    "index_number",
    "document_number",
    "publisher",
    "responsible_unit",
    "origin",
    "topic",
    "validity",
    "result_class",
    "openness",
)
ASSEMBLIES: Final = {
    Kind.SUGGESTION: Assembly.CONGRESS,
    Kind.PROPOSAL: Assembly.CONFERENCE,
}
ROLES: Final = {
    Kind.SUGGESTION: AddresseeRole.DEPUTY,
    Kind.PROPOSAL: AddresseeRole.MEMBER,
}
OPENINGS: Final = (
    "{you}提出的{cited}收悉。现答复如下：",
    "{you}提出的{cited}已收悉，经会同有关单位认真研究，现答复如下：",
    "{cited}已交由{we}研究办理，现答复如下：",
)
JOINT_OPENING: Final = "{you}提出的{cited}收悉，现提出如下会办意见："
FRAMES: Final = (
    (
        "一、基本情况。{state}",
        "二、主要做法。一是{done[0]}二是{done[1]}",
        "三、下一步打算。{next}",
        "感谢{you}对{place}{area}工作的关心和支持！",
    ),
    (
        "首先感谢{you}对{area}工作的关注。{state}",
        "近年来，{we}主要做了以下工作：",
        "（一）{done[0]}",
        "（二）{done[1]}",
        "下一步，{next}欢迎{you}继续提出宝贵意见。",
    ),
    (
        "{you}反映的情况属实，提出的意见很有针对性。{state}",
        "针对上述问题，{we}采取了两方面措施。{done[0]}{done[1]}",
        "{next}",
        "感谢{addressed}对{area}工作的大力支持，希望今后一如既往地提出意见和建议。",
    ),
    (
        "一、关于{place}{area}的现状",
        "{state}",
        "二、关于所提建议的办理情况",
        "{done[0]}同时，{done[1]}",
        "{next}{you}的意见对改进{area}工作很有帮助，谨致谢意。",
    ),
)
SELVES: Final = {"局": "我局", "厅": "我厅", "会": "我委"}  # by the last letter of the unit
NUMERALS: Final = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of one site: a file of sites/.

    ``listing``, ``following`` and ``page`` are the paths of the first listing page, of the others
    (``{number}`` counts from 1, ``{before}`` from 0) and of a reply. ``family`` is the one that
    walks it, ``layout`` a row of layouts.LAYOUTS. ``contact`` and ``ending`` are the lines after
    the day; ``signature`` says whether the unit is printed above the day, ``numerals`` whether the
    day is in Chinese ones. ``defaults`` are keys for every row, ``forms`` the titles and what they
    tell, by kind or by the row's ``form``; a term has its first session in the year after
    ``since``. ``serial`` is that of the first row's page.
    """

    name: str
    publisher: str
    layout: str
    family: str
    listing: str
    following: str
    page: str
    serial: int
    place: str
    defaults: Mapping[str, Any]
    forms: Mapping[str, Mapping[str, Any]]
    replies: Sequence[Mapping[str, Any]]
    charset: str = "utf-8"
    contact: Sequence[str] = ()
    ending: Sequence[str] = ()
    signature: bool = True
    numerals: bool = False


@cache
def column(name: str) -> Column:
    """Read the table of one site."""
    return Column(**tomllib.loads((SITES / f"{name}.toml").read_text("utf-8")))


def replies(name: str, epoch: int) -> tuple[Reply, ...]:
    """List what a site shows at an epoch (0 or 1), the latest first.

    Each Reply is what its page is meant to say, field by field; ``url`` is its path on the site,
    and so are those of its attachments.
    """
    site, shown = column(name), []
    for home, row, position in _rows():
        if name not in (home.name, row.get("also")) or not (
            row.get("since", 0) <= epoch < row.get("until", 2)
        ):
            continue
        url = _path(site, row["listed"], position, guest=site is not home)
        now = {**row, **row.get("edited", {})} if epoch else row
        shown.append(replace(_compose(home, now, position), url=url))
    return tuple(sorted(shown, key=lambda reply: (reply.published_on, reply.url), reverse=True))


def chinese(number: int) -> str:
    """Write a number below 100 in Chinese.

    >>> chinese(4), chinese(14), chinese(20), chinese(31)
    ('四', '十四', '二十', '三十一')
    """
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十"
    return ten + (NUMERALS[ones] if ones else "")


def printed_day(day: date, *, numerals: bool) -> str:
    """Print a day as at the end of a letter.

    >>> printed_day(date(2024, 5, 21), numerals=True)
    '二〇二四年五月二十一日'
    >>> printed_day(date(2024, 5, 21), numerals=False)
    '2024年5月21日'
    """
    if not numerals:
        return f"{day.year}年{day.month}月{day.day}日"
    year = "".join(NUMERALS[int(digit)] for digit in str(day.year))
    return f"{year}年{chinese(day.month)}月{chinese(day.day)}日"


def _rows() -> Iterator[tuple[Column, Mapping[str, Any], int]]:
    for home in map(column, NAMES):
        for position, row in enumerate(home.replies):
            yield home, row, position


def _path(site: Column, listed: date, position: int, *, guest: bool) -> str:
    serial = site.serial + 37 * position + guest  # a site's own serials are 37 apart
    digest = sha256(f"{site.name}/{serial}".encode()).hexdigest()[:32]
    return site.page.format(listed=listed, serial=serial, digest=digest)


def _compose(home: Column, row: Mapping[str, Any], position: int) -> Reply:
    """Make the reply of one row; its title, its fields and its letter from the same facts."""
    row = {**home.defaults, **row}
    kind = Kind(row["about"][-2:])
    form = home.forms[row.get("form", kind)]
    session = row["signed"].year - form["since"] if "since" in form else None
    contacts = tuple(Contact(n, tuple(p)) for n, *p in map(str.split, row.get("contacts", ())))
    known = {**row, **_words(home, row, form, kind), "contacts": contacts}
    known |= {"session": chinese(session or 0), "count": 20 + 3 * position}
    printed: dict[str, Any] = {f: row.get(f, "").format_map(known) or None for f in PRINTED}
    return Reply(
        **printed,
        title=form["title"].format_map(known),
        written_on=row.get("written_on"),
        published_on=row["listed"],
        kind=kind,
        assembly=ASSEMBLIES[kind],
        assembly_name=form.get("assembly_name"),
        term=form.get("term"),
        session=session,
        proposal_numbers=tuple(row["numbers"]),
        proposal_titles=(row["about"],),
        addressees=tuple(row["to"]),
        addressee_role=AddresseeRole(row.get("addressee_role", ROLES[kind])),
        role=Role(row["role"]) if "role" in row else None,
        answered_by=row["unit"],
        text=_letter(home, row, known, position),
        signature=row["unit"] if home.signature else None,
        signed_on=row["signed"],
        contacts=contacts,
        copied_to=tuple(form.get("copied_to", ())),
        attachments=_attachments(row, f"/attachment/{home.name}-{position}.pdf"),
    )


def _attachments(row: Mapping[str, Any], path: str) -> tuple[Attachment, ...]:
    return (Attachment(row["attachment"] + ".pdf", path),) if "attachment" in row else ()


def _words(
    home: Column, row: Mapping[str, Any], form: Mapping[str, Any], kind: Kind
) -> dict[str, str]:
    """Put into words what titles and letters are filled with."""
    numbers = "、".join(f"第{number}号" for number in row["numbers"])
    role = row.get("addressee_role", ROLES[kind])
    suffix = "" if role == AddresseeRole.UNIT else role
    single = "贵单位" if role == AddresseeRole.UNIT else "您"
    return {
        "term": chinese(form.get("term", 0)),
        "year": str(row["signed"].year),
        "numbers": numbers,
        "cited": f"《{row['about']}》" + (f"（{numbers}）" if numbers else ""),
        "matter": row["about"].removeprefix("关于").removesuffix(f"的{kind}"),
        "addressed": "、".join(row["to"]) + suffix,
        "you": "你们" if len(row["to"]) > 1 else single,
        "we": SELVES[row["unit"][-1]],
        "place": home.place,
        "day": printed_day(row["signed"], numerals=home.numerals),
        "copied": "，".join(form.get("copied_to", ())),
    }


def _letter(home: Column, row: Mapping[str, Any], known: Mapping[str, Any], position: int) -> str:
    joint = row.get("role") == Role.JOINT
    lines = [
        "{addressed}：",
        JOINT_OPENING if joint else OPENINGS[position % len(OPENINGS)],
        *FRAMES[position % len(FRAMES)],
        *(["附件：{attachment}.pdf"] if "attachment" in row else []),
        *(["{unit}"] if home.signature else []),
        "{day}",
        *(home.contact if "contacts" in row else ()),
        *home.ending,
    ]
    return "\n".join(line.format_map(known) for line in lines)
