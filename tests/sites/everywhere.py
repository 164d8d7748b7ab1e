"""The sites whose listings need no script of their own."""

from __future__ import annotations

from collections.abc import Callable

from tests.sites.asked import ASKED
from tests.sites.aspnet import ASPNET
from tests.sites.plain import PLAIN
from tests.sites.site import Site
from tests.sites.siteserver import SITESERVER
from tests.sites.static import STATIC
from tests.sites.trs import TRS
from tests.sites.vsb import VSB

STATIC_SITES: tuple[Callable[[], Site], ...] = (
    *TRS,
    *STATIC,
    *SITESERVER,
    *VSB,
    *ASPNET,
    *ASKED,
    *PLAIN,
)
