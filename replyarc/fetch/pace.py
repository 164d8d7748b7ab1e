"""When may this host be asked again? Pure: seconds of a monotonic clock in, seconds out."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

NEVER: Final = float("-inf")


class Pace:
    """The start of the last request to each host, and how long after it the next may start.

    >>> pace = Pace()
    >>> pace.slow("www.example.gov.cn", 2.0)
    >>> [pace.book("www.example.gov.cn", now) for now in (10.0, 10.5, 20.0)]
    [0.0, 1.5, 0.0]
    """

    def __init__(self) -> None:
        self._delays: defaultdict[str, float] = defaultdict(float)
        self._starts: defaultdict[str, float] = defaultdict(lambda: NEVER)
        self._holds: defaultdict[str, float] = defaultdict(lambda: NEVER)

    def slow(self, host: str, delay: float) -> None:
        """Keep at least `delay` seconds between two starts; the largest ever asked for holds."""
        self._delays[host] = max(self._delays[host], delay)

    def hold(self, host: str, until: float) -> None:
        """Let no request to `host` start before `until`, as its Retry-After asks."""
        self._holds[host] = max(self._holds[host], until)

    def is_held(self, host: str, now: float) -> bool:
        """Tell whether a Retry-After still keeps us from `host`."""
        return self._holds[host] > now

    def book(self, host: str, now: float) -> float:
        """Take the next start at `host`; return the seconds to wait for it.

        A start that is booked and then not used is lost, which errs on the polite side.
        """
        start = max(now, self._starts[host] + self._delays[host], self._holds[host])
        self._starts[host] = start
        return start - now
