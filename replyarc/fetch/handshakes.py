"""Connections and handshakes that fail: what each failure means, and which key would help. Pure.

The reasons are those of OpenSSL, the codes of certificates those of X509_verify_cert_error_string.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from typing import Final

import httpcore

OLD: Final[Mapping[str, str]] = {
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED": "it renegotiates in the old, unsafe way",
    "DH_KEY_TOO_SMALL": "its Diffie-Hellman key is short",
    "EE_KEY_TOO_SMALL": "the key of its certificate is short",
    "BAD_ECPOINT": "its elliptic curve is broken or old",
    "SSLV3_ALERT_HANDSHAKE_FAILURE": "it has no cipher in common with today's",
    "HANDSHAKE_FAILURE": "it has no cipher in common with today's",
    "NO_CIPHERS_AVAILABLE": "it has no cipher in common with today's",
    "UNSUPPORTED_PROTOCOL": "it speaks no protocol of today",
    "TLSV1_ALERT_PROTOCOL_VERSION": "it speaks no protocol of today",
    "WRONG_SIGNATURE_TYPE": "its signatures are old",
    "TLSV1_ALERT_INTERNAL_ERROR": "it fails over today's handshake",
}
"""Reasons that an old server gives (CMS, section 9, and OpenSSL 3)."""

NOT_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"})

NATIONAL: Final = (
    "If a browser for 国密 (SM2, TLCP) opens it and others do not, it speaks the national cipher "
    "only, which cannot be had here: import what that browser saves"
)

CERTIFICATES: Final[Mapping[int, str]] = {
    9: "it is not valid yet: is the clock of this machine right?",
    10: "it has expired",
    18: "it is signed by itself",
    19: "an authority that nobody knows is in its chain",
    20: "its chain is incomplete: the site does not send what is between it and the authority",
    21: "its chain is incomplete: the site does not send what is between it and the authority",
    23: "it was revoked",
    62: "it is another host's",
    64: "it is another address's",
}
"""X509_V_ERR_…: what each of them says of a certificate."""

WEAK: Final = frozenset({66, 67, 68})
"""The key of the certificate, of its authority, or a signature is too short for today."""


def of_certificate(code: int, said: str, source: str) -> str:
    """Say what is wrong with a certificate, and which key lets it pass.

    >>> of_certificate(10, "certificate has expired", "mz").partition(".")[0]
    'its certificate is not valid: it has expired'
    """
    if code in WEAK:
        return (
            f"its certificate is weak ({said}): an old server; if its pages are to be had all the "
            f'same, set tls = "legacy" of source "{source}"'
        )
    return (
        f"its certificate is not valid: {CERTIFICATES.get(code, said)}. The site has to mend that; "
        f'if its pages are to be had all the same, set tls = "unverified" of source "{source}"'
    )


def of_handshake(reason: str, cause: str, source: str, tls: str | None) -> str:
    """Say why there is no TLS handshake; ``reason`` is that of OpenSSL, ``cause`` all there is.

    >>> of_handshake("DH_KEY_TOO_SMALL", "…", "mz", None).partition(";")[0]
    'no TLS handshake, its Diffie-Hellman key is short (DH_KEY_TOO_SMALL): an old server'
    """
    if reason in NOT_TLS:
        return f"no TLS is spoken on this port ({reason}); if http:// answers, set url to it"
    why = f", {OLD[reason]} ({reason})" if reason in OLD else f" ({reason or cause})"
    if tls == "legacy":
        return f'no TLS handshake{why}, not with tls = "legacy" either. {NATIONAL}'
    server = "an old server" if reason in OLD else "perhaps an old server"
    return (
        f"no TLS handshake{why}: {server}; if its pages are to be had all the same, "
        f'set tls = "legacy" of source "{source}"'
    )


def no_connection(error: httpcore.ConnectError, scheme: str, source: str) -> str:
    """Say why there is no connection, and what may help."""
    codes = {each.errno for each in _causes(error)}
    if errno.ECONNREFUSED in codes:
        http = "; if http:// answers, set url to it" if scheme == "https" else ""
        return f"no connection: it is refused{http}"
    if codes & {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL}:
        ip = f'ip = "4" or "6" of source "{source}"'
        return f"no connection: no way leads there from this network ({error}). Try {ip}"
    return f"no connection: {error}"


_MOST_CAUSES: Final = 9


def _causes(error: BaseException) -> Iterable[OSError]:
    """Return the errors of the system that led to one, and those that came as its argument."""
    seen: list[BaseException] = [error]
    for each in seen:
        if len(seen) < _MOST_CAUSES:
            arguments = [arg for arg in each.args if isinstance(arg, BaseException)]
            seen += [*arguments, *([each.__cause__] if each.__cause__ else [])]
    return [each for each in seen if isinstance(each, OSError)]
