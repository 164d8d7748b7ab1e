"""Work that dies on the way, in a fork of the test: nothing has to be imported anew."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from itertools import count

from replyarc.archive import crashing


def killed_at(point: int, work: Callable[[], object]) -> int:
    """Work in a fork that dies at one of its points (see archive.crashing); return how it ended.

    That is 0, or minus the signal. The test must not have open what the work opens: SQLite takes
    the locks of the one for those of the other.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, which the fork leaves be
        child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    sys.settrace(None)  # what it runs through is never written down
    try:
        crashing._POINTS = count()  # type: ignore[misc]  # the points before are not those of the work
        os.environ["REPLYARC_CRASH_AT"] = str(point)
        work()
        os._exit(0)
    finally:
        os._exit(1)
