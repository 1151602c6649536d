"""Who says what in Russian: the subject of a verb of speech on either side of it, or "по данным …"."""

from __future__ import annotations

from geo.extract.languages.ru.clauses import shape_at
from geo.extract.languages.ru.dictionary import nominative
from geo.extract.reading import Speaker
from geo.extract.scene import Scene
from geo.extract.speakers import Said

_LONGEST = 9
_PARTS = {"NOUN", "ADJF", "PRTF", "NPRO", ""}  # the last: words in Latin letters
_INSIDE = '«»“”"-–'
_NOMINATIVE = {"nomn"}
_LAST = "\0last"
_BARE = {"ведомство", "министерство", "агентство", "служба", "управление"}
_NOBODY = {"это", "этот", "что", "который", "он", "она", "они", "оно", "тот", "сам", "один", "число", "ранее"}


def find(scene: Scene, text: str, full: dict[str, str]) -> list[Said]:
    """The speakers of a sentence. full: remembers the last one and those with short names."""
    found: list[Said] = []
    for mark in scene.of("own_data"):
        if _LAST in full:
            span = scene.span(mark.first, mark.last)
            speaker = Speaker(span, text[span.start : span.end])
            found.append(Said(scene.number, mark.first, mark.last, mark.first, speaker, full[_LAST]))
    for mark in scene.of("according"):
        last = _end(scene, mark.last)
        if last > mark.last:
            found.append(_said(scene, text, full, mark.last, last, mark.first))
    for mark in scene.of("says"):
        if mark.tag not in ("past", "s", "part") or mark.first in scene.quoted:
            continue
        if "trigger" in scene.begins.get(mark.first, ()):
            continue  # "объявили забастовку"
        if any(one.verb <= mark.first < one.last for one in found):
            continue
        first, last = _subject(scene, mark.first, mark.last)
        if (
            first < last
            and _can_speak(scene, first, last)
            and not any(one.first < last and first < one.last for one in found)
        ):
            found.append(_said(scene, text, full, first, last, mark.first))
    return found


def _said(scene: Scene, text: str, full: dict[str, str], first: int, last: int, verb: int) -> Said:
    span = scene.span(first, last)
    name = _name(scene, first, last, oblique=verb == first or (verb < first and _is_oblique(scene, first)))
    if name.lower() in _BARE and _LAST in full:
        name = full[_LAST]
    head = name.split()[0].lower() if name else ""
    if " " not in name and head in full:
        name = full[head]
    elif " " in name:
        full[head] = name
    full[_LAST] = name
    channel = any(first <= mark.first < last for mark in scene.of("channel"))
    return Said(scene.number, first, last, verb, Speaker(span, text[span.start : span.end], channel), name)


def _subject(scene: Scene, verb: int, after: int) -> tuple[int, int]:
    """Behind the verb ("сообщила полиция", "сообщили в полиции"), else before it."""
    tokens = scene.tokens
    if after < len(tokens):
        start = after
        if tokens[start].normal in ("в", "на") and start + 1 < len(tokens):
            last = _end(scene, start + 1)
            if (
                last > start + 1
                and _is_speaker(scene, start + 1, last)
                and shape_at(scene, verb).number == "plur"
            ):
                return start + 1, last
        while start < len(tokens) and (
            _in_time(scene, start)
            or shape_at(scene, start).pos in ("ADVB", "PRCL")
            or tokens[start].normal in ("журналист", "ранее")
        ):
            start += 1
        if start < len(tokens) and _is_nominative(scene, start):
            return start, _end(scene, start)
    return _before(scene, verb)


def _before(scene: Scene, verb: int) -> tuple[int, int]:
    last = verb
    while last > 0 and (shape_at(scene, last - 1).pos in ("ADVB", "PRCL") or _in_time(scene, last - 1)):
        last -= 1
    first = last
    while first > 0 and last - first < _LONGEST:
        token = scene.tokens[first - 1]
        if _in_time(scene, first - 1):
            break
        if token.kind == "mark" and token.text not in _INSIDE:
            break
        if token.kind == "word" and shape_at(scene, first - 1).pos not in _PARTS:
            break
        first -= 1
    while first < last and not _is_nominative(scene, first):
        first += 1
    return first, last


