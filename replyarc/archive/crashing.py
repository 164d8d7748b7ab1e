"""Where a test makes the process die: before and after whatever makes a change last.

With ``REPLYARC_CRASH_AT=n`` in the environment the process kills itself at its point number n,
from 0: one point just before and one just after every commit, and likewise every file that takes
its name. A crash at any of them must leave the archive whole.
"""

from __future__ import annotations

import os
import signal
from itertools import count
from typing import Final

_POINTS: Final = count()


def point() -> None:
    """Count one point, and die if the environment says so."""
    number = next(_POINTS)
    if os.environ.get("REPLYARC_CRASH_AT") == str(number):
        os.kill(os.getpid(), signal.SIGKILL)
