"""The openings of letters: what was asked, by which title, under which number."""

from __future__ import annotations

import pytest

from replyarc.extract.opening import Opening, read_opening
from replyarc.model import Assembly, Kind


def opened(**fields: object) -> Opening:
    """An opening that says nothing but these."""
    nothing: dict[str, object] = dict.fromkeys(Opening._fields)
    empty = {"proposal_titles": (), "proposal_numbers": ()}
    return Opening(**(nothing | empty | fields))  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("sentence", "opening"),
    [
        (
            "您提出的《关于改造老旧小区的建议》已收悉，现答复如下：",
            opened(proposal_titles=("关于改造老旧小区的建议",), kind=Kind.SUGGESTION),
        ),
        (
            "《推行“一网通办”的建议》(第0043号),已交由我们研究办理,现答复如下:",
            opened(
                proposal_titles=("推行“一网通办”的建议",),
                proposal_numbers=("0043",),
                kind=Kind.SUGGESTION,
            ),
        ),
        (
            "您在市十二届人大三次会议上提出的关于“加强停车管理”的建议（第 220 号）收悉。",
            opened(
                proposal_titles=("加强停车管理",),
                proposal_numbers=("220",),
                kind=Kind.SUGGESTION,
                assembly=Assembly.CONGRESS,
                assembly_name="市人大",
                term=12,
                session=3,
            ),
        ),
        (
            "您好！感谢您的关心。您提出的关于加强停车管理的建议收悉。另据《条例》，",
            opened(proposal_titles=("关于加强停车管理的建议",), kind=Kind.SUGGESTION),
        ),
        (
            "您提出的市十二届人大三次会议第9号关于加强停车管理的建议收悉",
            opened(
                proposal_titles=("关于加强停车管理的建议",),
                proposal_numbers=("9",),
                kind=Kind.SUGGESTION,
                assembly=Assembly.CONGRESS,
                assembly_name="市人大",
                term=12,
                session=3,
            ),
        ),
        (
            "您提出的“关于发展职业教育的建议”的提案收悉",
            opened(proposal_titles=("关于发展职业教育的建议",), kind=Kind.PROPOSAL),
        ),
        (
            "根据《某省代表建议办理办法》，您提出的《关于甲的建议》（第12号）、《关于乙的建议》"
            "（第45号）收悉",
            opened(
                proposal_titles=("关于甲的建议", "关于乙的建议"),
                proposal_numbers=("12", "45"),
                kind=Kind.SUGGESTION,
            ),
        ),
        (
            "在政协第十届某市委员会第三次会议上，您提出的《关于丙的建议》收悉",
            opened(
                proposal_titles=("关于丙的建议",),
                assembly=Assembly.CONFERENCE,
                assembly_name="政协某市委员会",
                term=10,
                session=3,
            ),
        ),
        (
            "您提出的关于修订《某市养犬管理条例》的建议收悉",
            opened(proposal_titles=("关于修订《某市养犬管理条例》的建议",), kind=Kind.SUGGESTION),
        ),
        (
            "您提出的关于《某市养犬管理条例》的建议收悉",
            opened(proposal_titles=("关于《某市养犬管理条例》的建议",), kind=Kind.SUGGESTION),
        ),
        (
            "您提出的关于“两新”组织党建的建议收悉",
            opened(proposal_titles=("关于“两新”组织党建的建议",), kind=Kind.SUGGESTION),
        ),
        (
            '我局收到您提出的"关于加强防汛"的提案（案号：0012），现答复如下',
            opened(
                proposal_titles=("关于加强防汛",), proposal_numbers=("0012",), kind=Kind.PROPOSAL
            ),
        ),
        (
            "您提出的第22号建议收悉。",
            opened(proposal_numbers=("22",), kind=Kind.SUGGESTION),
        ),
        (
            "收到您在市政协九届二次会议上提出的第126号《关于甲的提案》后，我局高度重视。",
            opened(
                kind=Kind.PROPOSAL,
                proposal_titles=("关于甲的提案",),
                proposal_numbers=("126",),
                assembly=Assembly.CONFERENCE,
                assembly_name="市政协",
                term=9,
                session=2,
            ),
        ),
        (
            "您们分别提出的《关于甲的建议》《关于乙的建议》收悉",
            opened(proposal_titles=("关于甲的建议", "关于乙的建议"), kind=Kind.SUGGESTION),
        ),
        (
            "您提出的《甲》（第12号）、《乙》（第13号）收悉",
            opened(proposal_titles=("甲", "乙"), proposal_numbers=("12", "13")),
        ),
        (
            "您提出的第12号建议《甲》和第13号建议《乙》收悉",
            opened(
                proposal_titles=("甲", "乙"),
                proposal_numbers=("12", "13"),
                kind=Kind.SUGGESTION,
            ),
        ),
        (
            "您提出的关于甲的建议（第1号）、关于乙的建议（第2号）收悉",
            opened(
                proposal_titles=("关于甲的建议", "关于乙的建议"),
                proposal_numbers=("1", "2"),
                kind=Kind.SUGGESTION,
            ),
        ),
        (
            "您提出的“关于建设公园的建议 ”提案收悉",
            opened(proposal_titles=("关于建设公园的建议",), kind=Kind.PROPOSAL),
        ),
        (
            "您提出的关于建设公园的建议的提案收悉",
            opened(proposal_titles=("关于建设公园的建议",), kind=Kind.PROPOSAL),
        ),
        (
            "您提出的关于建设公园的建议提案收悉",
            opened(proposal_titles=("关于建设公园的建议",)),
        ),
        (
            "您提出的关于建设 \n 公园的建议，我局已收到。",
            opened(proposal_titles=("关于建设公园的建议",), kind=Kind.SUGGESTION),
        ),
        (
            "您提出的“关于建设公园的提案“（第3号）收悉",
            opened(
                proposal_titles=("关于建设公园的提案",),
                proposal_numbers=("3",),
                kind=Kind.PROPOSAL,
            ),
        ),
        (
            "您提出的《关于建设公园的提案（第3号）收悉",
            opened(
                proposal_titles=("关于建设公园的提案",),
                proposal_numbers=("3",),
                kind=Kind.PROPOSAL,
            ),
        ),
        (
            "您提出的关于建设公园的提案》（第“3”号）收悉",
            opened(
                proposal_titles=("关于建设公园的提案",),
                proposal_numbers=("3",),
                kind=Kind.PROPOSAL,
            ),
        ),
        (
            "您提出的「建设“口袋公园”」提案（提案编号：2024003）收悉",
            opened(
                proposal_titles=("建设“口袋公园”",),
                proposal_numbers=("2024003",),
                kind=Kind.PROPOSAL,
            ),
        ),
        (
            "您在省九届人大二次会议上提出的《关于学前教育的建议》（云15号）收悉",
            opened(
                proposal_titles=("关于学前教育的建议",),
                proposal_numbers=("云15",),
                kind=Kind.SUGGESTION,
                assembly=Assembly.CONGRESS,
                assembly_name="省人大",
                term=9,
                session=2,
            ),
        ),
        (
            "您关于建设公园的议案收悉",
            opened(proposal_titles=("关于建设公园的议案",), kind=Kind.MOTION),
        ),
        (
            "关于建设公园的建议收悉。",
            opened(proposal_titles=("关于建设公园的建议",), kind=Kind.SUGGESTION),
        ),
        (
            "您提的《建设公园》的提案收悉",
            opened(proposal_titles=("建设公园",), kind=Kind.PROPOSAL),
        ),
        (
            "您提出的《建设公园》，我局高度重视，现答复如下",
            opened(proposal_titles=("建设公园",)),
        ),
        ("您提出的《建设公园》收悉", opened(proposal_titles=("建设公园",))),
        (
            "市政协交我局办理的第7号《关于建设公园的提案》收悉",
            opened(
                proposal_titles=("关于建设公园的提案",),
                proposal_numbers=("7",),
                kind=Kind.PROPOSAL,
            ),
        ),
        (
            "《关于建设公园的提案》已交由我局办理。《关于乙的提案》另行答复",
            opened(proposal_titles=("关于建设公园的提案",), kind=Kind.PROPOSAL),
        ),
        (
            "你们提出的《关于建设公园》的第78号建议，已转交我局办理，",
            opened(
                proposal_titles=("关于建设公园",),
                proposal_numbers=("78",),
                kind=Kind.SUGGESTION,
            ),
        ),
        ("您提出的关于停车难（第3号）收悉", opened(proposal_numbers=("3",))),
        ("您提出的“停车难”问题收悉", opened()),
        ("根据您提出的《停车条例》，现答复如下", opened()),
        ("您提出的宝贵建议收悉。", opened(kind=Kind.SUGGESTION)),
        ("按照《某某关于制定规划的建议》要求，现答复如下", opened()),
        ("近年来，我局认真落实《关于加强治理的意见》，现答复如下", opened()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_opening_says_what_was_asked(sentence: str, opening: Opening) -> None:
    assert read_opening(sentence) == opening


def test_a_greeting_and_thanks_may_stand_before_what_was_asked() -> None:
    read = read_opening("您好！感谢您的关心。您提出的《关于修桥的建议》对出行很重要。我们将研究。")

    assert read.proposal_titles == ("关于修桥的建议",)
