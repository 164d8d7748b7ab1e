"""Of which place an assembly is, so that its sessions are told from those of another (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from replyarc.archive.assemblies import Place, of_office, places

# How many digits of a region's code (GB/T 2260) name a place of a level.
_DIGITS: Final = {"省": 2, "市": 4, "县": 6}
_ENDS: Final = "特别行政区|自治区|自治州|自治县|自治旗|地区|新区|[省州盟市县区旗]"


class Where(NamedTuple):
    """What tells the place of an assembly from others, and its name."""

    key: str
    name: str


def where(
    assembly: str | None, offices: Iterable[str | None], region: str | None, source: str
) -> Where:
    """Return of which place an assembly is, by its name, its offices, and its source's region.

    >>> where("市人大", ["岳阳市民政局"], "430600", "mz")
    Where(key='4306', name='岳阳市')
    >>> where("岳阳市人大", ["岳阳市民政局"], None, "mz")
    Where(key='市岳阳', name='岳阳市')
    >>> where("人大", [], None, "mz")
    Where(key='source mz', name='mz')
    """
    said = places(assembly or "")
    if said is None or (said and said[-1].level == "全国"):
        name = "全国" if said else assembly or ""
        return Where(name, name)
    level = said[-1].level if said else ""
    place, name = _named(said, assembly), ""
    if place:
        name = _printed(place, assembly or "")
    else:
        place, name = _of_offices(level, offices)
    return _where(level or (place.level if place else ""), place, name, region, source)


def _where(level: str, place: Place | None, name: str, region: str | None, source: str) -> Where:
    code = re.sub("(00){1,2}$", "", region or "")
    if code and len(code) >= _DIGITS.get(level, 0):
        code = code[: _DIGITS.get(level, len(code))]
        return Where(code, name or code)
    if place is None:
        return Where(f"source {source}", name or source)
    return Where(f"{code}{level}{place.stem}", name)


def _named(said: tuple[Place, ...], assembly: str | None) -> Place | None:
    return said[-1] if said and said[-1].stem and assembly else None


def _of_offices(level: str, offices: Iterable[str | None]) -> tuple[Place | None, str]:
    """Return the place of this level that an office names, else the smallest that it names."""
    for office in offices:
        for place in reversed(of_office(office or "")):
            if level in ("", place.level):
                return place, _printed(place, office or "")
    return None, ""


def _printed(place: Place, text: str) -> str:
    """Return the name of a place as a text prints it, with the word for its kind."""
    found = re.search(f"{re.escape(place.stem)}(?:{_ENDS})", text)
    return found[0] if found else place.stem
