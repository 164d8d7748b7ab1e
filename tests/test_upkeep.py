"""The aids that are of this machine alone: how hosts are to be asked, and what was found."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from replyarc.archive import repairing
from replyarc.archive.damage import Damage, Grade
from replyarc.archive.database import write
from replyarc.archive.merging import merge
from replyarc.archive.redacting import redact
from replyarc.archive.store import Archive
from replyarc.archive.verifying import verify
from replyarc.text.personal import MARK
from tests.blank import blank
from tests.test_cli import run
from tests.test_merge import LETTER, Page, after

AT = "2026-03-01T08:00:00.000000Z"
URL = "http://mz.qingyuan.gov.test/1.html"
HOST: dict[str, Any] = {
    "host": "mz.qingyuan.gov.test",
    "next_at": AT,
    "rests_until": None,
    "why": "",
    "failures": 0,
    "failed_at": None,
}
FINDING: dict[str, Any] = {
    "source": "mz",
    "kind": "stale",
    "about": "",
    "measure": "180",
    "text": "nothing new for 180 days",
    "since": AT,
    "seen_at": AT,
    "said_at": AT,
    "ended_at": None,
}


def noted(archive: Archive, host: object = None, **finding: object) -> None:
    """Note a host and a finding."""
    with archive.transaction() as db:
        write(db, "_hosts", HOST | {"why": host or ""})
        write(db, "_findings", FINDING | finding)


def aids(path: Path) -> tuple[list[Any], list[Any]]:
    with closing(sqlite3.connect(path)) as db:
        hosts, findings = (
            db.execute(f"select * from {table} order by 1, 2, 3").fetchall()
            for table in ("_hosts", "_findings")
        )
    return hosts, findings


ROWS = ([tuple(HOST.values())], [tuple(FINDING.values())])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with blank(tmp_path / "a.db") as archive:
        Page().file(archive)
        noted(archive)
    return tmp_path / "a.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path) as archive:
        yield archive


def spoil(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(sql)


def told(damage: list[Damage]) -> list[tuple[Grade, str, str]]:
    return [(each.grade, each.where, each.what) for each in damage]


def test_sound_ones_are_no_damage(path: Path) -> None:
    assert verify(path).damage == []


@pytest.mark.parametrize(
    ("table", "sql", "what"),
    [
        ("_hosts", "drop table _hosts", "there is no table _hosts"),
        ("_findings", "drop table _findings", "there is no table _findings"),
        ("_hosts", "alter table _hosts drop column why", "it has no column why"),
        ("_findings", "alter table _findings drop column said_at", "it has no column said_at"),
        ("_hosts", "update _hosts set next_at = null", "not as it was written"),
        ("_hosts", "update _hosts set next_at = 'soon'", "not as it was written"),
        ("_hosts", "update _hosts set next_at = '2026-03-01'", "not as it was written"),
        ("_hosts", f"update _hosts set next_at = '{AT.replace('03', '77')}'", "not as it was"),
        ("_hosts", "update _hosts set rests_until = 'x'", "not as it was written"),
        ("_hosts", "update _hosts set failures = null", "not as it was written"),
        ("_findings", "update _findings set since = ''", "not as it was written"),
        ("_findings", "update _findings set ended_at = 'never'", "not as it was written"),
    ],
)
def test_damage_is_noticed_and_they_are_made_anew_empty(
    path: Path, table: str, sql: str, what: str
) -> None:
    spoil(path, sql)
    verdict = verify(path)
    assert verdict.damage == verify(path, quick=True).damage
    assert [each.where for each in verdict.damage] == [table]
    assert verdict.damage[0].grade is Grade.ANEW
    assert what in verdict.damage[0].what
    done = repairing.repair(path, verdict)
    assert done == [f"the table {table} is made anew, empty: the next crawls fill it"]
    assert verify(path).damage == []
    left = dict(zip(("_hosts", "_findings"), aids(path), strict=True))
    assert left.pop(table) == []
    assert [*left.values()] in ([ROWS[0]], [ROWS[1]])


def test_they_are_made_anew_even_where_evidence_is_damaged(path: Path) -> None:
    spoil(path, "drop table _hosts")
    spoil(path, "update contents set fields = '{}'")
    verdict = verify(path)
    assert verdict.barred
    assert repairing.repair(path, verdict)[0].startswith("the table _hosts is made anew")
    assert "_hosts" not in [each.where for each in verify(path).damage]


def test_without_them_a_command_says_how_they_come_back(path: Path) -> None:
    spoil(path, "drop table _findings")
    ran = run("--archive", str(path), "verify")
    assert (ran.code, "_findings" in ran.out + ran.err) == (8, True)
    assert run("--archive", str(path), "verify", "--repair").code == 0
    assert run("--archive", str(path), "verify").code == 0


def test_a_merge_leaves_those_of_this_archive_alone(path: Path, tmp_path: Path) -> None:
    with blank(tmp_path / "b.db") as other:
        Page(2, 2).file(other)
        noted(other, "its Retry-After", kind="drift")
        noted(other, "its Retry-After", text="something else")
    with Archive.open(path) as archive:
        merge(archive, tmp_path / "b.db")
        assert archive.count() == 2
    assert aids(path) == ROWS
    assert len(aids(tmp_path / "b.db")[1]) == 2


def test_nor_does_an_import_of_a_bundle_bring_any(path: Path, tmp_path: Path) -> None:
    with blank(tmp_path / "b.db") as other:
        Page(2, 2).file(other)
        noted(other, "its Retry-After", kind="drift", text="something else")
    bundle, new = str(tmp_path / "b.zip"), tmp_path / "new.db"
    assert run("--archive", str(other.path), "export", "--format", "bundle", "-o", bundle).code == 0
    for each in (path, new):
        assert run("--archive", str(each), "import", bundle).code == 0
    assert aids(path) == ROWS
    assert aids(new) == ([], [])


def test_a_backup_takes_them_along(path: Path, tmp_path: Path) -> None:
    assert run("--archive", str(path), "backup", str(tmp_path / "b.db")).code == 0
    assert aids(tmp_path / "b.db") == ROWS


TITLE = Page().reply.title


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    "finding",
    [
        {"about": URL},
        {"about": URL.replace("http:", "https:")},
        {"text": f"{URL}: three times in vain"},
        {"text": f"《{TITLE}》 is much shorter than it was"},
        {"text": "电话打给林晓"},
        {"measure": f'["{URL}"]'},
    ],
    ids=["address", "https", "text", "title", "name", "measure"],
)
def test_a_redaction_removes_what_a_finding_says_of_the_reply(
    path: Path, archive: Archive, finding: dict[str, str], whole: bool
) -> None:
    assert "林晓" in str(LETTER.contacts)
    noted(archive, kind="other")
    noted(archive, **finding, kind="told")
    (reply,) = archive.replies()
    redact(archive, reply.id, "asked for", after(1), whole=whole)
    assert [(kind, text) for _, kind, _, _, text, *_ in aids(path)[1]] == [
        ("other", FINDING["text"]),
        ("stale", FINDING["text"]),
    ]


@pytest.mark.parametrize(
    ("why", "left"),
    [
        (f"{URL} asks for it (Retry-After)", ""),
        (f"{TITLE}: 503", ""),
        ("its Retry-After", "its Retry-After"),
    ],
    ids=["address", "title", "other"],
)
def test_and_why_a_host_is_left_alone_where_that_names_it(
    path: Path, archive: Archive, why: str, left: str
) -> None:
    noted(archive, why)
    (reply,) = archive.replies()
    redact(archive, reply.id, "asked for", after(1), whole=False)
    assert aids(path)[0] == [tuple((HOST | {"why": left}).values())]


@pytest.mark.parametrize("name", ["blocked", "rests"])
def test_and_why_a_crawl_stopped_where_that_names_it(archive: Archive, name: str) -> None:
    report = {name: f"{TITLE}: {URL}: 412", "pages": 3, "problems": [URL, "other"]}
    with archive.transaction() as db:
        db.execute("update crawls set report = ?", [json.dumps(report)])
    (reply,) = archive.replies()
    redact(archive, reply.id, "asked for", after(1), whole=False)
    ((kept,),) = archive.db.execute("select report from crawls")
    assert json.loads(kept) == {name: MARK, "pages": 3, "problems": [MARK, "other"]}


def test_a_finding_that_came_after_a_redaction_goes_with_the_next(
    path: Path, archive: Archive
) -> None:
    (reply,) = archive.replies()
    redact(archive, reply.id, "asked for", after(1), whole=True)
    noted(archive, kind="told", about=URL)
    assert redact(archive, reply.id, "asked for", after(2), whole=True).already
    assert [kind for _, kind, *_ in aids(path)[1]] == ["stale"]


def test_a_redaction_that_is_only_tried_removes_none(path: Path, archive: Archive) -> None:
    noted(archive, kind="told", about=URL)
    before = aids(path)
    (reply,) = archive.replies()
    redact(archive, reply.id, "asked for", after(1), whole=True, dry_run=True)
    assert aids(path) == before


def test_a_redaction_that_is_merged_removes_them_too(path: Path, tmp_path: Path) -> None:
    with blank(tmp_path / "b.db") as other:
        Page().file(other)
        (reply,) = other.replies()
        redact(other, reply.id, "asked for", after(1), whole=True)
    with Archive.open(path) as archive:
        noted(archive, kind="told", about=URL)
        merge(archive, tmp_path / "b.db")
    assert [kind for _, kind, *_ in aids(path)[1]] == ["stale"]
