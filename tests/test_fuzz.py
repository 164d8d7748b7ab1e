"""A short piece of ``make fuzz``: nothing but a ReplyError leaves the reader, in no long time."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from random import Random
from time import process_time

import pytest

from bench import fuzz
from bench.confined import Outcome, Reader, read
from bench.damage import DAMAGES, damaged
from bench.fuzz import Made, made, originals, problem
from bench.hostile import CLASSES, FRAMES, PIECES, TAGS
from bench.soup import UNITS, patterns, soup, words
from replyarc.errors import ReplyError
from replyarc.model import Reply

OWN = sorted(fuzz.OWN.rglob("*.html"))
LETTER = FRAMES[2]
ATTRIBUTES = " ".join(f"a{at}" for at in range(999))
HARD = {
    "tags of many names inside each other": "".join(f"<{tag}>" * 3_000 for tag in TAGS[:12]),
    "tags of a name each inside each other": "".join(f"<x{at}>索引号：" for at in range(20_000)),
    "a class of letters inside each other": "<div class=TRS_Editor>文号：" * 3_000,
    "an id of letters beside each other": "<div id=zoom>文</div>" * 10_000,
    "attributes": f"<p {ATTRIBUTES}>文</p>" * 100,
    "tags that make no element": f"<td a=1>{'文' * 50}" * 10_000,
    "text beside cells": f"<table>{'<td>一</td></tr>文文文文' * 10_000}",
    "a lone < beside cells": f"<table>{'</tbody><</td></tr>' * 100_000}",
    "labels": "<p>联系人：张三，电话：12345678</p>" * 10_000,
    "a table of labels": "<table>" + "<tr><td>文号<td>1<td>索引号<td>2" * 5_000,
    "metas": "<meta name=ArticleTitle content='一'>" * 5_000,
    "links to files": "<a href=1.pdf>一.pdf</a>" * 10_000,
    "frames of files": "<iframe src={}.pdf></iframe>" * 60_000,
    "a title that is left open": f"<title><div>{'文号：' * 500_000}",
    "a heading that is left open": f"<h1>{'文号：' * 500_000}",
    "scripts that print": "发布日期：<script>document.write('2021-01-01')</script>" * 3_000,
    "entities": "&amp;&#xD800;&#x110000;&x&" * 20_000,
    "a mark upon a mark": "\u0344\u0300" * 50_000,
    "digits": "1" * 500_000,
    "ordinals": "第" * 500_000,
    "quotes": "《" * 500_000,
    "blanks": "\u3000" * 500_000,
    "brackets": "（" * 500_000,
}


def tried(body: bytes, header: str | None = None) -> Reply | None:
    """Read a page; ``None`` where it is refused."""
    try:
        return read(body, header)
    except ReplyError:
        return None


@pytest.mark.parametrize("way", DAMAGES, ids=lambda way: way.__name__.strip("_"))
@pytest.mark.parametrize("number", range(8))
def test_a_damaged_page_is_read_or_refused(way: object, number: int) -> None:
    random = Random(number)
    page = OWN[number % len(OWN)].read_bytes()
    assert callable(way)

    reply = tried(way(random, page)[:300_000])

    assert reply is None or reply.title


@pytest.mark.parametrize("number", range(60))
def test_a_page_damaged_in_several_ways_is_read_or_refused(number: int) -> None:
    random = Random(number)
    _, page, header = damaged(random, random.choice(OWN).read_bytes())

    reply = tried(page[:300_000], header)

    assert reply is None or reply.title


@pytest.mark.parametrize("hard", HARD)
def test_a_hard_page_is_read_in_two_seconds(hard: str) -> None:
    begun = process_time()

    reply = tried(LETTER.replace("{}", HARD[hard]).encode("utf-8", "surrogatepass"))

    assert process_time() - begun < fuzz.SECONDS
    assert reply is None or reply.title


@pytest.mark.parametrize("number", range(40))
def test_the_words_of_a_pattern_in_any_place_are_read_in_two_seconds(number: int) -> None:
    random = Random(number)
    _, text = soup(random, 20_000)
    begun = process_time()

    reply = tried(random.choice(FRAMES).replace("{}", text).encode("utf-8", "surrogatepass"))

    assert process_time() - begun < fuzz.SECONDS
    assert reply is None or reply.title


def test_images_inside_a_page_count_for_nothing() -> None:
    image = f"<img src='data:image/png;base64,{'QUJD' * 8_000_000}'>"
    page = OWN[0].read_bytes().replace(b"</body>", f"{image}</body>".encode())

    assert len(page) > 30_000_000
    assert read(page, None) == read(OWN[0].read_bytes(), None)


def test_a_page_larger_than_any_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(ReplyError, match=r"it has 24,000,000 bytes"):
        read(b"<p>1.</p" * 3_000_000, None)


def test_a_page_of_a_seed_is_always_the_same_and_every_class_has_its_turn() -> None:
    pages = originals()
    first, again = (list(islice(made(pages, 7), 2)) for _ in range(2))

    assert first == again
    assert first != list(islice(made(pages, 8), 2))
    assert {way.__name__ for way in CLASSES} >= {"_nested", "_attributes", "_heavy"}


def test_the_patterns_of_the_reader_are_found_and_taken_apart() -> None:
    assert len(patterns()) > 100
    assert words(r"第(?P<n>[0-9]{1,9})号(?:提案|建议)") == ("第", "号", "提案", "建议")
    assert all(len(soup(Random(at), 1000)[1]) >= 1000 for at in range(20))
    assert len({*UNITS}) == len(UNITS)
    assert "<td a=1>文" in PIECES


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(1.9, 299_000_000), None),
        (Outcome(0.1, 0, refused="no letter"), None),
        (Outcome(2.1, 0), "2.1 seconds"),
        (Outcome(0.1, 301_000_000), "301 MB"),
        (Outcome(0.1, 0, error="Traceback\n  …\nKeyError: 1\n"), "KeyError: 1"),
    ],
)
def test_what_fails_is_slow_or_large_or_an_error(outcome: Outcome, said: str | None) -> None:
    assert problem(outcome) == said


def test_a_page_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    empty = tmp_path / "1.html"
    empty.write_bytes(b"")

    with Reader() as reader:
        good, refused = reader.read(OWN[0]), reader.read(empty, "text/html; charset=gbk")
        broken = reader.read(tmp_path / "none.html")

    assert (good.error, good.refused) == ("", "")
    assert 10_000_000 < good.memory < fuzz.MEMORY
    assert "no letter" in refused.refused
    assert "ended by" in broken.error


def test_a_page_that_fails_is_kept_and_can_be_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Made("damaged", "cut", OWN[0].read_bytes(), "text/html; charset=gbk")
    monkeypatch.setattr(fuzz, "made", lambda pages, seed: iter([page]))

    assert fuzz.run(60, 3, tmp_path) == 0
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(fuzz, "MEMORY", 0)
    assert fuzz.run(60, 3, tmp_path) == 1

    kept = tmp_path / "3-0-damaged.html"
    printed = capsys.readouterr().out
    assert kept.read_bytes() == page.body
    assert f"--replay {kept} --header 'text/html; charset=gbk'" in printed
    assert fuzz.main(["--replay", str(kept), "--header", "text/html"]) == 1
    assert re.search(r"^read\n\d\.\d\d seconds, \d+ MB$", capsys.readouterr().out, re.MULTILINE)
