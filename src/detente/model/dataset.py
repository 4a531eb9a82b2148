"""An event dataset that was imported: whose it is and on what terms; and pages of its rows on their way in."""

from __future__ import annotations

from detente.model.base import Record
from detente.model.document import Document


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


class Page(Record, frozen=True, kw_only=True):
    """Some rows of a file: a document whose text is the names of the columns and then `rows`, a line each.

    `file` is the name of the file, `columns` are its columns, `unreadable` counts lines here that are no text.
    """

    document: Document
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    file: str
    unreadable: int = 0
