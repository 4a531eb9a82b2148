"""The language gate: detente codes English, and says so of anything else instead of coding nonsense."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENGLISH = frozenset(
    "the of and to in that for with by from it have had been be were are will would not this which who its his they "
    "but said their after than into also could about while more".split()
)
_SURE = 0.2  # share of small English words that no other language's prose reaches
_BELIEVED = ((0.12, 0.98), (0.03, 0.6))  # below this share of them, py3langid is believed from this probability on
_ENOUGH = 20  # words below which nothing is said
_UNTOLD = frozenset({"en", "pcm", "zxx"})  # English, its creole in which tables are often seen, and "no language"


def language(text: str) -> str | None:
    """The language of a text as an ISO 639-1 code, or None where it cannot be told (too few words, a table).

    English prose is told by its small words, at no cost; py3langid is asked (and loaded) only where they are scarce,
    and believed only where it is sure.
    """
    words = _WORDS.findall(text.lower())
    letters = sum(map(len, words))
    if len(words) < _ENOUGH and letters < 3 * _ENOUGH:
        return None
    share = sum(word in _ENGLISH for word in words) / max(1, len(words))
    if share >= _SURE:
        return "en"
    code, sure = _identifier().classify(text[:4000])
    if code in _UNTOLD or not any(share < low and float(sure) >= enough for low, enough in _BELIEVED):
        return "en" if code == "en" else None
    return str(code)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
