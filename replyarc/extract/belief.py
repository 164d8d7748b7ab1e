"""Who is believed where two places of a page say different things, and what is a disagreement.

A place is the metadata box, the title, the letter … Each says some fields; a field takes its value
from the first place of BELIEVED that has one. Where a later place says another thing, both are
printed, and a reader of the reply is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from replyarc.evidence import Evidence, Found, Said
from replyarc.model import Kind, Reply

# The places of a page, the believed one first.
BELIEVED: Final = ("box", "title", "head", "letter", "opening", "subject", "meta", "listing")


def _itself(value: Any) -> Any:
    return value


# What is no contradiction: a listing often shows the day on which a page was put into it.
_APART: Final = frozenset({("listing", "published_on")})
# A later word that contradicts nothing: members call their proposals (提案) 建议 in letters.
_ORDINARY: Final = frozenset({("kind", Kind.SUGGESTION)})


def _numbers(values: Any) -> Any:
    """Numbers without the zeros and signs that one place prints and another leaves out."""
    return {value.lstrip("0").upper() for value in values}


# The fields in which two places can contradict each other, and what of a value is compared. Names
# and texts are printed at different lengths in different places, and that is no contradiction.
COMPARED: Final[Mapping[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(
        ("index_number", "document_number", "written_on", "published_on", "kind", "assembly"),
        _itself,
    ),
    **dict.fromkeys(("term", "session", "role", "result_class", "signed_on"), _itself),
    "proposal_numbers": _numbers,
}

# Which of a page's titles is the letter's is chosen by `heading`.
_FIELDS: Final = frozenset(Reply.__dataclass_fields__) - {"title"}
_NOTHING: Final[Said] = {}


def believe(
    said: Mapping[str, Said],
) -> tuple[dict[str, Found], dict[str, tuple[Evidence, ...]]]:
    """Put the fields together; return them, and what other places say differently of a field.

    What is no field of a reply, and its title, is left out.

    >>> box, title = Evidence("box", "table", "文号"), Evidence("title", "h1")
    >>> found, others = believe({"title": {"term": [Found(9, title)]}, "box": {}})
    >>> found["term"].value, others
    (9, {})
    """
    believed: dict[str, Found] = {}
    others: dict[str, tuple[Evidence, ...]] = {}
    for place in BELIEVED:
        for name, values in said.get(place, _NOTHING).items():
            for found in values if name in _FIELDS else ():
                first = believed.get(name)
                if first is None:
                    if found.value:
                        believed[name] = found
                elif _contradicts(place, name, first, found):
                    others[name] = (*others.get(name, ()), found.evidence)
    return believed, others


def _contradicts(place: str, name: str, first: Found, found: Found) -> bool:
    """Whether a later place, or the same for a second time, says another thing."""
    compared = COMPARED.get(name)
    if compared is None or not found.value or (place, name) in _APART:
        return False
    if (name, found.value) in _ORDINARY:
        return False
    return bool(compared(first.value) != compared(found.value))
