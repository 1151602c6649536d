"""Text from outside, made fit for a format; and the page that an export ships about itself."""

from __future__ import annotations

import re
from typing import Any

from geo import __version__
from geo.exports.context import CAVEAT, Context
from geo.exports.tables import Tally

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(value: Any) -> Any:
    """Text without the characters that XML 1.0 (section 2.2) and spreadsheets refuse; all else as it is."""
    return _NO_XML.sub("\ufffd", value) if isinstance(value, str) else value


def about(context: Context, tally: Tally) -> list[tuple[str, str]]:
    """What an export says of itself: pairs of a heading and a text."""
    versions = (f"{found['title']} (version {found['version']})" for found in context.datasets)
    pairs = [
        ("Title", context.title),
        ("Data sets", "; ".join(versions)),
        ("Query", context.asked),
        ("Incidents", _count(tally.incidents)),
        ("Reports", str(tally.reports)),
        ("How to read it", CAVEAT),
        ("Precision", "Incidents known to a region or a country only have no coordinates: see area_id."),
        ("Cite as", context.citation),
        ("Licence", context.terms),
        ("Attribution", context.attribution),
        ("Publishers", "; ".join(sorted(tally.publishers)) or "none"),
        ("Make it again", context.command),
        ("Generated at", context.generated_at),
        ("Made with", f"eventmap {__version__}"),
    ]
    return [(name, printable(text)) for name, text in pairs]


def readme(context: Context, tally: Tally, contents: str) -> str:
    """The same as a text file. contents: what the files beside it hold."""
    lines = [f"{name}\n{'-' * len(name)}\n{text}\n" for name, text in about(context, tally)]
    return "\n".join([*lines, f"Files\n-----\n{contents}\n"])


def _count(incidents: int) -> str:
    return str(incidents) if incidents else "0: no incident matches this query; loosen it"
