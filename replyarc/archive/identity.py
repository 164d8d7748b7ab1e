"""What a reply says, and by which keys it is known again (pure)."""

from __future__ import annotations

import json
import re
import unicodedata
from base64 import b32encode
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, Final

from replyarc.model import Attachment, Reply
from replyarc.text.lasting import lasting, lasting_address
from replyarc.text.normal import normal_title

COPY: Final = "copy"
"""The kind of key that makes no two numbered replies one; see ``grouping``."""

_FURTHER: Final = ("补充", "再次", "二次", "续复")

_SENTENCE: Final = re.compile(r"[。！？；!?;\n]+")
_SENTENCES: Final = 3
_LONG: Final = 16  # letters of a sentence

WHOLE: Final = 100
"""Letters; that much of a text is the same at two addresses only if the letter is."""

canonical: Final[Callable[[object], str]] = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode
"""Write a plain value as JSON in one way only. Of a text by itself this is very cheap."""


@cache
def _columns(kind: Any) -> tuple[tuple[str, object], ...]:
    """Return name and default of the fields that count when two of a dataclass are compared."""
    return tuple((field.name, field.default) for field in fields(kind) if field.compare)


def plain(value: object) -> object:
    """Return a field's value as what JSON knows; of an object, its fields that say something.

    So a field that Reply gains later changes no old fingerprint.
    """
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    kind: Any = type(value)
    return {
        name: plain(item)
        for name, default in _columns(kind)
        if (item := getattr(value, name)) != default
    }


def said(reply: Reply) -> str:
    """Return what a reply says as canonical JSON: names in order, nothing that is not said.

    >>> said(Reply(title="答复", url="http://www.gov.test/1"))
    '{"title":"答复"}'
    """
    return canonical(plain(reply))


def lasts(reply: Reply) -> str:
    """Return what a reply says without what changes by itself, as canonical JSON.

    That is without counters and stamps of the moment, blanks and line breaks, and without what
    only tells one visit from another in the address of a file.

    >>> lasts(Reply(title="答 复", text="谢谢。 浏览次数：12"))
    '{"text":"谢谢。","title":"答复"}'
    """
    files = tuple(Attachment(file.name, lasting_address(file.url)) for file in reply.attachments)
    title, text = lasting(reply.title), _lasting(reply.text)
    return canonical(plain(replace(reply, title=title, text=text, attachments=files)))


@lru_cache(maxsize=4)  # the letter that is filed is asked for in several ways
def _lasting(text: str) -> str:
    return lasting(text)


def fingerprint(reply: Reply) -> str:
    """Return the hash of what a reply says; where and when it was seen plays no part.

    >>> fingerprint(Reply(title="答复", url="a")) == fingerprint(Reply(title="答复", url="b"))
    True
    """
    return digest(said(reply))


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def reading_id(url: str, fingerprint: str) -> str:
    """Return the short name of a reading: twelve letters, the same in every archive."""
    return _short(f"{url}\n{fingerprint}")[:12]


def _short(text: str) -> str:
    """Return sixteen letters for a text: 80 bits, too many for two texts to meet."""
    return b32encode(sha256(text.encode()).digest()[:10]).decode().lower()


def own_number(index_number: str | None) -> str | None:
    """Return an index number for comparing; ``None`` for one that only fills its place.

    Offices write ``-`` and ``/`` for each other. Where the organ is one character again and again,
    or the serial number is nothing but zeros, nobody has numbered the paper yet.

    >>> own_number("01527918X/2020-153077"), own_number("000000000/0000-00000")
    ('01527918X-2020-153077', None)
    """
    if not index_number:
        return None
    number = index_number.replace("/", "-")
    parts = list(filter(None, number.split("-")))
    filled = len(parts) > 1 and (
        len(set(parts[0])) == 1 < len(parts[0]) or not parts[-1].strip("0")
    )
    return None if filled else number


