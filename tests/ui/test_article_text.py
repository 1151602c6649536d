"""The marked text: nothing lost, nothing made live, every kind told in words."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from geo.ui import article_text
from geo.ui.article_text import KINDS, Anchor, Mark, html, legend

TEXT = "Police in Goma said on Sunday\nthat 5 people died."


def words(made: str) -> str:
    """What a reader sees of it, without the numbers that lead to candidates."""
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<a .*?</a>", "", made)))


def test_a_mark_says_what_it_is() -> None:
    made = html(TEXT, [Mark(10, 14, "place", "Goma, DR Congo")])
    assert '<mark class="em-m em-m-place" title="Place: Goma, DR Congo">Goma</mark>' in made


def test_lines_become_paragraphs() -> None:
    assert html(TEXT, []).count("<p>") == 2


def test_marks_that_overlap_are_cut_not_lost() -> None:
    made = html("5 people died", [Mark(0, 13, "figure", "killed 5"), Mark(9, 13, "trigger", "Attack")])
    assert "Figure: killed 5; Event: Attack" in made
    assert words(made) == "5 people died"
    assert made.count("<mark") == 2


def test_a_mark_across_paragraphs_stays_within_each() -> None:
    made = html(TEXT, [Mark(23, 36, "trigger", "x")])
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", made) == ["Sunday", "that 5"]
    assert all(part.count("<mark") == part.count("</mark>") for part in made.split("</p>"))


def test_the_text_stays_text() -> None:
    made = html('<script>alert("1")</script>\x1e\x00', [Mark(0, 8, "place", '"><img src=x>')])
    assert "<script" not in made
    assert "<img" not in made
    assert "\x00" not in made


def test_a_number_leads_to_its_candidate_and_back() -> None:
    made = html(TEXT, [], [Anchor(7, "i1", "1")])
    assert 'id="text-i1" href="#card-i1" aria-label="Candidate 1">1</a>' in made
    assert words(made) == TEXT.replace("\n", "")


def test_what_is_too_long_to_show_is_told() -> None:
    made = html("a" * (article_text.SHOWN + 5), [])
    assert "5 more characters were read and are not shown here." in made


def test_the_legend_counts_every_kind() -> None:
    made = legend([Mark(0, 1, "place", ""), Mark(2, 3, "place", "")])
    assert [f"em-m-{kind}" in made for kind in KINDS] == [True] * 5
    assert "Place</mark> 2" in made
    assert "Speaker</mark> 0" in made


SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(KINDS)).map(
    lambda span: Mark(min(span[0], span[1]), max(span[0], span[1]), span[2], "x")
)


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=50), st.lists(SPANS, max_size=6)
)
def test_whatever_is_marked_the_text_is_all_there(text: str, marks: list[Mark]) -> None:
    made = html(text, marks)
    if text.strip():
        assert words(made).strip() == text.strip()
    assert made.count("<mark") == made.count("</mark>")
