"""Writes a trained encoder as the folder that `detente` runs: int8 ONNX, role head, word pieces, card.

python -m training.encoder.export ENCODER.pt ROLES.pt OUT [--large] [--base FOLDER] [--bank training/bank]

Settings (thresholds, calibration, pairs) are chosen on the bank's dev part by `training.encoder.settle`.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import torch
from torch import nn

from detente.coding.learned.code import Settings
from detente.coding.learned.load import Card
from detente.coding.learned.pairs import PairSettings
from detente.engines.encoder.model import PAIR, WORDS
from training.encoder.net import Base, Net, large, small

LAYERS = ("h", "g", "o")
OUTPUTS = (*WORDS, PAIR)


class Whole(nn.Module):
    """What the ONNX model computes: all outputs for each piece."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, rules: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """The outputs named in `OUTPUTS`."""
        net, h = self.net, self.net.states(ids, mask)
        return (
            net.types(h, rules).softmax(-1),
            net.modality(h).softmax(-1),
            net.mutual(h).sigmoid(),
            net.pair(h),
        )


def write(encoder: Path, roles: Path, base: Base, out: Path, version: str) -> None:
    """Writes the folder of a model from the weights of its encoder and of its role head."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    saved, heads = torch.load(encoder, weights_only=True), torch.load(roles, weights_only=True)
    net = Net(base)
    net.load_state_dict(saved["net"])
    net.eval()
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.tensor([[1, 2, 3, 4, 5, 6]])
    axes = {key: {0: "sentence", 1: "piece"} for key in ("ids", "mask", "rules", *OUTPUTS)}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            Whole(net),
            (ids, torch.ones_like(ids), torch.zeros_like(ids)),
            str(full),
            input_names=["ids", "mask", "rules"],
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(str(full), str(out / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    state = {name: value.numpy() for name, value in heads["roles"].items()}
    arrays = {"path": state["path.weight"], "temb": state["temb.weight"]}
    for layer in LAYERS:
        arrays |= {f"{layer}_w": state[f"{layer}.weight"], f"{layer}_b": state[f"{layer}.bias"]}
    np.savez(out / "heads.npz", **arrays)
    shutil.copy(base.folder / "tokenizer.json", out / "tokenizer.json")
    settings = Settings(context=saved["context"])
    card = Card(
        name=out.name,
        version=version,
        marks=base.marks,
        ways=tuple(heads["ways"]),
        settings=settings,
        alone=msgspec.structs.replace(settings, rules=False, keep=False),
        pairs=PairSettings(),
    )
    (out / "model.json").write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1))


def main(arguments: Sequence[str] | None = None) -> None:
    """Exports, with settings still to be chosen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("roles", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", type=Path, default=None)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--version", default="1")
    options = parser.parse_args(arguments)
    base = large(options.base) if options.large else small(options.base)
    write(options.encoder, options.roles, base, options.out, options.version)


if __name__ == "__main__":
    main()
