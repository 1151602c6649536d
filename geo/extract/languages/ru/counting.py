"""Numbers of people in Russian, and what is said to have happened to them, before the number or behind it.

A number takes the fate that stands in its own stretch of the sentence, up to the numbers beside it; "в том
числе трое" takes that of the number before; a bare "о 15 тысячах" is another count of the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.extract.figures import Counted
from geo.extract.languages.ru import victims
from geo.extract.languages.ru.clauses import clause_of, clauses, finite_verbs, shape_at
from geo.extract.languages.ru.counted import counted_noun, counts_things
from geo.extract.languages.ru.digits import and_one, is_clock, is_ordinal, noun_before
from geo.extract.languages.ru.fates import GROUPS, fates, made, with_group
from geo.extract.lexicon import Mark
from geo.extract.numbers import Number, read_numbers
from geo.extract.scene import Scene
from geo.schema import Qualifier

_FAR = 9  # tokens to a fate in another clause
_CROSSING = 6


def find(scene: Scene, text: str) -> list[Counted]:
    """Every number of a sentence that counts people, single victims without a number among them."""
    taken = {at for time in scene.times for at in range(time.first, time.last)}
    numbers = [one for one in read_numbers(scene) if not taken & set(range(one.first, one.last))]
    numbers = [one for one in numbers if not (is_ordinal(scene, one) or is_clock(scene, one))]
    nouns = [counted_noun(scene, one) for one in numbers]
    numbers = [and_one(scene, *pair) for pair in zip(numbers, nouns, strict=True)]
    for at, worded in enumerate(numbers):
        led = noun_before(scene, worded) if nouns[at] is None else None
        if led is not None:
            numbers[at] = worded._replace(low=None, high=None, qualifier=Qualifier.ABOUT)
            nouns[at] = led
    people = [at for at, one in enumerate(numbers) if nouns[at] is not None or not counts_things(scene, one)]
    numbers, nouns = [numbers[at] for at in people], [nouns[at] for at in people]
    found: list[Counted] = []
    if scene.of("refuted"):
        return []  # "сведения о погибших не подтвердились"
    used: set[int] = set()
    before: Counted | None = None
    part = False
    for nth, number in enumerate(numbers):
        start = _end(numbers[nth - 1], nouns[nth - 1]) if nth else 0
        limit = _limit(scene, numbers, nth)
        part = _is_part(scene, number) or (part and _is_listed(scene, start, number.first))
        grouped = nouns[nth]
        if grouped is not None and grouped.value != "people" and _is_of_them(scene, number):
            part = True  # "пятеро из них несовершеннолетние"
        part = part or _is_among(scene, number, before)
        if grouped is not None and grouped.value == "people" and _is_described(scene, number):
            continue
        fate = _fate(scene, number, nouns[nth], start, limit, used, part)
        if fate is not None and before is not None and _is_told_of(scene, number, nouns[nth], fate, before):
            metric = _without_group(before.metric)
            found.append(made(scene, text, number, fate.last, number.first, metric, part, nouns[nth]))
            continue
        if fate is not None:
            used.add(fate.first)
        one = _counted(scene, text, number, nouns[nth], fate, before, part)
        if one is not None and before is not None and number.best == 1 and _is_of_them(scene, number):
            one = one._replace(part=one.part or one.metric == before.metric)
        if one is not None:
            found.append(one)
            before = before if part and before else one
    found = _shared(scene, found)
    found = [*found, *victims.parts(scene, text, found), *victims.find(scene, text, found, used)]
    return sorted((_apart(one) for one in found), key=lambda one: one.first)


def _apart(one: Counted) -> Counted:
    """Children are counted apart from the whole, one child as well."""
    return one._replace(part=False) if one.metric.endswith("_minors") else one


def _is_listed(scene: Scene, end: int, start: int) -> bool:
    """Whether only "и" or a comma stands between two numbers, and no verb tells of the second."""
    if next(finite_verbs(scene, *clause_of(scene, start)), None) is not None:
        return False
    between = scene.tokens[end:start]
    return 0 < len(between) <= 2 and all(token.normal in ("и", ",", "еще") for token in between)


def _is_of_them(scene: Scene, number: Number) -> bool:
    """As in "один из них"."""
    of = scene.tokens[number.last : number.last + 2]
    return (
        number.best == 1
        and len(of) == 2
        and of[0].normal == "из"
        and of[1].text.lower() in ("них", "которых")
    )


def _is_described(scene: Scene, number: Number) -> bool:
    """As in "пятеро из них — родственники": who some of those are, not what happened to them."""
    of = scene.tokens[number.last : number.last + 3]
    return len(of) == 3 and of[0].normal == "из" and of[2].text in ("—", "–", "-")


def _is_among(scene: Scene, number: Number, before: Counted | None) -> bool:
    """Of "пострадали семеро, у троих ножевые ранения": whether it counts some of those before."""
    if not number.first or scene.tokens[number.first - 1].normal != "у" or before is None:
        return False
    return (before.figure.best or before.figure.low or 0) > (number.best or 0)


def _is_told_of(scene: Scene, number: Number, noun: Mark | None, fate: Mark, before: Counted) -> bool:
    """Whether a number goes on with what happened to the one before, and its noun only says who they are.

    As in "пострадали семеро полицейских и, по данным оппозиции, двенадцать демонстрантов".
    """
    if (
        noun is None
        or fate.value != "participants"
        or not noun.first <= fate.first < noun.last
        or before.metric.partition("_")[0] not in GROUPS
    ):
        return False
    first = clause_of(scene, number.first)[0]
    return (
        next(finite_verbs(scene, first, clause_of(scene, number.first)[1]), None) is None
        and scene.tokens[before.last].normal in ("и", ",", "а")
        and before.fate < number.first
    )


def _shared(scene: Scene, found: list[Counted]) -> list[Counted]:
    """Of "12 солдат и семь жителей погибли": the first number has the fate of the second."""
    every = list(found)
    for at in range(len(every) - 2, -1, -1):
        one, other = every[at], every[at + 1]
        between = scene.tokens[one.last : other.first]
        joined = 0 < len(between) <= 2 and all(token.normal in ("и", ",", "еще") for token in between)
        if (
            one.metric
            or not other.metric
            or not joined
            or (one.figure.best is None and one.figure.low is None)
        ):
            continue
        group = next((str(m.value) for m in scene.of("counted") if one.first < m.first < one.last), "people")
        metric = with_group(_without_group(other.metric), group)
        every[at] = one._replace(metric=metric, fate=other.fate, figure=replace(one.figure, what=metric))
    return every


def _end(number: Number, noun: Mark | None) -> int:
    return max(number.last, noun.last if noun else 0)


def _limit(scene: Scene, numbers: Sequence[Number], nth: int) -> int:
    """Up to where a fate behind the number may be its own: the next number that is no part of it."""
    for other in numbers[nth + 1 :]:
        if not _is_part(scene, other):
            return other.first
    return len(scene.tokens)


def _is_part(scene: Scene, number: Number) -> bool:
    told = any(
        scene.tokens[at].kind == "number" or "number" in scene.begins.get(at, ())
        for at in range(number.first - 1)
    )
    if told and scene.tokens[number.first - 1].text == ":":
        return True  # "пять человек: трое пограничников и двое гражданских"
    return any(_leads_to(scene, mark.last, number.first) for mark in scene.of("including"))


def _leads_to(scene: Scene, end: int, start: int) -> bool:
    """Whether nothing of weight stands between "среди погибших" and a number: "среди погибших — двое"."""
    between = scene.tokens[end:start] if end <= start else ()
    bare = all(token.normal in _LINKS for token in between)
    return end <= start and (start - end <= 1 or (start - end <= _LINKED and bare))


_LINKS = {"—", "–", "-", "и", "есть", "также", "еще", "быть", "оказаться", "как", "минимум", ":"}
_LINKED = 3  # tokens


def _parenthesis(scene: Scene, number: Number) -> tuple[int, int]:
    """The clause that "из них" begins."""
    return clause_of(scene, number.first)


def _fate(
    scene: Scene, number: Number, noun: Mark | None, start: int, limit: int, used: set[int], part: bool
) -> Mark | None:
    """What is said to have happened to those who are counted."""
    end = _end(number, noun)
    tolls = [mark for mark in scene.of("toll") if start <= mark.first and 0 <= number.first - mark.last <= 6]
    if tolls:
        return tolls[-1]
    whole = [mark for mark in scene.of("including") if _leads_to(scene, mark.last, number.first)]
    for one in fates(scene) if part else ():
        if any(mark.first < one.first < mark.last for mark in whole):
            return one  # "среди погибших — двое детей"
    told = [one for one in fates(scene) if one.value not in GROUPS or not victims.is_done_by(scene, one, end)]
    some = number.last < len(scene.tokens) and scene.tokens[number.last].normal == "из"
    own = [mark for mark in told if number.last <= mark.first < end and mark.value not in ("participants",)]
    own = [] if some and number.best == 1 else own  # "один из пострадавших скончался"
    if own:
        return _outcome(scene, number, end, told, str(own[0].value)) or own[0]
    apposed = [one for one in told if one.value == "participants" and one.last == number.first - 1]
    if apposed and scene.tokens[number.first - 1].text == ",":
        return apposed[0]  # "её участники, около 150 человек, …"
    if part:
        start, limit = _parenthesis(scene, number)
    beside = [mark for mark in told if mark.first == end and mark.tag != "inf"]
    if beside:
        return beside[0]
    near = [
        (_away(scene, number, end, mark), mark.first, mark)
        for mark in told
        if start <= mark.first < limit
        and not (number.first <= mark.first < end)
        and _fits(scene, mark, number, used)
        and not (some and number.best == 1 and mark.tag in ("one", "many", "ing"))
    ]
    near = [one for one in near if one[0] <= _FAR + _CROSSING]
    if near:
        return min(near)[2]
    inside = [mark for mark in told if number.last <= mark.first < end]
    return inside[0] if inside and not (some and number.best == 1) else None


def _outcome(scene: Scene, number: Number, end: int, told: Sequence[Mark], known: str) -> Mark | None:
    """Of "двое раненых скончались", "освобождены 12 заложников": what has become of them since."""
    first, last = clause_of(scene, number.first)
    later = [
        one
        for one in told
        if first <= one.first < last
        and one.value in _OUTCOMES
        and one.value != known
        and shape_at(scene, one.first).is_finite
        and min(abs(number.first - one.last), abs(one.first - end)) <= _NEXT
    ]
    return min(later, key=lambda one: abs(one.first - number.first), default=None)


_OUTCOMES = {"killed", "released", "arrested", "sentenced"}
_NEXT = 2  # tokens between a number with its noun and what has become of them


def _fits(scene: Scene, mark: Mark, number: Number, used: set[int]) -> bool:
    """A fate that stands before and is another number's already does not fit."""
    if mark.first in used:
        return False
    found = shape_at(scene, mark.first)
    if found.pos == "NOUN" and mark.last - mark.first == 1 and mark.value == "participants":
        return False
    if "including" in scene.begins.get(mark.first - 1, ()) and mark.first > number.first:
        return False
    return mark.tag != "inf"


