"""The barometer: how warm a relation is, since when, and why. Pure functions over counts."""

from detente.barometer.counts import FIELDS, Counts
from detente.barometer.gauge import Asked, gauge
from detente.barometer.stock import Holding, holdings, stock
from detente.barometer.turns import balance, turns

__all__ = ["FIELDS", "Asked", "Counts", "Holding", "balance", "gauge", "holdings", "stock", "turns"]
