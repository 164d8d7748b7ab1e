"""What bodies weigh in an archive, and what packing them takes, against zlib level 6.

Run as ``python -m bench.storing [SITES]``. The pages are those of invented sites, each with the
chrome of its own (styles, scripts, navigation, footer) and neighbours around letters of its own,
28 kB on average, two of five sites in GB18030; the sites take turns, as in a crawl. All that an
archive stores of the bodies counts: what is packed, and the dictionaries. Times are processor time,
with all that packing takes: looking dictionaries up and making them; what training one takes, once
for a site of more than 200 pages, is told apart.

Where REPLYARC_CORPUS is set, the real pages in it are packed too. There are too few of a site for
dictionaries to come about as they do in a crawl: what they bring is told of the few sites that have
four pages, the fourth and later packed with the first three.
"""

from __future__ import annotations

import os
import sys
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from random import Random
from time import process_time
from typing import NamedTuple

from bench.reading import memory
from replyarc.archive import blobs
from replyarc.archive.bodies import Bodies
from replyarc.archive.database import write
from replyarc.archive.dictionaries import Dictionaries
from replyarc.archive.store import Archive
from replyarc.demo import letters

SIZES = (20, 60, 250, 1000)
ROOM_TAKEN = """
select (select sum(length(data)) from bodies)
  + (select coalesce(sum(length(data)), 0) from _dictionaries)
"""
ROOM, TIME = 0.45, 0.35
AT = datetime(2026, 5, 1, 8, tzinfo=UTC)


def words() -> list[str]:
    """Words of two and three characters, as the tables of the sample government have them."""
    text = "".join(path.read_text("utf-8") for path in letters.SITES.iterdir())
    runs = "".join(each if "\u4e00" <= each <= "\u9fff" else " " for each in text).split()
    found = {run[at : at + size] for run in runs for size in (2, 3) for at in range(len(run))}
    return sorted(each for each in found if len(each) > 1)


WORDS = words()
WEIGHTS = [*accumulate(1 / (rank + 8) for rank in range(len(WORDS)))]


class Site:
    """One invented site; page ``n`` of it is always the same."""

    def __init__(self, number: int) -> None:
        self.host = f"www.site{number}.gov.test"
        self.charset = "gb18030" if number % 5 in (1, 3) else "utf-8"
        self._random = random = Random(number)
        self._words = random.sample(WORDS, len(WORDS))
        self._head = self._styles(60 + number % 5 * 10) + self._scripts(30 + number % 3 * 10)
        self._navigation = "".join(
            f'<li class="{self._word()}"><a href="/{self._name()}/{self._name()}/index.html"'
            f' target="_blank">{self._say(2)}</a></li>\n'
            for _ in range(70 + number % 4 * 15)
        )
        self._foot = "".join(
            f"<p>{self._say(4)}：<a href='/{self._name()}/'>{self._say(3)}</a></p>\n"
            for _ in range(30)
        )
        self._style = f'style="font-family: {self._word()}; text-indent: 2em; line-height: 28pt"'

    def page(self, n: int) -> bytes:
        """The page of letter ``n``."""
        self._random = random = Random(f"{self.host} {n}")
        title = f"对清源市八届人大{random.randrange(1, 6)}次会议第{n:04}号建议的答复"
        near = "".join(
            f'<li><a href="/{self._name()}/t2023{random.randrange(10**6):06}.html">'
            f"{self._say(8)}</a><span>2023-{random.randrange(1, 13):02}</span></li>\n"
            for _ in range(8)
        )
        letter = "".join(
            f"<p {self._style}>{'，'.join(self._say(6) for _ in range(random.randrange(4, 14)))}。"
            "</p>\n"
            for _ in range(random.randrange(8, 30))
        )
        return (
            f'<html><head><meta charset="{self.charset}"><title>{title}</title>{self._head}</head>'
            f"<body><ul>{self._navigation}</ul><table><tr><td>索引号</td><td>"
            f"{random.randrange(10**9)}/2023-{n:05}</td><td>发布日期</td><td>2023-05-17</td></tr>"
            f"</table><h1>{title}</h1><div>{letter}</div><ul>{near}</ul>{self._foot}</body></html>"
        ).encode(self.charset)

    def _say(self, count: int) -> str:
        return "".join(self._random.choices(self._words, cum_weights=WEIGHTS, k=count))

    def _name(self) -> str:
        return "".join(self._random.choices("abcdefghijklmnopqrstuvwxyz", k=6))

    def _word(self) -> str:
        return f"{self._name()}-{self._random.randrange(100)}"

    def _styles(self, count: int) -> str:
        return "".join(
            f".{self._word()} li a {{ float: left; width: {self._random.randrange(900)}px; "
            f"color: #{self._random.randrange(4096):03x}; }}\n"
            for _ in range(count)
        )

    def _scripts(self, count: int) -> str:
        return "".join(
            f'function {self._name()}(id) {{ if (id > {at}) {{ $("#{self._name()}").show()'
            f".siblings().hide(); }} }}\n"
            for at in range(count)
        )


