"""Putting together what the places of a page say: one reply, where each value stood, warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from replyarc.evidence import Bounds, Evidence, Extracted, Found, Said
from replyarc.extract.belief import believe
from replyarc.extract.fields import normalise
from replyarc.extract.genre import is_reply, without_replies_fields
from replyarc.extract.heading import is_cut
from replyarc.extract.labels import Box, Vocabulary
from replyarc.extract.letter import RULES, Letter
from replyarc.extract.opening import Opening, read_opening
from replyarc.extract.title import Title, read_title
from replyarc.model import AddresseeRole, Assembly, Attachment, Entry, Kind, Reply, Source
from replyarc.text.chinese import squeeze

IN_ATTACHMENT: Final = "letter-in-attachment"
"""The flag of a reply whose letter stands in a file that its page leads to."""

# Whose name answers: the first of these that is printed, else the source's publisher.
ANSWERING: Final = ("signature", "answered_by", "publisher")

_UNDECODED: Final = "\ufffd"
# Deputies bring suggestions before a congress, members bring proposals before a conference; the
# addressee tells the assembly only where both words agree.
_ASSEMBLIES: Final = {
    (AddresseeRole.DEPUTY, Kind.SUGGESTION): Assembly.CONGRESS,
    (AddresseeRole.DEPUTY, Kind.MOTION): Assembly.CONGRESS,
    (AddresseeRole.MEMBER, Kind.PROPOSAL): Assembly.CONFERENCE,
}
_OPENING: Final = '《“「『"(（'
_ROW: Final = "row of the listing"
_LINKS: Final = Evidence("links", "in and below the letter")
_OF_CONFERENCE: Final = (
    ("addressee_role", AddresseeRole.MEMBER),
    ("assembly", Assembly.CONFERENCE),
)
_Fields = dict[str, Found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What was read of a page, or of a file in its place.

    ``title_at`` is the place of the page that prints the title, ``above`` another title above the
    letter, ``letter_at`` where the letter stands. ``element`` is a CSS path, ``lines`` are all
    lines of it. ``guessed``: nothing names the element that holds the letter. ``unnamed``: there
    are further pages, and nobody says where.
    """

    title: str
    title_at: str
    above: str | None = None
    letter: Letter
    lines: Sequence[str]
    letter_at: str = "letter"
    element: str = ""
    box: Said
    meta: Said
    unread: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    further: tuple[str, ...] = ()
    guessed: bool = False
    unnamed: bool = False


def put_together(
    printed: Printed, url: str, entry: Entry, source: Source, known: Vocabulary
) -> Extracted:
    """Put a reading together: believe, fill in what follows, warn of what may be wrong."""
    title, letter = read_title(printed.title), printed.letter
    named = Evidence("title", printed.title_at, None, printed.title)
    believed, others = believe(_places(printed, title, named, _listed(entry, known)))
    replies = is_reply(title, letter, believed, printed.lines[: letter.start])
    if replies:
        believed |= _kind(believed, title)
        believed |= _assembly(believed)
    else:
        believed = without_replies_fields(believed, title)
        others = {name: other for name, other in others.items() if name in believed}
    believed["title"] = Found(printed.title, named)
    if printed.attachments:
        believed["attachments"] = Found(printed.attachments, _LINKS)
    believed |= _answering(believed, source)
    flags = (*_flags(believed, printed, replies), *(f"disagreement:{name}" for name in others))
    values = {name: found.value for name, found in believed.items()}
    return Extracted(
        reply=Reply(url=url, source=source.name, flags=flags, **values),
        unread=printed.unread,
        evidence={name: found.evidence for name, found in believed.items()},
        others=others,
        letter=_bounds(printed),
        further=printed.further,
    )


def _places(printed: Printed, title: Title, named: Evidence, listed: Said) -> dict[str, Said]:
    """What each place of the page says, by the names of `belief`."""
    opening = printed.letter.opening
    opened = Evidence("opening", f"{printed.letter_at}, first sentence", None, opening)
    said = {
        "box": printed.box,
        "title": _said(title, named),
        "letter": _of_letter(printed.letter, printed.letter_at, printed.element),
        "opening": _said(read_opening(opening), opened) if opening else {},
        "meta": printed.meta,
        "listing": listed,
    }
    if printed.above is not None:
        above = Evidence("title", "head of the letter", None, printed.above)
        said["head"] = _said(read_title(printed.above), above)
    if title.subject and _is_quoted(title.subject, printed.title):
        said["subject"] = {"proposal_titles": (Found((title.subject,), named),)}
    return said


