"""SECURITY.md: no pattern takes long, whatever text it is given.

Every pattern of the package is found where it is, taken apart, and tried on texts made of its own
parts: what each of its repeats takes, twenty thousand letters of it, behind what has to stand
before it and with what ends the match in vain. A pattern that takes time by the square of that
shows itself, and one that takes it by the power of it is ended by an alarm.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache, partial
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]  # no stubs
from re import _parser as sre_parse  # type: ignore[attr-defined]  # no stubs
from time import process_time
from types import FrameType, ModuleType
from typing import Any, Final, NamedTuple

import pytest

import replyarc

LETTERS: Final = 20_000
SECONDS: Final = 1.0
"""Of the processor, for one text; the slowest pattern there is takes a tenth of it."""

TURNS: Final = 2
"""Of several ways that a pattern has, as many are gone."""

FAR: Final = 40
"""A repeat that may go on so far is pumped: two inside each other make the square of it."""

ENDS: Final = ("\x00", "）")
PLAIN: Final = "a1 第，.:\u3000/<>'\"《（-=&;\n\t"
_KNOWN: Final = frozenset({"match", "fullmatch", "search", "pattern"})
_CALLS: Final = frozenset(
    {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
)

BOUNDED: Final = {
    # where it stands: how many letters there can be of what it is tried on
    "replyarc.extract.form.CUT": 2_000,
    "replyarc.extract.heading._CUT": 2_000,
    "replyarc.extract.numbers._YEARED": 300,
}

Tree = Sequence[tuple[Any, Any]]
Text = str | bytes


def modules() -> list[ModuleType]:
    """Every module of the package."""
    found = pkgutil.walk_packages(replyarc.__path__, "replyarc.")
    return [importlib.import_module(each.name) for each in found if "__main__" not in each.name]


class Found(NamedTuple):
    """A pattern, where it stands, and by which methods it is used, as far as that is known."""

    pattern: re.Pattern[Any]
    place: str
    methods: frozenset[str]


@cache
def patterns() -> tuple[Found, ...]:
    """Every pattern of the package, each once."""
    found: dict[re.Pattern[Any], Found] = {}
    trees = {module: ast.parse(Path(module.__file__ or "").read_bytes()) for module in modules()}
    by_all = _used(trees.values())
    for module, tree in trees.items():
        own = _used([tree])
        for name, value in vars(module).items():
            used = (own if name.startswith("_") else by_all)[name]
            for pattern in _held(value, set()):
                known = pattern is value and used and used <= _KNOWN
                methods = frozenset(used) if known else frozenset({"finditer"})
                found.setdefault(pattern, Found(pattern, f"{module.__name__}.{name}", methods))
        for pattern, method in _written_in_place(tree, module):
            place = f"{module.__name__}: {pattern.pattern!r}"
            found.setdefault(pattern, Found(pattern, place, frozenset({method})))
    return tuple(found.values())


def _used(trees: Iterable[ast.Module]) -> defaultdict[str, set[str]]:
    """Return by which methods each name is used, anywhere in the package."""
    used = defaultdict[str, set[str]](set)
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used[node.value.id].add(node.attr)
            elif isinstance(node, ast.Call):  # handed on: nobody knows what for
                for each in node.args:
                    if isinstance(each, ast.Name):
                        used[each.id].add("given")
    return used


def _held(value: object, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns that a value holds, however deep."""
    if id(value) in seen or isinstance(value, (str, bytes, int, float, ModuleType)):
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield value
    for each in _parts(value):
        yield from _held(each, seen)


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from list(value.items())
    elif isinstance(value, (list, tuple, set, frozenset)):
        yield from value
    elif isinstance(value, partial):
        yield from (value.args, value.keywords)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (getattr(value, each.name, None) for each in fields(value))
    elif closed := getattr(value, "__closure__", None):
        yield from (cell.cell_contents for cell in closed)
    elif isinstance(value, type) and value.__module__.startswith("replyarc"):
        yield dict(vars(value))


