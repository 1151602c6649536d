"""The only place where steps are put in order: packages and articles are read, placed and stored."""

from geo.ingest.accept import accept
from geo.ingest.articles import extract
from geo.ingest.packages import DEFAULT, Atlas, Built, build, geocode, stored_regions

__all__ = ["DEFAULT", "Atlas", "Built", "accept", "build", "extract", "geocode", "stored_regions"]
