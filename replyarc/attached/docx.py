"""The text of a Word file (DOCX), paragraphs and tables in their order.

Read here and by no library: it is a zip file of XML, and python-docx leaves out what stands in
inserted runs, content controls and text boxes, where letters are often signed.
"""

from __future__ import annotations

import re
from typing import Final

from replyarc.attached.bounds import MAX_LETTERS, Found, Unreadable
from replyarc.attached.parts import Parts, read_xml
from replyarc.text.chinese import one_line

_WORD: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",  # "strict"
    }
)
_COMPATIBLE: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MAIN: Final = re.compile(r"word/document\d{0,3}\.xml", re.IGNORECASE)
# Elements whose text is not printed: struck by a tracked change, or how a letter is spoken.
_UNPRINTED: Final = frozenset({"del", "moveFrom", "rt"})
_MARKS: Final = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF: Final = frozenset({"0", "false", "off", "none"})


class _Writing:
    """What is read so far. Paragraphs, cells and rows may stand inside each other."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._outs = [self.lines]  # where lines go: the letter, or the innermost cell
        self._paragraphs: list[list[str]] = []
        self._rows: list[list[list[str]]] = []
        self._unprinted = 0
        self._in_text = self._in_run = self._is_hidden = False
        self._letters = 0
        self.numbered = 0

    def start(self, space: str, tag: str, attributes: dict[str, str]) -> None:
        if self._unprinted or _is_unprinted(space, tag):
            self._unprinted += 1
        elif space in _WORD:
            self._start(tag, attributes.get("val", ""))

    def _start(self, tag: str, value: str) -> None:
        match tag:
            case "p":
                self._paragraphs.append([])
            case "r":
                self._in_run, self._is_hidden = True, False
            case "t":
                self._in_text = True
            case "vanish":
                self._is_hidden = self._in_run and value not in _OFF
            case "numId":
                self.numbered += value != "0"
            case "tr":
                self._rows.append([])
            case "tc":
                self._outs.append([])
            case _ if tag in _MARKS and self._in_run:
                self._write(_MARKS[tag])

    def end(self, space: str, tag: str) -> None:
        if self._unprinted:
            self._unprinted -= 1
        elif space in _WORD:
            self._end(tag)

    def _end(self, tag: str) -> None:
        match tag:
            case "p":
                printed = "".join(self._paragraphs.pop()).split("\n")
                self._outs[-1].extend(line for text in printed if (line := one_line(text)))
            case "r":
                self._in_run = self._is_hidden = False
            case "t":
                self._in_text = False
            case "tc":
                cell = self._outs.pop()
                if self._rows:
                    self._rows[-1].append(cell)
            case "tr":
                self._outs[-1].extend(_row(self._rows.pop()))

    def text(self, text: str) -> None:
        if self._in_text and not self._unprinted:
            self._write(text.replace("\n", " "))

    def _write(self, text: str) -> None:
        self._letters += len(text)
        if self._letters > MAX_LETTERS:
            raise Unreadable(f"more than {MAX_LETTERS} letters")
        if self._paragraphs and not self._is_hidden:
            self._paragraphs[-1].append(text)


def read_docx(body: bytes) -> Found:
    """Read the paragraphs of a Word file; rows of a table have their cells apart by tabs.

    Numbers that Word makes itself are not read, and told. Raises Unreadable where the file is
    damaged, encrypted, too large, or has no text.
    """
    parts = Parts(body)
    main = next((name for name in parts.names if _MAIN.fullmatch(name)), "word/document.xml")
    writing = _Writing()
    read_xml(parts.part(main), writing)
    if not writing.lines:
        raise Unreadable("a Word file without text")
    numbered = writing.numbered
    problem = f"numbers that Word makes itself are not read ({numbered})"
    return Found(writing.lines, None, problem if numbered else None)


def _is_unprinted(space: str, tag: str) -> bool:
    # a text box stands there twice, for new and for old programs
    return (space in _WORD and tag in _UNPRINTED) or (space == _COMPATIBLE and tag == "Fallback")


def _row(cells: list[list[str]]) -> list[str]:
    """Return a row as one line; a cell that is alone in its row only frames what it holds."""
    if len(cells) == 1:
        return cells[0]
    line = "\t".join(" ".join(cell).replace("\t", " ") for cell in cells).rstrip("\t")
    return [line] if line else []
