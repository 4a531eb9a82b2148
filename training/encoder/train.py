"""Trains the encoder on the bank's train part.

python -m training.encoder.train OUT.pt --base FOLDER [--large] [--epochs N] [--share .25] [--seed 0] [--no-context]
                                 [--teacher MODEL_FOLDER]

Reproducible for a seed, a machine and a torch version. The loss is the sum of three: type of each word (cross entropy),
modality and reciprocity of each trigger. Batches of marked pairs, by lot between the others, teach the second look. The
role head is trained by `training.encoder.roles`. With a teacher half of every target is the teacher's, and sentences
that nobody annotated are added (`training.encoder.teach`).
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import nn

from detente.codebook import Codebook
from detente.coding.learned.heads import MODALITIES, TYPES
from detente.coding.learned.load import event_model
from detente.engines.encoder.model import Marked, stack
from detente.engines.encoder.tokens import Packed
from training import clauses
from training.encoder import teach
from training.encoder.examples import Example, Label, of_clause, of_passage, weak_examples
from training.encoder.net import Base, Net, large, small
from training.encoder.pairs import PairExample, inside, singles
from training.passages import sentences

Examples = tuple[list[Example], list[PairExample]]
BATCH, WARM, HEAD_RATE = 16, 0.1, 1e-3
TRIGGER_WEIGHT, WEAK_WEIGHT, ALTERNATIVE = 1.5, 0.6, 0.15
LOSSES = {"type": 0.5, "modality": 0.5, "mutual": 0.3, "pair": 1.0}
RULE_DROPOUT = 0.3
"""How often the rules' finding is hidden, so that the network also works without it."""
PAIR_SMOOTH = 0.1
"""The same of pairs, over "none" and all types."""
SMOOTH = 0.05
"""How much of a trigger's target is spread over all types."""


@dataclass
class Batch:
    """One batch as lists; `at` holds (row, piece)."""

    ids: torch.Tensor
    mask: torch.Tensor
    at: list[tuple[int, int]] = field(default_factory=list)
    rules: list[int] = field(default_factory=list)
    target: list[list[float]] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    labels: list[tuple[int, int, Label]] = field(default_factory=list)


def target_of(labels: Sequence[Label]) -> list[float]:
    """What the types of a word should be, as shares."""
    row = [0.0] * (len(TYPES) + 1)
    for label in labels:
        others = [other for other in label.others if other in TYPES]
        row[1 + TYPES.index(label.type)] += 1 - (ALTERNATIVE if others else 0)
        for other in others:
            row[1 + TYPES.index(other)] += ALTERNATIVE / len(others)
    total = sum(row)
    return [share / total * (1 - SMOOTH) + (SMOOTH / len(TYPES) if n else 0.0) for n, share in enumerate(row)]


def choose(example: Example, scores: torch.Tensor | None) -> int | None:
    """Which label of a weak example is the trigger: where the network finds the type most, at first by the rules."""
    if not example.labels:
        return None
    if scores is None:
        ruled = [n for n, label in enumerate(example.labels) if example.rules[label.word]]
        return ruled[0] if ruled else None
    kind = 1 + TYPES.index(example.labels[0].type)
    return max(range(len(example.labels)), key=lambda n: float(scores[example.labels[n].word, kind]))


def collate(items: Sequence[tuple[Packed, Example, int | None]]) -> Batch:
    """A batch of packed examples; of weak ones with the label chosen for each."""
    size = max(len(packed.ids) for packed, _, _ in items)
    batch = Batch(torch.zeros(len(items), size, dtype=torch.long), torch.zeros(len(items), size, dtype=torch.long))
    for row, (packed, example, chosen) in enumerate(items):
        batch.ids[row, : len(packed.ids)] = torch.tensor(packed.ids)
        batch.mask[row, : len(packed.ids)] = 1
        kept = [(n, label) for n, label in enumerate(example.labels) if not example.weak or n == chosen]
        kept = [(n, label) for n, label in kept if packed.words[label.word]]
        told: dict[int, list[Label]] = {}
        for _, label in kept:
            told.setdefault(label.word, []).append(label)
        for word, place in enumerate(packed.words):
            if not place:
                continue
            batch.at.append((row, place))
            batch.rules.append(0 if random.random() < RULE_DROPOUT else example.rules[word])
            here = told.get(word)
            target = target_of(here) if here else [1.0] + [0.0] * len(TYPES)
            batch.target.append(teach.mixed(target, example.taught[word], example.plain) if example.taught else target)
            scale = WEAK_WEIGHT if example.weak else 1.0
            batch.weight.append(scale * (TRIGGER_WEIGHT * max(label.weight for label in here) if here else 1.0))
        batch.labels.extend((row, packed.words[label.word], label) for _, label in kept)
    return batch


