"""The letters that answer one proposal, drawn for people."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.table import Table
from rich.text import Text

from replyarc.model import Reply
from replyarc.screen.terminal import plain


def answers(replies: Iterable[Reply]) -> Table:
    """Draw the letters to one proposal, a line each: in which role, who, when, title, id."""
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    drawn.add_column("办理方式", no_wrap=True)
    drawn.add_column("答复单位", overflow="fold", max_width=20)
    drawn.add_column("建议提案号", overflow="fold", max_width=12)
    drawn.add_column("发布日期", no_wrap=True)
    drawn.add_column("标题", overflow="fold", ratio=1)
    drawn.add_column("编号", no_wrap=True, style="dim")
    for reply in replies:
        drawn.add_row(
            reply.role or "",
            Text(plain(reply.answered_by or "")),
            Text(plain("、".join(reply.proposal_numbers))),
            str(reply.published_on or reply.signed_on or ""),
            Text(plain(reply.title)),
            reply.id,
        )
    return drawn
