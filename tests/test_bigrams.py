"""Pairs of characters: the normal form, the tokens, and what is asked for of them."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.text.bigrams import OFTEN, OFTEN_TIMES, TITLE, asked, normal, pairs, runs, tokens
from replyarc.text.excerpts import Excerpt, excerpts, marked

ODD = st.one_of(
    st.sampled_from("养老农村道路、。，：（）０Ａａ\u3000 \n\t-\"'*^"),
    st.sampled_from(
        "\0\x80\x81\x85\u0301\u0308\u3099ﾞｶ\u212a\u2126ſßİıΣςσ①㈱ﬁ½가\u1100\u1161\u11a8\u2028\ufdfa"
    ),
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("😀👨\u200d👩\U00020000\U000e0001\ue000\ufffe\uffff"),
)
TEXTS = st.text(ODD, max_size=40)


@given(TEXTS)
def test_a_normal_form_is_that_of_unicode_in_lower_case(text: str) -> None:
    assert normal(text) == unicodedata.normalize("NFKC", text).lower()


@given(TEXTS)
def test_every_character_of_a_run_begins_a_token(text: str) -> None:
    form = normal(text)
    found = pairs(form)
    assert {token[0] for token in found} == set("".join(runs(form)))
    assert all(1 <= len(token) <= 2 and token in form for token in found)
    assert found.total() == sum(map(len, runs(form)))


@given(TEXTS, TEXTS)
def test_fts5_takes_every_token_for_one(title: str, letter: str) -> None:
    every = tokens(title, letter)
    with closing(sqlite3.connect(":memory:")) as db:
        options = "content = '', detail = none, columnsize = 0, tokenize = 'ascii'"
        db.execute(f"create virtual table found using fts5 (tokens, {options})")
        db.execute("create virtual table held using fts5vocab (found, instance)")
        db.execute("insert into found (rowid, tokens) values (1, ?)", [" ".join(every)])
        assert {term for (term,) in db.execute("select term from held")} == every


@given(TEXTS, TEXTS, TEXTS)
def test_a_text_has_all_that_a_part_of_it_asks_for(before: str, word: str, after: str) -> None:
    form = normal(before + word + after)
    held = tokens("", before + word + after)
    if normal(word) in form:
        assert all(_is_held(term, held) for term in asked(normal(word)))


def _is_held(term: str, held: set[str]) -> bool:
    token = term.strip('"*')
    return token in held or (term.endswith("*") and any(each.startswith(token) for each in held))


def test_titles_and_what_stands_often_in_a_letter_are_marked() -> None:
    found = tokens("道路", "养老" * OFTEN_TIMES + "，农村")
    assert {TITLE + "道路", TITLE + "路", OFTEN + "养老", "农村", "道路"} <= found
    assert not {TITLE + "养老", OFTEN + "农村", OFTEN + "道路"} & found
    assert OFTEN + "养老" not in tokens("", "养老" * (OFTEN_TIMES - 1))


def test_what_is_asked_for_is_quoted_and_asked_for_once() -> None:
    assert asked("哈哈哈") == ['"哈哈"']
    assert asked('a"b and c*', TITLE) == [
        f'"{TITLE}{each}' for each in ('a"*', 'b"*', 'an"', 'nd"', 'c"*')
    ]
    assert asked(" -*\"'") == []


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("关于养老的答复，养老院", "养老", ["养老", "养老"]),
        ("ＡＢ㈱①", "(株)", ["㈱"]),
        ("一①二", "1二", ["①二"]),
        ("caf\u0065\u0301 au", "\u00e9", ["e\u0301"]),
        ("ｶﾞス", "ガ", ["ｶﾞ"]),
        ("İzmir", "i", ["İ", "i"]),
        ("农村", "道路", []),
        ("养老养老", "养老", ["养老养老"]),
        ("aΑΣ", "ς", ["aΑΣ"]),
    ],
)
def test_what_stands_in_a_text_is_marked_in_its_own_spelling(
    text: str, word: str, expected: list[str]
) -> None:
    found = marked(text, [normal(word)])
    assert [found.text[first:last] for first, last in found.marks] == expected


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_marks_lie_in_their_text_in_order_and_hold_a_word(text: str, words: list[str]) -> None:
    forms = [normal(word) for word in words]
    for each in [marked(text, forms), *excerpts(text, forms)]:
        assert text[each.at : each.at + len(each.text)] == each.text
        ends = [0, *(place for mark in each.marks for place in mark), len(each.text)]
        assert ends == sorted(ends)
        for first, last in each.marks:
            piece = normal(each.text[first:last])
            assert first < last
            assert any(form and form in piece for form in forms)


@given(st.text("养老农村，。\n", max_size=200), st.sampled_from(["养老", "农", "老农村"]))
def test_excerpts_show_a_word_wherever_a_paragraph_has_it(text: str, word: str) -> None:
    found = excerpts(text, [word])
    assert bool(found) == any(word in line for line in text.split("\n"))
    assert all(each.text[first:last].count(word) for each in found for first, last in each.marks)
    assert all(each.marks for each in found)


def test_excerpts_show_different_words_rather_than_one_again() -> None:
    text = "\n".join(["养老", "养老", "养老", "农村", "道路"])
    found = excerpts(text, ["养老", "农村", "道路"])
    assert [each.text for each in found] == ["养老", "农村", "道路"]
    assert [each.at for each in found] == [0, 9, 12]


def test_an_excerpt_of_a_long_paragraph_is_cut_around_the_word() -> None:
    (found,) = excerpts("前" * 100 + "养老" + "后" * 100, ["养老"])
    assert found == Excerpt("前" * 30 + "养老" + "后" * 30, ((30, 32),), 70)
