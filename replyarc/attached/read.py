"""The text of a file that a page links to, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from replyarc.attached.bounds import MAX_LETTERS, Found, Unreadable
from replyarc.attached.kinds import WORDS, kind_of, misnamed
from replyarc.evidence import Attached

NOT_INSTALLED: Final = "install replyarc[attachments] to read it"
"""The problem of a file that could be read, were the program for it there."""


def read_file(body: bytes, name: str = "") -> Attached:
    """Read a file by its bytes; its name only serves to tell that it is not what it says.

    Never raises, however damaged the file is; but a file made to do harm may take long and much
    memory: ``apart.read_apart`` bounds both.
    """
    kind = kind_of(body, name)
    wrong = misnamed(kind, name)
    try:
        reader = _READERS.get(kind)
        found = reader(body) if reader else _unread(kind)
    except Unreadable as error:
        # that it is no PDF but a page says all; a scanned one named .doc needs both
        why = wrong if wrong and reader is None else _told(wrong, str(error))
        return Attached(kind=kind, problem=why)
    except ImportError as error:
        is_absent = isinstance(error, ModuleNotFoundError)
        need = NOT_INSTALLED
        why = need if is_absent else f"what reads it cannot be loaded ({error})"
        return Attached(kind=kind, problem=_told(wrong, why))
    except MemoryError:
        return Attached(kind=kind, problem=_told(wrong, "it needs too much memory to be read"))
    except Exception as error:  # of damaged files pdfminer, zipfile and zlib raise what they like
        why = _told(wrong, f"damaged: it cannot be read ({type(error).__name__})")
        return Attached(kind=kind, problem=why)
    text, problem = "\n".join(found.lines), found.problem
    return Attached(
        kind=kind, text=text or None, pages=found.pages, problem=_told(wrong, problem) or None
    )


def _told(*problems: str | None) -> str:
    return "; ".join(filter(None, problems))


def _unread(kind: str) -> Found:
    if kind == "encrypted":
        raise Unreadable("encrypted: it needs a password")
    what = WORDS[kind]
    raise Unreadable(
        what if kind == "empty" else f"{what}: its text is not read; its bytes are kept"
    )


def _read_pdf(body: bytes) -> Found:
    from replyarc.attached.pdf import read_pdf  # pdfminer is an extra, and slow to import

    return read_pdf(body)


def _read_docx(body: bytes) -> Found:
    from replyarc.attached.docx import read_docx

    return read_docx(body)


def _read_ofd(body: bytes) -> Found:
    from replyarc.attached.ofd import read_ofd

    return read_ofd(body)


def _read_text(body: bytes) -> Found:
    from replyarc.text.charset import decode
    from replyarc.text.chinese import one_line

    # four bytes are the longest letter
    text = decode(body[: 4 * MAX_LETTERS])
    is_cut = len(body) > 4 * MAX_LETTERS
    return Found(
        [line for printed in text.splitlines() if (line := one_line(printed))],
        problem=f"only the first {4 * MAX_LETTERS} bytes are read" if is_cut else None,
    )


_READERS: Final[dict[str, Callable[[bytes], Found]]] = {
    "pdf": _read_pdf,
    "docx": _read_docx,
    "ofd": _read_ofd,
    "text": _read_text,
}
