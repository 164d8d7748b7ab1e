"""The letter: what its head prints, whom it addresses, its text, who signed it and when.

The parts of an official letter have the names and the order of GB/T 9704: document number, title,
addressee, text, signature, day, notes (contacts), copies, and who printed it when.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from replyarc.extract.bounds import (
    first_below_head,
    first_sentence,
    is_cut,
    is_elsewhere,
    letter_lines,
    printed_number,
    unquoted,
)
from replyarc.extract.contacts import contact_lines, read_contacts
from replyarc.extract.furniture import without_links
from replyarc.extract.notes import read_copies, read_noted_openness, read_result_class
from replyarc.extract.salutation import Salutation, find_salutation
from replyarc.extract.signature import TAIL, Signature, find_signature
from replyarc.model import AddresseeRole, Contact, Role

# How the opening of a letter says in what part its author answers.
ROLES: Final = (
    (
        Role.JOINT,
        re.compile(
            r"提出.{0,6}(?:会办|协办)意见|(?:会办|协办)意见.{0,6}如下|作为(?:会办|协办)单位"
            r"|由我.{1,3}(?:会办|协办)"
        ),
    ),
    (Role.SEPARATE, re.compile(r"作为分办单位|由我.{1,3}分办|分办意见.{0,6}如下")),
    (Role.LEAD, re.compile(r"作为主办单位|由我.{1,3}主办")),
)
_HEAD: Final = 15  # lines above the salutation that may be the letter's

_Said = dict[str, tuple[Any, str | None]]  # of a field its value, and the line that says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a letter says; ``opening`` is its first sentence, for the reader of openings.

    ``saluted`` is false where the letter begins without a salutation. ``cut`` is true where it
    ends in the middle of a sentence, ``in_attachment`` where the page prints none of it and only
    leads to a file that holds it, or shows it as an image. ``start`` and ``end`` are where it
    stands among the lines that were read. ``where`` gives for a field the lines that say it, as
    printed, joined by a blank.
    """

    text: str
    opening: str
    saluted: bool
    document_number: str | None
    result_class: str | None
    openness: str | None
    addressees: tuple[str, ...]
    addressee_role: AddresseeRole | None
    role: Role | None
    signature: str | None
    signed_on: date | None
    contacts: tuple[Contact, ...]
    copied_to: tuple[str, ...]
    cut: bool = False
    in_attachment: bool = False
    start: int = 0
    end: int = 0
    where: Mapping[str, str] = field(default_factory=dict)


# The reader that finds each field of a letter: what is said of it as its rule.
RULES: Final = {
    "text": "letter",
    "document_number": "head of the letter",
    "result_class": "note of the letter",
    "openness": "note of the letter",
    "addressees": "salutation",
    "addressee_role": "salutation",
    "role": "opening",
    "signature": "signature",
    "signed_on": "signature",
    "contacts": "contacts",
    "copied_to": "copies",
}


def read_letter(
    lines: Sequence[str], title: str, linked: Collection[str] = (), is_shown: bool = False
) -> Letter:
    """Read the lines of the place where the letter stands; lines of the page are left out.

    ``title`` is the page's: a letter repeats it, often over several lines, before it begins.
    ``linked`` are the names of the files that the page links to; ``is_shown``: it shows one, or
    images, in the letter's place.
    """
    salutation = find_salutation(lines)
    start = salutation.at if salutation else first_below_head(lines, title)
    whole = letter_lines(lines, start, title)
    signature = find_signature(whole)
    below = signature.at + 1 if signature else len(whole)
    # a link that the page puts below the letter
    text = (*whole[:below], *without_links(whole[below:], linked))
    near = text[: below + TAIL // 2] if signature else text
    opening, opened = first_sentence(text, salutation)
    role = next((role for role, said in ROLES if said.search(opening)), None)
    head = lines[max(0, start - _HEAD) : start]
    number = next(filter(None, map(printed_number, head)), (None, None))
    said: _Said = {
        "text": ("\n".join(text), text[0] if text else None),
        "document_number": number,
        "role": (role, opened),
        **_addressed(lines, salutation),
        **_noted(head, unquoted(near)[-TAIL:]),
        **_signed(signature),
    }
    told = bool(salutation or signature)
    return Letter(
        **{name: value for name, (value, _) in said.items()},
        opening=opening,
        saluted=salutation is not None,
        cut=signature is None and is_cut(text),
        in_attachment=not told and is_elsewhere(text, title, linked, is_shown),
        start=start,
        end=start + len(whole),
        where={name: line for name, (value, line) in said.items() if value and line},
    )


def _addressed(lines: Sequence[str], salutation: Salutation | None) -> _Said:
    if salutation is None:
        return {"addressees": ((), None), "addressee_role": (None, None)}
    printed = " ".join(lines[salutation.at : salutation.last + 1])
    return {
        "addressees": (salutation.addressees, printed),
        "addressee_role": (salutation.role, printed),
    }


def _noted(head: Sequence[str], tail: Sequence[str]) -> _Said:
    contacts = read_contacts(tail)
    return {
        "result_class": read_result_class(head, tail),
        "openness": read_noted_openness((*head, *tail)),
        "contacts": (contacts, " ".join(contact_lines(tail)) if contacts else None),
        "copied_to": read_copies(tail),
    }


def _signed(signature: Signature | None) -> _Said:
    if signature is None:
        return {"signature": (None, None), "signed_on": (None, None)}
    printed = " ".join(signature.printed)
    return {"signature": (signature.organ, printed), "signed_on": (signature.day, printed)}
