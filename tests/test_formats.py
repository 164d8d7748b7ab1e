"""The table of formats: what a name asks for, and that nothing heavy is loaded to read it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from replyarc.export.formats import FORMATS, Format, format_of

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.csv", "csv"),
        ("a.JSONL", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("答复.XLSX", "xlsx"),
        ("a.parquet", "parquet"),
        ("a.md", "md"),
        ("a.atom", "atom"),
        ("feed.xml", "atom"),
        ("a.warc.gz", "warc"),
        ("a.zip", "bundle"),
        ("a", None),
        ("xlsx", None),
        ("a.xls", None),
        ("a.csv.gz", None),
    ],
)
def test_a_name_asks_for_a_format(name: str, form: str | None) -> None:
    assert format_of(name) == form


def test_the_formats_are_those_of_the_contract() -> None:
    assert list(FORMATS) == ["csv", "jsonl", "xlsx", "parquet", "md", "atom", "warc", "bundle"]


def test_a_format_that_needs_more_names_an_extra_that_there_is() -> None:
    extras = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["optional-dependencies"]
    needed = {form.extra for form in FORMATS.values() if isinstance(form, Format) and form.extra}
    assert needed == {"xlsx", "parquet"}
    assert needed <= extras.keys()


def test_what_is_no_text_never_goes_to_a_terminal() -> None:
    shown = {name for name, form in FORMATS.items() if isinstance(form, Format) and form.terminal}
    assert shown == {"csv", "jsonl", "atom"}


def test_a_summary_is_one_line() -> None:
    for form in FORMATS.values():
        assert re.fullmatch(r"\S.{9,89}[^\s.]", form.summary)


def test_the_table_loads_nothing_of_what_a_format_needs() -> None:
    asked = "import sys, replyarc.export.formats; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True, timeout=60
    ).stdout.split()
    assert not {"xlsxwriter", "pyarrow", "warcio", "tempfile", "zipfile"} & set(loaded)
