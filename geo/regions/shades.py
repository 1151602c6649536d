"""What shades a map of regions: one value per region, of a published figure or of what is on record.

A value is given only where its unit of land is the region itself. What is not known is None: never
zero, never a neighbour's. A number of deaths is a range over the claims that stand, not a sum.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from geo.regions.figures import AREA, latest, per_100k

PUBLISHED: Mapping[str, str] = {
    "population": "persons",
    "gross_regional_product_per_head": "US dollars per head",
    "unemployment_rate": "percent",
}
"""Published figures and the unit in which each is shown."""

NAMES: Mapping[str, str] = {
    "population": "Population",
    "density": "Population density",
    "gross_regional_product_per_head": "Regional product per head",
    "unemployment_rate": "Unemployment",
    "incidents": "Incidents",
    "incidents_per_100k": "Incidents per 100,000 people",
    "deaths_per_100k": "Deaths claimed per 100,000 people",
}
"""Every figure that can shade the regions, with its title."""


class Value(NamedTuple):
    """A region's value; low and high where claims differ or leave an end open, else equal to it."""

    value: float
    low: float
    high: float


class Shading(NamedTuple):
    """Values by region id, None where there is none; what they refer to, and who says so.

    reference: the days or periods of the figure itself. population: those of the people a rate is per.
    source: publishers of the figure or of that population; empty for what is only counted here.
    """

    unit: str
    reference: str
    population: str
    source: str
    values: dict[str, Value | None]


def shading(
    name: str,
    on: dt.date,
    regions: Sequence[str],
    figures: pd.DataFrame,
    *,
    counts: Mapping[str, int],
    period: str,
    claims: Iterable[Mapping[str, Any]],
) -> Shading:
    """The values of one figure of NAMES for these regions, as on a day.

    figures: columns of schema.FIGURE and `publisher`. counts: incidents by region; a region that is
    missing has no value. period: the days the incidents are asked for. claims: rows of the ledger with
    admin1_id, metric, status, value, low, high.
    """
    held = latest(figures, on)
    people = _of(held, "population", "persons")
    if name in PUBLISHED:
        rows = _of(held, name, PUBLISHED[name])
        return _published(PUBLISHED[name], rows, "value", regions)
    if name == "density":
        area = _of(held, AREA.removeprefix("region_"), "km2")["value"]
        both = people.join(area[area > 0].rename("area"), how="inner")
        both["density"] = both["value"] / both["area"]
        return _published("persons per km2", both, "density", regions)
    if name == "incidents":
        return Shading("incidents", period, "", "", {key: _exact(counts.get(key)) for key in regions})
    population = people["value"].to_dict()
    values: dict[str, Value | None]
    if name == "incidents_per_100k":
        values = {key: _exact(per_100k(n, population.get(key))) for key, n in counts.items()}
    else:
        values = {key: _rate(found, population.get(key)) for key, found in _standing(claims).items()}
        period = ""
    people = people[people.index.isin([key for key, value in values.items() if value])]
    every = {key: values.get(key) for key in regions}
    return Shading("per 100,000", period, _references(people), _publishers(people), every)


def _of(held: pd.DataFrame, figure: str, unit: str) -> pd.DataFrame:
    rows = held[(held["figure"] == figure) & (held["unit"] == unit)]
    return rows.set_index("admin1_id")


def _published(unit: str, rows: pd.DataFrame, column: str, regions: Sequence[str]) -> Shading:
    rows = rows[rows.index.isin(regions)]
    values = rows[column].to_dict()
    found = {key: _exact(values.get(key)) for key in regions}
    return Shading(unit, _references(rows), "", _publishers(rows), found)


def _references(rows: pd.DataFrame) -> str:
    """The commonest first."""
    return "; ".join(rows["reference"].value_counts().index)


def _publishers(rows: pd.DataFrame) -> str:
    return "; ".join(sorted(set(rows["publisher"].dropna())))


def _exact(value: float | None) -> Value | None:
    return None if value is None or pd.isna(value) else Value(float(value), float(value), float(value))


def _standing(claims: Iterable[Mapping[str, Any]]) -> dict[str, list[tuple[float, float]]]:
    """Low and high of each claim of people killed that stands, by the region it is about."""
    found: dict[str, list[tuple[float, float]]] = {}
    for claim in claims:
        about, value = claim["admin1_id"], claim["value"]
        if about is None or claim["metric"] != "killed" or claim["status"] != "stands" or value is None:
            continue
        low = value if claim["low"] is None else claim["low"]
        high = value if claim["high"] is None else claim["high"]
        found.setdefault(about, []).append((float(low), float(high)))
    return found


def _rate(found: list[tuple[float, float]], population: float | None) -> Value | None:
    """From the lowest to the highest number that stands; a class is chosen by the middle."""
    low = per_100k(min(low for low, _ in found), population)
    high = per_100k(max(high for _, high in found), population)
    return None if low is None or high is None else Value((low + high) / 2, low, high)
