"""Article text in, candidate incidents and claims out, each with its character span.

Everything here is pure: what the rules must know of the world's places is asked of a `Places`,
which ingest supplies. What belongs to one language lies in `languages/<code>/`.
"""

from geo.extract.places import Place, Places
from geo.extract.read import dateline, read
from geo.extract.reading import (
    Claim,
    Figure,
    Incident,
    Reading,
    Speaker,
    TimeExpression,
    Toponym,
    Trigger,
)

__all__ = [
    "Claim",
    "Figure",
    "Incident",
    "Place",
    "Places",
    "Reading",
    "Speaker",
    "TimeExpression",
    "Toponym",
    "Trigger",
    "dateline",
    "read",
]
