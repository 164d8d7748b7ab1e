"""A site of the loopback government whose listing is made by rules, as a publishing system does.

A site answers for its listing only; the pages of its papers are served by `put`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from tests.gov import Answer, Gov, Heard


@dataclass(frozen=True)
class Paper:
    """One reply that a site publishes; ``path`` is the path of its page."""

    number: int
    day: date
    title: str
    path: str


class Site(Protocol):
    """A column of one publishing system.

    ``name`` tells sites apart, ``family`` is what ``auto`` must find, ``column`` is the path that
    a user pastes (with ``?`` and ``#`` where the system has them). ``papers`` are newest first,
    and may be changed while the site is walked.
    """

    name: str
    family: str
    column: str
    papers: list[Paper]

    def answer(self, heard: Heard) -> Answer | None:
        """Answer for the listing and for what its scripts ask; None for what is not the site's."""


def papers(count: int, path: Callable[[int, date], str]) -> list[Paper]:
    """Make papers, newest first, each at the path that the system gives it."""
    newest = date(2024, 9, 30)
    made = []
    for number in range(count, 0, -1):
        day = newest - timedelta(days=3 * (count - number))
        title = f"清源市民政局关于市八届人大二次会议第{number:03}号建议的答复"
        made.append(Paper(number, day, title, path(number, day)))
    return made


def put(gov: Gov, site: Site) -> str:
    """Put a site on the government, with the pages of its papers; return its column's address."""
    for paper in site.papers:
        gov.pages[paper.path] = _letter(paper)
    gov.handlers.append(site.answer)
    return gov.url + site.column


def _letter(paper: Paper) -> bytes:
    return (
        f'<html><head><meta charset="utf-8"><title>{paper.title}</title></head><body>'
        f"<table><tr><td>索引号</td><td>990123006/2024-{paper.number:05}</td>"
        f"<td>发布日期</td><td>{paper.day}</td></tr></table><h1>{paper.title}</h1>"
        f'<div class="TRS_Editor"><p>顾明远代表：</p>'
        f"<p>您提出的《关于加强第{paper.number}社区养老服务的建议》收悉。现答复如下：</p>"
        f"<p>我局高度重视，已制定实施方案并逐项落实，今年新建站点{paper.number}处。</p>"
        f"<p>清源市民政局</p><p>2024年5月10日</p></div></body></html>"
    ).encode()
