"""Labels beside points, none over another."""

from __future__ import annotations

from itertools import combinations

import hypothesis.strategies as some
from hypothesis import given, settings

from geo.ui.claims_labels import Box, Label, Wording, box_of, place, text_width, wrap

LONG = Wording("230", ("Prosecutor General", "Berik Asylov"), ("14 March 2022",))
BARE = Wording("230", cost=60)
BOUNDS = Box(0, 0, 800, 360)


def label(x: float, y: float, **more: float) -> Label:
    return Label(x, y, (LONG, BARE), **more)


def test_a_lone_label_says_all_close_to_its_point() -> None:
    [found] = place([label(400, 200)], [], BOUNDS)
    assert found
    assert (found.wording, found.leader) == (LONG, False)
    assert abs(box_of(label(400, 200), found).bottom - 191) <= 2


def test_a_label_does_not_leave_the_bounds() -> None:
    near_edge = label(795, 20)
    [found] = place([near_edge], [], BOUNDS)
    assert found
    assert found.leftwards
    assert box_of(near_edge, found).right <= 800
    assert box_of(near_edge, found).top >= 0


def test_a_label_covers_no_line() -> None:
    line = Box(0, 120, 800, 195)
    [found] = place([label(400, 200)], [line], BOUNDS)
    assert found
    assert not box_of(label(400, 200), found).meets(line)


def test_without_room_a_label_says_less_and_then_nothing() -> None:
    [less] = place([label(100, 40)], [], Box(60, 0, 150, 60))
    assert less
    assert less.wording == BARE
    assert place([label(100, 40)], [], Box(95, 30, 105, 50)) == [None]


def test_a_label_that_is_worth_less_gives_way() -> None:
    cramped = Box(60, 0, 150, 60)
    first, second = label(100, 40, missing=70), label(104, 40, missing=400)
    found = place([first, second], [], cramped)
    assert found[1] is not None


def test_what_lies_apart_in_one_width_lies_apart_in_any_greater() -> None:
    shares = (0.12, 0.15, 0.2, 0.28, 0.33, 0.55, 0.75, 0.83, 0.96)
    heights = (300, 300, 150, 75, 72, 70, 68, 60, 60)

    def points(width: float) -> list[Label]:
        return [label(share * width, y) for share, y in zip(shares, heights, strict=True)]

    placed = place(points(640), [], Box(0, 0, 640, 360))
    for width in (640, 700, 900, 1400):
        boxes = [box_of(one, at) for one, at in zip(points(width), placed, strict=True) if at]
        assert len(boxes) >= 8
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))


@settings(max_examples=40)
@given(
    some.lists(
        some.tuples(some.integers(20, 780), some.integers(20, 340)), min_size=1, max_size=14, unique=True
    )
)
def test_labels_never_cover_each_other_or_a_point(points: list[tuple[int, int]]) -> None:
    wanted = [label(x, y) for x, y in points]
    placed = place(wanted, [], BOUNDS)
    boxes = [box_of(one, at) for one, at in zip(wanted, placed, strict=True) if at]
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert not any(box.meets(one.mark) for box in boxes for one in wanted)


def test_texts_are_wrapped_at_words_and_measured_rather_too_wide() -> None:
    assert wrap("Prosecutor General Berik Asylov", 120) == ("Prosecutor General", "Berik Asylov")
    assert wrap("", 120) == ()
    assert text_width("Прокуратура", 12.5) > text_width("Prosecutors", 12.5) > 60
