"""Names of places in a text, each with the place it means or the reason why it is none.

What a name is, its surroundings tell: a title or a given name before it makes it a person, a word such
as "Post" after it an organisation; "in" before it, a region after its comma or a word such as "city"
beside it a place. A name that no surrounding tells of is taken for a place if the place is large.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from geo.extract.forms import in_basic_form
from geo.extract.gazette import Gazette
from geo.extract.lexicon import Marks
from geo.extract.named import Named, toponym
from geo.extract.names import Name, candidates, heads, is_capital, is_dateline, longest
from geo.extract.places import Place
from geo.extract.placing import Home, choose, inside
from geo.extract.text import Sentence, Token
from geo.extract.trust import LARGE, Seen, doubt


def find(
    sentences: Sequence[Sentence], marks: Sequence[Marks], text: str, gazette: Gazette, home: Home
) -> list[Named]:
    """All names of places in a text, in its order. marks: what the lexicon knows, for each sentence."""
    small = frozenset(gazette.language.lexicon.tables.get("inside_names", {}).get("words", ()))
    grouped = candidates(sentences, text, small, lambda part: part[0].isupper() and not gazette.inflects)
    if gazette.inflects:
        grouped = in_basic_form(grouped, sentences, marks, gazette)
    first = grouped[0][0] if grouped and grouped[0] else None
    opening = (
        first.text
        if first is not None and first.first == 0 and is_dateline(first.last, sentences[0].tokens)
        else ""
    )
    found = gazette.look_up([one.text for group in grouped for one in group], opening)
    known = {*gazette.no_places_as_written(grouped), *gazette.after_a_town, *found}
    known |= gazette.demonyms.keys()
    chosen = [longest(group, known) for group in grouped]
    words = {token.text for sentence in sentences for token in sentence.tokens if is_capital(token)}
    given = gazette.given_names(sorted(words))
    return _Surroundings(sentences, marks, text, gazette, found, given).read(chosen, home)


class _Surroundings:
    """Reads what stands around each name."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        marks: Sequence[Marks],
        text: str,
        gazette: Gazette,
        found: Mapping[str, Sequence[Place]],
        given: frozenset[str],
    ) -> None:
        self.sentences, self.text, self.gazette, self.found, self.given = (
            sentences,
            text,
            gazette,
            found,
            given,
        )
        self.marks = marks
        self.words = gazette.language.function_words
        self.before = [here.ends for here in marks]
        self.after = [here.begins for here in marks]
        self.lower = {
            token.text for sentence in sentences for token in sentence.tokens if token.text.islower()
        }
        self.seen: dict[str, Seen] = defaultdict(Seen)

    def read(self, chosen: Sequence[Sequence[Name]], home: Home) -> list[Named]:
        """Every toponym, in the order of the text."""
        apart = [named for number in range(len(self.sentences)) for named in self._nations(number)]
        for group in chosen:
            for at, name in enumerate(group):
                previous = group[at - 1] if at else None
                following = group[at + 1] if at + 1 < len(group) else None
                if name.text in self.gazette.demonyms and not self._is_strong(name):
                    apart += self._origin(name)
                elif name.text in self.gazette.after_a_town and self._after_comma(name, previous):
                    apart += self._short(name, previous)
                elif name.text in self.found:
                    self._look(name, previous, following)
        return sorted([*apart, *self._placed(home, apart)], key=lambda one: one.name.start)

    def _origin(self, name: Name) -> Iterable[Named]:
        """An adjective, or a name of inhabitants: no place, but it tells of which country a story is."""
        place = self.gazette.area(self.gazette.demonyms[name.text])
        if place is None or self._given_before(name):
            return []
        use = "people" if name.text in self.gazette.inhabitants else "origin"
        return [
            Named(name, toponym(name, place, use, 0.9, "says where somebody or something is from"), place)
        ]

    def _nations(self, number: int) -> Iterable[Named]:
        """Adjectives of countries that are written small: "в монгольской столице"."""
        tokens = self.sentences[number].tokens
        for mark in self.marks[number].by_kind.get("nation", ()):
            place = self.gazette.places.country(mark.value)
            if place is not None:
                token = tokens[mark.first]
                name = Name(number, mark.first, mark.last, token.start, token.end, token.text)
                said = toponym(name, place, "origin", 0.9, "says where somebody or something is from")
                yield Named(name, said, place)

    def _after_comma(self, name: Name, previous: Name | None) -> bool:
        return (
            previous is not None
            and previous.text in self.found
            and self.text[previous.end : name.start].strip() in (",", "")
            and (name.text.isupper() or self.text[previous.end] == ",")
        )

    def _short(self, name: Name, previous: Name | None) -> Iterable[Named]:
        """The short form of a unit after a town and a comma."""
        place = self.gazette.area(self.gazette.after_a_town[name.text])
        if place is None or previous is None:
            return []
        if place not in self.seen[previous.text].within:
            self.seen[previous.text].within.append(place)
        self.seen[previous.text].place += 2
        if name.text[-1].islower() and self.text[name.end : name.end + 1] == ".":
            name = Name(name.sentence, name.first, name.last, name.start, name.end + 1, name.text + ".")
        return [Named(name, toponym(name, place, "place", 0.95, ""), place)]

    def _look(self, name: Name, previous: Name | None, following: Name | None) -> None:
        """Note what one mention says of its name."""
        tokens = self.sentences[name.sentence].tokens
        if name.last - name.first == 1 and self._is_word(tokens[name.first], name):
            return
        seen = self.seen[name.text]
        seen.names.append(name)
        if self._is_part(name):
            seen.refused[name.start] = "part of the name of something else"
            return
        person = self._is_person(name)
        seen.person += person
        before = self.before[name.sentence].get(name.first, _NONE)
        after = self.after[name.sentence].get(name.last, _NONE)
        self._wide(name, seen, before, after)
        if person:
            seen.refused[name.start] = "part of the name of a person"
            return
        if "dwellers" in before and self.gazette.inflects:
            seen.place += 1  # "жители Казармана"
        if self.gazette.inflects and heads(tokens, name.first, name.last):
            seen.place += 0.5
        if "locative" in before:
            strong = tokens[name.first - 1].normal in self.gazette.strong_locatives
            if self.gazette.inflects:  # "на трассе у Пальмиры"
                strong |= bool(self.before[name.sentence].get(name.first - 1, _NONE) & _LAND)
            seen.place += 1.0 if strong else 0.5
        aside = name.first > 1 and tokens[name.first - 1].normal in self.words["of"]
        aside = aside and "side" in self.before[name.sentence].get(name.first - 1, _NONE)  # "south of"
        if aside or before & {"side", "takes"} or (name.first == 0 and is_dateline(name.last, tokens)):
            seen.place += 1
        if following is not None and following.text in self.found:
            self._join(name, following, seen)
        for other in (previous, following):
            if other is not None and other.text in self.found and self._is_list(name, other):
                sure = self.gazette.inflects and self.seen[other.text].place >= 1
                seen.place += 1.0 if sure else 0.5

    def _is_word(self, token: Token, name: Name) -> bool:
        """Whether it is a word with a capital rather than a name."""
        if token.normal in self.gazette.language.stop_words:
            return True
        kinds = self.after[name.sentence].get(name.first, _NONE) & _WORDS
        return bool(kinds) and not any(place.kind == "country" for place in self.found[name.text])

    def _join(self, name: Name, following: Name, seen: Seen) -> None:
        """Of "City, State", "City (State)" and "City in State"."""
        gap = self.text[name.end : following.start]
        if name.text == following.text or gap.strip() not in self.words["joins_places"]:
            return
        areas = [area for area in self.found[following.text] if self._holds(area, name)]
        if areas and (gap.strip() in (",", "(") or not self._is_strong(name)):
            seen.within += [area for area in areas if area not in seen.within]
            seen.place += 2
            self.seen[following.text].place += 1

    def _holds(self, area: Place, name: Name) -> bool:
        return area.kind != "settlement" and any(inside(place, area) for place in self.found[name.text])

    def _is_list(self, name: Name, other: Name) -> bool:
        first, last = sorted((name, other), key=lambda one: one.start)
        return self.text[first.end : last.start].strip() in self.words["list_joins"]

    def _wide(self, name: Name, seen: Seen, before: frozenset[str], after: frozenset[str]) -> None:
        """What the text calls the place, right before it ("the city of") or right after."""
        tokens = self.sentences[name.sentence].tokens
        kinds = set(after)
        beyond = tokens[name.last + 1].normal if name.last + 1 < len(tokens) else ""
        if beyond in self.words["of"]:  # "the Bavarian town of"
            kinds -= _CALLED
        if name.first >= 2 and tokens[name.first - 1].normal in self.words["of"]:
            kinds |= self.before[name.sentence].get(name.first - 1, _NONE)
        kinds |= before & (_CALLED - {"county_word"} if self.gazette.inflects else _CALLED)  # "в районе Уфы"
        for kind in ("region", "county", "town"):
            if f"{kind}_word" in kinds:
                seen.wide[kind] += 1
                seen.place += 1
        if kinds & {"district_word", "site_word"}:
            seen.place += 1

    def _given_before(self, name: Name) -> bool:
        """Whether a given name stands right before it."""
        tokens = self.sentences[name.sentence].tokens
        previous = tokens[name.first - 1] if name.first else None
        return (
            previous is not None and self._touch(previous, tokens[name.first]) and previous.text in self.given
        )

    def _is_person(self, name: Name) -> float:
        """How much speaks for a person: 0 where nothing does."""
        tokens = self.sentences[name.sentence].tokens
        if self._is_strong(name) and name.text not in self.given:
            return 0.0
        if self.gazette.inflects and self.after[name.sentence].get(name.last, _NONE) & _CALLED:
            return 0.0  # "в Рамони Воронежской области"
        if self._given_before(name):
            return 2.0
        titled = "title" in self.before[name.sentence].get(name.first, _NONE)
        if titled and not self._is_strong(name) and not self.gazette.inflects:  # "глава Удмуртии"
            return 2.0
        following = tokens[name.last] if name.last < len(tokens) else None
        if (
            following is not None
            and "town_word" not in self.before[name.sentence].get(name.first, _NONE)
            and is_capital(following)
            and following.kind == "word"
            and self._touch(tokens[name.last - 1], following)
            and name.last - name.first == 1
            and name.text in self.given
            and not following.text.isupper()
            and not self.after[name.sentence].get(name.last, _NONE) & _NO_SURNAME
        ):
            return 1.0
        return 0.0

    def _is_part(self, name: Name) -> bool:
        """Whether a name is part of a longer one that is no place."""
        tokens = self.sentences[name.sentence].tokens
        after = self.after[name.sentence].get(name.last, _NONE)
        following = tokens[name.last] if name.last < len(tokens) else None
        if following is not None and is_capital(following) and after & {"organisation_word", "street_word"}:
            return True
        if following is not None and self._goes_on(name, following):
            return True
        if self.gazette.inflects and after & {"region_word", "county_word"}:
            return False  # "в селе Зыряново Курганской области", where no gazetteer has the village
        previous = tokens[name.first - 1] if name.first else None
        return (
            previous is not None
            and is_capital(previous)
            and previous.kind == "word"
            and self._touch(previous, tokens[name.first])
            and not previous.text.isupper()
            and not self._given_before(name)
            and not self._is_plain(previous, name)
            and not self._is_strong(name)
        )

    def _goes_on(self, name: Name, following: Token) -> bool:
        """Whether what "the town of" announces has a longer name than the one that is known."""
        at = name.first - 1
        of = at > 0 and self.sentences[name.sentence].tokens[at].normal in self.words["of"]
        return (
            of
            and not self.gazette.inflects
            and "town_word" in self.before[name.sentence].get(at, _NONE)
            and is_capital(following)
            and following.kind == "word"
            and self._touch(self.sentences[name.sentence].tokens[name.last - 1], following)
            and following.text not in self.found
            and following.text not in self.gazette.demonyms
            and following.normal not in self.gazette.language.stop_words
            and not self.after[name.sentence].get(name.last, _NONE)
        )

    def _is_plain(self, token: Token, name: Name) -> bool:
        """Whether a capital word before a name is no part of it: a first word, a side, another place."""
        if self.before[name.sentence].get(name.first, _NONE) & _APART:
            return True
        if token.text in self.found or token.text in self.gazette.demonyms:
            return True
        if token.normal in self.gazette.language.stop_words or token.normal in self.lower:
            return True
        if name.first == 1 and self.gazette.language.lexicon.morphology.is_common(token.text):
            return True  # "Жители Казармана"
        large = any(place.main and place.population >= LARGE for place in self.found[name.text])
        return large and name.first == 1

    def _is_strong(self, name: Name) -> bool:
        """A country or another area so large that hardly anything else bears its name."""
        return any(
            place.kind in ("country", "continent", "macro-region") and place.main
            for place in self.found.get(name.text, ())
        )

    def _touch(self, one: Token, other: Token) -> bool:
        return other.start - one.end == 1 and self.text[one.end] == " "

    def _placed(self, home: Home, apart: Sequence[Named]) -> Iterable[Named]:
        """The mentions that are places, with the place of each name; the others with the reason."""
        names = {name: self.found[name] for name, seen in self.seen.items() if seen.names}
        counts = {name: len(seen.names) for name, seen in self.seen.items()}
        for one in apart:
            if one.place is not None and one.place.kind in ("country", "region"):
                key = f"\0{one.place.name}"
                names[key] = (one.place,)
                counts[key] = counts.get(key, 0) + 1
        told = {name: self.seen[name].within for name in self.seen}
        wide = {name: seen.wide.most_common(1)[0][0] for name, seen in self.seen.items() if seen.wide}
        chosen = choose(names, counts, told, wide, home, self.gazette.is_capital)
        sure = [
            chosen[text][0]
            for text, seen in self.seen.items()
            if seen.names
            and seen.place >= 1
            and chosen[text][0].kind == "settlement"
            and chosen[text][0].main
        ]
        lands = {place.country for place, _ in chosen.values() if place.kind in ("country", "region")}
        several = Counter(place.country for place in sure)
        lands |= {country for country, number in several.items() if number > 1}
        for text, seen in self.seen.items():
            if not seen.names:
                continue
            place, confidence = chosen[text]
            unsure = doubt(text, seen, place, home, sure, lands)
            for name in seen.names:
                reason = seen.refused.get(name.start) or unsure
                if reason:
                    yield Named(name, toponym(name, None, "none", 0.0, reason), None)
                else:
                    yield Named(name, toponym(name, place, "place", round(confidence, 3), ""), place)


_NONE: frozenset[str] = frozenset()
_LAND = {"site_word", "part_word", "district_word"}
_CALLED = {"region_word", "county_word", "town_word", "district_word"}
_NO_SURNAME = {*_CALLED, "site_word", "organisation_word", "title", "month", "weekday"}
_APART = {"side", "weekday", "month", *_CALLED, "locative", "title", "organisation_word"}
_WORDS = {"title", "organisation_word", "weekday", "month", "locative", "site_word", *_CALLED}
