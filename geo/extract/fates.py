"""What is said to have happened to those who are counted: which verb or noun of a sentence is theirs."""

from __future__ import annotations

from geo.extract.complements import hurt, is_number, left, lost, taken
from geo.extract.lexicon import Mark
from geo.extract.listed import GROUPED
from geo.extract.numbers import Number
from geo.extract.scene import Scene

_AHEAD = 14  # tokens after a number in which its fate may be told
_TOLL_WITHIN = 6  # tokens from "the death toll" to its number
_RISEN_WITHIN = 16  # to that to which it has risen


def fate_of(
    scene: Scene, number: Number, noun: Mark | None, limit: int, previous: Number | None
) -> Mark | None:
    """The word that tells it. limit: where the next number begins. previous: the number before."""
    dated = {at for time in scene.times for at in range(time.first, time.last)}  # "on March 16"
    tolls = [
        mark
        for mark in scene.of("toll")
        if mark.last <= number.first and number.first - mark.last <= _toll_within(scene, number)
    ]
    nearer = any(
        mark.last == number.first and mark.tag in ("ing", "past") and mark.value in GROUPED
        for mark in scene.of("fate")
    )  # "fired on a crowd, killing one man"
    if (
        tolls
        and not nearer
        and not any(_is_barrier(scene, at) for at in {*range(tolls[-1].last, number.first)} - dated)
    ):
        return None if _is_difference(scene, number) else _of_those(scene, tolls[-1])
    brought = _brought_to(scene, number)
    if brought is not None:
        return _of_those(scene, brought)
    fates = [mark for mark in scene.of("fate") if mark.first not in dated and _is_told(scene, mark)]
    if noun is not None and noun.value != "security_forces":
        fates = [mark for mark in fates if mark.value != "troops_deployed"]  # "18 people were brought in"
    here = noun.last if noun else number.last
    done = taken(scene, number, noun)
    if done is not None:
        return done
    if noun is None:
        return _without_noun(scene, number, fates)
    before = [
        mark
        for mark in fates
        if mark.last <= number.first
        and number.first - mark.last <= 3
        and not _is_barrier_between(scene, mark.last, number.first)
        and not (previous is not None and mark.last <= previous.first and mark.tag not in ("ing", "past"))
        and _may_lead(scene, mark, number)
        and not any("passive" in scene.begins.get(at, ()) for at in range(mark.last, number.first))
        and not _of_others(scene, mark, number)
    ]
    after = [
        mark
        for mark in fates
        if here <= mark.first < here + _AHEAD
        and mark.tag not in ("many", "one")
        and (_may_follow(scene, mark) or _is_present(mark, here))
        and not _crossed(scene, here, mark.first)
        and not (mark.first >= limit and is_number(scene, mark.first - 1))
    ]
    after = _with_verb(scene, after, here)
    elsewhen = before and any(
        "clause" in scene.begins.get(at, ()) for at in range(here, after[0].first if after else 0)
    )
    if after and not elsewhen and (not before or scene.away(here, after[0].first) <= 4):
        return _in_the_end(scene, after[0], fates)
    if before:
        return before[-1]
    inside = [mark for mark in fates if number.last <= mark.first < noun.first]
    return (
        inside[0]
        if inside
        else _staged(scene, here) or lost(scene, number, here) or hurt(scene, here) or left(scene, here)
    )


def _toll_within(scene: Scene, number: Number) -> int:
    """Within how many tokens: further on in "the number of dead in the blast has risen to 23"."""
    led = number.first and scene.tokens[number.first - 1].normal in scene.words["reaching"]
    return _RISEN_WITHIN if led else _TOLL_WITHIN


def _brought_to(scene: Scene, number: Number) -> Mark | None:
    """Of "bringing to 22 the number of those killed" the toll, which stands behind its number."""
    led = number.first and scene.tokens[number.first - 1].normal in scene.words["reaching"]
    return next(iter(scene.near(number.last, {"toll"}, 0, 2)), None) if led else None


def _of_those(scene: Scene, toll: Mark) -> Mark:
    """Of "the number of protesters hurt" what happened to them; else the toll itself."""
    told = [mark for mark in scene.of("fate") if mark.first == toll.last and mark.tag in ("past", "part", "")]
    return told[0] if told and toll.last - toll.first > 1 else toll


def _is_difference(scene: Scene, number: Number) -> bool:
    """Of "the death toll rose by two to 23" the first: by how many it rose."""
    return number.first > 0 and scene.tokens[number.first - 1].normal in scene.words["by"]


