"""Scores attribution of quotations on an outside corpus: `python -m eval.quotes FILE.jsonl`.

A line a document: `{"text": …, "attributions": [{"source": [s, e], "cue": [s, e], "content": [[s, e], …]}]}`,
offsets in characters. An attribution is direct if any of its content holds or touches a quotation mark; those alone are
scored, unless `--all` is given. A found statement meets an annotated one where their contents share at least one
character and its speaker is the source: a word of the source stands in the speaker's name, affiliation or office.
detente resolves pronouns to names, so a source that is a pronoun is met by any speaker; `pronouns` counts these.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.codebook import Codebook
from detente.coding.statements import code_statements
from detente.model import Document, Statement, document_id
from detente.text.annotate import annotate

MARKS = '"“”„«»'
PRONOUNS = frozenset("he she they it we i you who him her them".split())
_FILLER = frozenset("the a an of and in for to mr mrs ms dr".split())


@dataclass
class Score:
    """Counts over documents."""

    gold: int = 0
    found: int = 0
    right: int = 0
    pronouns: int = 0

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1, with the counts behind them."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        figures = {"precision": precision, "recall": recall, "f1": f1}
        return {name: round(value, 3) for name, value in figures.items()} | vars(self)


def score(lines: list[dict[str, Any]], *, every: bool = False) -> Score:
    """The figures over some documents; `every` takes reported speech in too."""
    total, book = Score(), Codebook.load()
    for line in lines:
        text = line["text"]
        document, seen = annotate(Document(id=document_id(text, ""), text=text), book)
        gold = [each for each in line["attributions"] if every or direct(text, each["content"])]
        found = [each for each in code_statements(document, seen, book) if every or each.direct]
        total.gold, total.found = total.gold + len(gold), total.found + len(found)
        free = list(found)
        for each in gold:
            source = text[slice(*each["source"])]
            met = next((one for one in free if _overlap(one, each["content"]) and is_source(one, source)), None)
            if met is not None:
                free.remove(met)
                total.right += 1
                total.pronouns += source.strip().lower() in PRONOUNS
    return total


def direct(text: str, content: list[list[int]]) -> bool:
    """Whether some content holds a quotation mark or stands right beside one."""
    return any(mark in text[max(0, a - 1) : b + 1] for a, b in content for mark in MARKS)


def is_source(statement: Statement, source: str) -> bool:
    """Whether the words of a source name a statement's speaker."""
    if source.strip().lower() in PRONOUNS:
        return True
    named = " ".join(filter(None, (statement.speaker, statement.affiliation, statement.office)))
    return bool(_words(source) & _words(named))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - _FILLER


def _overlap(statement: Statement, content: list[list[int]]) -> bool:
    return any(piece.start < b and a < piece.end for piece in statement.evidence for a, b in content)


def main(arguments: list[str] | None = None) -> int:
    """The command line. Exit 0 scored, 1 there is nothing to score."""
    parser = argparse.ArgumentParser(description="Scores attribution against an annotated JSONL file.")
    parser.add_argument("file", type=Path, help="a line a document, see above")
    parser.add_argument("--all", action="store_true", help="score reported speech as well as direct quotations")
    options = parser.parse_args(arguments)
    if not options.file.is_file():
        print(f"{options.file}: no such file; give a JSONL file with `text` and `attributions`", file=sys.stderr)
        return 1
    lines = [json.loads(line) for line in options.file.read_text("utf-8").splitlines() if line.strip()]
    if not lines:
        print(f"{options.file}: holds no document", file=sys.stderr)
        return 1
    print(json.dumps(score(lines, every=options.all).figures()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