def keys(reply: Reply) -> frozenset[str]:
    """Return the identity keys of a reading; two readings that share one are one reply.

    At one address, any of index number, title, proposal, document number or of the longest
    sentences of the letter that stays is enough; where all of them change, the address was given
    to another document (so does a site that shows one page in place of all). At different
    addresses it takes the index number *and* the document, or the letter word for word, since
    some offices print one index number on a whole batch; a copy without a number shares the
    document and its document number, or the letter. http and https are one address.
    """
    found = []
    proposal, number = _proposal(reply), own_number(reply.index_number)
    document = canonical(_document(reply, proposal))[1:-1]
    if reply.url:
        address = _key("url", canonical(reply.url.partition("://")[2] or reply.url))
        staying = {
            "index": number,
            "title": normal_title(reply.title),
            "proposal": proposal if _complete(reply) else None,
            "document": reply.document_number,
            "numbers": None if reply.session else _numbers(reply),
        }
        for what, value in staying.items():
            if value:
                found.append(_key(address, canonical(what), canonical(value)))
        found += [_key(address, canonical(sentence)) for sentence in _longest(reply.text)]
    if number:
        found.append(_key("index", canonical(number), document))
    if reply.document_number:
        found.append(_key(COPY, canonical(reply.document_number), document))
    if len(reply.text) >= WHOLE:
        letter = canonical(_letter(reply))
        found += [_key(COPY, letter)] + (
            [_key("index", canonical(number), letter)] if number else []
        )
    return frozenset(found)


def _key(kind: str, *parts: str) -> str:
    """Return a key as its kind and a short hash of a JSON list, given as the JSON of its parts.

    Short, as keys are kept by the million; those of one address begin alike, and so lie side by
    side in the archive.
    """
    return f"{kind}:{_short('[' + ','.join(parts) + ']')}"


def _numbers(reply: Reply) -> list[str]:
    return sorted(filter(None, map(_number, reply.proposal_numbers)))


def _proposal(reply: Reply) -> tuple[object, ...]:
    """Return which proposal is answered, as far as the page says."""
    numbers = _numbers(reply)
    return (reply.kind, reply.assembly, reply.term, reply.session, numbers, reply.role)


def _complete(reply: Reply) -> bool:
    """Tell whether the proposal is named so that no other one can be meant."""
    return bool(reply.term and reply.session and _numbers(reply))


def _longest(text: str) -> list[str]:
    """Return the longest sentences of a letter: an edit leaves one of them, another letter none.

    Phrases that stand in many letters are short.
    """
    sentences = sorted(set(_SENTENCE.split(text)), key=lambda each: (-len(each), each))
    long = map(normal_title, sentences[:_SENTENCES])
    return [each for each in long if len(each) >= _LONG]


def _letter(reply: Reply) -> tuple[object, ...]:
    """Return what makes a letter the same word for word.

    Unit and role are left out, which one site prints and another does not. The title and the
    numbers are not: an office may send the same words to many.
    """
    title, numbers = normal_title(reply.title), _numbers(reply)
    told = (reply.term, reply.session, numbers, _subject(reply))
    return (title, *told, digest(_lasting(reply.text)))


def _document(reply: Reply, proposal: tuple[object, ...]) -> tuple[object, ...]:
    """Return what tells this letter from every other one of the same office.

    That is the proposal with the unit that answers (several may answer one), and whether it is a
    further answer (补充答复); where the page does not name the proposal whole, title, subject and
    letter: a title may be the same on every letter of a site, and a number comes again every year.
    """
    unit = normal_title(reply.answered_by or reply.publisher or "")
    title = normal_title(reply.title)
    if _complete(reply):
        return ("proposal", *proposal, unit, *(word for word in _FURTHER if word in title))
    told = (_subject(reply), sorted(reply.addressees), digest(normal_title(_lasting(reply.text))))
    return ("title", title, *proposal, unit, *told)


def _subject(reply: Reply) -> list[str]:
    return [normal_title(title) for title in reply.proposal_titles]


def _number(number: str) -> str:
    """Return a proposal number for comparing: 0079 and 79 are one."""
    return unicodedata.normalize("NFKC", number).upper().lstrip("0")
