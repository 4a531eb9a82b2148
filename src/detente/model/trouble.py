"""Trouble found in data, and the runs that found it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from detente.model.base import Record, content_id

Level = Literal["warning", "error"]


class Issue(Record, frozen=True, kw_only=True):
    """Trouble in an input or a record: what, where, and what can be done. A row of the archive, not an exception."""

    id: str
    level: Level
    stage: str
    where: str
    what: str
    mend: str | None = None
    document_id: str | None = None


def issue(
    stage: str,
    where: str,
    what: str,
    *,
    mend: str | None = None,
    level: Level = "error",
    document_id: str | None = None,
) -> Issue:
    """An issue with its content-hash id."""
    return Issue(
        id=content_id("issue", stage, where, what, document_id),
        level=level,
        stage=stage,
        where=where,
        what=what,
        mend=mend,
        document_id=document_id,
    )


class Run(Record, frozen=True, kw_only=True):
    """One run of a command that wrote to the archive, for provenance."""

    id: str
    command: str
    started: datetime
    ended: datetime | None = None
    version: str
    documents: int = 0
    issues: int = 0
