"""The text of an OFD file (GB/T 33190): a zip file of XML that says where each letter stands."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import chain, repeat
from math import hypot, isfinite
from typing import Final

from replyarc.attached.bounds import MAX_LETTERS, MAX_PAGES, Found, Unreadable
from replyarc.attached.paragraphs import Sheet, read_paragraphs
from replyarc.attached.parts import Parts, read_xml

_A4: Final = (210.0, 297.0)  # in millimetres, as all measures are
_FAR: Final = 100_000.0


class _Index:
    """OFD.xml or Document.xml: where it goes on, and the size of pages that do not say theirs."""

    def __init__(self) -> None:
        self.documents: list[str] = []
        self.pages: list[str] = []
        self.size = _A4
        self._text = ""

    def start(self, space: str, tag: str, attributes: dict[str, str]) -> None:
        self._text = ""
        if tag == "Page" and "BaseLoc" in attributes:
            self.pages.append(attributes["BaseLoc"])

    def end(self, space: str, tag: str) -> None:
        if tag == "DocRoot":
            self.documents.append(self._text.strip())
        elif tag == "PhysicalBox":
            self.size = _size(self._text, self.size)

    def text(self, text: str) -> None:
        self._text += text


class _Content:
    """One page."""

    def __init__(self, size: tuple[float, float], most: int) -> None:
        self.most = most  # letters
        self.sheet = Sheet(*size, {})
        self.has_picture = False
        self._object: dict[str, str] = {}
        self._code: dict[str, str] = {}
        self._text = ""

    def start(self, space: str, tag: str, attributes: dict[str, str]) -> None:
        self._text = ""
        if tag == "ImageObject":
            self.has_picture = True
        elif tag == "TextObject":
            self._object, self._code = attributes, {}
        elif tag == "TextCode":  # where it does not say its place, that of the one before holds
            place = {key: value for key, value in self._code.items() if key in {"X", "Y"}}
            self._code = place | attributes

    def end(self, space: str, tag: str) -> None:
        if tag == "PhysicalBox":
            self.sheet = Sheet(*_size(self._text, self.sheet[:2]), {})
        elif tag == "TextCode":
            self._note()

    def text(self, text: str) -> None:
        self._text += text

    def _note(self) -> None:
        """Note the letters of a TextCode; measures count from the top of its object's box."""
        self.most -= len(self._text)
        if self.most < 0:
            raise Unreadable(f"more than {MAX_LETTERS} letters")
        box = [*_numbers(self._object.get("Boundary", "")), 0.0, 0.0]
        matrix = list(_numbers(self._object.get("CTM", "")))
        a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        size = next(_numbers(self._object.get("Size", "")), 0.0)
        x = next(_numbers(self._code.get("X", "")), 0.0)
        y = next(_numbers(self._code.get("Y", "")), 0.0)
        across, down = self._code.get("DeltaX", ""), self._code.get("DeltaY", "")
        is_vertical = bool(down and not across)
        along, size_along = ((c, -d), (a, b)) if is_vertical else ((a, -b), (c, d))
        for letter, dx, dy in zip(self._text, _steps(across), _steps(down), strict=False):
            place = box[0] + a * x + c * y + e, self.sheet.height - (box[1] + b * x + d * y + f)
            width = size * (0.5 if letter.isascii() else 1)
            self.sheet.note(letter, place, along, width, size * hypot(*size_along))
            x, y = x + dx, y + dy


def read_ofd(body: bytes) -> Found:
    """Read the paragraphs of an OFD file.

    Raises Unreadable where it is damaged, encrypted, too large or has no text.
    """
    parts = Parts(body)
    if "encryptions.xml" in (name.lower() for name in parts.names):
        raise Unreadable("encrypted: it needs a key")
    sheets, pictures, most = list[Sheet](), 0, MAX_LETTERS
    for page, size in _pages(parts):
        if len(sheets) == MAX_PAGES:
            return _found(sheets, pictures, f"only the first {MAX_PAGES} pages are read")
        content = _Content(size, most)
        read_xml(parts.part(page), content)
        sheets.append(content.sheet)
        pictures += content.has_picture and not content.sheet.letters
        most = content.most
    return _found(sheets, pictures, None)


def _found(sheets: list[Sheet], pictures: int, problem: str | None) -> Found:
    lines, pages = read_paragraphs(sheets), len(sheets)
    if not lines:
        kind = "a scanned OFD" if pictures else "an OFD file"
        raise Unreadable(f"{kind}: {pages} page{'s'[: pages != 1]} without text")
    if pictures:
        told = f"{pictures} of {pages} pages: a picture without text"
        problem = f"{problem}; {told}" if problem else told
    return Found(lines, pages, problem)


def _pages(parts: Parts) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield the name of every page, in order, with the size it has if it does not say one."""
    root = _Index()
    read_xml(parts.part("OFD.xml"), root)
    for document in root.documents:
        name = _inside("", document)
        index = _Index()
        read_xml(parts.part(name), index)
        for page in index.pages:
            yield _inside(posixpath.dirname(name), page), index.size


def _inside(folder: str, place: str) -> str:
    """Return the name inside the zip file of a place told in a file of that folder."""
    return posixpath.normpath(posixpath.join("/", folder, place)).lstrip("/")


def _numbers(text: str) -> Iterator[float]:
    for word in text.split():
        try:
            number = float(word)
        except ValueError:
            return
        if not (isfinite(number) and abs(number) < _FAR):
            return
        yield number


def _steps(text: str) -> Iterator[float]:
    """Yield how far each letter is from the one before; ``g 3 5`` says 5 three times."""
    words = iter(text.split())
    steps: list[Iterator[float]] = []
    for word in words:
        if word == "g":
            times = next(_numbers(next(words, "")), 0.0)
            step = next(_numbers(next(words, "")), 0.0)
            steps.append(repeat(step, int(max(times, 0))))
        else:
            steps.append(_numbers(word))
    return chain(*steps, repeat(0.0))


def _size(text: str, default: tuple[float, float]) -> tuple[float, float]:
    box = list(_numbers(text))
    return (box[2], box[3]) if len(box) == 4 else default
