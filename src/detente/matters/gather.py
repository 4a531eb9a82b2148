"""Gathers the mentions of one matter in a document: by name, by noun, subject and parties, and by reference back."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import fsum

from detente.codebook import Codebook
from detente.matters.phrase import Phrase
from detente.matters.terms import common, weight
from detente.model import MatterKind

REACH = 8
"""Paragraphs over which "the ban" may refer back."""


@dataclass(slots=True)
class Cluster:
    """The mentions of one matter in a document, in order, with what they say together."""

    phrases: list[Phrase]
    terms: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    @property
    def kind(self) -> MatterKind:
        """The kind of the first mention."""
        return self.phrases[0].kind

    @property
    def last(self) -> Phrase:
        """The mention told last so far."""
        return self.phrases[-1]


def gather(found: list[Phrase], book: Codebook) -> list[Cluster]:
    """Groups phrases, which are in order of position, into matters."""
    clusters: list[Cluster] = []
    for phrase in found:
        terms = set(common(phrase.terms, book))
        names = {name.lower() for name in (phrase.name, phrase.acronym) if name}
        if phrase.named is not None:
            names.add(phrase.named.name.lower())
        if phrase.like is not None:
            home = next((one for one in clusters if phrase.like in one.phrases), None)
            if home is not None:
                home.phrases.append(phrase)
            continue
        home = _home(clusters, phrase, terms, names, book)
        if home is None:
            home = Cluster([])
            clusters.append(home)
        home.phrases.append(phrase)
        home.terms |= terms
        home.codes |= phrase.codes
        home.names |= names
    return _forward(clusters)


def _forward(clusters: list[Cluster]) -> list[Cluster]:
    """Joins mentions that say nothing ("the treaty", told before its name) to the only later cluster they fit."""
    kept: list[Cluster] = []
    for number, cluster in enumerate(clusters):
        if cluster.terms or cluster.names or not any(phrase.definite for phrase in cluster.phrases):
            kept.append(cluster)
            continue
        fits = [
            other
            for other in clusters[:number] + clusters[number + 1 :]
            if (other.terms or other.names)
            and other.kind == cluster.kind
            and not _apart(other, cluster.phrases[0])
            and any(one.family == two.family for one in other.phrases for two in cluster.phrases)
        ]
        if len(fits) == 1:
            fits[0].phrases += cluster.phrases
            fits[0].codes |= cluster.codes
        else:
            kept.append(cluster)
    for cluster in kept:
        cluster.phrases.sort(key=lambda phrase: phrase.start)
    return kept


def _home(clusters: list[Cluster], phrase: Phrase, terms: set[str], names: set[str], book: Codebook) -> Cluster | None:
    if phrase.such and not terms and not names:  # of the kind told last
        same = [cluster for cluster in clusters if cluster.kind == phrase.kind]
        return max(same, key=lambda cluster: cluster.last.start, default=None)
    best: tuple[float, int] | None = None
    for number in range(len(clusters) - 1, -1, -1):
        score = _fit(clusters[number], phrase, terms, names, book)
        if score > 0 and (best is None or score > best[0]):
            best = (score, number)
    return clusters[best[1]] if best else None


def _fit(cluster: Cluster, phrase: Phrase, terms: set[str], names: set[str], book: Codebook) -> float:
    """How well a phrase continues a cluster; 0 or less where it does not."""
    if names & cluster.names:
        return 10.0
    if cluster.kind != phrase.kind or _apart(cluster, phrase):
        return 0.0
    several = book.matters.several
    if terms and (cluster.terms or cluster.names) and bool(terms & several) != bool(cluster.terms & several):
        return 0.0
    first = cluster.phrases[0]
    family = any(one.family == phrase.family for one in cluster.phrases)
    distance = phrase.page.number - cluster.last.page.number
    if phrase.empty or (not terms and not names):
        if not phrase.definite and not (phrase.codes and phrase.codes == cluster.codes):
            return 0.0
        if phrase.indefinite or (phrase.plural != cluster.last.plural and not family):
            return 0.0
        if not family and phrase.family not in ("pact", "rule", "dispute", "hotline", "meeting", "ban", "talks"):
            return 0.0
        if distance > REACH:
            return 0.0
        return (2.0 if family else 0.8) + (0.5 if phrase.definite else -0.4) - 0.12 * distance
    if names and cluster.names and phrase.proper and first.proper:
        return 0.0
    if phrase.kind == "dispute" and _same_ground(cluster, phrase, terms, book):
        return 1.5
    shared, mine, theirs = terms & cluster.terms, terms - cluster.terms, cluster.terms - terms
    total = fsum(weight(term, book) for term in shared)
    if total == 0:
        return 0.0
    missing = min(fsum(weight(term, book) for term in mine), fsum(weight(term, book) for term in theirs))
    score = total / (total + missing)
    if total < 0.45 and missing > 0.1:
        return 0.0
    if not family:
        score -= 0.2
    return 3.0 * score if score >= 0.55 else 0.0


def _same_ground(cluster: Cluster, phrase: Phrase, terms: set[str], book: Codebook) -> bool:
    """Whether "the territorial dispute" is the one over the only territory named so far."""
    named = next((one.named for one in cluster.phrases if one.named is not None), None)
    if named is None or not terms or not terms <= book.matters.ground or named.subject not in ("territory", "border"):
        return False
    return not phrase.codes or phrase.codes <= {*named.parties}


def _apart(cluster: Cluster, phrase: Phrase) -> bool:
    """Whether years or parties forbid that a phrase belongs to a cluster."""
    years = {year for one in cluster.phrases for year in one.years}
    if phrase.years and years and not phrase.years & years and phrase.kind == "agreement":
        return True
    if phrase.codes and cluster.codes and not (phrase.codes <= cluster.codes or cluster.codes <= phrase.codes):
        return True
    if phrase.kind == "measure":
        imposers = {code for one in cluster.phrases for code in one.imposers}
        if phrase.imposers and imposers and not set(phrase.imposers) & imposers:
            return True
    return len(phrase.codes) >= 2 and len(cluster.codes) >= 2 and phrase.codes != cluster.codes and bool(phrase.terms)
