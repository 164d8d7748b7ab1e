"""The charts of `stats` as pages show them: SVG files of this server."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Final

from replyarc.archive.query import Query
from replyarc.archive.statistics import statistics
from replyarc.archive.store import Archive
from replyarc.browse.answer import Answer, page, trouble
from replyarc.browse.counting import once
from replyarc.figures import Statistics

CHARTS: Final = {
    "years": "各年答复数 replies by year",
    "publishers": "各单位答复数 replies by answering unit",
    "kind": "建议与提案 replies by kind",
    "class": "办理类别 replies by result class",
    "days": "从成文到发布的天数 days from the letter to its publication",
    "months": "各来源每月答复数 replies by month and source",
}
"""The charts that are shown, and what each shows, in words."""

_LACKING: Final = (
    "没有安装 matplotlib，无法绘图。Charts need matplotlib, which is not installed: "
    'pip install "replyarc[web]".'
)


def lacking() -> str | None:
    """Say what has to be installed before charts can be drawn; ``None`` where they can be."""
    return None if find_spec("matplotlib") else _LACKING


def charts(archive: Archive) -> Answer:
    """Return the page of all charts."""
    return page("charts.html", charts=CHARTS, lacking=lacking(), replies=archive.count())


def chart(archive: Archive, name: str) -> Answer:
    """Return one chart as an SVG file."""
    if name not in CHARTS:
        return trouble(404, f"没有这张图表。There is no chart {name}.")
    if told := lacking():
        return trouble(501, told)
    if not archive.count():
        return trouble(404, "档案中还没有答复。There is no reply in the archive yet.")
    return Answer(once(archive, _drawer(name)), kind="image/svg+xml")


@cache
def _drawer(name: str) -> Callable[[Archive], bytes]:
    """Return what draws a chart; always the same for the same chart."""
    from replyarc.charts.drawing import chart as draw

    return lambda archive: draw(once(archive, _counted), name)


def _counted(archive: Archive) -> Statistics:
    return statistics(archive, Query())
