"""The way from a request to a page: robots.txt, pace, retries, redirects, verdict.

The address asked for, its redirects and robots.txt itself all take the same way, so that what is
promised of one request holds for each.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Final, Self
from urllib.parse import urljoin

import httpx
import tenacity

from replyarc.errors import FetchError, Unreachable
from replyarc.fetch.pace import Pace
from replyarc.fetch.robots import MOST_BYTES, Rules, is_fresh, read_text
from replyarc.fetch.terms import Terms, host_of, origin_of
from replyarc.fetch.verdict import REDIRECTS, verdict
from replyarc.fetch.wire import NOT_TO_BE_ASKED, Question, Wire
from replyarc.manners import Manners
from replyarc.model import Fetch, Request, Response, RobotsFile, Source

MOST_REDIRECTS: Final = 5

LONGEST_PAUSE: Final = 60.0
"""Seconds between two tries, where the site says nothing."""

LONGEST_RETRY_AFTER: Final = 300.0
"""Seconds; a site that asks for more is left alone until the next run."""

WORTH_TELLING: Final = 1.0
"""Seconds; ``on_wait`` hears of longer waits only."""


class Fetcher:
    """Everything a crawl asks of the network; one for a whole run, in one event loop.

    ``robots_files`` holds what earlier runs had, by origin, and receives what this one has.
    ``backoff`` is the pause before the first further try, in seconds; it doubles. ``on_wait`` is
    told host, seconds and reason before every wait of more than a second. ``requests`` counts
    what was really sent, by source: robots.txt, redirects and retries included.
    """

    def __init__(
        self,
        manners: Manners,
        *,
        robots_files: MutableMapping[str, RobotsFile] | None = None,
        backoff: float = 1.0,
        on_wait: Callable[[str, float, str], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._manners = manners
        self._robots_files = {} if robots_files is None else robots_files
        self._on_wait = on_wait
        self._clock = clock
        self._sleep = sleep
        self._wire = Wire(manners)
        self.requests = self._wire.sent
        self._pace = Pace()
        self._places: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(manners.per_host)
        )
        self._rules: dict[str, Rules] = {}
        self._robots_locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._retrying = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception(_is_worth_another_try),
            stop=tenacity.stop_after_attempt(manners.retries + 1),
            wait=tenacity.wait_random_exponential(
                multiplier=backoff, max=LONGEST_PAUSE, min=backoff / 2
            ),
            before_sleep=self._tell_of_retry,
            sleep=sleep,
            reraise=True,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self._wire.aclose()

    def for_source(self, source: Source) -> Fetch:
        """Return what fetches pages on the terms of one source.

        It returns a page (2xx, the body whole) or raises a FetchError: Disallowed, Refused, Gone,
        Unreachable (after every retry), or FetchError itself for what asking again cannot help.
        """
        terms = Terms.of(source, self._manners)
        for host in terms.hosts:
            self._pace.slow(host, terms.delay)
        return partial(self._fetch, terms)

    async def _fetch(self, terms: Terms, request: Request) -> Response:
        response = await self._follow(request, terms)
        return response if response.request is request else replace(response, request=request)

    async def _follow(self, request: Request, terms: Terms, *, is_robots: bool = False) -> Response:
        """Ask, and go where the answers point, to the end."""
        cookie, seen = "", {(request, "")}
        url = terms.admit(request.url)
        while True:
            if self._manners.robots and not is_robots:
                await self._obey_robots(url, terms)
            response = await self._persist(request, url, cookie, terms, is_robots)
            if response.status not in REDIRECTS:
                return response
            try:
                request, cookie = _follow_up(request, cookie, response)
                url = terms.admit(request.url)
                request = replace(request, url=str(url))
                if (request, cookie) in seen:
                    raise FetchError(request.url, "a redirect in a circle")
                if len(seen) > MOST_REDIRECTS:
                    raise FetchError(request.url, f"more than {MOST_REDIRECTS} redirects")
            except FetchError as error:
                why = f"redirects to {error.url}: {error.why}"
                raise FetchError(response.url, why, status=response.status) from error
            seen.add((request, cookie))

    async def _persist(
        self, request: Request, url: httpx.URL, cookie: str, terms: Terms, is_robots: bool
    ) -> Response:
        """Ask until an answer comes, as often as the manners allow."""
        question = Question(
            request=request,
            url=url,
            cookie=cookie,
            bound=MOST_BYTES if is_robots else self._manners.max_body,
            cut=is_robots,
        )
        try:
            return await self._ask(question, terms)
        except Unreachable as error:
            failed: list[FetchError] = [error]

        async def ask(question: Question, terms: Terms) -> Response:
            if failed:  # tenacity is dear, and so comes after the first try, which is told to it
                raise failed.pop()
            return await self._ask(question, terms)

        # a copy: tenacity keeps the state of a call in the object
        return await self._retrying.copy()(ask, question, terms)

    async def _ask(self, question: Question, terms: Terms) -> Response:
        """Ask once, when it is this host's turn.

        A pause that the site itself asks for is kept by the pace, so that it holds for everybody
        who asks this host.
        """
        host = host_of(question.url)
        self._pace.slow(host, terms.delay)
        async with self._places[host]:
            await self._wait(host)
            response = await self._wire.ask(question, terms)
        error = verdict(response, datetime.now(UTC))
        if error is None:
            return response
        if isinstance(error, Unreachable) and error.retry_after and _is_worth_another_try(error):
            self._pace.hold(host, self._clock() + error.retry_after)
        raise error

    async def _wait(self, host: str) -> None:
        now = self._clock()
        held = self._pace.is_held(host, now)
        seconds = self._pace.book(host, now)
        if seconds > 0:
            self._tell(host, seconds, "as its Retry-After asks" if held else "between requests")
            await self._sleep(seconds)

    async def _obey_robots(self, url: httpx.URL, terms: Terms) -> None:
        """Return if robots.txt lets us ask for `url`; raises Disallowed, Refused, Unreachable."""
        origin = origin_of(url)
        rules = self._known_rules(origin)
        if rules is None:
            async with self._robots_locks[origin]:
                rules = self._known_rules(origin)  # another may have read them while we waited
                if rules is None:
                    rules = self._rules[origin] = await self._read_rules(origin, terms)
        self._pace.slow(host_of(url), rules.crawl_delay)
        rules.check(str(url))

    def _known_rules(self, origin: str) -> Rules | None:
        rules = self._rules.get(origin)
        return rules if rules is not None and rules.hold(datetime.now(UTC)) else None

    async def _read_rules(self, origin: str, terms: Terms) -> Rules:
        """Return a site's rules: as an earlier run had them today, else asked for now."""
        kept, now = self._robots_files.get(origin), datetime.now(UTC)
        if kept is not None and is_fresh(kept, now):
            return Rules(kept)
        status, text, why = None, "", ""
        try:
            response = await self._follow(Request(f"{origin}/robots.txt"), terms, is_robots=True)
            status, text = response.status, read_text(response.body)
        except FetchError as error:
            status, why = error.status, error.why
            if isinstance(error.__cause__, NOT_TO_BE_ASKED):
                raise
        file = self._robots_files[origin] = RobotsFile(origin, status, text, now)
        return Rules(file, why)

    def _tell_of_retry(self, state: tenacity.RetryCallState) -> None:
        question, error = state.args[0], state.outcome and state.outcome.exception()
        seconds = state.next_action.sleep if state.next_action else 0.0
        self._tell(
            host_of(question.url), seconds, f"before try {state.attempt_number + 1}: {error}"
        )

    def _tell(self, host: str, seconds: float, why: str) -> None:
        if self._on_wait is not None and seconds > WORTH_TELLING:
            self._on_wait(host, seconds, why)


def _is_worth_another_try(error: BaseException) -> bool:
    return isinstance(error, Unreachable) and (error.retry_after or 0.0) <= LONGEST_RETRY_AFTER


def _follow_up(request: Request, cookie: str, response: Response) -> tuple[Request, str]:
    """Return what a redirect asks for, and the cookie to show there.

    After 301, 302 and 303 a form becomes a GET, as in every browser (WHATWG Fetch, 4.4). A cookie
    is shown only where an address redirects to itself to set it (moj.gov.cn), and never kept.
    """
    location = response.header("location") or ""
    try:
        url = urljoin(response.url, location).partition("#")[0]
    except ValueError as error:
        raise FetchError(location, f"not an address: {error}") from error
    if url != response.url:
        cookie = ""
    else:
        set_now = [value for name, value in response.headers if name == "set-cookie"]
        cookie = "; ".join(value.partition(";")[0].strip() for value in set_now) or cookie
    if response.status in (307, 308):
        return replace(request, url=url, etag="", modified=""), cookie
    return Request(url, referer=request.referer), cookie
