"""Whether the crawls of a source come to what they should: their ends, their rows, their labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Final

from replyarc.findings import Finding
from replyarc.health.history import OFTEN, History, Run
from replyarc.instants import CHINA
from replyarc.model import Source
from replyarc.report import ASIDE

RUNNING: Final = 3
"""Crawls running that did not come to their end before that is a finding."""

SHARE: Final = 0.05
"""Of all entries, more than which are grave if they cannot be had."""

SOME: Final = 3
"""Entries, fewer than which are never grave: one page of a small column may fail for years."""

SHUT: Final = timedelta(days=7)
"""How long every crawl may come outside the window of a source before that is a finding."""

IS_NEW: Final = timedelta(days=14)
"""For how long a label that nobody reads is new."""

_MOST: Final = 8  # labels, or ids, that are named

_COUNTED: Final = re.compile(r"(?<=\s)\d[\d,]*(?=[\s,.:;]|$)")
_URL: Final = re.compile(r"https?://[^\s()\"]+[^\s()\",.:;]")
_DIGITS: Final = re.compile(r"\d+")


def blocked(history: History, source: Source) -> Iterator[Finding]:
    """Say by what the site turned the last crawl away, and since when it does."""
    running = [*takewhile(lambda run: run.blocked, history.judged)]
    if running:
        yield Finding(
            source=source.name,
            kind="blocked",
            measure=_reason(running[0].blocked or ""),  # told again when it is another
            text=f"the site turned away {_counted(len(running), 'crawl', 'crawls in a row')}; the "
            f"last: {running[0].blocked}",
            since=running[-1].started_at,
        )


def unfinished(history: History, source: Source) -> Iterator[Finding]:
    """Say that crawl after crawl did not come to its end, though none was cut short.

    One that kept to its hours, or asked for young letters only, says nothing. As long as each
    brings new letters that is no harm: the first walk of a large column takes its time. What a
    crawl says itself (it was turned away, or has a finding) is not said a second time.
    """
    judged = [each for each in history.judged if not each.kept_hours and each.since is None]
    running = [*takewhile(lambda run: not run.is_whole, judged)]
    if len(running) < RUNNING:
        return
    last, was = running[0], history.open.get(("unfinished", ""))
    says_so = bool(last.blocked or last.findings)
    if says_so and was is None:
        return
    why = [*last.findings, *last.problems, *(each for each in (last.blocked, last.rests) if each)]
    reason = _reason(why[0]) if why else ""
    yield Finding(
        source=source.name,
        kind="unfinished",
        measure=was.measure if was is not None and says_so else reason,
        text=f"{len(running)} crawls in a row did not come to their end"
        + (f"; the last: {why[0]}" if why else ""),
        grave=not last.new,
        since=running[-1].started_at,
    )


def in_vain(history: History, source: Source) -> Iterator[Finding]:
    """Say how many entries cannot be had, crawl after crawl; grave where they are many."""
    found = history.in_vain
    if found.number:
        yield Finding(
            source=source.name,
            kind="failing",
            measure=str(found.number.bit_length()),
            text=f"{_counted(found.number, 'entry was', 'entries were')} asked for in vain in more "
            f"than {OFTEN} crawls in a row, and will be again: {found.problem}",
            grave=_are_many(found.number, history),
            since=found.since,
        )


def unread(history: History, source: Source) -> Iterator[Finding]:
    """Say how many entries are no letters as they can be read; grave where they are many.

    They are asked for again after `recheck` only: without this nothing would tell that they lack.
    """
    number = history.tally.unread
    if number:
        yield Finding(
            source=source.name,
            kind="unread",
            measure=str(number.bit_length()),
            text=f"{_counted(number, 'entry is', 'entries are')} listed whose page shows no letter "
            "that can be read; the bytes are kept. `replyarc crawl --full --only "
            f"{source.name}` asks again now, else it is done after recheck",
            grave=_are_many(number, history),
        )


def out_of_hours(history: History, source: Source, at: datetime) -> Iterator[Finding]:
    """Say that crawl after crawl came when the window of the source was shut, and asked nothing."""
    running = [*takewhile(lambda run: run.kept_hours and not run.is_whole, history.judged)]
    if len(running) >= RUNNING and at - running[-1].started_at >= SHUT:
        yield Finding(
            source=source.name,
            kind="hours",
            text=f"{len(running)} crawls in a row came to no end because it was not the hour: "
            f"{running[0].rests}. Crawl within the window (`replyarc schedule` finds an hour), or "
            f'mend window of source "{source.name}"',
            since=running[-1].started_at,
        )


def failed(history: History, source: Source) -> Iterator[Finding]:
    """Say in what the last crawl failed; it is another matter when it failed otherwise before."""
    last = history.judged[0] if history.judged else None
    said = [each for each in last.problems if not each.startswith(ASIDE)] if last else []
    if said:
        more = f" (and {len(said) - 1} more)" if len(said) > 1 else ""
        yield Finding(
            source=source.name,
            kind="failed",
            measure=" / ".join(sorted({_reason(each) for each in said})),
            text=f"{said[0]}{more}",
            grave=False,
        )


def reported(history: History, source: Source) -> Iterator[Finding]:
    """Say what the crawls themselves found.

    What was found of a listing lasts until it is walked without: to its end, if that is how it
    was found. A crawl that stops early looks at little of it, and proves nothing. What was found
    of anything else is the last crawl's.
    """
    settled: set[str] = set()
    for number, run in enumerate(history.judged):
        listings = {each.url: each for each in run.listings}
        said: dict[str, list[str]] = {}
        for text in run.findings:
            said.setdefault(_about(text), []).append(text)
        for about, texts in said.items():
            if about in settled or (number and about not in listings):
                continue
            if number and not listings[about].to_end and _went_on(history, about, number):
                continue
            if number and _is_left(history, about, number):
                continue
            kind = "listing" if about in listings else "crawl"
            measure = _COUNTED.sub("#", " ".join(texts))
            yield Finding(
                source=source.name, kind=kind, about=about, measure=measure, text=" ".join(texts)
            )
        settled |= said.keys() | {url for url, each in listings.items() if each.to_end}


def _went_on(history: History, url: str, number: int) -> bool:
    """Tell whether a later crawl than this one read a listing whole."""
    later = history.judged[:number]
    return any(each.url == url and each.whole for run in later for each in run.listings)


def _is_left(history: History, url: str, number: int) -> bool:
    """Tell whether the last crawl that came to its end walked this listing no more."""
    later = (run for run in history.judged[:number] if run.is_whole)
    return any(url not in {each.url for each in run.listings} for run in islice(later, 1))


def _are_many(number: int, history: History) -> bool:
    return number >= SOME and number > SHARE * history.known


def _reason(text: str) -> str:
    """Return why something failed, without which page it was, and when.

    >>> _reason("清源市民政局的答复: http://a.gov.test/t2.html: the site answers 500")
    'the site answers #'
    """
    found = _URL.search(text)
    after = text[found.end() :] if found else ""
    why = after.removeprefix(": ") if after.startswith(": ") else text
    return _DIGITS.sub("#", _URL.sub("", why))


def _about(text: str) -> str:
    """Return the address that a finding is about."""
    found = _URL.search(text)
    return found[0] if found else ""


def labels(history: History, source: Source, at: datetime) -> Iterator[Finding]:
    """Say which labels that nobody reads are new: day by day, those that were met first then.

    What the first walk met is the site as it is, and its summary said so.
    """
    met: dict[str, Run] = {}
    times: Counter[str] = Counter()
    for run in reversed([each for each in history.runs if each.ended_at is not None]):
        times.update(run.unread_labels)
        for label in run.unread_labels:
            met.setdefault(label, run)
    days: dict[str, list[str]] = {}
    for label, run in met.items():
        is_old = history.first_whole is None or run.crawl <= history.first_whole
        if not (is_old or label in source.labels or at - run.started_at >= IS_NEW):
            days.setdefault(f"{run.started_at.astimezone(CHINA).date()}", []).append(label)
    for day, new in days.items():
        new.sort(key=lambda label: (-times[label], label))
        named = ", ".join(f"{label} ×{times[label]}" for label in new[:_MOST])
        more = f" and {len(new) - _MOST} more" if len(new) > _MOST else ""
        yield Finding(
            source=source.name,
            kind="labels",
            about=day,
            measure=str(len(new)),
            text=f"labels that nobody reads, and that are new: {named}{more}. Where one is a field "
            f'of a reply, say so under [source.labels] of source "{source.name}"',
            grave=False,
            since=met[new[0]].started_at,
        )


def quarantine(history: History, source: Source) -> Iterator[Finding]:
    """Say which letters are kept and not shown, or shown with a warning."""
    for about, ids, what in (
        ("aside", history.aside, "put aside: far shorter than what is shown"),
        ("decoding", history.lossy, "lost much in decoding: set charset of the source"),
    ):
        if ids:
            more = " …" if len(ids) > _MOST else ""
            yield Finding(
                source=source.name,
                kind="quarantine",
                about=about,
                measure=str(len(ids)),
                text=f"{_counted(len(ids), 'letter', 'letters')} {what}. See "
                f"`replyarc show ID --history`: {' '.join(ids[:_MOST])}{more}",
                grave=False,
            )


def _counted(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
