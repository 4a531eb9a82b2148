"""Temporal link forecasts: what may A do to B next, given what came before, with the past events that say so."""

from detente.barometer.links.forecast import Citation, LinkScorer, questions, train
from detente.barometer.links.history import History
from detente.barometer.links.mix import Weights
from detente.barometer.links.quads import Quads, both_ways, read_rows
from detente.barometer.links.rules import Rules, learn

__all__ = [
    "Citation",
    "History",
    "LinkScorer",
    "Quads",
    "Rules",
    "Weights",
    "both_ways",
    "learn",
    "questions",
    "read_rows",
    "train",
]
