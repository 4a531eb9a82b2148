"""Matters: agreements, measures, disputes and channels, what became of them, and the same one across documents."""

from detente.matters.changes import Change, changes
from detente.matters.copies import Copies, runs
from detente.matters.find import find_matters
from detente.matters.lifecycle import standing, status_at
from detente.matters.link import links_between
from detente.matters.merge import merge
from detente.matters.occasions import Occasion, occasions
from detente.matters.profile import keys, party_groups

__all__ = [
    "Change",
    "Copies",
    "Occasion",
    "changes",
    "find_matters",
    "keys",
    "links_between",
    "merge",
    "occasions",
    "party_groups",
    "runs",
    "standing",
    "status_at",
]
