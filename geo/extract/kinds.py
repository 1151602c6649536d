"""What kind of event a trigger tells of, by who stands around it: crowds, forces, armed groups, civilians.

The same words are used of all of them: police fire on a crowd, gunmen on a bus, rebels on a patrol.
"""

from __future__ import annotations

from geo.extract.scene import Scene
from geo.extract.triggers import Told

_OBJECT = 7  # tokens after a trigger in which its object stands
_FORCED = ("Protests", "Excessive force against protesters")
_RIOT = ("Riots", "Violent demonstration")
_CLASH = ("Battles", "Armed clash")
_ATTACK = ("Violence against civilians", "Attack")


def settled(scene: Scene, told: Told, others: tuple[Told, ...]) -> Told:
    """The trigger with the kind that its surroundings tell. others: all triggers of the sentence."""
    kind = _kind(scene, told, others)
    return told if kind is None else told._replace(event_type=kind[0], sub_event_type=kind[1])


def _kind(scene: Scene, told: Told, others: tuple[Told, ...]) -> tuple[str, str] | None:
    mark = told.mark
    shooting = any(mark.first <= one.first < mark.last for one in scene.of("shooting"))
    armed, crowd, force = bool(scene.of("armed")), bool(scene.of("crowd")), bool(scene.of("force"))
    struck = {
        kind
        for at in range(mark.last, min(len(scene.tokens), mark.last + _OBJECT))
        for kind in scene.begins.get(at, ())
    }
    if (told.event_type, told.sub_event_type) == _CLASH:
        if crowd and not armed and not shooting:
            return _RIOT  # "students clashed with police"
        if shooting and crowd and force and not armed:
            return _RIOT if any(one.event_type == "Riots" for one in others) else _FORCED
        if shooting and not force and "armed" not in struck:
            return _ATTACK  # "gunmen opened fire on a bus"
    if (told.event_type, told.sub_event_type) == _ATTACK:
        if shooting and crowd and force and not armed and "crowd" in struck:
            return _FORCED
        if armed and "force" in struck and not crowd:
            return _CLASH  # "militants attacked a checkpoint"
    if (told.event_type, told.sub_event_type) == _RIOT and armed and not crowd:
        return _CLASH if "force" in struck else _ATTACK  # "jihadists stormed the town"
    return None
