"""Features over HTTP: parameters, pages, formats, coordinates; and whatever cannot be understood is a 4xx."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pytest
from geojson_pydantic import FeatureCollection
from starlette.testclient import TestClient

from geo import exports
from geo.store import COLLECTIONS
from geo.store.crs import CRS84, EPSG3857, EPSG4326
from tests.api.conftest import problem

Ask = Callable[..., Any]
ITEMS = "/api/collections/incidents/items"


def ids(told: dict[str, Any]) -> list[str]:
    return [feature["id"] for feature in told["features"]]


def follow(client: TestClient, address: str) -> list[dict[str, Any]]:
    """Every page from an address on, by the links `next`."""
    pages = []
    while address:
        pages.append(client.get(address).json())
        address = next((link["href"] for link in pages[-1]["links"] if link["rel"] == "next"), "")
    return pages


@pytest.mark.parametrize("name", COLLECTIONS)
def test_pages_of_every_collection_hold_each_feature_once(client: TestClient, name: str):
    pages = follow(client, f"/api/collections/{name}/items?limit=40")
    every = [one for page in pages for one in ids(page)]
    assert len(every) == len(set(every)) == pages[0]["numberMatched"]
    assert [page["numberReturned"] for page in pages[:-1]] == [40] * (len(pages) - 1)
    for page in pages:
        FeatureCollection.model_validate({key: page[key] for key in ("type", "features")})
        assert {link["rel"] for link in page["links"]} >= {"self", "alternate", "collection"}


def test_a_page_says_what_it_is_and_on_which_terms(ask: Ask):
    told = ask(ITEMS, limit="2", q="police")
    assert told["eventmap"]["query"] == {"q": "police", "limit": "2"}
    assert told["eventmap"]["licence"][0]["name"] == "CC-BY-4.0"
    assert told["timeStamp"].endswith("Z")


def test_features_are_those_of_the_download(client: TestClient):
    served = client.get(f"{ITEMS}?limit=1000").json()["features"]
    assert served == client.get("/api/download/geojson").json()["features"]


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("2022-01-05", "2022-01-05", "2022-01-05"),
        ("2022-01-05T23:30:00Z", "2022-01-05", "2022-01-05"),
        ("2022-01-05T00:00:00+06:00/2022-01-06", "2022-01-05", "2022-01-06"),
        ("2022-01-05/..", "2022-01-05", ""),
        ("2022-01-05/", "2022-01-05", ""),
        ("2022-01-05T/2022-01-06T", "2022-01-05", "2022-01-06"),
        ("../2022-01-04", "", "2022-01-04"),
        ("/2022-01-04", "", "2022-01-04"),
        ("../..", "", ""),
    ],
)
def test_datetime_asks_what_touches_it(ask: Ask, when: str, start: str, end: str):
    told = ask(ITEMS, datetime=when, limit="1000")
    assert ids(told) == ids(ask("/api/download/geojson", start=start, end=end))
    assert 0 < told["numberMatched"] <= 120


def test_regions_valid_on_a_day(ask: Ask):
    before = ids(ask("/api/collections/regions/items", datetime="2022-01-05"))
    after = ids(ask("/api/collections/regions/items", datetime="2022-06-08/.."))
    assert len(before) == 17
    assert "KZ-abai@2022-06-08" in set(after) - set(before)


def test_claims_as_they_stood(ask: Ask):
    then = {
        f["id"]: f["properties"]["status"]
        for f in ask("/api/collections/claims/items", known_on="2022-01-09")["features"]
    }
    now = {f["id"]: f["properties"]["status"] for f in ask("/api/collections/claims/items")["features"]}
    assert then.keys() < now.keys()
    assert {key for key in then if then[key] == "stands" and now[key] == "retracted"}


def test_a_box_may_have_heights_and_cross_the_antimeridian(ask: Ask):
    flat, high = ask(ITEMS, bbox="76,43,78,44"), ask(ITEMS, bbox="76,43,-10,78,44,9000")
    assert ids(flat) == ids(high)
    assert 0 < flat["numberMatched"] < 120
    assert ask(ITEMS, bbox="179,40,60,50")["numberMatched"] > 0


@pytest.mark.parametrize(
    ("crs", "box"), [(EPSG4326, "43,76,44,78"), (EPSG3857, "8460281.3,5311971.8,8682920.2,5465442.2")]
)
def test_coordinates_in_another_system(client: TestClient, crs: str, box: str):
    here = client.get(f"{ITEMS}?bbox=76,43,78,44").json()
    reply = client.get(ITEMS, params={"bbox": box, "bbox-crs": crs, "crs": crs})
    assert reply.headers["content-crs"] == f"<{crs}>"
    assert ids(reply.json()) == ids(here)
    lon, lat = next(f["geometry"]["coordinates"] for f in here["features"] if f["geometry"])
    x, y = next(f["geometry"]["coordinates"] for f in reply.json()["features"] if f["geometry"])
    assert (x, y) == (lat, lon) if crs == EPSG4326 else 8.4e6 < x < 8.7e6 and 5.3e6 < y < 5.5e6
    assert client.get(ITEMS).headers["content-crs"] == f"<{CRS84}>"


def test_outlines_wind_as_geojson_asks_in_every_system(ask: Ask):
    for crs in (CRS84, EPSG3857):
        found = ask("/api/collections/regions/items", crs=crs, filter="id = 'KZ-akmola'")["features"]
        ring = found[0]["geometry"]["coordinates"][0]
        ring = ring[0] if isinstance(ring[0][0], list) else ring
        assert sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) < 0


def test_filters_in_text_json_and_as_parameters_agree(ask: Ask):
    text = ask(ITEMS, filter="event_type = 'Riots'", filter_lang="cql2-text")
    tree = ask(ITEMS, filter='{"op":"=","args":[{"property":"event_type"},"Riots"]}', filter_lang="cql2-json")
    assert ids(text) == ids(tree) == ids(ask(ITEMS, event_type="Riots"))
    plain = ask("/api/collections/claims/items", metric="killed", place="Kazakhstan")
    assert ids(plain) == ids(
        ask("/api/collections/claims/items", filter="metric='killed' AND place='Kazakhstan'")
    )
    assert plain["numberMatched"] > 3


def test_sorted_by_what_can_be_named(ask: Ask):
    worst = ask(ITEMS, sortby="-fatalities_best,title", limit="10")["features"]
    deaths = [f["properties"]["fatalities_best"] or 0 for f in worst]
    assert deaths == sorted(deaths, reverse=True)
    assert deaths[0] > 0


@pytest.mark.parametrize("name", [name for name in exports.FORMATS if name not in ("html", "geojson")])
def test_every_export_is_a_format_of_items(client: TestClient, name: str):
    reply = client.get(f"{ITEMS}?f={name}&filter=event_type='Riots'&limit=5")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == exports.FORMATS[name].media_type
    assert exports.FORMATS[name].suffix in reply.headers["content-disposition"]
    if name == "csv":
        assert len(reply.text.splitlines()) >= 6


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/geo+json"),
        ("application/json", "application/geo+json"),
        ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/html;q=0.1, application/geo+json;q=0.5", "application/geo+json"),
    ],
)
def test_the_format_is_what_the_client_accepts(client: TestClient, accept: str, media: str):
    reply = client.get(f"{ITEMS}?limit=1", headers={"Accept": accept})
    assert reply.headers["content-type"] == media
    assert "Accept" in reply.headers["vary"]


def test_what_nobody_can_give_is_not_acceptable(client: TestClient):
    assert problem(client.get(ITEMS, headers={"Accept": "image/webp"}))["status"] == 406


def test_a_feature_by_its_identifier(ask: Ask, client: TestClient):
    first = ask(ITEMS, limit="1")["features"][0]
    one = ask(f"{ITEMS}/{first['id']}")
    assert {key: one[key] for key in first} == first
    assert (
        client.get(f"{ITEMS}/{first['id']}?crs={EPSG4326}").json()["geometry"]["coordinates"]
        == first["geometry"]["coordinates"][::-1]
    )


@pytest.mark.parametrize(
    "name",
    [
        "none",
        "a/b",
        "it's",
        '"',
        "../../etc/passwd",
        "a b\n",
        "a\nb",
        "\r\n\0",
        "%",
        "é" * 200,
        "'; DROP TABLE incidents; --",
    ],
)
def test_an_identifier_that_is_none_is_not_found(client: TestClient, name: str):
    assert problem(client.get(f"{ITEMS}/{quote(name, safe='')}"))["status"] == 404


BAD = {
    "bbox": [
        "1,2,3",
        "1,2,3,4,5",
        "west",
        "nan,0,1,1",
        "0,0,inf,1",
        "0,50,1,40",
        "-200,0,10,10",
        "0,0,nan,1,1,nan",
        ",,,",
    ],
    "limit": ["0", "-1", "1.5", "ten", "1e3", "9" * 40],
    "datetime": [
        "yesterday",
        "2022-02-30",
        "2022-01-07/2022-01-05",
        "a/b",
        "/",
        "2022",
        "2022-01-01/2022-01-02/2022-01-03",
        "20220105",
        "2022-01-05T25:00:00Z",
    ],
    "crs": ["EPSG:2154", "http://www.opengis.net/def/crs/EPSG/0/2154"],
    "bbox-crs": ["x"],
    "filter-crs": ["x"],
    "filter-lang": ["sql"],
    "filter": ["nothing = 1", "a =", "(" * 4000],
    "sortby": ["nothing", "-geometry"],
    "f": ["xml", "shp"],
    "cursor": ["x", "W10"],
    "known-on": ["then"],
    "event-type": ["Parade"],
    "start": ["2022-13-01"],
    "fatalities_best": ["many"],
    "unknown": ["1"],
    "Limit": ["1"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, found in BAD.items() for value in found])
def test_what_cannot_be_understood_is_told_with_what_to_do(client: TestClient, name: str, value: str):
    params = {name: value} | ({"filter": "1=1"} if name in ("filter-lang",) else {})
    told = problem(client.get(ITEMS, params=params))
    assert told["status"] == 400
    assert "; " in told["detail"]


def test_more_than_there_may_be_is_cut_to_the_most(ask: Ask):
    assert ask(ITEMS, limit="1000000000")["numberReturned"] == 120


def test_a_parameter_given_twice_is_refused(client: TestClient):
    assert problem(client.get(f"{ITEMS}?limit=1&limit=2"))["status"] == 400
    assert problem(client.get(f"{ITEMS}?datetime=2022-01-05&start=2022-01-05"))["status"] == 400


def test_a_query_of_many_kilobytes_is_too_long(client: TestClient):
    assert problem(client.get(f"{ITEMS}?q={'x' * 60_000}"))["status"] == 414
    assert problem(client.get(f"{ITEMS}?filter={'+AND+'.join(['1=1'] * 7_000)}"))["status"] == 414


def test_a_reply_is_sent_once_while_the_store_stays(client: TestClient):
    first = client.get(f"{ITEMS}?limit=3")
    again = client.get(f"{ITEMS}?limit=3", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"{ITEMS}?limit=4", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_head_tells_the_same_without_a_body(client: TestClient):
    for path in (ITEMS, "/api", "/api/collections", f"{ITEMS}?f=csv", "/api/cells"):
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == client.get(path).headers["content-type"]


def test_pages_of_other_origins_may_read(client: TestClient):
    reply = client.get(ITEMS, headers={"Origin": "https://example.org"})
    assert reply.headers["access-control-allow-origin"] == "*"
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    assert client.options(ITEMS, headers=asked).status_code == 200
    forbidden = asked | {"Access-Control-Request-Method": "DELETE"}
    assert client.options(ITEMS, headers=forbidden).status_code == 400


def test_the_body_is_json_to_the_last_byte(client: TestClient):
    for name in COLLECTIONS:
        for query in ("limit=1", "datetime=1900-01-01", "bbox=0,0,0,0"):
            told = json.loads(client.get(f"/api/collections/{name}/items?{query}").content)
            assert told["numberReturned"] == len(told["features"])
