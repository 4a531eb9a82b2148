"""The barometer of an archive: its tallies gauged, and each reading able to name the events behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cached_property, partial
from typing import Any, overload

from detente import barometer as gauging
from detente import store
from detente.barometer import periods
from detente.codebook import Codebook
from detente.codebook.parties import party_code
from detente.errors import NoReadingError, UsageError
from detente.matters import merge
from detente.model import Balance, Cause, Matter, Period, Reading, Record, Turn
from detente.store.gauging import OWN_CODERS, Columns, Coverage, Tallies

_LEADING = 2
_AT_ONCE = 2


class Options(Record, frozen=True, kw_only=True):
    """How a pair is read; see `Gauged.barometer`."""

    by: Period = "month"
    context: str | None = None
    since: date | None = None
    until: date | None = None
    live: bool = False


class Barometer(store.Rows[Reading]):
    """The readings of one pair by one source, by time; also by name: `barometer["2023-11"]`.

    Args:
        readings: The readings.
        coverage: What the source holds on the pair.
        weights: The name of the table of weights.
        turn_above: The probability from which a change of level is a turn.
    """

    def __init__(self, readings: Iterable[Reading], coverage: Coverage, weights: str, turn_above: float = 0.5) -> None:
        super().__init__(Reading, readings)
        self.coverage, self.weights, self._turn_above = coverage, weights, turn_above
        self._causes: dict[str, tuple[Cause, ...]] = {}  # of turning points: what is shown thrice is asked once

    @property
    def source(self) -> str:
        """Whose events these are: a coder's or a dataset's."""
        return self.coverage.source

    @overload
    def __getitem__(self, at: int | str) -> Reading: ...
    @overload
    def __getitem__(self, at: slice) -> store.Rows[Reading]: ...
    def __getitem__(self, at: int | str | slice) -> Reading | store.Rows[Reading]:
        """A reading by place or by the name of its period.

        Raises:
            UsageError: if there is no such period.
        """
        if not isinstance(at, str):
            return super().__getitem__(at)
        for reading in self:
            if reading.period == at:
                return reading
        periods.parse(at)
        span = f"it runs from {self[0].period} to {self[len(self) - 1].period}" if self else "there are no readings"
        raise UsageError(f"no period {at!r} in this barometer", mend=span)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The turning points, each with the events that lead it."""
        return tuple(self._led(turn) for turn in gauging.turns(list(self), self._turn_above))

    @property
    def balance(self) -> Balance:
        """Cooperation less conflict over the whole time: what pairs are to be compared by."""
        return gauging.balance(self[0].dyad if self else "", list(self))

    def leading(self, turn: Turn) -> tuple[Cause, ...]:
        """The weightiest events of a turning point's period that pull its way."""
        if turn.period not in self._causes:
            self._causes[turn.period] = self[turn.period].because()
        causes = self._causes[turn.period]
        return tuple(cause for cause in causes if cause.type and cause.points * turn.sign > 0)[:_LEADING]

    def _led(self, turn: Turn) -> Turn:
        return Turn(**{**_fields(turn), "because": tuple(map(_short, self.leading(turn)))})


