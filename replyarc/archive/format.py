"""Which format of archives this replyarc writes; by itself, since quick commands ask for it."""

from __future__ import annotations

from typing import Final

FORMAT: Final = 6
"""The format of archives that this replyarc writes, kept in ``PRAGMA user_version``."""

APPLICATION: Final = 0x72706C79
"""What marks a SQLite file as an archive (``PRAGMA application_id``): "rply"."""

FIELDS: Final = 40
"""How many fields a reply has; an archive that has fewer columns is of an older replyarc."""
