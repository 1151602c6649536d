"""Grammars over marked tokens: what `[[pattern]]` in a lexicon file means.

A pattern has `meaning` (which rule takes it up) and `forms`. A form is a row of elements: a word, words
of which one stands there (`this|that`), a kind of entry (`<weekday>`), a whole number in digits or as an
entry of kind "number" (`<n>`), an ordinal (`<nth>`), a year (`<year>`), any of them called by a name
(`<n:day>`), and any of these optional (`[of]`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from geo.extract.lexicon import Mark, Morphology
from geo.extract.text import Token

_ELEMENT = re.compile(r"\[[^\]]+\]|\S+")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|-[еяйгхмои]{1,3})")


class Found(NamedTuple):
    """A pattern in a sentence. values: of its kinds, by kind or by the name given to it."""

    meaning: str
    first: int
    last: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Element:
    words: frozenset[str]
    kinds: tuple[tuple[str, str], ...]  # kind and name
    optional: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """keys: of these a sentence must hold one, within the form's reach of where it begins.

    rank: of two that take up the same words, the one with more words of its own is meant.
    """

    meaning: str
    elements: tuple[_Element, ...]
    keys: tuple[str, ...] = ()
    rank: tuple[int, int] = (0, 0)

    @property
    def reach(self) -> int:
        """Tokens that it may take up: an element may be a phrase."""
        return 3 * len(self.elements)


class Grammar:
    """Forms, found by a part that each must have."""

    def __init__(self, forms: Iterable[_Form]) -> None:
        self._by_key: dict[str, list[_Form]] = {}
        self._begun: dict[frozenset[str], _Beginnings] = {}
        self._kinds = {"number"}
        for nth, bare in enumerate(forms):
            open_ended = sum(bool(element.kinds) for element in bare.elements)
            form = replace(bare, keys=tuple(_keys(bare)), rank=(open_ended, nth))
            self._kinds.update(kind for element in form.elements for kind, _ in element.kinds)
            for key in form.keys:
                self._by_key.setdefault(key, []).append(form)

    @classmethod
    def of(cls, patterns: Iterable[Mapping[str, Any]], morphology: Morphology) -> Grammar:
        """The grammar of a language's pattern tables."""
        return cls(
            _Form(pattern["meaning"], tuple(_element(part, morphology) for part in _ELEMENT.findall(form)))
            for pattern in patterns
            for form in pattern["forms"]
        )

    def find(self, tokens: Sequence[Token], marks: Iterable[Mark]) -> list[Found]:
        """The longest pattern at each token, from the left, without overlap."""
        at: dict[int, dict[str, Mark]] = {}
        for mark in marks:
            if mark.kind not in self._kinds:
                continue
            here = at.setdefault(mark.first, {})
            if mark.kind not in here or here[mark.kind].last < mark.last:
                here[mark.kind] = mark
        where = self._where(tokens, at)
        by_word, by_kind = self._beginnings(where)
        found: list[Found] = []
        near: dict[int, list[int]] = {}
        first = 0
        while first < len(tokens) and (by_word or by_kind):
            token = tokens[first]
            if token.kind == "mark" or not (
                token.normal in by_word or first in at or token.kind in ("number", "iso")
            ):
                first += 1
                continue
            best: Found | None = None
            rank = (0, 0)
            tried: set[int] = set()
            for form in _beginning(token, at.get(first), by_word, by_kind):
                if id(form) in tried:
                    continue
                tried.add(id(form))
                if id(form) not in near:
                    near[id(form)] = sorted(spot for key in form.keys for spot in where.get(key, ()))
                spots = near[id(form)]
                nth = bisect_left(spots, first)
                if nth == len(spots) or spots[nth] > first + form.reach:
                    continue
                ends = _match(form.elements, 0, tokens, at, first, {})
                if ends and (best is None or (-ends[0], form.rank) < (-best.last, rank)):
                    best, rank = Found(form.meaning, first, *ends), form.rank
            if best:
                found.append(best)
            first = best.last if best else first + 1
        return found

    def _where(self, tokens: Sequence[Token], at: Mapping[int, Mapping[str, Mark]]) -> dict[str, list[int]]:
        """At which tokens the keys of forms stand."""
        by_key = self._by_key
        where: dict[str, list[int]] = {}
        for nth, token in enumerate(tokens):
            if token.normal in by_key:
                where.setdefault(token.normal, []).append(nth)
            if token.kind == "number":
                for key in ("<n", "<nth", "<year"):
                    where.setdefault(key, []).append(nth)
            elif token.kind == "iso":
                where.setdefault("<iso", []).append(nth)
        for nth, here in at.items():
            for kind in here:
                where.setdefault(f"<{kind}", []).append(nth)
                if kind == "number":
                    where.setdefault("<n", []).append(nth)
        return where

    def _beginnings(self, keys: Iterable[str]) -> _Beginnings:
        """The forms that a sentence may hold, by the words and the kinds that they can begin with."""
        known = frozenset(key for key in keys if key in self._by_key)
        if known not in self._begun:
            if len(self._begun) >= _KEPT:
                self._begun.clear()
            self._begun[known] = self._begin(known)
        return self._begun[known]

    def _begin(self, keys: Iterable[str]) -> _Beginnings:
        by_word: dict[str, list[_Form]] = {}
        by_kind: dict[str, list[_Form]] = {}
        forms = {form.rank: form for key in keys for form in self._by_key[key]}
        for _, form in sorted(forms.items()):
            for element in form.elements:
                for word in element.words:
                    by_word.setdefault(word, []).append(form)
                for kind, _ in element.kinds:
                    by_kind.setdefault(kind, []).append(form)
                if not element.optional:
                    break
        return by_word, by_kind


