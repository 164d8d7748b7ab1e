"""The hits of a search, drawn for people: what was found is marked, by colour or by brackets."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from replyarc.model import Reply
from replyarc.screen.terminal import plain
from replyarc.text.excerpts import Excerpt

_MARK = "bold black on yellow"


def hit(
    reply: Reply, title: Excerpt, letter: Sequence[Excerpt], *, coloured: bool
) -> RenderableType:
    """Draw one hit: its title, its day, who answers, its id, and what stands around the words.

    Where there is no colour the words stand in 【】.
    """
    drawn = Text(overflow="fold")
    drawn.append_text(_drawn(title, "bold", coloured=coloured))
    drawn.append(f"\n  {_about(reply)}\n", style="dim")
    for each in letter:
        drawn.append("  … ")
        line = Excerpt(each.text.replace("\n", " "), each.marks)
        drawn.append_text(_drawn(line, "", coloured=coloured))
        drawn.append(" …\n")
    return drawn


def _about(reply: Reply) -> str:
    day = reply.published_on or reply.signed_on
    number = "、".join(reply.proposal_numbers)
    said = (reply.id, day and str(day), reply.answered_by, number, reply.index_number)
    return plain("  ".join(each for each in said if each))


def _drawn(excerpt: Excerpt, style: str, *, coloured: bool) -> Text:
    drawn, at = Text(), 0
    for first, last in excerpt.marks:
        drawn.append(plain(excerpt.text[at:first]), style=style)
        word = plain(excerpt.text[first:last])
        drawn.append(word if coloured else f"【{word}】", style=_MARK)
        at = last
    return drawn.append(plain(excerpt.text[at:]), style=style)
