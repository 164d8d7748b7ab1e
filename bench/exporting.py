"""Writing all replies of an archive out, against `csv.writer` and the JSON of SQLite.

Run as ``python -m bench.exporting [--rows N] [--rounds N] [--keep]``. The letters are of invented
words, 10 kB each; the archive is made in the folder for temporary files, and kept for the next run
with ``--keep``. What stands against the export is a script of five lines: it selects the same
columns of the same rows in the same order by `sqlite3`, and writes them with `csv.writer`, or as
lines of SQLite's own JSON. They take turns, each in a process of its own; of the scripts and the
command it is the whole process that counts, of the other exports what the writing takes. Times are
the shortest of the rounds; what counts are the ratios of processor time. No round is begun after
three minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from base64 import b32encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any, NamedTuple

from bench.searching import Letters
from replyarc.archive.database import write
from replyarc.archive.format import FORMAT
from replyarc.archive.query import Query
from replyarc.archive.schema import COLUMNS, LISTS, packed
from replyarc.archive.store import Archive
from replyarc.archive.stored import stored
from replyarc.archive.tables import NEWEST
from replyarc.export.file import BUFFER
from replyarc.export.formats import FORMATS, Format
from replyarc.export.tables import Profile, Style

CHARACTERS = 3_400  # 10 kB of UTF-8
DAY = datetime(2024, 5, 1, 8, tzinfo=UTC)
AIM, ROOM, GROWTH = 2.0, 60.0, 5.0  # times csv.writer; MB; MB
FEW = 10  # where memory is measured a second time: the tenth part of the rows


class Cost(NamedTuple):
    """Of one job in its own process: seconds of the processor and by the clock, most MB held."""

    seconds: float
    clock: float
    held: float


def rows(total: int) -> Iterator[dict[str, Any]]:
    """Yield replies that say what most say, with letters put together from three thousand parts."""
    letters, chance = Letters(1), Random(2)
    parts = [letters.letter(CHARACTERS // 12) for _ in range(3_000)]
    titles = [letters.title()[:12] for _ in range(2_000)]
    for number in range(total):
        at = DAY - timedelta(hours=number * 7919 % 60_000)
        seen = at.isoformat().replace("+00:00", ".000000Z")
        unit = f"清源市{titles[number % 40][:4]}局"
        subject = chance.choice(titles)
        name = chance.choice(titles)[:3]
        yield {
            "id": id_of(number),
            "url": f"http://www.qingyuan.gov.test/jytabl/2024/t{at:%Y%m%d}_{number:07}.html",
            "source": f"qingyuan-{number % 40}",
            "title": f"{unit}关于市八届人大{number % 5 + 1}次会议第{number % 400:04}号建议的答复",
            "index_number": f"990123006/{at:%Y}-{number:05}",
            "document_number": f"清民函〔{at:%Y}〕{number % 300}号",
            "publisher": unit,
            "topic": "建议提案",
            "keywords": packed([subject[:4], subject[4:8]]),
            "written_on": f"{at:%Y-%m-%d}",
            "published_on": f"{at:%Y-%m-%d}",
            "kind": "建议",
            "assembly": "人大",
            "assembly_name": "市人大",
            "term": 8,
            "session": number % 5 + 1,
            "proposal_numbers": packed([f"{number % 400:04}"]),
            "proposal_titles": packed([f"关于{subject}的建议"]),
            "addressees": packed([name]),
            "addressee_role": "代表",
            "role": "主办",
            "result_class": "A",
            "openness": "主动公开",
            "answered_by": unit,
            "text": "\n".join(chance.choices(parts, k=12)),
            "signature": unit,
            "signed_on": f"{at:%Y-%m-%d}",
            "contacts": packed([{"name": f"李{unit[3]}", "phones": [f"0990-88{number % 200:05}"]}]),
            "copied_to": "[]",
            "attachments": packed(files(number) if number % 10 == 0 else []),
            "first_seen_at": seen,
            "last_seen_at": seen,
            "changed_at": seen,
            "version": 1,
            "sha256": f"{chance.getrandbits(256):064x}",
            "flags": "[]",
        }


def id_of(number: int) -> str:
    """Return an id as replies have it: twelve letters."""
    return b32encode(sha256(str(number).encode()).digest()).decode()[:12].lower()


def files(number: int) -> list[dict[str, str]]:
    return [{"name": "附件.pdf", "url": f"http://www.qingyuan.gov.test/f/{number}.pdf"}]


def place_of(total: int) -> Path:
    return Path(tempfile.gettempdir()) / f"replyarc-bench-{os.getuid()}-{FORMAT}-{total}.db"


def archived(total: int) -> Path:
    """Return an archive of so many replies; it is made where the last run left none.

    The rows are put in past the filing, which is not what is measured.
    """
    path = place_of(total)
    if not path.exists():
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        with Archive.open(new, create=True) as archive:
            archive.db.execute("drop trigger _unindexed_new")  # nothing is looked for here
            with archive.transaction() as db:
                for row in rows(total):
                    write(db, "replies", row)
        new.rename(path)
    return path


def export(form: str, profile: Profile) -> Callable[[Path, Path], int]:
    """Return a job: write the replies of an archive in a format."""

    def job(source: Path, place: Path) -> int:
        writer = FORMATS[form]
        assert isinstance(writer, Format)
        with Archive.open(source, read_only=True) as archive, place.open("wb", BUFFER) as out:
            replies: Any = (stored if writer.stored else Archive.said)(archive, Query())
            return writer.write(replies, out, Style(profile))

    return job


SELECTED = f"from replies order by {NEWEST} desc, id"
PAIRS = ", ".join(f"'{name}', {f'json({name})' if name in LISTS else name}" for name in COLUMNS)
BY_CSV_WRITER = f"""
import csv, sqlite3, sys
found = sqlite3.connect(sys.argv[1]).execute({f"select {', '.join(COLUMNS)} {SELECTED}"!r})
with open(sys.argv[2], "w", encoding="utf-8", newline="") as out:
    csv.writer(out).writerows(found)
