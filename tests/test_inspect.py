"""``inspect`` and ``show --why``: what is read, and from where on the page."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from replyarc.cli.app import app
from tests.column import Letter
from tests.gov import status
from tests.test_cli import Place, crawled, place, run

__all__ = ["crawled", "place"]  # fixtures

LETTER = Letter(2, date(2023, 5, 17))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "saved.html"
    box = "<tr><td>归档编号</td><td>七</td></tr>"
    file.write_bytes(LETTER.page().replace(b"</table>", f"{box}</table>".encode()))
    return file


def test_a_saved_page_is_shown_with_the_place_of_every_value(saved: Path) -> None:
    ran = run("inspect", str(saved))

    assert ran.code == 0
    assert ran.err == ""
    for told in (
        LETTER.title,
        "索引号",
        "990123006/2023-00002",
        "box, table",  # its rule and place
        "salutation",
        "顾明远",
        "signature",
        "清源市民政局 2023年5月10日",
        "div.TRS_Editor",
        "您提出的《关于加强养老服务的建议》收悉",
        "unread labels  归档编号",
        "utf-8",
    ):
        assert " ".join(told.split()) in " ".join(ran.out.split())


def test_inspect_json_says_the_same(saved: Path) -> None:
    ran = run("inspect", str(saved), "--url", "http://mzj.gov.test/1.html", "--json")

    found = json.loads(ran.out)
    assert found["schema"] == 1
    assert found["url"] == found["reply"]["url"] == "http://mzj.gov.test/1.html"
    assert found["reply"]["index_number"] == "990123006/2023-00002"
    evidence = found["evidence"]["index_number"]
    assert (evidence["rule"], evidence["label"]) == ("box", "索引号")
    assert evidence["printed"] == "990123006/2023-00002"
    assert found["unread"] == ["归档编号"]
    assert found["letter"]["first"] == "顾明远代表："
    assert found["letter"]["last"] == "2023年5月10日"
    assert found["charset"]["codec"] == "utf-8"
    assert found["charset"]["said"]["meta"] == "utf-8"
    assert found["charset"]["lost"] == 0
    with_value = {
        name
        for name, value in found["reply"].items()
        if value not in (None, [], "") and name not in ("id", "url", "source", "version", "flags")
    }
    assert with_value == set(found["evidence"])


def test_where_two_places_disagree_both_are_shown(saved: Path) -> None:
    page = saved.read_bytes().decode().replace("您提出的", "您提出的第9号建议")
    saved.write_bytes(page.encode())
    ran = run("inspect", str(saved))
    assert "elsewhere otherwise" in ran.out
    assert "disagreement:proposal_numbers" in ran.out


def test_a_page_on_stdin_is_read(saved: Path) -> None:
    ran = CliRunner().invoke(app, ["inspect", "-"], input=saved.read_bytes())
    assert LETTER.title in ran.stdout


def test_an_address_is_asked_for_once_and_nothing_is_saved(place: Place) -> None:
    letter = place.column.letters[0]
    ran = place.run("inspect", place.gov.url + letter.path)

    assert ran.code == 0
    assert letter.title in ran.out
    assert place.gov.count(letter.path) == 1
    assert not place.archive.exists()


def test_a_page_is_read_as_one_of_its_source(place: Place, saved: Path) -> None:
    with place.config.open("a", encoding="utf-8") as config:
        config.write('[source.labels]\n"归档编号" = "responsible_unit"\n')

    ran = place.run("inspect", str(saved), "--source", "qingyuan", "--json")
    assert json.loads(ran.out)["reply"]["responsible_unit"] == "七"
    at_its_address = place.run("inspect", str(saved), "--url", place.gov.url + "/1.html", "--json")
    assert json.loads(at_its_address.out)["reply"]["responsible_unit"] == "七"
    unknown = place.run("inspect", str(saved), "--source", "qingyuen")
    assert unknown.code == 2
    assert "qingyuan" in unknown.err


def test_a_page_without_a_letter_says_so_and_ends_with_4(tmp_path: Path) -> None:
    file = tmp_path / "empty.html"
    file.write_text("<html><body><ul><li><a href=/1>首页</a></ul></body></html>", "utf-8")
    ran = run("inspect", str(file))
    assert ran.code == 4
    assert "no letter" in ran.err


def test_what_cannot_be_had_is_said(place: Place, tmp_path: Path) -> None:
    missing = run("inspect", str(tmp_path / "none.html"))
    assert missing.code == 2
    assert "none.html" in missing.err
    place.gov.faults["/gone.html"].extend([status(500)] * 9)
    failed = place.run("inspect", place.gov.url + "/gone.html")
    assert failed.code == 4
    assert "500" in failed.err


def test_an_address_needs_a_configuration_with_a_contact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    ran = run("inspect", "http://mzj.gov.test/1.html")
    assert ran.code == 3
    assert "replyarc init" in ran.err


def test_a_file_that_is_no_page_is_read_as_a_file(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"%PDF-1.4 broken")
    ran = run("inspect", str(file))
    assert ran.code == 4
    assert "replyarc: " in ran.err


def test_show_why_tells_where_an_archived_value_was_read(crawled: Place) -> None:
    ran = crawled.run("show", "990123006/2023-00002", "--why")
    assert ran.code == 0
    assert "box, table" in ran.out
    assert "salutation" in ran.out

    told = json.loads(crawled.run("show", "990123006/2023-00002", "--why", "--json").out)
    assert told["why"]["evidence"]["index_number"]["label"] == "索引号"
    assert told["index_number"] == "990123006/2023-00002"
    several = crawled.run("show", "清源市民政局", "--why")
    assert several.code == 2


def test_show_why_of_a_reply_that_an_older_version_filed_says_so(crawled: Place) -> None:
    with sqlite3.connect(crawled.archive) as db:
        db.execute("update readings set notes = null")
    db.close()
    ran = crawled.run("show", "990123006/2023-00002", "--why")
    assert "older replyarc" in ran.err


def test_show_files_prints_what_attached_files_say(place: Place) -> None:
    letter = place.column.letters[0]
    link = b'<p><a href="/f/letter.txt">letter.txt</a><a href="/f/scan.doc">scan.doc</a></p></div>'
    place.gov.pages[letter.path] = letter.page().replace(b"</div>", link)
    place.gov.pages["/f/letter.txt"] = "附表：\n一、站点12处".encode()
    place.gov.pages["/f/scan.doc"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    place.run("crawl")
    assert "set attachments = true" in place.run("show", letter.title, "--files").out

    with place.config.open("a", encoding="utf-8") as config:
        config.write("attachments = true\n")
    place.run("crawl")
    place.gov.pages[letter.path] = letter.page().replace(
        b"</div>", link.replace(b"</p>", b'<a href="/f/gone.ofd">gone.ofd</a></p>')
    )
    place.run("crawl", "--full")
    assert "not held: the site answers 404" in place.run("show", letter.title, "--files").out
    place.gov.pages[letter.path] = letter.page().replace(b"</div>", link)
    place.run("crawl", "--full")
    shown = place.run("show", letter.title, "--files").out
    assert "站点12处" in shown
    assert "its text is not read; its bytes are kept" in " ".join(shown.split())
    told = json.loads(place.run("show", letter.title, "--files", "--json").out)
    assert [file["kind"] for file in told["files"]] == ["text", "doc"]
    assert all(file["sha256"] for file in told["attachments"])


def test_the_printed_form_of_a_number_is_kept_beside_its_normal_form(saved: Path) -> None:
    box = "<tr><td>文　号：</td><td>清民函 ［２０２３］ 第5号</td></tr>"
    saved.write_bytes(saved.read_bytes().replace(b"</table>", f"{box}</table>".encode()))
    found = json.loads(run("inspect", str(saved), "--json").out)
    assert found["reply"]["document_number"] == "清民函〔2023〕5号"
    assert found["evidence"]["document_number"]["printed"] == "清民函 ［２０２３］ 第5号"
