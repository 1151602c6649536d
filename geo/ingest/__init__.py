"""The only place where steps are put in order: data are read, names placed, stores written."""

from geo.ingest.accept import accept
from geo.ingest.articles import extract
from geo.ingest.packages import DEFAULT, Atlas, Built, areas_of, begin, build, geocode, stored_regions

__all__ = [
    "DEFAULT",
    "Atlas",
    "Built",
    "accept",
    "areas_of",
    "begin",
    "build",
    "extract",
    "geocode",
    "stored_regions",
]
