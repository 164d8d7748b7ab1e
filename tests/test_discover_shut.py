"""What a site that rests, or is shut, makes of a search."""

from __future__ import annotations

import pytest

from replyarc.discover import discover
from replyarc.errors import LeftAlone, Refused
from replyarc.model import Request, Response, Source
from tests.barred import NOW

HOME = "http://www.qingyuan.gov.test/"
SOURCE = Source(name="discover", publisher="?", urls=(HOME,))


def answer(request: Request, text: str) -> Response:
    return Response(
        request=request, url=request.url, status=200, headers=(), body=text.encode(), fetched_at=NOW
    )


async def test_a_host_that_is_left_alone_ends_the_search_once() -> None:
    async def fetch(request: Request) -> Response:
        if request.url == HOME:
            return answer(request, "<title>清源市</title><a href='/zwgk/'>政府信息公开</a>" * 9)
        raise LeftAlone(request.url, "its host failed 5 times running")

    said = await discover(SOURCE, fetch, {})
    assert said.problems == ["the search ends here: its host failed 5 times running"]


async def test_a_home_page_that_is_shut_is_told_as_that() -> None:
    async def fetch(request: Request) -> Response:
        return answer(request, "<title>系统维护公告</title><h1>系统维护公告</h1>")

    with pytest.raises(Refused, match="is shut for maintenance"):
        await discover(SOURCE, fetch, {})
