"""How sites are to be treated, what is expected of a source, what is known of a host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from replyarc.instants import CHINA


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a crawl behaves: the ``[crawl]`` table of the configuration, in seconds and bytes."""

    contact: str
    delay: float = 2.0
    hosts: int = 16
    per_host: int = 1
    timeout: float = 60.0
    max_body: int = 20_000_000
    retries: int = 3
    recheck: timedelta = timedelta(days=90)
    private_addresses: bool = False
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of the day, civil time in China, in which a source may be asked.

    ``closes`` is the first minute in which it may not be any more. One that opens later than it
    closes spans midnight.
    """

    opens: time
    closes: time

    def holds(self, at: datetime) -> bool:
        """Tell whether an instant lies in these hours.

        >>> night = Window(time(22), time(6))
        >>> [night.holds(datetime(2026, 5, 1, hour, tzinfo=CHINA)) for hour in (21, 22, 5, 6)]
        [False, True, True, False]
        """
        now = at.astimezone(CHINA).time().replace(tzinfo=None)
        if self.opens < self.closes:
            return self.opens <= now < self.closes
        return now >= self.opens or now < self.closes

    def next_opening(self, at: datetime) -> datetime:
        """Return when these hours begin next; an instant inside them is its own answer.

        >>> night = Window(time(22), time(6))
        >>> night.next_opening(datetime(2026, 5, 1, 12, tzinfo=CHINA)).isoformat()
        '2026-05-01T22:00:00+08:00'
        """
        if self.holds(at):
            return at
        here = at.astimezone(CHINA)
        opening = here.replace(
            hour=self.opens.hour, minute=self.opens.minute, second=0, microsecond=0
        )
        return opening if opening > here else opening + timedelta(days=1)

    def __str__(self) -> str:
        """Write it as the configuration does: ``22:00-06:00``."""
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What is expected of a source: at least so many replies, the newest no older than this.

    ``None``: nothing is said, and the usual rule holds.
    """

    minimum: int | None = None
    newest: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What one run leaves to the next of how a host is to be asked.

    ``next_at``: no request to it may start before. ``rests_until``: it is left alone until then,
    and ``why`` says who wants it so; ``None`` where it is not. ``failures`` counts the pages
    running that it failed to give, ``failed_at`` is when the last of them failed.
    """

    host: str
    next_at: datetime
    rests_until: datetime | None = None
    why: str = ""
    failures: int = 0
    failed_at: datetime | None = None
