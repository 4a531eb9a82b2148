"""Traits of an act and of a time told near it, by which the act is dated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from detente.coding.events.candidate import Candidate
from detente.engines.rules.tree import Tree
from detente.model import Interval, TimeMention

VERBAL = frozenset(("CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"))
SAYING = frozenset(("say", "tell", "add", "note", "state", "announce", "warn", "report", "write", "declare", "argue"))
FAR = 4
"""Paragraphs beyond which it does not matter how far."""
QUOTES = frozenset(('"', "“", "”"))
LONGEST = 12
"""Characters of the marks between a time and its act that are told apart."""
OPENS = 4
"""Characters before a time that opens its paragraph."""
MARKS = frozenset((";", ":", ",", "and", "but", "after", "before", "since", "that", "which", "who", "when", "—", "–"))
WORDS = frozenset("on in since until by before after from to of the for during at around between , (".split())
AUXILIARIES = (
    (frozenset(("will", "'ll", "shall", "wo")), "future"),
    (frozenset(("would", "could", "may", "might", "should", "must", "can")), "modal"),
    (frozenset(("had",)), "pluperfect"),
    (frozenset(("has", "have", "'ve")), "perfect"),
    (frozenset(("was", "were", "did")), "past"),
    (frozenset(("is", "are", "am", "does", "do", "'s")), "present"),
    (frozenset(("to",)), "infinitive"),
)
"""Auxiliaries and the tense each makes, the deciding ones first."""
TAGS = {"VBD": "past", "VBZ": "present", "VBP": "present", "VBG": "participle", "VBN": "participle"}
FINITE = frozenset(("past", "present", "perfect", "pluperfect", "future", "modal"))


class Told(NamedTuple):
    """An act that its own words date: its offset, date, type and the codes of its parties."""

    at: int
    date: Interval
    type: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Act:
    """An act where it is best told: `at` is its trigger's offset, `first` and `last` bound its sentence."""

    candidate: Candidate
    tree: Tree
    trigger: int
    verb: int
    at: int
    first: int
    last: int
    modality: str

    @classmethod
    def of(cls, candidate: Candidate) -> Act:
        """The telling of a candidate."""
        tree, base = candidate.page.tree, candidate.page.paragraph.start
        trigger = candidate.match.clause.trigger
        low, high = tree.sentence(trigger)
        return cls(
            candidate,
            tree,
            trigger,
            candidate.match.clause.verb,
            base + tree.idx[trigger],
            base + tree.idx[low],
            base + tree.end[high],
            candidate.modality,
        )


def age(interval: Interval, now: Interval | None) -> str:
    """How an interval lies to publication, in words."""
    if now is None:
        return "unknown"
    if interval.start > now.end:
        return "future"
    if interval.overlaps(now):
        return "now" if interval.days <= now.days + 2 else "around"
    days = (now.start - interval.end).days
    return next((name for most, name in ((1, "day"), (7, "week"), (31, "month"), (366, "year")) if days <= most), "old")


def tense(tree: Tree, verb: int) -> str:
    """The tense of a verb, from its tag and auxiliaries: past, perfect, pluperfect, present, future, modal, none."""
    if tree.pos[verb] not in ("VERB", "AUX"):
        return "noun"
    helpers = {tree.lower[kid] for kid in tree.kids[verb] if tree.dep[kid] in ("aux", "auxpass")}
    return next((name for words, name in AUXILIARIES if words & helpers), TAGS.get(tree.tag[verb], "bare"))


def _main(tree: Tree, verb: int) -> int:
    """The finite verb above a verb, or itself."""
    if tense(tree, verb) in FINITE:
        return verb
    return next((top for top in tree.climb(verb) if tree.pos[top] in ("VERB", "AUX")), verb)


def act_traits(act: Act, lead: int) -> list[str]:
    """Traits of the act alone."""
    candidate, tree = act.candidate, act.tree
    page = candidate.page
    place = "heading" if page.paragraph.heading else str(min(max(page.number - lead, 0), FAR))
    how = tense(tree, act.verb)
    main = tense(tree, _main(tree, act.verb))
    kind = "verbal" if candidate.type in VERBAL else "material"
    above = {tree.lemma[top] for top in tree.climb(act.verb)}
    return [
        f"type={candidate.type}",
        f"modality={act.modality}",
        f"place={place}",
        f"tense={how}",
        f"main={main}",
        f"{act.modality} {main}",
        f"{kind} {main}",
        f"{kind} {place}",
        f"{act.modality} {candidate.type}" if act.modality != "occurred" else f"occurred {how} {kind}",
        f"dep={tree.dep[act.trigger]}",
        f"said={bool(above & SAYING)}",
        f"noun={candidate.match.noun} {candidate.match.clause.construction}",
        f"quoted={any(tree.text[i] in QUOTES for i in range(*_sentence(act)))}",
        f"subject={_subject(act)}",
    ]


