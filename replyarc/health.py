"""Whether a source is well: its history in, findings out. Pure."""

from __future__ import annotations
