"""Views of an archive for people: flat tables without JSON, made anew with each replyarc.

Those that show replies follow from the fields of Reply, so that a field added there is a column
here. They hold nothing of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, get_args, get_origin, get_type_hints

from replyarc.archive.tables import NEWEST
from replyarc.model import Reply


@dataclass(frozen=True, slots=True)
class Shape:
    """A field of Reply: its name, its Chinese heading, the type of its value or of its items."""

    name: str
    heading: str
    kind: type
    many: bool = False

    @property
    def told(self) -> str:
        """How a column of ``replies`` is written, in words."""
        if self.many:
            return "list of texts, JSON" if self.kind is str else "list of objects, JSON"
        if issubclass(self.kind, StrEnum):
            return "one of " + " · ".join(self.kind)
        plain = {int: "whole number", date: "day", datetime: "instant"}
        return plain.get(self.kind, "text")

    @property
    def told_flat(self) -> str:
        """How the column of the flat views is written, in words."""
        if self.many and self.kind is str:
            return "texts joined by '; '"
        return "instant, to the second" if self.kind is datetime else self.told

    @property
    def flat(self) -> str:
        """The column of the flat views, in SQL: the cell of a CSV with ``--profile raw``.

        >>> Shape("keywords", "主题词", str, many=True).flat
        "(select group_concat(value, '; ') from json_each(replies.keywords))"
        """
        if self.many and self.kind is str:
            return f"(select group_concat(value, '; ') from json_each(replies.{self.name}))"
        if self.many:
            return f"nullif({self.name}, '[]')"
        return f"substr({self.name}, 1, 19) || 'Z'" if self.kind is datetime else self.name


def _shape(name: str, heading: str, hint: Any) -> Shape:
    if get_origin(hint) is tuple:
        return Shape(name, heading, get_args(hint)[0], many=True)
    kinds = [kind for kind in get_args(hint) if kind is not type(None)]
    return Shape(name, heading, kinds[0] if kinds else hint)


def shapes(kind: type[Any] = Reply) -> tuple[Shape, ...]:
    """Return the fields of Reply as columns, in order."""
    hints = get_type_hints(kind)
    return tuple(
        _shape(field.name, field.metadata["title"], hints[field.name]) for field in fields(kind)
    )


CHINESE: Final = "答复"
"""The name of the view with Chinese headings."""

_DAY: Final = {"day": "日期", "year": "年份"}

# A number is compared without the zeros before it; a proposal that is named by its title alone has
# none. A title belongs to a number where there are as many of the one as of the other.
_PROPOSALS: Final = f"""
create view proposals as
select replies.id as reply, kind, assembly, assembly_name, term, session,
  case when numbered then coalesce(nullif(ltrim(upper(value), '0'), ''), '0') end as number,
  case when numbered then value end as number_printed,
  case when not numbered or as_many then json_extract(proposal_titles, '$[' || key || ']') end
    as proposal_title,
  role, answered_by, title, {NEWEST} as day, url
from (
  select *, proposal_numbers <> '[]' as numbered,
    json_array_length(proposal_numbers) = json_array_length(proposal_titles) as as_many
  from replies
) as replies, json_each(case when numbered then proposal_numbers else proposal_titles end) as each
"""

_HISTORY: Final = """
create view history as
select versions.reply, versions.number, versions.number = replies.version as shown,
  json_extract(contents.fields, '$.title') as title,
  json_extract(contents.fields, '$.published_on') as published_on,
  length(json_extract(contents.fields, '$.text')) as letters,
  versions.first_seen_at, versions.first_read_at, versions.sha256, versions.fingerprint
from versions join contents using (fingerprint) join replies on replies.id = versions.reply
"""

_FILES: Final = """
create view files as
select linked.reply, linked.name, linked.url, linked.sha256, bodies.size,
  texts.kind, texts.pages, length(texts.text) as letters, case
    when linked.sha256 is not null then texts.problem
    else (select problem from fetches where fetches.url = linked.url and problem is not null
      order by fetched_at desc limit 1) end as problem,
  linked.title
from (
  select replies.id as reply, replies.title, json_extract(value, '$.name') as name,
    json_extract(value, '$.url') as url, (
      select sha256 from fetches where fetches.url = json_extract(value, '$.url')
        and sha256 is not null and problem is null order by fetched_at desc limit 1) as sha256
  from replies, json_each(replies.attachments)
) as linked
left join bodies on bodies.sha256 = linked.sha256
left join texts on texts.sha256 = linked.sha256
"""


def views(columns: Iterable[Shape]) -> dict[str, str]:
    """Return the statement that makes each view, by its name, for the fields of Reply."""
    columns = tuple(columns)
    flat = ",\n  ".join(f"{column.flat} as {column.name}" for column in columns)
    year = f"cast(substr({NEWEST}, 1, 4) as integer)"
    headed = {column.name: column.heading for column in columns} | _DAY
    chinese = ",\n  ".join(f'{name} as "{heading}"' for name, heading in headed.items())
    return {
        "replies_flat": f"create view replies_flat as\nselect {flat},\n"
        f"  {NEWEST} as day, {year} as year\nfrom replies",
        CHINESE: f'create view "{CHINESE}" as\nselect {chinese}\nfrom replies_flat',
        "proposals": _PROPOSALS.strip(),
        "history": _HISTORY.strip(),
        "files": _FILES.strip(),
    }


VIEWS: Final = ("replies_flat", CHINESE, "proposals", "history", "files")
"""The views there are, and were; the later ones may look at the earlier ones."""
