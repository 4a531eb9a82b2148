"""What may be said: loads and checks the data files, and answers what is allowed and what may follow."""

from detente.codebook.book import Codebook
from detente.codebook.lifecycles import Lifecycle, Lifecycles
from detente.codebook.ontology import Crosswalk, EventType, Mode, Ontology
from detente.codebook.units import Currency, Unit, Units

__all__ = [
    "Codebook",
    "Crosswalk",
    "Currency",
    "EventType",
    "Lifecycle",
    "Lifecycles",
    "Mode",
    "Ontology",
    "Unit",
    "Units",
]
