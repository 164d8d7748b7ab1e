"""Years of nights: what cron mails, a clock that was wrong, pages that came late or moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from replyarc.archive.store import Archive
from replyarc.cli.crawling import Result, tell
from replyarc.config.load import Settings
from replyarc.report import Report
from tests.clock import Move
from tests.column import MANNERS
from tests.gov import Answer, Gov, instead, status
from tests.stories import Below
from tests.test_years import CHALLENGE, Years, said

ABSENT = Answer(body="<html><title>提示</title><h1>您访问的页面不存在</h1></html>".encode())


def mailed(report: Report, path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What `replyarc -q crawl` says of a crawl: cron mails it."""
    tell(
        Result([report]), Settings(path=path, archive=path, manners=MANNERS, sources=()), quiet=True
    )
    return capsys.readouterr().err


@pytest.mark.parametrize("fault", [instead(CHALLENGE), status(503)], ids=["refused", "broken"])
async def test_cron_mails_what_lasts_once_a_week(
    gov: Gov, tmp_path: Path, move: Move, capsys: pytest.CaptureFixture[str], fault: object
) -> None:
    column = Years.of(gov, tmp_path, move, 3)
    gov.routes["/jytabl/index.html"] = fault  # type: ignore[assignment]  # a fault
    nights = await column.nights(range(15))
    mails = {day for day, (each, _) in nights.items() if mailed(each, column.path, capsys)}
    assert mails - {2} == {0, 7, 14}  # and on the third night, that it lasts


async def test_a_clock_that_was_ahead_puts_nothing_off(
    gov: Gov, tmp_path: Path, move: Move
) -> None:
    column = Years.of(gov, tmp_path, move, 6, per_page=2)
    await column.nights([0, 3650, 1, 2])
    heard = len(gov.asked)
    await column.nights([93])
    assert sum("/t2023" in path for path in gov.asked[heard:]) == 6
    heard = len(gov.asked)
    await column.nights([94])
    assert "/jytabl/index_2.html" not in gov.asked[heard:]


async def test_a_letter_that_was_published_late_is_had_when_it_is_there(
    gov: Gov, tmp_path: Path, move: Move
) -> None:
    column = Years.of(gov, tmp_path, move, 6)
    late = column.column.letters[0].path
    gov.routes[late] = instead(ABSENT)
    await column.nights(range(8))
    gov.routes.clear()
    report, _ = (await column.nights([8]))[8]
    assert report.tally is not None
    assert (report.tally.archived, report.tally.unread) == (6, 0)


async def test_a_site_that_was_built_anew_at_other_addresses_misses_nothing(
    gov: Gov, tmp_path: Path, move: Move
) -> None:
    column = Years.of(gov, tmp_path, move, 12)
    await column.nights(range(2))
    old = column.column.letters
    column.column.letters = [Below(each.number, each.day, root="/jytabl/neu/") for each in old]
    for each in old:
        del gov.pages[each.path]
    nights = await column.nights([2, 92, 93, 94])
    assert not said(nights)
    heard = len(gov.asked)
    await column.nights([95])
    assert not any("/t2023" in path for path in gov.asked[heard:])
    with Archive.open(column.path, read_only=True) as archive:
        assert [each.gone_at for each in archive.replies()] == [None] * 12
