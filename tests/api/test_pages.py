"""Every resource is a page too, which loads nothing from elsewhere; what is not there is 404."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from geo.store import COLLECTIONS
from tests.api.conftest import problem


@pytest.mark.parametrize(
    "path", ["/api/collections/none", "/api/collections/none/items", "/api/collections/incidents/items/none"]
)
def test_what_is_not_there_is_404(client: TestClient, path: str):
    assert problem(client.get(path))["status"] == 404


@pytest.mark.parametrize(
    "path", ["/api", "/api/conformance", "/api/collections", "/api/collections/incidents"]
)
def test_every_resource_is_a_page_too(client: TestClient, path: str):
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.text.startswith("<!doctype html>")
    assert 'lang="en"' in page.text


PAGES = [
    *("/api", "/api/docs", "/api/openapi", "/api/collections", "/api/conformance"),
    *(f"/api/collections/{name}{rest}" for name in COLLECTIONS for rest in ("", "/items", "/queryables")),
    "/api/collections/incidents/items/KZ22-023",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_elsewhere(client: TestClient, path: str):
    page = client.get(path, headers={"Accept": "text/html"}).text
    for tag in page.split("<"):
        if tag.startswith(("script", "link", "img", "iframe")):
            assert 'src="/' in tag or 'href="/' in tag
            assert "//" not in tag.split(">")[0].replace("http://testserver", "")


def test_texts_of_the_data_are_text_on_a_page(client: TestClient):
    page = client.get("/api/collections/incidents/items?f=html&q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page
    assert "Nothing matches" in page
