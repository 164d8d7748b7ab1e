"""``[[source]]`` blocks of a configuration, written out ready to be appended."""

from __future__ import annotations

import json
from collections.abc import Iterable

from replyarc.catalogue.columns import Column


def block(
    *,
    name: str,
    publisher: str | None,
    region: str | None,
    family: str,
    url: str,
    notes: Iterable[str] = (),
    below: Iterable[str] = (),
) -> str:
    r"""Write one block; ``notes`` stand above it and ``below`` under it, as comments.

    Without a publisher a comment stands in its place, and the configuration is refused until
    somebody puts one in: whose answers these are is not guessed.

    >>> print(block(name="qy", publisher="清源市", region=None, family="auto", url="http://a.test/"))
    [[source]]
    name = "qy"
    publisher = "清源市"
    family = "auto"
    url = "http://a.test/"
    <BLANKLINE>
    """
    said = {"name": name, "publisher": publisher, "region": region, "family": family, "url": url}
    lines = [_comment(note) for note in notes]
    lines.append("[[source]]")
    for key, value in said.items():
        if value:
            lines.append(f"{key} = {_quoted(value)}")
        elif key == "publisher":
            lines.append(_comment('publisher = "…": put in who answers; the site does not say'))
    lines += [_comment(line) for line in below]
    return "\n".join(lines) + "\n"


def block_of(column: Column, families: Iterable[str]) -> str:
    """Write the block of a row of the catalogue.

    A family that is none of ``families`` becomes ``auto``.
    """
    notes = ["as published in public code; never verified by replyarc"]
    if column.inferred:
        notes.append("the address was cut back from that of a reply")
    if column.note:
        notes.append(column.note)
    return block(
        name=column.name,
        publisher=column.site,
        region=column.region,
        family=column.family if column.family in families else "auto",
        url=column.url,
        notes=notes,
    )


def _quoted(text: str) -> str:
    """Write a TOML string on one line: a JSON string is one, where all that is in it is seen."""
    return json.dumps(_line(text), ensure_ascii=False)


def _comment(text: str) -> str:
    return f"# {_line(text)}"


def _line(text: str) -> str:
    return "".join(filter(str.isprintable, " ".join(text.split())))
