"""Countries recognised per document against the Reuters-21578 indexers' `places`.

    python eval/places.py ../shared/corpora/reuters21578.jsonl.gz [--every K] [--limit N] [--confusions N] [--fit]

Prints micro-F1 over all documents and over those whose places name two or more countries, for documents with an even
number (on which the weights below were fitted) and with an odd number (which no weight has seen), and the confusions.

What the indexers did, as far as reading even-numbered documents tells: they list the country of the dateline, those
whose governments, firms or markets the story is about, and seldom those it only mentions (a currency, a rival producer,
a member of a list). News flashes ("******") were not indexed. The annotator is general and lists every country; which
of them an indexer would list is `decide` below: a logistic rule over counted evidence (`evidence`), its weights in
`places_weights.tsv`. The same rule is applied to every country; it knows no names but the dollar's.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from detente.codebook.actors import ActorBook
from detente.codebook.reading import load_tsv
from detente.model import Document, Interval
from detente.text.mentions import mentions
from detente.text.parse import parse_many

HERE = Path(__file__).parent
FOLD = {
    "RUS": "SUN",
    "UKR": "SUN",
    "EST": "SUN",
    "LVA": "SUN",
    "LTU": "SUN",
    "GEO": "SUN",
    "ARM": "SUN",
    "AZE": "SUN",
    "KAZ": "SUN",
    "SRB": "YUG",
    "HRV": "YUG",
    "SVN": "YUG",
    "BIH": "YUG",
    "CZE": "CSK",
    "YEM": "YAR",
}
"""Today's codes as the indexers of 1987 would have them."""
FLASH = "******"
WEIGHTS = HERE / "places_weights.tsv"


class Seen(NamedTuple):
    """One mention as the rule sees it: the code, its place in the document, its text, kind, manner and agency."""

    code: str
    start: int
    text: str
    kind: str
    how: str
    agentive: bool


class Judged(NamedTuple):
    """A document: its number, the indexers' codes, the length of title and text, its mentions."""

    number: int
    gold: frozenset[str]
    title: int
    length: int
    flash: bool
    seen: tuple[Seen, ...]


def documents(path: Path, limit: int, every: int) -> Iterator[tuple[dict[str, Any], Document]]:
    """The corpus as documents: title, dateline and text as a wire carries them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit and number >= limit:
                return
            if number % every:
                continue
            row = json.loads(line)
            body = " ".join(part for part in (row.get("dateline") or "", row.get("text") or "") if part)
            title = row.get("title") or ""
            yield row, Document(id=row["id"], text=f"{title}\n\n{body}", title=title or None)


def judged(path: Path, limit: int, every: int) -> Iterator[Judged]:
    """Each document with the countries found in it and those the indexers gave."""
    book = ActorBook.load()
    names = {row["place"]: row["code"] for _, row in load_tsv(HERE / "places_names.tsv", ("place", "code"))}
    waiting: list[tuple[dict[str, Any], Document]] = []

    def fed() -> Iterator[Document]:
        for pair in documents(path, limit, every):
            waiting.append(pair)
            yield pair[1]

    for parsed in parse_many(fed(), book=book):
        row, document = waiting.pop(0)
        day = date.fromisoformat((row.get("published") or "1987-06-01")[:10])
        found = mentions(document, *parsed, book, Interval(start=day, end=day, precision="day"))
        seen = tuple(
            Seen(
                FOLD.get(actor.code, actor.code),
                mention.start,
                mention.text,
                mention.kind,
                mention.how,
                mention.agentive,
            )
            for mention in found
            for actor in mention.actors
            if actor.code in book.state
        )
        yield Judged(
            int(row["id"].rsplit("-", 1)[-1]),
            frozenset(names[place] for place in row["places"]),
            len(document.title or ""),
            len(document.text),
            FLASH in document.text,
            seen,
        )


def evidence(document: Judged) -> dict[str, dict[str, float]]:
    """For each country of a document, counted evidence that it is about it. Names of features explain themselves."""
    told = [
        one
        for one in document.seen
        if one.how not in ("publisher", "dyad", "coreference", "context") and one.kind != "pronoun"
    ]
    bodies = {one.code for one in told if one.how != "dateline"}
    counts = Counter(one.code for one in told if one.how != "dateline")
    most = max(counts.values(), default=1)
    found: dict[str, dict[str, float]] = {}
    for code in dict.fromkeys(one.code for one in told):
        own = [one for one in told if one.code == code]
        body = [one for one in own if one.how != "dateline" and one.start >= document.title]
        first = min((one.start - document.title for one in body), default=99999)
        acts = sum(one.agentive for one in body)
        title = sum(one.start < document.title for one in own)
        found[code] = {
            "bias": 1.0,
            "dateline": float(any(one.how == "dateline" for one in own)),
            "dateline alone": float(any(one.how == "dateline" for one in own) and not bodies - {code}),
            "dateline, not in the text": float(any(one.how == "dateline" for one in own) and code not in bodies),
            "title": float(title > 0),
            "lead": float(first < 250),
            "early": float(first < 600),
            "mentions": math.log1p(len(body)),
            "share": counts[code] / most if counts[code] else 0.0,
            "mentions in ten lines": min(3.0, 700 * len(body) / max(document.length, 300)),
            "acts": math.log1p(acts),
            "groups": float(any(one.kind in ("group", "agency", "office", "person") for one in body)),
            "only thing": float(bool(body) and all(one.how == "thing" for one in body) and not title),
            "only place": float(bool(body) and all(one.how in ("place", "direction") for one in body) and not title),
            "once": float(len(body) == 1 and not title),
            "countries": math.log1p(len(bodies)),
            "once among many": float(len(body) == 1 and not title) * math.log1p(len(bodies)),
            "usa": float(code == "USA"),
            "usa once": float(code == "USA" and len(body) == 1 and not title),
            "currency only": float(
                bool(body)
                and not title
                and all(
                    one.text in ("U.S.", "U.S", "US", "Swiss", "Canadian", "Hong Kong", "Australian")
                    and one.how == "thing"
                    for one in body
                )
            ),
        }
    return found


def decide(document: Judged, weights: dict[str, float], bar: float) -> frozenset[str]:
    """The countries an indexer would list: those whose weighted evidence passes the bar."""
    if document.flash:
        return frozenset()
    return frozenset(
        code
        for code, features in evidence(document).items()
        if sum(weights.get(name, 0.0) * value for name, value in features.items()) > bar
    )


def fit(many: list[Judged]) -> tuple[dict[str, float], float]:
    """Weights by logistic regression (plain stochastic gradient, fixed seed), and the bar with the best micro-F1."""
    rows = [
        (features, code in one.gold, len(one.gold) > 1)
        for one in many
        if not one.flash
        for code, features in evidence(one).items()
    ]
    weights: dict[str, float] = dict.fromkeys(next(iter(rows))[0], 0.0)
    order = random.Random(7)
    for turn in range(25):
        order.shuffle(rows)
        rate = 0.1 / (1 + turn)
        for features, right, several in rows:
            score = sum(weights[name] * value for name, value in features.items())
            step = rate * (float(right) - 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))) * (2 if several else 1)
            for name, value in features.items():
                weights[name] += step * value
    bars = [step / 10 for step in range(-15, 16)]
    return weights, max(
        bars,
        key=lambda bar: f1(many, weights, bar)[0] + f1([one for one in many if len(one.gold) > 1], weights, bar)[0],
    )


def f1(many: list[Judged], weights: dict[str, float], bar: float) -> tuple[float, float, float, int]:
    """Micro-F1, precision, recall, number of documents."""
    hit = miss = extra = 0
    for one in many:
        chosen = decide(one, weights, bar)
        hit += len(chosen & one.gold)
        miss += len(one.gold - chosen)
        extra += len(chosen - one.gold)
    precision, recall = hit / max(hit + extra, 1), hit / max(hit + miss, 1)
    return 2 * hit / max(2 * hit + miss + extra, 1), precision, recall, len(many)


def ceiling(many: list[Judged]) -> tuple[float, float]:
    """Of the indexers' countries, the share that some mention names, and that some mention or the dateline names."""
    listed = sum(len(one.gold) for one in many)
    every = sum(len(one.gold & {seen.code for seen in one.seen}) for one in many)
    body = sum(len(one.gold & {seen.code for seen in one.seen if seen.how != "dateline"}) for one in many)
    return body / max(listed, 1), every / max(listed, 1)


