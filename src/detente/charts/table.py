"""The data behind a chart as a table: HTML for pages, unseen rows of text inside the SVG for those who hear it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from detente.charts.svg import element, text
from detente.model import Reading

HEADS = ("period", "tone", "level", "90 % band", "change", "engagement", "stock", "events")


def cells(reading: Reading) -> tuple[str, ...]:
    """A reading as the words of a row; what is unknown is a dash."""
    band = f"{signed(reading.low)} to {signed(reading.high)}" if reading.low is not None else "–"
    return (
        reading.period,
        signed(reading.tone),
        signed(reading.level),
        band,
        f"{reading.change:.2f}" if reading.change >= 0.005 else "–",
        signed(reading.engagement),
        f"{reading.stock:+.1f}".replace("-", "−") if reading.stock is not None else "–",
        f"{reading.n:g}" + (" thin" if reading.thin else ""),
    )


def signed(value: float | None) -> str:
    """A value on the scale of -100 to 100, with its sign; a dash where it is unknown."""
    if value is None:
        return "–"
    return "0" if abs(value) < 0.5 else f"{value:+.0f}".replace("-", "−")


def data_table(readings: Sequence[Reading], *, caption: str) -> str:
    """The readings as an HTML table.

    Args:
        readings: The readings.
        caption: What the table is of.
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in HEADS)
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in map(cells, readings)
    )
    return (
        f'<table class="dt-data"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def unseen_table(readings: Sequence[Reading], *, caption: str) -> str:
    """The readings as rows of text that take no room in the picture and are read aloud."""
    head = _row(HEADS, "columnheader")
    rows = "".join(_row(cells(reading), "cell") for reading in readings)
    return element("g", head, rows, role="table", aria_label=caption, class_="unseen")


def _row(words: Sequence[str], role: str) -> str:
    return element("g", *(text(0, 0, word, role=role) for word in words), role="row")
