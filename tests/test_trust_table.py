"""The table of what goes wrong holds: every line has its routes, and every route its test."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from replyarc.archive.verifying import verify
from tests.column import Column, letters
from tests.gov import serving, status
from tests.misbehaving import LINES, SHOWN, Route, shows
from tests.misbehaving_content import CONTENT
from tests.misbehaving_files import ATTACHMENTS
from tests.misbehaving_listing import LISTING
from tests.misbehaving_network import NETWORK
from tests.misbehaving_pages import PAGES

ROUTES: tuple[Route, ...] = (*NETWORK, *CONTENT, *PAGES, *LISTING, *ATTACHMENTS)
TESTS = sorted(path.stem for path in Path(__file__).parent.glob("test_trust_*.py"))
CONFIG = """
[archive]
path = "a.db"
[crawl]
contact = "mailto:tests@localhost"
delay = 0
retries = 0
private_addresses = true
"""
SOURCE = """
[[source]]
name = "{name}"
publisher = "清源市民政局"
url = "{url}/jytabl/index.html"
"""


def test_every_line_has_a_route_and_every_route_a_line() -> None:
    assert {route.line for route in ROUTES} == set(LINES)


def test_no_two_routes_are_of_one_name() -> None:
    names = [route.name for route in ROUTES]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_route_is_shown_by_a_test_and_no_test_shows_another() -> None:
    for name in TESTS:
        import_module(f"tests.{name}")
    assert set(SHOWN) == {route.name for route in ROUTES}


@shows("a 403", "a 500")
def test_a_crawl_from_a_crontab_says_what_went_wrong_and_goes_on_the_next_time(
    tmp_path: Path,
) -> None:
    with serving("127.0.0.1", "127.0.0.2", "127.0.0.3") as gov:
        column = Column(letters(3))
        column.publish(gov)
        bad = column.letters[1].path
        gov.routes = {f"127.0.0.2{bad}": status(403), f"127.0.0.3{bad}": status(500)}
        hosts = {"well": "127.0.0.1", "shut": "127.0.0.2", "ill": "127.0.0.3"}
        (tmp_path / "replyarc.toml").write_text(
            CONFIG
            + "".join(SOURCE.format(name=name, url=gov.at(host)) for name, host in hosts.items()),
            "utf-8",
        )
        first = run(tmp_path, "crawl", "--json")
        told = {each["source"]: each for each in json.loads(first.stdout)["sources"]}
        assert first.returncode == json.loads(first.stdout)["exit_code"] == 6
        assert told["well"]["finished"]
        assert "403" in told["shut"]["blocked"]
        assert told["shut"]["waiting"] == 2
        assert [bad in each for each in told["ill"]["problems"]] == [True]
        gov.routes.clear()
        again = run(tmp_path, "crawl", "--json")
    told = {each["source"]: each for each in json.loads(again.stdout)["sources"]}
    assert (again.returncode, {each["waiting"] for each in told.values()}) == (0, {0})
    assert not verify(tmp_path / "a.db").damage


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run replyarc as a crontab does."""
    return subprocess.run(
        [sys.executable, "-m", "replyarc", "--config", str(folder / "replyarc.toml"), *command],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_a_row_without_a_fault_says_so() -> None:
    with pytest.raises(AssertionError, match="is no answer"):
        _ = Route("a name that is none", "no connection").fault
