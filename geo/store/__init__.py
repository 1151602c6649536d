"""The only room that speaks SQL: a DuckDB file is written whole, then read by everybody.

`Store` is what other rooms use; `write` makes one, `appending` adds a delivery, and
`record` what people decide on duplicates.
"""

from geo.store import additions
from geo.store.append import STAGED, TOLD, Delivery, Outcome, Staging, appending
from geo.store.asking import Ask, Key
from geo.store.build import Tables, write
from geo.store.collections import COLLECTIONS, Collection
from geo.store.deadline import Deadline
from geo.store.decisions import WORDS, Decision
from geo.store.pages import Page
from geo.store.pairs import Search
from geo.store.recording import record
from geo.store.store import Store

__all__ = [
    "COLLECTIONS",
    "STAGED",
    "TOLD",
    "WORDS",
    "Ask",
    "Collection",
    "Deadline",
    "Decision",
    "Delivery",
    "Key",
    "Outcome",
    "Page",
    "Search",
    "Staging",
    "Store",
    "Tables",
    "additions",
    "appending",
    "record",
    "write",
]
