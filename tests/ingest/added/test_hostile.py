"""Files of boundaries that nobody should open: each is refused in one line, and nothing is read beyond it."""

from __future__ import annotations

import json
import stat
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.errors import GeoError
from geo.sources import outlines
from geo.sources.files import limits

SQUARE = {"type": "Polygon", "coordinates": [[[77, 47], [81, 47], [81, 51], [77, 51], [77, 47]]]}
FEATURE = {"type": "Feature", "properties": {"name": "Abai"}, "geometry": SQUARE}
GEOJSON = json.dumps({"type": "FeatureCollection", "features": [FEATURE]})


def sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(10 * limits.GB)


def bomb(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("kz.geojson", "w") as member,
    ):
        for _ in range(80):
            member.write(b" " * limits.MB)


def packed(*names: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(name, GEOJSON)

    return write


def link(path: Path) -> None:
    member = zipfile.ZipInfo("kz.geojson")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "/etc/passwd")


def text(content: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(content, encoding="utf-8") and None


_LAYER = '<OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>'
VRT = f"<OGRVRTDataSource>{_LAYER}</OGRVRTDataSource>"
GDALG = (
    '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd ! write a.gpkg"}'
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><kml>&b;</kml>'
)

CASES: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "10-GB": (
        "kz.gpkg",
        sparse,
        "kz.gpkg: the file has 10.0 GB, and at most 0.5 GB of its kind are taken; part it into several "
        "files, or save it as CSV",
    ),
    "bomb": (
        "kz.zip",
        bomb,
        "kz.zip: the archive unpacks 'kz.geojson' to 80 MB out of 0.1 MB; send the table itself",
    ),
    "absolute": (
        "kz.zip",
        packed("/tmp/kz.geojson"),
        "kz.zip: the archive holds a path that leads out of it, '/tmp/kz.geojson'; pack plain file names",
    ),
    "upward": (
        "kz.zip",
        packed("../kz.geojson"),
        "kz.zip: the archive holds a path that leads out of it, '../kz.geojson'; pack plain file names",
    ),
    "link": (
        "kz.zip",
        link,
        "kz.zip: the archive holds a symbolic link, 'kz.geojson'; pack the file itself",
    ),
    "several": (
        "kz.zip",
        packed("a.geojson", "b.geojson"),
        "kz.zip: the archive must hold one table, and holds 2 ('a.geojson', 'b.geojson'); send the one "
        "you mean",
    ),
    "references": (
        "kz.geojson",
        text(VRT),
        "kz.geojson: it holds no data, but directions to other files; send the data themselves",
    ),
    "pipeline": (
        "kz.json",
        text(GDALG),
        "kz.json: it holds no data, but directions to other files; send the data themselves",
    ),
    "laughs": (
        "kz.kml",
        text(LAUGHS),
        "kz.kml: its XML declares entities, which can blow up to any size; save it anew from the program "
        "that made it",
    ),
    "nothing": ("kz.geojson", text(""), "kz.geojson: the file is empty; send the file again"),
    "no-feature": (
        "kz.geojson",
        text('{"type": "FeatureCollection", "features": []}'),
        "kz.geojson: it holds no feature; send the file again",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_is_refused_in_one_line(tmp_path: Path, case: str):
    name, make, told = CASES[case]
    make(tmp_path / name)
    began = time.monotonic()
    with pytest.raises(GeoError) as caught:
        outlines.read(tmp_path / name)
    assert str(caught.value) == told
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "name", ["kz.geojson", "kz.gpkg", "kz.fgb", "kz.parquet", "kz.shp", "kz.kml", "kz.gml"]
)
def test_a_file_that_is_cut_in_the_middle_is_refused_in_one_line(tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_bytes((b"fgb\x03fgb\x00" if name.endswith("fgb") else b"") + GEOJSON[:100].encode())
    with pytest.raises(GeoError) as caught:
        outlines.read(path)
    assert str(caught.value).startswith(f"{name}: it ")
    assert "\n" not in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_the_level_asked_for_is_taken_out_of_an_archive(tmp_path: Path):
    other = GEOJSON.replace("Abai", "Country")
    with zipfile.ZipFile(tmp_path / "kz.zip", "w") as archive:
        archive.writestr("kaz_admbnda_adm0_2023.geojson", other)
        archive.writestr("kaz_admbnda_adm1_2023.geojson", GEOJSON)
        archive.writestr("kaz_admbnda_adm10_2023.geojson", other)
    assert outlines.read(tmp_path / "kz.zip").texts["name"].tolist() == ["Abai"]
