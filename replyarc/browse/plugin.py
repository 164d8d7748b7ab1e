"""Our pages inside Datasette, as a plugin of one Datasette and of no other in the process.

Datasette knows one set of plugins for the whole process, so this one is registered only as long as
its Datasette is open, and answers no other.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from datasette import Response
from datasette.plugins import pm
from markupsafe import Markup
from pluggy import HookimplMarker

from replyarc.archive.store import Archive
from replyarc.archive.views import CHINESE
from replyarc.browse.answer import Answer, trouble
from replyarc.browse.drawing import chart, charts
from replyarc.browse.finding import search, start
from replyarc.browse.letter import letter
from replyarc.errors import ReplyarcError

hookimpl = HookimplMarker("datasette")

_ERRORS: Final = "datasette.handle_exception"
_ID: Final = r"[0-9a-z]{1,64}"
# column that holds the id of a reply, or its title: the column with the id, in which tables
_LINKED: Final[Mapping[str, tuple[str, set[str | None] | None]]] = {
    "id": ("id", {"replies", "replies_flat", None}),
    "title": ("id", {"replies", "replies_flat", None}),
    "编号": ("编号", {CHINESE}),
    "标题": ("编号", {CHINESE}),
    "reply": ("reply", None),
}

_REPLACED: Final = (
    "档案文件已被另一文件替换，请重新启动 replyarc browse。"
    "The archive was replaced by another file: end `replyarc browse`, and start it again."
)

View = Callable[..., Awaitable[Any]]


class Pages:
    """The plugin: routes, links from Datasette's tables to the letters, errors in words."""

    __name__ = "replyarc pages"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.datasette: Any = None
        self._file = _file(path)

    @hookimpl
    def register_routes(self, datasette: Any) -> list[tuple[str, View]]:
        """Add our pages, the start page among them."""
        if self.datasette not in (None, datasette):
            return []
        return [
            (r"^/$", self._view(lambda archive, request: start(archive))),
            (r"^/-/search$", self._view(lambda archive, request: search(archive, _given(request)))),
            (
                rf"^/-/reply/(?P<id>{_ID})$",
                self._view(lambda archive, request: letter(archive, request.url_vars["id"])),
            ),
            (r"^/-/charts$", self._view(lambda archive, request: charts(archive))),
            (
                r"^/-/chart/(?P<by>[a-z]+)\.svg$",
                self._view(lambda archive, request: chart(archive, request.url_vars["by"])),
            ),
        ]

    @hookimpl
    def render_cell(
        self, row: Any, value: Any, column: str, table: str | None, datasette: Any
    ) -> Markup | None:
        """Let the id and the title of a reply lead to its letter."""
        holder, tables = _LINKED.get(column, ("", None))
        if datasette is not self.datasette or not holder or not value:
            return None
        if tables is not None and table not in tables:
            return None
        named = str(row[holder]) if holder in row.keys() else ""  # noqa: SIM118  # of sqlite3.Row
        if not (named.isascii() and named.isalnum() and len(named) <= 64):
            return None
        return Markup('<a href="/-/reply/{}">{}</a>').format(named, value)

    @hookimpl
    def extra_css_urls(self, datasette: Any) -> list[str]:
        """Give Datasette's pages what they would have inline."""
        return ["/-/browse/datasette.css"] if datasette is self.datasette else []

    @hookimpl
    def menu_links(self, datasette: Any) -> list[dict[str, str]]:
        """Lead from Datasette's pages back to ours."""
        if datasette is not self.datasette:
            return []
        return [
            {"href": "/", "label": "首页 Start"},
            {"href": "/-/search", "label": "检索 Search"},
            {"href": "/-/charts", "label": "图表 Charts"},
        ]

    @hookimpl
    def forbidden(self, datasette: Any, message: str) -> Any:
        """Tell in words what is not to be had here."""
        return _response(trouble(403, message)) if datasette is self.datasette else None

    @hookimpl
    def handle_exception(self, request: Any, exception: Exception) -> Any:
        """Tell an error in words; Datasette's own way prints what the archive says on the way."""
        status = int(getattr(exception, "status", 500))
        words = _words(status, exception)
        if request.path.endswith(".json"):
            told = {"ok": False, "error": words, "status": status, "title": None}
            return Response.json(told, status=status)
        return _response(trouble(status, words))

    def _view(self, answer: Callable[[Archive, Any], Answer]) -> View:
        """Return a view that opens the archive anew: what a crawl wrote meanwhile is seen."""

        def answered(request: Any) -> Answer:
            if _file(self.path) not in (self._file, None):
                return trouble(503, _REPLACED)
            with Archive.open(self.path, read_only=True) as archive:
                return answer(archive, request)

        async def view(request: Any) -> Any:
            return _response(await asyncio.to_thread(answered, request))

        return view


@contextmanager
def registered(pages: Pages) -> Iterator[None]:
    """Register the plugin as long as the block runs, in the place of Datasette's way of errors."""
    errors = pm.unregister(name=_ERRORS) if pm.has_plugin(_ERRORS) else None
    pm.register(pages, f"replyarc {id(pages)}")
    try:
        yield
    finally:
        pm.unregister(pages)
        if errors is not None:
            pm.register(errors, _ERRORS)


def _file(path: Path) -> tuple[int, int] | None:
    """Tell a file from another of the same name; ``None``: there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _given(request: Any) -> Mapping[str, str]:
    return {name: request.args[name] for name in request.args}


def _words(status: int, exception: Exception) -> str:
    if status == 404:
        return "没有这个页面。There is no such page."
    if getattr(exception, "message_is_html", False):
        return "查询用时过长，已中止。The query took too long and was ended."
    if status < 500 or isinstance(exception, ReplyarcError):
        return str(getattr(exception, "message", None) or exception)
    traceback.print_exception(exception)
    return f"{type(exception).__name__}: {exception}"


def _response(answer: Answer) -> Any:
    headers = {"location": answer.location} if answer.location else {}
    return Response(answer.body, answer.status, headers, answer.kind)
