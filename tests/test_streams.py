"""What becomes of data where stdout is full, closed, or written to without a buffer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import Place, crawled, place  # noqa: F401  # fixtures

# ruff: noqa: F811  # a fixture is asked for by an argument of its name


FULL = Path("/dev/full")


def shell(folder: Place, command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command over an archive as a shell does, with $R for replyarc."""
    ours = f"{sys.executable} -m replyarc --config {folder.config}"
    wanted = {**os.environ, "R": ours, **environ}
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=wanted)


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["list", "list --json", "show --raw 990", "search 的 --json"])
def test_a_full_disk_behind_stdout_is_told(crawled: Place, command: str, unbuffered: str) -> None:
    command = command.replace("990", crawled.column.letters[0].title)
    ran = shell(crawled, f"$R {command} > /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert (ran.returncode, ran.stderr.count("the disk is full")) == (9, 1)
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("command", ["list", "list --json", "search 的"])
def test_a_reader_that_goes_away_is_no_error(crawled: Place, command: str) -> None:
    ran = shell(crawled, f"set -o pipefail; $R {command} | true")
    assert (ran.returncode, ran.stderr.strip()) == (0, "")
