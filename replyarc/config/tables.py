"""The tables of ``replyarc.toml`` and their keys (CONTRACT section 1), as pydantic models.

A key that is left out stays unset: its default stands in ``replyarc.model``, once.
"""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
)

from replyarc.config import values
from replyarc.manners import Expect, Manners, Window
from replyarc.model import Source

UNSET: Final[Any] = None


def _family(name: str, info: ValidationInfo) -> str:
    return values.read_family(name, info.context or ())


def _contact(text: str, info: ValidationInfo) -> str:
    """Read a contact; the template's own will do where machines of one's own are asked."""
    return values.read_contact(text, template=info.data.get("private_addresses") is True)


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _labels(labels: dict[str, str]) -> dict[str, str]:
    if not all(label.strip() for label in labels):
        raise ValueError("holds a label that is blank")
    return labels


Line = Annotated[str, AfterValidator(values.read_line)]
Seconds = Annotated[float, Field(ge=0, le=86_400)]
Selector = Annotated[str, AfterValidator(values.read_selector)]


class Table(BaseModel):
    """What every table shares: no key that is not named here, no type that has to be guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    def given(self) -> dict[str, Any]:
        """Return the keys that the person wrote, with their values read."""
        return self.model_dump(exclude_unset=True)


class ArchiveTable(Table):
    """``[archive]``: where the replies are kept."""

    path: Annotated[str, AfterValidator(values.read_path)] = "replies.db"


class CrawlTable(Table):
    """``[crawl]``: how a crawl behaves towards the sites."""

    delay: Seconds = UNSET
    hosts: Annotated[int, Field(ge=1, le=1_000)] = UNSET
    per_host: Annotated[int, Field(ge=1, le=100)] = UNSET
    timeout: Annotated[float, Field(gt=0, le=86_400)] = UNSET
    max_body: Annotated[int, BeforeValidator(values.read_size)] = UNSET
    retries: Annotated[int, Field(ge=0, le=10)] = UNSET
    recheck: Annotated[timedelta, BeforeValidator(values.read_span)] = UNSET
    private_addresses: bool = UNSET
    robots: bool = UNSET
    contact: Annotated[str, AfterValidator(_contact)]  # last: it asks for private_addresses

    def manners(self) -> Manners:
        """Return the table as the plain data that a crawl is given."""
        return Manners(**self.given())


class OptionsTable(Table):
    """``[source.options]``: CSS selectors that overrule what the family does."""

    entry: Selector = UNSET
    next: Selector = UNSET
    content: Selector = UNSET
    title: Selector = UNSET


class ExpectTable(Table):
    """``expect`` of a source: what must be there, or there is a finding."""

    minimum: Annotated[int, Field(ge=1)] = UNSET
    newest: Annotated[timedelta, BeforeValidator(values.read_days)] = UNSET


class SourceTable(Table):
    """``[[source]]``: one column of one site."""

    name: Annotated[str, AfterValidator(values.read_name)]
    publisher: Line
    region: Annotated[str, AfterValidator(values.read_region)] = UNSET
    family: Annotated[str, AfterValidator(_family)] = UNSET
    url: Annotated[
        list[Annotated[str, AfterValidator(values.read_address)]],
        BeforeValidator(_one_or_many),
        Field(min_length=1),
    ]
    delay: Seconds = UNSET
    charset: Annotated[str, AfterValidator(values.read_charset)] = UNSET
    tls: Literal["legacy", "unverified"] = UNSET
    ip: Literal["4", "6"] = UNSET
    max_pages: Annotated[int, Field(ge=1)] = UNSET
    allow_hosts: list[Annotated[str, AfterValidator(values.read_host)]] = UNSET
    allow_empty_until: date = UNSET
    window: Annotated[Window, BeforeValidator(values.read_window)] = UNSET
    expect: ExpectTable = UNSET
    attachments: bool = UNSET
    options: OptionsTable = UNSET
    labels: Annotated[
        dict[str, Annotated[str, AfterValidator(values.read_label_field)]],
        AfterValidator(_labels),
    ] = UNSET

    def source(self) -> Source:
        """Return the table as the plain data that a crawl is given."""
        given = self.given()
        given["urls"] = tuple(given.pop("url"))
        for key in {"options", "labels"} & given.keys():
            given[key] = MappingProxyType(given[key])
        if "window" in given:
            given["window"] = self.window  # model_dump takes dataclasses apart
        if "expect" in given:
            given["expect"] = Expect(**given["expect"])
        if "allow_hosts" in given:
            given["allow_hosts"] = tuple(given["allow_hosts"])
        return Source(**given)


class File(Table):
    """The whole file."""

    archive: ArchiveTable = ArchiveTable()
    crawl: CrawlTable
    source: Annotated[list[SourceTable], Field(min_length=1)]


KEYS: Final[dict[str, tuple[str, ...]]] = {
    "": tuple(File.model_fields),
    "archive": tuple(ArchiveTable.model_fields),
    "crawl": tuple(CrawlTable.model_fields),
    "source": tuple(SourceTable.model_fields),
    "source.options": tuple(OptionsTable.model_fields),
    "source.expect": tuple(ExpectTable.model_fields),
}
"""Table -> the keys it may hold."""
