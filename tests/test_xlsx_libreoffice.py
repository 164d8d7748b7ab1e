"""The workbook in LibreOffice: texts are texts, no formula is live, a letter is a line high."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from replyarc.export.columns import chosen
from replyarc.export.file import write_file
from replyarc.export.flat import as_json
from replyarc.export.legible import legible
from replyarc.export.tables import Style
from replyarc.model import Reply
from tests.office import converted
from tests.test_xlsx import HOSTILE


def test_libreoffice_shows_every_text_as_it_is_and_finds_no_formula(tmp_path: Path) -> None:
    texts = list(HOSTILE.values())
    style = Style(columns=chosen("title,term"))
    path = tmp_path / "a.xlsx"
    write_file(path, "xlsx", (as_json(Reply(title=text, term=14)) for text in texts), style)
    [shown_as] = converted([path], tmp_path / "shown", "fods")
    root = ET.parse(shown_as).getroot()
    cells = [(_kind(cell), _text(cell)) for cell in root.iter(f"{{{_TABLE}}}table-cell")]
    shown = [text for kind, text in cells if kind == "string"]
    assert shown[:2] == ["标题", "届"]
    assert shown[2:] == [legible(text) for text in texts]
    assert [kind for kind, _ in cells].count("float") == len(texts)
    assert not any(cell.get(f"{{{_TABLE}}}formula") for cell in root.iter())
    heights = [row.get(f"{{{_STYLE}}}use-optimal-row-height") for row in root.iter(_ROW)]
    assert set(heights) == {"false"}, "a letter would be as high as it has lines"


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_ROW = f"{{{_STYLE}}}table-row-properties"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def _kind(cell: ET.Element) -> str | None:
    return cell.get(f"{{{_OFFICE}}}value-type")


def _text(cell: ET.Element) -> str:
    return "\n".join("".join(_runs(line)) for line in cell.iter(f"{{{_TEXT}}}p"))


def _runs(line: ET.Element) -> Iterator[str]:
    """Yield the texts of a line; blanks and tabs are elements of their own."""
    yield line.text or ""
    for part in line:
        if part.tag == f"{{{_TEXT}}}s":
            yield " " * int(part.get(f"{{{_TEXT}}}c", "1"))
        elif part.tag == f"{{{_TEXT}}}tab":
            yield "\t"
        else:
            yield from _runs(part)
        yield part.tail or ""
