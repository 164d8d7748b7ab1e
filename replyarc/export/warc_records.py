"""The records of a WARC: what is written of a fetch, and in which words.

WARC 1.1 (ISO 28500:2017), by warcio. What was fetched is a ``response``, or a ``revisit`` where
the file has the same bytes already; what was sent for it a ``request``. Before each stands a
``metadata`` record with the row of the archive as JSON, which says what a WARC has no words for
(the crawl, the address that was asked before redirects, headers as they came); a fetch that
brought nothing is such a record alone. The other tables of the evidence are ``resource`` records,
``urn:replyarc:archive:TABLE:PART``, a row a line.

Bodies are kept decoded. So ``Content-Encoding`` and ``Transfer-Encoding``, and a length that is
not theirs, go by the name ``X-Archive-Orig-…``, and ``WARC-Payload-Digest`` is the SHA-256 of the
decoded body in hexadecimal: the name of the body in the archive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from uuid import NAMESPACE_URL, uuid5

from replyarc.extras import require
from replyarc.model import UNCHANGED

Row = Mapping[str, Any]
Fields = list[tuple[str, str]]
Record = Any  # warcio has no types

URN: Final = "urn:replyarc:archive:"
"""How the addresses of the records begin that hold rows of the archive."""

BODY_URN: Final = "urn:sha256:"
"""How the address of a body begins of which no fetch tells."""

IMPORTED: Final = "x-replyarc-imported"
"""A header that no site sent: the page was saved by hand, in this file."""

REVISIT: Final = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED: Final = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
ROWS: Final = "application/x-ndjson"
RENAMED: Final = "X-Archive-Orig-"

_CODED: Final = frozenset({"content-encoding", "transfer-encoding"})
_LINE_END = re.compile(r"[\r\n]+")
_TLS = re.compile(r"\b(TLS|SSL)v?([0-9](?:\.[0-9])?)\b", re.IGNORECASE)
_SUITE = re.compile(r"\bTLS_[A-Z0-9_]+")
_OPENSSL = re.compile(
    r"\b(?:(ECDHE|DHE)-(RSA|ECDSA)-)?(?:AES(128|256)-(GCM-)?(SHA\d*)|(CHACHA20)-POLY1305)(?!\S)"
)
_NO_COLUMNS: Final = frozenset({"id", "first_id", "first_url", "first_at", "emptied"})


def require_warcio() -> None:
    """Raise ReplyarcError where warcio is not installed, and say how to install it."""
    require("warcio", "warcio", "a WARC is written by", "warc")


def record(kind: str, fields: Fields, content_type: str, body: bytes) -> Record:
    """Return a record without a message of HTTP in it."""
    return _record(kind, fields, content_type, body, None)


def _record(kind: str, fields: Fields, content_type: str, body: bytes, head: Any) -> Record:
    from warcio.recordloader import ArcWarcRecord
    from warcio.statusandheaders import StatusAndHeaders

    headers = StatusAndHeaders("", [("WARC-Type", kind), *fields], protocol="WARC/1.1")
    made = ArcWarcRecord("warc", kind, headers, BytesIO(body), head, content_type, len(body))
    made.payload_length = len(body)
    return made


def row_record(fetch: Row) -> Record:
    """Return the record that holds the row of a fetch."""
    row = {name: value for name, value in fetch.items() if name not in _NO_COLUMNS}
    fields = [
        ("WARC-Record-ID", _name("metadata", fetch)),
        ("WARC-Date", fetch["fetched_at"]),
        ("WARC-Target-URI", _address(fetch)),
    ]
    if fetch["sha256"] and not fetch["emptied"]:
        fields.append(("WARC-Concurrent-To", _name("response", fetch)))
    written = json.dumps({"fetch": row}, ensure_ascii=False).encode()
    return record("metadata", fields, "application/json", written)


def answer_record(fetch: Row, body: bytes | None) -> Record:
    """Return the record of what came; ``body`` is ``None`` where the file has it already."""
    from warcio.statusandheaders import StatusAndHeaders

    fields = [
        ("WARC-Record-ID", _name("response", fetch)),
        ("WARC-Date", fetch["fetched_at"]),
        ("WARC-Target-URI", _address(fetch)),
        ("WARC-Payload-Digest", f"sha256:{fetch['sha256']}"),
        *_line(fetch),
    ]
    headers = [(name, value) for name, value in json.loads(fetch["headers"] or "[]")]
    saved = any(name == IMPORTED for name, _ in headers)
    if body is not None and saved:
        given = dict(headers).get("content-type", "application/octet-stream")
        return record("resource", fields, given, body)
    kind = "response"
    if body is None:
        kind = "revisit"
        fields += [
            ("WARC-Profile", NOT_MODIFIED if fetch["status"] == UNCHANGED else REVISIT),
            ("WARC-Refers-To", _name("response", _first(fetch))),
            ("WARC-Refers-To-Target-URI", fetch["first_url"]),
            ("WARC-Refers-To-Date", fetch["first_at"]),
        ]
    sent = list(message_headers(headers, None if body is None else len(body)))
    head = StatusAndHeaders(_status(fetch["status"]), sent, protocol="HTTP/1.1")
    return _record(kind, fields, "application/http; msgtype=response", body or b"", head)


def request_record(fetch: Row) -> Record | None:
    """Return the record of what was sent; ``None`` where nobody noted it, and it was no form."""
    from warcio.statusandheaders import StatusAndHeaders

    noted, form = fetch.get("request_headers"), fetch["form"]
    if not noted and not form:
        return None
    address = urlsplit(fetch["url"])
    sent = [(name, _flat(value)) for name, value in json.loads(noted or "[]")]
    names = {name.lower() for name, _ in sent}
    body, kind = _form(form)
    if "host" not in names:
        sent.insert(0, ("host", address.netloc))
    if form and "content-type" not in names:
        sent.append(("content-type", kind))
    if form:
        sent = [(name, value) for name, value in sent if name.lower() != "content-length"]
        sent.append(("content-length", str(len(body))))
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    line = f"{'POST' if form else 'GET'} {target} HTTP/1.1"
    head = StatusAndHeaders(line, sent, is_http_request=True)
    fields = [
        ("WARC-Record-ID", _name("request", fetch)),
        ("WARC-Date", fetch["fetched_at"]),
        ("WARC-Target-URI", fetch["url"]),
        ("WARC-Concurrent-To", _name("response", fetch)),
        ("WARC-Payload-Digest", f"sha256:{sha256(body).hexdigest()}"),
        *_line(fetch),
    ]
    return _record("request", fields, "application/http; msgtype=request", body, head)


def rows_record(table: str, part: int, date: str, lines: Iterable[bytes]) -> Record:
    """Return a record with rows of a table, one a line."""
    body = b"".join(lines)
    return _resource(f"{URN}{table}:{part}", date, ROWS, body)


def body_record(name: str, date: str, body: bytes) -> Record:
    """Return a record with a body of which no fetch tells."""
    return _resource(f"{BODY_URN}{name}", date, "application/octet-stream", body)


def _resource(address: str, date: str, content_type: str, body: bytes) -> Record:
    digest = sha256(body).hexdigest()
    fields = [
        ("WARC-Record-ID", f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{address}#{digest}#{date}')}>"),
        ("WARC-Date", date),
        ("WARC-Target-URI", address),
        ("WARC-Payload-Digest", f"sha256:{digest}"),
    ]
    return record("resource", fields, content_type, body)


def message_headers(headers: Iterable[tuple[str, str]], size: int | None) -> Fields:
    """Return the headers that fit a body that is kept decoded, of ``size`` bytes.

    >>> message_headers([("content-encoding", "gzip")], 30)
    [('X-Archive-Orig-content-encoding', 'gzip'), ('content-length', '30')]
    """
    fitting = []
    for name, value in headers:
        kept = name.lower() not in _CODED and name.lower() != "content-length"
        if kept or (name.lower() == "content-length" and size is not None and value == str(size)):
            fitting.append((name, _flat(value)))
        else:
            fitting.append((RENAMED + name, _flat(value)))
    if size is not None and not any(name.lower() == "content-length" for name, _ in fitting):
        fitting.append(("content-length", str(size)))
    return fitting


def _line(fetch: Row) -> Fields:
    """Say where the line led and how safe it was (WARC-Protocol, WARC-Cipher-Suite).

    These two are proposals that several crawlers write (iipc/warc-specifications 42 and 86).
    """
    fields = [("WARC-IP-Address", fetch["ip"])] if fetch.get("ip") else []
    tls = fetch.get("tls") or ""
    if version := _TLS.search(tls):
        number = (
            version[2] if "." in version[2] or version[1].upper() == "SSL" else f"{version[2]}.0"
        )
        fields += [
            ("WARC-Protocol", "http/1.1"),
            ("WARC-Protocol", f"{version[1].lower()}/{number}"),
        ]
    if suite := cipher_suite(tls):
        fields.append(("WARC-Cipher-Suite", suite))
    return fields


def cipher_suite(tls: str) -> str | None:
    """Return the IANA name of a cipher suite, which OpenSSL uses only from TLS 1.3 on.

    >>> cipher_suite("TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256")
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'
    >>> cipher_suite("TLSv1.2 AES256-SHA"), cipher_suite("TLSv1 RC4-MD5")
    ('TLS_RSA_WITH_AES_256_CBC_SHA', None)
    """
    if named := _SUITE.search(tls):
        return named[0]
    found = _OPENSSL.search(tls)
    if found is None:
        return None
    exchange, signature, bits, gcm, digest, chacha = found.groups()
    cipher = (
        "CHACHA20_POLY1305_SHA256" if chacha else f"AES_{bits}_{'GCM' if gcm else 'CBC'}_{digest}"
    )
    return f"TLS_{f'{exchange}_' if exchange else ''}{signature or 'RSA'}_WITH_{cipher}"


def _form(form: str | None) -> tuple[bytes, str]:
    """Return the body of a request and its type; see ``archive.bodies`` for how it is noted."""
    if not form:
        return b"", ""
    if form.startswith("[["):
        fields = [tuple(field) for field in json.loads(form)]
        return urlencode(fields).encode(), "application/x-www-form-urlencoded"
    return form.encode(), "application/json"


def _status(status: int | None) -> str:
    known = {each.value: each.phrase for each in HTTPStatus}
    return f"{status or 200} {known.get(status or 200, '')}".strip()


def _address(fetch: Row) -> str:
    return str(fetch["final_url"] or fetch["url"])


def _flat(value: str) -> str:
    return _LINE_END.sub(" ", value)


def _name(kind: str, fetch: Row) -> str:
    """Return the id of a record: the same whenever the same fetch is exported."""
    told = [kind, fetch["id"], _address(fetch), fetch["fetched_at"], fetch["sha256"]]
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, URN + json.dumps(told))}>"


def _first(fetch: Row) -> Row:
    """Return the fetch that brought the same bytes first, as far as its name takes."""
    first = {"id": fetch["first_id"], "fetched_at": fetch["first_at"], "url": fetch["first_url"]}
    return {**first, "final_url": fetch["first_url"], "sha256": fetch["sha256"]}
