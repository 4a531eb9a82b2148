"""Several pairs side by side: each level against the pair's own normal, and the plain balance on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from detente.charts.frame import document, time_axis
from detente.charts.scale import days, linear, reach
from detente.charts.svg import element, fitted, line, path, runs, text, words
from detente.charts.table import signed, unseen_table
from detente.errors import UsageError
from detente.model import Balance, Reading

_TOP, _ROW, _PAD, _NAME, _SIDE = 76.0, 92.0, 8.0, 150.0, 190.0


def draw_comparison(
    pairs: Sequence[tuple[str, Sequence[Reading], Balance]],
    *,
    title: str,
    width: float = 960.0,
    styled: bool = True,
    table: bool = True,
) -> str:
    """Pairs below one another on one axis of time.

    The curves compare a pair with itself only. Between pairs compare the balance at the right: cooperation less
    conflict, in percent of both, over the whole time shown.

    Args:
        pairs: For each pair its name, its readings by time, and its balance.
        title: What it is of.
        width: In pixels.
        styled: As for `draw_barometer`; likewise `table`.
        table: See `styled`.

    Raises:
        UsageError: if no pair has readings.
    """
    some = [readings for _, readings, _ in pairs if readings]
    if not some:
        raise UsageError("there are no readings to draw", mend="choose another time or source")
    first = min(readings[0].start for readings in some)
    last = max(readings[-1].end for readings in some) + timedelta(days=1)
    x = days(first, last, _NAME, width - _SIDE)
    most = reach([v for readings in some for r in readings for v in (r.low, r.high)], (20.0, 40.0, 60.0, 80.0, 100.0))
    bottom = _TOP + _ROW * len(pairs)
    parts = [
        text(16, 26, title, class_="head"),
        text(_NAME, 58, "level and 90 % band, each against its own normal", class_="muted"),
        text(width - _SIDE + 20, 58, "balance, −100 to +100", class_="muted"),
        time_axis(first, last, x, _TOP, bottom),
    ]
    for number, (name, readings, balance) in enumerate(pairs):
        top = _TOP + _ROW * number
        y = linear(-most, most, top + _ROW - _PAD, top + _PAD)
        marks = [
            text(16, top + _ROW / 2 + 4, fitted(name, _NAME - 24), class_="strong"),
            line(_NAME, y(0), width - _SIDE, y(0), class_="zero"),
        ]
        for stretch in runs([reading.level for reading in readings]):
            middle = [(x(readings[i].start) + x(readings[i].end + timedelta(days=1))) / 2 for i in stretch]
            upper = [(at, y(readings[i].high or 0.0)) for at, i in zip(middle, stretch, strict=True)]
            lower = [(at, y(readings[i].low or 0.0)) for at, i in zip(middle, stretch, strict=True)]
            marks.append(path([*upper, *reversed(lower)], closed=True, class_="band"))
            level = [(at, y(readings[i].level or 0.0)) for at, i in zip(middle, stretch, strict=True)]
            marks.append(path(level, class_="level"))
        marks.append(_balance(balance, top + _ROW / 2, width))
        parts.append(element("g", *marks, role="img", tabindex=0, aria_label=_says(name, readings, balance)))
    if table:
        parts += [unseen_table(readings, caption=f"Readings of {name}") for name, readings, _ in pairs]
    says = " ".join(_says(name, readings, balance) for name, readings, balance in pairs)
    return document(parts, title=title, says=says, width=width, height=bottom + 30, styled=styled)


def _balance(balance: Balance, y: float, width: float) -> str:
    x = linear(-100, 100, width - _SIDE + 24, width - 56)
    frame = line(x(-100), y, x(100), y, class_="grid") + line(x(0), y - 10, x(0), y + 10, class_="zero")
    if balance.net is None or balance.low is None or balance.high is None:
        return frame + text(width - 46, y + 4, "–")
    note = f"{balance.n:g} events, 90 % between {signed(balance.low)} and {signed(balance.high)}"
    return (
        frame
        + line(x(balance.low), y, x(balance.high), y, class_="level")
        + element(
            "circle",
            element("title", words(note)),
            cx=x(balance.net),
            cy=y,
            r=4.0,
            class_="warm" if balance.net >= 0 else "cold",
        )
        + text(width - 46, y + 4, signed(balance.net), class_="strong")
    )


def _says(name: str, readings: Sequence[Reading], balance: Balance) -> str:
    last = next((reading for reading in reversed(readings) if reading.level is not None), None)
    level = f"level {signed(last.level)} in {last.period}" if last else "no level"
    return f"{name}: {level}, balance {signed(balance.net)} from {balance.n:g} events."