def _staged(scene: Scene, at: int) -> Mark | None:
    """Of "dozens of teachers held a sit-in": who stages a protest takes part in it."""
    for does in scene.near(at, {"does"}, 0, _AHEAD):
        if does.tag not in ("past", "part") or _crossed(scene, at, does.first):
            continue
        for mark in scene.near(does.last, {"trigger"}, 0, _STAGED_WITHIN):
            if mark.tag in ("one", "many") and mark.value[0] == "Protests":
                return Mark("fate", "participants", does.first, mark.last, "")
    return None


_STAGED_WITHIN = 4


def _of_others(scene: Scene, mark: Mark, number: Number) -> bool:
    """Whether a verb has another object, of which people are told: "took the phones of two reporters"."""
    return mark.tag not in ("one", "many") and any(
        scene.tokens[at].normal in scene.words["of"]
        or (mark.tag and "background" in scene.begins.get(at, ()))  # "held exercises with 2,000 soldiers"
        for at in range(mark.last + 1, number.first)
    )


def _with_verb(scene: Scene, fates: list[Mark], here: int) -> list[Mark]:
    """Of "four seamen seized in March were released" what the verb tells, not what only says which seamen.

    But the wounded who are evacuated remain the wounded.
    """
    if len(fates) > 1 and fates[0].first <= here + 1 and fates[0].tag in ("past", "part"):
        first = fates[0]
        told = [mark for mark in fates[1:] if "passive" in scene.ends.get(mark.first, ())]
        treated = first.value == "injured" and told and told[0].value == "displaced"
        if told and not treated and "passive" not in scene.ends.get(first.first, ()):
            return told
    return fates


def _in_the_end(scene: Scene, first: Mark, fates: list[Mark]) -> Mark:
    """Of "was hit by a bullet and died" the last: what a first word tells of may have led to death."""
    if first.value not in ("injured", "abducted"):
        return first
    for mark in fates:
        between = range(first.last, mark.first)
        if mark.value == "killed" and 0 < len(between) <= _LED_TO and mark.tag in ("past", ""):
            joined = any("joins" in scene.begins.get(at, ()) for at in between)
            if joined and not any(is_number(scene, at) for at in between):
                return mark
    return first


_LED_TO = 7


def _without_noun(scene: Scene, number: Number, fates: list[Mark]) -> Mark | None:
    """Of "20 dead", "20 were killed", "20 of them died", "killing 20"."""
    here = number.last
    if "thing" in scene.begins.get(here, ()):
        return None  # "two sides exchanged fire", "killed 40 cattle"
    verb = here
    both = scene.tokens[number.first].normal in scene.words["both"]
    while not both and "auxiliary" in scene.begins.get(verb, ()) and verb < here + 2:
        verb += 1  # "four have been found dead"
    direct = [mark for mark in fates if here <= mark.first <= verb + 1 and _may_follow(scene, mark)]
    if direct:
        return direct[0]
    if here < len(scene.tokens) and scene.tokens[here].normal in scene.words["of"]:
        of_them = [mark for mark in fates if mark.first - here in (2, 3)]
        if of_them:
            return of_them[0]
    counted = scene.begins.get(here, frozenset())
    if here < len(scene.tokens) and scene.tokens[here].kind == "word":
        counted |= scene.begins.get(here + 1, frozenset())
    if "thing" in counted:
        return None  # "killed 40 cattle"
    before = [
        mark
        for mark in fates
        if mark.last == number.first
        and mark.tag in ("ing", "past", "s", "base")
        and mark.value not in ("participants", "troops_deployed")
    ]
    return before[-1] if before else None


def told_after(scene: Scene, fate: Mark, noun: Mark | None) -> str:
    """Of "three of those killed were minors": who they are is said at the end."""
    tokens = scene.tokens
    if noun is not None and noun.first < fate.first and tokens[noun.first].normal not in scene.words["those"]:
        return ""
    if fate.last >= len(tokens) or "auxiliary" not in scene.begins.get(fate.last, ()):
        return ""
    said = [mark for mark in scene.of("counted") if fate.last < mark.first <= fate.last + 3]
    return str(said[0].value) if said else ""


def _may_follow(scene: Scene, mark: Mark) -> bool:
    """Of "were killed", "dead", "deaths": not "killing" or "killed two", which have an object."""
    active = mark.tag in ("past", "") and "passive" not in scene.ends.get(mark.first, ())
    if active and not _is_of_place(scene, mark) and _has_object(scene, mark.last):
        return False
    if active and mark.value in GROUPED and _has_person(scene, mark.last):
        return False
    return mark.tag in ("past", "part", "", "many", "one")


