"""Finds the phrases that name matters: nouns of matters with what they are about, names, and acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.codebook import Codebook
from detente.codebook.matters import MatterBook, MatterNoun, NamedMatter
from detente.engines.rules.tree import Tree
from detente.matters.nesting import outermost
from detente.matters.page import Page
from detente.matters.phrase import Phrase
from detente.matters.topic import about

_ACRONYM = re.compile(r"[A-Z][A-Za-z&-]*[A-Z]{1,}[A-Za-z0-9-]*$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "such", "its", "their", "his", "both"))
_INDEFINITE = frozenset(("a", "an", "any", "some", "another", "no", "several", "many", "new", "further", "more"))
_NOMINAL = frozenset(("NOUN", "PROPN"))
_TOPIC = frozenset(("on", "over", "about", "against", "for", "regarding", "concerning", "of"))
_PRE = frozenset(
    ("compound", "amod", "nmod", "poss", "nummod", "det", "quantmod", "advmod", "npadvmod", "punct", "case", "predet")
)


def phrases(page: Page, book: Codebook, acronyms: dict[str, Phrase], around: frozenset[str]) -> Iterator[Phrase]:
    """The phrases of a paragraph that name a matter, in order.

    Args:
        page: The paragraph.
        book: The codebook.
        acronyms: Acronyms introduced so far, with the phrase that introduced them; new ones are added.
        around: Codes of the document's actors: an ambiguous name counts only where one of its parties is among them.
    """
    words, tree = book.matters, page.tree
    taken: set[int] = set()
    found: list[Phrase] = []
    for first, last, entry in _named(page, words, around):
        taken.update(range(first, last + 1))
        found.append(_of_name(page, first, last, entry, words))
    for i in range(len(tree) - 1, -1, -1):
        if i in taken:
            continue
        match = _noun(tree, i, words)
        if match is not None and not _is_actor(page, match[1]):
            entry_, head, low = match
            taken.update(range(low, i + 1))
            found.append(_of_noun(page, head, low, i, entry_, words))
        elif tree.text[i] in acronyms and tree.pos[i] in _NOMINAL:
            taken.add(i)
            found.append(_of_acronym(page, i, acronyms[tree.text[i]], words))
    found.sort(key=lambda phrase: phrase.head)
    for phrase in outermost(found):
        _acronym(phrase, acronyms)
        yield phrase


def _noun(tree: Tree, i: int, words: MatterBook) -> tuple[MatterNoun, int, int] | None:
    """The longest noun of the lexicon that ends at a token, its head token and its first token."""
    if (
        i + 1 < len(tree)
        and tree.text[i + 1] == "-"
        and tree.end[i] == tree.idx[i + 1]
        and tree.dep[i] not in ("pobj", "dobj", "nsubj")
    ):
        return None  # "duty-free"
    if tree.pos[i] not in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") or (
        tree.pos[i] in ("VERB", "ADJ", "NUM")
        and tree.dep[i] not in ("pobj", "dobj", "nsubj", "nsubjpass", "conj", "attr", "compound")
    ):
        return None
    lemma = tree.lemma[i]
    rows = (
        words.nouns.get(lemma)
        or words.nouns.get(tree.lower[i])
        or (words.nouns.get(lemma[:-1]) if lemma.endswith("s") else None)
    )
    for entry in rows or ():
        size = len(entry.words)
        if size > i + 1 or not all(_same(tree, i - k, entry.words[-1 - k]) for k in range(1, size)):
            continue
        head = i
        if "of" in entry.words:
            head = i - (size - 1) + entry.words.index("of") - 1
        return entry, head, i - size + 1
    return None


def _astray(page: Page, head: int, last: int, words: MatterBook) -> list[int]:
    """Complements that the parser hung on the verb ("imposed duties on lumber", "a deal was reached on fishing")."""
    tree, verb = page.tree, page.tree.head[head]
    if tree.dep[head] not in ("dobj", "nsubjpass") or tree.pos[verb] != "VERB":
        return []
    for kid in tree.kids[verb]:
        thing = tree.first(kid, "pobj", "pcomp") if tree.dep[kid] == "prep" and tree.lower[kid] in _TOPIC else None
        if thing is None or any(kid < at <= thing for _, at in page.times):
            continue
        near = last < kid <= last + 8 and tree.lower[kid] != "for" and tree.lower[kid] != "of"
        if kid == last + 1 or near or (tree.dep[head] == "nsubjpass" and kid == verb + 1):
            return [kid]
    return []


def _reach(page: Page, prep: int) -> int:
    """The last token of a complement, without a time at its end."""
    tree = page.tree
    right = tree.span(prep)[1]
    thing = tree.first(prep, "pobj")
    if thing is not None:
        right = max(right, *(tree.span(one)[1] for one in tree.coordinated(thing)))
    clause = tree.first(prep, "pcomp")
    if clause is not None:
        right = max(right, tree.span(clause)[1])
    for _, at in page.times:
        if prep + 1 < at <= right:
            right = min(right, at - 2 if tree.dep[at - 1] == "prep" else at - 1)
    return max(right, prep)


def _is_actor(page: Page, head: int) -> bool:
    """Whether the noun is part of an actor's name ("the European Union") or of a title ("Foreign Affairs Minister")."""
    tree, mention = page.tree, page.at.get(head)
    if mention is not None and mention.kind in ("name", "agency", "office", "person"):
        return True
    return tree.pos[head] == "PROPN" and tree.dep[head] == "compound" and tree.pos[tree.head[head]] == "PROPN"


