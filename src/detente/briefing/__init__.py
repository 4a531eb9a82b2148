"""Words the brief: chooses, orders and words records, and keeps the evidence of every line."""

from detente.briefing.compose import compose
from detente.briefing.contradict import contradictions
from detente.briefing.page import to_html
from detente.briefing.record import Brief, Citation, Line, Material, Section, Source
from detente.briefing.render import to_markdown

__all__ = [
    "Brief",
    "Citation",
    "Line",
    "Material",
    "Section",
    "Source",
    "compose",
    "contradictions",
    "to_html",
    "to_markdown",
]
