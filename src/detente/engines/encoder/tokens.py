"""Packs a sentence with its context into word pieces, and knows where each word went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from detente.errors import EngineError

WORD_PIECES = 8
"""Most pieces of one word; the rest are left out."""
SENTENCE_PIECES = 220
"""Most pieces of a sentence; words beyond them are not read."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Pieces as numbers, and where each word of the sentence begins. Words that did not fit have place 0."""

    ids: list[int]
    words: list[int]


class Tokens:
    """Word pieces of one vocabulary.

    Args:
        path: A `tokenizer.json` as the library `tokenizers` writes it.
        marks: The pieces that begin a text and that part it ("[CLS]", "[SEP]").
    """

    def __init__(self, path: Path, marks: tuple[str, str] = ("[CLS]", "[SEP]")) -> None:
        from tokenizers import Tokenizer  # heavy, and not needed by the rules

        self.tokenizer: Any = Tokenizer.from_file(str(path))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.begin, self.part = self._mark(marks[0]), self._mark(marks[1])
        self.pieces = lru_cache(maxsize=50_000)(self._pieces)

    def _mark(self, mark: str) -> int:
        found: int | None = self.tokenizer.token_to_id(mark)
        if found is None:
            raise EngineError(
                f"the word pieces have no {mark}", mend="take the tokenizer.json that belongs to the model"
            )
        return found

    def _pieces(self, word: str) -> tuple[int, ...]:
        found: list[int] = self.tokenizer.encode(word, add_special_tokens=False).ids[:WORD_PIECES]
        return tuple(found) or (self.part,)

    def pack(self, words: Sequence[str], before: Sequence[str] = ()) -> Packed:
        """The words of a sentence, after the sentence before it where that is given."""
        ids = [self.begin]
        for word in before:
            ids.extend(self.pieces(word))
        if before:
            ids.append(self.part)
        at_words, start = [], len(ids)
        for word in words:
            pieces = self.pieces(word)
            full = len(ids) - start + len(pieces) > SENTENCE_PIECES
            at_words.append(0 if full else len(ids))
            if not full:
                ids.extend(pieces)
        ids.append(self.part)
        return Packed(ids, at_words)
