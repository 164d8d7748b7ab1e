"""Every pages/listing/FAMILY/SITE.html beside its SITE.golden.json. Drop a page to add a case."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from replyarc.errors import ListingError
from replyarc.listing.families import FAMILIES, candidates
from replyarc.model import Entry, Listing, Page, Request, Source
from replyarc.text.charset import decode

PAGES = Path(__file__).parent / "pages" / "listing"
HTML = sorted(
    path
    for path in PAGES.rglob("*.*")
    if path.suffix != ".json" or not path.name.endswith(".golden.json")
)
GIVEN: dict[str, Any] = {"url": "http://www.gov.test/xxgk/jytabl/index.html", "options": {}}
"""What a golden says of the page beside it: its address and the options of its source.

An answer to a script has ``referer`` too, the address of its column, and where it was asked for
by POST, ``form`` (a list of pairs) or ``json`` (a text).
"""


def source_of(url: str, **options: str) -> Source:
    return Source(name="test", publisher="清源市民政局", urls=(url,), options=options)


def page_at(given: dict[str, Any], path: Path) -> Page:
    request = Request(
        given["url"],
        tuple((name, value) for name, value in given.get("form", ())),
        given.get("json", ""),
        given.get("referer", ""),
    )
    return Page(given["url"].partition("#")[0], decode(path.read_bytes()), request)


def asking(request: Request) -> dict[str, Any]:
    said = {"url": request.url, "form": dict(request.form), "json": request.json}
    return {name: value for name, value in said.items() if value}


def said(listing: Listing) -> dict[str, Any]:
    """Everything that a listing says; what it does not say is left away."""
    everything = {
        "entries": [
            {name: value for name, value in asdict(entry).items() if value is not None}
            for entry in listing.entries
        ],
        "next": asking(listing.next) if listing.next else None,
        "guesses": [asking(guess) for guess in listing.guesses],
        "columns": list(listing.columns),
        "pages": listing.pages,
        "announced": listing.announced,
        "left_out": dict(listing.left_out),
    }
    return {name: value for name, value in everything.items() if value not in (None, [], {})}


@pytest.mark.parametrize("html", HTML, ids=lambda path: str(path.relative_to(PAGES)))
def test_listing_page(html: Path, request: pytest.FixtureRequest) -> None:
    golden = html.with_suffix(".golden.json")
    expected = json.loads(golden.read_text("utf-8")) if golden.exists() else {"given": GIVEN}
    given: dict[str, Any] = expected["given"]

    source = source_of(given.get("referer", given["url"]), **given["options"])
    listing = FAMILIES[html.parent.name].read(page_at(given, html), source)

    actual = {"given": given, **said(listing)}
    written = json.dumps(actual, ensure_ascii=False, indent=2, default=str) + "\n"
    if not golden.exists() or request.config.getoption("regold"):
        golden.write_text(written, "utf-8")
    if len(expected) == 1:
        pytest.fail(f"wrote {golden}; read it, then run again")
    assert json.loads(written) == expected


@pytest.mark.parametrize("html", HTML, ids=lambda path: str(path.relative_to(PAGES)))
def test_a_page_shows_its_family(html: Path) -> None:
    given = json.loads(html.with_suffix(".golden.json").read_text("utf-8"))["given"]
    if "referer" in given:
        pytest.skip("an answer to a script of a column: the column's page shows the family")
    if html.parent.name == "single":
        pytest.skip("no page shows that it is the only one: the crawl finds that out")
    assert candidates(page_at(given, html))[0] == html.parent.name


def test_every_family_has_a_golden_page() -> None:
    assert {html.parent.name for html in HTML} == set(FAMILIES)


REAL = (
    (
        "059-rsj.gz.gov.cn-list.html",
        "https://rsj.gz.gov.cn/ywzt/ldgx/ldrszyzc/zcgg/index.html",
        "nfcms",
        (15, date(2025, 1, 14), date(2026, 8, 20)),
        "https://rsj.gz.gov.cn/ywzt/ldgx/ldrszyzc/zcgg/index_2.html",
    ),
    (
        "062-jtj.pds.gov.cn-list.html",
        "http://jtj.pds.gov.cn/channels/18287.html",
        "siteserver",
        (10, date(2020, 12, 29), date(2020, 12, 14)),
        "http://jtj.pds.gov.cn/channels/18287_2.html",
    ),
    (
        "065-gzdzhrss.com-list.html",
        "http://gzdzhrss.com/gzdt/rsks/index.html",
        "trs",
        (20, date(2020, 8, 20), date(2019, 8, 22)),
        "http://gzdzhrss.com/gzdt/rsks/index_1.html",
    ),
    (
        "070-atxlyj.cn-list.html",
        "http://atxlyj.cn/xxgk/ndbg/index.html",
        "trs",
        (9, date(2021, 2, 26), date(2017, 5, 30)),
        None,
    ),
)


@pytest.mark.parametrize(("name", "url", "family", "found", "following"), REAL, ids=lambda v: v)
def test_a_real_listing_is_read(
    corpus: Path,
    name: str,
    url: str,
    family: str,
    found: tuple[int, date, date],
    following: str | None,
) -> None:
    page = page_at({"url": url}, corpus / "pages" / name)

    listing = FAMILIES[candidates(page)[0]].read(page, source_of(url))

    entries: tuple[Entry, ...] = listing.entries
    assert candidates(page)[0] == family
    assert (len(entries), entries[0].listed_on, entries[-1].listed_on) == found
    assert (listing.next.url if listing.next else None) == following


@pytest.mark.parametrize(
    "name",
    [
        "002-xxgk.pds.gov.cn-list.html",
        "004-xxgk.pds.gov.cn-list.html",
        "061-www.pds.gov.cn-list.html",
        "074-hncic.net-list.html",
    ],
)
def test_a_real_listing_whose_links_were_taken_away_is_an_alarm(corpus: Path, name: str) -> None:
    url = "http://www.pds.gov.cn/channels/2163.html"
    page = page_at({"url": url}, corpus / "pages" / name)
    with pytest.raises(ListingError, match="no entry in a list"):
        FAMILIES["nextlink"].read(page, source_of(url))
