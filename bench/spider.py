"""The same job by Scrapy, as small as it can be: the listings, the replies, seven fields, SQLite.

Run as ``python -m bench.spider ARCHIVE URL…``.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess

FIELDS = ("url", "title", "index_number", "document_number", "publisher", "published_on", "text")


class ReplySpider(scrapy.Spider):
    """Walks a TRS listing."""

    name = "reply"

    def parse(self, response: Any) -> Iterator[Any]:
        """Follow every reply of a listing page, then the next page."""
        yield from response.follow_all(css="ul.list a", callback=self.parse_reply)
        pages, this = response.css("script::text").re(r"createPageHTML\((\d+), (\d+)")
        if int(this) + 1 < int(pages):
            yield response.follow(f"index_{int(this) + 1}.html")

    def parse_reply(self, response: Any) -> Iterator[dict[str, Any]]:
        """Read one reply."""
        cells = [cell.css("::text").get(default="") for cell in response.css("table.box td")]
        box = dict(zip(cells[::2], cells[1::2], strict=True))
        letter = response.css("div.TRS_Editor p")
        yield {
            "url": response.url,
            "title": response.css("h1::text").get(),
            "index_number": box.get("索引号"),
            "document_number": box.get("文号"),
            "publisher": box.get("发布机构"),
            "published_on": box.get("发布日期"),
            "text": "\n".join("".join(p.css("::text").getall()) for p in letter),
        }


class Store:
    """Upserts each reply; a commit for every hundred."""

    def open_spider(self) -> None:
        """Make the table."""
        self.db = sqlite3.connect(sys.argv[1])
        self.db.execute("pragma journal_mode=wal")
        self.db.execute(f"create table replies ({', '.join(FIELDS)}, primary key (url))")
        self.seen = 0

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Keep one reply."""
        marks = ", ".join(f":{name}" for name in FIELDS)
        self.db.execute(f"insert or replace into replies values ({marks})", item)
        self.seen += 1
        if self.seen % 100 == 0:
            self.db.commit()
        return item

    def close_spider(self) -> None:
        """Commit the rest."""
        self.db.commit()
        self.db.close()


if __name__ == "__main__":
    process = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "ITEM_PIPELINES": {Store: 1},
            "LOG_ENABLED": False,
            "ROBOTSTXT_OBEY": False,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(ReplySpider, start_urls=sys.argv[2:])
    process.start()
