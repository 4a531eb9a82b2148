"""Turns of speech: who answers in a transcript, by the labels at the head of its paragraphs or by their dashes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from detente.coding.statements.scene import Page, Scene
from detente.coding.statements.speaker import Speaker
from detente.model import Paragraph

_SHORT = re.compile(r"\s*(Q|A)(?:[.):]|\s)\s*(?=[A-Z“\"])")
_LABEL = re.compile(
    r"\s*((?:[A-Z]\.\s?)*[A-Z][\w.'’&()-]*"
    r"(?:[ ,]+(?:of|the|for|and|spokes\w+|minister|ministry|secretary|official|ambassador|office"
    r"|[A-Z][\w.'’&()-]*)){0,7})"
    r"\s*:\s+(?=\S)"
)
_DASH = re.compile(r"\s*[—–-]\s+(?=[A-Z“\"])")
_BODY = re.compile(
    r"\b(?:[A-Z][\w'’&-]*\s+(?:(?:of|for|and|the)\s+)*){0,4}"
    r"(?:Ministry|Department|Office|Embassy|Commission|Secretariat|Bureau|House)\b(?:\s+(?:of|for|and|the|[A-Z][\w'’-]*))*"
    r"(?:\s+(?:spokes\w+|official))?|\b[\w ]{0,30}[Ss]pokes(?:man|woman|person)\b"
)
LEAST, HEAD, WORDS, SPANS = 3, 400, 3, 6
"""Labels that make a transcript, characters of its head, the shortest answer in words, most spans of evidence."""


@dataclass(frozen=True)
class Turn:
    """What one speaker answers: its spans of evidence and the whole of it."""

    speaker: Speaker
    spans: tuple[tuple[int, int], ...]
    whole: tuple[int, int]


def label(text: str) -> tuple[str, int] | None:
    """The label at the head of a turn of speech ("SPOKESPERSON:") and where what is said begins."""
    match = _SHORT.match(text) or _LABEL.match(text)
    if match is None or len(match[1]) > 60:
        return None
    return match[1].strip(), match.end()


@dataclass
class Turns:
    """The labels of one document. `answers` are those whose turns are mostly no questions, `dashed` an interview."""

    scene: Scene
    many: int = 0
    answers: set[str] = field(default_factory=set)
    dashed: bool = False

    def __post_init__(self) -> None:
        told, asked, dashes = Counter[str](), Counter[str](), 0
        for paragraph in self.scene.seen.paragraphs:
            text = self.scene.document.text[paragraph.start : paragraph.end].rstrip()
            found = self._label(paragraph)
            dashes += found is None and _DASH.match(text) is not None
            if found is not None:
                told[found[0]] += 1
                asked[found[0]] += text.endswith("?")
        self.many = sum(told.values())
        self.answers = {name for name, times in told.items() if times >= 2 and 2 * asked[name] < times}
        self.dashed = self.many < LEAST and dashes > LEAST

    @property
    def transcript(self) -> bool:
        """Whether the document is one."""
        return self.many >= LEAST or self.dashed

    def at(self, page: Page) -> Turn | None:
        """The answer that a paragraph is; None for questions, the press and the stage."""
        if self.dashed:
            match = _DASH.match(self.scene.document.text[page.paragraph.start : page.paragraph.end])
            lead = self._lead()
            if match is None or lead is None:
                return None
            return self._turn(page, Speaker(name=lead, person=True), match.end())
        found = self._label(page.paragraph) if self.many >= LEAST else None
        if found is None:
            return None
        name, at = found
        speaker = self._speaker(page, name, at)
        return self._turn(page, speaker, at) if speaker is not None else None

    def _label(self, paragraph: Paragraph) -> tuple[str, int] | None:
        return label(self.scene.document.text[paragraph.start : min(paragraph.end, paragraph.start + 90)])

    def _turn(self, page: Page, speaker: Speaker, at: int) -> Turn | None:
        document, start = self.scene.document, page.paragraph.start + at
        text = document.text[start : page.paragraph.end].rstrip()
        if text.endswith("?") or len(text.split()) < WORDS:
            return None
        spans = [(page.start(s.start), page.end(s.end - 1)) for s in page.paragraph.parse.sents]
        spans = [(max(a, start), len(document.text[:b].rstrip()) if b > a else b) for a, b in spans if b > start]
        return Turn(speaker, tuple(spans[:SPANS]), (start, start + len(text)))

    def _speaker(self, page: Page, name: str, at: int) -> Speaker | None:
        """Whom a label names."""
        scene, reporting = self.scene, self.scene.voices.reporting
        words = {word.lower().strip(".,()") for word in name.split()}
        known = words & (reporting.speakers | reporting.roles) - {"a", "mr", "ms", "mrs", "dr"}
        mention = next((m for m in scene.within(page.paragraph.start, page.paragraph.start + at) if m.actors), None)
        spoken = bool(words & {"a", "answer", "mr", "ms", "mrs", "dr"}) or (
            mention is not None and mention.actors[0].person is not None
        )
        longer = self._longer()
        if not (known or spoken) and len(words) == 1 and name.lower() in longer:
            spoken = True
        if (words & reporting.askers and not known) or not (known or spoken or name in self.answers):
            return None
        person = name.title() if name.isupper() else name
        if words <= {"a", "answer"}:
            lead = self._lead()
            if lead is None:
                return None
            person = lead
        elif len(words) == 1:
            person = longer.get(name.lower(), person)
        person = self._whole(person)
        actor = mention.actors[0] if mention else None
        return Speaker(
            name=(actor.person if actor and actor.person else person),
            affiliation=actor.name if actor else (scene.seen.countries[0] if scene.seen.countries else None),
            country=actor.code if actor else None,
            person=True,
        )

    def _longer(self) -> dict[str, str]:
        """The last words of longer labels to the labels: "SECRETARY ROSS:" introduces "ROSS:"."""
        found: dict[str, str] = {}
        for paragraph in self.scene.seen.paragraphs:
            turn = self._label(paragraph)
            if turn is not None and " " in turn[0]:
                found.setdefault(turn[0].split()[-1].lower(), turn[0].title() if turn[0].isupper() else turn[0])
        return found

    def _whole(self, name: str) -> str:
        """The name of the document's person whose surname a label is."""
        last = name.split()[-1].lower()
        for mention in self.scene.seen.mentions:
            person = mention.actors[0].person if mention.actors else None
            if mention.kind == "person" and person and person.split()[-1].lower() == last:
                return person
        return name

    def _lead(self) -> str | None:
        """Who answers: the head's office, else the first label that asks nothing, else the first person named."""
        scene, reporting = self.scene, self.scene.voices.reporting
        first = next((p.start for p in scene.seen.paragraphs if self._label(p) or self._dash(p)), HEAD)
        head = scene.document.text[: min(first, HEAD)]
        person = next((m for m in scene.within(0, len(head)) if m.kind == "person"), None)
        body = _BODY.search(head)
        if body is not None and (person is None or re.search(r"briefing|spokes", head, re.I)):
            return " ".join(body[0].split())
        if person is not None:
            return (person.actors[0].person if person.actors else None) or person.text
        for paragraph in scene.seen.paragraphs:
            turn = self._label(paragraph)
            if turn is not None and turn[0].lower().strip(".") not in ("q", "a", "answer", "question"):
                words = {word.lower() for word in turn[0].split()}
                if not words & reporting.askers - {"spokesman"} or words & reporting.speakers:
                    return turn[0].title() if turn[0].isupper() else turn[0]
        for mention in scene.seen.mentions:
            if mention.kind == "person" and mention.actors:
                return mention.actors[0].person or mention.text
        return None

    def _dash(self, paragraph: Paragraph) -> bool:
        return _DASH.match(self.scene.document.text[paragraph.start : paragraph.end]) is not None
