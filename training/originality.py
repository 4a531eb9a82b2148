"""Whether the passages are written one by one, and are not near any other text."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from rensa import RMinHash

from training.passages import Passage

LENGTH = 5
MAX_SHARED = 2
NEAR = 0.35  # estimated Jaccard similarity of three-word sequences from which a text is too near another
_PERMUTATIONS = 128


def sequences(words: Sequence[str], length: int = LENGTH) -> set[tuple[str, ...]]:
    """The distinct runs of `length` words."""
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def distinct_share(passages: Sequence[Passage]) -> float:
    """The share of five-word sequences, over all passages that are not marked as syndicated, that occur once."""
    counts: Counter[tuple[str, ...]] = Counter()
    for passage in passages:
        if not passage.row["syndicated_of"]:
            words = passage.words
            counts.update(tuple(words[i : i + LENGTH]) for i in range(len(words) - LENGTH + 1))
    total = sum(counts.values())
    return len(counts) / total if total else 1.0


def sharing(passages: Sequence[Passage]) -> Iterator[tuple[str, str, int]]:
    """Pairs of passages that share more than `MAX_SHARED` five-word sequences and are not marked as syndicated."""
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for i, passage in enumerate(passages):
        for run in sequences(passage.words):
            holders[run].add(i)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        if 1 < len(places) < 50:
            shared.update(combinations(sorted(places), 2))
    for (i, j), count in sorted(shared.items()):
        one, other = passages[i], passages[j]
        marked = one.id == other.row["syndicated_of"] or other.id == one.row["syndicated_of"]
        if count > MAX_SHARED and not marked:
            yield one.id, other.id, count


def near(passages: Sequence[Passage], against: Path) -> Iterator[tuple[str, str, float]]:
    """Passages too near a text of `against` (its seeds, gold and corpora), by MinHash over three-word sequences."""
    sketches = [(passage.id, _sketch(passage.words)) for passage in passages]
    for name, words in _outside(against):
        if len(words) < 30:
            continue
        sketch = _sketch(words)
        for id_, own in sketches:
            similarity = own.jaccard(sketch)
            if similarity >= NEAR:
                yield id_, name, similarity


def _sketch(words: Sequence[str]) -> RMinHash:
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=7)
    sketch.update([" ".join(run) for run in sequences(words, 3)])
    return sketch


def _outside(against: Path) -> Iterator[tuple[str, list[str]]]:
    for folder in ("seeds", "gold"):
        for path in sorted((against / folder).glob("*.txt")):
            yield f"{folder}/{path.name}", Passage(row={}, text=path.read_text("utf-8"), annotation=None).words
    for path in sorted((against / "corpora").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield f"{path.name}:{row['id']}", Passage(row={}, text=row["text"], annotation=None).words
