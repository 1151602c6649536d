from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from geo.regions.figures import join, last_day, latest, per_100k

ON = dt.date(2022, 1, 5)
PACKAGE = Path(__file__).resolve().parents[2] / "data" / "kazakhstan-2022" / "regional_figures.csv"


def figures(*rows: tuple[str | None, str, float, str, str, bool]) -> pd.DataFrame:
    columns = ["admin1_id", "figure", "value", "unit", "reference", "preferred"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-01-01", dt.date(2022, 1, 1)),
        ("2021", dt.date(2021, 12, 31)),
        ("2021-10 census", dt.date(2021, 10, 31)),
        ("2020-02", dt.date(2020, 2, 29)),
        ("not stated", None),
        ("page of 2020-12", None),
        ("2021-13", None),
    ],
)
def test_a_period_counts_from_its_last_day(text: str, day: dt.date | None) -> None:
    assert last_day(text) == day


def test_the_latest_that_is_not_after_the_day_is_joined() -> None:
    table = figures(
        ("A", "population", 1.0, "persons", "2021-01-01", True),
        ("A", "population", 2.0, "persons", "2022-01-01", True),
        ("A", "population", 3.0, "persons", "2023-01-01", True),
        ("A", "population", 9.0, "persons", "2022-01-02", False),
        (None, "population", 99.0, "persons", "2022-01-01", True),
    )
    wide = join(table, ON)
    assert wide["region_population"].tolist() == [2.0]
    assert wide["region_population_reference"].tolist() == ["2022-01-01"]
    assert join(table, dt.date(2021, 12, 31))["region_population"].tolist() == [1.0]


def test_a_year_that_is_not_over_is_not_joined() -> None:
    wage = figures(("A", "wage", 5.0, "tenge", "2022", True), ("B", "wage", 4.0, "tenge", "2021", True))
    assert join(wage, ON)["admin1_id"].tolist() == ["B"]


def test_an_undated_figure_serves_only_where_there_is_no_other() -> None:
    table = figures(
        ("A", "area_km2", 10.0, "km2", "not stated", True),
        ("B", "area_km2", 10.0, "km2", "not stated", True),
        ("B", "area_km2", 11.0, "km2", "2020", True),
    )
    assert join(table, ON)["region_area_km2"].tolist() == [10.0, 11.0]


def test_a_figure_in_two_units_has_the_unit_in_its_column() -> None:
    table = figures(
        ("A", "gross_regional_product_per_head", 7000.0, "US dollars per head", "2021", True),
        ("A", "gross_regional_product_per_head", 3000.0, "thousand tenge per head", "2021", True),
    )
    wide = join(table, ON).iloc[0]
    assert wide["region_gross_regional_product_per_head_usd"] == 7000
    assert wide["region_gross_regional_product_per_head_thousand_kzt"] == 3000
    assert wide["region_gross_regional_product_per_head_usd_unit"] == "US dollars per head"


def test_density_needs_both_figures_of_the_region() -> None:
    table = figures(
        ("A", "population", 100.0, "persons", "2022-01-01", True),
        ("A", "area_km2", 50.0, "km2", "not stated", True),
        ("B", "population", 100.0, "persons", "2022-01-01", True),
    )
    wide = join(table, ON).set_index("admin1_id")
    assert wide.loc["A", "region_density"] == 2
    assert pd.isna(wide.loc["B", "region_density"])
    assert pd.isna(wide.loc["B", "region_density_unit"])


def test_rates_per_100k() -> None:
    assert per_100k(31, 1_977_011) == pytest.approx(1.568, abs=1e-3)
    assert per_100k(0, 10) == 0
    assert per_100k(None, 10) is None
    assert per_100k(3, 0) is None
    assert per_100k(3, float("nan")) is None


def test_no_figures_make_an_empty_table() -> None:
    assert join(figures(), ON).empty


@pytest.mark.skipif(not PACKAGE.exists(), reason="the data package is not there")
def test_populations_of_january_2022_add_up_to_the_printed_total() -> None:
    wide = join(pd.read_csv(PACKAGE), ON)
    assert len(wide) == 17
    assert wide["region_population"].sum() == 19_503_159
    assert set(wide["region_population_reference"]) == {"2022-01-01"}
    assert set(latest(pd.read_csv(PACKAGE), ON)["figure"]) >= {"area_km2", "unemployment_rate", "urban_share"}
