"""The page that is written: every number of the results stands in it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from scripts.evaluate.dates import Expression
from scripts.evaluate.report import Corpus, DatesRead, Effort, Part, page
from scripts.evaluate.score import Score
from scripts.evaluate.told import Result
from scripts.evaluate.toponyms import Counts

RESULT = Result(
    claims={"metric and value": Score(6, 8, 12)},
    incidents={"place and date": Score(1, 1, 1)},
    ghosts=("story: Riots at X",),
    marked=1,
    coming=2,
    errors=(("claim: made up", "“two | dogs”"), ("claim: made up", "“a cat”")),
)
COUNTS = Counts(
    recognition=Score(90, 100, 120),
    near=80,
    same=85,
    recognised=90,
    predicted=100,
    gold=100,
    distances=(1.0, 3.0),
    errors=Counter({"put into another country": 2}),
    examples=(("Perth", "put into another country", "Perth for Perth (PPL)"),) * 2,
)
EFFORT = Effort(2.04, 3.1, 2.5, 40.0, 321.4)


def test_scores_effort_and_errors_stand_in_the_page() -> None:
    part = Part("Seed", "About it.", RESULT, 1, quotable=True)
    text = page([part], Corpus(COUNTS, EFFORT, 118, 1319, 117), [], "Not scored yet.", "eventmap 1.")
    assert "| claims: metric and value | 6 | 8 | 12 | .75 | .50 | .60 |" in text
    assert "| **eventmap** | .90 / .75 / .82 | .80 | .85 | .85 |" in text
    assert "3.1 ms on average (median 2.5, slowest 40.0)" in text
    assert "2.0 s after the process starts" in text
    assert "321 MB" in text
    assert "| put into another country | 2 | Perth: Perth for Perth (PPL) (2 times) |" in text
    assert "Ghost places: 1. Incidents elsewhere: 0. Events to come: 2, of which marked so 1" in text


def test_words_of_others_are_not_quoted() -> None:
    shown = page([Part("Ours", "", RESULT, 1, quotable=True)], None, [], "", "")
    kept = page([Part("Theirs", "", RESULT, 1, quotable=False)], None, [], "", "")
    assert "a cat" in shown
    assert "two \\| dogs" in shown
    assert "a cat" not in kept
    assert "| claim: made up | 2 |" in kept


def test_without_the_corpora_the_page_says_so() -> None:
    assert "only our own stories are scored" in page([], None, [], "", "")


def test_dates_are_counted_and_not_quoted() -> None:
    one = Expression("On Friday.", "Friday", (3, 9), "en", dt.date(2022, 1, 9), ())
    text = page([], None, [DatesRead("Held out", 36, [(one, "no date")])], "", "")
    assert "- Held out: 35 of 36 expressions are read" in text
    assert "On Friday" not in text
