"""Reads RSS and Atom feeds through feedparser (the extra `html`): each entry's page is a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.errors import MissingExtraError

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_UNSAFE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def is_feed(data: bytes) -> bool:
    """Whether some bytes look like a feed."""
    return _FEED.search(data[:4096]) is not None


def feed_links(data: bytes) -> Iterator[str]:
    """The addresses of a feed's entries, in its order. A feed with a DOCTYPE or entities has none: it is refused.

    Raises:
        MissingExtraError: without the extra `html`.
    """
    if _UNSAFE.search(data[:4096]):
        return
    try:
        import feedparser
    except ImportError:
        raise MissingExtraError("html", "reading a feed") from None
    # Bytes only: feedparser opens a str as a file or an address.
    for entry in feedparser.parse(data).entries:
        link = entry.get("link")
        if isinstance(link, str) and link.startswith(("http://", "https://")):
            yield link
