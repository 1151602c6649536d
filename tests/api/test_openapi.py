"""The description is valid, and the service does what it describes: asked at random, it never fails."""

from __future__ import annotations

from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from geo.api.declared import of_items
from geo.api.openapi import document
from geo.settings import Settings
from geo.store import COLLECTIONS
from tests.api.serve import application

CHECKS = [
    not_a_server_error,
    response_schema_conformance,
    content_type_conformance,
    status_code_conformance,
]


@pytest.fixture(scope="session")
def described(store: Any) -> Any:
    """What schemathesis makes of the description."""
    return schemathesis.openapi.from_asgi("/api/openapi", application(store))


PATHS = [path for path in document("http://testserver", 100)["paths"] if path != "/metrics"]


@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_asked_the_reply_is_as_described(described: Any, path: str):
    @hypothesis.settings(max_examples=8, suppress_health_check=list(hypothesis.HealthCheck))
    @hypothesis.given(case=described[path]["GET"].as_strategy())
    def ask(case: Any) -> None:
        reply = case.call()
        case.validate_response(reply, checks=CHECKS)

    ask()


def test_every_parameter_is_described_and_no_other(client: TestClient):
    told = client.get("/api/openapi").json()
    for name, collection in COLLECTIONS.items():
        listed = told["paths"][f"/collections/{name}/items"]["get"]["parameters"]
        names = {one.get("name") or one["$ref"].split("/")[-1] for one in listed}
        assert names == set(of_items(collection))
    assert told["components"]["parameters"]["limit"]["schema"]["maximum"] == Settings().max_features


def test_links_lead_somewhere(client: TestClient):
    """Every link of every JSON resource, two steps from the landing page, is answered in its type."""
    seen: set[str] = set()
    wave = ["/api"]
    for _ in range(3):
        following: list[str] = []
        for address in wave:
            reply = client.get(address)
            assert reply.status_code == 200, address
            if "json" in reply.headers["content-type"] and "openapi" not in reply.headers["content-type"]:
                following += [
                    (link["href"].replace("http://testserver", ""), link.get("type", ""))[0]
                    for link in reply.json().get("links", [])
                    if link["href"].startswith("http://testserver/api")
                    and "{" not in link["href"]
                    and not any(
                        f"f={name}" in link["href"]
                        for name in ("pdf", "png", "svg", "kml", "gpkg", "xlsx", "fgb", "geoparquet")
                    )
                ]
        seen |= set(wave)
        wave = sorted(set(following) - seen)
    assert {"/api/conformance", "/api/collections", "/api/docs"} <= seen
