"""Every colour of the map and the page, in a light and a dark tone: defined here and nowhere else.

Hue belongs to event types; all else is ink on paper. The event hues start from Okabe and Ito, "Color
Universal Design" (2008), darkened until each keeps at least 3:1 against land and paper (WCAG 2.2,
success criterion 1.4.11). Tests measure that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from geo.schema import EVENT_TYPES


class Tone(NamedTuple):
    """One colour as `#RRGGBB`, on light and on dark ground."""

    light: str
    dark: str


EVENT_TONES: Mapping[str, Tone] = {
    "Protests": Tone("#0A66A8", "#5AB4F0"),
    "Riots": Tone("#C78200", "#F2B530"),
    "Battles": Tone("#AE2600", "#F2583A"),
    "Explosions/Remote violence": Tone("#DA5FA6", "#FBC0DF"),
    "Violence against civilians": Tone("#5A1846", "#B85AAA"),
    "Strategic developments": Tone("#3B937A", "#6A8F87"),
}
"""Tones of the six ACLED event types, in the order of `geo.schema.EVENT_TYPES`."""

SHORT_LABELS: Mapping[str, str] = {
    **{kind: kind for kind in EVENT_TYPES},
    "Explosions/Remote violence": "Explosions",
}
"""What a key or a chart calls each event type."""

GROUND: Mapping[str, Tone] = {
    "ink": Tone("#1B1F23", "#E7E5E0"),
    "mute": Tone("#5A626A", "#A3ABB3"),
    "faint": Tone("#757C84", "#8A929A"),
    "paper": Tone("#FFFFFF", "#1C2024"),
    "line": Tone("#DEDBD4", "#343A40"),
    "wash": Tone("#F4F3EF", "#252A2F"),
    "page": Tone("#FFFFFF", "#15181B"),
    "sidebar": Tone("#F7F6F3", "#1A1E22"),
    "sea": Tone("#E6ECEF", "#0F1214"),
    "land": Tone("#F1EFEA", "#181B1E"),
    "home": Tone("#FCFBF8", "#23282C"),
    "border-country": Tone("#8F969D", "#4D555D"),
    "border-region": Tone("#CFCBC3", "#3C4349"),
    "border-home": Tone("#7B838B", "#8A929A"),
    "hatch": Tone("#A9B0B7", "#69727A"),
}
"""Ink, paper and map ground. `home` is the country shown, `land` its neighbours."""


MARKS: Mapping[str, Tone] = {
    "place": Tone("#0A66A8", "#5AB4F0"),
    "time": Tone("#3B7A4B", "#79C08A"),
    "figure": Tone("#AE2600", "#F2835A"),
    "trigger": Tone("#8A6100", "#E3B04A"),
    "speaker": Tone("#7A3B8A", "#C793D8"),
}
"""What is marked in the text of an article: lines under words, each kind with a line of its own besides."""

SHADES: tuple[Tone, ...] = (
    Tone("#F3F4F5", "#20252A"),
    Tone("#E0E4E8", "#2A3138"),
    Tone("#CDD4DB", "#343E47"),
    Tone("#BAC4CE", "#3F4C58"),
    Tone("#A7B4C1", "#495A68"),
)
"""Greys of a choropleth, from the lowest class to the highest; hue stays with event types."""


def event_colours(theme: str) -> dict[str, str]:
    """Colour of each event type in `light` or `dark`, for charts."""
    return {kind: getattr(tone, theme) for kind, tone in EVENT_TONES.items()}


def ground_colours(theme: str) -> dict[str, str]:
    """Ink, paper and map colours in `light` or `dark`, by name."""
    return {name: getattr(tone, theme) for name, tone in GROUND.items()}


def variable(kind: str) -> str:
    """Name of the CSS variable of an event type: `--event-riots`, by its first word."""
    return "--event-" + kind.split("/")[0].split()[0].lower()


def css_variables() -> str:
    """A `:root` rule with every colour, for a page whose `color-scheme` follows its theme."""
    tones = {f"--{name}": tone for name, tone in GROUND.items()}
    tones |= {variable(kind): tone for kind, tone in EVENT_TONES.items()}
    tones |= {f"--mark-{kind}": tone for kind, tone in MARKS.items()}
    rules = "".join(f"{name}:light-dark({tone.light},{tone.dark});" for name, tone in tones.items())
    return f":root{{{rules}}}"


def as_options() -> dict[str, object]:
    """What the browser needs: types in order, their labels, and both themes."""
    return {
        "types": [
            {"name": kind, "label": SHORT_LABELS[kind], "light": tone.light, "dark": tone.dark}
            for kind, tone in EVENT_TONES.items()
        ],
        "ground": {"light": ground_colours("light"), "dark": ground_colours("dark")},
        "shades": {theme: [getattr(tone, theme) for tone in SHADES] for theme in ("light", "dark")},
    }


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
