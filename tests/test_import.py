"""Pages saved by hand, folders of them, WARC of others, tables: what is taken in, what is left."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.archive import redacting
from replyarc.archive.lock import hold
from replyarc.archive.store import Archive
from replyarc.export.flat import as_json
from replyarc.importing.paths import look
from replyarc.importing.saved import read_saved, web_address
from replyarc.importing.take import Import, Wish
from replyarc.model import Entry, Reply, Source
from tests.blank import blank
from tests.column import Letter
from tests.dumping import dump
from tests.test_attached_office import p, word
from tests.test_cli import run

DAY = datetime(2024, 5, 1, 8, tzinfo=UTC)
LETTER = Letter(12, DAY.date())
SECOND = Letter(13, DAY.date())
URL = "http://mz.gov.test/jytabl/12.html"
MARK = f"<!-- saved from url=(0033){URL} -->\n".encode()
HOME = "<html><title>清源市人民政府</title><body><a href=/>首页</a></body></html>".encode()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as archive:
        yield archive


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "saved"
    path.mkdir()
    return path


def nobody(url: str) -> Source | None:
    return None


def saved(path: Path, body: bytes, at: datetime = DAY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def take(archive: Archive, *paths: Path, **wish: object) -> Import:
    done = Import(archive, nobody, Wish(**wish))  # type: ignore[arg-type]  # of a dict, mypy cannot tell
    done.take(paths)
    return done


def only(archive: Archive) -> Reply:
    (reply,) = archive.replies()
    return reply


# --- a page


def test_a_page_is_kept_read_and_filed_as_of_when_it_was_saved(
    archive: Archive, folder: Path
) -> None:
    path = saved(folder / "a.html", LETTER.page())
    outcome = take(archive, path, url=URL).outcome
    assert (outcome.new, outcome.problems, outcome.left) == (1, [], {})
    reply = only(archive)
    assert (reply.url, reply.source, reply.index_number) == (URL, "import", "990123006/2023-00012")
    assert reply.first_seen_at == reply.last_seen_at == DAY
    assert archive.body(reply.sha256) == LETTER.page()
    assert archive.notes(reply.id)


def test_importing_twice_changes_nothing(archive: Archive, folder: Path) -> None:
    saved(folder / "a.html", MARK + LETTER.page())
    take(archive, folder)
    before = dump(archive)
    outcome = take(archive, folder).outcome
    assert (outcome.new, outcome.more, outcome.known, outcome.captures) == (0, 0, 1, 0)
    assert dump(archive) == before


def test_a_trial_takes_nothing_in_and_says_what_would_come(archive: Archive, folder: Path) -> None:
    saved(folder / "a.html", MARK + LETTER.page())
    before = dump(archive)
    outcome = take(archive, folder, dry_run=True).outcome
    assert (outcome.new, outcome.captures) == (1, 1)
    assert dump(archive) == before


def test_a_later_page_of_another_wording_is_a_version(archive: Archive, folder: Path) -> None:
    take(archive, saved(folder / "a.html", MARK + LETTER.page()))
    changed = LETTER.page().replace("今年新建".encode(), "去年新建".encode())
    later = datetime(2024, 6, 1, tzinfo=UTC)
    outcome = take(archive, saved(folder / "b.html", MARK + changed, later)).outcome
    assert outcome.more == 1
    assert only(archive).version == 2


def test_the_instant_may_be_told(archive: Archive, folder: Path) -> None:
    told = datetime(2020, 1, 2, 3, tzinfo=UTC)
    take(archive, saved(folder / "a.html", MARK + LETTER.page()), fetched_at=told)
    assert only(archive).first_seen_at == told


def test_the_source_of_the_configuration_reads_the_page(archive: Archive, folder: Path) -> None:
    source = Source(name="qingyuan", publisher="清源市民政局", urls=("http://mz.gov.test/",))
    Import(archive, lambda url: source if "mz.gov.test" in url else None, Wish()).take(
        [saved(folder / "a.html", MARK + LETTER.page())]
    )
    assert only(archive).source == "qingyuan"


def test_a_page_known_before_stays_of_its_source(archive: Archive, folder: Path) -> None:
    body = LETTER.page()
    reply = Reply(url=URL, source="mz", title=LETTER.title, text="顾明远代表：")
    archive.put(reply, sha256(b"").hexdigest(), datetime(2020, 1, 1, tzinfo=UTC))
    take(archive, saved(folder / "a.html", MARK + body))
    assert only(archive).source == "mz"


def test_an_entry_that_was_asked_for_in_vain_is_archived_by_it(
    archive: Archive, folder: Path
) -> None:
    source = Source(name="mz", publisher="清源市民政局", urls=("http://mz.gov.test/",))
    crawl = archive.begin(source, "trs", DAY)
    archive.listed("mz", [Entry(URL, LETTER.title)], crawl, DAY)
    archive.failed("mz", URL, "412", DAY)
    Import(archive, lambda url: source, Wish()).take(
        [saved(folder / "a.html", MARK + LETTER.page())]
    )
    assert archive.states("mz") == {"archived": 1}
    assert archive.waiting("mz", datetime(2025, 1, 1, tzinfo=UTC)) == []


def test_a_page_that_does_not_say_its_address_is_named(archive: Archive, folder: Path) -> None:
    path = saved(folder / "a.html", LETTER.page())
    outcome = take(archive, path).outcome
    assert outcome.problems == [
        f"{path}: it does not say which address it was saved from. Tell it: --url"
    ]
    assert archive.count() == 0


def test_a_page_without_a_letter_is_named_and_its_bytes_are_kept(
    archive: Archive, folder: Path
) -> None:
    path = saved(folder / "a.html", MARK + HOME)
    outcome = take(archive, path).outcome
    assert len(outcome.problems) == 1
    assert outcome.problems[0].startswith(f"{path}: {URL}: no ")
    assert outcome.captures == 1
    assert archive.files.held(URL) == sha256(MARK + HOME).hexdigest()


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_redacted_stays_out_and_is_counted(
    archive: Archive, folder: Path, whole: bool
) -> None:
    path = saved(folder / "a.html", MARK + LETTER.page())
    take(archive, path)
    redacting.redact(archive, only(archive).id, "asked for", DAY, whole=whole)
    before = dump(archive)
    other = LETTER.page().replace("今年新建".encode(), "去年新建".encode())
    saved(folder / "b.html", MARK + other, datetime(2024, 6, 1, tzinfo=UTC))
    outcome = take(archive, folder).outcome
    assert (outcome.new, outcome.more) == (0, 0)
    assert outcome.left["redacted"] >= 1
    for table in ("readings", "contents", "captures", "replies", "texts"):
        assert dump(archive)[table] == before[table]
    assert "顾明远".encode() not in b"".join(body or b"" for *_, body in dump(archive)["bodies"])


# --- what a browser notes


@pytest.mark.parametrize(
    ("page", "url"),
    [
        (b"<html><!-- saved from url=(0018)http://a.test/1.html --><head>", "http://a.test/1.html"),
        (b"<!--\n Page saved with SingleFile \n url: http://a.test/1 \n-->", "http://a.test/1"),
        (b'<link href="http://a.test/1" rel="x canonical">', "http://a.test/1"),
        (b'<meta property="og:url" content="https://a.test/1?a=b#c">', "https://a.test/1?a=b"),
        (
            b'<base href="http://a.test/b/"><link rel=canonical href="1.html">',
            "http://a.test/b/1.html",
        ),
        (b'<base href="http://a.test/b/1.html">', "http://a.test/b/1.html"),
        (b'<base href="http://a.test/b/">', None),
        (b'<link rel="canonical" href="1.html">', None),
        (b"<!-- saved from url=(0014)about:internet -->", None),
        (b'<link rel=canonical href="javascript:alert(1)">', None),
        (b"no page at all", None),
    ],
)
def test_the_address_that_a_page_says(page: bytes, url: str | None) -> None:
    assert read_saved(page).url == url


def test_what_the_browser_noted_goes_before_what_the_page_says() -> None:
    page = MARK + b'<link rel=canonical href="http://other.test/">'
    assert read_saved(page).url == URL


def test_the_instant_that_singlefile_noted_is_read() -> None:
    page = b"<!--\n Page saved with SingleFile \n url: http://a.test/ \n saved date: "
    page += "Wed May 01 2024 16:00:00 GMT+0800 (中国标准时间)\n-->".encode()
    assert read_saved(page).saved_at == DAY


@pytest.mark.parametrize(
    "text",
    ["", "a.html", "ftp://a.test/", "http://", "http://[", "http://u:p@a.test/", "http://a test/"],
)
def test_what_is_no_address_of_the_web(text: str) -> None:
    assert web_address(text) is None


@given(text=st.text())
def test_any_text_is_an_address_or_none(text: str) -> None:
    found = web_address(text)
    assert found is None or web_address(found) == found


def mhtml(page: bytes, *, location: str = URL) -> bytes:
    """A page as Chrome saves it in one file."""
    whole = EmailMessage()
    whole["From"] = "<Saved by Blink>"
    whole["Snapshot-Content-Location"] = location
    whole["Date"] = "Wed, 1 May 2024 08:00:00 +0000"
    whole.make_related()
    part = EmailMessage()
    part.set_content(page, "text", "html", cte="quoted-printable")
    part["Content-Location"] = location
    whole.attach(part)
    picture = EmailMessage()
    picture.set_content(b"GIF89a", "image", "gif")
    whole.attach(picture)
    return whole.as_bytes()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a"])
def test_a_page_in_one_file_is_taken_out_of_it(archive: Archive, folder: Path, name: str) -> None:
    body = mhtml(LETTER.page())
    outcome = take(archive, saved(folder / name, body, datetime(2025, 1, 1, tzinfo=UTC))).outcome
    assert outcome.problems == []
    reply = only(archive)
    assert (reply.url, reply.first_seen_at) == (URL, DAY)
    assert archive.body(reply.sha256) == LETTER.page()
    (headers,) = archive.db.execute("select headers from fetches").fetchone()
    assert json.loads(headers)[-1] == [
        "x-replyarc-imported",
        f"mhtml sha256:{sha256(body).hexdigest()}",
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\nno page\n",
        b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nnothing",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
        b"Content-Type: text/html\nContent-Transfer-Encoding: nonsense\n\n",
    ],
)
def test_a_file_of_parts_without_a_page_is_named(
    archive: Archive, folder: Path, body: bytes
) -> None:
    path = saved(folder / "a.mht", body)
    (problem,) = take(archive, path, url=URL).outcome.problems
    assert problem.startswith(str(path))
    assert archive.count() == 0


def test_a_letter_that_goes_on_is_read_whole_where_its_pages_come_together(
    archive: Archive, folder: Path
) -> None:
    first, rest = paged()
    saved(folder / "1.html", f"<!-- saved from url=(0030){URL} -->".encode() + first)
    outcome = take(archive, folder).outcome
    assert len(outcome.problems) == 1
    assert "it is not held here. Save it too, and import both" in outcome.problems[0]
    assert archive.count() == 0
    further = URL.replace(".html", "_2.html")
    saved(folder / "2.html", f"<!-- saved from url=(0030){further} -->".encode() + rest)
    outcome = take(archive, folder).outcome
    assert outcome.problems == []
    assert "到此结束" in only(archive).text
    assert outcome.left == {"further page of a letter": 1}


def paged() -> tuple[bytes, bytes]:
    """A letter on two pages that lead to each other."""
    page = LETTER.page().decode()
    links = "<div class='page'>共2页 <a href='12.html'>1</a> <a href='12_2.html'>2</a></div>"
    end = "<p>清源市民政局</p><p>2023年5月10日</p></div>"
    assert end in page
    first = page.replace(end, f"</div>{links}")
    paragraph = page[page.index("<p>顾明远") : page.index(end)]
    return first.encode(), first.replace(
        paragraph, f"<p>后续内容，到此结束。</p>{end[:-6]}"
    ).encode()


# --- files

WORDS = (
    "清源市民政局关于市八届人大二次会议第012号建议的答复",
    "顾明远代表：",
    "您提出的《关于加强养老服务的建议》收悉。现答复如下：",
    "我局高度重视养老服务，已制定实施方案。",
    "清源市民政局",
    "2023年5月10日",
)


def test_a_letter_in_a_word_file_is_read(archive: Archive, folder: Path) -> None:
    path = saved(folder / "第012号建议的答复.docx", word("".join(map(p, WORDS))))
    url = "http://mz.gov.test/files/12.docx"
    assert take(archive, path).outcome.problems[0].endswith("Tell it: --url")
    outcome = take(archive, path, url=url, title=WORDS[0]).outcome
    assert (outcome.new, outcome.problems) == (1, [])
    reply = only(archive)
    assert (reply.url, reply.title, reply.addressees) == (url, WORDS[0], ("顾明远",))
    assert WORDS[3] in reply.text
    said = archive.files.said(url)
    assert said is not None
    assert (said.kind, said.text) == ("docx", "\n".join(WORDS))
    before = dump(archive)
    take(archive, path, url=url, title=WORDS[0])
    assert dump(archive) == before


def test_a_file_that_cannot_be_read_is_named(archive: Archive, folder: Path) -> None:
    path = saved(folder / "a.pdf", b"%PDF-1.7 broken")
    (problem,) = take(archive, path, url="http://mz.gov.test/a.pdf").outcome.problems
    assert problem.startswith(f"{path}: http://mz.gov.test/a.pdf: no text: ")


def test_a_letter_in_a_file_that_came_with_its_page_is_read_there(
    archive: Archive, folder: Path
) -> None:
    page = LETTER.page().decode()
    letter = page[page.index("<p>顾明远") : page.index("</div></body>")]
    page = page.replace(letter, '<p>见附件。</p><p><a href="12.docx">答复件.docx</a></p>')
    file = record("response", URL.replace(".html", ".docx"), http(word("".join(map(p, WORDS)))))
    path = warc(folder / "a.warc.gz", record("response", URL, http(page.encode())), file)
    outcome = take(archive, path).outcome
    assert (outcome.new, outcome.captures, outcome.problems) == (1, 2, [])
    reply = only(archive)
    assert "letter-in-attachment" in reply.flags
    assert WORDS[3] in reply.text
    assert reply.attachments[0].sha256 == archive.files.held(URL.replace(".html", ".docx"))
    assert archive.files.said(URL.replace(".html", ".docx"))


# --- a folder


def test_a_folder_is_gone_through_in_order_and_what_is_no_page_is_counted(
    archive: Archive, folder: Path
) -> None:
    saved(folder / "b" / "one.html", MARK + LETTER.page())
    other = URL.replace("12", "13")
    saved(folder / "a.htm", f"<!-- saved from url=(0030){other} -->".encode() + SECOND.page())
    saved(folder / "a_files" / "ad.html", b"<html>ad</html>")
    saved(folder / "a_files" / "x.css", b"p {}")
    saved(folder / ".hidden.html", MARK + LETTER.page())
    saved(folder / "notes.txt", b"notes")
    saved(folder / "script.js", b"document.write('<div>')")
    outcome = take(archive, folder).outcome
    assert (outcome.new, outcome.problems) == (2, [])
    assert outcome.left == {"part of a saved page": 2, "hidden": 1, "no page": 2}


def test_one_bad_file_does_not_stop_the_others(archive: Archive, folder: Path) -> None:
    saved(folder / "a.html", HOME)
    saved(folder / "b.html", MARK + LETTER.page())
    locked = saved(folder / "c.warc", b"WARC/1.0\r\nContent-Len")
    outcome = take(archive, folder).outcome
    assert outcome.new == 1
    assert len(outcome.problems) == 2
    assert outcome.problems[1].startswith(f"{locked}: a record has no end")


def test_a_link_that_leads_out_of_a_folder_is_not_followed(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    saved(tmp_path / "outside" / "a.html", MARK + LETTER.page())
    (folder / "link").symlink_to(tmp_path / "outside")
    (folder / "page.html").symlink_to(tmp_path / "outside" / "a.html")
    (folder / "circle").symlink_to(folder)
    outcome = take(archive, folder).outcome
    assert (outcome.new, outcome.left) == (0, {"a link": 3})


def test_what_is_not_there_is_named(archive: Archive, folder: Path) -> None:
    path = folder / "none.html"
    assert take(archive, path).outcome.problems == [
        f"{path}: cannot be read: No such file or directory. "
        "Name a saved page, a folder or a WARC file"
    ]


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n", "not a page, a WARC, a bundle"),
        ("a.db", b"SQLite format 3\0", "Take it in with: replyarc merge"),
        ("a.zip", b"PK\x03\x04" + bytes(30), "damaged"),
        ("a.csv", b"\xef\xbb\xbf\xe7\xbc\x96\r\n", "Export with --profile raw"),
        ("a.csv", b"id,titel\r\n1,2\r\n", "line 2: no such column: titel"),
        ("a.csv", b"id\r\n\xff\xfe\r\n", "not UTF-8"),
        ("a.csv", b'id,url\r\n"a"b,c\r\n', "what follows is not read"),
        ("a.csv", b"id,term\r\na,x\r\n", "line 2: term: cannot be 'x'"),
        ("a.jsonl", b'{"id":"a","url":"b","title":"c"}', "line 1: no last_seen_at"),
        ("a.jsonl", b"[1]\n", "line 1: not an object"),
        ("a.jsonl", b'{"id": "a"}\n', "line 1: no id or url"),
        ("a.jsonl", b"{" * 100_000, "line 1: "),
        (
            "a.jsonl",
            b'{"id":"a\\u001b[2J","url":"b","title":"c","last_seen_at":"2024-05-01T08:00:00Z"}',
            "line 1: id: not as an archive makes them",
        ),
        (
            "a.jsonl",
            b'{"id":"a","url":"b","title":"\\ud800","last_seen_at":"2024-05-01T08:00:00Z"}',
            "line 1",
        ),
        ("a.jsonl", b'{"id":"a","url":"b","title":"c","term":99999999999999999999}', "line 1"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(
    archive: Archive, folder: Path, name: str, body: bytes, said: str
) -> None:
    path = saved(folder / name, body)
    (problem,) = take(archive, path).outcome.problems
    assert problem.startswith(str(path))
    assert said in problem


def test_the_rows_of_a_table_that_are_right_are_taken(archive: Archive, folder: Path) -> None:
    row = {"id": "a", "url": URL, "title": "答复", "last_seen_at": "2024-05-01T08:00:00Z"}
    lines = [json.dumps({"id": "b"}), json.dumps(row), "", "{"]
    outcome = take(archive, saved(folder / "a.jsonl", "\n".join(lines).encode())).outcome
    assert (outcome.new, len(outcome.problems)) == (1, 2)
    assert as_json(only(archive))["id"] == "a"


# --- a WARC of others


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def record(kind: str, url: str, block: bytes, *fields: str) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2024-05-01T08:00:00Z",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
        *fields,
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def chunks(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


def warc(path: Path, *found: bytes, packed: bool = True) -> Path:
    path.write_bytes(b"".join(gzip.compress(each) if packed else each for each in found))
    return path


def test_of_a_foreign_warc_pages_are_kept_and_only_replies_are_filed(
    archive: Archive, folder: Path
) -> None:
    packed = gzip.compress(SECOND.page())
    path = warc(
        folder / "crawl.warc.gz",
        record("warcinfo", "", b"software: Wget/1.21\r\n"),
        record("response", "http://www.gov.test/", http(HOME)),
        record("request", URL, b"GET / HTTP/1.1\r\n\r\n"),
        record("response", URL, http(LETTER.page()), "WARC-IP-Address: 192.0.2.1"),
        record(
            "response",
            "http://mz.gov.test/13.html",
            http(chunks(packed), "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
        ),
        record("response", "http://mz.gov.test/old", http(b"", status="301 Moved")),
        record("response", "http://mz.gov.test/none", http(HOME, status="404 Not Found")),
        record("response", "http://mz.gov.test/a.png", http(b"\x89PNG\r\n\x1a\n")),
        record(
            "response",
            "http://mz.gov.test/a.js",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\n\r\n<div>",
        ),
        record("response", "dns:mz.gov.test", b"192.0.2.1"),
        record("response", "http://mz.gov.test/a.pdf", http(b"%PDF-1.7 x")),
    )
    outcome = take(archive, path).outcome
    assert outcome.problems == []
    assert (outcome.new, outcome.captures, outcome.pages) == (2, 4, 4)
    assert outcome.left == {"no letter in it": 1, "status 301": 1, "status 404": 1, "no page": 3}
    assert {reply.url for reply in archive.replies()} == {URL, "http://mz.gov.test/13.html"}
    assert all(reply.first_seen_at == DAY for reply in archive.replies())
    sql = "select ip, headers from fetches where url = ?"
    ip, headers = archive.db.execute(sql, [URL]).fetchone()
    assert (ip, json.loads(headers)) == ("192.0.2.1", [["content-type", "text/html"]])
    before = dump(archive)
    take(archive, path)
    assert dump(archive) == before


def test_a_revisit_is_a_capture_of_the_bytes_it_names(archive: Archive, folder: Path) -> None:
    digest = "WARC-Payload-Digest: sha1:ABC"
    again = record("revisit", URL, http(b""), digest).replace(b"2024-05-01", b"2024-07-01")
    former = "WARC-Refers-To-Target-URI: " + URL
    third = record("revisit", URL, http(b""), former).replace(b"2024-05-01", b"2024-08-01")
    lost = record("revisit", "http://mz.gov.test/99", http(b""), "WARC-Payload-Digest: sha1:X")
    path = warc(folder / "a.warc.gz", record("response", URL, http(LETTER.page()), digest), again)
    outcome = take(archive, path).outcome
    assert outcome.captures == 2
    outcome = take(archive, warc(folder / "b.warc.gz", third, lost)).outcome
    assert (outcome.captures, outcome.problems) == (1, [])
    assert outcome.left == {"a revisit of what is not here": 1}
    assert only(archive).last_seen_at == datetime(2024, 8, 1, 8, tzinfo=UTC)


def test_of_a_damaged_warc_what_is_whole_is_taken(archive: Archive, folder: Path) -> None:
    whole = record("response", URL, http(LETTER.page()))
    half = gzip.compress(record("response", "http://mz.gov.test/13.html", http(SECOND.page())))
    path = folder / "a.warc.gz"
    path.write_bytes(half[:300] + gzip.compress(whole) + half[:-20])
    outcome = take(archive, path).outcome
    assert (outcome.new, len(outcome.problems)) == (1, 2)
    assert only(archive).url == URL


def test_a_page_that_was_cut_when_it_was_fetched_is_left(archive: Archive, folder: Path) -> None:
    cut = http(LETTER.page()[:-200], f"Content-Length: {len(LETTER.page())}")
    path = warc(
        folder / "a.warc",
        record("response", URL, cut),
        record("response", URL, http(LETTER.page()[:-200]), "WARC-Truncated: length"),
        packed=False,
    )
    outcome = take(archive, path).outcome
    assert len(outcome.problems) == 2
    assert all(URL in problem and "cut" in problem for problem in outcome.problems)
    assert archive.count() == 0


def test_a_notice_among_the_pages_of_a_warc_is_kept_and_not_filed(
    archive: Archive, folder: Path
) -> None:
    page = LETTER.page().decode().replace(LETTER.title, "关于做好建议提案办理工作的通知")
    page = page.replace("顾明远代表：", "各科室：").replace(
        "您提出的《关于加强养老服务的建议》收悉。现答复如下：", ""
    )
    path = warc(folder / "a.warc.gz", record("response", URL, http(page.encode())))
    outcome = take(archive, path).outcome
    assert (outcome.new, outcome.left) == (0, {"no reply": 1})
    assert archive.files.held(URL)
    by_hand = saved(folder / "a.html", MARK + page.encode())
    assert take(archive, by_hand).outcome.new == 1
    assert "not-a-reply" in only(archive).flags


@pytest.mark.parametrize("name", ["../../evil", "/etc/x", "a/../../b"])
def test_no_name_inside_a_zip_becomes_a_path(archive: Archive, folder: Path, name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr(f"{name}/replies.db", "x")
        zipped.writestr("SHA256SUMS", "x")
    (problem,) = take(archive, saved(folder / "a.zip", out.getvalue())).outcome.problems
    assert "a.zip" in problem
    assert sorted(path.name for path in folder.parent.rglob("*") if "evil" in path.name) == []


# --- the command


def test_the_command_says_what_came_and_its_exit_code(folder: Path, tmp_path: Path) -> None:
    path = saved(folder / "a.html", MARK + LETTER.page())
    archive = ("--archive", str(tmp_path / "new.db"))
    ran = run(*archive, "import", "--dry-run", str(path))
    assert (ran.code, ran.out) == (
        0,
        "replies: 1 would be new · 0 with more versions · 0 as they are · "
        "1 captures would be new\n",
    )
    assert not (tmp_path / "new.db").exists()
    ran = run(*archive, "import", str(path))
    assert ran.code == 0
    assert "1 new" in ran.out
    assert run(*archive, "show", "990123006/2023-00012").code == 0


def test_the_command_tells_all_as_json(folder: Path, tmp_path: Path) -> None:
    saved(folder / "a.html", MARK + LETTER.page())
    saved(folder / "b.html", HOME)
    ran = run("--archive", str(tmp_path / "new.db"), "import", "--json", str(folder))
    assert ran.code == 4
    told = json.loads(ran.out)
    assert told["schema"] == 1
    assert told["replies"] == {"new": 1, "more": 0, "known": 0}
    assert told["captures"] == 1
    assert len(told["problems"]) == 1
    assert "b.html" in ran.err


CONFIG = """
[archive]
path = "replies.db"
[crawl]
contact = "mailto:tests@localhost"
[[source]]
name = "qingyuan"
publisher = "清源市民政局"
url = "http://mz.gov.test/jytabl/"
[[source]]
name = "other"
publisher = "云溪市民政局"
url = "http://www.gov.test/jytabl/"
"""


@pytest.mark.parametrize(
    ("options", "source"), [((), "qingyuan"), (("--source", "other"), "other")]
)
def test_a_page_is_read_as_one_of_its_source(
    folder: Path, tmp_path: Path, options: tuple[str, ...], source: str
) -> None:
    saved(folder / "a.html", MARK + LETTER.page())
    saved(folder / "notes.txt", b"notes")
    saved(folder / "b.html", HOME)
    config = tmp_path / "replyarc.toml"
    config.write_text(CONFIG, "utf-8")
    ran = run("--config", str(config), "import", str(folder), *options)
    assert ran.code == 4
    assert "left out: 1 no page\nfailed: 1\n" in ran.out
    with Archive.open(tmp_path / "replies.db") as archive:
        assert only(archive).source == source


def test_a_quiet_import_says_only_what_failed(folder: Path, tmp_path: Path) -> None:
    path = saved(folder / "a.html", MARK + LETTER.page())
    archive = ("--archive", str(tmp_path / "new.db"))
    ran = run("-q", *archive, "import", str(path))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    ran = run("-v", *archive, "import", str(path))
    assert ran.err == f"{path}\n"


def test_nothing_to_import_is_told_by_the_exit_code(folder: Path, tmp_path: Path) -> None:
    ran = run("--archive", str(tmp_path / "new.db"), "import", str(folder))
    assert ran.code == 10


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--url", URL), "it names one page; import one file"),
        (("--source", "none"), "replyarc.toml: not found"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    folder: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = run("--archive", str(tmp_path / "new.db"), "import", str(folder), *arguments)
    assert ran.code in (2, 3)
    assert said in ran.err.replace("\n", " ")


def test_an_address_that_is_none_is_refused(folder: Path, tmp_path: Path) -> None:
    path = saved(folder / "a.html", LETTER.page())
    archive = ("--archive", str(tmp_path / "new.db"))
    ran = run(*archive, "import", str(path), "--url", "file:///etc/passwd")
    assert ran.code == 2
    assert "no address of the web" in ran.err.replace("\n", " ")


def test_an_archive_that_is_held_is_left_alone(folder: Path, tmp_path: Path) -> None:
    path = saved(folder / "a.html", MARK + LETTER.page())
    with hold(tmp_path / "new.db"):
        assert run("--archive", str(tmp_path / "new.db"), "import", str(path)).code == 7


def test_of_a_folder_what_is_passed_over_is_told_by_why_and_a_broken_page_by_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "broken.docx").write_bytes(b"PK no zip")
    (tmp_path / "all.jsonl").write_text("{}\n", "utf-8")
    (tmp_path / "notes.bin").write_bytes(b"\x00\x01")
    assert look(tmp_path).passed == {
        "broken.docx, which is not what its name says": 1,
        "jsonl, to be imported by itself": 1,
        "no page": 1,
    }


def test_a_moment_that_is_still_to_come_is_none_at_which_a_page_was_saved(folder: Path) -> None:
    saved(folder / "a.html", MARK + LETTER.page())
    archive = str(folder.parent / "n.db")
    at = ("--fetched-at", "2999-05-01T08:00:00Z")
    ran = run("--archive", archive, "import", str(folder / "a.html"), *at)
    assert (ran.code, "still to come" in ran.err) == (2, True)
    assert not Path(archive).exists()
