"""Bulk coding: a map over shards of the input, each written once and whole."""

from detente.pipeline.bulk.coder import Budget, GuardedCoder, coding_work
from detente.pipeline.bulk.plan import SIZE, Shard, plan
from detente.pipeline.bulk.run import MANIFEST, Bulk, Coded, Step, code_bulk

__all__ = [
    "MANIFEST",
    "SIZE",
    "Budget",
    "Bulk",
    "Coded",
    "GuardedCoder",
    "Shard",
    "Step",
    "code_bulk",
    "coding_work",
    "plan",
]
