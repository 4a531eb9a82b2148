"""Fits the scorer of page noise: the weight of each feature of a piece of a page (`detente.text.pieces`).

    python -m training.noise training/bank/train [--out src/detente/data/boilerplate_weights.tsv]

A ridge logistic regression on the pieces of a folder's texts, a piece being noise where most of it is marked as such.
The patterns of `boilerplate.yml` are no features, so that the weights are those of noise that no pattern knows. First
prints what weights fitted on five sixths of the dyads do on the sixth they have not seen.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.codebook import Codebook
from detente.text.lines import split
from detente.text.pieces import Piece, pieces

OUT = Path(__file__).parents[1] / "src" / "detente" / "data" / "boilerplate_weights.tsv"
LEAST = 3
"""Texts in which a feature must be seen to have a weight."""
RIDGE = 4.0
FOLDS = 6
HEAD = "# boilerplate_weights.tsv - weights of the features of text/pieces.py; `python -m training.noise` fits them"
Matrix = NDArray[np.float64]


class Page(NamedTuple):
    """A text, what is marked as noise in it, its quoted evidence, its pieces and which of them are noise."""

    name: str
    text: str
    noise: list[tuple[int, int]]
    quotes: list[tuple[int, int]]
    pieces: list[Piece]
    labels: list[bool]


def read(folder: Path, book: Codebook) -> Iterator[Page]:
    """The annotated pages of a folder."""
    for path in sorted(folder.glob("*.json")):
        if path.name == "corpus.json":
            continue
        gold = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_text("utf-8")
        noise = _places(text, gold.get("boilerplate") or [])
        layers = ("events", "statements", "figures", "drivers", "matters")
        quotes = _places(text, [row["quote"] for layer in layers for row in gold.get(layer) or []])
        found = list(pieces(split(text), book.noise.classes, book.actors.state_words))
        yield Page(path.stem, text, noise, quotes, found, [_mostly(piece, noise) for piece in found])


def _places(text: str, quotes: list[str]) -> list[tuple[int, int]]:
    return [(at, at + len(quote)) for quote in quotes if (at := text.find(quote)) >= 0]


def _mostly(piece: Piece, noise: list[tuple[int, int]]) -> bool:
    covered = sum(max(0, min(piece.end, end) - max(piece.start, start)) for start, end in noise)
    return covered * 2 >= piece.end - piece.start


def fit(pages: list[Page]) -> dict[str, float]:
    """The weights, and the bias under that name. Newton's method; the same input gives the same weights."""
    seen = Counter(name for page in pages for name in {f for piece in page.pieces for f in piece.features})
    names = sorted(name for name, count in seen.items() if count >= LEAST)
    x = np.hstack([_matrix(pages, names), np.ones((sum(len(page.pieces) for page in pages), 1))])
    y = np.array([label for page in pages for label in page.labels], dtype=np.float64)
    ridge = np.diag([RIDGE] * len(names) + [1e-6])
    weights = np.zeros(len(names) + 1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        curve = (x * (p * (1 - p) + 1e-9)[:, None]).T @ x + ridge
        step = np.linalg.solve(curve, x.T @ (p - y) + ridge @ weights)
        weights -= step
        if np.abs(step).max() < 1e-7:
            break
    return dict(zip([*names, "bias"], map(float, weights), strict=True))


def _matrix(pages: list[Page], names: list[str]) -> Matrix:
    index = {name: i for i, name in enumerate(names)}
    rows = [piece.features for page in pages for piece in page.pieces]
    out = np.zeros((len(rows), len(names)))
    for k, features in enumerate(rows):
        out[k, [index[name] for name in features if name in index]] = 1
    return out


def held_out(pages: list[Page], sure: float) -> str:
    """What weights do on the pages of dyads that they have not seen, as a line to be printed."""
    dyads = sorted({page.name.split("-")[1] for page in pages})
    fold = {dyad: i % FOLDS for i, dyad in enumerate(dyads)}
    tally: Counter[str] = Counter()
    for k in range(FOLDS):
        weights = fit([page for page in pages if fold[page.name.split("-")[1]] != k])
        for page in pages:
            if fold[page.name.split("-")[1]] == k:
                tally.update(_judged(page, weights, sure))
    return (
        f"held out: {tally['gone']} of {tally['noise']} lines of noise go, {tally['cut']} of {tally['kept']} pieces of "
        f"article text with them, and {tally['lost']} of {tally['quotes']} quotes"
    )


def _judged(page: Page, weights: dict[str, float], sure: float) -> Counter[str]:
    tally: Counter[str] = Counter()
    keep = [c.isalpha() for c in page.text]
    for piece, label in zip(page.pieces, page.labels, strict=True):
        total = weights["bias"] + sum(weights.get(name, 0.0) for name in piece.features)
        out = 1 / (1 + np.exp(-total)) >= sure
        tally["kept"] += not label
        tally["cut"] += out and not label
        if out:
            keep[piece.start : piece.end] = [False] * (piece.end - piece.start)
    tally["noise"] = len(page.noise)
    tally["gone"] = sum(not any(keep[start:end]) for start, end in page.noise)
    tally["quotes"] = len(page.quotes)
    tally["lost"] = sum(not any(keep[start:end]) for start, end in page.quotes)
    return tally


def main() -> None:
    """Prints the figures held out, then writes the weights fitted on all pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    book = Codebook.load()
    pages = list(read(options.folder, book))
    print(held_out(pages, book.noise.sure))
    weights = fit(pages)
    bias = weights.pop("bias")
    rows = [f"{name}\t{value:.3f}" for name, value in sorted(weights.items()) if abs(value) >= 0.01]
    options.out.write_text("\n".join([HEAD, "feature\tweight", f"bias\t{bias:.3f}", *rows]) + "\n", "utf-8")
    print(f"{len(rows)} weights of {sum(len(page.pieces) for page in pages)} pieces in {options.out}")


if __name__ == "__main__":
    main()
