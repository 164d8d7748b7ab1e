"""The plain data that every room speaks.

``None`` means that the page does not say; in lists, nothing does. An instant is an aware UTC
``datetime`` and ends in ``_at``; a printed day is a ``date``, civil time in China, and ends in
``_on``. Texts are NFC, paragraphs joined by a newline. Seconds are ``float``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from replyarc.manners import Expect, Window

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})

UNCHANGED: Final = 304
"""The status of an answer to a conditional request only: what is held is what would come."""


class Kind(StrEnum):
    """What a reply answers."""

    SUGGESTION = "建议"
    PROPOSAL = "提案"
    MOTION = "议案"


class Assembly(StrEnum):
    """Before which assembly the suggestion or proposal was brought."""

    CONGRESS = "人大"
    CONFERENCE = "政协"


class AddresseeRole(StrEnum):
    """As what the addressee is written to."""

    DEPUTY = "代表"
    MEMBER = "委员"
    UNIT = "单位"


class Role(StrEnum):
    """The part that the answering body had in handling the suggestion; 协办 is read as 会办."""

    LEAD = "主办"
    JOINT = "会办"
    SEPARATE = "分办"


class Outcome(StrEnum):
    """What became of one entry of a listing in one crawl."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ASIDE = "aside"  # much shorter than what is archived: kept, and not shown in its place
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One configured column: where its listing is, and how its host is to be treated.

    ``options`` are CSS selectors that overrule what the family does (``entry``, ``next``,
    ``content``, ``title``); ``labels`` maps a label that only this site prints to a field of
    Reply. ``delay`` is in seconds, ``None`` where the crawl's own delay holds. ``attachments``: the
    files that a letter links to are fetched too. ``window``: it is asked in these hours only.
    """

    name: str
    publisher: str
    urls: tuple[str, ...]
    family: str = "auto"
    region: str | None = None
    delay: float | None = None
    charset: str | None = None
    tls: str | None = None
    ip: str | None = None
    max_pages: int | None = None
    allow_hosts: tuple[str, ...] = ()
    allow_empty_until: date | None = None
    window: Window | None = None
    expect: Expect = Expect()
    attachments: bool = False
    options: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    labels: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a site; hashable, so that a pager that goes in circles is noticed.

    ``form`` is empty for GET, else the fields of a POST; ``json`` is a body in their stead.
    ``referer`` is the page that asks, ``etag`` and ``modified`` tell which answer is held, so that
    304 may come in its place (RFC 9110, 13.1); they are no part of the question.
    """

    url: str
    form: tuple[tuple[str, str], ...] = ()
    json: str = ""
    referer: str = field(default="", compare=False)
    etag: str = field(default="", compare=False)
    modified: str = field(default="", compare=False)

    @property
    def is_conditional(self) -> bool:
        """Whether it asks for the answer only if it is another than the one that is held."""
        return bool(self.etag or self.modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a site answered, whole: ``body`` is decoded from gzip or deflate, never cut.

    ``url`` is the address after redirects; ``headers`` are as sent, in order, names in lower case.
    ``request_headers`` are what was sent for it, ``tls`` how safe the line was (protocol, cipher,
    and ``unverified`` or ``legacy`` where it was weaker than usual; ``None`` for http), ``ip``
    where it led to: all ``None`` or empty where nobody noted it.
    """

    request: Request
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    request_headers: tuple[tuple[str, str], ...] = ()
    tls: str | None = None
    ip: str | None = None

    def header(self, name: str) -> str | None:
        """Return the first header of this (lower-case) name; ``None`` where there is none."""
        return next((value for key, value in self.headers if key == name), None)


Fetch = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A site's robots.txt as it was last had; ``status`` is ``None`` where no answer came."""

    origin: str
    status: int | None
    text: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded page, the address it was read at and what was asked to have it.

    ``request`` is ``None`` for a page that was not asked for.
    """

    url: str
    text: str
    request: Request | None = None

    @property
    def asked(self) -> Request:
        """What was asked: its address may be another than the page's, and have a ``#``."""
        return self.request or Request(self.url)

    @property
    def column(self) -> str:
        """The address of the page that asked for this one, else its own."""
        return self.asked.referer or self.url


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a listing: absolute address, title as listed, the day printed beside it.

    The numbers are as printed. ``left_out`` says why it is no reply's; ``None``: it may be one.
    """

    url: str
    title: str
    listed_on: date | None = None
    index_number: str | None = None
    document_number: str | None = None
    left_out: str | None = None

    @property
    def wanted(self) -> bool:
        """Whether it is asked for: replies, and the notices and statistics among them."""
        return self.left_out in (None, "notice")


@dataclass(frozen=True, slots=True)
class Listing:
    """What one listing page holds and how it goes on.

    ``next`` is what it says comes next; ``None`` on the last page. ``guesses`` may come next: each
    holds only if it is there and brings new entries. ``pages``, ``announced``: what it says of the
    whole listing, ``this`` which page it is, from 1; ``None`` where it says nothing. ``left_out``
    counts links that are no rows, by reason. ``columns`` are columns below, and frames, that hold
    what this page does not; those of ``years``, a year with each, may.

    No entries and a ``next``: the rows of this page are asked for by a script.
    """

    entries: tuple[Entry, ...]
    next: Request | None = None
    pages: int | None = None
    announced: int | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    guesses: tuple[Request, ...] = ()
    columns: tuple[str, ...] = ()
    years: tuple[tuple[int, str], ...] = ()
    this: int | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person named for questions; phones as digits and ``-``."""

    name: str
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file linked from the letter; ``sha256`` of its bytes is ``None`` until it is fetched.

    It is no part of what the letter says: the archive looks up which bytes it holds.
    """

    name: str
    url: str
    sha256: str | None = field(default=None, compare=False)


def column(title: str, *, default: Any = None, said: bool = True) -> Any:
    """Declare a field of Reply, and so a column of the archive and of every export.

    ``title`` is its Chinese heading. ``said=False``: where and when the reply was seen, not what
    it says, so that two copies of one reply compare equal.
    """
    return field(default=default, compare=said, metadata={"title": title})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One published reply (答复), normalised. Field order is column order."""

    id: str = column("编号", default="", said=False)
    url: str = column("网址", default="", said=False)
    source: str = column("来源", default="", said=False)
    title: str = column("标题", default="")
    index_number: str | None = column("索引号")
    document_number: str | None = column("发文字号")
    publisher: str | None = column("发布机构")
    responsible_unit: str | None = column("责任部门")
    origin: str | None = column("信息来源")
    topic: str | None = column("信息分类")
    keywords: tuple[str, ...] = column("主题词", default=())
    validity: str | None = column("有效性")
    written_on: date | None = column("成文日期")
    published_on: date | None = column("发布日期")
    kind: Kind | None = column("类别")
    assembly: Assembly | None = column("会议")
    assembly_name: str | None = column("会议名称")
    term: int | None = column("届")
    session: int | None = column("次会议")
    proposal_numbers: tuple[str, ...] = column("建议提案号", default=())
    proposal_titles: tuple[str, ...] = column("建议提案标题", default=())
    addressees: tuple[str, ...] = column("答复对象", default=())
    addressee_role: AddresseeRole | None = column("对象身份")
    role: Role | None = column("办理方式")
    result_class: str | None = column("办理类别")
    openness: str | None = column("公开属性")
    answered_by: str | None = column("答复单位")
    text: str = column("正文", default="")
    signature: str | None = column("落款")
    signed_on: date | None = column("落款日期")
    contacts: tuple[Contact, ...] = column("联系人", default=())
    copied_to: tuple[str, ...] = column("抄送", default=())
    attachments: tuple[Attachment, ...] = column("附件", default=())
    first_seen_at: datetime | None = column("首次", said=False)
    last_seen_at: datetime | None = column("最近", said=False)
    changed_at: datetime | None = column("变更", said=False)
    gone_at: datetime | None = column("消失", said=False)
    version: int = column("版本", default=1, said=False)
    sha256: str = column("摘要", default="", said=False)
    flags: tuple[str, ...] = column("标记", default=(), said=False)
