"""Every pages/reply/FAMILY/NAME.html beside its NAME.golden.json. Drop a page in to add a case.

A golden holds what the reader was given besides the page, the reply, and the labels left unread.
A missing one is written, and the test fails: read it, fill in ``given`` where the page needs it,
run again.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from replyarc.extract.reply import extract
from replyarc.model import Entry, Page, Reply, Source
from replyarc.text.charset import decode

PAGES = Path(__file__).parent / "pages" / "reply"
GIVEN: dict[str, Any] = {
    "url": "http://www.qinghe.test/zwgk/jyta/202101/t20210101_1.html",
    "title": "",
    "listed_on": None,
    "publisher": "青禾市人民政府",
    "options": {},
    "labels": {},
}


def read(html: Path, given: dict[str, Any]) -> tuple[Reply, tuple[str, ...]]:
    listed_on = date.fromisoformat(given["listed_on"]) if given["listed_on"] else None
    source = Source(
        name="qinghe",
        publisher=given["publisher"],
        urls=("http://www.qinghe.test/zwgk/jyta/",),
        options=given["options"],
        labels=given["labels"],
    )
    page = Page(given["url"], decode(html.read_bytes()))
    read = extract(page, Entry(given["url"], given["title"], listed_on), source)
    return read.reply, read.unread


@pytest.mark.parametrize(
    "html", sorted(PAGES.rglob("*.html")), ids=lambda html: str(html.relative_to(PAGES))
)
def test_a_page_says_what_its_golden_says(html: Path, request: pytest.FixtureRequest) -> None:
    golden = html.with_suffix(".golden.json")
    known = json.loads(golden.read_text("utf-8")) if golden.exists() else {}
    given = GIVEN | known.get("given", {})

    reply, unread = read(html, given)

    names = [field.name for field in fields(Reply) if field.compare or field.name == "flags"]
    said = {
        "given": {name: value for name, value in given.items() if value != GIVEN[name]},
        "reply": {name: getattr(reply, name) for name in names},
        "unread": unread,
    }
    written = json.dumps(said, ensure_ascii=False, indent=2, default=_plain) + "\n"
    if not known or request.config.getoption("regold"):
        golden.write_text(written, "utf-8")
    assert known, f"wrote {golden}; read it, then run again"
    assert json.loads(written) == known


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return {field.name: getattr(value, field.name) for field in fields(value)}
