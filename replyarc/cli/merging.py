"""``merge``: take another archive in."""

from __future__ import annotations

import typer


def merge(ctx: typer.Context) -> None:
    """Take another archive in, with all its bytes and versions; doing it twice, or the other way round, is the same."""
    raise NotImplementedError("laid out, and built in the next commits of this change")
