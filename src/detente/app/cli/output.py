"""How rows reach the user: a table on a terminal, JSON lines when piped, or the format asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

from detente.app.tables import csv_text
from detente.errors import UsageError

Row = dict[str, Any]


class Format(StrEnum):
    """The formats in which a command prints rows."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


class Column:
    """A column of a table on the terminal: its head, how a cell is made from a row, and how it is set."""

    def __init__(
        self,
        head: str,
        cell: Callable[[Row], str],
        *,
        ratio: int | None = None,
        wrap: bool = False,
        style: str | None = None,
    ) -> None:
        self.head, self.cell, self.ratio, self.wrap, self.style = head, cell, ratio, wrap, style


def chosen(format: Format | None) -> Format:
    """The format asked for, else a table on a terminal and JSON lines elsewhere."""
    return format or (Format.table if sys.stdout.isatty() else Format.jsonl)


def show(
    rows: Iterable[Row],
    columns: Sequence[Column],
    format: Format | None,
    *,
    title: str | None = None,
    arrow: object | None = None,
) -> int:
    """Prints rows to standard output.

    Args:
        rows: Plain JSON values.
        columns: The columns of the table; other formats print the whole rows.
        format: See `chosen`.
        title: A line above the table.
        arrow: The same rows as something that speaks Arrow, for Parquet.

    Returns:
        The number of rows printed.
    """
    how = chosen(format)
    if how is Format.parquet:
        return _parquet(arrow)
    listed = list(rows)
    if how is Format.table:
        _table(listed, columns, title)
    elif how is Format.json:
        print(json.dumps(listed, ensure_ascii=False, indent=1))
    elif how is Format.jsonl:
        for row in listed:
            print(json.dumps(row, ensure_ascii=False))
    else:
        print(csv_text(listed), end="")
    return len(listed)


def _table(rows: Sequence[Row], columns: Sequence[Column], title: str | None) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 160
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold", expand=True)
    for column in columns:
        table.add_column(
            column.head,
            ratio=column.ratio,
            no_wrap=not column.wrap,
            style=column.style,
            overflow="fold" if column.wrap else "ellipsis",
        )
    for row in rows:
        table.add_row(*(_plain(column.cell(row)) for column in columns))
    console.print(table)


def _plain(text: str) -> Any:
    """Text without markup, so that brackets in a quotation stay as they are."""
    from rich.text import Text

    return Text(text)


def _parquet(arrow: object | None) -> int:
    if sys.stdout.isatty():
        raise UsageError("Parquet is binary", mend="send it to a file: … --format parquet > events.parquet")
    if arrow is None:
        raise UsageError("these rows have no Parquet form", mend="use --format jsonl")
    from detente.store import write_parquet

    return write_parquet(arrow, sys.stdout.buffer)


def short(text: str, width: int = 110) -> str:
    """Text on one line, cut at a word if it is longer than `width` characters."""
    flat = " ".join(text.split())
    if len(flat) <= width:
        return flat
    return flat[:width].rsplit(" ", 1)[0] + " …"


def quoted(row: Row, width: int = 110) -> str:
    """The main evidence of a row."""
    evidence = row.get("evidence") or []
    return short(evidence[0]["text"], width) if evidence else ""


def dated(value: Row | None) -> str:
    """An interval as it is written in tables: `2023-11`, `2023-08-21/2023-08-31`, or `unknown`."""
    if not value:
        return "unknown"
    start, end, precision = value["start"], value["end"], value.get("precision")
    if start == end:
        text = start
    elif precision == "month":
        text = start[:7]
    elif precision == "year":
        text = start[:4]
    else:
        text = f"{start}/{end}"
    return f"~{text}" if value.get("approximate") else text


def parties(actors: Sequence[Row]) -> str:
    """The codes of some actors, each once."""
    return ",".join(dict.fromkeys(actor["code"] for actor in actors))
