"""What an error means for a walk: a finding, a problem, or that nothing more is asked."""

from __future__ import annotations

from replyarc.attached.kinds import READABLE_AS_PAGE, kind_of
from replyarc.errors import (
    Disallowed,
    FetchError,
    LeftAlone,
    ListingError,
    OutOfHours,
    Refused,
)
from replyarc.fetch.closed import refusal
from replyarc.model import Response, Source
from replyarc.page import page_of
from replyarc.report import Report
from replyarc.whole import wants_rest


def note_failure(
    report: Report, error: FetchError | ListingError, last: Response | None, source: Source
) -> None:
    """Note why a listing could not be walked on; ``last`` is the answer that came last."""
    if isinstance(error, LeftAlone):
        rest(report, error)
    elif isinstance(error, ListingError):
        report.blocked = shut_listing(last, source)
        report.findings += [] if report.blocked else [str(error)]
    elif isinstance(error, (Refused, Disallowed)) or wants_rest(error):
        report.blocked = str(error)
    else:
        report.problems.append(str(error))


def shut_listing(response: Response | None, source: Source) -> str | None:
    """Say that a page without a listing, which came last, only says that the site is shut."""
    if response is None or kind_of(response.body) not in READABLE_AS_PAGE:
        return None
    said = refusal(response, page_of(response, source).text)
    return str(said) if said else None


def rest(report: Report, error: LeftAlone) -> None:
    """Note that nothing more is asked of a source in this run.

    That its host failed too often is a problem; that it is not the hour is none.
    """
    if report.rests is None and not isinstance(error, OutOfHours):
        report.problems.append(str(error))
    report.rests = report.rests or error.why
