"""The grammar: rules of `times_rules.yml` compiled to regular expressions over words, applied pass by pass.

Each set of groups that a word can have is one character of an alphabet, so that a text is a string with a character for
every word and a rule is an ordinary regular expression; what one pass finds is a single word for the next (a cascade of
finite-state transducers, as in FASTUS, Hobbs et al. 1997).
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from detente.codebook.times import PASSES, Rule, TimeBook
from detente.errors import CodebookError
from detente.text.times.guards import GUARDS
from detente.text.times.tokens import SHAPES, Token, tokens, words_of

_TERM = re.compile(r"<[^>]*>|\\[()]|[()|?]|[^\s()|?]+")


@dataclass(frozen=True, slots=True)
class Form:
    """What a rule found, before it is resolved: the operation, the values of its groups in order, and its words."""

    op: str
    got: dict[str, list[Any]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    fixed: dict[str, Any] = field(default_factory=dict)

    def one(self, group: str, default: Any = None) -> Any:
        """The first value of a group, or `default`."""
        values = self.got.get(group)
        return values[0] if values else default

    def has(self, *words: str) -> bool:
        """Whether any of some words is among the rule's words."""
        return any(word in self.words for word in words)


@dataclass(frozen=True)
class Found:
    """A mention found: its offsets, its form, and the word before and after it."""

    start: int
    end: int
    form: Form
    groups: frozenset[str]
    before: str
    after: str


@dataclass(frozen=True)
class _Compiled:
    rule: Rule
    pattern: re.Pattern[str]
    slots: tuple[tuple[str, ...], ...]
    needs: tuple[frozenset[str], ...]
    """Sets of characters of each of which a line must have one, or the pattern cannot match."""


