"""An event dataset that was imported: whose it is and on what terms."""

from __future__ import annotations

from detente.model.base import Record


class Dataset(Record, frozen=True, kw_only=True):
    """A dataset whose rows became events. `rows` counts those taken over, `skipped` those that could not be."""

    id: str
    name: str
    version: str | None = None
    licence: str | None = None
    citation: str | None = None
    url: str | None = None
    files: tuple[str, ...] = ()
    rows: int = 0
    skipped: int = 0
