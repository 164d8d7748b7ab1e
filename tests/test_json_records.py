"""What answers in JSON hold: records under many names, totals that are true or not."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from replyarc.errors import ListingError
from replyarc.listing.answers import Answer, read_answer
from replyarc.listing.records import listing_of, read_records, read_stamp
from replyarc.model import Entry, Listing, Page, Request, Source

COLUMN = "http://mzj.qingyuan.gov.test/zwgk/jytabl/index.html"
API = "http://mzj.qingyuan.gov.test/api/list?page=1"
SOURCE = Source(name="qingyuan", publisher="清源市民政局", urls=(COLUMN,), allow_hosts=("a.test",))


def page(value: object = "", url: str = API) -> Page:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Page(url, text, Request(url, referer=COLUMN))


def row(**record: object) -> Entry:
    """The one row of one record."""
    (entry,), _ = read_records([record], page(), SOURCE)
    return entry


def turned(answer: Answer, this: int = 1, size: int | None = 20) -> Listing:
    def ask(wanted: int, at_once: int | None) -> Request:
        return Request(f"http://mzj.qingyuan.gov.test/api/{wanted}/{at_once}")

    return listing_of(answer, page(), SOURCE, this, size, ask)


def records(count: int, start: int = 0) -> list[Any]:
    return [
        {"url": f"/r/{n}.html", "title": f"关于第{n}号建议的答复"}
        for n in range(start, start + count)
    ]


@pytest.mark.parametrize(
    ("record", "url"),
    [
        ({"URL": "../r/1.html"}, "http://mzj.qingyuan.gov.test/zwgk/r/1.html"),
        ({"post_url": "/r/1.html"}, "http://mzj.qingyuan.gov.test/r/1.html"),
        (
            {"url": "javascript:;", "DOCPUBURL": "/r/1.html"},
            "http://mzj.qingyuan.gov.test/r/1.html",
        ),
        (
            {"urls": '{"mobile": "/m/1.html", "pc": "/r/1.html"}'},
            "http://mzj.qingyuan.gov.test/r/1.html",
        ),
        ({"urls": {"wap": "/r/1.html"}}, "http://mzj.qingyuan.gov.test/r/1.html"),
        ({"urls": ["/r/1.html", "/r/2.html"]}, "http://mzj.qingyuan.gov.test/r/1.html"),
        ({"source": {"infoUrl": "//a.test/r/1.html"}}, "http://a.test/r/1.html"),
    ],
)
def test_an_address_is_found_under_any_name_and_is_relative_to_the_column(
    record: dict[str, object], url: str
) -> None:
    assert row(title="关于第1号建议的答复", **record).url == url


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"url": None},
        {"url": COLUMN},
        {"url": ["", {}]},
        {"url": []},
        {"url": 17},
        {"urls": '{"pc": '},
        {"urls": "[" * 5_000},
        {"url": "mailto:a@a.test"},
        {"attachment": [{"url": "/attachment/1.pdf"}]},
    ],
)
def test_a_record_without_an_address_of_its_own_is_no_row(record: dict[str, object]) -> None:
    entries, left_out = read_records(
        [*records(1), {"title": "关于第9号建议的答复", **record}], page(), SOURCE
    )
    assert [entry.title for entry in entries] == ["关于第0号建议的答复"]
    assert left_out == {"no address": 1}


@pytest.mark.parametrize(
    ("record", "title"),
    [
        ({"DOCTITLE": "关于第1号<em style='color:red'>建议</em>的答复"}, "关于第1号建议的答复"),
        ({"title": "关于&ldquo;一老一小&rdquo;建议\n的答复"}, "关于“一老一小”建议 的答复"),
        ({"title": "关于<养老服务条例>的建议的答复"}, "关于<养老服务条例>的建议的答复"),
        ({"title": "%u5173%u4E8E%u7B2C1%u53F7%20%u5EFA%u8BAE%uD83D%uDE00"}, "关于第1号 建议😀"),
        ({"title": "关于100%同意的建议"}, "关于100%同意的建议"),
        ({"title": "关于第1号建议\ud83d"}, "关于第1号建议\ufffd"),
        ({"title": "关于第1号建...", "realtitle": "关于第1号建议的答复"}, "关于第1号建议的答复"),
        ({"title": "关于第1号建…", "name": "关于第1号建议的答复"}, "关于第1号建议的答复"),
        ({"title": "关于第1号建…", "name": "栏目"}, "关于第1号建…"),
        ({"title": "·关于第1号建议的答复[2024-01-02]"}, "关于第1号建议的答复"),
        ({"title": 7, "tip": {"title": "关于第1号建议的答复"}}, "关于第1号建议的答复"),
    ],
)
def test_a_title_is_plain_and_whole(record: dict[str, object], title: str) -> None:
    assert row(url="/r/1.html", **record).title == title


def test_what_is_glued_to_a_title_is_its_day_where_no_field_is() -> None:
    assert row(url="/1.html", title="关于第1号建议的答复[2024-01-02]").listed_on == date(2024, 1, 2)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1704124800, date(2024, 1, 2)),
        (1704124799, date(2024, 1, 1)),
        ("1704124800", date(2024, 1, 2)),
        (1704124800000, date(2024, 1, 2)),
        (1704124800000.0, date(2024, 1, 2)),
        ("/Date(1704124800000+0800)/", date(2024, 1, 2)),
        ("2024-01-01T16:00:00.000Z", date(2024, 1, 2)),
        ("2024-01-01T15:59:59.000+0000", date(2024, 1, 1)),
        ("2024-01-02T00:10:00+08:00", date(2024, 1, 2)),
        ("2024.01.02 10:00:00", date(2024, 1, 2)),
        (20240102, date(2024, 1, 2)),
        ("2024-13-45T16:00:00.000Z", None),
        (0, None),
        (True, None),
        (None, None),
        ([2024], None),
        (float("nan"), None),
        (float("inf"), None),
        (10**40, None),
        ("", None),
    ],
)
def test_a_day_is_read_from_any_form_of_it(value: object, day: date | None) -> None:
    assert read_stamp(value) == day


def test_the_day_of_publication_goes_before_others() -> None:
    record = {"date": "2020-01-01", "created_at": "2024-01-02 10:00:00", "createTime": "2025-01-01"}
    assert row(url="/1.html", title="关于第1号建议的答复", **record).listed_on == date(2024, 1, 2)


def test_numbers_stand_in_fields_or_in_pairs() -> None:
    pairs = [
        {
            "resultList": [
                {"key": "refno", "value": "民函〔2024〕1号"},
                {"key": "indexnumber", "value": "无"},
            ]
        }
    ]
    entry = row(url="/1.html", title="关于第1号建议的答复", domainMetaList=pairs, IdxID=" 01-2024 ")
    assert (entry.index_number, entry.document_number) == ("01-2024", "民函〔2024〕1号")
    empty = row(url="/1.html", title="关于第1号建议的答复", fileNum="——", identifier=12, syh="null")
    assert (empty.index_number, empty.document_number) == (None, None)


def test_notices_and_rows_on_other_hosts_are_rows_that_are_not_asked_for() -> None:
    listed = [
        *records(1),
        {"url": "/2.html", "title": "2024年建议提案办理情况"},
        {"url": "http://ads.test/3.html", "title": "关于第3号建议的答复"},
        {"url": "http://www.b.gov.cn/4.html", "title": "关于第4号建议的答复"},
        {"url": "/r/0.html", "title": "关于第0号建议的答复"},
        {"url": "/5.html", "title": " <br> "},
        "a text",
    ]
    entries, left_out = read_records(listed, page(), SOURCE)
    assert [entry.left_out for entry in entries] == [None, "notice", "other host", None]
    assert left_out == {"repeated": 1, "no title": 1, "no address": 1}


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        ([], "no record in the answer"),
        (None, "no record in the answer"),
        ({"url": "/1.html", "title": "关于第1号建议"}, "no record in the answer"),
        (
            ["关于第1号建议"],
            "no record with an address and a title; no address: 1; the first has: a text",
        ),
        ([{"id": 7, "name": "关于第1号建议"}], "no address: 1; the first has: id, name"),
        ([{"id": 7, "url": "/1.html"}], "no title: 1; the first has: id, url"),
        (
            [{"url": "http://ads.test/1", "title": "关于第1号建议"}],
            "other host: 1; the first has: url",
        ),
    ],
)
def test_answers_without_a_row_are_alarms_that_name_what_was_there(
    listed: object, message: str
) -> None:
    with pytest.raises(ListingError, match=message):
        read_records(listed, page(), SOURCE)


def test_a_record_of_ten_thousand_parts_is_read_as_far_as_it_goes() -> None:
    deep: dict[str, Any] = {}
    for _ in range(400):
        deep = {"more": deep, "each": [{"key": "refno"}] * 50}
    entry = row(url="/1.html", title="关于第1号建议的答复", parts=deep, many=[{}] * 10_000)
    assert entry.document_number is None


# --- totals


@pytest.mark.parametrize(
    ("answer", "this", "size", "pages", "total", "following"),
    [
        (Answer(records(20), total=43), 1, 20, 3, 43, "2/20"),
        (Answer(records(3), total=43), 3, 20, 3, 43, None),
        (Answer(records(15), total=43), 1, 20, 3, 43, "2/15"),
        (Answer(records(20), total=43), 1, None, 3, 43, "2/20"),
        (Answer(records(20), pages=3), 2, 20, 3, None, "3/20"),
        (Answer(records(20), total=10**9), 1, 20, 5 * 10**7, 10**9, "2/20"),
        (Answer(records(7), total=7), 1, 20, 1, 7, None),
    ],
)
def test_a_total_tells_how_many_pages_there_are(
    answer: Answer,
    this: int,
    size: int | None,
    pages: int,
    total: int | None,
    following: str | None,
) -> None:
    listing = turned(answer, this, size)
    said = (
        listing.next.url.removeprefix("http://mzj.qingyuan.gov.test/api/") if listing.next else None
    )
    assert (listing.pages, listing.announced, said) == (pages, total, following)
    assert listing.guesses == ()


@pytest.mark.parametrize(
    "answer",
    [
        Answer(records(20)),
        Answer(records(20), total=0),
        Answer(records(20), total=5),
        Answer(records(20), pages=1),
        Answer(records(3), total=39),
    ],
)
def test_a_total_that_the_records_belie_counts_as_none(answer: Answer) -> None:
    listing = turned(answer, 3)
    assert (listing.next, listing.pages, listing.announced) == (None, None, None)
    assert [guess.url for guess in listing.guesses] == ["http://mzj.qingyuan.gov.test/api/4/20"]


def test_a_page_that_says_which_it_is_is_believed_where_it_is_the_one() -> None:
    assert turned(Answer(records(20), this=2, total=43), 2).this == 2
    assert turned(Answer(records(20), this=1, total=43), 2).this is None


@pytest.mark.parametrize(
    ("value", "count", "total"),
    [
        ([{"a": 1}], 1, None),
        ({"articles": [{}], "classify": {"post_count": 5}}, 1, 5),
        ({"custom": {"data": [{}], "total": "5"}}, 1, 5),
        ({"page": {"content": [{}, {}], "total": "41049"}}, 2, 41049),
        ({"datas": [{}], "linkDatas": [], "page": {"recordcount": 59}}, 1, 59),
        ({"data": {"middle": {"list": [{}]}, "pager": {"total": 10000}}}, 1, 10000),
        ({"data": {"results": [{}], "total": 3, "rows": 20}}, 1, 3),
        ({"data": [], "list": [{}]}, 1, None),
        ({"data": [], "total": 0}, 0, 0),
    ],
)
def test_records_and_totals_are_found_where_systems_put_them(
    value: object, count: int, total: int | None
) -> None:
    answer = read_answer(page(value))
    assert (len(answer.records), answer.total) == (count, total)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("<html>请登录</html>", "no JSON in the answer: it is HTML"),
        ("", "it is nothing"),
        ("callback({)", "it is something else"),
        ("[" * 100_000, "it is something else"),
        ({"code": 401, "msg": "请先登录", "data": None}, r"has: code, msg \('请先登录'\), data"),
        ("null", "has: nothing"),
        ("7", "has: a number"),
        ('"请先登录"', "has: a text"),
        ({}, "has: nothing"),
        ({"data": "暂无数据", "message": {"a": 1}}, "has: data, message"),
    ],
)
def test_answers_that_are_none_are_alarms(value: object, message: str) -> None:
    with pytest.raises(ListingError, match=message):
        read_answer(page(value))


@pytest.mark.parametrize(
    ("name", "url", "count"),
    [
        ("078-www.fujian.gov.cn-api.json", "http://www.fujian.gov.cn/ssp/search/api/x?page=2", 10),
        ("081-www.gxzf.gov.cn-api.json", "http://www.gxzf.gov.cn/igs/front/search/list.html?", 10),
        ("082-www.guizhou.gov.cn-api.json", "http://www.guizhou.gov.cn/igs/", 10),
        (
            "087-www.shaanxi.gov.cn-api.json",
            "http://www.shaanxi.gov.cn/igs/front/search/list.html?",
            10,
        ),
    ],
)
def test_a_real_answer_is_read(corpus: Any, name: str, url: str, count: int) -> None:
    answer = read_answer(page((corpus / "pages" / name).read_text("utf-8"), url))
    entries, left_out = read_records(answer.records, page(url=url), SOURCE)
    assert (len(entries), left_out) == (count, {})
    assert all(entry.listed_on for entry in entries)
    assert (answer.total or 0) > 50
