"""Finds the possible events of a document: triggers, frames, modality, parties."""

from __future__ import annotations

from detente.codebook import Codebook
from detente.codebook.lexicon import Frame, Lexicon
from detente.codebook.ontology import Ontology
from detente.coding.events.candidate import Candidate, Page, frame_of
from detente.coding.events.discourse import Discourse
from detente.coding.events.missing import complete
from detente.coding.events.parties import Parties, merge, nations
from detente.coding.events.quote import quote
from detente.coding.events.roles import roles
from detente.coding.events.spoken import MUST, demands, is_own, speaker
from detente.engines.rules import modality
from detente.engines.rules.clause import prepositions
from detente.engines.rules.frames import MARKS, Match, Matcher, contents
from detente.engines.rules.tree import NOMINAL, Tree
from detente.model import Annotations

VERBAL = frozenset("AGREE SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN CONSULT".split())
"""Types that are done by saying: in the present tense they have been done."""
YIELDING = frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT".split())
HARSH = frozenset(("SANCTION", "COERCE", "ASSAULT"))
BREACH = "violate-deal"
"""The frame of breaches of agreements."""
WHOLE = frozenset("AGREE REQUEST REJECT THREATEN".split())
"""Types whose objects are only talked about: an event noun there has not happened."""


def pages(seen: Annotations, book: Codebook) -> list[Page]:
    """The paragraphs as trees with their parties."""
    found = []
    lexicon, adjectives = book.lexicon, nations(book)
    for number, paragraph in enumerate(seen.paragraphs):
        tree = Tree(paragraph.parse)
        tree.skip_dateline()
        tree.repair(lexicon.verbs)
        near = [mention for mention in seen.mentions if mention.start < paragraph.end and mention.end > paragraph.start]
        found.append(Page(number, paragraph, tree, Parties(tree, paragraph, near, lexicon, adjectives)))
    return found


def candidates(page: Page, lexicon: Lexicon, discourse: Discourse, ontology: Ontology) -> list[Candidate]:
    """The possible events of a paragraph, in order of their triggers."""
    tree = page.tree
    others = lexicon.classes["others"]

    def acts(i: int) -> bool:
        return tree.lemma[i] in others or page.parties.is_actor(i)

    matcher = Matcher(
        tree, (acts, page.parties.is_place, page.parties.is_owned), lexicon.classes["transparent"], lexicon.light
    )
    matches: list[Match] = []
    for i in range(len(tree)):
        if tree.dep[i] not in ("amod", "compound") and (
            tree.pos[i] in ("VERB", "AUX") or tree.tag[i] in ("VBN", "VBD", "VBG", "VBZ")
        ):
            choices = lexicon.verbs.get(tree.lemma[i])
            if choices:
                found = matcher.verb(i, choices)
                if found is not None:
                    matches.append(found)
                    _claim(page, found)
    for i in range(len(tree)):
        if tree.pos[i] in ("NOUN", "PROPN") and i not in page.consumed and tree.ents[i] != "DATE":
            nouns = lexicon.nouns.get(tree.lemma[i])
            if nouns:
                found = matcher.noun(i, nouns)
                if found is not None:
                    matches.append(found)
                    page.consumed.update(found.matched)
                    frame = frame_of(found)
                    if frame.content == "drop" and found.clause.complement is not None:
                        page.dropped |= contents(tree, found.clause.complement)
    inner = {match.clause.trigger: match for match in matches}
    matches.extend(demands(page, lexicon))
    ready = []
    for match in sorted(matches, key=lambda match: match.clause.trigger):
        if match.clause.trigger in page.dropped or (match.noun and match.clause.trigger in page.consumed):
            continue
        candidate = _candidate(page, match, lexicon)
        if candidate is not None and match.frame.name == BREACH:
            _alleged(page, candidate, lexicon)
        if candidate is not None and frame_of(match).turns:
            candidate = _turned(candidate, inner, ontology)
        if candidate is not None and complete(discourse, candidate):
            candidate.start, candidate.end = quote(candidate)
            discourse.remember(candidate)
            ready.append(candidate)
    return ready


