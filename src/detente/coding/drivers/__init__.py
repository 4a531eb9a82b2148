"""Drivers: claims that something helps or hinders a relation or a matter between states."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from detente.codebook import Codebook
from detente.coding.drivers.claims import claims
from detente.coding.drivers.told import told, turned
from detente.engines.rules.tree import Tree
from detente.model import Annotations, Document, Driver, Statement

__all__ = ["code_drivers"]


def code_drivers(
    document: Document, seen: Annotations, book: Codebook, statements: Sequence[Statement] = ()
) -> tuple[Driver, ...]:
    """The drivers claimed in a document, in order, none upon another.

    A sentence with a causal word of the lexicon gives cause and effect; one without may still be told as a
    reason, which weights fitted on the bank decide. They also turn a causal word's direction where they are sure.

    Args:
        document: The document.
        seen: Its annotations: parses, sentences, mentions and quotations are used.
        book: The codebook: connectives, the polarity of words, weights.
        statements: The document's statements; a driver inside one is claimed by its speaker.
    """
    trees = {number: Tree(each.parse) for number, each in enumerate(seen.paragraphs) if each.parse is not None}
    found: list[Driver] = []
    for number, tree in trees.items():
        found.extend(claims(seen.paragraphs[number], tree, document, seen, book.voices.drivers))
    kept = turned(document, seen, book, trees, _apart(found))
    both = sorted([*kept, *told(document, seen, book, trees, kept)], key=lambda driver: driver.evidence[0].start)
    return tuple(_claimed(driver, statements) for driver in both)


def _apart(found: list[Driver]) -> list[Driver]:
    """Of drivers that share words the surest."""
    kept: list[Driver] = []
    for driver in sorted(found, key=lambda driver: -driver.confidence):
        if not any(driver.evidence[0].span.overlaps(other.evidence[0].span) for other in kept):
            kept.append(driver)
    return kept


def _claimed(driver: Driver, statements: Sequence[Statement]) -> Driver:
    a, b = driver.evidence[0].start, driver.evidence[0].end
    speaker = next((s.speaker for s in statements if any(e.start < b and a < e.end for e in s.evidence)), None)
    return msgspec.structs.replace(driver, claimed_by=speaker)
