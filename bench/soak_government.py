"""Fifty misbehaving sites that change slowly, for ``bench.soak``: one process, one port.

Run as ``python -m bench.soak_government SEED HOSTS LETTERS``; prints its port, then obeys a word a
line on its standard input: ``change`` (a few sites publish or edit letters), ``calm`` (no faults
any more), ``published`` (prints, as JSON, every letter's address and the SHA-256 of its page, and
how many faults there were). Needs a system where all of 127.0.0.0/8 is loopback (Linux).
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import Any, Final
from urllib.parse import urlsplit

from tests.column import Column, Letter, letters
from tests.gov import (
    Answer,
    Fault,
    Gov,
    Heard,
    cut,
    half_gzip,
    head_of,
    instead,
    reset,
    serving,
    status,
)

SHARE: Final = 0.05
"""Of all answers, so many are faults."""

CHANGING: Final = 4
"""Sites that change at once."""

NEWEST: Final = letters(1)[0].day

MAINTENANCE: Final = (
    "<html><head><title>网站维护</title></head><body>网站维护中，请稍后访问</body></html>"
)


def slow() -> Fault:
    """An answer that takes its time."""

    async def fault(writer: asyncio.StreamWriter, answer: Answer) -> None:
        await asyncio.sleep(1.5)
        writer.write(head_of(answer) + answer.body)

    return fault


FAULTS: Final[Mapping[str, Callable[[], Fault]]] = {
    "503": lambda: status(503),
    "reset": reset,
    "half gzip": half_gzip,
    "slow": slow,
    "wrong length": cut,
    "404 for a moment": lambda: status(404),
    "maintenance": lambda: instead(Answer(200, {}, MAINTENANCE.encode())),
}


class Chance(defaultdict[str, deque[Fault]]):
    """Faults by chance, whatever is asked for; ``counts`` says how many of each there were."""

    def __init__(self, random: Random) -> None:
        super().__init__(deque)
        self.share = SHARE
        self.counts: Counter[str] = Counter()
        self._random = random

    def get(self, key: str, default: Any = None) -> Any:
        """Return a fault once in a while; robots.txt is spared, as it would cost a whole site."""
        if key == "/robots.txt" or self._random.random() >= self.share:
            return default
        name = self._random.choice([*FAULTS])
        self.counts[name] += 1
        return deque([FAULTS[name]()])


def numbered(host: int, letter: Letter) -> Letter:
    """Give a letter the index number of its host: no two hosts publish the same."""
    return replace(letter, index_number=f"9901{host:05}/2023-{letter.number:05}")


class Sites:
    """A column on each host, and what each of them has published."""

    def __init__(self, gov: Gov, random: Random, hosts: int, count: int) -> None:
        self._gov = gov
        self._random = random
        self._columns = {
            f"127.0.0.{n}": Column([numbered(n, each) for each in letters(count)], 10)
            for n in range(1, hosts + 1)
        }
        self._pages: dict[str, dict[str, bytes]] = {}
        self._next = count + 1
        for host in self._columns:
            self._publish(host)
        gov.handlers.append(self._answer)

    def _publish(self, host: str) -> None:
        """Let a scratch government make the pages of a column."""
        made, column = Gov(), self._columns[host]
        column.publish(made)
        self._pages[host] = {
            path: page for path, page in made.pages.items() if isinstance(page, bytes)
        }

    def _answer(self, heard: Heard) -> Answer | None:
        page = self._pages[heard.address].get(heard.path)
        if page is None:
            return None
        etag = f'"{sha256(page).hexdigest()[:16]}"'
        if heard.headers.get("if-none-match") == etag:
            return Answer(304, {"ETag": etag})
        return Answer(200, {"ETag": etag}, page)

    def change(self) -> None:
        """Publish a letter on a few sites, and edit one where its listing shows another day."""
        for host in self._random.sample([*self._columns], min(CHANGING, len(self._columns))):
            column = self._columns[host]
            if self._random.random() < 0.5:
                new = numbered(int(host.rpartition(".")[2]), Letter(self._next, NEWEST))
                self._next += 1
                column.letters.insert(self._random.randrange(3), new)
            else:
                at = self._random.randrange(10)
                old = column.letters[at]
                word = f"托育服务{self._random.randrange(10**6)}"
                day = old.day + timedelta(days=1)
                column.letters[at] = replace(old, word=word, day=day)
            self._publish(host)
        self._gov.heard.clear()  # nobody reads it, and a soak is long
        self._gov.writers[:] = [each for each in self._gov.writers if not each.is_closing()]

    def published(self) -> dict[str, str]:
        """Return the address of every letter, and the SHA-256 of its page as it stands now."""
        return {
            self._gov.at(host) + letter.path: sha256(letter.page()).hexdigest()
            for host, column in self._columns.items()
            for letter in column.letters
        }


def main(seed: int, hosts: int, count: int) -> None:
    """Serve until the standard input is closed."""
    random = Random(seed)
    with serving(*(f"127.0.0.{n}" for n in range(1, hosts + 1))) as gov:
        gov.faults = chance = Chance(Random(seed + 1))
        sites = Sites(gov, random, hosts, count)
        print(urlsplit(gov.url).port, flush=True)
        for line in sys.stdin:
            match line.strip():
                case "change":
                    sites.change()
                case "calm":
                    chance.share = 0.0
                case "published":
                    told = {"letters": sites.published(), "faults": chance.counts}
                    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:4]))
