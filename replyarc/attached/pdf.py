"""The text of a PDF file.

pdfminer.six reads it, but not its layout analysis: we take the letters with their places and make
the paragraphs ourselves. It was kept among three: pdfium loses letters of fonts that are neither in
the file nor on the machine, pypdf misreads GBKp-EUC-H, and both give other letters, without a
word, where a font does not say which letters its glyphs are.
"""

from __future__ import annotations

import io
import logging
from math import hypot
from typing import TYPE_CHECKING, Final

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from replyarc.attached.bounds import MAX_LETTERS, MAX_PAGES, Found, Unreadable
from replyarc.attached.paragraphs import Sheet, read_paragraphs

if TYPE_CHECKING:
    from pdfminer.pdfcolor import PDFColorSpace
    from pdfminer.pdfinterp import PDFGraphicState
    from pdfminer.pdftypes import PDFStream
    from pdfminer.utils import Matrix, Rect

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns of every oddity of every file

_UNREAD: Final = "\ufffd"
_MAX_FIGURES: Final = 5_000  # forms and pictures


class _Pen(PDFTextDevice):
    """What pdfminer draws on: notes down the letters of one page after the other."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.sheet = Sheet(0, 0, {})
        self.letters = self.unread = self.figures = 0
        self.has_picture = False

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        x, y, right, top = page.mediabox
        width, height = right - x, top - y
        if page.rotate in {90, 270}:
            width, height = height, width
        self.sheet = Sheet(width, height, {})
        self.has_picture = False

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        self.figures += 1
        if self.figures > _MAX_FIGURES:
            raise Unreadable("too much is drawn in it")

    def render_image(self, name: str, stream: PDFStream) -> None:
        self.has_picture = True

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        advance = font.char_width(cid) * fontsize * scaling
        self.letters += 1
        if self.letters > MAX_LETTERS:
            raise Unreadable(f"more than {MAX_LETTERS} letters")
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = _UNREAD
            self.unread += 1
        a, b, c, d, x, y = matrix
        along, across = ((-c, -d), (a, b)) if font.is_vertical() else ((a, b), (c, d))
        self.sheet.note(text, (x, y), along, advance, abs(fontsize) * hypot(*across))
        return advance


def read_pdf(body: bytes) -> Found:
    """Read the paragraphs of a PDF file.

    Raises Unreadable where it needs a password, has no text, or says of too many glyphs not which
    letters they are. Pages that cannot be read are left out, and told. What pdfminer raises of a
    file that is damaged before its first page goes through.
    """
    file = io.BytesIO(body[max(body.find(b"%PDF-", 0, 1024), 0) :])
    try:
        document = PDFDocument(PDFParser(file))
    except PDFPasswordIncorrect as error:
        raise Unreadable("encrypted: it needs a password") from error
    except PDFEncryptionError as error:
        raise Unreadable("encrypted in a way that is not known") from error
    resources = PDFResourceManager()
    pen = _Pen(resources)
    sheets, pictures, problems = _sheets(document, PDFPageInterpreter(resources, pen), pen)
    lines = read_paragraphs(sheets)
    read = pen.letters - pen.unread
    if pen.unread > 0.1 * pen.letters:
        raise Unreadable(
            f"the file does not say which letters {pen.unread} of its {pen.letters} glyphs are"
        )
    if pen.unread:
        problems.append(f"{pen.unread} of {pen.letters} letters are not known")
    pages = len(sheets)
    if not pages:
        raise Unreadable("damaged: no page in it")
    if not read and not problems:
        kind = "a scanned PDF" if pictures else "a PDF"
        raise Unreadable(f"{kind}: {pages} page{'s'[: pages != 1]} without text")
    if read and pictures:
        problems.append(f"{pictures} of {pages} pages: a picture without text")
    return Found(lines, pages, "; ".join(problems) or None)


def _sheets(
    document: PDFDocument, interpreter: PDFPageInterpreter, pen: _Pen
) -> tuple[list[Sheet], int, list[str]]:
    """Return the pages, how many are pictures without text, and what could not be read."""
    sheets: list[Sheet] = []
    pictures, damaged, problems = 0, 0, list[str]()
    for page in PDFPage.create_pages(document):
        if len(sheets) == MAX_PAGES:
            problems.append(f"only the first {MAX_PAGES} pages are read")
            break
        try:
            interpreter.process_page(page)
        except (Unreadable, MemoryError):
            raise
        except Exception:  # of what is damaged pdfminer raises KeyError, TypeError, anything
            damaged += 1
        sheets.append(pen.sheet)
        pictures += pen.has_picture and not pen.sheet.letters
    if damaged:
        problems.append(f"damaged: {damaged} of {len(sheets)} pages cannot be read to their end")
    return sheets, pictures, problems
