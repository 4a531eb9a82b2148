"""Documents that try to do something to whoever reads them, as codings whose every text field is hostile."""

from __future__ import annotations

from datetime import date

from detente.model import (
    Actor,
    Coding,
    Document,
    Driver,
    Event,
    Evidence,
    Figure,
    Interval,
    Matter,
    Milestone,
    Origin,
    Publication,
    Statement,
    content_id,
    document_id,
)

ATTACKS = {
    "script": "<script>window.pwned=1</script>",
    "handler": "<img src=x onerror=\"window.pwned=2\"><svg onload='window.pwned=3'>",
    "attribute": '" onmouseover="window.pwned=4" autofocus onfocus="window.pwned=5" x="',
    "template": "{{ 7*7 }}{% raw %} ${7*7} </textarea></title><base href='https://evil.example/'>",
    "link": "<a href=\"javascript:window.pwned=6\">x</a><iframe src='https://evil.example/'></iframe>",
    "bidi": "safe \u202egnp.exe\u202d \u2066\u2067 text \u200b\u0007",
    "styles": "</style><style>body{display:none}</style><link rel=stylesheet href=https://evil.example/x.css>",
    "huge": "<b>" + "A" * (1 << 20),
}
ORIGIN = Origin(coder="test", version="1")
VUT, TON = (Actor(code=code, country=code, name=name) for code, name in (("VUT", "Vanuatu"), ("TON", "Tonga")))


def coding(name: str) -> Coding:
    """A coding between Vanuatu and Tonga, every word of which is the attack of that name."""
    attack = ATTACKS[name]
    text = f"Vanuatu met Tonga. {attack} And so on."
    document = document_id(text, f"{attack[:200]}/{name}.txt")
    proof = (Evidence(document_id=document, start=0, end=len(text) - 11, text=text[: len(text) - 11]),)
    crossing = (Evidence(document_id=document, start=8, end=len(text), text=text[8:]),)
    day = Interval(start=date(2024, 5, 2), end=date(2024, 5, 2))
    common = {"document_id": document, "origin": ORIGIN, "confidence": 0.9}
    matter = content_id("matter", document)
    return Coding(
        document=Document(
            id=document,
            text=text,
            title=attack,
            publisher=attack,
            path=f"{attack[:200]}/{name}.txt",
            url=f"javascript:window.pwned=7//{attack[:200]}",
            language="en",
            countries=("VUT", "TON"),
            published=Publication(interval=day, known="given"),
        ),
        events=(
            Event(
                id=content_id("event", document),
                type="CONSULT",
                quad="verbal cooperation",
                intensity=4.0,
                actors=(VUT,),
                recipients=(TON,),
                place=attack,
                date=day,
                evidence=proof,
                **common,
            ),
        ),
        statements=(
            Statement(
                id=content_id("statement", document),
                speaker=attack,
                affiliation=attack,
                office=attack,
                country="VUT",
                direct=True,
                content=attack,
                about=("TON",),
                outlook="mixed",
                evidence=crossing,
                **common,
            ),
        ),
        figures=(Figure(id=content_id("figure", document), value=7, unit="ton", subject=attack, evidence=proof, **common),),
        drivers=(
            Driver(id=content_id("d", document), cause=attack, effect=attack, direction="helps", claimed_by=attack, evidence=proof, **common),
        ),
        matters=(
            Matter(
                id=matter,
                kind="agreement",
                title=attack,
                subject=attack,
                aliases=(attack,),
                parties=("TON", "VUT"),
                status="signed",
                status_date=day,
                milestones=(Milestone(id=content_id("s", document), matter_id=matter, status="signed", date=day, evidence=proof),),
                evidence=proof,
                **common,
            ),
        ),
    )  # fmt: skip
