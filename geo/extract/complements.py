"""What happened to those counted that a verb tells only with what stands behind it: "took four hostage"."""

from __future__ import annotations

from geo.extract.lexicon import Mark
from geo.extract.numbers import Number
from geo.extract.scene import Scene


def is_number(scene: Scene, at: int) -> bool:
    """Whether a number stands at a token: what follows it is its own."""
    return scene.tokens[at].kind == "number" or bool(
        {"number", "vague"} & scene.ends.get(at + 1, frozenset())
    )


def taken(scene: Scene, number: Number, noun: Mark | None) -> Mark | None:
    """Of "took four prisoner", "held 20 pupils hostage": as what they were taken is said behind them."""
    end = (noun.last if noun else number.last) + 1
    for mark in scene.near(number.last, {"taken_as"}, 0, end - number.last):
        for verb in scene.near(number.first, {"takes"}, _TAKEN_WITHIN):
            if mark.tag != "many" and verb.last == number.first and verb.tag != "ing":
                return Mark("fate", mark.value, verb.first, mark.last, "")
    return None


_TAKEN_WITHIN = 2


def lost(scene: Scene, number: Number, at: int) -> Mark | None:
    """Of "the army lost eight men": those who fight lose their dead."""
    for verb in scene.near(number.first, {"loses"}, 1):
        fighters = scene.near(verb.first, {"armed", "force"}, _LOST_WITHIN)
        if verb.last == number.first and verb.tag in ("past", "ing") and fighters and at > number.last:
            return Mark("fate", "killed", verb.first, verb.last, "")
    return None


_LOST_WITHIN = 5  # tokens from those who fight to what they lost


def hurt(scene: Scene, at: int) -> Mark | None:
    """Of "three officers received minor injuries", "a nurse with a head injury"."""
    for verb in scene.near(at, {"suffers"}, 0, _SUFFERS_WITHIN):
        for mark in scene.near(verb.last, {"hurt"}, 0, _HURT_WITHIN):
            if not any(is_number(scene, step) for step in range(verb.last, mark.first)):
                return Mark("fate", "injured", verb.first, mark.last, "")
    return None


def left(scene: Scene, at: int) -> Mark | None:
    """Of "6,200 people left El Fasher": who leave a place that is named flee it."""
    for verb in scene.near(at, {"leaves"}, 0, _SUFFERS_WITHIN):
        if verb.tag in ("past", "part") and any(
            one.name.first == verb.last and one.place for one in scene.names
        ):
            return Mark("fate", "displaced", verb.first, verb.last, verb.tag)
    return None


_SUFFERS_WITHIN, _HURT_WITHIN = 4, 5
