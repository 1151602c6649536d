"""Small candidates, as `geo.extract` makes them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from geo.extract.reading import Claim, Incident, Reading, Span
from geo.schema import DatePrecision, Precision, Qualifier

TEXT = "Two people died in Goma on Sunday, the army said. Talks open on 24 October."
DAY = dt.date(2022, 10, 16)


def incident(**more: Any) -> Incident:
    plain: dict[str, Any] = {
        "id": "i1",
        "title": "Two people died",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "trigger": "died",
        "place": "Goma",
        "lat": -1.67,
        "lon": 29.23,
        "location_precision": Precision.CITY,
        "country": "CD",
        "admin1_id": "CD-north-kivu",
        "admin1_ids": (),
        "geonameid": 216281,
        "date_start": DAY,
        "date_end": DAY,
        "date_precision": DatePrecision.DAY,
        "future": False,
        "confidence": 0.82,
        "parts": {"place": 0.9, "date": 0.91},
        "doubts": (),
        "figures": {"killed": 2},
        "evidence": (Span(0, 33),),
    }
    return Incident(**(plain | more))


def claim(**more: Any) -> Claim:
    plain: dict[str, Any] = {
        "id": "c1",
        "metric": "killed",
        "low": None,
        "best": 2,
        "high": None,
        "qualifier": Qualifier.EXACT,
        "place": "Goma",
        "country": "CD",
        "admin1_id": "CD-north-kivu",
        "admin1_ids": (),
        "geonameid": 216281,
        "location_precision": Precision.CITY,
        "about_start": DAY,
        "about_end": DAY,
        "claimed_by": "the army",
        "reported_on": dt.date(2022, 10, 17),
        "confidence": 0.5,
        "parts": {"figure": 0.5},
        "doubts": (),
        "evidence": (Span(0, 15),),
    }
    return Claim(**(plain | more))


def reading(*candidates: Incident | Claim) -> Reading:
    return Reading(
        TEXT,
        dt.date(2022, 10, 17),
        "en",
        incidents=tuple(one for one in candidates if isinstance(one, Incident)),
        claims=tuple(one for one in candidates if isinstance(one, Claim)),
    )
