"""Charts: well-formed, whole, alone in their file, whatever the names in them are."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from replyarc.archive.store import Archive
from replyarc.charts import fonts
from replyarc.charts.drawing import chart, svg
from replyarc.charts.page import page
from replyarc.charts.panels import label
from replyarc.figures import Count, Event, Month, Statistics
from replyarc.model import Kind, Reply
from replyarc.reckoning import Fact, Reckoning
from tests.blank import blank
from tests.test_cli import run
from tests.test_merge import after

HOSTILE = (
    "$\\frac{1}{2$_^{}",
    "--><script>alert(1)</script>]]>",
    "清源市\n民政局\x1b[2J\u202e\ud800",
    "局" * 10_000,
    '"><img src=http://evil.test/x>&amp;',
    "{title}",
)
OFFICES = ("清源市民政局", "清源市教育局")


@pytest.fixture(scope="module")
def told() -> Statistics:
    reckoning = Reckoning()
    for n, name in enumerate((*OFFICES, *HOSTILE, None)):
        facts = [
            Fact(
                source=name or "mz",
                publisher=name,
                day=f"202{n % 4}-0{1 + m % 9}-11",
                days=m * 7,
                kind="提案",
                assembly_name=name,
                term=8,
                session=2,
                numbers=f'["{m + 1}"]',
                gone_at="2024-05-01T17:00:00.000000Z",
                id=f"{n}-{m}",
                title=name or "",
            )
            for m in range(10 - n)
        ]
        reckoning.add(facts)
    reckoning.edited(Event("2024-05-01", "abc", HOSTILE[1], "mz"), [["text"]])
    return reckoning.statistics()


@pytest.fixture(scope="module")
def written(told: Statistics) -> str:
    return page(told, "清源市", HOSTILE[4]).decode()


@pytest.fixture(scope="module")
def drawn(told: Statistics) -> bytes:
    return svg(told, "清源市", HOSTILE[1])


def test_the_picture_is_well_formed_and_has_every_name(drawn: bytes) -> None:
    picture = ElementTree.fromstring(drawn)
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    words = "".join(picture.itertext())
    for name in (*OFFICES, "未注明", "清源市 民政局", "$\\frac{1}{2$_^{}"):
        assert name in words
    assert "{http://www.w3.org/2000/svg}script" not in {each.tag for each in picture.iter()}


def test_the_same_figures_give_the_same_bytes(told: Statistics) -> None:
    assert chart(told, "days") == chart(told, "days")


def test_each_year_has_its_place_and_room_for_its_number() -> None:
    """Side by side, 2019 and 2022 would hide what is missing; forty numbers cover each other."""
    assert _years(2019, 2022) == [2019, 2020, 2021, 2022]
    assert _years(*range(1985, 2025)) == [*range(1985, 2025, 3)]


def _years(*years: int) -> list[int]:
    """The years that are written below the chart of these."""
    reckoning = Reckoning()
    reckoning.add([Fact(source="mz", day=f"{year}-03-04") for year in years])
    drawn = chart(reckoning.statistics(), "years").decode()
    return [int(year) for year in re.findall(r"(?:<!-- |>)(\d{4})(?: -->|<)", drawn)]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_nothing_is_loaded_from_anywhere(written: str, drawn: bytes) -> None:
    for text in (written, drawn.decode()):
        tags = _Tags()
        tags.feed(text)
        values = {(name, value) for name, value in tags.attributes if "http" in value}
        names = {name for name, _ in values}
        assert names <= {"http-equiv", "xmlns", *(each for each in names if ":" in each)}
        loading = {value for name, value in tags.attributes if name.endswith(("href", "src"))}
        assert all(value.startswith("#") for value in loading)
        assert all(url.startswith("#") for url in re.findall(r"url\(([^)]*)", text))
    assert "default-src 'none'" in written


def test_the_page_is_whole_and_no_name_in_it_is_a_tag(written: str) -> None:
    tags = _Tags()
    tags.feed(written)
    assert tags.open == []
    assert not tags.tags & {"script", "img", "iframe", "link", "object", "foreignobject"}
    assert not any(name.startswith("on") for name, _ in tags.attributes)
    for word in (*OFFICES, "缺号", "修改", "消失", "发布用时", "--><script>alert(1)</script>]]>"):
        assert word in tags.words


def test_ids_of_several_pictures_on_a_page_are_told_apart(written: str) -> None:
    pictures = re.findall(r"<svg.*?</svg>", written, re.DOTALL)
    ids = [set(re.findall(r'\bid="([^"]+)"', picture)) for picture in pictures]
    assert len(pictures) == 4
    assert sum(map(len, ids)) == len(set().union(*ids))
    for picture, own in zip(pictures, ids, strict=True):
        assert set(re.findall(r'href="#([^"]+)"', picture)) <= own


def test_without_a_chinese_font_the_letters_stay_text_and_nothing_is_said(
    told: Statistics, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fonts, "_here", lambda: None)
    picture = ElementTree.fromstring(chart(told, "publishers"))
    texts = {"".join(each.itertext()) for each in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert {*OFFICES, label(HOSTILE[1]), "未注明"} <= texts
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", ["years", "publishers", "days", "months", "class"])
def test_a_chart_of_little_is_drawn(name: str) -> None:
    few = Reckoning()
    few.add([Fact(source="mz")])
    assert ElementTree.fromstring(chart(few.statistics(), name)).tag.endswith("}svg")


def test_settings_are_as_before_when_it_is_drawn(told: Statistics) -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    level = logging.getLogger("matplotlib").level
    chart(told, "years")
    assert dict(mpl.rcParams) == before
    assert logging.getLogger("matplotlib").level == level


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        reply = Reply(url="http://mz.gov.test/1", source="mz", title="答复", kind=Kind.PROPOSAL)
        opened.put(reply, "", after(0))
        yield opened


def test_files_are_written_whole_and_not_over_others(archive: Archive, tmp_path: Path) -> None:
    out = tmp_path / "a.svg"
    out.write_text("kept")
    asked = ("--archive", str(archive.path), "stats", "--svg", str(out))
    ran = run(*asked)
    assert (ran.code, out.read_text()) == (2, "kept")
    assert "--force" in ran.err
    ran = run(*asked, "--force", "--html", str(tmp_path / "a.html"))
    assert (ran.code, ran.out) == (0, "")
    assert re.findall(r"1 reply|sha256 [0-9a-f]{64}", ran.err)
    ElementTree.parse(out)
    assert (tmp_path / "a.html").read_bytes().startswith(b"<!DOCTYPE html>")


def test_a_missing_library_is_told_with_the_extra_that_brings_it(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ran = run("--archive", str(archive.path), "stats", "--svg", str(tmp_path / "a.svg"))
    assert ran.code == 4
    assert 'pip install "replyarc[charts]"' in ran.err
    assert not (tmp_path / "a.svg").exists()


def test_months_of_one_source_make_a_row(told: Statistics) -> None:
    one = replace(
        told, months=(Month("mz", "2023-05", 3),), by={**told.by, "source": (Count("mz", 3),)}
    )
    assert b"mz" in chart(one, "months")
