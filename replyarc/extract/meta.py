"""What a page says in ``<meta>`` (网页标签规范, 国办发〔2017〕47号, annex).

Its ContentSource and Keywords are left out on purpose. Sites fill them from a template with
their own name and with words for search engines, so they say nothing of the letter: what a page
prints as 来源 and 主题词 is read by `labels`.
"""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser

from replyarc.extract.labels import Box

# The name, in lower case, and the label under which its content is read.
NAMES: Final = {"articletitle": "标题", "pubdate": "发布日期"}


def read_meta(document: LexborHTMLParser) -> Box:
    """Return the pairs that the page's ``<meta>`` elements give, empty ones too."""
    pairs = []
    for node in document.tags("meta"):
        attributes = node.attributes
        label = NAMES.get((attributes.get("name") or "").lower())
        if label:
            pairs.append((label, attributes.get("content") or ""))
    return tuple(pairs)
