"""Distributions as weighted values, and how they are judged: CRPS, coverage of bands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_UPPER = (0.0627, 0.1891, 0.3186, 0.4538, 0.5978, 0.7554, 0.9346, 1.1503, 1.4395, 1.9600)
NORMAL = np.array([*(-z for z in reversed(_UPPER)), *_UPPER])
"""The standard normal by the middles of twenty slices of equal chance."""


@dataclass(frozen=True)
class Spread:
    """A distribution: values in rising order and the chance of each; chances add up to 1."""

    values: Floats
    chances: Floats

    @classmethod
    def of(cls, values: Floats, chances: Floats | None = None) -> Spread:
        """A distribution from values in any order; equal chances unless said.

        Raises:
            ValueError: where there is no value.
        """
        if not len(values):
            raise ValueError("a distribution needs a value")
        weights = np.ones(len(values)) if chances is None else np.asarray(chances, dtype=np.float64)
        order = np.argsort(values, kind="stable")
        return cls(np.asarray(values, dtype=np.float64)[order], weights[order] / weights.sum())

    @classmethod
    def mixed(cls, *parts: Spread) -> Spread:
        """The even mixture of some distributions."""
        values = np.concatenate([part.values for part in parts])
        return cls.of(values, np.concatenate([part.chances for part in parts]))

    @property
    def mean(self) -> float:
        """The expected value."""
        return float(self.values @ self.chances)

    def quantile(self, chance: float) -> float:
        """The value below which lies so much of the distribution, straight lines between the middles of the steps."""
        middle = np.cumsum(self.chances) - self.chances / 2
        return float(np.interp(chance, middle, self.values))

    def below(self, value: float) -> float:
        """The chance of less than a value, half of the chance of just that value counted in."""
        less, same = self.values < value, self.values == value
        return float(self.chances[less].sum() + self.chances[same].sum() / 2)

    def crps(self, outcome: float) -> float:
        """The continuous ranked probability score of an outcome: E|X - y| - E|X - X'| / 2; less is better."""
        away = float(np.abs(self.values - outcome) @ self.chances)
        risen = np.cumsum(self.chances)
        gaps = np.diff(self.values)
        return away - float((gaps * risen[:-1] * (1 - risen[:-1])).sum())

    def covers(self, outcome: float, share: float) -> bool:
        """Whether an outcome lies in the central band that should hold this share."""
        return self.quantile((1 - share) / 2) <= outcome <= self.quantile((1 + share) / 2)