def _written_in_place(
    tree: ast.Module, module: ModuleType
) -> Iterator[tuple[re.Pattern[Any], str]]:
    """Yield the patterns written inside functions, a word for each gap, and how each is used."""
    inside = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    for call in (node for function in inside for node in ast.walk(function)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        whose, method = call.func.value, call.func.attr
        if isinstance(whose, ast.Name) and whose.id == "re" and method in _CALLS:
            text = _text(call.args[0], module)
            if text is not None:
                yield re.compile(text), method if method in _KNOWN else "finditer"


def _text(node: ast.expr, module: ModuleType) -> Text | None:
    if isinstance(node, ast.Constant):
        assert isinstance(node.value, (str, bytes))
        return node.value
    if isinstance(node, ast.JoinedStr):
        gaps = (
            str(each.value) if isinstance(each, ast.Constant) else _gap(each, module)
            for each in node.values
        )
        return "".join(gaps)
    return None  # a name: what it stands for is found, or made of what is


def _gap(node: ast.expr, module: ModuleType) -> str:
    value = node.value if isinstance(node, ast.FormattedValue) else None
    known = vars(module).get(value.id) if isinstance(value, ast.Name) else None
    return known if isinstance(known, str) else "a1"


class Sampler:
    """Writes texts that the parts of one pattern take; ``turn`` is which of several ways."""

    def __init__(self, turn: int, taken: re.Pattern[str] | None = None) -> None:
        self.turn = turn
        self.pumps: list[tuple[str, str]] = []

    def sample(self, tree: Tree, before: str = "") -> str:
        """Return a text that a part takes, noting what stood before each repeat in it."""
        out = ""
        for op, args in tree:
            out += self._one(op, args, before + out)
        return out

    def _one(self, op: Any, args: Any, before: str) -> str:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            least, most, body = args
            return self._repeat(least, most, body, before)
        if op is sre.BRANCH:
            ways = args[1]
            samples = [self.sample(way, before) for way in ways]
            return samples[self.turn % len(ways)]
        if op is sre.SUBPATTERN:
            return self.sample(args[-1], before)
        if op is sre.ATOMIC_GROUP:
            return self.sample(args, before)
        if op is sre.ASSERT and args[0] > 0:
            self.sample(args[1], before)  # its repeats count, its letters do not
            return ""
        return _letter(op, args, self.turn)

    def _repeat(self, least: int, most: int, body: Tree, before: str) -> str:
        once = self.sample(body, before)
        if most >= FAR and once:
            self.pumps.append((before, once))
        return once * min(max(least, 1), 60)


def _letter(op: Any, args: Any, turn: int) -> str:
    if op is sre.LITERAL:
        return chr(args)
    if op in (sre.IN, sre.NOT_LITERAL, sre.ANY, sre.CATEGORY):
        one = re.compile(_class(op, args))
        taken = [letter for letter in [*PLAIN, *_members(op, args)] if one.match(letter)]
        return taken[turn % len(taken)] if taken else ""
    return ""


def _class(op: Any, args: Any) -> str:
    if op is sre.ANY:
        return "."
    if op is sre.NOT_LITERAL:
        return f"[^{re.escape(chr(args))}]"
    return f"[{''.join(_member(each) for each in args)}]"


def _member(each: tuple[Any, Any]) -> str:
    op, args = each
    if op is sre.NEGATE:
        return "^"
    if op is sre.LITERAL:
        return re.escape(chr(args))
    if op is sre.RANGE:
        return "-".join(re.escape(chr(end)) for end in args)
    return _CATEGORIES[args]


_CATEGORIES: Final = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}


def _members(op: Any, args: Any) -> Iterator[str]:
    if op is sre.IN:
        for kind, what in args:
            if kind is sre.LITERAL:
                yield chr(what)
            elif kind is sre.RANGE:
                yield chr(what[0])


