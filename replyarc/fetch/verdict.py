"""What an answer amounts to: a page, or which error. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

from replyarc.errors import FetchError, Gone, Refused, Unreachable
from replyarc.model import Response

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

STATUSES: Final[Mapping[int, type[FetchError]]] = {
    **dict.fromkeys((404, 410), Gone),
    # 412 is what 瑞数 answers, 521 and 512 what 加速乐 does
    **dict.fromkeys((401, 403, 405, 412, 418, 421, 451, 512, 521, 567), Refused),
    **dict.fromkeys((408, 425, 429), Unreachable),
}
"""Every other 5xx is Unreachable too; every other status is a plain FetchError."""

UNCHANGED: Final = 304
"""An answer to a conditional request only: what is held is what would come."""

NO_PAGE: Final = frozenset({204, 205, 206})
"""2xx without a whole page: nothing, or a part."""

SMALL: Final = 4096
"""Bytes; a challenge with status 200 is no longer. Pages behind 瑞数 carry its script as well."""

FEW_WORDS: Final = 300
"""Characters shown; a gate says a sentence, a letter about 安全验证 says more."""

FURTHEST: Final = 1e9
"""Seconds; what a Retry-After beyond it is read as."""


class Challenge(NamedTuple):
    """A sign by which a page of a gate is known; ``shown``: only in what a reader sees of it."""

    product: str
    sign: re.Pattern[str]
    shown: bool
    evidence: str


CHALLENGES: Final = (
    Challenge(
        "瑞数", re.compile(r"\$_ts\s{0,9}[=\[.]|['\"]\$_ts['\"]"), False,
        "412 or 202 with an inline $_ts script",
    ),
    Challenge(
        "加速乐",
        re.compile(r"__jsl_clearance|__jsluid|location\.href\s{0,9}=\s{0,9}location\.pathname"),
        False,
        "521 or 512 with document.cookie=…;location.href=location.pathname+location.search",
    ),
    Challenge(
        "a cookie challenge (C3VK)", re.compile("C3VK="), False,
        '200, some 345 bytes, window.document.cookie="C3VK=…; path=/; max-age=300;"',
    ),
    Challenge(
        "华为云 WAF", re.compile("HWWAFSES(?:ID|TIME)="), False,
        "Set-Cookie HWWAFSESID and a quick 403",
    ),
    Challenge(
        "Cloudflare", re.compile(r"<title>\s{0,99}(?:Just a moment|请稍候)", re.IGNORECASE), False,
        "Just a moment",
    ),
    Challenge("创宇云防御", re.compile("创宇云|知道创宇"), True, "words of a generic gate"),
    Challenge(
        "a gate (安全验证)", re.compile("安全验证|访问验证|访问异常|人机验证|云防御"), True,
        "words of a generic gate",
    ),
    Challenge(
        "a script that sets a cookie and jumps",
        re.compile(
            r"document\.cookie\s{0,9}=[\s\S]{0,4000}"
            r"location(?:\.href)?\s{0,9}(?:=|\.(?:reload|replace|assign)\b)"
        ),
        False,
        "document.cookie=…;location.…",
    ),
)  # fmt: skip

_SCRIPT: Final = re.compile(r"<(script|style)\b[\s\S]{0,4096}?</\1", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")


def verdict(response: Response, now: datetime) -> FetchError | None:
    """Return the error that an answer amounts to; ``None`` for a page and for a redirect."""
    status, url = response.status, response.url
    if status in REDIRECTS and response.header("location"):
        return None
    if 200 <= status < 300 and status not in NO_PAGE:
        return _verdict_on_page(response)
    if status == UNCHANGED:
        if response.request.is_conditional:
            return None
        why = "the site answers 304 (unchanged), though it was not told what is held"
        return Unreachable(url, why, status=status)
    error = STATUSES.get(status, Unreachable if status >= 500 else FetchError)
    if error is Refused:
        return _refusal(response, challenge(_cookies(response) + _decode(response.body)))
    if error is Unreachable:
        later = read_retry_after(response.header("retry-after") or "", now)
        return Unreachable(url, f"the site answers {status}", status=status, retry_after=later)
    return error(url, f"the site answers {status}", status=status)


def _verdict_on_page(response: Response) -> FetchError | None:
    body, status = response.body, response.status
    if status == 200 and len(body) >= SMALL:
        return None
    product = challenge(_decode(body))
    if product is not None:
        return _refusal(response, product)
    if status != 200 and not body:
        return FetchError(response.url, f"the site answers {status} and no page", status=status)
    return None


def _refusal(response: Response, product: str | None) -> Refused:
    gate = f", by {product}" if product else ""
    why = f"{response.status}: the site turns programs away{gate}; it is left alone for now"
    return Refused(response.url, why, status=response.status)


def challenge(text: str) -> str | None:
    """Name the product whose challenge a page is; ``None`` for no challenge that is known.

    >>> challenge("<script>document.cookie='a=1';location.href=location.pathname;</script>")
    '加速乐'
    >>> challenge("<html><title>关于加强网络安全验证的建议</title>" + "答复" * 200) is None
    True
    """
    shown = _TAG.sub("", _SCRIPT.sub("", text)).strip()
    if len(shown) > FEW_WORDS or shown.startswith(("{", "[")):
        shown = ""
    for row in CHALLENGES:
        if row.sign.search(shown if row.shown else text):
            return row.product
    return None


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def _cookies(response: Response) -> str:
    return "".join(f"{value}\n" for name, value in response.headers if name == "set-cookie")


def read_retry_after(text: str, now: datetime) -> float | None:
    """Read a Retry-After, in seconds or as a date; ``None`` where it is neither.

    >>> noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> read_retry_after("120", noon), read_retry_after("Thu, 01 Jan 2026 12:00:30 GMT", noon)
    (120.0, 30.0)
    >>> read_retry_after("Wed, 31 Dec 2025 12:00:00 GMT", noon), read_retry_after("soon", noon)
    (0.0, None)
    """
    if text.isascii() and text.isdigit():
        return min(float(text), FURTHEST)
    try:
        then = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return min(max((then - now).total_seconds(), 0.0), FURTHEST)
