"""What is counted of an archive: the plain data of ``stats``, and what follows from it (pure)."""

from __future__ import annotations
