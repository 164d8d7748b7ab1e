"""What an answer amounts to: a page, or which error. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from replyarc.errors import FetchError, Gone, Refused, Unreachable
from replyarc.fetch.advice import Kind, told
from replyarc.fetch.closed import shut_by
from replyarc.fetch.gates import BY_STATUS, WORDS, gate_of, gate_of_refusal, may_be_gate
from replyarc.fetch.login import is_login
from replyarc.model import UNCHANGED, Response

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

STATUSES: Final[Mapping[int, type[FetchError]]] = {
    **dict.fromkeys((404, 410), Gone),
    # 412 is what 瑞数 answers, 521 and 512 what 加速乐 does
    **dict.fromkeys((401, 403, 405, 412, 418, 421, 451, 512, 521, 567), Refused),
    **dict.fromkeys((408, 425, 429), Unreachable),
}
"""Every other 5xx is Unreachable too; every other status is a plain FetchError."""

NO_PAGE: Final = frozenset({204, 205, 206})
"""2xx without a whole page: nothing, or a part."""

SMALL: Final = 4096
"""Bytes; a page with status 200 that is longer is looked into only if it shows a sign of a gate."""

FURTHEST: Final = 1e9
"""Seconds; what a Retry-After beyond it is read as."""

HEADERS: Final = frozenset({"server", "set-cookie", "x-powered-by-360wzb", "wzws-ray"})
"""Those by which a firewall is known."""


def verdict(response: Response, now: datetime) -> FetchError | None:
    """Return the error that an answer amounts to; ``None`` for a page and for a redirect."""
    status = response.status
    if status in REDIRECTS and (location := response.header("location")):
        return _refusal(response, Kind.LOGIN) if is_login(location, response.url) else None
    if 200 <= status < 300 and status not in NO_PAGE:
        return _verdict_on_page(response)
    if status == UNCHANGED and response.request.is_conditional:
        return None
    return _verdict_on_error(response, now)


def _verdict_on_page(response: Response) -> FetchError | None:
    body, status = response.body, response.status
    if status == 200 and not may_be_gate(body, SMALL):
        return None
    gate = gate_of(_decode(body))
    if gate is not None:
        return _refusal(response, gate.kind, gate.product)
    if status != 200 and not body:
        return FetchError(response.url, f"the site answers {status} and no page", status=status)
    return None


def _verdict_on_error(response: Response, now: datetime) -> FetchError:
    status, url = response.status, response.url
    error = STATUSES.get(status, Unreachable if status >= 500 else FetchError)
    if error is Refused:
        gate = gate_of_refusal(_decode(response.body), _head(response))
        kind = Kind.LOGIN if status == 401 else Kind.UNTOLD
        return _refusal(
            response,
            gate.kind if gate else kind,
            gate.product if gate else BY_STATUS.get(status, ""),
        )
    why = f"the site answers {status}"
    if status == UNCHANGED:
        why += " (unchanged), though it was not told what is held"
        return Unreachable(url, why, status=status)
    later = read_retry_after(response.header("retry-after") or "", now)
    if later is None and status != 429 and (refusal := _in_words(response)):
        return refusal
    if error is Unreachable:
        return Unreachable(url, why, status=status, retry_after=later)
    return error(url, why, status=status)


def _in_words(response: Response) -> Refused | None:
    """Return the refusal that an error page is whose words say that the site is shut, or bars us.

    No sign in its source counts here: whatever a site behind a gate answers carries the script.
    """
    text = _decode(response.body)
    gate = gate_of(text)
    if gate is not None and gate.place == WORDS:
        return _refusal(response, gate.kind, gate.product)
    shut = shut_by(text) if response.status >= 500 else None
    return _refusal(response, shut.kind, said=shut.said) if shut else None


def _refusal(response: Response, kind: Kind, product: str = "", said: str = "") -> Refused:
    status = response.status
    why = told(kind, status=status, product=product, ip=response.ip, said=said)
    return Refused(response.url, why, status=status)


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def _head(response: Response) -> str:
    return "".join(f"{name}: {value}\n" for name, value in response.headers if name in HEADERS)


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
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return min(max((then - now).total_seconds(), 0.0), FURTHEST)
