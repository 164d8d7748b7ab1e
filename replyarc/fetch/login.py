"""Logins in the place of a page: what redirects to one, what jumps to one, what shows one. Pure.

Many pages have a login in their header, and letters are about 登录: a page is a login only where
it asks for a password and says next to nothing else.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from replyarc.fetch.jumps import SHELL, jumps
from replyarc.text.html import lines

FEWEST_WORDS: Final = 200
"""Characters outside links of a page that is a login; a page with a letter has more."""

_STEP: Final = re.compile(
    r"(?:user|admin|to|pre|go)?[-_]?(?:login|logon|signin|sign-in)(?:[-_]?(?:page|index|form))?"
    r"(?:\.\w{2,6})?|sso|oauth2?|passport|unauthorized",
    re.IGNORECASE,
)
_SERVICE: Final = re.compile(r"(?:^|&)(?:service|return_?url|redirect_?ur[il]|back_?url)=", re.I)
_BARE: Final = 60


def is_login(url: str, asked: str = "") -> bool:
    """Tell whether an address is that of a login, and was not itself asked for.

    >>> is_login("/login?service=http%3A%2F%2Fa.test%2F1.html"), is_login("/col/login-help/1.html")
    (True, False)
    >>> is_login("http://a.test/cas/login"), is_login("http://a.test/cas/"), is_login("/#/login")
    (True, False, True)
    """
    try:
        there, here = urlsplit(url), urlsplit(asked)
    except ValueError:
        return False
    path = f"{there.path}/{there.fragment}" if there.fragment.startswith("/") else there.path
    steps = [step for step in path.split("/") if step]
    known = {step.lower() for step in here.path.split("/")}
    if any(step.lower() in known for step in steps if _STEP.fullmatch(step)):
        return False
    last = [step for step in steps[-1:] if _STEP.fullmatch(step)]
    sent = [step for step in steps if _STEP.fullmatch(step) or step.lower() == "cas"]
    return bool(last or (sent and _SERVICE.search(there.query)))


def may_show_login(text: str) -> bool:
    """Tell, at little cost, whether a page of few words may be a login, or jump to one."""
    if len(text) <= SHELL and ("ocation" in text or "efresh" in text):
        return True
    return "assword" in text or "ASSWORD" in text


def login_of(tree: LexborHTMLParser, text: str, name: str, words: int) -> str | None:
    """Say how a login is called that a page is, or jumps to; ``None`` where it is another page.

    ``words`` are the characters of the page outside links, ``name`` is its title.
    """
    if words > FEWEST_WORDS:
        return None
    fields = tree.css("input[type]")
    if any((node.attributes.get("type") or "").lower() == "password" for node in fields):
        return name or "登录"
    shown = sum(map(len, lines(tree.body))) if tree.body else 0
    if len(text) > SHELL or shown > _BARE:
        return None
    return next((url for url in jumps(text) if is_login(url)), None)
