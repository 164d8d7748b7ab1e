"""A zip file of XML files, as Word and OFD files are: opened within bounds, nothing written."""

from __future__ import annotations

import io
import zipfile
from typing import Protocol
from xml.parsers import expat

from replyarc.attached.bounds import BOUNDED, MAX_ENTRIES, MAX_PART, MAX_UNPACKED, Unreadable


class Parts:
    """The files inside a zip file, unpacked in memory by their exact name."""

    def __init__(self, body: bytes) -> None:
        """Open a zip file. Raises Unreadable where it holds too many files or is damaged."""
        # counted before it is opened: for each entry a directory is believed to have, zipfile pays
        if body.count(b"PK\x01\x02") > MAX_ENTRIES:
            raise Unreadable(f"damaged: more than {MAX_ENTRIES} files inside")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        except zipfile.BadZipFile as error:
            raise Unreadable("damaged: its end is missing") from error
        self.names = self._zip.namelist()
        self._lower = {name.lower(): name for name in self.names}
        self._left = MAX_UNPACKED

    def part(self, name: str) -> bytes:
        """Unpack one file; the case of its name does not matter, as its makers do not heed it.

        Raises Unreadable where it is not there, needs a password, is packed in an odd way, or
        unpacks to too many bytes.
        """
        found = self._lower.get(name.lower())
        if found is None:
            raise Unreadable(f"damaged: no {name} in it")
        info = self._zip.getinfo(found)
        if info.flag_bits & 1:
            raise Unreadable("encrypted: it needs a password")
        if info.compress_type not in BOUNDED:
            raise Unreadable(f"damaged: {name} is packed in a way that such files are not")
        bound = min(MAX_PART, self._left)
        with self._zip.open(found) as file:
            data = file.read(bound + 1)
        if len(data) > bound:
            raise Unreadable(f"too large: {name} unpacks to more than {bound} bytes")
        self._left -= len(data)
        return data


class Handler(Protocol):
    """What is told of an XML file; a tag is (namespace, name)."""

    def start(self, space: str, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, space: str, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Letters, maybe not all that stand together."""


def read_xml(data: bytes, handler: Handler) -> None:
    """Tell the handler what an XML file holds.

    Raises Unreadable where it is no XML, or has a DOCTYPE: no Word or OFD file has one, and
    entities are for nothing but harm there.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse

    def start(name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        handler.start(space, tag, {key.rpartition(" ")[2]: attributes[key] for key in attributes})

    def end(name: str) -> None:
        space, _, tag = name.rpartition(" ")
        handler.end(space, tag)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable(f"damaged: XML that cannot be read ({error})") from error


def _refuse(*_: object) -> None:
    raise Unreadable("damaged: it has a DOCTYPE, which such files never have")
