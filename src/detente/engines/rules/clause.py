"""Clauses: who does what in an active, passive, relative, participial, controlled or coordinated clause.

Purely grammatical. Labels are those of spaCy's English pipelines (ClearNLP); what a word means is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.engines.rules.tree import NOMINAL, Tree

SUBJECTS = ("nsubj", "nsubjpass")
RELATIVE = frozenset(("WDT", "WP"))
SUBJECT_CONTROL = frozenset("promise threaten vow pledge swear refuse agree".split())
BARE = frozenset(("let", "make", "have", "help", "see", "watch"))
"""Verbs with a bare infinitive."""
UNDERGO = frozenset(("come under", "face", "suffer", "receive", "draw", "undergo", "sustain", "attract"))
"""Light verbs whose subject undergoes what the noun names."""
OBJECT_GAP = frozenset(("which", "that", "who", "whom"))


@dataclass
class Clause:
    """A trigger with its arguments, as token numbers; `agents` do it, `objects` undergo it.

    `preps` maps prepositions to their nouns; those hanging on the object are in `object_preps`. `construction` names
    how the agents were found: `active`, `passive`, `passive-bare`, `relative`, `participle`, `controlled`,
    `coordinated`, `nominal`, `light`.
    """

    tree: Tree
    trigger: int
    verb: int
    construction: str
    agents: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    datives: list[int] = field(default_factory=list)
    preps: dict[str, list[int]] = field(default_factory=dict)
    particles: dict[str, int] = field(default_factory=dict)
    complement: int | None = None

    @property
    def object_preps(self) -> dict[str, list[int]]:
        """Prepositions on the objects' nouns."""
        found: dict[str, list[int]] = {}
        for i in self.objects:
            for name, nouns in prepositions(self.tree, i).items():
                found.setdefault(name, []).extend(nouns)
        return found


def is_passive(tree: Tree, v: int) -> bool:
    """Whether the verb `v` is passive."""
    for kid in tree.kids[v]:
        if tree.dep[kid] in ("nsubjpass", "auxpass", "agent"):
            return True
    if tree.tag[v] != "VBN":
        return False
    dep = tree.dep[v]
    if dep == "acl" and tree.first(v, "dobj") is None:
        return True
    has_own = any(tree.dep[kid] in ("nsubj", "aux") for kid in tree.kids[v])
    if dep == "advcl" and not has_own:
        return tree.first(v, "dobj") is None
    if dep == "conj" and not has_own and tree.pos[tree.head[v]] in ("VERB", "AUX"):
        return is_passive(tree, tree.head[v]) and tree.first(v, "dobj") is None
    return dep in ("amod", "relcl") and not has_own and tree.first(v, "dobj") is None


def prepositions(tree: Tree, i: int) -> dict[str, list[int]]:
    """The prepositional phrases of a verb or noun: preposition to its nouns, coordinated ones included."""
    found: dict[str, list[int]] = {}
    for kid in tree.kids[i]:
        if tree.dep[kid] not in ("prep", "dative", "agent") or tree.pos[kid] not in ("ADP", "SCONJ", "PART", "VERB"):
            continue
        nouns: list[int] = []
        for low in tree.kids[kid]:
            if tree.dep[low] == "pobj":
                nouns.extend(tree.coordinated(low))
            elif tree.dep[low] == "prep":  # "out of", "because of"
                nouns.extend(n for p in tree.every(low, "pobj") for n in tree.coordinated(p))
            elif tree.dep[low] == "pcomp":
                nouns.append(low)
        if nouns:
            found.setdefault(tree.lower[kid], []).extend(nouns)
    return found


def subject_of(tree: Tree, v: int) -> int | None:
    """The verb's own subject; of several the last before it, as a dateline may be taken for another."""
    own = tree.every(v, *SUBJECTS)
    before = [kid for kid in own if kid < v]
    return before[-1] if before else (own[0] if own else None)


