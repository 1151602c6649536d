"""Words for kinds of events, in English, Russian and Kazakh, and the ACLED type that each means."""

from __future__ import annotations

import rapidfuzz.process

from geo.schema import EVENT_TYPES
from geo.sources.cells import Fault
from geo.sources.files.header import fold

Kind = tuple[str, str | None]
"""An event type and a sub-event type of schema.EVENT_TYPES, the latter None where not said."""

_MORE = {
    (
        "Protests",
        None,
    ): "protest|protests|demonstration|rally|march|picket|strike|sit in|протест|протесты|митинг|"
    "акция протеста|шествие|пикет|забастовка|демонстрация|шеру|наразылық|митинг протеста",
    (
        "Protests",
        "Excessive force against protesters",
    ): "excessive force against protestors|разгон митинга со стрельбой",
    ("Protests", "Protest with intervention"): "разгон митинга|dispersal of protest|dispersed protest",
    (
        "Riots",
        None,
    ): "riot|riots|unrest|clashes with police|беспорядки|массовые беспорядки|погром|погромы|тәртіпсіздік",
    ("Riots", "Mob violence"): "mob|lynching|самосуд",
    ("Battles", None): "battle|battles|combat|fighting|бой|бои|боестолкновение",
    (
        "Battles",
        "Armed clash",
    ): "clash|clashes|shootout|firefight|exchange of fire|столкновение|столкновения|перестрелка|"
    "вооруженное столкновение",
    (
        "Explosions/Remote violence",
        None,
    ): "explosion|explosions|bombing|blast|remote violence|взрыв|взрывы|жарылыс",
    (
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    ): "shelling|artillery|missile attack|missile|обстрел|артобстрел|ракетный удар",
    (
        "Explosions/Remote violence",
        "Air/drone strike",
    ): "airstrike|air strike|drone strike|авиаудар|удар дрона|атака дрона",
    ("Explosions/Remote violence", "Suicide bomb"): "suicide bombing|suicide attack|подрыв смертника",
    (
        "Explosions/Remote violence",
        "Remote explosive/landmine/IED",
    ): "ied|landmine|mine|car bomb|мина|сву|подрыв",
    ("Violence against civilians", None): "violence against civilians|насилие против гражданских",
    (
        "Violence against civilians",
        "Attack",
    ): "attack|killing|murder|shooting|assault|нападение|убийство|стрельба|шабуыл",
    (
        "Violence against civilians",
        "Abduction/forced disappearance",
    ): "abduction|kidnapping|disappearance|похищение",
    (
        "Violence against civilians",
        "Sexual violence",
    ): "rape|sexual assault|сексуальное насилие|изнасилование",
    ("Strategic developments", None): "strategic development",
    (
        "Strategic developments",
        "Arrests",
    ): "arrest|arrests|detention|detentions|detained|арест|аресты|задержание|задержания|ұстау",
    (
        "Strategic developments",
        "Looting/property destruction",
    ): "looting|arson|property destruction|vandalism|мародерство|поджог|грабеж",
    ("Strategic developments", "Agreement"): "agreement|ceasefire|соглашение|перемирие",
    ("Strategic developments", "Other"): "other|другое|иное|прочее",
}

_KINDS: dict[str, Kind] = {fold(name): (name, None) for name in EVENT_TYPES}
_KINDS |= {fold(sub): (name, sub) for name, subs in EVENT_TYPES.items() for sub in subs}
_KINDS |= {fold(word): kind for kind, words in _MORE.items() for word in words.split("|")}


def kind(text: str) -> Kind:
    """The type that a word means. Raises Fault, which names the nearest word we know."""
    found = _KINDS.get(fold(text))
    if found is None:
        near = rapidfuzz.process.extractOne(fold(text), list(_KINDS), score_cutoff=75)
        meant = f"if you mean {near[0]!r}, write that; else " if near else ""
        raise Fault("is no kind of event we know", f"{meant}use one of: {', '.join(EVENT_TYPES)}")
    return found


def both(name: Kind | None, sub: Kind | None) -> Kind | None:
    """The type and sub-type of two cells, of which either may be blank. Raises Fault where they differ."""
    if name is None or sub is None:
        return name or sub
    if sub[0] != name[0] and sub[1]:
        raise Fault(f"is no kind of {name[0]!r}", f"use one of: {', '.join(EVENT_TYPES[name[0]])}")
    return name[0], sub[1] or name[1]
