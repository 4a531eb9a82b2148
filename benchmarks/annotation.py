"""Throughput of annotation beyond spaCy's own parse, in one run on one core.

    python benchmarks/annotation.py FOLDER [--repeat N]

Reads the text files of a folder, parses them, then finds their mentions, and prints processor seconds of each and the
ratio (parse + mentions) / parse. Aim: at most 1.3.
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path

from detente.codebook.actors import ActorBook
from detente.model import Document, Interval
from detente.text.mentions import mentions
from detente.text.parse import parse_many


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=1)
    chosen = parser.parse_args()
    texts = [path.read_text("utf-8") for path in sorted(chosen.folder.glob("*.txt"))] * chosen.repeat
    documents = [Document(id=str(number), text=text) for number, text in enumerate(texts)]
    book, day = ActorBook.load(), Interval(start=date(2020, 1, 1), end=date(2020, 1, 1), precision="day")
    warm = next(parse_many(documents[:1], book=book))  # loads the model and the index
    mentions(documents[0], *warm, book, day)
    begun = time.process_time()
    parsed = list(parse_many(documents, book=book))
    parsing = time.process_time() - begun
    begun = time.process_time()
    found = sum(len(mentions(document, *one, book, day)) for document, one in zip(documents, parsed, strict=True))
    finding = time.process_time() - begun
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} documents, {words} words, {found} mentions: parse {parsing:.2f} s, mentions {finding:.2f} s, "
          f"ratio {(parsing + finding) / parsing:.3f}, {words / (parsing + finding):.0f} words/s")


if __name__ == "__main__":
    main()
