"""How much of what the eye read in pages the reader reads, field by field, against floors.

Run as ``python -m bench.quality [--write | --lower REASON]``. The pages are the project's own and,
where REPLYARC_CORPUS is set, the seeds and the real pages in it. Of each field two shares are
printed: of the values that a page prints, how many were read right; where it prints none, how
often nothing was read. Both are held against floors, in quality.json. Nobody lowers a floor in
silence: ``--write`` only raises, ``--lower`` writes its reason beside each floor that it lowers.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.gold import Case, own_cases, seed_cases
from bench.manifest import real_cases
from replyarc.errors import ReplyError

FLOORS: Final = Path(__file__).with_name("quality.json")
LETTER: Final = "(a letter at all)"
SIDES: Final = ("values", "nulls")
_NOTHING: Final[tuple[Any, ...]] = (None, False, "", [])

Floor = dict[str, Any]
Floors = dict[str, dict[str, Floor]]
"""Set of pages -> field -> the least share of each side, and why it was lowered, where it was."""


@dataclass(slots=True)
class Tally:
    """Of one side of a field how many there are, how many are right, and on which pages not."""

    right: int = 0
    of: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share that is right, cut to four places, so that a floor never stands above it."""
        return self.right * 10_000 // self.of / 10_000 if self.of else 1.0

    def add(self, page: str, is_right: bool) -> None:
        """Count one page."""
        self.of += 1
        self.right += is_right
        if not is_right:
            self.wrong.append(page)


Tallies = dict[str, dict[str, Tally]]
"""Field -> side -> how it was read."""


def measure(cases: Iterable[Case]) -> Tallies:
    """Read pages and compare each field with what the eye read."""
    found: Tallies = {}
    for case in cases:
        for name, gold, said in _compared(case):
            sides = found.setdefault(name, {side: Tally() for side in SIDES})
            sides["nulls" if gold in _NOTHING else "values"].add(case.name, said == gold)
    return found


def _compared(case: Case) -> Iterator[tuple[str, Any, Any]]:
    """Yield each field, what the eye read and what the reader did; a page may be refused."""
    try:
        said = case.read()
    except ReplyError:
        said = None
    yield LETTER, None if not case.gold else True, None if said is None else True
    for name, gold in case.gold.items():
        yield name, gold, said[name] if said else "refused"


def sets() -> dict[str, Tallies]:
    """Measure all sets of pages that are there."""
    found = {"own pages": measure(own_cases())}
    corpus = os.environ.get("REPLYARC_CORPUS")
    if corpus:
        found["seeds"] = measure(seed_cases(Path(corpus)))
        found["real pages"] = measure(real_cases(Path(corpus)))
    return found


def below(measured: Mapping[str, Tallies], floors: Floors) -> list[str]:
    """Say of each share that is below its floor where, how far, and on which pages."""
    return [
        f"{group}: {name}, {side}: {tally.share:.2%} is below the floor of {floor:.2%};"
        f" wrong: {', '.join(tally.wrong)}"
        for group, name, side, tally in _each(measured)
        if tally.share < (floor := floors.get(group, {}).get(name, {}).get(side, 0.0))
    ]


def _each(measured: Mapping[str, Tallies]) -> Iterator[tuple[str, str, str, Tally]]:
    for group, tallies in measured.items():
        for name, sides in tallies.items():
            for side in SIDES:
                if sides[side].of:
                    yield group, name, side, sides[side]


def moved(measured: Mapping[str, Tallies], floors: Floors, reason: str = "") -> Floors:
    """Return the floors raised to what was measured, and lowered to it where there is a reason."""
    found = {
        group: {name: {**floor} for name, floor in each.items()} for group, each in floors.items()
    }
    for group, name, side, tally in _each(measured):
        floor = found.setdefault(group, {}).setdefault(name, {})
        if tally.share >= floor.get(side, 0.0):
            floor[side] = tally.share
        elif reason:
            floor |= {side: tally.share, "lowered": reason}
    return found


def table(measured: Mapping[str, Tallies], floors: Floors) -> Iterator[str]:
    """Yield the lines of the table: what was read right of what there is, and the floor."""
    for group, tallies in measured.items():
        yield f"{group:<28}{'values read':>14}{'floor':>9}{'nulls kept':>14}{'floor':>9}"
        for name, sides in tallies.items():
            line = f"  {name:<26}"
            for side in SIDES:
                tally, floor = sides[side], floors.get(group, {}).get(name, {}).get(side)
                line += f"{tally.right:>7} of {tally.of:<3}" if tally.of else f"{'':>14}"
                line += f"{floor:>9.2%}" if floor is not None else f"{'':>9}"
            yield line.rstrip()
        whole = [tally for _, _, _, tally in _each({group: tallies})]
        right, of = sum(each.right for each in whole), sum(each.of for each in whole)
        yield f"  {'all':<26}{right:>7} of {of}: {right / of:.2%}"


def main(arguments: list[str]) -> int:
    """Measure, print and compare; 1 where a share is below its floor, or nothing may be lowered."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality")
    parser.add_argument("--write", action="store_true", help="raise the floors")
    parser.add_argument("--lower", metavar="REASON", help="lower them too, and say why")
    asked = parser.parse_args(arguments)
    floors: Floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    measured = sets()
    if asked.write or asked.lower:
        floors = moved(measured, floors, asked.lower or "")
        FLOORS.write_text(json.dumps(floors, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print("\n".join(table(measured, floors)))
    if "seeds" not in measured:
        print("REPLYARC_CORPUS is not set: the seeds and the real pages were not read.")
    problems = below(measured, floors)
    print("\n".join(problems) or "no share is below its floor")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
