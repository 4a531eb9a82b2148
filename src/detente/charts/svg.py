"""SVG elements as strings. Every text and value is escaped here, and only here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

Point = tuple[float, float]


def element(name: str, *children: str, **attributes: object) -> str:
    """An element. `_` at the end of an attribute's name is dropped, other `_` become hyphens; None leaves it out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(number(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{''.join(children)}</{name}>" if children else f"<{name}{given}/>"


def number(value: object) -> str:
    """A value as it is written in an attribute: lengths to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def words(text: str) -> str:
    """Text between tags."""
    return escape(text, quote=False)


def text(x: float, y: float, content: str, **attributes: object) -> str:
    """A line of text."""
    return element("text", words(content), x=float(x), y=float(y), **attributes)


def legend(x: float, y: float, name: str, says: str) -> str:
    """A panel's name and, right behind it whatever the font, what it shows."""
    parts = element("tspan", words(name), class_="strong"), element("tspan", words(says), dx=8.0, class_="muted")
    return element("text", *parts, x=float(x), y=float(y))


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    """A straight line."""
    return element("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), **attributes)


def path(points: Iterable[Point], *, closed: bool = False, **attributes: object) -> str:
    """A line through points; nothing where there are none."""
    at = [f"{number(float(x))} {number(float(y))}" for x, y in points]
    return element("path", d=f"M{' L'.join(at)}{'Z' if closed else ''}", **attributes) if at else ""


def runs(values: Sequence[object | None]) -> list[range]:
    """The stretches of indices whose values are there."""
    found: list[range] = []
    begin: int | None = None
    for i, value in enumerate([*values, None]):
        if value is not None and begin is None:
            begin = i
        elif value is None and begin is not None:
            found.append(range(begin, i))
            begin = None
    return found


def fitted(content: str, width: float, size: float = 12.0) -> str:
    """Text cut at a word so that it is about as wide as `width` pixels (an average letter is .53 of the size)."""
    most = int(width / (size * 0.53))
    if len(content) <= most:
        return content
    return content[: max(most - 2, 1)].rsplit(" ", 1)[0].rstrip(" ,;·") + " …"
