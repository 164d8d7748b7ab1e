"""How a command line is written where a schedule has it: every place quotes in its own way."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Final

_PLAIN: Final = re.compile(r"[\w@+=:,./-]+")


def for_cron(words: Iterable[str]) -> str:
    r"""Write a command for sh, in a crontab: there a percent sign ends it but after a backslash.

    A backslash that stands before a percent sign in a name is kept apart from it by two quotes,
    or cron takes it for the one that it looks for.

    >>> print(for_cron(["/opt/50% 清源/replyarc", "crawl"]))
    '/opt/50\% 清源/replyarc' crawl
    >>> print(for_cron([r"/a\%b"]))
    '/a\''\%b'
    """
    quoted = shlex.join(words).replace("\\%", "\\''%")
    return quoted.replace("%", "\\%")


def for_systemd(words: Iterable[str], *, command: bool = True) -> str:
    r"""Write words for a unit file; ``command``: those of ExecStart, where a dollar sign counts.

    >>> print(for_systemd(["/opt/50% $清源/replyarc", "crawl"]))
    "/opt/50%% $$清源/replyarc" crawl
    """
    return " ".join(_for_systemd(word, command) for word in words)


def _for_systemd(word: str, command: bool) -> str:
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    if command:
        text = text.replace("$", "$$")
    return text if _PLAIN.fullmatch(word) else f'"{text}"'


def for_windows(words: Sequence[str]) -> str:
    r"""Write the arguments of a program for Windows.

    >>> print(for_windows(["--config", r"D:\我的 档案\replyarc.toml"]))
    --config "D:\我的 档案\replyarc.toml"
    """
    return subprocess.list2cmdline(words)


def check_line(*paths: PurePath | str) -> None:
    """Raise ValueError where a name cannot stand on a line of a schedule."""
    for path in paths:
        if any(ord(each) < 0x20 or ord(each) == 0x7F for each in str(path)):
            raise ValueError(f"{path!s}: holds a line break or a control. Rename it")
