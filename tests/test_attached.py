"""What kind of file it is, what a person is told, and reading in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from replyarc.attached import apart, kinds
from replyarc.attached import read as reading
from replyarc.attached.apart import read_apart
from replyarc.attached.kinds import READABLE_AS_PAGE, WORDS, kind_of, misnamed
from replyarc.attached.read import read_file
from replyarc.evidence import Attached
from tests.test_attached_office import open_fixed, p, word, zipped
from tests.test_attached_pdf import LETTER, PARAGRAPHS, letter

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500)


def stream_named(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(500)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf\n junk %PDF-1.4\n", "pdf"),
        (word(p("收悉")), "docx"),
        (word(p("收悉"))[:-30], "docx"),
        (zipped({"xl/workbook.xml": ""}), "xlsx"),
        (zipped({"ppt/presentation.xml": ""}), "pptx"),
        (open_fixed(), "ofd"),
        (zipped({"附件.docx": word(p("收悉"))}, compression=0), "zip"),
        (b"PK\x05\x06" + bytes(18), "zip"),
        (stream_named("WordDocument"), "doc"),
        (stream_named("Workbook"), "xls"),
        (stream_named("PowerPoint Document"), "ppt"),
        (OLE, "ole"),
        (stream_named("EncryptedPackage"), "encrypted"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"7z\xbc\xaf\x27\x1c\x00", "7z"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"BM" + bytes(20), "image"),
        (b"BM: a note", "text"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "unknown"),
        (b"\n<!DOCTYPE html><title>404", "html"),
        (b"404 <body>", "html"),
        ("\ufeff<html>".encode("utf-16-le"), "html"),
        ("\ufeff答复".encode("utf-16-be"), "text"),
        (b'<?xml version="1.0"?><rss/>', "xml"),
        (b'<?xml version="1.0"?><html/>', "html"),
        (b"MIME-Version: 1.0\r\n", "mhtml"),
        ("关于第八号建议的答复".encode("gb18030"), "text"),
        (b"\x00\x01\x02\x03", "unknown"),
    ],
)
def test_a_kind_is_told_by_the_bytes(body: bytes, kind: str) -> None:
    assert kind_of(body, "a.pdf") == kind
    assert kind in WORDS


def test_an_old_office_file_that_does_not_say_which_is_believed_its_name() -> None:
    names = {
        "a.doc": "doc",
        "b.WPS": "doc",
        "c.et": "xls",
        "d.dps": "ppt",
        "e": "ole",
        "f.pdf": "ole",
    }
    assert {name: kind_of(OLE, name) for name in names} == names


def test_a_zip_of_too_many_files_is_not_opened_to_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MAX_ENTRIES", 3)
    many = zipped(dict.fromkeys(["a", "b", "c", "word/document.xml"], ""))
    assert kind_of(many) == "zip"
    assert kind_of(zipped({"a": "", "word/document.xml": ""})) == "docx"


def test_pages_are_no_files() -> None:
    assert kind_of("<html>答复".encode("gb18030")) in READABLE_AS_PAGE
    assert set(WORDS) > READABLE_AS_PAGE
    assert not READABLE_AS_PAGE & {"pdf", "docx", "doc", "ofd", "zip", "rar", "image"}


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        ("html", "答复.pdf", "not a PDF file but an HTML page"),
        ("html", "/down.jsp?filename=a.pdf&x=1", "not a PDF file but an HTML page"),
        ("pdf", "附件1.DOC", "not a Word file but a PDF file"),
        ("docx", "附件1.doc", None),
        ("doc", "附件1.wps", None),
        ("pdf", "附件1", None),
        ("pdf", "a.b.pdf", None),
        ("empty", "a.pdf", None),
        ("html", "a.ceb", None),
    ],
)
def test_a_name_that_is_wrong_is_told(kind: str, name: str, told: str | None) -> None:
    assert misnamed(kind, name) == told


@pytest.mark.parametrize(
    ("body", "name", "problem"),
    [
        (b"", "a.pdf", "an empty file"),
        (b"<html>404", "a.pdf", "not a PDF file but an HTML page"),
        (b"<html>404", "", "an HTML page: its text is not read; its bytes are kept"),
        (
            stream_named("WordDocument"),
            "a.doc",
            "a Word file of the old format (DOC or WPS): its text is not read; its bytes are kept",
        ),
        (
            stream_named("EncryptedPackage"),
            "a.docx",
            "encrypted: it needs a password",
        ),
        (stream_named("EncryptedPackage"), "", "encrypted: it needs a password"),
        (b"%PDF-1.4", "a.pdf", "damaged: it cannot be read (PDFSyntaxError)"),
        (
            b"%PDF-1.4",
            "a.doc",
            "not a Word file but a PDF file; damaged: it cannot be read (PDFSyntaxError)",
        ),
    ],
)
def test_what_is_not_read_is_said_in_plain_words(body: bytes, name: str, problem: str) -> None:
    read = read_file(body, name)
    assert (read.text, read.pages, read.problem) == (None, None, problem)


def test_files_are_read_whatever_their_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_file(letter(LETTER), "a.pdf") == Attached(
        kind="pdf", text="\n".join(PARAGRAPHS), pages=1
    )
    told = "not a PDF file but a Word file"
    assert read_file(word(p("收悉")), "a.pdf") == Attached(kind="docx", text="收悉", problem=told)
    assert read_file(open_fixed(), "a.ofd") == Attached(kind="ofd", text="收悉", pages=1)
    text = "李明代表：\r\n\r\n　　收悉。 \n".encode("gb18030")
    assert read_file(text, "a.txt") == Attached(kind="text", text="李明代表：\n收悉。")
    monkeypatch.setattr(reading, "MAX_LETTERS", 2)
    cut = read_file(b"abcdefghij")
    assert (cut.text, cut.problem) == ("abcdefgh", "only the first 8 bytes are read")


def test_without_the_extra_a_pdf_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "replyarc.attached.pdf", raising=False)
    monkeypatch.setitem(sys.modules, "pdfminer.pdfdevice", None)
    need = "install replyarc[attachments] to read it"
    assert read_file(letter(LETTER), "a.pdf") == Attached(kind="pdf", problem=need)
    assert read_file(word(p("收悉")), "a.docx").text == "收悉"
    assert read_file(open_fixed()).text == "收悉"


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (MemoryError(), "it needs too much memory to be read"),
        (ImportError("no room"), "what reads it cannot be loaded (no room)"),
        (RecursionError(), "damaged: it cannot be read (RecursionError)"),
    ],
)
def test_no_error_of_a_reader_comes_through(
    monkeypatch: pytest.MonkeyPatch, error: Exception, problem: str
) -> None:
    def fail(body: bytes) -> None:
        raise error

    monkeypatch.setitem(reading._READERS, "pdf", fail)
    assert read_file(b"%PDF-1.4").problem == problem


def test_a_process_of_its_own_reads_the_same() -> None:
    body = letter(LETTER)
    assert read_apart(body, "附件\udcff.doc") == read_file(body, "附件\udcff.doc")


def test_a_folder_of_our_name_where_the_user_is_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "replyarc").mkdir()
    (tmp_path / "replyarc" / "__init__.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert read_apart(b"abc").text == "abc"


def test_a_reader_that_takes_too_long_is_ended_by_its_alarm_or_by_us() -> None:
    told = "it could not be read within 0.001 seconds"
    assert read_apart(letter(LETTER), "a.pdf", seconds=0.001) == Attached(kind="pdf", problem=told)


@pytest.fixture
def sleeper(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Let another program stand in for the reader, and note down each one started."""
    started = []
    start = subprocess.Popen

    def stand_in(command: list[str], **how: object) -> subprocess.Popen[bytes]:
        started.append(start([sys.executable, "-c", "import time; time.sleep(60)"]))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", stand_in)
    return started


