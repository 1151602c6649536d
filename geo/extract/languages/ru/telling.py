"""Which words of a Russian sentence tell that something happened.

A verb does in the past tense and as a short participle; a noun where a verb of happening or doing in the
past shares its clause, and more weakly where it is told in passing ("при нападении", "участники митинга").
"""

from __future__ import annotations

from geo.extract.languages.ru.clauses import clause_of, finite_verbs, is_negated, shape_at
from geo.extract.lexicon import Mark
from geo.extract.scene import Scene
from geo.extract.triggers import Told

_AT = ("на", "у", "к", "перед", "возле", "около", "напротив", "по")
_STANDS = {"стоять", "дежурить"}
_BESIDE = {"у", "перед", "возле", "напротив"}
_REACH = 8  # tokens between somebody who goes out and the square they go to
_PROTEST = ("Protests", "Peaceful protest")
_STRUCK = 4  # tokens after an attack in which its target is named
_CLASH = ("Battles", "Armed clash")
_AIR = ("Explosions/Remote violence", "Air/drone strike")
_SHELLING = ("Explosions/Remote violence", "Shelling/artillery/missile attack")
_ATTACKS = {("Battles", "Armed clash"), ("Violence against civilians", "Attack"), _SHELLING}
"""Kinds that become another where aircraft or artillery are their means."""


def find(scene: Scene) -> list[Told]:
    """The triggers of a sentence that tell of events, of overlapping ones the longest.

    Deaths and arrests come last: they are what an event beside them led to.
    """
    found: list[Told] = []
    end = 0
    marks = [*scene.of("trigger", "weak_trigger", "people_trigger"), *_remote(scene), *_gatherings(scene)]
    for mark in sorted(marks, key=lambda one: (one.first, one.kind == "weak_trigger", -one.last)):
        if mark.first < end or mark.first in scene.quoted or _is_unreal(scene, mark):
            continue
        if mark.value[0] == "Protests" and _is_closed_by_force(scene, mark):
            continue
        firm, bare = _firmness(scene, mark)
        if firm:
            kind, sub = _by_weapon(scene, mark)
            found.append(Told(mark, kind, sub, firm, mark.kind == "weak_trigger", bare))
            end = mark.last
    if not found:
        found = [Told(mark, *_PROTEST, 0.85, False, False) for mark in _acting(scene)][:1]
    if not found:
        found = [Told(mark, *_OTHER, 0.9, False, False) for mark in _again(scene)][:1]
    return sorted(found, key=lambda one: (one.weak, one.sub_event_type == "Arrests", one.mark.first))


def _acting(scene: Scene) -> list[Mark]:
    """As in "протестующие в Тирасполе потребовали …": those who protest act."""
    found = []
    for mark in scene.of("crowd"):
        noun = shape_at(scene, mark.first)
        verbs = [shape_at(scene, at) for at in finite_verbs(scene, *clause_of(scene, mark.first))]
        acts = any(one.tense == "past" and one.pos == "VERB" for one in verbs)
        if noun.lemma in _PROTESTERS and "nomn" in noun.cases and acts and mark.first not in scene.quoted:
            found.append(mark)
    return found


_PROTESTERS = {
    "протестующий", "демонстрант", "митингующий", "манифестант", "забастовщик", "бастующий", "пикетчик",
    "протестовать", "митинговать", "бастовать",
}  # fmt: skip


def _remote(scene: Scene) -> list[Mark]:
    """As in "ракета попала в дом", "сбиты три беспилотника": not "машина сбила", "попал в больницу"."""
    weapons = {at for mark in scene.of("remote") for at in range(mark.first, mark.last)}
    found = []
    for mark in scene.of("remote_trigger") if weapons else ():
        first, last = clause_of(scene, mark.first)
        if weapons & set(range(first, last)):
            found.append(mark._replace(kind="trigger"))
    return found


def _by_weapon(scene: Scene, mark: Mark) -> tuple[str, str]:
    """The kind of an event, which a weapon in its clause tells more exactly than the word for it."""
    kind, sub = mark.value
    if (kind, sub) not in _ATTACKS:
        return kind, sub
    struck = range(mark.last, min(len(scene.tokens), mark.last + _STRUCK))
    if kind == "Violence against civilians" and any(
        scene.tokens[at].normal == "на" and "force" in scene.begins.get(nth, ())
        for at in struck
        for nth in range(at + 1, at + 4)
    ):
        return _CLASH  # "напали на полицейский участок"
    first, last = clause_of(scene, mark.first)
    weapons = [one for one in scene.of("remote") if first <= one.first < last]
    if any(one.value == "air" for one in weapons):
        return _AIR
    return _SHELLING if weapons else (kind, sub)


