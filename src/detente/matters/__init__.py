"""Matters: agreements, measures, disputes and channels, what became of them, and the same one across documents."""

from detente.matters.find import find_matters
from detente.matters.lifecycle import standing, status_at
from detente.matters.link import links_between
from detente.matters.merge import merge
from detente.matters.profile import keys, party_groups

__all__ = ["find_matters", "keys", "links_between", "merge", "party_groups", "standing", "status_at"]
