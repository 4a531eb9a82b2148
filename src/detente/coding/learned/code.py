"""Events by the encoder: triggers with their types and modality, then the parties of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

import msgspec
import numpy as np

from detente.codebook import Codebook
from detente.codebook.lexicon import Frame, Lexicon
from detente.coding.events.candidate import Candidate, Page
from detente.coding.events.code import finish
from detente.coding.events.detect import pages
from detente.coding.events.discourse import Discourse
from detente.coding.events.quote import quote
from detente.coding.learned import second
from detente.coding.learned.heads import MODALITIES, TYPES, Array, RoleHead, sigmoid
from detente.coding.learned.pairs import PairSettings
from detente.coding.learned.parties import Choice, choose
from detente.coding.learned.scene import Sight, quoted_tokens, rule_types, ruled_in, sights
from detente.coding.learned.traits import clause_at, hint_at, path, traits, with_others
from detente.engines.encoder.model import Reader, Reading
from detente.engines.encoder.tokens import Tokens
from detente.engines.rules.frames import Match
from detente.model import Annotations, Document, Event, Origin, codes

FRAMES = {kind: Frame(name=f"learned-{kind.lower()}", type=kind) for kind in TYPES}
Before = tuple[frozenset[str], frozenset[str]]
NOBODY: Before = (frozenset(), frozenset())
SHOWN = 3
"""How many alternatives an event keeps."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen on the bank's dev part.

    `event` is the least probability that a word tells of an event, `type` the least of its likeliest type, `party` that
    of a party, `guess` that of the likeliest party where none reaches `party`. `context` and `rules` say whether the
    encoder sees the sentence before and what the rules find, `keep` whether what the rules find stands. `second` is the
    weight of the second look at a type, and `veto` the least probability that it must give an event. `slope` and
    `offset` turn the score into a confidence, `least` is the least confidence of an event that the encoder adds.
    """

    event: float = 0.4
    type: float = 0.25
    party: float = 0.5
    guess: float = 0.2
    context: bool = True
    rules: bool = True
    keep: bool = True
    second: float = 0.5
    veto: float = 0.0
    slope: float = 1.0
    offset: float = 0.0
    least: float = 0.0


@dataclass(slots=True, kw_only=True)
class EventModel:
    """Everything that reads events: word pieces, encoder, role head, and the settings of both uses."""

    tokens: Tokens
    reader: Reader
    roles: RoleHead
    settings: Settings
    origin: Origin
    pairs: PairSettings

    def readings(self, found: Sequence[Sight], ruled: Mapping[tuple[int, int], Candidate]) -> list[Reading]:
        """The readings of some sentences, given what the rules find."""
        packed = [self.tokens.pack(sight.words, sight.before if self.settings.context else ()) for sight in found]
        types = [rule_types(sight, ruled) if self.settings.rules else [0] * len(sight.words) for sight in found]
        return self.reader.read(list(zip(packed, types, strict=True)))


def code_events(document: Document, seen: Annotations, book: Codebook, model: EventModel) -> tuple[Event, ...]:
    """The events of a document, each once, in order of their first words.

    Args:
        document: The document.
        seen: Its annotations.
        book: The codebook; what its rules find is shown to the encoder.
        model: The model.
    """
    return decide(document, seen, book, model, views(seen, book, model))


def views(seen: Annotations, book: Codebook, model: EventModel) -> tuple[list[Page], list[View]]:
    """The pages of a document, and its sentences as the encoder reads them: the costly part."""
    paged, discourse = pages(seen, book), Discourse(seen, book.lexicon)
    scene = Scene(ruled_in(paged, discourse, book), discourse, book.lexicon)
    worth = [sight for sight in sights(paged, seen) if sight.parties]
    read = zip(worth, model.readings(worth, scene.ruled), strict=True)
    return paged, [View(sight, reading, quoted_tokens(sight, seen), scene) for sight, reading in read]


def decide(
    document: Document, seen: Annotations, book: Codebook, model: EventModel, looked: tuple[list[Page], list[View]]
) -> tuple[Event, ...]:
    """The events of a document that has been read, by the model's settings."""
    return finish(document, seen, book, possible(model, looked), model.origin)


