"""How page numbers in addresses, forms and JSON are counted on."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.listing.asking import asked_by
from replyarc.listing.numbering import advance, after, counted, following, guesses, named
from replyarc.listing.places import Place
from replyarc.model import Page, Request

HOST = "http://www.qingyuan.gov.test"
COLUMN = f"{HOST}/jytabl/index.html"

SHAPES = (
    "/jytabl/index_{}.html",
    "/jytabl/{}.htm",
    "/jyta/list-12-{}.html",
    "/list.jsp?page={}&cat=5",
    "/list.jsp?cat=5&PAGENUM={}",
    "/a/%E5%85%B3/page/{}/",
    "/a?paramJson=%7B%22pageNo%22%3A{}%2C%22pageSize%22%3A15%7D",
    "/zxwyta/?{}",
)


def made(shape: str, number: int) -> Request:
    return Request(HOST + shape.format(number))


@given(st.sampled_from(SHAPES), st.integers(1, 9_000), st.integers(-40, 40).filter(bool))
def test_two_running_pages_lead_to_the_third(shape: str, number: int, step: int) -> None:
    low = max(0, 1 - number - step)  # the second page is never below 1
    found = following(made(shape, number + low), made(shape, number + low + step))
    expected = number + low + 2 * step
    if expected > 0:
        assert found == made(shape, expected)
    elif "?" not in shape or expected < 0:
        assert found is None


@given(st.integers(0, 500), st.integers(1, 100), st.integers(1, 30))
def test_several_numbers_go_on_each_by_its_own_step(start: int, size: int, page: int) -> None:
    def asked(number: int) -> Request:
        first = start + number * size
        form = (("startrecord", str(first)), ("endrecord", str(first + size)), ("kw", "a1"))
        body = json.dumps({"pageIndex": page + number, "size": 20})
        return Request(f"{HOST}/list?page={page + number}", form, body, referer=COLUMN)

    assert following(asked(0), asked(1)) == asked(2)
    assert advance(asked(0), asked(1), 7) == asked(8)
    assert following(asked(0), asked(1)).referer == COLUMN  # type: ignore[union-attr]  # it is one


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (Request(f"{HOST}/index.html"), Request(f"{HOST}/index_1.html")),
        (Request(f"{HOST}/a_1.html"), Request(f"{HOST}/b_2.html")),
        (Request(f"{HOST}/a_1.html"), Request("http://other.gov.test/a_2.html")),
        (Request(f"{HOST}/a_1.html"), Request(f"{HOST}/a_1.html")),
        (Request(f"{HOST}/2.htm"), Request(f"{HOST}/1.htm")),
        (Request(f"{HOST}/?p=1"), Request(f"{HOST}/?p=0")),
        (Request(f"{HOST}/a%E5_1.html"), Request(f"{HOST}/a%E6_2.html")),
        (Request(f"{HOST}/a", (("page", "1"),)), Request(f"{HOST}/a", (("pn", "2"),))),
        (Request(f"{HOST}/a", (("page", "1"),)), Request(f"{HOST}/a", (("page", ""),))),
    ],
)
def test_what_makes_no_sequence_leads_nowhere(one: Request, two: Request) -> None:
    assert following(one, two) is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_requests_of_any_text_raise_nothing(one: str, two: str) -> None:
    for left, right in (
        (Request(f"{HOST}/{one}"), Request(f"{HOST}/{two}")),
        (Request(HOST, json=one), Request(HOST, json=two)),
        (Request(HOST, (("a", one),)), Request(HOST, (("a", two),))),
    ):
        for further in (following(left, right), after(left, 31), advance(left, right, 5)):
            assert further is None or isinstance(further, Request)


@given(st.sampled_from(SHAPES), st.integers(1, 9_000))
def test_a_page_number_is_counted_on(shape: str, number: int) -> None:
    assert after(made(shape, number)) == made(shape, number + 1)


@pytest.mark.parametrize(
    ("asked", "pages", "expected"),
    [
        (Request(f"{HOST}/foo/30.htm"), 31, "/foo/29.htm"),
        (Request(f"{HOST}/foo/30.htm"), 40, "/foo/31.htm"),
        (Request(f"{HOST}/foo/2.htm"), 3, "/foo/3.htm"),
        (Request(f"{HOST}/foo_30.htm"), 31, "/foo_31.htm"),
        (Request(f"{HOST}/list.jsp?page=09"), None, "/list.jsp?page=10"),
        (Request(f"{HOST}/list.jsp?page=007&x=1"), None, "/list.jsp?page=008&x=1"),
        (Request(f"{HOST}/list.jsp?a12t=5&a12p=2"), None, "/list.jsp?a12t=5&a12p=3"),
        (Request(f"{HOST}/a/t20240102_123456.html"), None, None),
        (Request(f"{HOST}/a/index.html"), None, None),
        (Request(HOST), None, None),
    ],
)
def test_the_page_after_one_is_told_by_its_address(
    asked: Request, pages: int | None, expected: str | None
) -> None:
    found = after(asked, pages)
    assert (found.url.removeprefix(HOST) if found else None) == expected


def test_the_page_number_of_a_form_or_of_json_goes_before_that_of_the_address() -> None:
    form = Request(f"{HOST}/s?page=1", (("cat", "3"), ("pageIndex", "2")))
    assert after(form) == Request(f"{HOST}/s?page=1", (("cat", "3"), ("pageIndex", "3")))
    body = Request(f"{HOST}/s?page=1", json='{"params": {"pageIndex": "0", "pageSize": 10}}')
    assert after(body) == Request(
        f"{HOST}/s?page=1", json='{"params": {"pageIndex": "1", "pageSize": 10}}'
    )


def test_the_last_page_is_reached_from_the_first_two() -> None:
    first, second = Request(COLUMN), Request(f"{HOST}/jytabl/index_1.html")
    assert advance(first, second, 23) == Request(f"{HOST}/jytabl/index_24.html")
    assert advance(first, second, 1) == Request(f"{HOST}/jytabl/index_2.html")
    down = Request(f"{HOST}/foo/30.htm")
    assert advance(Request(f"{HOST}/foo.htm"), down, 29) == Request(f"{HOST}/foo/1.htm")
    assert advance(down, Request(f"{HOST}/foo/29.htm"), 29) is None
    assert advance(Request(f"{HOST}/a"), Request(f"{HOST}/b"), 3) is None


def urls(found: tuple[Request, ...]) -> list[str]:
    assert all(request.referer == found[0].referer for request in found)
    return [request.url.removeprefix(HOST) for request in found]


@pytest.mark.parametrize(
    ("path", "html", "expected"),
    [
        (
            "/a/list.shtml",
            "",
            ["/a/list_1.shtml", "/a/list_2.shtml", "/a/index_1.shtml", "/a/index_2.shtml"],
        ),
        ("/a/index.htm", "", ["/a/index_1.htm", "/a/index_2.htm"]),
        ("/a/", "", ["/a/index_1.html", "/a/index_2.html"]),
        ("/a/", "<a href=t1.shtml><a href='t2.shtml'>", ["/a/index_1.shtml", "/a/index_2.shtml"]),
        ("/a/1.html", "", ["/a/2.html", "/a/1_1.html", "/a/1_2.html", "/a/index_1.html"]),
        ("/a/2163.html", "", ["/a/2163_1.html", "/a/2163_2.html", "/a/index_1.html"]),
        ("/list.jsp", "", ["/list.jsp?page=2"]),
        ("/list.jsp?cat=5&pageNo=1", "", ["/list.jsp?cat=5&pageNo=2"]),
    ],
)
def test_second_pages_are_guessed_the_likeliest_first(
    path: str, html: str, expected: list[str]
) -> None:
    found = guesses(Page(HOST + path, html))
    assert urls(found)[: len(expected)] == expected
    assert found[0].referer == HOST + path
    assert len(found) <= 6
    joint = "&" if "?" in path else "?"
    assert urls(found)[-1] == f"{path}{joint}page=2" or len(found) == 6


def test_after_a_guess_that_held_its_number_is_counted_on() -> None:
    column = Page(COLUMN, "")
    second = asked_by(column, "index_1.html")
    (third,) = guesses(Page(second.url, "", second))
    assert (third.url, third.referer) == (f"{HOST}/jytabl/index_2.html", COLUMN)
    assert named(Page(second.url, "", second), ["x.html"]) == (third,)
    odd = asked_by(column, "more.html")
    assert guesses(Page(odd.url, "", odd)) == named(Page(odd.url, "", odd), ["x"]) == ()


@pytest.mark.parametrize(
    ("last", "pages", "expected"),
    [
        ("/jytabl/index_9.html", 9, ["/jytabl/index_2.html", "/jytabl/index_1.html"]),
        ("/jytabl/index_8.html", 9, ["/jytabl/index_1.html", "/jytabl/index_2.html"]),
        ("/jytabl/index_8.html", None, ["/jytabl/index_1.html", "/jytabl/index_2.html"]),
        ("/jytabl/p_9.html", None, ["/jytabl/p_1.html", "/jytabl/p_2.html"]),
        ("/jytabl/index/1.html", 31, ["/jytabl/index/30.html"]),
        ("/list.jsp?page=7", 7, ["/list.jsp?page=2"]),
        ("/jytabl/end.html", 9, ["/jytabl/index_1.html"]),
        ("/a.jsp?page=0", None, ["/a.jsp?page=1", "/a.jsp?page=2"]),
    ],
)
def test_the_address_of_the_last_page_tells_that_of_the_second(
    last: str, pages: int | None, expected: list[str]
) -> None:
    found = guesses(Page(COLUMN, ""), Place(1, pages), HOST + last)
    assert urls(found)[: len(expected)] == expected


def test_a_page_in_the_middle_is_counted_on_from_its_own_number() -> None:
    page = Page(f"{HOST}/jytabl/index_3.html", "")
    assert urls(guesses(page, Place(4, 9))) == ["/jytabl/index_4.html"]
    assert guesses(Page(COLUMN, ""), Place(4, 9)) == ()


def test_a_total_ends_guessing_one_page_after_it_may_end() -> None:
    column = Page(COLUMN, "")
    names = ["index_1.html", "index_2.html"]
    assert counted(column, 1, names) == (None, ())
    following, guessed = counted(column, 5, names)
    assert (following, len(guessed)) == (None, 2)

    def on(name: str) -> tuple[Request | None, tuple[Request, ...]]:
        request = asked_by(column, name)
        return counted(Page(request.url, "", request), 5, names)

    assert on("index_3.html") == (Request(f"{HOST}/jytabl/index_4.html"), ())
    assert on("index_4.html") == (None, (Request(f"{HOST}/jytabl/index_5.html"),))
    assert on("index_5.html") == (None, ())
    assert on("more.html") == (None, ())
