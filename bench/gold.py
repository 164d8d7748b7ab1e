"""What the eye read in pages, as the fields of a reply: the gold that the reader is held against.

Three sets: the project's own pages with their goldens; and, in the folder that REPLYARC_CORPUS
names, the seeds and the real pages (`manifest`). All values are plain, as JSON has them: ``None``,
``[]`` and ``False`` say that the page does not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from replyarc.evidence import Extracted
from replyarc.extract.reply import extract
from replyarc.model import Entry, Page, Source
from replyarc.text.charset import decode

OWN: Final = Path(__file__).parent.parent / "tests" / "pages" / "reply"
_URL: Final = "http://www.qinghe.test/zwgk/jyta/202101/t20210101_1.html"
_SEED_URL: Final = "http://www.seed.test/jyta/1.html"

Saying = Callable[[Extracted, Any], Any]
"""How a field that is no field of a reply is read off a reading; beside it stands the gold."""


@dataclass(frozen=True, slots=True)
class Case:
    """A page, what the reader is given with it, and what the eye read: field -> value.

    No gold at all: the page holds no letter and is to be refused.
    """

    name: str
    page: Page
    source: Source
    gold: Mapping[str, Any]
    said: Mapping[str, Saying] = field(default_factory=dict)
    entry: Entry | None = None

    def read(self) -> dict[str, Any]:
        """Read the page: field -> what the reader says.

        Raises ReplyError where it has no letter.
        """
        read = extract(self.page, self.entry or Entry(self.page.url, ""), self.source)
        return {
            name: self.said[name](read, gold)
            if name in self.said
            else plain(getattr(read.reply, name))
            for name, gold in self.gold.items()
        }


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value


def own_cases() -> Iterator[Case]:
    """Yield the project's own pages, as the goldens beside them have them."""
    for golden in sorted(OWN.rglob("*.golden.json")):
        kept = json.loads(golden.read_text("utf-8"))
        given = kept["given"]
        html = golden.with_name(golden.name.replace(".golden.json", ".html"))
        source = Source(
            name="qinghe",
            publisher=given.get("publisher", "青禾市人民政府"),
            urls=("http://www.qinghe.test/zwgk/jyta/",),
            options=given.get("options", {}),
            labels=given.get("labels", {}),
        )
        page = Page(given.get("url", _URL), decode(html.read_bytes()))
        listed = given.get("listed_on") and date.fromisoformat(given["listed_on"])
        yield Case(
            str(html.relative_to(OWN)),
            page,
            source,
            kept["reply"] | {"unread": kept["unread"]},
            {"unread": _unread},
            Entry(page.url, given.get("title", ""), listed or None),
        )


def seed_cases(corpus: Path) -> Iterator[Case]:
    """Yield the seeds: real replies, every field of them read by eye."""
    for name, gold in json.loads((corpus / "seeds" / "gold.json").read_text("utf-8")).items():
        source = Source(name=name, publisher=gold.pop("source_publisher"), urls=(_SEED_URL,))
        html = decode((corpus / "seeds" / "html" / f"{name}.html").read_bytes())
        said = {"unread": _unread, "text_starts": _starts, "text_ends": _ends}
        yield Case(name, Page(_SEED_URL, html), source, gold | {"unread": []}, said)


def _unread(read: Extracted, _gold: Any) -> list[str]:
    return list(read.unread)


def _starts(read: Extracted, gold: str) -> str:
    text = " ".join(read.reply.text.split())
    return gold if text.startswith(" ".join(gold.split())) else text[: len(gold)]


def _ends(read: Extracted, gold: str) -> str:
    text = " ".join(read.reply.text.split())
    return gold if text.endswith(" ".join(gold.split())) else text[-len(gold) :]
