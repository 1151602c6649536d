"""CQL2 filters parse, mean what they say, and never reach the database when they cannot be answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import orjson
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadQuery
from geo.query import IncidentQuery
from geo.schema import EVENT_TYPES
from geo.store import COLLECTIONS, Ask, Store, cql
from geo.store.crs import EPSG3857, EPSG4326
from geo.store.predicates import Translator
from tests.store import small

INCIDENTS = COLLECTIONS["incidents"]

# One of each kind that the standard gives examples of: comparisons, patterns, sets, spatial, temporal,
# array and arithmetic expressions, functions, and their combinations.
TEXTS = [
    "cloud = 0.1",
    "swimming_pool = true AND (floors > 5 OR material LIKE 'brick%' OR material LIKE '%brick')",
    "avg(windSpeed) < 4",
    "owner NOT LIKE '%Mike%'",
    "CASEI(road_class) IN (CASEI('Οδος'), CASEI('Straße'))",
    "ACCENTI(etat_vol) = ACCENTI('débárquér')",
    "value BETWEEN 1e2 AND 1.5E3",
    "value NOT BETWEEN -5 AND -1",
    "category NOT IN (1, 2, 3)",
    "geophys IS NULL",
    "geophys IS NOT NULL",
    "NOT (a <> 'x')",
    "value = a ^ 2 + b * 3 / c - d % 2",
    "S_INTERSECTS(geometry, POINT(36.3 32.2))",
    "S_WITHIN(location, POLYGON((10 43, 10 47, 11 48, 13 47, 13 43, 10 43), (11 44, 12 44, 12 45, 11 44)))",
    "S_CROSSES(road, LINESTRING(43.7 -79.3, 43.72 -79.29))",
    "S_TOUCHES(geom, MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)), ((2 2, 3 2, 3 3, 2 2))))",
    "S_DISJOINT(geom, BBOX(-180, -90, 180, 90))",
    "S_CONTAINS(geom, GEOMETRYCOLLECTION(POINT(7 50), LINESTRING(7 50, 8 51)))",
    "S_EQUALS(geom, MULTIPOINT((7 50), (10 51)))",
    "S_OVERLAPS(geom, MULTILINESTRING((0 0, 1 1), (2 2, 3 3)))",
    "T_AFTER(updated, DATE('2010-02-10'))",
    "T_BEFORE(updated, TIMESTAMP('2012-08-10T05:30:00Z'))",
    "T_CONTAINS(INTERVAL(starts, ends), INTERVAL('2013-01-01', '2013-02-01'))",
    "T_DURING(INTERVAL(starts, ends), INTERVAL('..', '2017-06-10T11:30:00Z'))",
    "T_INTERSECTS(event, INTERVAL('1969-07-16T05:32:00Z', '..'))",
    "A_CONTAINS(layers, ('one', 'two'))",
    "A_OVERLAPS(layers, ('one', 'two'))",
    "\"a name with blanks\" = 'it''s'",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_of_every_kind_parses_and_its_json_is_the_same(text: str):
    tree = cql.parse(text)
    assert isinstance(tree, dict)
    assert cql.parse(orjson.dumps(tree).decode()) == tree


BAD = [
    ("", "it is not cql2-text"),
    ("a =", "it is not cql2-text"),
    ("fatalities_best = 1 garbage", "it is not cql2-text"),
    ("{", "it is not JSON"),
    ('{"op": "=", "args": [1]}', "'=' wants 2 operands"),
    ("unknown = 1", "'unknown' is no property to filter by"),
    ("title", "a text stands where a flag is wanted"),
    ("title = 1", "a number cannot be compared with a text"),
    ("fatalities_best = 'x'", "a number cannot be compared with a text"),
    ("date_start > 'yesterday'", "'yesterday' is no day"),
    ("date_start > DATE('2022-02-31')", "'2022-02-31' is no day"),
    ("T_DURING(date_start, INTERVAL('2022-02-01','2022-01-01'))", "ends before it begins"),
    ("foo(title) = 1", "'foo' is no operator that we know"),
    ("A_CONTAINS(title, ('a'))", "'a_contains' is no operator that we know"),
    ("S_INTERSECTS(geometry, POLYGON((0 0, 1 1)))", "is no geometry"),
    ("S_INTERSECTS(geometry, BBOX(1, 2, 3))", "is no geometry"),
    ("S_INTERSECTS(geometry, BBOX(1, 5, 3, 2))", "is no geometry"),
    ("S_INTERSECTS(title, POINT(1 1))", "a text stands where a geometry is wanted"),
    ("geometry = title", "cannot be compared"),
    ("geometry = geometry", "a geometry is compared by S_ operators"),
    ("fatalities_best IN ()", "it is not cql2-text"),
    ("(" * 5000 + "1=1" + ")" * 5000, "it nests deeper than 60 levels"),
    ("NOT " * 3000 + "1=1", "it nests deeper than 60 levels"),
    ("1 = " + "-" * 9000 + "1", "it nests deeper than 60 levels"),
    (" AND ".join(["injured=1"] * 10_000), "it is longer than 16000 characters"),
    ('{"op":"not","args":[' * 700 + "true" + "]}" * 700, "it nests deeper than 60 levels"),
    ('{"op":"=","args":[{"property":"title"},{"date":5}]}', "is no day|it is not cql2-json"),
    ('{"op":"in","args":[{"property":"title"},"x"]}', "IN wants a list"),
    ('{"op":"=","args":[1e999,1]}', "it is not"),
]


@pytest.mark.parametrize(("text", "told"), BAD, ids=[text[:30] or "empty" for text, _ in BAD])
def test_what_cannot_be_answered_is_refused_in_one_line(many: Store, text: str, told: str):
    with pytest.raises(BadQuery, match=told) as caught:
        many.page(Ask(INCIDENTS, tree=cql.parse(text)))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 1200


def test_values_are_bound_and_never_text_of_the_query():
    words = "x'; DROP TABLE incidents; --"
    condition, values = Translator(INCIDENTS.queryables).condition(
        cql.parse(f"title = '{words.replace(chr(39), chr(39) * 2)}'")
    )
    assert condition == '(("title"::VARCHAR = ?::VARCHAR))'
    assert values == [words]


@pytest.mark.parametrize(
    "text",
    [
        "title LIKE 'a\\'",
        "title LIKE '%\\'",
        "fatalities_best / 0 > 1",
        "fatalities_best ^ 1e308 = 1",
        "1 % 0 = 1",
    ],
)
def test_what_only_the_database_can_refuse_is_a_bad_query_or_no_match(many: Store, text: str):
    try:
        b"".join(many.page(Ask(INCIDENTS, tree=cql.parse(text))).features)
    except BadQuery as error:
        assert "filter" in str(error)  # noqa: PT017


@pytest.mark.parametrize("crs", [EPSG4326, EPSG3857])
def test_positions_of_a_filter_are_in_its_own_system(many: Store, crs: str):
    corners = {EPSG4326: "4.5, 4.5, 6.5, 6.5", EPSG3857: "500937.7, 501452.9, 723576.7, 725086.4"}[crs]
    here = ids(many, "S_INTERSECTS(geometry, BBOX(4.5, 4.5, 6.5, 6.5))")
    found = many.page(Ask(INCIDENTS, tree=cql.parse(f"S_INTERSECTS(geometry, BBOX({corners}))"), crs=crs))
    assert here
    assert found.matched == len(here)


def test_a_box_across_the_antimeridian_is_two(many: Store):
    across = ids(many, "S_INTERSECTS(geometry, BBOX(178, -90, -178, 90))")
    east, west = (
        ids(many, "S_INTERSECTS(geometry, BBOX(178, -90, 180, 90))"),
        ids(many, "S_INTERSECTS(geometry, BBOX(-180, -90, -178, 90))"),
    )
    assert sorted(across) == sorted(east + west) != []


def ids(store: Store, text: str) -> list[str]:
    found = store.page(Ask(INCIDENTS, tree=cql.parse(text)))
    return [
        f["properties"]["dataset"] + f["id"] for f in orjson.loads(b"[" + b"".join(found.features) + b"]")
    ]


# Filters made at random, each as CQL2 and as what it means in GeoPandas.
Both = tuple[str, Any]


def frame(store: Store) -> gpd.GeoDataFrame:
    rows = list(store.export(IncidentQuery()))
    found = gpd.GeoDataFrame(
        rows, geometry=[None if r["lon"] is None else shapely.Point(r["lon"], r["lat"]) for r in rows]
    )
    return found.assign(
        **{name: pd.to_numeric(found[name]).astype("Float64") for name in ("fatalities_best", "injured")},
        **{name: pd.to_datetime(found[name]) for name in ("date_start", "date_end", "date_latest")},
        **{name: found[name].astype("string") for name in ("event_type", "place", "title")},
    )


_numbers = st.builds(
    lambda name, sign, n: (f"{name} {sign} {n}", lambda f: _compare(f[name], sign, n)),
    st.sampled_from(["fatalities_best", "injured"]),
    st.sampled_from(["=", "<>", "<", "<=", ">", ">="]),
    st.integers(-1, 4),
)
_types = st.builds(
    lambda kinds: (
        f"event_type IN ({', '.join(map(repr, kinds))})",
        lambda f: f["event_type"].isin(kinds).astype("boolean"),
    ),
    st.lists(st.sampled_from(list(EVENT_TYPES)), min_size=1, max_size=3),
)
_days = st.builds(
    lambda name, sign, n: (
        f"{name} {sign} DATE('2022-01-{n:02}')",
        lambda f: _compare(f[name], sign, pd.Timestamp(2022, 1, n)),
    ),
    st.sampled_from(["date_start", "date_end"]),
    st.sampled_from(["=", "<", ">="]),
    st.integers(1, 28),
)
_boxes = st.builds(
    lambda w, s, e, n: (
        f"S_INTERSECTS(geometry, BBOX({w}, {s}, {w + e}, {s + n}))",
        lambda f: f.intersects(shapely.box(w, s, w + e, s + n)).astype("boolean").mask(f.geometry.isna()),
    ),
    st.integers(-180, 100),
    st.integers(-90, 40),
    st.integers(1, 80),
    st.integers(1, 50),
)
_shapes = st.builds(
    lambda op, w, s, e, n: (
        f"S_{op.upper()}(geometry, {shapely.box(w, s, w + e, s + n).wkt})",
        lambda f: (
            getattr(f, {"equals": "geom_equals"}.get(op, op))(shapely.box(w, s, w + e, s + n))
            .astype("boolean")
            .mask(f.geometry.isna())
        ),
    ),
    st.sampled_from(["within", "disjoint", "touches", "overlaps", "crosses", "contains", "equals"]),
    st.integers(-180, 100),
    st.integers(-90, 40),
    st.integers(1, 80),
    st.integers(1, 50),
)
_ALLEN: dict[str, Callable[..., Any]] = {
    "after": lambda a, b, c, d: a > d,
    "before": lambda a, b, c, d: b < c,
    "contains": lambda a, b, c, d: (a < c) & (b > d),
    "disjoint": lambda a, b, c, d: (a > d) | (b < c),
    "during": lambda a, b, c, d: (a > c) & (b < d),
    "equals": lambda a, b, c, d: (a == c) & (b == d),
    "finishedby": lambda a, b, c, d: (a < c) & (b == d),
    "finishes": lambda a, b, c, d: (a > c) & (b == d),
    "intersects": lambda a, b, c, d: ~((a > d) | (b < c)),
    "meets": lambda a, b, c, d: b == c,
    "metby": lambda a, b, c, d: a == d,
    "overlappedby": lambda a, b, c, d: (a > c) & (a < d) & (b > d),
    "overlaps": lambda a, b, c, d: (a < c) & (b > c) & (b < d),
    "startedby": lambda a, b, c, d: (a == c) & (b > d),
    "starts": lambda a, b, c, d: (a == c) & (b < d),
}
_spans = st.builds(
    lambda op, first, length: (
        f"T_{op.upper()}(INTERVAL(date_start, date_end), "
        f"INTERVAL('2022-01-{first:02}', '2022-01-{first + length:02}'))",
        lambda f: _ALLEN[op](
            f["date_start"],
            f["date_end"].fillna(pd.Timestamp(2262, 1, 1)),
            pd.Timestamp(2022, 1, first),
            pd.Timestamp(2022, 1, first + length),
        ).astype("boolean"),
    ),
    st.sampled_from(sorted(_ALLEN)),
    st.integers(1, 12),
    st.integers(0, 12),
)
_nulls = st.sampled_from(["place", "fatalities_best", "date_end"]).map(
    lambda name: (f"{name} IS NULL", lambda f: f[name].isna().astype("boolean"))
)
_words = st.builds(
    lambda start: (
        f"CASEI(title) LIKE CASEI('{start}%')",
        lambda f: f["title"].str.lower().str.startswith(start.lower()).astype("boolean"),
    ),
    st.sampled_from(["c", "HALL", "алм", "100"]),
)


def _compare(column: pd.Series, sign: str, value: Any) -> pd.Series:
    found = {
        "=": column == value,
        "<>": column != value,
        "<": column < value,
        "<=": column <= value,
        ">": column > value,
        ">=": column >= value,
    }[sign]
    return found.astype("boolean").mask(column.isna())


filters = st.recursive(
    _numbers | _types | _days | _boxes | _shapes | _spans | _nulls | _words,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(
            lambda p: (f"({p[0][0]}) AND ({p[1][0]})", lambda f: p[0][1](f) & p[1][1](f))
        ),
        st.tuples(inner, inner).map(
            lambda p: (f"({p[0][0]}) OR ({p[1][0]})", lambda f: p[0][1](f) | p[1][1](f))
        ),
        inner.map(lambda p: (f"NOT ({p[0]})", lambda f: ~p[1](f))),
    ),
    max_leaves=6,
)


@settings(max_examples=150)
@given(made=filters)
def test_filters_agree_with_geopandas(many: Store, made: Both):
    text, means = made
    rows = frame_of(many)
    wanted = rows[means(rows).fillna(False).astype(bool)]
    assert sorted(ids(many, text)) == sorted(wanted["dataset"] + wanted["id"])


def frame_of(store: Store) -> gpd.GeoDataFrame:
    if "frame" not in _kept:
        _kept["frame"] = frame(store)
    return _kept["frame"]


_kept: dict[str, gpd.GeoDataFrame] = {}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("T_INTERSECTS(INTERVAL(date_start, date_latest), INTERVAL('2022-01-05', '2022-01-07'))", 5, 7),
        ("T_INTERSECTS(INTERVAL(date_start, date_end), INTERVAL('..', '2022-01-03'))", None, 3),
    ],
)
def test_touching_an_interval_is_what_datetime_asks(many: Store, text: str, first: int | None, last: int):
    text = text.replace("date_latest", "date_end")
    rows = list(many.export(IncidentQuery()))
    low = dt.date(2022, 1, first) if first else dt.date.min
    wanted = [
        r["dataset"] + r["id"]
        for r in rows
        if r["date_start"] <= dt.date(2022, 1, last) and (r["date_end"] or dt.date.max) >= low
    ]
    assert sorted(ids(many, text)) == sorted(wanted)
    assert len(wanted) > 5


def test_rows_of_the_helper_are_those_of_the_store(many: Store, versions: list[small.Row]):
    assert len(frame_of(many)) == sum(row["known_to"] is None for row in versions)
