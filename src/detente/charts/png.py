"""SVG to PNG, by resvg: the extra `png`."""

from __future__ import annotations

import re

from detente.charts.theme import THEMES, fixed_css
from detente.errors import MissingExtraError, UsageError

_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


def to_png(svg: str, *, theme: str = "light", scale: float = 2.0) -> bytes:
    """A chart as PNG.

    Args:
        svg: What one of the draw functions gave.
        theme: `light` or `dark`.
        scale: Pixels of the picture for one of the chart.

    Raises:
        MissingExtraError: if resvg-py is not installed.
        UsageError: if there is no such theme.
    """
    if theme not in THEMES:
        raise UsageError(f"no theme {theme!r}", mend=f"these are: {', '.join(THEMES)}")
    try:
        import resvg_py
    except ImportError:
        raise MissingExtraError("png", "a PNG chart") from None
    bare = _STYLE.sub("", svg)
    plain = bare.replace(">", f"><style>{fixed_css(theme)}</style>", 1)
    return bytes(resvg_py.svg_to_bytes(svg_string=plain, zoom=scale, background=THEMES[theme]["paper"]))
