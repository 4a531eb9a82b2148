"""What each stage costs beside spaCy's bare parse, in one run on one core.

    python -m benchmarks.stages FOLDER [--repeat N]

Reads the text files of a folder and prints processor seconds of each stage, its ratio to the bare parse, and those of
all annotation (aim: at most 1.3) and of all up to the coding by rules (1.4) and by the encoder (2.2) to it. Ratios hold
on any machine; seconds do not.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from detente.codebook import Codebook
from detente.coding.drivers import code_drivers
from detente.coding.events import code_events
from detente.coding.figures import code_figures
from detente.coding.learned.coder import EncoderCoder
from detente.coding.rules import RuleCoder
from detente.coding.statements import code_statements
from detente.matters import find_matters
from detente.model import Document, Span, document_id
from detente.text.annotate import annotate, prepare
from detente.text.language import language
from detente.text.paragraphs import blocks
from detente.text.parse import pipeline

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result of some work and the processor seconds it took."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def main(arguments: list[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=1)
    options = parser.parse_args(arguments)
    texts = [(path.name, path.read_text("utf-8")) for path in sorted(options.folder.glob("*.txt"))] * options.repeat
    documents = [Document(id=document_id(text, name), text=text, path=name) for name, text in texts]
    book, nlp = Codebook.load(), pipeline()
    coder, encoder = RuleCoder(book), EncoderCoder(book)
    language(
        "Les ministres se sont rencontrés vendredi et ont convenu de lever cette interdiction après les pourparlers."
    )
    for document in documents[:3]:  # load everything before the clock runs
        ready = annotate(prepare(document, book), book)
        encoder.code(*ready)
        find_matters(coder.code(*ready), ready[1], book)

    prepared, cleaning = timed(lambda: [prepare(document, book) for document in documents])
    paragraphs = [
        document.text[block.start : block.end]
        for document in prepared
        for block in blocks(document.text, document.article or (Span(start=0, end=len(document.text)),))
    ]
    _, bare = timed(lambda: [len(parse) for parse in nlp.pipe(paragraphs, batch_size=24)])
    annotated, annotating = timed(lambda: [annotate(document, book) for document in prepared])
    codings, coding = timed(lambda: [coder.code(document, seen) for document, seen in annotated])
    _, learned = timed(lambda: [encoder.code(document, seen) for document, seen in annotated])
    _, acts = timed(lambda: [code_events(document, seen, book) for document, seen in annotated])
    told, saying = timed(lambda: [code_statements(document, seen, book) for document, seen in annotated])
    _, counting = timed(lambda: [code_figures(document, seen, book) for document, seen in annotated])
    _, driving = timed(lambda: [code_drivers(*pair, book, found) for pair, found in zip(annotated, told, strict=True)])
    _, following = timed(
        lambda: [find_matters(found, seen, book) for found, (_, seen) in zip(codings, annotated, strict=True)]
    )

    words = sum(len(text.split()) for _, text in texts)
    print(
        f"{len(documents)} documents, {words:,} words; Python {platform.python_version()}, spaCy {version('spacy')}, "
        f"{platform.machine()}"
    )
    for name, seconds in (
        ("spaCy's bare parse", bare),
        ("clean and date", cleaning),
        ("annotate (with parse)", annotating),
        ("code by rules", coding),
        ("code by the encoder", learned),
        ("of it events", acts),
        ("of it statements", saying),
        ("of it figures", counting),
        ("of it drivers", driving),
        ("find matters", following),
    ):
        print(
            f"  {name:<24} {seconds:7.2f} s  {seconds / bare:5.2f} × parse  {words / max(seconds, 1e-9):>9,.0f} words/s"
        )
    layers = (saying + counting + driving) / (cleaning + annotating + acts)
    print(f"  statements, figures and drivers beside all else up to events: {layers:.1%} (aim: at most 20 %)")
    print(f"  all annotation           {(cleaning + annotating) / bare:5.2f} × parse")
    print(f"  to codings by rules      {(cleaning + annotating + coding) / bare:5.2f} × parse")
    print(f"  to codings by encoder    {(cleaning + annotating + learned) / bare:5.2f} × parse")
    print(f"  from text to matters     {(cleaning + annotating + coding + following) / bare:5.2f} × parse")
    return 0


if __name__ == "__main__":
    sys.exit(main())
