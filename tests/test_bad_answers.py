"""Every family over broken pages and answers: an alarm or a listing, and no other end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.errors import ListingError
from replyarc.listing.families import FAMILIES
from replyarc.model import Listing, Page, Source
from tests.test_listing_pages import HTML, page_at, source_of

LARGE = ["0", "-1", "00", "１２", "²", str(10**9), str(10**40), "9" * 5_000]
WRONG: list[Any] = [
    *(None, True, -1, 0, 3.5, 1e300, 10**40, "", [], {}, [[[]]], ["a"], {"a": {"b": None}}),
    *("x" * 50_000, "\ufffd", "\ud83d", "javascript:;", "http://[", "//", "/\0a.html"),
]
LETTERS = "\0\"'<>\\{}()\ud83d\ufffd关 "


def cases() -> list[tuple[Page, Source]]:
    made = []
    for path in HTML:
        said = json.loads(path.with_suffix(".golden.json").read_text("utf-8"))["given"]
        source = source_of(said.get("referer", said["url"]), **said["options"])
        made.append((page_at(said, path), source))
    return made


CASES = cases()
OF_FAMILY = {
    name: [case for path, case in zip(HTML, CASES, strict=True) if path.parent.name == name]
    for name in FAMILIES
}


def cut(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] if random.random() < 0.5 else text[at:]


def without_tags(text: str, random: Random) -> str:
    return re.sub("<[^<>]*>", lambda tag: "" if random.random() < 0.2 else tag[0], text)


def flipped(text: str, random: Random) -> str:
    letters = list(text)
    for _ in range(min(len(letters), 30)):
        letters[random.randrange(len(letters))] = random.choice(LETTERS)
    return "".join(letters)


def with_numbers(text: str, random: Random) -> str:
    value, share = random.choice(LARGE), random.choice([0.05, 0.3, 1.0])
    return re.sub(r"\d+", lambda said: value if random.random() < share else said[0], text)


def requoted(text: str, random: Random) -> str:
    return text.translate({34: 39, 39: 34})


def nested(text: str, random: Random) -> str:
    return random.choice(["<div>", "[", "{", "<a href=", "(", "<!--", "'"]) * 20_000 + text


def stuffed(text: str, random: Random) -> str:
    at, filling = random.randrange(len(text) + 1), random.choice("x<({ '\"/,\\关")
    return text[:at] + filling * random.choice([10, 20_000]) + text[at:]


def doubled(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + text[at : at + 300] * random.choice([2, 50]) + text[at:]


def of_wrong_types(text: str, random: Random) -> str:
    def spoilt(value: Any) -> Any:
        if random.random() < 0.12:
            return random.choice(WRONG)
        if isinstance(value, dict):
            return {key: spoilt(each) for key, each in value.items()}
        return [spoilt(each) for each in value] if isinstance(value, list) else value

    try:
        return json.dumps(spoilt(json.loads(text)), ensure_ascii=random.random() < 0.5)
    except (ValueError, RecursionError):
        return with_numbers(text, random)


BREAKS: tuple[Callable[[str, Random], str], ...] = (
    *(cut, without_tags, flipped, with_numbers, requoted),
    *(nested, stuffed, doubled, of_wrong_types, of_wrong_types),
)


def read(name: str, page: Page, source: Source) -> Listing | None:
    try:
        return FAMILIES[name].read(page, source)
    except ListingError:
        return None


def hold(listing: Listing) -> None:
    """A way on that leads back to its own page is the caller's alarm, and may be said."""
    assert listing.entries or listing.next or listing.columns or listing.guesses
    for entry in listing.entries:
        assert entry.url.startswith(("http://", "https://"))
        assert entry.title.strip()
        entry.title.encode()
    for request in (listing.next, *listing.guesses):
        if request is not None:
            assert request.url.startswith(("http://", "https://"))
            assert request.url.isascii()
    assert (listing.pages or 0) >= 0
    assert (listing.announced or 0) >= 0


@pytest.mark.parametrize("name", FAMILIES)
@settings(max_examples=30, deadline=None)
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_a_broken_page_of_its_own_is_an_alarm_or_a_listing(
    name: str, data: st.DataObject, random: Random
) -> None:
    page, source = data.draw(st.sampled_from(OF_FAMILY[name]))
    breaks = data.draw(st.lists(st.sampled_from(BREAKS), min_size=1, max_size=2))
    for each in breaks:
        text = each(page.text, random).encode("utf-8", "replace").decode()  # as a decoded body
        page = replace(page, text=text)
    assert FAMILIES[name].shows(page) in (True, False)
    listing = read(name, page, source)
    if listing is not None:
        hold(listing)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_page_of_another_family_is_an_alarm_or_a_listing(name: str) -> None:
    for page, source in CASES:
        assert FAMILIES[name].shows(page) in (True, False)
        listing = read(name, page, source)
        if listing is not None:
            hold(listing)


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize(
    "text",
    ["", "\ufeff", "null", "[]", "{}", "0", "<", "<html>", "%PDF", "关", "{" * 10**5],
)
def test_next_to_nothing_is_an_alarm_or_asks_for_more(name: str, text: str) -> None:
    for page, source in OF_FAMILY[name]:
        listing = read(name, replace(page, text=text), source)
        if listing is not None:
            assert not listing.entries
            hold(listing)
