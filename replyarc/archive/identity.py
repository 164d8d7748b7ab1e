"""What a reply says, and which readings are one reply (pure).

Which replies there are is a function of the **set** of readings (see ``readings``).

Two readings that share a key are one reply, and so on along the chain, with one exception: a
``copy`` key (the document with its document number, or with its letter) brings a copy without an
index number to the reply it is a copy of, but never two replies with index numbers to each other.
Where it could, the numbered replies stand alone, and the copies without a number stay among
themselves.
"""

from __future__ import annotations

import json
import unicodedata
from base64 import b32encode
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import chain
from typing import Any, Final, TypeVar

from replyarc.archive.readings import Body, Holding, Reading, body, holding
from replyarc.model import Attachment, Reply
from replyarc.text.lasting import lasting, lasting_address

T = TypeVar("T", bound=Hashable)

_COPY: Final = "copy:"

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
    return canonical(
        plain(
            replace(reply, title=lasting(reply.title), text=lasting(reply.text), attachments=files)
        )
    )


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


def normal_title(title: str) -> str:
    """Return a title for comparing: NFKC, one case, neither blanks nor punctuation.

    >>> normal_title("关于 第１２号建议的答复（Ａ类）")
    '关于第12号建议的答复a类'
    """
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(filter(str.isalnum, folded))


def keys(reply: Reply) -> frozenset[str]:
    """Return the identity keys of a reading; two readings that share one are one reply.

    At one address, any of index number, title, proposal or document number that stays is enough;
    where all of them change, the address was given to another document. Without an index number
    the address alone is enough. At different addresses it takes the index number *and* the
    document, since some offices print one index number on a whole batch; a copy without a number
    shares the document and its document number, or the document and the letter word for word.
    http and https are one address.
    """
    found = []
    proposal = _proposal(reply)
    document = canonical(_document(reply, proposal))[1:-1]
    if reply.url:
        address = _key("url", canonical(reply.url.partition("://")[2] or reply.url))
        staying = {
            "index": reply.index_number,
            "title": normal_title(reply.title),
            "proposal": proposal if _complete(reply) else None,
            "document": reply.document_number,
        }
        for what, value in staying.items():
            if value:
                found.append(_key(address, canonical(what), canonical(value)))
        if not reply.index_number:
            found.append(address)
    if reply.index_number:
        found.append(_key("index", canonical(reply.index_number), document))
    if reply.document_number:
        found.append(_key("copy", canonical(reply.document_number), document))
    if len(reply.text) >= WHOLE:
        found.append(_key("copy", canonical(digest(lasting(reply.text))), document))
    return frozenset(found)


def _key(kind: str, *parts: str) -> str:
    """Return a key as its kind and a short hash of a JSON list, given as the JSON of its parts.

    Short, as keys are kept by the million; those of one address begin alike, and so lie side by
    side in the archive.
    """
    return f"{kind}:{_short('[' + ','.join(parts) + ']')}"


def _proposal(reply: Reply) -> tuple[object, ...]:
    """Return which proposal is answered, as far as the page says."""
    numbers = sorted(_number(number) for number in reply.proposal_numbers)
    return (reply.kind, reply.assembly, reply.term, reply.session, numbers, reply.role)


def _complete(reply: Reply) -> bool:
    """Tell whether the proposal is named so that no other one can be meant."""
    return bool(reply.term and reply.session and reply.proposal_numbers)


def _document(reply: Reply, proposal: tuple[object, ...]) -> tuple[object, ...]:
    """Return what tells this letter from every other one of the same office.

    That is the proposal with the unit that answers (several may answer one); where the page does
    not name the proposal whole, the title with what there is of it: a title may be the same on
    every letter of a site, so that without a number the letter itself has to agree.
    """
    unit = normal_title(reply.answered_by or reply.publisher or "")
    if _complete(reply):
        return ("proposal", *proposal, unit)
    subject = [[normal_title(title) for title in reply.proposal_titles], sorted(reply.addressees)]
    told: object = ""
    if not reply.proposal_numbers:
        told = subject if reply.proposal_titles else digest(normal_title(lasting(reply.text)))
    return ("title", normal_title(reply.title), *proposal, unit, told)


def _number(number: str) -> str:
    """Return a proposal number for comparing: 0079 and 79 are one."""
    return unicodedata.normalize("NFKC", number).upper().lstrip("0")


def replies(readings: Mapping[Reading, Iterable[str]]) -> list[tuple[Reading, ...]]:
    """Part readings, given with their keys, into replies (see the head of this module).

    A reading that was superseded binds nothing any more: it stays with the one that holds of the
    bytes in which it was found first.
    """
    if len(readings) == 1:  # nearly always
        return [tuple(readings)]
    holds = holding(readings)
    holders = frozenset(holds.of.values())

    def own(reading: Reading) -> Iterable[Hashable]:
        if reading not in holders:
            return (_first_body(reading),)
        keys = (key for key in readings[reading] if not key.startswith(_COPY))
        return chain(keys, _bodies(reading, holds))

    def copies(group: tuple[Reading, ...]) -> Iterable[Hashable]:
        keys = chain.from_iterable(readings[reading] for reading in group if reading in holders)
        return (key for key in keys if key.startswith(_COPY))

    def is_numbered(group: tuple[Reading, ...]) -> bool:
        return any(reading.index_number for reading in group if reading in holders)

    found: list[tuple[Reading, ...]] = []
    for kin in _joined(_joined(readings, own), copies):
        numbered = [group for group in kin if is_numbered(group)]
        if len(numbered) > 1:
            found += numbered
            kin = tuple(group for group in kin if group not in numbered)
            found += [tuple(chain(*copy)) for copy in _joined(kin, copies)]
        else:
            found.append(tuple(chain(*kin)))
    return found


def _bodies(reading: Reading, holds: Holding) -> Iterable[Body]:
    """Return the bytes of which a reading holds."""
    bodies = (body(reading, capture) for capture in reading.captures)
    return (at for at in bodies if holds.of[at] is reading)


def _first_body(reading: Reading) -> Body:
    first = min(reading.captures, key=lambda each: (each.first_seen_at, each.sha256, each.parts))
    return body(reading, first)


def _joined(items: Iterable[T], keys: Callable[[T], Iterable[Hashable]]) -> list[tuple[T, ...]]:
    """Return the connected components of items under shared keys."""
    left = dict.fromkeys(items)
    holders: defaultdict[Hashable, list[T]] = defaultdict(list)
    for item in left:
        for key in keys(item):
            holders[key].append(item)
    found = []
    while left:
        todo, component = [left.popitem()[0]], []
        while todo:
            component.append(todo.pop())
            for other in chain.from_iterable(holders.pop(key, ()) for key in keys(component[-1])):
                if other in left:
                    del left[other]
                    todo.append(other)
        found.append(tuple(component))
    return found
