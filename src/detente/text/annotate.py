"""The text stage as a whole: what the pipeline calls."""

from __future__ import annotations

import msgspec

from detente.codebook import Codebook
from detente.model import Annotations, Document
from detente.text.clean import clean
from detente.text.language import language
from detente.text.mentions import countries, mentions
from detente.text.parse import parse
from detente.text.published import published
from detente.text.quantities import quantities
from detente.text.quotations import quotations
from detente.text.times import times


def prepare(document: Document, book: Codebook) -> Document:
    """A document with its article spans, title, language and publication date, where these can be told."""
    cleaned = clean(document, book)
    body = "\n".join(document.text[span.start : span.end] for span in cleaned.article)
    return msgspec.structs.replace(
        cleaned, language=cleaned.language or language(body), published=published(cleaned, book=book)
    )


def annotate(document: Document, book: Codebook) -> tuple[Document, Annotations]:
    """A prepared document with the countries it is about, and its annotations.

    Args:
        document: What `prepare` gave.
        book: The codebook.
    """
    when = document.published.interval if document.published else None
    paragraphs, sentences = parse(document, book=book.actors)
    found = mentions(document, paragraphs, sentences, book.actors, when)
    about = countries(found)
    document = msgspec.structs.replace(document, countries=about)
    seen = Annotations(
        paragraphs=paragraphs,
        sentences=sentences,
        mentions=found,
        countries=about,
        times=times(document, paragraphs, sentences, when, book),
        quotations=quotations(document, paragraphs),
        quantities=quantities(document, paragraphs, book.units),
    )
    return document, seen
