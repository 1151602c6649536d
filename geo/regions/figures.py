"""Figures of regions, each as it stood on a day.

A figure refers to a day ("2022-01-01"), a month or a year ("2021"); a period counts from its last
day, for before that it was not over. The figure to show on a day is the latest that is not after
it; one without a stated time serves only where there is no other.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

import pandas as pd

_STARTS_WITH_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?![\d-])")

_UNIT_ENDINGS = {"US dollars per head": "usd", "thousand tenge per head": "thousand_kzt"}
"""Column endings for a figure that is given in several units; any other unit is spelt out."""

AREA, POPULATION, DENSITY = "region_area_km2", "region_population", "region_density"


def join(figures: pd.DataFrame, on: dt.date) -> pd.DataFrame:
    """Preferred figures side by side, one row per region.

    figures: columns of schema.FIGURE. Returns columns admin1_id and, for each figure,
    `region_<figure>`, `region_<figure>_unit`, `region_<figure>_reference`. A figure that is given in
    several units becomes several columns, with the unit in the name:
    `region_gross_regional_product_per_head_usd` and `..._thousand_kzt`.
    `region_density` (persons per km2) is the population over the official area of the same region.
    Sorted by admin1_id; a region without any figure for the day is absent.
    """
    rows = latest(figures, on)
    rows["column"] = "region_" + rows["figure"] + _endings(rows)
    wide = pd.DataFrame({"admin1_id": sorted(rows["admin1_id"].unique())}).set_index("admin1_id")
    for column, some in rows.groupby("column"):
        per_region = some.set_index("admin1_id")
        wide[column] = per_region["value"]
        wide[f"{column}_unit"] = per_region["unit"]
        wide[f"{column}_reference"] = per_region["reference"]
    if {AREA, POPULATION} <= set(wide.columns):
        wide[DENSITY] = wide[POPULATION] / wide[AREA]
        stated = wide[DENSITY].notna()
        wide[f"{DENSITY}_unit"] = pd.Series("persons per km2", index=wide.index).where(stated)
        wide[f"{DENSITY}_reference"] = wide[f"{POPULATION}_reference"].where(stated)
    return wide.reset_index()


def latest(figures: pd.DataFrame, on: dt.date) -> pd.DataFrame:
    """The preferred rows that hold on a day: one per region, figure and unit. Columns as given."""
    rows = figures[figures["preferred"].astype(bool) & figures["admin1_id"].notna()].copy()
    until = rows["reference"].map(last_day, na_action="ignore").astype(object)
    rows["_until"] = until.where(until.notna(), dt.date.min)
    rows = rows[(rows["_until"] <= on).astype(bool)].sort_values("_until", kind="stable")
    kept = rows.drop_duplicates(["admin1_id", "figure", "unit"], keep="last")
    return kept.drop(columns="_until").sort_values(["admin1_id", "figure", "unit"], ignore_index=True)


def last_day(reference: str) -> dt.date | None:
    """The last day of a period such as "2021", "2021-10 census" or "2022-01-01"; None if none is stated."""
    found = _STARTS_WITH_DATE.match(reference.strip())
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        month = month or 12
        return dt.date(year or 0, month, day or calendar.monthrange(year or 0, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def per_100k(count: float | None, population: float | None) -> float | None:
    """Count per 100,000 persons, or None where either is missing. Both must be of the same region."""
    if count is None or population is None or pd.isna(count) or pd.isna(population) or population <= 0:
        return None
    return float(count) / float(population) * 100_000


def _endings(rows: pd.DataFrame) -> pd.Series[str]:
    several = rows.groupby("figure")["unit"].transform("nunique") > 1
    ending = rows["unit"].map(lambda unit: "_" + _UNIT_ENDINGS.get(unit, re.sub(r"\W+", "_", unit.lower())))
    return ending.where(several, "")
