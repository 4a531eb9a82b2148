"""Words headed by their speaker: "Raab: completely untrue", "10:15 Baku: it is open", "Tokyo's line: no talks"."""

from __future__ import annotations

from collections.abc import Iterator

from detente.codebook.voices import Reporting
from detente.coding.statements.cues import Cue
from detente.coding.statements.scene import Page

HEAD, LEAST = 9, 2
"""The longest head before its colon, and the shortest words after it, in tokens."""


def headed(page: Page, words: Reporting) -> Iterator[Cue]:
    """The cues whose speaker stands before a colon at the head of a sentence or of a line.

    Args:
        page: The paragraph.
        words: The reporting words: nouns such as "version" hand over to their owner.
    """
    tree, at = page.tree, 0
    while at < len(tree):
        first, last = page.sentence(at)
        at = last + 1
        start = first
        while start < last and (not tree.text[start][0].isalpha() or tree.pos[start] in ("NUM", "PUNCT", "SYM")):
            start += 1
        colon = next((k for k in range(start, min(start + HEAD, last + 1)) if tree.text[k] == ":"), None)
        if colon is None or colon == start or any(tree.pos[k] in ("VERB", "AUX") for k in range(start, colon)):
            continue
        if colon >= last and last + 1 < len(tree):
            last = page.sentence(last + 1)[1]
        if last - colon < LEAST:
            continue
        speaker = _speaker(page, start, colon, words)
        if speaker is not None:
            yield Cue(colon, speaker, colon + 1, last, kind="colon")


def _speaker(page: Page, start: int, colon: int, words: Reporting) -> int | None:
    """The token of the speaker in a head: its first noun phrase, or the owner of "version", "line", "reply"."""
    tree = page.tree
    for k in range(start, colon):
        if tree.pos[k] in ("ADP", "PART") and k > start and tree.text[k] not in ("'s", "’s", "of"):
            return None if k == start else _noun(page, start, k)
        if k + 1 < colon and tree.text[k + 1] in ("'s", "’s", "'") and tree.lemma[colon - 1] in words.stances:
            return k
    return _noun(page, start, colon)


def _noun(page: Page, start: int, stop: int) -> int | None:
    """The last name or noun before `stop`, or before a comma there."""
    tree = page.tree
    comma = next((k for k in range(start, stop) if tree.text[k] in (",", "(")), stop)
    for k in range(comma - 1, start - 1, -1):
        if tree.pos[k] in ("PROPN", "NOUN", "PRON"):
            return k
    return None
