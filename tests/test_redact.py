"""A redaction: afterwards nobody finds the personal data of the reply, and it stays gone."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import signal
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.archive import filing, redacted, search
from replyarc.archive.merging import merge
from replyarc.archive.place import ROOM
from replyarc.archive.redacting import Redaction, redact
from replyarc.archive.store import Archive
from replyarc.errors import ArchiveError, ArchiveHeld, DiskFull
from replyarc.export.formats import FORMATS
from replyarc.model import Attachment, Contact, Entry, Outcome, Reply, Request, Response, Source
from replyarc.text.personal import MARK
from tests.column import Column, Letter, letters
from tests.dumping import dump
from tests.dying import killed_at
from tests.gov import serving
from tests.test_cli import CONFIG, Place, run
from tests.test_merge import Page, held, made, pages, quick, response

NOW = datetime(2024, 6, 1, 8, tzinfo=UTC)
NUMBER = "990123006/2023-00002"
SECRETS = (
    *("欧阳慕白", "慕容秋水", "司徒清"),
    *("8812345", "13900012345", "qiushui@qingyuan.gov.test", "430602198001011234"),
)


def take_out(path: Path) -> None:
    with Archive.open(path) as archive:
        (reply,) = archive.find("000123456/2024-00012")
        redact(archive, reply.id, "本人请求", datetime(2024, 6, 1, tzinfo=UTC), whole=False)


@dataclass(frozen=True)
class Named(Letter):
    """A letter that names persons in its title, its salutation and its last lines."""

    @property
    def title(self) -> str:
        return f"关于欧阳慕白代表所提第{self.number:03}号建议的答复"

    def page(self) -> bytes:
        last = (
            "<p>来信人身份证号码430602198001011234。</p>"
            "<p>联系人：慕容秋水　　联系电话：0730—8812345、１３９０００１２３４５</p>"
            "<p>签发人：司徒清　电子邮箱：qiushui@qingyuan.gov.test</p></div>"
        )
        page = super().page().decode().replace("顾明远", "欧阳慕白")
        return page.replace("</div></body>", f"{last}</body>").encode()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serving() as gov:
        column = Column(letters(4))
        at = next(n for n, letter in enumerate(column.letters) if letter.number == 2)
        column.letters[at] = Named(2, column.letters[at].day)
        column.publish(gov)
        made_here = Place(tmp_path, gov, column)
        made_here.config.write_text(CONFIG.format(url=gov.url), "utf-8")
        assert made_here.run("-q", "crawl").code == 0
        with closing(sqlite3.connect(made_here.archive)) as db:
            db.execute("pragma wal_checkpoint(truncate)")
        shutil.copy(made_here.archive, tmp_path / "before.db")
        yield made_here


@pytest.fixture
def redacted_place(place: Place) -> Place:
    ran = place.run("redact", NUMBER, "--reason", "本人请求", "--yes")
    assert ran.code == 0
    return place


def found_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def kept(path: Path) -> str:
    """Return all that a file of an archive holds: as it lies on the disk, and unpacked."""
    log = path.with_name(f"{path.name}-wal")
    raw = path.read_bytes() + (log.read_bytes() if log.exists() else b"")
    with Archive.open(path) as archive:
        held_here = dump(archive)
    return raw.decode("utf-8", "replace") + raw.decode("gb18030", "replace") + _decoded(held_here)


def _decoded(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, dict):
        return "".join(_decoded(each) for each in value.values())
    if isinstance(value, (list, tuple)):
        return "".join(_decoded(each) for each in value)
    return str(value)


def said_in(path: Path) -> list[str]:
    """Return what the replies of an archive say, and their ids."""
    with Archive.open(path) as archive:
        return sorted(f"{reply.id} {reply.title} {reply.text}" for reply in archive.replies())


def unpacked(data: bytes) -> str:
    """Return what a file says that was exported, whatever it is packed in."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            return "".join(unpacked(files.read(name)) for name in files.namelist())
    if data[:2] == b"\x1f\x8b":
        return unpacked(gzip.decompress(data))
    if data[:4] == b"PAR1":
        return repr(pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist())
    return data.decode("utf-8", "replace")


