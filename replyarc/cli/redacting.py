"""``redact``: personal data out of a reply."""

from __future__ import annotations

import typer


def redact(ctx: typer.Context) -> None:
    """Remove the personal data of one reply everywhere in the archive, and leave a line that says so."""
    raise NotImplementedError("laid out, and built in the next commits of this change")