def _is_of_place(scene: Scene, mark: Mark) -> bool:
    """Of "blocked a road", "joined a march": an object that is no person tells no other fate."""
    if mark.tag not in ("past", "") or "one_of" not in scene.begins.get(mark.last, ()):
        return False
    thing = scene.near(mark.last, {"thing"}, 0, 4)
    return (mark.tag == "past" and mark.value in ("participants", "escaped")) or (
        mark.value == "displaced" and bool(thing)
    )


def _is_present(mark: Mark, here: int) -> bool:
    """Of "3,700 inmates escape", "thousands march": told in the present."""
    return mark.tag in ("s", "base") and mark.first <= here + 1 and mark.value in _BY_THEMSELVES


_BY_THEMSELVES = ("participants", "escaped", "displaced")


def _has_object(scene: Scene, at: int) -> bool:
    """Whether a number or an article follows."""
    if at >= len(scene.tokens):
        return False
    hedged = any(
        mark.last < len(scene.tokens) and is_number(scene, mark.last)
        for mark in scene.near(at, {"hedge"}, 0, 1)
    )  # but "have left their homes around Osh"
    return (
        hedged
        or scene.tokens[at].kind == "number"
        or bool({"number", "vague", "one_of"} & scene.begins.get(at, frozenset()))
    )


def _has_person(scene: Scene, at: int) -> bool:
    """Whether those to whom it was done follow: "killed four and wounded the driver", "… Governor Khan"."""
    people = [mark.first for mark in scene.near(at, {"counted"}, 0, _OBJECT_WITHIN)]
    if not people or any(time.first == at for time in scene.times):
        return False
    led = "the_one" in scene.begins.get(at, ()) or scene.tokens[at].text[:1].isupper()
    return led and all(scene.tokens[step].kind == "word" for step in range(at, people[0]))


_OBJECT_WITHIN = 3


def _may_lead(scene: Scene, mark: Mark, number: Number) -> bool:
    """Of "killed 20", "killing 20", "the deaths of 20": not "were killed", whose subject stands before."""
    if mark.value == "participants" and (mark.tag or mark.last != number.first):
        return False  # "the fighting forced 3,000 people", "gathered to lynch two men"
    if mark.tag in ("past", "part"):
        return "passive" not in scene.ends.get(mark.first, ())
    if mark.tag in ("one", "many"):
        links = scene.words["of"] | scene.words["towards"]
        return scene.tokens[mark.last].normal in links  # not "eight bodies and two survivors"
    return mark.tag != "s" or mark.last == number.first  # "Kenya's jails hold 60,000"


def _is_told(scene: Scene, mark: Mark) -> bool:
    """Not "to be killed", "would be arrested", "not injured"."""
    wished = mark.tag == "base" and mark.first and "infinitive" in scene.begins.get(mark.first - 1, ())
    forced = mark.first > 2 and "counted" in scene.ends.get(mark.first - 1, ())  # "forced 300 people to flee"
    if wished and not forced and mark.value != "troops_deployed" and mark.last - mark.first == 1:
        return False  # "to lynch two men"
    if (
        mark.value == "arrested"
        and mark.tag in ("base", "s", "past")
        and "thing" in scene.ends.get(mark.first, ())
    ):
        return False  # "the prisons hold 62,000"
    return not scene.near(mark.first, {"negation"}, 3)


def _is_barrier(scene: Scene, at: int) -> bool:
    return scene.tokens[at].text in (";", ".") or "clause" in scene.begins.get(at, ())


def _is_barrier_between(scene: Scene, first: int, last: int) -> bool:
    return any(_is_barrier(scene, at) or scene.tokens[at].text == "," for at in range(first, last))


def _is_deed(scene: Scene, at: int) -> bool:
    """Of "two men died and three were wounded" the first verb, which has no object."""
    return any(
        mark.first == at and mark.tag == "past" and mark.value in ("killed", "participants", "displaced")
        for mark in scene.of("fate")
    )


def _crossed(scene: Scene, first: int, last: int) -> bool:
    """Whether another subject begins between a noun and a fate: "was shot and two …" or "said"."""
    predicate = False
    for at in range(first, last):
        kinds = scene.begins.get(at, frozenset())
        if "joins" in kinds and predicate:
            return True
        predicate = predicate or "auxiliary" in kinds or (at == first and _is_deed(scene, at))
        if scene.tokens[at].text == ";":
            return True
        if "says" in kinds and "auxiliary" not in kinds and at != last - 1:
            return True  # but "four herders were reported killed"
    return False
