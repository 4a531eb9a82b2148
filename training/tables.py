"""Counts over the bank: what it holds of each type, modality, voice, style, domain, region and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from training.passages import Passage


def events(passages: Iterable[Passage]) -> list[dict[str, Any]]:
    """All annotated events."""
    return [event for passage in passages if passage.annotation for event in passage.annotation["events"]]


def shares(values: Iterable[str]) -> list[tuple[str, int, float]]:
    """Values with their counts and shares, most frequent first."""
    counts = Counter(values)
    total = sum(counts.values()) or 1
    return [(value, count, count / total) for value, count in counts.most_common()]


def voices(quotes: Sequence[str]) -> list[str]:
    """How each quote tells its act: `passive`, `nominal` (no finite verb heads it) or `active`, from its parse."""
    from detente.text.parse import pipeline

    found = []
    for doc in pipeline().pipe(quotes, batch_size=64):
        labels = {token.dep_ for token in doc}
        root = next((token for token in doc if token.dep_ == "ROOT"), None)
        if labels & {"nsubjpass", "auxpass"}:
            found.append("passive")
        else:
            found.append("active" if root is not None and root.pos_ in ("VERB", "AUX") else "nominal")
    return found


def decade(year: str) -> str:
    """`1985` as `1980s`."""
    return f"{year[:3]}0s"


def printed(title: str, rows: Sequence[tuple[str, int, float]], most: int = 40) -> str:
    """A small table."""
    lines = [f"{title}"]
    lines += [f"  {value or '(none)':<24} {count:>6} {share:>7.1%}" for value, count, share in rows[:most]]
    return "\n".join(lines)