def surface(tree: Tree, v: int, depth: int = 0) -> tuple[list[int], str]:
    """The surface subject of a verb, its own or the one it shares, and how it was found."""
    if depth > 6:
        return [], "none"
    dep, head = tree.dep[v], tree.head[v]
    own = subject_of(tree, v)
    if own is not None:
        if tree.tag[own] in RELATIVE or tree.lower[own] in ("which", "who", "that"):
            top = v
            while tree.dep[top] == "conj" and tree.head[top] != top:
                top = tree.head[top]
            if tree.dep[top] in ("relcl", "acl"):
                return tree.coordinated(tree.head[top]) if tree.tag[own] != "WP$" else [], "relative"
            if tree.dep[top] == "ccomp" or tree.dep[top] == "advcl":
                return [], "none"
        return tree.coordinated(own), "active"
    if dep == "ROOT" or head == v:
        return _headline(tree, v)
    if dep == "attr" and tree.tag[v] == "VBG" and tree.lemma[head] == "be":  # "Qatar is mediating", taken for a noun
        return surface(tree, head, depth + 1)
    if dep in ("conj", "dep"):
        if tree.pos[head] in ("VERB", "AUX"):
            found, how = surface(tree, head, depth + 1)
            return found, "coordinated" if how == "active" else how
        return [], "none"
    if dep == "xcomp":
        return _controlled(tree, v, depth)
    if dep == "advcl":
        if tree.pos[head] in ("VERB", "AUX"):
            found, _ = surface(tree, head, depth + 1)
            return found, "participle"
        return _owners(tree, head), "participle"
    if dep == "pcomp":
        top = tree.head[head]
        if tree.pos[top] in ("VERB", "AUX"):
            affected = tree.first(top, "dobj")
            if affected is not None and tree.lower[head] in ("for", "of", "into", "from"):
                return tree.coordinated(affected), "participle"  # "thanked Oman for having mediated"
            found, _ = surface(tree, top, depth + 1)
            return found, "participle"
        return _owners(tree, top) or _holder(tree, top, depth), "participle"
    if dep == "acl":
        if tree.tag[v] == "VB":
            return _owners(tree, head) or _holder(tree, head, depth), "controlled"
        return [head], "participle"
    if dep == "relcl":
        if tree.tag[v] == "VB":  # headlines: "Iran to resume ties"
            return tree.coordinated(head) + tree.every(head, "appos"), "active"
        return [head], "participle"
    if dep == "ccomp" and tree.tag[v] in ("VB", "VBG") and tree.pos[head] in ("VERB", "AUX"):
        return _controlled(tree, v, depth)
    return [], "none"


def _headline(tree: Tree, v: int) -> tuple[list[int], str]:
    """A root without a subject: a nominal before an infinitive or participle in a headline, if the parse has one."""
    for kid in tree.kids[v]:
        if kid < v and tree.dep[kid] in ("npadvmod", "dep", "csubj", "appos") and tree.pos[kid] == "PROPN":
            return tree.coordinated(kid), "active"
    if tree.tag[v] in ("VBZ", "VBD", "VBP"):  # "Portugal backs …", the name taken for an adjective
        for kid in tree.kids[v]:
            if kid < v and tree.dep[kid] in ("amod", "compound", "nmod") and tree.text[kid][:1].isupper():
                return [kid], "active"
    return [], "none"


def _controlled(tree: Tree, v: int, depth: int) -> tuple[list[int], str]:
    """The subject of an infinitive: the object of the governing verb, else its subject."""
    head = tree.head[v]
    objects = [kid for kid in tree.kids[head] if tree.dep[kid] == "dobj" and kid < v]
    if objects and tree.lemma[head] not in SUBJECT_CONTROL:
        return tree.coordinated(objects[0]), "controlled"
    if tree.pos[head] in ("VERB", "AUX"):
        found, _ = surface(tree, head, depth + 1)
        return found, "controlled"
    top = tree.head[head]  # "is ready to lift"
    if tree.pos[top] in ("VERB", "AUX"):
        found, _ = surface(tree, top, depth + 1)
        return found, "controlled"
    return [], "none"