def possible(model: EventModel, looked: tuple[list[Page], list[View]]) -> list[tuple[Page, list[Candidate]]]:
    """The possible events of each page of a document that has been read."""
    paged, found = looked
    by_page: dict[int, list[Candidate]] = {page.number: [] for page in paged}
    before = NOBODY
    for view in found:
        ready, before = in_sentence(view, model, before)
        by_page[view.sight.page.number].extend(ready)
    return [(page, by_page[page.number]) for page in paged]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of a document: what the rules find, by page and token, and who it is about."""

    ruled: Mapping[tuple[int, int], Candidate]
    discourse: Discourse
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class View:
    """A sentence with its reading, its quoted tokens and its document; `pairs` holds what second looks told."""

    sight: Sight
    reading: Reading
    quoted: frozenset[int]
    scene: Scene
    pairs: dict[tuple[int | None, int | None], Array] = field(default_factory=dict)

    def rule(self, word: int) -> Candidate | None:
        """What the rules find at a word."""
        return self.scene.ruled.get((self.sight.page.number, self.sight.first + word))


def in_sentence(view: View, model: EventModel, before: Before) -> tuple[list[Candidate], Before]:
    """The possible events of a sentence in order of their triggers, and the parties of the last of them."""
    ready = []
    for word, row in enumerate(view.reading.types):
        rule = view.rule(word) if model.settings.keep else None
        if rule is not None:
            found = copy(rule) if _stands(rule, view, word, model) else None
        elif row[0] > 1 - model.settings.event:
            found = None
        else:
            found = _learned(view, word, model, before)
        if found is not None:
            ready.append(found)
            before = parties_of(found)
    return ready, before


def _stands(rule: Candidate, view: View, word: int, model: EventModel) -> bool:
    """Whether the second look leaves what the rules found."""
    if not model.settings.veto:
        return True
    pair = second.chances(view, view.sight.first + word, rule.actors, rule.recipients, model)
    return bool(pair[1 + TYPES.index(rule.type)] >= model.settings.veto)


def _learned(view: View, word: int, model: EventModel, before: Before) -> Candidate | None:
    """The possible event of a word that the encoder takes for a trigger; None where a threshold is not reached.

    One without a recipient is none: of annotated events one in a hundred lacks it, and of those found so nine in ten
    are wrong (dev), most of them domestic or of business.
    """
    settings, row = model.settings, view.reading.types[word]
    mutual = float(view.reading.mutual[word])
    most = 1 - float(row[0])  # what the likeliest type can reach: what cannot pass needs no second look
    if most < settings.type:
        return None
    kind = int(row[1:].argmax())
    (best,) = role_scores(view, word, (kind,), model, before)
    choice = choose(best, mutual, settings.party, settings.guess)
    if choice is None or not choice.recipients or calibrated(most * choice.score, settings) < settings.least:
        return None
    if settings.second or settings.veto:
        actors, recipients = (tuple(view.sight.parties[n].actor for n in side) for side in choice[:2])
        pair = second.chances(view, view.sight.first + word, actors, recipients, model)
        row, first = second.weighed(row, pair, settings.second), kind
        kind = int(row[1:].argmax())
        if pair[1 + kind] < settings.veto:
            return None
        if kind != first:
            (best,) = role_scores(view, word, (kind,), model, before)
            choice = choose(best, mutual, settings.party, settings.guess)
    if choice is None or not choice.recipients or row[1 + kind] < settings.type:
        return None
    found = _candidate(view, word, row, kind, choice, settings)
    return found if found.score is None or found.score >= settings.least else None


def parties_of(candidate: Candidate) -> Before:
    """The codes of the actors and of the recipients of a possible event."""
    return frozenset(codes(candidate.actors)), frozenset(codes(candidate.recipients))


def role_scores(
    view: View, word: int, kinds: Iterable[int], model: EventModel, before: Before = NOBODY
) -> Iterator[Array]:
    """For each type the probabilities (actor, recipient) of each candidate of a sentence, at the place where they are
    best.
    """
    sight, scene = view.sight, view.scene
    tree, trigger = sight.page.tree, sight.first + word
    clause = clause_at(tree, trigger, scene.lexicon.light)
    hint = hint_at(sight, trigger, scene.discourse, view.rule(word), view.quoted, before)
    rows, ways, owner = [], [], []
    for number, party in enumerate(sight.parties):
        for spot in party.spots or (None,):
            owner.append(number)
            rows.append(traits(sight, clause, party, spot, hint))
            ways.append("" if spot is None else path(tree, trigger, spot.token))
    table = np.array(with_others(rows, owner), dtype=np.float32)
    for kind in kinds:
        best = np.zeros((len(sight.parties), 2), dtype=np.float32)
        np.maximum.at(best, owner, model.roles.score(kind, ways, table))
        yield best


def _candidate(view: View, word: int, row: Array, kind: int, choice: Choice, settings: Settings) -> Candidate:
    sight, reading, rule = view.sight, view.reading, view.rule(word)
    page, tree, trigger = sight.page, sight.page.tree, sight.first + word
    frame = FRAMES[TYPES[kind]]
    clause = clause_at(tree, trigger, view.scene.lexicon.light)
    agrees = rule is not None and rule.type == frame.type
    nominal = tree.pos[trigger] not in ("VERB", "AUX")
    candidate = Candidate(
        page=page,
        match=Match(frame, clause, nominal, list(clause.objects)),
        frame=frame,
        type=frame.type,
        mode=rule.mode if rule is not None and agrees else None,
        modality=MODALITIES[int(reading.modality[word].argmax())],
        actors=tuple(sight.parties[n].actor for n in choice.actors),
        recipients=tuple(sight.parties[n].actor for n in choice.recipients),
        reciprocal=choice.reciprocal,
        rule=f"{rule.rule}+encoder" if rule is not None and agrees else "encoder",
        score=calibrated(float(row[1 + kind]) * choice.score, settings),
        alternatives=_alternatives(row, kind),
    )
    heads = {trigger, *clause.objects, *([clause.complement] if clause.complement is not None else ())}
    candidate.words = frozenset(view.scene.lexicon.synonyms.get(name, name) for name in tree.words(heads))
    candidate.start, candidate.end = quote(candidate)
    return candidate


def calibrated(score: float, settings: Settings) -> float:
    """The share of such scores that are right, by a logistic curve fitted on dev."""
    score = min(max(score, 1e-6), 1 - 1e-6)
    return float(sigmoid(settings.slope * np.log(score / (1 - score)) + settings.offset))


def _alternatives(row: Array, kind: int) -> tuple[tuple[str, float], ...]:
    """The likeliest other readings of a trigger, "none" among them."""
    named = (("none", *TYPES)[n] for n in range(len(row)))
    others = [(name, round(float(p), 3)) for n, (name, p) in enumerate(zip(named, row, strict=True)) if n != kind + 1]
    return tuple(sorted(others, key=lambda pair: -pair[1])[:SHOWN])
