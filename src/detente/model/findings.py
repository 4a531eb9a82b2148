"""What a coder finds in a document: events, statements, figures and drivers."""

from __future__ import annotations

from typing import Literal

from detente.model.actor import Actor
from detente.model.base import Evidence, Origin, Record, Review
from detente.model.interval import Interval

Modality = Literal["occurred", "ongoing", "planned", "proposed", "conditional", "denied"]
Outlook = Literal["improving", "worsening", "mixed", "none"]
Direction = Literal["helps", "hinders"]
Hedge = Literal["asserted", "likely", "possible", "conditional"]


class Finding(Record, frozen=True, kw_only=True):
    """The fields common to all findings. `evidence` is never empty; its first item is the main one."""

    id: str
    document_id: str
    evidence: tuple[Evidence, ...]
    origin: Origin
    confidence: float
    review: Review = Review()


class Report(Record, frozen=True, kw_only=True):
    """The row of an event dataset that an event was taken from, in the dataset's own terms.

    `id` is the dataset's own id of the row, `publisher` who told it (the host of the address where only that is given),
    `story` the dataset's id or the address of the story, `articles` how many articles the dataset counted.
    """

    dataset: str
    id: str | None = None
    publisher: str | None = None
    story: str | None = None
    articles: int | None = None


class Event(Finding, frozen=True, kw_only=True):
    """Who did what to whom, when, where, and whether it really happened.

    `type` and `mode` are PLOVER's, `quad` one of its four quadrants, `intensity` its scale from -10 to 10. `reciprocal`
    means that all parties act on one another; the first-named is then in `actors`. `date` is the date of the act,
    None where the text gives none. `retold` marks history told as background, which weighs nothing in a barometer.
    `report` is None for what detente coded itself, else the row of a dataset that was imported.
    """

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: str
    intensity: float
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...] = ()
    reciprocal: bool = False
    date: Interval | None = None
    place: str | None = None
    modality: Modality = "occurred"
    retold: bool = False
    report: Report | None = None


class Statement(Finding, frozen=True, kw_only=True):
    """Words attributed to someone. `content` is what was said, without the attribution."""

    speaker: str
    affiliation: str | None = None
    office: str | None = None
    country: str | None = None
    direct: bool
    content: str
    about: tuple[str, ...] = ()
    outlook: Outlook = "none"
    date: Interval | None = None


class Quantum(Record, frozen=True, kw_only=True):
    """The same amount in another unit, as the text gives it ("3 trillion yen ($26.7 billion)")."""

    value: float
    unit: str


class Figure(Finding, frozen=True, kw_only=True):
    """A number about a relation or a matter: `value` in the base unit (`tonne`, `USD`, `percent`, `project` …)."""

    value: float
    unit: str
    subject: str
    period: Interval | None = None
    approximate: bool = False
    equivalents: tuple[Quantum, ...] = ()


class Driver(Finding, frozen=True, kw_only=True):
    """A claim that something helps or hinders a relation or a matter, and whose claim it is."""

    cause: str
    effect: str
    direction: Direction
    hedge: Hedge = "asserted"
    claimed_by: str | None = None