def _alleged(page: Page, candidate: Candidate, lexicon: Lexicon) -> None:
    """A breach that another says was committed is that other's accusation."""
    said = speaker(page.tree, candidate.match.clause.verb, lexicon.report)
    who = merge(*(page.parties.agent(n)[0] for n in said))
    blamed = candidate.actors or candidate.recipients
    if who and not {a.code for a in who} & {a.code for a in blamed}:
        candidate.type, candidate.mode, candidate.rule = "ACCUSE", "allege", f"{BREACH}:alleged"
        candidate.actors, candidate.recipients, candidate.modality = who, blamed, "occurred"


def _claim(page: Page, match: Match) -> None:
    """Notes which tokens a matched verb has used up, and which are only the content of its words."""
    tree, frame = page.tree, frame_of(match)
    page.consumed.update(i for i in (*match.matched, *match.clause.objects) if tree.pos[i] in NOMINAL)
    for name, _ in frame.phrases:
        page.consumed.update(match.clause.preps.get(name, ()))
        page.consumed.update(match.clause.object_preps.get(name, ()))
    if frame.content in ("keep", "yield"):
        return
    if match.clause.complement is not None:
        page.dropped |= contents(tree, match.clause.complement)
    for name, nouns in match.clause.preps.items():
        for i in nouns if name not in MARKS else ():
            if tree.pos[i] == "VERB" or frame.type in WHOLE:
                page.dropped |= contents(tree, i)
    if frame.type in WHOLE:
        for i in match.clause.objects:
            page.dropped |= contents(tree, i)
    page.dropped.discard(match.clause.trigger)


def _turned(candidate: Candidate, inner: dict[int, Match], ontology: Ontology) -> Candidate | None:
    """A promise as what its content makes of it: a threat where that is hostile, nothing where it is no deed."""
    tree = candidate.page.tree
    content = inner.get(candidate.match.clause.complement) if candidate.match.clause.complement is not None else None
    if content is None:
        return candidate if candidate.actors and (candidate.recipients or _is_that(candidate)) else None
    if candidate.frame.content == "yield":
        return None  # the content itself is coded, as proposed
    frame = frame_of(content)
    negated = any(tree.dep[kid] == "neg" for kid in tree.kids[content.clause.verb])
    if negated and frame.type in YIELDING:
        candidate.type, candidate.mode, candidate.rule = "REJECT", None, f"{candidate.frame.name}:not"
    elif ontology.tendency(frame.type) == "conflict" and frame.type != "REQUEST" and not negated:
        candidate.type, candidate.mode, candidate.modality = "THREATEN", None, "occurred"
        candidate.rule = f"{candidate.frame.name}:hostile"
    return candidate


def _is_that(candidate: Candidate) -> bool:
    """Whether the complement is a whole clause ("promised that a solution would be found")."""
    top, tree = candidate.match.clause.complement, candidate.page.tree
    return top is not None and tree.dep[top] == "ccomp" and tree.first(top, "nsubj", "nsubjpass") is not None


def _candidate(page: Page, match: Match, lexicon: Lexicon) -> Candidate | None:
    frame = frame_of(match)
    meant = _meaning(page, match, frame, lexicon)
    if meant is None:
        return None
    type_, mode, how, rule, why = meant
    found = roles(match, frame, page.parties)
    candidate = Candidate(
        page=page,
        match=match,
        frame=frame,
        type=type_,
        mode=mode,
        modality=how,
        rule=rule,
        present=why.startswith("present"),
        actors=found.actors,
        recipients=found.recipients,
        reciprocal=found.reciprocal and not rule.endswith(":refused"),
    )
    if frame.hostile and not _hostile(page.tree, match, lexicon):
        return None
    if found.deed:
        candidate.factors.append("deed")
    candidate.words = _words(page.tree, match, frame, lexicon)
    return candidate


