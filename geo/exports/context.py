"""What every export says of itself: its query, data, terms, and how to cite and repeat it."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo import __version__
from geo.query import IncidentQuery

CAVEAT = "No row is no evidence that nothing happened: it means that no report of it is on record here."


ATTRIBUTION = "Boundaries: Natural Earth (public domain). Places: GeoNames (CC BY 4.0)."


@dataclass(frozen=True)
class Context:
    """query: parameters of the query. datasets: name, title, version and licences of each data set.

    command: the call that makes the same file again. generated_at: UTC, to the second; the only
    part of an export that differs when it is made again from the same store.
    """

    query: dict[str, str | list[str]]
    datasets: list[dict[str, Any]]
    command: str
    citation: str
    attribution: str
    generated_at: str

    def member(self, *, features: int, sha256: str, publishers: list[str]) -> dict[str, Any]:
        """The `eventmap` member of a collection."""
        return {
            "query": self.query,
            "datasets": self.datasets,
            "version": __version__,
            "licence": [licence for dataset in self.datasets for licence in dataset["licences"]],
            "attribution": self.attribution,
            "citation": self.citation,
            "sources": publishers,
            "caveat": CAVEAT,
            "make_again": self.command,
            "features": features,
            "sha256": sha256,
            "generated_at": self.generated_at,
        }


def describe(
    query: IncidentQuery, descriptors: Mapping[str, dict[str, Any]], name: str, now: dt.datetime
) -> Context:
    """The context of one export of `query` in the format `name`."""
    used = {key: found for key, found in descriptors.items() if query.dataset in ("", key)}
    datasets = [_dataset(key, found) for key, found in sorted(used.items())]
    titles = "; ".join(f"{found['title']} (version {found['version']})" for found in datasets)
    asked = ", ".join(f"{key} {value}" for key, value in query.to_params().items()) or "all incidents"
    cited = [found.get("eventmap", {}).get("citation", "") for _, found in sorted(used.items())]
    return Context(
        query=query.to_params(),
        datasets=datasets,
        command=shlex.join(["eventmap", "export", "--format", name, *query.to_options()]),
        citation=" ".join(
            filter(None, [*cited, f"{titles}. Query: {asked}. Made with eventmap {__version__}."])
        ),
        attribution=ATTRIBUTION,
        generated_at=now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _dataset(name: str, descriptor: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "title": descriptor.get("title", name),
        "version": descriptor.get("version", ""),
        "licences": descriptor.get("licenses", []),
        "sources": descriptor.get("sources", []),
    }
