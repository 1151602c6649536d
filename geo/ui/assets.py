"""Files of the page below `/assets/`: those of the map, and the fonts that Streamlit itself carries."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit

from geo.maps import assets

_FONTS = {
    "Source Sans": "SourceSansVF-Upright*.woff2",
    "Source Serif": "SourceSerifVariable-Roman*.woff2",
}


def find_asset(path: str) -> tuple[bytes, str, bool] | None:
    """Content, media type and whether it may be kept for good; None where there is no such file."""
    if path == "fonts.css":
        return fonts_css(), "text/css; charset=utf-8", False
    found = assets.find(path)
    return (found.file.read_bytes(), found.media_type, found.lasting) if found else None


@cache
def fonts_css() -> bytes:
    """The page's fonts for the map's frame, which does not inherit them.

    Streamlit's font files carry a hash in their names, so they are looked up, not written down.
    """
    media = Path(streamlit.__file__).parent / "static" / "static" / "media"
    rules = [
        f'@font-face{{font-family:"{family}";font-weight:200 900;font-display:swap;'
        f'src:url(/static/media/{found.name}) format("woff2")}}'
        for family, pattern in _FONTS.items()
        for found in sorted(media.glob(pattern))[:1]
    ]
    return "\n".join(rules).encode()