def test_nothing_is_left_behind(
    sleeper: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_apart(b"abc", seconds=0.05).problem == "it could not be read within 0.05 seconds"

    def interrupted(self: object, timeout: float | None = None) -> int:
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr(sleeper[0].__class__, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_apart(b"abc")
    assert [process.poll() for process in sleeper] == [-signal.SIGKILL] * 2


@pytest.mark.parametrize(
    "does", ["raise SystemExit(3)", "print('no JSON')", "print('[]')", "print('{}')"]
)
def test_a_reader_that_crashes_is_told(monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    start = subprocess.Popen

    def stand_in(command: list[str], **how: object) -> subprocess.Popen[bytes]:
        return start([sys.executable, "-c", does], **how)  # type: ignore[call-overload, no-any-return]  # as given

    monkeypatch.setattr(subprocess, "Popen", stand_in)
    told = "the program that reads it came to an unexpected end"
    assert read_apart(b"abc", "a.txt") == Attached(kind="text", problem=told)


def test_what_is_too_large_is_given_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MAX_IN", 10)
    told = "too large: more than 10 bytes"
    assert read_apart(b"%PDF-1.4 and more") == Attached(kind="pdf", problem=told)


@pytest.mark.skipif(
    sys.platform != "linux", reason="other platforms do not bound the address space"
)
def test_memory_is_bounded() -> None:
    bomb = word("<w:p>" + "<w:r/>" * 2_800_000 + "</w:p>")
    read = read_apart(bomb, "a.docx", memory=30_000_000)  # less than the program and it take
    assert read.text is None
    assert read.problem
    assert read.problem != "a Word file without text"  # what is told of it where it can be read


def test_the_process_bounds_itself_also_without_a_parent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # in this process, but with limits and alarm only noted
    noted: list[tuple[object, ...]] = []
    monkeypatch.setattr("resource.setrlimit", lambda *limit: noted.append(limit))
    monkeypatch.setattr("signal.setitimer", lambda *alarm: noted.append(alarm))
    given, answer = tmp_path / "given", tmp_path / "answer"
    asked = {"name": "a.txt", "seconds": 2.5, "memory": 7}
    given.write_bytes(json.dumps(asked).encode() + b"\nabc")
    with given.open() as source, answer.open("w") as target:
        monkeypatch.setattr(sys, "stdin", source)
        monkeypatch.setattr(sys, "stdout", target)
        apart.main()
    assert json.loads(answer.read_bytes())["text"] == "abc"
    assert (signal.ITIMER_REAL, 2.5) in noted
    assert [most for _, most in noted[:4]] == [(7, 7), (4, 4), (apart.MAX_OUT,) * 2, (0, 0)]


def test_starting_up_is_light() -> None:
    code = "import sys, replyarc.attached.apart; print(*sys.modules)"
    paths = os.pathsep.join(sys.path)
    began = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert time.perf_counter() - began < 20
    heavy = {"pdfminer", "selectolax", "httpx", "charset_normalizer", "xml.parsers.expat"}
    assert not heavy & set(ran.stdout.split())
