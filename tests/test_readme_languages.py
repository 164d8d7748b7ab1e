"""The README says the same in English and in Chinese, and links of documents lead somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pytest

TOP = Path(__file__).parent.parent
ENGLISH, CHINESE = TOP / "README.md", TOP / "README.zh-CN.md"
DOCUMENTS = (
    *("README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
    *sorted(f"docs/{path.name}" for path in (TOP / "docs").glob("*.md")),
)
LANGUAGES = {"README.md", "README.zh-CN.md"}
"""What each names as the other language: the only link that is not the same in both."""
SHORTEST, LONGEST = 0.2, 1.2
"""Bounds of a Chinese section's length, as a share of the English one."""

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
LINK = re.compile(r"\[(?:[^][]|\[\])*\]\(([^)\s]+)\)")
COMMENT = re.compile(r"(^|\s+)# .*$", re.MULTILINE)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Section(NamedTuple):
    """What stands under one heading: the code blocks, and the text without them."""

    level: int
    title: str
    text: str
    blocks: tuple[str, ...]


def sections(document: str) -> list[Section]:
    """Return the sections of a Markdown document in their order; `#` in a block is no heading."""
    blocks: list[str] = []

    def aside(block: re.Match[str]) -> str:
        inside = re.sub(rf"^{block[1]}", "", block[3], flags=re.MULTILINE)
        blocks.append(f"{block[2]}\n{inside}")
        return f"\0{len(blocks) - 1}\0"

    text = FENCE.sub(aside, document)
    found = []
    for part in re.split(r"(?=^#+ )", text, flags=re.MULTILINE):
        if heading := HEADING.match(part):
            inner = [blocks[int(number)] for number in re.findall(r"\0(\d+)\0", part)]
            said = re.sub(r"\0\d+\0", "", part[heading.end() :])
            found.append(Section(len(heading[1]), heading[2], said, tuple(inner)))
    return found


def code(section: Section) -> Counter[str]:
    """Count the inline code of a section; where a line was wrapped plays no part."""
    return Counter(" ".join(found[2].split()) for found in CODE.finditer(section.text))


def links(section: Section) -> Counter[str]:
    return Counter(link for link in LINK.findall(section.text) if link not in LANGUAGES)


def numbers(section: Section) -> Counter[str]:
    """Count what is written in digits, outside of code and addresses; 1,284 is 1284."""
    said = re.sub(r"\]\([^)\s]+\)", "]", CODE.sub("", section.text))
    return Counter(number.replace(",", "") for number in NUMBER.findall(said))


def tables(section: Section) -> Iterator[list[list[str]]]:
    """Yield the tables of a section, each as rows of cells."""
    for lines in re.findall(r"(?:^ *\|.*\|\n?)+", section.text, re.MULTILINE):
        yield [re.split(r"(?<!\\)\|", line.strip())[1:-1] for line in lines.splitlines()]


def uneven_code(ours: Section, theirs: Section) -> Iterator[str]:
    yield from uncounted("inline code", code(ours), code(theirs))


def uneven_links(ours: Section, theirs: Section) -> Iterator[str]:
    yield from uncounted("link", links(ours), links(theirs))


def uneven_numbers(ours: Section, theirs: Section) -> Iterator[str]:
    yield from uncounted("number", numbers(ours), numbers(theirs))


def uncounted(what: str, ours: Counter[str], theirs: Counter[str]) -> Iterator[str]:
    for value in sorted(ours.keys() | theirs.keys()):
        if ours[value] != theirs[value]:
            yield f"{what} {value!r}: English {ours[value]} times, Chinese {theirs[value]} times"


def uneven_blocks(ours: Section, theirs: Section) -> Iterator[str]:
    for number, (block, other) in enumerate(zip_longest(ours.blocks, theirs.blocks), start=1):
        lines, others = (COMMENT.sub("", said or "").split("\n") for said in (block, other))
        for line, against in zip_longest(lines, others):
            if line != against:
                yield f"code block {number}: English {line!r}, Chinese {against!r}"


