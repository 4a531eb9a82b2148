"""Turning points and balances, read off the readings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.model import Balance, Reading, Turn

_SOON = 3


def turns(readings: Sequence[Reading], above: float = 0.5) -> tuple[Turn, ...]:
    """The turning points of a series, by time.

    A change whose date is not certain spreads its probability over neighbours: where none of three next to one another
    is certain by itself they are taken together, and dated by the likeliest. A change that is taken back within three
    periods is a shock. Where more than three periods before it are silent the change has no date, and is no turn.

    Args:
        readings: Readings by time, without a gap.
        above: The probability from which a change is a turn.
    """
    at = [i for i, reading in enumerate(readings) if reading.tone is not None]
    chance = np.array([readings[i].change for i in at])
    found: list[tuple[int, Turn]] = []
    for k in range(1, len(at)):
        low, high = max(k - 1, 1), min(k + 1, len(at) - 1)
        around = chance[low : high + 1]
        sure = bool(chance[k] >= above)
        if not sure and (around.sum() < above or (around >= above).any() or chance[k] < around.max()):
            continue
        begin, close = (k, k) if sure else (low, high)
        if at[begin] - at[begin - 1] > _SOON + 1:
            continue
        before, after = readings[at[begin - 1]].level, readings[at[close]].level
        if before is not None and after is not None:
            here = readings[at[k]]
            probability = float(chance[k]) if sure else min(float(around.sum()), 1.0)
            turn = Turn(period=here.period, start=here.start, probability=probability, before=before, after=after)
            found.append((k, turn))
    return tuple(_shocks(found))


def _shocks(found: Sequence[tuple[int, Turn]]) -> list[Turn]:
    marked = []
    for i, (k, turn) in enumerate(found):
        later = found[i + 1] if i + 1 < len(found) else None
        back = (
            later is not None
            and later[0] - k <= _SOON
            and later[1].sign != turn.sign
            and abs(later[1].after - turn.before) < abs(turn.after - turn.before) / 2
        )
        marked.append(
            Turn(
                period=turn.period,
                start=turn.start,
                probability=turn.probability,
                before=turn.before,
                after=turn.after,
                shock=back,
            )
        )
    return marked


def balance(dyad: str, readings: Sequence[Reading], z: float = 1.6449) -> Balance:
    """The plain balance of all readings together, the only one of the barometer's figures to compare pairs by."""
    good, bad = (sum(getattr(r, side) for r in readings) for side in ("cooperation", "conflict"))
    n = sum(reading.effective for reading in readings)
    events = sum(reading.n for reading in readings)
    if good + bad <= 0 or n <= 0:
        return Balance(dyad=dyad, n=events)
    share = good / (good + bad)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    return Balance(
        dyad=dyad,
        net=200.0 * share - 100.0,
        low=200.0 * (middle - half) - 100.0,
        high=200.0 * (middle + half) - 100.0,
        n=events,
    )
