"""The table of operations: what each `op` of `times_rules.yml` computes.

Each operation takes the form and the context and gives the interval that the words name, or None where nothing fixes
one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from detente.model import Interval
from detente.text.times import composed, counted, partial, relative
from detente.text.times.context import Context

Operation = Callable[[Any, Context], Interval | None]


def resolve(form: Any, context: Context) -> Interval | None:
    """The interval a form names, or None."""
    operation = OPERATIONS.get(form.op)
    try:
        return operation(form, context) if operation else None
    except (OverflowError, ValueError):  # a date outside what the calendar can say
        return None


def _nothing(form: Any, context: Context) -> Interval | None:
    return None


OPERATIONS: dict[str, Operation] = {
    "date": partial.date_of,
    "days": partial.days,
    "yearrange": composed.yearrange,
    "weekday": relative.weekday,
    "weekday_weeks": relative.weekday_weeks,
    "dayrel": relative.dayrel,
    "daypart": relative.daypart,
    "relunit": relative.relunit,
    "monthrel": relative.monthrel,
    "season": relative.season,
    "ago": counted.ago,
    "fromnow": counted.fromnow,
    "shift": counted.shift,
    "toldunit": counted.toldunit,
    "span": counted.span,
    "duration": _nothing,
    "set": _nothing,
    "decade": composed.decade,
    "century": composed.century,
    "fiscal": composed.fiscal,
    "holiday": composed.holiday,
    "period": composed.period,
    "anniversary": composed.anniversary,
    "vague": _nothing,
    "clock": composed.clock,
    "quarter": counted.quarter,
    "half": counted.half,
    "part": composed.part,
    "sofar": composed.sofar,
    "piece": composed.piece,
    "piece_bare": composed.piece_bare,
    "inside": composed.inside,
    "daytime": composed.daytime,
    "weekof": composed.weekof,
    "again": composed.again,
    "between": composed.between,
    "ended": composed.ended,
}
