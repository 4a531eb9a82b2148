"""Errors as answers: one body for all (RFC 9457), a page for readers of pages."""

from __future__ import annotations

from typing import Any

import msgspec

from detente.errors import ArchiveError, ChoiceError, DetenteError, UsageError

TYPES = {
    "bad-request": (400, "The request is not one that can be answered"),
    "unauthorized": (401, "A token is needed"),
    "not-found": (404, "There is no such thing"),
    "method-not-allowed": (405, "The server only reads"),
    "not-acceptable": (406, "There is no such form of this answer"),
    "too-large": (413, "The request is too large"),
    "target-too-long": (414, "The address is too long"),
    "invalid": (422, "A parameter is not as it must be"),
    "failed": (500, "The server failed"),
    "unavailable": (503, "The archive cannot be read just now"),
}
"""The kinds of problem: their status and title. The type URI of each is `urn:detente:problem:` and its name."""

_BY_STATUS = {status: name for name, (status, _) in TYPES.items()}


class NotFoundError(DetenteError):
    """What was asked for is not there."""


class InvalidError(DetenteError):
    """A parameter is not as it must be."""


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of every answer that is an error: what went wrong, where, and how to mend it."""

    type: str
    title: str
    status: int
    detail: str
    where: str | None = None
    mend: str | None = None


def problem(name: str, detail: str, *, where: str | None = None, mend: str | None = None) -> Problem:
    """A problem of a kind in `TYPES`."""
    status, title = TYPES[name]
    return Problem(
        type=f"urn:detente:problem:{name}", title=title, status=status, detail=detail, where=where, mend=mend
    )


def of_error(error: Exception) -> Problem:
    """The problem that an error of detente, of the framework or of Python stands for."""
    if isinstance(error, DetenteError):
        name = _kind(error)
        where = None if isinstance(error, ArchiveError) else error.where
        return problem(name, error.what, where=where, mend=error.mend)
    status = getattr(error, "status_code", 500)
    name = _BY_STATUS.get(status, "failed" if status >= 500 else "bad-request")
    return problem(name, str(getattr(error, "detail", "")) if status < 500 else "an error that was not foreseen")


def of_validation(errors: list[dict[str, Any]]) -> Problem:
    """The problem of parameters that do not fit; names the first and counts the others."""
    first = errors[0]
    where = ".".join(str(part) for part in first["loc"])
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return problem("invalid", f"{first['msg']}{more}"[:500], where=where[:200])


def _kind(error: DetenteError) -> str:
    if isinstance(error, NotFoundError):
        return "not-found"
    if isinstance(error, InvalidError | ChoiceError):
        return "invalid"
    if isinstance(error, UsageError):
        return "bad-request"
    return "unavailable" if isinstance(error, ArchiveError) else "failed"
