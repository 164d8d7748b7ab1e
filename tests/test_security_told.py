"""SECURITY.md: every promise names the test that proves it, and every such test exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
TOLD = (TESTS.parent / "SECURITY.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", TOLD)))


@pytest.mark.parametrize("file", sorted({file for file, _ in NAMED}))
def test_every_test_that_a_promise_names_exists(file: str) -> None:
    tree = ast.parse((TESTS / file).read_bytes())
    there = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    assert {name for told, name in NAMED if told == file} <= there


def test_every_promise_names_a_test() -> None:
    promised = TOLD.partition("## What is promised")[2].partition("## What is not promised")[0]
    rows = [row for row in promised.splitlines() if row.startswith("| ")]
    promises = [row for row in rows if row != "| promise | proved by |"]
    assert len(promises) > 25
    assert [row for row in promises if "::test_" not in row] == []


def test_how_to_report_is_said_without_an_address_that_nobody_reads() -> None:
    assert "Report a vulnerability" in TOLD
    assert "@" not in TOLD.replace("`= + - @`", "")


def test_no_test_of_security_is_left_out() -> None:
    """A test of these files is a promise; those that are not say themselves how they are meant."""
    ours = {path.name for path in TESTS.glob("test_security*.py")} - {Path(__file__).name}
    assert ours <= {file for file, _ in NAMED}
