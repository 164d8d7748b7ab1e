"""The archive in a real browser, Chromium without a window: one server, one browser, no network."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from replyarc.browse.opening import opened
from replyarc.browse.serving import address, listening, server
from tests.browsed import MARKS, known
from tests.shelf_of_letters import HOSTILE, SCRIPT, shelve, told

pytestmark = [
    *MARKS[:1],
    pytest.mark.skipif(
        shutil.which("chromium") is None, reason="no chromium is installed to drive"
    ),
]

_QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class Tab:
    """A page of the browser, and all that it asked for, said and wanted to show."""

    def __init__(self, page: Any, home: str) -> None:
        self.page = page
        self.home = home
        self.hosts: set[str] = set()
        self.said: list[str] = []
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Any) -> None:
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, place: str) -> None:
        self.page.goto(f"{self.home}{place}")

    @property
    def is_pwned(self) -> bool:
        return bool(self.page.evaluate("'pwned' in window"))

    @property
    def width_too_much(self) -> int:
        """By how many pixels it is wider than the window."""
        root = "document.documentElement"
        return int(self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("driven") / "replies.db"
    shelve(path)
    return path


@pytest.fixture(scope="module")
def home(path: Path) -> Iterator[str]:
    with opened(path, "127.0.0.1") as archive, closing(listening("127.0.0.1", 0)) as listens:
        serving = server(archive.app)
        thread = threading.Thread(target=serving.run, kwargs={"sockets": [listens]})
        thread.start()
        yield address(listens, "127.0.0.1").rstrip("/")
        serving.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    driver: Any = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(_QUIET)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def sheet(browser: Any) -> Any:
    """One page for all: each test opens what it reads, and a new window takes a second."""
    return browser.new_page()


@pytest.fixture
def tab(sheet: Any, home: str) -> Tab:
    sheet.goto("about:blank")
    sheet.set_viewport_size({"width": 1280, "height": 800})
    return Tab(sheet, home)


def test_one_searches_opens_a_reply_and_narrows_by_year_by_clicking(tab: Tab) -> None:
    tab.open("/")
    tab.page.fill("#q", "养老")
    tab.page.press("#q", "Enter")
    assert tab.page.locator(".found strong").first.inner_text() == "10"
    assert tab.page.locator("mark").first.inner_text() == "养老"
    tab.page.click("#facet-year >> text=2024")
    assert "year=2024" in tab.page.url
    assert tab.page.locator(".hit").count() == 3
    tab.page.click(f"text={told(3).title}")
    assert tab.page.locator("h1").inner_text() == told(3).title
    assert tab.page.locator(".paper .signature").inner_text() == "清源市民政局"
    assert tab.page.locator(".citation pre").first.is_visible()
    tab.page.click("text=BibTeX")
    assert "@online" in tab.page.locator(".citation details pre").first.inner_text()
    assert tab.said == []
    assert tab.hosts == {urlsplit(tab.home).netloc}


def test_one_facets_datasettes_table_by_year_and_comes_to_a_letter(tab: Tab) -> None:
    tab.open("/archive/replies_flat")
    tab.page.click(".facet-info[data-column=year] >> text=2023")
    assert "year=2023" in tab.page.url
    tab.page.click(".rows-and-columns td.col-id a >> nth=0")
    assert "/-/reply/" in tab.page.url
    assert tab.page.locator(".paper .salutation").inner_text() == "周小溪代表："
    assert tab.hosts == {urlsplit(tab.home).netloc}


def test_a_stored_script_does_nothing_anywhere(tab: Tab, path: Path) -> None:
    hostile = known(path)["hostile"]
    for place in (
        "/-/search?q=恶意",
        "/archive/replies_flat?_facet=publisher",
        f"/archive/replies/{hostile}",
        "/-/chart/publishers.svg",
        f"/-/reply/{hostile}",
    ):
        tab.open(place)
        assert not tab.is_pwned, place
    assert not [each for each in tab.said if each.startswith("dialog")]
    assert tab.hosts == {urlsplit(tab.home).netloc}
    assert tab.page.locator("h1").inner_text() == HOSTILE.title
    assert SCRIPT in tab.page.locator(".paper").inner_text()


def test_our_pages_keep_to_the_policy_and_to_the_screen(tab: Tab, path: Path) -> None:
    ids = known(path)
    tab.page.set_viewport_size({"width": 390, "height": 800})
    for place in (
        "/",
        "/-/search?q=养老",
        f"/-/reply/{ids['edited']}",
        f"/-/reply/{ids['hostile']}",
    ):
        tab.open(place)
        assert tab.width_too_much <= 0, place
        assert tab.page.evaluate("[...document.images].every(image => image.naturalWidth)"), place
    assert tab.said == []
    assert tab.hosts == {urlsplit(tab.home).netloc}


def test_a_page_of_another_site_learns_nothing(tab: Tab, home: str) -> None:
    """A page elsewhere, here one without an origin, cannot read, embed or load what is served."""
    tab.page.set_content("<p>elsewhere</p>")
    asked = tab.page.evaluate(
        """async home => {
            const read = async how => fetch(`${home}/archive/replies.json`, how)
                .then(answer => answer.text(), error => "refused");
            const shown = await new Promise(done => {
                const image = new Image();
                image.onload = () => done("loaded");
                image.onerror = () => done("refused");
                image.src = `${home}/-/chart/years.svg`;
            });
            return [await read({}), await read({mode: "no-cors"}), shown];
        }""",
        home,
    )
    assert asked == ["refused", "refused", "refused"]
