"""Who is believed where two places of a page say different things."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from replyarc.evidence import Evidence, Found
from replyarc.extract.belief import BELIEVED, believe
from replyarc.model import Kind


def found(value: Any, place: str = "somewhere") -> Found:
    return Found(value, Evidence("test", place))


def test_a_field_is_taken_from_the_first_place_that_has_it() -> None:
    said = {place: {"publisher": [found(place)]} for place in BELIEVED}

    for place in BELIEVED:
        believed, others = believe(said)
        assert believed["publisher"].value == place
        assert others == {}  # names are printed at different lengths
        del said[place]
    assert believe(said) == ({}, {})


@pytest.mark.parametrize("nothing", [None, (), ""])
def test_a_place_that_says_nothing_leaves_a_field_to_the_next(nothing: object) -> None:
    said = {"box": {"term": [found(nothing)]}, "title": {"term": [found(9)]}}

    assert believe(said) == ({"term": found(9)}, {})
    assert believe({"box": {"term": [found(9)]}, "title": {"term": [found(nothing)]}})[1] == {}


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("index_number", "990303006/2019-00024", "990303006/2019-00025"),
        ("document_number", "青民发〔2021〕8号", "青民发〔2021〕9号"),
        ("written_on", date(2021, 1, 2), date(2021, 1, 3)),
        ("kind", Kind.SUGGESTION, Kind.PROPOSAL),
        ("term", 9, 10),
        ("proposal_numbers", ("12",), ("13",)),
    ],
)
def test_what_a_later_place_says_differently_is_told(name: str, one: Any, other: Any) -> None:
    believed, others = believe(
        {"title": {name: [found(one, "h1")]}, "letter": {name: [found(other, "p")]}}
    )

    assert believed[name].value == one
    assert others == {name: (Evidence("test", "p"),)}


def test_the_same_is_no_disagreement_nor_are_zeros_that_one_place_leaves_out() -> None:
    for one, other in ((("0012",), ("12",)), (("bh037",), ("BH037",)), (("1", "2"), ("2", "1"))):
        title, letter = {"proposal_numbers": [found(one)]}, {"proposal_numbers": [found(other)]}
        assert believe({"title": title, "letter": letter})[1] == {}


def test_two_values_in_one_place_disagree_too() -> None:
    box = {"document_number": [found("青民发〔2021〕8号"), found("青民发〔2021〕9号", "td")]}

    believed, others = believe({"box": box})

    assert believed["document_number"].value == "青民发〔2021〕8号"
    assert others == {"document_number": (Evidence("test", "td"),)}


def test_the_day_of_the_listing_contradicts_nobody() -> None:
    box = {"published_on": [found(date(2021, 1, 2))]}
    listing = {"published_on": [found(date(2021, 1, 3))]}

    assert believe({"box": box, "listing": listing})[1] == {}
    assert believe({"box": box, "meta": listing})[1].keys() == {"published_on"}


def test_what_is_no_field_and_the_title_are_left_out() -> None:
    said = {"title": {"subject": [found("修桥")], "form": [found("答复")]}}

    assert believe(said | {"box": {"title": [found("建议提案")]}}) == ({}, {})
    assert believe({"advertisement": {"term": [found(9)]}}) == ({}, {})


def test_what_members_call_a_suggestion_does_not_contradict_a_proposal() -> None:
    said = {
        "title": {"kind": [Found(Kind.PROPOSAL, Evidence("title", "h1"))]},
        "opening": {"kind": [Found(Kind.SUGGESTION, Evidence("opening", "letter"))]},
    }
    assert believe(said)[1] == {}
    assert believe({"title": said["opening"], "opening": said["title"]})[1].keys() == {"kind"}
