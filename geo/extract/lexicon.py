"""The words that rules know, as the lexicon files of a language list them.

A lexicon file is TOML: a list of `[[entry]]`, each with `kind` (which rule asks for it), `value` (what
it means to that rule) and its words: `words` as they stand, `nouns` and `verbs` in their basic form,
from which the language's morphology makes the others; `capital` where they must or must not begin with
a capital letter. A word may be a phrase; of a verb phrase the
first word is inflected, of a noun phrase the last one. `[[pattern]]` are grammars of the kinds (see
`patterns`), and every other table is handed over as it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple, Protocol

from geo.extract.text import Token


class Morphology(Protocol):
    """How the words of a language vary. A third language may plug an analyser in here."""

    def normal(self, word: str) -> str:
        """The form under which a word of a text is looked up: lower case, or its lemma."""
        ...

    def forms(self, word: str, part: str) -> Iterable[tuple[str, str]]:
        """Normal forms under which an entry may appear, each with a tag. part: "verb", "noun" or "".

        Tags of verbs: base, s (presents), past, part (a past participle that is no past), ing.
        Of nouns: one, many. Where normal forms hide them, `tag` tells.
        """
        ...

    def is_listed(self, word: str) -> bool:  # noqa: ARG002
        """Whether a dictionary has the word, so that nothing is to be guessed."""
        return True

    def tag(self, word: str) -> str:  # noqa: ARG002
        """The tag of a word as it stands in the text, or empty where the form alone tells it."""
        return ""

    def kinds(self, word: str) -> Iterable[tuple[str, str]]:  # noqa: ARG002
        """Kinds of entries, with a tag, that a word is by its grammar alone: ("future", "verb")."""
        return ()

    def names(
        self,
        words: Sequence[str],  # noqa: ARG002
        following: Sequence[str],  # noqa: ARG002
        *,
        begins: bool,  # noqa: ARG002
        before: str = "",  # noqa: ARG002
    ) -> tuple[str, ...]:
        """The forms under which a gazetteer may list a name, the likeliest first; none where it is no name.

        words: the name as it stands. following: some words after it. begins: whether it stands where any
        word has a capital letter. before: the word before it.
        """
        return ()

    def is_given_name(self, word: str) -> bool:  # noqa: ARG002
        """Whether a word is a given name of persons, beyond those that the world's places know."""
        return False

    def is_common(self, word: str) -> bool:  # noqa: ARG002
        """Whether a word with a capital letter is a common word, known to begin a sentence and no name."""
        return False

    def spellings(self, name: str) -> tuple[str, ...]:  # noqa: ARG002
        """How a name that no gazetteer has may be spelled in another script."""
        return ()

    def named_after(self, name: str) -> tuple[str, tuple[str, ...]]:  # noqa: ARG002
        """Of an area called by an adjective: "region" or "district", and what it may be named after."""
        return "", ()

    @property
    def inflects_names(self) -> bool:
        """Whether names have forms, so that `names` is to be asked."""
        return False


class Mark(NamedTuple):
    """An entry found in a sentence. first, last: its tokens, `last` excluded."""

    kind: str
    value: Any
    first: int
    last: int
    tag: str


class Marks(tuple[Mark, ...]):
    """The entries of a sentence in order, longer ones first, and by what the rules ask for most.

    by_kind: those of a kind. begins, ends: kinds of those that begin at a token, or end before one.
    """

    by_kind: Mapping[str, Sequence[Mark]]
    begins: Mapping[int, frozenset[str]]
    ends: Mapping[int, frozenset[str]]

    def __init__(self, _: Iterable[Mark] = ()) -> None:
        by_kind: dict[str, list[Mark]] = {}
        begins: dict[int, frozenset[str]] = {}
        ends: dict[int, frozenset[str]] = {}
        for mark in self:
            kind, _value, first, last, _tag = mark
            if kind in by_kind:
                by_kind[kind].append(mark)
            else:
                by_kind[kind] = [mark]
            begins[first] = _with(begins[first], kind) if first in begins else _alone[kind]
            ends[last] = _with(ends[last], kind) if last in ends else _alone[kind]
        self.by_kind, self.begins, self.ends = by_kind, begins, ends


class _Alone(dict[str, frozenset[str]]):
    """Sets of one kind each, made once."""

    def __missing__(self, kind: str) -> frozenset[str]:
        self[kind] = frozenset((kind,))
        return self[kind]


_alone = _Alone()


@lru_cache(maxsize=8192)
def _with(kinds: frozenset[str], kind: str) -> frozenset[str]:
    """Equal sets are one, for a long text has hundreds of thousands."""
    return kinds | {kind}


class _Entry(NamedTuple):
    rest: tuple[str, ...]
    kind: str
    value: Any
    tag: str
    capital: bool | None


