"""The full-text index: building it, its size, and the best 20 hits against LIKE.

Run as ``python -m bench.searching [REPLIES [CHARACTERS]]``. The letters are made of invented words;
about half as many pairs of characters occur in them as they have characters, as in real letters of
their length. Everything runs in a new archive in a temporary folder; LIKE and the search take
turns over the same words. What the index costs a crawl is measured on 1,000 pages on loopback.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from time import perf_counter, process_time

from bench import crawling
from replyarc.archive import hits, search, words
from replyarc.archive.database import write
from replyarc.archive.query import Query
from replyarc.archive.schema import packed
from replyarc.archive.store import Archive
from replyarc.archive.tables import NEWEST

DAY = datetime(2024, 5, 1, tzinfo=UTC)
BEST = 20
LIKE = f"""
select id from replies where title like :like or text like :like
order by title like :like desc, {NEWEST} desc, id limit {BEST}
"""


class Letters:
    """Letters of invented words: few of them often, most of them seldom, some again and again."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        signs = [chr(code) for code in range(0x4E00, 0x4E00 + 3500)]
        weights = [*accumulate(1 / (place + 12) ** 0.9 for place in range(len(signs)))]
        self.words = [
            "".join(self.chance.choices(signs, cum_weights=weights, k=size))
            for size in self.chance.choices((1, 2, 3, 4), (1, 5, 1, 1), k=20_000)
        ]
        self.weights = [*accumulate(1 / (place + 8) for place in range(len(self.words)))]

    def letter(self, characters: int) -> str:
        """Return a letter of about this length, with words and phrases of its own."""
        own = self.chance.choices(self.words, cum_weights=self.weights, k=characters // 6)
        phrases = ["".join(self.chance.choices(own, k=5)) for _ in range(characters // 30)]
        parts: list[str] = []
        while sum(map(len, parts)) < characters:
            parts.append("".join(self.chance.choices(own, k=6)) + self.chance.choice("，，。"))
            parts.append(self.chance.choice(phrases) + self.chance.choice("，。\n"))
        return "".join(parts)

    def title(self) -> str:
        """Return a title of ten words."""
        return "".join(self.chance.choices(self.words, cum_weights=self.weights, k=10))


def fill(archive: Archive, total: int, characters: int) -> int:
    """Put generated replies in, past the filing, which is not what is measured; return bytes."""
    letters, size = Letters(1), 0
    for begun in range(0, total, 500):
        with archive.transaction() as db:
            for number in range(begun, min(total, begun + 500)):
                day = (DAY - timedelta(hours=number * 7 % 30_000)).isoformat()
                said = {"title": letters.title(), "text": letters.letter(characters)}
                size += sum(len(each.encode()) for each in said.values())
                content = {"fingerprint": str(number), "fields": packed(said)}
                write(db, "contents", content)
                seen = {"published_on": day[:10], "first_seen_at": day, "version": 1}
                row = {"id": f"r{number:011}", "fingerprint": str(number), **said, **seen}
                write(db, "replies", row)
    return size


def sample(archive: Archive, characters: int, times: int) -> list[str]:
    """Return pieces of letters, as long as asked for, without signs."""
    chance = random.Random(characters)
    found: list[str] = []
    (last,) = archive.db.execute("select max(rowid) from replies").fetchone()
    for _ in range(times * 40):
        sql = "select text from replies where rowid = ?"
        (text,) = archive.db.execute(sql, [chance.randint(1, last)]).fetchone()
        at = chance.randrange(len(text) - characters)
        piece = text[at : at + characters]
        if piece.isalnum():
            found.append(piece)
        if len(found) == times:
            break
    return found


def timed(act: Callable[[], list[str]]) -> tuple[float, list[str]]:
    begun = perf_counter()
    found = act()
    return perf_counter() - begun, found


def compare(archive: Archive, characters: int, times: int) -> None:
    spent: dict[str, list[float]] = {"best": [], "like": [], "newest": []}
    for word in sample(archive, characters, times):
        wanted = words.read(f'"{word}"')

        def ids(wanted: words.Wanted = wanted, *, newest: bool = False) -> list[str]:
            found = hits.hits(archive, wanted, Query(limit=BEST), newest=newest)
            return [reply.id for reply in found]

        def like(word: str = word) -> list[str]:
            return [id for (id,) in archive.db.execute(LIKE, {"like": f"%{word}%"})]

        ids()  # what both need of the file is in memory
        for name, act in (("best", ids), ("like", like), ("newest", lambda: ids(newest=True))):
            took, found = timed(act)
            spent[name].append(took)
            if not found:
                sys.exit(f"{name}: {word} is not found")
    best, newest, by_like = (statistics.median(spent[name]) for name in ("best", "newest", "like"))
    print(
        f"  {characters} characters: best {BEST} in {best * 1000:.1f} ms "
        f"(newest {newest * 1000:.1f}, slowest {max(spent['best']) * 1000:.1f}); "
        f"LIKE {by_like * 1000:.0f} ms = {by_like / best:.0f} x (aim: at least 50)"
    )


def slow_down(total: int) -> None:
    """Crawl sites on loopback, without any delay, and tell how much of the time is the index's."""
    with crawling.government(total) as urls, tempfile.TemporaryDirectory() as place:
        begun = perf_counter()
        subprocess.run(crawling.replyarc(urls, Path(place)), check=True)
        whole = perf_counter() - begun
        with Archive.open(Path(place) / "replies.db") as archive:
            begun = perf_counter()
            with archive.transaction() as db:
                search.rebuild(db)
            index = perf_counter() - begun
    a_page, for_index = whole / total * 1000, index / total * 1000
    slower = a_page / (a_page - for_index)
    print(
        f"  crawl of {total} on loopback: {a_page:.2f} ms a page, of which {for_index:.2f} "
        f"for the index: {slower:.2f} x (aim: at most 1.5)"
    )


def main(total: int, characters: int) -> None:
    print(f"{total} replies of {characters} characters")
    slow_down(min(total, 1000))
    with (
        tempfile.TemporaryDirectory() as place,
        Archive.open(Path(place) / "a.db", create=True) as archive,
    ):
        size = fill(archive, total, characters)
        begun, used = perf_counter(), process_time()
        search.refresh(archive)
        took, used = perf_counter() - begun, process_time() - used
        print(
            f"  indexed at {took / total * 1000:.2f} ms a reply ({used / total * 1000:.2f} of CPU)"
        )
        sql = "select sum(length(block)) from _search_data"
        (held,) = archive.db.execute(sql).fetchone()
        print(f"  index / text = {held / size:.3f} (aim: at most 0.35)")
        for length in (2, 4, 8):
            compare(archive, length, 9)
        begun = perf_counter()
        wrong = search.check(archive.db)
        print(f"  checked in {perf_counter() - begun:.1f} s: {wrong or 'right'}")


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    main(*(numbers + [100_000, 3400][len(numbers) :]))