def hard_texts(pattern: re.Pattern[Any], letters: int) -> list[str]:
    """Return texts that a pattern may take long for, none of them twice."""
    flags = pattern.flags
    tree = sre_parse.parse(pattern.pattern, flags)
    units: dict[tuple[str, str, str], None] = {}
    for turn in range(TURNS):
        sampler = Sampler(turn)
        units["", sampler.sample(tree)[:-1], ""] = None
        for before, once in sampler.pumps:
            units.update(dict.fromkeys((before, once, end) for end in ENDS))
            units["", before + once * 9, ""] = None
    return [before + _filled(once, letters) + end for before, once, end in units]


def _filled(unit: str, letters: int) -> str:
    return (unit * (letters // len(unit) + 1))[:letters] if unit else ""


class TooLong(Exception):
    """Raised in the midst of a match."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise TooLong in the block when it took so long, where the platform has alarms."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    before: Any = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def seconds(found: Found, text: str) -> float:
    """Return how long a pattern takes to be tried on a text; for ever is a little too long."""
    pattern = found.pattern
    given: Any = text.encode("utf-8") if isinstance(pattern.pattern, bytes) else text
    begun = process_time()
    try:
        with alarm(1.2 * SECONDS):
            if "finditer" in found.methods:
                deque(pattern.finditer(given), maxlen=0)
            for method in found.methods - {"finditer", "pattern"}:
                getattr(pattern, method)(given)
    except TooLong:
        pass
    return process_time() - begun


def slowest(found: Found, letters: int = LETTERS) -> tuple[float, str]:
    """Return how long a pattern takes for the hardest of its texts, and how that begins.

    Those of a tenth of the length are tried first: what takes less than a hundredth of the time
    for each of them takes less than all of it for the long ones, if it grows by the square.
    """
    short, long = (hard_texts(found.pattern, size) for size in (letters // 10, letters))
    worst, at = 0.0, 0
    for number, text in enumerate(short):
        taken = seconds(found, text)
        if taken > SECONDS:
            return taken, text[:60]
        worst, at = max((worst, at), (taken, number))
    if worst < SECONDS / 150:
        return worst, ""
    return seconds(found, long[at]), long[at][:60]


def made(pattern: str) -> Found:
    """Return a pattern that stands nowhere."""
    return Found(re.compile(pattern), "here", frozenset({"finditer"}))


def test_every_pattern_of_the_package_is_quick_on_texts_made_to_be_hard_for_it() -> None:
    slow = [
        f"{found.place}: {taken:.1f} s for {text!r}"
        for found in patterns()
        for taken, text in [slowest(found, BOUNDED.get(found.place, LETTERS))]
        if taken > SECONDS
    ]

    assert slow == []


def test_what_is_bounded_here_is_a_pattern_that_there_is() -> None:
    assert BOUNDED.keys() <= {found.place for found in patterns()}


def test_patterns_are_found_wherever_they_stand() -> None:
    places = {found.place.partition(":")[0] for found in patterns()}
    assert len(patterns()) > 600
    assert {"replyarc.fetch.wire._COOKIE", "replyarc.listing.answers"} <= places


@pytest.mark.parametrize(
    "pattern",
    [r"(?:a+)+b", r"(?:a|a)*b", r"\A(?:[^\n]*\r?\n)*?content", r"(?=(?:1+)+2)", r"a*a*a*b"],
)
def test_a_pattern_that_takes_for_ever_is_seen(pattern: str) -> None:
    assert slowest(made(pattern))[0] > SECONDS


@pytest.mark.parametrize("pattern", [r"x{1,9}y", r"(?:a{1,60})b", r"[^<]*<"])
def test_a_pattern_that_takes_no_time_is_let_through(pattern: str) -> None:
    assert slowest(made(pattern))[0] < SECONDS