_Beginnings = tuple[dict[str, list[_Form]], dict[str, list[_Form]]]
_KEPT = 4096
"""Sets of keys for which the forms are kept."""


def _keys(form: _Form) -> Iterable[str]:
    """What a sentence must hold for a form: a kind that is rare, digits that are, else its last word."""
    needed = [element for element in form.elements if not element.optional]
    for element in needed:
        kinds = [kind for kind, _ in element.kinds]
        if kinds and not element.words and not set(kinds) & {"n", "nth", "year"}:
            return [f"<{kind}" for kind in kinds]
    for element in needed:
        if element.kinds and not element.words and {kind for kind, _ in element.kinds} <= {"nth", "year"}:
            return [f"<{kind}" for kind, _ in element.kinds]
    for element in reversed(needed):
        if element.words and not element.kinds:
            return list(element.words)
    return [f"<{kind}" for kind, _ in needed[0].kinds] + list(needed[0].words)


def _beginning(
    token: Token,
    here: Mapping[str, Mark] | None,
    by_word: Mapping[str, list[_Form]],
    by_kind: Mapping[str, list[_Form]],
) -> Iterable[_Form]:
    yield from by_word.get(token.normal, ())
    for kind in here or ():
        yield from by_kind.get("n" if kind == "number" else kind, ())
    if token.kind == "number":
        for kind in ("n", "year", "nth"):
            yield from by_kind.get(kind, ())
    elif token.kind == "iso":
        yield from by_kind.get("iso", ())


def _element(part: str, morphology: Morphology) -> _Element:
    optional = part.startswith("[")
    words, kinds = set(), []
    for choice in part.strip("[]").split("|"):
        if choice.startswith("<"):
            kind, _, name = choice.strip("<>").partition(":")
            kinds.append((kind, name or kind))
        else:
            words.add(morphology.normal(choice))
    return _Element(frozenset(words), tuple(kinds), optional)


def _match(
    elements: tuple[_Element, ...],
    step: int,
    tokens: Sequence[Token],
    at: Mapping[int, Mapping[str, Mark]],
    here: int,
    values: dict[str, Any],
) -> tuple[int, dict[str, Any]] | None:
    """The end and the values of the longest way through the elements, or None."""
    if step == len(elements):
        return here, values
    element = elements[step]
    if here < len(tokens):
        for last, more in _takes(element, tokens, at, here):
            ended = _match(elements, step + 1, tokens, at, last, {**values, **more})
            if ended:
                return ended
    return _match(elements, step + 1, tokens, at, here, values) if element.optional else None


def _takes(
    element: _Element, tokens: Sequence[Token], at: Mapping[int, Mapping[str, Mark]], here: int
) -> Iterable[tuple[int, dict[str, Any]]]:
    token = tokens[here]
    if token.normal in element.words:
        yield here + 1, {}
    if not element.kinds:
        return
    for kind, name in element.kinds:
        mark = at.get(here, {}).get("number" if kind == "n" else kind)
        if mark:
            yield mark.last, {name: mark.value}
        value = _number(kind, token)
        if value is not None:
            yield here + 1, {name: value}


def _number(kind: str, token: Token) -> Any:
    """What a token of digits means to an element of this kind, or None."""
    if token.kind == "iso":
        return token.text if kind == "iso" else None
    if token.kind != "number":
        return None
    if kind == "nth":
        found = _ORDINAL.fullmatch(token.normal)
        return int(found[1]) if found else None
    if not token.text.isascii() or not token.text.isdigit():
        return None
    if kind == "n" and len(token.text) <= 3:
        return int(token.text)
    if kind == "year" and len(token.text) == 4 and token.text[0] in "12":
        return int(token.text)
    return None
