"""`detente barometer` and `detente why`: how warm a relation is, since when, and which events say so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.app.cli.common import (
    ARCHIVE,
    ArchiveOption,
    AsOfOption,
    FormatOption,
    SinceOption,
    UntilOption,
    day,
    note,
    open_archive,
    resolved,
)
from detente.app.cli.output import Column, Format, Row, chosen, short, show
from detente.app.cli.why import why_event
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.model import Reading
    from detente.pipeline import Barometer

ByOption = Annotated[str, typer.Option("--by", help="day, week, month, quarter or year.")]
ContextOption = Annotated[str | None, typer.Option("--context", help="A context; see detente ref contexts.")]
SourceOption = Annotated[
    str | None, typer.Option("--source", help="Whose events: a coder (rules) or an imported dataset (icews).")
]
LiveOption = Annotated[
    bool, typer.Option("--live", help="Read each period by what was known then, not by what is known now.")
]
PairArgument = Annotated[list[str], typer.Argument(metavar="PARTY PARTY", help="Two countries or bodies.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command()(barometer)
    app.command()(why)


def barometer(
    parties: PairArgument,
    archive: ArchiveOption = ARCHIVE,
    by: ByOption = "month",
    context: ContextOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    live: LiveOption = False,
    compare: Annotated[
        list[str] | None,
        typer.Option("--compare", metavar="PAIR", help="Another pair beside it, JPN-KOR or JPN,KOR. May be repeated."),
    ] = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw it: a file that ends in .svg or .png.")
    ] = None,
    theme: Annotated[str, typer.Option(help="Colours of a PNG: light or dark. An SVG follows the reader's.")] = "light",
    as_of: AsOfOption = None,
    format: FormatOption = None,
) -> int:
    """Gauge a relation: tone, level with band, engagement and stock by period, each against the pair's own normal.

    Example: detente barometer JPN CHN --by year
    """
    opened = open_archive(archive, as_of)
    pairs = [_pair(parties), *(_pair(text.replace(",", "-").split("-")) for text in compare or ())]
    found = [
        each
        for pair in pairs
        for each in opened.barometers(
            *pair, by=by, context=context, since=day(since), until=day(until, last=True), source=source, live=live
        )
    ]
    if plot is not None:
        _draw(found, plot, theme)
    if plot is None or format is not None:
        rows = [row for each in found for row in each.to_dicts()]
        columns = _columns(pairs=len(pairs) > 1, sources=len({each.source for each in found}) > 1)
        show(rows, columns, format, arrow=_arrow(found))
        if chosen(format) is Format.table:
            _turning_points(found)
    _notes(found)
    return 0


def _pair(parties: Sequence[str]) -> tuple[str, ...]:
    codes = resolved(list(parties))
    if len(codes) != 2:
        raise UsageError("a barometer is of two parties", mend="detente barometer JPN CHN --compare JPN-KOR")
    return codes


def _arrow(found: Sequence[Barometer]) -> object:
    from detente.model import Reading
    from detente.store import Rows

    return Rows(Reading, [reading for each in found for reading in each])


def _columns(*, pairs: bool, sources: bool) -> tuple[Column, ...]:
    first = [Column("pair", lambda row: row["dyad"])] if pairs else []
    if sources:
        first.append(Column("source", lambda row: row["source"]))
    return (
        *first,
        Column("period", lambda row: row["period"]),
        Column("tone", lambda row: _signed(row["tone"])),
        Column("level", lambda row: _signed(row["level"])),
        Column("90 % band", _band),
        Column("change", lambda row: f"{row['change']:.2f}" if row["change"] >= 0.1 else ""),
        Column("shock", lambda row: _signed(row["shock"])),
        Column("engagement", lambda row: _signed(row["engagement"])),
        Column("stock", lambda row: "" if row["stock"] is None else f"{row['stock']:+.1f}"),
        Column("deeds", lambda row: _signed(row["deeds"])),
        Column("words", lambda row: _signed(row["words"]) + (" ≠" if row["divided"] else "")),
        Column("balance", lambda row: _signed(row["net"])),
        Column("events", lambda row: f"{row['n']:.3g}" + (" thin" if row["thin"] and row["n"] else "")),
    )


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.0f}"


def _band(row: Row) -> str:
    return "" if row["low"] is None else f"{row['low']:+.0f} … {row['high']:+.0f}"


def _turning_points(found: Sequence[Barometer]) -> None:
    for each in found:
        for turn in each.turns:
            way = "warmer" if turn.sign > 0 else "colder"
            kind = " for a short time" if turn.shock else ""
            print(
                f"turn {each[0].dyad} {turn.period} {way}{kind}: {turn.before:+.0f} to {turn.after:+.0f}, "
                f"p {turn.probability:.2f}{'; ' if turn.because else ''}{'; '.join(turn.because)}"
            )


def _notes(found: Sequence[Barometer]) -> None:
    from detente.pipeline import left_out

    for each, line in zip(found, left_out(found), strict=True):
        note(f"{each[0].dyad if each else ''} {line}")
    sources = sorted({each.source for each in found})
    if len(sources) > 1:
        note(f"{len(sources)} sources side by side, never added up: {', '.join(sources)}; --source shows one")


def _draw(found: Sequence[Barometer], path: Path, theme: str) -> None:
    from detente.app.gauges import picture
    from detente.charts import to_png

    kind = path.suffix.lower()
    if kind not in (".svg", ".png"):
        raise UsageError(f"no picture is called {path.name}", mend="name a file that ends in .svg or .png")
    shown = [each for each in found if len(each)]
    if not shown:
        raise UsageError("there are no readings in this time", mend="choose another --since or --until")
    svg = picture(shown)
    data = to_png(svg, theme=theme) if kind == ".png" else svg.encode()
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=str(path)) from None
    note(f"drawn: {path}")


def why(
    parties: Annotated[
        list[str],
        typer.Argument(
            metavar="EVENT|PARTY PARTY PERIOD",
            help="The id of an event; or two countries or bodies, and a period such as 2023-11.",
        ),
    ],
    archive: ArchiveOption = ARCHIVE,
    context: ContextOption = None,
    source: SourceOption = None,
    live: LiveOption = False,
    as_of: AsOfOption = None,
    format: FormatOption = None,
) -> int:
    """Say why: of a period the events behind the barometer, which sum to its tone; of an event what decided it.

    Of an event: rule or model, the words, how the parties were found, modality, confidence and what it is made of, and
    what else the words might tell.

    Example: detente why JPN CHN 2023-11
    Example: detente why 3fc2a81b
    """
    from detente.model import to_dict
    from detente.pipeline import parse_period

    if len(parties) == 1:
        why_event(open_archive(archive, as_of), parties[0], as_json=chosen(format) is not Format.table)
        return 0
    if len(parties) < 3:
        raise UsageError("name an event, or two parties and a period", mend="detente why JPN CHN 2023-11")
    _, by = parse_period(parties[-1])
    one, other = _pair(parties[:-1])
    gauged = open_archive(archive, as_of).barometer(one, other, by, context=context, source=source, live=live)
    reading = gauged[parties[-1]]
    causes = reading.because()
    show((to_dict(cause) for cause in causes), _CAUSES, format)
    if reading.tone is None:
        note(f"{reading.period}: nothing that weighs is recorded, so there is no tone")
    else:
        total = sum(cause.points for cause in causes)
        events = sum(cause.type is not None for cause in causes)
        note(
            f"{reading.period}: tone {reading.tone:+.1f} = the sum of {events} events ({total:+.1f}); {_told(reading)}"
        )
    return 0


def _told(reading: Reading) -> str:
    band = _band({"low": reading.low, "high": reading.high})
    return f"level {_signed(reading.level)} ({band}), source {reading.source}{', thin' if reading.thin else ''}"


_CAUSES = (
    Column("points", lambda row: f"{row['points']:+.1f}"),
    Column("weight", lambda row: f"{row['weight']:.2f}" if row["type"] else ""),
    Column("kind", lambda row: row["kind"] or ""),
    Column("date", lambda row: _days(row)),
    Column("type", lambda row: "/".join(part for part in (row["type"], row["mode"]) if part)),
    Column("who", lambda row: row["who"]),
    Column("words", lambda row: short(row["words"], 160), ratio=1, wrap=True),
    Column("ids", lambda row: " ".join(key[:8] for key in row["event_ids"]), style="dim"),
)


def _days(row: Row) -> str:
    if row["start"] is None:
        return ""
    return row["start"] if row["start"] == row["end"] else f"{row['start']}/{row['end']}"
