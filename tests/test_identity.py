"""Which readings are one reply, and what follows from them: pure."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from replyarc.archive.editions import Standing, history, outcome
from replyarc.archive.grouping import replies
from replyarc.archive.identity import fingerprint, keys, own_number, plain, said
from replyarc.archive.readings import Capture, Reading, merge
from replyarc.model import Attachment, Contact, Kind, Outcome, Reply, Role
from replyarc.text.normal import normal_title

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


def capture(seen: str = "1", sha256: str = "h", **more: str | int | None) -> Capture:
    instants = {"first_seen_at": seen, "last_seen_at": seen}
    read = {"first_read_at": seen, "last_read_at": seen}
    return Capture(sha256=sha256, **(instants | read | more))  # type: ignore[arg-type]  # by name


def reading(
    url: str = "u",
    said: str = "a",
    seen: str = "1",
    *,
    letters: int = 100,
    source: str = "s",
    index_number: str | None = None,
    sha256: str | None = None,
    **more: str | int | None,
) -> Reading:
    """A reading found in bytes of its own, unless ``sha256`` names them."""
    return Reading(
        id=f"{url}{said}",
        url=url,
        fingerprint=said,
        says=said.upper(),
        letters=letters,
        index_number=index_number,
        source=source,
        flags="[]",
        captures=(capture(seen, sha256 or f"bytes of {said}", **more),),
    )


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


UNNUMBERED = replace(
    LETTER,
    index_number=None,
    document_number=None,
    title="对第1号建议的答复",
    session=None,
    proposal_numbers=("1",),
    text="张三代表：\n您提出的关于增设社区食堂的建议收悉，经与区商务局研究。现答复如下，请予审查。\n谢谢。",
)
ANOTHER = replace(
    UNNUMBERED,
    title="对第2号建议的答复",
    proposal_numbers=("2",),
    text="李四代表：\n您提出的关于整修河堤步道并增设路灯的建议已经收到。谢谢。",
)


@pytest.mark.parametrize(
    "edited",
    [
        replace(ANOTHER, title=UNNUMBERED.title),
        replace(ANOTHER, proposal_numbers=("01",)),
        replace(ANOTHER, text="更正：\n" + UNNUMBERED.text),
        replace(ANOTHER, document_number="某民函〔2024〕12号"),
        replace(ANOTHER, term=14, session=4),
    ],
    ids=["title", "number", "a sentence of the letter", "document number", "proposal"],
)
def test_without_an_index_number_one_thing_that_stays_at_an_address_is_enough(
    edited: Reply,
) -> None:
    before = replace(
        UNNUMBERED,
        document_number=edited.document_number,
        term=edited.term,
        session=edited.session,
        proposal_numbers=edited.proposal_numbers if edited.session else ("1",),
    )
    assert one(before, edited)


def test_an_address_that_shows_another_letter_holds_another_reply_number_or_none() -> None:
    assert not one(UNNUMBERED, ANOTHER)
    assert not one(UNNUMBERED, replace(ANOTHER, text="谢谢。"))


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
    assert (merged.first_seen_at, merged.last.last_seen_at, merged.source) == ("1", "2", "new")
    assert [each.sha256 for each in merged.captures] == ["1", "2"]


def test_versions_are_numbered_in_the_order_in_which_they_were_seen() -> None:
    found = history(
        [reading(said="b", seen="2"), reading(said="a", seen="3"), reading("v", "b", "1")]
    )
    assert [(each.reading.url, each.reading.fingerprint) for each in found.editions] == [
        ("v", "b"),
        ("u", "a"),
    ]
    assert found.id == "vb"
    assert (found.shown.reading.fingerprint, found.shown.number) == ("a", 2)


def test_what_is_shown_is_what_came_up_last_of_what_is_still_said() -> None:
    again = reading(said="a", seen="1", last_seen_at="9")
    found = history([again, reading(said="b", seen="5"), reading("v", "c", "3", last_seen_at="7")])
    assert {now.fingerprint for now in found.now} == {"a", "c"}
    assert (found.shown.reading.fingerprint, found.last.fingerprint) == ("c", "a")


def test_of_two_readings_of_the_same_bytes_the_later_one_holds_and_makes_no_version() -> None:
    first = reading(said="z", seen="1", sha256="h")
    reread = reading(said="b", seen="1", sha256="h", first_read_at="8", last_read_at="8")
    found = history([first, reread])
    assert (found.id, found.shown.reading.fingerprint, found.shown.number) == ("uz", "b", 1)
    assert found.standings == {first: Standing.SUPERSEDED, reread: Standing.HOLDS}
    assert found.changed_at == "8"


def test_bytes_that_say_nothing_new_make_no_version() -> None:
    counted = replace(reading(said="b", seen="2"), says="A")
    found = history([reading(said="a", seen="1"), counted])
    assert [each.reading.fingerprint for each in found.editions] == ["a"]
    assert (found.shown.number, found.last.fingerprint) == (1, "b")


FULL = reading(said="full", seen="1", letters=1000)
SHORT = reading(said="short", seen="2", letters=299)


def test_a_much_shorter_letter_is_put_aside_and_not_shown() -> None:
    found = history([SHORT, FULL])
    assert found.standings[SHORT] is Standing.ASIDE
    assert (found.shown.reading, found.now, found.last) == (FULL, (FULL,), SHORT)
    assert history([FULL, replace(SHORT, letters=300)]).shown.number == 2
    later = reading(said="short", seen="0", letters=299)
    assert history([FULL, later]).shown.reading == FULL
    assert len(history([FULL, later]).editions) == 2


def test_a_short_letter_that_was_there_first_does_not_come_back_in_place_of_the_full_one() -> None:
    short = reading(said="short", seen="1", letters=53, last_seen_at="3")
    full = reading(said="full", seen="2", letters=268)
    found = history([short, full])
    assert (found.shown.reading, len(found.editions)) == (full, 2)
    assert (
        outcome(
            short,
            [replace(short, captures=(capture(sha256="bytes of short"),)), full],
            [short, full],
        )
        is Outcome.ASIDE
    )
    (kept,) = short.captures
    accepted = replace(short, captures=(replace(kept, accepted=1),))
    assert history([accepted, full]).shown.reading == accepted


def test_a_much_shorter_letter_that_a_person_accepted_is_shown_and_is_the_measure_from_then() -> (
    None
):
    (found,) = SHORT.captures
    accepted = replace(SHORT, captures=(replace(found, accepted=1),))
    after = reading(said="after", seen="3", letters=200)
    assert history([FULL, accepted]).shown.reading == accepted
    assert history([FULL, accepted, after]).shown.reading == after


def test_a_reading_of_the_same_bytes_that_lost_most_of_the_letter_does_not_take_over() -> None:
    full = reading(said="full", seen="1", letters=1000, sha256="h")
    lost = reading(said="lost", seen="1", letters=9, sha256="h", last_read_at="7")
    found = history([full, lost])
    assert found.standings == {full: Standing.HOLDS, lost: Standing.ASIDE}
    accepted = replace(lost, captures=(replace(lost.captures[0], accepted=1),))
    assert history([full, accepted]).standings[full] is Standing.SUPERSEDED


def test_a_reading_that_was_superseded_binds_nothing() -> None:
    wrong = reading(said="wrong", seen="1", sha256="h")
    right = reading(said="right", seen="1", sha256="h", last_read_at="5")
    other = reading("v", "other", "2")
    bound = {wrong: {"index:same"}, right: {"index:mine"}, other: {"index:same"}}
    assert {frozenset(group) for group in replies(bound)} == {
        frozenset({wrong, right}),
        frozenset({other}),
    }


def test_of_what_was_only_told_the_latest_telling_is_shown() -> None:
    told = '{"id": "theirs", "version": 3, "changed_at": "c", "gone_at": null}'
    first = replace(reading(said="a", seen="1"), told=told.replace("3", "2"))
    last = replace(reading(said="b", seen="2"), told=told)
    found = history([last, first])
    assert (found.id, found.changed_at, found.told) == ("theirs", "c", json.loads(told))
    assert [each.number for each in found.editions] == [2, 3]
    seen = replace(last, told=None)
    assert history([seen, first]).id == "ua"
    assert merge(last, seen).told is None is merge(seen, last).told


def test_what_an_export_told_of_two_replies_stays_two_until_a_page_is_seen() -> None:
    one, two = (
        replace(reading(said=said), told=json.dumps({"id": said})) for said in ("first", "second")
    )
    assert len(replies({one: {"url:a"}, two: {"url:a"}})) == 2
    seen = reading(said="seen")
    assert len(replies({one: {"url:a"}, two: {"url:a"}, seen: {"url:a"}})) == 1


FIRST = reading(said="a", seen="1")
EDITED = reading(said="b", seen="2")
AGAIN = reading(said="a", seen="1", last_seen_at="3")


@pytest.mark.parametrize(
    ("after", "before", "group", "expected"),
    [
        (FIRST, [], [FIRST], Outcome.NEW),
        (EDITED, [FIRST], [FIRST, EDITED], Outcome.CHANGED),
        (reading("v", "a"), [FIRST], [FIRST, reading("v", "a")], Outcome.SAME),
        (AGAIN, [FIRST], [AGAIN], Outcome.SAME),
        (AGAIN, [FIRST, EDITED], [AGAIN, EDITED], Outcome.CHANGED),
        (FIRST, [FIRST, EDITED], [FIRST, EDITED], Outcome.SAME),
        (SHORT, [FULL], [FULL, SHORT], Outcome.ASIDE),
    ],
    ids=["first", "edited", "elsewhere", "again", "back to what it said", "filed twice", "short"],
)
def test_what_a_filing_came_to(
    after: Reading, before: list[Reading], group: list[Reading], expected: Outcome
) -> None:
    assert outcome(after, before, group) is expected


WORDS = replace(
    LETTER,
    index_number=None,
    document_number=None,
    text="张三代表：\n" + "、".join(f"第{n}项工作已经完成" for n in range(20)),
)


def test_a_letter_word_for_word_is_one_reply_wherever_it_moves() -> None:
    moved = replace(WORDS, url=ELSEWHERE, text=WORDS.text + "\n浏览次数：9")
    assert one(WORDS, moved)
    assert one(WORDS, replace(moved, index_number=LETTER.index_number))
    assert one(
        replace(WORDS, term=None, proposal_numbers=()),
        replace(moved, term=None, proposal_numbers=()),
    )


@pytest.mark.parametrize(
    "other",
    [
        replace(WORDS, text=WORDS.text.replace("张三", "李四")),
        replace(WORDS, proposal_numbers=("13",)),
        replace(WORDS, session=5),
    ],
    ids=["addressee", "proposal", "session"],
)
def test_a_form_letter_on_another_matter_is_another_reply(other: Reply) -> None:
    assert not one(WORDS, replace(other, url=ELSEWHERE))


def test_few_words_are_no_letter_that_could_be_known_again() -> None:
    brief = replace(WORDS, text="您好，答复见附件。")
    assert not one(brief, replace(brief, url=ELSEWHERE))


BATCH = "990123006/2019-00001"
BATCHED = replace(WORDS, index_number=BATCH)


@pytest.mark.parametrize(
    "copy",
    [
        replace(BATCHED, role=Role.LEAD),
        replace(BATCHED, kind=None),
        replace(BATCHED, answered_by="市民政局"),
        replace(BATCHED, index_number=BATCH.replace("/", "-")),
        replace(BATCHED, index_number=None),
        replace(BATCHED, index_number="000000000/0000-00000"),
    ],
    ids=["role", "kind", "unit", "separator", "no number", "a filler for a number"],
)
def test_one_letter_is_one_reply_though_a_site_prints_less_of_it(copy: Reply) -> None:
    assert one(BATCHED, replace(copy, url=ELSEWHERE))


@pytest.mark.parametrize("number", [BATCH, "000000000/0000-00000", "XXXXXXXXX/2023-00001", None])
@pytest.mark.parametrize(
    "other",
    [
        replace(BATCHED, session=None, text=WORDS.text.replace("完成", "开展")),
        replace(BATCHED, proposal_numbers=("0000",), text=WORDS.text.replace("完成", "开展")),
        replace(BATCHED, title="关于市十四届人大四次会议第012号建议的补充答复", text="另行说明。"),
    ],
    ids=["a number of another year", "no number at all", "a further answer"],
)
def test_two_letters_are_two_replies_whatever_number_a_site_prints(
    number: str | None, other: Reply
) -> None:
    first = replace(other, text=WORDS.text, title=other.title.replace("补充", ""))
    first = replace(first, index_number=number)
    assert not one(first, replace(other, index_number=number, url=ELSEWHERE))


@pytest.mark.parametrize(
    "filler",
    [
        "000000000/0000-00000",
        "00000000-0-00-0000",
        "000000000/2019-00000",
        "111111111/1111-11111",
        "XXXXXXXXX/2023-00001",
        "123456789/2023-00000",
        None,
    ],
)
def test_what_only_fills_the_place_of_a_number_is_none(filler: str | None) -> None:
    assert own_number(filler) is None


def test_every_real_index_number_is_one(corpus: Path) -> None:
    lines = (corpus / "domain" / "index_numbers.txt").read_text("utf-8").splitlines()
    numbers = {line.split("\t")[0].strip() for line in lines if line and not line.startswith("#")}
    assert len(numbers) > 20
    assert [number for number in numbers if own_number(number) is None] == []
