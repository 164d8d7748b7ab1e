"""What an export is asked to be: read off its options, with whatever does not go together told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from replyarc.archive.query import Query, given
from replyarc.cli.invocation import ask_to_replace
from replyarc.errors import ReplyarcError
from replyarc.export.formats import FORMATS, ArchiveFormat, FolderFormat, Format, format_of
from replyarc.export.tables import Headers, Profile, Style

if TYPE_CHECKING:
    from replyarc.export.flat import Column

STDOUT: Final = Path("-")
_FEED: Final = "atom"
_AIDS: Final = ("-wal", "-shm", "-journal", ".lock")
_FOR_PEOPLE: Final = frozenset({"csv", "xlsx"})
"""The formats whose files are for a spreadsheet unless another profile is asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of an export, as they were given."""

    to: str | None = None
    out: Path | None = None
    profile: Profile | None = None
    headers: Headers | None = None
    columns: str | None = None
    redact: bool = False
    since: str | None = None
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An export as it is to be: all of it fits together, and may be written where it goes.

    ``out`` is ``None`` for stdout.
    """

    name: str
    out: Path | None
    style: Style
    query: Query
    redact: bool
    since: str | None
    force: bool

    @property
    def form(self) -> Format | FolderFormat | ArchiveFormat:
        """Its format."""
        return FORMATS[self.name]

    @property
    def is_feed(self) -> bool:
        """Whether what changed last stands first."""
        return self.name == _FEED


def ordered(asked: Asked, query: Query, about: str) -> Order:
    """Return the export that is asked for; ``about`` are its filters in words.

    Raises BadParameter where options do not go together or name what is not there, and typer.Exit
    where a file is not to be replaced.
    """
    out = None if asked.out == STDOUT else asked.out
    name = _name(asked.to, out)
    form = FORMATS[name]
    if asked.since is not None and not asked.since.strip():
        raise typer.BadParameter("give the export a name: weekly", param_hint="--since-last")
    if isinstance(form, ArchiveFormat):
        _check_archive(name, form, asked, query)
        if asked.out == STDOUT:
            raise typer.BadParameter(
                f"a {name} goes into a file, not to stdout: -o replies{form.suffix}",
                param_hint="--output",
            )
    elif asked.since and query.offset:
        raise typer.BadParameter(
            "an export that tells what is new leaves nothing out: what --offset skips would "
            "never be told. --limit tells the rest the next time",
            param_hint="--offset",
        )
    out = _place(out, name, form)
    if out is not None:
        _check_place(out, form)
    if name == _FEED and query.limit is None and not asked.since:
        from replyarc.export.atom import USUAL

        query = replace(query, limit=USUAL)
    if out is not None:
        _ask_to_replace(out, form, asked.force)
    return Order(
        name=name,
        out=out,
        style=_style(asked, name, out, about),
        query=query,
        redact=asked.redact,
        since=asked.since.strip() if asked.since else None,
        force=asked.force,
    )


def _name(to: str | None, out: Path | None) -> str:
    """Return the format: as it is named, else as the file's name says, else csv."""
    told = None if out is None or out.is_dir() else format_of(out.name)
    if to is not None and to not in FORMATS:
        raise typer.BadParameter(f"{to!r} is none of: {', '.join(FORMATS)}", param_hint="--format")
    if to and told and to != told:
        raise typer.BadParameter(
            f"{out} is the name of a file of {told}, and --format says {to}. Leave one of them out",
            param_hint="--format",
        )
    if to or told or out is None or out.is_dir():
        return to or told or "csv"
    files = {name: form for name, form in FORMATS.items() if not isinstance(form, FolderFormat)}
    endings = ", ".join(f"{form.suffix} ({name})" for name, form in files.items())
    folder = "" if out.suffix else f". As a folder to write a file in: mkdir {out}"
    raise typer.BadParameter(
        f"{out}: no format is known by this name. Say which with --format, or let it end in "
        f"one of: {endings}{folder}",
        param_hint="--output",
    )