def test_the_archive_holds_what_is_to_be_redacted(place: Place) -> None:
    said = kept(place.archive)
    assert [secret for secret in SECRETS if secret not in said] == []


def test_nothing_of_it_is_left_in_the_file(redacted_place: Place) -> None:
    assert found_in(kept(redacted_place.archive)) == []


@pytest.mark.parametrize(
    "options",
    [(), ("--json",), ("--why",), ("--why", "--json"), ("--history",), ("--files", "--json")],
)
def test_nothing_of_it_is_shown(redacted_place: Place, options: tuple[str, ...]) -> None:
    ran = redacted_place.run("show", NUMBER, *options)
    assert ran.code == 0
    assert found_in(ran.out + ran.err) == []
    assert "已隐去" in ran.out


def test_the_bytes_are_told_to_be_redacted(redacted_place: Place) -> None:
    ran = redacted_place.run("show", NUMBER, "--raw")
    assert ran.code == 8
    assert "redaction" in ran.err


def test_nothing_of_it_is_listed_or_found(redacted_place: Place) -> None:
    assert found_in(redacted_place.run("list", "--json").out) == []
    for word in ("欧阳慕白", "慕容", "8812345"):
        assert redacted_place.run("search", word).code == 10
        assert redacted_place.run("show", word).code == 10
    assert redacted_place.run("search", "养老服务", "--json").code == 0


@pytest.mark.parametrize("form", list(FORMATS))
def test_nothing_of_it_is_exported(redacted_place: Place, form: str) -> None:
    to = redacted_place.folder / (f"out.{form}" if form != "md" else "out")
    ran = redacted_place.run("export", "--format", form, "-o", str(to))
    if ran.code == 2 and "pip install" in ran.err:
        pytest.skip(ran.err)
    assert ran.code == 0, ran.err
    files = [file for file in to.rglob("*") if file.is_file()] if to.is_dir() else [to]
    said = "".join(unpacked(file.read_bytes()) for file in files)
    assert "养老服务" in said
    assert found_in(said) == []


def test_a_crawl_afterwards_packs_as_well_as_before(redacted_place: Place) -> None:
    with Archive.open(redacted_place.archive) as archive:
        before = archive.db.execute("select count(*) from _dictionaries").fetchone()
    assert redacted_place.run("-q", "crawl", "--full").code == 0
    with Archive.open(redacted_place.archive) as archive:
        assert archive.db.execute("select count(*) from _dictionaries").fetchone() >= before


def test_what_is_no_personal_data_stays(place: Place) -> None:
    before = json.loads(place.run("show", NUMBER, "--json").out)
    place.run("redact", NUMBER, "--reason", "本人请求", "--yes")
    after = json.loads(place.run("show", NUMBER, "--json").out)
    same: tuple[str, ...] = (
        "id",
        "url",
        "source",
        "index_number",
        "published_on",
        "kind",
        "term",
        "session",
    )
    same += ("proposal_numbers", "answered_by", "version", "first_seen_at", "last_seen_at")
    same += ("changed_at", "sha256", "signed_on", "publisher")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert after["title"] == before["title"].replace("欧阳慕白", MARK)
    assert after["addressees"] == [MARK]
    assert {contact["name"] for contact in after["contacts"]} <= {MARK}
    assert "我局高度重视养老服务" in after["text"]
    assert "redacted" in after["flags"]


def test_the_other_letters_stay_as_they_are(place: Place) -> None:
    def others() -> list[str]:
        listed = json.loads(place.run("list", "--json").out)
        listed = listed["replies"] if isinstance(listed, dict) else listed
        return [repr(each) for each in listed if each["index_number"] != NUMBER]

    before = others()
    place.run("redact", NUMBER, "--reason", "本人请求", "--yes")
    assert others() == before


