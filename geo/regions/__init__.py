"""Polygons valid on a date and their figures meet incidents; the CRS is checked first."""
