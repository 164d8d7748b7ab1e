"""Which readings are one reply, and what follows from them: pure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replyarc.archive.identity import fingerprint, keys, normal_title, plain, replies, said
from replyarc.archive.readings import Reading, history, merge, outcome
from replyarc.model import Attachment, Contact, Kind, Outcome, Reply

LETTER = Reply(
    url="http://mz.gov.test/1.html",
    title="关于市十四届人大四次会议第012号建议的答复",
    index_number="000123456/2024-00012",
    document_number="某民函〔2024〕12号",
    kind=Kind.SUGGESTION,
    term=14,
    session=4,
    proposal_numbers=("012",),
    answered_by="某市民政局",
    text="张三代表：\n感谢您的建议。",
)
VAGUE = replace(LETTER, title="建议答复", term=None, proposal_numbers=(), document_number=None)
ELSEWHERE = "http://www.gov.test/xxgk/77.html"


def one(first: Reply, second: Reply) -> bool:
    return bool(keys(first) & keys(second))


def reading(url: str = "u", said: str = "a", seen: str = "1", **more: str | None) -> Reading:
    values: dict[str, str | None] = {
        "id": f"{url}{said}",
        "index_number": None,
        "source": "s",
        "sha256": "h",
        "flags": "[]",
        "first_seen_at": seen,
        "last_seen_at": seen,
        "first_read_at": seen,
        "last_read_at": seen,
    }
    return Reading(url=url, fingerprint=said, **(values | more))  # type: ignore[arg-type]  # str all


def test_what_is_not_said_is_no_part_of_the_fingerprint() -> None:
    seen = replace(LETTER, url=ELSEWHERE, source="other", sha256="x", version=7, flags=("f",))
    assert fingerprint(seen) == fingerprint(LETTER)


def test_everything_said_is_part_of_the_fingerprint() -> None:
    changes = [
        replace(LETTER, text="别的。"),
        replace(LETTER, contacts=(Contact("李四", ("0100-1",)),)),
        replace(LETTER, contacts=(Contact("李四"),)),
        replace(LETTER, attachments=(Attachment("附件", "http://mz.gov.test/a.pdf"),)),
        replace(LETTER, kind=None),
    ]
    assert len({fingerprint(change) for change in [LETTER, *changes]}) == 6


def test_a_field_that_says_nothing_leaves_no_trace() -> None:
    assert said(Reply(title="答复", contacts=(Contact("李四"),))) == (
        '{"contacts":[{"name":"李四"}],"title":"答复"}'
    )


def test_a_value_that_no_column_can_hold_is_a_bug() -> None:
    with pytest.raises(TypeError):
        plain({1, 2})


@pytest.mark.parametrize(
    "edited",
    [
        replace(LETTER, title="改过的题目", proposal_numbers=()),
        replace(LETTER, index_number=None, title="改过的题目", document_number=None),
        replace(LETTER, index_number="9/2024-9", proposal_numbers=(), document_number=None),
        replace(LETTER, index_number="9/2024-9", title="别的", proposal_numbers=()),
        replace(LETTER, index_number=None),
        replace(LETTER, url="https://mz.gov.test/1.html", text="改过。"),
    ],
    ids=["number", "proposal", "title", "document", "no number yet", "https"],
)
def test_at_one_address_one_thing_that_stays_is_enough(edited: Reply) -> None:
    assert one(LETTER, edited)


def test_an_address_given_to_another_document_holds_another_reply() -> None:
    other = replace(
        LETTER,
        index_number="000123456/2025-00099",
        document_number="某民函〔2025〕9号",
        title="关于市十五届人大一次会议第3号建议的答复",
        term=15,
        session=1,
        proposal_numbers=("3",),
    )
    assert not one(LETTER, other)


def test_without_an_index_number_the_address_is_enough() -> None:
    assert one(Reply(url="http://a.test/1", title="一"), Reply(url="http://a.test/1", title="二"))


def test_a_reply_without_any_address_has_no_key() -> None:
    assert keys(Reply(title="答复")) == frozenset()


@pytest.mark.parametrize(
    "copy",
    [
        replace(LETTER, proposal_numbers=("12",)),
        replace(LETTER, title="对012号建议的答复", document_number=None, text="张三代表：\n好。"),
    ],
    ids=["zeros", "title"],
)
def test_one_index_number_and_one_proposal_are_one_reply_anywhere(copy: Reply) -> None:
    assert one(LETTER, replace(copy, url=ELSEWHERE))


@pytest.mark.parametrize(
    "other",
    [
        replace(LETTER, proposal_numbers=("13",)),
        replace(LETTER, term=15),
        replace(LETTER, kind=Kind.PROPOSAL),
        replace(LETTER, answered_by="某市财政局"),
    ],
    ids=["number", "term", "kind", "unit"],
)
def test_one_index_number_on_two_proposals_does_not_make_them_one(other: Reply) -> None:
    assert not one(LETTER, replace(other, url=ELSEWHERE))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"text": "甲"}, {"text": "乙"}),
        ({"proposal_numbers": ("1",)}, {"proposal_numbers": ("2",)}),
        ({"proposal_titles": ("修路",)}, {"proposal_titles": ("架桥",)}),
        (
            {"proposal_titles": ("修路",), "addressees": ("张三",)},
            {"proposal_titles": ("修路",), "addressees": ("李四",)},
        ),
        ({"addressees": ("张三",), "text": "甲"}, {"addressees": ("张三",), "text": "乙"}),
    ],
)
def test_one_index_number_and_one_title_on_everything_merge_nothing(
    first: dict[str, object], second: dict[str, object]
) -> None:
    here = replace(VAGUE, **first)  # type: ignore[arg-type]  # fields of Reply
    there = replace(VAGUE, url=ELSEWHERE, **second)  # type: ignore[arg-type]  # fields of Reply
    assert not one(here, there)
    assert one(here, replace(here, url=ELSEWHERE))


def test_titles_are_compared_without_blanks_widths_and_points() -> None:
    assert normal_title("关于《修路》的 答复（Ａ）") == normal_title("关于“修路”的答复(a)")


NUMBERED = reading("1", index_number="A")
OTHER = reading("2", index_number="B")
COPY = reading("3")
CHAINED = reading("4")


def test_readings_are_joined_along_a_chain_of_keys() -> None:
    chain = {NUMBERED: {"url:a", "index:1"}, OTHER: {"index:1", "url:b"}, COPY: {"url:b"}}
    assert [set(group) for group in replies(chain)] == [{NUMBERED, OTHER, COPY}]


def test_readings_without_a_common_key_are_apart() -> None:
    assert len(replies({NUMBERED: {"url:a"}, OTHER: {"url:b"}})) == 2


def test_a_copy_without_an_index_number_joins_the_reply_that_it_is_a_copy_of() -> None:
    found = replies({NUMBERED: {"url:a", "copy:x"}, COPY: {"url:c", "copy:x"}})
    assert [set(group) for group in found] == [{NUMBERED, COPY}]


def test_a_document_number_never_joins_two_index_numbers() -> None:
    found = replies(
        {
            NUMBERED: {"url:a", "copy:x"},
            OTHER: {"url:b", "copy:y"},
            COPY: {"url:c", "copy:x"},
            CHAINED: {"url:c", "copy:y"},
        }
    )
    assert {frozenset(group) for group in found} == {
        frozenset({NUMBERED}),
        frozenset({OTHER}),
        frozenset({COPY, CHAINED}),
    }


def test_filings_of_one_reading_merge_in_any_order() -> None:
    early = reading(seen="1", source="old", sha256="1")
    late = reading(seen="2", source="new", sha256="2")
    merged = merge(early, late)
    assert merged == merge(late, early) == merge(merged, early) == merge(merged, late)
    assert (merged.first_seen_at, merged.last_seen_at, merged.source) == ("1", "2", "new")


def test_versions_are_numbered_in_the_order_in_which_they_came_up() -> None:
    found = history(
        [reading(said="b", seen="2"), reading(said="a", seen="3"), reading("v", "b", "1")]
    )
    assert [(version.url, version.fingerprint) for version in found.versions] == [
        ("v", "b"),
        ("u", "a"),
    ]
    assert found.id == "vb"
    assert (found.shown.fingerprint, found.version) == ("a", 2)


def test_what_is_shown_is_what_came_up_last_of_what_is_still_said() -> None:
    again = reading(said="a", seen="1", last_seen_at="9")
    found = history([again, reading(said="b", seen="5"), reading("v", "c", "3", last_seen_at="7")])
    assert {now.fingerprint for now in found.now} == {"a", "c"}
    assert (found.shown.fingerprint, found.last.fingerprint) == ("c", "a")


def test_of_two_readings_of_the_same_bytes_the_later_one_holds() -> None:
    reread = reading(said="b", seen="1", first_read_at="8", last_read_at="8")
    found = history([reading(said="z", seen="1"), reread])
    assert (found.id, found.shown.fingerprint, found.version) == ("uz", "b", 2)


FIRST = reading(said="a", seen="1")
EDITED = reading(said="b", seen="2")


@pytest.mark.parametrize(
    ("before", "after", "others", "expected"),
    [
        (None, FIRST, [], Outcome.NEW),
        (None, EDITED, [FIRST], Outcome.CHANGED),
        (None, reading("v", "a"), [FIRST], Outcome.SAME),
        (FIRST, replace(FIRST, last_seen_at="3"), [], Outcome.SAME),
        (FIRST, replace(FIRST, last_seen_at="3"), [EDITED], Outcome.CHANGED),
        (FIRST, FIRST, [EDITED], Outcome.SAME),
    ],
    ids=["first", "edited", "elsewhere", "again", "back to what it said", "filed twice"],
)
def test_what_a_filing_came_to(
    before: Reading | None, after: Reading, others: list[Reading], expected: Outcome
) -> None:
    assert outcome(before, after, [after, *others]) is expected
