"""Letters on several pages, letters in files, and files beside letters, over real sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.attached.read import NOT_INSTALLED
from replyarc.evidence import Attached
from replyarc.model import Outcome, Reply, Source
from replyarc.walk import Plan
from tests.blank import blank
from tests.column import MANNERS, Column, Letter, source, walk
from tests.gov import Answer, Gov, redirect, serving

ONE = Letter(1, date(2023, 5, 17))
STEM = ONE.path.removesuffix(".html")
LETTER = "\n".join(
    (
        "李秋实代表：",
        "您提出的《关于加强档案保护的建议》收悉。现答复如下：",
        "我局已为全部馆藏建立目录，并向社会开放。",
        "清源市档案局",
        "2023年6月1日",
    )
)


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        Column([ONE]).publish(government)
        yield government


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        yield opened


def only(archive: Archive) -> Reply:
    (reply,) = archive.replies(Query())
    return reply


def asked(gov: Gov) -> list[str]:
    return [path for path in gov.asked if path not in ("/robots.txt", "/jytabl/index.html")]


def page_of_letter(number: int, paragraphs: str) -> bytes:
    stem = STEM.rpartition("/")[2]
    pager = f'<script>createPageHTML(3, {number - 1}, "{stem}", "html");</script>'
    return (
        f'<html><head><meta charset="utf-8"></head><body><h1>{ONE.title}</h1>'
        f'<div class="TRS_Editor">{paragraphs}</div>{pager}</body></html>'
    ).encode()


@pytest.fixture
def three_pages(gov: Gov) -> list[str]:
    first, *middle, organ, day = LETTER.split("\n")
    paths = [ONE.path, f"{STEM}_1.html", f"{STEM}_2.html"]
    texts = [[first, middle[0]], [middle[1]], ["感谢您的关心。", organ, day]]
    for number, (path, lines) in enumerate(zip(paths, texts, strict=True), 1):
        gov.pages[path] = page_of_letter(number, "".join(f"<p>{line}</p>" for line in lines))
    return paths


async def test_a_letter_on_three_pages_is_read_as_one(
    gov: Gov, archive: Archive, three_pages: list[str]
) -> None:
    (report,) = await walk(archive, source(gov))

    reply = only(archive)
    *body, organ, day = LETTER.split("\n")
    assert reply.text == "\n".join([*body, "感谢您的关心。", organ, day])
    assert reply.signed_on == date(2023, 6, 1)
    assert asked(gov) == three_pages
    assert report.outcomes == {Outcome.NEW: 1}
    (parts,) = archive.db.execute("select parts from captures").fetchone()
    assert [archive.body(part) for part in json.loads(parts)] == [
        gov.pages[path] for path in three_pages[1:]
    ]


@pytest.mark.parametrize("fault", ["not there", "another page", "down"])
async def test_half_a_letter_is_not_read_as_whole(
    gov: Gov, archive: Archive, three_pages: list[str], fault: str
) -> None:
    third = gov.pages[three_pages[2]]
    if fault == "not there":
        del gov.pages[three_pages[2]]
    elif fault == "another page":
        gov.pages[three_pages[2]] = gov.pages[three_pages[1]]
    else:
        gov.pages[three_pages[2]] = Answer(503)

    (report,) = await walk(archive, source(gov))
    assert report.outcomes == {Outcome.FAILED: 1}
    assert three_pages[2] in report.problems[0]
    assert "page 3 of the letter" in report.problems[0] or fault == "down"
    assert archive.count() == 0

    gov.pages[three_pages[2]] = third
    await walk(archive, source(gov), plan=Plan(full=True))
    assert only(archive).signed_on == date(2023, 6, 1)


BODY = LETTER.encode()
FILE = "/jytabl/202305/P020230517.txt"


def with_file(gov: Gov, body: bytes | Answer = BODY, text: str = "") -> Source:
    """Publish a page that links to a file, whose own text is `text`, or the usual letter."""
    link = f'<p><a href="{FILE}">答复件.txt</a></p>'
    page = ONE.page().decode()
    start, end = page.index("<p>顾明远"), page.index("</div></body>")
    gov.pages[ONE.path] = (page[:start] + (text or page[start:end]) + link + page[end:]).encode()
    gov.pages[FILE] = body
    return replace(source(gov), attachments=True)


async def test_the_files_of_a_letter_are_kept_and_read(gov: Gov, archive: Archive) -> None:
    (report,) = await walk(archive, with_file(gov))

    (file,) = only(archive).attachments
    assert file.sha256 == sha256(BODY).hexdigest()
    assert archive.body(file.sha256) == BODY
    said = archive.files.said(file.url)
    assert said is not None
    assert (said.kind, said.text, said.problem) == ("text", LETTER, None)
    assert asked(gov) == [ONE.path, FILE]
    assert not report.problems

    gov.heard.clear()
    await walk(archive, with_file(gov))
    assert asked(gov) == []


async def test_files_are_asked_for_only_where_the_source_says_so(
    gov: Gov, archive: Archive
) -> None:
    wanting = with_file(gov)
    await walk(archive, source(gov))
    assert asked(gov) == [ONE.path]
    assert only(archive).attachments[0].sha256 is None

    gov.heard.clear()
    await walk(archive, wanting)  # what is archived already gets its files too
    assert asked(gov) == [FILE]
    assert only(archive).attachments[0].sha256 is not None
    assert only(archive).version == 1


async def test_a_file_that_is_not_there_is_named_once_and_asked_for_after_recheck(
    gov: Gov, archive: Archive
) -> None:
    wanting = with_file(gov, Answer(404))
    (report,) = await walk(archive, wanting)
    assert report.outcomes == {Outcome.NEW: 1}
    assert report.problems == [
        f"attachment 答复件.txt: {gov.url}{FILE}: 404 Not Found"
    ] or report.problems[0].startswith(f"attachment 答复件.txt: {gov.url}{FILE}: ")

    gov.heard.clear()
    (report,) = await walk(archive, wanting)
    assert not report.problems
    assert asked(gov) == []

    gov.heard.clear()
    await walk(archive, wanting, plan=Plan(recheck=timedelta(days=-1)))
    assert FILE in asked(gov)


async def test_a_file_whose_server_is_down_is_asked_for_by_the_next_crawl(
    gov: Gov, archive: Archive
) -> None:
    wanting = with_file(gov, Answer(503))
    await walk(archive, wanting, manners=replace(MANNERS, retries=0))
    gov.pages[FILE] = BODY
    gov.heard.clear()
    (report,) = await walk(archive, wanting)
    assert asked(gov) == [FILE]
    assert not report.problems
    assert only(archive).attachments[0].sha256 is not None


async def test_a_site_that_refuses_its_files_is_not_pressed_and_its_letters_are_taken(
    gov: Gov, archive: Archive
) -> None:
    wanting = with_file(gov)
    links = "".join(f'<p><a href="/files/{n}.pdf">附件{n}.pdf</a></p>' for n in range(9))
    body = gov.pages[ONE.path]
    assert isinstance(body, bytes)
    gov.pages[ONE.path] = body.replace(b"</div></body>", f"{links}</div></body>".encode())
    gov.pages.update({f"/files/{n}.pdf": Answer(403) for n in range(9)})
    (report,) = await walk(archive, wanting)
    assert report.outcomes == {Outcome.NEW: 1}
    assert report.blocked is None
    assert sum(path.startswith("/files/") for path in asked(gov)) == 3


async def test_a_letter_that_stands_in_a_file_is_read_there(gov: Gov, archive: Archive) -> None:
    await walk(archive, with_file(gov, text="<p>见附件。</p>"))

    reply = only(archive)
    assert reply.text == LETTER
    assert (reply.addressees, reply.signature) == (("李秋实",), "清源市档案局")
    assert reply.proposal_titles == ("关于加强档案保护的建议",)
    assert "letter-in-attachment" in reply.flags
    assert "low-confidence-text" in reply.flags
    notes = archive.notes(reply.id)
    assert notes is not None
    assert notes["evidence"]["text"]["place"] == "attachment 答复件.txt"


async def test_a_letter_in_a_file_that_is_not_fetched_says_so(gov: Gov, archive: Archive) -> None:
    with_file(gov, text="<p>见附件。</p>")
    await walk(archive, source(gov))

    reply = only(archive)
    assert "letter-in-attachment" in reply.flags
    assert reply.addressees == ()
    assert (reply.kind, reply.proposal_numbers) == ("建议", ("001",))


async def test_a_listing_that_leads_to_a_file_gives_a_reply_of_its_title(
    gov: Gov, archive: Archive
) -> None:
    pdf = b"%PDF-1.4\n% a scanned letter\n" + b"\x00" * 200
    gov.pages[ONE.path] = pdf
    (report,) = await walk(archive, source(gov))

    reply = only(archive)
    assert report.outcomes == {Outcome.NEW: 1}
    assert (reply.title, reply.term, reply.proposal_numbers) == (ONE.title, 8, ("001",))
    assert reply.text == ""
    assert "letter-in-attachment" in reply.flags
    (file,) = reply.attachments
    assert file.url == reply.url
    assert file.sha256 == sha256(pdf).hexdigest()
    assert archive.files.said(file.url) is None

    await walk(archive, replace(source(gov), attachments=True), plan=Plan(full=True))
    said = archive.files.said(file.url)
    assert said is not None
    assert said.kind == "pdf"
    assert said.problem


async def test_a_file_that_leads_elsewhere_stays_within_the_hosts_of_the_source(
    gov: Gov, archive: Archive
) -> None:
    wanting = with_file(gov)
    gov.faults[FILE].extend([redirect("http://elsewhere.example/x.txt")] * 3)
    (report,) = await walk(archive, wanting, manners=replace(MANNERS, retries=0))
    assert report.outcomes == {Outcome.NEW: 1}
    assert "elsewhere.example" in report.problems[0]


async def test_a_file_larger_than_is_taken_is_named(gov: Gov, archive: Archive) -> None:
    small = replace(MANNERS, max_body=20_000)
    (report,) = await walk(archive, with_file(gov, b"x" * 30_000), manners=small)
    assert report.outcomes == {Outcome.NEW: 1}
    assert FILE in report.problems[0]


async def test_a_file_that_could_not_be_read_before_is_read_from_the_bytes_that_are_held(
    gov: Gov, archive: Archive
) -> None:
    wanting = with_file(gov, text="<p>见附件。</p>")
    await walk(archive, wanting)
    (file,) = only(archive).attachments
    assert file.sha256 is not None
    archive.files.keep_text(file.sha256, Attached(kind="text", problem=NOT_INSTALLED))
    del gov.pages[FILE]
    await walk(archive, wanting, plan=Plan(full=True))
    said = archive.files.said(file.url)
    assert said is not None
    assert said.text == LETTER


async def test_a_site_that_asks_for_a_long_rest_at_a_file_is_left_alone(
    gov: Gov, archive: Archive
) -> None:
    wanting = with_file(gov, Answer(503, {"Retry-After": "86400"}))
    (report,) = await walk(archive, wanting)
    assert report.blocked
    assert archive.count() == 0
    assert gov.count(FILE) == 1

    gov.pages[FILE] = BODY
    await walk(archive, wanting)
    assert only(archive).attachments[0].sha256 is not None
