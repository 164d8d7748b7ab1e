"""What no HTML parser bears is left out of a page before it is parsed: tags, never text.

Lexbor, measured: each attribute of an element is compared with every other; elements that nest take
a time that grows with the square of the depth; and where a tag makes no element of its own, the
text behind it is joined to the text before, which is then copied, and the copies are kept to the
end, so that a page of two million letters takes eight billion bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final

_LARGE: Final = 65_536
"""Letters of a page, up to which crowds, strays and joins cost a second or 200 MB at the most."""

_CROWDED: Final = re.compile(
    r"""(<[A-Za-z][^\s/><]*+)
        (?:[\s/]++ [^\s/>=<]++ (?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s><]*+))?+){100,}+""",
    re.VERBOSE,
)
_END_WITH_MORE: Final = re.compile(r"(</[A-Za-z][^\s/>]{0,40})[\s/][^>]*+")
# Elements of which a page has one, or that hold none of their own name.
_SINGLES: Final = "html|head|body|frame|frameset|form"
_SINGLE: Final = re.compile(rf"</?(?:{_SINGLES})(?=[\s/>])[^>]*+>?", re.I)
_PARTS: Final = "caption|colgroup|col|tbody|thead|tfoot|tr|td|th"
_OF_TABLES: Final = re.compile(rf"<(/?)(?:(table)|{_PARTS})(?=[\s/>])[^>]*+>?", re.I)
# Text that stands in a table but in none of its cells; a lone < is text.
_BESIDE_CELLS: Final = re.compile(
    r"(?:</(?:td|th|tr|tbody|thead|tfoot|caption)[^>]*+|<(?:table|tr|tbody|thead|tfoot)\b[^>]*+)>"
    r"\s*+(?:[^<\s]|<(?![a-z/!?]))",
    re.I,
)
_SHORT_NAMES: Final = re.compile(r"</?([A-Za-z]{2,8})")
# How often a tag may make no element, and how many letters may be copied for all of them.
_FEW, _MOST_COPIED = 20, 30_000_000

# A name; where the blank behind it is lost, <divclass="a">, the attribute is no part of it.
_TAGS: Final = re.compile(r"<(/?)([A-Za-z][\w:-]{0,40})", re.ASCII)
_ANY_TAG: Final = re.compile(r"</?([A-Za-z][\w:-]{0,40})[^>]*+>?", re.ASCII)
_REPEATED: Final = "b big code em font i nobr s small strike strong tt u"
_CLOSED_BY_OTHERS: Final = """
    area base br col dd dt embed hr img input li link meta option p param source td th tr
"""
_FEW_TAGS, _MOST_REPEATED, _DEEPEST = 4_000, 400, 8_000
_NEVER_NEST: Final = frozenset(_CLOSED_BY_OTHERS.split())
_BEARABLE: Final = dict.fromkeys(_REPEATED.split(), _MOST_REPEATED)
"""How deep elements of a name may nest; of all others, and of all together, `_DEEPEST`.

Each <b> that is left open is repeated in every later paragraph.
"""
_SHALLOW: Final = 100  # levels that a name need not be counted for
_MOST_NAMES: Final = 1_000
_MOST_OPTIONS: Final = 2_000  # of a <select>, which is looked through at each of them


def bearable(text: str) -> str:
    """Return a page without what a parser cannot bear.

    In a page of more than 65,536 letters an element of a hundred attributes or more loses them,
    an end tag all of them, and tags are left out that make no element where they stand. Elements
    of a name of which far more are opened than closed are left out, not what they hold.

    >>> bearable("<p>一</p>")
    '<p>一</p>'
    """
    if len(text) > _LARGE:
        text = _END_WITH_MORE.sub(r"\1", _CROWDED.sub(r"\1", text))
        text = _without_strays(text)
    names = _left_open(text)
    if "table" in names:
        names |= {*_PARTS.split("|")}
    if names:
        text = _ANY_TAG.sub(lambda tag: "" if tag[1].lower() in names else tag[0], text)
    return text


def _without_strays(text: str) -> str:
    """Leave out tags that make no element, parts of no table or a second <body>, if they add up.

    And all of tables, where as often text stands in them beside their cells.
    """
    counts = Counter(map(str.lower, _SHORT_NAMES.findall(text)))
    singles, parts = (
        sum(map(counts.__getitem__, names.split("|"))) for names in (_SINGLES, f"{_PARTS}|table")
    )
    if _adds_up(singles, text) and _adds_up(len(_SINGLE.findall(text)), text):
        text = _SINGLE.sub("", text)
    if not _adds_up(parts, text):
        return text
    if _adds_up(len(_BESIDE_CELLS.findall(text)), text):
        return _OF_TABLES.sub("", text)
    strays = _stray_parts(text)
    if not _adds_up(len(strays), text):
        return text
    ends = [0, *(end for _, end in strays)]
    starts = [*(start for start, _ in strays), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _adds_up(times: int, text: str) -> bool:
    return times > _FEW and times * len(text) > _MOST_COPIED


def _stray_parts(text: str) -> list[tuple[int, int]]:
    """Return from where to where the parts of tables reach that stand in no table."""
    within, found = 0, []
    for tag in _OF_TABLES.finditer(text):
        if tag[2]:
            within = max(0, within - 1) if tag[1] else within + 1
        elif not within:
            found.append(tag.span())
    return found


def _left_open(text: str) -> set[str]:
    """Return the names of elements that nest, alone or together, deeper than can be borne."""
    if text.count("<") < _FEW_TAGS:
        return set()
    tags = [(end, name.lower()) for end, name in _TAGS.findall(text)]
    counts = Counter(name for end, name in tags if not end)
    opened = {name: count for name, count in counts.items() if count > _SHALLOW}
    found = {name for name in counts if name not in opened} if len(counts) > _MOST_NAMES else set()
    if counts["option"] > _MOST_OPTIONS:
        found.add("option")
    may_nest = sum(count for name, count in opened.items() if name not in _NEVER_NEST)
    if may_nest <= _DEEPEST and all(
        opened.get(name, 0) <= most for name, most in _BEARABLE.items()
    ):
        return found
    depths = _depths(tags, opened.keys() - _NEVER_NEST)
    found |= {name for name, depth in depths.items() if depth > _BEARABLE.get(name, _DEEPEST)}
    together = sum(depth for name, depth in depths.items() if name not in found)
    for name in sorted(depths.keys() - found, key=depths.__getitem__, reverse=True):
        if together <= _DEEPEST:
            break
        together -= depths[name]
        found.add(name)
    return found


def _depths(tags: Iterable[tuple[str, str]], names: Collection[str]) -> dict[str, int]:
    """Return how deep the elements of these names nest where they nest deepest."""
    depth, deepest = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    for end, name in tags:
        if name in depth:
            depth[name] = at = max(0, depth[name] - 1) if end else depth[name] + 1
            if at > deepest[name]:
                deepest[name] = at
    return {name: at for name, at in deepest.items() if at > _SHALLOW}
