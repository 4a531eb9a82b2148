"""Rows as CSV, the same for the command line and the server."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(rows: Sequence[Row], *, spreadsheet: bool = False) -> str:
    """Rows as CSV with a head; lists and structures as JSON.

    Args:
        rows: Plain JSON values; the first names the columns.
        spreadsheet: Put an apostrophe before text that a spreadsheet would take for a formula.
    """
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: _cell(value, spreadsheet) for key, value in row.items()})
    return out.getvalue()


def _cell(value: Any, spreadsheet: bool) -> Any:
    if value is None or isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if spreadsheet and text.startswith(_FORMULA) else text
