"""The barometer of one pair: tone with level and band, engagement, stock, and the turning points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from detente.charts.frame import LEFT, RIGHT, document, time_axis
from detente.charts.scale import Scale, days, linear, reach, rounded_reach
from detente.charts.svg import element, fitted, legend, line, path, runs, text, words
from detente.charts.table import signed, unseen_table
from detente.errors import UsageError
from detente.model import Reading, Turn

_TOP, _TONE, _SMALL, _GAP, _ROW = 96.0, 260.0, 84.0, 34.0, 19.0


@dataclass(frozen=True)
class _Plane:
    """Where things stand: the scale of time, the middle of each period, and the edges of the panels."""

    x: Callable[[date], float]
    middles: tuple[float, ...]
    left: float
    right: float


def draw_barometer(
    readings: Sequence[Reading],
    *,
    title: str,
    turns: Sequence[Turn] = (),
    width: float = 960.0,
    styled: bool = True,
    table: bool = True,
) -> str:
    """The barometer as SVG.

    Args:
        readings: Readings of one pair and one source, by time, without a gap.
        title: What it is of: "Japan and China".
        turns: Turning points to mark, each with its leading events.
        width: In pixels; the picture scales.
        styled: Write the style into the SVG; False where the page has `charts.css()`.
        table: Write the data into the SVG as rows that are read aloud; False where `data_table` stands beside it.

    Returns:
        An `<svg>` element, the same for the same input.

    Raises:
        UsageError: if there are no readings, or readings of several sources.
    """
    if not readings:
        raise UsageError("there are no readings to draw", mend="choose another time or source")
    sources = sorted({reading.source for reading in readings})
    if len(sources) > 1:
        raise UsageError(f"readings of several sources: {', '.join(sources)}", mend="draw each by itself")
    first, last = readings[0].start, readings[-1].end + timedelta(days=1)
    x = days(first, last, LEFT, width - RIGHT)
    middles = tuple((x(reading.start) + x(reading.end + timedelta(days=1))) / 2 for reading in readings)
    plane = _Plane(x, middles, LEFT, width - RIGHT)
    parts, bottom = [_head(readings, title)], _TOP + _TONE
    parts.append(_tone(readings, plane))
    below: list[str] = []
    if any(reading.engagement is not None for reading in readings):
        below.append(_engagement(readings, plane, bottom + _GAP))
        bottom += _GAP + _SMALL
    if any(reading.stock is not None for reading in readings):
        below.append(_stock(readings, plane, bottom + _GAP))
        bottom += _GAP + _SMALL
    shown = [turn for turn in turns if first <= turn.start <= last]
    parts = [parts[0], time_axis(first, last, x, _TOP, bottom), *parts[1:], *below]
    parts += [_flags(shown, plane, _TOP + _TONE), _notes(shown, bottom + 44, width)]
    says = _says(readings, shown)
    if table:
        parts.append(unseen_table(readings, caption=f"Readings of {title}"))
    height = bottom + 34 + (_ROW * len(shown) + 22 if shown else 0)
    return document(parts, title=f"{title}: barometer", says=says, width=width, height=height, styled=styled)


def _head(readings: Sequence[Reading], title: str) -> str:
    one = readings[0]
    what = f"{one.context} matters only, " if one.context else ""
    by = f"{readings[0].period} to {readings[-1].period}, {what}source: {one.source}"
    return text(LEFT, 26, title, class_="head") + text(LEFT, 46, by, class_="muted")


def _says(readings: Sequence[Reading], turns: Sequence[Turn]) -> str:
    known = [reading for reading in readings if reading.level is not None]
    if not known:
        return "Nothing was recorded in this time."
    last = known[-1]
    silent = sum(reading.n == 0 for reading in readings)
    thin = sum(reading.thin and reading.n > 0 for reading in readings)
    return (
        f"Tone from −100 to 100, where 0 is the pair's own normal. In {last.period} the level is {signed(last.level)}, "
        f"between {signed(last.low)} and {signed(last.high)} at 90 percent. {len(turns)} turning points. "
        f"Of {len(readings)} periods {silent} have no event and {thin} too few to read."
    )


def _tone(readings: Sequence[Reading], plane: _Plane) -> str:
    values = [value for r in readings for value in (r.tone, r.low, r.high)]
    most = reach(values, (20.0, 40.0, 60.0, 80.0, 100.0))
    y = linear(-most, most, _TOP + _TONE, _TOP)
    marks = [_axis(plane, y, (-most, -most / 2, 0.0, most / 2, most))]
    for stretch in runs([reading.level for reading in readings]):
        upper = [(plane.middles[i], y(readings[i].high or 0.0)) for i in stretch]
        lower = [(plane.middles[i], y(readings[i].low or 0.0)) for i in stretch]
        marks.append(path([*upper, *reversed(lower)], closed=True, class_="band"))
        marks.append(path([(plane.middles[i], y(readings[i].level or 0.0)) for i in stretch], class_="level"))
    radius = 2.6 if len(readings) <= 150 else 1.9
    for reading, middle in zip(readings, plane.middles, strict=True):
        if reading.tone is not None:
            kind = "thin" if reading.thin else "warm" if reading.tone >= 0 else "cold"
            note = f"{reading.period}: tone {signed(reading.tone)}, level {signed(reading.level)}, {reading.n:g} events"
            marks.append(
                element(
                    "circle",
                    element("title", words(note)),
                    cx=middle,
                    cy=y(reading.tone),
                    r=radius,
                    class_=f"tone {kind}",
                    data_period=reading.period,
                )
            )
    what = "line: level, 90 % band · dots: each period (hollow: too few events) · 0: the pair's own normal"
    name = legend(plane.left, _TOP - 26, "Tone", what)
    ends = text(plane.right + 8, _TOP + 10, "warmer", class_="warm") + text(
        plane.right + 8, _TOP + _TONE, "colder", class_="cold"
    )
    last = next((i for i in reversed(range(len(readings))) if readings[i].level is not None), None)
    if last is not None:
        at = min(max(y(readings[last].level or 0.0) + 4, _TOP + 26), _TOP + _TONE - 16)
        ends += text(plane.right + 8, at, signed(readings[last].level), class_="strong")
    return element("g", name, ends, *marks, aria_hidden="true")


def _axis(plane: _Plane, y: Scale, values: Sequence[float], form: str = "+.0f") -> str:
    return "".join(
        line(plane.left, y(value), plane.right, y(value), class_="zero" if value == 0 else "grid")
        + text(
            plane.left - 8,
            y(value) + 4,
            f"{value:{form}}".replace("-", "−") if value else "0",
            class_="muted",
            text_anchor="end",
        )
        for value in values
    )


def _engagement(readings: Sequence[Reading], plane: _Plane, top: float) -> str:
    most = reach([reading.engagement for reading in readings], (25.0, 50.0, 100.0))
    y = linear(-most, most, top + _SMALL, top)
    thick = max(min((plane.right - plane.left) / len(readings) * 0.72, 14.0), 0.8)
    bars = [
        element(
            "rect",
            x=middle - thick / 2,
            y=min(y(0), y(reading.engagement)),
            width=thick,
            height=max(abs(y(reading.engagement) - y(0)), 0.5),
            class_="warm" if reading.engagement >= 0 else "cold",
            fill_opacity=0.35 if reading.thin else 0.85,
        )
        for reading, middle in zip(readings, plane.middles, strict=True)
        if reading.engagement is not None
    ]
    what = "cooperation beside its normal, less the growth of all news"
    name = legend(plane.left, top - 9, "Engagement", what)
    return element("g", name, _axis(plane, y, (-most, 0.0, most)), *bars, aria_hidden="true")


def _stock(readings: Sequence[Reading], plane: _Plane, top: float) -> str:
    values = [reading.stock for reading in readings]
    most = rounded_reach(values)
    low = -most if any((value or 0.0) < 0 for value in values) else 0.0
    y = linear(low, most, top + _SMALL, top)
    marks = []
    for stretch in runs(values):
        points = [(plane.middles[i], y(values[i] or 0.0)) for i in stretch]
        base = [(points[-1][0], y(0)), (points[0][0], y(0))]
        marks.append(path([*points, *base], closed=True, class_="area") + path(points, class_="line"))
    what = "live matters: agreements and talks up, measures and disputes down"
    name = legend(plane.left, top - 9, "Stock", what)
    ticks = (low, 0.0, most) if low else (0.0, most)
    return element("g", name, _axis(plane, y, ticks, "+g"), *marks, aria_hidden="true")


def _flags(turns: Sequence[Turn], plane: _Plane, bottom: float) -> str:
    marks, taken = [], [-99.0, -99.0]
    for number, turn in enumerate(turns, 1):
        at = plane.x(turn.start)
        row = 0 if at - taken[0] >= 18 else 1
        taken[row] = at
        height = _TOP - 8 + row * 18
        kind = "warm" if turn.sign > 0 else "cold"
        marks.append(
            element(
                "g",
                element("title", words(_told(turn))),
                line(at, height, at, bottom, class_="flag"),
                element("circle", cx=at, cy=height, r=8.0, class_=f"dot {kind}"),
                text(at, height + 3.5, str(number), class_="number", text_anchor="middle"),
                role="img",
                tabindex=0,
                aria_label=f"Turning point {number}. {_told(turn)}",
                data_period=turn.period,
            )
        )
    return element("g", *marks, role="group", aria_label="Turning points") if marks else ""


def _notes(turns: Sequence[Turn], top: float, width: float) -> str:
    if not turns:
        return ""
    rows = [text(LEFT, top, "Turning points", class_="strong")]
    for number, turn in enumerate(turns, 1):
        at, kind = top + _ROW * number, "warm" if turn.sign > 0 else "cold"
        rows.append(element("circle", cx=LEFT + 7, cy=at - 4, r=8.0, class_=f"dot {kind}"))
        rows.append(text(LEFT + 7, at - 0.5, str(number), class_="number", text_anchor="middle"))
        rows.append(text(LEFT + 22, at, fitted(_told(turn), width - LEFT - 40)))
    return element("g", *rows, aria_hidden="true")


def _told(turn: Turn) -> str:
    way = "warmer" if turn.sign > 0 else "colder"
    kind = ", for a short time" if turn.shock else ""
    why = f": {'; '.join(turn.because)}" if turn.because else ""
    return f"{turn.period} {way}{kind}, {signed(turn.before)} to {signed(turn.after)} (p {turn.probability:.2f}){why}"
