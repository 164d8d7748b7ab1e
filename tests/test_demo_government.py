"""The sample government of ``replyarc demo``: its pages, its two epochs, its servers."""

from __future__ import annotations

import gzip
import http.client
import re
import threading
import tomllib
from collections import Counter
from dataclasses import fields, replace
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from replyarc.config.load import load
from replyarc.demo.government import EPOCHS, PER_PAGE, SHOWN, Document, sheet, sites
from replyarc.demo.letters import NAMES, column, replies
from replyarc.demo.server import Government, configuration
from replyarc.extract.reply import extract
from replyarc.listing.families import FAMILIES, candidates
from replyarc.model import Entry, Page, Reply, Request, Source
from replyarc.text.charset import decode

HOST = "http://127.0.0.1:9"

PAGES = [
    pytest.param(name, epoch, reply, id=f"{name}-{epoch}-{reply.url.rpartition('/')[2]}")
    for name in NAMES
    for epoch in EPOCHS
    for reply in replies(name, epoch)
]


def text_of(document: Document) -> str:
    return document.body.decode("utf-8" if "charset" in document.content_type else "gb18030")


def words_of(page: str) -> str:
    body = page.partition("<body>")[2]
    return unescape(re.sub(r"<[^>]+>", "", body.replace("</p>", "\n").replace("</div>", "\n")))


def paths_of(name: str, epoch: int) -> set[str]:
    return {reply.url for reply in replies(name, epoch)}


def listing_pages(name: str, epoch: int) -> list[str]:
    first = column(name).listing
    stem = first.rpartition(".")[0]
    return [
        path
        for path in sites(epoch)[name]
        if path.startswith(stem) and path not in paths_of(name, epoch)
    ]


def source_of(name: str) -> Source:
    site = column(name)
    return Source(name=name, publisher=site.publisher, urls=(HOST + site.listing,))


def page_of(name: str, epoch: int, url: str) -> Page:
    document = sites(epoch)[name][url.removeprefix(HOST)]
    return Page(url, decode(document.body, document.content_type))


def ask(
    url: str, path: str | None = None, **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path or parts.path, headers=named)
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(("name", "epoch", "reply"), PAGES)
def test_a_page_prints_its_title_and_every_line_of_its_letter(
    name: str, epoch: int, reply: Reply
) -> None:
    page = text_of(sites(epoch)[name][reply.url])
    lines = [line.strip() for line in words_of(page).split("\n")]

    assert f"<h1>{reply.title}</h1>" in page
    assert [line for line in reply.text.split("\n") if line not in lines] == []


def test_sixty_pages_hold_fifty_nine_replies_and_no_two_letters_are_alike() -> None:
    shown = [reply for name in NAMES for reply in replies(name, 0)]

    assert len(shown) == 60
    assert len({reply.text for reply in shown}) == 59
    assert len({reply.title for reply in shown}) == 59


def test_every_letter_has_a_length_that_is_met_in_life() -> None:
    lengths = {
        len(r.text.split("\n")) for name in NAMES for epoch in EPOCHS for r in replies(name, epoch)
    }

    assert min(lengths) >= 7
    assert max(lengths) <= 13


@pytest.mark.parametrize("epoch", EPOCHS)
def test_one_reply_stands_on_two_sites_and_says_the_same(epoch: int) -> None:
    twice = {
        name: reply
        for name in NAMES
        for reply in replies(name, epoch)
        if reply.index_number == SHOWN
    }

    assert list(twice) == ["linlan", "tingyuan"]
    assert twice["linlan"] == twice["tingyuan"]
    assert twice["linlan"].url != twice["tingyuan"].url


def test_index_numbers_are_printed_once_but_for_that_one() -> None:
    printed = Counter(r.index_number for name in NAMES for r in replies(name, 1))
    printed.pop(None)

    assert [number for number, times in printed.items() if times > 1] == [SHOWN]


def test_between_the_epochs_two_are_new_one_is_gone_and_one_is_edited() -> None:
    new = {n: paths_of(n, 1) - paths_of(n, 0) for n in NAMES}
    gone = {n: paths_of(n, 0) - paths_of(n, 1) for n in NAMES}
    edited = {
        n: [p for p in paths_of(n, 0) & paths_of(n, 1) if sites(0)[n][p] != sites(1)[n][p]]
        for n in NAMES
    }

    assert {n: len(paths) for n, paths in new.items() if paths} == {"linlan": 2}
    assert {n: len(paths) for n, paths in gone.items() if paths} == {"wanghu": 1}
    assert {n: len(paths) for n, paths in edited.items() if paths} == {"yunxi-mzt": 1}


