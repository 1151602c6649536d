"""Which of its formats a resource is told in: by `f`, else by what the client accepts, else the first."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

from geo.errors import BadQuery, NotAcceptable


def choose(request: Request, kinds: Mapping[str, str]) -> str:
    """The name of a format. kinds: media types by name. Raises BadQuery, NotAcceptable."""
    name = request.query_params.get("f", "")
    if name:
        if name not in kinds:
            raise BadQuery(
                f"{name[:40]!r} is no format of this", where="f", todo=f"choose from: {', '.join(kinds)}"
            )
        return name
    accepted = _accepted(request.headers.get("accept", "") or "*/*")
    best = max(kinds, key=lambda kind: _worth(kinds[kind], accepted))
    if not _worth(kinds[best], accepted):
        raise NotAcceptable(
            "none of the accepted media types can be had", todo=f"choose from: {', '.join(kinds.values())}"
        )
    return best


def _accepted(header: str) -> dict[str, float]:
    found = {}
    for part in header.split(",")[:50]:
        media, *rest = (one.strip().lower() for one in part.split(";"))
        worth = next((one.removeprefix("q=") for one in rest if one.startswith("q=")), "1")
        try:
            found[media] = float(worth)
        except ValueError:
            found[media] = 0.0
    return found


def _worth(media: str, accepted: Mapping[str, float]) -> float:
    """How welcome a media type is; JSON is welcome as any of its kinds."""
    plain = media.split(";")[0]
    names = [plain, f"{plain.split('/')[0]}/*", "*/*"]
    if plain.endswith("+json"):
        names.insert(1, "application/json")
    return next((accepted[name] for name in names if name in accepted), 0.0)