def _owners(tree: Tree, noun: int) -> list[int]:
    """Whose a noun is: possessor, or the noun after `by` or `of` ("decision by Tokyo to …")."""
    own = tree.every(noun, "poss")
    if own:
        return tree.coordinated(own[0])
    preps = prepositions(tree, noun)
    if preps.get("by") or preps.get("of") or preps.get("from"):
        return preps.get("by") or preps.get("from") or preps["of"]
    return [
        kid for kid in tree.kids[noun] if tree.dep[kid] in ("amod", "compound", "nmod") and tree.text[kid][:1].isupper()
    ]


def _holder(tree: Tree, noun: int, depth: int) -> list[int]:
    """The subject of the verb whose object a noun is ("made a decision to …")."""
    top = tree.head[noun]
    if tree.dep[noun] in ("dobj", "attr", "pobj") and tree.pos[top] in ("VERB", "AUX"):
        return surface(tree, top, depth + 1)[0]
    return []


def verb_clause(tree: Tree, v: int) -> Clause:
    """The clause of the verb at `v`."""
    found, how = surface(tree, v)
    clause = Clause(tree=tree, trigger=v, verb=v, construction=how)
    clause.preps = prepositions(tree, v)
    for kid in tree.kids[v]:
        if tree.dep[kid] in ("prt", "prep", "advmod", "acomp", "oprd"):
            clause.particles.setdefault(tree.lower[kid], kid)
        if tree.dep[kid] in ("xcomp", "ccomp") and clause.complement is None:
            clause.complement = kid
        if tree.dep[kid] == "dative" and tree.pos[kid] in NOMINAL:
            clause.datives.extend(tree.coordinated(kid))
    if is_passive(tree, v):
        clause.agents = [
            n for kid in tree.every(v, "agent") for p in tree.every(kid, "pobj") for n in tree.coordinated(p)
        ]
        if not clause.agents:  # "by" may be labelled a plain preposition
            clause.agents = [n for n in clause.preps.get("by", []) if tree.pos[n] in NOMINAL]
        clause.objects = found
        clause.construction = "passive" if clause.agents else "passive-bare"
        if how == "none" and tree.dep[v] == "amod":
            clause.objects = [tree.head[v]]
        second = tree.first(v, "dobj", "oprd")
        if (
            second is not None and tree.pos[second] in NOMINAL and tree.lower[second] != "home"
        ):  # "was handed a sentence"
            clause.datives = clause.objects
            clause.objects = tree.coordinated(second)
        return clause
    clause.agents = found
    clause.objects = _objects(tree, v)
    low = clause.complement
    if low is not None and tree.pos[low] in NOMINAL and tree.first(low, "xcomp", "acl") is not None:
        clause.objects, clause.complement = tree.coordinated(low), tree.first(low, "xcomp", "acl")
    elif low is not None and not clause.objects and tree.tag[low] == "VB":
        own = tree.first(low, "nsubj")  # "wants Britain to close": the infinitive's subject is also the object
        if own is not None and (
            tree.lemma[v] in BARE or any(tree.lower[kid] == "to" for kid in tree.every(low, "aux"))
        ):
            clause.objects = tree.coordinated(own)
    return clause


def _objects(tree: Tree, v: int) -> list[int]:
    own = tree.first(v, "dobj")
    if own is None:
        second = tree.first(v, "oprd")
        own = second if second is not None and second > v and tree.pos[second] in NOMINAL else None
    if own is not None and tree.lower[own] not in OBJECT_GAP:
        return tree.coordinated(own)
    top = v
    while tree.dep[top] in ("conj", "xcomp", "ccomp") and tree.head[top] != top and tree.dep[top] != "relcl":
        top = tree.head[top]
    subject = tree.first(top, *SUBJECTS)
    if (tree.dep[top] == "relcl" and subject is not None and tree.lower[subject] not in OBJECT_GAP and own is None) or (
        own is not None and tree.dep[top] == "relcl"
    ):
        return [tree.head[top]]
    for kid in tree.kids[v]:  # "eased or lifted the ban"
        if tree.dep[kid] == "conj" and tree.pos[kid] == "VERB" and tree.first(kid, *SUBJECTS) is None and kid - v <= 3:
            low = tree.first(kid, "dobj")
            return tree.coordinated(low) if low is not None else []
    return []


