"""Runs replyarc many times without importing it many times, for the tests that kill it.

Reads lines of JSON, ``[environment, arguments]``, from stdin; runs each in a fork of its own, and
prints how it ended: the exit code, or minus the signal that killed it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import walk_packages


def run(environment: dict[str, str], arguments: Sequence[str]) -> int:
    """Run replyarc in a fork; return its exit code, or minus the signal."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.environ.update(environment)
    sys.stdout = sys.stderr
    try:
        command(args=list(arguments), prog_name="replyarc")
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 0)
    finally:
        os._exit(1)


if __name__ == "__main__":
    from typer.main import get_command

    import replyarc
    from replyarc.cli.app import app

    for module in walk_packages(replyarc.__path__, "replyarc."):
        if module.name != "replyarc.__main__":
            import_module(module.name)  # here, once, and not in each fork
    command = get_command(app)
    for line in sys.stdin:
        print(run(*json.loads(line)), flush=True)
