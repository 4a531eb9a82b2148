"""The frozen record types that flow through detente. Imports nothing but errors."""

from detente.model.actor import Actor, ActorKind, codes
from detente.model.annotations import (
    Annotations,
    Mention,
    MentionKind,
    Paragraph,
    Parse,
    Quantity,
    Quotation,
    Sentence,
    TimeMention,
    Token,
)
from detente.model.base import Evidence, Origin, Record, Review, Span, content_id
from detente.model.codec import from_dict, from_json, to_dict, to_json
from detente.model.dataset import Dataset
from detente.model.document import Document, Known, Publication, document_id
from detente.model.explanation import Alternative, Explanation, Part, Side
from detente.model.findings import (
    Direction,
    Driver,
    Event,
    Figure,
    Finding,
    Hedge,
    Modality,
    Outlook,
    Quantum,
    Statement,
)
from detente.model.forecast import Forecast, Prospect
from detente.model.interval import Interval, Precision
from detente.model.matter import Judgement, Link, Matter, MatterKind, Milestone, Reason
from detente.model.reading import Balance, Cause, Period, Reading, Turn
from detente.model.stages import Coder, Coding, Executor, Linker, Reader
from detente.model.trouble import Issue, Level, Run, issue

__all__ = [
    "Actor",
    "ActorKind",
    "Alternative",
    "Annotations",
    "Balance",
    "Cause",
    "Coder",
    "Coding",
    "Dataset",
    "Direction",
    "Document",
    "Driver",
    "Event",
    "Evidence",
    "Executor",
    "Explanation",
    "Figure",
    "Finding",
    "Forecast",
    "Hedge",
    "Interval",
    "Issue",
    "Judgement",
    "Known",
    "Level",
    "Link",
    "Linker",
    "Matter",
    "MatterKind",
    "Mention",
    "MentionKind",
    "Milestone",
    "Modality",
    "Origin",
    "Outlook",
    "Paragraph",
    "Parse",
    "Part",
    "Period",
    "Precision",
    "Prospect",
    "Publication",
    "Quantity",
    "Quantum",
    "Quotation",
    "Reader",
    "Reading",
    "Reason",
    "Record",
    "Review",
    "Run",
    "Sentence",
    "Side",
    "Span",
    "Statement",
    "TimeMention",
    "Token",
    "Turn",
    "codes",
    "content_id",
    "document_id",
    "from_dict",
    "from_json",
    "issue",
    "to_dict",
    "to_json",
]
