"""``replyarc browse``: its address, its end, and what keeps it from beginning."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from queue import Queue
from threading import Event
from typing import Any
from urllib.request import urlopen

import pytest

from replyarc.archive.lock import hold
from replyarc.archive.store import Archive
from replyarc.browse import serving
from replyarc.browse.counting import once
from replyarc.browse.serving import PORT, NoPlace, address, listening, server
from replyarc.cli import browsing
from tests.blank import blank
from tests.browsed import MARKS
from tests.test_cli import run

pytestmark = MARKS[:1]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "replies.db"
    blank(path).close()
    return path


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Nothing is served: each server that should run is noted, and is interrupted at once."""
    served: list[Any] = []

    def interrupted(self: Any, sockets: Any) -> None:
        served.append(sockets[0].getsockname())
        raise KeyboardInterrupt

    monkeypatch.setattr("uvicorn.Server.run", interrupted)
    return served


@pytest.fixture
def taken() -> Iterator[int]:
    with closing(listening("127.0.0.1", 0)) as listens:
        yield listens.getsockname()[1]


def test_it_prints_its_address_and_ends_by_ctrl_c_as_the_contract_says(
    path: Path, served: list[Any]
) -> None:
    ran = run("--archive", str(path), "browse", "--port", "0")
    ((host, port),) = served
    assert (ran.code, ran.out) == (130, f"http://127.0.0.1:{port}/\n")
    assert host == "127.0.0.1"
    assert ran.err == "Open it in a browser; Ctrl-C ends it.\n"


def test_it_is_read_in_a_process_of_its_own_and_ends_by_a_signal(path: Path) -> None:
    command = [sys.executable, "-m", "replyarc", "--archive", str(path), "browse", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        at = process.stdout.readline().decode().strip()
        with urlopen(at, timeout=30) as answer:
            assert "建议提案答复档案" in answer.read().decode()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, b"Open it in a browser; Ctrl-C ends it.\n")
    assert [each.name for each in path.parent.iterdir()] == ["replies.db"]


def test_it_opens_the_browser_where_it_is_asked_to(
    path: Path, served: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: Queue[str] = Queue()

    def note(address: str) -> bool:
        opened.put(address)
        return True

    monkeypatch.setattr(webbrowser, "open", note)
    ran = run("--archive", str(path), "browse", "--port", "0", "--open")
    assert opened.get(timeout=30) == ran.out.strip()


def test_a_browser_that_comes_back_at_its_end_only_is_answered(
    path: Path, served: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = Event()
    waited: list[bool] = []

    def wait(_: str) -> bool:
        waited.append(closed.wait(10))
        return True

    monkeypatch.setattr(webbrowser, "open", wait)
    assert run("--archive", str(path), "browse", "--port", "0", "--open").code == 130
    assert waited == []
    closed.set()


def test_it_says_where_there_is_no_browser(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    browsing._open("http://127.0.0.1:1/")
    assert "no web browser was found" in capsys.readouterr().err


def test_it_serves_where_stdout_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert isinstance(server(_unasked).config.loaded, bool)


async def _unasked(scope: object, receive: object, send: object) -> None:
    raise AssertionError("nobody asks")


def test_a_page_does_not_wait_for_a_picture(path: Path) -> None:
    begun, drawn = Event(), Event()

    def picture(archive: Archive) -> bool:
        begun.set()
        return drawn.wait(10)

    with Archive.open(path, read_only=True) as archive, ThreadPoolExecutor(1) as pool:
        drawing = pool.submit(once, archive, picture)
        assert begun.wait(30)
        assert once(archive, Archive.count) == 0
        assert not drawing.done()
        drawn.set()
        assert drawing.result()


def test_it_warns_who_lets_others_read(path: Path, served: list[Any]) -> None:
    ran = run("--archive", str(path), "browse", "--port", "0", "--host", "0.0.0.0")
    assert "can read all of the archive" in ran.err
    assert "there is no password" in ran.err
    assert ran.out.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_told_with_what_to_do(
    path: Path, served: list[Any], taken: int
) -> None:
    ran = run("--archive", str(path), "browse", "--port", str(taken))
    assert (ran.code, ran.out, served) == (2, "", [])
    assert f"127.0.0.1:{taken}: another program listens there" in ran.err
    assert "--port 0" in ran.err


def test_without_a_port_a_free_one_is_found(monkeypatch: pytest.MonkeyPatch, taken: int) -> None:
    monkeypatch.setattr(serving, "PORT", taken)
    with closing(listening("127.0.0.1", None)) as listens:
        assert listens.getsockname()[1] not in (taken, PORT, 0)


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_told(host: str) -> None:
    with pytest.raises(NoPlace, match=f"^{host}: no address of this machine .* Leave --host out"):
        listening(host, 0)


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_the_other_loopback_is_written_in_brackets() -> None:
    try:
        listens = listening("::1", 0)
    except NoPlace:
        pytest.skip("this machine has no ::1")
    with closing(listens):
        assert address(listens, "::1") == f"http://[::1]:{listens.getsockname()[1]}/"


def test_without_datasette_it_says_what_to_install(
    path: Path, served: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "datasette", None)
    ran = run("--archive", str(path), "browse")
    assert (ran.code, served) == (4, [])
    assert 'pip install "replyarc[web]"' in ran.err


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "there is no archive"),
        (b"", "empty, no archive"),
        (b"no archive" * 100, "not an archive"),
    ],
    ids=["none", "empty", "else"],
)
def test_what_is_no_archive_is_told_before_anything_listens(
    tmp_path: Path, served: list[Any], content: bytes | None, why: str
) -> None:
    path = tmp_path / "other.db"
    if content is not None:
        path.write_bytes(content)
    ran = run("--archive", str(path), "browse")
    assert (ran.code, ran.out, served) == (8, "", [])
    assert why in ran.err


def test_a_crawl_may_run_meanwhile(path: Path, served: list[Any]) -> None:
    with hold(path):
        assert run("--archive", str(path), "browse", "--port", "0").code == 130


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_archive_in_a_folder_that_cannot_be_written_to_is_read(
    path: Path, served: list[Any]
) -> None:
    path.parent.chmod(0o500)
    try:
        assert run("--archive", str(path), "browse", "--port", "0").code == 130
    finally:
        path.parent.chmod(0o700)


def test_a_ctrl_c_that_got_lost_in_the_loop_ends_it_like_any_other(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "uvicorn.Server.run", lambda self, sockets: setattr(self, "should_exit", True)
    )
    assert run("--archive", str(path), "browse", "--port", "0").code == 130
