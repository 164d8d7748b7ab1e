"""Libraries that only an extra brings, and what is said where one is missing."""

from __future__ import annotations

from importlib import import_module

from replyarc.errors import ReplyarcError


def require(library: str, name: str, use: str, extra: str) -> None:
    """Return if a library can be imported; else raise ReplyarcError, which says how to install it.

    ``name`` is what people call it, ``use`` what it is wanted for.

    >>> require("no_such_library", "Sheets", "a table is written by", "sheets")
    Traceback (most recent call last):
    replyarc.errors.ReplyarcError: a table is written by Sheets, which is not installed. Install \
it: pip install "replyarc[sheets]"
    """
    try:
        import_module(library)
    except ImportError as error:
        raise ReplyarcError(
            f'{use} {name}, which is not installed. Install it: pip install "replyarc[{extra}]"'
        ) from error
