"""Events get a place as exact as their source, or a told miss."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from geo.ingest import Atlas
from geo.ingest.place import Placer
from geo.sources import providers
from tests.ingest import agreement
from tests.sources.layouts import acled, ucdp

HEADER = "id,date,place,region,country,lat,lon,type,precision\n"


@pytest.fixture
def placed(atlas: Atlas, tmp_path: Path) -> Any:
    """Rows of a file with their places, and the placer."""

    def of(text: str) -> tuple[list[dict[str, Any]], Placer]:
        path = tmp_path / "a.csv"
        path.write_text(text, encoding="utf-8")
        source = providers.open_source(path)
        placer = Placer(atlas, path.name)
        rows = [row for _, events in source.batches() for row in placer.place(events.table).to_pylist()]
        return rows, placer

    return of


def test_coordinates_decide_the_unit_of_the_day_where_its_outline_is_known(placed):
    before, after = (
        f"{n},{day},Semey,,Kazakhstan,50.41,80.25,protest,\n"
        for n, day in ((1, "2022-01-05"), (2, "2023-01-05"))
    )
    rows, _ = placed(HEADER + before + after)
    assert [row["admin1_name"] for row in rows] == ["East Kazakhstan", None]
    assert [(row["lon"], row["lat"], row["uncertainty_km"]) for row in rows] == [(80.25, 50.41, 10.0)] * 2


def test_a_place_without_coordinates_is_found_in_the_gazetteer(placed):
    (row,), placer = placed(HEADER + "1,2022-01-05,Жаңаөзен,,Kazakhstan,,,protest,\n")
    assert (row["lon"], row["lat"]) == pytest.approx((52.86, 43.34), abs=0.05)
    assert (row["admin1_id"], row["location_precision"]) == ("KZ-mangystau", "city")
    assert placer.unplaced == []


def test_a_place_that_can_be_two_is_kept_with_both(placed):
    (row,), placer = placed(HEADER + "1,2022-01-05,Springfield,,United States,,,protest,\n")
    assert (row["lon"], row["area_id"], row["admin1_id"]) == (None, None, None)
    (miss,) = placer.unplaced
    assert (miss.row, miss.place, len(miss.candidates)) == (2, "Springfield", 2)
    assert all(one.startswith("Springfield (United States, ") for one in miss.candidates)
    assert row["place_note"] == miss.reason


def test_a_name_of_nothing_is_unplaced(placed):
    (row,), placer = placed(HEADER + "1,2022-01-05,Xqzzrwvk,,Kazakhstan,,,protest,\n")
    assert row["lon"] is None
    assert [miss.place for miss in placer.unplaced] == ["Xqzzrwvk"]


def test_what_is_known_to_a_region_has_an_area_and_no_point(placed):
    (row,), _ = placed(acled({"geo_precision": "3"}))
    assert (row["lon"], row["area_id"], row["admin1_id"]) == (None, "KZ-almaty-city", "KZ-almaty-city")


@pytest.mark.parametrize(
    ("code", "area", "precision", "point"),
    [
        ("1", None, "city", True),
        ("2", None, "district", True),
        ("4", "SY-idlib", "region", False),
        ("5", "SY", "macro-region", False),
        ("6", "SY", "country", False),
    ],
)
def test_a_vague_place_is_no_dot(placed, code: str, area: str | None, precision: str, point: bool):
    (row,), _ = placed(ucdp({"where_prec": code}))
    assert (row["area_id"], row["location_precision"], row["lon"] is not None) == (area, precision, point)


def test_coordinates_far_from_the_place_are_pointed_out(placed):
    _, placer = placed(HEADER + "1,2022-01-05,Aktobe,,Kazakhstan,43.25,76.93,protest,\n")
    (flag,) = placer.flags
    assert str(flag).startswith("a.csv, row 2, column coordinates: '43.25, 76.93' lies 1,6")
    assert str(flag).endswith(" km from Aktobe, the place named; check the coordinates and the name")


def test_swapped_coordinates_are_said_and_not_mended(placed):
    (row,), placer = placed(HEADER + "1,2022-01-05,Aktau,,,51.17,43.65,protest,\n")
    assert (row["lon"], row["lat"]) == (43.65, 51.17)
    assert "and near it once latitude and longitude are swapped" in str(placer.flags[0])


def test_another_country_than_the_one_named_is_pointed_out(placed):
    (row,), placer = placed(HEADER + "1,2022-01-05,,,Kazakhstan,41.31,69.28,protest,\n")
    assert row["admin0"] == "UZ"
    told = "'41.31, 69.28' lies in UZ, and the row names Kazakhstan; check both"
    assert str(placer.flags[0]) == f"a.csv, row 2, column coordinates: {told}"


def test_another_town_of_the_name_is_no_fault(placed):
    _, placer = placed(HEADER + "1,2022-01-05,London,,,42.98,-81.25,protest,\n")
    assert placer.flags == []


def test_regions_agree_with_those_of_the_published_sample(atlas: Atlas, shared: Path):
    told = agreement.compared(shared / "samples" / "ucdp-ged-23.1-sample.csv", atlas)
    counts = {kind: len(pairs) for kind, pairs in told.items()}
    assert sum(counts.values()) == 1000
    assert counts["same"] + counts["same, spelt otherwise"] >= 800
    assert counts["we find none"] <= 6
