"""Why an event is on record: what decided, on which words, how sure, and what else it might have been."""

from __future__ import annotations

from detente.model.base import Evidence, Record


class Part(Record, frozen=True, kw_only=True):
    """A figure that confidence is made of, with what it stands for; figures of one explanation are multiplied."""

    name: str
    value: float
    meaning: str = ""


class Alternative(Record, frozen=True, kw_only=True):
    """What the words might have told instead. `score` is a model's probability; None for a frame that did not fit."""

    type: str
    score: float | None = None
    rule: str | None = None


class Side(Record, frozen=True, kw_only=True):
    """A party of an event: `actor` or `recipient`, its code and name, and how it was found."""

    side: str
    code: str
    name: str
    how: str


class Explanation(Record, frozen=True, kw_only=True):
    """Why an event is what it is.

    `by` names rule or model. `cue` are the words that made it one, `modality_why` what in the clause says whether it
    happened. `parts` multiply to `confidence` (up to its ceiling); with a model there is one, its calibrated
    probability. `restated` counts further tellings in the document. `gaps` says what cannot be told, and why.
    """

    event_id: str
    by: str
    rule: str | None = None
    cue: Evidence | None = None
    construction: str | None = None
    modality_why: str = ""
    sides: tuple[Side, ...] = ()
    confidence: float = 0.0
    parts: tuple[Part, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    restated: int = 0
    gaps: tuple[str, ...] = ()
