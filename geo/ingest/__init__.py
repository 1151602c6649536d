"""The only place where steps are put in order: packages and files are read, names placed, stores written."""

from geo.ingest.packages import DEFAULT, Atlas, Built, areas_of, begin, build, geocode, stored_regions

__all__ = ["DEFAULT", "Atlas", "Built", "areas_of", "begin", "build", "geocode", "stored_regions"]
