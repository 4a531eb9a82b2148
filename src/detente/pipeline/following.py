"""Following matters in an archive: each joined over documents, what moved, and what is left to a person to judge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import get_args

from detente import store
from detente.codebook import Codebook
from detente.codebook.choices import checked
from detente.codebook.parties import party_code as codebook_party
from detente.errors import UsageError
from detente.matters import Change, Occasion, changes, merge, occasions, runs, standing
from detente.model import Judgement, Link, Matter, MatterKind, Record, Statement, content_id

CALLED = 100
"""Tellings looked at when a matter is asked for by words."""


class Doubt(Record, frozen=True, kw_only=True):
    """Two matters that may be one, left to a person: the link with its reasons, and both as documents tell them."""

    link: Link
    one: Matter
    other: Matter


class Following(store.Archive):
    """The part of an archive that answers questions about matters."""

    def matters(
        self,
        *parties: str,
        kind: MatterKind | None = None,
        status: str | None = None,
        since: date | None = None,
        book: Codebook | None = None,
    ) -> store.Rows[Matter]:
        """The matters between some parties, each joined over all documents that tell of it, newest change first.

        Args:
            parties: Codes or names; two for a dyad, more for what involves all.
            kind: Only this kind.
            status: Only those whose latest status is this.
            since: Only those with a dated milestone from this day on.
            book: The codebook, for lifecycles.
        """
        own = book or Codebook.load()
        checked("kind", kind, own)
        checked("status", status, own)
        codes = [codebook_party(party, own.actors) for party in parties]
        records = list(self.matter_records(codes))
        links = self.links_among([record.id for record in records]) if codes else self.links()
        merged = merge(records, links, own)
        found = [
            matter
            for matter in merged
            if (kind is None or matter.kind == kind)
            and (status is None or matter.status == status)
            and (since is None or _moved(matter, since))
        ]
        return store.Rows(Matter, sorted(found, key=standing))

    def matters_of(self, ids: Iterable[str], *, book: Codebook | None = None) -> list[Matter]:
        """The matters that some of their tellings belong to, each joined over all documents, newest change first.

        Args:
            ids: Ids of matters as single documents tell them; the id of a joined matter is one of these.
            book: The codebook, for lifecycles.
        """
        wanted = set(ids)
        if not wanted:
            return []
        kin = self.kin(wanted)
        merged = merge(self.matters_among(kin), self.links_among(kin), book or Codebook.load())
        return sorted((matter for matter in merged if wanted & set(matter.members)), key=standing)

    def matter(self, matter_id: str, *, book: Codebook | None = None) -> Matter:
        """The matter of an id or its beginning, joined over all documents.

        Raises:
            ArchiveError: where there is none, or more than one.
        """
        record = self.get(matter_id, tables=("matters",))
        assert isinstance(record, Matter)
        return self.matters_of([record.id], book=book)[0]

    def called(self, words: str, *, book: Codebook | None = None) -> list[Matter]:
        """The matters of which some telling's title, subject or aliases hold all of some words, the most told first."""
        ids = self.matters_called(words.lower().split(), limit=CALLED)
        return sorted(
            self.matters_of(ids, book=book),
            key=lambda matter: (-len({piece.document_id for piece in matter.evidence}), matter.title, matter.id),
        )

    def said_of(self, matter: Matter) -> list[Statement]:
        """The statements whose words overlap those that tell of a matter, by document and place."""
        places: dict[str, list[tuple[int, int]]] = {}
        for piece in (*matter.evidence, *(piece for step in matter.milestones for piece in step.evidence)):
            places.setdefault(piece.document_id, []).append((piece.start, piece.end))
        return [
            statement
            for name in sorted(places)
            for statement in self.statements(document=name)
            if any(
                piece.start < end and start < piece.end for piece in statement.evidence for start, end in places[name]
            )
        ]

    def changes(
        self, *parties: str, since: date, until: date | None = None, book: Codebook | None = None
    ) -> store.Rows[Change]:
        """The dated steps of matters from a day on, the newest first.

        Args:
            parties: As for `matters`.
            since: The first day.
            until: The last day.
            book: The codebook.
        """
        return store.Rows(Change, changes(self.matters(*parties, since=since, book=book), since, until))

    def occasions(
        self, *parties: str, since: date | None = None, until: date | None = None, book: Codebook | None = None
    ) -> store.Rows[Occasion]:
        """Events, each once however many documents tell it, with its reports and its independent sources.

        Args:
            parties: As for `events`.
            since: The first day.
            until: The last day.
            book: The codebook.
        """
        own = book or Codebook.load()
        events = list(self.events([codebook_party(party, own.actors) for party in parties], since=since, until=until))
        named = sorted({event.document_id for event in events})
        texts = {document.id: runs(document) for document in self.documents(ids=named)}
        copies: dict[str, list[str]] = {}
        for document in self.documents(bare=True):
            if document.duplicate_of is not None:
                copies.setdefault(document.duplicate_of, []).append(document.id)
        return store.Rows(Occasion, occasions(events, texts, copies, own))

    def doubts(self) -> list[Doubt]:
        """The pairs of matters that detente left open and that no person has judged, the likeliest first."""
        judged: dict[tuple[str, ...], Link] = {}
        for link in self.links():
            pair = tuple(sorted((link.matter_id, link.other_id)))
            if pair not in judged or link.judged_by != "detente":
                judged[pair] = link
        left = [link for link in judged.values() if link.judgement == "open"]
        ids = {one for link in left for one in (link.matter_id, link.other_id)}
        told = {matter.id: matter for matter in self.matters_among(sorted(ids))} if ids else {}
        found = [
            Doubt(link=link, one=told[link.matter_id], other=told[link.other_id])
            for link in left
            if link.matter_id in told and link.other_id in told
        ]
        return sorted(found, key=lambda doubt: (-doubt.link.score, doubt.link.id))

    def judge(self, one: str, other: str, judgement: Judgement, *, by: str, note: str | None = None) -> Link:
        """Records a person's judgement of two matters. It outranks detente's and earlier ones, and erases none.

        Args:
            one: The id of a matter, or its beginning.
            other: Another's.
            judgement: `same`, `different`, or `open` to leave it undecided again.
            by: Who judges.
            note: Why.

        Raises:
            UsageError: where the judgement is none of these, the two are one, or the judge's name is detente's own.
            ArchiveError: where there is no such matter.
        """
        if judgement not in get_args(Judgement):
            raise UsageError(f"{judgement!r} is no judgement", mend=f"one of {', '.join(get_args(Judgement))}")
        if not by or by == "detente":
            raise UsageError("a judgement needs the name of a person", mend="--by NAME")
        first, second = sorted(self.get(name, tables=("matters",)).id for name in (one, other))  # type: ignore[attr-defined]
        if first == second:
            raise UsageError(f"{one} and {other} are the same telling of one matter", mend="give two ids")
        now = datetime.now(UTC)
        link = Link(
            id=content_id("link", first, second, by, now.isoformat()),
            matter_id=first,
            other_id=second,
            score=0.0,
            judgement=judgement,
            judged_by=by,
            note=note,
        )
        self.append_links([link])
        return link


def _moved(matter: Matter, since: date) -> bool:
    return any(step.date is not None and step.date.end >= since for step in matter.milestones)
