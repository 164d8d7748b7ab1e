"""A folder of files in the making, and the sums of what is in it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

SUMS: Final = "SHA256SUMS"
"""The file that names every other: ``sha256sum -c SHA256SUMS`` checks them."""


class Binder:
    """Takes the files of a folder one by one, and notes their sums as it goes.

    Names are paths with ``/``, relative to the folder. A file of ``append`` grows to the end.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: set[str] = set()
        self._growing: dict[str, None] = {}
        self._sums = (folder / SUMS).open("w", encoding="utf-8", newline="\n")

    def __enter__(self) -> Binder:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        with self._sums:
            if error is None:
                self._finish()

    def add(self, name: str, text: str) -> None:
        """Add a file. Raises FileExistsError where its name is taken."""
        body = text.encode()
        with self._place(name).open("xb") as file:
            file.write(body)
        self._note(name, hashlib.sha256(body).hexdigest())

    def append(self, name: str, text: str) -> None:
        """Write to the end of a file, which may not be there yet."""
        self._growing[name] = None
        with self._place(name).open("ab") as file:
            file.write(text.encode())

    def _place(self, name: str) -> Path:
        inside, _, _ = name.rpartition("/")
        if inside not in self._made:
            (self._folder / inside).mkdir(parents=True, exist_ok=True)
            self._made.add(inside)
        return self._folder / name

    def _finish(self) -> None:
        for name in self._growing:
            with (self._folder / name).open("rb") as file:
                self._note(name, hashlib.file_digest(file, "sha256").hexdigest())

    def _note(self, name: str, digest: str) -> None:
        self._sums.write(f"{digest}  {name}\n")
