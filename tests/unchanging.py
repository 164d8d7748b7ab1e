"""A site that sends a page again only if it is another than the one that is held."""

from __future__ import annotations

import hashlib

from tests.gov import Answer, Gov, Heard


def etag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def tagging(gov: Gov, *, lies: bool = False) -> None:
    """Let a government name what it sends, and answer 304 to who holds it already.

    ``lies``: it answers 304 to whoever names anything.
    """

    def handler(heard: Heard) -> Answer | None:
        page = gov.pages.get(heard.path)
        if not isinstance(page, bytes) or heard.method != "GET":
            return None
        given, tag = heard.headers.get("if-none-match"), etag_of(page)
        if given == tag or (given and lies):
            return Answer(304, {"ETag": tag})
        return Answer(200, {"ETag": tag}, page)

    gov.handlers.append(handler)


def conditional(gov: Gov) -> list[str]:
    """Return the paths that were asked for by who named what is held, in order."""
    return [each.path for each in gov.heard if "if-none-match" in each.headers]
