"""Loads the model that the package carries, or a larger one built locally."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path

import msgspec
import numpy as np

from detente.coding.learned.code import EventModel, Settings
from detente.coding.learned.heads import RoleHead
from detente.coding.learned.pairs import PairSettings
from detente.engines.encoder.model import OnnxReader
from detente.engines.encoder.tokens import Tokens
from detente.errors import EngineError, UsageError
from detente.model import Origin

MODELS = Path(str(resources.files("detente"))) / "data" / "models"
FILES = ("model.onnx", "tokenizer.json", "heads.npz", "model.json")


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What `model.json` says of a model."""

    name: str
    version: str
    marks: tuple[str, str]
    ways: tuple[str, ...]
    settings: Settings
    alone: Settings
    pairs: PairSettings


@lru_cache(maxsize=2)
def event_model(name: str = "events", *, alone: bool = False, folder: Path = MODELS) -> EventModel:
    """The model of that name.

    Args:
        name: A folder of `data/models`: `events`, or `events-large` where `make model-large` built it.
        alone: Whether the encoder works without what the rules find.
        folder: Where the models lie.

    Raises:
        UsageError: where there is no such model.
        EngineError: where onnxruntime or tokenizers is not installed.
    """
    at = folder / name
    missing = [file for file in FILES if not (at / file).is_file()]
    if missing:
        raise UsageError(
            f"{at} lacks {', '.join(missing)}",
            mend="use --coder rules, or build the model: see training/encoder/README.md",
        )
    card = msgspec.json.decode((at / "model.json").read_bytes(), type=Card)
    try:
        tokens = Tokens(at / "tokenizer.json", card.marks)
        reader = OnnxReader(at / "model.onnx")
    except ImportError as error:
        raise EngineError(
            f"the encoder needs {error.name}", mend="pip install onnxruntime tokenizers, or use --coder rules"
        ) from None
    with np.load(at / "heads.npz") as weights:
        roles = RoleHead({key: weights[key] for key in weights.files}, card.ways)
    coder = "encoder-alone" if alone else "encoder"
    origin = Origin(coder=coder, version=card.version, model=f"{card.name} {card.version}")
    return EventModel(
        tokens=tokens,
        reader=reader,
        roles=roles,
        settings=card.alone if alone else card.settings,
        origin=origin,
        pairs=card.pairs,
    )
