"""Hanweb (jpage, xxgk, jpaas) and TrueCMS: what is asked next, and what is no answer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from replyarc.errors import ListingError
from replyarc.listing import jpaas, jpage, truecms, xxgk
from replyarc.listing.datastore import Store, Window, only_store, rows, stores
from replyarc.listing.families import FAMILIES, Family
from replyarc.listing.units import unit_of
from replyarc.model import Listing, Page, Request, Source
from replyarc.text.charset import decode

HOST = "http://mzj.qingyuan.gov.test"
COLUMN = f"{HOST}/col/col612/index.html"
SOURCE = Source(name="qingyuan", publisher="清源市民政局", urls=(COLUMN,))
PROXY = "/module/web/jpage/dataproxy.jsp"
BLOB = "DGZ5+W2v/8bR=="


def li(number: int, column: str = "612") -> str:
    return (
        f'<li><a href="/art/2024/1/2/art_{column}_{number}.html">关于第{number}号建议的答复</a>'
        "<span>2024-01-02</span></li>"
    )


def record(html: str) -> str:
    return f"<record><![CDATA[{html}]]></record>"


def store(first: int, count: int, *, total: int | None = None, head: str = "") -> str:
    said = "" if total is None else f"<totalrecord>{total}</totalrecord>"
    records = "".join(record(li(number)) for number in range(first, first + count))
    return f"<datastore>{said}{head}<recordset>{records}</recordset></datastore>"


def group(columnid: str = "612", page: int = 1, place: str = PROXY) -> str:
    href = f"{place}?page={page}&amp;webid=6&path='/'&columnid={columnid}&unitid=77&webname=%25E6"
    return f'<nextgroup><![CDATA[<a href="{href}"></a>]]></nextgroup>'


def call(total: int | None, fields: str = "columnid:612,unitid:'77',webid:6") -> str:
    said = "" if total is None else f"totalRecord:{total},"
    return (
        f"<script>$('#77').jpage({{{said}perPage:15,groupSize:3,"
        f"proxyUrl:'{PROXY}',ajaxParam:{{{fields}}}}});</script>"
    )


def column(text: str, url: str = COLUMN) -> Page:
    return Page(url, f"<html><body>{text}</body></html>", Request(url))


def answer(request: Request, text: str) -> Page:
    return Page(request.url, text, request)


def following(listing: Listing) -> Request:
    assert listing.next is not None
    return listing.next


def query(request: Request) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))


def numbers(listing: Listing) -> list[int]:
    return [int(entry.url.rpartition("_")[2].removesuffix(".html")) for entry in listing.entries]


# --- the datastore


@pytest.mark.parametrize(
    "text",
    [
        store(1, 2, total=2),
        store(1, 2, total=2).replace("<![CDATA[", "\n<![CDATA[\n "),
        store(1, 2, total=2).upper().replace("ART_612", "art_612").replace(".HTML", ".html"),
        escape(store(1, 2, total=2), quote=False),
        store(1, 2, total=2).replace("<![CDATA[", "").replace("]]>", ""),
        "<datastore><totalrecord><![CDATA[ 2 ]]></totalrecord>"
        f"<record>{escape(li(1))}</record><record>{escape(li(2))}</record></datastore>",
        f"<datastore><totalrecord>2</totalrecord><record>{li(1)}<record>{li(2)}",
    ],
    ids=["cdata", "blanks", "capitals", "escaped", "bare", "records-escaped", "unclosed"],
)
def test_a_datastore_is_read_however_it_is_written(text: str) -> None:
    (found,) = stores(text)
    assert (len(found.records), found.total) == (2, 2)
    entries, _ = rows(found, Page(COLUMN, ""), SOURCE)
    assert {entry.url.rpartition("/")[2].lower() for entry in entries} == {
        "art_612_1.html",
        "art_612_2.html",
    }


def test_rows_of_a_table_and_pieces_without_a_list_are_rows() -> None:
    link = "<a href='/art/2024/1/2/art_612_7.html'>关于第7号建议的答复</a>"
    row = f"<tr><td>{link}</td><td>[2024-01-03]</td></tr>"
    div = '<div><a href="/art/2024/1/2/art_612_8.html">关于第8号建议的答复</a> 2024-01-04</div>'
    entries, _ = rows(Store((row, div), None, None, ""), Page(COLUMN, ""), SOURCE)
    assert [str(entry.listed_on) for entry in entries] == ["2024-01-03", "2024-01-04"]


def test_records_in_json_are_rows() -> None:
    said = {
        "title": "关于第9号建议的答复",
        "url": "/art/2024/1/2/art_612_9.html",
        "date": "2024-01-05",
    }
    entries, left_out = rows(
        Store((json.dumps(said), "{no json"), None, None, ""), Page(COLUMN, ""), SOURCE
    )
    assert [(entry.title, str(entry.listed_on)) for entry in entries] == [
        ("关于第9号建议的答复", "2024-01-05")
    ]
    assert sum(left_out.values()) == 1


def test_the_script_that_puts_records_together_is_no_record() -> None:
    joined = "<record><![CDATA['+$(this).html()+']]></record>"
    text = f"var d='<datastore><totalrecord>9</totalrecord>{joined}';"
    assert stores(text) == [Store((), 9, None, "")]


def test_no_entity_is_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><datastore><record>&a;&a;</record></datastore>'
    assert stores(bomb)[0].records == ("&a;&a;",)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("<datastore>\r\n<recordset>\r\n\r\n</recordset>\r\n</datastore>", "it is empty"),
        ("<html><body>请登录</body></html>", "it is HTML"),
        ("", "it is nothing"),
        ("系统错误", "it is something else"),
    ],
    ids=["empty", "html", "nothing", "text"],
)
def test_what_is_no_datastore_is_an_alarm(text: str, missing: str) -> None:
    with pytest.raises(ListingError, match=missing):
        only_store(Page(COLUMN, text), text)


@pytest.mark.parametrize(
    ("window", "count", "total", "after"),
    [
        (Window(2, 45), 45, 130, Window(3, 45)),
        (Window(3, 45), 40, 130, None),
        (Window(2, 45), 76, 756, Window(3, 45)),
        (Window(2, 45), 20, 130, Window(4, 20)),
        (Window(3, 45), 39, 130, None),
        (Window(3, 45), 10, 130, Window(11, 10)),
        (Window(2, 45), 45, None, Window(3, 45)),
        (Window(2, 45), 44, None, None),
        (Window(1, 100), 100, 10**9, Window(2, 100)),
    ],
    ids=[
        "full",
        "last",
        "more",
        "capped",
        "hidden",
        "last-capped",
        "unknown",
        "unknown-last",
        "huge",
    ],
)
def test_how_many_came_says_how_to_go_on(
    window: Window, count: int, total: int | None, after: Window | None
) -> None:
    assert window.after(Store(("x",) * count, total, None, "")) == after


def test_a_way_on_is_believed_where_no_total_is_said() -> None:
    assert Window(2, 45).after(Store(("x",), None, None, "./dataproxy.jsp?page=3")) == Window(3, 45)


# --- jpage


def test_a_small_column_is_all_on_its_page() -> None:
    listing = jpage.read(column(store(1, 3) + call(3)), SOURCE)
    assert numbers(listing) == [1, 2, 3]
    assert (listing.next, listing.pages, listing.announced) == (None, 1, 3)


def test_what_the_page_does_not_have_is_asked_for_in_both_ways() -> None:
    listing = jpage.read(column(store(1, 45, head=group()) + call(130)), SOURCE)
    request = following(listing)
    assert (len(listing.entries), listing.announced, listing.pages) == (45, 130, None)
    assert query(request) == {
        "startrecord": "46",
        "endrecord": "90",
        "perpage": "45",
        "page": "2",
    }
    assert dict(request.form)["columnid"] == "612"
    assert dict(request.form)["path"] == "/"
    assert request.referer == COLUMN


def test_no_page_is_longer_than_a_hundred() -> None:
    request = following(jpage.read(column(store(1, 150, head=group()) + call(400)), SOURCE))
    assert query(request) == {
        "startrecord": "151",
        "endrecord": "225",
        "perpage": "75",
        "page": "3",
    }


@pytest.mark.parametrize(
    "text",
    [call(88), f'<a href="{PROXY}?page=1&columnid=612&unitid=77">更多</a>'],
    ids=["call", "link"],
)
def test_a_page_without_rows_asks_for_all(text: str) -> None:
    listing = jpage.read(column(text), SOURCE)
    assert listing.entries == ()
    assert query(following(listing))["startrecord"] == "1"
    assert dict(following(listing).form)["columnid"] == "612"


def test_a_total_of_nothing_beside_rows_says_nothing() -> None:
    listing = jpage.read(column(store(1, 45, head=group()) + call(0)), SOURCE)
    assert listing.announced is None
    assert query(following(listing))["startrecord"] == "46"


def test_the_list_is_the_one_of_the_column() -> None:
    other = store(900, 60, head=group("99").replace("unitid=77", "unitid=5"))
    mine = store(1, 15, head=group())
    page = column(other + mine + call(31) + call(999, "columnid:99,unitid:'5'"))
    assert unit_of(page).total == 31
    assert numbers(jpage.read(page, SOURCE)) == list(range(1, 16))


def test_without_a_number_in_the_address_the_longest_list_is_read() -> None:
    url = f"{HOST}/jytabl/index.html"
    listing = jpage.read(column(store(900, 2) + store(1, 5), url), SOURCE)
    assert numbers(listing) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (store(1, 45) + call(130, "col:1"), "columnid to ask for the rest: it has 45"),
        (call(0), "says that there is none"),
        ("<p>栏目建设中</p>", "columnid"),
    ],
    ids=["nobody-to-ask", "nothing", "no-list"],
)
def test_a_column_that_cannot_be_read_is_an_alarm(text: str, missing: str) -> None:
    with pytest.raises(ListingError, match=missing):
        jpage.read(column(text), SOURCE)


def asked(page: int, size: int, start: int | None = None) -> Request:
    start = (page - 1) * size + 1 if start is None else start
    window = f"startrecord={start}&endrecord={start + size - 1}&perpage={size}&page={page}"
    return Request(f"{HOST}{PROXY}?{window}", (("columnid", "612"),), referer=COLUMN)


def test_an_answer_goes_on_with_the_form_that_was_asked() -> None:
    listing = jpage.read(answer(asked(2, 45), store(46, 45, total=130)), SOURCE)
    assert query(following(listing))["page"] == "3"
    assert query(following(listing))["startrecord"] == "91"
    assert following(listing).form == (("columnid", "612"),)
    assert listing.announced == 130


def test_the_last_answer_leads_nowhere() -> None:
    assert jpage.read(answer(asked(3, 45), store(91, 40, total=130)), SOURCE).next is None


def test_a_server_that_ignores_perpage_is_asked_for_what_it_passed_over() -> None:
    pages = "<totalpage>4</totalpage>"
    second = jpage.read(answer(asked(2, 45), store(101, 100, total=340, head=pages)), SOURCE)
    first = following(second)
    assert (query(first)["page"], query(first)["perpage"]) == ("1", "100")
    back = jpage.read(answer(first, store(1, 100, total=340, head=pages)), SOURCE)
    assert query(following(back))["page"] == "3"
    assert query(following(back))["startrecord"] == "201"
    short = jpage.read(answer(first, store(1, 100, total=200, head=pages)), SOURCE)
    assert short.next is None


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("<datastore><recordset></recordset></datastore>", "it is empty"),
        ("<html><title>用户登录</title></html>", "it is HTML"),
        ("<datastore><record>维护中</record><record>维护中</record></datastore>", "no entry"),
    ],
    ids=["empty", "login", "no-links"],
)
def test_a_bad_answer_of_the_proxy_is_an_alarm(text: str, missing: str) -> None:
    with pytest.raises(ListingError, match=missing):
        jpage.read(answer(asked(2, 45), text), SOURCE)


def test_a_sealed_address_is_asked_as_it_is() -> None:
    page = column(store(1, 45, head=group(BLOB)) + call(130, f"columnid:'{BLOB}'"))
    listing = jpage.read(page, SOURCE)
    first = following(listing)
    (other,) = listing.guesses
    assert first.form == ()
    assert f"columnid={BLOB}" in first.url
    assert other.url == first.url.replace("page=1", "page=2")


def sealed(page: int) -> Request:
    return Request(f"{HOST}{PROXY}?page={page}&columnid={BLOB}", referer=COLUMN)


def test_a_sealed_answer_leads_on_by_itself() -> None:
    text = store(46, 45, head=group(BLOB, 2, "./dataproxy.jsp"))
    listing = jpage.read(answer(sealed(1), text), SOURCE)
    assert following(listing).url.startswith(f"{HOST}{PROXY}?page=2&")
    stuck = jpage.read(answer(sealed(2), text), SOURCE)
    assert query(following(stuck))["page"] == "3"


@pytest.mark.parametrize(
    ("page", "total", "head", "guessed"),
    [
        (1, None, "", ["2"]),
        (1, 130, "", ["2"]),
        (3, 130, "", []),
        (2, 130, "<totalpage>2</totalpage>", []),
    ],
    ids=["nothing-said", "total", "total-reached", "pages-reached"],
)
def test_a_sealed_answer_without_a_way_on(
    page: int, total: int | None, head: str, guessed: list[str]
) -> None:
    listing = jpage.read(answer(sealed(page), store(1, 45, total=total, head=head)), SOURCE)
    assert listing.next is None
    assert [query(guess)["page"] for guess in listing.guesses] == guessed


# --- servers, each walked to its end by what the family asks for


def by_records(request: Request, total: int) -> Iterator[int]:
    said = query(request)
    yield from range(int(said["startrecord"]), min(int(said["endrecord"]), total) + 1)


def by_records_and_more(request: Request, total: int) -> Iterator[int]:
    said = query(request)
    start = int(said["startrecord"])
    yield from range(start, min(start + 3 * int(said["perpage"]), total) + 1)


def by_pages(request: Request, total: int) -> Iterator[int]:
    said = query(request)
    size = min(int(said["perpage"]), 300)
    start = (int(said["page"]) - 1) * size + 1
    yield from range(start, min(start + size - 1, total) + 1)


def by_twenty_records(request: Request, total: int) -> Iterator[int]:
    start = int(query(request)["startrecord"])
    yield from range(start, min(start + 19, total) + 1)


@pytest.mark.parametrize("total", [45, 46, 89, 90, 91, 130, 135, 301])
@pytest.mark.parametrize("shown", [45, 44, 15, 120])
@pytest.mark.parametrize(
    "server",
    [by_records, by_records_and_more, by_pages, by_twenty_records],
    ids=lambda f: f.__name__,
)
def test_no_server_loses_a_record(
    server: Callable[[Request, int], Iterator[int]], shown: int, total: int
) -> None:
    shown = min(shown, total)
    listing = jpage.read(column(store(1, shown, head=group()) + call(total)), SOURCE)
    seen = set(numbers(listing))
    while listing.next:
        request = listing.next
        given = list(server(request, total))
        listing = jpage.read(answer(request, store(given[0], len(given), total=total)), SOURCE)
        assert not seen >= set(numbers(listing))
        seen |= set(numbers(listing))
    assert seen == set(range(1, total + 1))


def test_a_real_answer_is_read(corpus: Path) -> None:
    text = decode((corpus / "pages" / "057-gxt.jiangsu.gov.cn-api.xml").read_bytes())
    listing = jpage.read(answer(asked(1, 25), text), SOURCE)
    assert (len(listing.entries), listing.announced) == (76, 756)
    assert query(following(listing))["startrecord"] == "26"


def test_a_real_datastore_quoted_by_itself_is_read(corpus: Path) -> None:
    text = decode((corpus / "pages" / "100-www.yuhang.gov.cn-api.xml").read_bytes())
    (found,) = stores(text)
    assert (len(found.records), found.total, found.pages) == (1, 6163, 309)
    assert found.following.startswith("./dataproxy.jsp?page=5&appid=1&webid=3095")


def test_a_real_shell_of_another_system_is_none_of_jpage(corpus: Path) -> None:
    text = decode((corpus / "pages" / "055-sthjt.jiangxi.gov.cn-list.html").read_bytes())
    assert not jpage.shows(Page(COLUMN, text))


# --- xxgk


SEARCH = "/module/xxgk/search.jsp"


def found(*ids: str, place: str = "") -> str:
    return (
        "<table>"
        + "".join(
            f'<tr class="tr_main_value_odd"><td>1</td><td>'
            f'<a href="/art/2024/1/2/art_{each}.html">关于第{each[-1]}号建议的答复</a></td>'
            "<td>2024-01-02</td></tr>"
            for each in ids
        )
        + f"</table><p>{place}</p>"
    )


def searched(page: int = 1, column: str = COLUMN, **form: str) -> Request:
    form |= {"currpage": str(page)}
    return Request(f"{HOST}{SEARCH}", tuple(form.items()), referer=column)


def test_a_frame_says_what_to_ask_for() -> None:
    text = (
        '<iframe src="/module/xxgk/tree.jsp?divid=div612&amp;area=1199"></iframe>'
        f"<script>load('{SEARCH}?infotypeId=A02&amp;jdid=7&currpage=3');"
        "var texttype = '1';</script>"
    )
    request = following(xxgk.read(column(text), SOURCE))
    form = dict(request.form)
    assert request.url == f"{HOST}{SEARCH}"
    assert (form["infotypeId"], form["jdid"], form["area"]) == ("A02", "7", "1199")
    assert (form["divid"], form["currpage"], form["texttype"]) == ("div612", "1", "1")


def test_what_a_script_leaves_blank_stays_blank() -> None:
    text = (
        '<iframe src="/module/xxgk/tree.jsp?area=1199"></iframe><script>$.post'
        f"('{SEARCH}',{{infotypeId:'A02',area:'',other:'x'}})</script>"
    )
    form = dict(following(xxgk.read(column(text), SOURCE)).form)
    assert (form["infotypeId"], form["area"], form["divid"]) == ("A02", "", "div612")
    assert "other" not in form


def test_a_tree_is_enough_where_the_address_has_no_number() -> None:
    page = column('<iframe src="/module/xxgk/tree.jsp?area=1199">', f"{HOST}/zwgk/index.html")
    form = dict(following(xxgk.read(page, SOURCE)).form)
    assert (form["area"], form["divid"]) == ("1199", "")


def test_subjectinfo_is_asked_for_by_get() -> None:
    address = "/module/xxgk/subjectinfo.jsp?area=1199&currpage=4"
    request = following(xxgk.read(column(f'<a href="{address}">目录</a>'), SOURCE))
    assert request.form == ()
    assert query(request) == {"area": "1199", "currpage": "1"}
    listing = xxgk.read(answer(request, found("612_1", place="共3页")), SOURCE)
    assert query(following(listing))["currpage"] == "2"


def test_a_frame_that_says_nothing_is_an_alarm() -> None:
    with pytest.raises(ListingError, match="no infotypeId, area, jdid to ask"):
        xxgk.read(column(f"<script>load('{SEARCH}')</script>"), SOURCE)


@pytest.mark.parametrize(
    ("place", "page", "pages", "turned"),
    [
        ("共3页", 1, 3, "2"),
        ("第3页 共3页", 3, 3, None),
        ("<a href=\"javascript:go('4')\">尾 页</a>", 2, 4, "3"),
        ('<a onclick="go(3)" href="#">下一页</a>', 2, 3, "3"),
        ('<a href="?currpage=5">末页</a>', 1, 5, "2"),
        ('<a href="#">尾页</a>', 1, None, None),
        ("", 1, None, None),
    ],
    ids=["printed", "last", "link-last", "link-next", "query", "no-number", "nothing"],
)
def test_answers_say_how_many_pages_there_are(
    place: str, page: int, pages: int | None, turned: str | None
) -> None:
    listing = xxgk.read(answer(searched(page, area="1"), found("612_1", place=place)), SOURCE)
    assert listing.pages == pages
    assert (dict(listing.next.form)["currpage"] if listing.next else None) == turned


def test_rows_of_other_columns_are_counted_out() -> None:
    listing = xxgk.read(answer(searched(area="1"), found("612_1", "88_2", "612_3")), SOURCE)
    assert [entry.url[-10:] for entry in listing.entries] == ["612_1.html", "612_3.html"]
    assert listing.left_out == {"other column": 1}


def test_a_page_without_a_row_of_the_column_is_no_alarm_and_nothing_to_ask_for() -> None:
    listing = xxgk.read(answer(searched(area="1"), found("88_1", "89_2", place="共2页")), SOURCE)
    assert {entry.left_out for entry in listing.entries} == {"other column"}
    assert dict(following(listing).form)["currpage"] == "2"


def test_rows_are_all_taken_where_a_kind_was_asked_for_or_no_column_is_known() -> None:
    text = found("88_1", "89_2")
    kind = xxgk.read(answer(searched(infotypeId="A02"), text), SOURCE)
    unknown = xxgk.read(answer(searched(column=f"{HOST}/zwgk/", divid="div"), text), SOURCE)
    assert {entry.left_out for entry in (*kind.entries, *unknown.entries)} == {None}
    named = xxgk.read(answer(searched(column=f"{HOST}/zwgk/", divid="div88"), text), SOURCE)
    assert len(named.entries) == 1


@pytest.mark.parametrize("text", ["", "<html>请登录系统</html>", "没有检索到相关信息"])
def test_a_search_without_rows_is_an_alarm(text: str) -> None:
    with pytest.raises(ListingError, match="no entry"):
        xxgk.read(answer(searched(area="1"), text), SOURCE)


def test_a_search_that_is_the_column_itself_is_read() -> None:
    page = Page(f"{HOST}{SEARCH}?area=1&currpage=1", found("612_1", place="共2页"))
    assert xxgk.shows(page)
    assert query(following(xxgk.read(page, SOURCE)))["currpage"] == "2"


# --- jpaas


UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
DATA = "{'webId':'36','pageId':'612','tagId':'%s','tplSetId':'Eb'}"


def unit(tag: str = "信息列表", url: str = UNIT) -> str:
    return f'<script url="{url}" queryData="{DATA % tag}"></script>'


def piece(first: int, count: int, pager: str = "") -> str:
    items = "".join(li(number) for number in range(first, first + count))
    return f'<div class="page-content"><ul>{items}</ul></div><div class="pagination" {pager}></div>'


def built(page: int, size: int = 15, **more: str) -> Request:
    param = json.dumps({"pageNo": page, "pageSize": size} | more)
    return Request(f"{HOST}{UNIT}?webId=36&pageId=612&paramJson={param}", referer=COLUMN)


def said(html: object, *, success: object = True) -> str:
    return json.dumps({"success": success, "data": {"html": html}})


def param(request: Request) -> dict[str, object]:
    (text,) = parse_qs(urlsplit(request.url).query)["paramJson"]
    assert " " not in text
    read: dict[str, object] = json.loads(text)
    return read


def test_rows_that_the_server_made_are_taken_and_the_next_page_asked_for() -> None:
    html = piece(1, 15, 'rows="15" count="31" pageNo="1"')
    listing = jpaas.read(column(f"<div>{html}</div>{unit()}"), SOURCE)
    assert len(listing.entries) == 15
    assert (listing.announced, listing.pages, listing.this) == (31, 3, 1)
    assert param(following(listing)) == {"pageNo": 2, "pageSize": 15}
    assert query(following(listing))["tplSetId"] == "Eb"
    assert following(listing).form == ()


def test_a_shell_asks_for_its_first_page() -> None:
    side = "<ul>" + "".join(li(number, "99") for number in range(9)) + "</ul>"
    listing = jpaas.read(column(side + unit("导航nav") + unit() + unit("位置")), SOURCE)
    assert listing.entries == ()
    assert query(following(listing))["tagId"] == "信息列表"
    assert param(following(listing)) == {"pageNo": 1, "pageSize": 15}


def test_a_pager_without_rows_beside_it_is_a_shell_too() -> None:
    pager = '<p><b class="pagination" rows="20" count="41"></b></p>'
    listing = jpaas.read(column(pager + unit(url="/other/page")), SOURCE)
    assert (listing.entries, listing.announced) == ((), 41)
    assert param(following(listing))["pageSize"] == 20
    deep = f"<div><div><div><div><div><div>{pager}</div></div></div></div></div></div>"
    assert jpaas.read(column(deep + unit()), SOURCE).entries == ()


def test_the_pager_may_name_the_address() -> None:
    named = f'<i uniturl="/p{UNIT}?x=1"></i>{unit(url="")}'
    assert urlsplit(following(jpaas.read(column(named), SOURCE)).url).path == f"/p{UNIT}"


@pytest.mark.parametrize(
    ("text", "address", "sought"),
    [
        (
            '<script>x({pageNo:1,search:{"xxgkId":"W001-001","nodeId":"11"}})</script>',
            COLUMN,
            {"xxgkId": "W001-001", "nodeId": "11"},
        ),
        ("<script>var search = {'xxgkId':'W2'}</script>", COLUMN, {"xxgkId": "W2"}),
        ("<script>search:{}</script>", f"{COLUMN}?number=W3", {"xxgkId": "W3", "className": ""}),
        (
            "",
            f"{COLUMN}?combination=W4",
            {"xxgkId": "W4", "xxgkType": "xxgk_combination", "className": ""},
        ),
    ],
    ids=["json", "script", "number", "combination"],
)
def test_a_list_by_class_says_what_it_searches_for(
    text: str, address: str, sought: dict[str, str]
) -> None:
    request = following(jpaas.read(column(text + unit("组配分类list"), address), SOURCE))
    assert json.loads(str(param(request)["search"])) == sought
    listing = jpaas.read(answer(request, said(piece(1, 15, 'rows="15" count="20"'))), SOURCE)
    assert param(following(listing)) == param(request) | {"pageNo": 2}


def test_a_page_that_says_nothing_to_ask_for_is_an_alarm() -> None:
    for text in ("<p>建设中</p>", '<script queryData="{}"></script>'):
        with pytest.raises(ListingError, match="queryData with a pageId"):
            jpaas.read(column(text), SOURCE)


@pytest.mark.parametrize(
    ("page", "pager", "count", "turned"),
    [
        (2, 'rows="15" count="31" pageNo="2"', 15, 3),
        (3, 'rows="15" count="31" pageNo="3"', 1, None),
        (1, "", 15, 2),
        (2, "", 14, None),
        (1, 'rows="15" count="0"', 15, 2),
        (1, 'rows="15" count="1000000000"', 15, 2),
        (1, 'rows="0" count="many"', 15, 2),
    ],
    ids=["middle", "last", "full-unknown", "short-unknown", "total-of-nothing", "huge", "junk"],
)
def test_an_answer_leads_to_the_next_page(
    page: int, pager: str, count: int, turned: int | None
) -> None:
    listing = jpaas.read(answer(built(page), said(piece(1, count, pager))), SOURCE)
    assert len(listing.entries) == count
    assert (param(listing.next)["pageNo"] if listing.next else None) == turned


def test_the_size_that_the_server_keeps_to_is_asked_for() -> None:
    listing = jpaas.read(answer(built(1), said(piece(1, 10, 'rows="10" count="25"'))), SOURCE)
    assert param(following(listing)) == {"pageNo": 2, "pageSize": 10}


def test_a_page_that_says_it_is_another_is_not_believed_to_be_this() -> None:
    pager = 'rows="15" count="31" pageNo="1"'
    assert jpaas.read(answer(built(2), said(piece(1, 15, pager))), SOURCE).this is None


def test_the_fragment_may_be_the_data_itself() -> None:
    text = json.dumps({"success": True, "data": piece(1, 2)})
    request = Request(f"{HOST}{UNIT}?paramJson=[1]", referer=COLUMN)
    assert len(jpaas.read(answer(request, text), SOURCE).entries) == 2
    request = Request(f"{HOST}{UNIT}?paramJson={{", referer=COLUMN)
    assert len(jpaas.read(answer(request, text), SOURCE).entries) == 2


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("<html>403 Forbidden</html>", "it is HTML"),
        ('{"success": false, "message": "模板单元不存在"}', "模板单元不存在"),
        (said(None), "data.html in the answer"),
        (said("  "), "data.html in the answer"),
        (said(piece(1, 1), success="false"), "data.html"),
        ("[]", "data.html"),
        (said("<p>暂无数据</p>"), "no entry"),
    ],
    ids=["html", "failed", "null", "blank", "failed-text", "list", "no-rows"],
)
def test_a_bad_answer_of_the_platform_is_an_alarm(text: str, missing: str) -> None:
    with pytest.raises(ListingError, match=missing):
        jpaas.read(answer(built(2), text), SOURCE)


# --- TrueCMS


MESSAGES = "/TrueCMS/messageController/getMessage.do"
ID = "593f0397-04d7-44c3-8339-240a77a793ce"


def message_call(total: str, more: str = f"columnId:'{ID}'") -> str:
    settings = f"{total}perPage:10,proxyUrl:'{MESSAGES}',ajaxParam:{{{more}}}"
    return f"<script>$('#m').jpage({{{settings}}})</script>"


def hidden(count: int) -> str:
    items = "".join(f"<ul>{li(number)}</ul>" for number in range(1, count + 1))
    return f'<div id="initData" style="display:none">{items}</div>'


def messages(start: int, size: int = 20) -> Request:
    window = f"startrecord={start}&endrecord={start + size - 1}&perpage={size}"
    return Request(f"{HOST}{MESSAGES}?columnId={ID}&callback=rows&{window}", referer=COLUMN)


@pytest.mark.parametrize("rows_", [hidden(40), f'<div id="initData">{store(1, 40)}</div>'])
def test_the_first_rows_are_on_the_page_and_the_rest_is_asked_for_by_twenties(rows_: str) -> None:
    listing = truecms.read(column(rows_ + message_call("totalRecord:95,")), SOURCE)
    assert (len(listing.entries), listing.announced) == (40, 95)
    said = query(following(listing))
    assert (said["columnId"], said["callback"], said["contentTemplate"]) == (ID, "rows", "")
    assert (said["startrecord"], said["endrecord"], said["perpage"]) == ("41", "60", "20")
    assert urlsplit(following(listing).url).path == MESSAGES


def test_a_column_that_is_all_on_its_page_asks_for_nothing() -> None:
    listing = truecms.read(column(hidden(3) + message_call("totalRecord:3,")), SOURCE)
    assert (len(listing.entries), listing.next, listing.pages) == (3, None, 1)


def test_without_a_total_more_rows_are_a_guess() -> None:
    listing = truecms.read(column(hidden(3) + message_call("")), SOURCE)
    (guess,) = listing.guesses
    assert (listing.next, listing.announced, query(guess)["startrecord"]) == (None, None, "1")
    nothing = truecms.read(column(hidden(3) + f"<!-- {MESSAGES} -->"), SOURCE)
    assert (nothing.next, nothing.guesses) == (None, ())


def test_a_total_of_nothing_beside_hidden_rows_says_nothing() -> None:
    listing = truecms.read(column(hidden(3) + message_call("totalRecord:0,")), SOURCE)
    assert (listing.announced, len(listing.guesses)) == (None, 1)


def test_an_empty_frame_asks_for_all() -> None:
    text = f"<script>var o={{proxyUrl:'{MESSAGES}'}};var columnId='{ID}';</script>"
    listing = truecms.read(column(text), SOURCE)
    assert listing.entries == ()
    assert query(following(listing))["columnId"] == ID


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (message_call("totalRecord:0,"), "it says that there is none"),
        (hidden(2) + message_call("totalRecord:9,", "col:1"), "columnId .* it has 2 of its rows"),
        ("<p>建设中</p>", "columnId"),
    ],
    ids=["nothing", "nobody-to-ask", "no-list"],
)
def test_a_hidden_list_that_cannot_be_read_is_an_alarm(text: str, missing: str) -> None:
    with pytest.raises(ListingError, match=missing):
        truecms.read(column(text), SOURCE)


@pytest.mark.parametrize(
    "wrap", ["{}", "rows({});", "/**/rows({})"], ids=["json", "jsonp", "comment"]
)
def test_an_answer_of_messages_is_read(wrap: str) -> None:
    text = wrap.replace("{}", json.dumps({"result": store(41, 20, total=95)}))
    listing = truecms.read(answer(messages(41), text), SOURCE)
    assert (len(listing.entries), listing.announced) == (20, 95)
    assert query(following(listing))["startrecord"] == "61"


def test_the_last_answer_of_messages_leads_nowhere() -> None:
    text = json.dumps({"result": store(81, 15, total=95)})
    assert truecms.read(answer(messages(81), text), SOURCE).next is None


def test_an_address_that_says_no_window_is_read() -> None:
    request = Request(f"{HOST}{MESSAGES}?columnId={ID}")
    listing = truecms.read(answer(request, json.dumps({"result": store(1, 2)})), SOURCE)
    assert query(following(listing))["startrecord"] == "3"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("<html>用户登录</html>", "it is HTML"),
        ("rows({})", "no result in the answer"),
        ('{"success": false, "msg": "请先登录"}', "请先登录"),
        ('{"result": ""}', "it is nothing"),
        ('{"result": "<datastore></datastore>"}', "it is empty"),
        ('{"result": "<datastore><record>无</record></datastore>"}', "no entry"),
    ],
    ids=["html", "no-result", "failed", "blank", "empty", "no-links"],
)
def test_a_bad_answer_of_messages_is_an_alarm(text: str, missing: str) -> None:
    with pytest.raises(ListingError, match=missing):
        truecms.read(answer(messages(41), text), SOURCE)


# --- all of them


def test_each_page_shows_its_own_family() -> None:
    shown: list[tuple[Family, str]] = [
        (jpage, store(1, 1)),
        (jpage, f"<script>'{PROXY}'</script>"),
        (xxgk, f"<script>'{SEARCH}'</script>"),
        (jpaas, unit()),
        (jpaas, "<script queryData=\"{'pageId':'1'}\"></script>"),
        (truecms, message_call("") + store(1, 1)),
    ]
    families: tuple[Family, ...] = (jpage, xxgk, jpaas, truecms)
    for family, text in shown:
        assert [each for each in families if each.shows(column(text))] == [family]
    assert not any(each.shows(column("<p>jpage dataproxy</p>")) for each in families)


JUNK = (
    "<datastore>" * 30_000,
    "<record>" * 30_000,
    "<datastore>" + "<record><![CDATA[" * 20_000,
    "<datastore><nextgroup>" * 10_000,
    "<datastore><nextgroup><a href=" + "'" * 50_000,
    ".jpage({" * 20_000,
    ".jpage({ajaxParam:{" + "columnid:" * 20_000,
    "queryData='{" * 20_000,
    '<i querydata="{' + "'a':" * 20_000 + '">',
    "search:{" * 20_000,
    f"'{SEARCH}?" + "a=1&" * 20_000 + "'",
    f"'{SEARCH}'" * 20_000,
    f"{MESSAGES}" * 5_000,
    "columnId:'" * 20_000,
    "<a href='javascript:go(" + "1" * 50_000 + ")'>尾页</a>",
    "{" * 100_000,
    "[" * 100_000,
    "&lt;datastore&gt;" * 10_000,
    "共" * 50_000,
)


@pytest.mark.parametrize("name", ["jpage", "xxgk", "jpaas", "truecms"])
@pytest.mark.parametrize("junk", JUNK, ids=lambda text: text[:20])
def test_junk_is_an_alarm_or_a_listing_and_soon(name: str, junk: str) -> None:
    family = FAMILIES[name]
    start = time.process_time()
    for page in (
        column(junk),
        *(answer(each, junk) for each in (asked(2, 9), built(2), messages(1))),
    ):
        family.shows(page)
        with suppress(ListingError):
            family.read(page, SOURCE)
    assert time.process_time() - start < 5


def test_many_rows_are_read_soon() -> None:
    start = time.process_time()
    listing = jpage.read(answer(asked(1, 100), store(1, 5_000, total=10**9)), SOURCE)
    assert len(listing.entries) == 5_000
    assert query(following(listing))["page"] == "2"
    assert time.process_time() - start < 10