def _sentence(act: Act) -> tuple[int, int]:
    low, high = act.tree.sentence(act.trigger)
    return low, high + 1


def _subject(act: Act) -> str:
    tree = act.tree
    words = act.candidate.match.clause.agents
    if not words:
        return "none"
    return "we" if tree.lower[words[0]] in ("i", "we") else "pronoun" if tree.pos[words[0]] == "PRON" else "name"


def mention_traits(
    act: Act,
    near: Sequence[TimeMention],
    number: int,
    interval: Interval,
    told: Sequence[Told],
    now: Interval | None,
) -> tuple[str, ...]:
    """Traits of a time as the answer for an act.

    Args:
        act: The act.
        near: The times that are possible answers.
        number: Which of them is meant.
        interval: What it means for the act.
        told: The acts dated by their own words.
        now: When the document was published.
    """
    time, when, where = near[number], age(interval, now), _where(act, near[number])
    place = number - sum(other.end <= act.at for other in near)  # 0 is the first after the trigger
    main = tense(act.tree, _main(act.tree, act.verb))
    spot = f"{where} {'before' if place < 0 else 'after'}"
    timed = sum(act.first <= other.start < act.last for other in near)
    traits = ["told", spot, f"{spot} {max(-3, min(place, 2))}", f"when={when}", f"{where} when={when}"]
    traits += [f"precision={interval.precision}", f"{where} precision={interval.precision}"]
    traits += [f"{act.modality} {when}", f"{where} {act.modality}", f"{where} type={act.candidate.type}"]
    traits += [f"{spot} main={main}", f"{when} main={main}", f"noun={act.candidate.match.noun} {where}"]
    if time.interval is not None and (time.interval.open_end or time.interval.open_start):
        traits += ["open", f"open {where}"]
    if where == "sentence":
        traits += _parsed(act, time, timed == 1)
    else:
        start = act.candidate.page.paragraph.start
        traits += [f"{where} opens={start <= time.start <= start + OPENS}", f"{where} sentence timed={timed > 0}"]
    return (*traits, *_other_acts(act, interval, where, when, main, told))


def _where(act: Act, time: TimeMention) -> str:
    page = act.candidate.page.paragraph
    if act.first <= time.start < act.last:
        return "sentence"
    return "paragraph" if page.start <= time.start < page.end else "elsewhere"


def _other_acts(act: Act, interval: Interval, where: str, when: str, main: str, told: Sequence[Told]) -> list[str]:
    """Traits of a time that dates other acts, by their own words."""
    traits: list[str] = []
    owners = [each for each in told if each.date == interval]
    if owners:
        same = any(each.type == act.candidate.type for each in owners)
        shared = any(each.codes & act.candidate.codes for each in owners)
        traits += ["dates an act", f"{where} dates an act", f"dates same type={same}", f"{where} dates shared={shared}"]
    before = [each.date for each in told if each.at < act.first]
    if before and before[-1] == interval:
        traits += ["last told", f"last told {where}", f"last told {when}", f"last told main={main}"]
    return traits


def _parsed(act: Act, time: TimeMention, alone: bool) -> list[str]:
    """Traits of a time in the act's own sentence, from the parse."""
    tree, base = act.tree, act.candidate.page.paragraph.start
    inside = [i for i in range(*_sentence(act)) if tree.idx[i] < time.end - base and tree.end[i] > time.start - base]
    if not inside:
        return ["unparsed"]
    at = next((i for i in inside if tree.head[i] not in inside), inside[0])
    own = {act.trigger, act.verb}
    way, verbs = "apart", 0
    for top in tree.climb(at):
        if top in own:
            way = "under"
            break
        if tree.pos[top] in ("VERB", "AUX"):
            verbs += 1
            if any(top == above for above in tree.climb(act.verb)):
                way = "above"
                break
    gap = abs(at - act.trigger)
    between = "|".join(
        tree.lower[i] for i in range(min(at, act.trigger), max(at, act.trigger)) if tree.lower[i] in MARKS
    )
    word = tree.lower[inside[0] - 1] if inside[0] else ""
    found = [f"way={way} {min(verbs, 2)}", f"way={way} alone={alone}", f"gap={gap.bit_length()}"]
    found += [f"between={between[:LONGEST]}", f"word={word if word in WORDS else 'other'}", f"way={way} {tree.dep[at]}"]
    return found
