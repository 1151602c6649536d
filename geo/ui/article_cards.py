"""One candidate as a card: what was read, from which words, what to doubt. Candidate in, HTML out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from geo.maps.palette import variable
from geo.ui import article_words, vocabulary
from geo.ui.article_state import Candidate
from geo.ui.claims_words import metric_name, worded
from geo.ui.i18n import _, day

QUOTED = 240
"""Characters of the words that a card shows."""


def incident(candidate: Candidate, number: str, text: str, *, edited: bool = False) -> str:
    """A card of an incident. text: what its offsets refer to. number: as in the text."""
    dot = f'<i class="em-dot" style="background:var({variable(candidate.event_type)})"></i>'
    days = article_words.when(candidate.date_start, candidate.date_end, str(candidate.date_precision))
    coming = _tag(_("still to come")) if candidate.future else ""
    named = candidate.sub_event_type not in ("", "Other")
    kind = (
        vocabulary.sub_event_type(candidate.sub_event_type)
        if named
        else vocabulary.event_type(candidate.event_type)
    )
    what = escape(kind)
    lines = [article_words.where(candidate), days]
    return _card(candidate, f"{dot}{what}{coming}{_corrected(edited)}", lines, number, text)


def claim(candidate: Candidate, number: str, text: str, *, edited: bool = False) -> str:
    """A card of a claim, with what the store already has on the same number and place."""
    said = candidate.claimed_by or _("nobody named")
    lines = [candidate.place or _("no place told"), _("said by {who}").format(who=said)]
    if candidate.about_start or candidate.about_end:
        lines.append(article_words.when(candidate.about_start, candidate.about_end))
    what = escape(f"{metric_name(candidate.metric)}: {article_words.number(candidate)}")
    return _card(candidate, what + _corrected(edited), lines, number, text, after=ledger(candidate))


def ledger(candidate: Candidate) -> str:
    """What the store has on the same number and place, as HTML; nothing where it has nothing."""
    if not candidate.ledger:
        return ""
    head = escape(_("On record here:"))
    rows = "".join(
        f"<li><b>{escape(worded(row))}</b> {escape(row.get('claimed_by') or '')}"
        f"{escape(', ' + day(row['reported_on'])) if row.get('reported_on') else ''}</li>"
        for row in candidate.ledger[:4]
    )
    return f'<p class="em-card-ledger">{head}</p><ul class="em-card-doubts">{rows}</ul>'


def quotes(spans: Iterable[Sequence[int]], text: str) -> list[str]:
    """The words of the first passages, cut where they are long."""
    found = [" ".join(text[start:end].split()) for start, end in list(spans)[:2]]
    return [words if len(words) <= QUOTED else words[:QUOTED].rsplit(" ", 1)[0] + " …" for words in found]


def _card(
    candidate: Candidate, title: str, lines: Iterable[str], number: str, text: str, after: str = ""
) -> str:
    """title: HTML. lines: text. after: HTML."""
    key, label, where = escape(candidate.id), escape(number), escape(_("Show in the text"))
    back = f'<a class="em-m-to" href="#text-{key}" title="{where}" aria-label="{where}: {label}">{label}</a>'
    told = escape(" · ".join(lines))
    said = "".join(f"<q>{escape(words)}</q> " for words in quotes(candidate.evidence, text))
    known = article_words.doubts()
    doubted = "".join(f"<li>{escape(known.get(doubt, doubt))}</li>" for doubt in candidate.doubts)
    doubts = f'<ul class="em-card-doubts">{doubted}</ul>' if doubted else ""
    return (
        f'<article class="em-card" id="card-{key}"><h2>{back} {title}{_sure(candidate)}</h2>'
        f'<p class="em-card-told">{told}</p><p class="em-card-words">{said}</p>{doubts}{after}</article>'
    )


def _sure(candidate: Candidate) -> str:
    share = round(100 * candidate.confidence)
    names = article_words.parts()
    told = (f"{names.get(name, name)} {round(100 * part)} %" for name, part in candidate.parts.items())
    parts = ", ".join(told)
    how = escape(article_words.sureness(candidate.confidence))
    return f'<span class="em-sure" title="{escape(parts)}">{how} <small>{share} %</small></span>'


def _corrected(edited: bool) -> str:
    return _tag(_("corrected")) if edited else ""


def _tag(text: str) -> str:
    return f' <span class="em-tag">{escape(text)}</span>'
