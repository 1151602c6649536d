"""Rows in, bytes out: one format per file, listed by a registry.

A writer takes an iterator of incident rows (as `Store.export` gives them) and a `Context`, and
yields bytes: as it goes where the format can stream, so that a download of a million rows needs no
memory of its own; else from a file in a temporary folder. docs/exports.md says which.
"""

from geo.exports.cite import Citation, cite
from geo.exports.context import ATTRIBUTION, Context, describe
from geo.exports.decisions import DECISION_COLUMNS, decisions, undefused
from geo.exports.outlines import outlines
from geo.exports.registry import FORMATS, Format, find

__all__ = [
    "ATTRIBUTION",
    "DECISION_COLUMNS",
    "FORMATS",
    "Citation",
    "Context",
    "Format",
    "cite",
    "decisions",
    "describe",
    "find",
    "outlines",
    "undefused",
]
