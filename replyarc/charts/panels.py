"""The single charts: each draws one thing into the axes that it is given.

Colours are those of Okabe and Ito, which the colour-blind tell apart, and grey in print.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final
from unicodedata import category, east_asian_width

from replyarc.figures import BREAKDOWNS, NOT_SAID, Statistics, quantile, shortened
from replyarc.shades import columns, level, levels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.path import Path

BLUE, ORANGE, GREY = "#0072B2", "#E69F00", "#999999"
_KINDS: Final[Mapping[str | None, str]] = {
    "提案": BLUE,
    "建议": ORANGE,
    "议案": "#009E73",
    None: GREY,
}
_HEAT: Final = ("#ffffff", "#d0e1f2", "#94c4df", "#4a98c9", "#08519c")
MOST: Final = 15
"""Rows of a chart."""

_MONTHS: Final = 120
_MOST_YEARS: Final = 60
_LEGIBLE: Final = 18  # years that have room for their numbers
_WIDEST: Final = 32  # columns of a label, two for a Chinese letter
_SHORTEST_AXIS: Final = 60  # days
_BARS: Final = 20


def label(text: str | None, widest: int = _WIDEST) -> str:
    """Return a name as it stands in a chart: one line, not too long, nothing that has no shape.

    >>> label("清源市\\n民政局"), label(None), label("\\u202e")
    ('清源市 民政局', '未注明', '未注明')
    """
    if text is None:
        return NOT_SAID
    kept, wide = "", 0
    for letter in " ".join(text[: 4 * widest].split()):
        if category(letter).startswith("C"):
            continue
        wide += wide_of(letter)
        if wide > widest:
            return f"{kept}…"
        kept += letter
    return kept.strip() or NOT_SAID


def wide_of(text: str) -> int:
    """Return how wide a text is, in halves of a Chinese letter."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def draw_years(axes: Axes, told: Statistics) -> None:
    """Draw the replies of each year, kind upon kind."""
    years = _years([each.name for each in told.by["year"]])
    floor = [0] * len(years)
    for kind in (each.name for each in told.by["kind"]):
        held = {each.year: each.replies for each in told.years if each.kind == kind}
        heights = [held.get(year, 0) for year in years]
        axes.bar(
            range(len(years)),
            heights,
            0.75,
            floor,
            color=_KINDS.get(kind, "#56B4E9"),
            label=label(kind),
        )
        floor = [below + height for below, height in zip(floor, heights, strict=True)]
    step = -(-len(years) // _LEGIBLE) or 1
    at_all = [at for at, year in enumerate(years) if at % step == 0 or year is None]
    axes.set_xticks(at_all, [label(years[at]) for at in at_all])
    for at, height in enumerate(floor if step == 1 else ()):
        axes.annotate(f"{height:,}", (at, height), ha="center", va="bottom", size=7)
    axes.legend(frameon=False, ncols=4, loc="lower right", bbox_to_anchor=(1, 1))
    _count_along(axes.yaxis)


def _years(names: Sequence[str | None]) -> list[str | None]:
    """Return the years of a chart, those without a reply among them: a gap is to be seen.

    >>> _years(["2019", "2022", None])
    ['2019', '2020', '2021', '2022', None]
    """
    said = sorted(int(name) for name in names if name is not None)
    if not said or said[-1] - said[0] > _MOST_YEARS:
        return [*names]
    others = [name for name in names if name is None]
    return [*(f"{year:04}" for year in range(said[0], said[-1] + 1)), *others]


def draw_counts(axes: Axes, told: Statistics, by: str) -> None:
    """Draw what there is most of, a bar each, and what is not said."""
    counts, others, number = shortened(told.by[by], MOST)
    names = [label(each.name) for each in counts]
    numbers = [each.replies for each in counts]
    colours = [GREY if each.name is None else BLUE for each in counts]
    axes.barh(range(len(names)), numbers, 0.75, color=colours)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    for at, times in enumerate(numbers):
        share = times / told.total if told.total else 0
        axes.annotate(f" {times:,} ({share:.1%})", (times, at), va="center", size=7)
    axes.margins(x=0.12, y=0.01)
    _count_along(axes.xaxis)
    if others:
        axes.set_xlabel(f"其余 {number:,} 个共 {others.replies:,} 件 ({number:,} others)", size=7)


def draw_days(axes: Axes, told: Statistics) -> None:
    """Draw how many letters were published after how many days, the median and the limit."""
    days = told.publication.days
    quartiles = told.publication.quartiles
    if quartiles is None:
        axes.annotate("无日期可比 no letter bears both days", (0.02, 0.5), xycoords="axes fraction")
        axes.set_axis_off()
        return
    end = max(_SHORTEST_AXIS, int(quantile(days, 0.95)) + 1, told.publication.late_after)
    step = -(-end // _BARS)
    end = step * _BARS
    heights = [0] * (_BARS + 1)
    for day, times in days:
        heights[min(day // step, _BARS)] += times
    middles = [step * (at + 0.5) for at in range(_BARS + 1)]
    axes.bar(middles, heights, step * 0.9, color=[BLUE] * _BARS + [GREY])
    median, late = quartiles[1], told.publication.late_after
    axes.axvline(median, color=ORANGE, lw=2, label=f"中位数 median: {median:g}")
    share = told.publication.late / told.publication.replies
    said = f"逾 {late} 天 after {late} days: {share:.1%}"
    axes.axvline(late, color="#000000", lw=1, ls="--", label=said)
    ticks = range(0, end, step * 4)
    axes.set_xticks([*ticks, middles[-1]], [*map(str, ticks), f"≥{end}"])
    axes.set_xlabel("天 days", size=7)
    axes.set_ylim(0, 1.4 * max(heights))  # room for the legend above the bars
    axes.legend(frameon=False, loc="upper right")
    _count_along(axes.yaxis)


def draw_months(axes: Axes, told: Statistics) -> None:
    """Draw the replies of each source in each month, the darker the more."""
    from matplotlib.patches import Patch, PathPatch

    if not told.months:
        axes.annotate("无日期 no days", (0.02, 0.5), xycoords="axes fraction")
        axes.set_axis_off()
        return
    months = columns([each.month for each in told.months], told.seen_on, _MONTHS)
    sources = [each.name or "" for each in told.by["source"][:MOST]]
    held: defaultdict[tuple[str, str], int] = defaultdict(int)
    for each in told.months:
        held[each.source, each.month] += each.replies
    limits = levels(max(held[source, month] for source in sources for month in months))
    shades: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, source in enumerate(sources):
        for column, month in enumerate(months):
            shades[level(held[source, month], limits)].append((column, row))
    for at, squares in sorted(shades.items()):
        axes.add_patch(PathPatch(_path(squares), facecolor=_HEAT[at], lw=0))
    axes.set_xlim(0, len(months))
    axes.set_ylim(0, len(sources))
    axes.set_yticks([at + 0.5 for at in range(len(sources))], [*map(label, sources)])
    axes.invert_yaxis()
    januaries = [at for at, month in enumerate(months) if month.endswith("-01") or at == 0]
    axes.set_xticks(januaries, [_year(months, at) for at in januaries], ha="left")
    patches = [
        Patch(facecolor=_HEAT[at], edgecolor=GREY, lw=0.3, label=words)
        for at, words in enumerate(_spans(limits))
    ]
    axes.legend(handles=patches, frameon=False, ncols=5, loc="lower right", bbox_to_anchor=(1, 1))


def _path(squares: Sequence[tuple[int, int]]) -> Path:
    """Return one path of squares: thousands of shapes would make a large file."""
    from matplotlib.path import Path

    gap = 0.04
    corners = ((gap, gap), (1 - gap, gap), (1 - gap, 1 - gap), (gap, 1 - gap), (gap, gap))
    points = [(x + right, y + up) for x, y in squares for right, up in corners]
    turns = (Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY)
    return Path(points, [*turns] * len(squares))


def _count_along(axis: Axis) -> None:
    """Let an axis tell whole numbers: there is no half a reply."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True))
    axis.set_major_formatter("{x:,.0f}")


def _year(months: Sequence[str], at: int) -> str:
    """Return what stands at a month: its year, if there is room before the next."""
    is_cut = at == 0 and not months[0].endswith("-01")
    room = 13 - int(months[0][5:]) if is_cut else 12
    return months[at][:4] if room >= 5 else ""


def _spans(limits: Sequence[int]) -> list[str]:
    """Return the numbers that each shade stands for.

    >>> _spans((4, 16))
    ['0', '1–4', '5–16']
    """
    lows = [1, *(limit + 1 for limit in limits[:-1])]
    return ["0"] + [
        f"{low:,}" if low == high else f"{low:,}–{high:,}"
        for low, high in zip(lows, limits, strict=True)
    ]


Panel = Callable[["Axes", Statistics], None]


def _of(by: str) -> Panel:
    return lambda axes, told: draw_counts(axes, told, by)


PANELS: Final[Mapping[str, tuple[str, Panel, float]]] = {
    "years": ("各年答复数 Replies by year", draw_years, 2.2),
    "publishers": ("答复最多的单位 Most replies", _of("publisher"), 3.2),
    "days": ("成文到发布的天数 Days from letter to publication", draw_days, 2.2),
    "months": ("各月各来源 By month and source", draw_months, 2.9),
    **{
        by: (f"按{chinese} By {by}", _of(by), 2.9)
        for by, (chinese, _) in BREAKDOWNS.items()
        if by not in ("year", "month")
    },
}
"""The charts: title, what draws it, and how high it is in inches."""