def test_the_new_ones_and_the_edited_one_stand_at_the_top() -> None:
    before = {reply.url: reply for reply in replies("yunxi-mzt", 0)}
    after = replies("yunxi-mzt", 1)[0]

    assert [r.url in paths_of("linlan", 0) for r in replies("linlan", 1)][:3] == [
        False,
        False,
        True,
    ]
    assert list(before).index(after.url) >= PER_PAGE
    assert before[after.url].title == after.title
    assert before[after.url].text != after.text
    assert before[after.url].published_on == date(2024, 5, 27)
    assert after.published_on == date(2025, 6, 16)


def test_what_an_edit_does_not_touch_has_the_same_bytes() -> None:
    for name in ("tingyuan", "yunxi-wlt"):
        assert sites(0)[name] == sites(1)[name]


def test_the_old_site_serves_gb18030_that_it_calls_gb2312() -> None:
    pages = [d for d in sites(0)["yunxi-wlt"].values() if d.content_type == "text/html"]
    beyond = "㵲".encode("gb18030")

    assert len(pages) == 16
    assert all(b"charset=gb2312" in page.body for page in pages)
    assert all(page.body.decode("gb18030") for page in pages)
    assert [len(beyond), sum(beyond in page.body for page in pages)] == [4, 1]
    with pytest.raises(UnicodeDecodeError):
        pages[0].body.decode("utf-8")


@pytest.mark.parametrize("epoch", EPOCHS)
@pytest.mark.parametrize("name", NAMES)
def test_every_link_on_a_listing_page_leads_to_a_page(name: str, epoch: int) -> None:
    served, listed = sites(epoch)[name], listing_pages(name, epoch)
    links = [
        urljoin(path, unescape(link))
        for path in listed
        for link in re.findall(r'href="([^"]+)"', text_of(served[path]))
    ]

    assert len(listed) == 3
    assert [link for link in links if link not in served] == []
    assert Counter(links) >= Counter(paths_of(name, epoch))


@pytest.mark.parametrize("name", NAMES)
def test_every_attachment_is_there_and_is_a_pdf(name: str) -> None:
    files = [file for reply in replies(name, 1) for file in reply.attachments]

    assert [f.url for f in files if f.url not in sites(1)[name]] == []
    assert {sites(1)[name][f.url].body[:8] for f in files} <= {b"%PDF-1.4"}


def test_a_pdf_knows_where_its_objects_stand() -> None:
    body = sheet("/attachment/1.pdf")
    table = body[int(body.split()[-2]) :]
    offsets = [int(line.split()[0]) for line in table.split(b"\n") if line.endswith(b" n ")]

    assert [body[at : at + 7] for at in offsets] == [b"%d 0 obj" % n for n in range(1, 6)]


def test_a_site_answers_as_the_tables_say_and_what_it_has_not_with_404() -> None:
    with Government() as government:
        for site in government.sites:
            page, body = ask(site.url)
            missing, _ = ask(site.url, "/nowhere.html")
            robots, rules = ask(site.url, "/robots.txt")

            assert body == sites(0)[site.name][column(site.name).listing].body
            assert (page.status, missing.status, robots.status) == (200, 404, 200)
            assert page.getheader("Content-Length") == str(len(body))
            assert rules == b"User-agent: *\nAllow: /\n"


def test_a_site_is_named_as_its_table_says() -> None:
    with Government() as government:
        told = [(site.name, site.publisher, site.family) for site in government.sites]

    assert told == [(n, column(n).publisher, column(n).family) for n in NAMES]
    assert government.sites == ()


def test_the_epoch_changes_what_is_served() -> None:
    removed = (paths_of("wanghu", 0) - paths_of("wanghu", 1)).pop()
    with Government() as government:
        url = next(site.url for site in government.sites if site.name == "wanghu")
        before, _ = ask(url, removed)
        government.epoch = 1
        after, _ = ask(url, removed)

    assert (before.status, after.status) == (200, 404)


