"""The only room that speaks SQL: a DuckDB file is written whole, then read by everybody.

`Store` is what other rooms use; `write` makes one, and `appending` adds a delivery.
"""

from geo.store import additions
from geo.store.append import STAGED, TOLD, Delivery, Outcome, Staging, appending
from geo.store.build import Tables, write
from geo.store.store import Store

__all__ = [
    "STAGED",
    "TOLD",
    "Delivery",
    "Outcome",
    "Staging",
    "Store",
    "Tables",
    "additions",
    "appending",
    "write",
]
