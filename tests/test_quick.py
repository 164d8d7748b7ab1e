"""The quick way says what the commands themselves say, or leaves it to them."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from replyarc.archive.describing import undescribe
from replyarc.archive.format import FIELDS, FORMAT
from replyarc.archive.glance import glance
from replyarc.archive.store import Archive
from replyarc.cli.quick import answered
from replyarc.export.flat import COLUMNS, as_json
from replyarc.model import Attachment, Contact, Kind, Reply, Request, Response
from tests.blank import blank
from tests.test_cli import run

AT = datetime(2024, 5, 1, 8, tzinfo=UTC)
LETTER = Reply(
    url="http://mz.gov.test/1.html",
    source="mz",
    title="关于市八届人大一次会议第0079号建议的答复",
    index_number="01404053X/2023-00861",
    document_number="清民发〔2023〕118号",
    published_on=date(2023, 9, 1),
    kind=Kind.SUGGESTION,
    term=8,
    session=1,
    proposal_numbers=("0079", "80"),
    keywords=("养老",),
    contacts=(Contact("周予安", ("0000-1234567",)), Contact("林小满")),
    attachments=(Attachment("附件1", "http://mz.gov.test/1.pdf"),),
    text="林小满代表：\n　　您提出的建议收悉。",
    signature="清源市民政局",
)
OTHER = replace(
    LETTER, url="http://jt.gov.test/2.html", title="关于修路", index_number="B-2", text=""
)
KEYS = (
    "01404053x／2023－00861",
    "清民发[2023]118号",
    "http://mz.gov.test/1.html",
    "https://mz.gov.test/1.html",
    "第79号",
    "关于市八届人大一次会议第0079号建议的答复",
    "八届人大一次会议第0079号",
)


def file(archive: Archive, *replies: Reply) -> None:
    for number, reply in enumerate(replies):
        at = AT + timedelta(hours=number)
        said = Response(
            request=Request(reply.url),
            url=reply.url,
            status=200,
            headers=(),
            body=f"{number} {reply.title}".encode(),
            fetched_at=at,
        )
        archive.put(reply, archive.keep(said), at)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with blank(tmp_path / "replies.db") as archive:
        file(archive, LETTER, replace(LETTER, text=f"{LETTER.text}\n　　又及。"))
    return tmp_path / "replies.db"


def test_it_counts_the_fields_of_a_reply() -> None:
    assert len(fields(Reply)) == FIELDS


@pytest.mark.parametrize("key", KEYS)
def test_a_glance_is_what_the_archive_says(path: Path, key: str) -> None:
    seen = glance(path, key)
    assert seen is not None
    with Archive.open(path, read_only=True) as archive:
        [reply] = archive.find(key)
        assert list(seen.said.items()) == list(as_json(reply).items())
        assert seen.versions == len(archive.versions(reply.id)) == 2
        assert [url for url, _, _ in seen.seen] == [
            each.url for each in archive.sightings(reply.id)
        ]
    assert seen.headings == {column.name: column.title for column in COLUMNS}


@pytest.mark.parametrize("form", [(), ("--json",), ("--text",), ("--cite",)])
def test_what_is_shown_quickly_is_what_is_shown(
    path: Path, form: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in KEYS:
        out = io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            assert answered(["--archive", str(path), "show", key, *form], {})
        assert out.getvalue() == run("--archive", str(path), "show", key, *form).out


def test_where_another_letter_may_answer_the_same_proposal_there_is_no_glance(path: Path) -> None:
    assert glance(path, "第80号") is not None
    with Archive.open(path) as archive:
        file(archive, OTHER)
    assert glance(path, "01404053X/2023-00861") is None
    assert glance(path, "第80号") is None  # and several fit


@pytest.mark.parametrize("key", ["", "nothing like it", "\0", "\ud800", "'", "%"])
def test_what_names_no_reply_is_left_to_the_commands(path: Path, key: str) -> None:
    assert glance(path, key) is None


def test_an_archive_that_is_not_as_it_should_be_is_left_to_the_commands(
    path: Path, tmp_path: Path
) -> None:
    key = KEYS[0]
    assert glance(tmp_path / "none.db", key) is None
    assert glance(tmp_path, key) is None
    (tmp_path / "empty.db").write_bytes(b"")
    assert glance(tmp_path / "empty.db", key) is None
    (tmp_path / "text.db").write_text("no archive")
    assert glance(tmp_path / "text.db", key) is None
    for pragma in (f"user_version = {FORMAT + 1}", "user_version = 4", "application_id = 1"):
        older = tmp_path / f"{len(pragma)}.db"
        older.write_bytes(path.read_bytes())
        change(older, f"pragma {pragma}")
        assert glance(older, key) is None


def test_an_archive_that_lacks_a_field_is_left_to_the_commands(path: Path) -> None:
    with Archive.open(path) as archive, archive.transaction() as db:
        undescribe(db)
        db.conn.execute("alter table replies drop column openness")
    assert glance(path, KEYS[0]) is None


def test_a_damaged_archive_is_left_to_the_commands(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[4096 : len(body) : 7] = b"\xff" * len(body[4096 : len(body) : 7])
    path.write_bytes(body)
    assert glance(path, KEYS[0]) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("show",),
        ("show", "a", "b"),
        ("show", "a", "--why"),
        ("show", "--json"),
        ("show", "a", "--json", "--text"),
        ("show", "--", "a"),
        ("show", ""),
        ("list",),
        ("--verbose", "show", "a"),
        ("--archive",),
        ("--archive", "", "show", "a"),
        ("--archive", "a.db"),
        ("nothing", "--help"),
        ("../cli/examples", "--help"),
        ("show", "a", "--help"),
        (),
    ],
    ids=" ".join,
)
def test_what_is_out_of_the_ordinary_is_left_to_the_commands(arguments: tuple[str, ...]) -> None:
    assert not answered(arguments, {"REPLYARC_ARCHIVE": "/nowhere/replies.db"})


def test_the_archive_is_found_as_the_commands_find_it(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    here = tmp_path / "replyarc.toml"
    here.write_text('[archive]\npath = "replies.db"\n[[source]]\nunknown = 1\n')
    assert answered(["show", KEYS[0]], {})
    assert answered(["--config=replyarc.toml", "-q", "show", KEYS[0]], {})
    assert not answered(["--config", "other.toml", "show", KEYS[0]], {})
    assert answered(["show", KEYS[0]], {"REPLYARC_ARCHIVE": str(path)})
    assert not answered(["show", KEYS[0]], {"REPLYARC_ARCHIVE": "none.db"})
    assert not answered(["show", KEYS[0]], {"REPLYARC_CONFIG": "none.toml"})
    assert capsys.readouterr().out.count(LETTER.title) == 3
    here.write_text("[archive]\npath = 3\n")
    assert not answered(["show", KEYS[0]], {})
    here.write_text("no toml at all")
    assert not answered(["show", KEYS[0]], {})


def test_a_person_who_completes_a_command_is_not_answered() -> None:
    assert not answered(["--help"], {"_REPLYARC_COMPLETE": "complete_bash"})


def test_nothing_slow_is_loaded(path: Path) -> None:
    """Neither what reads options, nor the data classes, nor what talks to sites."""
    slow = {"typer", "rich", "httpx", "sqlite_utils", "pydantic", "dataclasses", "replyarc.model"}
    program = (
        "import sys; from replyarc.cli.quick import answered\n"
        f"assert answered(['--archive', {str(path)!r}, 'show', {KEYS[0]!r}], {{}})\n"
        "assert answered(['show', '--help'], {})\n"
        f"print(sorted({slow!r} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stdout.decode().endswith("\n[]\n")


def test_the_page_of_help_is_that_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["-h"], ["show", "-h"], ["search", "--help"]):
        assert answered(arguments, {})
        assert capsys.readouterr().out == run(*arguments).out


def change(path: Path, sql: str) -> None:
    db = sqlite3.connect(path)
    db.execute(sql)
    db.commit()
    db.close()