def _hostile(tree: Tree, match: Match, lexicon: Lexicon) -> bool:
    """Whether what is said in a clause is hostile by its words."""
    top = match.clause.complement
    if top is None:
        return True
    return any(
        tree.lemma[i] in lexicon.classes["hostile"]
        or any(frame.type in ("SANCTION", "ASSAULT", "COERCE") for _, frame in lexicon.verbs.get(tree.lemma[i], ()))
        for i in range(tree.left[top], tree.right[top] + 1)
        if tree.pos[i] in ("VERB", "NOUN")
    )


def _meaning(page: Page, match: Match, frame: Frame, lexicon: Lexicon) -> tuple[str, str | None, str, str, str] | None:
    """Type, mode, modality and rule of a match as it is meant; None where nothing is said to happen."""
    tree, clause, heading = page.tree, match.clause, page.paragraph.heading
    light = clause.construction == "light"
    if frame.name == MUST:
        return frame.type, None, "occurred", frame.name, "must"
    reading = modality.read(tree, clause.verb, lexicon.governors, heading=heading)
    if match.noun:
        for kid in tree.kids[clause.trigger]:
            kind = lexicon.adjectives.get(tree.lower[kid]) if tree.dep[kid] in ("amod", "compound") else None
            if kind == "wanted" and frame.type == "CONSULT":
                kind = "planned"  # "a possible meeting"
            if kind:
                modality.apply(reading, kind, tree.lower[kid])
            reading.negated = reading.negated or tree.lower[kid] == "no"
        if light and lexicon.governors.get(tree.lemma[clause.verb]) == "ended":
            reading.ended = True
    elif any(tree.lower[kid] == "no" for i in clause.objects for kid in tree.kids[i] if tree.dep[kid] == "det"):
        reading.negated = True
    how = reading.modality
    if how is None:
        if reading.modal == "may" and frame.type in HARSH and is_own(page, clause, lexicon.report):
            return "THREATEN", None, "occurred", f"{frame.name}:may", reading.why
        return None
    if reading.negated:
        if frame.refusal and how in ("occurred", "ongoing", "planned"):
            return "REJECT", None, "occurred", f"{frame.name}:refused", reading.why
        if how in ("planned", "conditional") and reading.modal and frame.type in YIELDING:
            return "REJECT", None, "occurred", f"{frame.name}:refused", reading.why
        return None
    type_, mode, rule = frame.type, frame.mode, frame.name
    if reading.ended:
        if type_ not in lexicon.inverse:
            return None
        type_, mode = lexicon.inverse[type_]
        rule = f"{frame.name}:ended"
    if how == "ongoing" and type_ in (*VERBAL, "ASSAULT", "PROTEST", "RETREAT") and reading.why == "present":
        how = "occurred"
    if frame.modality and how in ("occurred", "ongoing"):
        how = frame.modality
    return type_, mode, how, rule, reading.why


def _words(tree: Tree, match: Match, frame: Frame, lexicon: Lexicon) -> frozenset[str]:
    """The words by which two tellings of one act are known to be the same."""
    heads = (
        set(match.matched)
        | {
            low
            for i in match.matched
            if tree.lemma[i] in lexicon.classes["transparent"]
            for low in prepositions(tree, i).get("of", ())
        }
        | {i for i in match.clause.objects if tree.pos[i] in NOMINAL}
    )
    if match.noun:
        heads.add(match.clause.trigger)
    if match.clause.complement is not None:
        heads.add(match.clause.complement)
        heads.update(kid for kid in tree.kids[match.clause.complement] if tree.dep[kid] == "dobj")
    tokens = {at for i in heads for at in (i, *[k for k in tree.kids[i] if tree.dep[k] in ("compound", "amod")])}
    words = {lexicon.synonyms.get(word, word) for word in tree.words(tokens)}
    if frame.type == "CONSULT":
        words.add("talks")
    elif not words or frame.type in ("RETREAT", "COERCE", "ASSAULT"):
        words.add(frame.name)
    return frozenset(words)
