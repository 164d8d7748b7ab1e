"""Taking another archive in: any order, any repetition, as if all had been filed in one."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.archive import filing, united
from replyarc.archive.lock import hold
from replyarc.archive.merging import Came, merge
from replyarc.archive.place import ROOM
from replyarc.archive.settling import mark_gone
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError, DiskFull
from replyarc.evidence import Attached
from replyarc.model import (
    Attachment,
    Contact,
    Entry,
    Kind,
    Reply,
    Request,
    Response,
    RobotsFile,
    Source,
)
from replyarc.report import Walked
from tests.dumping import dump
from tests.dying import killed_at
from tests.test_cli import run

DAY = datetime(2024, 5, 1, 8, tzinfo=UTC)
LETTER = Reply(
    url="http://mz.qingyuan.gov.test/1.html",
    source="mz",
    title="关于市十四届人大四次会议第12号建议的答复",
    index_number="000123456/2024-00012",
    document_number="清民函〔2024〕12号",
    kind=Kind.SUGGESTION,
    term=14,
    session=4,
    proposal_numbers=("12",),
    addressees=("周小溪",),
    answered_by="清源市民政局",
    published_on=date(2024, 4, 30),
    text="周小溪代表：\n感谢您对养老服务的关心。",
    contacts=(Contact("林晓", ("0730-8700000",)),),
)

Step = Callable[[Archive], None]


def after(days: float) -> datetime:
    return DAY + timedelta(days=days)


def response(url: str, body: bytes, at: datetime) -> Response:
    headers = (("content-type", "text/html"), ("server", "清源"))
    return Response(
        request=Request(url), url=url, status=200, headers=headers, body=body, fetched_at=at
    )


@dataclass(frozen=True)
class Page:
    """What one address said on one day; each kind of page of a small government."""

    number: int = 1
    address: int = 1
    words: str = "感谢您。"
    index: str | None = "000123456/2024-00012"
    day: int = 0
    source: str = "mz"

    @property
    def reply(self) -> Reply:
        return replace(
            LETTER,
            url=f"http://{self.source}.qingyuan.gov.test/{self.address}.html",
            source=self.source,
            title=f"关于市十四届人大四次会议第{self.number}号建议的答复",
            index_number=self.index,
            document_number=None,
            proposal_numbers=(str(self.number),),
            text=f"周小溪代表：\n{self.words}",
        )

    @property
    def body(self) -> bytes:
        return repr((self.number, self.address, self.words, self.index, self.source)).encode()

    def file(self, archive: Archive) -> None:
        reply, at = self.reply, after(self.day)
        source = Source(name=self.source, publisher="清源市民政局", urls=(f"day {self.day}",))
        crawl = archive.begin(source, "trs", at)
        entry = Entry(reply.url, reply.title, date(2024, 4, 30), reply.index_number)
        archive.listed(self.source, [entry], crawl, at)
        name = archive.keep(response(reply.url, self.body, at), crawl)
        archive.file(self.source, entry, reply, name, at, crawl, notes={"unread": [self.words]})
        archive.walked(crawl, Walked(url=f"http://{self.source}.gov.test/", family="trs", rows=1))
        archive.finish(crawl, at, finished=self.day % 2 == 0, family="trs", report={"day": 1})


pages = st.builds(
    Page,
    number=st.integers(1, 2),
    address=st.integers(1, 2),
    words=st.sampled_from(["感谢您。", "已经办结。", "我局将继续努力。" * 40]),
    index=st.sampled_from([None, "000123456/2024-00012", "000123456/2024-00013"]),
    day=st.integers(0, 3),
    source=st.sampled_from(["mz", "zx"]),
)
archives = st.lists(pages, max_size=4, unique_by=lambda page: (page.day, page.source))


@contextmanager
def places() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder)


@cache
def blank() -> bytes:
    with places() as folder:
        with Archive.open(folder / "a.db", create=True):
            pass
        return (folder / "a.db").read_bytes()


def made(path: Path, steps: Iterable[Page] = ()) -> Path:
    path.write_bytes(blank())
    with quick(path) as archive:
        for page in steps:
            page.file(archive)
    return path


def quick(path: Path) -> Archive:
    """Open an archive that does not wait for the disk."""
    archive = Archive.open(path)
    archive.db.execute("pragma synchronous = off")
    return archive


def merged(into: Path, *others: Path) -> dict[str, list[object]]:
    """Take archives in, one after the other, and return what is held then."""
    with quick(into if into.exists() else made(into)) as archive:
        for other in others:
            merge(archive, other)
        return dump(archive)


def held(path: Path) -> dict[str, list[object]]:
    with Archive.open(path, read_only=True) as archive:
        return dump(archive)


def copied(path: Path, name: str) -> Path:
    return Path(shutil.copy(path, path.with_name(name)))


@settings(max_examples=40)
@given(archives)
def test_an_archive_taken_into_itself_or_into_nothing_is_that_archive(steps: list[Page]) -> None:
    with places() as folder:
        one = made(folder / "a.db", steps)
        before = held(one)
        assert merged(folder / "empty.db", one) == before
        assert merged(one, copied(one, "copy.db")) == before


@settings(max_examples=40)
@given(archives, archives)
def test_it_does_not_matter_which_of_two_takes_the_other_in(
    here: list[Page], there: list[Page]
) -> None:
    with places() as folder:
        one, other = made(folder / "a.db", here), made(folder / "b.db", there)
        copy = copied(one, "copy.db")
        assert merged(one, other) == merged(other, copy)
        assert merged(one, other, copy) == held(other)


@settings(max_examples=25)
@given(archives, archives, archives)
def test_of_three_it_does_not_matter_which_two_are_merged_first(
    first: list[Page], second: list[Page], third: list[Page]
) -> None:
    with places() as folder:
        a, b, c = (made(folder / f"{n}.db", s) for n, s in enumerate((first, second, third)))
        left = merged(copied(a, "left.db"), b, c)
        merged(copied(b, "right.db"), c)
        assert merged(copied(a, "whole.db"), folder / "right.db") == left


@settings(max_examples=40)
@given(archives, st.data())
def test_replies_are_those_of_one_archive_in_which_all_was_filed(
    steps: list[Page], data: st.DataObject
) -> None:
    here = [page for page in steps if data.draw(st.booleans())]
    there = [page for page in steps if page not in here]
    tables = ("replies", "versions", "sightings", "conflicts", "readings", "captures", "_keys")
    with places() as folder:
        whole = held(made(folder / "whole.db", sorted(steps, key=lambda page: page.day)))
        parts = [made(folder / "a.db", here), made(folder / "b.db", there)]
        both = merged(*parts)
        assert [both[table] for table in tables] == [whole[table] for table in tables]
        assert both["bodies"] == whole["bodies"]
        assert both["fetches"] == whole["fetches"]


@settings(max_examples=40)
@given(archives, archives)
def test_what_follows_from_the_evidence_is_settled(here: list[Page], there: list[Page]) -> None:
    with places() as folder:
        into, other = made(folder / "a.db", here), made(folder / "b.db", there)
        now = merged(into, other)
        with Archive.open(into) as archive:
            with archive.transaction() as db:
                filing.rebuild(db)
            assert dump(archive) == now


# --- each kind of row


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Archive, Archive]]:
    with quick(made(tmp_path / "a.db")) as one, quick(made(tmp_path / "b.db")) as other:
        yield one, other


def taken(archive: Archive, other: Archive, *, dry_run: bool = False) -> Came:
    return merge(archive, other.path, dry_run=dry_run)


def test_it_tells_what_came(two: tuple[Archive, Archive]) -> None:
    here, there = two
    Page(1, 1).file(here)
    Page(1, 1).file(there)
    Page(1, 1, words="改过。", day=1).file(there)
    Page(2, 2, index="000123456/2024-00012", day=2).file(there)
    came = taken(here, there)
    assert (came.new, came.more, came.known) == (1, 1, 0)
    assert (came.bodies, came.bytes) == (2, sum(len(each.body) for each in _other_pages()))
    assert (came.readings, came.crawls, came.fetches, came.entries) == (2, 2, 2, 1)
    assert came.conflicts == 2
    assert len(here.find("000123456/2024-00012")) == 2
    again = taken(here, there)
    assert (again.new, again.more, again.known, again.bodies, again.conflicts) == (0, 0, 2, 0, 0)


def _other_pages() -> list[Page]:
    return [Page(1, 1, words="改过。"), Page(2, 2, index="000123456/2024-00012")]


def test_a_dry_run_tells_the_same_and_changes_nothing(two: tuple[Archive, Archive]) -> None:
    here, there = two
    Page(1, 1).file(here)
    Page(2, 2, day=1).file(there)
    before = dump(here)
    told = taken(here, there, dry_run=True)
    assert dump(here) == before
    assert told == taken(here, there)
    assert told.new == 1


def test_a_damaged_body_is_told_and_not_taken(two: tuple[Archive, Archive]) -> None:
    here, there = two
    page = Page(1, 1)
    page.file(there)
    name = sha256(page.body).hexdigest()
    with there.transaction() as db:
        db.execute("update bodies set data = x'00', codec = 'plain', dictionary = null")
    came = taken(here, there)
    assert came.damaged == [name]
    assert dump(here)["bodies"] == []
    assert here.count() == 1  # what was read of it is evidence as well
    made(here.path.with_name("c.db"), [page])
    assert merge(here, here.path.with_name("c.db")).bodies == 1
    assert here.body(name) == page.body


def test_the_texts_of_files_and_robots_come_too(two: tuple[Archive, Archive]) -> None:
    here, there = two
    file = "http://mz.qingyuan.gov.test/a.pdf"
    for archive, text, at in ((here, None, 0), (there, "附件", 1)):
        name = archive.keep(response(file, b"%PDF-1.7", after(0)))
        archive.files.keep_text(name, Attached(kind="pdf", text=text, problem=None))
        robots = RobotsFile("http://mz.qingyuan.gov.test", 200, f"day {at}", after(at))
        archive.robots_files[robots.origin] = robots
    taken(here, there)
    assert here.files.said(file) == Attached(kind="pdf", text="附件")
    assert here.robots_files["http://mz.qingyuan.gov.test"].text == "day 1"
    taken(there, here)
    assert dump(here) == dump(there)


def test_crawls_are_numbered_in_the_order_in_which_they_began(
    two: tuple[Archive, Archive],
) -> None:
    here, there = two
    Page(1, 1, day=3).file(here)
    Page(2, 2, day=1).file(here)
    Page(1, 1, day=0, words="改过。").file(there)
    Page(1, 1, day=2, words="又改过。").file(there)
    taken(here, there)
    began = [at for (at,) in here.db.execute("select started_at from crawls order by id")]
    assert began == sorted(began)
    assert len(began) == 4
    first = "select started_at from crawls join entries on first_crawl = crawls.id order by 1"
    assert [at[:10] for (at,) in here.db.execute(first)] == ["2024-05-01", "2024-05-02"]
    assert here.db.execute("pragma foreign_key_check").fetchall() == []


def test_crawls_that_move_up_cost_no_look_through_all_that_was_fetched(tmp_path: Path) -> None:
    here, older = tmp_path / "a.db", made(tmp_path / "b.db", [Page(1, 1)])
    made(here)
    with quick(here) as archive:
        with archive.transaction() as db:
            db.execute("insert into sources (name) values ('zx')")
            for number in range(1, 101):
                at = f"2025-01-01T00:00:00.{number:06d}Z"
                db.execute(
                    "insert into crawls values (?, 'zx', 'trs', ?, ?, 1, '{}')", (number, at, at)
                )
            sql = "insert into fetches (url, fetched_at, crawl) values ('u', ?, ?)"
            db.conn.executemany(sql, [(DAY.isoformat(), 1 + n % 100) for n in range(2000)])
        steps: list[int] = []
        archive.db.conn.set_progress_handler(lambda: steps.append(1), 1000)
        merge(archive, older)
        archive.db.conn.set_progress_handler(None, 0)
        assert len(steps) < 500  # of 1000 steps of SQLite; 100 times 2,000 rows were some 1,700
        indexes = {name for (name,) in archive.db.execute("select name from sqlite_master")}
    assert "_moving" not in indexes


def test_a_source_stands_as_it_was_configured_last(two: tuple[Archive, Archive]) -> None:
    here, there = two
    Page(day=2).file(here)
    Page(day=1).file(there)
    taken(here, there)
    taken(there, here)
    for archive in two:
        (urls,) = archive.db.execute("select urls from sources").fetchone()
        assert json.loads(urls) == ["day 2"]


def test_what_was_gone_in_one_and_seen_later_in_the_other_is_not_gone(
    two: tuple[Archive, Archive],
) -> None:
    here, there = two
    Page(day=0).file(here)
    taken(there, here)
    with here.transaction() as db:
        db.execute("update entries set state = 'gone', gone_at = ?1, asked_at = ?1", [_iso(2)])
        mark_gone(db, Page().reply.url)
    taken(there, here)
    (reply,) = there.replies()
    assert reply.gone_at == after(2)
    Page(day=3).file(here)
    taken(there, here)
    (reply,) = there.replies()
    assert reply.gone_at is None


def _iso(days: float) -> str:
    return after(days).isoformat(timespec="microseconds").replace("+00:00", "Z")


times = st.sampled_from([None, _iso(0), _iso(1)])
entries = st.fixed_dictionaries(
    {
        "listed_at": st.sampled_from([_iso(0), _iso(1)]),
        "title": st.sampled_from(["答复", "答复（修订）"]),
        "listed_on": st.sampled_from([None, "2024-05-01"]),
        "told": st.sampled_from([None, "notice"]),
        "asked_at": times,
        "state": st.sampled_from(["pending", "archived", "gone"]),
        "attempts": st.integers(0, 11),
        "problem": st.sampled_from([None, "404"]),
        "gone_at": times,
        "page": st.sampled_from([None, "http://a.gov.test/"]),
        "missed": st.sampled_from([None, 2, 11]),
        "index_number": st.sampled_from([None, "A", "B"]),
        "document_number": st.sampled_from([None, "A"]),
        "first_crawl": st.sampled_from([None, 1, 2]),
    }
)


@given(entries, entries, entries)
def test_an_entry_is_united_in_any_order(
    one: dict[str, object], other: dict[str, object], third: dict[str, object]
) -> None:
    assert united.entry(one, one) == one
    assert united.entry(one, other) == united.entry(other, one)
    left = united.entry(united.entry(one, other), third)
    assert left == united.entry(one, united.entry(other, third))


def test_an_entry_keeps_what_the_later_look_says() -> None:
    empty = ("told", "problem", "gone_at", "missed", "document_number")
    old: dict[str, object] = dict.fromkeys(empty)
    old |= {"listed_at": _iso(1), "title": "新", "listed_on": None, "index_number": "A"}
    old |= {"asked_at": _iso(0), "state": "failed", "attempts": 2, "page": None, "first_crawl": 2}
    new: dict[str, object] = {
        **old,
        "listed_at": _iso(0),
        "title": "旧",
        "asked_at": _iso(1),
        "state": "archived",
    }
    new |= {"attempts": 0, "first_crawl": 1, "index_number": None}
    both = united.entry(old, new)
    assert (both["title"], both["state"], both["attempts"]) == ("新", "archived", 0)
    assert (both["first_crawl"], both["index_number"]) == (1, "A")


# --- opening the other one


def test_only_the_other_is_left_as_it_is(tmp_path: Path) -> None:
    other = made(tmp_path / "b.db", [Page()])
    before = other.read_bytes()
    merged(tmp_path / "a.db", other)
    assert other.read_bytes() == before


def test_an_archive_is_not_taken_into_itself(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", [Page()])
    before = held(path)
    (tmp_path / "link.db").symlink_to(path)
    with Archive.open(path) as archive, pytest.raises(ArchiveError, match="itself"):
        merge(archive, tmp_path / "link.db")
    assert held(path) == before


def test_what_is_no_archive_or_of_a_newer_replyarc_is_refused(tmp_path: Path) -> None:
    newer = made(tmp_path / "newer.db", [])
    with closing(sqlite3.connect(newer)) as db:
        db.execute("pragma user_version = 99")
    (tmp_path / "text.db").write_text("no archive")
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        for name, words in (("newer", "newer"), ("text", "not an"), ("none", "there is no")):
            with pytest.raises(ArchiveError, match=words):
                merge(archive, tmp_path / f"{name}.db")


def test_an_older_archive_is_brought_up_in_a_copy(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    script = (Path(__file__).parent / "old" / "format3.sql").read_text("utf-8")
    with closing(sqlite3.connect(old)) as db:
        db.executescript(script)
    before = old.read_bytes()
    now = merged(tmp_path / "a.db", old)
    assert old.read_bytes() == before
    assert now["replies"]
    assert list(tmp_path.glob("old*")) == [old]


def test_too_little_room_is_told_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = made(tmp_path / "b.db", [Page()])
    usage = shutil.disk_usage(tmp_path)
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=ROOM))
        with pytest.raises(DiskFull):
            merge(archive, other)
        assert archive.count() == 0


# --- killed


def test_killed_at_any_commit_and_done_again_it_is_the_same(tmp_path: Path) -> None:
    here = made(tmp_path / "a.db", [Page(1, 1), Page(2, 2, day=1)])
    there = made(tmp_path / "b.db", [Page(1, 1, words="改过。", day=2), Page(1, 2, day=3)])
    whole = merged(copied(here, "whole.db"), there)
    killed = 0
    for point in range(60):
        into = copied(here, f"{point}.db")
        code = killed_at(point, partial(_merge, into, there))
        if code == 0:
            break
        assert code == -signal.SIGKILL
        killed += 1
        assert _is_sound(into)
        assert merged(into, there) == whole
    assert killed > 3


def _merge(into: Path, other: Path) -> None:
    with Archive.open(into) as archive:
        merge(archive, other)


def _is_sound(path: Path) -> bool:
    with Archive.open(path) as archive:
        whole = archive.db.execute("pragma integrity_check").fetchone()[0] == "ok"
        return whole and not archive.db.execute("pragma foreign_key_check").fetchall()


# --- the command


def test_the_command_takes_archives_in_and_tells_what_came(tmp_path: Path) -> None:
    here = made(tmp_path / "a.db", [Page(1, 1)])
    other = made(tmp_path / "b.db", [Page(2, 2, day=1)])
    third = made(tmp_path / "c.db", [Page(2, 2, day=1)])
    dry = run("--archive", str(here), "merge", str(other), "--dry-run", "--json")
    told = json.loads(dry.out)
    assert (told["schema"], told["dry_run"], told["archives"][0]["new"]) == (1, True, 1)
    ran = run("--archive", str(here), "merge", str(other), str(third))
    assert ran.code == 0
    assert "1 new" in ran.out
    assert "1 known" in ran.out
    with Archive.open(here) as archive:
        assert archive.count() == 2
    shown = run("--archive", str(here), "search", "感谢", "--json")
    assert shown.code == 0


def test_the_command_tells_of_conflicts_and_damage(tmp_path: Path) -> None:
    here = made(tmp_path / "a.db", [Page(1, 1)])
    other = made(tmp_path / "b.db", [Page(2, 2, day=1)])
    with Archive.open(other) as archive, archive.transaction() as db:
        db.execute("update bodies set data = x'00', codec = 'plain', dictionary = null")
    ran = run("--archive", str(here), "merge", str(other))
    assert ran.code == 4
    assert "index number" in ran.err
    assert "damaged" in ran.err


def test_the_command_refuses_the_archive_itself(tmp_path: Path) -> None:
    here = made(tmp_path / "a.db", [Page(1, 1)])
    ran = run("--archive", str(here), "merge", str(here))
    assert (ran.code, "itself" in ran.err) == (2, True)


def test_the_command_waits_for_no_other_writer(tmp_path: Path) -> None:
    here = made(tmp_path / "a.db", [])
    other = made(tmp_path / "b.db", [])
    with hold(here):
        assert run("--archive", str(here), "merge", str(other)).code == 7


def test_the_command_makes_no_archive_where_there_is_none(tmp_path: Path) -> None:
    other = made(tmp_path / "b.db", [])
    ran = run("--archive", str(tmp_path / "none.db"), "merge", str(other))
    assert ran.code == 8
    assert not (tmp_path / "none.db").exists()


def test_attachments_point_to_what_came(two: tuple[Archive, Archive]) -> None:
    here, there = two
    url = "http://mz.qingyuan.gov.test/a.docx"
    reply = replace(Page().reply, attachments=(Attachment("附件", url),))
    there.put(reply, there.keep(response(reply.url, b"page", DAY)), DAY)
    name = there.keep(response(url, b"PK\x03\x04", DAY))
    taken(here, there)
    (found,) = here.replies()
    assert found.attachments[0].sha256 == name
