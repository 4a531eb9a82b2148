"""The SQL of the store: one file per question in `sql/`, read once, with parts that are kept only where asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

_KEEP_IF = re.compile(r"^(.*?)\s*--\s*if:\s*(\w+)\s*$")


@cache
def _lines(name: str) -> tuple[tuple[str, str | None], ...]:
    text = (files("detente.store") / "sql" / f"{name}.sql").read_text("utf-8")
    found = []
    for line in text.splitlines():
        match = _KEEP_IF.match(line)
        found.append((match.group(1), match.group(2)) if match else (line, None))
    return tuple(found)


def sql(name: str, given: Collection[str] = (), table: str = "") -> str:
    """The statement in `sql/NAME.sql`.

    Args:
        name: The file's name without its ending.
        given: A line that ends in `-- if: WORD` is kept only where WORD is given.
        table: What `{table}` stands for: the name of a table of the layout, never a value.
    """
    assert not table or table.isidentifier()
    return "\n".join(text for text, word in _lines(name) if word is None or word in given).replace("{table}", table)


def ask(name: str, parameters: Mapping[str, Any], table: str = "") -> tuple[str, dict[str, Any]]:
    """The statement and the parameters it takes: those that are not None and that the kept lines name."""
    given = {key: value for key, value in parameters.items() if value is not None}
    text = sql(name, given, table)
    return text, {key: value for key, value in given.items() if re.search(rf"\${key}\b", text)}


def asked(names: Sequence[str], parameters: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """One statement put together of several files, in their order, and the parameters it takes."""
    parts = [ask(name, parameters) for name in names]
    taken = {key: value for _, given in parts for key, value in given.items()}
    return "\n".join(text for text, _ in parts), taken
