"""``check``: a handful of requests, nothing saved, and what a crawl would find."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from replyarc.checking import check as check_source
from replyarc.errors import LeftAlone, OutOfHours
from replyarc.model import Request, Response, Source
from tests.column import Column, letters
from tests.gov import Answer, Gov, redirect, serving, status
from tests.test_cli import CONFIG, Ran, run


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


@pytest.fixture
def config(tmp_path: Path, gov: Gov) -> Path:
    Column(letters(10)).publish(gov)
    path = tmp_path / "replyarc.toml"
    path.write_text(CONFIG.replace("{url}", gov.url), "utf-8")
    return path


def check(config: Path, *arguments: str) -> Ran:
    return run("--config", str(config), "check", *arguments)


def test_it_says_what_a_crawl_would_find_and_saves_nothing(config: Path, gov: Gov) -> None:
    ran = check(config)
    assert ran.code == 0
    for said in (
        "qingyuan",
        "trs",
        "the second: brings new entries",
        "3 entries",
        letters(10)[0].title,
        "索引号 index_number 3",
        "发文字号 document_number",
        "in none",
        'family = "trs"',
    ):
        assert said in ran.out
    assert [path.name for path in config.parent.iterdir()] == [config.name]
    listings = [path for path in gov.asked if "index" in path]
    replies = [path for path in gov.asked if "/t2023" in path]
    assert (len(listings), len(replies), len(gov.asked)) == (3, 3, 7)


def test_the_json_has_every_field_and_how_many_replies_fill_it(config: Path) -> None:
    ran = check(config, "qingyuan", "--json")
    (found,) = json.loads(ran.out)["sources"]
    assert (found["family"], found["pages"], found["listed"], found["read"]) == ("trs", 4, 3, 3)
    assert found["goes_on"] is True
    assert found["filled"]["index_number"] == 3
    assert found["filled"]["document_number"] == 0
    assert found["entries"][0]["listed_on"] == "2023-05-17"
    assert found["requests"] == 7


def test_a_source_that_is_none_is_a_usage_error_with_the_nearest_name(config: Path) -> None:
    ran = check(config, "qingyaun")
    assert ran.code == 2
    assert "Did you mean qingyuan?" in ran.err


def test_a_second_page_that_is_promised_and_missing_is_a_finding(config: Path, gov: Gov) -> None:
    for number in (2, 3, 4):
        del gov.pages[Column(letters(10)).listing(number)]
    ran = check(config)
    assert ran.code == 5
    assert "promised, and not there" in ran.out
    assert "finding: " in ran.out


def test_labels_that_nobody_reads_are_offered_to_the_configuration(config: Path, gov: Gov) -> None:
    for letter in letters(10):
        body = letter.page().replace("<td>发布日期</td>".encode(), "<td>公文流水</td>".encode())
        gov.pages[letter.path] = body
    ran = check(config)
    assert "公文流水" in ran.out
    assert "[source.labels]" in ran.out


def test_a_page_without_a_letter_is_told_and_the_others_are_read(config: Path, gov: Gov) -> None:
    gov.pages[letters(10)[1].path] = b"<html><body>a new layout</body></html>"
    ran = check(config, "--json")
    (found,) = json.loads(ran.out)["sources"]
    assert ran.code == 4
    assert found["read"] == 2
    assert letters(10)[1].path in found["problems"][0]


def test_a_site_that_turns_programs_away_is_left_alone(config: Path, gov: Gov) -> None:
    gov.faults["/jytabl/index.html"] = deque([status(412)])
    ran = check(config)
    assert ran.code == 6
    assert "blocked: " in ran.out
    assert gov.asked == ["/robots.txt", "/jytabl/index.html", "/"]


def test_a_reply_that_is_refused_ends_the_trial(config: Path, gov: Gov) -> None:
    gov.faults[letters(10)[0].path] = deque([status(403)])
    ran = check(config)
    assert ran.code == 6
    assert sum("/t2023" in path for path in gov.asked) == 1


def test_a_listing_that_cannot_be_had_is_a_failure(config: Path, gov: Gov) -> None:
    gov.faults["/jytabl/index.html"] = deque([status(500)])
    ran = check(config)
    assert ran.code == 4
    assert "500" in ran.out


def test_columns_below_a_column_are_shown_and_the_first_is_tried(config: Path, gov: Gov) -> None:
    below = "".join(f'<li><a href="/jytabl/{name}/">{name}年</a></li>' for name in ("2023", "2022"))
    listing = gov.pages["/jytabl/index.html"]
    gov.pages["/jytabl/index.html"] = f'<meta charset="utf-8"><ul>{below}</ul>'.encode()
    gov.pages["/jytabl/2023/"] = listing
    ran = check(config, "--json")
    (found,) = json.loads(ran.out)["sources"]
    assert [url.removeprefix(gov.url) for url in found["columns"]] == [
        "/jytabl/2023/",
        "/jytabl/2022/",
    ]
    assert found["listed"] == 3
    assert found["read"] == 3


def test_what_is_left_out_is_counted_by_reason(config: Path, gov: Gov) -> None:
    notice = '<li><a href="t20230101_9.html">关于做好建议提案办理工作的通知</a></li></ul>'
    listing = gov.pages["/jytabl/index.html"]
    assert isinstance(listing, bytes)
    gov.pages["/jytabl/index.html"] = listing.replace(b"</ul>", notice.encode())
    ran = check(config, "--json")
    (found,) = json.loads(ran.out)["sources"]
    assert found["left_out"]["notice"] == 1


def test_quiet_and_a_family_that_is_set(config: Path) -> None:
    config.write_text(config.read_text("utf-8") + 'family = "trs"\n', "utf-8")
    ran = run("--config", str(config), "-q", "check")
    assert ran.code == 0
    assert "the configuration may say" not in ran.out


def test_a_trial_asks_a_handful_of_listing_pages_however_many_ways_there_are(
    config: Path, gov: Gov
) -> None:
    rows = gov.pages["/jytabl/index.html"]
    assert isinstance(rows, bytes)
    gov.pages["/jytabl/index.html"] = rows + '<a href="gone.html">下一页</a>'.encode()
    for number in (2, 3, 4):
        del gov.pages[Column(letters(10)).listing(number)]
    ran = check(config, "--json")
    (found,) = json.loads(ran.out)["sources"]
    assert ran.code == 5
    assert sum("/t2023" not in path and path != "/robots.txt" for path in gov.asked) == 6
    assert found["read"] == 3


def test_the_family_that_the_last_crawl_found_is_remembered_and_shown(
    config: Path, gov: Gov
) -> None:
    assert run("--config", str(config), "crawl", "--limit", "1").code == 0
    listing = gov.pages["/jytabl/index.html"]
    assert isinstance(listing, bytes)
    gov.pages["/jytabl/index.html"] = listing.replace(b"createPageHTML(", b"createPageHTML('p',")
    ran = check(config)
    assert "ucap; last crawl: trs" in ran.out
    (found,) = json.loads(check(config, "--json").out)["sources"]
    assert found["remembered"] == "trs"


def test_a_row_that_leads_to_a_file_counts_as_read_by_its_title(config: Path, gov: Gov) -> None:
    gov.pages[letters(10)[0].path] = b"%PDF-1.4 a scanned letter"
    ran = check(config, "--json")
    (found,) = json.loads(ran.out)["sources"]
    assert (ran.code, found["problems"], found["read"]) == (0, [], 3)
    assert (found["filled"]["proposal_numbers"], found["filled"]["text"]) == (3, 2)
    assert found["filled"]["attachments"] == 1


def told(ran: Ran) -> str:
    """Return what was printed, on one line: a terminal folds it."""
    return " ".join(ran.out.split())


@pytest.mark.parametrize("code", [403, 404])
def test_a_section_that_is_refused_is_told_from_a_site_that_is(
    config: Path, gov: Gov, code: int
) -> None:
    gov.pages["/jytabl/index.html"] = Answer(code)
    gov.pages["/"] = "<html><body><h1>清源市人民政府</h1></body></html>".encode()
    ran = check(config)
    assert ran.code == (6 if code == 403 else 4)
    assert "opens over IPv4, so only this section is closed, or moved" in told(ran)
    assert gov.count("/") == 1
    gov.pages["/"] = Answer(403)
    if code == 403:
        assert "the whole site is closed to us" in told(check(config))


def test_a_refusal_says_over_which_ip_it_was_asked_and_what_can_be_done(
    config: Path, gov: Gov
) -> None:
    gov.pages["/jytabl/index.html"] = Answer(403)
    said = told(check(config))
    assert "403 over IPv4: the site turns programs away; no way around is tried" in said
    assert 'ip = "6"' in said
    assert "replyarc import page.html --url" in said


SHUT = "<html><head><title>系统维护公告</title></head><body><h1>系统维护公告</h1></body></html>"


def test_a_listing_that_only_says_that_the_site_is_shut_is_no_fault_of_its_url(
    config: Path, gov: Gov
) -> None:
    gov.pages["/jytabl/index.html"] = gov.pages["/"] = SHUT.encode()
    ran = check(config)
    assert ran.code == 6
    assert "the site says '系统维护公告' in place of this page" in told(ran)
    assert "it is the whole site" in told(ran)
    assert "set url" not in told(ran).lower()


def test_a_reply_in_whose_place_a_notice_came_ends_the_trial(config: Path, gov: Gov) -> None:
    gov.pages[letters(10)[0].path] = SHUT.encode()
    ran = check(config)
    assert ran.code == 6
    assert sum("/t2023" in path for path in gov.asked) == 1


def test_a_reply_in_whose_place_the_home_page_came_is_told(config: Path, gov: Gov) -> None:
    gov.faults[letters(10)[0].path] = deque([redirect("/")])
    gov.pages["/"] = "<html><title>清源市人民政府门户网站</title></html>".encode()
    ran = check(config, "--json")
    (found,) = json.loads(ran.out)["sources"]
    assert (ran.code, found["read"]) == (4, 2)
    assert "another page came in its place: redirects to the home page" in found["problems"][0]


def test_where_the_connection_is_refused_nothing_further_is_asked(config: Path, gov: Gov) -> None:
    config.write_text(config.read_text("utf-8").replace(f":{gov.port}/", ":1/"), "utf-8")
    ran = check(config)
    assert ran.code == 4
    assert "no connection: it is refused" in told(ran)
    assert "home page" not in told(ran)
    assert gov.asked == []


@pytest.mark.parametrize("error", [LeftAlone, OutOfHours])
async def test_what_is_not_asked_now_is_told_so(error: type[LeftAlone]) -> None:
    async def fetch(request: Request) -> Response:
        raise error(request.url, "its window opens at 22:00")

    source = Source(name="mz", publisher="清源市民政局", urls=("http://mzj.gov.test/a/",))
    checked = await check_source(source, fetch)
    assert checked.problems == ["nothing is asked now: its window opens at 22:00"]
    assert checked.blocked is None