"""
BY_JSON = f"""
import sqlite3, sys
found = sqlite3.connect(sys.argv[1]).execute({f"select json_object({PAIRS}) {SELECTED}"!r})
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.writelines(f"{{line}}\\n" for (line,) in found)
"""
SCRIPTS = {"csv.writer": BY_CSV_WRITER, "json of SQLite": BY_JSON}
JOBS: dict[str, Callable[[Path, Path], int]] = {
    "csv excel": export("csv", Profile.EXCEL),
    "csv raw": export("csv", Profile.RAW),
    "jsonl": export("jsonl", Profile.RAW),
    "parquet": export("parquet", Profile.RAW),
}
COMMANDS: dict[str, list[str]] = {
    "export -o a.csv": ["a.csv"],
    "export -o a.csv --profile raw": ["a.csv", "--profile", "raw"],
    "export -o a.jsonl": ["a.jsonl"],
    "export -o a.csv --redact": ["a.csv", "--redact"],
}
ENOUGH = 180.0  # seconds after which no round is begun


def alone(job: str, source: Path, place: Path) -> None:
    """Do one job, and print what it cost."""
    begun, clock = process_time(), perf_counter()
    JOBS[job](source, place)
    took = [process_time() - begun, perf_counter() - clock]
    print(json.dumps([*took, held(resource.getrusage(resource.RUSAGE_SELF))]))


def held(used: resource.struct_rusage) -> float:
    """The most MB that a process ever held."""
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def run(job: str, source: Path, folder: Path) -> Cost:
    """Do a job in a process of its own."""
    where = [str(source), str(folder / "out")]
    command = [sys.executable, "-m", "bench.exporting", "--job", job, *where]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Cost(*json.loads(done.stdout))


def run_script(script: str, source: Path, folder: Path) -> Cost:
    return whole([sys.executable, "-c", script, str(source), str(folder / "out")])


def run_command(arguments: list[str], source: Path, folder: Path) -> Cost:
    name, *rest = arguments
    export = ["--archive", str(source), "export", "--force", "-o", str(folder / name), *rest]
    return whole([sys.executable, "-m", "replyarc", "-q", *export])


def whole(command: list[str]) -> Cost:
    """Run a command, and measure the whole process."""
    begun = perf_counter()
    child = subprocess.Popen(command)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command[1:3]} ended with {child.returncode}")
    return Cost(used.ru_utime + used.ru_stime, perf_counter() - begun, held(used))


def measured(source: Path, rounds: int) -> dict[str, Cost]:
    """Let all take turns; return the shortest times of each, and the most memory."""
    runs: dict[str, Callable[[Path], Cost]] = {
        **{name: partial(run_script, script, source) for name, script in SCRIPTS.items()},
        **{name: partial(run, name, source) for name in JOBS},
        **{name: partial(run_command, given, source) for name, given in COMMANDS.items()},
    }
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    begun = perf_counter()
    for number in range(rounds):
        if number and perf_counter() - begun > ENOUGH:
            break
        for name, job in runs.items():
            with tempfile.TemporaryDirectory() as place:  # one export at a time is on the disk
                costs[name].append(job(Path(place)))
            print(f"{name}: {costs[name][-1]}", file=sys.stderr, flush=True)
    return {name: best(each) for name, each in costs.items()}


def best(costs: list[Cost]) -> Cost:
    seconds, clock, most = zip(*costs, strict=True)
    return Cost(min(seconds), min(clock), max(most))


def main(total: int, rounds: int) -> None:
    source, few = archived(total), archived(total // FEW)
    print(f"{total} replies, {source.stat().st_size / total / 1000:.1f} kB each", flush=True)
    costs, small = measured(source, rounds), measured(few, 1)
    print(f"  {'rows a second':30} {'clock':>7} {'processor':>9} {'x csv.writer':>12}", end="")
    print(f" {'MB':>6} {'MB, a tenth of the rows':>24}")
    for name, cost in costs.items():
        print(
            f"  {name:30} {total / cost.clock:7.0f} {total / cost.seconds:9.0f}"
            f" {costs['csv.writer'].seconds / cost.seconds:12.2f}"
            f" {cost.held:6.1f} {small[name].held:24.1f}"
        )
    print(f"  aims: csv at least {AIM} x csv.writer, at most {ROOM:.0f} MB and {GROWTH:.0f} more")


def forget(total: int) -> None:
    """Delete the archives that were measured."""
    for each in (total, total // FEW):
        for part in ("", "-wal", "-shm"):
            Path(f"{place_of(each)}{part}").unlink(missing_ok=True)


if __name__ == "__main__":
    given = argparse.ArgumentParser(description="Measure what writing replies out costs.")
    given.add_argument("--rows", type=int, default=100_000)
    given.add_argument("--rounds", type=int, default=3)
    given.add_argument("--keep", action="store_true", help="keep the archives for the next run")
    given.add_argument("--job", nargs=3, help=argparse.SUPPRESS)
    asked = given.parse_args()
    if asked.job:
        alone(asked.job[0], Path(asked.job[1]), Path(asked.job[2]))
    else:
        try:
            main(asked.rows, asked.rounds)
        finally:
            if not asked.keep:
                forget(asked.rows)
