"""An article is read with the world's places at hand, and set beside the claims that a store has."""

from __future__ import annotations

import datetime as dt
import gc
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from geo.errors import NoDay, StoreError
from geo.extract import Claim, Reading, dateline, read
from geo.ingest.places import WorldPlaces
from geo.settings import Settings
from geo.store import Store

Row = dict[str, Any]


def extract(
    settings: Settings,
    text: str,
    published: dt.date | None,
    *,
    language: str | None = None,
    source: str | None = None,
    name: str = "",
) -> Reading:
    """Read an article: candidate incidents and claims, each with the words it comes from.

    published: the day of publication; without it the story's own dateline counts. source: address,
    domain or name of the publisher. name: what the text is called. Raises NoDay where no day is to be
    had, ExtractError for what is no text in a language that can be read.
    """
    day = published or dateline(text, language)
    if day is None:
        todo = "on which day was it published? name it with --published, such as 2022-01-09"
        raise NoDay("the text does not say when it was published", where=name, todo=todo)
    reading = read(text, published=day, places=_places(settings), language=language, source=source)
    _settle(reading.language)
    return replace(reading, name=name, claims=_beside(settings, reading.claims))


@lru_cache(maxsize=2)
def _places(settings: Settings) -> WorldPlaces:
    return WorldPlaces.open(settings)


@cache
def _settle(language: str) -> None:  # noqa: ARG001
    """To be called once a text of a language has been read: what was loaded for it stays.

    Looked through for garbage again and again, it would take as long as ten articles each time.
    """
    gc.collect()
    gc.freeze()


def _beside(settings: Settings, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims, each with those of the ledger that count the same at the same place and differ."""
    if not claims or not settings.store.exists():
        return claims
    try:
        store = Store.current(settings.store, threads=settings.threads)
    except StoreError:
        return claims
    return tuple(replace(one, ledger=_differing(one, store)) for one in claims)


def _differing(claim: Claim, store: Store) -> tuple[Row, ...]:
    """What a ledger has against a claim: by whom, from when, and what became of it."""
    if (claim.metric, claim.place.lower()) not in store.counted:
        return ()
    found = []
    for row in store.claims(metric=claim.metric, place=claim.place):
        if row["value"] is not None and row["value"] != claim.best:
            shown = ("id", "value", "qualifier", "claimed_by", "reported_on", "status", "publisher")
            found.append({name: row.get(name) for name in shown})
    return tuple(found)
