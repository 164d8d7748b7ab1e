"""The five real replies give what the eye read in them, every key, ``None`` and ``[]`` included."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from replyarc.extract.reply import extract
from replyarc.model import Entry, Page, Source
from replyarc.text.charset import decode

SEEDS = ("baiyun", "yunnan-mzt", "hongsibu", "guangzhou-mzj", "yueyang")
URL = "http://www.seed.test/jyta/1.html"


def plain(value: Any) -> Any:
    """A value as JSON has it; a contact with its names, an attachment without its hash."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def one_blank(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_says_what_the_eye_read(name: str, corpus: Path) -> None:
    gold = json.loads((corpus / "seeds" / "gold.json").read_text("utf-8"))[name]
    html = decode((corpus / "seeds" / "html" / f"{name}.html").read_bytes())
    source = Source(name=name, publisher=gold.pop("source_publisher"), urls=(URL,))
    starts, ends = gold.pop("text_starts"), gold.pop("text_ends")

    read = extract(Page(URL, html), Entry(URL, ""), source)
    reply = read.reply

    assert {key: plain(getattr(reply, key)) for key in gold} == gold
    assert one_blank(reply.text).startswith(one_blank(starts))
    assert one_blank(reply.text).endswith(one_blank(ends))
    assert read.unread == ()
