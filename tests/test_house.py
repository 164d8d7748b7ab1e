"""What the documents say is what the program has: families, commands, filters, formats."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from replyarc.cli.app import COMMANDS
from replyarc.cli.filters import FILTERS
from replyarc.export.formats import FORMATS
from replyarc.listing.families import FAMILIES
from tests.test_cli import run

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text("utf-8")
PAGES = TOP / "tests" / "pages" / "listing"


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_a_readme_row_an_example_and_two_listing_pages(family: str) -> None:
    assert re.search(rf"^\| `{family}` \|", README, re.MULTILINE)
    assert f'"{family}"' in (TOP / "config.example.toml").read_text("utf-8")
    assert len(list((PAGES / family).glob("*.golden.json"))) >= 2


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_is_one_short_module_of_its_name(family: str) -> None:
    path = TOP / "replyarc" / "listing" / f"{family}.py"
    assert len(path.read_text("utf-8").splitlines()) < 150


def test_the_readme_knows_no_family_that_there_is_not() -> None:
    table = README.partition("| family | listing pages |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(FAMILIES)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_a_readme_row(command: str) -> None:
    assert re.search(rf"^\| `replyarc {command}\b", README, re.MULTILINE)
    ran = run(command, "--help")
    assert ran.code == 0
    assert len(ran.out) > 100


def test_every_filter_and_format_is_in_the_readme_and_in_the_help() -> None:
    options = {f"--{name.replace('_', '-')}" for name in FILTERS}
    assert options <= set(re.findall(r"--[a-z-]+", README))
    for command in ("list", "export"):
        assert options <= set(re.findall(r"--[a-z-]+", run(command, "--help").out))
    assert all(form in README for form in FORMATS)


def test_every_way_to_end_a_crawl_in_the_contract_is_in_the_readme() -> None:
    table = README.partition("| exit code | means |")[2].partition("\n\n")[0]
    codes = re.findall(r"^\| ([0-9, ]+) \|", table, re.MULTILINE)
    assert codes == [*"0123456789", "10", "130, 143"]


def test_the_readme_shows_what_init_says() -> None:
    assert "Put your contact and your sources into it, then: replyarc crawl" in README


def test_no_file_of_the_program_is_too_long_and_every_package_face_is_empty() -> None:
    files = list((TOP / "replyarc").rglob("*.py"))
    long = {
        str(path): lines for path in files if (lines := len(path.read_text().splitlines())) > 300
    }
    assert long == {}
    faces = [
        path for path in files if path.name == "__init__.py" and path.parent.name != "replyarc"
    ]
    assert [path for path in faces if path.read_text()] == []
