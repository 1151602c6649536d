"""The collections that can be read feature by feature: what each holds, and the SQL that gives its rows.

A relation is a table or a subquery in brackets with the columns of its schema. Its placeholders, if
any, take the day on which the rows were known. Features are identified by `key` within a collection.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pyarrow as pa

from geo import schema
from geo.errors import NoSuchCollection
from geo.schema import meta
from geo.store.filters import Condition
from geo.store.ledger import CLAIMS

_REPORTS = """(
    SELECT r.*, s.publisher, s.weak, coalesce(i.lon, m.lon) AS lon, coalesce(i.lat, m.lat) AS lat,
           coalesce(i.px, m.px) AS px, coalesce(i.py, m.py) AS py
    FROM reports r JOIN sources s ON s.id = r.source_id AND s.dataset = r.dataset
    LEFT JOIN incidents i ON i.dataset = r.dataset AND i.id = r.incident_id AND i.known_to IS NULL
    LEFT JOIN members m ON m.dataset = r.dataset AND m.id = r.incident_id AND m.known_to IS NULL,
    (SELECT ?::DATE AS known_on) k WHERE k.known_on IS NULL OR r.reported_on <= k.known_on
)"""

_FIGURES = """(
    SELECT left(md5(concat_ws('|', f.dataset, f.admin0, coalesce(f.admin1_id, ''), figure, f.unit, reference,
                              f.source_id, value::VARCHAR)), 16) AS id, f.*, s.publisher
    FROM figures f JOIN sources s ON s.id = f.source_id AND s.dataset = f.dataset
)"""

_REGIONS = """(
    SELECT id || coalesce('@' || valid_from::VARCHAR, '') AS key, * FROM regions
    WHERE admin0 IN (
        SELECT unnest(json_extract_string(value, '$.*.eventmap.admin0[*]')) FROM meta WHERE key = 'datasets'
    )
)"""


@dataclass(frozen=True)
class Collection:
    """name: as in addresses. key: the column that identifies a feature.

    relation: SQL. dated: the relation takes the day on which its rows were known.
    order: columns of the usual order; together unique.
    first, last: SQL of the first and the last day of a feature; null in `first` or `last` is open
    where `open_ended`, else the feature has no days.
    geometry: `point` (columns lon, lat, px, py), `surface` (WKB in `geometry`), or none.
    hidden: columns that are no property. more: properties beside those of the schema.
    """

    name: str
    table: pa.Schema
    relation: str
    order: tuple[str, ...]
    first: str
    last: str
    dated: bool = False
    open_ended: bool = False
    geometry: str = ""
    key: str = "id"
    hidden: frozenset[str] = frozenset({"id", "lon", "lat"})
    more: tuple[pa.Field, ...] = field(default=())

    @property
    def title(self) -> str:
        """What a reader calls it."""
        return str((self.table.metadata or {}).get(b"title", b"").decode())

    @property
    def about(self) -> str:
        """What one feature is."""
        return str((self.table.metadata or {}).get(b"about", b"").decode())

    @property
    def properties(self) -> list[pa.Field]:
        """What a feature says, in order."""
        return [column for column in [*self.table, *self.more] if column.name not in self.hidden]

    @property
    def queryables(self) -> dict[str, pa.Field]:
        """What a filter may name, by name; without the geometry."""
        return {
            column.name: column
            for column in [*self.table, *self.more]
            if meta(column, "queryable") == "True" or column.name in self.order
        }

    def source(self, known_on: dt.date | None) -> Condition:
        """The relation and the values for its placeholders; of incidents known now, their features."""
        if self.relation == "incidents" and known_on is None:
            return "features", []
        return self.relation, [known_on] if self.dated else []


_PUBLISHER = schema.field("publisher", pa.string(), "Publisher, by name", queryable=True)
_WEAK = schema.field("weak", pa.bool_(), "A machine translation or an unsigned reprint")

COLLECTIONS: dict[str, Collection] = {
    found.name: found
    for found in (
        Collection(
            "incidents",
            schema.INCIDENT,
            "incidents",
            ("date_start", "id", "dataset"),
            "date_start",
            "date_latest",
            geometry="point",
            hidden=frozenset({"id", "lon", "lat", "known_from", "known_to"}),
        ),
        Collection(
            "reports",
            schema.REPORT,
            _REPORTS,
            ("date_start", "id", "dataset"),
            "date_start",
            "coalesce(date_end, date_start)",
            dated=True,
            geometry="point",
            more=(_PUBLISHER, _WEAK),
        ),
        Collection(
            "claims",
            schema.CLAIM,
            CLAIMS,
            ("id", "dataset"),
            "coalesce(about_start, about_end)",
            "coalesce(about_end, about_start)",
            dated=True,
            more=(_PUBLISHER, _WEAK),
        ),
        Collection(
            "regions",
            schema.REGION,
            _REGIONS,
            ("key",),
            "valid_from",
            "valid_to",
            open_ended=True,
            geometry="surface",
            key="key",
            hidden=frozenset(),
        ),
        Collection(
            "figures",
            schema.FIGURE,
            _FIGURES,
            ("id",),
            "NULL::DATE",
            "NULL::DATE",
            more=(_PUBLISHER,),
        ),
    )
}


def find(name: str) -> Collection:
    """A collection by name. Raises NoSuchCollection."""
    if name not in COLLECTIONS:
        todo = f"choose from: {', '.join(COLLECTIONS)}"
        raise NoSuchCollection(f"{name!r} is no collection", where="collection", todo=todo)
    return COLLECTIONS[name]