def test_what_follows_from_the_evidence_is_still_settled(redacted_place: Place) -> None:
    with Archive.open(redacted_place.archive) as archive:
        now = dump(archive)
        with archive.transaction() as db:
            filing.rebuild(db)
        assert dump(archive) == now
        search.refresh(archive)
        assert search.check(archive.db) == []


def test_it_verifies(redacted_place: Place) -> None:
    ran = redacted_place.run("verify")
    assert ran.code == 0, ran.out + ran.err


def test_it_is_written_down_when_why_and_what(redacted_place: Place) -> None:
    with Archive.open(redacted_place.archive) as archive:
        (row,) = archive.db.table("redactions").rows
        removed = json.loads(row["removed"])
        assert row["reason"] == "本人请求"
        assert row["reply"] == archive.find(NUMBER)[0].id
        assert removed["data"]["name"] >= 3
        assert removed["data"]["identity card"] == 1
        gone = "select sha256 from bodies where codec = 'redacted' and data is null"
        assert set(removed["bodies"]) == {name for (name,) in archive.db.execute(gone)}
        assert len(removed["bodies"]) == 2  # its page, and the listing page that shows its title


# --- it does not come back


def test_it_does_not_come_back_by_a_crawl(redacted_place: Place) -> None:
    redacted_place.column.edit(2, word="居家养老")
    redacted_place.column.publish(redacted_place.gov)
    redacted_place.gov.heard.clear()
    ran = redacted_place.run("crawl", "--full")
    assert ran.code == 0, ran.out + ran.err
    page = redacted_place.column.letters[2].path
    assert page not in redacted_place.gov.asked
    assert found_in(kept(redacted_place.archive)) == []
    with Archive.open(redacted_place.archive) as archive:
        assert {entry.url for entry in archive.known("qingyuan")}.isdisjoint({page})
        (state, told, title) = archive.db.execute(
            "select state, told, title from entries where url like ?", [f"%{page}"]
        ).fetchone()
    assert (state, told, title) == ("left out", "redacted", MARK)


def test_it_does_not_come_back_by_a_merge(redacted_place: Place) -> None:
    before = redacted_place.folder / "before.db"
    ran = redacted_place.run("merge", str(before))
    assert ran.code == 0, ran.err
    assert found_in(kept(redacted_place.archive)) == []
    there = run("--archive", str(before), "merge", str(redacted_place.archive))
    assert there.code == 0, there.err
    with Archive.open(before) as archive:
        assert found_in(_decoded(dump(archive))) == []
    assert held(before) == held(redacted_place.archive)


def test_it_does_not_come_back_by_reading_again(redacted_place: Place) -> None:
    assert redacted_place.run("reread").code == 0
    assert found_in(kept(redacted_place.archive)) == []


def test_it_does_not_come_back_by_an_import(redacted_place: Place) -> None:
    letter = redacted_place.column.letters[2]
    page = redacted_place.folder / "saved.html"
    page.write_bytes(letter.page())
    url = redacted_place.gov.url + letter.path
    for address in (url, url.replace(".html", "_moved.html")):
        redacted_place.run("import", str(page), "--url", address)
        assert found_in(kept(redacted_place.archive)) == []
    with Archive.open(redacted_place.archive) as archive:
        assert archive.count() == 4


@pytest.mark.parametrize("form", ["jsonl", "csv", "warc"])
def test_it_does_not_come_back_by_an_export_made_before(place: Place, form: str) -> None:
    to = place.folder / f"before.{'warc.gz' if form == 'warc' else form}"
    raw = ["--profile", "raw"] if form == "csv" else []
    assert place.run("export", "--format", form, *raw, "-o", str(to)).code == 0
    assert place.run("redact", NUMBER, "--reason", "本人请求", "--yes").code == 0
    before = said_in(place.archive)
    ran = place.run("import", str(to))
    assert ran.code in (0, 4), ran.err
    assert found_in(kept(place.archive)) == []
    assert said_in(place.archive) == before


