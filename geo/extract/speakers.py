"""Who says what: "X said", "according to X", "X reported"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from geo.extract.reading import Speaker
from geo.extract.scene import Scene
from geo.extract.syntax import Syntax

_WITHIN = "-&/'’"
_LONGEST = 14  # tokens of a speaker


class Said(NamedTuple):
    """A speaker in a sentence. verb: the token of "said"; first, last: the speaker's own tokens."""

    scene: int
    first: int
    last: int
    verb: int
    speaker: Speaker
    name: str


@dataclass
class Voices:
    """The speakers of a text, with short names ("the ministry") written out by the longer ones before."""

    text: str
    syntax: Syntax | None = None

    def __post_init__(self) -> None:
        self._full: dict[str, str] = {}

    def hear(self, scene: Scene) -> list[Said]:
        """The speakers of a sentence."""
        if self.syntax is not None:
            return self.syntax.said(scene, self.text, self._full)
        found: list[Said] = []
        for mark in scene.of("according"):
            last = self._end(scene, mark.last)
            if last > mark.last:
                found.append(self._said(scene, mark.last, last, mark.first, channel=False))
        for mark in scene.of("says"):
            if mark.tag not in ("past", "s", "") or mark.first in scene.quoted:
                continue
            first, last = self._before(scene, mark.first)
            if first == last and self._follows_speech(scene, mark.first):
                first, last = self._behind(scene, mark.last)
            if first < last and not any(one.first < last and first < one.last for one in found):
                found.append(self._said(scene, first, last, mark.first, channel=mark.value == "channel"))
        return found

    def _said(self, scene: Scene, first: int, last: int, verb: int, *, channel: bool) -> Said:
        span = scene.span(first, last)
        heard = self.text[span.start : span.end]
        passes_on = channel or any(first <= mark.first < last for mark in scene.of("channel"))
        return Said(
            scene.number, first, last, verb, Speaker(span, heard, passes_on), self._name(scene, first, last)
        )

    def _name(self, scene: Scene, first: int, last: int) -> str:
        """Without the article; a bare "ministry" is the one that was named last."""
        words = [token.text for token in scene.tokens[first:last]]
        while words and scene.tokens[first].normal in scene.words["articles"]:
            words, first = words[1:], first + 1
        span = scene.span(first, last) if first < last else scene.span(first - 1, last)
        name = self.text[span.start : span.end]
        heads = [mark for mark in scene.of("institution") if first <= mark.first < last]
        if heads:
            head = scene.tokens[heads[-1].last - 1].normal
            if len(words) == 1 and head in self._full:
                return self._full[head]
            if len(words) > 1:
                self._full[head] = name
        return name

    def note(self, scene: Scene) -> None:
        """Remember institutions that are named without speaking: "citing the health ministry"."""
        if self.syntax is not None:
            return
        for mark in scene.of("institution"):
            head = scene.tokens[mark.last - 1].normal
            before = scene.tokens[mark.first - 1] if mark.first else None
            if before is not None and before.kind == "word" and before.normal not in scene.words["articles"]:
                named = before.text[:1].isupper() or "actor" not in scene.ends.get(mark.first, ())
                if named and not {"says", "background"} & scene.ends.get(mark.first, frozenset()):
                    span = scene.span(mark.first - 1, mark.last)
                    self._full[head] = self.text[span.start : span.end]

    def _before(self, scene: Scene, verb: int) -> tuple[int, int]:
        """What stands before "said": back to a boundary; times and helping words are left out."""
        last = verb
        while last > 0 and (
            {"auxiliary", "adverb"} & scene.begins.get(last - 1, frozenset())
            or any(time.first <= last - 1 < time.last for time in scene.times)
        ):
            last -= 1
        if last > 1 and scene.tokens[last - 1].text == ",":  # "X, the head of Y, told"
            commas = [at for at in range(max(0, last - 14), last - 1) if scene.tokens[at].text == ","]
            last = commas[-1] if commas and "quote" not in scene.ends.get(last, ()) else last
        first = last
        while first > 0 and last - first < _LONGEST:
            token = scene.tokens[first - 1]
            if token.kind == "mark" and token.text not in _WITHIN:
                break
            if {"joins", "clause"} & scene.begins.get(first - 1, frozenset()) or (
                {"says"} & scene.ends.get(first, frozenset())
            ):
                break
            first -= 1
        if first and scene.tokens[first - 1].text == "," and not _is_name_like(scene, first, last):
            return last, last
        words = scene.tokens[first:last]
        if not words or all(token.kind == "mark" for token in words):
            return last, last
        if any({"fate"} & scene.begins.get(at, frozenset()) for at in range(first, last)):
            return last, last
        return first, last

    def _follows_speech(self, scene: Scene, verb: int) -> bool:
        """Whether "said" stands right after a comma or a quotation mark, its speaker behind it."""
        return verb > 0 and scene.tokens[verb - 1].kind == "mark"

    def _behind(self, scene: Scene, after: int) -> tuple[int, int]:
        """What stands after "said" and a quotation: "…, said the governor"."""
        if after >= len(scene.tokens) or scene.tokens[after].kind == "mark":
            return after, after
        if {"clause", "background", "locative", "future"} & scene.begins.get(after, frozenset()):
            return after, after
        return after, self._end(scene, after)

    def _end(self, scene: Scene, first: int) -> int:
        last = first
        while last < len(scene.tokens) and last - first < _LONGEST:
            token = scene.tokens[last]
            if token.kind == "mark" and token.text not in _WITHIN:
                break
            if last > first and {"clause", "joins", "says"} & scene.begins.get(last, frozenset()):
                break
            if any(time.first == last for time in scene.times):
                break
            last += 1
        return last


def _is_name_like(scene: Scene, first: int, last: int) -> bool:
    """Whether the words begin with a capital or an article, as a speaker does after a comma."""
    token = scene.tokens[first] if first < last else None
    return token is not None and (
        token.text[:1].isupper()
        or token.normal in scene.words["articles"]
        or bool({"institution", "channel"} & {m.kind for m in scene.marks if first <= m.first < last})
    )
