"""The data dictionary is what the fields of a reply are, and what the archive says of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from replyarc.archive.describing import Described, descriptions
from replyarc.export.flat import COLUMNS

PAGE = Path(__file__).parent.parent / "docs" / "data.md"
HEAD = "| key | 中文 | type | meaning | example |\n|---|---|---|---|---|\n"


def table() -> str:
    return HEAD + "".join(rows())


def rows() -> Iterator[str]:
    """Yield a line for each field, in the order of the columns."""
    said = {line.column_name: line for line in descriptions() if line.table_name == "replies"}
    for column in COLUMNS:
        line = said[column.name]
        cells = (f"`{column.name}`", column.title, kind(line), line.meaning, example(line))
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def kind(line: Described) -> str:
    return line.type.removesuffix(", JSON")


def example(line: Described) -> str:
    """Return an example as JSON has it; an instant to the second."""
    given = f"{line.example[:19]}Z" if line.type == "instant" and line.example else line.example
    return f"`{given}`" if given else ""


def test_the_data_dictionary_names_every_field_as_the_program_does(
    request: pytest.FixtureRequest,
) -> None:
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(HEAD)
    after = rest.partition("\n\n")[2]
    anew = f"{before}{table()}\n{after}"
    if request.config.getoption("regold") and anew != text:
        PAGE.write_text(anew, "utf-8")
        pytest.fail("wrote docs/data.md: read it, then run again")
    assert anew == text
    assert all(line.meaning != line.heading for line in descriptions() if line.column_name == "id")


def test_every_flag_of_the_readme_is_in_the_data_dictionary() -> None:
    readme = (PAGE.parent.parent / "README.md").read_text("utf-8")
    flags = readme.partition("| flag | means |")[2].partition("\n\n")[0]
    assert flags.count("\n|") > 9
    assert flags in PAGE.read_text("utf-8").partition("| flag | means |")[2]
