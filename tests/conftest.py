"""What every test shares."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from replyarc.archive.store import Archive
from tests.blank import blank
from tests.clock import Move, moving
from tests.gov import Gov, serving

settings.register_profile(
    "replyarc",
    deadline=None,  # the machines that run this are shared: a slow moment is no failure
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
    max_examples=50 if os.environ.get("CI") else 100,  # there they are the same every time
)
settings.load_profile("replyarc")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regold", action="store_true", help="write the golden files anew; the run still fails"
    )


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the person who runs the tests has set for replyarc or the terminal out of them."""
    ours = {name for name in os.environ if name.startswith("REPLYARC_")} - {"REPLYARC_CORPUS"}
    for name in {"COLUMNS", "NO_COLOR", "FORCE_COLOR", *ours}:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real pages, where there is one."""
    folder = os.environ.get("REPLYARC_CORPUS")
    if not folder:
        pytest.skip("REPLYARC_CORPUS is not set: the real pages are not part of the project")
    path = Path(folder).resolve()
    if not (path / "seeds" / "gold.json").is_file():
        pytest.fail(f"REPLYARC_CORPUS is {path}, which holds no seeds/gold.json")
    return path


@pytest.fixture
def gov() -> Iterator[Gov]:
    """A government on loopback, without a page yet."""
    with serving() as government:
        yield government


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive."""
    with blank(tmp_path / "a.db") as opened:
        yield opened


@pytest.fixture
def move(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Move the day of the crawls that follow."""
    return moving(monkeypatch)
