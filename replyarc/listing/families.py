"""The families of listings, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from replyarc.listing import (
    aspnet,
    blocks,
    creator,
    epoint,
    gkmlpt,
    igs,
    ilist,
    jpaas,
    jpage,
    lonsun,
    nextlink,
    nfcms,
    numbered,
    phpcms,
    querylist,
    shaanxi,
    single,
    siteserver,
    trs,
    truecms,
    ucap,
    vsb,
    xxgk,
    ylcms,
)
from replyarc.model import Listing, Page, Source


class Family(Protocol):
    """What a module of a family has: two pure functions."""

    def shows(self, page: Page) -> bool:
        """Tell whether the first page of a listing has a decisive sign of this family."""

    def read(self, page: Page, source: Source) -> Listing:
        """Read one page, or one answer to a script of the first.

        Raises ListingError where there is no entry, or no way on although there must be one.
        """


# In the order in which they are tried, where a page shows several: publishing systems with
# scripts of their own before those whose pages are files, and what any site may have last.
FAMILIES: Final[Mapping[str, Family]] = {
    "gkmlpt": gkmlpt,
    "nfcms": nfcms,
    "jpaas": jpaas,
    "jpage": jpage,
    "xxgk": xxgk,
    "truecms": truecms,
    "querylist": querylist,
    "vsb": vsb,
    "lonsun": lonsun,
    "igs": igs,
    "ucap": ucap,
    "trs": trs,
    "siteserver": siteserver,
    "epoint": epoint,
    "blocks": blocks,
    "aspnet": aspnet,
    "ylcms": ylcms,
    "ilist": ilist,
    "creator": creator,
    "shaanxi": shaanxi,
    "phpcms": phpcms,
    "nextlink": nextlink,
    "numbered": numbered,
    "single": single,
}


def candidates(page: Page) -> tuple[str, ...]:
    """Return the names of the families that the first page of a listing shows, likeliest first."""
    return tuple(name for name, family in FAMILIES.items() if family.shows(page))