@dataclass
class Lexicon:
    """All entries, found by the first word of each."""

    morphology: Morphology
    tables: dict[str, Any] = field(default_factory=dict)
    patterns: list[dict[str, Any]] = field(default_factory=list)
    phrases: dict[str, list[tuple[tuple[str, ...], str, Any]]] = field(default_factory=dict)
    """By each form of their verb, phrases of a verb: the other words, kind and value."""
    _by_first: dict[str, list[_Entry]] = field(default_factory=dict)
    _index: dict[str, tuple[tuple[_Entry, ...], dict[str, list[_Entry]]]] = field(default_factory=dict)
    """By the first word: entries of that word alone, and phrases by their second word."""

    def read(self, file: Traversable) -> None:
        """Add a lexicon file."""
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        self.patterns += content.pop("pattern", [])
        for entry in content.pop("entry", []):
            for part, words in (("", "words"), ("noun", "nouns"), ("verb", "verbs")):
                for phrase in entry.get(words, ()):
                    self.add(entry["kind"], entry.get("value", ""), phrase, part, entry.get("capital"))
        for name, table in content.items():
            if isinstance(table, dict) and name in self.tables:
                self.tables[name] = {**self.tables[name], **table}
            else:
                self.tables[name] = table

    def add(self, kind: str, value: Any, phrase: str, part: str = "", capital: bool | None = None) -> None:
        """Add one phrase in all its forms. capital: whether it must begin with a capital, or must not."""
        words = phrase.split()
        at = len(words) - 1 if part == "noun" else 0
        fixed = [self.morphology.normal(word) for word in words]
        for form, tag in self.morphology.forms(words[at], part):
            whole = [*fixed[:at], form, *fixed[at + 1 :]]
            entries = self._by_first.setdefault(whole[0], [])
            entries.append(_Entry(tuple(whole[1:]), kind, value, tag, capital))
            if part == "verb" and len(whole) > 1:
                self.phrases.setdefault(form, []).append((tuple(whole[1:]), kind, value))

    def close(self) -> None:
        """Put longer phrases first; to be called once all files are read."""
        if self.tables.get("numerals", {}).get("hyphenated"):
            self._hyphenate()
        for word, entries in self._by_first.items():
            entries.sort(key=lambda entry: -len(entry.rest))
            single = tuple(entry for entry in entries if not entry.rest)
            phrases: dict[str, list[_Entry]] = {}
            for entry in entries:
                if entry.rest:
                    phrases.setdefault(entry.rest[0], []).append(entry)
            self._index[word] = (single, phrases)

    def _hyphenate(self) -> None:
        """Add "forty-three" to "forty" and "three"."""
        words: dict[int, list[str]] = {}
        for word, entries in self._by_first.items():
            for entry in entries:
                if entry.kind == "number" and not entry.rest and "-" not in word:
                    words.setdefault(entry.value, []).append(word)
        for tens in range(20, 100, 10):
            for ones in range(1, 10):
                for first in words.get(tens, ()):
                    for second in words.get(ones, ()):
                        self.add("number", tens + ones, f"{first}-{second}")

    def marks(self, tokens: Sequence[Token]) -> Marks:
        """Every entry in a sentence, in order; of one kind and value the longest at each token."""
        found: list[Mark] = []
        index, morphology = self._index, self.morphology
        by_grammar = type(morphology).kinds is not Morphology.kinds
        by_itself = type(morphology).tag is not Morphology.tag
        made = tuple.__new__  # in half the time of the class itself
        normals = [token.normal for token in tokens]
        for first, normal in enumerate(normals):
            if by_grammar:
                for kind, tag in morphology.kinds(tokens[first].text):
                    found.append(Mark(kind, "", first, first + 1, tag))
            here = index.get(normal)
            if here is None:
                continue
            single, phrases = here
            longer: set[str] = set()
            if phrases and first + 1 < len(normals):
                following = phrases.get(normals[first + 1])
                if following:
                    longer = self._phrases(following, first, normals, tokens, found)
            for _, kind, value, tag, capital in single:
                if kind in longer or (capital is not None and tokens[first].text[0].isupper() is not capital):
                    continue
                if by_itself and not tag:
                    tag = morphology.tag(tokens[first].text)
                found.append(made(Mark, (kind, value, first, first + 1, tag)))
        return Marks(found)

    def _phrases(
        self,
        entries: Sequence[_Entry],
        first: int,
        normals: Sequence[str],
        tokens: Sequence[Token],
        found: list[Mark],
    ) -> set[str]:
        """Add the phrases that stand at a token, the longest of each kind; the kinds."""
        longest: dict[str, int] = {}
        for rest, kind, value, tag, capital in entries:
            last = first + 1 + len(rest)
            if longest.get(kind, 0) > last or tuple(normals[first + 1 : last]) != rest:
                continue
            if capital is not None and tokens[first].text[0].isupper() is not capital:
                continue
            longest[kind] = last
            found.append(Mark(kind, value, first, last, tag or self.morphology.tag(tokens[first].text)))
        return set(longest)

    def words_of(self, kind: str) -> frozenset[str]:
        """The single words that are entries of a kind."""
        return frozenset(
            word
            for word, entries in self._by_first.items()
            if any(entry.kind == kind and not entry.rest for entry in entries)
        )

    def knows(self, word: str) -> bool:
        """Whether any entry begins with this normal form."""
        return word in self._by_first