def noun_clause(tree: Tree, i: int, light: frozenset[str], transitive: bool) -> Clause:
    """The clause that an event noun at `i` stands for.

    Args:
        tree: The parse.
        i: The noun.
        light: Lemmas of verbs that lend the noun their subject ("launch an attack", "pay a visit").
        transitive: Whether the noun after `of` undergoes the act ("seizure of") or does it ("visit of").
    """
    clause = Clause(tree=tree, trigger=i, verb=i, construction="nominal", preps=prepositions(tree, i))
    own = [kid for kid in tree.kids[i] if tree.dep[kid] == "poss"]
    clause.agents = [n for kid in own for n in tree.coordinated(kid)]
    if not clause.agents:
        clause.agents = [n for n in clause.preps.get("by", []) if tree.pos[n] in NOMINAL]
    if not clause.agents:  # "the attack on the base by rebels": the parser hangs `by` on the nearest noun
        clause.agents = [
            n
            for nouns in clause.preps.values()
            for low in nouns
            if tree.pos[low] in NOMINAL
            for n in prepositions(tree, low).get("by", ())
        ]
    of = [n for n in clause.preps.get("of", []) if tree.pos[n] in NOMINAL]
    if transitive:
        clause.objects = of
    elif not clause.agents:
        clause.agents = of
    for kid in tree.kids[i]:
        if tree.dep[kid] == "acl" and tree.tag[kid] == "VBN":  # "a raid carried out by", "talks hosted by"
            for name, nouns in prepositions(tree, kid).items():
                if name == "by" and tree.lemma[kid] in light:
                    clause.agents = clause.agents or nouns
                elif name != "by":
                    clause.preps.setdefault(name, []).extend(nouns)
        elif tree.dep[kid] == "acl" and tree.tag[kid] == "VB" and clause.complement is None:
            clause.complement = kid
        elif tree.dep[kid] == "relcl" and tree.lemma[kid] in light:
            found, _ = surface(tree, kid)
            if i not in found:
                clause.agents = clause.agents or found
    _lend(clause, light)
    return clause


def _lend(clause: Clause, light: frozenset[str]) -> None:
    """Takes subject and prepositions from a light verb that governs the noun."""
    tree, i = clause.tree, clause.trigger
    verb, dep = tree.head[i], tree.dep[i]
    while dep == "conj" and tree.pos[verb] in NOMINAL:
        dep, verb = tree.dep[verb], tree.head[verb]
    passive = dep == "nsubjpass"
    if dep == "pobj" and tree.pos[tree.head[verb]] == "VERB":  # "took part in", "came under attack"
        name, verb = tree.lower[verb], tree.head[verb]
        if f"{tree.lemma[verb]} {name}" not in light:
            return
    elif dep not in ("dobj", "nsubjpass") or tree.lemma[verb] not in light:
        return
    clause.verb = verb
    clause.construction = "light"
    lender = verb_clause(tree, verb)
    if tree.lemma[verb] in UNDERGO or f"{tree.lemma[verb]} {tree.lower[tree.head[i]]}" in UNDERGO:
        clause.agents = clause.agents or lender.preps.get("from", []) or clause.preps.get("from", [])
        clause.datives = lender.agents
        return
    clause.agents = clause.agents or lender.agents
    clause.datives = lender.datives
    for name, nouns in lender.preps.items():
        if not (name == "by" and passive):
            clause.preps.setdefault(name, []).extend(n for n in nouns if n != i)
