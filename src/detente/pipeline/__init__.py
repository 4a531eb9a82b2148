"""Composes the stages; knows their order and where they run."""

from detente.pipeline.archive import Added, Archive, party_code
from detente.pipeline.bulk import Budget
from detente.pipeline.health import health
from detente.pipeline.process import CODERS, Process, code_all
from detente.pipeline.scoring import Scores, score_exported, score_folder
from detente.sources import Reading, read
from detente.sources.jsonl import FIELDS

__all__ = [
    "CODERS",
    "FIELDS",
    "Added",
    "Archive",
    "Budget",
    "Process",
    "Reading",
    "Scores",
    "code_all",
    "health",
    "party_code",
    "read",
    "score_exported",
    "score_folder",
]