def _again(scene: Scene) -> list[Mark]:
    """As in "это произошло в среду", "операция началась в селе …": what was told before."""
    found = []
    for mark in scene.of("again"):
        first, last = clause_of(scene, mark.first)
        verbs = [at for at in finite_verbs(scene, first, last) if scene.tokens[at].normal in _BEGINS]
        cases = shape_at(scene, mark.first).cases
        subject = not cases or "nomn" in cases
        if subject and verbs and shape_at(scene, verbs[0]).tense == "past":
            found.append(mark)
    return found


_BEGINS = {"произойти", "случиться", "начаться", "происходить", "стрястись", "разыграться", "развернуться"}
_OTHER = ("Strategic developments", "Other")


def _is_closed_by_force(scene: Scene, mark: Mark) -> bool:
    """As in "полиция перекрыла выезды": those who guard a road do not protest on it."""
    verb = shape_at(scene, mark.first)
    if verb.lemma not in _CLOSES:
        return False
    first, last = clause_of(scene, mark.first)
    return any(
        first <= one.first < last
        and "nomn" in shape_at(scene, one.first).cases
        and one.first not in range(*mark[2:4])
        for one in scene.of("force")
        if shape_at(scene, one.first).number == verb.number
    )


_CLOSES = {"перекрыть", "перекрывать", "заблокировать", "блокировать", "оцепить"}


def _gatherings(scene: Scene) -> list[Mark]:
    """As in "вышли в воскресенье на центральную площадь", "собрались на митинг"."""
    found = []
    for verb in scene.of("shuts"):
        first, last = clause_of(scene, verb.first)
        if any(verb.last < road.first < min(last, verb.last + _REACH) for road in scene.of("road")):
            found.append(Mark("trigger", _PROTEST, verb.first, verb.last, verb.tag))
    for verb in scene.of("gathers"):
        first, last = clause_of(scene, verb.first)
        people = any(first <= mark.first < last for mark in scene.of("crowd", "counted"))
        if scene.tokens[verb.first].normal in _STANDS and not people:
            continue  # "у здания стояли машины"
        for place in scene.of("gathering"):
            between = scene.tokens[first : place.first]
            if max(first, verb.first - _REACH) < place.first < min(last, verb.last + _REACH) and any(
                token.normal in _AT for token in between
            ):
                found.append(Mark("trigger", _PROTEST, verb.first, verb.last, verb.tag))
                break
        else:
            near = any(scene.tokens[at].normal in _BESIDE for at in range(first, last))
            crowd = any(first <= mark.first < last for mark in scene.of("crowd", "counted"))
            backs = any(first <= mark.first < last for mark in scene.of("backs"))
            if (
                (backs and crowd) or scene.of("demands") or (near and crowd)
            ):  # "собрались жители, они требуют …"
                found.append(Mark("trigger", _PROTEST, verb.first, verb.last, verb.tag))
    return found


def _firmness(scene: Scene, mark: Mark) -> tuple[float, bool]:
    """How firmly a word tells of an event, 0 where it does not, and whether it only refers to one."""
    found = shape_at(scene, mark.first)
    if found.pos in ("VERB", "PRTS"):
        if found.tense == "futr" or "impr" in found.marks or is_negated(scene, mark.first):
            return 0.0, False
        alone = found.lemma == "выйти" and found.number == "sing" and "neut" not in found.marks
        if alone and tuple(mark.value) == _PROTEST and mark.tag == "past" and not scene.of("crowd"):
            return 0.0, False  # "мужчина вышел на улицу"
        if found.pos == "PRTS" and _is_future(scene, mark):
            return 0.0, False
        return (0.95 if found.tense == "past" else 0.8), False
    if found.pos == "INFN" and _is_begun(scene, mark.first):
        return 0.8, False
    if found.pos in ("INFN", "PRCL", "PREP", "ADVB"):
        return (0.7, False) if mark.last - mark.first > 1 and found.pos not in ("INFN",) else (0.0, False)
    if mark.kind == "weak_trigger":
        return 0.0, False  # "семье погибшего полицейского"
    if found.pos in ("PRTF", "GRND"):
        told = found.tense == "past" and not is_negated(scene, mark.first) and tuple(mark.value) != _OTHER
        return (0.7, "pssv" in found.marks) if told else (0.0, False)  # "арестованного в мае"
    return _noun(scene, mark)


def _is_begun(scene: Scene, at: int) -> bool:
    """As in "бригады начали бастовать": told as begun or gone on with."""
    first, last = clause_of(scene, at)
    return any(
        scene.tokens[verb].normal in ("начать", "продолжить", "продолжать")
        and shape_at(scene, verb).tense == "past"
        for verb in finite_verbs(scene, first, last)
    )


