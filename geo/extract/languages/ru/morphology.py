"""How Russian words vary: a dictionary's analyses, of which the likeliest counts.

The dictionary is OpenCorpora's, carried by pymorphy3-dicts-ru and loaded with the first Russian text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.extract.languages.ru import naming
from geo.extract.languages.ru.dictionary import Shape, is_known, parses_of, preposition, shape
from geo.extract.languages.ru.spelling import spellings
from geo.extract.lexicon import Morphology

_FAMILY = {"семья"}
_ROUND = {"тысяча", "сотня", "десяток"}
_ONE_OF_THEM = {"тысяча", "тысячу", "тысячей", "тысячею", "сотня", "сотню", "сотней", "десяток"}


class Words(Morphology):
    """Tokens are looked up by lemma; every lemma that a form of an entry may have is listed."""

    def normal(self, word: str) -> str:
        """The lemma of the likeliest analysis, without ё."""
        low = word.lower()
        return preposition(low) or shape(low).lemma

    def is_listed(self, word: str) -> bool:
        """Whether the dictionary has the word."""
        return is_known(word.lower())

    def tag(self, word: str) -> str:
        """past, part, s (present), future, inf or ing for verbs; one or many for nouns."""
        low = word.lower()
        found = shape(low)
        if found.lemma in _ROUND:
            return "one" if low in _ONE_OF_THEM else "many"
        return _tag(found)

    def kinds(self, word: str) -> Iterable[tuple[str, str]]:
        """A verb in the future tense speaks of what is to come, wherever it stands."""
        found = shape(word.lower())
        return [("future", "verb")] if found.pos == "VERB" and found.tense == "futr" else ()

    def forms(self, word: str, part: str) -> Iterable[tuple[str, str]]:
        """Every lemma that a form of the word may be taken for."""
        if not part:
            return [(self.normal(word), "")]
        wanted = {"verb": ("INFN", "VERB"), "noun": ("NOUN", "ADJF", "PRTF", "NUMR")}[part]
        parses = parses_of(word.lower())
        best = next((one for one in parses if one.tag.POS in wanted), parses[0])
        lemmas = {self.normal(form.word) for form in best.lexeme} | {self.normal(word)}
        if best.tag.POS == "NUMR":
            lemmas -= _FAMILY  # "семью" is of "семь" and of "семья"
        return [(lemma, "") for lemma in sorted(lemmas)]

    @property
    def inflects_names(self) -> bool:
        """Names have cases."""
        return True

    def is_given_name(self, word: str) -> bool:
        """Whether it is a given name or a patronymic, and hardly anything else."""
        found = shape(word.lower())
        return bool(found.marks & {"Name", "Patr"}) and "Geox" not in found.marks and found.known

    def is_common(self, word: str) -> bool:
        """See `geo.extract.lexicon.Morphology`."""
        found = shape(word.lower())
        return found.known and not found.marks & {"Name", "Surn", "Patr", "Geox", "Orgn"}

    def spellings(self, name: str) -> tuple[str, ...]:
        """See `spelling`."""
        return spellings(name)

    def named_after(self, name: str) -> tuple[str, tuple[str, ...]]:
        """See `geo.extract.lexicon.Morphology`: "Баткенский район" is named after "Баткен"."""
        return naming.named_after(name)

    def names(
        self, words: Sequence[str], following: Sequence[str], *, begins: bool, before: str = ""
    ) -> tuple[str, ...]:
        """The nominative forms under which a name may be listed, the likeliest first.

        following: words after it, which tell what an adjective belongs to ("Актюбинской области").
        begins: whether it stands where any word has a capital letter. before: the word before it, which may
        tell that it is no person ("под Рушаном").
        """
        return naming.names(words, following, before, begins=begins)


def _tag(found: Shape) -> str:
    if found.pos == "VERB":
        return {"past": "past", "pres": "s", "futr": "future"}.get(found.tense, "base")
    if found.pos in ("PRTS", "INFN", "PRTF", "GRND"):
        return {"PRTS": "part", "INFN": "inf", "PRTF": "ing", "GRND": "ing"}[found.pos]
    return {"sing": "one", "plur": "many"}.get(found.number, "")
