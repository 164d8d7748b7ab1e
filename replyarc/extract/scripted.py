"""Values that a script of the page prints: put where a reader sees them, before boxes are read.

Templates print a value behind its label with ``document.write(pubdata)``, or put it into an empty
element by its id. What `program` can tell for certain is written into the tree as text, and only
behind a known label, or where the script prints the label too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from replyarc.extract.labels import Vocabulary
from replyarc.extract.program import Printed, run
from replyarc.extract.spelling import SEAM
from replyarc.extract.tokens import STRING, Unclear
from replyarc.text.html import UNREAD, one_line, parse

_WRITE: Final = "document.write"
# Either, in a whole page: in one search, since most pages have none.
_PRINTS = re.compile(r"\.(?:write|html\(|text\(|append\(|inner|textContent)")
_PUTS: Final = (".html(", ".text(", ".append(", ".inner", ".textContent")
# Words of scripts that the grammar of `program` does not have, which ends the reading sooner.
_DOES_MORE: Final = (
    *(
        "new ",
        "return",
        "for(",
        "for (",
        "ajax",
        "unescape",
        "location",
        "$.",
        "this",
        "while",
        "typeof",
    ),
    *(".click", ".css(", ".attr(", ".each(", ".find(", ".on(", "Class(", ".hide(", ".show("),
)
_LONGEST: Final = 4000  # what prints a value is short; what is longer does other things
_MOST: Final = 60  # scripts, and values that they print
_FEW: Final = 8  # elements that one script prints into, and pieces of text before a value
_SEARCHED: Final = 1_000_000  # letters of a page, in which names are looked for
_PUT_INTO = re.compile(
    r"""\(\s?["']#?([\w-]{1,60})["']\s?\)(?:\.parent\(\))?\.(?:html|text|append|inner|textContent)"""
)
_TAG = re.compile(r"<[^<>]*>?")
_NEAR: Final = 200
_OF_NAMES = re.compile(r"[\w$.]")
_LONGEST_VALUE: Final = 300
_LONGEST_LINE: Final = 400  # of what stands before a value
_LEVELS: Final = 3  # a label stands beside the value, or in the cell or the row before


def fill_in(document: LexborHTMLParser, text: str, known: Vocabulary) -> None:
    """Write into the tree what its scripts print behind labels; ``text`` is the page's.

    What a script prints without any doubt only: a script that asks for the time, for an address or
    for anything else than its own literals is left alone, and so is a second value for one element.
    """
    text = text[:_SEARCHED]
    if not _PRINTS.search(text):
        return
    found: list[tuple[LexborNode, Printed]] = []
    for script, source in islice(_candidates(document), _MOST):
        if _is_labelled(script, source, text, known):
            try:
                found += ((script, each) for each in run(source, lambda name: _global(name, text)))
            except Unclear:
                continue
    del found[_MOST:]
    printed_into = Counter(each.into for _, each in found)
    for script, each in found:
        value = _plain(each.text)
        if not value or len(value) > _LONGEST_VALUE:
            continue
        if each.into is None:
            _write(script, value, known)
        elif printed_into[each.into] == 1 and _mentions(each.into, text) == 1:
            _put(document, each, value, known)


def _candidates(document: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    """The scripts that print and do not obviously more, with their sources."""
    for script in document.tags("script"):
        source = script.text()
        if (
            len(source) <= _LONGEST
            and _PRINTS.search(source)
            and (_WRITE in source or any(sign in source for sign in _PUTS))
            and not any(sign in source for sign in _DOES_MORE)
        ):
            yield script, source


def _is_labelled(script: LexborNode, source: str, text: str, known: Vocabulary) -> bool:
    """Whether a known label stands where a script prints, or in what it prints."""
    into = set(_PUT_INTO.findall(source)[:_FEW])
    if any(_is_near_label(name, text, known) for name in into):
        return True
    labelled = not source.isascii() and known.stands_in(source)
    return _WRITE in source and (labelled or _ends_in_label(_before(script), known))


def _is_near_label(name: str, text: str, known: Vocabulary) -> bool:
    """Whether the element of this id stands behind a known label, in the page's source."""
    for quote in ('"', "'", ""):
        at = text.find(f"id={quote}{name}{quote}")
        if at >= 0:
            around = _TAG.sub(SEAM, text[max(0, at - _NEAR) : at + _NEAR])
            return known.stands_in(around)
    return False


def _plain(text: str) -> str:
    """What a reader sees of a piece of HTML, on one line."""
    if "<" not in text and "&" not in text:
        return text.strip()
    body = parse(text).body
    return one_line(body).strip() if body is not None else ""


def _global(name: str, text: str) -> str:
    """The value of a variable that other scripts of the page set, once and to a literal.

    Raises Unclear where there is none, or more than one.
    """
    pattern = re.compile(rf"{re.escape(name)}\s{{0,9}}=(?!=)\s{{0,9}}({STRING})?")
    found = pattern.finditer(text)  # which begins with the name, since that is found fastest
    set_to = [each[1] for each in found if not _OF_NAMES.match(text[each.start() - 1])]
    if len(set_to) != 1 or set_to[0] is None:
        raise Unclear(name)
    return str(set_to[0])


def _mentions(name: str, text: str) -> int:
    """How often the scripts of a page speak of an element."""
    found = re.finditer(rf"{re.escape(name)}(?=(['\"]))", text)
    return sum(
        text.endswith((f"{each[1]}#", f"getElementById({each[1]}"), 0, each.start())
        for each in found
    )


def _write(script: LexborNode, value: str, known: Vocabulary) -> None:
    """Print a value where the script stands."""
    if _ends_in_label(_before(script), known):
        script.insert_before(value)
    elif known.pattern.match(value):  # the label is printed too
        script.insert_before(f" {value} ")


def _put(document: LexborHTMLParser, printed: Printed, value: str, known: Vocabulary) -> None:
    """Print a value into the empty element behind a label, or behind the label in it."""
    node = document.css_first(f'[id="{printed.into}"]')
    if node is not None and printed.beside:
        node = node.parent
    said = _short(node) if node is not None else None
    if node is None or said is None:
        return
    is_label = printed.appends and _ends_in_label(said, known)
    if is_label or (not said and _ends_in_label(_before(node), known)):
        node.insert_child(value)


def _before(node: LexborNode) -> str:
    """The last words printed before a node, within the row or the line in which it stands."""
    at: LexborNode | None = node
    levels = _LEVELS
    while at is not None and levels:
        beside = at.prev
        pieces = _FEW
        while beside is not None and pieces:
            said = _short(beside)
            if said or said is None:
                return said or ""
            beside = beside.prev
            pieces -= 1
        at = at.parent
        levels -= 1
    return ""


def _short(node: LexborNode) -> str | None:
    """The text of a node, its programs left out; ``None`` where that is more than a label."""
    if node.tag in UNREAD:
        return ""
    said = one_line(node) if len(node.text()) <= _LONGEST else None
    return said if said is not None and len(said) <= _LONGEST_LINE else None


def _ends_in_label(said: str, known: Vocabulary) -> bool:
    return any(match.end() == len(said) for match in known.finditer(said))
