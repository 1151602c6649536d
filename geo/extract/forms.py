"""Names in a language that inflects them: in which of its forms, or of its spellings, a place bears each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from geo.extract.gazette import Gazette
from geo.extract.lexicon import Mark
from geo.extract.names import Name
from geo.extract.text import Sentence

_BEGINS = {"«", "“", "„", '"', "—", "–", "-", "(", ":"}
_AHEAD = 4  # words after a name that its forms depend on
_MOST_SPELLED = 60
"""Names of one text that are tried in the spellings of another script."""

_FROM = {"от", "у"}  # "неподалёку от"
_MOST_FORMS = 4
Asked = tuple[Name, tuple[str, ...]]


def in_basic_form(
    names: Sequence[Sequence[Name]],
    sentences: Sequence[Sentence],
    marks: Sequence[Sequence[Mark]],
    gazette: Gazette,
) -> list[list[Name]]:
    """The names that places bear in one of their forms, each in that of the likeliest place.

    A name that no place bears in the text's script, but stands where a place does, is tried as it may be
    spelled in the land that the text speaks of.
    """
    return _Forms(sentences, gazette).of(names, marks)


@dataclass
class _Forms:
    sentences: Sequence[Sentence]
    gazette: Gazette

    @cached_property
    def _called(self) -> frozenset[str]:
        return self.gazette.language.lexicon.words_of("town_word")

    def of(self, names: Sequence[Sequence[Name]], marks: Sequence[Sequence[Mark]]) -> list[list[Name]]:
        asked = [[(name, self._forms(name)) for name in group] for group in names]
        known = self.gazette.look_up([form for group in asked for _, forms in group for form in forms])
        votes = Counter(mark.value for group in marks for mark in group if mark.kind == "nation")
        for group in asked:
            for _, forms in group:
                countries = {known[one][0].country for one in forms if one in known}
                votes.update(countries if len(countries) == 1 else ())
        land = votes.most_common(1)[0][0] if votes else ""
        unknown = [one for group in asked for one in group if not known.keys() & {*one[1]}]
        spelled = self._spelled(unknown, land)
        found: list[list[Name]] = []
        for group in asked:
            found.append([])
            for name, forms in group:
                here = [one for one in forms if one in known]
                if here:
                    likeliest = max(
                        here,
                        key=lambda one: (
                            *max((place.country == land, place.population) for place in known[one]),
                            -len(one),
                        ),
                    )
                    called = name.text in here and self._is_called(name)
                    text = name.text if called else likeliest
                    found[-1].append(name._replace(text=text, written=name.text))
                elif name in spelled:
                    found[-1].append(name._replace(text=spelled[name], written=name.text))
        return found

    def _forms(self, name: Name) -> tuple[str, ...]:
        tokens = self.sentences[name.sentence].tokens
        words = [token.text for token in tokens[name.first : name.last]]
        if "".join(words) != name.text.replace(" ", ""):
            words = [name.text]  # a part of a hyphenated word
        following = [token.text for token in tokens[name.last : name.last + _AHEAD]]
        begins = name.first == 0 or tokens[name.first - 1].text in _BEGINS
        before = tokens[name.first - 1].text if name.first else ""
        forms = self.gazette.language.lexicon.morphology.names
        return forms(words, following, begins=begins, before=before)

    def _is_called(self, name: Name) -> bool:
        """As in "город Рафах": behind what it is called a name may stand in the nominative."""
        return self._before(name) in self._called

    def _before(self, name: Name) -> str:
        return self.sentences[name.sentence].tokens[name.first - 1].normal if name.first else ""

    def _spelled(self, asked: Iterable[Asked], land: str) -> dict[Name, str]:
        """Of names that stand where a place does: what a place of a land is called that they may spell."""
        lexicon = self.gazette.language.lexicon
        kinds = ("town_word", "region_word", "county_word", "district_word", "locative")
        places = self.gazette.strong_locatives.union(*(lexicon.words_of(kind) for kind in kinds), _FROM)
        tried: dict[tuple[str, ...], list[Name]] = {}
        for name, forms in asked if land else ():
            first = self.sentences[name.sentence].tokens[name.first].text
            if forms and self._before(name) in places and not lexicon.morphology.is_common(first):
                tried.setdefault(forms[:_MOST_FORMS], []).append(name)
        chosen: dict[Name, str] = {}
        for forms, several in list(tried.items())[:_MOST_SPELLED]:
            found = self.gazette.look_up([*self._spellings(forms)])
            here = [place for group in found.values() for place in group if place.country == land]
            if here:
                best = max(here, key=lambda place: place.population)
                chosen |= dict.fromkeys(several, best.name)
        return chosen

    def _spellings(self, forms: Iterable[str]) -> Iterator[str]:
        for form in forms:
            for spelling in self.gazette.language.lexicon.morphology.spellings(form):
                yield spelling.title()
