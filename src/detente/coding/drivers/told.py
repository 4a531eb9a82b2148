"""Drivers without a causal word: "Beijing has not forgotten the shooting". Weights fitted on the bank tell them.

`python -m training.drivers training/bank/train` fits `data/lexicon/drivers_told.tsv` (whether a sentence tells
what helps or hinders) and `drivers_helps.tsv` (which of the two), and prints what cross-validation makes of them.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from detente.codebook import Codebook
from detente.engines.rules.tree import Tree
from detente.model import Annotations, Document, Driver, Origin, Sentence, content_id
from detente.model.findings import Hedge

NAME, VERSION = "rules", "1"
SHORTEST, LONGEST, CAUSE = 4, 25, 14
SURE = 0.3
"""How far from even the weights must be to turn the direction that a causal word tells (cross-validated on train)."""
CLAUSES = frozenset(("advcl", "relcl", "acl", "ccomp", "xcomp", "conj"))


def told(
    document: Document, seen: Annotations, book: Codebook, trees: Mapping[int, Tree], known: Collection[Driver]
) -> Iterator[Driver]:
    """The drivers that sentences tell without a causal word.

    Args:
        document: The document.
        seen: Its annotations.
        book: The codebook.
        trees: The trees of its paragraphs, by number.
        known: Drivers found by their words; sentences that share words with one are left alone.
    """
    voices = book.voices
    for number, sentence in enumerate(seen.sentences):
        tree = trees.get(sentence.paragraph)
        if tree is None or sentence.last - sentence.first < SHORTEST:
            continue
        if any(d.evidence[0].start < sentence.end and sentence.start < d.evidence[0].end for d in known):
            continue
        found = features(number, document, seen, book, tree)
        sure = voices.told.probability(found)
        if sure >= voices.told.threshold:
            helps = voices.helps.probability(found) >= voices.helps.threshold
            yield _driver(sentence, tree, document, seen, book, (sure, helps))


def turned(
    document: Document, seen: Annotations, book: Codebook, trees: Mapping[int, Tree], known: Sequence[Driver]
) -> list[Driver]:
    """Drivers found by their words, in the order given, turned where the weights are sure of the other direction.

    Args: as for `told`.
    """
    result = list(known)
    for number, sentence in enumerate(seen.sentences):
        here = [k for k, d in enumerate(known) if sentence.start <= d.evidence[0].start < sentence.end]
        if not here or sentence.paragraph not in trees:
            continue
        drivers = [known[k] for k in here]
        helps = book.voices.helps.probability(
            features(number, document, seen, book, trees[sentence.paragraph], drivers)
        )
        if abs(helps - 0.5) > SURE:
            for k in here:
                result[k] = msgspec.structs.replace(known[k], direction="helps" if helps > 0.5 else "hinders")
    return result


def features(
    number: int, document: Document, seen: Annotations, book: Codebook, tree: Tree, known: Sequence[Driver] = ()
) -> list[str]:
    """The names of the features of sentence `number`; `known` are the drivers that its causal words tell."""
    sentence, causal = seen.sentences[number], book.voices.drivers
    inside = range(sentence.first, sentence.last)
    found = [feature for i in inside for feature in _word(i, tree, book)]
    lemmas = [tree.lemma[i] for i in inside]
    for name, words in (("good", causal.good), ("bad", causal.bad), ("topical", causal.subjects)):
        found.append(f"{name}={min(3, sum(lemma in words for lemma in lemmas))}")
    found.append(f"actors={min(3, len(_actors(sentence, seen)))}")
    found.append(f"place={min(4, 5 * number // max(1, len(seen.sentences)))}")
    found.append(f"long={min(5, len(lemmas) // 7)}")
    if seen.paragraphs[sentence.paragraph].heading:
        found.append("heading")
    if number == 0:
        found.append("first")
    if any(quotation.start < sentence.end and sentence.start < quotation.end for quotation in seen.quotations):
        found.append("quoted")
    if document.text[sentence.start : sentence.end].rstrip().endswith("?"):
        found.append("asks")
    for driver in known:
        found += ["claim", f"claim={driver.origin.rule}", f"claim {driver.direction}"]
        found.append(f"claim={driver.origin.rule} {driver.direction}")
    return found if known else [*found, "no claim"]


def _word(i: int, tree: Tree, book: Codebook) -> Iterator[str]:
    """The features of one token: its lemma, its place in the grammar, the deeds and classes the lexicon knows it by."""
    lemma, kinds = tree.lemma[i], book.voices.kinds
    if lemma[:1].isalpha():
        yield f"word={lemma}"
    root = tree.head[i] == i
    if root:
        yield f"root={lemma}"
    if tree.dep[i] in CLAUSES:
        yield f"clause={tree.dep[i]}"
    elif tree.dep[i] == "mark":
        yield f"mark={tree.lower[i]}"
    elif tree.dep[i] == "neg":
        yield "negated"
    if tree.tag[i] == "MD":
        yield "modal"
    if tree.pos[i] == "VERB":
        turned = " not" if any(tree.dep[kid] == "neg" for kid in tree.kids[i]) else ""
        for kind in kinds.verbs.get(lemma, ()):
            yield f"does={kind}{turned}"
            if root:
                yield f"root does={kind}{turned}"
    else:
        for kind in kinds.nouns.get(lemma, ()):
            yield f"deed={kind}"
    for kind in kinds.classes.get(lemma, ()):
        yield f"class={kind}"


def _actors(sentence: Sentence, seen: Annotations) -> dict[str, str]:
    """Codes to names of the actors that a sentence mentions."""
    first = bisect.bisect_left(seen.mentions, sentence.start, key=lambda mention: mention.start)
    last = bisect.bisect_left(seen.mentions, sentence.end, key=lambda mention: mention.start)
    return {actor.code: actor.name for mention in seen.mentions[first:last] for actor in mention.actors}


def _driver(
    sentence: Sentence,
    tree: Tree,
    document: Document,
    seen: Annotations,
    book: Codebook,
    judged: tuple[float, bool],
) -> Driver:
    base = seen.paragraphs[sentence.paragraph].start
    first, last = _window(sentence, tree, book)
    a, b = base + tree.idx[first], base + tree.end[last]
    sure, helps = judged
    words = document.text[a : base + tree.end[min(last, first + CAUSE - 1)]]
    return Driver(
        id=content_id("driver", document.id, a, b, "told"),
        document_id=document.id,
        evidence=(document.quote(a, b),),
        origin=Origin(coder=NAME, version=VERSION, rule="told"),
        confidence=round(sure, 2),
        cause=" ".join(words.split()),
        effect=_effect(sentence, seen),
        direction="helps" if helps else "hinders",
        hedge=_hedge({tree.lower[i] for i in range(first, last + 1)}, book),
    )


def _window(sentence: Sentence, tree: Tree, book: Codebook) -> tuple[int, int]:
    """First and last token of the evidence: of a long sentence the `LONGEST` words that speak most for a driver."""
    first, last = sentence.first, sentence.last - 1
    if last - first >= LONGEST:
        weights = book.voices.told.weights
        speaks = [sum(weights.get(name, 0.0) for name in _word(i, tree, book)) for i in range(first, last + 1)]
        at = max(range(len(speaks) - LONGEST + 1), key=lambda k: sum(speaks[k : k + LONGEST]))
        first, last = first + at, first + at + LONGEST - 1
    while first < last and not tree.text[first][0].isalnum():
        first += 1
    while last > first and not tree.text[last][-1].isalnum():
        last -= 1
    return first, last


def _effect(sentence: Sentence, seen: Annotations) -> str:
    """The relation that is helped or hindered: of the sentence's actors, filled up with those the document is about."""
    names = _actors(sentence, seen)
    for mention in seen.mentions:
        names |= {actor.code: actor.name for actor in mention.actors if actor.code in seen.countries[:2]}
    pair = [code for code in (*seen.countries, *names) if code in names]
    told = list(dict.fromkeys(names[code] for code in pair))[:2]
    return f"relations of {' and '.join(told)}" if told else "the relations told of"


def _hedge(words: set[str], book: Codebook) -> Hedge:
    hedges = book.voices.drivers.hedges
    order: tuple[Hedge, ...] = ("conditional", "possible", "likely")
    for hedge in order:
        if words.intersection(hedges[hedge]):
            return hedge
    return "asserted"
