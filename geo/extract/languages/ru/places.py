"""Whether a Russian sentence uses a name as the place of what it tells."""

from __future__ import annotations

from collections.abc import Iterator

from geo.extract.languages.ru.clauses import clause_of, clauses, finite_verbs, shape_at
from geo.extract.lexicon import Mark
from geo.extract.names import heads
from geo.extract.scene import Scene

_WHERE = {
    "в",
    "на",
    "под",
    "близ",
    "около",
    "возле",
    "вблизи",
    "над",
    "вокруг",
    "внутри",
    "за",
    "у",
    "по",
    "через",
}
_FAR = {"недалеко", "неподалеку", "рядом", "невдалеке"}
_DISTANCE = {"километр", "км", "метр"}
_LAND = {
    "site_word",
    "town_word",
    "region_word",
    "county_word",
    "district_word",
    "part_word",
    "capital",
    "side",
}
_FROM = {"из", "от", "до", "к", "с", "для", "о", "об", "против"}


def is_used(scene: Scene, first: int, last: int) -> bool:
    """As in "в Оше", "на окраине Оша", "в городе Ош": not "жители Оша", "из Оша", "с Азербайджаном"."""
    after = scene.begins.get(last, frozenset())
    if (first == 0 and "dateline" in after) or heads(scene.tokens, first, last):
        return True
    at = first
    land = False
    while at > 0 and first - at < 7:
        before = scene.tokens[at - 1]
        kinds = scene.ends.get(at, frozenset())
        if before.normal in _WHERE:
            if _is_origin(scene, at - 1):
                return False
            return _is_where(scene, at, land) and not (_speaks(scene, at - 1) or _is_seat(scene, at - 1))
        if at == first and "trigger" in kinds and _has_object(scene, at - 1):
            return True
        if before.normal == "из" and _is_told_from(scene, at - 1):
            return True
        if before.normal == "к" and land and _is_gathered_at(scene, at - 1):
            return True
        if before.normal in _FROM:
            return before.normal in ("от", "с") and at > 1 and scene.tokens[at - 2].normal in _FAR | _DISTANCE
        if {"actor", "home"} & kinds and not kinds & _LAND:
            return "home" in kinds and (at == first or land) and _is_at_home(scene, at - 1, first)
        if any(named.name.first <= at - 1 < named.name.last for named in scene.names):
            at = next(
                named.name.first for named in scene.names if named.name.first <= at - 1 < named.name.last
            )
            continue
        town = at == first and {"region_word", "county_word"} & scene.begins.get(last, frozenset())
        if town and before.text[:1].isupper() and "town_word" in scene.ends.get(at - 1, ()):
            at -= 1  # "села Ак-Сай Баткенской области", where no gazetteer has the village
            continue
        if kinds & _LAND:
            land = True
            at -= 1
            continue
        if before.kind in ("word", "compound", "number") and (
            shape_at(scene, at - 1).pos in ("ADJF", "PRTF")
            or before.normal in ("г", "г.", "пгт")
            or before.kind != "word"
        ):
            at -= 1
            continue
        if before.text in (".", "(") and scene.tokens[at - 2].normal in ("г", "с", "пос") and at > 1:
            at -= 1
            continue
        break
    if at == first == 0 and _undergoes(scene, last):
        return True
    return land and at < first and scene.tokens[at].kind == "word" and not _acts(scene, at)


def care(scene: Scene) -> list[Mark]:
    """Hospitals that victims are taken to or lie in, "доставлены в больницу в …": not "взрыв у больницы"."""
    found = []
    for mark in scene.of("hospital"):
        at = mark.first
        while at and shape_at(scene, at - 1).pos in ("ADJF", "PRTF"):
            at -= 1
        if not at or scene.tokens[at - 1].normal != "в":
            continue
        first, last = clause_of(scene, mark.first)
        verbs = {scene.tokens[step].normal for step in finite_verbs(scene, first, last)}
        if "accs" in shape_at(scene, mark.last - 1).cases or verbs & _LIES:
            found.append(mark._replace(kind="care"))
    return found


