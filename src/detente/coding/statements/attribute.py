"""Attribution: reporting clauses, quotations and turns of speech become statements with their speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.codebook.voices import Reporting
from detente.coding.statements.cues import Cue, cues, label
from detente.coding.statements.scene import Page, Scene
from detente.coding.statements.speaker import Speaker, Speakers
from detente.engines.rules.tree import Tree
from detente.model import Paragraph

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


def attributions(scene: Scene) -> list[Attribution]:
    """All attributions of a document, in order of position, each once."""
    speakers = Speakers(scene)
    found: list[Attribution] = []
    transcript = sum(1 for p in scene.seen.paragraphs if _turn_label(scene, p)) >= 3
    for number, paragraph in enumerate(scene.seen.paragraphs):
        if paragraph.parse is None:
            continue
        page = Page(number, paragraph, Tree(paragraph.parse))
        found.extend(_paragraph(page, scene, speakers, transcript))
    found.sort(key=lambda item: item.spans[0])
    return found


def _turn_label(scene: Scene, paragraph: Paragraph) -> tuple[str, int] | None:
    return label(scene.document.text[paragraph.start : min(paragraph.end, paragraph.start + 90)])


def _paragraph(page: Page, scene: Scene, speakers: Speakers, transcript: bool) -> Iterator[Attribution]:
    """The attributions of one paragraph."""
    speakers.enter(page)
    turn = _turn(page, scene, speakers) if transcript else None
    used: list[tuple[int, int]] = []
    made: list[Attribution] = []
    inside: list[tuple[int, int]] = []
    sentence = -1
    for cue in cues(page, scene.voices.reporting):
        offset = page.start(cue.verb)
        if scene.quoted(offset) is not None or any(a <= cue.verb <= b for a, b in inside):
            continue
        speaker = (
            None
            if page.tree.lower[cue.speaker] in scene.voices.reporting.askers
            else speakers.resolve(page, cue.speaker)
        )
        around = _quotes(page, scene, cue)
        quotes = [span for span in around if span not in used]
        if around and not quotes and cue.kind == "clause":
            continue
        if page.paragraph.heading and not quotes:
            continue
        if cue.verb_lemma(page.tree) in scene.voices.reporting.quoting and not quotes and cue.kind != "object":
            continue
        if speaker is None or not _worth(speaker, cue, page, scene.voices.reporting, bool(quotes)):
            continue
        if turn is not None and speaker.name == turn.speaker.name:
            continue
        if cue.kind in ("clause", "about"):
            inside.append((cue.first, cue.last))
        speakers.last = speaker if speaker.person or not page.paragraph.heading else speakers.last
        new = _made(page, scene, cue, speaker, quotes)
        if made and made[-1].speaker.name == speaker.name and sentence == page.tree.sent[cue.verb]:
            made[-1] = _merged(made[-1], new)
        else:
            made.append(new)
        sentence = page.tree.sent[cue.verb]
        used.extend(quotes)
    if turn is not None:
        nested = sum(1 for a, b in turn.spans if any(x[0] < b and a < x[1] for item in made for x in item.spans))
        if 2 * nested < len(turn.spans):
            made.append(turn)
        speakers.last = turn.speaker
    else:
        made = _with_loose(page, scene, speakers, used, made)
    yield from made


def _worth(speaker: Speaker, cue: Cue, page: Page, words: Reporting, quoted: bool) -> bool:
    """Whether an attribution is to be recorded: a clear speaker, or one person quoted."""
    lemma = page.tree.lemma[cue.verb]
    if not speaker.clear:
        return quoted and speaker.person
    if cue.kind == "clause" and lemma in words.weak and not speaker.person and not quoted:
        return lemma in ("answer", "respond", "note", "recall", "regret")
    return not (
        lemma in words.mental - {"want", "favour", "favor"}
        and cue.kind == "object"
        and not quoted
        and not speaker.person
    )


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


def _made(page: Page, scene: Scene, cue: Cue, speaker: Speaker, quotes: list[tuple[int, int]]) -> Attribution:
    """An attribution from a reporting clause."""
    tree, lemma = page.tree, page.tree.lemma[cue.verb]
    content = ((page.start(cue.first), page.end(cue.last)),)
    clause = _evidence(page, cue)
    if quotes:
        words = sum(len(scene.document.text[a:b].split()) for a, b in quotes)
        spans: Spans = tuple(quotes) if words >= SHORT else (clause, *quotes)
        whole = tuple(quotes) if words >= 2 * SHORT else content
        return Attribution(speaker, spans, whole, True, "quote", lemma)
    del tree
    return Attribution(speaker, (clause,), content, False, cue.kind, lemma)


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
        first.speaker, (*first.spans, *apart), (*first.content, *content), first.direct, first.kind, item.verb
    )


def _joined(item: Attribution, span: tuple[int, int]) -> Attribution:
    return Attribution(item.speaker, (*item.spans, span), (*item.content, span), True, item.kind, item.verb)


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


def _turn_names(scene: Scene) -> dict[str, str]:
    """The last words of longer labels to the labels: "SECRETARY ROSS:" introduces "ROSS:"."""
    found: dict[str, str] = {}
    for paragraph in scene.seen.paragraphs:
        turn = _turn_label(scene, paragraph)
        if turn is not None and " " in turn[0]:
            found.setdefault(turn[0].split()[-1].lower(), turn[0].title() if turn[0].isupper() else turn[0])
    return found


def _main_speaker(scene: Scene) -> str | None:
    """Who answers in a transcript of "Q" and "A": the first label of another kind, else the first person named."""
    for paragraph in scene.seen.paragraphs:
        turn = _turn_label(scene, paragraph)
        if turn is not None and turn[0].lower().strip(".") not in ("q", "a", "answer", "question"):
            words = {word.lower() for word in turn[0].split()}
            if not words & scene.voices.reporting.askers - {"spokesman"} or words & scene.voices.reporting.speakers:
                return turn[0].title() if turn[0].isupper() else turn[0]
    for mention in scene.seen.mentions:
        if mention.kind == "person" and mention.actors:
            return mention.actors[0].person or mention.text
    return None


def _turn(page: Page, scene: Scene, speakers: Speakers) -> Attribution | None:
    """A turn of a transcript: "SPOKESPERSON: …"; questions and the press say nothing of their own."""
    found = _turn_label(scene, page.paragraph)
    if found is None:
        return None
    name, at = found
    words = {word.lower().strip(".,()") for word in name.split()}
    reporting = scene.voices.reporting
    known = words & (reporting.speakers | reporting.roles) - {"a", "mr", "ms", "mrs", "dr"}
    mention = next((m for m in scene.within(page.paragraph.start, page.paragraph.start + at) if m.actors), None)
    spoken = bool(words & {"a", "answer", "mr", "ms", "mrs", "dr"}) or (
        mention is not None and mention.actors[0].person is not None
    )
    if not (known or spoken) and len(words) == 1 and name.lower() in _turn_names(scene):
        spoken = True
    if (words & reporting.askers and not known) or not (known or spoken):
        return None
    start = page.paragraph.start + at
    text = scene.document.text[start : page.paragraph.end].rstrip()
    if text.endswith("?") or len(text.split()) < 4:
        return None
    person = name.title() if name.isupper() else name
    if words <= {"a", "answer"}:
        lead = _main_speaker(scene)
        if lead is None:
            return None
        person = lead
    elif len(words) == 1:
        person = _turn_names(scene).get(name.lower(), person)
    actor = mention.actors[0] if mention else None
    speaker = Speaker(
        name=(actor.person if actor and actor.person else person),
        affiliation=actor.name if actor else (scene.seen.countries[0] if scene.seen.countries else None),
        country=actor.code if actor else None,
        person=True,
    )
    spans = [
        (page.start(s.start), page.end(s.end - 1))
        for s in page.paragraph.parse.sents
        if page.start(s.start) >= start - 1 or page.end(s.end - 1) > start
    ]
    spans = [(max(a, start), len(scene.document.text[:b].rstrip()) if b > a else b) for a, b in spans if b > start]
    return Attribution(speaker, tuple(spans[:6]), ((start, start + len(text)),), True, "turn", "say")
