"""Who speaks: the words for a speaker resolved to the name the document gives, with affiliation, office and country."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.coding.statements.scene import Page, Scene
from detente.model import Mention

_TITLE = re.compile(
    r"^(?:Mr|Mrs|Ms|Dr|Sir|Madam|President|Prime Minister|Premier|Minister|Senator|Foreign Minister|General)\.?\s+",
    re.I,
)


@dataclass(frozen=True)
class Speaker:
    """A speaker; `clear` is False where the words name neither a person nor an institution."""

    name: str
    affiliation: str | None = None
    office: str | None = None
    country: str | None = None
    clear: bool = True
    person: bool = False


class Speakers:
    """Resolves speakers in one document and remembers who spoke."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.last: Speaker | None = None
        self.introduced: dict[str, tuple[str, str | None]] = {}
        """Surname to full name and description, for persons that no mention resolves."""
        self.roles: dict[str, str] = {}
        self.named: list[tuple[int, Speaker]] = []

    def enter(self, page: Page) -> None:
        """Takes note of the persons that a paragraph names, for pronouns after them."""
        for entity in page.paragraph.parse.ents:
            if entity.label_ == "PERSON" and " " in entity.text.strip():
                head = entity.end - 1
                named = self._full(page, head)
                if named is not None and named.person:
                    self.named.append((page.start(head), named))
        for mention in self.scene.within(page.paragraph.start, page.paragraph.end):
            actor = mention.actors[0] if len(mention.actors) == 1 else None
            if mention.kind == "person" and actor is not None and actor.person and actor.office:
                self.roles.setdefault(actor.office.split()[-1].lower(), actor.person)

    def resolve(self, page: Page, head: int) -> Speaker | None:
        """The speaker whom the noun phrase of token `head` names; None where it names nobody."""
        tree = page.tree
        start, end = page.start(head), page.end(head)
        mention = self.scene.mention(start, end)
        lower = tree.lower[head]
        if mention is not None and mention.how == "dateline":
            return self._after_dateline(page, head)
        if tree.pos[head] == "PRON" or lower in ("he", "she", "it", "they", "i", "we"):
            return self._pronoun(page, head, mention)
        if tree.lemma[head] == "side":
            return self._side(page, head)
        if tree.lower[head] in self.scene.voices.reporting.roles and self._untitled(page, head):
            beside = self._beside(page, head)
            if beside is not None:
                return beside
        named = self._full(page, head)
        if mention is not None and mention.actors:
            known = self._known(mention, page, head)
            if known is not None:
                return known
        if tree.pos[head] == "NOUN" and named is None:
            beside = self._beside(page, head)
            if beside is not None:
                return beside
        if named is not None:
            return named
        return self._described(page, head)

    @staticmethod
    def _untitled(page: Page, head: int) -> bool:
        """Whether an office in capitals names nobody by itself: "the Minister", "the Secretary of State"."""
        tree = page.tree
        beside = head + 1 < len(tree) and tree.pos[head + 1] == "PROPN"
        return tree.text[head].istitle() and not beside and tree.pos[head] == "PROPN"

    def _after_dateline(self, page: Page, head: int) -> Speaker | None:
        """The speaker after a place of dispatch that the parse takes for the subject."""
        tree = page.tree
        _, last = page.sentence(head)
        for k in range(head + 1, min(last, head + 40)):
            mention = self.scene.mention(page.start(k), page.end(k))
            if (
                mention is not None
                and mention.agentive
                and mention.actors
                and tree.pos[k] in ("PROPN", "NOUN")
                and mention.how != "dateline"
            ):
                end = page.token(mention.end - 1)
                return self._known(mention, page, end)
            if tree.pos[k] == "VERB":
                break
        return None

    def _known(self, mention: Mention, page: Page, head: int) -> Speaker | None:
        actor = mention.actors[0]
        country = actor.code
        if len(mention.actors) > 1 and len({a.code for a in mention.actors}) > 1 and not actor.person:
            return Speaker(name=" and ".join(a.name for a in mention.actors), clear=False)
        if actor.person:
            office = actor.office
            held = f"{office} of {actor.name}" if office else None
            beside = self._description(page, head)
            return Speaker(
                name=actor.person, affiliation=held or beside or actor.name, office=office, country=country, person=True
            )
        tree = page.tree
        if (
            not mention.agentive
            and mention.kind == "name"
            and tree.dep[head] not in ("nsubj", "nsubjpass", "pobj", "agent", "poss", "ROOT")
        ):
            return None
        if mention.kind == "person":
            name = _TITLE.sub("", mention.text)
            return Speaker(
                name=self._whole(name),
                affiliation=self._description(page, head) or actor.name,
                office=actor.office,
                country=country,
                person=True,
            )
        if mention.kind == "group" and tree.tag[head] in ("NNS", "NNPS"):
            return Speaker(
                name=f"{mention.text} ({actor.name})",
                affiliation=actor.name,
                country=country,
                clear=tree.tag[head] == "NNPS",
            )
        if mention.kind == "office" and tree.tag[head] == "NNS":
            text = self._phrase(page, head)
            return Speaker(name=f"{text} ({actor.name})", affiliation=actor.name, country=country, clear=False)
        if mention.kind in ("office", "group") and tree.lemma[head] in self.scene.voices.reporting.roles:
            named = self._beside(page, head)
            if named is not None:
                return named
        text = self._tidy(mention.text)
        shared = set(text.lower().split()) & set(actor.name.lower().split())
        name = text if shared else f"{text} ({actor.name})"
        weak = mention.kind in ("office", "group") and any(
            page.tree.lower[k] in ("a", "an", "one", "another", "some") for k in tree.kids[head]
        )
        return Speaker(
            name=name,
            affiliation=actor.name,
            office=actor.office,
            country=country,
            clear=not weak,
            person=mention.kind == "office",
        )

    def _whole(self, name: str) -> str:
        """The full name of a surname told before."""
        if " " in name:
            self.introduced.setdefault(name.split()[-1], (name, None))
            return name
        return self.introduced.get(name, (name, None))[0]

    def _pronoun(self, page: Page, head: int, mention: Mention | None) -> Speaker | None:
        lower = page.tree.lower[head]
        if lower in ("he", "she", "who"):
            start = page.start(page.sentence(head)[0])
            near = next((who for at, who in reversed(self.named) if start <= at < page.start(head)), None)
            if near is not None and (mention is None or not mention.actors):
                return near
            if mention is not None and mention.actors and mention.actors[0].person:
                actor = mention.actors[0]
                return Speaker(
                    name=actor.person or "",
                    affiliation=f"{actor.office} of {actor.name}" if actor.office else actor.name,
                    office=actor.office,
                    country=actor.code,
                    person=True,
                )
            if self.last is not None and self.last.person:
                return self.last
            offset = page.start(head)
            return next((speaker for at, speaker in reversed(self.named) if at < offset), None)
        if (
            mention is not None
            and mention.actors
            and len({a.code for a in mention.actors}) == 1
            and lower in ("it", "they")
        ):
            actor = mention.actors[0]
            return Speaker(name=actor.name, affiliation=actor.name, country=actor.code)
        return None

    def _side(self, page: Page, head: int) -> Speaker | None:
        for kid in page.tree.kids[head]:
            mention = self.scene.mention(page.start(kid), page.end(kid))
            if mention is not None and mention.actors:
                actor = mention.actors[0]
                return Speaker(name=f"Government of {actor.name}", affiliation=actor.name, country=actor.code)
        named = any(page.tree.dep[kid] in ("amod", "compound", "poss") for kid in page.tree.kids[head])
        return Speaker(name=self._phrase(page, head)) if named else None

    def _full(self, page: Page, head: int) -> Speaker | None:
        """A person or an institution by its proper name, with what stands beside it."""
        tree = page.tree
        if tree.pos[head] != "PROPN" and page.paragraph.parse[head].ent_type_ not in ("ORG", "PERSON"):
            return None
        if not tree.text[head][0].isupper():
            return None
        first = last = head
        while first and tree.pos[first - 1] == "PROPN" and tree.sent[first - 1] == tree.sent[head]:
            first -= 1
        while (
            last + 1 < len(tree)
            and tree.pos[last + 1] == "PROPN"
            and tree.head[last + 1] in (head, last)
            and tree.dep[last + 1] in ("flat", "compound")
        ):
            last += 1
        text = self.scene.document.text[page.start(first) : page.end(last)]
        token = page.paragraph.parse[head]
        name = _TITLE.sub("", re.sub(r"\s+", " ", text))
        human = token.ent_type_ == "PERSON" or name.split()[-1] in self.introduced
        description = self._description(page, head)
        if human and " " in name:
            self.introduced.setdefault(name.split()[-1], (name, description))
        elif human:
            name, before = self.introduced.get(name, (name, None))
            description = description or before
        if description:
            for role in self.scene.voices.reporting.roles:
                if re.search(rf"\b{role}\b", description, re.I):
                    self.roles.setdefault(role, name)
        if not human:
            phrase = self._phrase(page, head)
            inside = [m for m in self.scene.within(page.start(tree.left[head]), page.end(head) + 1) if m.actors]
            country = inside[0].actors[0] if inside else None
            return Speaker(
                name=phrase if len(phrase) < 60 else name,
                affiliation=description or (country.name if country else None),
                country=country.code if country else None,
            )
        return Speaker(
            name=name,
            affiliation=description or (self.introduced.get(name.split()[-1], (name, None))[1] if human else None),
            clear=True,
            person=human,
        )

    def _description(self, page: Page, head: int) -> str | None:
        """What stands beside a name: "Maria Kowalska, an economist in Warsaw", "economist Maria Kowalska"."""
        tree = page.tree
        for kid in tree.kids[head]:
            if tree.dep[kid] == "appos" and tree.pos[kid] in ("NOUN", "PROPN"):
                a, b = tree.span(kid)
                text = self.scene.document.text[page.start(a) : page.end(min(b, a + 11))]
                return re.sub(r"\s+", " ", re.sub(r"^(?:an?|the)\s+", "", text))
        left = [
            kid
            for kid in tree.kids[head]
            if kid < head and tree.dep[kid] in ("compound", "nmod", "amod") and tree.pos[kid] in ("NOUN", "ADJ")
        ]
        if left:
            a = min(tree.left[kid] for kid in left)
            text = self.scene.document.text[page.start(a) : page.end(max(left))]
            return re.sub(r"\s+", " ", text)
        parent = tree.head[head]
        if tree.dep[head] == "appos" and tree.pos[parent] == "NOUN":
            a, _ = tree.span(parent)
            return re.sub(
                r"\s+",
                " ",
                re.sub(
                    r"^(?:an?|the|our)\s+",
                    "",
                    self.scene.document.text[page.start(a) : page.start(head)].strip(" ,"),
                    flags=re.I,
                ),
            )
        return None

    def _beside(self, page: Page, head: int) -> Speaker | None:
        """The name in apposition to a role ("one economist, Jan Novak"), or the person a definite role was told of."""
        tree = page.tree
        for kid in tree.kids[head]:
            if tree.dep[kid] == "appos" and tree.pos[kid] == "PROPN":
                named = self.resolve(page, kid)
                if named is not None:
                    role = self._phrase(page, head)
                    return Speaker(
                        name=named.name,
                        affiliation=named.affiliation or role,
                        office=named.office,
                        country=named.country,
                        person=True,
                    )
        definite = any(tree.lower[kid] in ("the", "this", "that") for kid in tree.kids[head])
        if definite and tree.lower[head] in self.scene.voices.reporting.roles:
            known = self.roles.get(tree.lower[head])
            if known is not None:
                return Speaker(name=known, affiliation=self._phrase(page, head), person=True)
            if (
                self.last is not None
                and self.last.person
                and tree.tag[head] == "NN"
                and tree.lemma[head] not in ("spokesman", "spokeswoman", "spokesperson")
            ):
                return self.last
        return None

    def _phrase(self, page: Page, head: int) -> str:
        a, b = page.tree.span(head)
        return self._tidy(self.scene.document.text[page.start(a) : page.end(min(b, a + 9))])

    @staticmethod
    def _tidy(text: str) -> str:
        return re.sub(r"\s+", " ", re.sub(r"^(?:the|an?|its|his|her|their|our|your)\s+", "", text.strip(), flags=re.I))

    def _described(self, page: Page, head: int) -> Speaker | None:
        """A common noun: a ministry or a described person; not clear where it is nobody in particular."""
        tree = page.tree
        if tree.pos[head] not in ("NOUN", "PROPN"):
            return None
        lemma = tree.lemma[head]
        phrase = self._phrase(page, head)
        inside = [m for m in self.scene.within(page.start(tree.left[head]), page.end(head) + 1) if m.actors]
        country = inside[0].actors[0].code if inside else None
        plural = tree.tag[head] in ("NNS", "NNPS")
        institution = lemma in self.scene.voices.reporting.bodies
        human = lemma in self.scene.voices.reporting.roles
        if not institution and not human and country is None:
            return None
        return Speaker(
            name=phrase,
            affiliation=inside[0].actors[0].name if inside else None,
            country=country,
            clear=institution and not plural and (country is not None or lemma.startswith("spokes")),
            person=human and not plural,
        )
