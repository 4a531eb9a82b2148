"""Attribution: reporting clauses, quotations and turns of speech become statements with their speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.coding.statements.colon import headed
from detente.coding.statements.cues import Cue, cues
from detente.coding.statements.keep import features
from detente.coding.statements.scene import Page, Scene
from detente.coding.statements.speaker import Speaker, Speakers
from detente.coding.statements.turns import Turns
from detente.engines.rules.tree import Tree

Spans = tuple[tuple[int, int], ...]
SHORT = 4
"""Fewer quoted words than this are no speech by themselves, only where a clause attributes them."""
LONGEST = 25


@dataclass(frozen=True)
class Attribution:
    """What somebody said: `spans` prove it, `content` is what was said, `kind` how it was found."""

    speaker: Speaker
    spans: Spans
    content: Spans
    direct: bool
    kind: str
    verb: str = ""
    traits: tuple[str, ...] = ()


def attributions(scene: Scene, least: float | None = None) -> list[Attribution]:
    """All attributions of a document, in order of position, each once.

    Args:
        scene: The document.
        least: How sure an attribution must be, 0 to 1; the threshold of the weights where left out.
    """
    speakers, turns = Speakers(scene), Turns(scene)
    least = scene.voices.said.threshold if least is None else least
    found: list[Attribution] = []
    for number, paragraph in enumerate(scene.seen.paragraphs):
        if paragraph.parse is None:
            continue
        page = Page(number, paragraph, Tree(paragraph.parse))
        found.extend(_paragraph(page, scene, speakers, turns, least))
    found.sort(key=lambda item: item.spans[0])
    return found


def _paragraph(page: Page, scene: Scene, speakers: Speakers, turns: Turns, least: float) -> Iterator[Attribution]:
    """The attributions of one paragraph."""
    speakers.enter(page)
    answer, words = turns.at(page), scene.voices.reporting
    used: list[tuple[int, int]] = []
    made: list[Attribution] = []
    inside: list[tuple[int, int]] = []
    sentence = -1
    for cue in _cues(page, scene, turns):
        if scene.quoted(page.start(cue.verb)) is not None or any(a <= cue.verb <= b for a, b in inside):
            continue
        around = _quotes(page, scene, cue)
        quotes = [span for span in around if span not in used]
        speaker = _speaker(page, scene, speakers, cue, quoted=bool(quotes))
        if speaker is None or (around and not quotes and cue.kind == "clause"):
            continue
        if answer is not None and speaker.name == answer.speaker.name:
            continue
        traits = features(page, scene, cue, speaker, quotes)
        if cue.verb_lemma(page.tree) not in words.avowals and scene.voices.said.probability(traits) < least:
            continue
        if cue.kind in ("clause", "about", "colon"):
            inside.append((cue.first, cue.last))
        speakers.last = speaker if speaker.person or not page.paragraph.heading else speakers.last
        new = _made(page, scene, cue, speaker, quotes, tuple(traits))
        if made and made[-1].speaker.name == speaker.name and sentence == page.tree.sent[cue.verb]:
            made[-1] = _merged(made[-1], new)
        else:
            made.append(new)
        sentence = page.tree.sent[cue.verb]
        used.extend(quotes)
    if answer is not None:
        nested = sum(1 for a, b in answer.spans if any(x[0] < b and a < x[1] for item in made for x in item.spans))
        if 2 * nested < len(answer.spans):
            made.append(Attribution(answer.speaker, answer.spans, (answer.whole,), True, "turn", "say"))
        speakers.last = answer.speaker
    else:
        made = _with_loose(page, scene, speakers, used, made)
    yield from made


def _cues(page: Page, scene: Scene, turns: Turns) -> list[Cue]:
    """The reporting clauses of a paragraph and, outside transcripts, the words headed by a speaker and a colon."""
    words = scene.voices.reporting
    found = list(cues(page, words))
    if not turns.transcript:
        found += headed(page, words)
    return sorted(found, key=lambda cue: cue.verb)


def _speaker(page: Page, scene: Scene, speakers: Speakers, cue: Cue, *, quoted: bool) -> Speaker | None:
    """Who speaks, None for nobody, for the press, and for an unnamed one who is not quoted."""
    words = scene.voices.reporting
    if page.tree.lower[cue.speaker] in words.askers:
        return None
    speaker = speakers.resolve(page, cue.speaker)
    if speaker is None or (cue.kind == "colon" and not speaker.person and speaker.country is None):
        return None
    nobody = not speaker.clear and speaker.country is None and page.tree.lemma[cue.speaker] in words.unnamed
    if nobody and not (quoted and speaker.person):
        return None
    return speaker


def _quotes(page: Page, scene: Scene, cue: Cue) -> list[tuple[int, int]]:
    """The quotations that belong to a reporting clause: those in what is said, and those around it in its sentence."""
    start, end = page.start(cue.first), page.end(cue.last)
    first, last = page.sentence(cue.verb)
    low, high = page.start(first), page.end(last)
    found = [
        (q.start, q.end)
        for q in scene.quotations(
            min(start, low) if cue.kind == "clause" else start, max(end, high) if cue.kind == "clause" else end
        )
    ]
    low_p, high_p = page.paragraph.start, page.paragraph.end
    return [(max(a, low_p), min(b, high_p)) for a, b in found if b > low_p and a < high_p]


def _made(
    page: Page, scene: Scene, cue: Cue, speaker: Speaker, quotes: list[tuple[int, int]], traits: tuple[str, ...]
) -> Attribution:
    """An attribution from a reporting clause."""
    lemma = page.tree.lemma[cue.verb] if cue.kind != "colon" else "say"
    content = ((page.start(cue.first), page.end(cue.last)),)
    clause = _evidence(page, cue)
    if quotes:
        words = sum(len(scene.document.text[a:b].split()) for a, b in quotes)
        spans: Spans = tuple(quotes) if words >= SHORT else (clause, *quotes)
        whole = tuple(quotes) if words >= 2 * SHORT else content
        return Attribution(speaker, spans, whole, True, "quote", lemma, traits)
    return Attribution(speaker, (clause,), content, False, cue.kind, lemma, traits)


def _evidence(page: Page, cue: Cue) -> tuple[int, int]:
    """The clause with its verb, in at most `LONGEST` words."""
    tree = page.tree
    a = min(
        cue.first,
        tree.left[cue.speaker]
        if tree.sent[cue.speaker] == tree.sent[cue.verb] and abs(cue.speaker - cue.verb) < 20
        else cue.verb,
        cue.verb,
    )
    b = max(cue.last, cue.verb, cue.speaker if tree.sent[cue.speaker] == tree.sent[cue.verb] else cue.verb)
    if b - a >= LONGEST:
        a, b = (a, a + LONGEST) if cue.verb - a < LONGEST - 4 else (max(a, b - LONGEST), b)
    while (a < b and tree.text[a] in (",", ";", ":", "-", "–", "—", "”", '"', ".")) or tree.text[a].isspace():
        a += 1
    while b > a and (tree.text[b] in (",", ";", ":", ".", "“", '"', "—", "–") or tree.text[b].isspace()):
        b -= 1
    return page.start(a), page.end(b)


def _with_loose(
    page: Page, scene: Scene, speakers: Speakers, used: list[tuple[int, int]], made: list[Attribution]
) -> list[Attribution]:
    """The attributions with the quotations that no clause took: joined to the one before, or to who stands beside."""
    made = list(made)
    for quotation in scene.quotations(page.paragraph.start, page.paragraph.end):
        if any(a <= quotation.start < b for a, b in used) or quotation.start < page.paragraph.start:
            continue
        if len(quotation.text.split()) < SHORT:
            continue
        span = (quotation.start, min(quotation.end, page.paragraph.end))
        speaker, verb = _beside(page, scene, speakers, span)
        before = next(
            (k for k in range(len(made) - 1, -1, -1) if made[k].direct and made[k].spans[-1][1] <= span[0]), None
        )
        whole = scene.document.text[span[0]].isupper()
        if speaker is None and before is not None and whole:
            made[before] = _joined(made[before], span)
            continue
        if speaker is None and whole:
            speaker = made[-1].speaker if made else speakers.last
        if speaker is None or not (speaker.clear or speaker.person):
            continue
        speakers.last = speaker
        made.append(Attribution(speaker, (span,), (span,), True, "near", verb))
    return made


def _merged(item: Attribution, more: Attribution) -> Attribution:
    """Two clauses of one speaker in one sentence are one attribution; quoted words come first."""
    first, second = (more, item) if more.direct and not item.direct else (item, more)
    apart = tuple(span for span in second.spans if not any(a < span[1] and span[0] < b for a, b in first.spans))
    content = tuple(span for span in second.content if not any(a < span[1] and span[0] < b for a, b in first.content))
    return Attribution(
        first.speaker,
        (*first.spans, *apart),
        (*first.content, *content),
        first.direct,
        first.kind,
        item.verb,
        first.traits,
    )


def _joined(item: Attribution, span: tuple[int, int]) -> Attribution:
    return Attribution(
        item.speaker, (*item.spans, span), (*item.content, span), True, item.kind, item.verb, item.traits
    )


_COLON = re.compile(r"[:—–]\s*[“\"«]?$")


def _beside(page: Page, scene: Scene, speakers: Speakers, span: tuple[int, int]) -> tuple[Speaker | None, str]:
    """The speaker in a quotation's sentence: the subject of a reporting verb outside it, or who is before a colon."""
    tree = page.tree
    start, end = page.token(span[0]), page.token(span[1] - 1)
    first, _ = page.sentence(start)
    _, last = page.sentence(end)
    last = min(
        len(tree) - 1, max(last, end + 9) if end + 1 < len(tree) and tree.text[end + 1] in ('"', "”", ",") else last
    )
    words = scene.voices.reporting
    outside = [i for i in range(first, last + 1) if not start <= i <= end and scene.quoted(page.start(i)) is None]
    for i in outside:
        if tree.lemma[i] in words.lemmas and tree.pos[i] == "VERB":
            named = tree.first(i, "nsubj")
            if named is None:
                named = next(
                    (
                        k
                        for k in range(i + 1, min(i + 8, len(tree)))
                        if tree.pos[k] in ("PROPN", "PRON") or (tree.pos[k] == "NOUN" and tree.lemma[k] in words.roles)
                    ),
                    None,
                )
            if named is not None and named in outside:
                return speakers.resolve(page, named), tree.lemma[i]
    if _COLON.search(scene.document.text[page.start(first) : span[0]]):
        for i in outside:
            if (
                i < start
                and tree.dep[i] in ("nsubj", "ROOT", "nsubjpass", "pobj", "appos")
                and tree.pos[i] in ("PROPN", "NOUN")
            ):
                speaker = speakers.resolve(page, i)
                if speaker is not None and (speaker.person or speaker.clear):
                    return speaker, "say"
    near = [
        mention
        for mention in scene.within(page.start(first), page.end(last))
        if mention.kind == "person" and mention.actors and not span[0] <= mention.start < span[1]
    ]
    if near and not page.paragraph.heading and scene.document.text[span[0]].isupper():
        named = page.token(
            min(near, key=lambda m: abs(m.start - span[0]) if m.start < span[0] else m.start - span[1]).end - 1
        )
        return speakers.resolve(page, named), "say"
    after = scene.document.text[span[1] : span[1] + 4]
    if page.paragraph.heading and ":" in after:
        for i in range(end + 1, len(tree)):
            if tree.pos[i] in ("PROPN", "NOUN"):
                speaker = speakers.resolve(page, i)
                if speaker is not None and speaker.clear:
                    return speaker, "say"
    return None, ""
