"""The barometer as people and programs meet it: the same picture for command line, brief and page, and its data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from detente.charts import data_table, draw_barometer, draw_comparison
from detente.errors import NoReadingError
from detente.model import Reading, Record, Turn
from detente.pipeline import Barometer, left_out, party_name
from detente.store.gauging import OWN_CODERS

if TYPE_CHECKING:
    from detente.codebook import Codebook
    from detente.pipeline import Archive


class Gauge(Record, frozen=True, kw_only=True):
    """A relation's readings by one source, by time, and its turning points. `left_out` says what was not counted."""

    dyad: str
    source: str
    weights: str
    left_out: str
    readings: tuple[Reading, ...]
    turns: tuple[Turn, ...]


def gauge(found: Barometer) -> Gauge:
    """A barometer as a record."""
    return Gauge(
        dyad=found.coverage.pair,
        source=found.source,
        weights=found.weights,
        left_out=next(left_out([found])),
        readings=tuple(found),
        turns=found.turns,
    )


def picture(found: Sequence[Barometer], *, styled: bool = True, table: bool = True) -> str:
    """One barometer with its turning points; of several pairs or sources the comparison.

    Args:
        found: Barometers with readings, at least one.
        styled: Whether the style is written into the SVG; False where the page has `charts.css()`.
        table: Whether the data are written into the SVG; False where `numbers` stands beside it.

    Returns:
        An `<svg>` element.
    """
    if len(found) == 1:
        return draw_barometer(
            list(found[0]), title=pair_name(found[0]), turns=found[0].turns, styled=styled, table=table
        )
    several = len({each.source for each in found}) > 1
    named = [(f"{pair_name(each)}{f', {each.source}' if several else ''}", list(each), each.balance) for each in found]
    return draw_comparison(named, title="Relations compared", styled=styled, table=table)


def numbers(found: Sequence[Barometer]) -> str:
    """The readings behind a picture as HTML tables."""
    return "".join(data_table(list(each), caption=f"{pair_name(each)}, source: {each.source}") for each in found)


def pair_name(found: Barometer) -> str:
    """The names of a barometer's parties: `China and Japan`."""
    return " and ".join(party_name(code) for code in found.coverage.pair.split("-"))


def for_brief(
    archive: Archive,
    codes: Sequence[str],
    *,
    since: date | None = None,
    until: date | None = None,
    book: Codebook | None = None,
) -> list[Barometer]:
    """The barometers that a brief shows: of every two of its parties, by the coders that read the brief's documents.

    Where these read nothing that weighs, those of imported datasets; an empty list where there are none either.
    """
    found: list[Barometer] = []
    for pair in combinations(sorted(codes), 2):
        try:
            found += archive.barometers(*pair, since=since, until=until, book=book)
        except NoReadingError:
            continue
    shown = [each for each in found if len(each)]
    return [each for each in shown if each.source in OWN_CODERS] or shown


def brief_figure(found: Sequence[Barometer]) -> str:
    """The picture and its numbers as they stand in a brief of one file; empty where there is nothing to draw."""
    if not found:
        return ""
    table = f'<div class="numbers">{numbers(found)}</div>'
    return (
        f"<figure>{picture(found, table=False)}</figure>"
        f"<details><summary>The numbers behind the picture</summary>{table}</details>"
    )


_BARS = "▁▂▃▄▅▆▇█"


def brief_rows(found: Sequence[Barometer]) -> str:
    """The barometer of a brief as Markdown: by source the level of each year and a line of its months.

    The line runs from the first month to the last, low is cold; a space is a month in which nothing is known.
    """
    parts = []
    for each in found:
        years: dict[int, list[Reading]] = {}
        for reading in each:
            years.setdefault(reading.start.year, []).append(reading)
        rows = [
            f"| {year} | {_points(months[-1].level)} | {_points(months[-1].low)} … {_points(months[-1].high)} "
            f"| `{''.join(map(_bar, months))}` | {sum(reading.n for reading in months):.3g} |"
            for year, months in years.items()
        ]
        turns = [
            f"- {turn.period}: {'warmer' if turn.sign > 0 else 'colder'}{' for a short time' if turn.shock else ''}, "
            f"{turn.before:+.0f} to {turn.after:+.0f}, probability {turn.probability:.2f}"
            f"{': ' if turn.because else ''}{'; '.join(turn.because)}"
            for turn in each.turns
        ]
        head = (
            f"### {pair_name(each)}, source: {each.source}\n\n"
            f"0 is the pair's own normal, 100 as warm and -100 as cold as can be. {next(left_out([each]))}.\n"
        )
        table = "| year | level at its end | 90 % band | tone by month | events |\n|---|---|---|---|---|\n"
        parts.append(f"{head}\n{table}" + "\n".join(rows) + ("\n\n" + "\n".join(turns) if turns else "") + "\n")
    return "\n".join(("## Barometer\n", *parts)) if parts else ""


def _points(value: float | None) -> str:
    return "–" if value is None else f"{value:+.0f}"


def _bar(reading: Reading) -> str:
    if reading.tone is None:
        return " "
    return _BARS[min(len(_BARS) - 1, int((reading.tone + 100.0) / 200.0 * len(_BARS)))]
