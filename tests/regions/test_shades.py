import datetime as dt

import pandas as pd
import pytest

from geo.regions.shades import Value, shading

DAY = dt.date(2022, 1, 5)
FIGURES = pd.DataFrame(
    [
        ("A", "population", 200_000.0, "persons", "2022-01-01", True, "Office"),
        ("A", "area_km2", 100.0, "km2", "not stated", True, "Atlas"),
        ("B", "population", 50_000.0, "persons", "2021-10 census", True, "Office"),
    ],
    columns=["admin1_id", "figure", "value", "unit", "reference", "preferred", "publisher"],
)


def shaded(name, *, counts=None, claims=(), regions=("A", "B", "C")):
    return shading(
        name, DAY, regions, FIGURES, counts=counts or {}, period="2022-01-01/2022-01-13", claims=claims
    )


def claim(region, value, *, low=None, high=None, metric="killed", status="stands"):
    return {"admin1_id": region, "metric": metric, "status": status, "value": value, "low": low, "high": high}


def test_a_figure_is_given_only_where_it_is_published():
    found = shaded("population")
    assert found.values == {"A": Value(2e5, 2e5, 2e5), "B": Value(5e4, 5e4, 5e4), "C": None}
    assert set(found.reference.split("; ")) == {"2022-01-01", "2021-10 census"}
    assert (found.unit, found.source) == ("persons", "Office")


def test_density_needs_people_and_land_of_the_same_region():
    found = shaded("density")
    assert found.values == {"A": Value(2000, 2000, 2000), "B": None, "C": None}
    assert found.reference == "2022-01-01"


def test_a_count_of_none_is_a_count_and_a_missing_one_is_not():
    assert shaded("incidents", counts={"A": 4, "B": 0}).values == {
        "A": Value(4, 4, 4),
        "B": Value(0, 0, 0),
        "C": None,
    }
    rates = shaded("incidents_per_100k", counts={"A": 4, "B": 0, "C": 3})
    assert rates.values == {"A": Value(2, 2, 2), "B": Value(0, 0, 0), "C": None}
    assert rates.reference == "2022-01-01/2022-01-13"


def test_deaths_are_a_range_over_the_claims_that_stand():
    claims = [
        claim("A", 10),
        claim("A", 14, low=14),
        claim("A", 90, status="retracted"),
        claim("A", 80, metric="injured"),
        claim("A", None),
        claim(None, 70),
        claim("C", 5),
    ]
    found = shaded("deaths_per_100k", claims=claims)
    assert found.values["A"] == pytest.approx((6, 5, 7))
    assert (found.values["B"], found.values["C"]) == (None, None)
    assert found.population == "2022-01-01"


@pytest.mark.parametrize("name", ["incidents", "deaths_per_100k"])
def test_nothing_on_record_shades_nothing(name):
    assert set(shaded(name).values.values()) == {None}
