"""Which attributions are somebody's statement: named features of one, judged by weights fitted on the bank.

`python -m training.statements training/bank/train` fits `data/lexicon/statements_said.tsv`. "China agreed to open the
port" has the grammar of reported speech and tells a deed; "China insisted that the port was open" tells words.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.statements.cues import Cue
from detente.coding.statements.scene import Page, Scene
from detente.coding.statements.speaker import Speaker
from detente.engines.rules.clause import is_passive

AHEAD = frozenset(("would", "will", "'ll", "shall", "may", "might", "could", "can", "must", "should"))
LONG = 4
"""Paragraphs from which it matters where in a document one stands."""


def features(page: Page, scene: Scene, cue: Cue, speaker: Speaker, quotes: Sequence[tuple[int, int]]) -> list[str]:
    """The names of the features of an attribution by a reporting clause, a source or a colon.

    Args:
        page: The paragraph.
        scene: The document.
        cue: The reporting clause.
        speaker: Who speaks.
        quotes: The quotations that belong to it.
    """
    tree, v = page.tree, cue.verb
    lemma = tree.lemma[v] if cue.kind not in ("colon", "source") else cue.kind
    quoted = "quoted" if quotes else "plain"
    found = [f"kind={cue.kind}", f"verb={lemma}", f"verb={lemma} {cue.kind}", quoted, f"{quoted} {cue.kind}"]
    found += [f"group={name} {cue.kind}" for name in _groups(lemma, scene)]
    found += [f"who={_who(speaker)}", f"who={_who(speaker)} {cue.kind}", f"who={_who(speaker)} {quoted}"]
    noun = tree.pos[cue.speaker]
    found.append(f"noun={noun} {tree.tag[cue.speaker]}")
    found.append(f"tag={tree.tag[v]}")
    found.append(f"place={tree.dep[v]}")
    found.append(f"place={tree.dep[v]} {cue.kind}")
    kids = {tree.lower[kid] for kid in tree.kids[v]}
    if kids & {"has", "have", "had", "'ve", "'d"}:
        found += ["perfect", f"perfect {cue.kind}"]
    if is_passive(tree, v):
        found.append("passive")
    if kids & AHEAD:
        found.append("modal")
    if cue.negated:
        found.append("negated")
    if page.paragraph.heading:
        found += ["heading", f"heading {cue.kind}"]
    if cue.last < v:
        found.append("after")
    inside = range(cue.first, min(cue.last + 1, len(tree)))
    words = {tree.lower[k] for k in inside}
    found += [f"holds={word}" for word in ("that", "to", "not", "if") if word in words]
    if words & AHEAD:
        found.append("holds a modal")
    if any(tree.pos[k] == "NUM" for k in inside):
        found.append("holds a number")
    complement = next(
        (tree.dep[k] for k in tree.kids[v] if k in inside and tree.dep[k] in ("ccomp", "xcomp", "dobj")), ""
    )
    found.append(f"takes={complement}")
    found.append(f"long={min(5, len(inside) // 5)}")
    if len(scene.seen.paragraphs) >= LONG:
        found.append(f"where={min(4, 5 * page.number // len(scene.seen.paragraphs))}")
    told = len({m.actors[0].code for m in scene.within(page.start(cue.first), page.end(inside[-1])) if m.actors})
    found.append(f"actors={min(2, told)}")
    if scene.document.text.count("?") > 4:
        found.append("asking document")
    return found


def _who(speaker: Speaker) -> str:
    clear = "" if speaker.clear else " unclear"
    if speaker.person:
        return f"person{clear}"
    return f"{'state' if speaker.country else 'body'}{clear}"


def _groups(lemma: str, scene: Scene) -> list[str]:
    """The lists of the lexicon that hold a verb."""
    words = scene.voices.reporting
    lists = {
        "clause": words.verbs.clause,
        "infinitive": words.verbs.infinitive,
        "request": words.verbs.request,
        "object": words.verbs.object,
        "mental": words.mental,
        "weak": words.weak,
        "naming": words.naming,
        "quoting": words.quoting,
    }
    return [name for name, members in lists.items() if lemma in members]