def test_a_page_is_compressed_for_those_who_can_read_it() -> None:
    with Government() as government:
        plain, body = ask(government.sites[0].url)
        packed, bytes_ = ask(government.sites[0].url, Accept_Encoding="gzip, deflate")

    assert plain.getheader("Content-Encoding") is None
    assert packed.getheader("Content-Encoding") == "gzip"
    assert gzip.decompress(bytes_) == body


def test_a_page_that_is_known_is_not_sent_again() -> None:
    with Government() as government:
        url = government.sites[0].url
        first, _ = ask(url)
        second, body = ask(url, If_None_Match=str(first.getheader("ETag")))
        government.epoch = 1
        third, _ = ask(url, If_None_Match=str(first.getheader("ETag")))

    assert (first.status, second.status, third.status) == (200, 304, 200)
    assert body == b""


def test_one_connection_carries_many_pages_and_ends_with_the_government() -> None:
    threads = threading.active_count()
    with Government() as government:
        parts = urlsplit(government.sites[0].url)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
        statuses = []
        for path in (parts.path, "/robots.txt", "/nowhere"):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            statuses.append(answer.status)

    assert statuses == [200, 200, 404]
    assert threading.active_count() == threads
    assert connection.sock.recv(1) == b""
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        connection.connect()


def test_a_visitor_who_hangs_up_is_no_news(capfd: pytest.CaptureFixture[str]) -> None:
    with Government() as government:
        parts = urlsplit(government.sites[0].url)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
        connection.putrequest("GET", parts.path)
        connection.close()
        ask(government.sites[0].url)

    assert capfd.readouterr() == ("", "")


def test_the_configuration_names_every_site_and_leaves_some_families_to_be_found() -> None:
    with Government() as government:
        written = tomllib.loads(configuration(government, 'C:\\demo\\"a".db'))
        urls = [site.url for site in government.sites]

    assert written["archive"] == {"path": 'C:\\demo\\"a".db'}
    assert written["crawl"] == {
        "contact": "mailto:demo@localhost",
        "delay": 0.0,
        "private_addresses": True,
    }
    assert [source["url"] for source in written["source"]] == urls
    assert {source["family"] for source in written["source"]} == {"auto", "trs", "nextlink"}


def test_the_configuration_is_one_that_replyarc_takes(tmp_path: Path) -> None:
    file = tmp_path / "replyarc.toml"
    with Government() as government:
        file.write_text(configuration(government), "utf-8")
        urls = [(site.url,) for site in government.sites]

    settings = load(file, FAMILIES)

    assert settings.archive == tmp_path / "replies.db"
    assert [source.urls for source in settings.sources] == urls


@pytest.mark.parametrize(("name", "epoch", "reply"), PAGES)
def test_a_page_is_read_as_it_was_meant(name: str, epoch: int, reply: Reply) -> None:
    files = tuple(replace(file, url=HOST + file.url) for file in reply.attachments)
    meant = replace(reply, attachments=files)
    url = HOST + reply.url

    extracted = extract(
        page_of(name, epoch, url), Entry(url, reply.title, reply.published_on), source_of(name)
    )

    read = extracted.reply
    said = [field.name for field in fields(Reply) if field.compare]
    assert {f: getattr(read, f) for f in said} == {f: getattr(meant, f) for f in said}
    assert extracted.unread == ()


@pytest.mark.parametrize("epoch", EPOCHS)
@pytest.mark.parametrize("name", NAMES)
def test_a_listing_is_walked_as_it_was_meant(name: str, epoch: int) -> None:
    site = column(name)
    entries: list[Entry] = []
    family = FAMILIES[site.family]
    ahead: Request | None = Request(HOST + site.listing)
    while ahead is not None:
        listing = family.read(page_of(name, epoch, ahead.url), source_of(name))
        entries += listing.entries
        ahead = listing.next

    shown = replies(name, epoch)
    assert entries == [Entry(HOST + r.url, r.title, r.published_on) for r in shown]


@pytest.mark.parametrize("name", NAMES)
def test_the_family_of_a_site_is_found_on_its_first_page(name: str) -> None:
    site = column(name)

    assert site.family in candidates(page_of(name, 0, HOST + site.listing))