def turns(scene: Scene) -> Iterator[Mark]:
    """Clauses that begin with a place of their own: "в Туле задержали двоих, в Орле — ещё четверых"."""
    for first, last in clauses(scene):
        if not first or scene.tokens[first - 1].text != "," or scene.tokens[first].normal not in _IN:
            continue
        named = any(first < one.name.first <= first + _SOON and one.place is not None for one in scene.names)
        dash = any(token.text in ("—", "–") for token in scene.tokens[first : last + 1])
        told = dash or next(finite_verbs(scene, first, last), None) is not None
        if named and told and next(finite_verbs(scene, 0, first), None) is not None:
            yield Mark("clause", "", first, first + 1, "")


_IN = {"в", "на", "под"}
_SOON = 4  # tokens
_LIES = {
    "умереть", "скончаться", "находиться", "оставаться", "лежать", "лечиться", "оказаться", "остаться",
}  # fmt: skip


def _is_where(scene: Scene, at: int, land: bool) -> bool:
    """As in "в Москве", not "на Россию": after "на", "за" and "по" a name is where only in some cases."""
    preposition = scene.tokens[at - 1].normal
    cases = shape_at(scene, at).cases
    if preposition == "в" and not land and cases and not cases & {"loct", "loc2"}:
        return _is_entered(scene, at)
    if preposition == "в" or (preposition == "по" and "trigger" in scene.ends.get(at - 1, ())):
        return True
    if preposition == "у":
        return land or not _is_country(scene, at)  # "у Пальмиры", not "у России есть …"
    if preposition in ("на", "за", "по", "через"):
        return land or _is_aim(scene, at) or bool(cases & {"loct", "loc2"}) or not cases
    return True


def _undergoes(scene: Scene, after: int) -> bool:
    """As in "Кызыл стал …", "Харьков подвергся обстрелу", "Одесса обстреляна": what is done to a town."""
    first, last = clause_of(scene, 0)
    verbs = list(finite_verbs(scene, max(first, after), last))
    return bool(verbs) and (
        "undergoes" in scene.begins.get(verbs[0], ()) or shape_at(scene, verbs[0]).pos == "PRTS"
    )


def _is_told_from(scene: Scene, preposition: int) -> bool:
    """As in "из Хартума сообщают о стрельбе", "из Ак-Сая эвакуировали 600 человек"."""
    first, last = clause_of(scene, preposition)
    if any(first <= mark.first < last and mark.value == "displaced" for mark in scene.of("fate")):
        return True
    return any(
        scene.tokens[at].normal in ("сообщать", "поступать", "приходить", "сообщить", "поступить")
        for at in finite_verbs(scene, first, last)
    )


def _is_gathered_at(scene: Scene, preposition: int) -> bool:
    """As in "вышли к зданию мэрии Актау": where people go to protest."""
    first, _ = clause_of(scene, preposition)
    verbs = [mark.first for mark in scene.of("gathers") if first <= mark.first < preposition]
    return bool(scene.of("fate")) and any(shape_at(scene, at).is_finite for at in verbs)


def _is_origin(scene: Scene, preposition: int) -> bool:
    """As in "житель деревни под Дженином": the village that somebody is from."""
    kinds = scene.ends.get(preposition, frozenset())
    return "town_word" in kinds and bool({"home", "actor"} & scene.ends.get(preposition - 1, frozenset()))


def _is_at_home(scene: Scene, actor: int, first: int) -> bool:
    """As in "полиция Бишкека задержала", "жители Казармана перекрыли": they act where they are from.

    Only in what tells of an event, where no other place is named, and they do not just speak.
    """
    if _is_country(scene, first) or not scene.of("trigger", "fate", "gathers"):
        return False
    begin, end = clause_of(scene, actor)
    apposed = begin > 0 and scene.tokens[begin - 1].text == "," and actor == begin
    if apposed and next(finite_verbs(scene, begin, end), None) is None:
        return False  # "стрелявший, житель Оша, не найден"
    if any("says" in scene.begins.get(at, ()) for at in finite_verbs(scene, begin, end)):
        return False
    return not any(
        named.name.first != first and scene.tokens[named.name.first - 1].normal in _WHERE
        for named in scene.names
        if named.place is not None and named.name.first
    )


def _is_seat(scene: Scene, preposition: int) -> bool:
    """As in "обсерватория, базирующаяся в Лондоне", "живущий в Бишкеке": where somebody is."""
    if not preposition:
        return False
    before = shape_at(scene, preposition - 1)
    return before.pos in ("PRTF", "GRND") and before.lemma in _STAYS


