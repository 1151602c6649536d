"""A reading as rows of a table and as GeoJSON (RFC 7946)."""

from __future__ import annotations

from typing import Any

from geo.extract.reading import Claim, Incident, Reading, Span
from geo.schema import Precision

HEADER = [
    "kind", "id", "event_type", "sub_event_type", "metric", "low", "best", "high", "qualifier", "place",
    "lat", "lon", "location_precision", "country", "admin1_id", "date_start", "date_end", "date_precision",
    "future",
    "claimed_by", "reported_on", "confidence", "doubts", "start", "end", "evidence",
]  # fmt: skip


def rows(reading: Reading) -> list[list[Any]]:
    """Incidents, then claims, as rows under HEADER."""
    every = [*(_incident(one) for one in reading.incidents), *(_claim(one) for one in reading.claims)]
    return [[_cell((row | _evidence(reading, row["spans"])).get(name)) for name in HEADER] for row in every]


def collection(reading: Reading) -> dict[str, Any]:
    """The incidents as features, and the claims as a member.

    One known to an area has no geometry: its `location_precision` and `admin1_ids` say which. A point has
    `uncertainty_km`; that of a site is its town's. What is still to come has `future`: true.
    """
    plain = reading.as_json()
    features = [
        {
            "type": "Feature",
            "id": one["id"],
            "geometry": None
            if one["lat"] is None
            else {"type": "Point", "coordinates": [one["lon"], one["lat"]]},
            "properties": {
                **{name: value for name, value in one.items() if name not in ("id", "lat", "lon")},
                "uncertainty_km": _uncertainty(one["location_precision"]),
            },
        }
        for one in plain["incidents"]
    ]
    member = {name: plain[name] for name in ("document", "published", "language", "claims")}
    return {"type": "FeatureCollection", "features": features, "eventmap": member}


def _uncertainty(precision: str) -> float | None:
    """Radius around a point in km; None for an area. Of a site only its town's point is known."""
    known = Precision(precision)
    return (Precision.CITY if known is Precision.SITE else known).uncertainty_km


def _incident(one: Incident) -> dict[str, Any]:
    return vars(one) | {"kind": "incident", "spans": one.evidence}


def _claim(one: Claim) -> dict[str, Any]:
    days = {"date_start": one.about_start, "date_end": one.about_end}
    return vars(one) | days | {"kind": "claim", "spans": one.evidence}


def _evidence(reading: Reading, spans: tuple[Span, ...]) -> dict[str, Any]:
    said = " … ".join(" ".join(reading.document[span.start : span.end].split()) for span in spans)
    return {"start": spans[0].start, "end": spans[0].end, "evidence": said}


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value if isinstance(value, int | float) else str(value)