def losses(net: Net, batch: Batch) -> dict[str, torch.Tensor]:
    """The three losses of a batch."""
    states = net.states(batch.ids, batch.mask)
    rows, places = zip(*batch.at, strict=True)
    logits = net.types(states[list(rows), list(places)], torch.tensor(batch.rules)).float()
    each = -(torch.tensor(batch.target) * logits.log_softmax(-1)).sum(-1) * torch.tensor(batch.weight)
    found = {"type": each.sum() / len(batch.ids)}
    if batch.labels:
        hidden = states[[row for row, _, _ in batch.labels], [place for _, place, _ in batch.labels]]
        weight = torch.tensor([label.weight for *_, label in batch.labels])
        modality = torch.tensor([MODALITIES.index(label.modality) for *_, label in batch.labels])
        mutual = torch.tensor([float(label.reciprocal or 0) for *_, label in batch.labels])
        told = torch.tensor([float(label.reciprocal is not None) for *_, label in batch.labels])
        found["modality"] = (
            nn.functional.cross_entropy(net.modality(hidden).float(), modality, reduction="none") * weight
        ).mean()
        found["mutual"] = (
            nn.functional.binary_cross_entropy_with_logits(net.mutual(hidden).float()[:, 0], mutual, reduction="none")
            * weight
            * told
        ).mean()
    return found


def pair_loss(net: Net, marked: Sequence[tuple[Marked, PairExample]]) -> torch.Tensor:
    """The loss of a batch of marked pairs."""
    ids, mask, _ = map(torch.from_numpy, stack([(one.packed, [0] * len(one.packed.words)) for one, _ in marked]))
    logits = net.pairs(net.states(ids, mask), torch.tensor([one.places for one, _ in marked])).float()
    target = torch.tensor([example.target for _, example in marked]) * (1 - PAIR_SMOOTH)
    each = -((target + PAIR_SMOOTH / target.shape[1]) * logits.log_softmax(-1)).sum(-1)
    return (each * torch.tensor([example.weight for _, example in marked])).mean()


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Batches of examples of like length, in random order."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + random.random() * 8)
    groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    random.shuffle(groups)
    yield from groups


def _turns(words: Sequence[int], pairs: Sequence[int]) -> list[tuple[str, list[int]]]:
    """The batches of both kinds in random order."""
    turns = [("words", group) for group in batches(words)] + [("pairs", group) for group in batches(pairs)]
    random.shuffle(turns)
    return turns


@torch.no_grad()
def _chosen(net: Net, packed: Packed, example: Example, epoch: int) -> int | None:
    if not example.weak:
        return None
    if example.taught:
        return choose(example, torch.tensor(example.taught))
    if epoch == 0:
        return choose(example, None)
    net.eval()
    ids = torch.tensor([packed.ids])
    states = net.states(ids, torch.ones_like(ids))[0, packed.words]
    scores = net.types(states, torch.tensor(example.rules)).log_softmax(-1)
    net.train()
    return choose(example, scores)


