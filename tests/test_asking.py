"""Requests in the name of a column's page."""

from __future__ import annotations

import pytest

from replyarc.errors import ListingError
from replyarc.listing.asking import asked_by
from replyarc.model import Page, Request

COLUMN = "http://www.gov.test/jytabl/index.html"


def test_a_request_is_made_in_the_name_of_the_column_that_asked_first() -> None:
    answer = Page("http://www.gov.test/api", "", Request("http://www.gov.test/api", referer=COLUMN))
    asked = asked_by(answer, "../list.jsp", form={"page": 2})
    assert asked.url == "http://www.gov.test/list.jsp"
    assert asked.form == (("page", "2"),)
    assert asked.referer == COLUMN
    assert asked_by(answer, "rows", json_body={"页": 1}).json == '{"页": 1}'


@pytest.mark.parametrize("href", ["javascript:;", "http://[", "ftp://www.gov.test/"])
def test_what_is_no_address_cannot_be_asked(href: str) -> None:
    with pytest.raises(ListingError, match="no address to ask"):
        asked_by(Page(COLUMN, ""), href)
