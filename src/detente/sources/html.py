"""Reads HTML through trafilatura (the extra `html`)."""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import Any

from detente.errors import MissingExtraError, SourceError
from detente.model import Document, Interval, Publication, document_id
from detente.sources.limits import MAX_HTML_BYTES, checked_size

MIN_WORDS = 12
"""What has fewer words is a menu or a notice, whatever the page calls it."""


def html_document(data: bytes, name: str, *, path: str | None = None, url: str | None = None) -> Document:
    """A document from a web page: its main text, title, publisher and date as trafilatura finds them.

    Offsets of evidence are into the text so found. The page's own date is kept as metadata with where it came from.

    Args:
        data: The page as it was served.
        name: What, with the text, makes the document's id: a file name or an address.
        path: The file it was read from, if any.
        url: Its address, if known.

    Raises:
        MissingExtraError: without the extra `html`.
        SourceError: where the page is empty, too large or holds no article.
    """
    where = path or url or name
    checked_size(len(data), MAX_HTML_BYTES, where)
    found = _extract(data, url)
    body = (getattr(found, "text", None) or "").strip()
    if len(body.split()) < MIN_WORDS:
        raise SourceError(
            "holds no article that could be found", where=where, mend="save its text as .txt and add that"
        )
    title = (getattr(found, "title", None) or "").strip() or None
    text = _paragraphs(body)
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    address = url or getattr(found, "url", None)
    return Document(
        id=document_id(text, name),
        text=text,
        title=title,
        published=_published(found),
        url=address,
        publisher=getattr(found, "sitename", None) or getattr(found, "hostname", None),
        path=path,
    )


def _extract(data: bytes, url: str | None) -> Any:
    try:
        import trafilatura
    except ImportError:
        raise MissingExtraError("html", "reading HTML") from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.bare_extraction(
        data, url=url, with_metadata=True, include_comments=False, favor_precision=True, deduplicate=False
    )


def _paragraphs(body: str) -> str:
    """Paragraphs apart by blank lines, as in other documents."""
    return re.sub(r"\n+", "\n\n", body.replace("\r\n", "\n"))


def _published(found: Any) -> Publication | None:
    value = getattr(found, "date", None)
    try:
        day = date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
    return Publication(interval=Interval(start=day, end=day), known="metadata", reasons=("the page's own metadata",))
