"""Read pages each in a process of its own, which may be killed and whose memory is known.

Run by `fuzz` as ``python -m bench.confined``: a line of JSON in, ``{"path": …, "header": …}``, a
line out, an `Outcome`. The process that forks reads nothing itself and so stays small. Linux and
macOS only: elsewhere there is no fork.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import traceback
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Final

from replyarc.errors import ReplyError
from replyarc.extract.reply import extract
from replyarc.model import Entry, Reply, Request, Response, Source
from replyarc.page import page_of

URL: Final = "http://www.qingyuan.gov.test/zwgk/1.html"
SOURCE: Final = Source(name="fuzz", publisher="清源市民政局", urls=(URL,))
# Read before all others: what the reader makes ready once is no page's time.
_FIRST: Final = "<title>关于第1号建议的答复</title><p>张三代表：<p>您提出的建议收悉。".encode()
_CPU: Final = 20  # seconds of the processor, after which a page hangs
_WALL: Final = 120
_ROOM: Final = 4_000_000_000  # bytes, beyond which the machine itself would suffer
_UNIT: Final = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading one page: seconds of the processor, bytes of memory at the most.

    ``error`` is the traceback of what should not have left the reader, or the signal that ended
    it; ``refused`` is what a ReplyError says.
    """

    seconds: float
    memory: int
    error: str = ""
    refused: str = ""


def read(body: bytes, header: str | None) -> Reply:
    """Read a page as a crawl does: its bytes, and what its header says of them.

    Raises ReplyError where it has no letter, and AssertionError where what was read is nothing
    that can be kept.
    """
    headers = (("content-type", header),) if header else ()
    now = datetime.now(UTC)
    response = Response(
        request=Request(URL), url=URL, status=200, headers=headers, body=body, fetched_at=now
    )
    reply = extract(page_of(response, SOURCE), Entry(URL, ""), SOURCE).reply
    for each in fields(Reply):
        value = getattr(reply, each.name)
        assert "\x00" not in str(value), f"NUL in {each.name}"
        str(value).encode("utf-8")  # a lone surrogate has no bytes
    return reply


def outcome(path: Path, header: str | None) -> Outcome:
    """Read a page in a process of its own and wait for what comes of it."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.close(out)
        _read_and_tell(path, header, into)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        told = pipe.read()
    _, status, used = os.wait4(child, 0)
    memory = used.ru_maxrss * _UNIT
    if told:
        return Outcome(**json.loads(told), memory=memory)
    ended = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else f"exit {status}"
    return Outcome(used.ru_utime + used.ru_stime, memory, f"ended by {ended}")


def _read_and_tell(path: Path, header: str | None, into: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU, _CPU))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    signal.alarm(_WALL)
    body = path.read_bytes()
    begun = process_time()
    told = {}
    try:
        read(body, header)
    except ReplyError as refused:
        told["refused"] = str(refused)[:500]
    except BaseException:
        told["error"] = traceback.format_exc()[-3000:]
    told["seconds"] = process_time() - begun  # type: ignore[assignment]  # one value of another type
    os.write(into, json.dumps(told).encode())
    os._exit(0)


class Reader:
    """The process that reads pages each in a process of its own; a context manager."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "bench.confined"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.communicate()

    def read(self, path: Path, header: str | None = None) -> Outcome:
        """Read the page in a file."""
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps({"path": str(path), "header": header}) + "\n")
        self._server.stdin.flush()
        line = self._server.stdout.readline()
        if not line:
            raise SystemExit("The process that reads the pages has ended: it says above why.")
        return Outcome(**json.loads(line))


def serve() -> None:
    """Answer each line on standard input until it ends."""
    read(_FIRST, None)
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(asdict(outcome(Path(asked["path"]), asked["header"]))), flush=True)


if __name__ == "__main__":
    serve()
