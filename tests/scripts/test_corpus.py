"""Offsets of a corpus are mended before anything is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.evaluate.corpus import GoldToponym, aligned, day, read


def test_a_phrase_is_moved_to_the_nearest_place_where_it_stands() -> None:
    text = "Paris, then Paris again"
    (moved,), count = aligned(text, [GoldToponym("Paris", 14, 19)])
    assert (moved.start, moved.end, count) == (12, 17, 1)


def test_two_phrases_never_share_a_place() -> None:
    text = "Paris and Paris"
    found, count = aligned(text, [GoldToponym("Paris", 10, 15), GoldToponym("Paris", 9, 14)])
    assert [one.start for one in found] == [0, 10]
    assert count == 1


def test_a_phrase_that_stands_nowhere_is_dropped() -> None:
    assert aligned("nothing", [GoldToponym("Paris", 0, 5)]) == ([], 1)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2016-12-18 07:52 ET", "2016-12-18"),
        ("11/28/2016", "2016-11-28"),
        ("7:58 AM ET, Sat January 3, 2015", "2015-01-03"),
        ("20 Jan 2015, 7:34pm EDT", "2015-01-20"),
        ("2016 Oct 10", "2016-10-10"),
        ("Wed Nov 23, 2016 | 10:27am EST", "2016-11-23"),
        ("DEC. 14, 2016, 2:54 AM EST", "2016-12-14"),
        ("December 9th 2016", "2016-12-09"),
    ],
)
def test_the_day_is_read_from_whatever_a_publisher_writes(written: str, iso: str) -> None:
    assert day(written).isoformat() == iso


def test_a_stamp_without_a_day_is_no_day() -> None:
    with pytest.raises(ValueError, match="no day"):
        day("yesterday at noon")


def test_the_corpus_is_whole_after_mending(shared: Path) -> None:
    articles = read(shared / "corpora" / "TR-News.xml")
    toponyms = [(one, article.text) for article in articles for one in article.toponyms]
    assert (len(articles), len(toponyms), sum(article.moved for article in articles)) == (118, 1319, 117)
    assert sum(one.placed for one, _ in toponyms) == 1275
    assert all(text[one.start : one.end] == one.phrase for one, text in toponyms)
