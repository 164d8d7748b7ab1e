"""Who signed a letter, and on which day."""

from __future__ import annotations

from datetime import date

import pytest

from replyarc.extract.signature import find_signature

ASKED = "您提出的《关于修桥的建议》收悉，现答复如下："
THANKS = "感谢您的关心和支持。"
DAY = date(2023, 7, 3)


@pytest.mark.parametrize(
    ("tail", "organ", "day"),
    [
        (("青禾市民政局", "2023年7月3日"), "青禾市民政局", DAY),
        (("青 禾 市 民 政 局", "二○二三年七月三日"), "青禾市民政局", DAY),
        (("青禾市民政局（盖章）", "2023 年 07 月 03 日"), "青禾市民政局", DAY),
        (("青禾市民政局", "（公章）", "2023.7.3"), "青禾市民政局", DAY),
        (("青禾市民政局　青禾市财政局", "2023-07-03"), "青禾市民政局 青禾市财政局", DAY),
        (
            ("中共青禾市委宣传部", "青禾市财政局", "2023年7月3日"),
            "中共青禾市委宣传部 青禾市财政局",
            DAY,
        ),
        (("青禾市人力资源 和社会保障局", "2023年7月3日"), "青禾市人力资源和社会保障局", DAY),
        (("青禾市民政局 2023年7月3日",), "青禾市民政局", DAY),
        (("青禾市民政局二〇二三年七月三日",), "青禾市民政局", DAY),
        (("2023年7月3日", "青禾市民政局"), "青禾市民政局", DAY),
        (("（2023年7月3日）",), None, DAY),
        (
            ("青禾市民政局", "2023年7月3日", "联系人：张三", "青禾市民政局办公室 2023年7月4日印发"),
            "青禾市民政局",
            DAY,
        ),
        (("青禾市民政局", "（联系人：张三）"), "青禾市民政局", None),
        (("青禾市民政局（ 盖 章 ）", "2023年7月3日（盖章）"), "青禾市民政局", DAY),
        (("青禾市民政局", "日期：2023年7月3日"), "青禾市民政局", DAY),
        (("青禾市民政局（盖章）日 期：2023年7月3日",), "青禾市民政局", DAY),
        (("青禾市民政局", "发布日期：2023年7月3日"), None, None),
        (("青禾海关", "二Ο二三年七月三日"), "青禾海关", DAY),
        (("青禾经济技术开发区", "二О二三年七月三日"), "青禾经济技术开发区", DAY),
        (("青禾市文联", "2023年7月3日"), "青禾市文联", DAY),
        (("青禾市残联", "2023年7月3日"), "青禾市残联", DAY),
        (("青禾市工商联", "2023年7月3日"), "青禾市工商联", DAY),
        (("青禾市广播电视台", "2023年7月3日"), "青禾市广播电视台", DAY),
        (("搭建交流平台", "2023年7月3日"), None, DAY),
        (("青禾市民政局", "2023年7月"), "青禾市民政局", None),
        (("一、工作由民政局", "青禾市民政局"), None, None),
        (("截至2023年7月3日",), None, None),
        (("2023年13月40日",), None, None),
        (("青禾市民政局办公室 2023年7月4日印发",), None, None),
        ((), None, None),
    ],
)
def test_the_signature_stands_beside_the_day(
    tail: tuple[str, ...], organ: str | None, day: date | None
) -> None:
    found = find_signature((ASKED, THANKS, *tail))

    assert ((found.organ, found.day) if found else (None, None)) == (organ, day)


def test_a_day_alone_far_above_the_end_signs_nothing() -> None:
    assert find_signature(("2023年7月3日", *("一、措施。",) * 40)) is None


def test_at_most_a_few_organs_sign() -> None:
    found = find_signature((THANKS, *("青禾市民政局",) * 12, "2023年7月3日"))

    assert found is not None
    assert found.organ == " ".join(["青禾市民政局"] * 8)
