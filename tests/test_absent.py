"""Soft 404s: what is not the page that was asked for, though the site answers 200."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.fetch.absent import absence
from replyarc.text.charset import decode
from tests.column import Letter

ASKED = "http://mzj.gov.test/jytabl/202305/t20230517_1.html"
TITLE = "清源市民政局关于市八届人大二次会议第1号建议的答复"
FURNITURE = "".join(f'<a href="/c{n}/">政务公开栏目{n}</a>' for n in range(40)) + (
    "<p>主办单位：清源市民政局　承办单位：清源市信息中心</p>"
    "<p>清ICP备00000001号　网站标识码：0000000001</p>"
)


def page(title: str, *said: str, furniture: str = FURNITURE) -> str:
    shown = "".join(f"<p>{each}</p>" for each in said)
    return f"<html><head><title>{title}</title></head><body>{shown}{furniture}</body></html>"


ERRORS = {
    "as the title": page("页面不存在"),
    "404 in the title": page("404-清源市民政局"),
    "404 not found": page("404 Not Found", furniture=""),
    "with the site's name": page("您访问的页面不存在 - 清源市民政局"),
    "a line": page("清源市民政局", "您访问的页面不存在或已被删除！"),
    "a line with manners": page("清源市民政局", "非常抱歉，您要访问的页面不存在。"),
    "an error page": page("错误页面"),
    "not to be found": page("清源市民政局", "无法找到该页"),
    "not found here": page("提示", "对不起，没有找到您要访问的内容"),
    "a record that is no more": page("清源市民政局", "该信息已被删除"),
    "taken down": page("清源市民政局", "该文章已下线"),
    "404 in a line": page("清源市民政局", "404 错误"),
    "an alert": "<script>alert('该信息不存在或已被删除！');history.back();</script>",
    "a jump to an error page": "<script>window.location.href='/404.html';</script>",
    "a jump home": '<meta http-equiv="refresh" content="0;url=/">',
    "the home page": page("清源市人民政府门户网站", furniture=FURNITURE * 3),
}


@pytest.mark.parametrize("text", ERRORS.values(), ids=ERRORS)
def test_an_error_page_with_status_200_is_not_the_page(text: str) -> None:
    assert absence(ASKED, ASKED, text, TITLE)


@pytest.mark.parametrize(
    "name",
    [name for name in ERRORS if name not in ("an alert", "a jump to an error page", "a jump home")],
)
def test_it_is_known_however_long_its_furniture_is(name: str) -> None:
    long = ERRORS[name].replace("</body>", FURNITURE * 5 + "</body>")
    assert len(long) > 4096
    assert absence(ASKED, ASKED, long, TITLE)


REDIRECTS = {
    "home": "http://mzj.gov.test/",
    "home of the parent site": "https://www.gov.test/index.html",
    "an error page": "http://mzj.gov.test/404.html",
    "an error page of a folder": "http://mzj.gov.test/error/index.html?from=1",
    "the listing": "http://mzj.gov.test/jytabl/index.html",
    "a listing above it": "http://mzj.gov.test/jytabl/202305/",
    "the listing of the source": "http://mzj.gov.test/list.jsp?column=7",
}


@pytest.mark.parametrize("final", REDIRECTS.values(), ids=REDIRECTS)
def test_a_redirect_to_where_no_record_stands_is_not_the_page(final: str) -> None:
    columns = ["http://mzj.gov.test/list.jsp?column=7"]
    assert final in (absence(ASKED, final, page("清源市民政局"), TITLE, columns) or "")


HARMLESS = {
    "https": "https://mzj.gov.test/jytabl/202305/t20230517_1.html",
    "www": "http://www.mzj.gov.test/jytabl/202305/t20230517_1.html",
    "another place": "http://mzj.gov.test/zwgk/jytabl/2023/1.html",
    "an address with a number": "http://mzj.gov.test/zwgk/404.html?id=1",
}


@pytest.mark.parametrize("final", HARMLESS.values(), ids=HARMLESS)
def test_a_page_that_moved_is_the_page(final: str) -> None:
    asked = ASKED if "404" not in final else "http://mzj.gov.test/show?id=404"
    assert absence(asked, final, Letter(1, date(2023, 5, 17)).page().decode(), "另一题目") is None


def test_what_is_called_as_the_listing_calls_it_is_the_page_wherever_it_is_found() -> None:
    found = page(TITLE, "顾明远代表：", "您的建议收悉。")
    assert absence(ASKED, "http://mzj.gov.test/jytabl/202305/", found, TITLE) is None
    assert absence(ASKED, "http://mzj.gov.test/jytabl/202305/", found, TITLE[:20] + "…") is None
    headed = page("清源市民政局", f"<h1>{TITLE}</h1>")
    assert absence(ASKED, "http://mzj.gov.test/", headed, TITLE) is None
    linked = page("清源市民政局", f'<h1><a href="/1.html">{TITLE}</a></h1>')
    assert absence(ASKED, "http://mzj.gov.test/", linked, TITLE)


LETTERS = {
    "about missing pages": page(
        "关于完善政府网站的答复",
        "季舒委员：",
        "您反映的“您访问的页面不存在”“404”等问题，我局已逐一核查，并删除了错误页面。",
        "感谢您的关心。",
    ),
    "with the words on a line of a long letter": page(
        "关于完善政府网站的答复",
        "季舒委员：",
        "您反映的问题收悉。" + "经核查，我局网站部分栏目打开后提示出错。" * 30,
        "您访问的页面不存在",
        "以上答复，请予审议。",
    ),
    "with a number like a status": page("关于第404号建议的答复", "顾明远代表：", "您的建议收悉。"),
    "with 404 as a part of its title": page("建议提案-404", "顾明远代表：", "您的建议收悉。"),
    "under the name of its site": page(
        "清源市人民政府门户网站", "顾明远代表：", "您提出的建议收悉。现答复如下：" * 30
    ),
    "short, under the name of its site": page(
        "清源市人民政府门户网站",
        TITLE,
        "顾明远代表：",
        "您提出的建议收悉。",
        furniture=FURNITURE * 3,
    ),
    "a shell that shows its letter by script": (
        "<script>function home(){window.location.href='/zwgk/index.html';}</script><div></div>"
    ),
}


@pytest.mark.parametrize("text", LETTERS.values(), ids=LETTERS)
def test_a_letter_that_speaks_of_such_pages_is_the_page(text: str) -> None:
    assert absence(ASKED, ASKED, text, TITLE) is None


def test_a_source_of_one_page_is_its_own_listing() -> None:
    home = "http://mzj.gov.test/"
    assert absence(home, home + "index.html", page("清源市民政局"), "", [home]) is None


@given(st.text(alphabet="页面不存在您访问的已删除404-_ <title>/p首页\n", max_size=80))
def test_any_page_is_judged(text: str) -> None:
    came = absence(ASKED, ASKED, text)
    assert came is None or came


def test_no_page_that_is_read_here_is_taken_for_a_soft_404() -> None:
    folder = Path(__file__).parent / "pages" / "reply"
    pages = sorted(folder.rglob("*.html"))
    assert pages
    taken = {each.name: absence(ASKED, ASKED, decode(each.read_bytes())) for each in pages}
    assert not {name: why for name, why in taken.items() if why}


def test_no_real_page_is_taken_for_a_soft_404(corpus: Path) -> None:
    pages = sorted(corpus.glob("pages/*.html"))
    taken = {each.name: absence(ASKED, ASKED, decode(each.read_bytes())) for each in pages}
    assert not {name: why for name, why in taken.items() if why}
