"""A paragraph as the reader of matters sees it: its tree, and which tokens stand for actors or times."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from detente.engines.rules.tree import Tree
from detente.model import Annotations, Mention, Paragraph, TimeMention


class Page:
    """A parsed paragraph with its mentions and calendar times; `at` maps a token to the mention over it.

    Args:
        paragraph: The paragraph.
        number: Its place in the document.
        mentions: The mentions inside it.
        times: The times inside it.
    """

    __slots__ = ("at", "base", "begin", "heading", "mentions", "number", "times", "tree")

    def __init__(self, paragraph: Paragraph, number: int, mentions: list[Mention], times: list[TimeMention]) -> None:
        self.tree = Tree(paragraph.parse)
        self.base, self.number, self.heading = paragraph.start, number, paragraph.heading
        self.mentions = mentions
        told = [(time, self.token(time.start)) for time in times if time.kind == "date" and time.interval]
        self.begin = begin = _dateline(self.tree)
        self.times = [(time, at) for time, at in told if at >= begin]
        self.at: dict[int, Mention] = {}
        i, tree = 0, self.tree
        for mention in mentions:
            if mention.how in ("place", "dateline"):  # where something is says nothing of whose it is
                continue
            start, end = mention.start - self.base, mention.end - self.base
            while i < len(tree) and tree.end[i] <= start:
                i += 1
            j = i
            if any(
                tree.lower[k] in ("dollar", "dollars") and tree.idx[k] - end <= 1
                for k in range(i + 1, min(i + 4, len(tree)))
            ):
                continue
            while j < len(tree) and tree.idx[j] < end:
                self.at.setdefault(j, mention)
                j += 1

    def token(self, offset: int) -> int:
        """The token at an offset of the document, or the one after it."""
        return bisect_right(self.tree.end, offset - self.base)

    def codes(self, first: int, last: int) -> list[str]:
        """Codes of the actors that the tokens from `first` to `last` stand for, in order."""
        found: dict[str, None] = {}
        for i in range(first, last + 1):
            mention = self.at.get(i)
            if mention is not None:
                found.update(dict.fromkeys(actor.code for actor in mention.actors))
        return list(found)

    def actors(self, i: int) -> list[str]:
        """Codes of a subject, object or prepositional phrase with all that it is coordinated with."""
        tree = self.tree
        if i < self.begin:  # a dateline taken for the subject, which then stands in between
            verb = tree.head[i]
            return self.codes(self.begin, verb - 1) if self.begin < verb <= self.begin + 12 else []
        thing = tree.first(i, "pobj") if tree.pos[i] == "ADP" else i
        found: dict[str, None] = {}
        for one in tree.coordinated(i if thing is None else thing):
            found.update(dict.fromkeys(self.codes(*tree.span(one))))
        return list(found)

    def sentence(self, i: int) -> tuple[int, int]:
        """First and last token of the sentence of a token."""
        return self.tree.sentence(i)

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        """The document's offsets of a run of tokens."""
        return self.base + self.tree.idx[first], self.base + self.tree.end[last]


def _dateline(tree: Tree) -> int:
    """The first token after a dateline ("SEOUL, Aug 22 — "), whose date is the report's and not the deed's."""
    if not tree.text or not tree.text[0].isupper() or len(tree.text[0]) < 3:
        return 0
    return next((i + 1 for i in range(1, min(16, len(tree))) if tree.text[i] in ("-", "–", "—", "--")), 0)


def pages(seen: Annotations) -> Iterator[Page]:
    """The paragraphs of a document in order."""
    mentions, times = list(seen.mentions), list(seen.times)
    m = t = 0
    for number, paragraph in enumerate(seen.paragraphs):
        here: list[Mention] = []
        while m < len(mentions) and mentions[m].start < paragraph.end:
            if mentions[m].start >= paragraph.start:
                here.append(mentions[m])
            m += 1
        when: list[TimeMention] = []
        while t < len(times) and times[t].start < paragraph.end:
            if times[t].start >= paragraph.start:
                when.append(times[t])
            t += 1
        yield Page(paragraph, number, here, when)
