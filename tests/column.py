"""A column of invented replies that is put on a government of the tests, and can change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from replyarc.archive.store import Archive
from replyarc.crawl import crawl
from replyarc.fetch.client import Fetcher
from replyarc.manners import Manners
from replyarc.model import Source
from replyarc.report import Report
from replyarc.walk import Plan
from tests.gov import Gov

MANNERS = Manners(
    contact="mailto:tests@localhost", delay=0.0, private_addresses=True, retries=2, timeout=5.0
)


@dataclass(frozen=True)
class Letter:
    """One reply as a page of the column says it."""

    number: int
    day: date
    word: str = "养老服务"
    index_number: str | None = None

    @property
    def path(self) -> str:
        return f"/jytabl/202305/t20230517_{self.number:05}.html"

    @property
    def title(self) -> str:
        return f"清源市民政局关于市八届人大二次会议第{self.number:03}号建议的答复"

    def page(self) -> bytes:
        index_number = self.index_number or f"990123006/2023-{self.number:05}"
        return (
            f'<html><head><meta charset="utf-8"><title>{self.title}</title></head><body>'
            f"<table><tr><td>索引号</td><td>{index_number}</td>"
            f"<td>发布日期</td><td>{self.day}</td></tr></table><h1>{self.title}</h1>"
            f'<div class="TRS_Editor"><p>顾明远代表：</p>'
            f"<p>您提出的《关于加强{self.word}的建议》收悉。现答复如下：</p>"
            f"<p>我局高度重视{self.word}，已制定实施方案并逐项落实，今年新建站点{self.number}处。</p>"
            f"<p>清源市民政局</p><p>2023年5月10日</p></div></body></html>"
        ).encode()


def letters(count: int) -> list[Letter]:
    """Make letters, newest first, as a listing shows them."""
    newest = date(2023, 5, 17)
    return [Letter(count - n, newest - timedelta(days=n)) for n in range(count)]


@dataclass
class Column:
    """A TRS column: what it lists, newest first, and how many a page."""

    letters: list[Letter] = field(default_factory=list)
    per_page: int = 3
    root: str = "/jytabl/"

    def pages(self) -> list[Sequence[Letter]]:
        return [
            self.letters[first : first + self.per_page]
            for first in range(0, len(self.letters), self.per_page)
        ]

    def listing(self, number: int) -> str:
        """Return the path of a listing page, from 1."""
        return f"{self.root}index{f'_{number - 1}' if number > 1 else ''}.html"

    def publish(self, gov: Gov) -> None:
        """Put the listing and the letters on the government, over what was there."""
        pages = self.pages()
        for number, page in enumerate(pages, 1):
            rows = "".join(
                f'<li><a href="{each.path}" title="{each.title}">{each.title}</a>'
                f"<span>{each.day}</span></li>"
                for each in page
            )
            gov.pages[self.listing(number)] = (
                f'<html><head><meta charset="utf-8"></head><body><ul class="list">{rows}</ul>'
                f'<script>createPageHTML({len(pages)}, {number - 1}, "index", "html");</script>'
                f"</body></html>"
            ).encode()
        for letter in self.letters:
            gov.pages[letter.path] = letter.page()

    def edit(self, number: int, **changes: object) -> None:
        """Change a letter where it stands."""
        at = next(n for n, letter in enumerate(self.letters) if letter.number == number)
        self.letters[at] = replace(self.letters[at], **changes)  # type: ignore[arg-type]  # the test knows the fields


def source(gov: Gov, name: str = "qingyuan", path: str = "/jytabl/index.html") -> Source:
    """Return a source for a column of the government."""
    return Source(name=name, publisher="清源市民政局", urls=(gov.url + path,))


async def walk(
    archive: Archive, *sources: Source, plan: Plan | None = None, manners: Manners = MANNERS
) -> list[Report]:
    """Crawl sources over real sockets, without pauses."""
    async with Fetcher(manners, backoff=0.0) as fetcher:
        reports, failure = await crawl(
            sources, fetcher.for_source, archive, plan or Plan(), lambda report, doing: None
        )
    assert failure is None
    return reports


def dump(path: Path) -> list[dict[str, object]]:
    """Return every reply of an archive with what two crawls of the same pages share."""
    from replyarc.archive.query import Query
    from replyarc.export.flat import as_json

    with Archive.open(path, read_only=True) as archive:
        replies = [as_json(reply) for reply in archive.replies(Query())]
    instants = {"first_seen_at", "last_seen_at", "changed_at", "id"}
    return [{key: reply[key] for key in reply if key not in instants} for reply in replies]
