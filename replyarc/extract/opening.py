"""The first sentence of a letter, which says what was asked: 您提出的《…》（第12号）收悉."""

from __future__ import annotations

import re
from itertools import chain
from typing import Final, NamedTuple

from replyarc.extract.cases import Numbered, find_numbers, kind_beside, kind_of
from replyarc.extract.proposal import (
    asked_titles,
    kind_in,
    kinds_asked,
    quoted_titles,
    unquoted_title,
)
from replyarc.extract.quotes import masked, paired, quotations, tightened
from replyarc.extract.sitting import Sitting, find_sitting
from replyarc.model import Assembly, Kind
from replyarc.text.chinese import narrow

LONGEST: Final = 1000  # letters

# Where the formula ends; what follows is the reply itself.
_FORMULA_END = re.compile(
    r"收悉|已悉|敬悉|知悉|收到[,。;!]|[答回函]复如下|函告如下|(?:意见|情况|报告|说明|汇报)如下"
    r"|[交转]由?我(?![^,。;]{1,12}的)"
)
_SENTENCE_END = re.compile(r"[。!?]|$")
# Where what was asked begins: a greeting and thanks may stand before it.
_ASKED = re.compile(r"[您你贵][^。!?]{0,60}提[出交]")


class Opening(NamedTuple):
    """What a letter says was asked; ``None`` (in lists: nothing) is what it does not say.

    ``proposal_titles`` are as printed inside the outer quotes.
    """

    proposal_titles: tuple[str, ...]
    proposal_numbers: tuple[str, ...]
    kind: Kind | None
    assembly: Assembly | None
    assembly_name: str | None
    term: int | None
    session: int | None


def read_opening(sentence: str) -> Opening:
    """Read the first sentences of a letter, as far as 收悉 or 现答复如下. Never raises.

    >>> read = read_opening("您在市九届政协二次会议上提出的《修建“口袋公园”的建议》（第012号）收悉")
    >>> read.proposal_titles, read.proposal_numbers, read.assembly_name, read.term
    (('修建“口袋公园”的建议',), ('012',), '市政协', 9)
    """
    printed = tightened(sentence[: 2 * LONGEST])[:LONGEST]
    text = paired(narrow(printed))
    spans = quotations(text)
    unquoted = masked(text, spans)
    ends = _FORMULA_END.search(unquoted)
    if ends is None:
        begun = _ASKED.search(unquoted)
        ends = _SENTENCE_END.search(unquoted, begun.end() if begun else 0)
    end = ends.start() if ends else len(text)
    printed, text, unquoted = printed[:end], text[:end], unquoted[:end]
    sitting = find_sitting(unquoted)
    numbered = find_numbers(unquoted)
    quoted = quoted_titles(text, [span for span in spans if span[1] <= end])
    asked = [] if quoted else asked_titles(text)
    return Opening(
        proposal_titles=_titles(printed, quoted, asked, [sitting, *numbered]),
        proposal_numbers=tuple(number for each in numbered for number in each.numbers),
        kind=_kind(text, quoted, asked, numbered, sitting.assembly),
        assembly=sitting.assembly,
        assembly_name=sitting.assembly_name,
        term=sitting.term,
        session=sitting.session,
    )


def _titles(
    printed: str,
    quoted: list[tuple[int, int]],
    asked: list[tuple[int, int]],
    others: list[Sitting | Numbered],
) -> tuple[str, ...]:
    """What is quoted, else what is asked for without quotes, less sitting and number before it."""
    spans = [(other.begin, other.end) for other in others]
    titles = [printed[begin:end] for begin, end in quoted]
    titles += filter(
        None, (unquoted_title(printed, end, [(0, begin), *spans]) for begin, end in asked)
    )
    return tuple(dict.fromkeys(titles))


def _kind(
    text: str,
    quoted: list[tuple[int, int]],
    asked: list[tuple[int, int]],
    numbered: tuple[Numbered, ...],
    assembly: Assembly | None,
) -> Kind | None:
    """The word beside the number, else beside the title in quotes, else the title's own last."""
    said = chain(
        (kind_of(each.kinds, assembly) for each in numbered),
        (kind_of(kind_beside(text, begin - 1, end + 1), assembly) for begin, end in quoted),
        (kind_of(kinds_asked(text, end), assembly) for _, end in asked),
        (kind_in(text[begin:end], assembly) for begin, end in quoted),
    )
    return next(filter(None, said), None)
