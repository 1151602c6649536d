import itertools

import pytest

from geo.maps import palette
from geo.schema import EVENT_TYPES

NON_TEXT = 3.0
TEXT = 4.5


def test_every_event_type_has_a_tone_and_a_label_in_the_order_of_the_schema():
    assert list(palette.EVENT_TONES) == list(EVENT_TYPES)
    assert list(palette.SHORT_LABELS) == list(EVENT_TYPES)


def test_contrast_of_black_and_white_is_21_and_of_a_colour_with_itself_1():
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert palette.contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert palette.contrast("#0A66A8", "#0A66A8") == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["home", "land", "paper", "page", "sea"])
@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_marks_reach_three_to_one_on_whatever_they_are_drawn_on(kind, ground, theme):
    mark, behind = palette.event_colours(theme)[kind], palette.ground_colours(theme)[ground]
    # On the sea and beyond the border a halo of paper surrounds each mark.
    least = NON_TEXT if ground in ("home", "paper", "page") else 2.5
    assert palette.contrast(mark, behind) >= least


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_reach_four_and_a_half_to_one(theme):
    ground = palette.ground_colours(theme)
    for ink, paper in itertools.product(("ink", "mute"), ("paper", "page", "wash", "home", "land")):
        assert palette.contrast(ground[ink], ground[paper]) >= TEXT, (ink, paper)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_two_types_share_a_colour(theme):
    assert len(set(palette.event_colours(theme).values())) == len(EVENT_TYPES)


def test_the_style_sheet_of_a_page_holds_every_colour_in_both_tones():
    css = palette.css_variables()
    assert css.startswith(":root{")
    assert "--ink:light-dark(#1B1F23,#E7E5E0);" in css
    for kind, tone in palette.EVENT_TONES.items():
        assert f"{palette.variable(kind)}:light-dark({tone.light},{tone.dark});" in css


def test_the_browser_gets_the_types_in_order_and_both_themes():
    options = palette.as_options()
    assert [row["name"] for row in options["types"]] == list(EVENT_TYPES)
    assert set(options["ground"]) == {"light", "dark"}
    assert options["ground"]["light"].keys() == options["ground"]["dark"].keys() == palette.GROUND.keys()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_shades_run_one_way_and_leave_words_and_marks_readable(theme):
    ground = palette.ground_colours(theme)
    shades = [getattr(tone, theme) for tone in palette.SHADES]
    order = sorted(shades, key=palette.luminance, reverse=theme == "light")
    assert shades == order
    assert len(set(shades)) == 5
    for shade in shades:
        assert palette.contrast(ground["ink"], shade) >= TEXT
        for colour in palette.event_colours(theme).values():  # a mark's halo of paper parts it from the shade
            assert palette.contrast(colour, ground["paper"]) >= 2.5


def test_the_browser_gets_the_shades_of_both_themes():
    assert palette.as_options()["shades"]["dark"] == [tone.dark for tone in palette.SHADES]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_under_words_of_an_article_stand_out_from_paper_and_from_each_other(theme):
    tones = [getattr(tone, theme) for tone in palette.MARKS.values()]
    assert len(set(tones)) == len(tones)
    assert all(palette.contrast(tone, palette.ground_colours(theme)["paper"]) >= TEXT for tone in tones)
    assert all(f"--mark-{kind}:" in palette.css_variables() for kind in palette.MARKS)
