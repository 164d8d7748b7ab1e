"""Eight invented replies with what pages bring: long names, strange letters, nothing at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from replyarc.archive.search import refresh
from replyarc.archive.store import Archive
from replyarc.model import Kind, Reply
from tests.blank import blank

SEEN: Final = datetime(2024, 6, 1, 8, tzinfo=UTC)
FIRST: Final = Reply(
    url="http://mz.qingyuan.gov.test/1.html",
    source="mz",
    title="关于市十四届人大四次会议第12号建议的答复",
    index_number="000123456/2024-00012",
    kind=Kind.SUGGESTION,
    term=14,
    session=4,
    proposal_numbers=("0012",),
    publisher="清源市民政局",
    answered_by="清源市民政局",
    published_on=date(2024, 4, 30),
    text="周小溪代表：\n感谢您对社区养老服务的关心。\n我们将增设养老服务站点，改善农村养老条件。",
)
EIGHT: Final = (
    FIRST,
    replace(
        FIRST,
        url="http://jy.qingyuan.gov.test/2.html",
        source="jy",
        title="清源市教育局关于市政协九届三次会议第0079号、0081号、0132号提案合并办理情况的答复函",
        index_number="000123457/2024-00079",
        kind=Kind.PROPOSAL,
        term=9,
        session=3,
        proposal_numbers=("0079", "0081", "0132"),
        publisher="清源市教育局",
        answered_by="清源市教育局 清源市财政局 清源市人力资源和社会保障局 清源市机构编制委员会",
        published_on=date(2024, 3, 15),
        text="季舒委员：\n农村学校供暖已列入计划。",
    ),
    Reply(url="http://mz.qingyuan.gov.test/3.html", source="mz", title="答复", text="如下。"),
    replace(
        FIRST, url="http://a.test/4", title="关于[/a][red]红[/red]:smile:的答复", index_number="4"
    ),
    replace(
        FIRST,
        url="http://a.test/5",
        title="关于\x1b]0;owned\x07\x1b[2J\u202e的答复",
        index_number="5",
        answered_by="=cmd|' /C calc'!A0",
        proposal_numbers=("\u2066\u200f7\r\n8",),
        published_on=None,
        signed_on=date(2023, 12, 31),
    ),
    replace(FIRST, url="http://a.test/6", title="长" * 10_000, index_number="6", kind=None),
    replace(
        FIRST,
        url="http://a.test/7",
        title="e" + "\u0301" * 10_000,
        answered_by="x" * 10_000,
        index_number="7",
        published_on=date(2022, 2, 28),
    ),
    replace(
        FIRST,
        url="http://a.test/8",
        title="Re: road-works on the A-12/B, phase 2 （二期）",
        index_number="8",
        published_on=date(1999, 1, 1),
    ),
)


def eight(path: Path) -> Archive:
    """Make an archive of them, searchable."""
    archive = blank(path)
    for number, reply in enumerate(EIGHT):
        archive.put(reply, "", SEEN + timedelta(days=number))
    refresh(archive)
    return archive
