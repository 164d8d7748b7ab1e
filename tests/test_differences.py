"""What differs between two letters: every sentence accounted for, and never much work."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.text import differences as module
from replyarc.text.differences import MOST_SENTENCES, Sign, Step, differences, sentences

TEXT = st.lists(st.sampled_from(["甲", "乙乙", "3", "。", "！", "；", "\n", "”", "丙丁"])).map(
    "".join
)


def shown(steps: list[Step]) -> list[tuple[str, str]]:
    return [(str(step.sign), step.text or str(step.times)) for step in steps]


def test_a_text_is_parted_where_its_sentences_end() -> None:
    text = "顾明远代表：\n您提的建议收悉。是吗？“好！”同意；\n\n清源市民政局"
    assert sentences(text) == [
        "顾明远代表：",
        "您提的建议收悉。",
        "是吗？",
        "“好！”",
        "同意；",
        "清源市民政局",
    ]


def test_a_number_that_changed_is_marked_in_both_whole_sentences() -> None:
    steps = differences("全市新增床位1200张，投入3万元。", "全市新增床位1500张，投入4万元。")
    assert [(step.sign, [step.text[a:b] for a, b in step.marks]) for step in steps] == [
        (Sign.REMOVED, ["1200", "3"]),
        (Sign.ADDED, ["1500", "4"]),
    ]


def test_what_stayed_is_folded_but_for_a_sentence_beside_the_change() -> None:
    many = "".join(f"第{n}句。" for n in range(1, 9))
    steps = differences(many, many.replace("第5句。", "第5句。添了一句话。"))
    assert shown(steps) == [
        ("…", "4"),
        (" ", "第5句。"),
        ("+", "添了一句话。"),
        (" ", "第6句。"),
        ("…", "2"),
    ]


def test_a_sentence_that_went_and_one_that_came_are_no_pair_unless_they_are_alike() -> None:
    steps = differences("开头。完全不同的旧句子。", "开头。这里另写新内容！")
    assert shown(steps)[1:] == [("-", "完全不同的旧句子。"), ("+", "这里另写新内容！")]
    assert not any(step.marks for step in steps)


def test_breaks_alone_are_no_difference() -> None:
    assert differences("甲。乙。", "甲。\n 乙。") == []


@given(TEXT, TEXT)
def test_both_texts_can_be_put_together_from_the_steps(old: str, new: str) -> None:
    steps = differences(old, new, context=10_000)
    if sentences(old) == sentences(new):
        assert steps == []
        return
    assert [s.text for s in steps if s.sign in (Sign.SAME, Sign.REMOVED)] == sentences(old)
    assert [s.text for s in steps if s.sign in (Sign.SAME, Sign.ADDED)] == sentences(new)


@given(TEXT, TEXT, st.integers(0, 3))
def test_no_sentence_is_lost_by_folding(old: str, new: str, context: int) -> None:
    steps = differences(old, new, context=context)
    kept = sum(step.times for step in steps if step.sign is not Sign.ADDED)
    assert kept in (0, len(sentences(old))) or not steps
    for step in steps:
        assert all(0 <= begin < end <= len(step.text) for begin, end in step.marks)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("甲。" * 50_000, "甲。乙。" * 50_000),
        ("甲" * 200_000, "甲乙" * 200_000),
        ("".join(f"{n}甲。" for n in range(3_000)), "".join(f"{n}乙。" for n in range(3_000))),
        ("甲。" * 900, "乙。甲。" * 450),
    ],
)
def test_hostile_texts_are_compared_with_bounded_work(
    old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []

    class Counting(SequenceMatcher[Any]):
        def __init__(self, junk: None, a: Any, b: Any, **more: bool) -> None:
            compared.append(len(a) * len(b))
            super().__init__(junk, a, b, **more)

    monkeypatch.setattr(module, "SequenceMatcher", Counting)
    assert differences(old, new)
    assert max(compared, default=0) <= max(MOST_SENTENCES**2, 2_000**2)
    assert len(compared) <= 2_600


def test_of_a_very_long_sentence_what_changed_is_marked_as_one_piece() -> None:
    old = "".join(f"{n}甲" for n in range(module._MOST_TOKENS)) + "。"
    new = old.replace("7甲", "乙", 1).replace("19甲", "丙", 1)
    removed, added = (step for step in differences(old, new) if step.marks)
    ((at, end),) = removed.marks
    assert old[:at] == new[: added.marks[0][0]]
    assert old[end:] == new[added.marks[0][1] :]
    assert (old[at:end].startswith("7"), old[at:end].endswith("19甲")) == (True, True)
