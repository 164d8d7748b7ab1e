"""What of a letter stands right outside the element that holds it: salutation and signature.

Templates print the salutation as the last line of the block of the title, and let who signed and
the day float behind the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from selectolax.lexbor import LexborNode

from replyarc.extract.salutation import find_salutation
from replyarc.extract.signature import TAIL, find_signature
from replyarc.text.html import UNREAD, lines

_OPENS = re.compile(r"^(?:您好)?[^。]{0,300}(?:收悉|[答回函]复如下)")
_SENTENCE_ENDS: Final = ("。", "！", "!", "特此函复", "特此答复", "特此回复", "此复")
_LEVELS: Final = 3
_FEW: Final = 20  # elements that are asked, most of them empty
_LONGEST: Final = 100  # letters of a salutation, and of organ and day


def with_outside(nodes: Sequence[LexborNode], printed: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of a letter with the salutation and the signature that stand outside.

    ``nodes`` hold the lines. A salutation is looked for where the first line opens a letter without
    one, and is the last line before; organ and day where the last line ends a sentence and nobody
    signs, and are all of the block behind.
    """
    above = _salutation_above(nodes[0], printed) if "收悉" in printed[0] else ()
    below = _signature_below(nodes[-1], printed) if printed[-1].endswith(_SENTENCE_ENDS) else ()
    return (*above, *printed, *below)


def _salutation_above(node: LexborNode, printed: Sequence[str]) -> Sequence[str]:
    if find_salutation(printed[:1]) is not None or not _OPENS.match(printed[0]):
        return ()
    above = _beside(node, "prev")
    found = lines(above)[-1:] if above is not None else []
    if not found or len(found[0]) > _LONGEST:
        return ()
    salutation = find_salutation((*found, printed[0]))
    return found if salutation and not salutation.rest else ()


def _signature_below(node: LexborNode, printed: Sequence[str]) -> Sequence[str]:
    below = _beside(node, "next")
    if below is None or len(below.text(strip=True)) > _LONGEST:
        return ()
    found = lines(below)
    signature = find_signature(found)
    if signature is None or signature.organ is None or signature.day is None:
        return ()
    is_all = len(signature.printed) == len(found)
    return found if is_all and find_signature(printed[-TAIL:]) is None else ()


def _beside(node: LexborNode, step: str) -> LexborNode | None:
    """The nearest element before or behind with a text, within a few of the blocks around."""
    around: LexborNode | None = node
    asked = levels = 0
    while around is not None and around.tag != "body" and levels < _LEVELS:
        at: LexborNode | None = getattr(around, step)
        while at is not None and asked < _FEW:
            if at.tag not in UNREAD and at.text(strip=True):
                return at
            at = getattr(at, step)
            asked += 1
        around = around.parent
        levels += 1
    return None
