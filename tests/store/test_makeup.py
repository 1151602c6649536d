"""How the data are made up, in numbers."""

from __future__ import annotations

from pathlib import Path

from tests.store import small
from tests.store.small import claim, day, incident, report


def test_the_makeup_counts_todays_incidents_and_all_reports_and_claims(tmp_path: Path):
    incidents = [
        incident("I1", report_count=2),
        incident("I2", known_to=day(8), location_precision="region"),
        incident("I2", known_from=day(8), location_precision="site", first_reported_basis="event"),
        incident("I3", date_precision="week"),
    ]
    reports = [
        report("R1", "I1"),
        report("R2", "I1", reported_basis="event"),
        report("R3", None, scope="total", reported_basis="event"),
    ]
    claims = [
        claim("C1"),
        claim("C2", reported_on=None, reported_basis="unknown"),
        claim("C3", status="retracted"),
    ]
    held = small.store(tmp_path / "a.duckdb", incidents, reports, claims)
    assert held.makeup == {
        "incidents": 3,
        "several": 1,
        "undated_incidents": 1,
        "reports": 3,
        "totals": 1,
        "undated_reports": 2,
        "claims": 3,
        "undated_claims": 1,
        "places": {"site": 1, "city": 2},
        "days": {"day": 2, "week": 1},
        "statuses": {"stands": 2, "retracted": 1},
    }


def test_a_store_of_nothing_is_made_up_of_nothing(tmp_path: Path):
    made = small.store(tmp_path / "a.duckdb").makeup
    assert {made[name] for name in ("incidents", "several", "reports", "claims", "undated_claims")} == {0}
    assert made["places"] == made["days"] == made["statuses"] == {}
