"""What can be asked of an archive. Every answer is a `Result` on a view that does not change under it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from detente.codebook import Codebook
from detente.codebook.barometer import BarometerBook
from detente.errors import ArchiveError
from detente.model import Document, Driver, Event, Figure, Issue, Link, Matter, Record, Run, Statement
from detente.model.dataset import Dataset
from detente.store.gauging import Gauging, doubts
from detente.store.layout import TABLES
from detente.store.result import Result
from detente.store.statements import ask, asked, sql

Codes = Sequence[str]
Words = str | Collection[str] | None

OWN = "own"
"""Stands for what detente coded itself, where datasets are named."""


class Questions(Gauging):
    """The questions. Codes are ISO 3166 alpha-3 or `IGO.…`; times are days, both ends included."""

    def has(self, document_ids: Iterable[str]) -> set[str]:
        """Which of these documents exist."""
        wanted = list(document_ids)
        if not wanted:
            return set()
        return {row[0] for row in self._view().rows(sql("has"), {"ids": wanted})}

    def document_count(self) -> int:
        """How many documents exist."""
        return int(self._view().value(sql("document_count")))

    def documents(
        self,
        parties: Codes = (),
        *,
        since: date | None = None,
        until: date | None = None,
        ids: Collection[str] | None = None,
        bare: bool = False,
        limit: int | None = None,
    ) -> Result[Document]:
        """Documents that are about all `parties`, published in the time; with empty texts if `bare`."""
        return self._ask(
            Document,
            "documents",
            parties,
            ids=list(ids) if ids is not None else None,
            since=since,
            until=until,
            bare=bare or None,
            limit=limit,
        )

    def named(self, name: str) -> Document | None:
        """The document of a path, a file's name, an address or an id; None if there is none."""
        return Result(self._view("documents"), Document, sql("named"), {"name": name}).first()

    def events(
        self,
        parties: Codes = (),
        *,
        since: date | None = None,
        until: date | None = None,
        type: Words = None,
        modality: Words = None,
        context: Words = None,
        retold: bool | None = None,
        dataset: Words = None,
        document: str | None = None,
        ids: Collection[str] | None = None,
        newest: bool = False,
        limit: int | None = None,
    ) -> Result[Event]:
        """Events, by date.

        Args:
            parties: None: all; one code: those it takes part in; two: those of the dyad, in which one acts on the
                other, in either direction, or both on one another; more: those that involve all.
            since: First day of the time asked for; events without a date are then left out.
            until: Last day.
            type: One PLOVER type or several; likewise `modality` and `context`.
            modality: See `type`.
            context: See `type`.
            retold: Only history told as background, or only the rest.
            dataset: Only those imported from these datasets; `own` for those that detente coded itself; all if None.
            document: Only those of one document.
            ids: Only those of some ids.
            newest: The newest first, those without a date last in either case.
            limit: At most so many.
        """
        return self._ask(
            Event,
            "events",
            parties,
            since=since,
            until=until,
            type=_words(type),
            limit=limit,
            modality=_words(modality),
            context=_words(context),
            retold=retold,
            document=document,
            ids=list(ids) if ids is not None else None,
            newest=newest or None,
            **_from(dataset),
        )

    def counts(
        self,
        parties: Codes = (),
        *,
        since: date | None = None,
        until: date | None = None,
        context: Words = None,
        dataset: Words = None,
        book: BarometerBook | None = None,
    ) -> Result[Any]:
        """Events by dyad, month (its first day), dataset, type, quad, modality, retold and damped.

        `events` counts acts, `reports` rows that tell of them, `articles` what the dataset counted; `intensity` is the
        mean over reports. `dataset` is NULL for what detente coded itself, so that imported counts are never mixed with
        these. `damped` marks a dataset's armed acts that nothing confirms, which the barometer weighs as words.

        Args:
            parties: The two codes of a dyad; none for all dyads.
            since: First day of the time.
            until: Last day.
            context: One PLOVER context or several.
            dataset: As for `events`.
            book: When armed acts are believed; the codebook's own rule if none is given.
        """
        rule = doubts(dyad(parties) if parties else None, book or Codebook.load().barometer)
        parameters = {"since": since, "until": until, "context": _words(context), **rule, **_from(dataset)}
        return Result(self._view("events"), None, *asked(("told", "doubt", "counts"), parameters))

    def acts(self, *, source: str | None = None, until: date | None = None) -> list[tuple[Any, ...]]:
        """Who did what to whom on which day: rows of source, day, actor, type, recipient and the event's id.

        Only what happened and is dated within a month; of a mutual event both ways.

        Args:
            source: Only by this coder or dataset.
            until: Only up to this day.
        """
        return self._view("events").rows(*ask("acts", {"source": source, "until": until}))

    def statements(
        self,
        parties: Codes = (),
        *,
        speaker: str | None = None,
        outlook: Words = None,
        since: date | None = None,
        until: date | None = None,
        document: str | None = None,
        newest: bool = False,
        limit: int | None = None,
    ) -> Result[Statement]:
        """Statements whose speaker's country, subject and document name all `parties`, the first two at least one.

        By document; those of the newest documents first if `newest`.
        """
        return self._ask(
            Statement,
            "statements",
            parties,
            speaker=speaker,
            outlook=_words(outlook),
            since=since,
            until=until,
            document=document,
            newest=newest or None,
            limit=limit,
        )

    def figures(
        self,
        parties: Codes = (),
        *,
        unit: Words = None,
        since: date | None = None,
        until: date | None = None,
        document: str | None = None,
        ids: Collection[str] | None = None,
        limit: int | None = None,
    ) -> Result[Figure]:
        """Figures of documents that are about all `parties`, or that a matter of theirs lists."""
        return self._ask(
            Figure,
            "figures",
            parties,
            ("matters",),
            unit=_words(unit),
            since=since,
            until=until,
            document=document,
            ids=list(ids) if ids is not None else None,
            limit=limit,
        )

    def drivers(
        self,
        parties: Codes = (),
        *,
        direction: Words = None,
        hedge: Words = None,
        document: str | None = None,
        limit: int | None = None,
    ) -> Result[Driver]:
        """Drivers of documents that are about all `parties`."""
        return self._ask(
            Driver,
            "drivers",
            parties,
            direction=_words(direction),
            hedge=_words(hedge),
            document=document,
            limit=limit,
        )

    def matter_records(
        self, parties: Codes = (), *, kind: Words = None, status: Words = None, document: str | None = None
    ) -> Result[Matter]:
        """Matters as single documents tell them, with milestones; `parties` among parties, imposers and targets."""
        return self._ask(
            Matter,
            "matters",
            parties,
            ("milestones",),
            kind=_words(kind),
            status=_words(status),
            document=document,
        )

    def links(self) -> Result[Link]:
        """All links between matters, in the order of recording."""
        return self._rows(Link, "links")

    def issues(self, *, document: str | None = None, limit: int | None = None) -> Result[Issue]:
        """Trouble recorded, of one document or all."""
        return self._rows(Issue, "issues", document=document, limit=limit)

    def runs(self, *, limit: int | None = None) -> Result[Run]:
        """The runs that wrote to the archive."""
        return self._rows(Run, "runs", limit=limit)

    def datasets(self) -> Result[Dataset]:
        """The datasets imported."""
        return self._rows(Dataset, "datasets")

    def text(self, document_id: str) -> str:
        """The text of a document.

        Raises:
            ArchiveError: if there is no such document.
        """
        record = self.get(document_id, tables=("documents",))
        assert isinstance(record, Document)
        return record.text

    def get(self, record_id: str, *, tables: Collection[str] = ()) -> Record:
        """The record of an id, or of the only id that begins so.

        Args:
            record_id: An id or the beginning of one.
            tables: Look only in these.

        Raises:
            ArchiveError: if there is none, or more than one.
        """
        names = [name for name in reversed(TABLES) if not tables or name in tables]
        view = self._view(*names, "matters", "milestones")
        found = (
            {(row[0], name) for name in names for row in view.rows(sql("find", table=name), {"prefix": record_id})}
            if record_id
            else set()
        )
        exact = {pair for pair in found if pair[0] == record_id}
        matches = sorted(exact or found)
        if len({key for key, _ in matches}) > 1:
            some = ", ".join(f"{key} ({name})" for key, name in matches[:4])
            raise ArchiveError(
                f"several records begin with {record_id}: {some}", where=self.location, mend="write more of the id"
            )
        if not matches:
            raise ArchiveError(
                f"no record {record_id!r}",
                where=self.location,
                mend="`detente export` or `--format json` shows the ids",
            )
        key, name = matches[0]
        question = "matters" if name == "matters" else "one"
        text, parameters = ask(question, {"id": key}, table=name)
        record = Result(view, TABLES[name].record, text, parameters).first()
        assert record is not None
        return record

    def _ask(
        self, record: type[Any], name: str, parties: Codes, more: Sequence[str] = (), /, **parameters: Any
    ) -> Result[Any]:
        parameters |= _involved(name, parties)
        view = self._view(name, *more)
        return Result(view, record, *ask(name, parameters))

    def _rows(self, kind: type[Any], name: str, **parameters: Any) -> Result[Any]:
        return Result(self._view(name), kind, *ask("rows", parameters, table=name))


def dyad(parties: Codes) -> str:
    """The name of a dyad: its two codes in alphabetical order, joined by a hyphen.

    Raises:
        ArchiveError: if there are not two.
    """
    pair = sorted(set(parties))
    if len(pair) != 2:
        raise ArchiveError(f"a dyad has two parties, not {', '.join(parties) or 'none'}", where="parties")
    return "-".join(pair)


def _involved(name: str, parties: Codes) -> dict[str, Any]:
    codes = list(dict.fromkeys(parties))
    if name == "events" and len(codes) == 2:
        return {"dyad": dyad(codes)}
    return {"parties": codes or None}


def _from(dataset: Words) -> dict[str, Any]:
    names = _words(dataset)
    if names == [OWN]:
        return {"own": True}
    if names and OWN in names:
        raise ArchiveError(
            "our own events and those of a dataset are not counted together", where="dataset", mend="ask for each"
        )
    return {"dataset": names}


def _words(given: Words) -> list[str] | None:
    return None if given is None else [given] if isinstance(given, str) else list(given)
