"""Questions of a wider view: which relations there are, what moved last, what belongs together, how much there is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Self

from detente.model import Link, Matter, Record, content_id
from detente.store.layout import TABLES
from detente.store.questions import Questions
from detente.store.result import Result
from detente.store.statements import ask, sql


class Relation(Record, frozen=True, kw_only=True):
    """A dyad at a glance. `events` are all; `cooperation` and `conflict` count those that happened and are not history
    retold; `oldest` and `newest` are the days on which the first and the last of these began, None where none is dated.
    """

    dyad: str
    events: int
    cooperation: int
    conflict: int
    documents: int
    oldest: date | None = None
    newest: date | None = None


class Month(Record, frozen=True, kw_only=True):
    """The events of a dyad in a month, given by its first day, by tendency."""

    dyad: str
    month: date
    cooperation: int
    conflict: int


class Size(Record, frozen=True, kw_only=True):
    """A table: how many rows it shows, and when the newest was written."""

    table: str
    rows: int
    recorded: datetime | None = None


class Overview(Questions):
    """What pages and lists ask beside the records themselves."""

    def pinned(self) -> Self:
        """The archive as it is at this moment; whatever is written later, all its answers are of one snapshot."""
        still = type(self)(self._lake, self._until)
        with self._lock:
            still._engine = self._engine = self._engine or self._new_engine()
            still._session = self._engine.session(self._until, held=True)
            still._session.ensure(TABLES, self._lake.snapshot)
        still._pinned = True
        return still

    @property
    def snapshot(self) -> str:
        """A name for what is seen: it changes with every commit to any table, and only then."""
        if self._pinned and self._session is not None:
            versions = {name: seen.version for name, seen in self._session.snapshots.items()}
        else:
            versions = {name: self._lake.version(name) for name in TABLES}
        return content_id("snapshot", *(versions[name] for name in TABLES), self._until)

    def relations(self, party: str | None = None, *, limit: int | None = None) -> list[Relation]:
        """Dyads, those with most events first; of one party only if given."""
        rows = self._view("events").rows(*ask("relations", {"party": party, "limit": limit}))
        names = Relation.__struct_fields__
        return [Relation(**dict(zip(names, row, strict=True))) for row in rows]

    def months(self, dyads: Iterable[str]) -> list[Month]:
        """The months of some dyads in which something happened, in order."""
        rows = self._view("events").rows(*ask("months", {"dyads": list(dyads)}))
        return [Month(dyad=row[0], month=row[1], cooperation=row[2], conflict=row[3]) for row in rows]

    def movers(self, limit: int) -> list[str]:
        """Ids of the matters, as single documents tell them, whose dated steps are the newest."""
        view = self._view("matters", "milestones")
        return [row[0] for row in view.rows(*ask("steps", {"limit": limit}))]

    def matters_called(self, words: Collection[str], *, limit: int) -> list[str]:
        """Ids of the matters, as single documents tell them, whose names hold all of some words in lower case."""
        if not words:
            return []
        rows = self._view("matters").rows(sql("called"), {"words": list(words), "limit": limit})
        return [row[0] for row in rows]

    def kin(self, ids: Collection[str]) -> list[str]:
        """Ids of all matters that links judged the same join to some, these included, in order."""
        rows = self._view("links").rows(sql("kin"), {"ids": list(ids)})
        return sorted(row[0] for row in rows)

    def links_among(self, ids: Collection[str]) -> Result[Link]:
        """The links of which both ends are among some matters."""
        return Result(self._view("links"), Link, *ask("links_among", {"ids": list(ids)}))

    def matters_among(self, ids: Collection[str]) -> Result[Matter]:
        """The matters of some ids, as single documents tell them."""
        return Result(self._view("matters", "milestones"), Matter, *ask("matters", {"ids": list(ids)}))

    def words(self, table: str, column: str) -> list[str]:
        """The words that a column of a table holds, the most frequent first; both names are of the layout."""
        assert column in (*TABLES[table].columns, "dataset"), (table, column)
        text = sql("words", table=table).replace("{column}", column)
        return [row[0] for row in self._view(table).rows(text)]

    def sizes(self) -> list[Size]:
        """How much each table holds."""
        view = self._view(*TABLES)
        found: list[Size] = []
        for name in TABLES:
            ((rows, recorded),) = view.rows(sql("sizes", table=name))
            found.append(Size(table=name, rows=rows, recorded=recorded))
        return found


__all__ = ["Month", "Overview", "Relation", "Size"]
