"""A fine-tuned encoder: packed sentences in, scores of every word out. ONNX; no torch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from detente.engines.encoder.tokens import Packed

Array = NDArray[np.float32]
WORDS, PAIR = ["types", "modality", "mutual"], "pair"
"""The model's outputs: those of words, and that of marked pairs."""
BATCH = 8
"""Sentences read at once; they are sorted by length first, so that little is padding."""


class Reading(NamedTuple):
    """The scores of a sentence, a row for each word.

    `types` and `modality` are probabilities, `mutual` the probability that the parties act together.
    """

    types: Array
    modality: Array
    mutual: Array


class Marked(NamedTuple):
    """A sentence with its two parties marked, and the places of the marks (0 where a party is not named)."""

    packed: Packed
    places: tuple[int, int]


class Reader(Protocol):
    """What reads packed sentences; `rules` gives for each word the type that rules found there (0 none)."""

    def read(self, sentences: Sequence[tuple[Packed, Sequence[int]]]) -> list[Reading]:
        """The readings, in order."""
        ...

    def pairs(self, sentences: Sequence[Marked]) -> list[Array]:
        """Logits of "none" and the types for the marked parties of each sentence, in order."""
        ...


class OnnxReader:
    """Runs the ONNX model: scores of every piece, and three shares of a pair's logits (whole, actor, recipient).

    Args:
        path: The model's file.
        threads: How many threads one reading may take.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        import onnxruntime  # heavy, and not needed by the rules

        options: Any = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session: Any = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def read(self, sentences: Sequence[tuple[Packed, Sequence[int]]]) -> list[Reading]:
        """The readings of packed sentences, in order."""
        found: dict[int, Reading] = {}
        for group in batches([len(packed.ids) for packed, _ in sentences]):
            ids, mask, rules = stack([sentences[i] for i in group])
            outputs = self.session.run(WORDS, {"ids": ids, "mask": mask, "rules": rules})
            for row, i in enumerate(group):
                found[i] = pick([output[row] for output in outputs], sentences[i][0])
        return [found[i] for i in range(len(sentences))]

    def pairs(self, sentences: Sequence[Marked]) -> list[Array]:
        """Logits of "none" and the types for the marked parties of each sentence, in order."""
        found: dict[int, Array] = {}
        for group in batches([len(packed.ids) for packed, _ in sentences]):
            ids, mask, rules = stack([(sentences[i].packed, [0] * len(sentences[i].packed.words)) for i in group])
            (shares,) = self.session.run([PAIR], {"ids": ids, "mask": mask, "rules": rules})
            for row, i in enumerate(group):
                first, second = sentences[i].places
                whole, actor, recipient = np.split(shares[row], 3, axis=-1)
                found[i] = whole[0] + actor[first] + recipient[second]
        return [found[i] for i in range(len(sentences))]


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of sentences of like length, `BATCH` at a time."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    yield from (order[i : i + BATCH] for i in range(0, len(order), BATCH))


def stack(
    group: Sequence[tuple[Packed, Sequence[int]]],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pieces, mask and the rules' types of some sentences, padded to the longest."""
    size = max(len(packed.ids) for packed, _ in group)
    ids, mask, rules = (np.zeros((len(group), size), dtype=np.int64) for _ in range(3))
    for row, (packed, types) in enumerate(group):
        ids[row, : len(packed.ids)] = packed.ids
        mask[row, : len(packed.ids)] = 1
        for place, kind in zip(packed.words, types, strict=True):
            if place:
                rules[row, place] = kind
    return ids, mask, rules


def pick(outputs: Iterable[Array], packed: Packed) -> Reading:
    """The rows of the words out of those of all pieces. A word that was not read tells of nothing."""
    types, modality, mutual = outputs
    kinds = types[packed.words]
    kinds[[not place for place in packed.words]] = np.eye(1, types.shape[1], dtype=np.float32)[0]
    return Reading(kinds, modality[packed.words], mutual[packed.words, 0])
