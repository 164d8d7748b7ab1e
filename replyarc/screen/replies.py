"""What the fields of a reply are called, and their values on one line."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from replyarc.model import Reply

HEADINGS: Final = {each.name: each.metadata["title"] for each in fields(Reply)}


def flat(value: object) -> str:
    """Return a value of the contract's JSON on one line."""
    if isinstance(value, list):
        return "；".join(flat(each) for each in value)
    if isinstance(value, dict):
        return " ".join(flat(each) for each in value.values() if each not in (None, []))
    return str(value)
