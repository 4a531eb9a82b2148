"""A reproducible sample of coded events with their sentences, for judging by eye, and the share that is right.

    python -m eval.articles ../shared/corpora/reuters21578.jsonl.gz > sample.tsv
    python -m eval.articles --judged sample.tsv

The first prints a TSV of 100 events of articles: articles are taken in the order of a hash of their id, and of all
events in the first 400 that are coded, those with the lowest hash. The same corpus, code and seed give the same sample.
The judge fills the column `right` with `yes`, or with what is wrong: `type`, `parties`, `modality` (several with a
comma), or `none` where the words tell no event at all. An event is right if type, parties and modality all are. Dates
are printed and not judged. The second prints the share that is right with its 95 % interval (Wilson) and what is wrong.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from detente.codebook import Codebook
from detente.errors import DetenteError, SourceError
from detente.model import Actor, Annotations, Document, Event, Interval, Publication
from detente.pipeline.process import CODERS
from detente.text.annotate import annotate, prepare
from eval.places import documents

COLUMNS = (
    *("number", "right", "type", "mode", "modality", "actors", "recipients", "date", "confidence", "rule"),
    *("words", "sentence", "document", "published", "id"),
)
WRONG = ("type", "parties", "modality", "none")


def order(key: str, seed: int) -> str:
    """A place in an order that has nothing to do with what the key names."""
    return hashlib.sha256(f"{seed}\x1f{key}".encode()).hexdigest()


def chosen(path: Path, count: int, seed: int) -> Iterator[Document]:
    """So many articles of a corpus, in the order of the hash."""
    rows = sorted(documents(path, 0, 1), key=lambda pair: order(pair[1].id, seed))
    for row, document in rows[:count]:
        day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
        told = Publication(interval=Interval(start=day, end=day, precision="day"), known="given") if day else None
        yield Document(id=document.id, text=document.text, title=document.title, published=told, language="en")


def sample(path: Path, *, size: int, articles: int, seed: int, coder: str) -> list[dict[str, Any]]:
    """The sample, as rows of `COLUMNS`, in the order of the hash.

    Args:
        path: The corpus.
        size: How many events.
        articles: How many articles are coded.
        seed: Of the hash.
        coder: By name.
    """
    book = Codebook.load()
    code = CODERS[coder](book).code
    found: list[dict[str, Any]] = []
    for document in chosen(path, articles, seed):
        ready = prepare(document, book)
        if not ready.article:
            continue
        ready, seen = annotate(ready, book)
        found += [_row(event, ready, seen) for event in code(ready, seen).events]
    print(f"{len(found)} events in {articles} articles", file=sys.stderr)
    kept = sorted(found, key=lambda row: order(row["id"], seed))[:size]
    return [{**row, "number": number} for number, row in enumerate(kept, 1)]


def _row(event: Event, document: Document, seen: Annotations) -> dict[str, Any]:
    at = event.evidence[0]
    around = [one for one in seen.sentences if one.start < at.end and one.end > at.start]
    start, end = (around[0].start, around[-1].end) if around else (at.start, at.end)
    when, published = event.date, document.published
    return {
        "number": 0,
        "right": "",
        "type": event.type,
        "mode": event.mode or "",
        "modality": event.modality + (", retold" if event.retold else ""),
        "actors": _names(event.actors),
        "recipients": ("↔ " if event.reciprocal else "") + _names(event.recipients),
        "date": f"{when.start}/{when.end}" if when else "",
        "confidence": event.confidence,
        "rule": event.origin.rule or "",
        "words": _flat(at.text),
        "sentence": _flat(document.text[start:end]),
        "document": document.id,
        "published": published.interval.start.isoformat() if published and published.interval.start else "",
        "id": event.id,
    }


def _names(actors: tuple[Actor, ...]) -> str:
    return ", ".join(f"{actor.code} ({actor.name})" for actor in actors)


def _flat(text: str) -> str:
    return " ".join(text.split())


def judged(path: Path) -> dict[str, Any]:
    """What a judged sample says.

    Raises:
        SourceError: where a verdict is missing or none of those allowed; says in which line.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        verdicts = [row["right"].strip() for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    for number, verdict in enumerate(verdicts, 2):
        if verdict != "yes" and not all(part.strip() in WRONG for part in verdict.split(",")):
            mend = f"write yes, or what is wrong: {', '.join(WRONG)}"
            raise SourceError(f"line {number}: {verdict!r} is no verdict", where=str(path), mend=mend)
    right = sum(verdict == "yes" for verdict in verdicts)
    low, high = wilson(right, len(verdicts))
    wrong = Counter(part.strip() for verdict in verdicts if verdict != "yes" for part in verdict.split(","))
    return {"right": right, "of": len(verdicts), "low": low, "high": high, "wrong": dict(wrong.most_common())}


def wilson(right: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not of:
        return 0.0, 1.0
    share = right / of
    middle, half = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)


def main(arguments: list[str] | None = None) -> int:
    """The command line. Exit 0 done, 1 there is nothing to do it with."""
    parser = argparse.ArgumentParser(description="A sample of coded events for judging by eye.")
    parser.add_argument(
        "corpus", type=Path, nargs="?", help="articles as JSON lines, gzipped: id, title, text, published"
    )
    parser.add_argument(
        "--judged", type=Path, metavar="FILE.tsv", help="a judged sample: print the share that is right"
    )
    parser.add_argument("--size", type=int, default=100, help="events in the sample")
    parser.add_argument("--articles", type=int, default=400, help="articles coded")
    parser.add_argument("--seed", type=int, default=1987)
    parser.add_argument("--coder", default="rules", choices=sorted(CODERS))
    options = parser.parse_args(arguments)
    path = options.judged or options.corpus
    if path is None or not path.is_file():
        print(f"{path or 'no corpus given'}: give a corpus, or --judged FILE.tsv", file=sys.stderr)
        return 1
    try:
        if options.judged:
            told = judged(path)
            share = told["right"] / max(told["of"], 1)
            print(f"{told['right']} of {told['of']} right: {share:.2f} (95 %: {told['low']:.2f} to {told['high']:.2f})")
            print("  ".join(f"{name} wrong {count}" for name, count in told["wrong"].items()))
            return 0
        rows = sample(path, size=options.size, articles=options.articles, seed=options.seed, coder=options.coder)
    except DetenteError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print("\t".join(COLUMNS))
    for row in rows:
        print("\t".join(str(row[name]) for name in COLUMNS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
