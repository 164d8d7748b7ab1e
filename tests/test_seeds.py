"""The five real replies give what the eye read in them, every key, ``None`` and ``[]`` included."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.gold import plain
from replyarc.extract.reply import extract
from replyarc.model import Entry, Page, Source
from replyarc.text.charset import decode

SEEDS = ("baiyun", "yunnan-mzt", "hongsibu", "guangzhou-mzj", "yueyang")
URL = "http://www.seed.test/jyta/1.html"


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