class Gauged(store.Archive):
    """An archive with a barometer."""

    def barometer(
        self,
        one: str,
        other: str,
        by: str = "month",
        *,
        context: str | None = None,
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
        live: bool = False,
        book: Codebook | None = None,
    ) -> Barometer:
        """How warm the relation of two countries or bodies is, period by period, by one source.

        Args:
            one: A code or name.
            other: Another.
            by: `day`, `week`, `month`, `quarter` or `year`.
            context: Only events of this context; they are shrunk to what the whole relation reads.
            since: Show readings from this day on. The pair's normal is taken from all that is recorded, all the same.
            until: Show readings up to this day, also of periods without events.
            source: Whose events: a coder (`rules`) or a dataset (`icews`). Needed only where there are several.
            live: Read each period by what was known then, instead of by what is known now.
            book: The codebook, with the weights.

        Raises:
            UsageError: for an unknown party, period, context or source, or where several sources need a choice.
            NoReadingError: if nothing dated is recorded between the two.
        """
        found = self.barometers(
            one, other, by=by, context=context, since=since, until=until, source=source, live=live, book=book
        )
        if len(found) > 1:
            pair = found[0].coverage.pair
            raise UsageError(
                f"{pair} is told by several sources: {', '.join(each.source for each in found)}",
                mend=f"choose one: source={found[0].source!r}",
            )
        return found[0]

    def barometers(
        self,
        *parties: str,
        by: str = "month",
        context: str | None = None,
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
        live: bool = False,
        matters: Sequence[Matter] | None = None,
        book: Codebook | None = None,
    ) -> list[Barometer]:
        """The barometers of a pair by all its sources, or of all pairs of the archive where none is named.

        Args:
            parties: Two codes or names, or nothing.
            by: As for `barometer`; likewise the others.
            context: See `by`.
            since: See `by`.
            until: See `by`.
            source: See `by`.
            live: See `by`.
            matters: The pair's matters, joined, where the caller has them; looked up if None.
            book: See `by`.

        Raises:
            UsageError: see `barometer`.
            NoReadingError: if two parties are named and nothing dated is recorded between them.
        """
        own = book or Codebook.load()
        options = Options(by=periods.period(by), context=_context(context, own), since=since, until=until, live=live)
        if parties:
            pair = store.dyad([party_code(party, own.actors) for party in parties])
            return self._sources(pair, options, own, source, matters)
        tallies, every = self.tallies(own.barometer), merge(self.matter_records(), self.links(), own)
        everything = _Everything(tallies, options, source)

        def read(pair: str) -> list[Barometer]:
            return _gauge(everything.of(pair), options, own, _of(pair, every))

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return [found for each in pool.map(read, everything.pairs) for found in each]

    def _sources(
        self,
        pair: str,
        options: Options,
        book: Codebook,
        source: str | None,
        matters: Sequence[Matter] | None = None,
    ) -> list[Barometer]:
        if matters is None:
            records = list(self.matter_records(pair.split("-")))
            matters = merge(records, self.links_among([record.id for record in records]), book)
        given = _Everything(self.tallies(book.barometer), options, source, pair).of(pair)
        found = _gauge(given, options, book, matters)
        if found:
            return found
        names = list(given.coverage)
        if source and source not in names:
            raise UsageError(f"no source {source!r} on {pair}", mend=f"there is: {', '.join(names) or 'none'}")
        told = "; ".join(f"{name}: {_left_out(each)}" for name, each in given.coverage.items())
        what = f"nothing dated that weighs is recorded between {' and '.join(pair.split('-'))}"
        raise NoReadingError(f"{what} ({told})" if told else what, where=self.location)


class _Told:
    """What is recorded of one pair, by source: counts, those of the whole relation, coverage; and who knows more."""

    def __init__(self, pair: str, tallies: Tallies, everything: _Everything) -> None:
        self.pair, self.tallies, self.volume = pair, tallies, everything.volume
        self.counts = everything.counts.get(pair, {})
        self.whole = everything.whole.get(pair, {})
        self.coverage = everything.coverage.get(pair, {})


class _Everything:
    """The answers to all that is asked for one pair, or for all of them at once."""

    def __init__(self, tallies: Tallies, options: Options, source: str | None, pair: str | None = None) -> None:
        self._tallies = tallies
        by, context = options.by, options.context
        self.counts = _sorted_out(tallies.by_period(pair, by, context=context, source=source))
        self.whole = {} if context is None else _sorted_out(tallies.by_period(pair, by, source=source))
        self.coverage: dict[str, dict[str, Coverage]] = {}
        for each in tallies.coverage(pair, by):
            self.coverage.setdefault(each.pair, {})[each.source] = each
        self.volume = tallies.volume(by)
        self.pairs = list(self.counts)

    def of(self, pair: str) -> _Told:
        """What there is on one pair."""
        return _Told(pair, self._tallies, self)


def _gauge(given: _Told, options: Options, book: Codebook, matters: Sequence[Matter]) -> list[Barometer]:
    """The barometers of a pair, one for each source; none where nothing weighs."""
    own = book.barometer
    tendency = {type: book.ontology.tendency(type) for type in book.ontology.types}
    told = partial(_because, tallies=given.tallies, by=options.by, book=book)
    found = []
    for name, counts in given.counts.items():
        coverage = given.coverage[name]
        readings = gauging.gauge(
            counts,
            gauging.Asked(given.pair, name, options.by, options.context, options.live, last=options.until),
            own,
            tendency,
            volume=_others(given.volume.get(name, {}), coverage.volume),
            whole=given.whole.get(name),
            stock=partial(gauging.stock, matters, book=own) if matters and name in OWN_CODERS else None,
        )
        shown = [reading.told_by(told) for reading in readings if _within(reading, options)]
        found.append(Barometer(shown, coverage, own.name, own.level.turn_above))
    return found


