"""Scores the types of sentence, actor and recipient: `python -m eval.pairs FILE.tsv`.

The file has a header and the columns `sentence source target gold_root` (a PLOVER type; CONCEDE and RETREAT count as
YIELD, on both sides) or `sentence source target gold_binary` (`cooperation` or `conflict`); both may be there. Other
columns are not read. Each row is put to `detente.rank_types(sentence, actor, recipient)`, or to the function named by
`--by MODULE:FUNCTION`, which gives a chance to each of the 16 types and to `none`; chances of merged types add up, and
the likeliest answer counts. `none` is an abstention, and an error. Macro-F1 is the mean over the types of the file.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.codebook import Codebook
from detente.errors import DetenteError, SourceError, UsageError

Ranker = Callable[[str, str, str], Mapping[str, float]]

NONE = "none"
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
BINARY = ("cooperation", "conflict")
_COLUMNS = ("sentence", "source", "target")


@dataclass(frozen=True)
class Pair:
    """A row: the sentence, the words for both parties, and what is right; None where the column is not there."""

    sentence: str
    source: str
    target: str
    root: str | None
    binary: str | None


def read(path: Path, types: Iterable[str]) -> list[Pair]:
    """The rows of a file.

    Raises:
        SourceError: where it is not there, lacks a column, or has a type that is none; says in which line.
    """
    if not path.is_file():
        raise SourceError("is not there", where=str(path), mend="give a TSV with sentence, source, target, gold_root")
    allowed = {MERGED.get(name, name) for name in types}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        heads = table.fieldnames or []
        missing = [name for name in _COLUMNS if name not in heads]
        if missing or not {"gold_root", "gold_binary"} & set(heads):
            lacking = ", ".join(missing) or "gold_root or gold_binary"
            raise SourceError(f"has no column {lacking}", where=str(path), mend="the first line names the columns")
        found = []
        for number, row in enumerate(table, 2):
            root, binary = (row.get("gold_root") or "").strip().upper(), (row.get("gold_binary") or "").strip().lower()
            root = MERGED.get(root, root)
            if root and root not in allowed:
                mend = f"these are: {', '.join(sorted(allowed))}"
                raise SourceError(f"line {number}: no type is called {root!r}", where=str(path), mend=mend)
            if binary and binary not in BINARY:
                raise SourceError(f"line {number}: {binary!r} is neither cooperation nor conflict", where=str(path))
            found.append(Pair(row["sentence"], row["source"], row["target"], root or None, binary or None))
    return found


def merged(chances: Mapping[str, float], names: Mapping[str, str]) -> str:
    """The likeliest answer after types are merged under other names; of equal ones the first by name."""
    sums: Counter[str] = Counter()
    for name, chance in chances.items():
        sums[names.get(name, name)] += chance  # type: ignore[assignment]
    return min(sums, key=lambda name: (-sums[name], name)) if sums else NONE


def score(gold: Sequence[str], told: Sequence[str]) -> dict[str, Any]:
    """Macro-F1 over the classes of the gold, F1 by class, accuracy, abstentions, and the confusion matrix."""
    table = Counter(zip(gold, told, strict=True))
    classes = sorted(set(gold))
    per = {}
    for name in classes:
        right = table[name, name]
        wanted, given = sum(one == name for one in gold), sum(one == name for one in told)
        precision, recall = (right / given if given else 0.0), right / wanted
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        per[name] = {"precision": precision, "recall": recall, "f1": f1, "n": wanted}
    return {
        "macro_f1": sum(row["f1"] for row in per.values()) / max(len(per), 1),
        "accuracy": sum(table[name, name] for name in classes) / max(len(gold), 1),
        "abstained": sum(one == NONE for one in told),
        "rows": len(gold),
        "per": per,
        "confusion": {f"{one} > {other}": count for (one, other), count in sorted(table.items())},
    }


def evaluate(pairs: Sequence[Pair], rank: Ranker, book: Codebook) -> dict[str, dict[str, Any]]:
    """The figures of `gold_root` and `gold_binary`, whichever the rows have."""
    tendency = {name: book.ontology.tendency(name) for name in book.ontology.types}
    asked = [rank(pair.sentence, pair.source, pair.target) for pair in pairs]
    report = {}
    for column, names in (("root", MERGED), ("binary", tendency)):
        rows = [(getattr(pair, column), merged(chances, names)) for pair, chances in zip(pairs, asked, strict=True)]
        rows = [(gold, told) for gold, told in rows if gold]
        if rows:
            report[f"gold_{column}"] = score(*map(list, zip(*rows, strict=True)))  # type: ignore[arg-type]
    return report


def table(figures: Mapping[str, Any]) -> str:
    """The figures as text: by class, and the confusion matrix, gold down and answers across."""
    names = list(figures["per"])
    cells = figures["confusion"]
    answers = sorted({key.split(" > ")[1] for key in cells} | set(names))
    lines = [
        f"macro-F1 {figures['macro_f1']:.3f}  accuracy {figures['accuracy']:.3f}  "
        f"abstained {figures['abstained']} of {figures['rows']}",
        "",
        f"{'':<12} precision  recall     F1     n",
    ]
    lines += [
        f"{name:<12} {row['precision']:9.3f} {row['recall']:7.3f} {row['f1']:6.3f} {row['n']:5}"
        for name, row in figures["per"].items()
    ]
    lines += ["", f"{'':<12} " + " ".join(f"{name[:6]:>6}" for name in answers)]
    lines += [
        f"{name:<12} " + " ".join(f"{cells.get(f'{name} > {answer}', 0) or '.':>6}" for answer in answers)
        for name in names
    ]
    return "\n".join(lines)


def ranker(name: str) -> Ranker:
    """A function named `module:function`.

    Raises:
        UsageError: where there is no such function.
    """
    module, _, attribute = name.partition(":")
    try:
        found: Ranker = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise UsageError(f"there is no function {name!r}: {error}", mend="--by module:function") from None
    return found


def main(arguments: list[str] | None = None) -> int:
    """The command line. Exit 0 scored, 1 there is nothing to score, 2 wrong usage."""
    parser = argparse.ArgumentParser(description="Scores types of sentence, actor and recipient.")
    parser.add_argument("file", type=Path, help="a TSV with sentence, source, target and gold_root or gold_binary")
    parser.add_argument("--by", default="detente:rank_types", help="the function asked, as module:function")
    parser.add_argument("--json", action="store_true", help="print the figures as one line of JSON")
    options = parser.parse_args(arguments)
    try:
        book = Codebook.load()
        report = evaluate(read(options.file, book.ontology.types), ranker(options.by), book)
    except DetenteError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    if not report:
        print(f"{options.file}: no row says what is right", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(report))
    else:
        print("\n\n".join(f"{column}\n{table(figures)}" for column, figures in report.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