_STAYS = {
    "базироваться", "находиться", "проживать", "жить", "выступать", "обучаться", "учиться", "лечиться",
    "родиться", "работать", "служить", "побывать", "гостить", "отдыхать", "зарегистрировать", "пребывать",
    "обосноваться",
}  # fmt: skip


def _has_object(scene: Scene, trigger: int) -> bool:
    """As in "обстрел Донецка", "обстрелян Донецк", "обстреляли Донецк": not "атаковала Россия"."""
    found = shape_at(scene, trigger)
    return found.is_noun or found.pos == "PRTS" or (found.pos == "VERB" and found.number == "plur")


def _is_entered(scene: Scene, at: int) -> bool:
    """Of "в Киев", where somebody goes to: whether that tells of an event there: "ворвались в Киев"."""
    first, _ = clause_of(scene, at)
    if {"site_word", "part_word"} & scene.ends.get(at - 1, frozenset()) or scene.tokens[
        at - 2
    ].normal in _WAYS:
        return True
    return any(
        first <= mark.first < at and shape_at(scene, mark.first).is_finite for mark in scene.of("trigger")
    )


_WAYS = {"въезд", "вход", "выезд", "путь", "подъезд"}


def _is_country(scene: Scene, at: int) -> bool:
    return any(
        named.name.first == at and named.place is not None and named.place.kind == "country"
        for named in scene.names
    )


def _is_aim(scene: Scene, at: int) -> bool:
    """As in "атака беспилотников на Белгород", "удар по Одессе": what a word of violence is aimed at."""
    if scene.tokens[at - 1].normal not in ("на", "по") or _is_country(scene, at):
        return False
    first, last = clause_of(scene, at)
    opens = all(shape_at(scene, step).pos in ("ADJF", "CONJ") for step in range(first, at - 1))
    return any(
        mark.value
        and mark.value[0] in _VIOLENCE
        and (0 < at - mark.first <= _AIMED + mark.last - mark.first + 1 or (opens and at < mark.first < last))
        for mark in scene.of("trigger", "remote_trigger")
    )


_AIMED = 3  # tokens between the word and its aim
_VIOLENCE = {"Explosions/Remote violence", "Battles", "Violence against civilians", "Riots"}


def _speaks(scene: Scene, preposition: int) -> bool:
    """As in "заявили в Баку", where the capital stands for its government, or "заявил на брифинге в Баку"."""
    before = preposition - 1
    if before > 1 and scene.tokens[before].normal in _OCCASIONS and "says" in scene.ends.get(before - 1, ()):
        return True
    if before >= 0 and "says" in scene.ends.get(preposition, ()):
        return shape_at(scene, before).number == "plur"
    if before >= 0 and scene.tokens[before].kind == "word":
        return False
    first, last = clause_of(scene, preposition)  # "в Тель-Авиве это не комментировали"
    verbs = list(finite_verbs(scene, first, last))
    nouns = range(preposition + 2, last)
    return (
        bool(verbs)
        and all("says" in scene.begins.get(at, ()) and shape_at(scene, at).number == "plur" for at in verbs)
        and not any(shape_at(scene, at).is_noun and "nomn" in shape_at(scene, at).cases for at in nouns)
    )


_OCCASIONS = {"брифинг", "пресс-конференция", "совещание", "заседание", "встреча", "интервью", "конференция"}
"""Where somebody speaks."""


def _acts(scene: Scene, at: int) -> bool:
    """Whether the land itself is the subject: "столица Киргизии заявила"."""
    return bool({"actor", "institution"} & scene.ends.get(at, frozenset()))


def stands_alone(scene: Scene, first: int, last: int) -> bool:
    """As in "в городе", not "в городе Ош", "в области образования" or "из области"."""
    before = scene.tokens[first - 1].normal if first else ""
    if before not in ("в", "по", "на"):
        return False
    if last >= len(scene.tokens) or scene.tokens[last].kind != "word":
        return True
    following = shape_at(scene, last)
    return (
        not (following.pos == "NOUN" and bool(following.cases & {"gent", "nomn"}))
        or "страна" in following.lemma
    )