def _because(reading: Reading, *, tallies: Tallies, by: Period, book: Codebook) -> tuple[Cause, ...]:
    if reading.tone is None:
        return ()
    rows = tallies.causes(reading.dyad, by, reading.start, reading.end, source=reading.source, context=reading.context)
    causes = [_cause(row, reading, book) for row in rows]
    if reading.quiet:
        what = "what the whole relation reads" if reading.context else "what a period of nothing would read"
        causes.append(Cause(points=reading.quiet, words=what))
    return tuple(sorted(causes, key=lambda cause: (-abs(cause.points), cause.event_ids)))


def _cause(row: tuple[Any, ...], reading: Reading, book: Codebook) -> Cause:
    type, mode, doubted, start, end, confidence, _, ids, best, share = row
    weight = book.barometer.weight(type, mode, doubted=doubted) * confidence * share
    good = book.ontology.tendency(type) == "cooperation"
    return Cause(
        event_ids=tuple(ids),
        points=weight * (reading.per_cooperation if good else reading.per_conflict),
        weight=weight,
        kind=book.barometer.kind(type, mode, doubted=doubted),
        type=type,
        mode=best["mode"],
        who=_who(best),
        start=start,
        end=end,
        share=share,
        words=best["words"],
        document_id=best["document_id"],
    )


def _who(best: Mapping[str, Any]) -> str:
    actors, recipients = (",".join(dict.fromkeys(a["code"] for a in best[side])) for side in ("actors", "recipients"))
    if not recipients:
        return actors
    return f"{actors}{'↔' if best['reciprocal'] else '→'}{recipients}"


def _short(cause: Cause) -> str:
    words = " ".join(cause.words.split())
    return f"{cause.type} {cause.who} “{words if len(words) <= 90 else words[:88].rsplit(' ', 1)[0] + ' …'}”"


def _sorted_out(tallies: Iterable[tuple[str, str, Columns]]) -> dict[str, dict[str, gauging.Counts]]:
    """Tallies by pair and source; they come in this order."""
    found: dict[str, dict[str, gauging.Counts]] = {}
    for pair, source, columns in tallies:
        found.setdefault(pair, {})[source] = gauging.Counts.of_columns(columns)
    return found


def _others(every: Mapping[date, float], mine: Mapping[date, float]) -> dict[date, float]:
    return {start: count - mine.get(start, 0.0) for start, count in every.items()}


def _of(pair: str, matters: Iterable[Matter]) -> list[Matter]:
    both = set(pair.split("-"))
    return [m for m in matters if both <= {*m.parties, *m.imposers, *m.targets}]


def _within(reading: Reading, options: Options) -> bool:
    return not ((options.since and reading.end < options.since) or (options.until and reading.start > options.until))


def _context(name: str | None, book: Codebook) -> str | None:
    if name is not None and name not in book.ontology.contexts:
        raise UsageError(f"no context is called {name!r}", mend="`detente ref contexts` lists them")
    return name


def _left_out(coverage: Coverage) -> str:
    parts = (
        (coverage.unreal, "planned, offered, conditional or denied"),
        (coverage.retold, "retold"),
        (coverage.undated, "undated"),
        (coverage.vague, "too vaguely dated"),
    )
    told = ", ".join(f"{count} {what}" for count, what in parts if count)
    return f"{coverage.records} records{f', of which {told}' if told else ''}"


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def left_out(found: Iterable[Barometer]) -> Iterator[str]:
    """For each barometer what was not counted and how much of the time is known, in a line."""
    for each in found:
        silent = sum(reading.n == 0 for reading in each)
        thin = sum(reading.thin and reading.n > 0 for reading in each)
        yield (
            f"{each.source}: {_left_out(each.coverage)}; "
            f"of {len(each)} periods {silent} without an event, {thin} thin; weights {each.weights}"
        )
