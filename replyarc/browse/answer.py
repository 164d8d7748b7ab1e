"""What is answered: a page made of a template, in which nothing of a site is taken for markup."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from replyarc.screen.terminal import plain
from replyarc.text.web import is_web

FOLDER: Final = Path(str(resources.files("replyarc.browse")))
TEMPLATES: Final = FOLDER / "templates"
STATIC: Final = FOLDER / "static"

_HTML: Final = "text/html; charset=utf-8"


class Answer(NamedTuple):
    """What is sent back; ``location``: where else to look."""

    body: bytes
    status: int = 200
    kind: str = _HTML
    location: str | None = None


def page(template: str, *, status: int = 200, **values: Any) -> Answer:
    """Return a page; every text is escaped, and what has no shape is shown as what it is."""
    text = _environment().get_template(f"own/{template}").render(values)
    return Answer(text.encode("utf-8", "backslashreplace"), status)


def trouble(status: int, words: str) -> Answer:
    """Return the page that says in words what could not be shown."""
    return page("trouble.html", status=status, words=words)


def outside(url: object) -> str | None:
    """Return an address that may be a link: of the web, and of no other scheme.

    >>> outside("https://www.gov.test/1.html"), outside("javascript:alert(1)"), outside(None)
    ('https://www.gov.test/1.html', None, None)
    """
    return url if isinstance(url, str) and is_web(url) and url == plain(url) else None


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters["outside"] = outside
    return made


def _shown(value: object) -> object:
    """Show signs that would turn or hide what stands beside them as what they are."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
