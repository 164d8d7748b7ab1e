"""A signal that is to end a command ends it as an error does: what is half written goes."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_ENDING: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)


@contextmanager
def tidily() -> Iterator[None]:
    """Let SIGTERM and SIGHUP leave this block as SystemExit (128 and the signal's number)."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say what a signal does
        return
    ours = [each for each in _ENDING if signal.getsignal(each) is signal.SIG_DFL]  # not of nohup
    for number in ours:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _: object) -> None:
    sys.exit(128 + number)
