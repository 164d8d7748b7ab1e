"""How charts get their letters: a Chinese font of this machine, or that of whoever looks at them.

With a Chinese font the letters are drawn as outlines, which look the same everywhere. Without one
they stay text, and the viewer's fonts are named for them.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, Final

from replyarc.extras import require

FAMILIES: Final = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN"),
    *("Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Heiti SC", "SimHei"),
    *("WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Arial Unicode MS"),
)
"""Fonts that have the letters of simplified Chinese, the best first."""

_LATIN: Final = ("DejaVu Sans", "sans-serif")
_ALONE: Final = RLock()  # the settings of matplotlib are those of the whole process


def require_matplotlib() -> None:
    """Raise ReplyarcError where matplotlib is not installed, and say how to install it."""
    require("matplotlib", "matplotlib", "charts are drawn by", "charts")


@contextmanager
def lettering() -> Iterator[None]:
    """Draw in this block with Chinese letters, one thread at a time, and nothing read as a formula.

    What no font has a sign for is drawn as a box, without a word. Raises ReplyarcError where
    matplotlib is not installed.
    """
    log = logging.getLogger("matplotlib")
    with _ALONE:
        before = log.level
        log.setLevel(logging.ERROR)  # it tells of each font that it looks for, and of its cache
        try:
            require_matplotlib()
            from matplotlib import rc_context

            settings: Any = _settings(_here())
            with rc_context(settings), warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Glyph .* missing from")
                yield
        finally:
            log.setLevel(before)


def _here() -> str | None:
    """Return the best Chinese font of this machine."""
    from matplotlib.font_manager import fontManager

    names = {font.name for font in fontManager.ttflist}
    return next((name for name in FAMILIES if name in names), None)


def _settings(family: str | None) -> dict[str, Any]:
    return {
        "axes.edgecolor": "#666666",
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.unicode_minus": False,
        "font.family": [family, "DejaVu Sans"] if family else [*FAMILIES, *_LATIN],
        "font.size": 8,
        "svg.fonttype": "path" if family else "none",
        "svg.hashsalt": "replyarc",  # so that the same figures give the same bytes
        "text.parse_math": False,
    }
