"""What no parser bears is left out of a page, and nothing of its text."""

from __future__ import annotations

import re

import pytest

from replyarc.text.bearable import bearable
from replyarc.text.html import lines, parse

PAD = "清源市民政局答复" * 12
TIMES = 2_000


def text_of(page: str) -> str:
    root = parse(page).root
    assert root is not None
    return re.sub(r"\s", "", "".join(lines(root)))


@pytest.mark.parametrize(
    "stray", ["<td a=1>", "<tr a=1>", "</i a=1>", "<body a=1>", "<form a=1>", "</table><col a=1>"]
)
def test_tags_that_make_no_element_are_left_out_where_they_add_up(stray: str) -> None:
    page = bearable(f"<form><p>{(stray + PAD) * TIMES}")

    assert "a=1" not in page
    assert text_of(page) == PAD * TIMES


def test_text_beside_the_cells_of_a_table_costs_the_table_where_it_adds_up() -> None:
    page = f"<table>{f'<td>一</td></tr>{PAD}' * TIMES}"

    assert "<t" not in bearable(page)
    assert text_of(page) == f"一{PAD}" * TIMES


def test_a_lone_sign_beside_the_cells_of_a_table_is_text_too() -> None:
    page = f"<table>{f'<td>{PAD}</td></tr><' * TIMES}"

    assert "<t" not in bearable(page)


def test_tables_forms_and_a_few_strays_of_a_large_page_are_kept() -> None:
    rows = f"<tr><td class=a>{PAD}</td></tr>\n" * TIMES
    page = f"<body a=1><form></form><td b=2>二<table><tbody>{rows}</tbody></table></body>"

    assert bearable(page) == page


def test_a_small_page_is_left_as_it_is() -> None:
    page = "<td a=1>文</i a=1>" * 1_000

    assert bearable(page) == page


def test_many_elements_of_many_attributes_each_lose_them() -> None:
    crowd = " ".join(f"a{at}" for at in range(150))

    assert bearable(f"<p {crowd}>一</p>" * 500) == "<p>一</p>" * 500


def test_names_that_nest_together_too_deep_are_left_out_the_deepest_first() -> None:
    page = "<div>" * 3_000 + "<section>" * 4_000 + "<main>" * 2_500 + "文"

    assert bearable(page) == "<div>" * 3_000 + "<main>" * 2_500 + "文"


def test_ends_of_what_was_never_opened_let_nothing_nest() -> None:
    assert bearable("</div>" * 9_000 + "<div>" * 9_000 + "文") == "文"


def test_the_cells_of_a_table_that_is_left_out_are_left_out_too() -> None:
    assert bearable("<table><tr><td a=1>" * 9_000 + "文") == "文"


def test_more_names_than_there_are_elements_are_left_out_but_the_usual_ones() -> None:
    page = "<p>一</p>" * 2_000 + "".join(f"<x-{at}>" for at in range(3_000)) + "文"

    assert bearable(page) == "<p>一</p>" * 2_000 + "文"


def test_names_whose_attribute_has_come_too_near_nest_as_one() -> None:
    links = "".join(f'<ahref="/{at}.html">一</a>' for at in range(9_000))

    assert bearable(links) == "一</a>" * 9_000


def test_more_options_than_a_choice_can_have_are_left_out() -> None:
    choice = "<option value=1>一</option>"

    assert bearable(f"<select>{choice * 3_000}</select>") == f"<select>{'一' * 3_000}</select>"
    assert bearable(f"<select>{choice * 2_000}</select>") == f"<select>{choice * 2_000}</select>"
