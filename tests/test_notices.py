"""Titles of notices, and of what must never be taken for one: tests/notices.tsv, a line a case."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.listing.notices import is_notice

TABLE = Path(__file__).parent / "notices.tsv"
TITLES = [
    (row["title"], row["notice"] == "yes")
    for row in csv.DictReader(TABLE.read_text("utf-8").splitlines(), delimiter="\t")
]


@pytest.mark.parametrize(("title", "notice"), TITLES)
def test_a_title_is_a_notice_beyond_doubt_or_none(title: str, notice: bool) -> None:
    assert is_notice(title) is notice


@pytest.mark.parametrize(
    "title", ["２０２３年建议提案　目　录", " 2023年 建议提案\n目录", "2023年建议提案目录（6月）"]
)
def test_widths_blanks_and_a_tail_make_no_difference(title: str) -> None:
    assert is_notice(title)


@given(st.sampled_from([title for title, notice in TITLES if notice]), st.integers(1, 99999))
def test_what_has_the_number_of_a_proposal_is_no_notice(title: str, number: int) -> None:
    assert not is_notice(f"第{number}号提案{title}")
    assert not is_notice(f"{title}答复")


@given(
    st.text(
        alphabet="关于对的市人大政协建议提案办理工作情况报告目录通知召开会2023年（）#", max_size=140
    )
)
def test_any_title_is_read_in_time_and_without_an_error(title: str) -> None:
    assert is_notice(title) in (True, False)


def test_a_title_as_long_as_a_letter_is_no_notice() -> None:
    assert not is_notice("办理" * 60 + "工作的通知")


def test_no_real_reply_is_called_a_notice(corpus: Path) -> None:
    domain = corpus / "domain"
    lines = (domain / "titles.txt").read_text("utf-8").splitlines()
    cited = (domain / "cited_replies.tsv").read_text("utf-8").splitlines()[1:]
    listed = (domain / "pds_reply_listing.jsonl").read_text("utf-8").splitlines()
    titles = [
        *lines,
        *(line.partition("\t")[0] for line in cited),
        *(str(json.loads(line)["title"]) for line in listed[:20]),
    ]
    assert len(titles) > 90
    assert [title for title in titles if is_notice(title)] == []


def test_real_notices_are_told(corpus: Path) -> None:
    listed = (corpus / "domain" / "pds_reply_listing.jsonl").read_text("utf-8").splitlines()
    titles = [str(json.loads(line)["title"]) for line in listed[20:]]
    assert sum(map(is_notice, titles)) >= 8