def _same(tree: Tree, i: int, word: str) -> bool:
    return tree.lemma[i] == word or tree.lower[i] == word or tree.lower[i] == word + "s"


def _named(page: Page, words: MatterBook, around: frozenset[str]) -> Iterator[tuple[int, int, NamedMatter]]:
    tree, i = page.tree, 0
    while i < len(tree):
        hit = None
        for alias, entry in words.named.get(tree.text[i], ()):
            size = len(alias)
            if entry.parties and len(around & set(entry.parties)) < (2 if " ".join(alias) in entry.unsure else 1):
                continue
            if i + size <= len(tree) and all(tree.text[i + k] == alias[k] for k in range(1, size)):
                hit = (i, i + size - 1, entry)
                break
        if hit:
            yield hit
            i = hit[1] + 1
        else:
            i += 1


def _of_name(page: Page, first: int, last: int, entry: NamedMatter, words: MatterBook) -> Phrase:
    tree = page.tree
    head = last
    while head > first and tree.head[head] >= first and tree.head[head] <= last and tree.head[head] != head:
        head = tree.head[head]
    top = tree.head[head]
    # "the Senkaku dispute", "RCEP agreement": the noun it modifies names the same matter
    if (
        tree.dep[head] in ("compound", "nmod", "amod", "poss")
        and top > last
        and top - last <= 2
        and any(row.kind == entry.kind for row in words.nouns.get(tree.lemma[top], ()))
    ):
        head = top
    phrase = Phrase(
        page,
        head,
        first,
        max(last, head),
        entry.kind,
        words.families.get(tree.lemma[head], "named"),
        "none",
        named=entry,
        name=entry.name,
        proper=True,
        definite=True,
        years=_years(tree, first, max(last, head)),
    )
    phrase.core = (first, phrase.last)
    return phrase


def _of_acronym(page: Page, i: int, known: Phrase, words: MatterBook) -> Phrase:
    phrase = Phrase(
        page,
        i,
        i,
        i,
        known.kind,
        known.family,
        "none",
        named=known.named,
        name=known.name,
        acronym=known.acronym,
        terms=known.terms,
        proper=True,
        definite=True,
    )
    phrase.core = (i, i)
    return phrase


def _of_noun(page: Page, head: int, low: int, high: int, entry: MatterNoun, words: MatterBook) -> Phrase:
    """The phrase around a noun: what stands before it, and the complements after it that say what it is about."""
    tree = page.tree
    first = _begins(page, head, min(low, head))
    complements, last = _complements(page, head, max(high, head), words)
    terms = about(page, head, first, last, words, astray=frozenset(complements))
    # "export control" says what is controlled
    terms += tuple(word for word in entry.words[:-1] if word.isalpha() and word not in (*terms, "of", *words.empty))
    clause, tail = tree.first(head, "relcl"), -1
    if clause is not None and not terms:  # "a deal under which Algeria would ship gas"
        tail = min(tree.right[clause], head + 16)
        terms = about(page, clause, tree.left[clause], max(tail, clause), words)
    before = next((tree.lower[i] for i in tree.kids[head] if tree.dep[i] in ("det", "poss") and i < head), "")
    if any(tree.lower[i] == "such" for i in tree.kids[head] if i < head):
        before = "such"  # "a previous such arrangement" is of the kind told before
    phrase = Phrase(
        page,
        head,
        first,
        last,
        entry.kind,
        entry.family,
        entry.need,
        terms=terms,
        proper=_capitalised(page, head),
        years=_years(tree, first, last),
        definite=before in _DEFINITE or bool(before and before not in _INDEFINITE),
        indefinite=before in ("a", "an", "any", "no", "another"),
        plural=tree.tag[head] in ("NNS", "NNPS"),
        such=before == "such",
        inner=_target(tree, complements),
        tail=tail,
    )
    if phrase.proper:
        phrase.name = _proper_name(tree, head, first, last)
    phrase.core = (_core(page, first, low), last)
    return phrase


