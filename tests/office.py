"""LibreOffice without a screen: what a person sees who opens a file."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

AS_TEXT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""CSV as cells are shown, in UTF-8, every sheet of a file in a file of its own (name-Sheet.csv)."""

AS_FORMULAS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,true,false,-1"
"""The same with the formulas in the place of what they come to."""

READ_CSV = "CSV:44,34,76,1,,0,false,true,false"
"""How LibreOffice offers to read a CSV of UTF-8: every column as standard, numbers found."""


def converted(
    paths: Sequence[Path], folder: Path, to: str = AS_TEXT, reading: str | None = None
) -> list[Path]:
    """Open files by LibreOffice, all in one run, and return what it wrote of them, by name.

    ``to`` is its filter, ``reading`` how CSV is read. The test is skipped where there is none.
    """
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as profile:
        subprocess.run(
            [
                office,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--norestore",
                *([f"--infilter={reading}"] if reading else []),
                "--convert-to",
                to,
                "--outdir",
                folder,
                *paths,
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return sorted(folder.iterdir())
