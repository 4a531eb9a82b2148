"""What the coding of one document's statements works with: paragraphs as trees, mentions and quotations by offset."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

from detente.codebook.voices import Voices
from detente.engines.rules.tree import Tree
from detente.model import Annotations, Document, Mention, Paragraph, Quotation


@dataclass
class Page:
    """A paragraph with its tree."""

    number: int
    paragraph: Paragraph
    tree: Tree

    @property
    def base(self) -> int:
        """The offset of the paragraph."""
        return self.paragraph.start

    def start(self, i: int) -> int:
        """The document offset of token `i`."""
        return self.base + self.tree.idx[i]

    def end(self, i: int) -> int:
        """The document offset after token `i`."""
        return self.base + self.tree.end[i]

    def token(self, offset: int) -> int:
        """The token at a document offset, or the first after it."""
        return min(bisect.bisect_left(self.tree.end, offset - self.base + 1), len(self.tree) - 1)

    def sentence(self, i: int) -> tuple[int, int]:
        """First and last token of the sentence of token `i`."""
        return self.tree.sentence(i)


@dataclass
class Scene:
    """One document: `starts` are the offsets of its mentions."""

    document: Document
    seen: Annotations
    voices: Voices
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.starts = [mention.start for mention in self.seen.mentions]
        self._quotes = [quotation.start for quotation in self.seen.quotations]

    def mention(self, start: int, end: int) -> Mention | None:
        """The mention that holds the whole of `start` to `end`, the longest."""
        best: Mention | None = None
        at = bisect.bisect_right(self.starts, start)
        for mention in self.seen.mentions[max(0, at - 6) : at]:
            if (
                mention.start <= start
                and end <= mention.end
                and (best is None or mention.end - mention.start > best.end - best.start)
            ):
                best = mention
        return best

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions wholly inside `start` and `end`."""
        first, last = bisect.bisect_left(self.starts, start), bisect.bisect_left(self.starts, end)
        return [mention for mention in self.seen.mentions[first:last] if mention.end <= end]

    def quotations(self, start: int, end: int) -> list[Quotation]:
        """The quotations that overlap `start` to `end`."""
        first = max(0, bisect.bisect_left(self._quotes, start) - 1)
        found = []
        for quotation in self.seen.quotations[first:]:
            if quotation.start >= end:
                break
            if quotation.end > start:
                found.append(quotation)
        return found

    def quoted(self, offset: int) -> Quotation | None:
        """The quotation that an offset lies in."""
        found = self.quotations(offset, offset + 1)
        return found[0] if found else None
