"""Pairing and counting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.evaluate.score import Score, compare, pairs, total


def test_precision_recall_and_f1_follow_from_counts() -> None:
    score = Score(right=6, predicted=8, gold=12)
    assert (score.precision, score.recall) == (0.75, 0.5)
    assert score.f1 == pytest.approx(0.6)


def test_nothing_to_find_and_nothing_said_is_perfect_and_silence_is_not() -> None:
    assert Score().f1 == 1.0
    assert Score(0, 0, 5).f1 == 0.0
    assert Score(0, 5, 0).f1 == 0.0


def test_scores_add_up_by_count_not_by_mean() -> None:
    assert total([Score(1, 1, 1), Score(0, 9, 9)]).f1 == pytest.approx(0.1)


def test_the_largest_pairing_wins_over_the_first_that_fits() -> None:
    allowed = {("a", "x"), ("a", "y"), ("b", "x")}
    assert pairs("ab", "xy", lambda one, other: (one, other) in allowed) == {0: 1, 1: 0}


def test_two_predictions_of_one_thing_are_one_right_and_one_too_many() -> None:
    done = compare([7, 7], [7], lambda one, other: one == other)
    assert (done.score, done.invented, done.missed) == (Score(1, 2, 1), (1,), ())


def test_optional_gold_neither_rewards_nor_punishes() -> None:
    gold = [1, 2, -3]
    done = compare([1, -3, 9], gold, lambda one, other: one == other, lambda item: item < 0)
    assert (done.score, done.invented, done.missed) == (Score(1, 2, 2), (2,), (1,))


def test_what_touches_an_optional_thing_is_excused_even_where_it_does_not_meet_it() -> None:
    done = compare(
        [4, 9],
        [-3],
        lambda one, other: one == other,
        lambda item: item < 0,
        lambda one, other: one + other == 1,
    )
    assert (done.score, done.invented) == (Score(0, 1, 0), (1,))


@given(st.lists(st.integers(0, 4), max_size=8), st.lists(st.integers(0, 4), max_size=8), st.randoms())
def test_the_order_of_items_does_not_matter(mine: list[int], gold: list[int], chance) -> None:
    def near(one: int, other: int) -> bool:
        return abs(one - other) <= 1

    before = compare(mine, gold, near).score
    chance.shuffle(mine)
    chance.shuffle(gold)
    assert compare(mine, gold, near).score == before
