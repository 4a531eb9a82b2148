"""Full-text search: an SQLite FTS5 file beside the archive's own cache, derived, and safe to delete at any time."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from detente.errors import ArchiveError
from detente.model import Document, Record

OPEN, CLOSE = "⟦", "⟧"
"""What stands around the words found in a snippet."""

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_VERSION = 1
_LONGEST = 400_000


class Hit(Record, frozen=True, kw_only=True):
    """A document that holds the words, a stretch of its text with them marked, and its rank (smaller is better)."""

    document_id: str
    snippet: str
    rank: float


class SearchIndex:
    """The words of documents.

    Args:
        path: The file; made when first written.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()

    def known(self) -> set[str]:
        """Ids of the documents in it."""
        with self._open() as connection:
            return {row[0] for row in connection.execute("SELECT id FROM known")}

    def add(self, documents: Iterable[Document], *, batch: int = 500) -> int:
        """Takes in documents that are not there yet; gives their number."""
        count = 0
        with self._lock, self._open() as connection:
            for document in documents:
                with_new = connection.execute("INSERT OR IGNORE INTO known(id) VALUES (?)", (document.id,))
                if with_new.rowcount:
                    connection.execute(
                        "INSERT INTO words(rowid, title, body) VALUES (?, ?, ?)",
                        (with_new.lastrowid, (document.title or "")[:1000], document.text[:_LONGEST]),
                    )
                    count += 1
                if count % batch == 0:
                    connection.commit()
            connection.commit()
        return count

    def search(self, query: str, *, limit: int = 20, skip: int = 0) -> list[Hit]:
        """Documents that hold all words of a query, best first.

        Args:
            query: Words; those in quotation marks as they stand; a word's beginning with `*` after it.
            limit: At most so many.
            skip: Without the first so many.

        Returns:
            Nothing for a query without a word.
        """
        words = expression(query)
        if not words:
            return []
        with self._open() as connection:
            rows = connection.execute(
                "SELECT known.id, snippet(words, 1, ?, ?, ' … ', 40), bm25(words, 4.0, 1.0) AS rank "
                "FROM words JOIN known ON known.number = words.rowid WHERE words MATCH ? "
                "ORDER BY rank, known.id LIMIT ? OFFSET ?",
                (OPEN, CLOSE, words, limit, skip),
            )
            return [Hit(document_id=row[0], snippet=row[1], rank=row[2]) for row in rows]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=30)) as connection:
                self._prepare(connection)
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(
                f"the search file cannot be used: {error}", where=str(self._path), mend="delete it; it is made anew"
            ) from error

    def _prepare(self, connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
            return
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(
            "DROP TABLE IF EXISTS words; DROP TABLE IF EXISTS known;"
            "CREATE TABLE known(number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL);"
            'CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize="unicode61 remove_diacritics 2");'
            f"PRAGMA user_version={_VERSION};"
        )
        connection.commit()


def expression(query: str) -> str:
    """A query as FTS5 takes it: every word quoted, so that nothing in it is an operator; empty where it has no word."""
    terms = []
    for phrase, word in _TERM.findall(query):
        text = phrase or word.rstrip("*")
        if any(character.isalnum() for character in text):
            plain = text.replace('"', "").replace("\x00", "")
            terms.append(f'"{plain}"{"*" if word.endswith("*") else ""}')
    return " ".join(terms[:16])
