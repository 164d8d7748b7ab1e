"""What a person can do about a site that turns us away, or is shut: one row a kind. Pure.

A way around is never among it: no other User-Agent than our own, and no challenge that is solved.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

ELSE: Final = (
    "write to the site (it was told your crawl.contact), or import what a browser saves "
    "(`replyarc import page.html --url …`)"
)
OTHER_HOUR: Final = 'window = "22:00-06:00"'


class Kind(StrEnum):
    """What stands in the place of a page; the value is said of the site."""

    CHALLENGE = "turns programs away by a script for browsers"
    CAPTCHA = "turns programs away by a captcha"
    FIREWALL = "turns programs away by a firewall"
    TOO_OFTEN = "turns programs away for a while"
    ABROAD = "turns programs away, and all who ask from abroad"
    LOGIN = "wants a login"
    SHUT = "is shut for maintenance"
    UNTOLD = "turns programs away"


REMEDIES: Final[Mapping[Kind, str]] = {
    Kind.CHALLENGE: f"What can be done: {ELSE}",
    Kind.CAPTCHA: f"Try a larger delay or {OTHER_HOUR}; else {ELSE}",
    Kind.FIREWALL: f"Try another network{{ip}}; else {ELSE}",
    Kind.TOO_OFTEN: f"Try a larger delay or {OTHER_HOUR}; else {ELSE}",
    Kind.ABROAD: f"Try a network in the mainland of China{{ip}}; else {ELSE}",
    Kind.LOGIN: "Look in a browser where the column is open to all, and set url; else write to "
    "the site (it was told your crawl.contact)",
    Kind.SHUT: "The next crawl asks again; if it lasts, look in a browser, or write to the site",
    Kind.UNTOLD: f"Try another network{{ip}}; else {ELSE}",
}
"""What can be done, for each kind; ``{ip}`` is where the other version of IP is named."""


def version_of(ip: str | None) -> str:
    """Return the version of an IP address, "4" or "6"; nothing where none is known.

    >>> version_of("2001:db8::1"), version_of("198.51.100.7"), version_of(None)
    ('6', '4', '')
    """
    return "" if ip is None else "6" if ":" in ip else "4"


def told(
    kind: Kind, *, status: int, product: str = "", ip: str | None = None, said: str = ""
) -> str:
    """Say what stands in the place of a page, that no way around is tried, and what can be done.

    ``product`` is who made it, ``ip`` the address asked, ``said`` what is said by the site itself.

    >>> told(Kind.LOGIN, status=200).partition(": ")[2].partition(". ")[0]
    'the site wants a login; no way around is tried'
    >>> 'ip = "4"' in told(Kind.FIREWALL, status=403, ip="2001:db8::1")
    True
    """
    version = version_of(ip)
    over = f" over IPv{version}" if version else ""
    by = f" ({product})" if product else ""
    says = (
        f"the site says {said!r} in place of this page: it {kind}" if said else f"the site {kind}"
    )
    other = f' or ip = "{"46".replace(version, "")}"' if version else ""
    return f"{status}{over}: {says}{by}; no way around is tried. {REMEDIES[kind].format(ip=other)}"
