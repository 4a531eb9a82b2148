"""Statements: who said what, in whose words, and where they see the relation going."""

from __future__ import annotations

from detente.codebook import Codebook
from detente.coding.statements.attribute import Attribution, attributions
from detente.coding.statements.outlook import outlook
from detente.coding.statements.scene import Scene
from detente.model import Annotations, Document, Origin, Statement, content_id

__all__ = ["code_statements"]

NAME, VERSION = "rules", "1"
WORDS = 25
CONFIDENCE = {
    "quote": 0.9,
    "clause": 0.8,
    "turn": 0.8,
    "about": 0.65,
    "object": 0.65,
    "source": 0.7,
    "near": 0.6,
    "colon": 0.7,
}


def code_statements(
    document: Document, seen: Annotations, book: Codebook, *, least: float | None = None
) -> tuple[Statement, ...]:
    """The statements of a document, in order: one for each continuous attribution.

    Args:
        document: The document.
        seen: Its annotations: parses, mentions and quotations are used.
        book: The codebook: reporting words and words of outlook.
        least: How sure an attribution must be, 0 to 1; the threshold of the codebook's weights where left out.

    Returns:
        Statements whose first evidence is what was said in quotation marks (further parts follow), else the clause with
        its reporting verb. Sources that nobody names are left out.
    """
    scene = Scene(document, seen, book.voices)
    return tuple(_statement(found, scene) for found in attributions(scene, least))


def _statement(found: Attribution, scene: Scene) -> Statement:
    document = scene.document
    evidence = tuple(document.quote(a, b) for a, b in found.spans)
    content = " … ".join(" ".join(document.text[a:b].split()) for a, b in found.content)
    about = dict.fromkeys(
        actor.code for a, b in found.content for mention in scene.within(a, b) for actor in mention.actors
    )
    return Statement(
        id=content_id("statement", document.id, found.speaker.name, *(x for span in found.spans for x in span)),
        document_id=document.id,
        evidence=evidence,
        origin=Origin(coder=NAME, version=VERSION, rule=found.kind),
        confidence=CONFIDENCE[found.kind],
        speaker=found.speaker.name,
        affiliation=found.speaker.affiliation,
        office=found.speaker.office,
        country=found.speaker.country,
        direct=found.direct,
        content=content,
        about=tuple(about),
        outlook=outlook(content, found.verb, scene.voices.outlook),
    )
