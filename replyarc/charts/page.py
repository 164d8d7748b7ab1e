"""A report as one HTML file: charts and tables, no script, nothing loaded from anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from replyarc.charts.drawing import REPORT, chart, facts
from replyarc.charts.panels import label
from replyarc.figures import BREAKDOWNS, NOT_SAID, SECTIONS, Event, Statistics, shortened
from replyarc.gaps import in_words
from replyarc.seats import session_in_words

_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
_MOST: Final = 40
_SESSIONS: Final = 200
_SPANS: Final = 60
_STYLE: Final = """
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff;
  font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei",
  "WenQuanYi Micro Hei", sans-serif }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.5rem }
figure { margin: 1rem 0 } figure svg { width: 100%; height: auto }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
th, td { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #ddd;
  vertical-align: top; overflow-wrap: anywhere }
th:first-child { min-width: 11em }
.n { text-align: right; white-space: nowrap } .note { color: #555; font-size: .9rem }
@media print { body { margin: 0; max-width: none; font-size: 10pt }
  figure, tr { break-inside: avoid } h2 { break-after: avoid } }
"""
_PAGE: Final = """<!DOCTYPE html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
<p>{facts}</p>
{body}
<p class="note">replyarc</p>
</body>
</html>
"""

Cell = str | int | float
Rows = Iterable[Sequence[Cell]]


def page(told: Statistics, title: str = "", about: str = "") -> bytes:
    """Write the report of `stats` as one HTML page that needs nothing else, to read or to print.

    Raises ReplyarcError where matplotlib is not installed.
    """
    head = " · ".join(each for each in ("建议提案答复 Replies", title) if each)
    body = "\n".join([*_figures(told), *_tables(told)])
    said = " · ".join(facts(told, about))
    return _PAGE.format(title=_safe(head), style=_STYLE, facts=_safe(said), body=body).encode()


def _figures(told: Statistics) -> Iterator[str]:
    for name in REPORT:
        drawn = chart(told, name).decode()
        drawn = re.sub(
            "<metadata>.*?</metadata>", "", drawn[drawn.index("<svg") :], flags=re.DOTALL
        )
        # what one chart calls clip1 another may call so too
        drawn = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", drawn)
        yield f"<figure>{drawn}</figure>"


def _tables(told: Statistics) -> Iterator[str]:
    for by in ("kind", "class", "session"):
        counts, others, number = shortened(told.by[by], _MOST)
        rows = [
            (_name(each.name), f"{each.replies:,}", _share(each.replies, told)) for each in counts
        ]
        if others:
            rows.append(
                (f"其余 others ({number:,})", f"{others.replies:,}", _share(others.replies, told))
            )
        yield _table(BREAKDOWNS[by], (("名称", ""), ("件数 replies", "n"), ("", "n")), rows)
    yield from _gaps(told)
    yield from _days(told)
    yield from _edited(told)
    yield from _gone(told)


def _gaps(told: Statistics) -> Iterator[str]:
    if not told.numbers:
        return
    rows = []
    for each in sorted(told.numbers, key=lambda of: -of.held)[:_SESSIONS]:
        of = each.sitting
        session = session_in_words(of.place, of.assembly, of.term, of.session)
        spans = each.missing if each.is_dense else each.spans
        more = f" … (+{len(spans) - _SPANS:,})" if len(spans) > _SPANS else ""
        told_of = f"{'' if each.is_dense else '已存 held: '}{in_words(spans[:_SPANS])}{more}"
        name = " ".join(word for word in (session, of.kind, of.series) if word)
        rows.append((name, f"{each.held:,} / 1–{each.largest:,}", f"{each.share:.1%}", told_of))
    columns = (("届次 session", ""), ("已存 held", "n"), ("", "n"), ("缺号 not held", ""))
    yield _table(SECTIONS["gaps"], columns, rows)
    yield _note(
        "自 1 数至已存的最大号；未存者或未公开，或由其他单位答复，或未收录。",
        "Counted from 1 to the largest number held. Not held means: not published, another "
        "office's, or not archived.",
    )


def _days(told: Statistics) -> Iterator[str]:
    days = told.publication
    if not days.publishers:
        return
    rows = [
        (
            _name(each.publisher),
            f"{each.replies:,}",
            f"{each.median:g}",
            f"{each.late / each.replies:.0%}",
        )
        for each in days.publishers[:_MOST]
    ]
    late = f"逾 {days.late_after} 天 late"
    columns = (("答复单位", ""), ("件数 replies", "n"), ("中位数 median", "n"), (late, "n"))
    yield _table(SECTIONS["days"], columns, rows)
    yield _note(
        f"{days.before:,} 件的发布日期早于成文日期，{days.unknown:,} 件缺其中一个日期，均未计入。",
        f"Not in these: {days.before:,} bear a date after their publication, {days.unknown:,} "
        "lack one of the two days.",
    )


def _edited(told: Statistics) -> Iterator[str]:
    if told.edited.replies:
        yield _events("edited", told.edited.replies, told.edited.latest)


def _gone(told: Statistics) -> Iterator[str]:
    if told.gone.replies:
        yield _events("gone", told.gone.replies, told.gone.latest)


def _events(section: str, replies: int, events: Iterable[Event]) -> str:
    chinese, english = SECTIONS[section]
    title = (f"{chinese} {replies:,} 件", english)
    rows = [
        (each.day, each.id, each.title, ", ".join(each.fields) or each.source) for each in events
    ]
    return _table(title, (("日期 day", ""), ("编号 id", ""), ("标题 title", ""), ("", "")), rows)


def _table(title: tuple[str, str], columns: Sequence[tuple[str, str]], rows: Rows) -> str:
    def line(cells: Sequence[Cell], tag: str) -> str:
        marks = (f' class="{kind}"' if kind else "" for _, kind in columns)
        drawn = (
            f"<{tag}{mark}>{_safe(str(cell))}</{tag}>"
            for cell, mark in zip(cells, marks, strict=True)
        )
        return f"<tr>{''.join(drawn)}</tr>"

    head = line([name for name, _ in columns], "th")
    body = "\n".join(line(row, "td") for row in rows)
    return (
        f"<h2>{_both(*title)}</h2>\n<table>\n<thead>{head}</thead>\n<tbody>{body}</tbody>\n</table>"
    )


def _note(chinese: str, english: str) -> str:
    return f'<p class="note">{_both(chinese, english)}</p>'


def _both(chinese: str, english: str = "") -> str:
    return f'{_safe(chinese)} <span lang="en">{_safe(english)}</span>'


def _name(name: str | None) -> str:
    return NOT_SAID if name is None else label(name)


def _share(replies: int, told: Statistics) -> str:
    return f"{replies / told.total:.1%}" if told.total else ""


def _safe(text: str) -> str:
    return escape(_CONTROL.sub("", text))
