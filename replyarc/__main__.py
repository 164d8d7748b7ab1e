"""Run replyarc as ``python -m replyarc``."""

from replyarc.cli.app import main

if __name__ == "__main__":
    main()
