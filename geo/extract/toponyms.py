"""Names of places in a text, each with the place it means or the reason why it is none.

What a name is, its surroundings tell: a title or a given name before it makes it a person, a word such
as "Post" after it an organisation; "in" before it, a region after its comma or a word such as "city"
beside it a place. A name that no surrounding tells of is taken for a place if the place is large.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geo.extract.gazette import Gazette
from geo.extract.lexicon import Mark
from geo.extract.names import Name, candidates, is_capital, longest
from geo.extract.places import Place
from geo.extract.placing import Home, choose, inside
from geo.extract.reading import Span, Toponym
from geo.extract.text import Sentence, Token
from geo.schema import Precision

_LARGE = 90_000
"""People from which a place is taken for one, whatever stands around its name."""

_KNOWN_WIDELY = 1_000_000  # the same for a name of which the place is not the main bearer
_WIDE = ("country", "continent", "macro-region", "region")

_PRECISION = {
    "settlement": Precision.CITY,
    "county": Precision.REGION,
    "region": Precision.REGION,
    "macro-region": Precision.MACRO_REGION,
    "continent": Precision.MACRO_REGION,
    "country": Precision.COUNTRY,
}


class Named(NamedTuple):
    """A toponym with the place behind it. place: None where it is none."""

    name: Name
    toponym: Toponym
    place: Place | None


@dataclass
class _Seen:
    """What the surroundings of a name say, over all its mentions."""

    names: list[Name] = field(default_factory=list)
    evidence: int = 0
    within: list[Place] = field(default_factory=list)
    wide: Counter[str] = field(default_factory=Counter)
    refused: dict[int, str] = field(default_factory=dict)  # by character offset


def find(
    sentences: Sequence[Sentence], marks: Sequence[Sequence[Mark]], text: str, gazette: Gazette, home: Home
) -> list[Named]:
    """All names of places in a text, in its order. marks: what the lexicon knows, for each sentence."""
    small = frozenset(gazette.language.lexicon.tables.get("inside_names", {}).get("words", ()))
    demonyms = gazette.demonyms
    grouped = candidates(
        sentences, text, small, lambda head: head in demonyms or (len(head) > 1 and head[0].isupper())
    )
    found = gazette.look_up([one.text for group in grouped for one in group])
    known: dict[str, object] = {**demonyms, **{name: 1 for name in gazette.no_places_as_written(grouped)}, **found}
    known |= {short: 1 for short in gazette.after_a_town}
    chosen = [longest(group, known) for group in grouped]
    given = gazette.places.given_names(
        list({token.text for sentence in sentences for token in sentence.tokens if is_capital(token)})
    )
    reader = _Surroundings(sentences, marks, text, gazette, found, given)
    return reader.read(chosen, home)


class _Surroundings:
    """Reads what stands around each name."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        marks: Sequence[Sequence[Mark]],
        text: str,
        gazette: Gazette,
        found: Mapping[str, Sequence[Place]],
        given: frozenset[str],
    ) -> None:
        self.sentences, self.text, self.gazette, self.found, self.given = sentences, text, gazette, found, given
        self.before: list[dict[int, set[str]]] = []  # kinds of the entries that end at a token
        self.after: list[dict[int, set[str]]] = []  # and of those that begin at one
        for group in marks:
            ends: dict[int, set[str]] = defaultdict(set)
            begins: dict[int, set[str]] = defaultdict(set)
            for mark in group:
                ends[mark.last].add(mark.kind)
                begins[mark.first].add(mark.kind)
            self.before.append(ends)
            self.after.append(begins)
        self.lower = {
            token.text for sentence in sentences for token in sentence.tokens if token.text.islower()
        }
        self.persons: set[str] = set()
        self.seen: dict[str, _Seen] = defaultdict(_Seen)

    def read(self, chosen: Sequence[Sequence[Name]], home: Home) -> list[Named]:
        """Every toponym, in the order of the text."""
        origins: list[Named] = []
        for group in chosen:
            for at, name in enumerate(group):
                if name.text in self.gazette.demonyms and name.text not in self.found:
                    origins += self._origin(name)
                elif name.text in self.found:
                    self._look(name, group[at - 1] if at else None, group[at + 1] if at + 1 < len(group) else None)
                elif name.text in self.gazette.after_a_town:
                    origins += self._short(name, group[at - 1] if at else None)
        return sorted([*origins, *self._placed(home, origins)], key=lambda one: one.name.start)

    def _origin(self, name: Name) -> Iterable[Named]:
        """An adjective, or a name of inhabitants: no place, but it tells of which country a story is."""
        place = self.gazette.area(self.gazette.demonyms[name.text])
        if place is None or self._is_person(name) == "given name":
            return []
        return [Named(name, toponym(name, place, "origin", 0.9, "says where somebody or something is from"), place)]

    def _short(self, name: Name, previous: Name | None) -> Iterable[Named]:
        """ "Ky." after a town and a comma."""
        tokens = self.sentences[name.sentence].tokens
        comma = name.first > 0 and tokens[name.first - 1].text == ","
        if not comma or previous is None or previous.last != name.first - 1:
            return []
        place = self.gazette.area(self.gazette.after_a_town[name.text])
        if place is None:
            return []
        self.seen[previous.text].within.append(place)
        self.seen[previous.text].evidence += 2
        if name.text[-1].islower() and self.text[name.end : name.end + 1] == ".":
            name = Name(name.sentence, name.first, name.last, name.start, name.end + 1, name.text + ".")
        return [Named(name, toponym(name, place, "place", 0.95, ""), place)]

    def _look(self, name: Name, previous: Name | None, following: Name | None) -> None:
        """Note what one mention says of its name."""
        seen = self.seen[name.text]
        seen.names.append(name)
        reason = self._is_person(name) or self._is_part(name)
        if reason:
            seen.refused[name.start] = reason
            return
        tokens = self.sentences[name.sentence].tokens
        before = self.before[name.sentence].get(name.first, set())
        after = self.after[name.sentence].get(name.last, set())
        self._wide(name, seen, before, after)
        if "locative" in before or self._is_dateline(name, tokens):
            seen.evidence += 1
        if "side" in before:
            seen.evidence += 1
        if following is not None and following.text in self.found:
            gap = self.text[name.end : following.start]
            areas = [area for area in self.found[following.text] if self._holds(area, name)]
            joined = gap.strip(" (") == "," or (gap.strip() in _JOINS and areas)
            if areas and joined and name.text != following.text:
                seen.within += areas
                seen.evidence += 2
                self.seen[following.text].evidence += 1
        elif following is not None and previous is not None and self.text[previous.end : name.start].strip() == ",":
            seen.evidence += 0

    def _holds(self, area: Place, name: Name) -> bool:
        return area.kind != "settlement" and any(inside(place, area) for place in self.found[name.text])

    def _wide(self, name: Name, seen: _Seen, before: set[str], after: set[str]) -> None:
        """What the text calls the place, right before it ("the city of") or right after."""
        tokens = self.sentences[name.sentence].tokens
        kinds = set(after)
        if name.first >= 2 and tokens[name.first - 1].normal in _OF:
            kinds |= self.before[name.sentence].get(name.first - 1, set())
        kinds |= before & {"region_word", "county_word", "town_word", "district_word"}
        for kind in ("region", "county", "town"):
            if f"{kind}_word" in kinds:
                seen.wide[kind] += 1
                seen.evidence += 1
        if "district_word" in kinds or "site_word" in after:
            seen.evidence += 1

    def _is_dateline(self, name: Name, tokens: Sequence[Token]) -> bool:
        """A story begins with where it was written: "LONDON (Reuters) -"."""
        if name.first != 0:
            return False
        rest = [token.text for token in tokens[name.last : name.last + 8]]
        return bool(rest) and (rest[0] in ("—", "–", "-") or (rest[0] in ("(", ",") and bool({"—", "–", "-"} & set(rest))))

    def _is_person(self, name: Name) -> str:
        """Why a name is that of a person, or an empty text."""
        tokens = self.sentences[name.sentence].tokens
        before = self.before[name.sentence].get(name.first, set())
        strong = self._is_strong(name)
        if "title" in before and not strong:
            self.persons.add(name.text)
            return "title"
        previous = tokens[name.first - 1] if name.first else None
        if previous is not None and is_capital(previous) and self._touch(previous, tokens[name.first]):
            if previous.text in self.given and previous.text not in self.found and not strong:
                self.persons.add(name.text)
                return "given name"
        following = tokens[name.last] if name.last < len(tokens) else None
        if (
            following is not None
            and is_capital(following)
            and self._touch(tokens[name.last - 1], following)
            and name.last - name.first == 1
            and name.text in self.given
            and not self.after[name.sentence].get(name.last, set()) & _PLACE_WORDS
            and following.text not in self.found
        ):
            self.persons |= {name.text, following.text}
            return "given name"
        return ""

    def _is_part(self, name: Name) -> str:
        """Why a name is part of a longer one that is no place, or an empty text."""
        sentence = self.sentences[name.sentence]
        tokens = sentence.tokens
        after = self.after[name.sentence].get(name.last, set())
        if "organisation_word" in after and is_capital(tokens[name.last]):
            return "part of the name of an organisation or a thing"
        previous = tokens[name.first - 1] if name.first else None
        if (
            previous is not None
            and is_capital(previous)
            and previous.kind == "word"
            and self._touch(previous, tokens[name.first])
            and not self._is_plain(previous, name)
            and not self._is_strong(name)
        ):
            self.persons.add(name.text)
            return "part of a longer name"
        if name.first == 0 and name.last == 1 and name.text.lower() in self.lower and not self._is_strong(name):
            return "a word at the beginning of a sentence"
        return ""

    def _is_plain(self, token: Token, name: Name) -> bool:
        """Whether a capital word before a name is no part of it: a first word, a side, another place."""
        marks = self.before[name.sentence].get(name.first, set())
        if marks & {"side", "weekday", "month", "region_word", "town_word", "county_word", "locative", "title"}:
            return True
        if token.text in self.found or token.text in self.gazette.demonyms:
            return True
        return token.normal in self.gazette.language.stop_words or token.normal in self.lower

    def _is_strong(self, name: Name) -> bool:
        """A country or another area so large that hardly anything else bears its name."""
        return any(place.kind in ("country", "continent", "macro-region") and place.main for place in self.found[name.text]) if name.text in self.found else False

    def _touch(self, one: Token, other: Token) -> bool:
        return other.start - one.end == 1 and self.text[one.end] == " "

    def _placed(self, home: Home, origins: Sequence[Named]) -> Iterable[Named]:
        """The mentions that are places, with the place of each name; the others with the reason."""
        names = {name: self.found[name] for name, seen in self.seen.items() if seen.names}
        told = {name: self._areas(name) for name in names}
        counts = {name: len(seen.names) for name, seen in self.seen.items()}
        for one in origins:
            if one.place is not None and one.place.kind in ("country", "region"):
                key = f"\0{one.place.name}"
                names[key] = (one.place,)
                counts[key] = counts.get(key, 0) + 1
        wide = {name: seen.wide.most_common(1)[0][0] for name, seen in self.seen.items() if seen.wide}
        chosen = choose(names, counts, told, wide, home)
        for text, seen in self.seen.items():
            for name in seen.names:
                place, sure = chosen[text]
                reason = seen.refused.get(name.start) or self._is_doubtful(text, seen, place, home)
                if reason:
                    yield Named(name, toponym(name, None, "none", 0.0, reason), None)
                else:
                    yield Named(name, toponym(name, place, "place", round(sure, 3), ""), place)

    def _areas(self, name: str) -> Sequence[Place]:
        return self.seen[name].within

    def _is_doubtful(self, text: str, seen: _Seen, place: Place, home: Home) -> str:
        """Why a name is not taken for a place although nothing speaks against it, or an empty text."""
        if text in self.persons and not seen.within and not seen.wide:
            return "also the name of a person in this text"
        if place.kind in ("country", "continent", "macro-region"):
            return ""
        if seen.evidence >= 1 and (place.main or seen.evidence >= 2 or place.population >= _LARGE):
            return ""
        at_home = bool(home.country) and place.country == home.country
        if place.main and place.population >= (_LARGE / 3 if at_home else _LARGE):
            return ""
        if place.population >= _KNOWN_WIDELY:
            return ""
        return "nothing around it says that it is a place"


def toponym(name: Name, place: Place | None, use: str, confidence: float, reason: str) -> Toponym:
    """A toponym as a reading shows it."""
    span = Span(name.start, name.end)
    if place is None:
        return Toponym(span, name.text, use, reason=reason)
    return Toponym(
        span=span,
        text=name.text,
        use=use,
        name=place.name,
        kind=place.kind,
        lat=place.lat,
        lon=place.lon,
        precision=_PRECISION[place.kind],
        country=place.country or None,
        admin1_id=place.admin1_id,
        admin1_ids=place.admin1_ids,
        geonameid=place.geonames_id,
        confidence=confidence,
        reason=reason,
    )


_PLACE_WORDS = {"region_word", "county_word", "town_word", "district_word", "site_word"}
_OF = {"of", "-"}
_JOINS = {",", "(", "in", "in the"}
