"""Which hosts fail so often that they are left alone for the rest of a run. Pure."""

from __future__ import annotations

import errno
import socket
from collections import Counter
from typing import Final

from replyarc.errors import LeftAlone, Unreachable

MOST_FAILURES: Final = 5
"""Pages running, each given up after its retries: the host is ill, not a page of it."""

_NO_NETWORK: Final = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH})


class Breaker:
    """Counts the pages running that each host fails to give; any answer ends the count.

    A host is opened to every further source for one request, without retries: a site that came
    back is noticed so, and one that did not is spared.

    >>> breaker = Breaker()
    >>> for page in "abcde":
    ...     breaker.failed("www.example.gov.cn", "one", Unreachable(page, "no connection"))
    >>> breaker.check("http://www.example.gov.cn/f", "www.example.gov.cn", "another")
    >>> breaker.check("http://www.example.gov.cn/f", "www.example.gov.cn", "one")
    Traceback (most recent call last):
    ...
    replyarc.errors.LeftAlone: http://www.example.gov.cn/f: www.example.gov.cn failed 5 times \
running, last: no connection; it is asked again by the next crawl
    """

    def __init__(self) -> None:
        self._failures: Counter[str] = Counter()
        self._last: dict[str, str] = {}
        self._tried: dict[str, set[str]] = {}
        self._out_of_reach: set[str] = set()
        self._reached = False

    def is_open(self, host: str) -> bool:
        """Tell whether a host has failed so often that it is left alone."""
        return self._failures[host] >= MOST_FAILURES

    def check(self, url: str, host: str, source: str) -> None:
        """Return if this source may ask this host; raises LeftAlone."""
        if self.is_open(host) and source in self._tried[host]:
            raise LeftAlone(
                url,
                f"{host} failed {self._failures[host]} times running, last: {self._last[host]}; "
                "it is asked again by the next crawl",
            )

    def answered(self, host: str) -> None:
        """Note that a host answered, whatever it said."""
        self._reached = True
        self._failures[host] = 0
        self._tried.pop(host, None)

    def failed(self, host: str, source: str, error: Unreachable) -> None:
        """Note that a host did not give a page, after every retry."""
        self._failures[host] += 1
        self._last[host] = error.why
        if self.is_open(host):
            self._tried.setdefault(host, set()).add(source)
        if has_no_network(error):
            self._out_of_reach.add(host)
        elif error.status is not None:
            self._reached = True

    @property
    def seems_offline(self) -> bool:
        """Whether several hosts could not be reached at all, and not one answered in this run."""
        return len(self._out_of_reach) > 1 and not self._reached


def has_no_network(error: BaseException | None) -> bool:
    """Tell whether an error comes of a name that was not resolved, or of no way to its address."""
    while error is not None:
        if isinstance(error, socket.gaierror):
            return True
        if isinstance(error, OSError) and error.errno in _NO_NETWORK:
            return True
        error = error.__cause__ or error.__context__
    return False
