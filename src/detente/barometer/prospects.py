"""Chances of acts by day, type and code: named events in, named prospects out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from detente.barometer.links.acts import learn_acts
from detente.barometer.links.quads import both_ways
from detente.model import Prospect

Row = tuple[date, str, str, str, str]
"""Day, actor, type, recipient, id of the event."""


def prospects(
    rows: Sequence[Row], actor: str, recipient: str, *, days: int = 30, until: date | None = None
) -> list[Prospect] | None:
    """The acts that one may do to another, the likeliest first; None where too little came true to learn from.

    Args:
        rows: All that happened between any two, up to `until`.
        actor: A code.
        recipient: Another.
        days: How far ahead.
        until: The last known day; the last one in the rows if None.
    """
    if not rows:
        return None
    last = until or max(row[0] for row in rows)
    first = min(row[0] for row in rows)
    codes = {code: i for i, code in enumerate(sorted({code for row in rows for code in (row[1], row[3])}))}
    types = {type: i for i, type in enumerate(sorted({row[2] for row in rows}))}
    table = np.array([(codes[r[1]], types[r[2]], codes[r[3]], (r[0] - first).days) for r in rows], dtype=np.int64)
    if actor not in codes or recipient not in codes:
        return None
    quads = both_ways(table, entities=len(codes), relations=len(types), unit=1)
    acts = learn_acts(quads, (last - first).days + 1, window=days)
    if acts is None:
        return None
    named = list(types)
    return [
        Prospect(
            actor=actor,
            recipient=recipient,
            source="",
            start=last + timedelta(days=1),
            days=days,
            type=named[act.relation],
            chance=act.chance,
            usual=act.usual,
            because=tuple(f"{rows[i][0]} {rows[i][2]} {rows[i][1]}→{rows[i][3]}" for i in act.cited),
            event_ids=tuple(rows[i][4] for i in act.cited),
        )
        for act in acts(codes[actor], codes[recipient])
    ]
