"""A reading as rows of a table and as GeoJSON (RFC 7946)."""

from __future__ import annotations

from typing import Any

from geo.extract.reading import Claim, Incident, Reading, Span

HEADER = [
    "kind", "id", "event_type", "sub_event_type", "metric", "low", "best", "high", "qualifier", "place",
    "lat", "lon", "location_precision", "country", "admin1_id", "date_start", "date_end", "date_precision",
    "claimed_by", "reported_on", "confidence", "doubts", "start", "end", "evidence",
]  # fmt: skip


def rows(reading: Reading) -> list[list[Any]]:
    """Incidents, then claims, as rows under HEADER."""
    every = [*(_incident(one) for one in reading.incidents), *(_claim(one) for one in reading.claims)]
    return [[_cell((row | _evidence(reading, row["spans"])).get(name)) for name in HEADER] for row in every]


def collection(reading: Reading) -> dict[str, Any]:
    """The incidents as features, without a point where none is known, and the claims as a member."""
    plain = reading.as_json()
    features = [
        {
            "type": "Feature",
            "id": one["id"],
            "geometry": None
            if one["lat"] is None
            else {"type": "Point", "coordinates": [one["lon"], one["lat"]]},
            "properties": {name: value for name, value in one.items() if name not in ("id", "lat", "lon")},
        }
        for one in plain["incidents"]
    ]
    member = {name: plain[name] for name in ("document", "published", "language", "claims")}
    return {"type": "FeatureCollection", "features": features, "eventmap": member}


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
    return "" if value is None else value if isinstance(value, int | float) else str(value)
