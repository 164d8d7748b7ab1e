"""A reply page in, a Reply and the labels nobody read out.

The steps, and who is believed where two places say different things: BELIEVED.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from replyarc.errors import ReplyError
from replyarc.extract.attachments import read_attachments
from replyarc.extract.box import read_boxes
from replyarc.extract.content import Place, find_content
from replyarc.extract.heading import choose_title, read_headings, without_site
from replyarc.extract.labels import Box, Vocabulary, normalise, vocabulary
from replyarc.extract.letter import Letter, read_letter
from replyarc.extract.meta import read_meta
from replyarc.extract.opening import Opening, read_opening
from replyarc.extract.title import Title, read_title
from replyarc.model import AddresseeRole, Assembly, Entry, Kind, Page, Reply, Source
from replyarc.text.chinese import squeeze
from replyarc.text.html import one_line, parse

Said = Mapping[str, Any]  # fields of Reply, as one place of the page says them

# The places of a page, the believed one first; a field takes its value from the first that has one.
BELIEVED: Final = ("box", "title", "letter", "opening", "subject", "meta", "listing")
# Whose name answers: the first of these that is printed, else the source's publisher.
ANSWERING: Final = ("signature", "answered_by", "publisher")

# Elements whose text nobody reads, and in which no label may be found.
_UNREAD: Final = ["script", "style", "noscript", "template", "select", "textarea", "button"]
_INDEX_NUMBER = re.compile(r"索\s*引\s*号")
_UNDECODED: Final = "\ufffd"
# Deputies bring suggestions before a congress, members bring proposals before a conference; the
# addressee tells the assembly only where both words agree.
_ASSEMBLIES: Final = {
    (AddresseeRole.DEPUTY, Kind.SUGGESTION): Assembly.CONGRESS,
    (AddresseeRole.DEPUTY, Kind.MOTION): Assembly.CONGRESS,
    (AddresseeRole.MEMBER, Kind.PROPOSAL): Assembly.CONFERENCE,
}
_FIELDS: Final = frozenset(field.name for field in fields(Reply) if field.compare)


def extract(page: Page, entry: Entry, source: Source) -> tuple[Reply, tuple[str, ...]]:
    """Read a reply page; return the reply and the labels that nobody read, each once.

    What the page does not say stays ``None``. Only ``published_on`` and the two numbers fall back
    on the reply's row in the listing, and ``answered_by`` on the publisher of the source.

    Raises ReplyError where the page has no title or no letter.
    """
    document = parse(page.text)
    document.strip_tags(_UNREAD)
    place = find_content(document, source.options.get("content"))
    if place is None:
        raise _missing("letter", "content", page, source)
    known = vocabulary(tuple(source.labels.items()))
    box, unread = normalise(_boxes(place, known), known)
    meta, _ = normalise([read_meta(document)], known)
    title = choose_title(_titles(document, source, box, meta, entry))
    if title is None:
        raise _missing("title", "title", page, source)
    attachments = read_attachments(page.url, (*place.nodes, *place.after()), page.text)
    letter = read_letter(place.lines, title, [each.name for each in attachments])
    of_title = read_title(title)
    said = {
        "box": box,
        "title": _said(of_title),
        "letter": _said(letter),
        "opening": _said(read_opening(letter.opening)),
        "subject": {"proposal_titles": _quoted(title, of_title)},
        "meta": meta,
        "listing": _listed(entry, known),
    }
    believed = _believe(said)
    believed["title"] = title
    believed["attachments"] = attachments
    believed["answered_by"] = _answering(believed, source)
    believed["assembly"] = believed.get("assembly") or _assembly(believed)
    flags = tuple(_flags(believed, letter, of_title))
    return Reply(url=page.url, source=source.name, flags=flags, **believed), unread


def _missing(what: str, option: str, page: Page, source: Source) -> ReplyError:
    selector = source.options.get(option)
    under = f" under {selector!r}" if selector else ""
    mend = f'Set options.{option} of source "{source.name}" to what selects it.'
    return ReplyError(page.url, f"{what}{under}", mend)


def _boxes(place: Place, known: Vocabulary) -> Iterator[Box]:
    """The boxes before the letter; else, below it or around it, those with an index number.

    A table inside a letter may have the words of a box for headings, but never 索引号.
    """
    before = read_boxes(place.before(), known)
    yield from before
    if any(_bears_index_number(box, known) for box in before):
        return
    elsewhere = [*place.after()]
    if _INDEX_NUMBER.search("\n".join(place.lines)):
        elsewhere += place.nodes
    yield from (box for box in read_boxes(elsewhere, known) if _bears_index_number(box, known))


def _bears_index_number(box: Box, known: Vocabulary) -> bool:
    return any(known.names_index_number(label) for label, _ in box)


def _titles(
    document: LexborHTMLParser, source: Source, box: Said, meta: Said, entry: Entry
) -> Iterator[tuple[str, ...]]:
    """The titles of a page, place by place, the believed place first.

    The source's own selector (``options.title``) is believed alone.
    """
    selector = source.options.get("title")
    if selector:
        yield tuple(one_line(node) for node in document.css(selector)[:1])
        return
    yield (meta.get("title", ""),)
    yield tuple(read_headings(document))
    yield (box.get("title", ""),)
    yield (entry.title,)
    named = document.css_first("title")
    yield without_site(named.text()) if named is not None else ()


def _said(read: Title | Letter | Opening) -> dict[str, Any]:
    return {field.name: getattr(read, field.name) for field in fields(read)}


def _listed(entry: Entry, known: Vocabulary) -> dict[str, Any]:
    """What the row of a reply in the listing says, its numbers read as those of a box are."""
    numbers = (("索引号", entry.index_number or ""), ("文号", entry.document_number or ""))
    listed, _ = normalise([numbers], known)
    return {**listed, "published_on": entry.listed_on}


def _quoted(printed: str, title: Title) -> tuple[str, ...]:
    """The proposal's title where the reply's own quotes it; other words on it are a summary."""
    quoted = title.subject and re.search(
        rf"[《“「『\"(（]{re.escape(title.subject)}", squeeze(printed)
    )
    return (title.subject,) if title.subject and quoted else ()


def _believe(said: Mapping[str, Said]) -> dict[str, Any]:
    """Put the fields together, each from the place that is believed first."""
    believed: dict[str, Any] = {}
    for place in reversed(BELIEVED):
        believed |= {
            name: value for name, value in said[place].items() if value and name in _FIELDS
        }
    return believed


def _answering(believed: Said, source: Source) -> str:
    return next(filter(None, map(believed.get, ANSWERING)), source.publisher)


def _assembly(believed: Said) -> Assembly | None:
    role, kind = believed.get("addressee_role"), believed.get("kind")
    return _ASSEMBLIES.get((role, kind)) if role and kind else None


def _flags(believed: Said, letter: Letter, title: Title) -> Iterator[str]:
    """Yield what a reader of the reply should be warned of."""
    if "index_number" not in believed:
        yield "no-index-number"
    if _UNDECODED in believed["title"] or _UNDECODED in letter.text:
        yield "decoding-loss"
    if not letter.saluted:
        yield "no-salutation"
    if not title.is_reply:
        yield "not-a-reply?"
