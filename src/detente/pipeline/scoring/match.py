"""When a found record is a gold one: for each layer a score, 0 for no match. All need overlapping evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from detente.pipeline.scoring.text import Row, evidence, fold, overlap

Score = Callable[[Row, Row], float]
SYMMETRIC = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "RETREAT"})
_UNITS = {
    "%": "percent",
    "per cent": "percent",
    "pct": "percent",
    "ton": "tonne",
    "tons": "tonne",
    "tonnes": "tonne",
    "metric ton": "tonne",
    "metric tons": "tonne",
    "yen": "JPY",
    "dollar": "USD",
    "dollars": "USD",
    "yuan": "CNY",
    "euro": "EUR",
    "euros": "EUR",
    "people": "person",
    "persons": "person",
    "years": "year",
}


def assign(found: Sequence[Row], gold: Sequence[Row], score: Score) -> list[tuple[int, int]]:
    """Pairs of found and gold records, each in at most one, the best scores first."""
    scored = sorted(
        ((score(one, other), i, j) for i, one in enumerate(found) for j, other in enumerate(gold)), key=lambda x: -x[0]
    )
    pairs: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for value, i, j in scored:
        if value > 0 and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((i, j))
    return pairs


def codes(actors: Sequence[Row | str] | None) -> set[str]:
    """The codes of some actors: of the country where there is one."""
    return {
        found
        for actor in actors or ()
        if (found := actor if isinstance(actor, str) else actor.get("country") or actor.get("code"))
    }


def event(document_id: str, one: Row, gold: Row) -> float:
    """Same type, shared parties on each side (on either for types that both sides do together)."""
    if not overlap(evidence(one, document_id), gold["_at"]) or one["type"] not in {
        gold["type"],
        *gold.get("alt_types", ()),
    }:
        return 0
    actors, recipients = codes(one["actors"]), codes(one["recipients"])
    gold_actors, gold_recipients = set(gold["actors"]), set(gold.get("recipients") or ())
    if gold.get("reciprocal") or gold["type"] in SYMMETRIC:
        all_found, all_gold = actors | recipients, gold_actors | gold_recipients
        shared = all_found & all_gold
        return len(shared) / max(1, len(all_found | all_gold)) if len(shared) >= min(2, len(all_gold)) else 0
    if not actors & gold_actors or (gold_recipients and not recipients & gold_recipients):
        return 0
    return _jaccard(actors, gold_actors) + (_jaccard(recipients, gold_recipients) if gold_recipients else 0.5)


def matter(document_id: str, one: Row, gold: Row) -> float:
    """Same kind, a keyword in its words, and at least half of the parties shared."""
    if one["kind"] not in {gold["kind"], *gold.get("alt_kinds", ())} or not overlap(
        evidence(one, document_id), gold["_at"]
    ):
        return 0
    words = fold(" ".join([one.get("title") or "", one.get("subject") or "", *(one.get("aliases") or ())]))
    if not any(fold(keyword) in words for keyword in gold["keywords"]):
        return 0
    found = codes(one["parties"]) | codes(one["imposers"]) | codes(one["targets"])
    wanted = {*(gold.get("parties") or ()), *(gold.get("imposer") or ()), *(gold.get("target") or ())}
    shared = _jaccard(found, wanted) if found | wanted else 1
    return shared if shared >= 0.5 else 0


def statement(document_id: str, one: Row, gold: Row) -> float:
    """A word of the speaker's name shared."""
    if not overlap(evidence(one, document_id), gold["_at"]):
        return 0
    return _jaccard(set(re.findall(r"\w{2,}", fold(one["speaker"]))), set(re.findall(r"\w{2,}", fold(gold["speaker"]))))


def figure(document_id: str, one: Row, gold: Row) -> float:
    """The same value, to a thousandth, and the same unit."""
    near = abs(float(one["value"]) - gold["value"]) <= 1e-3 * max(1e-9, abs(gold["value"]))
    return float(
        near and _unit(one["unit"]) == _unit(gold["unit"]) and overlap(evidence(one, document_id), gold["_at"])
    )


def driver(document_id: str, one: Row, gold: Row) -> float:
    """The same direction."""
    return float(one["direction"] == gold["direction"] and overlap(evidence(one, document_id), gold["_at"]))


def date_right(found: Row | None, gold: tuple[str, str] | None, slack: int = 2) -> bool:
    """Whether an interval overlaps the gold one and is hardly longer; unknown is right where gold is unknown."""
    if found is None or gold is None:
        return found is None and gold is None
    start, end = (date.fromisoformat(found[key][:10]).toordinal() for key in ("start", "end"))
    gold_start, gold_end = (date.fromisoformat(day).toordinal() for day in gold)
    return start <= gold_end and gold_start <= end and end - start <= (gold_end - gold_start) * 1.5 + slack


def _unit(text: str | None) -> str:
    name = (text or "").strip()
    name = _UNITS.get(name.lower(), name).lower()
    return name[:-1] if name.endswith("s") and len(name) > 3 else name


def _jaccard(some: set[str], others: set[str]) -> float:
    return len(some & others) / len(some | others) if some & others else 0.0
