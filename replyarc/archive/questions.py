"""Questions that are worth a name, in SQL that needs no replyarc: Datasette offers them.

Nothing but functions that SQLite has built in, so that they work in any program that opens the
file, ten years on too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from replyarc.archive.tables import NEWEST


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its title, what it finds, what is to be filled in, and its SQL."""

    title: str
    description: str
    params: tuple[str, ...]
    sql: str


_STEPS: Final = 5  # SQLite reads no expression that is nested much deeper than twenty


def _narrowed() -> str:
    """Return the steps, as named queries, that bring title and letter to half width.

    With lower case it is how the full-text index has them; the last step is ``narrow``.
    """
    wide = [(chr(code + 0xFEE0), chr(code).lower()) for code in range(0x21, 0x7F)]
    names = [*(f"narrow_{step}" for step in range(_STEPS)), "narrow"]
    steps = [f"{names[0]} (id, text) as (select id, lower(title || char(10) || text) from replies)"]
    for step, name in enumerate(names[1:]):
        swaps = [f", {_quoted(one)}, {_quoted(other)})" for one, other in wide[step::_STEPS]]
        lines = ("".join(swaps[at : at + 6]) for at in range(0, len(swaps), 6))
        text = f"{'replace(' * len(swaps)}text" + "\n    ".join(("", *lines))
        steps.append(f"{name} (id, text) as (\n  select id, {text}\n  from {names[step]})")
    return ",\n".join(steps)


def _quoted(letter: str) -> str:
    return "'" + letter.replace("'", "''") + "'"


# The index holds pairs of neighbouring letters (see archive/search.py), none across a blank or an
# ASCII mark, and the last letter of each run alone: a word is found by its pairs, a letter that
# stands alone by prefix. That finds too much, never too little, and what is found is looked at
# again, newest first, only as far as it is shown. A reply that waits for the index is looked at.
_SEARCH: Final = f"""
with recursive
asked (at, text) as ( -- the words, in half width and lower case
  select 0, ''
  union all
  select at + 1, text || case
    when unicode(substr(:words, at + 1)) between 65281 and 65374
      then lower(char(unicode(substr(:words, at + 1)) - 65248))
    when unicode(substr(:words, at + 1)) in (9, 10, 11, 12, 13, 160, 12288) then ' '
    else lower(substr(:words, at + 1, 1)) end
  from asked where at < min(length(:words), 100)
),
parted (word, rest) as (
  select '', trim(text) || ' ' from (select text from asked order by at desc limit 1)
  union all
  select substr(rest, 1, instr(rest, ' ') - 1), ltrim(substr(rest, instr(rest, ' ') + 1))
  from parted where rest <> ''
),
words (word) as (select distinct word from parted where word <> ''),
letters (word, at, letter) as (
  select word, 0, '' from words
  union all
  select word, at + 1, substr(word, at + 1, 1) from letters where at < length(word)
),
indexed (word, at, letter) as (
  select * from letters where unicode(letter) > 127 or letter glob '[0-9a-z]'
),
tokens (token) as (
  select '"' || this.letter || next.letter || '"'
  from indexed as this join indexed as next on next.word = this.word and next.at = this.at + 1
  union
  select '"' || letter || '"*' from indexed as this where not exists (
    select 1 from indexed as next where next.word = this.word and abs(next.at - this.at) = 1)
),
pattern (pattern) as (select group_concat(token, ' AND ') from tokens),
{_narrowed()},
likely (id) as (
  select reply from _indexed where id in (
    select rowid from _search where _search match
      (select coalesce(pattern, '"none"') from pattern))
  union all
  select reply from _unindexed
  union all
  select id from replies
  where (select pattern from pattern) is null and exists (select 1 from words)
)
select {NEWEST} as day, title, answered_by,
  substr(text, max(1, instr(lower(text), (select word from words limit 1)) - 20), 80) as excerpt,
  url, id
from replies
where +id in (select id from likely) and exists (select 1 from words) and not exists (
  select 1 from words
  where not instr(lower(title || char(10) || text), word)
    and not (word glob '*[!-~]*' -- else it stands the same in half width
      and instr((select narrow.text from narrow where narrow.id = replies.id), word)))
order by {NEWEST} desc, id limit 200
"""

_BY_PROPOSAL: Final = """
select day, number_printed, proposal_title, assembly_name, term, session, kind, role, answered_by,
  title, url, reply
from proposals
where (:number = '' or number = coalesce(nullif(ltrim(upper(trim(:number)), '0'), ''), '0'))
  and (:assembly_name = '' or instr(assembly_name, trim(:assembly_name)))
  and (:term = '' or term = cast(:term as integer))
  and (:session = '' or session = cast(:session as integer))
order by day desc, reply limit 500
"""

_GAPS: Final = """
select assembly, assembly_name, kind, term, session, before + 1 as from_number,
  number - 1 as to_number, number - before - 1 as missing
from (
  select *, lag(number) over (
    partition by assembly, assembly_name, kind, term, session order by number) as before
  from (
    select distinct assembly, assembly_name, kind, term, session, cast(number as integer) as number
    from proposals
    where number not glob '*[^0-9]*' and length(number) < 6
      and (:assembly_name = '' or instr(assembly_name, trim(:assembly_name)))))
where number - before > 1
order by assembly, assembly_name, kind, term desc, session desc, number limit 1000
"""

_CHANGED: Final = """
select changed_at, version, title, answered_by, url, id
from replies where version > 1 order by changed_at desc, id limit 500
"""

_GONE: Final = """
select gone_at, title, answered_by, first_seen_at, last_seen_at, url, id
from replies where gone_at is not null order by gone_at desc, id limit 500
"""

QUESTIONS: Final = {
    "search": Question(
        "全文检索 · search",
        "Finds the replies whose title or letter contains all of the words, newest first; blanks "
        "part words, full and half width and ASCII capitals are alike, one letter is enough. At "
        "most 200 are shown. 每个词都须在标题或正文中出现，词间用空格隔开。",
        ("words",),
        _SEARCH.strip(),
    ),
    "by_proposal": Question(
        "按建议提案号 · by proposal",
        "All replies to one suggestion or proposal, 主办 and 会办 alike: 198, 岳阳, 8, 1 stands "
        "for 岳阳市八届人大一次会议第198号. What is left empty may be anything.",
        ("number", "assembly_name", "term", "session"),
        _BY_PROPOSAL.strip(),
    ),
    "gaps": Question(
        "缺号 · gaps in the numbers",
        "Numbers between two archived ones of the same session that no archived reply answers. "
        "Other bodies may have answered them.",
        ("assembly_name",),
        _GAPS.strip(),
    ),
    "changed": Question(
        "有变更的答复 · changed",
        "Replies that said something else before; the view history has every version.",
        (),
        _CHANGED.strip(),
    ),
    "gone": Question(
        "已消失的答复 · gone",
        "Replies whose pages are gone from their sites, on two days at least; all of them can "
        "still be read here.",
        (),
        _GONE.strip(),
    ),
}
"""What is asked for by name, and the name."""
