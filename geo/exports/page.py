"""HTML: one file that opens from a disk without a network, with a map, a date slider and the sources.

Incidents are written as JSON in which nothing can end a script element; the page's own script writes
them as text. A content security policy lets that script run, no other, and no request go out.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any

import orjson

from geo.exports.context import CAVEAT, Context
from geo.exports.tables import Tally
from geo.exports.text import about, printable

Row = dict[str, Any]

_CHUNK = 1 << 16
_ESCAPES = {byte: f"\\u{ord(sign):04x}".encode() for sign in "<>&\u2028\u2029" for byte in [sign.encode()]}
_SHOWN = (
    *("id", "title", "summary", "date_start", "date_end", "date_latest", "date_precision", "time_local"),
    *("event_type", "sub_event_type", "place", "location_precision", "lon", "lat", "area_id", "admin1_name"),
    *("actors", "first_reported_on", "first_reported_basis"),
)
_NUMBERS = {
    "killed": ("fatalities_low", "fatalities_best", "fatalities_high"),
    "injured": ("injured_low", "injured", "injured_high"),
    "arrested": ("arrested_low", "arrested", "arrested_high"),
    "taking part": ("participants_low", "participants", "participants_high"),
}
_SCRIPTS = ("read.js", "ground.js", "map.js", "list.js", "controls.js")
_REPORT = ("publisher", "weak", "url", "reported_on", "reported_basis")


def write(rows: Iterable[Row], context: Context) -> Iterator[bytes]:
    """Incidents as a page."""
    tally = Tally()
    yield _head(context)
    held = bytearray(b'<script type="application/json" id="incidents">[')
    for row in tally.over(rows):
        held += (b"," if tally.incidents > 1 else b"") + b"\n" + embedded(_told(row))
        if len(held) > _CHUNK:
            yield bytes(held)
            held.clear()
    setting = {"ground": context.outlines, "colours": dict(context.colours)}
    held += b'\n]</script>\n<script type="application/json" id="setting">'
    held += embedded(setting) + b"</script>\n" + _foot(context, tally)
    yield bytes(held)


def embedded(value: Any) -> bytes:
    """JSON that may stand inside a script element of any document."""
    text = orjson.dumps(value)
    for byte, escape in _ESCAPES.items():
        text = text.replace(byte, escape)
    return text


def _told(row: Row) -> Row:
    numbers = {name: [row[part] for part in parts] for name, parts in _NUMBERS.items()}
    reports = [{name: report[name] for name in _REPORT} for report in row["reports"] or []]
    told = {name: row[name] for name in _SHOWN if row[name] is not None}
    told["numbers"] = {name: parts for name, parts in numbers.items() if any(n is not None for n in parts)}
    return told | {"reports": reports}


@cache
def _part(*names: str) -> str:
    folder = resources.files("geo.exports").joinpath("static")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


def _script() -> str:
    return '"use strict";\n{\n' + _part(*_SCRIPTS) + "}\n"


def _policy(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _escaped(text: str) -> str:
    return html.escape(str(printable(text)))


def _head(context: Context) -> bytes:
    title = _escaped(context.title)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src {_policy(_part("page.css"))}; script-src {_policy(_script())}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{_part("page.css")}</style>
</head>
<body>
<header><h1>{title}</h1><p id="told" role="status"></p></header>
<noscript><p>The map and the list need JavaScript; what this file holds is told below.</p></noscript>
{_part("page.html")}
""".encode()


def _foot(context: Context, tally: Tally) -> bytes:
    said = "".join(
        f"<dt>{_escaped(name)}</dt><dd>{_escaped(text)}</dd>" for name, text in about(context, tally)
    )
    return f"""<footer>
<p>{_escaped(CAVEAT)}</p>
<details open><summary>About this map, and how to cite it</summary><dl>{said}</dl></details>
</footer>
<script>{_script()}</script>
</body>
</html>
""".encode()