def test_the_reports_of_crawls_do_not_tell_it_either(tmp_path: Path) -> None:
    here, there = made(tmp_path / "a.db", [Page()]), made(tmp_path / "b.db", [Page()])
    url = Page().reply.url
    lines = [f"周小溪代表的建议 ({url}): 12 letters now", "other"]
    for path, day in ((here, 3), (there, 4)):
        with quick(path) as archive:
            source = Source(name="mz", publisher="清源市民政局", urls=())
            crawl = archive.begin(source, "trs", NOW + timedelta(days=day))
            report = {"problems": lines, "would_take": [{"url": url, "title": "周小溪"}]}
            archive.finish(crawl, NOW, finished=True, family="trs", report=report)
    with quick(here) as archive:
        removed_from(archive)
        merge(archive, there)
        reports = [json.loads(row[0]) for row in archive.db.execute("select report from crawls")]
    told = [each for each in reports if "problems" in each]
    assert told == [{"problems": [MARK, "other"], "would_take": [MARK]}] * 2


@pytest.mark.parametrize("report", ["{{{url}", '["{url}"]', '"{url}"'])
def test_of_a_report_that_cannot_be_read_nothing_stays(tmp_path: Path, report: str) -> None:
    with quick(made(tmp_path / "a.db", [Page()])) as archive:
        with archive.transaction() as db:
            told = report.replace("{url}", Page().reply.url)
            db.execute("update crawls set report = ?", [told])
        removed_from(archive)
        assert archive.db.execute("select report from crawls").fetchall() == [(None,)]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with quick(made(tmp_path / "a.db")) as opened:
        yield opened


def removed_from(archive: Archive, *, whole: bool = False) -> Redaction:
    (reply,) = archive.find("000123456/2024-00012")
    return redact(archive, reply.id, "本人请求", NOW, whole=whole)


def test_a_page_that_is_kept_or_filed_again_is_let_go(archive: Archive) -> None:
    Page().file(archive)
    before = removed_from(archive)
    assert before.data["telephone"] == 1
    now = dump(archive, ("readings", "captures", "contents", "replies"))
    page = Page(words="周小溪代表您好。", day=1)
    name = archive.keep(response(page.reply.url, page.body, NOW))
    with pytest.raises(ArchiveError, match="redaction"):
        archive.body(name)
    moved = replace(page.reply, url="http://other.gov.test/7.html")
    name = archive.keep(response(moved.url, b"moved", NOW))
    assert archive.put(moved, name, NOW) is Outcome.SAME
    with pytest.raises(ArchiveError, match="redaction"):
        archive.body(name)
    again = dump(archive, ("readings", "captures", "contents", "replies"))
    assert {name: again[name] for name in now if name != "bodies"} == {
        name: now[name] for name in now if name != "bodies"
    }


def test_an_entry_that_is_listed_again_is_left_out_without_its_title(archive: Archive) -> None:
    page = Page()
    page.file(archive)
    removed_from(archive)
    entry = Entry(page.reply.url, "关于周小溪代表建议的答复")
    (known,) = archive.look_up("mz", [entry])
    assert (known.entry.wanted, known.entry.title) == (False, MARK)
    assert archive.waiting("mz", NOW) == archive.due("mz", NOW) == archive.known("mz") == []


def test_files_go_as_well_and_are_not_asked_for_again(archive: Archive) -> None:
    url = "http://mz.qingyuan.gov.test/a.docx"
    reply = replace(Page().reply, attachments=(Attachment("周小溪代表答复.docx", url),))
    archive.put(reply, archive.keep(response(reply.url, b"page", NOW)), NOW)
    name = archive.keep(response(url, "周小溪".encode(), NOW))
    done = removed_from(archive)
    assert name in done.bodies
    assert [*archive.files.lacking("mz", NOW)] == []
    (shown,) = archive.replies()
    assert shown.attachments[0].name == f"{MARK}代表答复.docx"


