"""Filing: any order, any repetition, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc import __version__
from replyarc.archive import missing
from replyarc.archive.filing import put_told, rebuild, take_in
from replyarc.archive.identity import digest, fingerprint, reading_id
from replyarc.archive.kin import every_reading
from replyarc.archive.store import Archive
from replyarc.model import Attachment, Entry, Kind, Outcome, Reply, Source
from tests.blank import blank

DAY = datetime(2024, 5, 1, 8, tzinfo=UTC)
HERE, THERE = "http://mz.gov.test/1.html", "http://www.gov.test/77.html"
LETTER = Reply(
    url=HERE,
    source="mz",
    title="关于市十四届人大四次会议第12号建议的答复",
    index_number="000123456/2024-00012",
    document_number="某民函〔2024〕12号",
    kind=Kind.SUGGESTION,
    term=14,
    session=4,
    proposal_numbers=("12",),
    answered_by="某市民政局",
    published_on=date(2024, 4, 30),
    text="张三代表：\n感谢您的建议。",
)
OTHER = replace(
    LETTER, url=THERE, title="关于市十四届人大四次会议第13号建议的答复", proposal_numbers=("13",)
)

LONG = replace(LETTER, text="张三代表：\n" + "感谢您的建议。" * 50)
CUT = replace(LONG, text="张三代表：")

DERIVED = ("replies", "versions", "sightings", "conflicts")
COLUMNS = [field.name for field in fields(Reply)]

Filing = tuple[Reply, str, datetime, datetime]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as archive:
        yield archive


def after(days: float) -> datetime:
    return DAY + timedelta(days=days)


def put(archive: Archive, reply: Reply, days: float = 0) -> Outcome:
    return archive.put(reply, f"bytes of day {days}", after(days))


def only(archive: Archive) -> Reply:
    (reply,) = archive.replies()
    return reply


def test_a_reply_comes_back_as_it_was_filed(archive: Archive) -> None:
    assert put(archive, LETTER) is Outcome.NEW
    found = only(archive)
    assert found == LETTER
    assert (found.url, found.source, found.version, found.flags) == (HERE, "mz", 1, ())
    assert found.first_seen_at == found.last_seen_at == found.changed_at == DAY
    assert found.sha256 == "bytes of day 0"
    assert found.gone_at is None


def test_the_same_again_is_only_seen_again(archive: Archive) -> None:
    put(archive, LETTER)
    assert put(archive, LETTER, 9) is Outcome.SAME
    found = only(archive)
    assert (found.version, found.first_seen_at, found.last_seen_at) == (1, DAY, after(9))
    assert found.changed_at == DAY
    assert found.sha256 == "bytes of day 9"


def test_an_edited_page_is_one_more_version(archive: Archive) -> None:
    put(archive, LETTER)
    edited = replace(LETTER, text="张三代表：\n改过。")
    assert put(archive, edited, 1) is Outcome.CHANGED
    found = only(archive)
    assert (found.text, found.version, found.changed_at) == (edited.text, 2, after(1))
    versions = archive.versions(found.id)
    assert [version.reply for version in versions] == [LETTER, edited]
    assert [version.number for version in versions] == [1, 2]
    assert [version.first_seen_at for version in versions] == [DAY, after(1)]
    assert [version.sha256 for version in versions] == ["bytes of day 0", "bytes of day 1"]
    assert versions[0].fingerprint == fingerprint(LETTER)


def test_a_page_that_says_again_what_it_said_shows_that(archive: Archive) -> None:
    put(archive, LETTER)
    put(archive, replace(LETTER, text="改过。"), 1)
    assert put(archive, LETTER, 2) is Outcome.CHANGED
    assert (only(archive).text, only(archive).version) == (LETTER.text, 1)
    assert put(archive, LETTER, 3) is Outcome.SAME


def test_a_number_that_only_one_of_its_pages_prints_is_the_number_of_the_reply(
    archive: Archive,
) -> None:
    bare = replace(LONG, url=THERE, index_number=None, flags=("no-index-number", "truncated?"))
    put(archive, LONG)
    put(archive, bare, 1)
    assert (only(archive).index_number, only(archive).url) == (LONG.index_number, THERE)
    put(archive, replace(bare, text=bare.text + "\n二〇二四年五月一日"), 2)
    found = only(archive)
    assert (found.index_number, found.flags) == (LONG.index_number, ("truncated?",))
    assert (found.url, found.version) == (THERE, 3)


def test_where_it_is_said_to_be_is_where_what_is_shown_stands(archive: Archive) -> None:
    put(archive, LONG)
    put(archive, replace(LONG, url=THERE, source="city", text=LONG.text + "\n又及。"), 1)
    put(archive, LONG, 2)
    found = only(archive)
    assert (found.text, found.url, found.source) == (LONG.text + "\n又及。", THERE, "city")
    assert found.last_seen_at == after(2)


def test_an_index_number_that_appears_later_keeps_the_history(archive: Archive) -> None:
    put(archive, replace(LETTER, index_number=None))
    (before,) = archive.replies()
    put(archive, LETTER, 1)
    found = only(archive)
    assert (found.id, found.version) == (before.id, 2)
    assert found.index_number == LETTER.index_number


def test_a_copy_elsewhere_is_a_second_sighting(archive: Archive) -> None:
    put(archive, LETTER)
    assert put(archive, replace(LETTER, url=THERE, source="city"), 1) is Outcome.SAME
    found = only(archive)
    assert (found.url, found.source, found.version) == (THERE, "city", 1)
    assert [(seen.url, seen.source) for seen in archive.sightings(found.id)] == [
        (HERE, "mz"),
        (THERE, "city"),
    ]
    assert archive.sightings(found.id)[0].last_seen_at == DAY
    assert archive.sightings(found.id)[1].first_seen_at == after(1)


def test_two_documents_with_one_index_number_are_a_conflict(archive: Archive) -> None:
    put(archive, replace(LETTER, flags=("future-date",)))
    assert put(archive, OTHER) is Outcome.NEW
    assert {reply.flags for reply in archive.replies()} == {
        ("future-date", "index-conflict"),
        ("index-conflict",),
    }
    assert archive.db.table("conflicts").count == 2
    assert len(archive.find(str(LETTER.index_number))) == 2


def test_a_conflict_stays_when_the_page_is_only_seen_again(archive: Archive) -> None:
    put(archive, LETTER)
    put(archive, OTHER)
    put(archive, LETTER, 1)
    assert {reply.flags for reply in archive.replies()} == {("index-conflict",)}


def test_a_conflict_ends_when_an_office_mends_its_number(archive: Archive) -> None:
    put(archive, LETTER)
    put(archive, OTHER)
    put(archive, replace(OTHER, index_number="000123456/2024-00013"), 1)
    assert {reply.flags for reply in archive.replies()} == {()}
    assert archive.db.table("conflicts").count == 0
    assert archive.count() == 2


def test_an_address_given_to_another_document_keeps_both(archive: Archive) -> None:
    put(archive, LETTER)
    other = replace(
        OTHER, url=HERE, index_number="000123456/2025-1", document_number="某民函〔2025〕1号"
    )
    assert put(archive, other, 1) is Outcome.NEW
    assert {reply.title for reply in archive.replies()} == {LETTER.title, OTHER.title}
    assert len(archive.find(HERE)) == 2


def test_two_replies_that_turn_out_to_be_one_keep_the_earlier_id_and_know_the_later(
    archive: Archive,
) -> None:
    put(archive, replace(LETTER, index_number=None, document_number=None))
    put(archive, replace(LETTER, url=THERE), 1)
    earlier, later = sorted(archive.replies(), key=lambda reply: reply.last_seen_at or DAY)
    put(archive, LETTER, 2)
    assert only(archive).id == earlier.id
    assert archive.find(later.id) == archive.find(earlier.id) == [only(archive)]


def test_a_copy_without_a_number_leaves_when_two_numbers_claim_it(archive: Archive) -> None:
    copy = replace(LETTER, url="http://copy.test/", index_number=None)
    put(archive, copy)
    put(archive, LETTER, 1)
    assert archive.count() == 1
    put(archive, replace(LETTER, url=THERE, index_number="9/2024-9"), 2)
    assert archive.count() == 3
    assert all(len(archive.versions(reply.id)) == 1 for reply in archive.replies())
    assert archive.db.execute("pragma foreign_key_check").fetchall() == []


def test_kept_bytes_that_are_read_better_later_show_the_better_reading(archive: Archive) -> None:
    put(archive, LETTER)
    better = replace(LETTER, addressees=("张三",))
    assert archive.put(better, "bytes of day 0", DAY, read_at=after(5)) is Outcome.CHANGED
    found = only(archive)
    assert (found.addressees, found.version) == (("张三",), 1)
    assert (found.first_seen_at, found.last_seen_at) == (DAY, DAY)
    assert found.changed_at == after(5)
    (version,) = archive.versions(found.id)
    assert (version.first_seen_at, version.first_read_at) == (DAY, after(5))
    sql = "select standing, reader from readings join captures on reading = id order by 1"
    assert archive.db.execute(sql).fetchall() == [
        ("holds", __version__),
        ("superseded", __version__),
    ]


def test_a_counter_that_went_on_makes_no_version(archive: Archive) -> None:
    put(archive, replace(LETTER, text="张三代表：\n感谢。\n浏览次数：12"))
    counted = replace(LETTER, text="张三代表：\n感谢。\n浏览次数：1,345 次")
    assert put(archive, counted, 1) is Outcome.SAME
    found = only(archive)
    assert (found.version, found.last_seen_at, found.changed_at) == (1, after(1), DAY)
    assert archive.db.execute("select count(*) from readings").fetchone() == (2,)


def test_a_much_shorter_letter_is_kept_aside_and_the_full_one_is_shown(archive: Archive) -> None:
    put(archive, LONG)
    assert put(archive, CUT, 1) is Outcome.ASIDE
    assert put(archive, CUT, 2) is Outcome.ASIDE
    found = only(archive)
    assert (found.text, found.version, found.last_seen_at) == (LONG.text, 1, after(2))
    standings = archive.db.execute("select letters, standing from readings order by 1").fetchall()
    assert standings == [(5, "aside"), (len(LONG.text), "holds")]
    assert archive.put(CUT, "bytes of day 2", after(2), accepted=True) is Outcome.CHANGED
    assert (only(archive).text, only(archive).version) == (CUT.text, 2)


def test_what_an_export_told_is_shown_as_it_was_told(archive: Archive) -> None:
    told = replace(
        LETTER,
        id="theirs",
        version=3,
        sha256="f00",
        first_seen_at=DAY,
        last_seen_at=after(9),
        changed_at=after(4),
        gone_at=after(20),
        flags=("truncated?", "index-conflict"),
        attachments=(Attachment("附件", "http://a.test/1.pdf", "5ha"),),
    )
    with archive.transaction() as db:
        assert put_told(db, told) is Outcome.NEW
        assert put_told(db, told) is Outcome.SAME
    found = only(archive)
    for name in COLUMNS:
        assert getattr(found, name) == getattr(told, name), name
    assert found.attachments[0].sha256 == "5ha"
    assert archive.find("theirs") == [told]
    assert [version.number for version in archive.versions("theirs")] == [3]
    put(archive, replace(LETTER, text="改过。"), 30)
    found = only(archive)
    assert (found.version, found.gone_at, found.flags) == (2, None, ())
    assert found.id != "theirs"


def test_two_tellings_under_one_id_that_are_no_kin_stay_two(archive: Archive) -> None:
    put(archive, LETTER)
    mine = only(archive)
    stranger = Reply(id=mine.id, url="http://b.test", title="别的", last_seen_at=DAY, version=2)
    with archive.transaction() as db:
        put_told(db, stranger)
    assert {reply.title for reply in archive.replies()} == {LETTER.title, "别的"}
    assert archive.find(mine.id) == [mine]


def test_what_an_export_does_not_date_cannot_be_filed(archive: Archive) -> None:
    with archive.transaction() as db, pytest.raises(ValueError, match="last_seen_at"):
        put_told(db, LETTER)


def test_filing_and_the_entry_go_together(archive: Archive) -> None:
    crawl = archive.begin(Source(name="mz", publisher="民政局", urls=(HERE,)), "trs", DAY)
    archive.listed("mz", [Entry(HERE, "答复")], crawl, DAY)
    assert archive.file("mz", Entry(HERE, "答复"), LETTER, "", DAY, crawl) is Outcome.NEW
    assert archive.waiting("mz", DAY) == []
    assert archive.known("mz") == [Entry(HERE, "答复")]


def test_a_reply_is_gone_when_no_address_shows_it_any_more(archive: Archive) -> None:
    crawl = archive.begin(Source(name="mz", publisher="民政局", urls=(HERE,)), "trs", DAY)
    moved = "http://mz.gov.test/old.html"
    archive.file("mz", Entry(moved, ""), LETTER, "", DAY, crawl)
    archive.file("mz", Entry(THERE, ""), replace(LETTER, url=THERE), "", DAY, crawl)
    for day in (1, 2):
        miss(archive, moved, day)
    assert only(archive).gone_at is None
    miss(archive, THERE, 3)
    put(archive, LETTER)
    assert only(archive).gone_at is None
    miss(archive, THERE, 4)
    assert only(archive).gone_at == after(3)
    archive.file("mz", Entry(THERE, ""), replace(LETTER, url=THERE), "", after(5), crawl)
    assert only(archive).gone_at is None


def miss(archive: Archive, url: str, days: float) -> None:
    """Crawl, and find that a page is not there."""
    at = after(days)
    crawl = archive.begin(Source(name="mz", publisher="民政局", urls=(HERE,)), "trs", at)
    missing.note(archive, "mz", url, crawl, at, "404")
    missing.judge(archive, crawl, sound=True)
    archive.finish(crawl, at, finished=True, family="trs", report={})


def test_a_reply_that_holds_no_key_is_still_filed_once(archive: Archive) -> None:
    keyless = Reply(title="答复")
    assert put(archive, keyless) is Outcome.NEW
    assert put(archive, keyless, 1) is Outcome.SAME
    assert put(archive, replace(keyless, title="别的"), 1) is Outcome.NEW
    assert archive.count() == 2


def dump(archive: Archive) -> list[object]:
    tables = [*("contents", "readings", "captures", "_keys"), *DERIVED]
    return [sorted(archive.db.execute(f"select * from {name}"), key=repr) for name in tables]


def filed(filings: Sequence[Filing]) -> list[object]:
    with TemporaryDirectory() as folder, blank(Path(folder) / "a") as archive:
        for filing in filings:
            archive.put(*filing)
        check_whole(archive, filings)
        return dump(archive)


def check_whole(archive: Archive, filings: Sequence[Filing]) -> None:
    kept = {one for (one,) in archive.db.execute("select fingerprint from readings")}
    assert kept == {fingerprint(reply) for reply, *_ in filings}
    assert archive.db.execute("pragma foreign_key_check").fetchall() == []
    numbers: dict[str, set[str]] = {}
    for number, reply in archive.db.execute("select index_number, reply from sightings"):
        if number:
            numbers.setdefault(number, set()).add(reply)
    flagged = {reply.id for reply in archive.replies() if "index-conflict" in reply.flags}
    assert flagged == {id for ids in numbers.values() if len(ids) > 1 for id in ids}
    for reply in archive.replies():
        versions = archive.versions(reply.id)
        assert [version.number for version in versions] == [*range(1, len(versions) + 1)]
        shown = versions[reply.version - 1].reply
        assert replace(shown, index_number=reply.index_number) == reply
        assert shown.index_number in (None, reply.index_number)


letters = st.builds(
    Reply,
    url=st.sampled_from(
        ["http://a.test/1", "https://a.test/1", "http://a.test/2", "http://b.test"]
    ),
    source=st.sampled_from(["a", "b"]),
    title=st.sampled_from(["建议答复", "第12号建议的答复"]),
    index_number=st.sampled_from([None, "1/2024-1", "1/2024-2"]),
    document_number=st.sampled_from([None, "某函〔2024〕1号"]),
    term=st.sampled_from([None, 14]),
    session=st.just(1),
    proposal_numbers=st.sampled_from([(), ("12",), ("13",)]),
    text=st.sampled_from(["甲", "乙", "甲\n浏览次数：3", "甲" * 200]),
    kind=st.sampled_from([None, Kind.SUGGESTION]),
    attachments=st.sampled_from([(), (Attachment("附件", "http://a.test/1.pdf", "f00"),)]),
    flags=st.sampled_from([(), ("truncated?",)]),
)
days = st.integers(0, 3).map(after)
filings = st.tuples(letters, st.sampled_from(["1", "2"]), days, days)


@settings(max_examples=40)
@given(st.data())
def test_filing_in_any_order_and_any_number_of_times_gives_the_same_archive(
    data: st.DataObject,
) -> None:
    batch = data.draw(st.lists(filings, min_size=1, max_size=7))
    again = data.draw(st.permutations(batch + data.draw(st.lists(st.sampled_from(batch)))))
    assert filed(again) == filed(batch)


@settings(max_examples=40)
@given(st.lists(filings, min_size=1, max_size=7))
def test_what_follows_from_readings_can_be_made_anew(batch: list[Filing]) -> None:
    with TemporaryDirectory() as folder, blank(Path(folder) / "a") as archive:
        for filing in batch:
            archive.put(*filing)
        before = dump(archive)
        with archive.transaction() as db:
            rebuild(db)
        assert dump(archive) == before


@settings(max_examples=40)
@given(st.lists(filings, min_size=1, max_size=7), st.integers(0, 7))
def test_readings_of_another_archive_are_as_if_they_had_been_filed_here(
    batch: list[Filing], here: int
) -> None:
    with TemporaryDirectory() as folder:
        one, other = Path(folder) / "1", Path(folder) / "2"
        with blank(one) as archive, blank(other) as second:
            for filing in batch[:here]:
                archive.put(*filing)
            for filing in batch[here:]:
                second.put(*filing)
            with archive.transaction() as db:
                for reading, said in [*every_reading(second.db)]:
                    take_in(db, reading, said)
            found = dump(archive)
    assert found == filed(batch)


tellings = st.builds(
    lambda reply, id, version, seen, changed: replace(
        reply,
        id=id,
        version=version,
        first_seen_at=min(seen, changed),
        last_seen_at=max(seen, changed),
        changed_at=changed,
        sha256="5ha",
    ),
    letters,
    st.just("theirs") | letters.map(lambda reply: reading_id(reply.url, fingerprint(reply))),
    st.integers(1, 3),
    days,
    days,
)


def filed_and_told(steps: Sequence[Filing | Reply]) -> list[object]:
    with TemporaryDirectory() as folder, blank(Path(folder) / "a") as archive:
        for step in steps:
            if isinstance(step, Reply):
                with archive.transaction() as db:
                    put_told(db, step)
            else:
                archive.put(*step)
        found = dump(archive)
        with archive.transaction() as db:
            rebuild(db)
        assert dump(archive) == found
        ids = [reply.id for reply in archive.replies()]
        assert len(set(ids)) == len(ids)
    return found


@settings(max_examples=40)
@given(st.data())
def test_what_was_told_and_what_was_read_make_one_archive_in_any_order(data: st.DataObject) -> None:
    steps = data.draw(st.lists(filings | tellings, min_size=1, max_size=6))
    again = data.draw(st.permutations(steps + data.draw(st.lists(st.sampled_from(steps)))))
    assert filed_and_told(again) == filed_and_told(steps)


def test_a_content_that_is_damaged_is_whole_again_when_it_is_filed_again(archive: Archive) -> None:
    put(archive, LETTER)
    archive.db.execute("update contents set fields = replace(fields, '建议', '建设')")
    put(archive, LETTER, 1)
    (fields,) = archive.db.execute("select fields from contents").fetchone()
    assert digest(fields) == fingerprint(LETTER)
    assert only(archive).text == LETTER.text


def test_a_reading_that_was_lost_is_filed_again_though_its_keys_are_there(archive: Archive) -> None:
    put(archive, LETTER)
    archive.db.execute("pragma foreign_keys = off")
    archive.db.execute("delete from readings")
    archive.db.execute("pragma foreign_keys = on")
    put(archive, LETTER, 1)
    assert only(archive) == LETTER
