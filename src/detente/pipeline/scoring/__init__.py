"""Scores codings against gold: precision, recall and F1 for each layer, as the project's scorer defines a match."""

from detente.pipeline.scoring.run import score_exported, score_folder
from detente.pipeline.scoring.tally import Scores

__all__ = ["Scores", "score_exported", "score_folder"]
