"""The parts of a letter that stand right outside the element that holds it."""

from __future__ import annotations

import pytest

from replyarc.extract.content import find_content
from replyarc.text.html import parse

ASKED = "您提出的《关于修桥的建议》收悉，现答复如下："
DONE = "已经修好三座，其余两座明年动工。"
SIGNED = ("青禾市民政局", "2023年7月3日")


def found(before: str, letter: tuple[str, ...], behind: str = "", around: str = "{}") -> list[str]:
    """The lines of a letter in an element of the table, with this before it and behind."""
    element = "".join(f"<p>{line}</p>" for line in letter)
    html = f"{before}<div id=zoom>{element}</div>{behind}"
    place = find_content(parse(around.format(html)))
    assert place is not None
    return [*place.lines]


@pytest.mark.parametrize(
    ("before", "around"),
    [
        ("<div><h1>某题</h1><p>张三、李四代表：</p></div>", "{}"),
        ("<p>张三、李四代表：</p><p></p><!-- 正文 -->", "{}"),
        ("张三、李四代表：", "<div>{}</div>"),
        ("", "<p>张三、李四代表：</p><div><div>{}</div></div>"),
    ],
)
def test_the_salutation_may_stand_in_the_block_of_the_title(before: str, around: str) -> None:
    assert found(before, (ASKED, DONE), "", around) == ["张三、李四代表：", ASKED, DONE]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "<h1>关于第12号建议的答复</h1>",
        f"<p>{'张' * 120}代表：</p>",
        f"<p>张三代表：{ASKED}</p>",
        "<p>张三代表：</p><p>首页</p>",
        "<script>张三代表：</script>",
    ],
)
def test_another_line_above_a_letter_is_not_its_salutation(before: str) -> None:
    assert found(before, (ASKED, DONE)) == [ASKED, DONE]


@pytest.mark.parametrize(
    "first", [f"李四代表：{ASKED}", "建议已收悉", "关于修桥一事。收悉后即研究"]
)
def test_a_letter_that_begins_by_itself_needs_no_salutation_from_above(first: str) -> None:
    expected = [first] if "建议已" not in first else ["张三代表：", first]

    assert found("<p>张三代表：</p>", (first, ASKED)) == [*expected, ASKED]


def test_nothing_far_above_is_asked_for_a_salutation() -> None:
    around = "<p>张三代表：</p>" + "<div>" * 4 + "{}" + "</div>" * 4

    assert found("", (ASKED, DONE), "", around) == [ASKED, DONE]
    assert found("<p>张三代表：</p>" + "<i></i>" * 40, (ASKED, DONE)) == [ASKED, DONE]


@pytest.mark.parametrize(
    "behind",
    [
        "<div style='float:right'>青禾市民政局<br>2023年7月3日</div><div>分享到：</div>",
        "<br><p>青禾市民政局</br>2023年7月3日</p>",
    ],
)
def test_organ_and_day_may_float_behind_the_letter(behind: str) -> None:
    assert found("", ("张三代表：", ASKED, DONE), behind)[-2:] == [*SIGNED]
    assert found("", ("张三代表：", ASKED, DONE, "特此函复"), behind)[-2:] == [*SIGNED]


@pytest.mark.parametrize(
    ("letter", "behind"),
    [
        ((*SIGNED, "此件公开。"), "<div>青禾市财政局<br>2023年7月4日</div>"),
        ((DONE,), "<div>青禾市民政局</div>"),
        ((DONE,), "<div>2023年7月3日</div>"),
        ((DONE,), "<div>青禾市民政局<br>2023年7月3日<br>打印</div>"),
        ((DONE,), f"<div>{'青禾市' * 40}民政局<br>2023年7月3日</div>"),
        ((DONE,), "<div>分享到：</div><div>青禾市民政局<br>2023年7月3日</div>"),
        (("近年来，全市投入",), "<div>青禾市民政局<br>2023年7月3日</div>"),
        ((DONE,), ""),
    ],
)
def test_another_block_behind_a_letter_does_not_sign_it(
    letter: tuple[str, ...], behind: str
) -> None:
    assert found("", ("张三代表：", ASKED, *letter), behind) == ["张三代表：", ASKED, *letter]


def test_the_sources_own_element_is_the_whole_letter() -> None:
    html = f"<p>张三代表：</p><div id=a><p>{ASKED}</p><p>{DONE}</p></div>"
    place = find_content(parse(html), "#a")

    assert place is not None
    assert place.lines == (ASKED, DONE)


def test_an_element_that_speaks_only_in_a_program_holds_no_letter() -> None:
    assert find_content(parse(f"<div id=zoom><script>张三代表：{ASKED}</script></div>")) is None
