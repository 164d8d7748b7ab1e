"""What can go wrong, as a tree.

::

    ReplyarcError
      ConfigError        a line of the configuration cannot be used    exit 3, nothing was asked
      FetchError         a page could not be had (url, why)            counted, the walk goes on
        Disallowed       robots.txt says no                            this address is left alone
        Refused          403, 412, a challenge, a login, a long rest   the source is left alone now
        Gone             404, 410                    marked once another crawl confirms it
        Absent           200, and another page (a soft 404)            nobody is marked
        Unreachable      network, timeout, 429, 5xx, a cut body        asked again, then given up
        LeftAlone        nothing was sent: its host failed too often   a problem; it waits
          OutOfHours     nothing was sent: its window is shut          no problem; it waits
      LayoutError        the page is not what its family promises (url, missing, mend)
        ListingError     no entry or no way on                         ends that source
        ReplyError       no title or no letter                         counted; the bytes are kept
          AnotherPage    a page of another thing in its place          counted; nobody is marked
      ArchiveError       not an archive, damaged, or of a newer replyarc   exit 8
        ArchiveHeld      another crawl holds it                        exit 7
        DiskFull         no room left                                  exit 9

A message has three parts: where, what was looked for, where to mend it.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import Final

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the system says where there is no room left to write to."""


class ReplyarcError(Exception):
    """Anything that replyarc itself raises on purpose."""


class ConfigError(ReplyarcError):
    """The configuration cannot be used; ``problems`` names everything that is wrong, one a line."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class FetchError(ReplyarcError):
    """A page could not be had; ``status`` is ``None`` where no answer came."""

    def __init__(self, url: str, why: str, *, status: int | None = None) -> None:
        self.url = url
        self.why = why
        self.status = status
        super().__init__(f"{url}: {why}")

    @property
    def was_put_off(self) -> bool:
        """Whether nothing was sent for now, and so nothing is known of what would be answered."""
        return False


class Disallowed(FetchError):
    """The site's robots.txt does not let us ask for this address."""


class Refused(FetchError):
    """The site turns programs away; no way around is tried.

    Without a ``status`` nothing was sent: it asked, earlier, to be left alone for longer than a
    crawl waits.
    """

    @property
    def was_put_off(self) -> bool:
        """Whether the site asked for it earlier, and did not refuse now."""
        return self.status is None


class Gone(FetchError):
    """The site says that there is no such page (404, 410)."""


class Absent(FetchError):
    """The site answers with another page in its place: home, an error, the listing (soft 404)."""


class Unreachable(FetchError):
    """No whole answer came, but one may come later; ``retry_after`` is in seconds, if told."""

    def __init__(
        self, url: str, why: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(url, why, status=status)
        self.retry_after = retry_after


class LeftAlone(FetchError):
    """Nothing is asked of this host any more in this run: it failed too often, page after page."""

    @property
    def was_put_off(self) -> bool:
        """True: nothing is sent to a host that is left alone."""
        return True


class OutOfHours(LeftAlone):
    """Nothing is asked of this source at this hour; its ``window`` says at which it is."""


class LayoutError(ReplyarcError):
    """A page is not laid out as its family promises.

    Says where, what was looked for, and where the reader of the message can mend it, because the
    person who reads it did not write the family.
    """

    def __init__(self, url: str, missing: str, mend: str) -> None:
        self.url = url
        self.missing = missing
        self.mend = mend
        super().__init__(f"{url}: no {missing}. {mend}")


class ListingError(LayoutError):
    """A listing page without an entry, or without the way on that it promises."""


class ReplyError(LayoutError):
    """A reply page without a title or without a letter."""


class AnotherPage(ReplyError):
    """A page of another thing, neither a letter nor called what the listing calls it."""


class ArchiveError(ReplyarcError):
    """The archive cannot be used: not an archive, damaged, read-only, or of a newer replyarc."""


class ArchiveHeld(ArchiveError):
    """Another crawl holds the archive."""


class DiskFull(ArchiveError):
    """There is no room left to write to; the archive is whole."""
