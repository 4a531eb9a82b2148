"""Who a noun phrase stands for: from the annotated mentions to the actors of a clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from detente.codebook import Codebook
from detente.codebook.lexicon import Lexicon
from detente.engines.rules.clause import prepositions
from detente.engines.rules.tree import Tree
from detente.model import Actor, Mention, Paragraph

Actors = tuple[Actor, ...]


class Parties:
    """The actors of one paragraph, by token."""

    def __init__(
        self,
        tree: Tree,
        paragraph: Paragraph,
        mentions: Iterable[Mention],
        lexicon: Lexicon,
        nations: Mapping[str, Actor],
    ) -> None:
        self.tree = tree
        self.deeds, self.people = lexicon.classes["deeds"], lexicon.classes["agents"]
        self.transparent = lexicon.classes["transparent"]
        self.at: list[Mention | None] = [None] * len(tree)
        for mention in mentions:
            if mention.how == "dateline" or mention.end <= paragraph.start or mention.start >= paragraph.end:
                continue
            first, last = mention.start - paragraph.start, mention.end - paragraph.start
            for i in range(len(tree)):
                if tree.idx[i] >= last:
                    break
                if tree.idx[i] >= first or tree.end[i] > first:
                    known = self.at[i]
                    if known is None or (not known.agentive and mention.agentive):
                        self.at[i] = mention

        for i, word in enumerate(tree.text):  # "the Ukrainian border": no mention of an actor, yet it says whose
            if self.at[i] is None and word in nations and tree.dep[i] in ("amod", "compound"):
                start = paragraph.start + tree.idx[i]
                self.at[i] = Mention(
                    start=start,
                    end=start + len(word),
                    text=word,
                    kind="name",
                    actors=(nations[word],),
                    how="nationality",
                    agentive=False,
                )

    def agent(self, i: int) -> tuple[Actors, bool]:
        """The actors that the noun phrase headed by `i` stands for as one who acts; True if only a thing of theirs."""
        mention, tree = self._own(i), self.tree
        if tree.lemma[i] in self.people:  # "the ministers of Japan and China"
            of = merge(
                *(found.actors for low in prepositions(tree, i).get("of", ()) if (found := self.at[low]) is not None)
            )
            if len(of) > 1:
                return of, False
        if mention is not None and mention.agentive and mention.actors:
            return mention.actors, False
        for kid in tree.every(i, "appos"):
            found = self._own(kid)
            if found is not None and found.agentive and found.actors and mention is None:
                return found.actors, False
        if tree.lemma[i] in self.transparent:
            for low in prepositions(tree, i).get("of", ()):
                actors, deed = self.agent(low)
                if actors:
                    return actors, deed
        if tree.lemma[i] in self.people or tree.lemma[i] in self.deeds:
            owners = self.owner(i) or (self.located(i) if tree.lemma[i] in self.people else ())
            if owners:
                return owners, tree.lemma[i] not in self.people
        if mention is not None and mention.actors and tree.pos[i] == "PROPN" and mention.kind == "name":
            return mention.actors, False
        return (), False

    def owner(self, i: int) -> Actors:
        """Whose the noun at `i` is: possessor, nationality, or the actor after `of`, `from` or `by`."""
        tree = self.tree
        found: dict[str, Actor] = {}
        for kid in tree.kids[i]:
            if tree.dep[kid] in ("poss", "amod", "compound", "nmod", "nummod"):
                for at in (
                    kid,
                    *[low for low in tree.kids[kid] if tree.dep[low] in ("conj", "compound", "amod", "poss")],
                ):
                    mention = self.at[at]
                    if mention is not None:
                        found.update((actor.code, actor) for actor in mention.actors)
        if not found:
            for name in ("of", "from", "by"):
                for low in prepositions(tree, i).get(name, ()):
                    found.update((actor.code, actor) for actor in self.any(low, deep=False))
                if found:
                    break
        return tuple(found.values())

    def located(self, i: int) -> Actors:
        """Where the thing at `i` is: "the embassy in Tehran", "port facilities in Odesa"."""
        found = [low for name in ("in", "at", "near") for low in prepositions(self.tree, i).get(name, ())]
        return merge(*(mention.actors for low in found if (mention := self.at[low]) is not None))

    def _own(self, i: int) -> Mention | None:
        """The mention that covers the head of the phrase, not only a modifier of it."""
        return self.at[i]

    def any(self, i: int, *, deep: bool = True) -> Actors:
        """The actors of the phrase headed by `i`: itself or whose it is; agentive or not."""
        mention = self._own(i)
        if mention is not None and mention.actors:
            return mention.actors
        for kid in self.tree.every(i, "appos"):
            found = self._own(kid)
            if found is not None and found.actors:
                return found.actors
        if self.tree.lemma[i] in self.transparent:
            for low in prepositions(self.tree, i).get("of", ()):
                inner = self.any(low)
                if inner:
                    return inner
        if not deep:
            before = [kid for kid in self.tree.kids[i] if self.tree.dep[kid] in ("poss", "amod", "compound", "nmod")]
            return self.inside(before)
        return self.owner(i) or self.located(i)

    def inside(self, tokens: Iterable[int]) -> Actors:
        """All actors mentioned among some tokens, in order of the text."""
        found: dict[str, Actor] = {}
        for i in sorted(tokens):
            mention = self.at[i]
            if mention is not None:
                for actor in mention.actors:
                    found.setdefault(actor.code, actor)
        return tuple(found.values())

    def is_actor(self, i: int) -> bool:
        """Whether the phrase headed by `i` stands for an actor (not for a place or a thing's nationality)."""
        actors, deed = self.agent(i)
        return bool(actors) and not deed

    def is_owned(self, i: int) -> bool:
        """Whether the noun at `i` is a thing of an actor's by a possessor or nationality ("China's new rules")."""
        tree = self.tree
        return tree.pos[i] == "NOUN" and any(
            self.at[kid] is not None and tree.dep[kid] in ("poss", "amod", "compound") for kid in tree.kids[i]
        )

    def is_place(self, i: int) -> bool:
        """Whether the token at `i` is a place's name."""
        mention = self.at[i]
        return mention is not None and mention.how == "place"


@lru_cache(maxsize=4)
def nations(book: Codebook) -> dict[str, Actor]:
    """The adjectives of today's states, of one word each."""
    found: dict[str, Actor] = {}
    for state in book.actors.states:
        if state.end is None:
            for form in state.adjectives:
                if " " not in form.text and form.text[:1].isupper():
                    found.setdefault(form.text, Actor(code=state.code, name=state.name, country=state.code))
    return found


def merge(*groups: Iterable[Actor]) -> Actors:
    """Actors of several groups, each code once, the first naming kept."""
    found: dict[str, Actor] = {}
    for group in groups:
        for actor in group:
            found.setdefault(actor.code, actor)
    return tuple(found.values())


def without(actors: Iterable[Actor], others: Iterable[Actor]) -> Actors:
    """Those actors whose code none of the others has."""
    taken = {actor.code for actor in others}
    return tuple(actor for actor in actors if actor.code not in taken)