def _away(scene: Scene, number: Number, end: int, mark: Mark) -> int:
    """Tokens between a number and a fate; each clause between them counts for several."""
    low, high = (mark.last, number.first) if mark.first < number.first else (end, mark.first)
    passed = [first for first, _ in clauses(scene) if low < first <= high]
    skipped = _skipped(scene, low, high)
    return high - low - skipped[0] + _CROSSING * max(0, len(passed) - skipped[1])


def _skipped(scene: Scene, low: int, high: int) -> tuple[int, int]:
    """Tokens and clause edges of what stands between commas without a predicate: ", среди них девочка,"."""
    tokens = edges = 0
    for first, last in clauses(scene):
        between = low < first and last <= high and scene.tokens[last - 1].text == ","
        if between and next(finite_verbs(scene, first, last), None) is None:
            tokens += last - first
            edges += 2
    return tokens, edges


def _counted(
    scene: Scene,
    text: str,
    number: Number,
    noun: Mark | None,
    fate: Mark | None,
    before: Counted | None,
    part: bool,
) -> Counted | None:
    group = str(noun.value) if noun else "people"
    if (
        fate is None
        and before is not None
        and before.metric
        and (part or (noun is None and not _has_own(scene, number)) or _is_joined(scene, number, before))
    ):
        whole = before.metric if noun is None and not part else _without_group(before.metric)
        metric = with_group(whole, group)
        at = before.fate if part else _behind_dash(scene, number)  # "12 в Москве и пять — в Туле"
    elif fate is not None:
        metric = with_group(str(fate.value), group)
        at = fate.first
    elif noun is None:
        return None
    else:
        metric, at = "", number.first
    if metric == "troops_deployed" and group != "security_forces" and not scene.of("force"):
        return None
    few = max(number.best or 0, number.high or 0) < 10
    named = noun is None or number.last <= at < noun.last
    if metric == "participants" and few and (named or number.best in (1, None)):
        return None  # "один из участников", "на двоих участников составили протоколы"
    if noun is None and number.best == 1 and fate is None and not part:
        return None  # "состояние одного тяжёлое"
    last = _end(number, noun)
    return made(scene, text, number, last, at, metric, part, noun)


def _has_own(scene: Scene, number: Number) -> bool:
    """Whether its clause says something of it: "о двоих ничего не известно"."""
    first, last = clause_of(scene, number.first)
    return any(
        shape_at(scene, at).pos in ("VERB", "PRTS", "PRED", "ADJS") and "says" not in scene.begins.get(at, ())
        for at in range(first, last)
    )


def _behind_dash(scene: Scene, number: Number) -> int:
    dash = number.last + 1 < len(scene.tokens) and scene.tokens[number.last].text in ("—", "–", "-")
    return number.last + 1 if dash else number.first


def _without_group(metric: str) -> str:
    base = metric.split("_")[0]
    return base if base in GROUPS else metric


def _is_joined(scene: Scene, number: Number, before: Counted) -> bool:
    """As in "12 взрослых и 5 детей"."""
    between = scene.tokens[before.last : number.first]
    first, last = clause_of(scene, number.first)
    if any(at > number.first for at in finite_verbs(scene, first, last) if at != before.fate):
        return False  # "убиты 60 человек, тысячи бежали"
    return len(between) <= 2 and all(token.normal in ("и", ",", "еще", "ещё") for token in between)
