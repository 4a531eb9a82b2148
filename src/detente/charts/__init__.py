"""Charts: records in, SVG out; drawn once for command line, brief and pages, themable, focusable and labelled."""

from detente.charts.barometer import draw_barometer
from detente.charts.comparison import draw_comparison
from detente.charts.png import to_png
from detente.charts.table import data_table
from detente.charts.theme import THEMES, css

__all__ = ["THEMES", "css", "data_table", "draw_barometer", "draw_comparison", "to_png"]
