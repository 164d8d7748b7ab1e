"""Turning the pages of one listing: to the end, over holes, and never in circles."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from replyarc.errors import Gone, ListingError, Unreachable
from replyarc.model import Entry, Request, Response, Source
from replyarc.pages import MOST_PAGES, Pages

HOST = "http://www.gov.test"
COLUMN = f"{HOST}/jytabl/index.html"
AT = datetime(2024, 5, 1, tzinfo=UTC)
EMPTY = "<html><body><ul></ul></body></html>"


def rows(*numbers: int, folder: str = "/jytabl/2024") -> str:
    made = "".join(
        f'<li><a href="{folder}/t20240102_{n}.html">关于市八届人大二次会议第{n:03}号建议的答复</a>'
        f"<span>2024-01-02</span></li>"
        for n in numbers
    )
    return f"<ul>{made}</ul>"


def trs(this: int, pages: int, *numbers: int) -> str:
    return f'{rows(*numbers)}<script>createPageHTML({pages}, {this}, "index", "html")</script>'


def ucap(this: int, pages: int, total: int, *numbers: int) -> str:
    call = f"createPageHTML('page_div', {pages}, {this}, 'index', 'html', {total})"
    return f"{rows(*numbers)}<script>{call}</script>"


def linked(onward: str, *numbers: int) -> str:
    return f'{rows(*numbers)}<a href="{onward}">下一页</a>'


class Site:
    """Answers by path; what is a list is answered in turn, its last for ever."""

    def __init__(self, pages: dict[str, str | Sequence[str | Exception] | Exception]) -> None:
        self.pages = {
            path: deque([page] if isinstance(page, str | Exception) else page)
            for path, page in pages.items()
        }
        self.asked: list[str] = []

    async def answer(self, request: Request) -> Response:
        path = request.url.removeprefix(HOST)
        self.asked.append(path.removeprefix("/jytabl/"))
        if path not in self.pages:
            raise Gone(request.url, "the site answers 404", status=404)
        pages = self.pages[path]
        page = pages.popleft() if len(pages) > 1 else pages[0]
        if isinstance(page, Exception):
            raise page
        return Response(
            request=request,
            url=request.url,
            status=200,
            headers=(),
            body=page.encode(),
            fetched_at=AT,
        )


def pages_of(site: Site, family: str = "auto", known: str | None = None, **more: object) -> Pages:
    source = Source(name="a", publisher="b", urls=(COLUMN,), family=family, **more)  # type: ignore[arg-type]  # the test knows the fields
    return Pages(source, COLUMN, site.answer, AT, known)


async def turned(pages: Pages) -> list[list[int]]:
    found = []
    while (listing := await pages.turn()) is not None:
        found.append([number_of(entry) for entry in listing.entries])
    return found


def number_of(entry: Entry) -> int:
    return int(entry.url.rpartition("_")[2].removesuffix(".html"))


async def test_pages_are_turned_to_the_last_and_no_further() -> None:
    site = Site(
        {
            "/jytabl/index.html": trs(0, 3, 9, 8),
            "/jytabl/index_1.html": trs(1, 3, 7, 6),
            "/jytabl/index_2.html": trs(2, 3, 5),
        }
    )
    pages = pages_of(site)
    assert await turned(pages) == [[9, 8], [7, 6], [5]]
    assert pages.at_end
    assert pages.family == "trs"
    assert max(site.asked) == "index_2.html"


async def test_a_listing_that_says_its_total_is_asked_for_page_by_page() -> None:
    site = Site(
        {
            "/jytabl/index.html": ucap(1, 3, 5, 9, 8),
            "/jytabl/index_2.html": ucap(2, 3, 5, 7, 6),
            "/jytabl/index_3.html": ucap(3, 3, 5, 5),
        }
    )
    pages = pages_of(site)
    assert await turned(pages) == [[9, 8], [7, 6], [5]]
    assert not pages.shifted
    assert site.asked == ["index.html", "index_2.html", "index_3.html"]


async def test_one_that_says_none_is_looked_at_from_both_ends() -> None:
    site = Site(
        {
            "/jytabl/index.html": trs(0, 4, 9, 8),
            "/jytabl/index_1.html": trs(1, 4, 7, 6),
            "/jytabl/index_2.html": trs(2, 4, 5, 4),
            "/jytabl/index_3.html": trs(3, 4, 3),
        }
    )
    pages = pages_of(site)
    await turned(pages)
    assert not pages.shifted
    numbers = [path[5:-5].strip("_") for path in site.asked]
    assert numbers == ["", "3", "1", "2", "3", ""]
    site.asked.clear()
    again = pages_of(site, known="trs")  # such a walk seldom goes beyond the second page
    await turned(again)
    assert not again.shifted
    assert [path[5:-5].strip("_") for path in site.asked] == ["", "1", "3", "2", "3", ""]


async def test_what_slips_onto_the_first_page_before_the_last_was_looked_at_is_found() -> None:
    site = Site(
        {
            # 9 is taken away right after the first page was read
            "/jytabl/index.html": [trs(0, 3, 9, 8), trs(0, 3, 8, 7)],
            "/jytabl/index_1.html": trs(1, 3, 6, 5),
            "/jytabl/index_2.html": trs(2, 3, 4),
        }
    )
    pages = pages_of(site)
    assert await turned(pages) == [[9, 8], [6, 5], [4], [7]]
    assert pages.shifted


async def test_where_neither_a_total_nor_a_last_page_is_known_a_shift_cannot_be_excluded() -> None:
    site = Site(
        {
            "/jytabl/index.html": linked("b.html", 9, 8),
            "/jytabl/b.html": linked("c.html", 7, 6),
            "/jytabl/c.html": linked("d.html", 5, 4),
            "/jytabl/d.html": rows(3),
        }
    )
    pages = pages_of(site)
    await turned(pages)
    assert pages.at_end
    assert pages.shifted


async def test_of_three_pages_the_two_before_the_last_seen_again_tell_of_a_shift() -> None:
    second = [linked("c.html", 7, 6), linked("c.html", 7, 5)]  # 6 was taken down meanwhile
    site = Site(
        {
            "/jytabl/index.html": linked("b.html", 9, 8),
            "/jytabl/b.html": second,
            "/jytabl/c.html": rows(4),
        }
    )
    pages = pages_of(site)
    assert 5 in [number for page in await turned(pages) for number in page]
    assert pages.shifted


async def test_of_two_pages_the_first_one_seen_again_tells_of_a_shift() -> None:
    first, second = linked("b.html", 9, 8), rows(7)
    pages = pages_of(Site({"/jytabl/index.html": first, "/jytabl/b.html": second}))
    await turned(pages)
    assert pages.at_end
    assert not pages.shifted
    moved = [first, linked("b.html", 9, 7)]  # 8 was taken down, and 7 moved up meanwhile
    pages = pages_of(Site({"/jytabl/index.html": moved, "/jytabl/b.html": rows(6)}))
    assert 7 in [number for page in await turned(pages) for number in page]
    assert pages.shifted


async def test_a_page_that_was_empty_for_a_moment_is_asked_for_again() -> None:
    site = Site(
        {
            "/jytabl/index.html": trs(0, 3, 9, 8),
            "/jytabl/index_1.html": [EMPTY, trs(1, 3, 7, 6)],
            "/jytabl/index_2.html": trs(2, 3, 5),
        }
    )
    pages = pages_of(site)
    assert await turned(pages) == [[9, 8], [7, 6], [5]]
    assert pages.at_end
    assert pages.holes == []


HOLES = {
    "an empty page": EMPTY,
    "a page again": trs(0, 4, 9, 8),
    "no page": Gone(f"{HOST}/jytabl/index_2.html", "404", status=404),
    "an error": Unreachable(f"{HOST}/jytabl/index_2.html", "503", status=503),
}


@pytest.mark.parametrize("hole", HOLES.values(), ids=HOLES)
async def test_a_page_in_the_middle_that_brings_nothing_is_a_hole(hole: str | Exception) -> None:
    site = Site(
        {
            "/jytabl/index.html": trs(0, 4, 9, 8),
            "/jytabl/index_1.html": trs(1, 4, 7, 6),
            "/jytabl/index_2.html": hole,
            "/jytabl/index_3.html": trs(3, 4, 3),
        }
    )
    pages = pages_of(site)
    assert await turned(pages) == [[9, 8], [7, 6], [3]]
    assert not pages.at_end
    assert len(pages.holes) == 1
    assert "index_2.html" in pages.holes[0]


async def test_the_second_page_may_be_the_hole() -> None:
    site = Site(
        {
            "/jytabl/index.html": trs(0, 3, 9, 8),
            "/jytabl/index_1.html": EMPTY,
            "/jytabl/index_2.html": trs(2, 3, 5),
        }
    )
    pages = pages_of(site)
    assert await turned(pages) == [[9, 8], [5]]
    assert "index_1.html" in pages.holes[0]


async def test_two_pages_running_that_bring_nothing_are_an_error_where_more_are_announced() -> None:
    site = Site(
        {
            "/jytabl/index.html": trs(0, 9, 9, 8),
            "/jytabl/index_1.html": trs(1, 9, 7, 6),
            "/jytabl/index_2.html": EMPTY,
            "/jytabl/index_3.html": EMPTY,
        }
    )
    pages = pages_of(site)
    with pytest.raises(ListingError, match="no entry"):
        await turned(pages)
    assert not pages.at_end
    assert len(site.asked) < 10


async def test_two_pages_running_that_bring_nothing_end_a_listing_of_unknown_length() -> None:
    again = rows(7, 6)
    site = Site(
        {
            "/jytabl/index.html": linked("?page=2", 9, 8),
            "/jytabl/index.html?page=2": linked("?page=3", 7, 6),
            "/jytabl/index.html?page=3": f'{again}<a href="?page=4">下一页</a>',
            "/jytabl/index.html?page=4": f'{again}<a href="?page=5">下一页</a>',
        }
    )
    pages = pages_of(site)
    assert await turned(pages) == [[9, 8], [7, 6]]
    assert pages.at_end


async def test_a_pager_that_points_back_is_an_error() -> None:
    site = Site(
        {
            "/jytabl/index.html": linked("b.html", 9, 8),
            "/jytabl/b.html": linked("index.html", 7, 6),
        }
    )
    with pytest.raises(ListingError, match="leads back"):
        await turned(pages_of(site))


async def test_a_second_page_that_is_promised_and_is_the_first_again_is_an_error() -> None:
    first = linked("?page=2", 9, 8)
    site = Site(
        {
            "/jytabl/index.html": first,
            "/jytabl/index.html?page=2": first,
            "/jytabl/index.html?page=3": first,
        }
    )
    with pytest.raises(ListingError, match="no entry that the pages before it do not show"):
        await turned(pages_of(site))


async def test_a_promised_page_that_is_not_there_is_an_error() -> None:
    site = Site({"/jytabl/index.html": linked("b.html", 9, 8)})
    with pytest.raises(ListingError, match=r"no page that it promises.*404"):
        await turned(pages_of(site))


async def test_what_slips_onto_the_page_before_is_found_where_the_site_grows_shorter() -> None:
    site = Site(
        {
            # while it is walked, 8 is taken away: 6 moves to the second page's place
            "/jytabl/index.html": [ucap(1, 3, 5, 9, 8), ucap(1, 2, 4, 9, 7)],
            "/jytabl/index_2.html": ucap(2, 2, 4, 6, 5),
        }
    )
    pages = pages_of(site)
    assert await turned(pages) == [[9, 8], [7, 6, 5]]
    assert pages.at_end
    assert pages.shifted


async def test_a_last_page_that_vanished_with_its_entries_is_no_hole() -> None:
    site = Site(
        {
            "/jytabl/index.html": ucap(1, 3, 5, 9, 8),
            "/jytabl/index_2.html": [ucap(2, 3, 5, 7, 6), ucap(2, 2, 4, 6, 5)],
        }
    )
    pages = pages_of(site)
    assert await turned(pages) == [[9, 8], [7, 6], [5]]
    assert pages.at_end
    assert pages.holes == []


async def test_a_shift_is_noticed_by_the_last_page_where_no_total_tells() -> None:
    site = Site(
        {
            "/jytabl/index.html": trs(0, 4, 9, 8),
            "/jytabl/index_1.html": trs(1, 4, 7, 6),
            "/jytabl/index_2.html": trs(2, 4, 4, 3),
            "/jytabl/index_3.html": [trs(3, 4, 3, 2), trs(3, 4, 2)],
        }
    )
    pages = pages_of(site)
    assert await turned(pages) == [[9, 8], [7, 6], [4, 3], [2]]
    assert pages.at_end
    assert pages.shifted


async def test_a_family_whose_second_page_is_not_there_gives_way_to_another() -> None:
    old = '<script>createPageHTML(9, 0, "old", "html")</script>'
    site = Site(
        {
            "/jytabl/index.html": linked("b.html", 9, 8) + old,
            "/jytabl/b.html": f"{rows(7)}第2/2页",
        }
    )
    pages = pages_of(site)
    assert await turned(pages) == [[9, 8], [7]]
    assert pages.family == "nextlink"
    assert pages.at_end


async def test_the_family_known_from_the_last_time_is_tried_first() -> None:
    old = '<script>createPageHTML(9, 0, "old", "html")</script>'
    site = Site(
        {
            "/jytabl/index.html": linked("b.html", 9, 8) + old,
            "/jytabl/b.html": f"{rows(7)}第2/2页",
        }
    )
    pages = pages_of(site, known="nextlink")
    assert await turned(pages) == [[9, 8], [7]]
    assert site.asked[:2] == ["index.html", "b.html"]


async def test_a_page_that_no_family_knows_is_gone_on_with_as_sites_usually_do() -> None:
    site = Site(
        {
            "/jytabl/index.html": plain(9, 8),
            "/jytabl/index_2.html": plain(7, 6),
            "/jytabl/index_3.html": plain(5),
        }
    )
    pages = pages_of(site)
    found = await turned_plain(pages)
    assert found == [[9, 8], [7, 6], [5]]
    assert pages.family == "numbered"
    assert pages.at_end


async def test_a_guess_that_was_empty_for_a_moment_is_asked_again() -> None:
    site = Site(
        {
            "/jytabl/index.html": plain(9, 8),
            "/jytabl/index_1.html": [EMPTY, plain(7, 6)],
            "/jytabl/index_2.html": plain(5),
        }
    )
    pages = pages_of(site)
    assert await turned_plain(pages) == [[9, 8], [7, 6], [5]]
    assert pages.at_end


async def test_a_guess_that_brings_the_home_page_is_none() -> None:
    home = rows(1, 2, 3, folder="/xwzx/zwyw/2024")
    site = Site({"/jytabl/index.html": plain(9, 8), "/jytabl/index_1.html": home})
    pages = pages_of(site)
    assert await turned_plain(pages) == [[9, 8]]
    assert pages.family == "single"
    assert pages.at_end


async def test_a_page_that_says_there_are_more_and_leads_nowhere_is_an_error() -> None:
    site = Site({"/jytabl/index.html": f'{plain(9, 8)}<a href="javascript:;">下一页</a>第1/65页'})
    with pytest.raises(ListingError, match="65"):
        await turned_plain(pages_of(site))


async def test_max_pages_is_no_end() -> None:
    site = Site(
        {
            "/jytabl/index.html": trs(0, 3, 9, 8),
            "/jytabl/index_1.html": trs(1, 3, 7, 6),
        }
    )
    pages = pages_of(site, max_pages=2)
    assert await turned(pages) == [[9, 8], [7, 6]]
    assert not pages.at_end


async def test_a_calendar_that_never_ends_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_PAGES >= 1_000
    monkeypatch.setattr("replyarc.pages.MOST_PAGES", 5)
    days = {f"/jytabl/index.html?page={n}": linked(f"?page={n + 1}", 2 * n) for n in range(2, 20)}
    site = Site({"/jytabl/index.html": linked("?page=2", 1), **days})
    with pytest.raises(ListingError, match="goes on for ever"):
        await turned(pages_of(site))
    assert len(site.asked) == 5


async def test_an_empty_first_page_is_an_error_unless_the_source_allows_it() -> None:
    site = Site({"/jytabl/index.html": EMPTY})
    with pytest.raises(ListingError, match="no entry"):
        await turned(pages_of(site))
    until = date(2024, 12, 31)
    allowed = pages_of(site, allow_empty_until=until)
    assert await turned(allowed) == [[]]
    assert allowed.at_end


async def test_what_every_page_shows_on_top_is_listed_once() -> None:
    site = Site(
        {
            "/jytabl/index.html": trs(0, 2, 1, 9, 8),
            "/jytabl/index_1.html": trs(1, 2, 1, 7, 6),
        }
    )
    pages = pages_of(site)
    (first, second) = [await pages.turn(), await pages.turn()]
    assert first is not None
    assert second is not None
    assert [number_of(entry) for entry in second.entries] == [7, 6]
    assert second.left_out["repeated"] == 1


def plain(*numbers: int) -> str:
    """Rows with addresses that no family has for its own."""
    made = "".join(
        f'<li><a href="/jytabl/{n}.html">关于市八届人大二次会议第{n:03}号建议的答复</a>'
        f"<span>2024-01-02</span></li>"
        for n in numbers
    )
    return f"<ul>{made}</ul>"


async def turned_plain(pages: Pages) -> list[list[int]]:
    found = []
    while (listing := await pages.turn()) is not None:
        found.append(
            [
                int(entry.url.rpartition("/")[2].removesuffix(".html"))
                if "_" not in entry.url
                else number_of(entry)
                for entry in listing.entries
            ]
        )
    return found


async def test_a_family_that_cannot_read_the_first_page_is_passed_over() -> None:
    old = '<script>createPageHTML(9, 0, "old", "html")</script>'
    mark = '<script src="/api-gateway/jpaas-publish-server/front/page/build/unit"></script>'
    site = Site({"/jytabl/index.html": rows(9, 8) + old + mark})
    pages = pages_of(site, known="trs")
    with pytest.raises(ListingError, match="old_1"):
        await turned(pages)
    assert not pages.at_end


async def test_a_last_page_that_says_nothing_of_the_pages_told_of_before_is_no_end() -> None:
    site = Site(
        {
            "/jytabl/index.html": f'{plain(9, 8)}第1/5页 <a href="b.html">下一页</a>',
            "/jytabl/b.html": plain(7, 6),
        }
    )
    with pytest.raises(ListingError, match="no page after 2 of 5"):
        await turned_plain(pages_of(site))
