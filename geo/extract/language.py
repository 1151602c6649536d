"""The languages that can be read: one folder of lexicon files each, and how a text's language is told.

A folder holds `language.toml` (`name`, `alphabet` as Unicode calls it, `grouping`: marks that group the
digits of numbers, `decimal`: its decimal mark where that is no point, `letters`: those of its words, as in
a regular expression's brackets, where they tell it from others of its script, `abbreviations`,
`stop_words`), any number of lexicon files, and `morphology.py` with a class `Words` that is a
`Morphology`; without it, words are taken in lower case as they stand. A language whose sentences are not
built as the rules of `figures`, `triggers`, `speakers` and `spots` expect has a `syntax.py` with a class
`Rules` that is a `Syntax`.
"""

from __future__ import annotations

import importlib
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

from geo.errors import ExtractError
from geo.extract.lexicon import Lexicon, Morphology
from geo.extract.patterns import Grammar
from geo.extract.text import Sentence, Token, paragraphs, sentences, token_pattern, unmarked

if TYPE_CHECKING:
    from geo.extract.syntax import Syntax

_LEAST_SHARE = 0.12  # of all words, the stop words of the text's own language
_ENOUGH_WORDS = 8  # below this nothing can be said of a text's language
_READ_TO_TELL = 20_000  # characters
MOST_GUESSED = 4_000
"""Different words of one text that no dictionary has: a Russian story has about five, ninety have 225."""

_PARTS = re.compile(r"[^-]+|-")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, eq=False)
class Language:
    """What is known of one language."""

    code: str
    name: str
    alphabet: str
    stop_words: frozenset[str]
    abbreviations: frozenset[str]
    tokens: re.Pattern[str]
    lexicon: Lexicon
    grouping: str = ","
    decimal: str = "."
    syntax: Syntax | None = None

    @cached_property
    def grammar(self) -> Grammar:
        """The patterns of time expressions and of whatever else the lexicon files give patterns for."""
        return Grammar.of(self.lexicon.patterns, self.lexicon.morphology)

    @cached_property
    def function_words(self) -> Mapping[str, frozenset[str]]:
        """Small words by what they do ("articles", "infinitive", …); a list that is absent is empty."""
        tables = self.lexicon.tables.get("function_words", {})
        return defaultdict(frozenset, {name: frozenset(words) for name, words in tables.items()})

    def split(self, text: str) -> list[Sentence]:
        """The sentences of a text with their tokens. Raises ExtractError for too many words that are none."""
        found = []
        known = _Known(self)
        for number, block in enumerate(paragraphs(text)):
            for span in sentences(text, block, self.abbreviations):
                found.append(Sentence(span, tuple(self._tokens(text, span.start, span.end, known)), number))
        return found

    def _tokens(self, text: str, start: int, end: int, known: _Known) -> Iterable[Token]:
        made = tuple.__new__  # in half the time of the class itself
        for found in self.tokens.finditer(text, start, end):
            kind, word = found.lastgroup or "mark", found[0]
            first, last = found.span()
            if kind == "word":
                if "-" in word and word[0].islower() and not word.islower():
                    for part in _PARTS.finditer(word):  # "mid-December"
                        at = first + part.start()
                        form = part[0] if part[0] == "-" else known[part[0]][1]
                        sort = "mark" if part[0] == "-" else "word"
                        yield made(Token, (at, at + len(part[0]), part[0], sort, form))
                    continue
                word, form = known[word]
                yield made(Token, (first, last, word, kind, form))
            elif kind == "mark":
                yield made(Token, (first, last, word, kind, word))
            elif kind == "number":
                yield made(Token, (first, last, word, kind, self._plain(word)))
            else:
                kind = "possessive" if found["possessive"] else kind
                yield made(Token, (first, last, word, kind, word.lower().replace("’", "'")))

    def _plain(self, number: str) -> str:
        """Digits without grouping, with a decimal point."""
        digits = number.lower()
        for mark in self.grouping:
            digits = digits.replace(mark, "")
        return digits.replace(self.decimal, ".") if self.decimal != "." else digits


class _Known(dict[str, tuple[str, str]]):
    """The words of a text with their normal forms, each kept once however often it stands there.

    What no dictionary has is guessed at, letter by letter. A text of nothing else would take minutes.
    """

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.guessed = 0

    def __missing__(self, word: str) -> tuple[str, str]:
        bare, words = unmarked(word), self.language.lexicon.morphology
        self.guessed += not words.is_listed(bare)
        if self.guessed > MOST_GUESSED:
            said = f"more than {MOST_GUESSED:,} of its words are in no dictionary of {self.language.name}"
            raise ExtractError(said, todo="give one story at a time")
        self[word] = (word, words.normal(bare))
        return self[word]


