"""``show``: each way to show one reply, which of them exclude each other, and what is near."""

from __future__ import annotations

import io
import json
import re
import webbrowser
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from replyarc.archive.store import Archive
from replyarc.cli import showing
from replyarc.model import Reply, Request, Response
from tests.blank import blank
from tests.cards import FULL, HOSTILE, POOR
from tests.test_cli import Ran
from tests.test_cli import run as run_all

DAY = datetime(2024, 5, 1, 20, tzinfo=UTC)
PAGE = "<html><body>顾明远代表：收悉。</body></html>".encode("gb18030")


def put(archive: Archive, reply: Reply, body: bytes = PAGE) -> None:
    response = Response(
        request=Request(reply.url),
        url=reply.url,
        status=200,
        headers=(("content-type", "text/html"),),
        body=body,
        fetched_at=DAY,
    )
    archive.put(reply, archive.keep(response), DAY)


SCRIPT = replace(POOR, url="javascript:alert(1)", title="一个脚本")
LOCAL = replace(POOR, url="file:///etc/passwd", title="一个文件")
BINARY = replace(POOR, url="http://a.gov.test/1.pdf", title="一个附件")
WILD = replace(POOR, url="http://a.gov.test/2.html", title="奇怪", text=f"您好。{HOSTILE}")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("show") / "a.db"
    with blank(at) as archive:
        for reply in (FULL, POOR, SCRIPT, LOCAL, WILD):
            put(archive, reply)
        put(archive, BINARY, b"%PDF-1.4\x00\x01")
    return at


def show(path: Path, *arguments: str) -> Ran:
    return run_all("--archive", str(path), "show", *arguments)


def test_the_card_is_set_in_80_columns_where_no_terminal_is(path: Path) -> None:
    ran = show(path, FULL.url)
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0] == FULL.title
    assert "\x1b" not in ran.out
    assert "　　您二位提出的《关于在城乡社区普及老年助餐服务的建议》收悉，我局会同市财政" in lines


def test_the_letter_alone_is_as_archived(path: Path) -> None:
    assert show(path, FULL.url, "--text").out == f"{FULL.text}\n"


def test_a_reply_without_a_letter_is_told(path: Path) -> None:
    ran = show(path, POOR.url, "--text")
    assert (ran.code, ran.out) == (10, "")
    assert "no letter" in ran.err


