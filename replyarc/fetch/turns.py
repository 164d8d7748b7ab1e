"""When is it our turn at a host? Its delay, its rests, its hours, and whether it is ill.

What a run knows of a host is written down before it is asked, and the next run goes on from there:
so a crawl that is killed and begun again is no less polite than one that runs through.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from replyarc.errors import OutOfHours, Refused, Unreachable
from replyarc.fetch.breaker import Breaker
from replyarc.fetch.pace import Pace
from replyarc.fetch.rests import (
    LONGEST_REST,
    LONGEST_RETRY_AFTER,
    clock_time,
    delay_left,
    rest_left,
)
from replyarc.fetch.terms import Terms
from replyarc.manners import HostState

WORTH_TELLING: Final = 1.0
"""Seconds; ``on_wait`` hears of longer waits only."""

BETWEEN: Final = "between requests"

MOMENT: Final = 1e-9
"""Seconds, a nanosecond: what adding up seconds may lose."""

Hosts = MutableMapping[str, HostState]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """What time it is, how to let it pass, and chance (from 0 to 1): tests bring their own.

    ``wall`` is the clock on the wall, which may be set; ``monotonic`` never goes back.
    """

    monotonic: Callable[[], float]
    wall: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    chance: Callable[[], float]


class Turns:
    """Who asks a host waits here; one for a whole run.

    ``hosts`` is what earlier runs know of each host, and receives what this one learns.
    """

    def __init__(
        self,
        hosts: Hosts,
        clocks: Clocks,
        *,
        per_host: int = 1,
        on_wait: Callable[[str, float, str], None] | None = None,
    ) -> None:
        self._hosts = hosts
        self._states: dict[str, HostState] = {}
        self._asked: set[str] = set()
        self._clocks = clocks
        self._on_wait = on_wait
        self._pace = Pace()
        self._breaker = Breaker()
        self._places: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(per_host)
        )

    def slow(self, host: str, delay: float) -> None:
        """Keep at least `delay` seconds between two requests, the one that was last included."""
        if self._pace.slow(host, delay) and self._pace.last_start(host) is not None:
            self._note_next(host)

    @asynccontextmanager
    async def take(self, url: str, host: str, terms: Terms) -> AsyncIterator[None]:
        """Wait for our turn at a host; inside the block a request may be under way.

        Raises OutOfHours, Refused where the host wants a long rest, LeftAlone where it is ill:
        then nothing is to be sent.
        """
        async with self._places[host]:
            await self._wait(url, host, terms)
            try:
                yield
            finally:
                if host not in self._asked:  # it had to connect, and came in later than it started
                    self._asked.add(host)
                    self._begin(host)

    def is_open(self, host: str) -> bool:
        """Tell whether a host is left alone: one try at most, and no further."""
        return self._breaker.is_open(host)

    @property
    def seems_offline(self) -> bool:
        """Whether, by all that was asked in this run, no host at all can be reached."""
        return self._breaker.seems_offline

    def long_rest(self, host: str) -> str:
        """Say until when a host is left alone, and why, if it is for long; else nothing."""
        left, why = self._pace.held(host, self._clocks.monotonic())
        if left <= LONGEST_RETRY_AFTER:
            return ""
        until = clock_time(self._clocks.wall() + timedelta(seconds=left))
        return f"{host} is not asked before {until}, {why}"

    def pause(self, host: str, seconds: float, why: str) -> None:
        """Let a host rest, in this run and in the next."""
        if seconds <= 0:
            return
        now, wall = self._clocks.monotonic(), self._clocks.wall()
        self._pace.hold(host, now + min(seconds, LONGEST_REST), why)
        left, why = self._pace.held(host, now)
        until = wall + timedelta(seconds=left)
        self._write(replace(self._states[host], rests_until=until, why=why, failed_at=wall))

    def answered(self, host: str) -> None:
        """Note that a host answered, whatever it said."""
        self._breaker.answered(host)
        state = self._states[host]
        if not state.failures and state.rests_until is None:
            return
        state = replace(state, failures=0)
        if not self._pace.held(host, self._clocks.monotonic())[0]:
            state = replace(state, rests_until=None, why="", failed_at=None)
        self._write(state)

    def failed(self, host: str, source: str, error: Unreachable) -> None:
        """Note that a host did not give a page, after every retry."""
        self._breaker.failed(host, source, error)
        state = self._states[host]
        failures, at = state.failures + 1, self._clocks.wall()
        self._write(replace(state, failures=failures, failed_at=at))

    async def _wait(self, url: str, host: str, terms: Terms) -> None:
        self._recall(host)
        while True:  # more than once where another learned meanwhile that the host wants a rest
            now = self._clocks.monotonic()
            self._check_hours(url, terms, 0.0)
            self._check_rest(url, host)
            self._breaker.check(url, host, terms.source)
            seconds = self._pace.next_start(host, now) - now
            if seconds <= MOMENT:
                break
            self._check_hours(url, terms, seconds)
            left, why = self._pace.held(host, now)
            self._tell(host, seconds, why if left >= seconds - MOMENT else BETWEEN)
            await self._clocks.sleep(seconds)
        self._begin(host)

    def _begin(self, host: str) -> None:
        """Note, and write down, that a request starts now."""
        self._pace.begin(host, self._clocks.monotonic(), self._clocks.chance())
        self._note_next(host)

    def _check_hours(self, url: str, terms: Terms, seconds: float) -> None:
        """Return if a request may start in so many seconds; raises OutOfHours."""
        window, now = terms.window, self._clocks.wall()
        then = now + timedelta(seconds=seconds)
        if window is not None and not window.holds(then):
            opens = clock_time(window.next_opening(then))
            raise OutOfHours(url, f"asked only {window} in China (window); opens at {opens}")

    def _check_rest(self, url: str, host: str) -> None:
        """Return if a host does not rest, or not for long; raises Refused."""
        if rest := self.long_rest(host):
            raise Refused(url, rest)

    def _recall(self, host: str) -> None:
        """Take up what an earlier run wrote down of a host."""
        if host in self._states:
            return
        now, wall = self._clocks.monotonic(), self._clocks.wall()
        state = self._hosts.get(host) or HostState(host=host, next_at=wall)
        self._states[host] = state
        left = delay_left(state, wall, self._pace.delay(host))
        if left:
            self._pace.resume(host, left, now)
        rest = rest_left(state, wall)
        if rest:
            self._pace.hold(host, now + rest, state.why)

    def _note_next(self, host: str) -> None:
        """Write down when a host may be asked next, after the request that started last."""
        delay, start = self._pace.delay(host), self._pace.last_start(host)
        if not delay or start is None:
            return
        left = start + delay - self._clocks.monotonic()
        next_at = self._clocks.wall() + timedelta(seconds=left)
        self._write(replace(self._states[host], next_at=next_at))

    def _write(self, state: HostState) -> None:
        self._states[state.host] = self._hosts[state.host] = state

    def _tell(self, host: str, seconds: float, why: str) -> None:
        if self._on_wait is not None and seconds > WORTH_TELLING:
            self._on_wait(host, seconds, why)
