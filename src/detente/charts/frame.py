"""What charts share: the SVG's outer element with its labels, and the axis of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from detente.charts.scale import time_ticks
from detente.charts.svg import element, line, text, words
from detente.charts.theme import css
from detente.model import content_id

LEFT, RIGHT = 64.0, 72.0
"""Room for labels left and right of the panels, in pixels."""


def document(parts: Sequence[str], *, title: str, says: str, width: float, height: float, styled: bool) -> str:
    """The whole SVG, labelled by a title and a description.

    Args:
        parts: What is drawn.
        title: The title, also for those who hear it.
        says: What the chart shows, in a sentence or two.
        width: In pixels; the picture scales to the room it gets.
        height: In pixels.
        styled: Whether the style is written into the SVG.
    """
    own = content_id("chart", title, says, *parts)
    return element(
        "svg",
        element("title", words(title), id=f"t{own}"),
        element("desc", words(says), id=f"d{own}"),
        *([f"<style>{css()}</style>"] if styled else []),
        element("rect", class_="paper", width=float(width), height=float(height)),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=float(width),
        height=float(height),
        class_="dt-chart",
        role="group",
        tabindex=0,
        aria_labelledby=f"t{own} d{own}",
    )


def time_axis(first: date, last: date, x: Callable[[date], float], top: float, bottom: float) -> str:
    """Vertical lines at years or months, named below."""
    left, right = x(first), x(last)
    return element(
        "g",
        *(
            line(x(day), top, x(day), bottom, class_="grid") + text(x(day) + 3, bottom + 15, name, class_="muted")
            for day, name in time_ticks(first, last, right - left)
            if x(day) < right - 12
        ),
        aria_hidden="true",
    )
