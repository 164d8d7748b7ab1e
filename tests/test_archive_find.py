"""Looking up: keys in any spelling, near matches, filters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from replyarc.archive import missing
from replyarc.archive.query import Query
from replyarc.archive.store import Archive
from replyarc.archive.tables import NEWEST
from replyarc.model import Entry, Kind, Reply, Source
from tests.blank import blank

DAY = datetime(2024, 5, 1, 17, tzinfo=UTC)

ROADS = Reply(
    url="http://jt.gov.test/1.html",
    source="jt",
    title="关于对市十四届人大四次会议第198号建议的答复（修路）",
    index_number="01404053X/2023-00861",
    document_number="某交函〔2023〕118号",
    publisher="某市交通局",
    kind=Kind.SUGGESTION,
    term=14,
    session=4,
    proposal_numbers=("198", "0200"),
    published_on=date(2023, 9, 1),
)
SCHOOLS = Reply(
    url="http://jy.gov.test/2.html",
    source="jy",
    title="对政协第十二届三次会议第0079号提案的答复",
    index_number="B00400-2024-6458664",
    document_number="某教建复字〔2024〕第29号",
    answered_by="某市教育局",
    kind=Kind.PROPOSAL,
    term=12,
    session=3,
    proposal_numbers=("0079",),
    signed_on=date(2024, 3, 2),
)
UNDATED = Reply(url="http://ws.gov.test/3.html", source="ws", title="第1980号建议答复：医院")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with blank(tmp_path_factory.mktemp("find") / "a.db") as archive:
        for reply in (ROADS, SCHOOLS, UNDATED):
            archive.put(reply, "", DAY)
        yield archive


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("http://jt.gov.test/1.html", [ROADS]),
        (" https://jt.gov.test/1.html ", [ROADS]),
        ("01404053x／２０２３ － 00861", [ROADS]),
        ("B00400—2024—6458664", [SCHOOLS]),
        ("某交函〔2023〕118号", [ROADS]),
        ("某交函[2023]118号", [ROADS]),
        ("某交函（２０２３）第 118 号", [ROADS]),
        ("某教建复字【2024】29号", [SCHOOLS]),
        ("第198号", [ROADS]),
        ("198", [ROADS]),
        ("第200号", [ROADS]),
        ("79号", [SCHOOLS]),
        ("第1980号建议答复医院", [UNDATED]),
        ("修路", [ROADS]),
        ("号 提案", [SCHOOLS]),
        ("答复", [UNDATED, SCHOOLS, ROADS]),
        ("《》", []),
        ("", []),
        ("没有的", []),
    ],
)
def test_a_key_finds_what_it_names(archive: Archive, key: str, expected: list[Reply]) -> None:
    assert archive.find(key) == expected


def test_an_id_finds_its_reply(archive: Archive) -> None:
    (reply,) = archive.find("修路")
    assert archive.find(reply.id.upper()) == [ROADS]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("某交函〔2023〕119号", [ROADS]),
        ("01404053X/2023-00862", [ROADS]),
        ("关于修路建议", [ROADS]),
        ("第1981号建议答复医院", [UNDATED]),
        ("完全不相干", []),
        ("修", []),
        ("", []),
    ],
)
def test_near_matches_come_close(archive: Archive, key: str, expected: list[Reply]) -> None:
    assert archive.near(key)[:1] == expected


def test_near_matches_are_no_more_than_asked_for(archive: Archive) -> None:
    assert len(archive.near("建议的答复", limit=1)) == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), [UNDATED, SCHOOLS, ROADS]),
        (Query(source="jy"), [SCHOOLS]),
        (Query(publisher="交通"), [ROADS]),
        (Query(publisher="教育局"), [SCHOOLS]),
        (Query(kind=Kind.PROPOSAL), [SCHOOLS]),
        (Query(term=14), [ROADS]),
        (Query(session=3), [SCHOOLS]),
        (Query(number="79"), [SCHOOLS]),
        (Query(number="第00200号"), [ROADS]),
        (Query(since=date(2023, 9, 1)), [SCHOOLS, ROADS]),
        (Query(since=date(2023, 9, 2)), [SCHOOLS]),
        (Query(until=date(2024, 3, 1)), [ROADS]),
        (Query(year=2024), [SCHOOLS]),
        (Query(term=14, year=2024), []),
        (Query(gone=True), []),
        (Query(limit=1), [UNDATED]),
        (Query(limit=1, offset=1), [SCHOOLS]),
        (Query(offset=2), [ROADS]),
        (Query(limit=0), []),
        (Query(changed_since=date(2024, 5, 2)), [UNDATED, SCHOOLS, ROADS]),
        (Query(changed_since=date(2024, 5, 3)), []),
    ],
)
def test_a_filter_lets_through_what_fits(
    archive: Archive, query: Query, expected: list[Reply]
) -> None:
    assert list(archive.replies(query)) == expected


def test_a_reply_that_two_sources_show_belongs_to_both(tmp_path: Path) -> None:
    with blank(tmp_path / "a.db") as archive:
        for name in ("one", "two"):
            copy = Reply(
                url=f"http://{name}.test/",
                source=name,
                title="答复",
                index_number="1/2",
                proposal_numbers=("1",),
            )
            archive.put(copy, "", DAY)
        assert archive.count() == 1
        assert all(len(list(archive.replies(Query(source=name)))) == 1 for name in ("one", "two"))


def test_those_that_are_gone_can_be_asked_for(tmp_path: Path) -> None:
    with blank(tmp_path / "a.db") as archive:
        crawl = archive.begin(Source(name="jt", publisher="局", urls=()), "trs", DAY)
        archive.file("jt", Entry(ROADS.url, ""), ROADS, "", DAY, crawl)
        for days in (1, 2):
            at = DAY + timedelta(days=days)
            crawl = archive.begin(Source(name="jt", publisher="局", urls=()), "trs", at)
            missing.note(archive, "jt", ROADS.url, crawl, at, "404")
            missing.judge(archive, crawl, sound=True)
            archive.finish(crawl, at, finished=True, family="trs", report={})
        assert list(archive.replies(Query(gone=True))) == [ROADS]


def test_replies_are_listed_without_sorting_them(archive: Archive) -> None:
    sql = "explain query plan select * from replies order by {} desc, id limit 5"
    plan = str(archive.db.execute(sql.format(NEWEST)).fetchall())
    assert "replies_newest" in plan
    assert "TEMP B-TREE" not in plan
