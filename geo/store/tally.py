"""How many features match and on which days they begin, counted once for all pages of one question."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import duckdb

from geo.errors import BadQuery
from geo.query import WORLD
from geo.store import asking, connection, filters
from geo.store.asking import Ask
from geo.store.filters import Condition

KEPT = 64
"""Questions that are remembered."""

Days = list[tuple[Any, int]]
"""Days, and how many features begin on each; a single None where the order is not by day."""


@dataclass(frozen=True)
class Tally:
    """condition: what matches. days: in the order asked for."""

    condition: Condition
    days: Days

    @property
    def matched(self) -> int:
        """Features on all pages."""
        return sum(n for _, n in self.days)


class Tallies:
    """Counts of one store file; who goes from page to page asks the same again and again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], Days] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, db: duckdb.DuckDBPyConnection, ask: Ask) -> Tally:
        """The count of an ask; its limit and where it goes on do not matter. Raises BadQuery."""
        condition, spatial = asking.where(ask, areas=_touches_areas(db, ask))
        if spatial:
            connection.spatial(db)
        relation, known = ask.collection.source(ask.query.known_on)
        day = "date_start" if ask.by_day else "NULL"
        text = f"SELECT {day}, count(*) FROM {relation} WHERE {condition[0]} GROUP BY 1 ORDER BY 1"
        values = [*known, *condition[1]]
        key = (text, *values)
        with self._lock:
            days = self._kept.get(key)
        if days is None:
            days = _counted(db, text, values, filtered=ask.tree is not None)
            with self._lock:
                self._kept[key] = days
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return Tally(condition, days[:: -1 if ask.keys[0].descending else 1])


def _counted(db: duckdb.DuckDBPyConnection, text: str, values: list[Any], *, filtered: bool) -> Days:
    try:
        return db.execute(text, values).fetchall()
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        if not filtered:
            raise
        what = f"it cannot be worked out ({str(error).splitlines()[0]})"
        raise BadQuery(what, where="filter", todo="correct the filter") from None


def _touches_areas(db: duckdb.DuckDBPyConnection, ask: Ask) -> bool:
    """Whether the box touches any area; where it does not, incidents need not be asked for theirs."""
    box = ask.query.bbox
    if ask.collection.relation != "incidents" or not box or box == WORLD:
        return True
    term, values = filters.areas_in(box)
    return db.execute(f"SELECT 1 FROM areas WHERE {term} LIMIT 1", values).fetchone() is not None
