"""Fits the weights that tell somebody's statement from a deed in like words, and cross-validates them by dyad.

python -m training.statements training/bank/train [--write]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from detente.codebook import Codebook
from detente.coding.statements import code_statements
from detente.coding.statements.attribute import attributions
from detente.coding.statements.scene import Scene
from detente.model import Annotations, Document
from detente.pipeline.scoring import match
from detente.pipeline.scoring.text import Row, Text
from training.linear import best_threshold, fit, held_out, write
from training.passages import annotated

PENALTY, LEAST = 4.0, 3
OPTIONAL = 0.3
"""How much an attribution counts that only an optional statement answers to."""
TABLE = Path(__file__).parent.parent / "src" / "detente" / "data" / "lexicon" / "statements_said.tsv"


@dataclass(frozen=True)
class Example:
    """An attribution: its dyad, its features (none where no weights judge it), whether it is an annotated statement."""

    dyad: str
    features: tuple[str, ...]
    right: bool
    optional: bool


def examples(dyad: str, document: Document, seen: Annotations, annotation: Row, book: Codebook) -> Iterator[Example]:
    """The attributions of a document, all that the grammar finds, beside its annotation."""
    found = attributions(Scene(document, seen, book.voices), least=0.0)
    rows = [msgspec.to_builtins(item) for item in code_statements(document, seen, book, least=0.0)]
    places = Text(document.text, [[span.start, span.end] for span in document.article])
    wanted = [record | {"_at": places.places(record)} for record in annotation.get("statements") or ()]
    pairs = dict(match.assign(rows, wanted, partial(match.statement, document.id)))
    for k, item in enumerate(found):
        optional = k in pairs and bool(wanted[pairs[k]].get("optional"))
        yield Example(dyad, item.traits, k in pairs, optional)


def f1(found: list[Example], sure: list[float], wanted: int, least: float) -> tuple[float, float, float]:
    """F1, precision and recall of the attributions that are sure enough; those without features are always kept."""
    kept = [item for item, probability in zip(found, sure, strict=True) if probability >= least or not item.features]
    right = sum(item.right and not item.optional for item in kept)
    invented = sum(not item.right for item in kept)
    return 2 * right / (right + invented + wanted), right / max(1, right + invented), right / wanted


def main() -> None:
    """Cross-validates, prints, and with --write fits on everything and writes the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    book, found, wanted = Codebook.load(), list[Example](), 0
    for dyad, document, seen, annotation in annotated(options.folder, book):
        found += examples(dyad, document, seen, annotation, book)
        wanted += sum(not record.get("optional") for record in annotation.get("statements") or ())
    report(found, wanted, write_to=TABLE if options.write else None)


def report(found: list[Example], wanted: int, *, write_to: Path | None) -> None:
    """Prints what cross-validation makes of the weights; fits and writes them where a path is given."""
    judged = [k for k, item in enumerate(found) if item.features]
    names, truth = [list(found[k].features) for k in judged], [found[k].right for k in judged]
    weights = [OPTIONAL if found[k].optional else 1.0 for k in judged]
    sure = [1.0] * len(found)
    told = held_out(names, truth, [found[k].dyad for k in judged], weights, penalty=PENALTY, least=LEAST)
    for k, probability in zip(judged, told, strict=True):
        sure[k] = probability
    threshold = best_threshold(sure, lambda least: f1(found, sure, wanted, least)[0])
    for least in sorted({0.0, threshold, 0.3, 0.4, 0.5}):
        score, precision, recall = f1(found, sure, wanted, least)
        print(f"threshold {least:.2f}: F1 {score:.3f}, precision {precision:.3f}, recall {recall:.3f}")
    if write_to is not None:
        remark = "Weights of an attribution's features, fitted by training/statements.py on the bank's train part."
        write(fit(names, truth, weights, penalty=PENALTY, least=LEAST), write_to, remark, threshold=threshold)


if __name__ == "__main__":
    main()