def test_headers_that_may_hold_a_name_are_dropped(archive: Archive) -> None:
    reply = Page().reply
    asked = Request(reply.url)
    sent = (("content-type", "text/html"), ("content-disposition", "filename=周小溪.html"))
    answer = Response(
        request=asked, url=reply.url, status=200, headers=sent, body=b"page", fetched_at=NOW
    )
    archive.put(reply, archive.keep(answer), NOW)
    removed_from(archive)
    (headers, at) = archive.db.execute("select headers, fetched_at from fetches").fetchone()
    assert json.loads(headers) == [["content-type", "text/html"]]
    assert at.startswith("2024-06-01")


def test_all_versions_lose_it_and_stay_versions(archive: Archive) -> None:
    Page().file(archive)
    Page(words="周小溪代表，又改过。", day=1).file(archive)
    (before,) = archive.replies()
    removed_from(archive)
    versions = archive.versions(before.id)
    assert [version.number for version in versions] == [1, 2]
    assert all("周小溪" not in version.reply.text for version in versions)
    assert all(version.reply.contacts == (Contact(MARK),) for version in versions)
    assert archive.find(before.id)[0].version == before.version == 2


def test_the_whole_letter_goes_where_that_is_asked_for(archive: Archive) -> None:
    Page().file(archive)
    removed_from(archive)
    done = removed_from(archive, whole=True)
    assert not done.already
    (shown,) = archive.replies()
    assert (shown.title, shown.text, shown.contacts) == (MARK, MARK, ())
    assert (shown.index_number, shown.term, shown.proposal_numbers) == (
        "000123456/2024-00012",
        14,
        ("1",),
    )
    assert archive.db.table("redactions").count == 2


def test_done_again_it_changes_nothing(archive: Archive) -> None:
    Page().file(archive)
    removed_from(archive)
    before = dump(archive)
    assert removed_from(archive).already
    assert dump(archive) == before


def test_another_letter_that_stood_at_the_address_stays(archive: Archive) -> None:
    Page().file(archive)
    Page(number=2, index="000123456/2024-00013", day=2).file(archive)
    (other,) = archive.find("000123456/2024-00013")
    done = removed_from(archive)
    assert done.losers == (other.id,)
    assert archive.find(other.id) == [other]


def test_a_dry_run_changes_nothing(archive: Archive) -> None:
    Page().file(archive)
    before = dump(archive)
    (reply,) = archive.replies()
    told = redact(archive, reply.id, "本人请求", NOW, whole=False, dry_run=True)
    assert dump(archive) == before
    assert told == removed_from(archive)