def _noun(scene: Scene, mark: Mark) -> tuple[float, bool]:
    first, last = clause_of(scene, mark.first)
    if _is_future(scene, mark):
        return 0.0, False
    cases = shape_at(scene, mark.first).cases
    previous = scene.ends.get(mark.first, frozenset())
    start = mark.first
    while start > first and shape_at(scene, start - 1).pos in ("ADJF", "PRTF"):
        start -= 1
    previous = scene.ends.get(start, frozenset())
    verbs = {mark.first for mark in scene.of("happens")}
    happens = [
        at
        for at in finite_verbs(scene, first, last)
        if (at in verbs) and shape_at(scene, at).tense != "futr" and not is_negated(scene, at)
    ]
    if "background" in previous:
        return 0.55, True
    if _is_reported(scene, mark):
        return 0.85, False  # "из Оша сообщают о поджоге"
    if cases & {"nomn"} and any(
        token.normal == "быть" and shape_at(scene, at).tense == "past" and not is_negated(scene, at)
        for at, token in enumerate(scene.tokens[mark.last : mark.last + 3], start=mark.last)
    ):
        return 0.85, False  # "сходные акции были в …"
    if any(token.text == "начала" for token in scene.tokens[mark.last : mark.last + 2]):
        return 0.9, False  # "забастовку начала ночная смена": the dictionary takes it for a noun
    if happens and cases & {"nomn", "accs", "gent"} and min(abs(at - mark.first) for at in happens) <= 10:
        return 0.9, False
    if scene.tokens[start - 1].normal in ("начать", "объявить") if start else False:
        return 0.85, False
    return 0.55, True


def _is_reported(scene: Scene, mark: Mark) -> bool:
    """As in "сообщили о взрыве": not "говорили о взрыве"."""
    before = scene.tokens[mark.first - 1].normal if mark.first else ""
    return scene.tokens[mark.first].normal == "о" and before in _REPORTS


_REPORTS = {"сообщение", "сообщить", "сообщать", "сообщаться", "отчитаться", "доложить", "известить"}


def _is_absent(scene: Scene, at: int) -> bool:
    """As in "митинга, о котором писали, не было", "обошлось без столкновений"."""
    if "gent" not in shape_at(scene, at).cases:
        return False
    ends = [step for step, token in enumerate(scene.tokens) if step > at and token.text == ";"]
    for step in range(at + 1, (ends[0] if ends else len(scene.tokens)) - 1):
        if scene.tokens[step].normal == "не" and shape_at(scene, step + 1).lemma in _TO_BE:
            return shape_at(scene, step + 1).number == "sing" and "neut" in shape_at(scene, step + 1).marks
    before = scene.tokens[at - 1].normal if at else ""
    return before in ("без", "нет")


_TO_BE = {"быть", "зафиксировать", "произойти", "последовать", "проводиться", "отметить", "наблюдаться"}


def _is_future(scene: Scene, mark: Mark) -> bool:
    """Whether its clause speaks of what is to come."""
    first, last = clause_of(scene, mark.first)
    return any(first <= one.first < last for one in scene.of("future"))


def _is_unreal(scene: Scene, mark: Mark) -> bool:
    """Whether it is said not to have happened, or only wished, feared or planned."""
    first, last = clause_of(scene, mark.first)
    if any(one.first >= mark.first for one in scene.of("refuted")):
        return True
    near = [one for one in scene.of("unreal") if first <= one.first < mark.first]
    start = mark.first
    while start > first and shape_at(scene, start - 1).pos in ("ADJF", "PRTF"):
        start -= 1
    if any(one.first == mark.first and one.value == "attackers" for one in scene.of("counted")):
        return True  # "тела двух нападавших"
    if mark.kind == "weak_trigger" and scene.of("accident", "gas"):
        return True
    if scene.of("gas") and mark.value[0].startswith("Explosions"):
        return True
    head = shape_at(scene, mark.first)
    noun = head.is_noun or (head.pos == "ADJF" and shape_at(scene, mark.last - 1).is_noun)
    near += [one for one in scene.of("modal") if first <= one.first < last and noun]
    near += [
        one
        for one in scene.of("feared")
        if noun and start in (one.last, one.first + 1) and not _is_reported(scene, one)
    ]
    if (
        mark.value[1] == "Arrests"
        and not head.is_finite
        and any(first <= one.first < last and one.value == "released" for one in scene.of("fate"))
    ):
        return True  # "отпустила всех задержанных"
    if mark.value[0] == "Protests" and any(first <= one.first < last for one in scene.of("cancels")):
        return True
    if noun and _is_absent(scene, mark.first):
        return True
    denied = [
        one
        for one in scene.of("negation")
        if first <= one.first < last and one.last <= mark.first and mark.first - one.last <= 1
    ]
    return bool(near or denied)