class _AsItStands(Morphology):
    """The morphology of a language without one."""

    def normal(self, word: str) -> str:
        return word.lower()

    def forms(self, word: str, part: str) -> Iterable[tuple[str, str]]:  # noqa: ARG002
        return [(word.lower(), "")]


def languages() -> tuple[str, ...]:
    """The codes (ISO 639-1) of the languages that can be read."""
    return tuple(sorted(one.name for one in _home().iterdir() if (one / "language.toml").is_file()))


@cache
def language(code: str) -> Language:
    """A language by its code. Raises ExtractError."""
    folder = _home() / code
    if code not in languages():
        todo = f"choose from: {', '.join(languages())}"
        raise ExtractError(f"texts in {code!r} cannot be read", where="language", todo=todo)
    about = _about(code)
    lexicon = Lexicon(_morphology(folder, code))
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml") and file.name != "language.toml":
            lexicon.read(file)
    lexicon.close()
    return Language(
        code,
        about["name"],
        about["alphabet"],
        frozenset(about["stop_words"]),
        frozenset(about["abbreviations"]),
        token_pattern(about["grouping"]),
        lexicon,
        about["grouping"],
        about.get("decimal", "."),
        _syntax(folder, code),
    )


def tell(text: str) -> str:
    """The code of a text's language. Raises ExtractError where it is none that can be read.

    Told by the share of stop words, of this language and of some that cannot be read. A text of a few
    words is taken for the language whose script it is written in.
    """
    words = [word.lower() for word in _LETTERS.findall(text[:_READ_TO_TELL])]
    if not words:
        raise ExtractError("there are no words in it", todo="give the text of a news story")
    counts = Counter(words)
    shares = {
        code: sum(counts[word] for word in known) / len(words) for code, (_, known) in _stop_words().items()
    }
    foreign = {code for code in languages() if not _is_written_in(text, _about(code)["alphabet"])}
    shares = {
        code: share - _foreign_share(words, code) for code, share in shares.items() if code not in foreign
    } or {"": 0.0}
    best = max(shares, key=lambda code: (shares[code], code in languages()))
    if best in languages() and (shares[best] >= _LEAST_SHARE or len(words) < _ENOUGH_WORDS):
        return best
    can = " and ".join(_about(code)["name"] for code in languages())
    said = (
        f"it seems to be in {_stop_words()[best][0]}"
        if shares[best] >= _LEAST_SHARE
        else "its language is unknown"
    )
    raise ExtractError(said, todo=f"give a text in {can}")


def _is_written_in(text: str, alphabet: str) -> bool:
    """Whether most letters are of an alphabet, by their Unicode names."""
    letters = [letter for letter in text[:2000] if letter.isalpha()]
    own = sum(unicodedata.name(letter, "").startswith(alphabet) for letter in letters)
    return own >= 0.5 * len(letters)


@cache
def _stop_words() -> dict[str, tuple[str, frozenset[str]]]:
    """By language code: its name and its stop words, those that cannot be read included."""
    others = tomllib.loads((_home() / "others.toml").read_text(encoding="utf-8"))
    known = {code: (one["name"], frozenset(one["stop_words"])) for code, one in others.items()}
    own = {code: _about(code) for code in languages()}
    return known | {code: (one["name"], frozenset(one["stop_words"])) for code, one in own.items()}


def _foreign_share(words: Sequence[str], code: str) -> float:
    """The share of words with letters that a language does not have, where it lists its own."""
    letters = _about(code).get("letters") if code in languages() else None
    if not letters:
        return 0.0
    own = re.compile(f"[{letters}'’]+")
    of_alphabet = [word for word in words if _is_written_in(word, _about(code)["alphabet"])]
    return sum(not own.fullmatch(word) for word in of_alphabet) / len(words)


@cache
def _about(code: str) -> dict[str, Any]:
    """What `language.toml` says."""
    return tomllib.loads((_home() / code / "language.toml").read_text(encoding="utf-8"))


def _morphology(folder: Traversable, code: str) -> Morphology:
    if not (folder / "morphology.py").is_file():
        return _AsItStands()
    module = importlib.import_module(f"geo.extract.languages.{code}.morphology")
    words: Morphology = module.Words()
    return words


def _syntax(folder: Traversable, code: str) -> Syntax | None:
    if not (folder / "syntax.py").is_file():
        return None
    module = importlib.import_module(f"geo.extract.languages.{code}.syntax")
    rules: Syntax = module.Rules()
    return rules


def _home() -> Traversable:
    return files("geo.extract") / "languages"
