"""Numbers as a text words them: in digits and in words, with hedges, bounds and ranges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from geo.extract.lexicon import Mark
from geo.extract.scene import Scene
from geo.extract.singles import named_persons, single
from geo.schema import Qualifier

_NO_COUNT = ("$", "€", "£", "№", "#", "₸", "₽")
_LARGEST = 10_000_000_000


class Number(NamedTuple):
    """A number as worded. first, last: its tokens, with the hedges before it."""

    first: int
    last: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier


def read_numbers(scene: Scene) -> Iterator[Number]:
    """Numbers in digits and in words, with the hedges before them."""
    words = {mark.first: mark for mark in scene.of("number")}
    vague = {mark.first: mark for mark in scene.of("vague")}
    begin = {*words, *vague, *(mark.first for mark in scene.of("one_of", "the_one"))}
    named = named_persons(scene) if "fate" in scene.by_kind else set()
    begin |= named | {at for at, token in enumerate(scene.tokens) if token.kind == "number"}
    begin -= {at for time in scene.times for at in range(time.first, time.last)}
    if not begin:
        return
    at = 0
    for start in sorted(begin):
        if start < at:
            continue
        at = start
        if at in vague and _is_vague(scene, vague[at], words.get(at)):
            low, high = (int(part) for part in vague[at].value.split("-"))
            yield Number(at, vague[at].last, low, None, high, Qualifier.ABOUT)
            at = vague[at].last
            continue
        value, last = _value(scene, at, words)
        if value is None and at in named:
            yield Number(at, at, 1, 1, 1, Qualifier.EXACT)
            continue
        if value is None:
            value, last = single(scene, at)
        if value is None or _is_of_clock(scene, last) or _is_share(scene, last):
            continue
        last_of_range = _range(scene, at, last, words)
        if _is_age(scene, at, last):
            at = last_of_range[1] if last_of_range else last
            continue
        if _is_rest(scene, at):
            at = last
            continue
        if last_of_range is not None and last_of_range[0] > value:
            high, last = last_of_range
            first = at - 1 if at and "between" in scene.ends.get(at, ()) else at
            scale = next((mark.value for mark in scene.of("times") if mark.last == last), 1)
            if value < 1000 <= scale and value * scale < high:  # "10 to 15 thousand"
                value *= scale
            yield Number(first, last, value, None, high, Qualifier.ABOUT)
        else:
            yield _hedged(scene, at, last, value)
        at = last


def _is_vague(scene: Scene, vague: Mark, word: Mark | None) -> bool:
    """Whether it stands for many: behind a hedge a word that is a number as well is that number."""
    if word is None or vague.last > word.last:
        return True
    return vague.tag != "one" and "hedge" not in scene.ends.get(vague.first, ())


def _value(scene: Scene, at: int, words: dict[int, Mark]) -> tuple[int | None, int]:
    token = scene.tokens[at]
    times = {mark.first: mark for mark in scene.of("times")}
    if at in words:
        value, last = int(words[at].value), words[at].last
        while last in words and words[last].value < _room(value):  # "twenty" "five"
            value, last = value + int(words[last].value), words[last].last
        if last + 1 in words and value >= 100 and "and_number" in scene.begins.get(last, ()):
            more = int(words[last + 1].value)
            if more < 100 <= value and not value % 100:  # "a hundred and twenty"
                value, last = value + more, words[last + 1].last
    elif token.kind == "number" and token.text[-1].isdigit():
        try:
            real = float(token.normal)
        except ValueError:
            return None, at
        last = at + 1
        if last in times:
            real *= times[last].value
            last = times[last].last
        elif not real.is_integer():
            return None, at
        value = round(real)
        if at and scene.tokens[at - 1].text in _NO_COUNT:
            return None, at
        return (value, last) if value <= _LARGEST else (None, at)
    else:
        return None, at
    if last in times:
        value, last = value * times[last].value, times[last].last
    return value, last


def _room(value: int) -> int:
    """Below what a number must be that is added to another when it follows: 10 after "forty"."""
    return next(
        (size for size in (100, 10) if (value >= 2 * size and value % size == 0) or value == size == 100), 0
    )


def _is_share(scene: Scene, last: int) -> bool:
    """Whether it is so many of a hundred."""
    return last < len(scene.tokens) and (
        scene.tokens[last].text == "%" or scene.tokens[last].normal in scene.words["percent"]
    )


def _is_rest(scene: Scene, at: int) -> bool:
    """Whether it says of how many something is not told: "all but two"."""
    if scene.tokens[at].normal in scene.words["both"]:
        after = {"counted", "auxiliary", "fate"} & scene.begins.get(at + 1, frozenset())
        return not after  # "both the raid and the ambush"
    return "all_but" in scene.ends.get(at, ())


def _is_of_clock(scene: Scene, last: int) -> bool:
    """Whether it is the hour of "1:20"."""
    tokens = scene.tokens
    return last + 1 < len(tokens) and tokens[last].text == ":" and tokens[last + 1].text[0].isdigit()


def _is_age(scene: Scene, at: int, last: int) -> bool:
    """Of "a woman of 71", "a father of two", "aged 12": no number of people."""
    if "aged" in scene.ends.get(at, ()):
        return True
    follows = "counted" in scene.begins.get(last, ())
    digits = scene.tokens[at].kind == "number"
    if (
        digits
        and at
        and last < len(scene.tokens)
        and scene.tokens[at - 1].text == scene.tokens[last].text == ","
    ):
        return at >= 2 and scene.tokens[at - 2].kind == "word"  # "Ali Hassan, 45, was shot"
    return (
        at >= 2
        and scene.tokens[at - 1].normal in scene.words["of"]
        and not follows
        and any(mark.last == at - 1 and mark.tag == "one" for mark in scene.of("counted"))
    )


def _range(scene: Scene, at: int, last: int, words: dict[int, Mark]) -> tuple[int, int] | None:
    """The upper end of "20 to 30", "20-30" and "between 20 and 30"."""
    if last + 1 >= len(scene.tokens):
        return None
    joint = scene.tokens[last]
    if at and scene.tokens[at - 1].normal in scene.words["by"]:
        return None  # "rose by two to 23"
    between = "between" in scene.ends.get(at, ()) and "joins" in scene.begins.get(last, ())
    if joint.text in "-–—" or between or "to_number" in scene.begins.get(last, ()):
        value, end = _value(scene, last + 1, words)
        return None if value is None else (value, end)
    return None


def _hedged(scene: Scene, at: int, last: int, value: int) -> Number:
    hedges = [mark for mark in scene.of("hedge") if mark.last == at]
    first = min((mark.first for mark in hedges), default=at)
    chained = [mark for mark in scene.of("hedge") if mark.last == first]
    first = min((mark.first for mark in chained), default=first)
    qualifier = Qualifier(hedges[0].value) if hedges else Qualifier.EXACT
    if qualifier == Qualifier.AT_LEAST:
        return Number(first, last, value, value, None, qualifier)
    if qualifier == Qualifier.AT_MOST:
        return Number(first, last, None, value, value, qualifier)
    if qualifier == Qualifier.ABOUT:
        return Number(first, last, None, value, None, qualifier)
    return Number(first, last, value, value, value, qualifier)
