"""A name of a place in a text, as the steps after recognition pass it on."""

from __future__ import annotations

from typing import NamedTuple

from geo.extract.names import Name
from geo.extract.places import Place
from geo.extract.reading import Span, Toponym
from geo.schema import Precision

PRECISION = {
    "settlement": Precision.CITY,
    "district": Precision.DISTRICT,
    "county": Precision.REGION,
    "region": Precision.REGION,
    "macro-region": Precision.MACRO_REGION,
    "continent": Precision.MACRO_REGION,
    "country": Precision.COUNTRY,
}


class Named(NamedTuple):
    """A toponym with the place behind it. place: None where it is none."""

    name: Name
    toponym: Toponym
    place: Place | None


def toponym(name: Name, place: Place | None, use: str, confidence: float, reason: str) -> Toponym:
    """A toponym as a reading shows it."""
    span = Span(name.start, name.end)
    if place is None:
        return Toponym(span, name.written or name.text, use, reason=reason)
    return Toponym(
        span=span,
        text=name.written or name.text,
        use=use,
        name=place.name,
        kind=place.kind,
        lat=place.lat,
        lon=place.lon,
        precision=PRECISION[place.kind],
        country=place.country or None,
        admin1_id=place.admin1_id,
        admin1_ids=place.admin1_ids,
        geonameid=place.geonames_id,
        confidence=confidence,
        reason=reason,
    )
