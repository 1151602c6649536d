"""One person told in the singular: "a policeman", "the driver", "a sixth", "a trader and her son"."""

from __future__ import annotations

from geo.extract.lexicon import Mark
from geo.extract.persons import other_noun
from geo.extract.scene import Scene

_NOUN_WITHIN = 4
_VERB_WITHIN = 5  # tokens from a person to what happened to him
_FORBIDDEN = frozenset(
    {"locative", "background", "joins", "clause", "fate", "says", "including", "infinitive"}
)


def named_persons(scene: Scene) -> set[int]:
    """Where persons are told by what they are and their name: "killed Mayor Juan Ruiz"."""
    found: set[int] = set()
    for mark in scene.of("counted"):
        at = mark.last
        if mark.tag != "one" or at >= len(scene.tokens) or not scene.tokens[at].text[:1].isupper():
            continue
        if any(name.name.first <= at < name.name.last and name.place is not None for name in scene.names):
            continue
        first = mark.first
        while first and scene.tokens[first - 1].kind == "word" and mark.first - first < _TITLE_WITHIN:
            if _FORBIDDEN & scene.begins.get(first - 1, frozenset()) or "one_of" in scene.begins.get(
                first - 1, ()
            ):
                break
            first -= 1
        if scene.ends.get(first, frozenset()) & {"one_of", "the_one", "number", "article"}:
            continue
        led = any(one.last == first and one.tag == "past" and one.value in _DONE for one in scene.of("fate"))
        if led or (not first and _is_done_to(scene, at)):
            found.add(first)
    return found


_DONE = ("killed", "injured", "abducted", "arrested")
_TITLE_WITHIN = 3  # words before what somebody is: "opposition", "local"
_NAME_WITHIN = 7  # tokens of a name, with an age in commas


def _is_done_to(scene: Scene, at: int) -> bool:
    """Whether a name is followed by "was killed", after no more than an age."""
    while at < len(scene.tokens) and scene.tokens[at].text[:1].isupper():
        at += 1
    if at + 2 < len(scene.tokens) and scene.tokens[at].text == "," == scene.tokens[at + 2].text:
        at += 3
    if at >= len(scene.tokens) or "passive" not in scene.begins.get(at, ()):
        return False
    return any(
        one.value in _DONE and one.tag in ("past", "part", "") for one in scene.near(at, {"fate"}, 0, 4)
    )


def single(scene: Scene, at: int) -> tuple[int | None, int]:
    """How many are told of from an article on, and the token after it; None and the token where nobody is."""
    kinds = scene.begins.get(at, frozenset())
    if not kinds & {"one_of", "the_one"} or (at and scene.tokens[at - 1].normal in scene.words["by"]):
        return None, at  # "shot by a gunman"
    if "ordinal" in scene.begins.get(at + 1, ()):
        return _ordinal(scene, at)
    if scene.tokens[at].normal in scene.words["another"] and _is_one_more(scene, at):
        return 1, at + 1
    noun = _person(scene, at)
    if noun is None and "one_of" in kinds:
        noun = _called_otherwise(scene, at) or _aged(scene, at)
    if noun is None or not ("one_of" in kinds or _suffers(scene, noun.last) or _is_object(scene, at)):
        return None, at
    more, last = _goes_on(scene, noun, led="fate" in scene.ends.get(at, ()))
    return (1 + more, last) if more else (1, at + 1)


def _is_one_more(scene: Scene, at: int) -> bool:
    """Of "and another wounded", "wounded another": one more of those told before."""
    if at + 1 >= len(scene.tokens):
        return False
    begins = scene.begins.get(at + 1, frozenset())
    led = any(mark.last == at and mark.value in _DONE for mark in scene.of("fate"))
    ends = scene.tokens[at + 1].kind == "mark" or bool({"locative", "background"} & begins)
    return bool({"fate", "auxiliary"} & begins) or (led and ends)


def _aged(scene: Scene, at: int) -> Mark | None:
    """Of "a 17-year-old died": somebody told by an age alone."""
    if at + 2 >= len(scene.tokens) or not scene.tokens[at + 1].normal.endswith(tuple(scene.words["aged"])):
        return None
    tells = {"fate", "auxiliary"} & scene.begins.get(at + 2, frozenset())
    return Mark("counted", "people", at + 1, at + 2, "one") if tells else None


def _called_otherwise(scene: Scene, at: int) -> Mark | None:
    """Of "shot dead a ward administrator": a noun that no list has, of what is done to persons alone."""
    noun = other_noun(scene, at + 1, len(scene.tokens), many=False)
    if noun is None:
        return None
    agent = scene.tokens[noun.last - 1].normal.endswith(tuple(scene.words["agents"]))
    kinds = ("done_to_persons", "fate") if agent else ("done_to_persons",)
    led = any(
        mark.last == at and mark.tag in ("past", "ing") and (mark.kind != "fate" or mark.value in _DONE)
        for mark in scene.of(*kinds)
    )
    follows = any(
        "passive" in scene.ends.get(mark.first, ())
        for mark in scene.near(noun.last, {"done_to_persons"}, 0, 3)
    )
    return noun if led or follows else None


