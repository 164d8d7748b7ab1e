"""One reply as a card: what matters most, its fields under their Chinese names, and its letter.

It is drawn without rich and without the data classes, of a reply as the contract's JSON has it, so
that it is there at once. What the page does not say has no line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

from replyarc.screen.ink import Line, cells, wrapped
from replyarc.screen.letter import MEASURE, framed
from replyarc.screen.marks import in_words
from replyarc.screen.plain import plain
from replyarc.screen.telling import day_in_china, days, names, sitting

Said = Mapping[str, Any]
"""A reply under the contract's keys."""
Seen = tuple[str, str, str]
"""An address of a reply, and the instants at which it was first and last seen there."""
Row = tuple[str, str, str]
"""A field: its name, its value, its style."""

LONGEST: Final = 500
"""Letters of a field at the most; the rest of an absurd one is in --json."""

LEAST: Final = 20
"""Columns of the narrowest terminal that a card is set for."""

_LABEL: Final = 14  # columns of the names of fields: six Chinese letters and a gap
_NARROW: Final = 44  # a terminal on which a value stands below its name
_TWO: Final = 120  # one on which two columns of fields stand side by side
_WIDEST: Final = 160
_GAP: Final = 4
_MOST: Final = 10  # addresses, other letters and attachments that are listed

_SAYS_ALL: Final = frozenset({"no-index-number"})  # flags of which --why says no more

_PAPER: Final = (
    "id",
    "index_number",
    "document_number",
    "publisher",
    "responsible_unit",
    "origin",
    "topic",
    "keywords",
    "validity",
    "openness",
    "written_on",
    "published_on",
)
_ANSWER: Final = ("answered_by", "addressees", "role", "result_class")
_END: Final = ("signature", "signed_on", "contacts", "copied_to")


def card(
    said: Said,
    headings: Mapping[str, str],
    seen: Sequence[Seen],
    versions: int,
    others: Sequence[Said] = (),
    width: int = 80,
) -> list[Line]:
    """Draw a reply in lines of at most ``width`` columns.

    ``headings`` has the Chinese name of each key; ``seen`` are the addresses where it was seen,
    ``versions`` how many versions of it there are, ``others`` the other letters that answer the
    same proposal, who leads first. The letter is set in a measure of its own, however wide the
    terminal is.
    """
    width = max(width, LEAST)
    wide, measure = min(width, _WIDEST), min(width, MEASURE)
    return [
        *_head(said, headings, wide),
        *_fields_of(said, headings, wide),
        *_letter(said, measure),
        *_fields(_provenance(said, headings, seen, versions, others), min(wide, MEASURE + _LABEL)),
    ]


def _head(said: Said, headings: Mapping[str, str], width: int) -> Iterator[Line]:
    """The title, one line of what matters most, and what a reader has to be warned of."""
    if said["gone_at"]:
        gone = f"gone (消失) since {day_in_china(said['gone_at'])}: its site has it no more; "
        yield from _styled(f"{gone}this is the archived copy", "bold red", width)
    yield from _styled(_cut(said["title"]), "bold", width)
    yield from _styled(_cut(_matters(said)), "cyan", width)
    for flag in said["flags"]:
        yield from _hanging("! ", _cut(in_words(flag, headings)), "yellow", width)
    if set(said["flags"]) - _SAYS_ALL:
        where = f"replyarc show {said['id']} --why"
        yield from _hanging("  ", f"what stands where on the page: {where}", "dim", width)
    yield ((("", ""),))


def _letter(said: Said, width: int) -> Iterator[Line]:
    if said["text"]:
        yield from framed(said["text"], said["signature"], width)
        return
    told = f"no letter (正文) was read on its page; its files: replyarc show {said['id']} --files"
    yield from _styled(told, "dim", width)
    yield ((("", ""),))


def _matters(said: Said) -> str:
    """Who answers whom, what of which session, when, and how.

    >>> _matters({"answered_by": "清源市民政局", "addressees": ["季舒"], "addressee_role": "委员",
    ...     "assembly": "政协", "assembly_name": None, "term": 9, "session": 1, "kind": "提案",
    ...     "proposal_numbers": ["0079"], "published_on": "2023-05-17", "signed_on": None,
    ...     "written_on": None, "result_class": "A", "role": None})
    '清源市民政局 → 季舒委员 · 政协9届1次会议提案第0079号 · 2023-05-17 · A类'
    """
    whom = names(said["addressees"], said["addressee_role"], most=3)
    who = " → ".join((said["answered_by"] or "", whom)).strip() if whom else said["answered_by"]
    numbers = "、".join(said["proposal_numbers"][:3]) + "等" * (len(said["proposal_numbers"]) > 3)
    number = f"第{numbers}号" if numbers else ""
    what = f"{sitting(said, short=True)}{said['kind'] or ''}{number}"
    day = said["published_on"] or said["signed_on"] or said["written_on"]
    told = (who, what, day, _class(said["result_class"]), said["role"])
    return " · ".join(str(each) for each in told if each)


def _class(value: str | None) -> str:
    return f"{value}类" if value and value.isascii() else value or ""


