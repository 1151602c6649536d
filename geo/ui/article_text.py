"""The text of an article with what was found in it marked: pure functions from spans to HTML.

Kinds differ by their underline as well as by colour, and each mark says in words what it is. Offsets
are indices of Python strings, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from geo.ui.i18n import _, count, ngettext

KINDS = ("place", "time", "figure", "trigger", "speaker")
"""In the order of the legend; where marks overlap, the first gives the colour."""

SHOWN = 60_000
"""Characters of a text that a page holds; all of it is read."""


class Mark(NamedTuple):
    """A piece of the text. told: what it was read as, in words."""

    start: int
    end: int
    kind: str
    told: str


class Anchor(NamedTuple):
    """The first passage of a candidate. key: its identifier; number: what the page calls it."""

    at: int
    key: str
    number: str


def label(kind: str) -> str:
    """What a kind of mark is called."""
    return {
        "place": _("Place"),
        "time": _("Time"),
        "figure": _("Figure"),
        "trigger": _("Event"),
        "speaker": _("Speaker"),
    }[kind]


def legend(marks: Iterable[Mark]) -> str:
    """The kinds, each drawn as in the text, with how often it occurs."""
    numbers: Mapping[str, int] = _tally(mark.kind for mark in marks)
    items = "".join(
        f'<li><mark class="em-m em-m-{kind}">{escape(label(kind))}</mark> {count(numbers.get(kind, 0))}</li>'
        for kind in KINDS
    )
    return f'<ul class="em-m-legend">{items}</ul>'


def html(text: str, marks: Iterable[Mark], anchors: Iterable[Anchor] = ()) -> str:
    """The text as paragraphs; marks as `<mark>`, and a number that leads to the candidate at each anchor.

    Marks may overlap and reach across paragraphs; what lies beyond SHOWN is told, not shown.
    """
    shown = text[:SHOWN]
    pieces = "".join(_pieces(shown, sorted(marks), sorted(anchors)))
    paragraphs = (part for part in pieces.split(_BREAK) if part.strip())
    body = "".join(f"<p>{part}</p>" for part in paragraphs)
    if len(text) > SHOWN:
        rest = ngettext(
            "{n} more character was read and is not shown here.",
            "{n} more characters were read and are not shown here.",
            len(text) - SHOWN,
        )
        body += f'<p class="em-m-rest">{escape(rest)}</p>'
    return body


_BREAK = "\x1e"
"""Stands for the end of a paragraph: a control character, which `_plain` takes out of the text itself."""


def _pieces(text: str, marks: Sequence[Mark], anchors: Sequence[Anchor]) -> Iterable[str]:
    """The text cut wherever a mark begins or ends, an anchor stands or a line ends."""
    edges = {0, len(text), *(anchor.at for anchor in anchors)}
    edges |= {edge for mark in marks for edge in (mark.start, mark.end)}
    edges |= {at for at, letter in enumerate(text) if letter == "\n"}
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    waiting, nth = list(reversed(anchors)), 0
    open_marks: list[Mark] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        open_marks = [mark for mark in open_marks if mark.end > start]
        while nth < len(marks) and marks[nth].start <= start:
            open_marks += [marks[nth]] if marks[nth].end > start else []
            nth += 1
        while waiting and waiting[-1].at <= start:
            yield _badge(waiting.pop())
        piece = text[start:end]
        if piece.startswith("\n"):
            yield _BREAK
            piece = piece[1:]
        if piece:
            yield _marked(_plain(piece), open_marks)


def _marked(piece: str, marks: Sequence[Mark]) -> str:
    if not marks or not piece.strip():
        return escape(piece)
    ranked = sorted(marks, key=lambda mark: KINDS.index(mark.kind))
    told = escape("; ".join(dict.fromkeys(f"{label(mark.kind)}: {mark.told}" for mark in ranked)))
    return f'<mark class="em-m em-m-{ranked[0].kind}" title="{told}">{escape(piece)}</mark>'


def _badge(anchor: Anchor) -> str:
    leads = escape(_("Candidate {number}").format(number=anchor.number))
    return (
        f'<a class="em-m-to" id="text-{escape(anchor.key)}" href="#card-{escape(anchor.key)}" '
        f'aria-label="{leads}">{escape(anchor.number)}</a>'
    )


def _plain(piece: str) -> str:
    """Without control characters, which no page can show."""
    return "".join(letter for letter in piece if letter >= " " or letter in "\t")


def _tally(kinds: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind in kinds:
        found[kind] = found.get(kind, 0) + 1
    return found
