"""A reply page in, a Reply and all that its reading brings out: the steps.

What the places of the page say is put together in `together`; who is believed: `belief`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from replyarc.errors import ReplyError
from replyarc.evidence import Extracted, Said
from replyarc.extract.around import find_boxes
from replyarc.extract.attachments import read_attachments
from replyarc.extract.content import Place, find_content
from replyarc.extract.fields import normalise
from replyarc.extract.furniture import joined
from replyarc.extract.further import further_pages
from replyarc.extract.heading import (
    choose_title,
    is_settled,
    read_headings,
    title_above,
    without_site,
)
from replyarc.extract.labels import Vocabulary, vocabulary
from replyarc.extract.letter import Letter, read_letter
from replyarc.extract.meta import read_meta
from replyarc.extract.scripted import fill_in
from replyarc.extract.together import Printed, put_together
from replyarc.model import Attachment, Entry, Page, Source
from replyarc.text.chinese import one_line as clean
from replyarc.text.chinese import squeeze
from replyarc.text.html import one_line, parse, path_of

Files = Mapping[str, Sequence[str]]
"""The lines of attached files whose text is known, by their address."""

MOST_LETTERS: Final = 5_000_000
"""Letters of a page that is read, markup and all; a letter has some thousands."""

LONGEST_TITLE: Final = 1_000
"""Letters of a title; what an open <title> swallows of its page is none."""

# Elements whose text nobody reads, and in which no label may be found.
_UNREAD: Final = ["script", "style", "noscript", "template", "select", "textarea", "button"]
_NO_FILES: Final[Files] = {}
_Titles = dict[str, tuple[str, ...]]
"""The titles of a page by the places that print them, the believed place first."""


def extract(
    page: Page,
    entry: Entry,
    source: Source,
    further: Sequence[Page] = (),
    files: Files = _NO_FILES,
) -> Extracted:
    """Read a reply page, the further pages of its letter, and the file that holds it instead.

    What the page does not say stays ``None``. Only ``published_on`` and the two numbers fall back
    on the reply's row in the listing, and ``answered_by`` on the publisher of the source.

    Raises ReplyError where the page has no title or no letter.
    """
    known = vocabulary(tuple(source.labels.items()))
    printed = _read(page, entry, source, further, known)
    if printed.letter.in_attachment and files:
        printed = _in_file(printed, files)
    return put_together(printed, page.url, entry, source, known)


def _read(
    page: Page, entry: Entry, source: Source, further: Sequence[Page], known: Vocabulary
) -> Printed:
    """Read what the places of the page print."""
    document = _tree(page)
    goes_on = further_pages(page, document)
    fill_in(document, page.text, known)
    place = _place(page, document, source)
    lines = joined([place.lines, *(_lines(each, source) for each in further)])
    box, unread = normalise(find_boxes(place, known), known)
    meta = read_meta(document)
    attachments = read_attachments(page.url, (*place.nodes, *place.after()), page.text)
    titles = dict(_titles(document, source, box, meta, entry))
    title, above, letter = _read_titled(titles, lines, place, attachments, source)
    if title is None:
        raise _missing("title", "title", page, source)
    return Printed(
        title=title,
        title_at=_where(title, titles),
        above=above if above and squeeze(above) != squeeze(title) else None,
        letter=letter,
        lines=lines,
        element=path_of(place.nodes[0]),
        box=box,
        meta=meta,
        unread=unread,
        attachments=attachments,
        further=() if further else goes_on.addresses,
        guessed=place.guessed,
        unnamed=goes_on.unnamed,
    )


def _read_titled(
    titles: _Titles,
    lines: Sequence[str],
    place: Place,
    attachments: Sequence[Attachment],
    source: Source,
) -> tuple[str | None, str | None, Letter]:
    """Choose the title and read the letter under it, which may bear another above its first line.

    That one is put to the `titles`, and chosen where it is the better.
    """
    title = choose_title(titles.values())
    letter = read_letter(lines, title or "", [each.name for each in attachments], place.is_shown)
    above = title_above(lines[: letter.start])
    if above and "title" not in source.options:
        titles["head of the letter"] = (above,)
        title = choose_title(titles.values())
    return title, above, letter


def extract_file(url: str, entry: Entry, source: Source, lines: Sequence[str] = ()) -> Extracted:
    """Read a reply whose listing leads to a file and no page; its title is the listing's.

    ``lines`` are the file's, where its text is known. Raises ReplyError where the listing gives no
    title.
    """
    title = clean(entry.title)
    if not title:
        mend = "Its bytes are kept; the listing has to name it."
        raise ReplyError(url, "title of a file in the listing", mend)
    name = url.rpartition("/")[2]
    printed = Printed(
        title=title,
        title_at="row of the listing",
        letter=read_letter((), title),
        letter_at="file",
        lines=(),
        box={},
        meta={},
        attachments=(Attachment(name, url),),
    )
    return put_together(
        _in_file(printed, {url: lines}),
        url,
        entry,
        source,
        vocabulary(tuple(source.labels.items())),
    )


def _in_file(printed: Printed, files: Files) -> Printed:
    """The same, its letter read in the first of its files that holds one."""
    for file in printed.attachments:
        lines = files.get(file.url, ())
        letter = read_letter(lines, printed.title)
        if letter.saluted or letter.signature:
            at = f"attachment {file.name}"
            return replace(printed, letter=letter, lines=lines, letter_at=at, element=at)
    return printed


def _tree(page: Page) -> LexborHTMLParser:
    if len(page.text) > MOST_LETTERS:
        missing = f"letter: a page of {len(page.text):,} letters is none"
        raise ReplyError(page.url, missing, "Its bytes are kept.")
    return parse(page.text)


def _place(page: Page, document: LexborHTMLParser, source: Source) -> Place:
    document.strip_tags(_UNREAD)
    place = find_content(document, source.options.get("content"), page.text)
    if place is None:
        raise _missing("letter", "content", page, source)
    return place


def _lines(page: Page, source: Source) -> tuple[str, ...]:
    """The lines of a further page of the letter."""
    return _place(page, _tree(page), source).lines


def _missing(what: str, option: str, page: Page, source: Source) -> ReplyError:
    selector = source.options.get(option)
    under = f" under {selector!r}" if selector else ""
    mend = f'Set options.{option} of source "{source.name}" to what selects it.'
    return ReplyError(page.url, f"{what}{under}", mend)


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
    first = tuple(found.value for found in meta.get("title", ())[:1])
    named = document.css_first("title")
    others = {
        "metadata box": tuple(found.value for found in box.get("title", ())[:1]),
        "row of the listing": (entry.title,),
        "<title>": without_site(named.text()[:LONGEST_TITLE]) if named is not None else (),
    }
    yield "<meta>", first
    if not (first and is_settled(first[0], others.values())):
        yield "heading", tuple(read_headings(document, others.values()))
    yield from others.items()


def _where(title: str, titles: _Titles) -> str:
    """The first place that prints a title."""
    words = squeeze(title)
    places = (
        at
        for at, said in titles.items()
        if title in said or any(squeeze(each) == words for each in said)
    )
    return next(places, "page")
