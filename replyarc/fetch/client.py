"""The way from a request to a page: robots.txt, pace, retries, redirects, verdict.

The address asked for, its redirects and robots.txt itself all take the same way, so that what is
promised of one request holds for each.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Final, Self

import httpx
import tenacity

from replyarc.errors import FetchError, Unreachable
from replyarc.fetch.redirects import follow_up, keeps_port
from replyarc.fetch.rests import LONGEST_RETRY_AFTER, back_off
from replyarc.fetch.robots import MOST_BYTES, Rules, is_fresh, read_text, status_of
from replyarc.fetch.terms import Terms, host_of, origin_of
from replyarc.fetch.turns import Clocks, Hosts, Turns
from replyarc.fetch.verdict import REDIRECTS, verdict
from replyarc.fetch.wire import NOT_TO_BE_ASKED, Question, Wire
from replyarc.manners import Manners
from replyarc.model import Fetch, Request, Response, RobotsFile, Source

MOST_REDIRECTS: Final = 5

ASKED_FOR: Final = "as its Retry-After asks"


def _now() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """Everything a crawl asks of the network; one for a whole run, in one event loop.

    ``robots_files`` holds what earlier runs had, by origin, and receives what this one has;
    ``hosts`` what they know of each host. ``backoff`` is the pause before the first further try,
    in seconds; it grows. ``on_wait`` is told host, seconds and reason before every wait of more
    than a second. ``clock`` never goes back, ``wall`` is the clock on the wall, ``chance`` gives
    numbers from 0 to 1. ``requests`` counts what was really sent, by source: robots.txt, redirects
    and retries included.
    """

    def __init__(
        self,
        manners: Manners,
        *,
        robots_files: MutableMapping[str, RobotsFile] | None = None,
        hosts: Hosts | None = None,
        backoff: float = 1.0,
        on_wait: Callable[[str, float, str], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = _now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._manners = manners
        self._robots_files = {} if robots_files is None else robots_files
        self._wall = wall
        self._wire = Wire(manners)
        self.requests = self._wire.sent
        clocks = Clocks(monotonic=clock, wall=wall, sleep=sleep, chance=chance)
        known = {} if hosts is None else hosts
        self._turns = Turns(known, clocks, per_host=manners.per_host, on_wait=on_wait)
        self._rules: dict[str, Rules] = {}
        self._robots_locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._retrying = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception(_is_worth_another_try),
            stop=self._has_tried_enough,
            wait=lambda state: back_off(backoff, state.attempt_number, chance()),
            before_sleep=self._let_rest,
            sleep=_at_once,  # it is our turn that is waited for: that outlives this run
            reraise=True,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self._wire.aclose()

    def for_source(self, source: Source) -> Fetch:
        """Return what fetches pages on the terms of one source.

        It returns a page (2xx, the body whole) or raises a FetchError: Disallowed, Refused, Gone,
        Unreachable (after every retry), LeftAlone and OutOfHours (nothing was sent), or FetchError
        itself for what asking again cannot help.
        """
        terms = Terms.of(source, self._manners)
        for host in terms.hosts:
            self._turns.slow(host, terms.delay)
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
                request, cookie = follow_up(request, cookie, response)
                here, url = url, terms.admit(request.url, anywhere=is_robots)
                if not is_robots and not keeps_port(here, url):
                    raise FetchError(request.url, "another port than the one that was asked")
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

        try:  # in a copy: tenacity keeps the state of a call in the object
            return await self._retrying.copy()(ask, question, terms)
        except Unreachable as error:
            self._turns.failed(host_of(url), terms.source, error)
            raise self._in_context(error, host_of(url)) from error

    def _has_tried_enough(self, state: tenacity.RetryCallState) -> bool:
        ill = self._turns.is_open(host_of(state.args[0].url))
        return ill or state.attempt_number > self._manners.retries

    def _let_rest(self, state: tenacity.RetryCallState) -> None:
        """Let a host rest before a further try, unless it said itself for how long."""
        error = state.outcome and state.outcome.exception()
        if state.next_action and not getattr(error, "retry_after", None):
            why = f"before try {state.attempt_number + 1}: {error}"
            self._turns.pause(host_of(state.args[0].url), state.next_action.sleep, why)

    def _in_context(self, error: Unreachable, host: str) -> Unreachable:
        """Say of an error what is known besides: that the host rests, or that none is reached."""
        context = self._turns.long_rest(host)
        if self._turns.seems_offline:
            context = "no host could be reached in this run: this machine may be offline"
        if not context:
            return error
        why, later = f"{error.why}; {context}", error.retry_after
        return Unreachable(error.url, why, status=error.status, retry_after=later)

    async def _ask(self, question: Question, terms: Terms) -> Response:
        """Ask once, when it is this host's turn.

        A pause that the site itself asks for is kept by the turns, so that it holds for everybody
        who asks this host.
        """
        url, host = question.request.url, host_of(question.url)
        self._turns.slow(host, terms.delay)
        async with self._turns.take(url, host, terms):
            response = await self._wire.ask(question, terms)
        error = verdict(response, self._wall())
        if not isinstance(error, Unreachable):
            self._turns.answered(host)
        elif error.retry_after:
            self._turns.pause(host, error.retry_after, ASKED_FOR)
        if error is not None:
            raise error
        return response

    async def _obey_robots(self, url: httpx.URL, terms: Terms) -> None:
        """Return if robots.txt lets us ask for `url`; raises Disallowed, Refused, Unreachable."""
        origin = origin_of(url)
        rules = self._known_rules(origin)
        if rules is None:
            async with self._robots_locks[origin]:
                rules = self._known_rules(origin)  # another may have read them while we waited
                if rules is None:
                    rules = self._rules[origin] = await self._read_rules(origin, terms)
        self._turns.slow(host_of(url), rules.crawl_delay)
        rules.check(str(url))

    def _known_rules(self, origin: str) -> Rules | None:
        rules = self._rules.get(origin)
        return rules if rules is not None and rules.hold(self._wall()) else None

    async def _read_rules(self, origin: str, terms: Terms) -> Rules:
        """Return a site's rules: as an earlier run had them today, else asked for now."""
        kept, now = self._robots_files.get(origin), self._wall()
        if kept is not None:
            rules = Rules(kept)
            if is_fresh(kept, now):
                return rules
            # what it said last holds for the question what it says now
            self._turns.slow(host_of(httpx.URL(origin)), rules.crawl_delay)
        failure: FetchError | None = None
        try:
            response = await self._follow(Request(f"{origin}/robots.txt"), terms, is_robots=True)
            file = RobotsFile(origin, response.status, read_text(response.body), now)
        except FetchError as error:
            if _was_not_asked(error):
                raise
            failure, file = error, RobotsFile(origin, status_of(error), "", now)
        self._robots_files[origin] = file
        return Rules(file, failure)


async def _at_once(seconds: float) -> None:
    """Sleep not at all."""


def _is_worth_another_try(error: BaseException) -> bool:
    return isinstance(error, Unreachable) and (error.retry_after or 0.0) <= LONGEST_RETRY_AFTER


def _was_not_asked(error: FetchError) -> bool:
    """Tell whether nothing was sent, so that nothing is known of what would be answered."""
    return error.was_put_off or isinstance(error.__cause__, NOT_TO_BE_ASKED)