def _fields_of(said: Said, headings: Mapping[str, str], width: int) -> Iterator[Line]:
    """The fields, in groups: the paper, its proposal and answer, the end of the letter.

    Where there is room, two columns of them stand side by side, about as long as each other.
    """
    groups = [_rows(said, headings, _PAPER), _proposal(said, headings), _rows(said, headings, _END)]
    if width >= _TWO:
        paper, proposal, end = groups
        (paper if len(paper) < len(proposal) else proposal).extend(end)
        yield from _side_by_side(paper, proposal, width)
        groups = []
    for group in filter(None, groups):
        yield from _fields(group, width)
        yield ((("", ""),))


def _proposal(said: Said, headings: Mapping[str, str]) -> list[Row]:
    """The proposal and its answer; what its session is called stands on one line."""
    rows = [
        (headings["assembly"], sitting(said), ""),
        (headings["kind"], said["kind"], ""),
        (headings["proposal_numbers"], "、".join(said["proposal_numbers"]), ""),
        *((headings["proposal_titles"], title, "") for title in said["proposal_titles"][:_MOST]),
        *_more(headings["proposal_titles"], len(said["proposal_titles"]), "--json"),
    ]
    return [row for row in rows if row[1]] + _rows(said, headings, _ANSWER)


def _rows(said: Said, headings: Mapping[str, str], keys: Iterable[str]) -> list[Row]:
    told = ((headings[key], _VALUES.get(key, _value)(said[key], said)) for key in keys)
    return [(heading, value, "") for heading, value in told if value]


def _value(value: Any, said: Said) -> str:
    if isinstance(value, list):
        return "；".join(str(each) for each in value)
    return "" if value is None else str(value)


_VALUES: Final[Mapping[str, Callable[[Any, Said], str]]] = {
    "addressees": lambda value, said: names(value, said["addressee_role"]),
    "result_class": lambda value, _: _class(value),
    "contacts": lambda value, _: "；".join(
        " ".join(filter(None, (each["name"], *each["phones"]))) for each in value
    ),
}


def _provenance(
    said: Said,
    headings: Mapping[str, str],
    seen: Sequence[Seen],
    versions: int,
    others: Sequence[Said],
) -> list[Row]:
    """Where it was seen and when, its versions and files, and who else answers."""
    spans = {url: days(first, last) for url, first, last in seen}
    rows: list[Row] = [("另有答复", _other(each), "") for each in others[:_MOST]]
    rows += _more("另有答复", len(others), "--proposal names all")
    rows += [(headings["attachments"], _file(each), "") for each in said["attachments"][:_MOST]]
    rows += _more(headings["attachments"], len(said["attachments"]), "--files")
    rows.append((headings["source"], said["source"], ""))
    rows.append((headings["url"], _seen(said["url"], spans), ""))
    also = [url for url, _, _ in seen if url != said["url"]]
    rows += [("另见", _seen(url, spans), "") for url in also[:_MOST]]
    rows += _more("另见", len(also), "--history")
    changed = said["changed_at"]
    if versions > 1:
        on = f", changed on {day_in_china(changed)}" if changed else ""
        which = f"version {said['version']} of {versions}{on}"
        rows.append((headings["version"], f"{which}: replyarc show {said['id']} --history", ""))
    rows.append((headings["sha256"], said["sha256"], "dim"))
    return [row for row in rows if row[1]]


def _more(heading: str, count: int, where: str) -> list[Row]:
    return [(heading, f"… {count - _MOST:,} more: {where}", "dim")] if count > _MOST else []


def _seen(url: str, spans: Mapping[str, str]) -> str:
    return f"{url}  ({spans[url]})" if spans.get(url) else url


def _file(attachment: Mapping[str, Any]) -> str:
    held = "(held)" if attachment["sha256"] else "(not held)"
    return " ".join((attachment["name"], held, attachment["url"]))


def _other(said: Said) -> str:
    day = said["published_on"] or said["signed_on"]
    told = (said["role"], said["answered_by"], day, said["id"], said["title"])
    return " · ".join(str(each) for each in told if each)


def _side_by_side(left: list[Row], right: list[Row], width: int) -> Iterator[Line]:
    half = (width - _GAP) // 2
    columns = _fields(left, half), _fields(right, half)
    for one, other in zip_longest(*columns, fillvalue=()):
        room = half + _GAP - sum(cells(text) for text, _ in one)
        yield (*one, (" " * room, ""), *other) if other else one
    yield ((("", ""),))


def _fields(rows: Iterable[Row], width: int) -> Iterator[Line]:
    """Set fields in two columns: names and values; on a narrow terminal a value stands below."""
    before = None
    for heading, value, style in rows:
        label = "" if heading == before else heading
        before = heading
        if width < _NARROW:
            if label:
                yield ((label, "cyan"),)
            yield from _hanging("  ", _cut(value), style, width)
            continue
        for line in wrapped(plain(_cut(value)), width - _LABEL):
            yield ((label + " " * (_LABEL - cells(label)), "cyan"), (line, style))
            label = ""


def _styled(text: str, style: str, width: int) -> Iterator[Line]:
    if text:
        yield from (((line, style),) for line in wrapped(plain(text), width))


def _hanging(mark: str, text: str, style: str, width: int) -> Iterator[Line]:
    for line in wrapped(plain(text), width - len(mark)):
        yield ((mark + line, style),)
        mark = " " * len(mark)


def _cut(text: str) -> str:
    """Return a value on one line; of an absurdly long one the beginning, and where the rest is."""
    line = " ".join(str(text).split())
    if len(line) <= LONGEST:
        return line
    return f"{line[:LONGEST]} … {len(line) - LONGEST:,} more letters: --json"
