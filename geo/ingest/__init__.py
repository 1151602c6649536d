"""The only place where steps are put in order: packages are read, names placed, stores written."""

from geo.ingest.packages import DEFAULT, Atlas, Built, build, geocode, stored_regions

__all__ = ["DEFAULT", "Atlas", "Built", "build", "geocode", "stored_regions"]