def _years(tree: Tree, first: int, last: int) -> frozenset[int]:
    return frozenset(int(tree.text[i]) for i in range(first, last + 1) if _YEAR.match(tree.text[i]))


def _begins(page: Page, head: int, first: int) -> int:
    """The first token of a noun's phrase, with its modifiers and the whole of a name joined by a hyphen."""
    tree = page.tree
    for kid in tree.kids[head]:
        if kid < first and tree.dep[kid] in _PRE:
            first = min(first, tree.left[kid])
    while first > 0 and tree.text[first - 1] in ("-", "–") and page.at.get(first - 1, 0) == page.at.get(first, 1):
        first -= 1
    return first


def _complements(page: Page, head: int, last: int, words: MatterBook) -> tuple[list[int], int]:
    """The complements of a noun that belong to its phrase, and the phrase's last token."""
    tree = page.tree
    found: list[int] = []
    for kid in sorted(kid for kid in tree.kids[head] if kid > head):
        word = tree.lower[kid]
        if tree.dep[kid] == "prep" and (word in words.about or word in ("with", "between", "among", "by", "from")):
            right = _reach(page, kid)
            if right - head > 22:
                continue
            found.append(kid)
            last = max(last, right)
        elif tree.dep[kid] == "acl" and tree.tag[kid] == "VB" and kid - last <= 2:  # "an accord to share water"
            right = tree.span(kid)[1]
            if right - head <= 18:
                found.append(kid)
                last = max(last, right)
    for kid in _astray(page, head, last, words):
        found.append(kid)
        last = max(last, min(_reach(page, kid), head + 22))
    return found, last


def _target(tree: Tree, complements: list[int]) -> int | None:
    """The thing that the first topical complement leads to, or what is to be done to it."""
    for kid in complements:
        target, deed = tree.first(kid, "pobj"), tree.first(kid, "pcomp")
        if target is None and deed is not None:
            target = tree.first(deed, "dobj")
        if target is not None and tree.lower[kid] in ("on", "for", "toward", "towards", "of", "over", "about", "to"):
            return target
    return None


def _capitalised(page: Page, head: int) -> bool:
    """Whether a noun is written as part of a name."""
    tree, word = page.tree, page.tree.text[head]
    if page.heading or head == 0 or not word[:1].isupper() or word.isupper():
        return False
    named = tree.text[head - 1][:1].isupper() and tree.pos[head - 1] != "DET"
    return named or (head + 1 < len(tree) and tree.lower[head + 1] in ("of", "on"))


def _core(page: Page, first: int, low: int) -> int:
    """The first token of the noun with its modifiers, without possessors and parties."""
    tree = page.tree
    while (
        low - 1 >= first
        and low - 1 not in page.at
        and tree.pos[low - 1] in ("ADJ", "NOUN", "PROPN", "PUNCT", "NUM")
        and tree.text[low - 1] not in (",", "'s", "’s", '"', "“", "'")
    ):
        low -= 1
    return low


def _proper_name(tree: Tree, head: int, first: int, last: int) -> str | None:
    """The run of capitalised words through the head, with the small words between them."""
    small = frozenset(("of", "on", "and", "the", "for", "in", "to", "-", "–"))
    low = head
    while low - 1 >= first and (
        tree.text[low - 1][:1].isupper() or (tree.text[low - 1] in ("-", "–") and low - 2 >= first)
    ):
        low -= 1
    high = head
    while high < last:
        step = high + 1
        while step <= last and tree.lower[step] in small:
            step += 1
        if step > last or not tree.text[step][:1].isupper():
            break
        high = step
    if high == low:
        return None
    text: list[str] = []
    for i in range(low, high + 1):
        text.append((" " if text and tree.idx[i] > tree.end[i - 1] else "") + tree.text[i])
    return "".join(text)


def _acronym(phrase: Phrase, acronyms: dict[str, Phrase]) -> None:
    """Notes an acronym that follows a phrase in parentheses ("… Agreement (GSOMIA)")."""
    tree = phrase.page.tree
    for at in (phrase.head, phrase.last, phrase.core[1]):
        if (
            at + 3 < len(tree)
            and tree.text[at + 1] == "("
            and tree.text[at + 3] == ")"
            and _ACRONYM.match(tree.text[at + 2])
        ):
            phrase.acronym = tree.text[at + 2]
            phrase.last = max(phrase.last, at + 3)
            acronyms.setdefault(phrase.acronym, phrase)
            return
