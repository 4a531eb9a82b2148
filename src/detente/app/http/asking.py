"""What a query may hold, and the day, parties and place in a list that it means."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from typing import Annotated, Any, TypedDict

import msgspec
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from detente.app.cli.common import day
from detente.app.http.edition import Edition, Library
from detente.app.http.problems import NotFoundError
from detente.codebook import Codebook
from detente.errors import UsageError
from detente.model import content_id
from detente.pipeline import party_code

MOST = 500
"""The most rows of one page of a list."""

_MONTH = r"^[12][0-9]{3}(-(0[1-9]|1[0-2]))?$"


def _is_day(text: str) -> str:
    try:
        day(text)
    except UsageError as error:
        raise ValueError(f"{error.what}; {error.mend}") from None
    return text


Day = Annotated[
    str,
    StringConstraints(max_length=10),
    AfterValidator(_is_day),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "pattern": _MONTH}]}),
]
"""A day, a month or a year."""

Party = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:+-]{1,120}$")]


class Days(TypedDict):
    """The first and the last day of a time, both ends included."""

    since: date | None
    until: date | None


class Strict(BaseModel):
    """A query in which every parameter is known."""

    model_config = ConfigDict(extra="forbid")


class Paging(Strict):
    """A stretch of a list."""

    limit: int = Field(50, ge=1, le=MOST, description="At most so many rows.")
    cursor: str | None = Field(
        None, max_length=300, description="Where the stretch before ended, as its `next` says. Bound to a snapshot."
    )


class Relation(Paging):
    """A stretch of a list of what concerns some parties."""

    party: list[Party] = Field(
        default_factory=list,
        max_length=8,
        description="Countries or bodies, as codes or names: two for a dyad, more for what involves all.",
    )


class Period(Relation):
    """The same, within a time."""

    since: Day | None = Field(None, description="From this day, month or year on.")
    until: Day | None = Field(None, description="Up to this day, month or year.")

    def days(self) -> Days:
        """The first and the last day, as the questions of the archive take them."""
        return days(self.since, self.until)


def days(since: str | None, until: str | None) -> Days:
    """The days that a query's `since` and `until` mean."""
    return {"since": day(since), "until": day(until, last=True)}


def parties(given: list[str], book: Codebook) -> tuple[str, ...]:
    """The codes of some parties.

    Raises:
        NotFoundError: where one is not known; says which are near.
    """
    try:
        return tuple(dict.fromkeys(party_code(party, book) for party in given))
    except UsageError as error:
        raise NotFoundError(error.what, where="party", mend=error.mend) from None


class _Cursor(msgspec.Struct, array_like=True, frozen=True):
    edition: str
    skip: int
    query: str


def place(library: Library, edition: Edition, name: str, asked: Paging) -> tuple[Edition, int, str]:
    """The edition to answer from, how many rows to pass over, and the name of the query without its cursor.

    Raises:
        NotFoundError: for a cursor of another query, or of an edition that is no longer held.
    """
    plain: dict[str, Any] = asked.model_dump(exclude={"cursor", "limit"})
    query = content_id(name, *(f"{key}={value}" for key, value in sorted(plain.items())))
    if asked.cursor is None:
        return edition, 0, query
    cursor = _read(asked.cursor)
    held = library.at(cursor.edition) if cursor and cursor.query == query else None
    if held is None or cursor is None:
        raise NotFoundError(
            "this cursor leads nowhere, or its snapshot is no longer held",
            where="cursor",
            mend="begin again without it",
        )
    return held, cursor.skip, query


def cursor(edition: Edition, skip: int, query: str) -> str:
    """The cursor of the rows after the first `skip`."""
    packed = msgspec.json.encode(_Cursor(edition.id, skip, query))
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _read(text: str) -> _Cursor | None:
    if not re.fullmatch(r"[A-Za-z0-9_-]+", text):
        return None
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=_Cursor)
    except (msgspec.DecodeError, binascii.Error, ValueError):
        return None
    return found if 0 <= found.skip < 1 << 40 else None
