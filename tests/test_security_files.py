"""SECURITY.md: files of strangers: attached, imported, merged, configured. And files of ours."""

from __future__ import annotations

import ast
import io
import os
import sqlite3
import struct
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import replyarc
from replyarc.archive.hits import hits
from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.archive.words import read
from replyarc.attached.read import read_file
from replyarc.config.load import load
from replyarc.config.tables import KEYS
from replyarc.errors import ConfigError
from replyarc.importing.paths import look
from tests.test_attached_office import W, word, zipped
from tests.test_attached_pdf import letter
from tests.test_cli import Place
from tests.test_cli import crawled as crawled
from tests.test_cli import place as place

ROOT = Path(replyarc.__file__).parent
LETTER = "<w:p><w:r><w:t>顾明远代表：</w:t></w:r></w:p>"
ENTITIES = {
    "billion laughs": '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;&a;">]>',
    "file": '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "external": '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">',
    "parameter": '<!DOCTYPE a [<!ENTITY % a SYSTEM "http://127.0.0.1/"> %a;]>',
}


# Attached files.


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["bzip2", "lzma"])
def test_a_file_inside_is_unpacked_only_where_that_can_be_bounded(method: int) -> None:
    bomb = zipped({"word/document.xml": bytes(30_000_000)}, method)
    assert len(bomb) < 10_000
    assert "packed in a way" in (read_file(bomb, "a.docx").problem or "")


def test_a_file_that_unpacks_to_a_thousand_times_its_size_is_cut() -> None:
    bomb = zipped({"word/document.xml": b"<w>" + b" " * 40_000_000})
    assert len(bomb) < 60_000
    assert "unpacks to more than" in (read_file(bomb, "a.docx").problem or "")


def test_a_million_files_inside_are_not_even_listed() -> None:
    body = word(LETTER)
    at = body.find(b"PK\x01\x02")
    flooded = body[:at] + (b"PK\x01\x02" + bytes(42)) * 1_000_000 + body[at:]
    assert read_file(flooded, "a.docx").problem == "damaged: more than 5000 files inside"


@pytest.mark.parametrize("size", [0, 1, 100])
def test_sizes_that_are_lies_give_no_text(size: int) -> None:
    body = bytearray(word(LETTER))
    at = body.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", body, at + 24, size)
        at = body.find(b"PK\x01\x02", at + 4)
    read = read_file(bytes(body), "a.docx")
    assert read.text is None
    assert read.problem


def test_files_that_lie_over_each_other_count_each_time_they_are_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("OFD.xml", "<a><DocRoot>d.xml</DocRoot></a>")
        pages = "".join(f'<Page BaseLoc="p{n}.xml"/>' for n in range(9))
        made.writestr("d.xml", f"<a>{pages}</a>")
        for number in range(9):
            made.writestr(f"p{number}.xml", b"<a>" + b" " * 9_000_000 + b"</a>")
    assert "unpacks to more than" in (read_file(out.getvalue(), "a.ofd").problem or "")


@pytest.mark.parametrize("kind", ["docx", "ofd"])
@pytest.mark.parametrize("entities", ENTITIES)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_no_entity_is_ever_read(kind: str, entities: str, charset: str) -> None:
    head = f'<?xml version="1.0" encoding="{charset}"?>{ENTITIES[entities]}'
    if kind == "docx":
        page = f'<w:document xmlns:w="{W}"><w:body>{LETTER}&a;</w:body></w:document>'
        body = zipped({"word/document.xml": (head + page).encode(charset)})
    else:
        body = zipped({"OFD.xml": (head + "<a><DocRoot>&a;</DocRoot></a>").encode(charset)})
    assert "it has a DOCTYPE" in (read_file(body, f"a.{kind}").problem or "")


def test_a_pdf_names_no_file_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cmapdb = pytest.importorskip("pdfminer.cmapdb")
    opened: list[str] = []
    monkeypatch.setattr(cmapdb.gzip, "open", lambda name, *_, **__: opened.append(str(name)))
    monkeypatch.setenv("CMAP_PATH", str(tmp_path / "maps"))
    (tmp_path / "maps").mkdir()
    for name in ("owned.json.gz", "owned.pickle.gz", "maps/owned.pickle.gz"):
        (tmp_path / name).write_bytes(b"")
    monkeypatch.setattr(cmapdb.CMapDB, "_cmap_cache", {})
    for encoding in (b"#2E#2E#2Fowned", b"#2Fetc#2Fowned", b"owned"):
        read_file(letter([(90, 700, "收悉")], encoding=encoding))
    assert opened == []
    read_file(letter([(90, 700, "收悉")], encoding=b"GBK-EUC-H"))
    assert {Path(name).parent.parent for name in opened} == {Path(cmapdb.__file__).parent}


# Files that a person has imported, from whomever.


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("<html>secret", "utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.html").symlink_to(tmp_path / "secret.html")
    (folder / "b").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(folder / "c.html")
    found = look(folder)
    assert (found.files, found.passed) == ([], {"a link": 2, "no file": 1})


