"""What ``<meta>`` says, however it is spelled."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.meta import read_meta
from replyarc.text.html import parse


def said(head: str) -> dict[str, list[object]]:
    fields = read_meta(parse(f"<head>{head}</head><body>一"))
    return {name: [each.value for each in found] for name, found in fields.items()}


@pytest.mark.parametrize(
    "element",
    [
        '<meta name="PubDate" content="2023-08-19 10:08">',
        '<META NAME="pubdate" CONTENT="2023-08-19">',
        "<meta content='2023-08-19 10∶08' name='PUBDATE'/>",
        '<meta name="PubDate"content="2023-08-19 00:00">',
        "<meta name=PubDate content=2023-08-19>",
        '<meta http-equiv="x" name=" PubDate " content=" 2023年08月19日 ">',
        '<meta name="PubDate" content="2023——08——19 21:37">',
        '<meta name="PubDate" content="2023—08—19">',
        '<meta name="PubDate" content="2023-08-19  14:52">',
        '<meta name="PubDate" content="2023/8/19 14:52:01">',
        '<meta name="PubDate" content="20230819">',
        '<meta name="PubDate" content="-"><meta name="PubDate" content="2023-08-19">',
        '<meta name="PubDate"><meta name="PubDate" content="{date}">'
        '<meta name="PubDate" content="2023-08-19"><meta name="pubdate" content="2023.08.19">',
    ],
)
def test_the_day_of_publication_is_read_in_every_spelling(element: str) -> None:
    assert said(element) == {"published_on": [date(2023, 8, 19)]}


@given(st.permutations(['name="PubDate"', 'content="2023-08-19"', 'id="d"', 'lang="zh"']))
def test_attributes_come_in_any_order(attributes: list[str]) -> None:
    assert said(f"<meta {' '.join(attributes)}>") == {"published_on": [date(2023, 8, 19)]}


@pytest.mark.parametrize(
    "element",
    [
        '<meta property="PubDate" content="2023-08-19">',
        '<meta http-equiv="PubDate" content="2023-08-19">',
        '<meta itemprop="PubDate" content="2023-08-19">',
        '<meta name="PubDate" value="2023-08-19">',
        '<meta name="PubDate" content="0001-01-01 00:00:00">',
        '<meta name="PubDate" content="1970-01-01 08:00">',
        '<meta name="PubDate" content="${doc.pubDate}">',
        '<meta name="lastmodifiedtime" content="2023-08-19">',
        '<meta name="ArticleTitle" content="">',
        '<meta name="ContentSource" content="某网"><meta name="Keywords" content="建议,答复">',
        "<!-- <meta name=PubDate content=2023-08-19> -->",
        "<meta>",
    ],
)
def test_what_is_no_such_element_says_nothing(element: str) -> None:
    assert said(element) == {}


def test_different_elements_of_a_name_are_both_kept_the_first_first() -> None:
    elements = [
        '<meta name="ArticleTitle" content="关于第1号建议的答复">',
        '<meta name="articletitle" content="建议提案">',
    ]

    assert [said("".join(each))["title"] for each in permutations(elements)] == [
        ["关于第1号建议的答复", "建议提案"],
        ["建议提案", "关于第1号建议的答复"],
    ]


def test_the_evidence_is_the_name_and_the_content_as_printed() -> None:
    found = read_meta(parse("<meta name=pubDate content='2023——08——19 21:37'>"))["published_on"]

    evidence = found[0].evidence
    assert (evidence.rule, evidence.place, evidence.label, evidence.printed) == (
        "meta",
        "<meta>",
        "pubDate",
        "2023——08——19 21:37",
    )


def test_no_more_than_some_hundred_elements_are_looked_at() -> None:
    elements = "".join(f"<meta name=ArticleTitle content=第{at}号>" for at in range(5000))

    assert len(said(elements)["title"]) == 200
