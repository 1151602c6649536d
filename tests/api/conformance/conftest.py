"""What abstract tests share: the results note which test they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

ITEMS = "/api/collections/{}/items"


@pytest.fixture(autouse=True)
def noted(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> None:
    """The abstract tests in the report of the run."""
    for name in getattr(request.function, "abstract", []):
        record_property("abstract", name)


@pytest.fixture(scope="session")
def described(client: TestClient) -> dict[str, Any]:
    """The API document, references to parameters resolved."""
    found: dict[str, Any] = client.get("/api/openapi").json()
    for path in found["paths"].values():
        path["get"]["parameters"] = [
            found["components"]["parameters"][one["$ref"].split("/")[-1]] if "$ref" in one else one
            for one in path["get"]["parameters"]
        ]
    return found


def relations(links: list[dict[str, str]]) -> set[tuple[str, str]]:
    """Relation and media type of every link: both must be there, and an address."""
    assert all(link["href"] and link["rel"] and link["type"] for link in links)
    return {(link["rel"], link["type"].split(";")[0]) for link in links}
