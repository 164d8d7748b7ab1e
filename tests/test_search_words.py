"""The language of queries: what is read from them, what fits, and what the index is asked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.archive.schema import row_of
from replyarc.archive.words import IN_TITLE, OFTEN_IN_TEXT, SOMEWHERE, Wanted, read
from replyarc.model import Attachment, Contact, Kind, Reply
from replyarc.text.bigrams import OFTEN, OFTEN_TIMES, TITLE

ROW: dict[str, Any] = row_of(
    Reply(
        url="http://mz.gov.test/1.html",
        title="关于第0198号建议的答复：养老",
        text="尊敬的李代表：\n农村养老 服务，见 http://mz.gov.test/a，12:30 起；ＡＢ类。",
        publisher="清源市民政局",
        answered_by="清源市人民政府",
        index_number="01404053X/2023-00861",
        document_number="清民发〔2023〕118号",
        kind=Kind.SUGGESTION,
        term=14,
        keywords=("助残", "托育"),
        proposal_numbers=("0198", "200"),
        contacts=(Contact("张三", ("0730-1",)),),
        attachments=(Attachment("台账.xlsx", "http://mz.gov.test/t.xlsx"),),
    )
)


def has(query: str) -> bool:
    return read(query).rank(ROW) is not None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("养老", [("养老", False)]),
        ("养老 农村", [("养老", False), ("农村", False)]),
        ("养老\u3000农村\t道路", [("养老", False), ("农村", False), ("道路", False)]),
        ('"养老 服务"', [("养老 服务", False)]),
        ("“养老 服务”", [("养老 服务", False)]),
        ('"养老 服务', [("养老 服务", False)]),
        ("-收费 养老", [("收费", True), ("养老", False)]),
        ("－收费", [("收费", True)]),
        ('-"要 收费"', [("要 收费", True)]),
        ("养老 养老", [("养老", False)]),
        ("-", [("-", False)]),
        ("- 养老", [("-", False), ("养老", False)]),
        ("2023-00861", [("2023-00861", False)]),
        ("http://mz.gov.test/a", [("http://mz.gov.test/a", False)]),
        ("12:30", [("12:30", False)]),
        ("注意：养老", [("注意:养老", False)]),
        ("标题:", [("标题:", False)]),
        ('养"老', [('养"老', False)]),
        ('"标题:养老"', [("标题:养老", False)]),
        ('"" 养老', [("养老", False)]),
        ("ＡＢ\u3000①", [("ab", False), ("1", False)]),
        ("a\udc80", [("a\ufffd", False)]),
    ],
)
def test_words_are_read(query: str, expected: list[tuple[str, bool]]) -> None:
    words = read(query).words
    assert [(word.form, word.without) for word in words] == expected
    assert {word.columns for word in words} == {("title", "text")}


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("title:养老", ("title",)),
        ("标题：养老", ("title",)),
        ("TITLE:养老", ("title",)),
        ('正文:"养老 服务"', ("text",)),
        ("publisher:民政", ("publisher", "answered_by")),
        ("发布机构:民政", ("publisher",)),
        ("number:198", ("proposal_numbers",)),
        ("index:01404053X", ("index_number",)),
        ("document:118", ("document_number",)),
        ("发文字号:118", ("document_number",)),
        ("-keywords:助残", ("keywords",)),
        ("proposal_titles:路", ("proposal_titles",)),
        ("建议提案号:1", ("proposal_numbers",)),
    ],
)
def test_a_field_is_named_by_its_key_or_its_heading(query: str, columns: tuple[str, ...]) -> None:
    (word,) = read(query).words
    assert word.columns == columns
    assert word.without is query.startswith("-")


@pytest.mark.parametrize("query", ["", "  ", '""', "“”", '-""'])
def test_a_query_without_a_word_is_refused(query: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        read(query)


@pytest.mark.parametrize(
    "query",
    [
        *(
            "养老",
            "农村 养老",
            '"养老 服务"',
            "ab类",
            "Ａｂ",
            "代表:",
            "http://mz.gov.test/a",
            "12:30",
        ),
        *("-道路", "养老 -道路", '-"养老服务"', "。", "养老 -title:农村", "，"),
        *("title:0198", "text:农村", "publisher:民政局", "publisher:人民政府", "kind:建议"),
        *("term:14", "keywords:托育", "主题词:助残", "contacts:张三", "附件:台账", "url:gov.test"),
        *(
            "number:198",
            "number:第0198号",
            "number:200",
            "index:01404053x／2023",
            "index:2023－00861",
        ),
        *("document:[2023]118", "document:清民发（2023）", "发文字号:〔2023〕118"),
    ],
)
def test_a_row_fits(query: str) -> None:
    assert has(query)


@pytest.mark.parametrize(
    "query",
    [
        *("道路", "养老 道路", "养老服务", '"养老  服务"', "-养老", "-道路 -农村", "title:农村"),
        *("text:0198", "发布机构:人民政府", "number:19", "number:98", "number:1", "topic:民政"),
        *("-number:198", "-publisher:政府", "keywords:助残托育", 'keywords:","', "index:2024"),
    ],
)
def test_a_row_does_not_fit(query: str) -> None:
    assert not has(query)


def row(title: str, text: str) -> dict[str, str]:
    return {"title": title, "text": text}


@pytest.mark.parametrize(
    ("query", "title", "text", "expected"),
    [
        ("养老", "养老", "", IN_TITLE),
        ("养老 道路", "道路养老", "", IN_TITLE),
        ("养老 道路", "道路", "养老", SOMEWHERE),
        ("养老", "", "养老，" * OFTEN_TIMES, OFTEN_IN_TEXT),
        ("养老", "", "养老，" * (OFTEN_TIMES - 1), SOMEWHERE),
        ("养老 道路", "", "养老，道路" * OFTEN_TIMES, OFTEN_IN_TEXT),
        ("养老 道路", "", "养老，" * OFTEN_TIMES + "道路", SOMEWHERE),
        ("养", "", "养" * OFTEN_TIMES, SOMEWHERE),
        ("养 道路", "养道路", "", IN_TITLE),
        ("title:养老", "养老", "", IN_TITLE),
        ("-养老", "", "", IN_TITLE),
        ("养老", "", "", None),
    ],
)
def test_hits_are_ranked(query: str, title: str, text: str, expected: int | None) -> None:
    wanted = read(query)
    assert wanted.rank(row(title, text)) == expected
    assert expected is None or expected in wanted.ranks


@pytest.mark.parametrize(
    ("query", "rank", "expected"),
    [
        ("养老", SOMEWHERE, '"养老"'),
        ("养老", IN_TITLE, f'"{TITLE}养老"'),
        ("养老", OFTEN_IN_TEXT, f'"{OFTEN}养老" AND "养老"'),
        ("农", SOMEWHERE, '"农"*'),
        ("title:养老院", SOMEWHERE, f'"{TITLE}养老" AND "{TITLE}老院"'),
        ("text:养老", IN_TITLE, '"养老"'),
        ("养老 养老院 -道路 publisher:民政", SOMEWHERE, '"养老" AND "老院"'),
        ("。。 养老", SOMEWHERE, '"。。" AND "养老"'),
        ("， -养老 publisher:民政", SOMEWHERE, None),
    ],
)
def test_the_index_is_asked_for_what_every_hit_has(
    query: str, rank: int, expected: str | None
) -> None:
    assert read(query).match(rank) == expected


def test_a_long_phrase_asks_the_index_no_more_than_it_bears() -> None:
    phrase = "".join(map(chr, range(0x4E00, 0x4E00 + 2000)))
    asked = read(phrase).match(SOMEWHERE)
    assert asked is not None
    assert asked.count(" AND ") < 100


def test_what_is_shown_of_a_hit_are_the_words_that_may_stand_there() -> None:
    wanted = read("养老 -道路 title:农村 text:服务 publisher:民政")
    assert wanted.sought("title") == ("养老", "农村")
    assert wanted.sought("text") == ("养老", "服务")
    assert wanted.columns == ("title", "text", "publisher", "answered_by")


@given(st.text(st.one_of(st.sampled_from('养老 -"“”:：标题title－'), st.characters()), max_size=30))
def test_a_query_is_read_or_refused_whatever_it_is(query: str) -> None:
    try:
        wanted = read(query)
    except ValueError:
        assert not query.split() or {*'"“'} & {*query}
        return
    assert isinstance(wanted, Wanted)
    wanted.rank(ROW)
    for rank in wanted.ranks:
        assert "\n" not in (wanted.match(rank) or "")
