"""Who is meant, case by case, from `cases/actors.tsv`."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from detente.codebook.actors import ActorBook
from detente.codebook.reading import load_tsv
from detente.model import Document, Interval, Mention
from detente.text.mentions import mentions
from detente.text.parse import parse

COLUMNS = ("sentence", "published", "words", "codes", "sector", "person", "agentive", "known")


def rows() -> list[tuple[int, dict[str, str]]]:
    found, sentence, published = [], "", ""
    for line, row in load_tsv(Path(__file__).parent / "cases" / "actors.tsv", COLUMNS):
        if row["sentence"]:
            sentence, published = row["sentence"], row["published"]
        found.append((line, {**row, "sentence": sentence, "published": published}))
    return found


@cache
def seen(sentence: str, published: str) -> tuple[Mention, ...]:
    book = ActorBook.load()
    text = sentence.replace("¶", "\n\n")
    day = date.fromisoformat(published) if published else None
    interval = Interval(start=day, end=day, precision="day") if day else None
    document = Document(id="case", text=text)
    return mentions(document, *parse(document, book=book), book, interval)


def covering(sentence: str, words: str, found: tuple[Mention, ...]) -> Mention | None:
    form, _, number = words.partition("#")
    places = [hit.span() for hit in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", sentence)]
    assert len(places) >= int(number or 1), f"the sentence does not hold '{words}'"
    start, end = places[int(number or 1) - 1]
    over = [mention for mention in found if mention.start < end and start < mention.end]
    return min(over, key=lambda mention: abs(mention.start - start) + abs(mention.end - end), default=None)


def wrong(row: dict[str, str]) -> str | None:
    """What is wrong with one case, in words; None where it is right."""
    mention = covering(row["sentence"], row["words"], seen(row["sentence"], row["published"]))
    codes = {actor.code for actor in mention.actors} if mention else set()
    if row["codes"] == "-":
        taken = mention is not None and codes and mention.how != "publisher"
        return f"is no actor, but was taken for {sorted(codes)} ({mention.how})" if mention and taken else None
    if mention is None:
        return f"should be {row['codes']}, but was not found"
    if codes != set(row["codes"].split()):
        return f"should be {row['codes']}, was {' '.join(sorted(codes)) or 'unknown'} ({mention.how}: {mention.text!r})"
    for field in ("sector", "person"):
        values = {getattr(actor, field) for actor in mention.actors}
        if row[field] and values != {None if row[field] == "-" else row[field]}:
            return f"{field} should be {row[field]}, was {values} ({mention.how})"
    if row["agentive"] and mention.agentive != (row["agentive"] == "yes"):
        return f"agentive should be {row['agentive']} ({mention.how})"
    return None


@pytest.mark.parametrize(("line", "row"), rows(), ids=lambda value: str(value) if isinstance(value, int) else "")
def test_case(line: int, row: dict[str, str]) -> None:
    found = wrong(row)
    if row["known"]:
        assert found, f"actors.tsv:{line}: is marked known but passes; clear the mark"
        pytest.xfail(row["known"])
    assert found is None, f"actors.tsv:{line}: in \"{row['sentence']}\" ({row['published']}) '{row['words']}' {found}"


def test_few_cases_are_marked_known() -> None:
    every = rows()
    assert len(every) >= 300
    assert sum(bool(row["known"]) for _, row in every) <= 0.03 * len(every)
