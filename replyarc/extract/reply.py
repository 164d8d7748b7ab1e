"""A reply page in, a Reply and all that its reading brings out.

The steps; who is believed where two places say different things: `belief`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from replyarc.errors import ReplyError
from replyarc.evidence import Bounds, Evidence, Extracted, Found, Said
from replyarc.extract.attachments import read_attachments
from replyarc.extract.belief import believe
from replyarc.extract.box import read_boxes
from replyarc.extract.content import Place, find_content
from replyarc.extract.further import further_pages
from replyarc.extract.heading import choose_title, read_headings, without_site
from replyarc.extract.labels import Box, Vocabulary, normalise, vocabulary
from replyarc.extract.letter import RULES, Letter, read_letter
from replyarc.extract.meta import read_meta
from replyarc.extract.opening import read_opening
from replyarc.extract.title import Title, read_title
from replyarc.model import AddresseeRole, Assembly, Entry, Kind, Page, Reply, Source
from replyarc.text.chinese import squeeze
from replyarc.text.html import one_line, parse, path_of

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


def extract(page: Page, entry: Entry, source: Source, further: Sequence[Page] = ()) -> Extracted:
    """Read a reply page, and the further pages of its letter, where it has some.

    What the page does not say stays ``None``. Only ``published_on`` and the two numbers fall back
    on the reply's row in the listing, and ``answered_by`` on the publisher of the source.

    Raises ReplyError where the page has no title or no letter.
    """
    document = parse(page.text)
    goes_on = further_pages(page, document)
    document.strip_tags(_UNREAD)
    place = find_content(document, source.options.get("content"))
    if place is None:
        raise _missing("letter", "content", page, source)
    lines = [*place.lines, *(line for each in further for line in _lines(each, source))]
    known = vocabulary(tuple(source.labels.items()))
    box, unread = normalise(_boxes(place, known), known)
    meta, _ = normalise([read_meta(document)], known, "meta", "<meta>")
    titles = dict(_titles(document, source, box, meta, entry))
    title = choose_title(titles.values())
    if title is None:
        raise _missing("title", "title", page, source)
    attachments = read_attachments(page.url, (*place.nodes, *place.after()), page.text)
    letter = read_letter(lines, title, [each.name for each in attachments])
    of_title = read_title(title)
    named = Evidence("title", next(at for at, said in titles.items() if title in said), None, title)
    believed, others = believe(
        {
            "box": {name: found for name, found in box.items() if name != "title"},
            "title": _said(of_title, named),
            "letter": _of_letter(letter),
            "opening": _said(read_opening(letter.opening), _quote("opening", letter.opening)),
            "subject": {"proposal_titles": [Found(_quoted(title, of_title), named)]},
            "meta": {name: found for name, found in meta.items() if name != "title"},
            "listing": _listed(entry, known),
        }
    )
    believed["title"] = Found(title, named)
    if attachments:
        believed["attachments"] = Found(attachments, Evidence("links", "in and below the letter"))
    believed["answered_by"] = _answering(believed, source)
    believed |= _assembly(believed)
    flags = tuple(_flags(believed, letter, of_title))
    values = {name: found.value for name, found in believed.items()}
    return Extracted(
        reply=Reply(url=page.url, source=source.name, flags=flags, **values),
        unread=unread,
        evidence={name: found.evidence for name, found in believed.items()},
        others=others,
        letter=_bounds(place, lines, letter),
        further=() if further else goes_on,
    )


def _lines(page: Page, source: Source) -> tuple[str, ...]:
    """The lines of a further page of the letter."""
    document = parse(page.text)
    document.strip_tags(_UNREAD)
    place = find_content(document, source.options.get("content"))
    if place is None:
        raise _missing("letter", "content", page, source)
    return place.lines


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
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The titles of a page, place by place, the believed place first.

    The source's own selector (``options.title``) is believed alone.
    """
    selector = source.options.get("title")
    if selector:
        yield selector, tuple(one_line(node) for node in document.css(selector)[:1])
        return
    yield "<meta>", tuple(found.value for found in meta.get("title", ())[:1])
    yield "heading", tuple(read_headings(document))
    yield "metadata box", tuple(found.value for found in box.get("title", ())[:1])
    yield "row of the listing", (entry.title,)
    named = document.css_first("title")
    yield "<title>", without_site(named.text()) if named is not None else ()


def _said(read: Any, evidence: Evidence) -> dict[str, list[Found]]:
    return {each.name: [Found(getattr(read, each.name), evidence)] for each in fields(read)}


def _quote(rule: str, printed: str) -> Evidence:
    return Evidence(rule, "first sentence of the letter", None, printed)


def _of_letter(letter: Letter) -> dict[str, list[Found]]:
    return {
        name: [Found(getattr(letter, name), Evidence(rule, "letter", None, letter.where.get(name)))]
        for name, rule in RULES.items()
    }


def _listed(entry: Entry, known: Vocabulary) -> dict[str, list[Found]]:
    """What the row of a reply in the listing says, its numbers read as those of a box are."""
    numbers = (("索引号", entry.index_number or ""), ("文号", entry.document_number or ""))
    listed, _ = normalise([numbers], known, "listing", "row of the listing")
    if entry.listed_on:
        evidence = Evidence("listing", "row of the listing", None, entry.listed_on.isoformat())
        listed["published_on"] = [Found(entry.listed_on, evidence)]
    return listed


def _quoted(printed: str, title: Title) -> tuple[str, ...]:
    """The proposal's title where the reply's own quotes it; other words on it are a summary."""
    quoted = title.subject and re.search(
        rf"[《“「『\"(（]{re.escape(title.subject)}", squeeze(printed)
    )
    return (title.subject,) if title.subject and quoted else ()


def _answering(believed: Mapping[str, Found], source: Source) -> Found:
    said = next(filter(None, map(believed.get, ANSWERING)), None)
    return said or Found(source.publisher, Evidence("configuration", f"source {source.name}"))


def _assembly(believed: Mapping[str, Found]) -> dict[str, Found]:
    """The assembly, where only the addressee and the kind together tell it."""
    role, kind = believed.get("addressee_role"), believed.get("kind")
    if "assembly" in believed or not (role and kind):
        return {}
    assembly = _ASSEMBLIES.get((role.value, kind.value))
    evidence = Evidence("addressee and kind", "letter", None, f"{role.value} · {kind.value}")
    return {"assembly": Found(assembly, evidence)} if assembly else {}


def _bounds(place: Place, lines: Sequence[str], letter: Letter) -> Bounds:
    text = letter.text.split("\n")
    return Bounds(
        element=path_of(place.nodes[0]),
        first=text[0],
        last=text[-1],
        above=tuple(lines[: letter.start]),
        below=tuple(lines[letter.end :]),
    )


def _flags(believed: Mapping[str, Found], letter: Letter, title: Title) -> Iterator[str]:
    """Yield what a reader of the reply should be warned of."""
    if "index_number" not in believed:
        yield "no-index-number"
    if _UNDECODED in believed["title"].value or _UNDECODED in letter.text:
        yield "decoding-loss"
    if not letter.saluted:
        yield "no-salutation"
    if not title.is_reply:
        yield "not-a-reply?"
