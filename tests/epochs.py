"""A government of four columns that changes from day to day, and remembers what it gave to whom.

Each column is of another publishing system, and tells in its own way whether a page has changed
since: by ETag and Last-Modified, by one of them, or not at all. ``history`` makes five days of
changes, drawn from a seed; ``begin`` brings the government to one of them, as often as it is
wanted, so that several archives can be led through the very same days.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from random import Random
from typing import Final

from tests.gov import Answer, Gov, Heard
from tests.sites.igs import CODE, SEARCH, Igs, doc
from tests.sites.jpaas import Jpaas, art
from tests.sites.plain import NextLink, in_folder
from tests.sites.site import Paper, Site
from tests.sites.trs import CreatePage, article

NEWEST: Final = date(2024, 9, 30)
PER_PAGE: Final = 3
LETTERS: Final = 10

ETAG, MODIFIED = "etag", "last-modified"


@dataclass(frozen=True)
class Letter:
    """One reply as it stands on a day; ``path`` is the path of its page."""

    office: str
    number: int
    day: date
    path: str
    index: str | None
    word: str = "养老服务"
    retitled: bool = False

    @property
    def title(self) -> str:
        end = "答复意见" if self.retitled else "答复"
        return f"{self.office}关于市八届人大二次会议第{self.number:03}号建议的{end}"

    @property
    def paper(self) -> Paper:
        return Paper(self.number, self.day, self.title, self.path)

    def page(self) -> bytes:
        index = f"<tr><td>索引号</td><td>{self.index}</td></tr>" if self.index else ""
        return (
            f'<html><head><meta charset="utf-8"><title>{self.title}</title></head><body>'
            f"<table>{index}<tr><td>发布日期</td><td>{self.day}</td></tr></table>"
            f'<h1>{self.title}</h1><div class="TRS_Editor"><p>顾明远代表：</p>'
            f"<p>您提出的《关于加强第{self.number}社区{self.word}的建议》收悉。现答复如下：</p>"
            f"<p>我局高度重视第{self.number}社区的{self.word}工作，会同有关部门制定实施方案，"
            f"逐项落实，今年在第{self.number}社区新建站点{self.number}处，培训多人。</p>"
            f"<p>下一步，我局将在第{self.number}社区继续加大投入，按季度向社会公布{self.word}的进展情况，"
            f"并请您继续关心和支持{self.office}的工作。</p>"
            f"<p>{self.office}</p><p>2024年5月10日</p></div></body></html>"
        ).encode()


@dataclass
class Column:
    """One column: who answers, how its listing is made, how it tells that a page has changed.

    ``totals``: its listing says how many letters there are.
    """

    name: str
    office: str
    site: Site
    place: Callable[[int, date], str]
    tells: frozenset[str]
    totals: bool
    organ: int
    letters: list[Letter] = field(default_factory=list)

    def make(self, number: int, day: date) -> Letter:
        """Make a letter that was not there before."""
        index = f"99012300{self.organ}/2024-{number:05}"
        return Letter(self.office, number, day, self.place(number, day), index)

    def fill(self, count: int = LETTERS) -> None:
        """Publish so many letters, one every three days, numbered from the oldest."""
        days = [NEWEST - timedelta(days=3 * n) for n in range(count)]
        self.letters = [self.make(count - n, day) for n, day in enumerate(days)]


def columns() -> list[Column]:
    """Make four columns of four families; two of them say how many letters they hold."""
    fields = {"code": CODE, "siteId": "57", "searchWord": "", "orderBy": "time"}
    trs = CreatePage("", "trs", "/jytabl/", [], PER_PAGE, folder="/jytabl/")
    link = NextLink("", "nextlink", "/tajy/index.htm", [], PER_PAGE, folder="/tajy/")
    igs = Igs("", [], SEARCH, fields, upper=False, size=PER_PAGE)
    jpaas = Jpaas("", [], "信息列表", {}, rows=PER_PAGE)
    both, none = frozenset({ETAG, MODIFIED}), frozenset[str]()
    return [
        Column("trs", "清源市民政局", trs, article("/jytabl/", "html"), both, False, 1),
        Column("nextlink", "清源市教育局", link, in_folder("/tajy/"), none, False, 2),
        Column("igs", "清源市水务局", igs, doc, frozenset({MODIFIED}), True, 3),
        Column("jpaas", "清源市文旅局", jpaas, art, frozenset({ETAG}), True, 4),
    ]


@dataclass
class Day:
    """What is different on one day: the letters of each column, and what goes wrong on it.

    ``shifts`` are letters that come on top of a column while its listing is walked; ``fails`` the
    paths that answer 500 all day, ``stumbles`` those that do so once.
    """

    letters: dict[str, list[Letter]]
    shifts: dict[str, Letter] = field(default_factory=dict)
    fails: set[str] = field(default_factory=set)
    stumbles: set[str] = field(default_factory=set)


@dataclass
class History:
    """Days of a government, the first of them before any change.

    ``silent`` are the paths of letters whose pages were changed and nothing else; ``deep`` of
    letters put in at the very end of a listing; ``removed`` of pages that were taken away.
    """

    days: list[Day]
    silent: set[str] = field(default_factory=set)
    deep: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)

    def last(self) -> Day:
        """Return the day after the last, on which nothing happens any more."""
        day = self.days[-1]
        letters = {
            name: [*([day.shifts[name]] if name in day.shifts else []), *there]
            for name, there in day.letters.items()
        }
        return Day(letters)


class Government:
    """Answers for its columns as they stand; ``given`` is each letter that was sent, in order."""

    def __init__(self, gov: Gov, made: list[Column]) -> None:
        self.columns = made
        self.given: list[Letter] = []
        self.revisited: list[Letter] = []
        self._gov = gov
        self._day = Day({})
        self._number = 0
        self._letters: dict[str, tuple[Column, Letter]] = {}
        self._modified: dict[tuple[str, bytes], datetime] = {}
        self._stumbled: set[str] = set()
        self._turned: set[str] = set()
        gov.handlers.append(self._answer)

    def begin(self, number: int, day: Day) -> None:
        """Bring the government to the morning of a day."""
        self._number, self._day = number, day
        self.given, self.revisited, self._stumbled, self._turned = [], [], set(), set()
        for column in self.columns:
            column.letters = list(day.letters[column.name])
        self._publish()

    def publish(self) -> None:
        """Show the columns as they were changed by hand, on a new day."""
        self._number += 1
        self._day = Day({column.name: list(column.letters) for column in self.columns})
        self._publish()

    def _publish(self) -> None:
        for column in self.columns:
            column.site.papers = [letter.paper for letter in column.letters]
        self._letters = {
            letter.path: (column, letter) for column in self.columns for letter in column.letters
        }

    def _answer(self, heard: Heard) -> Answer | None:
        path = heard.path
        if path in self._day.fails:
            return Answer(500, {}, b"<html><body>error</body></html>")
        if path in self._day.stumbles - self._stumbled:
            self._stumbled.add(path)
            return Answer(502, {}, b"<html><body>error</body></html>")
        if found := self._letters.get(path):
            column, letter = found
            answer = self._told(column, heard, Answer(body=letter.page()))
            (self.given if answer.status == 200 else self.revisited).append(letter)
            return answer
        for column in self.columns:
            if (listed := column.site.answer(heard)) is not None:
                self._shift(column)
                return self._told(column, heard, listed) if listed.status == 200 else listed
        return None

    def _shift(self, column: Column) -> None:
        """Put a letter on top once the first page of a listing was sent."""
        new = self._day.shifts.get(column.name)
        if new is None or column.name in self._turned:
            return
        self._turned.add(column.name)
        column.letters.insert(0, new)
        self._publish()

    def _told(self, column: Column, heard: Heard, answer: Answer) -> Answer:
        """Say since when a page is as it is, where the column does; 304 to who has it already."""
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=self._number)
        modified = self._modified.setdefault((heard.path, answer.body), now)
        etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        said = {ETAG: etag, MODIFIED: format_datetime(modified, usegmt=True)}
        headers = {name: said[name] for name in sorted(column.tells)}
        if ETAG in column.tells and (asked := heard.headers.get("if-none-match")):
            is_same = asked == etag
        else:
            since = heard.headers.get("if-modified-since", "")
            is_same = MODIFIED in column.tells and bool(since) and _at(since) >= modified
        if is_same:
            return Answer(304, headers)
        return replace(answer, headers={**answer.headers, **headers})


def _at(printed: str) -> datetime:
    return parsedate_to_datetime(printed)


# --- what happens


def history(seed: int, made: list[Column], days: int = 5) -> History:
    """Draw what happens on each day after the first; each letter is touched once at the most."""
    random = Random(seed)
    for column in made:
        column.fill()
    told = History([Day({column.name: list(column.letters) for column in made})])
    untouched = {column.name: {letter.number for letter in column.letters} for column in made}
    for number in range(1, days):
        day = Day({})
        for column in made:
            _Changing(random, column, untouched[column.name], told, day, number).change()
        told.days.append(day)
    return told


@dataclass
class _Changing:
    """What happens to one column on one day."""

    random: Random
    column: Column
    untouched: set[int]
    told: History
    day: Day
    number: int

    def change(self) -> None:
        """Let something new happen, and the several kinds of change on days of their own."""
        before = self.told.days[-1].shifts.get(self.column.name)
        if before is not None:
            self.column.letters.insert(0, before)
        for _ in range(self.random.choice((0, 1, 1, 2))):
            self.column.letters.insert(0, self._new(NEWEST + timedelta(days=self.number)))
        kinds = [self._edit, self._silently, self._move, self._renumber, self._insert, self._fail]
        for kind in self.random.sample(kinds, 3):
            kind()
        self._remove()
        self.day.letters[self.column.name] = list(self.column.letters)
        happens = self.random.choice((self._shift, self._stumble, lambda: None))
        happens()

    def _new(self, day: date) -> Letter:
        """Make a letter with the next free number of its column."""
        number = 100 + 10 * self.number + len(self.column.letters) * 100
        taken = {letter.number for letter in self.column.letters}
        while number in taken:
            number += 1
        return self.column.make(number, day)

    def _pick(self, among: Iterator[Letter]) -> Letter | None:
        found = [letter for letter in among if letter.number in self.untouched]
        if not found:
            return None
        letter = self.random.choice(found)
        self.untouched.discard(letter.number)
        return letter

    def _change(self, letter: Letter | None, **changes: object) -> None:
        if letter is not None:
            at = self.column.letters.index(letter)
            self.column.letters[at] = replace(letter, **changes)  # type: ignore[arg-type]  # drawn here

    def _edit(self) -> None:
        """Edit a letter near the top so that its listing shows another title, or another day."""
        letter = self._pick(iter(self.column.letters[:PER_PAGE]))
        if self.random.random() < 0.5:
            self._change(letter, word=f"托育{self.number}", retitled=True)
        elif letter is not None:
            self._change(letter, word=f"托育{self.number}", day=letter.day + timedelta(days=1))

    def _silently(self) -> None:
        letter = self._pick(iter(self.column.letters))
        if letter is not None:
            self._change(letter, word=f"助残服务{self.number}")
            self.told.silent.add(letter.path)

    def _move(self) -> None:
        """Give a letter another address; it was and stays numbered, by which it is known."""
        letter = self._pick(iter(self.column.letters[:PER_PAGE]))
        if letter is not None:
            self._change(letter, path=self.column.place(50_000 + letter.number, letter.day))
            self.told.removed.add(letter.path)

    def _renumber(self) -> None:
        """Take the index number away, or print another; the listing shows the day of it."""
        letter = self._pick(iter(self.column.letters[:PER_PAGE]))
        if letter is not None:
            other = letter.index.replace("2024-0", "2024-9") if letter.index else None
            index = self.random.choice((None, other))
            self._change(letter, index=index, day=letter.day + timedelta(days=1))

    def _insert(self) -> None:
        """Put a letter in late: on the first two pages, or at the very end of the listing."""
        if self.random.random() < 0.5:
            at = self.random.randrange(1, PER_PAGE)
            self.column.letters.insert(at, self._new(self.column.letters[at].day))
            return
        last = self._new(self.column.letters[-1].day - timedelta(days=1))
        self.column.letters.append(last)
        self.told.deep.add(last.path)

    def _fail(self) -> None:
        """Let a new letter not be had for a day."""
        new = self._new(NEWEST + timedelta(days=self.number))
        self.column.letters.insert(0, new)
        self.day.fails.add(new.path)

    def _remove(self) -> None:
        """Take a letter away, one in a column at the most: several would be the site's fault."""
        if self.number == 2 and (letter := self._pick(iter(self.column.letters[PER_PAGE:]))):
            self.column.letters.remove(letter)
            self.told.removed.add(letter.path)

    def _shift(self) -> None:
        self.day.shifts[self.column.name] = self._new(NEWEST + timedelta(days=self.number))

    def _stumble(self) -> None:
        self.day.stumbles.add(self.column.site.column.partition("#")[0])
