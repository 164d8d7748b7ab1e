"""``replyarc browse``: its address, its end, and what keeps it from beginning."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from replyarc.archive.lock import hold
from replyarc.browse import serving
from replyarc.browse.serving import PORT, NoPlace, address, listening
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
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    ran = run("--archive", str(path), "browse", "--port", "0", "--open")
    assert opened == [ran.out.strip()]


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
    known = importlib.util.find_spec
    monkeypatch.setattr(
        "replyarc.cli.browsing.find_spec",
        lambda name: None if name == "datasette" else known(name),
    )
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
