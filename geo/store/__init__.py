"""The only room that speaks SQL: a DuckDB file is built whole, then read by everybody.

`Store` is what other rooms use; `write` makes one.
"""

from geo.store.build import Tables, write
from geo.store.store import Store

__all__ = ["Store", "Tables", "write"]
