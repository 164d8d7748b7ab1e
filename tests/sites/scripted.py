"""The sites whose lists are filled by scripts, one function each."""

from __future__ import annotations

from collections.abc import Callable

from tests.sites.blocks import blocks
from tests.sites.epoint import epoint_flat, epoint_wrapped
from tests.sites.gkmlpt import gkmlpt_below, gkmlpt_root
from tests.sites.hanweb import (
    jpage_old,
    jpage_pages,
    jpage_records,
    jpage_sealed,
    jpage_small,
)
from tests.sites.igs import igs_list, igs_search
from tests.sites.jpaas import jpaas_combination, jpaas_rendered
from tests.sites.lonsun import lonsun_fragment, lonsun_json, lonsun_static
from tests.sites.querylist import querylist, querylist_jian, querylist_suzhou
from tests.sites.site import Site
from tests.sites.truecms import truecms_guarded, truecms_jsonp
from tests.sites.ucapsearch import ucap_fixed, ucap_sized
from tests.sites.xxgk import xxgk_batch, xxgk_filtered, xxgk_mixed

SCRIPT_SITES: tuple[Callable[[], Site], ...] = (
    *(jpage_records, jpage_pages, jpage_sealed, jpage_small, jpage_old),
    *(xxgk_filtered, xxgk_mixed, xxgk_batch),
    *(jpaas_rendered, jpaas_combination),
    *(truecms_jsonp, truecms_guarded),
    *(gkmlpt_root, gkmlpt_below),
    *(epoint_flat, epoint_wrapped),
    *(igs_list, igs_search),
    *(lonsun_fragment, lonsun_json, lonsun_static),
    *(ucap_sized, ucap_fixed),
    *(blocks, querylist),
)
"""Each makes its site anew, with its papers."""

RARE_SITES: tuple[Callable[[], Site], ...] = (querylist_jian, querylist_suzhou)
"""Two of one city each; the shells around their calls are invented."""
