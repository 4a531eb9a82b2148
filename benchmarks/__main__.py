"""One command prints every figure: `python -m benchmarks [PART…] [--small]`, with the machine and versions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping

from benchmarks import bulk, imports
from benchmarks.table import Row, show

PARTS: Mapping[str, Callable[..., Iterator[Row]]] = {"bulk": bulk.rows, "imports": imports.rows}
"""What is measured, by name."""


def main(arguments: list[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help=f"some of: {', '.join(PARTS)}; all if none")
    parser.add_argument("--small", action="store_true", help="less of everything: whether it runs, not how fast")
    options = parser.parse_args(arguments)
    show(row for name in (options.parts or PARTS) for row in PARTS[name](small=options.small))
    return 0


if __name__ == "__main__":
    sys.exit(main())
