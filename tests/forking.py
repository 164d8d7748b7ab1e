"""Runs replyarc many times without importing it many times, for the tests that kill it.

Reads lines of JSON, ``[environment, arguments, days]``, from stdin; runs each in a fork of its
own, so many days from now, without a pause before a further try; prints how it ended: the exit
code, or minus the signal that killed it.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import walk_packages


def run(environment: dict[str, str], arguments: Sequence[str], days: float = 0.0) -> int:
    """Run replyarc in a fork; return its exit code, or minus the signal."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.environ.update(environment)
    sys.stdout = sys.stderr
    if days:
        move(days)
    try:
        command(args=list(arguments), prog_name="replyarc")
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 0)
    finally:
        os._exit(1)


def warm_up() -> None:
    """Read a letter once: the tables of labels take longer to make than a small crawl."""
    from replyarc.extract.reply import extract
    from replyarc.model import Entry, Page, Source
    from tests.column import letters

    (letter,), url = letters(1), "http://www.gov.test/1.html"
    source = Source(name="a", publisher="a", urls=(url,))
    extract(Page(url, letter.page().decode()), Entry(url, letter.title), source)


if __name__ == "__main__":
    import pytest
    from typer.main import get_command

    import replyarc
    from replyarc.cli.app import app
    from replyarc.fetch.client import Fetcher
    from tests.clock import moving

    for module in walk_packages(replyarc.__path__, "replyarc."):
        if module.name != "replyarc.__main__":
            import_module(module.name)  # here, once, and not in each fork
    import_module("anyio._backends._asyncio")  # which httpcore loads with its first question
    warm_up()
    defaults = Fetcher.__init__.__kwdefaults__
    assert defaults is not None
    defaults["backoff"] = 0.0
    command = get_command(app)
    move = moving(pytest.MonkeyPatch())
    gc.collect()
    gc.freeze()  # each fork would look through all of it, and have a copy of its own for that
    for line in sys.stdin:
        print(run(*json.loads(line)), flush=True)
