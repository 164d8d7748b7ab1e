"""The pagers of any site: words, numbers, scripts, and what is printed of the place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.errors import ListingError
from replyarc.listing import nextlink
from replyarc.listing.asking import asked_by
from replyarc.listing.places import Place, place_of, read_place
from replyarc.listing.ways import way_on
from replyarc.model import Listing, Page, Request, Source

ROOT = "http://mzj.qingyuan.gov.test"
URL = f"{ROOT}/jytabl/index.html"
ROWS = "".join(
    f'<li><a href="202306/t20230628_{n}.html">关于市八届人大第{n}号建议的答复</a>2023-06-28</li>'
    for n in range(10, 20)
)


def source(**options: str) -> Source:
    return Source(name="qingyuan", publisher="清源市民政局", urls=(URL,), options=options)


def read(pager: str, url: str = URL, **options: str) -> Listing:
    return nextlink.read(Page(url, f"<ul>{ROWS}</ul><div>{pager}</div>"), source(**options))


def turned(pager: str, url: str = URL) -> str | None:
    way = read(pager, url).next
    return way.url.removeprefix(f"{ROOT}/jytabl/") if way else None


def guessed(pager: str, url: str = URL) -> list[str]:
    return [guess.url.removeprefix(f"{ROOT}/jytabl/") for guess in read(pager, url).guesses]


def shows(pager: str, url: str = URL) -> bool:
    return nextlink.shows(Page(url, f"<ul>{ROWS}</ul><div>{pager}</div>"))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("共 1630 条 当前第 2 / 163 页", (2, 163, 1630)),
        ("共21条 1/3", (1, 3, 21)),
        ("共50记录", (None, None, 50)),
        ("总记录数:50", (None, None, 50)),
        ("总共5页", (None, 5, None)),
        ("第1页/共65页", (1, 65, None)),
        ("页次：1/65", (1, 65, None)),
        ("共31页 到第 页 跳转", (None, 31, None)),
        ("总数：123", (None, None, 123)),
        ("共 496 条记录，每页20条", (None, 25, 496)),
        ("共496条，每页显示 20 条 当前第3页", (3, 25, 496)),
        ("共１２３条　第２／７页", (2, 7, 123)),
        ("共1,630条", (None, None, 1630)),
        ("总页数：5 当前页：2", (2, 5, None)),
        ("总计12篇", (None, None, 12)),
        ("记录总数 99", (None, None, 99)),
        ("共12345678条", (None, None, None)),
        ("总数：1000000000", (None, None, None)),
        ("每页20条", (None, None, None)),
        ("第八届共有代表", (None, None, None)),
    ],
)
def test_the_place_is_read_however_it_is_printed(
    text: str, place: tuple[int | None, int | None, int | None]
) -> None:
    assert read_place(text) == place


def test_the_place_is_looked_for_beside_the_pager() -> None:
    far = "共99条记录" + "正文" * 400
    assert place_of(Page(URL, f"<p>{far}</p><p>共5页 <a>下一页</a></p>")).entries is None
    assert place_of(Page(URL, f"<p>{far}</p><p>共5页 <a>尾页</a></p>")) == Place(None, 5, None)
    assert place_of(Page(URL, f"<p>{far}</p>")).entries == 99


@pytest.mark.parametrize(
    ("pager", "expected"),
    [
        ("<a href='javascript:;' onclick=\"toPage('list_2.html')\">下一页</a>", "list_2.html"),
        ("<a href=\"javascript:toPage('list_2.html?a=1')\">下一页</a>", "list_2.html?a=1"),
        ("<a onclick=\"location.href='?page=2'\">下一页</a>", "index.html?page=2"),
        ("<span onclick=\"go('list_2.html')\">下一页</span>", "list_2.html"),
        ("<li onclick=\"go('list_2.html')\"><span><b>下一页</b></span></li>", "list_2.html"),
        ("<button onclick=\"go('list_2.html')\">下一页</button>", "list_2.html"),
        (
            "<b>1</b><a href=i_2.html>2</a><a href=i_3.html>3</a>…<a href=i_65.html>65</a>",
            "i_2.html",
        ),
        ("<a rel=next href=i_2.html>2</a>", "i_2.html"),
        ("<link rel=next href=i_2.html>", "i_2.html"),
        ("<a href=./>1</a><a href=i_2.html>2</a>", "i_2.html"),
        ("<a href=index.html>1</a><a href=i_2.html>２</a>", "i_2.html"),
        ("<ul><li>1<li><a href=i_2.html>[2]</a><li><a href=i_3.html>[3]</a></ul>", "i_2.html"),
        ("<a href='javascript:;'>下一页</a><b>1</b><a href=i_2.html>2</a>", "i_2.html"),
        ("<a href=/zt/9.html>2</a><a href=/zt/8.html>3</a>", None),
        ("<a class=next href=/zt/9.html><i></i></a>", None),
        ("<a href=/>&gt;</a>", None),
        ("<a href='javascript:;'>2</a>", None),
        ("<a href=http://www.qingyuan.gov.test/jytabl/i_2.html>2</a>", None),
    ],
)
def test_ways_without_a_plain_link_are_read(pager: str, expected: str | None) -> None:
    assert turned(pager) == expected
    assert shows(pager) == (expected is not None)


def numbers(this: int, shown: list[int]) -> str:
    return " ".join(f"<b>{n}</b>" if n == this else f"<a href=i_{n}.html>{n}</a>" for n in shown)


@given(st.integers(2, 40), st.integers(1, 40))
def test_numbers_lead_through_the_whole_listing_and_end_with_it(pages: int, this: int) -> None:
    this = min(this, pages)
    shown = sorted({1, pages, *range(max(1, this - 2), min(pages, this + 2) + 1)})
    own = URL if this == 1 else f"{ROOT}/jytabl/i_{this}.html"
    pager = numbers(this, shown)
    assert turned(pager, own) == (f"i_{this + 1}.html" if this < pages else None)
    assert guessed(pager, own) == []
    assert shows(pager, own)


def test_numbers_may_stand_in_a_folder_of_the_address() -> None:
    pager = "".join(f'<a href="/list/jyta/{n}/195.html">{n}</a>' for n in (2, 3))
    column = f"{ROOT}/list/jyta/auto/195.html"
    assert read(f"<b>1</b>{pager}", column).next == Request(f"{ROOT}/list/jyta/2/195.html")
    second = '<a href="/list/jyta/auto/195.html">1</a><b>2</b><a href="/list/jyta/3/195.html">3</a>'
    found = read(second, f"{ROOT}/list/jyta/2/195.html")
    assert (found.next, found.this) == (Request(f"{ROOT}/list/jyta/3/195.html"), 2)


@pytest.mark.parametrize(
    "pager",
    [
        "<a href=i_1.html>上一页</a><span>下一页</span>",
        "上一页 下一页 尾页",
        "<a href='javascript:;' class='page-disabled'>下一页</a>",
        "<li class=disabled><a href=#>下一页</a></li>",
        "<span class=NextDisabled>下页</span>",
        "<a href=index.html>下一页</a>",
        "<a href=i_1.html>1</a><a href=i_2.html>2</a><b>3</b>",
        "第3/3页 <a href=i_9.html>下一页</a>",
        "第4页 共3页 <a href=i_9.html>下一页</a>",
        "共1页",
        "<em>下一页</em>",
    ],
)
def test_the_last_page_is_known_by_its_pager(pager: str) -> None:
    found = read(pager)
    assert (found.next, found.guesses) == (None, ())
    assert shows(pager)


@pytest.mark.parametrize(
    "pager",
    [
        "<a href='javascript:;'>下一页</a>",
        "<a href='javascript:go(2)' data-page=2>下一页</a>",
        "<a href=#>下一页</a>",
        "<a>下一页</a>",
        "第1/5页",
        "共50条 <span>下一页</span>",
        "共50条",
        "<span>下一页</span><a href='javascript:;'>下一页</a>",
    ],
)
def test_a_way_on_that_leads_nowhere_is_no_end(pager: str) -> None:
    found = read(pager)
    assert found.next is None
    assert guessed(pager)[:2] == ["index_1.html", "index_2.html"]
    assert found.guesses[0].referer == URL


@pytest.mark.parametrize(
    "pager", ["<a href='javascript:;'>下一页</a>", "第1/5页", "", "<p>What comes next for us?</p>"]
)
def test_a_page_with_no_way_that_can_be_named_is_not_of_this_family(pager: str) -> None:
    assert not shows(pager)


def test_the_last_page_s_address_tells_how_many_there_are() -> None:
    both = "<b>1</b><a href=i_2.html>2</a><a href=i_2.html>下一页</a><a href=i_{}.html>尾页</a>"
    assert read(both.format(9)).pages == 9
    assert read(both.format(2)).pages == 2
    assert read(both.format("2_9")).pages is None
    assert read("<a href=i_2.html>下一页</a><a href=i_9.html>尾页</a>").pages is None
    assert read("<b>1</b><a href=a.html>2</a><a href=z.html>尾页</a>").pages is None
    dead = "第1/9页 <a href='javascript:;'>下一页</a><a href=list_9.html>末页</a>"
    assert guessed(dead)[0] == "list_2.html"


def test_a_guessed_page_is_counted_on_until_it_says_that_it_is_the_last() -> None:
    column = Page(URL, "")
    dead = "<a href='javascript:;'>下一页</a>"

    def on(name: str, place: str) -> Listing:
        request = asked_by(column, name)
        return nextlink.read(Page(request.url, f"<ul>{ROWS}</ul>{place}{dead}", request), source())

    assert on("index_1.html", "第2/3页").guesses == (Request(f"{ROOT}/jytabl/index_2.html"),)
    assert on("index_2.html", "第3/3页").guesses == ()


def test_a_page_in_the_middle_from_which_nothing_leads_on_is_an_alarm() -> None:
    with pytest.raises(ListingError, match=r"no link to the page after 2 of 5\. Set options\.next"):
        read("第2/5页 <a href='javascript:;'>下一页</a>")
    with pytest.raises(ListingError, match="no link to the page after 1 of 5"):
        read("第1/5页 <a class=a href=i_2.html>x</a>", next="a.b")
    assert read("第1/5页 <a class=a href=i_2.html>x</a>", next="a.a").next == Request(
        f"{ROOT}/jytabl/i_2.html"
    )
    assert way_on(Page(URL, "<a href=i_2.html>下一页</a>"), source(next="a.b")).ended


@pytest.mark.parametrize(
    "html",
    [
        "<a href=i_2.html>2</a>" * 10_000,
        "<span>下一页</span>" * 30_000,
        "<span>" * 20_000 + "下一页",
        "<a onclick=\"go('" + "a" * 200_000 + "')\">下一页</a>",
        "<b>1</b><a href=i_2.html>下一页</a><a href=i_" + "9" * 5_000 + ".html>尾页</a>",
        "共" + "1," * 50_000 + "条",
        "第" + " " * 100_000 + "1/5页",
    ],
)
def test_no_pager_costs_more_than_it_is_worth(html: str) -> None:
    began = time.perf_counter()
    way_on(Page(URL, html))
    assert time.perf_counter() - began < 5
