"""Rows of an event dataset become rows of the table of events, all at once in SQL; Python sees the different words.

The steps for a batch of pages: lines into a table, cells out of lines, words looked up (`Crossing`), rows joined to
what their words mean and sorted, rows known already left out, the rest written, and the pages' documents last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import msgspec

from detente.codebook.crossing import Act, Crossing
from detente.codebook.datasets import SIDES, Layout
from detente.model import Page, Record, content_id
from detente.store.session import bench
from detente.store.shapes import record_shape, structure
from detente.store.statements import sql
from detente.store.trouble import guarded
from detente.store.writer import Stamp
from detente.version import VERSION

if TYPE_CHECKING:
    from arro3.core import RecordBatch
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

CONFIDENCE = 0.5
"""What is written as the confidence of an imported event: even odds, because datasets give none. It is the same for all
rows of a dataset, so it changes no share within one."""

_UNIT = "\x1f"


class _Act(Record, frozen=True, kw_only=True):
    """A row of the table `acts`: the words for an act, and what they mean; `act` is `event`, `dropped` or `unknown`."""

    number: int
    hashed: int
    code: str
    mode: str
    contexts: str
    act: str
    type: str | None = None
    kind: str | None = None
    topics: tuple[str, ...] = ()
    quad: str = ""
    intensity: float | None = None
    rule: str | None = None
    swap: bool = False
    armed: bool = False


class _Parties(Record, frozen=True, kw_only=True):
    """A row of the table `parties`: the words for one side, and the `n` codes they mean; `code` where it is one."""

    number: int
    key: str
    n: int
    codes: tuple[str, ...]
    code: str | None
    country: str | None
    kinds: str
    sector: str | None


class Tally(Record, frozen=True, kw_only=True):
    """How the rows of a file fared.

    `events` became events, `dropped` are no events to PLOVER, `nobody` name no state or body on either side, `again`
    were told before. The others are unreadable: `ragged` have another number of cells than there are columns, `undated`
    no date that can be read, `unknown` no code of the ontology, `garbled` are no text in the encoding.
    """

    file: str
    events: int = 0
    dropped: int = 0
    nobody: int = 0
    again: int = 0
    ragged: int = 0
    undated: int = 0
    unknown: int = 0
    garbled: int = 0

    @property
    def bad(self) -> int:
        """Rows that could not be read."""
        return self.ragged + self.undated + self.unknown + self.garbled

    @property
    def rows(self) -> int:
        """All rows looked at."""
        return self.bad + self.events + self.dropped + self.nobody + self.again

    def __add__(self, other: Tally) -> Tally:
        """The sum over two parts of one file."""
        names = [name for name in self.__struct_fields__ if name != "file"]
        return Tally(file=self.file, **{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass
class Batch:
    """Pages of one layout on a connection of their own, with what became of their rows."""

    pages: Sequence[Page]
    layout: Layout
    crossing: Crossing
    connection: DuckDBPyConnection

    @classmethod
    def read(cls, pages: Sequence[Page], layout: Layout, crossing: Crossing) -> Batch:
        """Read the rows of some pages that have the same columns."""
        batch = cls(pages, layout, crossing, bench())
        with guarded("import"):
            batch._cells()
            batch._words()
            batch._say("import_rows", {"dataset": layout.name, "reports": layout.rows_are == "reports"})
        return batch

    def _say(self, name: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql(name), parameters or {}).fetchall()

    def _cells(self) -> None:
        """The table `cells`: what the layout reads of each row that has as many cells as there are columns.

        A page is a batch of Arrow rows, so that several threads split their lines.
        """
        from arro3.core import RecordBatchReader

        batches = list(self._lines())
        chosen = ", ".join(f"{text} AS {name}" for name, text in _readings(self.layout, self.pages[0].columns))
        self.connection.register("handed", RecordBatchReader.from_batches(batches[0].schema, batches))
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE cells AS SELECT i, page, first, line, {chosen} FROM "
            "(SELECT *, string_split(line, chr(9)) AS f FROM handed) WHERE len(f) = $width",
            {"width": len(self.pages[0].columns)},
        ).fetchall()
        self.connection.unregister("handed")

    def _lines(self) -> Iterator[RecordBatch]:
        """The lines of each page: their numbers, their page, and where they begin in its text."""
        from arro3.core import Array, DataType, RecordBatch

        done = 0
        for number, page in enumerate(self.pages):
            count = len(page.rows)
            lengths = (len(row) + 1 for row in page.rows)
            starts = list(accumulate(lengths, initial=len("\t".join(page.columns)) + 1))[:count]
            yield RecordBatch.from_pydict(
                {
                    "i": Array(range(done, done + count), DataType.int64()),
                    "page": Array([number] * count, DataType.int32()),
                    "first": Array(starts, DataType.int64()),
                    "line": Array(page.rows, DataType.large_utf8()),
                }
            )
            done += count

    def _take(self, name: str, arrow: Any) -> None:
        from arro3.core import RecordBatchReader

        self.connection.register("handed", RecordBatchReader.from_arrow(arrow))
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM handed").fetchall()
        self.connection.unregister("handed")

    def _words(self) -> None:
        """The tables `acts`, `parties`, `days` and `pairs`: every different word of the rows, and what it means."""
        words = self.connection.execute("SELECT DISTINCT code, mode, contexts FROM cells").fetchall()
        self._make("acts", _Act, (_act(n, word, self.crossing.act(*word)) for n, word in enumerate(words)))
        keys = self.connection.execute("SELECT who FROM cells UNION SELECT whom FROM cells").fetchall()
        self._make("parties", _Parties, (_parties(n, key, self.crossing) for n, (key,) in enumerate(keys)))
        self._say("import_days", {"dates": list(self.layout.dates)})
        self._say("import_pairs")

    def _make(self, name: str, kind: type[Record], rows: Iterable[Record]) -> None:
        text = msgspec.json.encode(list(rows)).decode()
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest(from_json($rows::JSON, $shape), max_depth := 2)",
            {"rows": text, "shape": structure(record_shape(kind))},
        ).fetchall()

    def days(self) -> tuple[date, date] | None:
        """The first and the last day of the events, None if there is none."""
        [(first, last)] = self.connection.execute("SELECT min(day), max(day) FROM rows_flat").fetchall()
        return None if first is None else (first, last)

    def leave_out(self, there: Any | None) -> None:
        """Leave out rows that were told before: in these pages, or among the ids in an Arrow stream."""
        with guarded("import"):
            if there is None:
                self.connection.execute("CREATE OR REPLACE TEMP TABLE there (id VARCHAR)").fetchall()
            else:
                self._take("there", there)
            self._say("import_again")

    def tallies(self) -> dict[str, Tally]:
        """How the rows of each file fared."""
        with guarded("import"):
            counted = {row[0]: row[1:] for row in self._say("import_tally")}
        found: dict[str, Tally] = {}
        for number, page in enumerate(self.pages):
            cells, undated, unknown, dropped, nobody, again = counted.get(number, (0,) * 6)
            tally = Tally(
                file=page.file,
                events=cells - undated - unknown - dropped - nobody - again,
                ragged=len(page.rows) - cells,
                garbled=page.unreadable,
                undated=undated,
                unknown=unknown,
                dropped=dropped,
                nobody=nobody,
                again=again,
            )
            found[page.file] = found[page.file] + tally if page.file in found else tally
        return found

    def only(self, files: Iterable[str]) -> list[Page]:
        """Keep the rows of these files; returns their pages."""
        wanted = set(files)
        kept = [(number, page) for number, page in enumerate(self.pages) if page.file in wanted]
        with guarded("import"):
            self.connection.execute("CREATE OR REPLACE TEMP TABLE documents (page INTEGER, id VARCHAR)").fetchall()
            if kept:
                self.connection.execute(
                    "INSERT INTO documents SELECT unnest($pages), unnest($ids)",
                    {"pages": [number for number, _ in kept], "ids": [page.document.id for _, page in kept]},
                ).fetchall()
        return [page for _, page in kept]

    def events(self, stamp: Stamp) -> DuckDBPyRelation:
        """The events of the kept files with all columns of their table, an Arrow stream."""
        return self.connection.sql(
            sql("import_events"),
            params={
                "recorded_at": stamp.recorded_at,
                "run_id": stamp.run_id,
                "batch": stamp.batch,
                "dataset": self.layout.name,
                "version": VERSION,
                "confidence": CONFIDENCE,
            },
        )


def _act(number: int, word: tuple[str, str, str], act: Act | str) -> _Act:
    code, mode, contexts = word
    row = _Act(
        number=number,
        hashed=int(content_id(*word), 16) >> 1,
        code=code,
        mode=mode,
        contexts=contexts,
        act=act if isinstance(act, str) else "event",
    )
    if isinstance(act, str):
        return row
    return msgspec.structs.replace(
        row,
        type=act.type,
        kind=act.mode,
        topics=act.contexts,
        quad=act.quad,
        intensity=act.intensity,
        rule=act.rule,
        swap=act.swap,
        armed=act.armed,
    )


def _parties(number: int, key: str, crossing: Crossing) -> _Parties:
    found = crossing.parties(*key.split(_UNIT))
    only = found[0] if len(found) == 1 else None
    return _Parties(
        number=number,
        key=key,
        n=len(found),
        codes=tuple(sorted(party.code for party in found)),
        code=only.code if only else None,
        country=only.country if only else None,
        kinds="state" if all(party.kind == "state" for party in found) else "igo",
        sector=found[0].sector if found else None,
    )


def _readings(layout: Layout, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is read of a row, by name, as SQL over its list of cells `f`."""
    at = {column: f"f[{number}]" for number, column in enumerate(columns, 1)}
    fields = layout.fields

    nothing = ", ".join(f"'{word}'" for word in layout.missing if word)

    def cell(column: str | None) -> str:
        if column not in at:  # the dataset does not have it, or an older version of it has not
            return "''"
        return f"CASE WHEN {at[column]} IN ({nothing}) THEN '' ELSE {at[column]} END" if nothing else at[column]

    yield "identity", cell(fields.id) if layout.ids_are == "unique" else "line"
    yield "own_id", cell(fields.id)
    yield "day_text", cell(fields.date)
    yield "published_text", cell(fields.published)
    for name in ("code", "mode", "contexts", "story"):
        yield name, cell(getattr(fields, name))
    publisher = cell(fields.publisher)
    if layout.publishers_are == "addresses":
        host = f"replace(split_part({publisher}, '/', 3), 'www.', '')"
        publisher = f"CASE WHEN contains({publisher}, '://') THEN {host} ELSE {publisher} END"
    yield "publisher", publisher
    yield "articles", f"try_cast({cell(fields.articles)} AS BIGINT)"
    places = [f"nullif({cell(column)}, '')" for column in fields.place]
    yield "place", f"coalesce({', '.join(places)}, '')" if places else "''"
    for side, name in zip(SIDES, ("who", "whom"), strict=True):
        given = getattr(layout, side)
        country, group, sectors = (cell(column) for column in (given.country, given.group, given.sectors))
        yield f"{name}_name", cell(given.name)
        alone = f"CASE WHEN {country} = '' AND {group} = '' THEN {cell(given.name)} ELSE '' END"
        yield name, f"concat_ws(chr(31), {country}, {group}, {sectors}, {alone})"
