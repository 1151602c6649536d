"""Results become the text of docs/evaluation.md. Nothing is computed here but shares and rounded numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scripts.evaluate.dates import Expression
from scripts.evaluate.score import Score
from scripts.evaluate.told import Result
from scripts.evaluate.toponyms import Counts

EXAMPLES = 3
"""Of each kind of error."""

PUBLISHED = (
    ("Rules of a two-hour trial", ".89 / .90 / .89", ".80", ".88", ".87"),
    ("Naive longest match", "–", "–", ".83", ".55"),
    ("Small spaCy NER and gazetteer", "–", "–", ".71", ".78"),
    ("Mordecai 3 (exact match, over three corpora)", "–", "–", "–", ".586"),
    ("CamCoder", "F1 .746", "–", "–", "–"),
    ("CLAVIN", "F1 .649", "–", "–", "–"),
    ("Edinburgh Geoparser", "F1 .612", "–", "–", "–"),
)
"""Name, recognition P / R / F1, recall within 161 km, recall in the same unit, end-to-end F1."""


@dataclass(frozen=True)
class Effort:
    """What reading takes: seconds to the first reading, milliseconds an article, megabytes at most."""

    ready_s: float
    mean_ms: float
    median_ms: float
    slowest_ms: float
    peak_mb: float


@dataclass(frozen=True)
class Part:
    """Stories that are scored together. quotable: whether their words are ours to show."""

    title: str
    about: str
    result: Result
    stories: int
    quotable: bool


@dataclass(frozen=True)
class DatesRead:
    """Expressions asked in a round, and those read otherwise with how."""

    title: str
    asked: int
    wrong: Sequence[tuple[Expression, str]]


@dataclass(frozen=True)
class Corpus:
    """What the corpus of names gave. gold: all its names; moved: offsets that were mended."""

    counts: Counts
    effort: Effort
    articles: int
    gold: int
    moved: int


def page(
    parts: Sequence[Part], corpus: Corpus | None, dates: Sequence[DatesRead], held_out: str, versions: str
) -> str:
    """The whole page. held_out: how and when the stories that no rule was written on were scored."""
    blocks = [
        "# How well articles are read",
        f"Written by `make evaluate`; do not edit. {versions}",
        held_out,
        "How things are counted stands at the end.",
        "## Claims and incidents",
        *(block for part in parts for block in _part(part)),
        *(_dates(dates) if dates else ()),
        "## Names of places",
        *(_corpus(corpus) if corpus else [_WITHOUT]),
        "## Errors by kind",
        *_errors(parts, corpus),
        "## How it is counted",
        _METHOD,
    ]
    return "\n\n".join(blocks) + "\n"


_WITHOUT = "The corpora beside the checkout (`../shared`) were not there: only our own stories are scored."

_METHOD = """\
- A prediction meets at most one item of the gold and the other way round; the largest pairing counts. P is the share
  of predictions that are right, R the share of the gold that was found, F1 their harmonic mean; stories are added
  up by count.
- A claim is right when its passage overlaps the gold's, its metric is the same and its value has the same number and the
  same openness: "more than 40" is a lower bound, not 40. A vague number ("dozens") must be of the same order.
- An incident is right when its passage overlaps, its place has one of the gold's names or lies within 25 km of its point
  (an area never stands for a town in it) and its first and last day are equal to the gold's. Those marked as still to
  come are not counted among the incidents.
- Items that the gold marks as optional (background, sums of other events) neither gain nor lose anything.
- A ghost is an incident at a place that the gold forbids. "Elsewhere" counts incidents at a place where the gold has none.
- Names: recognition wants the exact span of any gold name, also of those without coordinates. "Same unit" is within
  161 km, or the same country where the gold is a country, or the gold's point inside the predicted first-level unit. End to end, a prediction is right when its span is exact and its unit the same.
