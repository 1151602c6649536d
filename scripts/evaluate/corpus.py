"""TR-News as it lies in its file: articles with gold toponyms, their offsets mended.

The corpus (Kamalloo and Rafiei 2018) marks 1,319 names in 118 articles. The offsets of 117 of them are
off by a few characters; each is moved to the nearest place where its phrase stands and no other has it.
"""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

NOMINAL_DAY = dt.date(2016, 12, 31)
"""For articles without a time stamp: within the weeks from which most of the others are."""
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass(frozen=True)
class GoldToponym:
    """A name in a text, and where GeoNames has it. lat, lon: degrees, None where the gold gives no place."""

    phrase: str
    start: int
    end: int
    geonameid: int | None = None
    name: str = ""
    feature: str = ""
    lat: float | None = None
    lon: float | None = None
    country: int | None = None
    """GeoNames identifier of the country."""

    @property
    def placed(self) -> bool:
        """Whether there is something to resolve it to."""
        return self.lat is not None


@dataclass(frozen=True)
class Article:
    """A text, its day and publisher, its names."""

    name: str
    text: str
    published: dt.date
    domain: str
    toponyms: tuple[GoldToponym, ...]
    moved: int
    """How many offsets had to be mended."""


def read(path: Path) -> list[Article]:
    """The articles of a corpus file, which must be one that we trust: XML can be made to blow up."""
    return [_article(node) for node in ET.parse(path).getroot()]  # noqa: S314


def aligned(text: str, toponyms: Sequence[GoldToponym]) -> tuple[list[GoldToponym], int]:
    """The toponyms where their phrases stand, and how many were moved. One that stands nowhere is dropped."""
    right = [one for one in toponyms if text[one.start : one.end] == one.phrase]
    taken = {one.start for one in right}
    moved = []
    for one in toponyms:
        if one in right:
            continue
        free = [at for at in _all(text, one.phrase) if at not in taken]
        if free:
            start = min(free, key=lambda at: abs(at - one.start))
            taken.add(start)
            moved.append(replace(one, start=start, end=start + len(one.phrase)))
    return sorted([*right, *moved], key=lambda one: one.start), len(toponyms) - len(right)


def day(written: str) -> dt.date:
    """The day in a time stamp of any of the many forms that publishers write. Raises ValueError."""
    if iso := re.search(r"(\d{4})-(\d\d)-(\d\d)", written):
        return dt.date(*map(int, iso.groups()))
    if slashes := re.search(r"(\d\d?)/(\d\d?)/(\d{4})", written):
        return dt.date(int(slashes[3]), int(slashes[1]), int(slashes[2]))
    year = re.search(r"\b(?:19|20)\d\d\b", written)
    name = re.search(rf"\b({'|'.join(_MONTHS)})[a-z]*\b", written, re.IGNORECASE)
    after = re.search(r"(?<![\d:])([0-3]?\d)(?:st|nd|rd|th)?(?![\d:])", written[name.end() :] if name else "")
    before = re.search(r"(?<!\d)([0-3]?\d)\s*$", written[: name.start()] if name else "")
    found = before or after
    if not (year and name and found):
        raise ValueError(f"no day in {written!r}")
    return dt.date(int(year.group()), _MONTHS.index(name.group(1).lower()) + 1, int(found.group(1)))


def _all(text: str, phrase: str) -> list[int]:
    found, at = [], text.find(phrase)
    while at >= 0:
        found.append(at)
        at = text.find(phrase, at + 1)
    return found


def _article(node: ET.Element) -> Article:
    text = node.findtext("text") or ""
    written = (node.findtext("dltime") or "").strip()
    toponyms, moved = aligned(text, [_toponym(one) for one in node.iter("toponym")])
    return Article(
        name=node.get("docid", ""),
        text=text,
        published=day(written) if written else NOMINAL_DAY,
        domain=(node.findtext("domain") or "").strip(),
        toponyms=tuple(toponyms),
        moved=moved,
    )


def _toponym(node: ET.Element) -> GoldToponym:
    phrase, start, end = (node.findtext(name) or "" for name in ("phrase", "start", "end"))
    tag = node.find("gaztag")
    if tag is None or tag.findtext("lat") is None:
        return GoldToponym(phrase, int(start), int(end))
    country = tag.find("country")
    return GoldToponym(
        phrase,
        int(start),
        int(end),
        geonameid=int(tag.get("geonameid", "0")) or None,
        name=tag.findtext("name") or "",
        feature=tag.findtext("fcode") or "",
        lat=float(tag.findtext("lat") or "nan"),
        lon=float(tag.findtext("lon") or "nan"),
        country=int(country.get("geonameid", "0")) if country is not None else None,
    )
