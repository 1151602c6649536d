"""Offsets of a corpus are mended before anything is counted."""

from __future__ import annotations

from pathlib import Path

from scripts.evaluate.corpus import GoldToponym, aligned, read


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


def test_the_corpus_is_whole_after_mending(shared: Path) -> None:
    articles = read(shared / "corpora" / "TR-News.xml")
    toponyms = [(one, article.text) for article in articles for one in article.toponyms]
    assert (len(articles), len(toponyms), sum(article.moved for article in articles)) == (118, 1319, 117)
    assert sum(one.placed for one, _ in toponyms) == 1275
    assert all(text[one.start : one.end] == one.phrase for one, text in toponyms)