def _said(read: Title | Opening, evidence: Evidence) -> Said:
    return {
        name: (Found(value, evidence),)
        for name, value in zip(read._fields, read, strict=True)
        if value
    }


def _of_letter(letter: Letter, place: str, element: str) -> Said:
    said: dict[str, tuple[Found]] = {}
    for name, rule in RULES.items():
        value = getattr(letter, name)
        if value:
            at = element if name == "text" else place
            said[name] = (Found(value, Evidence(rule, at, None, letter.where.get(name))),)
    return said


def _listed(entry: Entry, known: Vocabulary) -> Said:
    """What the row of a reply in the listing says, its numbers read as those of a box are."""
    listed: dict[str, list[Found]] = {}
    if entry.index_number or entry.document_number:
        numbers = (("索引号", entry.index_number or ""), ("文号", entry.document_number or ""))
        listed, _ = normalise([Box(numbers, _ROW)], known, "listing")
    if entry.listed_on:
        evidence = Evidence("listing", _ROW, None, entry.listed_on.isoformat())
        listed["published_on"] = [Found(entry.listed_on, evidence)]
    return listed


def _is_quoted(subject: str, title: str) -> bool:
    """Whether a title quotes its subject as the proposal's title; else it is a summary."""
    printed, words = squeeze(title), squeeze(subject)
    return any(f"{mark}{words}" in printed for mark in _OPENING)


def _answering(believed: Mapping[str, Found], source: Source) -> _Fields:
    said = next(filter(None, map(believed.get, ANSWERING)), None)
    named = Found(source.publisher, Evidence("configuration", f"publisher of {source.name}"))
    found = said or named
    return {"answered_by": found} if found.value else {}


def _kind(believed: Mapping[str, Found], title: Title) -> _Fields:
    """The kind, where only the word 建议 is printed, and a member is answered.

    Members of the conference bring proposals (提案), and call what they propose 建议. The word
    beside a number is believed.
    """
    kind = believed.get("kind")
    if kind is None or kind.value is not Kind.SUGGESTION or title.proposal_numbers:
        return {}
    for name, value in _OF_CONFERENCE:
        found = believed.get(name)
        if found is not None and found.value is value:
            evidence = Evidence("who brought it", found.evidence.place, None, value)
            return {"kind": Found(Kind.PROPOSAL, evidence)}
    return {}


def _assembly(believed: Mapping[str, Found]) -> _Fields:
    """The assembly, where only the addressee and the kind together tell it."""
    role, kind = believed.get("addressee_role"), believed.get("kind")
    if "assembly" in believed or not (role and kind):
        return {}
    assembly = _ASSEMBLIES.get((role.value, kind.value))
    evidence = Evidence("addressee and kind", "letter", None, f"{role.value} · {kind.value}")
    return {"assembly": Found(assembly, evidence)} if assembly else {}


def _bounds(printed: Printed) -> Bounds:
    text = printed.letter.text.split("\n")
    return Bounds(
        element=printed.element,
        first=text[0],
        last=text[-1],
        lines=len(text) if printed.letter.text else 0,
        above=tuple(printed.lines[: printed.letter.start]),
        below=tuple(printed.lines[printed.letter.end :]),
    )


def _flags(believed: Mapping[str, Found], printed: Printed, replies: bool) -> Iterator[str]:
    """Yield what a reader of the reply should be warned of."""
    letter, in_file = printed.letter, printed.letter_at != "letter"
    if "index_number" not in believed:
        yield "no-index-number"
    if any(_UNDECODED in str(found.value) for found in believed.values()):
        yield "decoding-loss"
    if letter.in_attachment or in_file:
        yield IN_ATTACHMENT
    elif not letter.saluted:
        yield "no-salutation"
    if not replies:
        yield "not-a-reply"
    elif printed.unnamed or (letter.cut and not letter.in_attachment):
        yield "truncated?"
    if (in_file and letter.text) or (printed.guessed and not (letter.saluted and letter.signed_on)):
        yield "low-confidence-text"
    if is_cut(printed.title):
        yield "truncated-title"
