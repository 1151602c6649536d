"""Incidents as they were known day by day, each version drawn from the reports public by then.

Numbers are never added across reports: `low` and `high` are the smallest and largest any report
gives, `best` the one of the first report that gives one, weak sources last. A report whose numbers
add up several events (`total`), or that tells of the incident within a wider account, gives none.
Where the incident itself brings numbers, as those of a provider do who weighed the reports, they stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from geo.schema import INCIDENT, Scope
from geo.sources.known import latest_day

Row = dict[str, Any]

_RANGES = {
    "fatalities": "fatalities_best",
    "injured": "injured",
    "arrested": "arrested",
    "participants": "participants",
}


def versions(incidents: pa.Table, reports: pa.Table, sources: pa.Table, dataset: str) -> pa.Table:
    """One row per incident and day on which its reports changed what was known of it.

    `reports` must carry `reported_on`. `known_from` and `known_to` (excluded) bound each version;
    the current one has no `known_to`. Returns a table with the columns of schema.INCIDENT; place
    columns that geocoding fills are empty.
    """
    weak = {row["id"]: row["weak"] for row in sources.to_pylist()}
    told_by: dict[str, list[Row]] = defaultdict(list)
    for report in reports.to_pylist():
        for at in ("incident_id", "also_incident_id"):
            if report[at]:
                told_by[report[at]].append(report | {"also": at == "also_incident_id"})
    rows = [
        version
        for incident in incidents.to_pylist()
        for version in _versions_of(incident | {"dataset": dataset}, told_by[incident["id"]], weak)
    ]
    return pa.Table.from_pylist(rows, schema=INCIDENT)


def _versions_of(incident: Row, reports: list[Row], weak: dict[str, bool]) -> Iterator[Row]:
    reports.sort(key=lambda report: (report["also"], weak[report["source_id"]], report["id"]))
    first = min(reports, key=lambda report: (report["reported_on"], report["reported_basis"] != "stated"))
    days = sorted({report["reported_on"] for report in reports})
    for day, next_day in zip(days, [*days[1:], None], strict=True):
        known = [report for report in reports if report["reported_on"] <= day]
        yield (
            incident
            | _numbers(known)
            | _own(incident)
            | {
                "date_latest": latest_day(
                    incident["date_start"], incident["date_end"], incident["date_precision"]
                ),
                "report_count": len(known),
                "first_reported_on": first["reported_on"],
                "first_reported_basis": first["reported_basis"],
                "known_from": day,
                "known_to": next_day,
            }
        )


def _numbers(reports: list[Row]) -> Row:
    own = [report for report in reports if not report["also"] and report["scope"] == Scope.EVENT]
    numbers: Row = {}
    for name, best in _RANGES.items():
        told = [report[name] for report in own if report[name] is not None]
        if told:
            numbers |= {f"{name}_low": min(told), best: told[0], f"{name}_high": max(told)}
    return numbers


def _own(incident: Row) -> Row:
    """Low, best and high of what the incident itself gives a number for."""
    own: Row = {}
    for name, best in _RANGES.items():
        given = {key: incident.get(key) for key in (f"{name}_low", best, f"{name}_high")}
        if any(value is not None for value in given.values()):
            own |= given
    return own
