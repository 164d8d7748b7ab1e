"""A folder of letters as Markdown, one file each, with what is known of them as front matter.

A file is named by the reply's day and id, in a folder of its year, so that no name is of a site's
making. Above the letter stand the keys of the contract as YAML (``export.yaml``), but ``text``:
that is the letter. What Markdown would take for its own is escaped (CommonMark 0.31, tables and
``~~`` of GitHub): a letter shows what it says, and nothing in it is a link, a heading or HTML.
``README.md`` leads to a table for each year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

from replyarc.export.binder import Binder
from replyarc.export.flat import Row
from replyarc.export.legible import legible, whole
from replyarc.export.tables import Style
from replyarc.export.yaml import quoted
from replyarc.text.parts import parts
from replyarc.text.web import begins_as_web

INDEX: Final = "README.md"
"""The file that a person begins with, of the folder and of each year."""

UNDATED: Final = "undated"
"""The folder of the letters of no known day."""

UNTITLED: Final = "无标题 (untitled)"

_HEAD: Final = "# 建议提案答复 · Replies to suggestions and proposals\n"
_YEARS: Final = "\n| 年 year | 答复 replies |\n| :-- | --: |\n"
_TABLE: Final = "# {year}\n\n| 日期 day | 标题 title | 发布机构 publisher |\n| :-- | :-- | :-- |\n"
_HELD: Final = 200_000
"""Characters of tables that are kept until they are written."""

_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>#~|$]|&(?=[#\w])")
_FIRST: Final = re.compile(r"[-+=:]|\d{1,9}(?=[.)](?:\s|$))")
_DAY: Final = re.compile(r"(\d{4})-\d{2}-\d{2}")
_NO_NAME: Final = re.compile("[^a-z0-9]+")
_TOGETHER: Final = frozenset({"signature", "day"})
"""Parts of a letter that are lines of one block."""


def write_markdown(replies: Iterable[Row], binder: Binder, style: Style) -> int:
    """Write a folder of letters; return how many there are."""
    count = 0
    index = _Index(binder)
    for reply in replies:
        count += 1
        year, name = _file(reply, count)
        text = document(reply, style)
        try:
            binder.add(f"{year}/{name}.md", text)
        except FileExistsError:  # two ids that differ in what no name can hold
            name = f"{name}-{count}"
            binder.add(f"{year}/{name}.md", text)
        index.add(year, name, reply)
    index.finish(style.about)
    return count


def document(reply: Row, style: Style) -> str:
    """Return a reply as a document: front matter, title, letter, attachments, address."""
    names = [column.name for column in style.columns]
    matter = (f"{name}: {quoted(whole(reply[name]))}\n" for name in names if name != "text")
    blocks = [f"# {escaped(_line(reply['title'])) or UNTITLED}", *_blocks(reply, frozenset(names))]
    return "---\n" + "".join(matter) + "---\n\n" + "\n\n".join(blocks) + "\n"


def escaped(line: str) -> str:
    r"""Return a line of text as Markdown that shows it.

    >>> escaped("# 一"), escaped("1. 养老*"), escaped("---"), escaped("<b>&lt;")
    ('\\# 一', '1\\. 养老\\*', '\\---', '\\<b\\>\\&lt;')
    """
    line = _SPECIAL.sub(r"\\\g<0>", line.strip(" \t"))
    first = _FIRST.match(line)
    if first is None:
        return line
    at = first.end() if first[0][0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"


def _line(text: str) -> str:
    return legible(text).replace("\n", " ")


def _blocks(reply: Row, names: frozenset[str]) -> Iterator[str]:
    if "text" in names:
        yield from _letter(reply["text"], reply["signature"])
    if "attachments" in names and reply["attachments"]:
        yield "## 附件 Attachments"
        yield "\n".join(f"- {_link(each['url'], each['name'])}" for each in reply["attachments"])
    if "url" in names and reply["url"]:
        yield f"来源 source: {_link(reply['url'], '')}"


def _letter(text: str, signature: str | None) -> Iterator[str]:
    """Yield the blocks of a letter; the lines below it stay together."""
    below: list[str] = []
    for part in parts(legible(text), signature and legible(signature)):
        shown = escaped(part.text)
        if part.kind in _TOGETHER:
            below.append(shown)
            continue
        if below:
            yield "\\\n".join(below)
            below = []
        yield f"## {shown}" if part.kind == "heading" else shown
    if below:
        yield "\\\n".join(below)


def _link(url: str, name: str) -> str:
    """Return a link, where an address is one of the web; what a script could be stays a text."""
    shown = escaped(_line(name))
    if not begins_as_web(url):
        return " ".join(each for each in (shown, escaped(_line(url))) if each)
    address = quote(whole(url), safe="!#$%&'()*+,/:;=?@[]~")
    return f"[{shown}](<{address}>)" if shown else f"<{address}>"


def _file(reply: Row, number: int) -> tuple[str, str]:
    """Return the folder and the name of a letter's file, without ending."""
    key = _NO_NAME.sub("-", reply["id"].lower())[:60].strip("-") or str(number)
    day = day_of(reply)
    return (day[:4], f"{day}-{key}") if day else (UNDATED, f"{UNDATED}-{key}")


def day_of(reply: Row) -> str | None:
    """Return the day that a letter is filed by: published, else signed, else written."""
    days = (reply[name] for name in ("published_on", "signed_on", "written_on"))
    return next((day for day in days if day and _DAY.fullmatch(day)), None)


class _Index:
    """The tables of the years, written as they grow, and what leads to them."""

    def __init__(self, binder: Binder) -> None:
        self._binder = binder
        self._counts: dict[str, int] = {}
        self._lines: dict[str, list[str]] = {}
        self._held = 0

    def add(self, year: str, name: str, reply: Row) -> None:
        """Add a letter to the table of its year."""
        cells = (
            day_of(reply) or "",
            f"[{escaped(_line(reply['title'])) or UNTITLED}]({name}.md)",
            escaped(_line(reply["publisher"] or "")),
        )
        line = f"| {' | '.join(cells)} |\n"
        if year not in self._counts:
            self._counts[year] = 0
            line = _TABLE.format(year=year) + line
        self._counts[year] += 1
        self._lines.setdefault(year, []).append(line)
        self._held += len(line)
        if self._held > _HELD:
            self._flush()

    def finish(self, about: str) -> None:
        """Write what is left, and the first page."""
        self._flush()
        years = sorted(self._counts, key=lambda year: year if year != UNDATED else "", reverse=True)
        rows = (f"| [{year}]({year}/{INDEX}) | {self._counts[year]:,} |\n" for year in years)
        told = f"\n{escaped(_line(about))}\n" if about else ""
        self._binder.add(INDEX, _HEAD + told + _YEARS + "".join(rows))

    def _flush(self) -> None:
        for year, lines in self._lines.items():
            self._binder.append(f"{year}/{INDEX}", "".join(lines))
        self._lines, self._held = {}, 0
