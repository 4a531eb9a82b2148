"""The role head: how likely a candidate is actor or recipient of a trigger. Plain matrices; no framework."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
TYPES = tuple(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT".split()
)
"""The event types in the order of the model's outputs, after "none"."""
MODALITIES = ("occurred", "ongoing", "planned", "proposed", "conditional", "denied")


def sigmoid(x: Any) -> Any:
    """1 / (1 + exp(-x)), elementwise."""
    return 1.0 / (1.0 + np.exp(-x))


def softmax(x: Array) -> Array:
    """Probabilities along the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True), dtype=np.float32)


class RoleHead:
    """Scores candidates for the parties of a trigger by their traits.

    Args:
        weights: `path`, `temb` and the layers `h`, `g`, `o` (`_w` and `_b` of each) as trained.
        paths: The parse paths that have a vector of their own, in order; all others share the first.
    """

    def __init__(self, weights: Mapping[str, Array], paths: Sequence[str]) -> None:
        self.weights = weights
        self.paths = {way: number + 1 for number, way in enumerate(paths)}

    def score(self, kind: int, ways: Sequence[str], traits: Array) -> Array:
        """Probabilities (actor, recipient) of each candidate place.

        Args:
            kind: The event's type, an index into `TYPES`.
            ways: The parse path to each place.
            traits: The traits of each place, a row each.
        """
        w = self.weights
        way = w["path"][[self.paths.get(name, 0) for name in ways]]
        x = np.concatenate([traits, way, np.repeat(w["temb"][kind][None], len(traits), axis=0)], axis=1)
        for layer in ("h", "g"):
            x = gelu(x @ w[f"{layer}_w"].T + w[f"{layer}_b"])
        return np.asarray(sigmoid(x @ w["o_w"].T + w["o_b"]), dtype=np.float32)


def gelu(x: Array) -> Array:
    """X · Φ(x), with Abramowitz and Stegun's approximation of erf (7.1.26; error below 1.5e-7)."""
    z = np.abs(x) / np.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * z)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1.0 - tail * np.exp(-z * z))
    return np.asarray(0.5 * x * (1.0 + erf), dtype=np.float32)
