"""The pace of a host, its rests and its hours: kept whatever is killed or set anew."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.errors import FetchError, LeftAlone, OutOfHours, Refused, Unreachable
from replyarc.fetch.breaker import MOST_FAILURES, Breaker, has_no_network
from replyarc.fetch.pace import JITTER, Pace
from replyarc.fetch.rests import (
    LONGEST_PAUSE,
    LONGEST_REST,
    LONGEST_RETRY_AFTER,
    back_off,
    delay_left,
    rest_left,
)
from replyarc.fetch.terms import Terms
from replyarc.fetch.turns import Clocks, Turns
from replyarc.instants import CHINA
from replyarc.manners import HostState, Manners, Window
from replyarc.model import Source
from tests.test_fetch import Clock

HOST = "mz.qingyuan.gov.test"
URL = f"http://{HOST}/a"
AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
DELAY = 2.0
TERMS = Terms.of(
    Source(name="qingyuan", publisher="清源市民政局", urls=(URL,)),
    Manners(contact="mailto:archive@example.org", delay=DELAY),
)
NIGHT = replace(TERMS, window=Window(time(22), time(6)))


class Killed(Exception):
    """A run is killed in the middle of a wait."""


@dataclass
class Run:
    """One run that asks hosts, on an archive that outlives it."""

    hosts: dict[str, HostState] = field(default_factory=dict)
    clock: Clock = field(default_factory=lambda: Clock(start=AT))
    chance: Callable[[], float] = lambda: 0.0
    sleep: Callable[[float], object] | None = None
    told: list[tuple[str, float, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        clocks = Clocks(
            monotonic=self.clock, wall=self.clock.wall, sleep=self._sleep, chance=self.chance
        )
        self.turns = Turns(self.hosts, clocks, on_wait=lambda *wait: self.told.append(wait))

    async def _sleep(self, seconds: float) -> None:
        if self.sleep is not None:
            self.sleep(seconds)
        await self.clock.sleep(seconds)

    async def ask(self, terms: Terms = TERMS, host: str = HOST) -> datetime:
        """Ask a host for a page; return when, by the clock on the wall."""
        self.turns.slow(host, terms.delay)
        async with self.turns.take(f"http://{host}/a", host, terms):
            return self.clock.wall()

    def again(self) -> Run:
        """Return the run that follows."""
        return replace(self, told=[])


def test_the_gap_is_never_shorter_than_the_delay_and_a_tenth_longer_at_most() -> None:
    pace = Pace()
    pace.slow(HOST, DELAY)
    for chance in (0.0, 0.5, 1.0):
        pace.begin(HOST, 100.0, chance)
        assert pace.next_start(HOST, 100.0) == pytest.approx(102.0 + chance * DELAY * JITTER)


def test_a_delay_that_is_raised_holds_for_the_gap_that_runs() -> None:
    pace = Pace()
    assert pace.slow(HOST, DELAY)
    pace.begin(HOST, 100.0)
    assert pace.slow(HOST, 7.0)
    assert not pace.slow(HOST, 3.0)
    assert pace.next_start(HOST, 101.0) == 107.0


def test_the_longest_pause_that_was_asked_for_holds() -> None:
    pace = Pace()
    pace.hold(HOST, 130.0, "long")
    pace.hold(HOST, 110.0, "short")
    assert pace.held(HOST, 100.0) == (30.0, "long")
    assert pace.held(HOST, 130.0) == (0.0, "")
    assert pace.next_start(HOST, 100.0) == 130.0


@given(st.floats(0.01, 500.0), st.integers(1, 2000), st.floats(0.0, 1.0))
def test_a_back_off_lies_between_half_the_first_pause_and_the_longest(
    first: float, tries: int, chance: float
) -> None:
    seconds = back_off(first, tries, chance)
    assert first / 2 <= seconds <= max(LONGEST_PAUSE, first / 2) * (1 + 1e-9)


def test_the_next_run_waits_for_what_is_left_of_the_delay() -> None:
    async def runs() -> list[float]:
        run = Run()
        await run.ask()
        run.clock.now += 0.5
        await run.again().ask()
        return run.clock.waits

    assert asyncio.run(runs()) == [1.5]


def test_the_next_instant_is_written_down_before_a_request_is_sent() -> None:
    async def runs() -> HostState:
        run = Run()
        run.turns.slow(HOST, DELAY)
        async with run.turns.take(URL, HOST, TERMS):
            return run.hosts[HOST]

    assert asyncio.run(runs()).next_at == AT + timedelta(seconds=DELAY)


def test_a_crawl_delay_that_is_read_later_is_written_down_at_once() -> None:
    async def runs() -> HostState:
        run = Run()
        await run.ask()
        run.turns.slow(HOST, 30.0)
        return run.hosts[HOST]

    assert asyncio.run(runs()).next_at == AT + timedelta(seconds=30)


def test_without_a_delay_nothing_is_written() -> None:
    async def runs() -> dict[str, HostState]:
        run = Run()
        await run.ask(replace(TERMS, delay=0.0))
        return run.hosts

    assert asyncio.run(runs()) == {}


STEPS = st.one_of(
    st.just("ask"),
    st.tuples(st.just("pass"), st.floats(0.0, 5.0)),
    st.just("restart"),
    st.tuples(st.just("kill"), st.floats(0.0, 1.0)),
    st.tuples(st.just("pause"), st.floats(0.0, 30.0)),
)


@given(st.lists(STEPS, max_size=30), st.floats(0.0, 1.0), st.sampled_from([0.3, 2.0, 900.0]))
def test_whatever_is_killed_the_starts_of_a_host_are_a_delay_apart(
    steps: Sequence[str | tuple[str, float]], chance: float, delay: float
) -> None:
    terms = replace(TERMS, delay=delay)
    starts: list[datetime] = []

    async def play() -> None:
        run = Run(chance=lambda: chance)

        def die(seconds: float) -> None:
            run.clock.now += seconds * part
            raise Killed

        for step in (*steps, "ask"):
            what, part = step if isinstance(step, tuple) else (step, 0.0)
            run.sleep = die if what == "kill" else None
            run.clock.now += part if what == "pass" else 0.0
            if what == "restart":
                run = run.again()
            elif what in ("ask", "kill"):
                try:
                    starts.append(await run.ask(terms))
                except Killed:
                    run = run.again()
            elif what == "pause" and HOST in run.hosts:
                run.turns.slow(HOST, delay)
                async with run.turns.take(URL, HOST, terms):
                    starts.append(run.clock.wall())
                run.turns.pause(HOST, part, "as its Retry-After asks")

    asyncio.run(play())
    gaps = [(after - before).total_seconds() for before, after in pairwise(starts)]
    assert all(gap >= delay - 1e-5 for gap in gaps)  # an instant is kept to the microsecond


@given(st.floats(-1e9, 1e9), st.floats(0.0, 300.0))
def test_a_clock_that_was_set_costs_the_delay_at_most(off: float, delay: float) -> None:
    state = HostState(host=HOST, next_at=AT + timedelta(seconds=off))
    assert 0.0 <= delay_left(state, AT, delay) <= delay


@given(st.floats(-1e9, 1e9), st.floats(0.0, 1e9))
def test_a_clock_that_was_set_costs_no_more_than_the_rest_that_was_asked_for(
    off: float, seconds: float
) -> None:
    began = AT + timedelta(seconds=off)
    until = began + timedelta(seconds=seconds)
    state = HostState(host=HOST, next_at=began, rests_until=until, failed_at=began)
    assert 0.0 <= rest_left(state, AT) <= min(seconds + 1e-5, LONGEST_REST)
    assert rest_left(state, began) == pytest.approx(min(seconds, LONGEST_REST), abs=1e-5)


def test_a_clock_that_is_set_within_a_run_shortens_no_delay() -> None:
    async def runs() -> list[float]:
        run = Run()
        await run.ask()
        run.clock.early = -86_400.0
        await run.ask()
        run.clock.early = 86_400.0
        await run.ask()
        return run.clock.waits

    assert asyncio.run(runs()) == [2.0, 2.0]


def test_a_pause_outlives_a_restart_with_its_reason() -> None:
    async def runs() -> Run:
        run = Run()
        await run.ask()
        run.turns.pause(HOST, 40.0, "before try 2: the site answers 503")
        run.clock.now += 10.0
        run = run.again()
        await run.ask()
        return run

    run = asyncio.run(runs())
    assert run.clock.waits == [30.0]
    assert run.told == [(HOST, 30.0, "before try 2: the site answers 503")]


@pytest.mark.parametrize(
    ("asked_for", "rests"), [(301.0, 301.0), (7200.0, 7200.0), (1e9, LONGEST_REST)]
)
def test_a_long_rest_is_kept_by_the_next_run_which_sends_nothing(
    asked_for: float, rests: float
) -> None:
    async def runs() -> Run:
        run = Run()
        await run.ask()
        run.turns.pause(HOST, asked_for, "as its Retry-After asks")
        run = run.again()
        with pytest.raises(Refused, match=rf"{HOST} is not asked before 2026-05-0\d .* in China"):
            await run.ask()
        with pytest.raises(Refused, match="as its Retry-After asks"):
            await run.again().ask()
        run.clock.now += rests - LONGEST_RETRY_AFTER
        run = run.again()
        await run.ask()
        return run

    run = asyncio.run(runs())
    assert run.clock.waits == [LONGEST_RETRY_AFTER]


def test_an_answer_ends_the_count_and_the_rest_but_none_that_still_runs() -> None:
    async def runs() -> tuple[HostState, HostState]:
        run = Run()
        await run.ask()
        run.turns.failed(HOST, "qingyuan", Unreachable(URL, "no connection"))
        run.turns.pause(HOST, 30.0, "as its Retry-After asks")
        run.turns.answered(HOST)
        first = run.hosts[HOST]
        await run.ask()
        run.turns.answered(HOST)
        return first, run.hosts[HOST]

    first, second = asyncio.run(runs())
    assert (first.failures, first.rests_until) == (0, AT + timedelta(seconds=30))
    assert (second.failures, second.rests_until, second.why, second.failed_at) == (
        0,
        None,
        "",
        None,
    )


def test_pages_that_fail_are_counted_from_run_to_run() -> None:
    async def runs() -> HostState:
        run = Run()
        for _ in range(3):
            await run.ask()
            run.turns.failed(HOST, "qingyuan", Unreachable(URL, "no connection"))
            run = run.again()
        return run.hosts[HOST]

    state = asyncio.run(runs())
    assert state.failures == 3
    assert state.failed_at == AT + timedelta(seconds=4)


@pytest.mark.parametrize(
    ("hour", "minute", "opens"),
    [(12, 0, "2026-05-01 22:00"), (21, 59, "2026-05-01 22:00"), (6, 0, "2026-05-01 22:00")],
)
def test_outside_its_hours_a_source_is_not_asked(hour: int, minute: int, opens: str) -> None:
    run = Run(clock=Clock(start=datetime(2026, 5, 1, hour, minute, tzinfo=CHINA)))
    with pytest.raises(OutOfHours) as caught:
        asyncio.run(run.ask(NIGHT))
    assert caught.value.why == (
        f"asked only 22:00-06:00 in China (window); opens at {opens} in China"
    )
    assert run.hosts == {}


@pytest.mark.parametrize(("hour", "minute"), [(22, 0), (0, 30), (5, 59)])
def test_within_its_hours_a_source_is_asked(hour: int, minute: int) -> None:
    at = datetime(2026, 5, 1, hour, minute, tzinfo=CHINA)
    assert asyncio.run(Run(clock=Clock(start=at)).ask(NIGHT)) == at


def test_a_wait_that_would_end_outside_the_hours_is_not_begun() -> None:
    async def runs() -> list[float]:
        run = Run(clock=Clock(start=datetime(2026, 5, 1, 5, 59, tzinfo=CHINA)))
        await run.ask(NIGHT)
        run.turns.pause(HOST, 90.0, "as its Retry-After asks")
        with pytest.raises(OutOfHours, match="opens at 2026-05-01 22:00 in China"):
            await run.ask(NIGHT)
        return run.clock.waits

    assert asyncio.run(runs()) == []


def fail(breaker: Breaker, times: int, source: str = "one", host: str = HOST) -> None:
    for _ in range(times):
        breaker.failed(host, source, Unreachable(URL, "the site answers 503", status=503))


def test_any_answer_begins_the_count_anew() -> None:
    breaker = Breaker()
    for _ in range(3):
        fail(breaker, MOST_FAILURES - 1)
        breaker.answered(HOST)
    breaker.check(URL, HOST, "one")
    assert not breaker.is_open(HOST)


def test_a_further_source_has_one_try_at_a_host_that_is_left_alone() -> None:
    breaker = Breaker()
    fail(breaker, MOST_FAILURES)
    for source in ("two", "three"):
        breaker.check(URL, HOST, source)
        fail(breaker, 1, source)
        with pytest.raises(LeftAlone, match="times running, last: the site answers 503"):
            breaker.check(URL, HOST, source)


def test_a_host_that_answers_again_is_asked_by_all_and_may_fail_anew() -> None:
    breaker = Breaker()
    fail(breaker, MOST_FAILURES)
    breaker.answered(HOST)
    breaker.check(URL, HOST, "one")
    fail(breaker, MOST_FAILURES, "three")
    breaker.check(URL, HOST, "two")
    with pytest.raises(LeftAlone):
        breaker.check(URL, HOST, "three")


def test_another_host_is_not_left_alone() -> None:
    breaker = Breaker()
    fail(breaker, MOST_FAILURES)
    breaker.check(URL, "zx.qingyuan.gov.test", "one")
    assert not breaker.is_open("zx.qingyuan.gov.test")


def unresolved(url: str = URL) -> Unreachable:
    """Return what becomes of a name that is not resolved."""
    error = Unreachable(url, "no connection")
    error.__cause__ = OSError("cannot be resolved")
    error.__cause__.__cause__ = socket.gaierror(-3, "Temporary failure in name resolution")
    return error


def test_a_machine_seems_offline_where_no_host_of_several_was_reached() -> None:
    breaker = Breaker()
    breaker.failed("a.gov.test", "one", unresolved())
    said = [breaker.seems_offline]
    breaker.failed("b.gov.test", "two", unresolved())
    said.append(breaker.seems_offline)
    breaker.answered("c.gov.test")
    assert [*said, breaker.seems_offline] == [False, True, False]


def test_a_host_that_answers_in_error_shows_that_the_machine_is_online() -> None:
    breaker = Breaker()
    fail(breaker, 1)
    breaker.failed("a.gov.test", "one", unresolved())
    breaker.failed("b.gov.test", "one", unresolved())
    assert not breaker.seems_offline


@pytest.mark.parametrize(
    ("error", "is_none"),
    [
        (OSError(errno.ENETUNREACH, "Network is unreachable"), True),
        (unresolved(), True),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), False),
        (FetchError(URL, "no connection"), False),
        (None, False),
    ],
    ids=["no network", "no name", "refused", "unsaid", "none"],
)
def test_no_network_is_known_by_its_cause(error: BaseException | None, is_none: bool) -> None:
    assert has_no_network(error) is is_none
