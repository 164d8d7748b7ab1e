"""A monitor that is told when a crawl begins and how it ends (``crawl --ping``)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from replyarc.archive.lock import hold
from replyarc.fetch.ping import MOST_BYTES, Ping
from tests.column import Column, letters
from tests.gov import Answer, Gov, Heard, hang, redirect, reset, serving, status
from tests.test_cli import CONFIG, Place

SECRET = "/4e1f-geheim"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serving() as gov:
        made = Place(tmp_path, gov, Column(letters(2)))
        made.column.publish(gov)
        made.config.write_text(CONFIG.format(url=gov.url), "utf-8")
        yield made


@pytest.fixture
def monitor() -> Iterator[Gov]:
    """A server that answers everything with OK."""
    with serving() as made:
        made.handlers.append(lambda heard: Answer(body=b"OK"))
        yield made


def test_a_crawl_says_that_it_begins_and_that_it_ended_well(place: Place, monitor: Gov) -> None:
    ran = place.run("crawl", "--ping", monitor.url + SECRET)
    assert (ran.code, ran.err) == (0, "")
    assert monitor.asked == [f"{SECRET}/start", SECRET]
    begun, ended = monitor.heard
    assert (begun.method, begun.body) == ("GET", b"")
    assert ended.method == "POST"
    said = ended.body.decode()
    assert said.startswith("exit code 0: done\n")
    assert "qingyuan" in said
    assert "2 new" in said
    assert str(place.archive) in said


def test_the_address_may_stand_in_the_environment(
    place: Place, monitor: Gov, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPLYARC_PING", monitor.url + SECRET)
    assert place.run("-q", "crawl").code == 0
    assert monitor.asked == [f"{SECRET}/start", SECRET]


def test_a_query_in_the_address_keeps_its_place(place: Place, monitor: Gov) -> None:
    place.run("crawl", "--ping", f"{monitor.url}{SECRET}/?create=1&x=%2F")
    assert monitor.asked == [f"{SECRET}/start?create=1&x=%2F", f"{SECRET}/?create=1&x=%2F"]


def test_a_crawl_that_fails_says_so_with_its_exit_code(place: Place, monitor: Gov) -> None:
    place.gov.faults["/jytabl/index.html"] = deque([status(403)])
    assert place.run("-q", "crawl", "--ping", monitor.url + SECRET).code == 6
    assert monitor.asked == [f"{SECRET}/start", f"{SECRET}/fail"]
    said = monitor.heard[-1].body.decode()
    assert said.startswith("exit code 6: blocked by a site\n")
    assert "403" in said


def test_a_configuration_that_cannot_be_used_is_a_failure_too(place: Place, monitor: Gov) -> None:
    place.config.write_text("[crawl]\ncontact = 1\n", "utf-8")
    assert place.run("crawl", "--ping", monitor.url + SECRET).code == 3
    assert monitor.asked == [f"{SECRET}/fail"]
    assert b"crawl.contact" in monitor.heard[-1].body


def test_an_unknown_source_is_a_failure_too(place: Place, monitor: Gov) -> None:
    assert place.run("crawl", "--only", "x", "--ping", monitor.url + SECRET).code == 2
    assert monitor.asked == [f"{SECRET}/fail"]


def test_a_bug_is_a_failure_too(
    place: Place, monitor: Gov, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("replyarc.crawl.Walk", None)
    with pytest.raises(TypeError):
        place.run("crawl", "--ping", monitor.url + SECRET)
    assert monitor.asked == [f"{SECRET}/start", f"{SECRET}/fail"]
    assert monitor.heard[-1].body.startswith(b"exit code 1: a bug\na bug: TypeError: ")


def test_a_crawl_that_finds_the_archive_held_pings_nothing(place: Place, monitor: Gov) -> None:
    with hold(place.archive):
        assert place.run("crawl", "--ping", monitor.url + SECRET).code == 7
    assert monitor.asked == []


def test_a_dry_run_pings_nothing(place: Place, monitor: Gov) -> None:
    assert place.run("crawl", "--dry-run", "--ping", monitor.url + SECRET).code == 0
    assert monitor.asked == []


def test_a_signal_is_a_failure_once_the_walks_have_ended(place: Place, monitor: Gov) -> None:
    def stop(heard: Heard) -> Answer | None:
        if heard.path.endswith("00001.html"):
            os.kill(ran.pid, signal.SIGTERM)
        return None

    place.gov.handlers.append(stop)
    place.gov.faults[letters(2)[1].path] = deque([hang()])
    command = [sys.executable, "-m", "replyarc", "--config", str(place.config), "-q", "crawl"]
    with subprocess.Popen([*command, "--ping", monitor.url + SECRET], stderr=-3) as ran:
        code = ran.wait(60)
    assert code == 143
    assert monitor.asked == [f"{SECRET}/start", f"{SECRET}/fail"]
    assert monitor.heard[-1].body.startswith(b"exit code 143: ended by SIGTERM\n")


def test_a_monitor_that_stumbles_once_is_asked_again(monitor: Gov) -> None:
    monitor.faults[SECRET] = deque([status(503)])
    assert Ping(monitor.url + SECRET).success("") is None
    monitor.faults[SECRET] = deque([reset()])
    assert Ping(monitor.url + SECRET).success("") is None
    assert monitor.count(SECRET) == 4


@pytest.mark.parametrize(
    ("faults", "why", "asked"),
    [
        ([status(503), status(500), status(503)], "answers 500", 2),
        ([status(404)], "answers 404. Look whether the address is right", 1),
        ([hang(), hang(), hang()], "no answer in 0.2 s", 2),
    ],
    ids=["down", "not there", "silent"],
)
def test_what_a_monitor_does_wrong_is_one_line_without_the_secret(
    monitor: Gov, faults: list[object], why: str, asked: int
) -> None:
    monitor.faults[f"{SECRET}/fail"] = deque(faults)  # type: ignore[arg-type]  # a row of faults
    ping = Ping(monitor.url + SECRET + "?key=k", seconds=0.2 if "no answer" in why else 10.0)
    monitor.faults[f"{SECRET}/fail?key=k"] = monitor.faults[f"{SECRET}/fail"]
    assert ping.fail("x") == f"{monitor.url}/…: {why}"
    assert len(monitor.asked) <= asked  # a slow machine may not come to ask in 0.2 s


def test_a_redirect_is_not_followed(place: Place, monitor: Gov) -> None:
    monitor.faults[SECRET] = deque([redirect(f"{monitor.url}/elsewhere")])
    said = Ping(monitor.url + SECRET).success("")
    assert said is not None
    assert "a redirect, which is not followed" in said
    assert monitor.asked == [SECRET]


def test_a_monitor_that_is_not_there_changes_nothing(place: Place) -> None:
    with serving() as gone:
        url = gone.url
    ran = place.run("crawl", "--ping", url.replace("//", "//me:word@") + SECRET)
    assert ran.code == 0
    assert "2 new" in ran.out
    lines = ran.err.splitlines()
    assert len(lines) == 2  # of the beginning and of the end
    for line in lines:
        assert line.startswith(f"replyarc: --ping: {url}/…: ")
        assert SECRET.strip("/") not in line
        assert "word" not in line


@pytest.mark.parametrize(
    "url", ["", "hc.test/geheim", "ftp://hc.test/geheim", "http:///geheim", "http://h:x/geheim",
            "http://hc.test/ge heim", "http://[::1/geheim"]
)  # fmt: skip
def test_a_bad_address_ends_it_before_anything_begins(place: Place, url: str) -> None:
    ran = place.run("crawl", "--ping", url)
    assert ran.code == 2
    assert "--ping" in ran.err
    assert "heim" not in ran.err
    assert place.gov.asked == []
    assert not place.archive.exists()


def test_what_is_said_is_bounded(monitor: Gov) -> None:
    Ping(monitor.url + SECRET).fail("建议" * MOST_BYTES)
    assert MOST_BYTES - 3 < len(monitor.heard[-1].body) <= MOST_BYTES
    assert "建议建议" in monitor.heard[-1].body.decode()
