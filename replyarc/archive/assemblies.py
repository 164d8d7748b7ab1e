"""Whether two names mean the assembly of one place (pure).

An office prints the assembly that it answers to as 岳阳市人大, as 政协岳阳市委员会, as 市人大 (that
of its own city) or only as 人大. Without the words for the assembly a name is a row of places:
广州市 and 白云区, a bare 市, or nothing. Two names are compatible when

- one of them is empty, or
- both end in the same kind of place, the names of these are equal unless one is bare, and no kind
  of place before it bears another name in one than in the other.

A bare 市 is the city of the office that prints it, so where the office names its city, that one has
to fit too; where it does not, nothing contradicts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

_ASSEMBLY = re.compile(
    "中国人民政治协商会议|人民政治协商会议|政治协商会议|人民代表大会|人代会|人大|政协"
    "|常务委员会|常委会|委员会"
)
_WHOLE: Final = "全国"
# What ends the name of a place; the kinds of one row are one level.
_LEVELS: Final = {
    **dict.fromkeys(("特别行政区", "自治区", "省"), "省"),
    **dict.fromkeys(("自治州", "地区", "州", "盟", "市"), "市"),
    **dict.fromkeys(("自治县", "自治旗", "新区", "县", "区", "旗"), "县"),
}
_SMALLEST_FIRST: Final = ("县", "市", "省")
_ENDS: Final = "|".join(_LEVELS)
_STEM: Final = r"[^\W\d_和与及、]"
_PLACE = re.compile(rf"(?P<stem>{_STEM}{{2,8}}?)(?<![省市州县区旗房]城)(?<!自治)(?P<end>{_ENDS})")


class Place(NamedTuple):
    """A place of a name: its kind (省, 市, 县), and what it is called; ``""`` where it is bare."""

    level: str
    stem: str = ""


def places(name: str) -> tuple[Place, ...] | None:
    """Return the places in the name of an assembly, the smallest last; ``None`` for another name.

    >>> places("政协广州市白云区委员会")
    (Place(level='市', stem='广州'), Place(level='县', stem='白云'))
    >>> places("市人大"), places("人大"), places("某兵团人大")
    ((Place(level='市', stem=''),), (), None)
    """
    return _places(_ASSEMBLY.sub("", name))


def _places(name: str) -> tuple[Place, ...] | None:
    if name == _WHOLE:
        return (Place(_WHOLE),)
    found, at = _row(name)
    rest = name[at:]
    if rest in _LEVELS:
        return (*found, Place(_LEVELS[rest]))
    return None if rest else found


def _row(name: str) -> tuple[tuple[Place, ...], int]:
    """Return the places that a name begins with, and where they end."""
    found, at = [], 0
    while match := _PLACE.match(name, at):
        found.append(Place(_LEVELS[match["end"]], match["stem"]))
        at = match.end()
    return tuple(found), at


def bare_level(name: str | None) -> str | None:
    """Return the level of a name that says no more (市人大: 市), ``""`` where it says nothing.

    ``None`` where it names its place.

    >>> bare_level("市人大"), bare_level("政协"), bare_level("岳阳市人大"), bare_level("全国人大")
    ('市', '', None, None)
    """
    found = places(name or "")
    if found is None or any(place.stem or place.level == _WHOLE for place in found):
        return None
    return found[-1].level if found else ""


def of_office(name: str) -> tuple[Place, ...]:
    """Return the places that the name of an office begins with.

    >>> of_office("湖南省岳阳市民政局")
    (Place(level='省', stem='湖南'), Place(level='市', stem='岳阳'))
    >>> of_office("市城市管理局"), of_office("盐城市教育局")
    ((), (Place(level='市', stem='盐城'),))
    """
    return _row(name)[0]


def compatible(one: str | None, other: str | None, offices: Iterable[str | None] = ()) -> bool:
    """Tell whether two names may mean one assembly; ``offices`` are those that print the second.

    >>> compatible("岳阳市人大", "市人大"), compatible("岳阳市人大", "云溪区人大")
    (True, False)
    >>> compatible("岳阳市人大", "市人大", ["长沙市民政局"])
    False
    """
    asked, said = places(one or ""), places(other or "")
    if asked is None or said is None:
        return _ends_alike(_ASSEMBLY.sub("", one or ""), _ASSEMBLY.sub("", other or ""))
    if not asked or not _fit(asked, said):
        return not asked
    here = [found for office in offices if (found := of_office(office or ""))]
    return all(not _contradict(asked, found) for found in here)


def same_place(one: Iterable[str | None], other: Iterable[str | None], level: str) -> bool:
    """Tell whether offices name one place of a level; for ``""``, of the smallest that they name.

    >>> same_place(["岳阳市民政局"], ["湖南省岳阳市交通局"], "市")
    True
    >>> same_place(["市民政局"], ["岳阳市交通局"], "市")
    False
    """
    rows = [[place for name in names for place in of_office(name or "")] for names in (one, other)]
    mine, theirs = map(_by_level, rows)
    for each in (level,) if level else _SMALLEST_FIRST:
        if each in mine or each in theirs:
            return _share(mine.get(each, set()), theirs.get(each, set()))
    return False


def _ends_alike(one: str, other: str) -> bool:
    return not one or not other or one.endswith(other) or other.endswith(one)


def _fit(one: tuple[Place, ...], other: tuple[Place, ...]) -> bool:
    """Tell whether two rows of places end in one place, and none before it contradicts."""
    if not one or not other:
        return True
    (level, stem), (kind, name) = one[-1], other[-1]
    same = level == kind and (stem == name or not stem or not name)
    return same and not _contradict(one, other)


def _contradict(one: Iterable[Place], other: Iterable[Place]) -> bool:
    """Tell whether two rows of places have names of one level, and none in common."""
    mine, theirs = _by_level(one), _by_level(other)
    return any(not _share(mine[level], theirs[level]) for level in mine.keys() & theirs.keys())


def _share(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether two sets of names have one in common; 中共 and the like may stand before it."""
    return any(a.endswith(b) or b.endswith(a) for a in one for b in other)


def _by_level(row: Iterable[Place]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for place in row:
        if place.stem:
            found[place.level].add(place.stem)
    return found