class Terminal(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_nothing_of_a_letter_that_it_obeys(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(path, read_only=True) as archive:
        (reply,) = archive.find(WILD.url)
    assert HOSTILE[0] in showing.letter_text({"text": reply.text}, io.StringIO())
    assert HOSTILE[0] not in showing.letter_text({"text": reply.text}, Terminal())


def test_the_bytes_of_a_page_go_to_a_terminal_and_a_file_of_another_kind_does_not(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Archive.open(path, read_only=True) as archive:
        (page,), (pdf,) = archive.find(FULL.url), archive.find(BINARY.url)
        terminal = Terminal()
        monkeypatch.setattr("sys.stdout", terminal)
        assert showing.show_bytes(page, archive) == 0
        assert terminal.buffer.getvalue() == PAGE  # type: ignore[attr-defined]  # a BytesIO
        assert showing.show_bytes(pdf, archive) == 2
        assert terminal.buffer.getvalue() == PAGE  # type: ignore[attr-defined]  # a BytesIO
    assert f"replyarc show {pdf.id} --raw > FILE" in capsys.readouterr().err


def test_a_citation_is_of_gbt7714_unless_another_is_asked_for(path: Path) -> None:
    cited = show(path, FULL.url, "--cite").out
    assert cited.startswith("清源市民政局. ")
    assert "[A/OL]. (2023-05-17)[2024-05-02]. " in cited
    assert "存档: 2024-05-01T20:00:00Z, SHA-256: " in cited
    assert show(path, FULL.url, "--cite-as", "gbt7714").out == cited
    assert show(path, FULL.url, "--cite-as", "bibtex").out.startswith("@online{replyarc-")
    (item,) = json.loads(show(path, FULL.url, "--cite", "--json").out)
    assert item["URL"] == FULL.url
    assert json.loads(show(path, FULL.url, "--cite-as", "csl-json").out) == [item]


def test_a_style_that_is_none_is_told_with_those_that_are(path: Path) -> None:
    ran = show(path, FULL.url, "--cite-as", "apa")
    assert ran.code == 2
    assert "gbt7714, bibtex, csl-json" in " ".join(ran.err.replace("│", " ").split())


@pytest.mark.parametrize(
    "arguments",
    [
        ("--raw", "--text"),
        ("--why", "--history"),
        ("--files", "--cite"),
        ("--cite", "--open"),
        ("--json", "--raw"),
        ("--json", "--text"),
        ("--json", "--open"),
    ],
    ids=" ".join,
)
def test_two_ways_at_once_are_a_usage_error(path: Path, arguments: tuple[str, ...]) -> None:
    ran = show(path, FULL.url, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert arguments[1] in ran.err


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    urls: list[str] = []

    def open_(url: str) -> bool:
        urls.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", open_)
    return urls


def test_the_address_is_printed_and_opened(path: Path, opened: list[str]) -> None:
    ran = show(path, FULL.url, "--open")
    assert (ran.code, ran.out, opened) == (0, f"{FULL.url}\n", [FULL.url])


@pytest.mark.parametrize("key", [SCRIPT.title, LOCAL.title])
def test_only_the_web_is_opened(path: Path, opened: list[str], key: str) -> None:
    ran = show(path, key, "--open")
    assert (ran.code, opened) == (2, [])
    assert "no address of the web" in ran.err


@pytest.mark.parametrize("fails", [False, True], ids=["says-so", "raises"])
def test_a_machine_without_a_browser_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    def open_(url: str) -> bool:
        if fails:
            raise webbrowser.Error("none")
        return False

    monkeypatch.setattr(webbrowser, "open", open_)
    ran = show(path, FULL.url, "--open")
    assert (ran.code, ran.out) == (0, f"{FULL.url}\n")
    assert "no browser was found" in ran.err


def test_what_is_near_has_a_line_each_and_the_next_command(path: Path) -> None:
    with Archive.open(path, read_only=True) as archive:
        (reply,) = archive.find(FULL.url)
    ran = show(path, "990123006/2023-OO198")
    assert (ran.code, ran.out) == (10, "")
    near = f"  near: {reply.id}  2023-05-17  990123006/2023-00198  {FULL.title}"
    assert near in ran.err.splitlines()
    assert f"replyarc show {reply.id}" in ran.err.splitlines()[-1]
    assert "replyarc search" in show(path, "完全不相干").err


def test_what_only_letters_have_is_told_with_the_search_that_finds_it(path: Path) -> None:
    with Archive.open(path, read_only=True) as archive:
        (reply,) = archive.find(FULL.url)
    words = re.findall(r"\w{4,}", str(reply.text))[-1]
    err = show(path, words).err
    assert f"no number, address, id or title has {words!r}" in err
    assert f"Letters (正文) have it: replyarc search {words}" in err
    searched = run_all("--archive", str(path), "search", words)
    assert (searched.code, searched.err) == (0, "1 hit\n")


@pytest.mark.parametrize("arguments", [("--why",), ("--cite",), ("--text",), ("--open",)])
def test_of_several_none_is_shown_in_a_way_of_its_own(
    path: Path, opened: list[str], arguments: tuple[str, ...]
) -> None:
    ran = show(path, "一个", *arguments)
    assert (ran.code, opened) == (2, [])
    assert "3 replies fit" in ran.err


def test_several_are_a_list_to_choose_from(path: Path) -> None:
    ran = show(path, "一个")
    assert ran.code == 0
    assert all(title in ran.out for title in (SCRIPT.title, LOCAL.title, BINARY.title))
    assert len(json.loads(show(path, "一个", "--json").out)) == 3


def test_json_has_every_key_of_the_contract(path: Path) -> None:
    told = json.loads(show(path, FULL.url, "--json").out)
    assert len(told) == 40
    assert told["title"] == FULL.title
