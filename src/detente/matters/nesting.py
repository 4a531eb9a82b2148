"""Phrases inside phrases: "free trade agreement talks", "the suspension of the pact", "talks on lifting the ban"."""

from __future__ import annotations

from collections.abc import Iterator

from detente.matters.phrase import Phrase


def outermost(found: list[Phrase]) -> Iterator[Phrase]:
    """Phrases that are not merely part of a longer one: "free trade agreement talks" is one matter."""
    heads = {phrase.head: phrase for phrase in found}
    drop: set[int] = set()
    for phrase in found:
        tree = phrase.page.tree
        top = tree.head[phrase.head]
        if (
            tree.dep[phrase.head] in ("compound", "nmod", "amod")
            and top in heads
            and top != phrase.head
            and not phrase.named
        ):
            outer = heads[top]
            if outer.kind == "channel" and phrase.kind == "agreement":  # talks on a pact are the pact being negotiated
                _as_agreement(outer, phrase)
            drop.add(phrase.head)
        elif tree.dep[phrase.head] == "compound" and not phrase.named:
            pass
        if phrase.inner is not None and phrase.head not in drop:
            inner = heads.get(phrase.inner)
            if inner is None:
                continue
            if tree.dep[phrase.inner] == "dobj" and phrase.kind in ("agreement", "channel") and not phrase.proper:
                drop.add(phrase.head)  # "an agreement on reviving the swap", "talks on lifting the ban"
                continue
            if phrase.kind == "channel" and inner.kind == "agreement" and phrase.family == "talks":
                inner.first = min(inner.first, phrase.first)
                inner.also = (*inner.also, phrase.head)
                drop.add(phrase.head)
            elif phrase.kind == inner.kind and phrase.kind in ("channel", "dispute") and not phrase.proper:
                if inner.empty and phrase.kind != "dispute":
                    phrase.also = (*phrase.also, inner.head)
                else:
                    inner.also = (*inner.also, phrase.head)
                drop.add(phrase.head if not inner.empty or phrase.kind == "dispute" else inner.head)
            elif (
                phrase.kind == "measure"
                and phrase.family in ("closure", "licence", "rule")
                and inner.kind in ("agreement", "channel")
            ):
                drop.add(phrase.head)  # "the suspension of the pact" is a move, not a measure
            elif (phrase.kind == "measure" and inner.kind == "measure" and phrase.family == "closure") or (
                phrase.kind == "agreement"
                and inner.kind == "agreement"
                and not phrase.proper
                and (phrase.need != "none" or tree.dep[phrase.inner] == "dobj")
            ):
                drop.add(phrase.head)
    return (phrase for phrase in found if phrase.head not in drop)


def _as_agreement(outer: Phrase, inner: Phrase) -> None:
    outer.kind, outer.need, outer.family = "agreement", inner.need, inner.family
    outer.talks = True