def test_another_reader_has_to_let_go_first(archive: Archive) -> None:
    Page().file(archive)
    archive.db.execute("pragma busy_timeout = 10")
    with closing(sqlite3.connect(archive.path)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from replies").fetchone()
        with pytest.raises(ArchiveHeld, match="redact once more"):
            removed_from(archive)
    assert removed_from(archive).already
    assert "周小溪" not in kept(archive.path)


def test_without_room_nothing_is_done(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    Page().file(archive)
    before = dump(archive)
    usage = shutil.disk_usage(archive.path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=ROOM))
    with pytest.raises(DiskFull):
        removed_from(archive)
    assert dump(archive) == before


def test_a_content_nobody_can_redact_any_more_goes_altogether(tmp_path: Path) -> None:
    here, there = made(tmp_path / "a.db", [Page()]), made(tmp_path / "b.db", [Page()])
    with quick(there) as archive:
        removed_from(archive)
        with archive.transaction() as db:  # as if it had been taken over from a third archive
            for table in ("captures", "_keys", "versions", "sightings"):
                db.execute(f"delete from {table}")
            for table in ("readings", "replies", "contents"):
                db.execute(f"delete from {table}")
    with quick(here) as archive:
        merge(archive, there)
        (shown,) = archive.replies()
        assert (shown.title, shown.text) == (MARK, MARK)
    copy = made(tmp_path / "c.db", [Page()])
    with quick(there) as archive:
        merge(archive, copy)
        (shown,) = archive.replies()
        assert (shown.title, shown.text) == (MARK, MARK)


def test_an_index_number_that_another_page_prints_stays(tmp_path: Path) -> None:
    """What is shown is a copy without a number; the page that prints it was seen before."""
    long = "我局将继续努力。" * 40
    number = "000123456/2024-00013"
    letters = [Page(words=long, index=number), Page(words=long, index=None, day=1, source="zx")]
    with quick(made(tmp_path / "a.db", letters)) as archive:
        (before,) = archive.find(number)
        redact(archive, before.id, "本人请求", NOW, whole=False)
        (after,) = archive.find(number)
        assert (after.id, after.url) == (before.id, letters[1].reply.url)
        shown = dump(archive, ("replies",))
        with archive.transaction() as db:
            filing.rebuild(db)
        assert dump(archive, ("replies",)) == shown


lists = st.lists(pages, max_size=4, unique_by=lambda page: (page.day, page.source))


def redacted_at(path: Path, name: str | None) -> Path:
    """Redact one of the replies of an archive, if it has one."""
    with quick(path) as archive:
        for reply in archive.find(name) if name else ():
            redact(archive, reply.id, f"因 {path.name}", NOW, whole=reply.term is None)
    return path


numbers = st.sampled_from([None, "000123456/2024-00012", "000123456/2024-00013"])


@settings(max_examples=25)
@given(lists, lists, numbers, numbers)
def test_redacted_archives_are_merged_in_any_order(
    here: list[Page], there: list[Page], one: str | None, other: str | None
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        a = redacted_at(made(folder / "a.db", here), one)
        b = redacted_at(made(folder / "b.db", there), other)
        copy = Path(shutil.copy(a, folder / "copy.db"))
        with quick(a) as into, quick(b) as back:
            merge(into, b)
            now = dump(into)
            merge(back, copy)
            assert dump(back) == now
            merge(into, copy)
            assert dump(into) == now
            with into.transaction() as db:
                filing.rebuild(db)
            assert dump(into) == now
            assert into.db.execute("pragma foreign_key_check").fetchall() == []


@pytest.mark.parametrize("point", [0, 1])
def test_killed_on_the_way_and_done_again_it_is_the_same(tmp_path: Path, point: int) -> None:
    path, other = made(tmp_path / "a.db", [Page()]), made(tmp_path / "b.db", [Page()])
    assert killed_at(point, partial(take_out, path)) == -signal.SIGKILL
    with quick(path) as archive:
        assert archive.db.table("redactions").count == point
        assert removed_from(archive).already == bool(point)
    with quick(other) as archive:
        removed_from(archive)
    tables = ("readings", "contents", "replies", "versions", "captures")
    with quick(path) as one, quick(other) as another:
        assert dump(one, tables) == dump(another, tables)
    assert "周小溪" not in kept(path)


def test_names_of_addresses_know_no_scheme() -> None:
    assert redacted.url_name("http://a.gov.test/1") == redacted.url_name("https://a.gov.test/1")
    assert not redacted.Bar()
    assert redacted.Bar(["url:a.gov.test/1"]).url(None, "http://a.gov.test/1")


# --- the command


def test_several_replies_are_listed_and_none_is_touched(place: Place) -> None:
    ran = place.run("redact", "建议的答复", "--reason", "本人请求", "--yes")
    assert ran.code == 2
    assert "name one by its id" in ran.err
    with Archive.open(place.archive) as archive:
        assert archive.db.table("redactions").count == 0


def test_it_says_what_would_go_and_asks(place: Place) -> None:
    ran = place.run("redact", NUMBER, "--reason", "本人请求")
    assert (ran.code, "--yes" in ran.err) == (2, True)
    dry = place.run("redact", NUMBER, "--reason", "本人请求", "--dry-run", "--json")
    told = json.loads(dry.out)
    assert (told["schema"], told["dry_run"], told["already"]) == (1, True, False)
    assert "telephone" in dry.err
    with Archive.open(place.archive) as archive:
        assert archive.db.table("redactions").count == 0


@pytest.mark.parametrize(("answer", "redactions"), [("y\n", 1), ("n\n", 0)])
def test_on_a_terminal_it_asks(
    place: Place, monkeypatch: pytest.MonkeyPatch, answer: str, redactions: int
) -> None:
    monkeypatch.setattr("typer.confirm", lambda *_, **__: answer == "y\n")
    monkeypatch.setattr("replyarc.cli.redacting.is_terminal", lambda: True)
    assert place.run("redact", NUMBER, "--reason", "本人请求").code == 0
    with Archive.open(place.archive) as archive:
        assert archive.db.table("redactions").count == redactions


def test_no_reason_no_redaction(place: Place) -> None:
    assert place.run("redact", NUMBER, "--reason", " ", "--yes").code == 2
    assert place.run("redact", "没有", "--reason", "本人请求", "--yes").code == 10


def test_it_tells_that_copies_are_the_persons_own(place: Place) -> None:
    ran = place.run("redact", NUMBER, "--reason", "本人请求", "--yes", "--json")
    assert "Backups" in ran.err
    assert json.loads(ran.out)["bodies"]


def test_it_needs_an_archive(tmp_path: Path) -> None:
    ran = run("--archive", str(tmp_path / "no.db"), "redact", "1", "--reason", "本人请求")
    assert ran.code == 8
    assert list(tmp_path.iterdir()) == []


def test_a_listing_page_that_shows_it_is_let_go(archive: Archive) -> None:
    title = "关于周小溪代表所提第1号建议的答复"
    reply = replace(Page().reply, title=title)
    listing = response("http://mz.qingyuan.gov.test/", title.encode("gb18030"), NOW)
    other = response("http://mz.qingyuan.gov.test/2", b"another listing", NOW)
    name, kept_name = archive.keep(listing), archive.keep(other)
    archive.put(reply, archive.keep(response(reply.url, b"page", NOW)), NOW)
    assert name in removed_from(archive).bodies
    assert archive.body(kept_name) == b"another listing"


def test_replies_that_share_a_page_are_told(archive: Archive) -> None:
    name = archive.keep(response("http://mz.qingyuan.gov.test/1.html", b"both", NOW))
    archive.put(Page().reply, name, NOW)
    other = Page(number=2, index="000123456/2024-00013").reply
    other = replace(other, url="http://mz.qingyuan.gov.test/1.html#2", text="两封信。")
    archive.put(other, name, NOW + timedelta(days=1))
    (kept_reply,) = archive.find("000123456/2024-00013")
    assert removed_from(archive).losers == (kept_reply.id,)
    assert archive.find(kept_reply.id)[0].text == "两封信。"


def test_a_reply_without_persons_loses_its_bytes_only(archive: Archive) -> None:
    reply = Reply(
        url="http://a.gov.test/1",
        source="a",
        title="关于养老的答复",
        index_number="A/1",
        text="好。",
    )
    archive.put(reply, archive.keep(response(reply.url, b"page", NOW)), NOW)
    (found,) = archive.replies()
    done = redact(archive, found.id, "本人请求", NOW, whole=False)
    assert (done.data, len(done.bodies)) == ({}, 1)
    assert archive.find(found.id)[0].text == "好。"
