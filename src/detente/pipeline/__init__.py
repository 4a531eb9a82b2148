"""Composes the stages; knows their order and where they run."""

from detente.barometer.periods import parse as parse_period
from detente.pipeline.archive import Added, Archive, party_code, party_name
from detente.pipeline.bulk import Budget
from detente.pipeline.gauging import Barometer, left_out
from detente.pipeline.health import health
from detente.pipeline.importing import Imported, import_dataset
from detente.pipeline.process import CODERS, Process, code_all
from detente.pipeline.scoring import Scores, score_exported, score_folder
from detente.sources import Reading, read
from detente.sources.jsonl import FIELDS
from detente.store import Tally

__all__ = [
    "CODERS",
    "FIELDS",
    "Added",
    "Archive",
    "Barometer",
    "Budget",
    "Imported",
    "Process",
    "Reading",
    "Scores",
    "Tally",
    "code_all",
    "health",
    "import_dataset",
    "left_out",
    "parse_period",
    "party_code",
    "party_name",
    "read",
    "score_exported",
    "score_folder",
]
