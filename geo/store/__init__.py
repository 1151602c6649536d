"""The only room that speaks SQL: a DuckDB file is written whole, then read by everybody.

`Store` is what other rooms use; `write` makes one, and `appending` adds a delivery.
"""

from geo.store import additions
from geo.store.append import STAGED, TOLD, Delivery, Outcome, Staging, appending
from geo.store.asking import Ask, Key
from geo.store.build import Tables, write
from geo.store.collections import COLLECTIONS, Collection
from geo.store.deadline import Deadline
from geo.store.pages import Page
from geo.store.store import Store

__all__ = [
    "COLLECTIONS",
    "STAGED",
    "TOLD",
    "Ask",
    "Collection",
    "Deadline",
    "Delivery",
    "Key",
    "Outcome",
    "Page",
    "Staging",
    "Store",
    "Tables",
    "additions",
    "appending",
    "write",
]