- Start-up, time and memory are those of a fresh process on two cores that reads one article after the other, with its
  place index already built."""


def _part(part: Part) -> list[str]:
    result = part.result
    rows = [(f"claims: {level}", score) for level, score in result.claims.items()]
    rows += [(f"incidents: {level}", score) for level, score in result.incidents.items()]
    return [
        f"### {part.title}",
        part.about,
        _table(
            ("what", "right", "said", "gold", "P", "R", "F1"),
            [(name, *_score(score)) for name, score in rows],
        ),
        f"Ghost places: {len(result.ghosts)}. Incidents elsewhere: {len(result.astray)}. Events to come: "
        f"{result.coming}, of which marked so {result.marked} and taken for past {len(result.taken_for_past)}.",
    ]


def _dates(dates: Sequence[DatesRead]) -> list[str]:
    lines = [
        f"- {one.title}: {one.asked - len(one.wrong)} of {one.asked} expressions are read with the right days and "
        "precision."
        for one in dates
    ]
    return ["### Date expressions", "\n".join(lines)]


def _corpus(corpus: Corpus) -> list[str]:
    counts, effort = corpus.counts, corpus.effort
    ours = (
        "**eventmap**",
        " / ".join(_share(number) for number in _prf(counts.recognition)),
        _share(counts.near_share),
        _share(counts.same_share),
        _share(counts.end_to_end.f1),
    )
    head = ("TR-News", "recognition P / R / F1", "of all gold within 161 km", "same unit", "end-to-end F1")
    precision, recall, _ = _prf(counts.end_to_end)
    return [
        f"TR-News has {corpus.gold:,} names in {corpus.articles} articles, {counts.gold:,} of them with "
        f"coordinates. {corpus.moved} of its offsets are off and were mended first.",
        _table(head, [ours, *PUBLISHED]),
        "The figures of the trial and the published ones are quoted, not measured here; they were reached under "
        "rules of counting that may differ in detail.",
        f"End to end P {_share(precision)}, R {_share(recall)}. Of the recognised, {_share(counts.of_recognised)} are "
        f"in the same unit; their median error is {counts.median_km:,.1f} km.",
        f"An article takes {effort.mean_ms:.1f} ms on average (median {effort.median_ms:.1f}, slowest "
        f"{effort.slowest_ms:.1f}). The first reading is done {effort.ready_s:.1f} s after the process starts, and at "
        f"most {effort.peak_mb:,.0f} MB are held.",
    ]


def _errors(parts: Sequence[Part], corpus: Corpus | None) -> list[str]:
    kinds = sorted({kind for part in parts for kind in part.result.kinds})
    rows = []
    for kind in kinds:
        shown = [
            example for part in parts if part.quotable for name, example in part.result.errors if name == kind
        ]
        rows.append((kind, *(part.result.kinds[kind] for part in parts), "<br>".join(shown[:EXAMPLES])))
    told = [_table(("kind", *(part.title for part in parts), "examples, from our own stories"), rows)]
    if corpus:
        told.append(_table(("names in TR-News", "number", "examples"), _name_errors(corpus.counts)))
    return told


def _name_errors(counts: Counts) -> list[tuple[object, ...]]:
    often = Counter(counts.examples).most_common()
    rows = []
    for kind, number in counts.errors.most_common():
        shown = [(phrase, what, times) for (phrase, of, what), times in often if of == kind][: 2 * EXAMPLES]
        told = (
            (f"{phrase}: {what}" if what else phrase) + (f" ({times} times)" if times > 1 else "")
            for phrase, what, times in shown
        )
        rows.append((kind, number, "<br>".join(told)))
    return rows


def _score(score: Score) -> tuple[object, ...]:
    return (score.right, score.predicted, score.gold, *map(_share, _prf(score)))


def _prf(score: Score) -> tuple[float, float, float]:
    return score.precision, score.recall, score.f1


def _share(number: float) -> str:
    return f"{number:.2f}".removeprefix("0") if number < 1 else "1.00"


def _table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )
