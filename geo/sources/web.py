"""A file from a web server: within bounds of size and time, kept on disk with its checksum.

Nothing here is asked for unless a person calls for it. A file that is in the cache and has the checksum it
came with is not asked for again.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from geo import __version__
from geo.errors import FetchError
from geo.sources.files.limits import MB

MOST_BYTES = 256 * MB
META_BYTES = 8 * MB
SECONDS = 30.0
"""How long a server may be silent."""
TOTAL_SECONDS = 600.0
_PIECE = 1 << 16
_OFFLINE = "check the connection, or download the file elsewhere and use `eventmap boundaries add`"


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to where we would have gone ourselves."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        _refuse(newurl, after=req.full_url)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def read_json(url: str) -> dict[str, Any]:
    """A JSON object. Raises FetchError."""
    body = b"".join(_pieces(url, META_BYTES, time.monotonic() + TOTAL_SECONDS))
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise FetchError("the reply is no JSON object", where=_host(url), todo="try again later")
    return found


def download(url: str, folder: Path, name: str, *, about: dict[str, Any], after: str = "") -> Path:
    """A file in a folder, whole or not at all, with `name.json` beside it: url, sha256, and `about`.

    after: the address that named this one. Raises FetchError.
    """
    _refuse(url, after=after)
    folder.mkdir(parents=True, exist_ok=True)
    path, fresh = folder / name, folder / f".{name}.part"
    digest = hashlib.sha256()
    try:
        with fresh.open("wb") as stream:
            for piece in _pieces(url, MOST_BYTES, time.monotonic() + TOTAL_SECONDS):
                digest.update(piece)
                stream.write(piece)
        note = about | {"url": url, "sha256": digest.hexdigest()}
        _note(path).unlink(missing_ok=True)
        fresh.replace(path)
        _note(path).write_text(json.dumps(note, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    finally:
        fresh.unlink(missing_ok=True)
    return path


def noted(path: Path) -> dict[str, Any]:
    """What is noted of a downloaded file; empty where nothing is, or the file is not the one that came."""
    try:
        found = json.loads(_note(path).read_text(encoding="utf-8"))
        with path.open("rb") as stream:
            same = found.get("sha256") == hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError, AttributeError):
        return {}
    return found if same else {}


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _pieces(url: str, most: int, deadline: float) -> Any:
    """The body of a reply, piece by piece. Raises FetchError."""
    _refuse(url)
    asked = urllib.request.Request(url, headers={"User-Agent": f"eventmap/{__version__}"})  # noqa: S310 -- refused above
    opener = urllib.request.build_opener(_Redirects)
    size = 0
    try:
        with opener.open(asked, timeout=SECONDS) as reply:
            stated = reply.headers.get("Content-Length", "")
            if stated.isdigit() and int(stated) > most:
                raise _too_large(url, most)
            while piece := reply.read(_PIECE):
                size += len(piece)
                if size > most:
                    raise _too_large(url, most)
                if time.monotonic() > deadline:
                    what = f"the download took more than {TOTAL_SECONDS:.0f} s"
                    raise FetchError(what, where=_host(url), todo="try again later")
                yield piece
            if stated.isdigit() and size < int(stated):
                raise FetchError("the connection broke off", where=_host(url), todo="try again")
    except urllib.error.HTTPError as error:
        todo = "check the code of the country and the level" if error.code == 404 else "try again later"
        raise FetchError(f"it answers {error.code} {error.reason}", where=_host(url), todo=todo) from None
    except (
        urllib.error.URLError,
        http.client.HTTPException,
        TimeoutError,
        ConnectionError,
        OSError,
    ) as error:
        reason = getattr(error, "reason", None) or error
        said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        raise FetchError(f"it cannot be reached ({said})", where=_host(url), todo=_OFFLINE) from None


def _refuse(url: str, *, after: str = "") -> None:
    """Only https, or plain http where the person named it; never from outside to this machine. FetchError."""
    try:
        parts = urllib.parse.urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urllib.parse.urlsplit(""), None
    allowed = ("https",) if after.startswith("https:") else ("https", "http")
    inward = after and _inward(host or "") and not _inward(urllib.parse.urlsplit(after).hostname or "")
    if parts.scheme not in allowed or not host or inward or any(ord(letter) < 33 for letter in url):
        what = f"it names an address that is not followed, {url[:80]!r}"
        raise FetchError(what, where=_host(after or url), todo="download the file yourself")


def _inward(host: str) -> bool:
    """Whether a host is this machine, or of its own network."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or "." not in host


def _host(url: str) -> str:
    try:
        return urllib.parse.urlsplit(url).netloc.rpartition("@")[2] or url[:80]
    except ValueError:
        return url[:80]


def _too_large(url: str, most: int) -> FetchError:
    what = f"the file has more than {most / MB:,.0f} MB"
    return FetchError(what, where=_host(url), todo="download it yourself, and make it smaller")
