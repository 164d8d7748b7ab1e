"""What a page says in ``<meta>`` (网页标签规范, 国办发〔2017〕47号, annex).

Its ContentSource and Keywords are left out on purpose. Sites fill them from a template with
their own name and with words for search engines, so they say nothing of the letter: what a page
prints as 来源 and 主题词 is read by `labels`.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from replyarc.evidence import Evidence, Found
from replyarc.extract.fields import is_nothing
from replyarc.extract.labels import Reader
from replyarc.text.chinese import one_line
from replyarc.text.dates import read_date

# The name, in lower case, the field that it says, and how that is read.
NAMES: Final[dict[str, tuple[str, Reader]]] = {
    "articletitle": ("title", one_line),
    "pubdate": ("published_on", read_date),
}
_MOST: Final = 200  # elements; what has more is no page of a site


def read_meta(document: LexborHTMLParser) -> dict[str, list[Found]]:
    """Return the fields that the page's ``<meta>`` elements give, the first printed first.

    A page of many templates has an element twice: the same value is one, different ones are both
    kept. A name is that of the ``name`` attribute, in whatever case.
    """
    fields: dict[str, list[Found]] = {}
    for node in islice(document.tags("meta"), _MOST):
        attributes = node.attributes
        printed = (attributes.get("name") or "").strip()
        named = NAMES.get(printed.lower())
        if named is None or is_nothing(content := one_line(attributes.get("content") or "")):
            continue
        name, read = named
        try:
            found = Found(read(content), Evidence("meta", "<meta>", printed, content))
        except ValueError:  # a template that nobody filled in
            continue
        said = fields.setdefault(name, [])
        if all(found.value != other.value for other in said):
            said.append(found)
    return fields