def _check_archive(name: str, form: ArchiveFormat, asked: Asked, query: Query) -> None:
    """Raise BadParameter for what an archive in a file cannot be: it holds pages as they came."""
    others = ", ".join(other for other in FORMATS if not isinstance(FORMATS[other], ArchiveFormat))
    if not form.filters and (given(query) or query.limit or query.offset):
        raise typer.BadParameter(
            f"a {name} is the whole archive. Filters go with "
            f"{', '.join(other for other in FORMATS if other != name)}",
            param_hint="--format",
        )
    if asked.redact:
        raise typer.BadParameter(
            f"a {name} holds every page as it came, byte for byte, and a page without a name in it "
            "is another page. Copy the archive (replyarc backup), remove the data there (replyarc "
            "--archive COPY redact KEY), and export the copy; or take another format: " + others,
            param_hint="--redact",
        )
    for option, value in (("--columns", asked.columns), ("--since-last", asked.since)):
        if value is not None:
            raise typer.BadParameter(
                f"a {name} holds pages, not columns of replies. {option} goes with {others}",
                param_hint=option,
            )


def _place(out: Path | None, name: str, form: Format | FolderFormat | ArchiveFormat) -> Path | None:
    """Return the file or folder to write; in a folder, a file gets a name with the hour in it."""
    if isinstance(form, FolderFormat):
        if out is None:
            raise typer.BadParameter(
                f"{name} is a folder of letters, and needs one: -o letters", param_hint="--output"
            )
        return out
    now = datetime.now(UTC)
    if isinstance(form, ArchiveFormat):
        return (out or Path()) / form.name(now) if out is None or out.is_dir() else out
    if out is not None and out.is_dir():
        return out / f"replies-{now:%Y%m%d%H%M%S}{form.suffix}"
    if out is None and not form.terminal:
        _refuse_terminal(name, form)
    return out


def _check_place(out: Path, form: Format | FolderFormat | ArchiveFormat) -> None:
    """Raise BadParameter where nothing can be written, before a long export begins."""
    try:
        parent = out.resolve().parent
        if not parent.is_dir():
            raise OSError(f"there is no folder {parent}")
        if out.exists() and not out.is_file() and not isinstance(form, FolderFormat):
            raise OSError("it is a device. Name a file, or - for stdout")
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads back to itself
        raise typer.BadParameter(f"{out}: {error}", param_hint="--output") from error


def spare(archive: Path, out: Path) -> None:
    """Raise BadParameter where an export would take the place of the archive, or of its aids."""
    kept = archive.resolve()
    aids = (kept.with_name(kept.name + ending) for ending in _AIDS)
    if out.resolve() in (kept, *aids) or (out.exists() and out.samefile(kept)):
        raise typer.BadParameter(
            f"{out} is the archive, or a file that belongs to it. Give the export another name",
            param_hint="--output",
        )


def _refuse_terminal(name: str, form: Format) -> None:
    import sys

    if sys.stdout.isatty():
        raise typer.BadParameter(
            f"{name} is nothing a terminal can show. Name a file: -o replies{form.suffix}",
            param_hint="--output",
        )


def _ask_to_replace(out: Path, form: Format | FolderFormat | ArchiveFormat, force: bool) -> None:
    """Return if nothing is in the way, or it may be replaced."""
    if not isinstance(form, FolderFormat):
        if out.exists() and not force:
            ask_to_replace(out)
        return
    from replyarc.export.folder import check_folder

    try:
        check_folder(out, replace=True)
    except ReplyarcError as error:
        raise typer.BadParameter(str(error), param_hint="--output") from error
    if out.is_dir() and any(out.iterdir()) and not force:
        ask_to_replace(out)


def _style(asked: Asked, name: str, out: Path | None, about: str) -> Style:
    for_people = name in _FOR_PEOPLE and (out is not None or name == "xlsx")
    profile = asked.profile or (Profile.EXCEL if for_people else Profile.RAW)
    style = Style(profile, asked.headers, about=about)
    if asked.columns is None:
        return style
    return replace(style, columns=_columns(asked.columns, name))


def _columns(names: str, name: str) -> tuple[Column, ...]:
    from replyarc.export.columns import chosen

    if name == _FEED:
        raise typer.BadParameter(
            "what stands in a feed is settled by its format", param_hint="--columns"
        )
    try:
        return chosen(names)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--columns") from error
