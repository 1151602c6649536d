"""The only room that speaks SQL: a DuckDB file is built whole, then read by everybody.

`Store` is what other rooms use; `write` makes one.
"""

from geo.store.asking import Ask, Key
from geo.store.build import Tables, write
from geo.store.collections import COLLECTIONS, Collection
from geo.store.deadline import Deadline
from geo.store.pages import Page
from geo.store.store import Store

__all__ = ["COLLECTIONS", "Ask", "Collection", "Deadline", "Key", "Page", "Store", "Tables", "write"]
