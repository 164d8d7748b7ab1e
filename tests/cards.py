"""Replies for the tests of cards and citations: a full one, a poor one, a hostile one, one edited.

They are what the contract's JSON has of a reply.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from replyarc.export.flat import COLUMNS, as_json
from replyarc.model import (
    AddresseeRole,
    Assembly,
    Attachment,
    Contact,
    Kind,
    Reply,
    Role,
)

HEADINGS = {column.name: column.title for column in COLUMNS}
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066\u061c\r\x08\x00\x7f\u200b[/a][red]"

FULL = Reply(
    id="abcdefghijkl",
    url="http://mzj.qingyuan.gov.test/jytabl/202305/t20230517_00198.html",
    source="qingyuan-mzj",
    title="清源市民政局关于清源市八届人大一次会议第198号建议的答复",
    index_number="990123006/2023-00198",
    document_number="清民函〔2023〕198号",
    publisher="清源市民政局",
    responsible_unit="养老服务科",
    topic="建议提案办理",
    keywords=("养老服务", "助餐"),
    validity="有效",
    written_on=date(2023, 5, 15),
    published_on=date(2023, 5, 17),
    kind=Kind.SUGGESTION,
    assembly=Assembly.CONGRESS,
    assembly_name="清源市人大",
    term=8,
    session=1,
    proposal_numbers=("198",),
    proposal_titles=("关于在城乡社区普及老年助餐服务的建议",),
    addressees=("顾明远", "季舒"),
    addressee_role=AddresseeRole.DEPUTY,
    role=Role.LEAD,
    result_class="A",
    openness="主动公开",
    answered_by="清源市民政局",
    text="""顾明远、季舒代表：
您二位提出的《关于在城乡社区普及老年助餐服务的建议》收悉，我局会同市财政局认真研究，现答复如下：
一、已经做的工作
2022年以来，全市新建老年食堂36家，每天有4,200多位老人在那里吃饭（其中80岁以上的占38.5%），助餐点到家的平均路程缩短到600米；更多情况见http://mzj.qingyuan.gov.test/zc。
（一）补贴
每餐由财政补贴3元，“一卡通”在所有食堂通用。
二、下一步打算
今年再建20家。感谢您二位对养老服务的关心！
附件：清源市老年食堂名录
清源市民政局
2023年5月15日
（联系人：丁一，电话：0999-5550123）""",
    signature="清源市民政局",
    signed_on=date(2023, 5, 15),
    contacts=(Contact("丁一", ("0999-5550123",)),),
    copied_to=("市人大常委会", "市政府办公室"),
    first_seen_at=datetime(2023, 5, 18, 1, tzinfo=UTC),
    last_seen_at=datetime(2024, 5, 1, 20, tzinfo=UTC),
    version=1,
    sha256="1f" * 32,
)
POOR = Reply(
    id="poorpoorpoor",
    url="http://a.gov.test/1.html",
    source="a",
    title="答复",
    last_seen_at=datetime(2024, 5, 1, tzinfo=UTC),
    sha256="2e" * 32,
)
WILD = replace(
    FULL,
    title=f"关于养老{HOSTILE}的答复",
    url=f"http://a.gov.test/{HOSTILE}",
    addressees=(HOSTILE, "名" * 10_000),
    signature=HOSTILE,
    answered_by="a" * 10_000,
    text=f"顾明远代表：\n您好。{HOSTILE}\n\u05d0\u05d1\u0627\u0628 שלום\n" + "x" * 1000,
    flags=(HOSTILE,),
    attachments=(Attachment(HOSTILE, f"javascript:{HOSTILE}"),),
    copied_to=(),
    keywords=(),
)
EDITED = replace(
    FULL,
    version=2,
    changed_at=datetime(2023, 8, 1, 17, tzinfo=UTC),
    gone_at=datetime(2024, 4, 30, 17, tzinfo=UTC),
    flags=("no-index-number", "disagreement:published_on", "truncated?"),
    index_number=None,
    attachments=(
        Attachment("清源市老年食堂名录.pdf", "http://mzj.qingyuan.gov.test/1.pdf", "ab" * 32),
        Attachment("回执.doc", "http://mzj.qingyuan.gov.test/2.doc"),
    ),
)
OTHERS = (
    replace(POOR, id="leadleadlead", title="清源市卫生健康委员会的答复", role=Role.LEAD),
    replace(POOR, id="jointjointjo", title="清源市财政局的会办意见", role=Role.JOINT),
)
DAYS = ("2023-05-18T01:00:00Z", "2024-05-01T20:00:00Z")
SEEN = [(FULL.url, *DAYS), ("http://www.qingyuan.gov.test/zwgk/198.html", DAYS[1], DAYS[1])]

CARDS: dict[str, tuple[Reply, list[tuple[str, str, str]], int, tuple[Reply, ...]]] = {
    "full": (FULL, SEEN[:1], 1, ()),
    "poor": (POOR, [(POOR.url, DAYS[1], DAYS[1])], 1, ()),
    "hostile": (WILD, [(WILD.url, *DAYS)], 1, ()),
    "edited": (EDITED, SEEN, 2, OTHERS),
}
"""Name -> the reply, where it was seen, how many versions it has, the other letters."""


def said(reply: Reply) -> dict[str, Any]:
    return as_json(reply)
