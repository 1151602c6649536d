"""What every export says of itself: its query, data, terms, and how to cite and repeat it."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geo import __version__
from geo.query import IncidentQuery
from geo.schema import EVENT_TYPES

CAVEAT = "No row is no evidence that nothing happened: it means that no report of it is on record here."

ATTRIBUTION = "Boundaries: Natural Earth (public domain). Places: GeoNames (CC BY 4.0)."

COLOURS = dict(
    zip(EVENT_TYPES, ("#0A66A8", "#C78200", "#AE2600", "#DA5FA6", "#5A1846", "#3B937A"), strict=True)
)
"""Tones of the event types on paper: those of the map, which a test holds them to."""


@dataclass(frozen=True)
class Context:
    """query: parameters of the query. datasets: name, title, version and licences of each data set.

    command: the call that makes the same file again. generated_at: UTC, to the second; the only
    part of an export that differs when it is made again from the same store.
    outlines: what lies under the incidents, for formats that draw: see `geo.exports.outlines`.
    colours: tone of each event type on paper, `#RRGGBB`.
    """

    query: dict[str, str | list[str]]
    datasets: list[dict[str, Any]]
    command: str
    citation: str
    attribution: str
    generated_at: str
    outlines: Mapping[str, Any] | None = None
    colours: Mapping[str, str] = field(default_factory=lambda: COLOURS)

    @property
    def title(self) -> str:
        """The data sets by title."""
        return "; ".join(found["title"] for found in self.datasets) or "No data"

    @property
    def asked(self) -> str:
        """The query in words."""
        return in_words(self.query)

    @property
    def licences(self) -> list[dict[str, str]]:
        """The licences of the data sets, each once."""
        every = [licence for dataset in self.datasets for licence in dataset["licences"]]
        return [licence for at, licence in enumerate(every) if licence not in every[:at]]

    @property
    def terms(self) -> str:
        """The licences by title and address."""
        named = (f"{one.get('title') or one.get('name', '')} {one.get('path', '')}" for one in self.licences)
        return "; ".join(" ".join(one.split()) for one in named) or "not stated"

    def member(self, *, features: int, sha256: str, publishers: list[str]) -> dict[str, Any]:
        """The `eventmap` member of a collection."""
        return {
            "query": self.query,
            "datasets": self.datasets,
            "version": __version__,
            "licence": self.licences,
            "attribution": self.attribution,
            "citation": self.citation,
            "sources": publishers,
            "caveat": CAVEAT,
            "make_again": self.command,
            "features": features,
            "sha256": sha256,
            "generated_at": self.generated_at,
        }


def in_words(params: Mapping[str, str | list[str]]) -> str:
    """Parameters of a query as a reader takes them in: `start 2022-01-05, event-type Riots or Battles`."""
    told = ((key, value if isinstance(value, str) else " or ".join(value)) for key, value in params.items())
    return ", ".join(f"{key} {value}" for key, value in told) or "all incidents"


def describe(
    query: IncidentQuery,
    descriptors: Mapping[str, dict[str, Any]],
    name: str,
    now: dt.datetime,
    outlines: Mapping[str, Any] | None = None,
) -> Context:
    """The context of one export of `query` in the format `name`."""
    used = {key: found for key, found in descriptors.items() if query.dataset in ("", key)}
    datasets = [_dataset(key, found) for key, found in sorted(used.items())]
    asked = in_words(query.to_params())
    cited = [
        used[found["name"]].get("eventmap", {}).get("citation")
        or f"{found['title']} (version {found['version'] or 'not stated'})."
        for found in datasets
    ]
    return Context(
        query=query.to_params(),
        datasets=datasets,
        command=shlex.join(["eventmap", "export", "--format", name, *query.to_options()]),
        citation=" ".join([*cited, f"Query: {asked}. Made with eventmap {__version__}."]),
        attribution=ATTRIBUTION,
        generated_at=now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        outlines=outlines,
    )


def _dataset(name: str, descriptor: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "title": descriptor.get("title", name),
        "version": descriptor.get("version", ""),
        "licences": descriptor.get("licenses", []),
        "sources": descriptor.get("sources", []),
    }