class Grammar:
    """The compiled rules and the alphabet of one book of times."""

    def __init__(self, book: TimeBook) -> None:
        self.book = book
        self._chars: dict[frozenset[str], str] = {}
        for capital, lower, _ in words_of(book).single.values():
            self._char(capital), self._char(lower)
        for rows in words_of(book).phrases.values():
            for _, (capital, lower, _) in rows:
                self._char(capital), self._char(lower)
        for shape in SHAPES:
            self._char(shape)
        for rules in book.rules.values():
            for rule in rules:
                self._char(frozenset(rule.gives))
        self._by_group: dict[str, str] = {}
        for groups, char in self._chars.items():
            for group in groups:
                self._by_group[group] = self._by_group.get(group, "") + char
        self.passes = [(name, tuple(self._compile_all(name))) for name in PASSES]

    def _char(self, groups: frozenset[str]) -> str:
        return self._chars.setdefault(groups, chr(0xE000 + len(self._chars)))

    def _compile_all(self, name: str) -> Iterator[_Compiled]:
        for rule in self.book.rules.get(name, []):
            for pattern in (*rule.patterns, *self._phrases(rule)):
                yield self._compile(rule, pattern)

    def _phrases(self, rule: Rule) -> list[str]:
        """Vague times of several words are patterns, so that a longer rule can win over them."""
        if rule.op != "vague":
            return []
        return [re.sub(r"(['-])", r" \1 ", word) for word in self.book.words["vague"] if " " in word or "-" in word]

    def _compile(self, rule: Rule, pattern: str) -> _Compiled:
        slots: list[tuple[str, ...]] = []
        out: list[str] = []
        needs: list[frozenset[str]] = []
        terms = _TERM.findall(pattern)
        depth = 0
        for term, follows in zip(terms, [*terms[1:], ""], strict=True):
            if term in "()|?":
                depth += {"(": 1, ")": -1}.get(term, 0)
                out.append("(?:" if term == "(" else term)
                continue
            names = tuple(term[1:-1].split("|")) if term.startswith("<") else ("=" + term.lstrip("\\"),)
            group = self._set(names, rule)
            if term.startswith("<"):
                slots.append(names)
            out.append(f"({group})" if term.startswith("<") else group)
            if depth == 0 and follows != "?" and not self._splits(terms):
                needs.append(self._members(names))
        before, behind = self._sides(rule)
        try:
            compiled = re.compile(before + "".join(out) + behind)
        except re.error as error:
            raise CodebookError(f"is no pattern: {error}", where="times_rules.yml", mend=f"in {pattern!r}") from None
        if rule.after:
            needs.append(self._members(self._named(rule.after)))
        return _Compiled(rule, compiled, tuple(slots), tuple(sorted(needs, key=len)[:2]))

    def _members(self, names: tuple[str, ...]) -> frozenset[str]:
        return frozenset("".join(self._by_group.get(name, "") for name in names))

    @staticmethod
    def _splits(terms: list[str]) -> bool:
        """Whether a pattern has alternatives outside all brackets, so that none of its terms is needed."""
        depth = 0
        for term in terms:
            depth += {"(": 1, ")": -1}.get(term, 0)
            if term == "|" and depth == 0:
                return True
        return False

    def _sides(self, rule: Rule) -> tuple[str, str]:
        before = f"(?<={self._set(self._named(rule.after), rule)})" if rule.after else ""
        before += f"(?<!{self._set(self._named(rule.never_after), rule)})" if rule.never_after else ""
        behind = f"(?={self._set(self._named(rule.next), rule)})" if rule.next else ""
        behind += f"(?!{self._set(self._named(rule.never_next), rule)})" if rule.never_next else ""
        return before, behind

    @staticmethod
    def _named(items: list[str]) -> tuple[str, ...]:
        return tuple(item[1:-1] if item.startswith("<") else "=" + item for item in items)

    def _set(self, names: tuple[str, ...], rule: Rule) -> str:
        chars = ""
        for name in names:
            if name not in self._by_group:
                raise CodebookError(
                    f"a rule for `{rule.op}` names {name.lstrip('=')!r}, which no word has",
                    where="times_rules.yml",
                    mend="name a group of times.yml or a shape",
                )
            chars += self._by_group[name]
        return f"[{re.escape(chars)}]"

    def find(self, text: str, start: int, end: int) -> list[Found]:
        """All mentions of time in `text[start:end]`, in order and disjoint."""
        items = tokens(text, start, end, self.book)
        if not any(token.groups & _TRIGGERS for token in items):
            return []
        for number, (_, rules) in enumerate(self.passes):
            if number < 2 or any(token.form is not None for token in items):
                items = self._reduce(items, rules)
        out = []
        for i, token in enumerate(items):
            if token.form is not None:
                before = items[i - 1].word if i else ""
                after = items[i + 1].word if i + 1 < len(items) else ""
                out.append(Found(token.start, token.end, token.form, token.groups, before, after))
        return out

    def _reduce(self, items: list[Token], rules: tuple[_Compiled, ...]) -> list[Token]:
        edge = self._chars[frozenset({"=¶"})]
        line = edge + "".join([self._chars.get(token.groups, "x") for token in items]) + edge
        hits: list[tuple[int, int, int, int, re.Match[str]]] = []
        here = set(line)
        for number, compiled in enumerate(rules):
            if any(here.isdisjoint(need) for need in compiled.needs):
                continue
            hits += [(m.start(), -m.end(), number, 0, m) for m in compiled.pattern.finditer(line)]
        if not hits:
            return items
        heapq.heapify(hits)
        out: list[Token] = []
        at = 0
        while hits:
            start, minus, number, turn, match = heapq.heappop(hits)
            first, last = start - 1, -minus - 1
            if first == last:
                continue
            if first < at:  # part of it is taken: what is left may still fit the rule
                again = rules[number].pattern.search(line, at + 1) if -minus > at + 1 else None
                if again and again.start() < -minus:
                    heapq.heappush(hits, (again.start(), -again.end(), number, turn + 1, again))
                continue
            rule = rules[number].rule
            form = self._form(rules[number], match, items)
            if rule.guard and not GUARDS[rule.guard](items, first, last, form):
                continue
            out += items[at:first]
            words = " ".join(token.word for token in items[first:last])
            out.append(Token(items[first].start, items[last - 1].end, words, frozenset(rule.gives), {}, form))
            at = last
        return out + items[at:]

    @staticmethod
    def _form(compiled: _Compiled, match: re.Match[str], items: list[Token]) -> Form:
        got: dict[str, list[Any]] = {}
        for number, names in enumerate(compiled.slots, 1):
            where = match.start(number)
            if where < 0:
                continue
            token = items[where - 1]
            name = next(name for name in names if name in token.groups)
            got.setdefault(name, []).append(token.form if token.form is not None else token.values.get(name))
        words = tuple(token.word for token in items[match.start() - 1 : match.end() - 1])
        return Form(compiled.rule.op, got, words, compiled.rule.with_)


_TRIGGERS = frozenset(
    {
        "month",
        "wday",
        "sure_wday",
        "wdays",
        "unit",
        "units",
        "year",
        "isodate",
        "numdate",
        "dayrel",
        "daypart",
        "season",
        "vague",
        "often",
        "decade",
        "decadew",
        "yy",
        "holiday",
        "clock",
        "ampm",
        "qtr",
        "nth",
        "long",
        "halfword",
        "hyear",
        "fy",
        "period",
        "ordw",
        "=past",
        "=future",
        "=present",
        "=ago",
        "=time",
        "=then",
    }
)


@lru_cache(maxsize=4)
def _grammar(folder: str) -> Grammar:
    return Grammar(TimeBook.load(folder))


def grammar(book: TimeBook | None = None) -> Grammar:
    """The compiled grammar of a book (the package's own if None), kept after the first call.

    Raises:
        CodebookError: a rule names a group that no word has, or is no pattern.
    """
    return _grammar(str((book or TimeBook.load()).folder))
