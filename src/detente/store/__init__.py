"""The archive: Delta Lake tables on disk or object storage, queried by DuckDB. The only room that knows a database."""

from detente.store.archive import Archive
from detente.store.export import FORMATS, LAYERS, export_row
from detente.store.importing import Batch, Tally
from detente.store.overview import Month, Relation, Size
from detente.store.questions import dyad
from detente.store.result import Result
from detente.store.rows import Rows, write_parquet

__all__ = [
    "FORMATS",
    "LAYERS",
    "Archive",
    "Batch",
    "Month",
    "Relation",
    "Result",
    "Rows",
    "Size",
    "Tally",
    "dyad",
    "export_row",
    "write_parquet",
]
