"""The rules by which pages that are not there count as gone: looks, days, shares, kills."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.archive import due, missing
from replyarc.archive.frontier import State
from replyarc.archive.missing import Judgement
from replyarc.archive.query import Query
from replyarc.archive.restless import restless
from replyarc.archive.store import Archive
from replyarc.instants import CHINA
from replyarc.model import Attachment, Entry, Reply, Request, Response, Source
from tests.blank import blank
from tests.dying import killed_at

DAY = datetime(2024, 5, 1, 8, tzinfo=UTC)
SOURCE = Source(name="mz", publisher="民政局", urls=("http://mz.gov.test/",))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        yield opened


def entry(number: int) -> Entry:
    return Entry(f"http://mz.gov.test/{number}.html", f"关于第{number}号建议的答复")


def crawl(
    archive: Archive,
    day: float,
    *,
    there: Iterable[int] = (),
    lost: Iterable[int] = (),
    sound: bool = True,
    killed: bool = False,
) -> Judgement:
    """Crawl as a walk does, without a site: pages that are there, and pages that are not."""
    at = DAY + timedelta(days=day)
    number = archive.begin(SOURCE, "trs", at)
    for each in map(entry, there):
        body = archive.keep(response(each.url, at), number)
        reply = Reply(url=each.url, source="mz", title=each.title, text="顾明远代表：收悉。")
        archive.file("mz", each, reply, body, at, number)
    for each in map(entry, lost):
        archive.note_failure(each.url, at, 404, "the site answers 404", number)
        assert missing.note(archive, "mz", each.url, number, at, "the site answers 404")
    if killed:
        return Judgement()
    judgement = missing.judge(archive, number, sound=sound)
    archive.finish(number, at, finished=True, family="trs", report={})
    return judgement


def response(url: str, at: datetime) -> Response:
    return Response(
        request=Request(url), url=url, status=200, headers=(), body=url.encode(), fetched_at=at
    )


def gone(archive: Archive) -> set[str]:
    return {reply.title for reply in archive.replies(Query(gone=True))}


def names(*numbers: int) -> set[str]:
    return {entry(number).title for number in numbers}


def test_a_page_is_gone_when_another_crawl_on_another_day_confirms_it(archive: Archive) -> None:
    crawl(archive, 0, there=range(10))
    assert crawl(archive, 1, lost=range(1)) == Judgement(gone=0)
    assert gone(archive) == set()
    assert archive.waiting("mz", DAY + timedelta(days=1)) == []
    assert archive.waiting("mz", DAY + timedelta(days=2)) == [entry(0)]
    assert crawl(archive, 2, lost=range(1)) == Judgement(gone=1)
    assert gone(archive) == names(0)
    (reply,) = archive.replies(Query(gone=True))
    assert reply.gone_at == DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "second", "marked"),
    [
        (0.1, 0.2, False),
        (15.9 / 24 - 8 / 24, 16.1 / 24 - 8 / 24, True),  # on either side of midnight in China
        (16.1 / 24 - 8 / 24, 1.1, False),  # two days in UTC, one in China
        (2.0, 1.0, False),  # the clock was put back
    ],
    ids=["one day", "midnight", "one day in China", "a clock put back"],
)
def test_the_day_is_that_of_china(
    archive: Archive, first: float, second: float, marked: bool
) -> None:
    crawl(archive, 0, there=range(10))
    crawl(archive, first, lost=range(1))
    assert crawl(archive, second, lost=range(1)) == Judgement(gone=int(marked))
    assert bool(gone(archive)) is marked


def test_what_was_never_archived_cannot_be_missing(archive: Archive) -> None:
    number = archive.begin(SOURCE, "trs", DAY)
    assert not missing.note(archive, "mz", entry(1).url, number, DAY, "404")
    archive.listed("mz", [entry(1)], number, DAY)
    assert not missing.note(archive, "mz", entry(1).url, number, DAY, "404")
    assert archive.states("mz") == {State.PENDING: 1}


def test_two_looks_of_one_crawl_are_one(archive: Archive) -> None:
    crawl(archive, 0, there=range(10))
    number = archive.begin(SOURCE, "trs", DAY)
    for days in (1, 2):
        missing.note(archive, "mz", entry(0).url, number, DAY + timedelta(days=days), "404")
    assert [missing.judge(archive, number, sound=True) for _ in range(2)] == [Judgement()] * 2
    assert gone(archive) == set()


def test_a_killed_crawl_marks_nobody_and_is_made_again(archive: Archive) -> None:
    crawl(archive, 0, there=range(10))
    crawl(archive, 1, lost=range(1))
    crawl(archive, 2, lost=range(2), killed=True)
    assert gone(archive) == set()
    archive.begin(SOURCE, "trs", DAY + timedelta(days=2.1))
    assert archive.waiting("mz", DAY + timedelta(days=2.1)) == [entry(0), entry(1)]
    assert crawl(archive, 3, lost=range(2)) == Judgement(gone=1)
    assert gone(archive) == names(0)
    assert crawl(archive, 4, lost=range(1, 2)) == Judgement(gone=1)


def test_a_crawl_killed_at_any_point_marks_nobody_or_whom_a_whole_one_marks(
    tmp_path: Path,
) -> None:
    ended = []
    for point in range(40):
        path = tmp_path / f"{point}.db"
        with blank(path) as archive:
            crawl(archive, 0, there=range(10))
            crawl(archive, 1, lost=range(1))
        code = killed_at(point, partial(crawl_again, path))
        with Archive.open(path) as archive:
            marked = gone(archive)
            crawl(archive, 3, lost=range(2))
            crawl(archive, 4, lost=range(2))
            assert gone(archive) == names(0, 1)
        assert marked in (set(), names(0))
        ended.append((code, bool(marked)))
        if code == 0:
            break
    assert ended[0] == (-signal.SIGKILL, False)
    assert (-signal.SIGKILL, True) in ended
    assert ended[-1] == (0, True)


def crawl_again(path: Path) -> None:
    with Archive.open(path) as archive:
        crawl(archive, 2, lost=range(2))


def test_a_crawl_that_was_turned_away_counts_no_look(archive: Archive) -> None:
    crawl(archive, 0, there=range(10))
    crawl(archive, 1, lost=range(1))
    assert crawl(archive, 2, lost=range(1), sound=False) == Judgement()
    assert gone(archive) == set()
    assert crawl(archive, 3, lost=range(1)) == Judgement(gone=1)


def test_many_at_once_are_the_fault_of_the_site(archive: Archive) -> None:
    crawl(archive, 0, there=range(20))
    for day in (1, 2, 3):
        judged = crawl(archive, day, there=range(5, 20), lost=range(5))
        assert judged.finding is not None
        assert "5 of the 20 pages that are known of it" in judged.finding
        assert "since 2024-05-02" in judged.finding
        assert 'set url of source "mz"' in judged.finding
    assert gone(archive) == set()
    assert archive.tally("mz").archived == 20
    assert archive.waiting("mz", DAY + timedelta(days=9)) == []


@pytest.mark.parametrize(
    ("known", "lost", "believed"),
    [(2, 1, True), (2, 2, False), (3, 1, True), (3, 2, False), (4, 2, False), (5, 2, True)],
)
def test_half_of_a_small_column_at_once_is_the_fault_of_the_site(
    archive: Archive, known: int, lost: int, believed: bool
) -> None:
    crawl(archive, 0, there=range(known))
    for day in (1, 2):
        judged = crawl(archive, day, there=range(lost, known), lost=range(lost))
    assert (judged.finding is None, len(gone(archive))) == (believed, lost if believed else 0)


def test_the_looks_of_a_bad_day_are_no_first_looks(archive: Archive) -> None:
    crawl(archive, 0, there=range(30))
    assert crawl(archive, 1, lost=range(20)).finding
    assert crawl(archive, 2, there=range(1, 20), lost=range(1)) == Judgement(gone=0)
    assert crawl(archive, 3, lost=range(1)) == Judgement(gone=1)
    assert gone(archive) == names(0)


def test_a_share_of_what_was_asked_for_again_is_the_fault_of_the_site_too(
    archive: Archive,
) -> None:
    crawl(archive, 0, there=range(100))
    judged = crawl(archive, 1, there=range(8, 20), lost=range(8))
    assert "8 of the 20 pages that were asked for again" in (judged.finding or "")
    assert gone(archive) == set()


def test_pages_had_for_the_first_time_say_nothing_of_those_known(archive: Archive) -> None:
    crawl(archive, 0, there=range(100))
    judged = crawl(archive, 1, there=range(200, 300), lost=range(8))
    assert "8 of the 8 pages that were asked for again" in (judged.finding or "")


def test_what_is_asked_for_again_because_it_was_missing_is_weighed_against_all(
    archive: Archive,
) -> None:
    crawl(archive, 0, there=range(100))
    assert crawl(archive, 1, there=range(5, 100), lost=range(5)) == Judgement()
    assert crawl(archive, 2, lost=range(5)) == Judgement(gone=5)
    assert gone(archive) == names(*range(5))


def test_what_stays_missing_after_a_share_of_it_was_a_fault_is_gone_after_two_more_days(
    archive: Archive,
) -> None:
    crawl(archive, 0, there=range(100))
    assert crawl(archive, 1, lost=range(8)).finding
    assert crawl(archive, 2, lost=range(8)) == Judgement(gone=0)
    assert crawl(archive, 3, lost=range(8)) == Judgement(gone=8)


def test_a_few_pages_that_are_all_there_are_of_a_source_are_not_marked(archive: Archive) -> None:
    crawl(archive, 0, there=range(3))
    judged = [crawl(archive, day, lost=range(3)) for day in (1, 2)]
    assert all("3 of the 3 pages" in (each.finding or "") for each in judged)
    assert gone(archive) == set()


def test_suspects_are_looked_for_on_another_day_until_they_are_there(archive: Archive) -> None:
    crawl(archive, 0, there=range(20))
    crawl(archive, 1, lost=range(6))
    assert missing.suspects(archive, "mz", DAY + timedelta(days=1.1)) == []
    again = missing.suspects(archive, "mz", DAY + timedelta(days=2))
    assert [each.url for each in again] == [entry(number).url for number in range(6)]
    crawl(archive, 2, there=range(5), lost=range(5, 6))
    assert missing.suspects(archive, "mz", DAY + timedelta(days=3)) == []
    assert archive.waiting("mz", DAY + timedelta(days=3)) == [entry(5)]


def test_a_soft_404_marks_nobody_and_is_asked_for_as_an_archived_page_is(
    archive: Archive,
) -> None:
    crawl(archive, 0, there=range(10))
    crawl(archive, 1, lost=range(1))
    at = DAY + timedelta(days=2)
    archive.keep(response(entry(0).url, at))
    missing.note_absent(archive, "mz", entry(0).url, at, "an error page")
    assert archive.states("mz") == {State.ARCHIVED: 9, State.MISSING: 1}
    assert archive.waiting("mz", at + timedelta(days=9)) == []
    assert entry(0) not in archive.due("mz", at)
    assert entry(0) in archive.due("mz", at + timedelta(seconds=1))
    assert archive.tally("mz").archived == 10
    assert crawl(archive, 3, lost=range(1)) == Judgement(gone=0)  # a first look again


def test_a_soft_404_takes_back_that_a_page_was_missing(archive: Archive) -> None:
    crawl(archive, 0, there=range(20))
    assert crawl(archive, 1, lost=range(5)).finding
    for number in range(5):
        missing.note_absent(archive, "mz", entry(number).url, DAY + timedelta(days=2), "home")
    assert crawl(archive, 3, lost=range(6, 7)) == Judgement()


def test_what_a_killed_crawl_found_missing_is_no_reason_to_expect_it(archive: Archive) -> None:
    crawl(archive, 0, there=range(100))
    crawl(archive, 1, lost=range(8), killed=True)
    assert "8 of the 8 pages" in (crawl(archive, 1, lost=range(8)).finding or "")


def test_a_page_whose_listing_changed_is_a_suspect_as_any_other(archive: Archive) -> None:
    crawl(archive, 0, there=range(10))
    number = archive.begin(SOURCE, "trs", DAY)
    changed = replace(entry(0), title="新题目")
    archive.listed("mz", [changed], number, DAY)
    assert archive.waiting("mz", DAY) == [changed]
    missing.note(archive, "mz", changed.url, number, DAY, "404")
    missing.judge(archive, number, sound=False)
    archive.finish(number, DAY, finished=False, family="trs", report={})
    assert archive.waiting("mz", DAY) == []
    assert missing.suspects(archive, "mz", DAY + timedelta(days=1)) == [changed]


def test_what_is_gone_stays_so_where_another_page_comes(archive: Archive) -> None:
    crawl(archive, 0, there=range(10))
    for day in (1, 2):
        crawl(archive, day, lost=range(1))
    missing.note_absent(archive, "mz", entry(0).url, DAY + timedelta(days=3), "an error page")
    assert gone(archive) == names(0)
    assert archive.states("mz")[State.GONE] == 1


def test_what_is_gone_stays_so_where_access_fails_or_its_listing_changes(archive: Archive) -> None:
    crawl(archive, 0, there=range(10))
    for day in (1, 2):
        crawl(archive, day, lost=range(1))
    number = archive.begin(SOURCE, "trs", DAY + timedelta(days=3))
    archive.listed("mz", [replace(entry(0), title="新题目")], number, DAY + timedelta(days=3))
    for kept in (False, True):
        archive.failed("mz", entry(0).url, "503", DAY + timedelta(days=3), kept=kept)
        assert archive.states("mz")[State.GONE] == 1
    assert gone(archive) == names(0)
    assert archive.waiting("mz", DAY + timedelta(days=4)) == []


def test_a_crawl_is_judged_as_a_whole_or_not_at_all(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl(archive, 0, there=range(10))
    crawl(archive, 1, lost=range(2))
    marked: list[str] = []

    def fail_at_the_second(db: object, page: str) -> None:
        marked.append(page)
        if len(marked) == 2:
            raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr("replyarc.archive.settling.mark_gone", fail_at_the_second)
        with pytest.raises(MemoryError):
            crawl(archive, 2, lost=range(2))
    assert len(marked) == 2
    assert archive.states("mz") == {State.ARCHIVED: 8, State.MISSING: 2}
    assert gone(archive) == set()
    assert crawl(archive, 3, lost=range(2)) == Judgement(gone=2)


def queue(archive: Archive) -> list[Entry]:
    return archive.waiting("mz", DAY) + due.asked_in_vain(archive.db, "mz", DAY)


def test_a_page_that_was_never_had_is_asked_for_a_few_times(archive: Archive) -> None:
    number = archive.begin(SOURCE, "trs", DAY)
    archive.listed("mz", [entry(1)], number, DAY)
    asked = 0
    while queue(archive) and asked < 99:
        missing.note_absent(archive, "mz", entry(1).url, DAY, "an error page")
        asked += 1
    assert asked == due.PATIENCE
    assert archive.states("mz") == {State.FAILED: 1}
    assert due.asked_in_vain(archive.db, "mz", DAY + due.SELDOM * 1.1) == [entry(1)]


def test_the_page_that_came_in_its_place_is_not_the_file_of_that_address(archive: Archive) -> None:
    crawl(archive, 0, there=range(1))
    before = archive.files.held(entry(0).url)
    at = DAY + timedelta(days=1)
    other = Response(
        request=response(entry(0).url, at).request,
        url="http://mz.gov.test/",
        status=200,
        headers=(),
        body=b"home",
        fetched_at=at,
    )
    archive.keep(other)
    missing.note_absent(archive, "mz", entry(0).url, at, "the home page")
    assert archive.files.held(entry(0).url) == before


def test_a_file_that_is_an_entry_too_is_refused_only_by_its_site(archive: Archive) -> None:
    number = archive.begin(SOURCE, "trs", DAY)
    body = archive.keep(response(entry(1).url, DAY), number)
    letter = Reply(
        url=entry(1).url,
        source="mz",
        title="答复",
        attachments=(Attachment("附件", "http://mz.gov.test/2.html"),),
    )
    archive.file("mz", entry(1), letter, body, DAY, number)
    archive.listed("mz", [entry(2)], number, DAY)

    def is_lacking() -> bool:
        return bool([*archive.files.lacking("mz", DAY)])

    archive.note_failure(entry(2).url, DAY, None, "timed out", number)
    assert is_lacking()
    archive.note_failure(entry(2).url, DAY, 404, "the site answers 404", number)
    assert not is_lacking()


@pytest.mark.parametrize(("hours", "number"), [(20.0, 6), (34.0, 0)], ids=["a week", "longer"])
def test_versions_are_counted_in_a_week(archive: Archive, hours: float, number: int) -> None:
    for each in range(6):
        at = DAY + timedelta(hours=hours * each)
        body = archive.keep(response(f"http://mz.gov.test/{each}", at))
        letter = Reply(url=entry(1).url, source="mz", title="答复", text=f"顾明远代表：{each}")
        archive.put(letter, body, at)
    assert [each.versions for each in restless(archive, [entry(1).url])] == [number] * bool(number)
    assert restless(archive, ["http://mz.gov.test/none.html"]) == []
    for said in map(str, restless(archive, [entry(1).url])):
        assert "--history`" in said
        assert said.index("--history`") < said.index("options.content")
        assert "shows several letters in turn" in said


crawls = st.lists(
    st.tuples(
        st.integers(0, 5).map(lambda sixths: sixths / 6),
        st.sets(st.integers(0, 7), max_size=5),
        st.sets(st.integers(0, 7), max_size=3),
        st.booleans(),
        st.booleans(),
    ),
    max_size=7,
)


@settings(max_examples=30)
@given(crawls)
def test_what_is_gone_was_missing_in_two_judged_crawls_on_two_days_and_never_there_since(
    batch: list[tuple[float, set[int], set[int], bool, bool]],
) -> None:
    looks: dict[int, set[object]] = {number: set() for number in range(8)}
    with TemporaryDirectory() as folder, blank(Path(folder) / "a") as archive:
        crawl(archive, 0, there=range(8))
        day = 0.0
        for later, lost, there, sound, killed in batch:
            day += later
            lost = lost - there
            judged = crawl(archive, day, there=there, lost=lost, sound=sound, killed=killed)
            for number in there:
                looks[number].clear()
            if sound and not killed and not judged.finding:
                for number in lost:
                    looks[number].add((DAY + timedelta(days=day)).astimezone(CHINA).date())
            assert gone(archive) == names(*(n for n, days in looks.items() if len(days) > 1))
