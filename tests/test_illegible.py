"""Values of an archive that are not what they have to be: code 8, and where to go from there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.eight import eight
from tests.test_cli import run

DAMAGES = {
    "torn list": """update replies set proposal_numbers = '["12'""",
    "no list": "update replies set proposal_numbers = '5'",
    "no such kind": "update replies set kind = 'x'",
    "no day": "update replies set published_on = '2023-13-45'",
    "no UTF-8": "update replies set title = cast(x'ff00fe' as text)",
    "torn version": "update contents set fields = '{'",
    "no object": "update contents set fields = '[]'",
}
COMMANDS = {
    "list": ["list"],
    "list --json": ["list", "--json"],
    "show": ["show", "{id}"],
    "show --text": ["show", "{id}", "--text"],
    "show --history": ["show", "{id}", "--history"],
    "search": ["search", "的"],
    "stats": ["stats"],
    "export": ["export", "--format", "jsonl"],
    "export csv": ["export", "--format", "csv"],
    "number": ["list", "--number", "79"],
}
BROKEN = {
    "torn list": "list, list --json, show, search, stats, export, export csv, number",
    "no list": "list, show --text, stats",
    "no such kind": "show --history, search",
    "no day": "show --history, stats",
    "no UTF-8": "list, show, export csv",
    "torn version": "show --history",
    "no object": "show --history",
}
"""By damage some of the commands that cannot answer."""
PAIRS = [(damage, command) for damage, told in BROKEN.items() for command in told.split(", ")]


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("damaged")
    with eight(folder / "whole.db"):
        pass
    made = {name: folder / f"{at}.db" for at, name in enumerate(DAMAGES)}
    for name, path in made.items():
        path.write_bytes((folder / "whole.db").read_bytes())
        with closing(sqlite3.connect(path)) as db:
            db.executescript(DAMAGES[name])
    return made


@pytest.mark.parametrize(("damage", "command"), PAIRS)
def test_a_value_that_cannot_be_read_is_told_with_what_to_do(
    archives: dict[str, Path], damage: str, command: str
) -> None:
    path = archives[damage]
    with closing(sqlite3.connect(path)) as db:
        (id,) = db.execute("select min(id) from replies").fetchone()
    ran = run("--archive", str(path), *(word.format(id=id) for word in COMMANDS[command]))
    assert ran.code == 8
    assert f"{path}: damaged" in ran.err
    assert "replyarc verify" in ran.err


@pytest.mark.parametrize("damage", DAMAGES)
def test_verify_tells_of_it(archives: dict[str, Path], damage: str) -> None:
    ran = run("--archive", str(archives[damage]), "verify")
    assert ran.code == 8
    assert "damaged" in ran.out
