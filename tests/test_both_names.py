"""Messages name a field of a reply in Chinese and by its key."""

from __future__ import annotations

import io
from collections import Counter
from datetime import UTC, datetime, timedelta

from rich.console import Console

from replyarc.health.history import History, Run
from replyarc.health.judging import Health
from replyarc.model import Source
from replyarc.report import SAID, Checked, Filled
from replyarc.screen import reports, status
from replyarc.screen.replies import HEADINGS, both_names

AT = datetime(2024, 5, 3, tzinfo=UTC)
SOURCE = Source(name="mz", publisher="清源市民政局", urls=("http://mzj.qingyuan.gov.test/",))


def shown(*drawn: object) -> str:
    out = io.StringIO()
    Console(file=out, width=200, markup=False, emoji=False).print(*drawn, sep="\n")
    return out.getvalue()


def crawled(number: int, **fields: int) -> Run:
    """Return a crawl that brought ten new letters, of which so many fill each field."""
    ended = AT - timedelta(days=9 - number)
    filled = Filled(new=10, fields=Counter(fields))
    return Run(crawl=number, started_at=ended, ended_at=ended, finished=True, filled=filled)


def test_a_field_that_is_filled_less_is_named_in_both_languages() -> None:
    runs = (crawled(3, topic=5), crawled(2, topic=9), crawled(1, topic=9))
    health = Health(source=SOURCE, history=History(source="mz", runs=runs, first_whole=2))
    assert "filled less than before: 信息分类 topic 90% → 50%" in shown(
        *status.told([health], AT, None)
    )


def test_a_trial_names_filled_and_empty_fields_in_both_languages() -> None:
    found = Checked(source="mz", url=SOURCE.urls[0], family="trs", listed=2, read=2)
    found.filled = Counter(topic=2)
    told = shown(reports.checked(found, ()))
    assert "信息分类 topic 2" in told
    empty = [name for name in SAID if name != "topic"]
    words = "".join(told.split())
    assert "".join(" · ".join(map(both_names, empty)).split()) in words


def test_every_field_has_two_names() -> None:
    assert set(SAID) <= HEADINGS.keys()
    assert all(both_names(name).split() == [HEADINGS[name], name] for name in HEADINGS)
