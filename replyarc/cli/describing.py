"""``datasette``: what Datasette is to show."""

from __future__ import annotations

import typer


def datasette(ctx: typer.Context) -> None:
    """Write a datasette.yaml with which `datasette replies.db` shows titles, facets and a search in Chinese."""
    raise NotImplementedError("laid out, and built in the next commits of this change")
