"""Known columns of 建议提案 replies, as their addresses were published in public code.

``columns.jsonl`` beside this file holds a row a line. Nobody of replyarc has visited any of the
addresses; rows that are no address of a column are kept, with the reason why they are not usable.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

NOTE: Final = (
    "These addresses are as published in public code until 2026 and were never verified by "
    "replyarc: sites move. Try each in your configuration first: replyarc check NAME."
)

_PROVINCES: Final = """
    11 北京 12 天津 13 河北 14 山西 15 内蒙古 21 辽宁 22 吉林 23 黑龙江 31 上海 32 江苏 33 浙江
    34 安徽 35 福建 36 江西 37 山东 41 河南 42 湖北 43 湖南 44 广东 45 广西 46 海南 50 重庆 51 四川
    52 贵州 53 云南 54 西藏 61 陕西 62 甘肃 63 青海 64 宁夏 65 新疆 71 台湾 81 香港 82 澳门
"""
PROVINCES: Final = dict(zip(_PROVINCES.split()[::2], _PROVINCES.split()[1::2], strict=True))
"""GB/T 2260: the first two digits of a region's code -> the province."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One row; ``name`` is the name proposed for its source, ``region`` six digits of GB/T 2260.

    ``region`` is ``None`` for ministries. ``inferred``: the address was cut back from that of a
    reply. ``reason`` says why a row is not ``usable``.
    """

    name: str
    site: str
    region: str | None
    family: str
    url: str
    usable: bool
    reason: str | None
    inferred: bool
    verified: bool
    note: str | None


@cache
def columns() -> tuple[Column, ...]:
    """Return the whole catalogue, by region; ministries come first."""
    text = resources.files("replyarc.catalogue").joinpath("columns.jsonl").read_text("utf-8")
    return tuple(Column(**json.loads(line)) for line in text.splitlines())


def chosen(*, region: str = "", family: str = "") -> tuple[Column, ...]:
    """Return the rows whose region begins with ``region`` and whose family is ``family``.

    Empty: any. ``42`` is a province with all below it, ``4201`` one of its cities.
    """
    return tuple(
        column
        for column in columns()
        if (column.region or "").startswith(region) and family in ("", column.family)
    )


def provinces(rows: Sequence[Column]) -> str:
    """Say in words which provinces the rows are in: ``42 湖北 (15), 43 湖南 (3)``."""
    codes = [column.region[:2] for column in rows if column.region]
    return ", ".join(
        f"{code} {PROVINCES[code]} ({codes.count(code)})" for code in dict.fromkeys(codes)
    )