class Cost(NamedTuple):
    """Bytes stored and seconds taken; of a job, or of a job as a part of another."""

    room: float
    time: float


def timed(pack: Callable[[bytes], bytes], bodies: Iterable[bytes]) -> Cost:
    room = time = 0.0
    for body in bodies:
        begun = process_time()
        room += len(pack(body))
        time += process_time() - begun
    return Cost(room, time)


def blocks(sites: list[Site], count: int) -> Iterator[list[tuple[bytes, str]]]:
    """Yield the first pages of each site and their hosts, the sites in turn, 20 of each at once."""
    for begun in range(0, count, 20):
        numbers = range(begun, min(begun + 20, count))
        yield [(site.page(n), site.host) for n in numbers for site in sites]


class Timed(Dictionaries):
    """Knows how long training took: seconds, with the reading of the pages it is done on."""

    training = 0.0

    def _train(self, raw: blobs.Dictionary) -> blobs.Dictionary | None:
        begun = process_time()
        try:
            return super()._train(raw)
        finally:
            self.training += process_time() - begun


class Kept(NamedTuple):
    """What keeping some pages came to; ``training`` and ``reading`` in seconds."""

    size: int
    zlib6: Cost
    ours: Cost
    training: float
    reading: float


def kept(sites: list[Site], count: int) -> Kept:
    """Keep ``count`` pages of each site, the sites in turn."""
    size, spent = 0, 0.0
    zlib6: list[Cost] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "replies.db"
        with Archive.open(path, create=True) as archive, archive.transaction() as db:
            dictionaries, bodies = Timed(db), Bodies(db)
            for pages in blocks(sites, count):
                zlib6.append(
                    timed(lambda body: zlib.compress(body, 6), [page for page, _ in pages])
                )
                for page, host in pages:
                    size += len(page)
                    name = sha256(page).hexdigest()
                    begun = process_time()
                    codec, data, dictionary = dictionaries.pack(name, page, host, AT)
                    spent += process_time() - begun
                    row = {"sha256": name, "size": len(page), "codec": codec, "data": data}
                    write(db, "bodies", {**row, "dictionary": dictionary})
            (room,) = db.execute(ROOM_TAKEN).fetchone()
            names = [name for (name,) in db.execute("select sha256 from bodies order by rowid")]
            begun = process_time()
            for name in names:
                bodies.body(name)
            reading = process_time() - begun
    before = Cost(sum(each.room for each in zlib6), sum(each.time for each in zlib6))
    training = dictionaries.training
    return Kept(size, before, Cost(room, spent - training), training, reading)


def _zstd(body: bytes) -> bytes:
    return blobs.pack(body)[1]


def told(name: str, cost: Cost, against: Cost, number: int) -> None:
    room, time = cost.room / against.room, cost.time / against.time
    print(
        f"  {name:24} {cost.room / number:7.0f} bytes  {cost.time / number * 1000:.3f} ms"
        f"  = {room:.2f} x room, {time:.2f} x time of zlib 6"
    )


def real(folder: Path) -> None:
    """Pack the real pages, and those of a site beyond the third with the first three."""
    pages = {path: path.read_bytes() for path in sorted(folder.iterdir()) if "-" in path.name}
    told_of = [*pages.values()]
    against = timed(lambda body: zlib.compress(body, 6), told_of)
    print(f"real pages: {len(told_of)}, mean {sum(map(len, told_of)) / len(told_of) / 1000:.0f} kB")
    told("no dictionary", timed(_zstd, told_of), against, len(told_of))
    hosts: defaultdict[str, list[bytes]] = defaultdict(list)
    for path, body in pages.items():
        hosts[path.name.split("-")[1]].append(body)
    for host, bodies in hosts.items():
        if len(bodies) < 4:
            continue
        dictionary = blobs.dictionary_of(bodies[:3])
        packed = timed(lambda body, with_=dictionary: blobs.pack(body, with_)[1], bodies[3:])  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        told(host, packed, timed(lambda body: zlib.compress(body, 6), bodies[3:]), len(bodies) - 3)


def main(number: int) -> None:
    sites = [Site(n) for n in range(number)]
    print(f"{number} sites; aims: at most {ROOM} x room and {TIME} x time of zlib 6")
    for count in SIZES:
        done, pages = kept(sites, count), count * number
        mean = done.size / pages / 1000
        print(f"{count} pages a site, mean {mean:.0f} kB; holds {memory():.0f} MB")
        told("zlib 6", done.zlib6, done.zlib6, pages)
        told("as kept", done.ours, done.zlib6, pages)
        print(f"  {'read again':24} {'':13}  {done.reading / pages * 1000:.3f} ms")
        print(f"  training, apart: {done.training / number * 1000:.0f} ms a site, once")
    if corpus := os.environ.get("REPLYARC_CORPUS"):
        real(Path(corpus, "pages"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
