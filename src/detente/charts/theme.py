"""Colours and type of charts as CSS variables, in light and dark; a page can set the variables itself."""

from __future__ import annotations

import re

THEMES: dict[str, dict[str, str]] = {
    "light": {
        "paper": "#ffffff",
        "ink": "#1f2328",
        "muted": "#59636e",
        "grid": "#d8dee4",
        "level": "#0b5cad",
        "band": "#0b5cad",
        "warm": "#a8480a",
        "cold": "#1a5fb4",
        "focus": "#8250df",
    },
    "dark": {
        "paper": "#0d1117",
        "ink": "#e6edf3",
        "muted": "#9198a1",
        "grid": "#3d444d",
        "level": "#79b8ff",
        "band": "#79b8ff",
        "warm": "#f0a868",
        "cold": "#79b8ff",
        "focus": "#d2a8ff",
    },
}
"""The values of `--chart-NAME` in each theme."""

_RULES = """\
.dt-chart{font-family:system-ui,"Segoe UI",Roboto,"Liberation Sans","DejaVu Sans",sans-serif;font-size:12px}
.dt-chart text{fill:var(--chart-ink);font-variant-numeric:tabular-nums}
.dt-chart .paper{fill:var(--chart-paper)}
.dt-chart .head{font-size:16px;font-weight:600}
.dt-chart .strong{font-weight:600}
.dt-chart .muted,.dt-chart text .muted{fill:var(--chart-muted)}
.dt-chart .grid{stroke:var(--chart-grid);stroke-width:1;fill:none}
.dt-chart .zero{stroke:var(--chart-muted);stroke-width:1;fill:none}
.dt-chart .band{fill:var(--chart-band);fill-opacity:.18;stroke:none}
.dt-chart .level{stroke:var(--chart-level);stroke-width:2;fill:none;stroke-linejoin:round;stroke-linecap:round}
.dt-chart .warm{fill:var(--chart-warm)}
.dt-chart .cold{fill:var(--chart-cold)}
.dt-chart .tone.warm{fill-opacity:.75}
.dt-chart .tone.cold{fill-opacity:.75}
.dt-chart .tone.thin{fill:var(--chart-paper);stroke:var(--chart-muted);stroke-width:1}
.dt-chart .area{fill:var(--chart-level);fill-opacity:.22;stroke:none}
.dt-chart .line{stroke:var(--chart-level);stroke-width:1.5;fill:none}
.dt-chart .flag{stroke:var(--chart-muted);stroke-width:1;stroke-dasharray:2 2;fill:none}
.dt-chart .dot.warm{stroke:var(--chart-paper);stroke-width:1}
.dt-chart .dot.cold{stroke:var(--chart-paper);stroke-width:1}
.dt-chart .number{fill:var(--chart-paper);font-size:10px;font-weight:600}
.dt-chart .unseen{fill-opacity:0;font-size:1px}
.dt-chart [tabindex]:focus{outline:2px solid var(--chart-focus);outline-offset:2px}
"""


def css() -> str:
    """The stylesheet of all charts: by the reader's preference, or by `data-theme` of an element around them.

    Serve it where a page's policy forbids style inside the page, and draw with `styled=False`.
    """
    light, dark = (_variables(theme) for theme in ("light", "dark"))
    return (
        f".dt-chart{{{light}}}\n@media (prefers-color-scheme:dark){{.dt-chart{{{dark}}}}}\n"
        f"[data-theme=light] .dt-chart{{{light}}}\n[data-theme=dark] .dt-chart{{{dark}}}\n{_RULES}"
    )


def fixed_css(theme: str) -> str:
    """The rules with the colours of one theme written out, for what knows no variables."""
    colours = THEMES[theme]
    return re.sub(r"var\(--chart-(\w+)\)", lambda match: colours[match[1]], _RULES)


def _variables(theme: str) -> str:
    return ";".join(f"--chart-{name}:{value}" for name, value in THEMES[theme].items())
