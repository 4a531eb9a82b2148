"""Which tables an archive has, what each holds, and the columns that are added to the records' own fields.

Every row carries `recorded_at` (when it was written, UTC, to the millisecond), `run_id` (the run that wrote it) and
`batch` (the append it came with). A finding is seen only through the `documents` row of the same document and batch,
so what a killed writer leaves behind is never seen, not even after the document is added again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.model import Document, Driver, Event, Figure, Issue, Link, Matter, Milestone, Record, Run, Statement
from detente.model.dataset import Dataset
from detente.store.shapes import Shape, record_shape

SCHEMA_VERSION = 1
"""Raised by every change of the tables that is more than a new column; `migrations` holds the way from each earlier."""

META: dict[str, Shape] = {"recorded_at": "TIMESTAMPTZ", "run_id": "VARCHAR", "batch": "VARCHAR"}


@dataclass(frozen=True)
class Table:
    """A table: its record class, what rows carry beside the record, and what SQL derives from it for filters.

    `omit` are fields that live in tables of their own; `gated` tables are read through `documents` only, and
    `corrected` ones know `review.supersedes`.
    """

    name: str
    record: type[Record]
    beside: dict[str, Shape] = field(default_factory=dict)
    derived: dict[str, Shape] = field(default_factory=dict)
    omit: tuple[str, ...] = ()
    gated: bool = False
    corrected: bool = False

    @property
    def incoming(self) -> dict[str, Shape]:
        """The columns of a row as it is handed in: what goes beside the record, and the record's fields."""
        own = {name: shape for name, shape in record_shape(self.record).items() if name not in self.omit}
        return {**self.beside, **own}

    @property
    def columns(self) -> dict[str, Shape]:
        """All columns of the table, in their order; the short ones first, because Delta keeps statistics of those."""
        return {**META, **self.derived, **self.incoming}


_SUPERSEDES: dict[str, Shape] = {"supersedes": "VARCHAR"}
# `dataset` names where an imported event is from (NULL for what detente coded itself), `armed` marks a dataset's armed
# acts between two states, and rows with one `same` report one event.
_EVENT: dict[str, Shape] = {
    **_SUPERSEDES,
    "dataset": "VARCHAR",
    "armed": "BOOLEAN",
    "same": "BIGINT",
    "dyad": "VARCHAR",
    "date_start": "DATE",
    "date_end": "DATE",
    "parties": ["VARCHAR"],
    "dyads": ["VARCHAR"],
}


def _finding(
    name: str, record: type[Record], derived: dict[str, Shape] = _SUPERSEDES, omit: tuple[str, ...] = ()
) -> Table:
    return Table(name, record, derived=derived, omit=omit, gated=True, corrected=True)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _finding("events", Event, _EVENT),
        _finding("statements", Statement),
        _finding("figures", Figure),
        _finding("drivers", Driver),
        _finding("matters", Matter, omit=("milestones", "links")),
        Table("milestones", Milestone, beside={"document_id": "VARCHAR", "position": "BIGINT"}, gated=True),
        Table("links", Link),
        Table("issues", Issue),
        Table("runs", Run),
        Table("datasets", Dataset),
        Table("documents", Document),
    )
}
"""All tables by name, in the order in which a batch is committed: `documents` last."""

FINDINGS = tuple(table.name for table in TABLES.values() if table.corrected)
