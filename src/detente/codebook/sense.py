"""Weights that say how likely a word heads the name of a matter, and of which kind; see `training/matters.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.errors import CodebookError

CLASSES = ("none", "agreement", "measure", "dispute", "channel")
SLOTS = ("head", "before", "after", "above", "beside", "sentence")
"""Places around a word whose words are weighed: itself, its modifiers, its complements, the verb over it, what else
hangs on that verb, and the whole sentence."""


@dataclass(frozen=True, slots=True)
class Sense:
    """A multinomial logistic regression over traits of a word and over the meanings of the words around it.

    `traits` are weights of named traits, `words` those of a word in each slot (slots × classes), where a slot counts
    the mean of its words. A word that is not listed weighs nothing.
    """

    traits: Mapping[str, Any]
    index: Mapping[str, int]
    words: Any
    bias: Any

    def probabilities(self, rows: Sequence[tuple[Mapping[str, Sequence[str]], Sequence[str]]]) -> Any:
        """For each row of slots and traits the probabilities of `CLASSES`, as an array of rows × classes."""
        import numpy as np  # only when asked: the command line starts without it

        scores = np.tile(self.bias, (len(rows), 1))
        for number, (slots, traits) in enumerate(rows):
            for trait in traits:
                known = self.traits.get(trait)
                if known is not None:
                    scores[number] += known
            for place, slot in enumerate(SLOTS):
                found = [self.index[word] for word in slots[slot] if word in self.index]
                if found:
                    scores[number] += self.words[found, place].mean(0, dtype=np.float32)
        scores = np.exp(scores - scores.max(1, keepdims=True))
        return scores / scores.sum(1, keepdims=True)

    def save(self, path: Path) -> None:
        """Writes the weights, those of words rounded to one byte by slot and class."""
        import numpy as np  # only when asked: the command line starts without it

        scale = np.abs(self.words).max(0) / 127
        np.savez_compressed(
            path,
            traits=np.array(list(self.traits)),
            trait_weights=np.array(list(self.traits.values()), dtype=np.float32),
            words=np.array("\n".join(self.index)),
            word_weights=np.round(self.words / scale).astype(np.int8),
            scale=scale.astype(np.float32),
            bias=self.bias.astype(np.float32),
        )

    @classmethod
    def load(cls, path: Path) -> Sense:
        """The weights in a file.

        Raises:
            CodebookError: where it is absent or not what `save` writes.
        """
        import numpy as np  # only when asked: the command line starts without it

        try:
            with np.load(path, allow_pickle=False) as data:
                return cls(
                    traits=dict(zip(data["traits"].tolist(), data["trait_weights"], strict=True)),
                    index={word: i for i, word in enumerate(str(data["words"]).split("\n"))},
                    words=data["word_weights"].astype(np.float32) * data["scale"],
                    bias=data["bias"],
                )
        except (OSError, KeyError, ValueError) as error:
            raise CodebookError(
                f"cannot be read: {error}", where=str(path), mend="python -m training.matters writes it anew"
            ) from error
