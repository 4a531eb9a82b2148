"""Reads PDF through pypdf (the extra `pdf`)."""

from __future__ import annotations

import io
import re

from detente.errors import MissingExtraError, SourceError
from detente.model import Document, document_id
from detente.sources.limits import MAX_TEXT_BYTES, checked_size

MAX_PDF_BYTES = 50_000_000


def pdf_document(data: bytes, name: str, *, path: str | None = None) -> Document:
    """A document from a PDF's text layer, pages apart by blank lines.

    Raises:
        MissingExtraError: without the extra `pdf`.
        SourceError: where it is no PDF, is locked, or has no text (a scan).
    """
    where = path or name
    checked_size(len(data), MAX_PDF_BYTES, where)
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise MissingExtraError("pdf", "reading PDF") from None
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text() or "" for page in reader.pages]
        title = str(reader.metadata.title) if reader.metadata and reader.metadata.title else None
    except (PyPdfError, ValueError, KeyError, OSError) as error:
        raise SourceError(f"is no PDF that can be read: {error}", where=where, mend="open and save it anew") from None
    text = re.sub(r"-\n(?=[a-z])", "", "\n\n".join(page.strip() for page in pages if page.strip()))
    if not text.strip():
        raise SourceError("has no text layer, as a scan has none", where=where, mend="run it through OCR first")
    checked_size(len(text), MAX_TEXT_BYTES, where)
    return Document(id=document_id(text, name), text=text, title=title, path=path or name)