def test_what_an_archive_of_a_stranger_has_besides_rows_is_neither_run_nor_taken(
    crawled: Place, tmp_path: Path
) -> None:
    ours, theirs = crawled.archive, tmp_path / "theirs.db"
    assert crawled.run("backup", str(theirs)).code == 0
    with closing(sqlite3.connect(theirs)) as db, db:
        db.execute("create table owned (what)")
        for when in ("insert", "update", "delete"):
            for table in ("replies", "bodies", "_hosts"):
                db.execute(
                    f"create trigger owned_{table}_{when} after {when} on {table} begin"
                    " insert into owned values (1); delete from replies; end"
                )
        db.execute("create view owning as select 1")
    schema, before = _schema(ours), theirs.read_bytes()

    assert crawled.run("merge", str(theirs)).code == 0

    assert _schema(ours) == schema
    assert len(_replies(ours)) == 4
    with closing(sqlite3.connect(theirs)) as db:
        assert db.execute("select count(*) from owned").fetchone() == (0,)
    assert theirs.read_bytes() == before


def _schema(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("select type, name, sql from sqlite_master order by 1, 2").fetchall()


def _replies(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("select id from replies").fetchall()


# What a person asks for, and what SQLite makes of it.

SYNTAX = st.sampled_from(
    [
        *"\"'();*^:-{}+%_\\,",
        " OR ",
        " AND ",
        " NOT ",
        "NEAR(",
        "title:",
        "--",
        "养老",
        "服务",
        "a",
        "\x00",
    ]
)


@settings(max_examples=150)
@given(words=st.lists(SYNTAX, min_size=1, max_size=8).map("".join))
def test_no_words_that_are_looked_for_are_ever_syntax(
    words: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "syntax.db"
    with Archive.open(path, create=True) as archive:
        try:
            wanted = read(words)
        except ValueError:
            return
        assert list(hits(archive, wanted, Query())) == []


# The configuration.


def test_a_configuration_can_name_one_file_and_that_is_the_archive() -> None:
    known = {key for keys in KEYS.values() for key in keys}
    a_danger = ("path", "file", "folder", "prox", "command", "hook", "cookie", "header", "passw")
    assert {key for key in known if any(word in key for word in a_danger)} == {"path"}
    assert KEYS["archive"] == ("path",)


@pytest.mark.parametrize(
    "line",
    [
        "url = 'file:///etc/passwd'",
        "url = 'http://me:secret@a.gov.cn/'",
        "url = 'http://a.gov.cn/\\t'",
        "url = 'http://a.gov.cn\\@b/'",
        "url = 'javascript:alert(1)'",
        "url = 'http://a.gov.cn/'\nproxy = 'http://127.0.0.1/'",
        "url = 'http://a.gov.cn/'\nprivate_addresses = true",
        "url = 'http://a.gov.cn/'\nallow_hosts = ['a/b']",
        "url = 'http://a.gov.cn/'\ncommand = 'rm'",
        "url = 'http://a.gov.cn/'\n[source.options]\nentry = '//a[@href]'",
        "url = 'http://a.gov.cn/'\nname = '../../a'",
        "url = 'http://a.gov.cn/'\nname = 'b'",
        "url = " + "[" * 100_000,
    ],
    ids=range(13),
)
def test_a_source_is_data_of_a_few_kinds_and_nothing_else(tmp_path: Path, line: str) -> None:
    path = tmp_path / "replyarc.toml"
    head = "[crawl]\ncontact = 'mailto:a@a.test'\n[[source]]\nname = 'a'\npublisher = 'b'\n"
    path.write_text(head + line, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path, ())
    assert "secret" not in str(caught.value)


# Our own code.

NAMED_BY_A_PERSON_OR_US = {
    # who writes files, or makes folders: each under a name of its own or one that a person gave
    "archive.backing",
    "archive.copying",
    "archive.lock",
    "attached.apart",
    "cli.backing",
    "cli.helping",
    "cli.starting",
    "export.binder",
    "export.bundle",
    "export.file",
    "export.folder",
    "importing.restored",
}
WRITES = frozenset(
    {"write_text", "write_bytes", "mkdir", "touch", "symlink_to", "hardlink_to", "makedirs"}
)
"""And ``open`` in a mode that writes."""


def test_files_are_written_by_few_modules_and_none_of_them_is_told_a_name_by_a_site() -> None:
    writing = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in ROOT.rglob("*.py")
        for call in _calls(path)
        if _writes(call)
    }
    assert writing <= NAMED_BY_A_PERSON_OR_US


def test_no_text_is_ever_run_as_a_program() -> None:
    started = set()
    for path in ROOT.rglob("*.py"):
        names = {_name(call) for call in _calls(path)}
        assert not names & {"eval", "exec", "system", "popen", "startfile"}, path
        assert not _imports(path) & (UNSAFE_LIBRARIES - MAY_OPEN.get(path.name, set())), path
        assert not any(each.arg == "shell" for call in _calls(path) for each in call.keywords)
        if names & {"Popen", "check_output", "create_subprocess_exec", "create_subprocess_shell"}:
            started.add(path.name)
    assert started == {"apart.py", "pager.py"}  # this program itself; the pager of who looks on


# `--open`: an address of the web, or that of our own server (test_showing, test_browse_command).
MAY_OPEN = {"showing.py": {"webbrowser"}, "browsing.py": {"webbrowser"}}
UNSAFE_LIBRARIES = {"pickle", "marshal", "shelve", "yaml", "ctypes", "webbrowser", "tarfile"}


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call):
            yield node


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _writes(call: ast.Call) -> bool:
    if _name(call) in WRITES:
        return True
    said = [*call.args[:2], *(each.value for each in call.keywords if each.arg == "mode")]
    modes = [each.value for each in said if isinstance(each, ast.Constant)]
    return _name(call) == "open" and any(
        isinstance(mode, str) and set(mode) & set("wax+") and len(mode) < 4 for mode in modes
    )