def train(
    found: Sequence[Example],
    pairs: Sequence[PairExample],
    base: Base,
    *,
    epochs: int,
    rate: float,
    seed: int,
    out: Path,
    context: bool = True,
) -> Net:
    """Trains on examples and writes the weights after every epoch."""
    torch.manual_seed(seed)
    random.seed(seed)
    net, tokens = Net(base), base.tokens()
    next(p for n, p in net.named_parameters() if "word_embeddings" in n).requires_grad_(False)
    packed = [tokens.pack(e.words, e.before if context else ()) for e in found]
    marked = [(one.marked(tokens), one) for one in pairs]
    body = [p for n, p in net.named_parameters() if n.startswith("encoder") and p.requires_grad]
    head = [p for n, p in net.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": head, "lr": HEAD_RATE}], weight_decay=0.01)
    steps = epochs * (math.ceil(len(found) / BATCH) + math.ceil(len(pairs) / BATCH))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min(1.0, (k + 1) / (WARM * steps)) * max(0.02, 1 - k / steps)
    )
    began = time.monotonic()
    for epoch in range(epochs):
        total: Counter[str] = Counter()
        net.train()
        for kind, group in _turns([len(one.ids) for one in packed], [len(one.packed.ids) for one, _ in marked]):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                if kind == "pairs":
                    parts = {"pair": pair_loss(net, [marked[i] for i in group])}
                else:
                    items = [(packed[i], found[i], _chosen(net, packed[i], found[i], epoch)) for i in group]
                    parts = losses(net, collate(items))
            optimizer.zero_grad()
            torch.stack([LOSSES[name] * value for name, value in parts.items()]).sum().backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total.update({name: value.item() for name, value in parts.items()})
        told = {name: round(value * BATCH / len(found), 3) for name, value in total.items()}
        print(f"epoch {epoch + 1} of {epochs}, {time.monotonic() - began:.0f} s: {told}", flush=True)
        torch.save({"net": net.state_dict(), "context": context}, out)
    return net


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the bank, trains, writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", type=Path, default=None, help="folder of the pretrained weights")
    parser.add_argument("--large", action="store_true", help="MPNet instead of MiniLM")
    parser.add_argument("--bank", type=Path, default=Path("training/bank"))
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--share", type=float, default=1.0, help="which share of the passages, for a learning curve")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-context", action="store_true", help="do not show the sentence before")
    parser.add_argument("--teacher", type=Path, help="folder of an exported, larger model to learn from")
    options = parser.parse_args(arguments)
    base = large(options.base) if options.large else small(options.base)
    known = [gather(options.bank, options.share), made(options.bank, options.share)]
    found, pairs = taught(known, options.teacher) if options.teacher else joined(known)
    train(
        found,
        pairs,
        base,
        epochs=options.epochs,
        rate=options.rate,
        seed=options.seed,
        out=options.out,
        context=not options.no_context,
    )


def gather(bank: Path, share: float = 1.0) -> Examples:
    """The examples of the bank's train part, or of a share of its dyads and single sentences; those of pairs too."""
    book = Codebook.load()
    names = sorted(bank.joinpath("train").glob("*.txt"))
    dyads = sorted({path.name.split("-")[1] for path in names})
    random.Random(0).shuffle(dyads)
    kept = set(dyads[: math.ceil(share * len(dyads))])
    rows = [row for row in sentences(bank) if row["split"] == "train"]
    random.Random(0).shuffle(rows)
    rows = rows[: math.ceil(share * len(rows))]
    passages = [example for path in names if path.name.split("-")[1] in kept for example in of_passage(path, book)]
    return [*passages, *weak_examples(rows, book)], [*singles(rows, book), *inside(passages)]


def made(bank: Path, share: float = 1.0) -> Examples:
    """The examples made of the bank's clauses, or of a share of them; those of pairs too."""
    book, folder = Codebook.load(), bank / "clauses"
    lines = clauses.load(folder)
    kept = sorted(random.Random(0).sample(range(len(lines)), math.ceil(share * len(lines))))
    filled = list(clauses.filled([lines[i] for i in kept], clauses.around(folder), book, seed=0))
    found = [example for one in filled if (example := of_clause(one, book)) is not None]
    return found, list(singles([one.row() for one in filled], book))


def taught(known: Sequence[Examples], teacher: Path) -> Examples:
    """The examples and pairs with what a teacher says of them, and those of sentences nobody annotated."""
    model = event_model(teacher.name, folder=teacher.parent)
    more = list(teach.plain(list(teach.own_texts(Path.cwd())), Codebook.load()))
    found, pairs = joined([known[0], (more, list(teach.plain_pairs(more))), *known[1:]])
    return teach.of_words(found, model), teach.of_pairs(pairs, model)


def joined(known: Sequence[Examples]) -> Examples:
    """All examples, and all pairs."""
    return [one for found, _ in known for one in found], [one for _, pairs in known for one in pairs]


if __name__ == "__main__":
    main()
