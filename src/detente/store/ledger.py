"""Writing to an archive: rows are added, never changed; what is there already is passed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from detente.errors import ArchiveError
from detente.model import Coding, Document, Driver, Event, Figure, Issue, Link, Matter, Run, Statement
from detente.model.dataset import Dataset
from detente.store import care, moments, writer
from detente.store.importing import Batch
from detente.store.lake import persist
from detente.store.layout import FINDINGS, TABLES
from detente.store.overview import Overview
from detente.store.statements import sql
from detente.store.writer import Stamp


class Ledger(Overview):
    """The writing side: it asks what is there before it adds."""

    def append(self, codings: Sequence[Coding], *, run: Run | str | None = None) -> list[str]:
        """Add coded documents: findings first, the rows of `documents` last; one commit per table.

        Documents that are there already are passed over, whoever added them; nothing is written for them.

        Args:
            codings: Any number; a hundred or so at once is quick.
            run: The run, or its id, for provenance.

        Returns:
            The ids of the documents added, in their order.

        Raises:
            ArchiveError: if it cannot be written, or a record cannot be held; then none of these documents is added.
        """
        self._writable()
        fresh = list({coding.document.id: coding for coding in codings}.values())
        known = self.has(coding.document.id for coding in fresh)
        fresh = [coding for coding in fresh if coding.document.id not in known]
        if not fresh:
            return []
        writer.check(fresh)
        stamp = Stamp(_run_id(run))
        documents = {c.document.id: c.document for c in fresh}
        rows = writer.finding_rows(fresh)
        issues = rows.pop("issues")
        for name, lines in rows.items():
            writer.commit(self._lake, name, lines, stamp)
        self._new("issues", {issue.id: line for issue, line in zip(_issues(fresh), issues, strict=True)}, stamp)
        return self._commit_documents(documents, stamp)

    def import_events(self, documents: Sequence[Document], rows: Any, *, run: Run | str | None = None) -> list[str]:
        """Add many events at once, of documents that hold nothing else, such as the files of an event dataset.

        Args:
            documents: The documents whose words the rows are.
            rows: An Arrow stream with a column for each field of `Event`; absent ones are NULL.
            run: The run, or its id.

        Returns:
            The ids of the documents added; those that were there are passed over with their rows.

        Raises:
            ArchiveError: if rows name other documents, or cannot be written.
        """
        self._writable()
        known = self.has(document.id for document in documents)
        fresh = {d.id: d for d in documents if d.id not in known}
        if not fresh:
            return []
        handed, stamp = writer.Handed(TABLES["events"], rows, known), Stamp(_run_id(run))
        if strangers := handed.strangers(fresh):
            raise ArchiveError(
                f"rows name documents that do not come with them: {', '.join(map(str, strangers))}", where="events"
            )
        persist(lambda: self._lake.append("events", handed.stamped(stamp)), self._lake.uri("events"))
        return self._commit_documents(fresh, stamp)

    def import_pages(self, batch: Batch, files: Iterable[str], *, run: Run | str | None = None) -> list[str]:
        """Add the events of pages of an event dataset.

        Args:
            batch: Pages that the archive does not hold, read; `leave_out_known` has been called for them.
            files: Take only the rows of these files.
            run: The run, or its id.

        Returns:
            The ids of the pages' documents that were added.

        Raises:
            ArchiveError: if they cannot be written; then none of these pages is added.
        """
        self._writable()
        documents = {page.document.id: page.document for page in batch.only(files)}
        if not documents:
            return []
        stamp = Stamp(_run_id(run))
        with ThreadPoolExecutor(1) as beside:
            rows = beside.submit(writer.DocumentRows, documents.values())
            persist(lambda: self._lake.append("events", batch.events(stamp)), self._lake.uri("events"))
        return self._commit_documents(documents, stamp, rows.result())

    def leave_out_known(self, batch: Batch) -> None:
        """Mark rows of a batch that it or the archive tells already, in these pages or under another document."""
        days, name, there = batch.days(), batch.layout.name, None
        view = self._view("events")
        if days is not None and view.rows(sql("dataset_known"), {"dataset": name}):
            there = view.relation(sql("import_there"), {"dataset": name, "since": days[0], "until": days[1]})
        batch.leave_out(there)

    def _commit_documents(
        self, documents: Mapping[str, Document], stamp: Stamp, rows: writer.DocumentRows | None = None
    ) -> list[str]:
        made = rows or writer.DocumentRows(documents.values())

        # Only on top of the version just looked at: so no document is ever added twice, and `recorded_at` rises with
        # the versions of the table, which is what lets `as_of` take a version.
        def attempt() -> list[str]:
            with self._lake.lock:
                known = self.has(documents)
                rest = [key for key in documents if key not in known]
                if rest:
                    last = self._lake.newest_moment("documents")
                    fresh = made.stamped(replace(stamp, recorded_at=moments.after(last)), known)
                    self._lake.append("documents", fresh, alone=True, note={"batch": stamp.batch})
                return rest

        added = persist(attempt, self._lake.uri("documents"))
        care.tend(self._lake)
        return added

    def correct(
        self, records: Iterable[Event | Statement | Figure | Driver | Matter], *, run: Run | str | None = None
    ) -> list[str]:
        """Add corrections: findings whose `review.supersedes` names the one they replace. Known ids are passed over.

        Returns:
            The ids of the corrections added.

        Raises:
            ArchiveError: for a record that supersedes nothing, or that cannot be written.
        """
        self._writable()
        stamp, added = Stamp(_run_id(run)), []
        by_table: dict[str, list[Any]] = {}
        for record in records:
            name = next(name for name in FINDINGS if TABLES[name].record is type(record))
            if not record.review.supersedes:
                raise ArchiveError("a correction must say what it supersedes", where=f"{name} {record.id}")
            by_table.setdefault(name, []).append(record)
        for name, batch in by_table.items():
            steps = [
                writer.json_row(TABLES["milestones"], step, {"document_id": matter.document_id, "position": i})
                for matter in batch
                if isinstance(matter, Matter)
                for i, step in enumerate(matter.milestones)
            ]
            writer.commit(self._lake, "milestones", steps, stamp)
            added += self._new(name, {r.id: writer.json_row(TABLES[name], r) for r in batch}, stamp)
        return added

    def record_issues(self, issues: Iterable[Issue], *, run: Run | str | None = None) -> list[str]:
        """Record trouble; issues known already are passed over. Returns the ids of the new ones."""
        return self._record("issues", issues, run)

    def append_links(self, links: Iterable[Link], *, run: Run | str | None = None) -> list[str]:
        """Record links between matters; those known already are passed over. Returns the ids of the new ones."""
        return self._record("links", links, run)

    def record_run(self, run: Run) -> list[str]:
        """Record a run, once, when it has ended. Returns its id unless it was recorded before."""
        return self._record("runs", [run], run)

    def record_dataset(self, dataset: Dataset, *, run: Run | str | None = None) -> list[str]:
        """Record an imported dataset, once. Returns its id unless it was recorded before."""
        return self._record("datasets", [dataset], run)

    def record_datasets(self, datasets: Iterable[Dataset], *, run: Run | str | None = None) -> list[str]:
        """Record several imported datasets at once; those known already are passed over. Returns the ids of the new."""
        return self._record("datasets", datasets, run)

    def _record(self, name: str, records: Iterable[Any], run: Run | str | None) -> list[str]:
        self._writable()
        rows = {record.id: writer.json_row(TABLES[name], record) for record in records}
        return self._new(name, rows, Stamp(_run_id(run)))

    def _new(self, name: str, rows: Mapping[str, bytes], stamp: Stamp) -> list[str]:
        if not rows:
            return []
        view = self._view(name)
        known = {row[0] for row in view.rows(sql("known", table=name), {"ids": list(rows)})}
        rest = {key: line for key, line in rows.items() if key not in known}
        writer.commit(self._lake, name, list(rest.values()), stamp)
        return list(rest)

    def _writable(self) -> None:
        if self._until is not None:
            raise ArchiveError(
                "an archive as it was cannot be written", where=self.location, mend="open it without as_of"
            )


def _run_id(run: Run | str | None) -> str | None:
    return run.id if isinstance(run, Run) else run


def _issues(codings: Iterable[Coding]) -> list[Issue]:
    return list({issue.id: issue for coding in codings for issue in coding.issues}.values())
