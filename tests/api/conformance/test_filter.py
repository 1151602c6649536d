"""OGC 19-079r2 and 21-065, annexes A: abstract tests of queryables, filters, and what CQL2 may say.

Each filter covers what an example of the standard covers, over properties of ours; `means` tells the same of
a feature in Python. `true` is certain only: what is not known is not true, as in SQL.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import cql2
import orjson
import pytest
import shapely
from starlette.testclient import TestClient

from geo.api.ogc import CONFORMS
from geo.store import COLLECTIONS
from tests.api.conformance import TESTED, abstract, test_core, test_crs, test_forms, test_tiles
from tests.api.conformance.conftest import ITEMS
from tests.api.conftest import problem

Ask = Callable[..., Any]
Feature = dict[str, Any]
PART3, CQL = "ogcapi-features-3", "cql2"
CITY = "POLYGON((76.7 43.1, 77.2 43.1, 77.2 43.5, 76.7 43.5, 76.7 43.1))"
LINE = "LINESTRING(60 43.25, 80 43.25)"


def value(name: str) -> Callable[[Feature], Any]:
    return lambda f: f["properties"][name]


def number(f: Feature, name: str) -> float:
    """NaN, which no comparison holds for, where it is not known."""
    found = f["properties"][name]
    return float("nan") if found is None else float(found)


def place(f: Feature) -> Any:
    return shapely.geometry.shape(f["geometry"]) if f["geometry"] else None


def on(word: str) -> Callable[[Feature], bool]:
    """What a spatial predicate says of a feature that has a place."""
    name, text = word.split(" ", 1)
    other = shapely.from_wkt(text)
    return lambda f: place(f) is not None and bool(getattr(shapely, name)(place(f), other))


def bare(text: str | None) -> str:
    found = unicodedata.normalize("NFD", text or "")
    return "".join(one for one in found if not unicodedata.combining(one))


def days(f: Feature) -> tuple[str, str]:
    """First and last day; an end that is not told is open."""
    return f["properties"]["date_start"], f["properties"]["date_end"] or "9999-12-31"


SPAN = "INTERVAL(date_start, date_end)"
WEEK = "INTERVAL('2022-01-05','2022-01-07')"
A, B = "2022-01-05", "2022-01-07"

FILTERS: dict[str, list[tuple[str, str, Callable[[Feature], bool]]]] = {
    "basic-cql2": [
        (
            "example30 not equal, quoted name",
            "\"event_type\" <> 'Riots'",
            lambda f: value("event_type")(f) != "Riots",
        ),
        ("clause6_01 equal", "event_type = 'Riots'", lambda f: value("event_type")(f) == "Riots"),
        ("example28 greater", "fatalities_best > 2", lambda f: number(f, "fatalities_best") > 2),
        ("clause6_02d is null", "injured IS NULL", lambda f: value("injured")(f) is None),
        ("example06b is not null", "injured IS NOT NULL", lambda f: value("injured")(f) is not None),
        (
            "clause6_03 and, or, not, brackets",
            "NOT (event_type = 'Riots' OR injured > 1) AND date_start >= DATE('2022-01-05')",
            lambda f: (
                value("event_type")(f) != "Riots"
                and number(f, "injured") <= 1
                and value("date_start")(f) >= "2022-01-05"
            ),
        ),
        (
            "timestamp",
            "date_start < TIMESTAMP('2022-01-04T00:00:00Z')",
            lambda f: value("date_start")(f) < "2022-01-04",
        ),
    ],
    "advanced-comparison-operators": [
        ("clause7_01 like", "place LIKE 'A%'", lambda f: (value("place")(f) or "").startswith("A")),
        ("like one letter", "place LIKE '_ktau'", lambda f: value("place")(f) == "Aktau"),
        (
            "example36-alt01 not like",
            "place NOT LIKE 'A%'",
            lambda f: not (value("place")(f) or "A").startswith("A"),
        ),
        (
            "clause7_02 between",
            "fatalities_best BETWEEN 1 AND 3",
            lambda f: 1 <= number(f, "fatalities_best") <= 3,
        ),
        (
            "not between",
            "fatalities_best NOT BETWEEN 0 AND 3",
            lambda f: number(f, "fatalities_best") > 3,
        ),
        (
            "clause7_03 in",
            "place IN ('Aktau', 'Almaty')",
            lambda f: value("place")(f) in ("Aktau", "Almaty"),
        ),
    ],
    "case-insensitive-comparison": [
        (
            "clause7_04 casei",
            "CASEI(place) = CASEI('aLMATY')",
            lambda f: (value("place")(f) or "").lower() == "almaty",
        ),
        (
            "casei like",
            "CASEI(title) LIKE CASEI('%ALMATY%')",
            lambda f: "almaty" in value("title")(f).lower(),
        ),
    ],
    "accent-insensitive-comparison": [
        (
            "clause7_05 accenti",
            "ACCENTI(place) = ACCENTI('Álmatý')",
            lambda f: bare(value("place")(f)) == "Almaty",
        ),
    ],
    "arithmetic": [
        (
            "clause7_19 sum in a comparison",
            "fatalities_best + 2 * 3 - 1 > 8 / 2 + 3",
            lambda f: number(f, "fatalities_best") + 5 > 7,
        ),
        ("div and modulo", "fatalities_best % 2 = 1", lambda f: number(f, "fatalities_best") % 2 == 1),
        ("power", "fatalities_best ^ 2 >= 9", lambda f: number(f, "fatalities_best") ** 2 >= 9),
    ],
    "property-property": [
        (
            "two dates",
            "date_start < date_end",
            lambda f: value("date_start")(f) < (value("date_end")(f) or ""),
        ),
        ("value first", "2 < fatalities_best", lambda f: number(f, "fatalities_best") > 2),
        ("two values", "1 = 1", lambda f: True),
    ],
    "basic-spatial-functions": [
        (
            "example08 box",
            "S_INTERSECTS(geometry, BBOX(76,43,78,44))",
            on("intersects POLYGON((76 43,78 43,78 44,76 44,76 43))"),
        ),
        ("point", "S_INTERSECTS(geometry, POINT(76.945 43.2383))", on("intersects POINT(76.945 43.2383)")),
    ],
    "basic-spatial-functions-plus": [
        ("example46 polygon first", f"S_INTERSECTS({CITY}, geometry)", on(f"intersects {CITY}")),
        ("line", f"S_INTERSECTS(geometry, {LINE})", on(f"intersects {LINE}")),
        (
            "several polygons",
            "S_INTERSECTS(geometry, MULTIPOLYGON(((50 43,52 43,52 45,50 43)), ((76 43,78 43,78 44,76 43))))",
            on("intersects MULTIPOLYGON(((50 43,52 43,52 45,50 43)), ((76 43,78 43,78 44,76 43)))"),
        ),
    ],
    "spatial-functions": [
        (f"s_{name}", f"S_{name.upper()}(geometry, {CITY})", on(f"{name} {CITY}"))
        for name in ("within", "disjoint", "equals", "touches", "overlaps", "crosses", "contains")
    ],
    "temporal-functions": [
        ("t_after", f"T_AFTER({SPAN}, {WEEK})", lambda f: days(f)[0] > B),
        ("t_before", f"T_BEFORE({SPAN}, {WEEK})", lambda f: days(f)[1] < A),
        ("example55 t_contains", f"T_CONTAINS({SPAN}, {WEEK})", lambda f: days(f)[0] < A and days(f)[1] > B),
        ("t_disjoint", f"T_DISJOINT({SPAN}, {WEEK})", lambda f: days(f)[0] > B or days(f)[1] < A),
        ("example22 t_during", f"T_DURING({SPAN}, {WEEK})", lambda f: days(f)[0] > A and days(f)[1] < B),
        ("t_equals", f"T_EQUALS({SPAN}, {WEEK})", lambda f: days(f) == (A, B)),
        (
            "example59 t_finishedby",
            f"T_FINISHEDBY({SPAN}, {WEEK})",
            lambda f: days(f)[0] < A and days(f)[1] == B,
        ),
        ("t_finishes", f"T_FINISHES({SPAN}, {WEEK})", lambda f: days(f)[0] > A and days(f)[1] == B),
        (
            "clause7_12 t_intersects",
            f"T_INTERSECTS({SPAN}, {WEEK})",
            lambda f: days(f)[0] <= B and days(f)[1] >= A,
        ),
        ("t_meets", f"T_MEETS({SPAN}, {WEEK})", lambda f: days(f)[1] == A),
        ("t_metby", f"T_METBY({SPAN}, {WEEK})", lambda f: days(f)[0] == B),
        (
            "example64 t_overlappedby",
            f"T_OVERLAPPEDBY({SPAN}, {WEEK})",
            lambda f: A < days(f)[0] < B < days(f)[1],
        ),
        ("t_overlaps", f"T_OVERLAPS({SPAN}, {WEEK})", lambda f: days(f)[0] < A < days(f)[1] < B),
        ("t_startedby", f"T_STARTEDBY({SPAN}, {WEEK})", lambda f: days(f)[0] == A and days(f)[1] > B),
        ("t_starts", f"T_STARTS({SPAN}, {WEEK})", lambda f: days(f)[0] == A and days(f)[1] < B),
        (
            "example67 open",
            f"T_STARTS({SPAN}, INTERVAL('2022-01-05','..'))",
            lambda f: days(f)[0] == A and days(f)[1] < "9999-12-31",
        ),
        (
            "clause7_17 two constants",
            "T_DURING(INTERVAL('2022-01-02','2022-01-03'), INTERVAL('2022-01-01','2022-01-09'))",
            lambda f: True,
        ),
    ],
}
CASES = [(kind, *one) for kind, found in FILTERS.items() for one in found]


@pytest.fixture(scope="session")
def every(ask: Ask) -> list[Feature]:
    """All incidents."""
    found: list[Feature] = ask(ITEMS.format("incidents"), limit="1000")["features"]
    return found


def selected(ask: Ask, text: str, language: str) -> list[str]:
    told = ask(ITEMS.format("incidents"), filter=text, filter_lang=language, limit="1000")
    return [one["id"] for one in told["features"]]


@pytest.mark.parametrize(("kind", "about", "text", "means"), CASES, ids=[f"{c[0]}: {c[1]}" for c in CASES])
@abstract(CQL, "cql2-text/evaluate", "cql2-json/evaluate", *(f"{kind}/evaluate" for kind in FILTERS))
def test_a_filter_means_what_it_says_in_text_and_in_json(
    ask: Ask, every: list[Feature], kind: str, about: str, text: str, means: Callable[[Feature], bool]
):
    wanted = [f["id"] for f in every if means(f)]
    assert selected(ask, text, "cql2-text") == wanted
    assert selected(ask, orjson.dumps(cql2.parse_text(text).to_json()).decode(), "cql2-json") == wanted


BEYOND = [
    *("avg(windSpeed) < 4", "A_CONTAINS(layers, ('a','b'))", "A_EQUALS(actors, ('x'))", "foo(title) = 1"),
    *("updated > DATE('2020-01-01')", "beamMode = 'ScanSAR Narrow'", "vehicle_height > (bridge_clearance-1)"),
    *("S_INTERSECTS(footprint, POINT(1 2))", "T_AFTER(updated_at, DATE('2020-01-01'))"),
]


@pytest.mark.parametrize("text", BEYOND)
@abstract(PART3, "filter/filter-param", "features-filter/filter-param", "filter/response")
def test_what_parses_and_is_not_ours_is_400(client: TestClient, text: str):
    assert cql2.parse_text(text)
    told = problem(client.get(ITEMS.format("incidents"), params={"filter": text}))
    assert told["status"] == 400
    assert "filter" in told["detail"]


@abstract(
    PART3,
    "filter/filter-lang-param",
    "filter/filter-crs-wgs84",
    "filter/filter-crs-param",
    "filter/mixing-expressions",
)
def test_a_filter_has_a_language_a_system_and_goes_with_the_rest(ask: Ask, every: list[Feature]):
    box = "S_INTERSECTS(geometry, BBOX({}))"
    plain = selected(ask, box.format("76,43,78,44"), "")
    turned = ask(
        ITEMS.format("incidents"),
        filter=box.format("43,76,44,78"),
        limit="1000",
        filter_crs="http://www.opengis.net/def/crs/EPSG/0/4326",
    )
    assert [one["id"] for one in turned["features"]] == plain != []
    mixed = ask(ITEMS.format("incidents"), filter="fatalities_best >= 0", bbox="76,43,78,44", limit="1000")
    known = {f["id"] for f in every if f["geometry"] and f["properties"]["fatalities_best"] is not None}
    assert {f["id"] for f in mixed["features"] if f["geometry"]} == set(plain) & known


@pytest.mark.parametrize("name", COLLECTIONS)
@abstract(
    PART3, "queryables/get-queryables-uris", "queryables/get-queryables-response", "filter/get-queryables"
)
def test_queryables_are_linked_and_a_schema(client: TestClient, ask: Ask, name: str):
    rel = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
    (link,) = [one for one in ask(f"/api/collections/{name}")["links"] if one["rel"] == rel]
    reply = client.get(link["href"])
    assert reply.headers["content-type"].startswith("application/schema+json")
    told = reply.json()
    assert (told["type"], told["additionalProperties"]) == ("object", False)
    assert told["$id"] == link["href"].split("?")[0]
    assert all("type" in one or "format" in one for one in told["properties"].values())


@abstract(PART3, "queryables-query-parameters/query-param", "queryables-query-parameters/parameters")
def test_a_queryable_is_a_parameter(ask: Ask, every: list[Feature]):
    found = ask(ITEMS.format("incidents"), place="Aktau", limit="1000")["features"]
    assert [f["id"] for f in found] == [f["id"] for f in every if f["properties"]["place"] == "Aktau"] != []


@abstract("ogcapi-common-1", "core/landing", "json/definition", "html/definition", "oas30/definition")
def test_common_is_what_features_are_served_by(client: TestClient):
    for media in ("application/json", "text/html"):
        assert client.get("/api", headers={"Accept": media}).headers["content-type"].startswith(media)
    assert client.get("/api/openapi").json()["openapi"].startswith("3.0")


@pytest.mark.parametrize("address", CONFORMS)
def test_every_class_that_is_declared_is_tested(address: str):
    assert all((test_core, test_crs, test_forms, test_tiles))
    name = address.removeprefix("http://www.opengis.net/spec/")
    assert any(one.startswith(f"{name}/") for one in TESTED)
