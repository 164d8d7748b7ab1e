"""When may this host be asked again? Pure: seconds of a monotonic clock in, seconds out."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

NEVER: Final = float("-inf")

JITTER: Final = 0.1
"""Of the delay: by how much a gap may be longer, so that requests do not come like a clock's."""


class Pace:
    """The start of the last request to each host, and how long after it the next may start.

    >>> pace = Pace()
    >>> pace.slow("www.example.gov.cn", 2.0)
    True
    >>> pace.begin("www.example.gov.cn", 10.0)
    >>> pace.next_start("www.example.gov.cn", 10.5), pace.next_start("www.example.gov.cn", 20.0)
    (12.0, 20.0)
    """

    def __init__(self) -> None:
        self._delays: defaultdict[str, float] = defaultdict(float)
        self._starts: defaultdict[str, float] = defaultdict(lambda: NEVER)
        self._longer: defaultdict[str, float] = defaultdict(lambda: 1.0)
        self._holds: dict[str, tuple[float, str]] = {}

    def slow(self, host: str, delay: float) -> bool:
        """Keep at least `delay` seconds between two starts; the largest ever asked for holds.

        Tells whether that is longer than before.
        """
        raised = delay > self._delays[host]
        if raised:
            self._delays[host] = delay
        return raised

    def delay(self, host: str) -> float:
        """Return the seconds that lie between two starts at least."""
        return self._delays[host]

    def hold(self, host: str, until: float, why: str) -> None:
        """Let no request to `host` start before `until`; the longest pause asked for holds."""
        if until > self._holds.get(host, (NEVER, ""))[0]:
            self._holds[host] = until, why

    def held(self, host: str, now: float) -> tuple[float, str]:
        """Return for how many more seconds `host` is not to be asked, and why; else 0 seconds."""
        until, why = self._holds.get(host, (NEVER, ""))
        return (until - now, why) if until > now else (0.0, "")

    def last_start(self, host: str) -> float | None:
        """Return when the last request to `host` started; ``None`` before the first."""
        start = self._starts[host]
        return None if start == NEVER else start

    def resume(self, host: str, left: float, now: float) -> None:
        """Take up a gap of which so many seconds are left, from a run that ended in it."""
        self._starts[host] = now + left - self._delays[host]

    def next_start(self, host: str, now: float) -> float:
        """Return when the next request to `host` may start: `now`, or later."""
        gap = self._delays[host] * self._longer[host]
        until, _ = self._holds.get(host, (NEVER, ""))
        return max(now, self._starts[host] + gap, until)

    def begin(self, host: str, now: float, chance: float = 0.0) -> None:
        """Note that a request starts; ``chance``, from 0 to 1, lengthens the gap that follows."""
        self._starts[host] = now
        self._longer[host] = 1.0 + JITTER * chance
