"""What a page in a column of replies is: a reply, or a notice, statistics, news.

A reply is told by its title (…第12号建议的答复), or by its letter, which thanks somebody for the
proposal it answers (您提出的…提案收悉). 建议 is an ordinary word too, and mayors answer the
suggestions of anybody: where it stands alone, a number, a sitting or a deputy has to bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from replyarc.evidence import Found
from replyarc.extract.letter import Letter
from replyarc.extract.title import Title
from replyarc.model import AddresseeRole, Kind

# What only a reply says: of anything else in its column these fields stay empty.
ONLY_OF_REPLIES: Final = (
    *("kind", "assembly", "assembly_name", "term", "session"),
    *("proposal_numbers", "proposal_titles", "role", "result_class"),
)
# To whom a notice goes is no addressee of a reply; a person who is written to is.
ADDRESSEES: Final = ("addressees", "addressee_role")

_ANSWERS = re.compile(r"收悉|已?收到|[答回函]复如下|意见如下|办理情况")
_BEARS_OUT: Final = ("proposal_numbers", "term", "session", "assembly", "addressee_role")


def is_reply(title: Title, letter: Letter, believed: Mapping[str, Found]) -> bool:
    """Tell whether a page is a reply to a suggestion or a proposal, by its title or its letter."""
    kind = believed.get("kind")
    answered = letter.saluted and bool(_ANSWERS.search(letter.opening))
    if title.is_reply is False:
        return False
    if title.is_reply is None and not (answered and (kind or "proposal_numbers" in believed)):
        return False
    surely = kind is not None and kind.value is not Kind.SUGGESTION
    return surely or any(name in believed for name in _BEARS_OUT)


def without_replies_fields(believed: Mapping[str, Found]) -> dict[str, Found]:
    """Return what is left of the fields of a page that is no reply."""
    role = believed.get("addressee_role")
    to_units = role is not None and role.value is AddresseeRole.UNIT
    dropped = {*ONLY_OF_REPLIES, *(ADDRESSEES if to_units else ())}
    return {name: found for name, found in believed.items() if name not in dropped}
