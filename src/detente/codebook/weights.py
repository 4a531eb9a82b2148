"""A linear model over named features: a table of weights, and what it makes of a set of features.

The tables are text (`data/lexicon/drivers_told.tsv` …), so that a weight can be read, argued about and compared
between versions; they are fitted by `training/linear.py`. Nothing but the standard library is needed to use one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from detente.errors import CodebookError

BIAS, THRESHOLD = "(bias)", "(threshold)"


def logistic(bias: float, weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The logistic of a bias and the weights of some features, whatever their order; unknown ones count nothing."""
    total = bias + math.fsum(weights.get(name, 0.0) for name in features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def load_weights(path: Path) -> dict[str, float]:
    """Reads lines of feature, tab, weight; `#` begins a remark.

    Raises:
        CodebookError: naming file and line, where a line is no such pair.
    """
    weights: dict[str, float] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, value = line.rpartition("\t")
        try:
            weights[name] = float(value)
        except ValueError:
            raise CodebookError(
                f"{value!r} is no weight", where=f"{path}:{number}", mend="write: feature, tab, number"
            ) from None
    return weights


@dataclass(frozen=True)
class LinearModel:
    """Weights by feature name; other features count nothing. `threshold` is the probability to accept from."""

    weights: dict[str, float]
    bias: float
    threshold: float

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Reads lines of feature, tab, weight; `(bias)` and `(threshold)` are among them, `#` begins a remark.

        Raises:
            CodebookError: naming file and line, where a line is no such pair or one of the two is missing.
        """
        weights = load_weights(path)
        missing = [name for name in (BIAS, THRESHOLD) if name not in weights]
        if missing:
            raise CodebookError(
                f"no {' and no '.join(missing)}", where=str(path), mend="fit it again: python -m training.drivers"
            )
        return cls(weights, weights.pop(BIAS), weights.pop(THRESHOLD))

    def probability(self, features: Iterable[str]) -> float:
        """The probability of what the model was fitted to tell, from the features that are there."""
        return logistic(self.bias, self.weights, features)

    def accepts(self, features: Iterable[str]) -> bool:
        """Whether the probability reaches the threshold."""
        return self.probability(features) >= self.threshold
