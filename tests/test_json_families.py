"""Families whose rows a script asks for: what they ask, and what they make of bad answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from replyarc.errors import ListingError
from replyarc.listing import blocks, epoint, gkmlpt, igs, lonsun, ucap
from replyarc.listing.hosts import hosts_of, reason_of
from replyarc.listing.scripts import fields_near, variables
from replyarc.model import Listing, Page, Request, Source

SITE = "http://www.qingyuan.gov.test"
GUID = "bc6e816e-4cfa-4317-9c8c-1e74c712d3fe"
HEX = "442538b4702e42a1b20f32cbafa4aab4"


def page(url: str, text: object = "", *, json_body: object = None, referer: str = "") -> Page:
    said = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
    body = json_body if isinstance(json_body, str) else json.dumps(json_body) if json_body else ""
    return Page(url.partition("#")[0], said, Request(url, json=body, referer=referer))


def source(url: str = SITE) -> Source:
    return Source(name="qingyuan", publisher="清源市", urls=(url,))


def records(count: int, start: int = 1, key: str = "url") -> list[dict[str, str]]:
    titles = range(start, start + count)
    return [{key: f"/r/{n}.html", "title": f"关于第{n}号建议的答复"} for n in titles]


def rows(count: int) -> str:
    return "<ul>" + "".join(
        f"<li><a href='/public/20261/{n}.html'>关于县政协会议第{n}号提案的答复</a>2024-08-02</li>"
        for n in range(1001, 1001 + count)
    )


BAD: tuple[tuple[object, str], ...] = (
    ("<html><body><form action='/login'>请登录</form></body></html>", "it is HTML"),
    ("", "it is nothing"),
    ({"code": 500, "message": "系统繁忙"}, "records in the answer|record in the answer"),
    ("null", "records in the answer|record in the answer"),
    ({"data": ["a", "b"]}, "no address: 2"),
)


# --- gkmlpt

FRAME = f"{SITE}/qymzj/gkmlpt/index"
API = f"{SITE}/qymzj/gkmlpt/api/all/721?page=1&sid=755041"


def frame(tree: object, config: str = "SID: '755041',") -> str:
    return f"<script>window._CONFIG = {{{config} TREE: {json.dumps(tree)}, DETAIL: {{}}}}</script>"


def node(number: int, name: str, *children: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"id": number, "name": name, "children": list(children), **more}


def column(text: str, fragment: str = "") -> Listing:
    return gkmlpt.read(page(FRAME + fragment, text), source())


def test_a_column_of_columns_is_read_by_its_columns_alone_where_it_has_no_posts() -> None:
    tree = [node(8, "公开内容", node(9, "人大代表建议", node(91, "2024年"), post_count=0))]
    listing = column(frame(tree))
    assert (listing.entries, listing.next) == ((), None)
    assert listing.columns == (f"{FRAME}#91",)


def test_the_address_after_a_redirect_holds_the_column_and_where_gkmlpt_is() -> None:
    moved = Page(FRAME, frame([]), Request(f"{SITE}/old#721"))
    asked = gkmlpt.read(moved, source()).next
    assert asked == Request(f"{SITE}/qymzj/gkmlpt/api/all/721?page=1&sid=755041")
    assert asked is not None
    assert asked.referer == FRAME


@pytest.mark.parametrize(
    ("tree", "fragment", "message"),
    [
        (
            [node(8, "人大代表建议"), node(9, "政协委员提案")],
            "",
            "but #8 人大代表建议, #9 政协委员提案",
        ),
        ([node(8, "规划计划"), "a text"], "", r"no column of replies\. Set url of .*/index#1234"),
        ([node(8, "人大代表建议", jump_url="/zbj/")], "", "no column of replies"),
        ([node(8, "人大代表建议", jump_url="/zbj/")], "#8", "no column 8: it is a link to /zbj/"),
        ({"id": 8}, "", "no column of replies"),
    ],
)
def test_what_column_is_meant_is_not_guessed(tree: object, fragment: str, message: str) -> None:
    with pytest.raises(ListingError, match=message):
        column(frame(tree), fragment)


def test_a_frame_without_its_site_is_an_alarm() -> None:
    with pytest.raises(ListingError, match=r"no SID in window\._CONFIG"):
        column(frame([], config=""), "#721")


@pytest.mark.parametrize("tree", ["[{'id': 1}]", "[" * 100_000, "["])
def test_a_tree_that_cannot_be_read_is_not_needed_where_the_column_is_named(tree: str) -> None:
    listing = column(f"window._CONFIG = {{SID: 7, TREE: {tree}}}", "#/721/")
    assert listing.next == Request(f"{SITE}/qymzj/gkmlpt/api/all/721?page=1&sid=7")


def test_a_tree_of_a_hundred_thousand_nodes_is_looked_through_as_far_as_it_goes() -> None:
    many = [node(n, "领导信息", children=None) for n in range(1, 30_000)]
    with pytest.raises(ListingError, match="no column of replies"):
        column(frame(many))
    assert column(frame(many), "#721").next is not None


def test_nothing_is_asked_past_the_number_of_posts() -> None:
    answer = {"articles": records(100), "classify": {"post_count": 200}}
    first = gkmlpt.read(page(API, answer, referer=FRAME), source())
    assert first.next is not None
    assert first.next.url.endswith("/721?page=2&sid=755041")
    second = page(first.next.url, {**answer, "articles": records(100, 101)}, referer=FRAME)
    last = gkmlpt.read(second, source())
    assert (last.next, last.guesses, last.pages, last.announced) == (None, (), 2, 200)


def test_gkmlpt_is_shown_by_its_frame_and_not_by_a_link_to_it() -> None:
    assert gkmlpt.shows(page(FRAME, frame([])))
    assert gkmlpt.shows(page(API, {"articles": []}))
    assert not gkmlpt.shows(page(f"{SITE}/zwgk/", "<a href='/gkmlpt/index'>公开目录</a>"))


@pytest.mark.parametrize(("answer", "message"), BAD)
def test_bad_answers_of_gkmlpt_are_alarms(answer: object, message: str) -> None:
    with pytest.raises(ListingError, match=message):
        gkmlpt.read(page(API, answer, referer=FRAME), source())


# --- epoint

SHELL = f"{SITE}/dynamic/zwgk/govInfoPub.html?categorynum=003001003"
LIST = f"{SITE}/EWB-FRONT/rest/lightfrontaction/getgovinfolist"
BODY = {"deptcode": "", "categorynum": "003", "siteGuid": GUID, "pageIndex": 1, "pageSize": 20}


def listed(
    data: object, total: object, *, index: int = 1, url: str = LIST, wrapped: bool = False
) -> Listing:
    body = {**BODY, "pageIndex": index}
    asked = {"token": "", "params": body} if wrapped else body
    answer = {"custom": {"data": data, "total": total}}
    return epoint.read(page(url, answer, json_body=asked, referer=SHELL), source())


def asked_of(listing: Listing) -> tuple[str, Any]:
    assert listing.next is not None
    assert listing.next.referer == SHELL
    body = json.loads(listing.next.json) if listing.next.json else None
    inner = body.get("params", body) if body else {}
    return listing.next.url, (
        inner.get("pageIndex"),
        inner.get("pageSize"),
        "params" in (body or ""),
    )


def test_scripts_of_epoint_are_asked_one_after_the_other_and_carry_what_is_known() -> None:
    inline = (
        "<script src='/a/ajaxReq.js'></script>EWB-FRONT categorynum: '003001003', deptcode='d1'"
    )
    shell = page(f"{SITE}/list.html", inline + '<script src="/js/webBuilderCommon.js"></script>')
    assert epoint.shows(shell)
    first = epoint.read(shell, source()).next
    assert first is not None
    assert first.url == f"{SITE}/js/webBuilderCommon.js#categorynum=003001003&deptcode=d1"
    second = epoint.read(page(first.url, "var a;", referer=shell.url), source()).next
    assert second is not None
    assert second.url == f"{SITE}/js/ajaxReq.js#categorynum=003001003&deptcode=d1"
    script = f'{{"siteGuid":"{GUID}"}}'
    third = epoint.read(page(second.url, script, referer=shell.url), source()).next
    assert third is not None
    assert (third.url, json.loads(third.json)["deptcode"]) == (LIST, "d1")
    with pytest.raises(ListingError, match="no siteGuid in its scripts"):
        epoint.read(page(second.url, "<html>404</html>", referer=shell.url), source())


def test_a_shell_of_epoint_must_name_its_category() -> None:
    bare = page(f"{SITE}/dynamic/zwgk/govInfoPub.html", "<script src='/js/webBuilderCommon.js'>")
    assert not epoint.shows(bare)
    with pytest.raises(ListingError, match="no categorynum in the address"):
        epoint.read(bare, source())


def test_a_script_address_that_is_none_is_an_alarm() -> None:
    with pytest.raises(ListingError, match="no siteGuid in its scripts"):
        epoint.read(page(SHELL, "'http://[/webBuilderCommon.js'"), source())


def test_pages_go_on_by_the_size_that_the_server_keeps_to() -> None:
    listing = listed(records(15, key="infourl"), 100)
    assert asked_of(listing) == (LIST, (2, 15, False))
    assert (listing.pages, listing.announced) == (7, 100)


def test_pages_in_params_count_from_zero() -> None:
    assert asked_of(listed(records(20), 41, index=0, wrapped=True)) == (LIST, (1, 20, True))
    assert listed(records(1), 41, index=2, wrapped=True).next is None


def test_where_a_flat_body_is_not_understood_it_is_put_into_params() -> None:
    assert asked_of(listed(None, None)) == (LIST, (0, 20, True))
    assert asked_of(listed([], 0)) == (LIST, (0, 20, True))
    with pytest.raises(ListingError, match="no record in the answer"):
        listed([], 0, index=0, wrapped=True)
    with pytest.raises(ListingError, match="no record in the answer"):
        listed([], 0, index=2)


def test_page_zero_is_asked_last_where_page_one_turns_out_to_be_the_second() -> None:
    assert asked_of(listed(records(20), 60)) == (LIST, (2, 20, False))
    short = listed(records(10, 21), 30)
    assert len(short.entries) == 10
    assert asked_of(short) == (f"{LIST}#first=0&last=1", (0, 20, False))
    beyond = listed([], 40, index=2)
    assert beyond.entries == ()
    assert asked_of(beyond) == (f"{LIST}#first=0&last=1", (0, 20, False))
    last = listed(records(20), 40, index=0, url=f"{LIST}#first=0&last=1")
    assert (len(last.entries), last.next, last.guesses) == (20, None, ())


def test_a_script_says_from_which_number_pages_are_counted() -> None:
    script = (
        f"siteGuid:'{GUID}',projectName='EWB_Q';pageIndex = 0;"
        "'/rest/lightfrontaction/getgovinfolist'"
    )
    url, _ = asked_of(epoint.read(page(SHELL, script), source()))
    assert url == f"{SITE}/EWB_Q/rest/lightfrontaction/getgovinfolist#first=0"
    assert asked_of(listed(records(20), 30, index=0, url=url))[1] == (1, 20, False)
    wrapped = script + " data: {token: '', params: {categorynum: cat}}"
    assert asked_of(epoint.read(page(SHELL, wrapped), source()))[1] == (0, 20, True)
    assert asked_of(listed(records(20), 30, url=f"{LIST}#first=7"))[1] == (2, 20, False)


@pytest.mark.parametrize(
    "body", ["junk", "[" * 100_000, "[]", '{"pageIndex": -1}', '{"pageIndex": 1}']
)
def test_a_body_that_epoint_does_not_ask_with_is_an_alarm(body: str) -> None:
    with pytest.raises(ListingError, match="no pageIndex and pageSize"):
        epoint.read(page(LIST, {}, json_body=body, referer=SHELL), source())


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("<html>请登录</html>", "it is HTML"),
        ({"custom": {"data": "null"}}, "records in the answer, which has: custom"),
        ({"custom": {"data": ["a", "b"], "total": 2}}, "no address: 2"),
    ],
)
def test_bad_answers_of_epoint_are_alarms(answer: object, message: str) -> None:
    with pytest.raises(ListingError, match=message):
        epoint.read(page(LIST, answer, json_body=BODY, referer=SHELL), source())


# --- igs

SEARCH = f"{SITE}/igs/front/search/list.html?siteId=71&pageNumber=1&pageSize=20"


def test_a_search_is_asked_for_with_the_address_that_a_script_writes() -> None:
    text = "$.get('/igs/front/search/list.html?siteId=71&amp;index=a&pageSize=20&pageNumber=' + n)"
    shell = page(f"{SITE}/jytabl/", text)
    assert igs.shows(shell)
    assert igs.read(shell, source()).next == Request(
        f"{SITE}/igs/front/search/list.html?siteId=71&index=a&pageSize=20&pageNumber=1"
    )
    jilin = page(
        f"{SITE}/a/", "url: '/govsearch/jsonp/zf_jd_list.jsp', data: {lb: 134657, page: n}"
    )
    assert igs.read(jilin, source()).next == Request(
        f"{SITE}/govsearch/jsonp/zf_jd_list.jsp?lb=134657&page=1"
    )


def test_a_search_by_words_may_list_a_column_too() -> None:
    text = "url: '/igs/front/search.jhtml?code=1f0e&searchWord=&siteId=71&pageNumber=' + n"
    assert igs.read(page(f"{SITE}/jytabl/", text), source()).next == Request(
        f"{SITE}/igs/front/search.jhtml?code=1f0e&searchWord=&siteId=71&pageNumber=1"
    )


def test_a_search_in_the_head_of_a_page_or_beside_a_pager_is_none() -> None:
    head = "<form action='/igs/front/search.jhtml?siteId=71'>"
    assert not igs.shows(page(f"{SITE}/jytabl/", head))
    with pytest.raises(ListingError, match="no search for its rows"):
        igs.read(page(f"{SITE}/jytabl/", head), source())
    words = "location.href = '/igs/front/search.jhtml?siteId=71&pageNumber=1&searchWord=' + word"
    assert not igs.shows(page(f"{SITE}/jytabl/", words + "; '/igs/front/search/list.html'"))
    asked = "'/igs/front/search/list.html?siteId=71'"
    static = f"{asked}<script>createPageHTML(3, 0, 'index', 'html')</script>"
    assert not igs.shows(page(f"{SITE}/jytabl/", static))
    assert igs.shows(page(SEARCH, "{}"))


def test_pages_of_a_search_are_turned_by_the_number_that_was_asked() -> None:
    answer = {"page": {"content": records(20), "total": "43", "pageSize": 20, "pageNumber": 1}}
    listing = igs.read(page(SEARCH, answer), source())
    assert listing.next is not None
    assert (listing.next.url, listing.pages) == (SEARCH.replace("Number=1", "Number=2"), 3)
    other = igs.read(page(f"{SITE}/ssp/search/api/list?pageNo=2", {"datas": records(3)}), source())
    assert [guess.url for guess in other.guesses] == [f"{SITE}/ssp/search/api/list?pageNo=3"]


@pytest.mark.parametrize(("answer", "message"), BAD)
def test_bad_answers_of_a_search_are_alarms(answer: object, message: str) -> None:
    with pytest.raises(ListingError, match=message):
        igs.read(page(SEARCH, answer), source())


# --- lonsun

LABEL = f"{SITE}/site/label/8888?labelName=publicInfoList&pageSize=15&pageIndex=2"


def test_a_label_is_asked_for_with_what_the_address_of_the_column_adds() -> None:
    url = f"{SITE}/public/column/20261?type=4&catId=6721411"
    text = (
        "'/site/label/8888?labelName=searchDataList'"
        " '/site/label/8888?labelName=publicInfoList&siteId=7&catId='"
    )
    assert lonsun.read(page(url, text), source()).next == Request(
        f"{SITE}/site/label/8888?labelName=publicInfoList&siteId=7&catId=6721411&type=4&pageIndex=1"
    )


def test_a_piece_that_does_not_say_how_many_pages_there_are_leaves_a_guess() -> None:
    listing = lonsun.read(page(LABEL, rows(3), referer=f"{SITE}/a/b.html"), source())
    assert (len(listing.entries), listing.next) == (3, None)
    assert [guess.url for guess in listing.guesses] == [LABEL.replace("Index=2", "Index=3")]
    belied = lonsun.read(page(LABEL, rows(3) + "<script>pageCount: 1</script>"), source())
    assert (belied.pages, len(belied.guesses)) == (None, 1)


def test_pages_of_lonsun_are_turned_in_their_query_or_their_path() -> None:
    whole = rows(3) + "<script>var pageCount = '4'</script>"
    query = lonsun.read(page(f"{SITE}/jyta/index.html#top", whole), source())
    assert query.next == Request(f"{SITE}/jyta/index.html?pageIndex=2")
    path = lonsun.read(page(f"{SITE}/XxgkContent/showList/17/10/page_4.html?a=1", whole), source())
    assert (path.next, path.guesses, path.pages) == (None, (), 4)


@pytest.mark.parametrize(
    ("url", "text", "shown"),
    [
        (f"{SITE}/jyta/", "<!--StartLabelHtml_linkList_9e37-->", True),
        (LABEL, rows(1), True),
        (f"{SITE}/XxgkContent/showList/17/10/page_1.html", "", True),
        (f"{SITE}/jyta/", rows(3), False),
    ],
)
def test_lonsun_is_shown_by_its_labels_and_its_addresses(url: str, text: str, shown: bool) -> None:
    assert lonsun.shows(page(url, text)) is shown


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("<p>暂无相关信息</p>", "no entry"),
        ("", "no entry"),
        ("{", "it is something else"),
        ({"data": None, "message": "error"}, "records in the answer"),
        ({"data": ["a"]}, "no address: 1"),
    ],
)
def test_bad_answers_of_a_label_are_alarms(answer: object, message: str) -> None:
    with pytest.raises(ListingError, match=message):
        lonsun.read(page(LABEL, answer, referer=f"{SITE}/public/column/1"), source())


# --- ucap

ROWS = f"{SITE}/common/search/{HEX}?_isJson=true&_pageSize=100&page=1"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (f"'/search/{HEX}?_pageSize=10&page='", f"/search/{HEX}?_pageSize=10&page=1&_isJson=true"),
        (f"'/searchList/{HEX}'", f"/searchList/{HEX}?_isAgg=true&_isJson=true&_pageSize=20"),
        (f"'/searchList/' channelId: '{HEX}'", f"/searchList/{HEX}?_isAgg=true&_isJson=true"),
    ],
)
def test_the_search_of_a_channel_is_asked_for(text: str, url: str) -> None:
    shell = page(f"{SITE}/c1/list.shtml", text)
    assert ucap.shows(shell)
    asked = ucap.read(shell, source()).next
    assert asked is not None
    assert asked.url.startswith(SITE + url)


def test_a_channel_in_the_address_alone_is_asked_for_at_the_usual_place() -> None:
    asked = ucap.read(
        page(f"{SITE}/common_listmores.shtml?channelId={HEX}&code=c1", ""), source()
    ).next
    assert asked is not None
    assert asked.url.startswith(f"{SITE}/common/search/{HEX}?_isAgg=true&_isJson=true")


def test_a_page_without_a_search_is_read_as_it_is() -> None:
    text = rows(3) + f"<script>var channelId = '{HEX}';</script>"
    assert len(ucap.read(page(f"{SITE}/c1/list.shtml", text), source()).entries) == 3
    assert not ucap.shows(page(f"{SITE}/c1/list.shtml", text))


def test_pages_go_on_by_what_the_answer_says_and_not_by_what_was_asked_for() -> None:
    answer = {"data": {"total": 43, "page": 2, "rows": 20, "results": records(20)}}
    listing = ucap.read(page(ROWS, answer), source())
    assert listing.next is not None
    assert listing.next.url.endswith("&page=3")
    assert (listing.pages, listing.announced) == (3, 43)
    silent = ucap.read(page(ROWS, {"data": {"results": records(20)}}), source())
    assert [guess.url[-7:] for guess in silent.guesses] == ["&page=2"]


@pytest.mark.parametrize(
    ("printed", "following"),
    [
        ("<span>共<b>3</b>页</span>", "index_3.shtml"),
        ("<span>共<b>2</b>页</span>", None),
        ("<span>共<b>1</b>页</span>", None),
        ("<span><b>2</b>/<b>3</b></span>", None),
        ("<span>共<b>三</b>页</span>", None),
    ],
)
def test_the_printed_number_of_pages_is_believed_where_it_is_one(
    printed: str, following: str | None
) -> None:
    text = f"<ul class='xxgk_rulzd1'>{rows(3)}</ul><div class='dlist_page'>{printed}</div>"
    listing = ucap.read(page(f"{SITE}/jyta/index_2.shtml", text), source())
    assert (listing.next and listing.next.url) == (following and f"{SITE}/jyta/{following}")
    assert ucap.pager_of(page(f"{SITE}/jyta/", text)) is None


@pytest.mark.parametrize(
    ("file", "this", "following", "guesses"),
    [
        ("list.shtml", 1, "list_2.shtml", ["list_1.shtml"]),
        ("list_1.shtml", 2, "list_2.shtml", []),
        ("list_2.shtml", 2, "list_3.shtml", []),
    ],
)
def test_the_second_page_is_the_file_with_two_or_with_one(
    file: str, this: int, following: str, guesses: list[str]
) -> None:
    text = rows(3) + f"<script>createPageHTML('p', 4, {this}, 'list', 'shtml', 61)</script>"
    listing = ucap.read(page(f"{SITE}/a/{file}", text), source())
    assert listing.next == Request(f"{SITE}/a/{following}")
    assert [guess.url for guess in listing.guesses] == [f"{SITE}/a/{name}" for name in guesses]


def test_ucap_is_shown_by_its_search_and_its_pager_and_not_by_that_of_trs() -> None:
    assert ucap.shows(page(ROWS, "{}"))
    assert ucap.shows(
        page(f"{SITE}/a/", "<script>createPageHTML('p', 4, 1, 'list', 'shtml')</script>")
    )
    assert not ucap.shows(
        page(f"{SITE}/a/", "<script>createPageHTML(4, 0, 'index', 'html')</script>")
    )


@pytest.mark.parametrize(("answer", "message"), BAD)
def test_bad_answers_of_ucap_are_alarms(answer: object, message: str) -> None:
    with pytest.raises(ListingError, match=message):
        ucap.read(page(ROWS, answer), source())


# --- blocks


def block(*numbers: int) -> str:
    one, two, three = (f"{number:08x}-81a3-4cf2-b876-8618919c0049" for number in numbers)
    return f"/columns/{one}/templates/{two}/blocks/{three}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no block"),
        (f"'{block(1, 2, 3)}'", "no block"),
        (
            f"'{block(1, 2, 3)}?page=' '{block(1, 2, 4)}?page='",
            "no one block of rows, but /columns/",
        ),
    ],
)
def test_which_block_has_the_rows_is_not_guessed(text: str, message: str) -> None:
    with pytest.raises(ListingError, match=message):
        blocks.read(page(f"{SITE}/columns/x/index.html", text), source())


def test_the_block_of_the_own_column_has_the_rows() -> None:
    url = f"{SITE}{block(1, 2, 3).partition('/templates')[0]}/index.html"
    text = f"'{block(9, 2, 3)}?page=1' '{block(1, 2, 3)}?page=' '{block(1, 2, 3)}?page=2&fix=0'"
    assert blocks.shows(page(url, text))
    assert blocks.read(page(url, text), source()).next == Request(
        f"{SITE}{block(1, 2, 3)}?page=1&fix=0"
    )
    asked = page(f"{SITE}{block(1, 2, 3)}?page=1&fix=0", rows(2), referer=url)
    assert blocks.shows(asked)
    guesses = blocks.read(asked, source()).guesses
    assert guesses == (Request(f"{SITE}{block(1, 2, 3)}?page=2&fix=0"),)
    with pytest.raises(ListingError, match="no entry"):
        blocks.read(page(asked.asked.url, "<html>请登录</html>", referer=url), source())


# --- what they share


def test_fields_are_those_of_the_nearest_object_that_has_the_name() -> None:
    text = (
        "var far = {labelName: 'a'};" + " " * 200 + "<meta name='SiteId' content='7'>"
        "<input id='organ' value=\"20261\"><input value='x'>"
        "var data = {labelName: 'b', 'filter[A]': \"c\", siteId: SiteId, organId: organ, n: -5,"
        " ok: true, lost: gone, made: make(), catId: catId, labelName: 'd', size: size};"
        "let size = 15, other = '';"
        "'/site/label/8888'"
    )
    shell = page(f"{SITE}/?catId=9&organ=1", text)
    fields = fields_near(shell, text.index("'/site"), "labelName")
    assert fields == {
        "labelName": "b",
        "filter[A]": "c",
        "siteId": "7",
        "organId": "20261",
        "n": "-5",
        "ok": "true",
        "catId": "9",
        "size": "15",
    }
    assert fields_near(shell, 0, "absent") == {}
    assert variables(shell)["other"] == ""


def test_hosts_are_those_of_the_page_its_column_and_its_source() -> None:
    answer = page("http://api.a.test/x", referer="http://www.b.test/y")
    hosts = hosts_of(answer, source("http://www.c.test/"))
    assert hosts == {"api.a.test", "www.b.test", "www.c.test"}
    assert reason_of("http://www.d.gov.cn/", hosts) == ""
    assert reason_of("", hosts) == "no address"
