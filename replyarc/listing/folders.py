"""The folder of a column: what lies below it belongs to it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_INDEX: Final = re.compile(r"(?:index|default)\.\w{2,6}$", re.IGNORECASE)
_OF_A_FOLDER: Final = re.compile(
    r"(?:[\w-]{0,40}_)?(?:index|default|list|main|more|auto)[\w-]{0,40}\.\w{2,6}|[\w-]{0,40}list\.\w{2,6}",
    re.IGNORECASE,
)
_EXTENSION: Final = re.compile(r"\.\w{2,6}$")


def plain(url: str) -> str:
    """Return an address without its scheme and without the file that a folder opens with.

    >>> plain("https://www.gov.test/jytabl/index.html"), plain("http://www.gov.test/a.jsp?id=1")
    ('//www.gov.test/jytabl/', '//www.gov.test/a.jsp?id=1')
    """
    path, mark, query = url.partition(":")[2].partition("?")
    return (path if mark else _INDEX.sub("", path)) + mark + query


def folder_of(url: str) -> str:
    """Return the folder that lies below a column, plain; ``""`` for that of a whole site.

    A column that is a file has a folder of the same name (VSB), one that is the list of its folder
    has that.

    >>> folder_of("http://www.gov.test/jytabl/index.html"), folder_of("http://www.gov.test/jytabl.htm")
    ('//www.gov.test/jytabl/', '//www.gov.test/jytabl/')
    >>> folder_of("http://www.gov.test/a/list.shtml"), folder_of("http://www.gov.test/?id=5")
    ('//www.gov.test/a/', '')
    """
    parts = urlsplit(url)
    folder, _, file = parts.path.rpartition("/")
    if file and not _OF_A_FOLDER.fullmatch(file):
        folder = f"{folder}/{_EXTENSION.sub('', file)}"
    return f"//{parts.netloc}{folder}/" if folder else ""
