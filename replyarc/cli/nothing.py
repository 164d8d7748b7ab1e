"""What is said where no reply passes the filters: which ones they are, and what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from replyarc.archive.query import Query, given, in_words, without

if TYPE_CHECKING:
    from replyarc.archive.store import Archive

Found = Callable[[Query], int]

_TERMS: Final = {
    "source": "来源",
    "publisher": "发布机构、答复单位",
    "kind": "类别",
    "term": "届",
    "session": "次会议",
    "number": "建议提案号",
    "since": "起",
    "until": "止",
    "year": "年份",
    "changed_since": "变更",
    "gone": "已消失",
}
"""What each filter is about, in Chinese."""


def say_nothing_fits(archive: Archive, query: Query, found: Found | None = None) -> None:
    """Tell a person that nothing passes the filters, and which of them leaves all out.

    ``found`` counts what passes other filters; if it is not given, the replies of the archive.
    """
    from replyarc.archive.fitting import total
    from replyarc.screen.terminal import say

    words = in_words(query)
    said = f": {words}" if words else ""
    say(f"replyarc: no reply fits (没有符合条件的答复){said}.", style="red")
    for line in _reasons(archive, query, found or (lambda other: total(archive, other))):
        say(f"  {line}")


def _reasons(archive: Archive, query: Query, found: Found) -> Iterator[str]:
    from replyarc.archive.fitting import total

    every = total(archive, Query())
    if not every:
        yield "The archive holds no reply yet (档案中尚无答复): replyarc crawl, or replyarc import."
        return
    fitting = found(query) if query.offset else 0
    if fitting:
        yield f"{fitting:,} fit, and --offset {query.offset} leaves out all of them."
        return
    yield from _meant(archive, query)
    yield from (line for number, line in helped(query, found) if number < every)
    yield f"replyarc list shows all {every:,} (列出全部答复)."


def helped(query: Query, found: Found) -> Iterator[tuple[int, str]]:
    """Yield what filter alone, left out, would let something through, and how much."""
    for name, others in without(query):
        number = found(others)
        if number:
            yield number, f"without {_spelled(name, query)}: {number:,} (去掉此条件)"


def _meant(archive: Archive, query: Query) -> Iterator[str]:
    """Yield the names that may be meant by one that is not in the archive."""
    from replyarc.archive.fitting import like_publisher, like_source, sources

    asked = given(query)
    if "source" in asked and asked["source"] not in (known := sources(archive)):
        near = like_source(archive, asked["source"])
        there = f"did you mean {'、'.join(near)}?" if near else f"there are: {_some(known)}."
        yield f"{_spelled('source', query)}: no reply is of it; {there}"
    near = like_publisher(archive, asked["publisher"]) if "publisher" in asked else []
    if near:
        yield f"{_spelled('publisher', query)}: no name has it; did you mean {'、'.join(near)}?"


def _some(names: list[str], most: int = 10) -> str:
    more = f" … ({len(names):,})" if len(names) > most else ""
    return (", ".join(names[:most]) or "none") + more


def _spelled(name: str, query: Query) -> str:
    value: Any = getattr(query, name)
    option = f"--{name.replace('_', '-')}"
    return f"{option}{'' if value is True else f' {value}'} ({_TERMS[name]})"
