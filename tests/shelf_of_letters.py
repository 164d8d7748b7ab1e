"""An archive with something of all that pages show: years, offices, versions, strangers' marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from replyarc.archive.search import refresh
from replyarc.model import (
    AddresseeRole,
    Assembly,
    Attachment,
    Contact,
    Entry,
    Kind,
    Reply,
    Request,
    Response,
    Role,
    Source,
)
from tests.blank import blank

DAY: Final = datetime(2024, 5, 1, 8, tzinfo=UTC)
OFFICES: Final = ("清源市民政局", "清源市教育局", "清源市交通运输局")
THEMES: Final = ("完善社区养老服务", "改善农村学校供暖", "优化公交线路")
SCRIPT: Final = (
    '<script>window.pwned = 1; alert(1)</script><img src=x onerror="window.pwned = 1">'
    "\"><svg onload='window.pwned = 1'>"
)
HOSTILE: Final = Reply(
    url="javascript:alert(document.domain)",
    source="mz",
    title=f"关于{SCRIPT}的答复",
    publisher=SCRIPT,
    topic="</dd></title></style>\u202e</textarea>" + SCRIPT,
    kind=Kind.SUGGESTION,
    proposal_numbers=("66",),
    answered_by=SCRIPT,
    published_on=date(2024, 4, 29),
    text=f"周小溪代表：\n恶意{SCRIPT}\n{{{{ 7 * 7 }}}}\n\x1b[2J清源",
    signature=SCRIPT,
    attachments=(
        Attachment("javascript", "javascript:alert(1)"),
        Attachment(SCRIPT, 'https://mz.qingyuan.gov.test/"onclick="alert(1)'),
    ),
    flags=("low-confidence-text", "<b>"),
)


def told(number: int) -> Reply:
    """The letter of a number: every third of one office, a year every seven."""
    office, theme = OFFICES[number % 3], THEMES[number % 3]
    day = date(2024 - number // 7, 1 + number % 12, 1 + number % 28)
    return Reply(
        url=f"http://{'mz' if number % 3 == 0 else 'jy'}.qingyuan.gov.test/{number}.html",
        source="mz" if number % 3 == 0 else "jy",
        title=f"关于市十四届人大四次会议第{number}号建议《关于{theme}的建议》的答复",
        index_number=f"000123456/2024-{number:05}",
        document_number=f"清函〔{day.year}〕{number}号",
        publisher=office,
        keywords=("民生", theme[2:]),
        kind=Kind.SUGGESTION if number % 2 else Kind.PROPOSAL,
        assembly=Assembly.CONGRESS if number % 2 else Assembly.CONFERENCE,
        assembly_name="市人大" if number % 2 else "市政协",
        term=14,
        session=4,
        proposal_numbers=(f"{number:03}",),
        proposal_titles=(f"关于{theme}的建议",),
        addressees=("周小溪",),
        addressee_role=AddresseeRole.DEPUTY if number % 2 else AddresseeRole.MEMBER,
        role=Role.LEAD,
        result_class="A",
        answered_by=office,
        published_on=day,
        signed_on=day - timedelta(days=3),
        signature=office,
        text=letter(theme, office, day),
        contacts=(Contact("林晓", ("0730-8700000",)),),
        attachments=(
            (Attachment("办理情况表.pdf", f"https://mz.qingyuan.gov.test/{number}.pdf"),)
            if number == 3
            else ()
        ),
    )


def letter(theme: str, office: str, day: date, more: str = "今年内再建成三处。") -> str:
    return "\n".join(
        (
            "周小溪代表：",
            f"您提出的《关于{theme}的建议》收悉。现答复如下：",
            f"一、关于{theme}的进展",
            f"我局高度重视此项工作。去年以来，全市投入资金1200万元，已建成服务点26处，{more}"
            "同时，会同有关部门走访了八个乡镇，听取群众意见三百余条，逐条登记、逐条回复。",
            "二、下一步打算",
            "我们将继续做好这项工作，把您的意见落到实处，欢迎您随时监督。"
            "对尚未解决的问题，已列入明年计划，由专人负责，按季度公布进度。",
            "感谢您对我们工作的关心和支持。",
            office,
            f"{day.year}年{day.month}月{day.day}日",
            "联系人：林晓，电话：0730-8700000",
        )
    )


def letters() -> Iterator[tuple[Reply, datetime]]:
    """All that is filed, with the instant at which it was seen."""
    for number in range(1, 29):
        yield told(number), DAY
    third = told(3)
    day = third.signed_on or date(2024, 1, 1)
    changed = letter(THEMES[0], OFFICES[0], day, "今年内再建成五处，并延长开放时间。")
    yield replace(third, text=changed, result_class="B"), DAY + timedelta(days=40)
    joint = replace(
        told(3),
        url="http://jy.qingyuan.gov.test/3-2.html",
        source="jy",
        title="关于市十四届人大四次会议第003号提案的会办意见",
        index_number="000123456/2024-90003",
        document_number=None,
        publisher=OFFICES[1],
        answered_by=OFFICES[1],
        signature=OFFICES[1],
        role=Role.JOINT,
        attachments=(),
    )
    yield joint, DAY
    yield HOSTILE, DAY


def shelve(path: Path) -> None:
    """Make the archive; the page of letter 4 is gone from its site."""
    with blank(path) as archive:
        for name, office in (("mz", OFFICES[0]), ("jy", OFFICES[1])):
            source = Source(name=name, publisher=office, urls=(f"http://{name}.test/",))
            archive.begin(source, "trs", DAY)
        for reply, at in letters():
            body = repr(reply).encode()
            response = Response(
                request=Request(reply.url),
                url=reply.url,
                status=200,
                headers=(),
                body=body,
                fetched_at=at,
            )
            archive.file(
                reply.source,
                Entry(reply.url, reply.title, reply.published_on),
                reply,
                archive.keep(response),
                at,
                1,
            )
        with archive.transaction() as db:
            db.execute(
                "update replies set gone_at = ? where url like '%/4.html'",
                ["2024-06-01T00:00:00.000Z"],
            )
        refresh(archive)
