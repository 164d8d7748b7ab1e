"""Values of a reply in the words of a card: days, names, sittings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from replyarc.instants import china_day

_ROLES: Final = ("代表", "委员")


def day_in_china(instant: str) -> str:
    """Return the civil day in China of an instant, UTC as the archive writes it.

    >>> day_in_china("2024-05-01T17:00:00Z"), day_in_china("2024-05-01T17:00:00.0000Z")
    ('2024-05-02', '2024-05-02')
    """
    return china_day(datetime.fromisoformat(f"{instant[:19]}Z"))


def days(first: str, last: str) -> str:
    """Return the days of two instants of the archive, as one where they are one.

    >>> days("2024-05-01T08:00:00Z", "2024-06-01T08:00:00Z")
    '2024-05-01 – 2024-06-01'
    """
    return " – ".join(dict.fromkeys((day_in_china(first), day_in_china(last))))


def span(first: datetime, last: datetime) -> str:
    """Return the days of two instants, as one where they are one."""
    return " – ".join(dict.fromkeys((china_day(first), china_day(last))))


def names(addressees: Sequence[str], role: str | None, most: int | None = None) -> str:
    """Return to whom a letter is written, as people are addressed: the role behind the names.

    >>> names(["顾明远", "季舒"], "代表"), names(["甲", "乙", "丙"], "委员", most=2)
    ('顾明远、季舒代表', '甲、乙等3位委员')
    >>> names(["民盟清源市委"], "单位")
    '民盟清源市委'
    """
    told = "、".join(addressees[:most])
    behind = role if told and role in _ROLES else ""
    if most is not None and len(addressees) > most:
        told += f"等{len(addressees):,}位" if behind else f"等{len(addressees):,}个"
    return f"{told}{behind}"


def sitting(said: Mapping[str, Any], *, short: bool = False) -> str:
    """Return assembly, term and session of a proposal, as far as they are said.

    >>> said = {"assembly": "人大", "assembly_name": "市人大", "term": 8, "session": 1}
    >>> sitting(said), sitting(said, short=True)
    ('人大 · 市人大 · 8届1次会议', '市人大8届1次会议')
    """
    term = f"{said['term']}届" if said["term"] else ""
    session = f"{said['session']}次会议" if said["session"] else ""
    assembly, name = said["assembly"], said["assembly_name"]
    if short:
        return f"{name or assembly or ''}{term}{session}"
    return " · ".join(dict.fromkeys(filter(None, (assembly, name, term + session))))
