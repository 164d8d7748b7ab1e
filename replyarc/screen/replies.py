"""Replies, drawn for people: one as a card, several as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Final

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from replyarc.model import Reply
from replyarc.screen.terminal import plain

HEADINGS: Final = {each.name: each.metadata["title"] for each in fields(Reply)}
_ON_CARD: Final = tuple(each.name for each in fields(Reply) if each.name not in {"title", "text"})


def card(
    reply: Reply,
    said: Mapping[str, object],
    seen: Sequence[str],
    others: Sequence[Reply] = (),
) -> RenderableType:
    """Draw one reply: its fields under their Chinese names, then the letter as a letter.

    ``said`` is the reply under the contract's keys; ``seen`` are all addresses it was seen at;
    ``others`` answer the same proposal.
    """
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    for name in _ON_CARD:
        if said[name] not in (None, [], ""):
            grid.add_row(HEADINGS[name], Text(plain(flat(said[name]))))
    for url in seen:
        if url != reply.url:
            grid.add_row("另见", Text(plain(url)))
    for other in others:
        told = (other.id, other.answered_by, other.role)
        grid.add_row("另有答复", Text(plain(" ".join(each for each in told if each))))
    letter = Text(plain(reply.text), overflow="fold")
    return Group(Text(plain(reply.title), style="bold"), grid, Panel(letter, box=box.HORIZONTALS))


def flat(value: object) -> str:
    """Return a value of the contract's JSON on one line."""
    if isinstance(value, list):
        return "；".join(flat(each) for each in value)
    if isinstance(value, dict):
        return " ".join(flat(each) for each in value.values() if each not in (None, []))
    return str(value)


def table(replies: Iterable[Reply]) -> Table:
    """Draw replies as a table, a line each: day, who answers, number, title, id."""
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    drawn.add_column("发布日期", no_wrap=True)
    drawn.add_column("答复单位", overflow="fold", max_width=20)
    drawn.add_column("建议提案号", overflow="fold", max_width=12)
    drawn.add_column("标题", overflow="fold", ratio=1)
    drawn.add_column("编号", no_wrap=True, style="dim")
    for reply in replies:
        day = reply.published_on or reply.signed_on
        drawn.add_row(
            str(day or ""),
            Text(plain(reply.answered_by or "")),
            Text(plain("、".join(reply.proposal_numbers))),
            Text(plain(reply.title)),
            reply.id,
        )
    return drawn
