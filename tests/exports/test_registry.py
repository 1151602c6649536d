"""Every format is found by its name; another name is told which there are."""

from __future__ import annotations

import re

import pytest

from geo.errors import UnknownFormat
from geo.exports import FORMATS, find


def test_the_formats():
    assert [(form.name, form.suffix, form.media_type) for form in FORMATS.values()] == [
        ("geojson", ".geojson", "application/geo+json"),
        ("csv", ".csv", "text/csv; charset=utf-8"),
        ("csv-zip", ".zip", "application/zip"),
        ("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("gpkg", ".gpkg", "application/geopackage+sqlite3"),
        ("geoparquet", ".parquet", "application/vnd.apache.parquet"),
        ("fgb", ".fgb", "application/flatgeobuf"),
        ("kml", ".kml", "application/vnd.google-earth.kml+xml"),
        ("html", ".html", "text/html; charset=utf-8"),
        ("png", ".png", "image/png"),
        ("svg", ".svg", "image/svg+xml"),
        ("pdf", ".pdf", "application/pdf"),
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_found_by_its_name_and_has_a_title(name: str):
    assert find(name) is FORMATS[name]
    assert find(name).title
    assert re.fullmatch(r"[a-z]+(-[a-z]+)?", name)


@pytest.mark.parametrize("name", ["", "GeoJSON", "xls", "../csv"])
def test_another_name_is_refused(name: str):
    with pytest.raises(UnknownFormat) as caught:
        find(name)
    assert str(caught.value) == (f"format: {name!r} is no format; choose from: {', '.join(FORMATS)}")
    assert caught.value.exit_code == 2
