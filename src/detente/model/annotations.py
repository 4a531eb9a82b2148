"""What the text stage knows of a document before anything is coded: facts about spans, without politics.

Offsets are into `Document.text`. `Token` and `Parse` describe the part of spaCy's interface that coders may use, so
that this room imports no parser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, Protocol

from detente.model.actor import Actor
from detente.model.base import Record
from detente.model.interval import Interval


class Token(Protocol):
    """The attributes of a spaCy token that coders read (see https://spacy.io/api/token)."""

    i: int
    idx: int
    text: str
    lemma_: str
    lower_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    head: Any
    children: Iterable[Any]
    subtree: Iterable[Any]


class Parse(Protocol):
    """A parsed paragraph: a sequence of tokens with sentences."""

    sents: Iterator[Any]

    def __len__(self) -> int: ...
    def __getitem__(self, i: int) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...


class Paragraph(Record, frozen=True, kw_only=True):
    """A paragraph of article text and its parse. `start + token.idx` is a token's offset in the document's text.

    `heading` marks headlines and section headings.
    """

    start: int
    end: int
    parse: Any
    heading: bool = False


class Sentence(Record, frozen=True, kw_only=True):
    """A sentence: its offsets, its paragraph (an index) and its tokens `parse[first:last]`."""

    start: int
    end: int
    paragraph: int
    first: int
    last: int


MentionKind = Literal["name", "person", "office", "agency", "group", "pronoun"]


class Mention(Record, frozen=True, kw_only=True):
    """Words that stand for one or more actors ("Tokyo", "Premier Li", "the two leaders", "it").

    `actors` is empty where the words clearly stand for an actor that could not be resolved. `how` says by what it was
    resolved (`name`, `office`, `holder`, `coreference`, …). `agentive` is False where the words cannot act: a place,
    the nationality of a thing ("Japanese seafood"), a dateline.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    actors: tuple[Actor, ...]
    how: str
    agentive: bool = True


class TimeMention(Record, frozen=True, kw_only=True):
    """Words that say when, how long or how often. `interval` is None where they fix no calendar interval."""

    start: int
    end: int
    text: str
    kind: Literal["date", "duration", "set"]
    interval: Interval | None


class Quantity(Record, frozen=True, kw_only=True):
    """A number with its unit, in the base unit ("1.3 million tons" is 1300000 tonne)."""

    start: int
    end: int
    text: str
    value: float
    unit: str
    approximate: bool = False


class Quotation(Record, frozen=True, kw_only=True):
    """Words inside quotation marks; the marks themselves are outside `start` and `end`."""

    start: int
    end: int
    text: str


class Annotations(Record, frozen=True, kw_only=True):
    """All annotations of a document, each layer in order of position. `Annotations()` knows nothing.

    `countries` are the codes of the actors that the document is about, most mentioned first.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    countries: tuple[str, ...] = ()

    def within(self, items: Sequence[Any], start: int, end: int) -> tuple[Any, ...]:
        """Those of `items` (one of the layers) that lie wholly inside `start` and `end`."""
        return tuple(item for item in items if start <= item.start and item.end <= end)