def load_weights() -> tuple[dict[str, float], float]:
    """The weights and the bar of `places_weights.tsv`."""
    rows = {row["feature"]: float(row["weight"]) for _, row in load_tsv(WEIGHTS, ("feature", "weight"))}
    return rows, rows.pop("bar")


def save_weights(weights: dict[str, float], bar: float) -> None:
    """Writes `places_weights.tsv`."""
    lines = [
        "# places_weights.tsv - weights of eval/places.py, fitted on even-numbered documents by `--fit`",
        "feature\tweight",
        f"bar\t{bar}",
        *(f"{name}\t{value:.3f}" for name, value in weights.items()),
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")


def report(many: list[Judged], weights: dict[str, float], bar: float, confusions: int) -> dict[str, float]:
    """Prints all figures; returns those that `floors.json` pins."""
    figures = {}
    for name, part in (
        ("even", [one for one in many if one.number % 2 == 0]),
        ("odd (unseen)", [one for one in many if one.number % 2]),
        ("all", many),
    ):
        several = [one for one in part if len(one.gold) > 1]
        for what, chosen in (("all documents", part), ("two or more places", several)):
            score, precision, recall, count = f1(chosen, weights, bar)
            named, dated = ceiling(chosen)
            print(
                f"{name:13} {what:19} F1 {score:.3f}  precision {precision:.3f}  recall {recall:.3f}  "
                f"documents {count}  named in the text {named:.3f}, with datelines {dated:.3f}"
            )
            figures[f"places {name} {what}"] = round(score, 4)
    missed, added = Counter[str](), Counter[str]()
    for one in many:
        chosen = decide(one, weights, bar)
        missed.update(one.gold - chosen)
        added.update(chosen - one.gold)
    print("\nmissed:", ", ".join(f"{code} {count}" for code, count in missed.most_common(confusions)))
    print("added: ", ", ".join(f"{code} {count}" for code, count in added.most_common(confusions)))
    pairs = Counter(
        (gold, code)
        for one in many
        for chosen in [decide(one, weights, bar)]
        if not one.flash
        for gold in one.gold - chosen
        for code in chosen - one.gold
    )
    print(
        "taken for another:",
        ", ".join(f"{gold}→{code} {count}" for (gold, code), count in pairs.most_common(confusions)),
    )
    return figures


def main() -> None:
    """Runs the evaluation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit", type=int, default=0, help="stop after so many documents")
    parser.add_argument("--every", type=int, default=1, help="take every K-th document")
    parser.add_argument("--confusions", type=int, default=25)
    parser.add_argument("--fit", action="store_true", help="fit the weights on even documents and write them")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    chosen = parser.parse_args()
    begun = time.time()
    many = list(judged(chosen.path, chosen.limit, chosen.every))
    print(f"{len(many)} documents in {time.time() - begun:.0f} s")
    if chosen.fit:
        save_weights(*fit([one for one in many if one.number % 2 == 0]))
    figures = report(many, *load_weights(), chosen.confusions)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