def _end(scene: Scene, first: int) -> int:
    """Where a group of nouns ends: at a verb, a preposition, a comma, a time."""
    last, seen = first, False
    while last < len(scene.tokens) and last - first < _LONGEST:
        token = scene.tokens[last]
        if _in_time(scene, last):
            break
        if token.kind == "mark" and token.text not in _INSIDE:
            break
        named = last > first and token.text[:1].isupper()
        if token.kind == "word" and not named and shape_at(scene, last).pos not in _PARTS:
            joins = token.normal == "и" and last > first and _is_speaker(scene, last + 1, last + 2)
            if not joins and not (token.normal in ("по", "в") and _goes_on(scene, last)):
                break
        if seen and token.kind == "word" and not _depends(scene, last):
            break
        seen = seen or shape_at(scene, last).pos == "NOUN"
        last += 1
    while last > first and scene.tokens[last - 1].kind == "mark":
        last -= 1
    return last


def _depends(scene: Scene, at: int) -> bool:
    """Whether a word goes on with the noun before it: in the genitive, or as a name beside a title."""
    cases = shape_at(scene, at).cases
    return not cases or bool(cases & {"gent", "nomn"}) or scene.tokens[at].text[:1].isupper()


def _goes_on(scene: Scene, at: int) -> bool:
    """As in "комитет по делам …" goes on with its preposition."""
    return at > 0 and shape_at(scene, at - 1).lemma in (
        "комитет",
        "уполномоченный",
        "комиссия",
        "совет",
        "управление",
    )


def _is_nominative(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if token.kind == "mark":
        return token.text in '«“"' and at + 1 < len(scene.tokens)
    found = shape_at(scene, at)
    return found.pos in ("NOUN", "ADJF", "PRTF") and "nomn" in found.cases and found.lemma not in _NOBODY


def _is_speaker(scene: Scene, first: int, last: int) -> bool:
    return any(first <= mark.first < last for mark in scene.of("institution", "channel"))


def _can_speak(scene: Scene, first: int, last: int) -> bool:
    """Whether it is a person, an institution, a medium or a capital that stands for its government."""
    if _is_speaker(scene, first, last):
        return True
    noun = next((at for at in range(first, last) if shape_at(scene, at).pos == "NOUN"), None)
    if noun is None:
        return False
    marks = shape_at(scene, noun).marks
    return bool(marks & {"anim", "Orgn", "Name", "Surn", "Geox"}) or (
        noun > 0 and scene.tokens[noun].text[:1].isupper()
    )


def _in_time(scene: Scene, at: int) -> bool:
    return any(time.first <= at < time.last for time in scene.times)


def _is_oblique(scene: Scene, first: int) -> bool:
    """Whether a speaker stands behind "по данным" or "в", never in the nominative."""
    return bool({"according", "locative"} & scene.ends.get(first, frozenset()))


def _name(scene: Scene, first: int, last: int, *, oblique: bool) -> str:
    """In the nominative: the first noun with the adjectives before it; what depends on it stays."""
    words = [scene.tokens[at].text for at in range(first, last)]
    noun = next((at for at in range(first, last) if shape_at(scene, at).pos == "NOUN"), None)
    if noun is None or (not oblique and "nomn" in shape_at(scene, first).cases):
        return _spaced(words)
    head = shape_at(scene, noun)
    gender = next((mark for mark in ("masc", "femn", "neut") if mark in head.marks), "")
    made = [
        nominative(
            word, head.number if at == noun else "", gender if at < noun and head.number == "sing" else ""
        )
        for at, word in enumerate(words[: noun - first + 1], start=first)
    ]
    return _spaced([*made, *words[noun - first + 1 :]])


def _spaced(words: list[str]) -> str:
    text = " ".join(words)
    text += "»" if text.count("«") > text.count("»") else ""
    return (
        text.replace("« ", "«").replace(" »", "»").replace(" - ", "-").replace("“ ", "“").replace(" ”", "”")
    )