def _is_object(scene: Scene, at: int) -> bool:
    """Of "killed the mayor", "six passengers and the driver", "a judge, his wife": one more of them."""
    if at < 2:
        return False
    if any(
        mark.last == at
        and mark.tag == "past"
        and mark.value in ("killed", "abducted", "injured", "released", "rescued")
        for mark in scene.of("fate")
    ):
        return not {"clause"} & scene.begins.get(at - 2, frozenset())
    people = "counted" in scene.ends.get(at - 1, ())
    owned = scene.tokens[at].normal in scene.words["possessive"]
    return people and (
        "joins" in scene.begins.get(at - 1, ()) or (owned and scene.tokens[at - 1].text == ",")
    )


def _person(scene: Scene, at: int) -> Mark | None:
    """The person whom an article is of: not in "a police post", "a post of police"."""
    for mark in scene.of("counted"):
        if not at < mark.first <= at + _NOUN_WITHIN or mark.tag != "one":
            continue
        between = range(at + 1, mark.first)
        if any(
            scene.tokens[step].kind not in ("word", "compound", "number", "initials")
            or _FORBIDDEN & scene.begins.get(step, frozenset())
            for step in between
        ):
            return None
        if any(other.tag == "many" and other[1:4] == mark[1:4] for other in scene.of("counted")):
            return None  # "a police chase"
        longest = [other for other in scene.of("counted") if other.first <= mark.last < other.last]
        after = scene.begins.get(mark.last, frozenset())
        if not longest and not after & {"thing", "site_word"}:
            return mark
    return None


def _ordinal(scene: Scene, at: int) -> tuple[int | None, int]:
    """Of "a sixth succumbed", "the fifth, a gendarme, was shot": one more."""
    last = at + 2
    if last >= len(scene.tokens) or {"number", "vague"} & scene.begins.get(last, frozenset()):
        return None, at  # "the other three"
    after = scene.begins.get(last, frozenset())
    if at and "passive" in scene.ends.get(at, ()):
        return None, at  # "was the fifth"
    tells = bool(after & {"fate", "auxiliary"}) or _person(scene, at) is not None
    beside = scene.tokens[last].text == "," and "one_of" in scene.begins.get(last + 1, ())
    return (1, last) if tells or beside else (None, at)


def _suffers(scene: Scene, at: int) -> bool:
    """Whether what happened to somebody follows at once: "the driver was killed"."""
    reach = _APPOSED_WITHIN if _is_apposed(scene, at) else _VERB_WITHIN
    return any(
        mark.value in ("killed", "injured", "abducted", "missing") and mark.tag in ("part", "past", "")
        for mark in scene.near(at, {"fate"}, 0, reach)
    )


_APPOSED_WITHIN = 11


def _is_apposed(scene: Scene, at: int) -> bool:
    """Of "the leader of the group, Hassan Ali, was killed": whether a name stands between commas."""
    commas = [step for step in range(at, min(at + 9, len(scene.tokens))) if scene.tokens[step].text == ","]
    if len(commas) != 2 or commas[1] + 1 >= len(scene.tokens):
        return False
    name = scene.tokens[commas[0] + 1 : commas[1]]
    return all(token.text[:1].isupper() for token in name) and (
        "passive" in scene.begins.get(commas[1] + 1, ())
    )


def _goes_on(scene: Scene, noun: Mark, *, led: bool) -> tuple[int, int]:
    """Of "a trader and her son were …", "a mother and her three children": how many more, and their end.

    led: whether a verb that tells what happened to them stands before.
    """
    at = noun.last
    if at + 2 >= len(scene.tokens) or "joins" not in scene.begins.get(at, ()):
        return 0, at
    begins = scene.begins.get(at + 1, frozenset())
    if not begins & {"one_of", "the_one"}:
        return 0, at
    several = [mark for mark in scene.of("number") if mark.first == at + 2]
    if several and "the_one" in begins:
        more, from_ = int(several[0].value), several[0].last - 1
        people = [mark for mark in scene.of("counted") if mark.first in (from_ + 1, from_ + 2)]
        return (more, people[0].last) if people else (0, at)
    second = _person(scene, at + 1)
    if second is None or (second.value != noun.value and "the_one" not in begins):
        return 0, at
    return (1, second.last) if led or _is_plural(scene, second.last) else (0, at)


def _is_plural(scene: Scene, at: int) -> bool:
    """Whether "were" follows, after no more than an aside between commas."""
    tokens = scene.tokens
    if at < len(tokens) and tokens[at].text == ",":
        closing = [step for step in range(at + 1, min(at + 7, len(tokens))) if tokens[step].text == ","]
        at = closing[0] + 1 if closing else at
    return at < len(tokens) and tokens[at].normal in scene.words["plural_verbs"]
