"""Connections, handshakes, certificates, names that fail: each says why and what can be done."""

from __future__ import annotations

import errno
import socket
import ssl

import httpcore
import pytest

from replyarc.fetch.guard import unresolved
from replyarc.fetch.handshakes import OLD, no_connection, of_certificate, of_handshake
from replyarc.fetch.lines import mend_handshake


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (10, "it has expired"),
        (62, "it is another host's"),
        (18, "signed by itself"),
        (20, "chain is incomplete"),
        (19, "an authority that nobody knows"),
        (1, "unspecified"),
    ],
)
def test_a_certificate_that_is_not_valid_says_what_is_wrong(code: int, words: str) -> None:
    said = of_certificate(code, "unspecified", "mz")
    assert words in said
    assert 'tls = "unverified" of source "mz"' in said


def test_a_weak_certificate_is_for_legacy() -> None:
    assert 'tls = "legacy"' in of_certificate(66, "EE certificate key too weak", "mz")


@pytest.mark.parametrize("reason", OLD)
def test_an_old_server_is_known_by_the_reason(reason: str) -> None:
    assert 'an old server; if its pages are to be had all the same, set tls = "legacy"' in (
        of_handshake(reason, "", "mz", None)
    )


def test_what_legacy_does_not_help_may_be_the_national_cipher() -> None:
    said = of_handshake("SSLV3_ALERT_HANDSHAKE_FAILURE", "", "mz", "legacy")
    assert "cannot be had here" in said
    assert "set tls" not in said


def test_a_port_without_tls_is_asked_by_http() -> None:
    assert "set url" in of_handshake("WRONG_VERSION_NUMBER", "", "mz", None)


def test_an_unknown_reason_is_shown() -> None:
    broken = ssl.SSLError(1, "odd")
    assert "odd" in mend_handshake(httpcore.ConnectError(broken), "mz")


@pytest.mark.parametrize(
    ("cause", "scheme", "words"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, "no"), "https", "it is refused; if http://"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "no"), "http", "no connection: it is refused"),
        (OSError(errno.ENETUNREACH, "no"), "http", 'ip = "4" or "6"'),
        (OSError(errno.EIO, "odd"), "http", "odd"),
    ],
    ids=["https", "http", "no way", "odd"],
)
def test_no_connection_says_why(cause: OSError, scheme: str, words: str) -> None:
    assert words in no_connection(httpcore.ConnectError(cause), scheme, "mz")


@pytest.mark.parametrize(
    ("code", "ip", "words"),
    [
        (socket.EAI_NONAME, None, "there is no such name"),
        (socket.EAI_NONAME, "4", "there is no such name"),
        (socket.EAI_AGAIN, None, "no answer for now"),
        (socket.EAI_ADDRFAMILY, "4", 'it has no IPv4 address. Set ip = "6"'),
        (socket.EAI_FAIL, None, "odd"),
    ],
)
def test_a_name_that_leads_nowhere_says_why(code: int, ip: str | None, words: str) -> None:
    assert words in unresolved("a.test", socket.gaierror(code, "odd"), ip)
    assert "a.test cannot be resolved" in unresolved("a.test", UnicodeError("long"), ip)
