"""Verbs that tell of an event by what they are done to: roads are blocked, patrols ambushed, towns seized."""

from __future__ import annotations

from collections.abc import Iterator

from geo.extract.lexicon import Mark
from geo.extract.scene import Scene

_OBJECT = 6  # tokens behind a verb in which what it is done to stands
_SUBJECT = 7  # tokens before a verb in the passive


def acts(scene: Scene) -> Iterator[Mark]:
    """The verbs of a sentence with what they are done to, each as a trigger of the kind that both tell."""
    for verb in scene.of("acts", "acts_by_them"):
        kind, sub, about = verb.value
        if verb.kind == "acts_by_them" and _is_passive(scene, verb.first):
            continue  # "the bridge was closed for repairs"
        if _is_done(scene, verb, about):
            yield Mark("act", (kind, sub), verb.first, verb.last, verb.tag)


def _is_done(scene: Scene, verb: Mark, about: str) -> bool:
    if verb.tag in ("past", "part") and _is_passive(scene, verb.first):
        first, _ = scene.clause(verb.first)
        before = [
            mark
            for mark in scene.near(verb.first, {about}, _SUBJECT)
            if mark.first >= first and mark.last < verb.first
        ]
        return bool(before) and "subject_to" not in scene.begins.get(verb.first, ())
    if verb.value[1] == "Arrests" and "thing" in scene.ends.get(verb.first, ()):
        return False  # "the country's jails hold 60,000 prisoners"
    for mark in scene.near(verb.last, {about}, 0, _OBJECT):
        between = range(verb.last, mark.first)
        if not any(_PARTS & scene.begins.get(at, frozenset()) or _is_mark(scene, at) for at in between):
            return True
    return False


_PARTS = frozenset({"auxiliary", "clause", "says", "joins", "locative", "happens"})


def _is_mark(scene: Scene, at: int) -> bool:
    return scene.tokens[at].kind == "mark" and scene.tokens[at].text not in "-–’'"


def _is_passive(scene: Scene, at: int) -> bool:
    """Whether "was", "were" or "been" stands before a verb, an adverb between."""
    return any("passive" in scene.ends.get(step, ()) for step in (at, at - 1))
