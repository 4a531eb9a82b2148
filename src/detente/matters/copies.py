"""Copies of one text: near-duplicate documents by MinHash (rensa), each pair then compared word for word.

Broder (1997), "On the resemblance and containment of documents": texts as sets of runs of words. A copy keeps nearly
all of another text, or is nearly all kept in it; what an editor rewrote in good part tells things of its own and is no
copy, but no independent source either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from detente.model import Document

RUN = 4
"""Words in a run."""

COPY = 0.85
"""Share of the shorter text's runs that a copy shares; `LEAST_ALIKE` of the runs of both must be shared too."""

LEAST_ALIKE = 0.5
KINSHIP = 0.4
"""Share of the shorter text's runs from which two texts have one source."""

SHORTEST = 20
"""Texts of fewer runs are never copies: two short notes may well say the same in the same words."""

_HASHES, _BANDS = 128, 32
_WORD = re.compile(r"\w+")

Runs = frozenset[str]


def runs(document: Document) -> Runs:
    """The runs of words of a document's article text, of its whole text where no article is marked."""
    text = document.text
    parts = [text[span.start : span.end] for span in document.article] or [text]
    words = [word for part in parts for word in _WORD.findall(part.lower())]
    return frozenset(" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def shared(one: Runs, other: Runs) -> float:
    """The share of the runs of the one that has fewer which both have."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 0.0


def is_copy(one: Runs, other: Runs) -> bool:
    """Whether one of two texts is a copy of the other."""
    if min(len(one), len(other)) < SHORTEST:
        return False
    return shared(one, other) >= COPY and len(one & other) >= LEAST_ALIKE * len(one | other)


def independent(texts: Mapping[str, Runs]) -> int:
    """How many sources there are among documents, those of kindred texts being one.

    Args:
        texts: The runs of each document, by its id.
    """
    left, sources = sorted(texts), 0
    while left:
        sources += 1
        group = [left.pop(0)]
        for one in group:
            kin = [other for other in left if shared(texts[one], texts[other]) >= KINSHIP]
            group += kin
            left = [other for other in left if other not in kin]
    return sources


class Copies:
    """Originals known so far, among which a text's original is looked for; the cost does not grow with their number."""

    def __init__(self) -> None:
        from rensa import RMinHashLSH

        self._index = RMinHashLSH(0.5, _HASHES, _BANDS)
        self._names: list[str] = []
        self._runs: list[Runs] = []

    def add(self, documents: Iterable[Document]) -> None:
        """Takes note of originals."""
        for document in documents:
            found = runs(document)
            if len(found) >= SHORTEST:
                self._index.insert(len(self._names), _hashes(found))
                self._names.append(document.id)
                self._runs.append(found)

    def original(self, document: Document) -> str | None:
        """The id of the document that this is a copy of: of several the one added first; None where it is none."""
        mine = runs(document)
        if len(mine) < SHORTEST:
            return None
        near = sorted(self._index.query(_hashes(mine)))
        return next(
            (self._names[i] for i in near if self._names[i] != document.id and is_copy(mine, self._runs[i])), None
        )


def _hashes(found: Runs) -> object:
    from rensa import RMinHash

    hashes = RMinHash(_HASHES, 42)
    hashes.update(sorted(found))
    return hashes
