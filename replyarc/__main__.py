"""Run replyarc, as the command and as ``python -m replyarc``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run replyarc; one that is told to end before it has begun ends without a word."""
    try:
        from replyarc.cli.quick import answered

        if answered(sys.argv[1:], os.environ):
            return
        from replyarc.cli.app import main as run  # which takes most of the time until it begins

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