def uneven_tables(ours: Section, theirs: Section) -> Iterator[str]:
    nothing: list[str] = []
    for number, pair in enumerate(zip_longest(tables(ours), tables(theirs)), start=1):
        table, other = (rows or [] for rows in pair)
        for at, (row, against) in enumerate(zip_longest(table, other, fillvalue=nothing)):
            if len(row) != len(against):
                yield (
                    f"table {number}, row {at + 1}: {len(row)} columns of {row[:1]} in English, "
                    f"{len(against)} of {against[:1]} in Chinese"
                )
            elif at and row[0] != against[0]:  # the first row has the headings
                yield f"table {number}: English {row[0]!r}, Chinese {against[0]!r}"


def uneven_lists(ours: Section, theirs: Section) -> Iterator[str]:
    for what, mark in (("points", r"^- "), ("steps", r"^\d+\. "), ("bold words", r"\*\*.+?\*\*")):
        counts = [len(re.findall(mark, said.text, re.MULTILINE)) for said in (ours, theirs)]
        if counts[0] != counts[1]:
            yield f"{what}: {counts[0]} in English, {counts[1]} in Chinese"


def uneven_lengths(ours: Section, theirs: Section) -> Iterator[str]:
    """Yield what is much shorter or longer: the section, or its paragraphs, one against one."""
    pairs = [(ours.text, theirs.text)]
    paragraphs = [re.split(r"\n\s*\n", said.text.strip()) for said in (ours, theirs)]
    if len(paragraphs[0]) == len(paragraphs[1]):
        pairs += zip(*paragraphs, strict=True)
    else:
        yield f"paragraphs: {len(paragraphs[0])} in English, {len(paragraphs[1])} in Chinese"
    for english, chinese in pairs:
        lengths = [len("".join(CODE.sub("", said).split())) for said in (english, chinese)]
        if lengths[0] > 40 and not SHORTEST <= lengths[1] / lengths[0] <= LONGEST:
            yield (
                f"{lengths[0]} characters in English, {lengths[1]} in Chinese: "
                f"{english.strip()[:60]!r}, {chinese.strip()[:60]!r}"
            )


ASPECTS: tuple[Callable[[Section, Section], Iterator[str]], ...] = (
    *(uneven_code, uneven_links, uneven_numbers, uneven_blocks),
    *(uneven_tables, uneven_lists, uneven_lengths),
)


def told(differences: list[str]) -> str:
    """Say where to mend it: a difference a line."""
    return "\n".join(["README.md and README.zh-CN.md are not the same:", *differences])


def test_both_languages_have_the_same_headings() -> None:
    ours, theirs = (sections(path.read_text("utf-8")) for path in (ENGLISH, CHINESE))
    differences = [
        f"English {'#' * (one.level if one else 0)} {one.title if one else 'nothing'}, "
        f"Chinese {'#' * (other.level if other else 0)} {other.title if other else 'nothing'}"
        for one, other in zip_longest(ours, theirs)
        if one is None or other is None or one.level != other.level
    ]
    assert len(ours) > 5
    assert not differences, told(differences)


@pytest.mark.parametrize("uneven", ASPECTS, ids=[aspect.__name__ for aspect in ASPECTS])
def test_both_languages_say_the_same(
    uneven: Callable[[Section, Section], Iterator[str]],
) -> None:
    ours, theirs = (sections(path.read_text("utf-8")) for path in (ENGLISH, CHINESE))
    differences = [
        f"under {one.title!r} ({other.title}): {difference}"
        for one, other in zip(ours, theirs, strict=False)
        for difference in uneven(one, other)
    ]
    assert not differences, told(differences)


def test_each_language_names_the_other_at_its_head() -> None:
    for path, link in (
        (ENGLISH, "[中文](README.zh-CN.md)"),
        (CHINESE, "[English](README.md)"),
    ):
        assert path.read_text("utf-8").split("\n")[:3] == ["# replyarc", "", link]


def anchors(document: str) -> set[str]:
    """Return the names under which GitHub can be led to the headings of a document."""
    names: Counter[str] = Counter()
    found = set()
    for section in sections(document):
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", section.title).lower()
        name = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        found.add(f"{name}-{names[name]}" if names[name] else name)
        names[name] += 1
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_of_a_document_leads_to_what_there_is(name: str) -> None:
    path = TOP / name
    text = CODE.sub("", FENCE.sub("", path.read_text("utf-8")))
    for link in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{name}: {link} leads to no file; it was looked for at {target}"
        if anchor:
            there = anchors(target.read_text("utf-8"))
            assert anchor in there, f"{name}: {link} leads to no heading; there are {sorted(there)}"
