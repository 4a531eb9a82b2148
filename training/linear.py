"""Fits the linear models of `data/lexicon/*.tsv`: logistic regression with an L2 penalty, by Newton's method.

numpy alone is used. Cross-validation leaves whole dyads out, as the bank's splits do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.codebook.weights import BIAS, THRESHOLD, LinearModel

Floats = NDArray[np.float64]
STEPS, CONJUGATE = 8, 30


def fit(
    rows: Sequence[Sequence[str]],
    truth: Sequence[bool],
    weights: Sequence[float] | None = None,
    *,
    penalty: float = 4.0,
    least: int = 3,
) -> LinearModel:
    """A model of `truth` from rows of feature names.

    Args:
        rows: The features of each example.
        truth: What each example is.
        weights: How much each example counts; 1 where left out.
        penalty: The L2 penalty on every weight but the bias.
        least: Features of fewer examples are left out.
    """
    counts = Counter(name for row in rows for name in set(row))
    names = sorted(name for name, count in counts.items() if count >= least)
    index = {name: k + 1 for k, name in enumerate(names)}
    table = np.zeros((len(rows), len(names) + 1))
    table[:, 0] = 1
    for i, row in enumerate(rows):
        for name in set(row):
            if name in index:
                table[i, index[name]] = 1
    wanted = np.asarray(truth, dtype=float)
    counted = np.ones(len(rows)) if weights is None else np.asarray(weights, dtype=float)
    solved = _newton(table, wanted, counted, penalty)
    return LinearModel({name: float(solved[k]) for name, k in index.items()}, float(solved[0]), 0.5)


def _newton(table: Floats, wanted: Floats, counted: Floats, penalty: float) -> Floats:
    """Newton's method, each step solved by conjugate gradients, so that no matrix of features by features is made."""
    ridge = np.full(table.shape[1], float(penalty))
    ridge[0] = 1e-3
    solved = np.zeros(table.shape[1])
    for _ in range(STEPS):
        guess = 1 / (1 + np.exp(-np.clip(table @ solved, -30, 30)))
        slope = table.T @ (counted * (guess - wanted)) + ridge * solved
        curve = counted * guess * (1 - guess) + 1e-9
        step = np.zeros_like(solved)
        left = -slope
        way, size = left.copy(), float(left @ left)
        for _ in range(CONJUGATE):
            if size < 1e-8:
                break
            bent = table.T @ (curve * (table @ way)) + ridge * way
            far = size / float(way @ bent)
            step, left = step + far * way, left - far * bent
            way, size = left + float(left @ left) / size * way, float(left @ left)
        solved = solved + step
    return solved


def folds(groups: Sequence[str], many: int = 5) -> list[int]:
    """The fold of each example: whole groups stay together, in turn by name."""
    order = {name: k % many for k, name in enumerate(sorted(set(groups)))}
    return [order[name] for name in groups]


def held_out(
    rows: Sequence[Sequence[str]],
    truth: Sequence[bool],
    groups: Sequence[str],
    weights: Sequence[float] | None = None,
    *,
    penalty: float = 4.0,
    least: int = 3,
    many: int = 5,
) -> list[float]:
    """For each example its probability by a model fitted without its group's fold."""
    fold = folds(groups, many)
    found = [0.0] * len(rows)
    for k in range(many):
        kept = [i for i in range(len(rows)) if fold[i] != k]
        model = fit(
            [rows[i] for i in kept],
            [truth[i] for i in kept],
            None if weights is None else [weights[i] for i in kept],
            penalty=penalty,
            least=least,
        )
        for i in range(len(rows)):
            if fold[i] == k:
                found[i] = model.probability(rows[i])
    return found


def best_threshold(probabilities: Sequence[float], score: Callable[[float], float]) -> float:
    """The threshold between .05 and .95 whose score is best."""
    return max((k / 100 for k in range(5, 96)), key=score)


def write(model: LinearModel, path: Path, remark: str, *, threshold: float = 0.5, least: float = 0.02) -> None:
    """Writes a model and its threshold, the heaviest weights first; those under `least` are left out."""
    lines = [f"# {line}" for line in remark.splitlines()]
    lines += [f"{BIAS}\t{model.bias:.3f}", f"{THRESHOLD}\t{threshold:.2f}"]
    heavy = sorted(model.weights.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    lines += [f"{name}\t{weight:.3f}" for name, weight in heavy if abs(weight) >= least]
    path.write_text("\n".join(lines) + "\n", "utf-8")
