"""Trains the role head on the triggers of the bank's train part: who acts, who is acted upon.

python -m training.encoder.roles OUT.pt [--bank training/bank] [--share 1.0]
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from detente.coding.learned.heads import TYPES
from training.encoder.examples import Example
from training.encoder.net import Roles
from training.encoder.train import gather

EPOCHS, BATCH, RATE, DECAY = 12, 256, 2e-3, 0.05
PATHS, PATH_COUNT = 400, 4


def ways_of(found: Sequence[Example]) -> list[str]:
    """The parse paths that get a vector of their own."""
    count = Counter(way for example in found for rows in example.spots for *_, way in rows)
    return [way for way, number in count.most_common(PATHS) if number >= PATH_COUNT]


def table(found: Sequence[Example], ways: dict[str, int]) -> tuple[torch.Tensor, ...]:
    """Traits, path, type, targets (actor, recipient) and weight of every candidate place of every trigger."""
    traits, way, kind, target, weight = [], [], [], [], []
    for example in found:
        for label, rows in zip(example.labels, example.spots, strict=True) if not example.weak else ():
            places = Counter(number for number, *_ in rows)
            for number, _, numbers, name in rows:
                code = example.codes[number]
                actor, recipient = code in label.actors, code in label.recipients
                if label.reciprocal:
                    actor = recipient = actor or recipient
                traits.append(numbers)
                way.append(ways.get(name, 0))
                kind.append(TYPES.index(label.type))
                target.append((float(actor), float(recipient)))
                weight.append(label.weight / math.sqrt(places[number]))
    return (
        torch.tensor(np.array(traits, dtype=np.float32)),
        torch.tensor(way),
        torch.tensor(kind),
        torch.tensor(target),
        torch.tensor(weight),
    )


def train(found: Sequence[Example], seed: int = 0) -> tuple[Roles, list[str]]:
    """The trained head and the paths that have a vector of their own."""
    torch.manual_seed(seed)
    names = ways_of(found)
    traits, way, kind, target, weight = table(found, {name: n + 1 for n, name in enumerate(names)})
    head = Roles(len(names) + 1)
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=DECAY)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(traits)).split(BATCH):
            each = nn.functional.binary_cross_entropy_with_logits(
                head(traits[rows], way[rows], kind[rows]), target[rows], reduction="none"
            )
            optimizer.zero_grad()
            (each.sum(-1) * weight[rows]).mean().backward()
            optimizer.step()
    return head.eval(), names


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains and writes the head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--bank", type=Path, default=Path("training/bank"))
    parser.add_argument("--share", type=float, default=1.0)
    options = parser.parse_args(arguments)
    head, ways = train(gather(options.bank, options.share)[0])
    torch.save({"roles": head.state_dict(), "ways": ways}, options.out)


if __name__ == "__main__":
    main()
