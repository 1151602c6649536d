"""Boundaries from a provider, played by a server on loopback: cached, bounded, added with their licence."""

from __future__ import annotations

import datetime as dt
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from geo.cli import main
from geo.errors import CallError, FetchError, GeoError
from geo.ingest import boundaries
from geo.settings import Settings
from geo.sources import web
from geo.store import Store
from tests.conftest import free_port
from tests.ingest.added.kazakhstan import SPLIT, units, written


@dataclass
class Provider:
    """Replies by path: a body, or a status with headers. asked: the paths asked for, in order."""

    address: str = ""
    replies: dict[str, bytes | tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A server on loopback."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            reply = made.replies.get(self.path, (404, {}, b""))
            status, headers, body = reply if isinstance(reply, tuple) else (200, {}, reply)
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def asking(settings: Settings, provider: Provider, tmp_path: Path) -> Settings:
    """Settings that ask that server, with a cache of their own but for the place index."""
    cache = tmp_path / "cache"
    cache.mkdir()
    for kept in settings.cache.iterdir():
        (cache / kept.name).symlink_to(kept)
    return replace(
        settings, cache=cache, geoboundaries=provider.address + "/gb", cod_ab=provider.address + "/hdx"
    )


@pytest.fixture(scope="session")
def geojson(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The units since 8 June 2022 as geoBoundaries names its columns."""
    frame = units(SPLIT).rename(columns={"name": "shapeName"}).assign(shapeGroup="KAZ", shapeType="ADM1")
    return written(tmp_path_factory.mktemp("gb") / "kaz.geojson", frame).read_bytes()


def publish(provider: Provider, body: bytes, **more: object) -> None:
    """Publish a file as geoBoundaries does."""
    about = {
        "boundaryID": "KAZ-ADM1-1",
        "boundaryYearRepresented": "2022",
        "boundarySource": "The surveyors",
        "boundaryLicense": "Creative Commons Attribution 4.0",
        "gjDownloadURL": f"{provider.address}/files/geoBoundaries-KAZ-ADM1.geojson",
    } | more
    provider.replies["/gb/KAZ/ADM1/"] = json.dumps(about).encode()
    provider.replies["/files/geoBoundaries-KAZ-ADM1.geojson"] = body


def test_a_file_is_fetched_once_and_its_licence_recorded(asking: Settings, provider: Provider):
    publish(provider, b'{"type": "FeatureCollection", "features": []}')
    path, admin0, about = boundaries.fetch(asking, "kaz", "geoboundaries")
    assert (path.name, admin0) == ("geoBoundaries-KAZ-ADM1.geojson", "KZ")
    assert about["licence"] == "Creative Commons Attribution 4.0"
    assert about["source"] == "geoBoundaries, after The surveyors"
    assert len(provider.asked) == 2
    assert boundaries.fetch(asking, "KAZ", "geoboundaries") == (path, admin0, about)
    assert len(provider.asked) == 2
    boundaries.fetch(asking, "KAZ", "geoboundaries", anew=True)
    assert len(provider.asked) == 4


def test_a_cached_file_that_was_changed_is_fetched_again(asking: Settings, provider: Provider):
    publish(provider, b"as it was sent")
    path, _, _ = boundaries.fetch(asking, "KAZ", "geoboundaries")
    path.write_bytes(b"as somebody changed it")
    again, _, _ = boundaries.fetch(asking, "KAZ", "geoboundaries")
    assert again.read_bytes() == b"as it was sent"


def test_what_is_fetched_is_added_with_its_licence(
    asking: Settings,
    provider: Provider,
    geojson: bytes,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    publish(provider, geojson)
    for name in ("store", "cache", "geoboundaries"):
        monkeypatch.setenv(f"EVENTMAP_{name.upper()}", str(getattr(asking, name)))
    with pytest.raises(SystemExit) as ended:
        main(["boundaries", "fetch", "KAZ", "--valid-from", "2022-06-08"])
    assert ended.value.code == 0
    assert "boundaries-1: 20 units of KZ, valid from 2022-06-08" in capsys.readouterr().out
    (row,) = Store(asking.store).additions()
    assert row["licence"] == "Creative Commons Attribution 4.0"
    assert row["url"] == f"{provider.address}/files/geoBoundaries-KAZ-ADM1.geojson"
    held = Store(asking.store).regions(dt.date(2022, 7, 1), ["KZ"]).set_index("id")
    assert held.at["KZ-abai", "geometry_quality"] == "surveyed"
    assert (
        "geoBoundaries, after The surveyors, Creative Commons Attribution 4.0" in held.at["KZ-abai", "note"]
    )
    with pytest.raises(SystemExit):
        main(["boundaries", "list"])
    told = capsys.readouterr().out
    assert "boundaries-1   KZ level 1, valid from 2022-06-08: 20 units" in told


def test_a_package_of_all_levels_gives_the_level_asked_for(
    asking: Settings, provider: Provider, geojson: bytes
):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("kaz_admin0.geojson", b"{}")
        archive.writestr("kaz_admin1.geojson", geojson)
        archive.writestr("kaz_admin2.geojson", b"{}")
    package = {
        "license_title": "CC BY-IGO",
        "dataset_source": "The ministry",
        "dataset_date": "[2022-06-08T00:00:00 TO 2022-06-08T23:59:59]",
        "resources": [
            {"format": "XLSX", "download_url": f"{provider.address}/kaz.xlsx"},
            {"format": "SHP", "download_url": f"{provider.address}/kaz.shp.zip"},
            {"format": "GeoJSON", "download_url": f"{provider.address}/kaz_admin_boundaries.geojson.zip"},
        ],
    }
    provider.replies["/hdx/package_show?id=cod-ab-kaz"] = json.dumps(
        {"success": True, "result": package}
    ).encode()
    provider.replies["/kaz_admin_boundaries.geojson.zip"] = packed.getvalue()
    path, admin0, about = boundaries.fetch(asking, "KAZ", "cod-ab")
    assert (about["source"], about["licence"]) == ("OCHA COD-AB, after The ministry", "CC BY-IGO")
    done = boundaries.add(asking, path, boundaries.Given(admin0, SPLIT, licence=about["licence"]))
    assert done.row["rows"] == 20


def line(settings: Settings, provider: str = "geoboundaries", country: str = "KAZ") -> str:
    with pytest.raises(GeoError) as caught:
        boundaries.fetch(settings, country, provider)
    assert isinstance(caught.value, FetchError | CallError)
    folder = settings.cache / "boundaries"
    assert not [left for left in folder.rglob("*") if left.is_file()]
    return str(caught.value)


def test_without_a_network_one_line_says_so(asking: Settings):
    port = free_port()
    gone = replace(asking, geoboundaries=f"http://127.0.0.1:{port}")
    assert line(gone) == (
        f"127.0.0.1:{port}: it cannot be reached (Connection refused); check the connection, or download the "
        "file elsewhere and use `eventmap boundaries add`"
    )


def test_an_unknown_country_asks_nobody(asking: Settings, provider: Provider):
    told = "COUNTRY: 'KAX' is no code of a country; write it as three letters of ISO 3166-1, such as KAZ"
    assert line(asking, country="kax") == told
    assert provider.asked == []


def test_a_provider_without_the_country_is_told(asking: Settings, provider: Provider):
    host = provider.address.removeprefix("http://")
    told = f"{host}: it answers 404 Not Found; check the code of the country and the level"
    assert line(asking) == told
    assert line(asking, "cod-ab") == told


def test_a_reply_that_is_no_json_is_told(asking: Settings, provider: Provider):
    provider.replies["/gb/KAZ/ADM1/"] = b"<html>"
    assert line(asking).endswith("the reply is no JSON object; try again later")


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://example.org/a.geojson", "http://[::1", "http://exam ple/a", "a.geojson"],
)
def test_no_address_is_followed_but_of_the_web(asking: Settings, provider: Provider, address: str):
    publish(provider, b"{}", gjDownloadURL=address)
    assert "it names an address that is not followed" in line(asking)


def test_a_redirect_to_a_file_is_not_followed(asking: Settings, provider: Provider):
    publish(provider, b"{}")
    provider.replies["/files/geoBoundaries-KAZ-ADM1.geojson"] = (302, {"Location": "file:///etc/passwd"}, b"")
    line(asking)


def test_nobody_outside_sends_us_to_our_own_network():
    for address in ("https://127.0.0.1/a", "https://localhost/a", "https://10.0.0.1/a", "https://[::1]/a"):
        with pytest.raises(FetchError, match="not followed"):
            web._refuse(address, after="https://www.geoboundaries.org/api")
    with pytest.raises(FetchError, match="not followed"):
        web._refuse("http://example.org/a", after="https://www.geoboundaries.org/api")


def test_a_file_beyond_the_bound_is_refused(
    asking: Settings, provider: Provider, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(web, "MOST_BYTES", 1 << 20)
    publish(provider, b"x" * ((1 << 20) + 1))
    assert line(asking).endswith("the file has more than 1 MB; download it yourself, and make it smaller")


def test_a_stated_size_is_believed_before_anything_is_read(asking: Settings, provider: Provider):
    publish(provider, b"{}")
    provider.replies["/files/geoBoundaries-KAZ-ADM1.geojson"] = (200, {"Content-Length": str(1 << 40)}, b"{}")
    assert "the file has more than 256 MB" in line(asking)


def test_a_broken_connection_leaves_nothing(asking: Settings, provider: Provider):
    publish(provider, b"{}")
    provider.replies["/files/geoBoundaries-KAZ-ADM1.geojson"] = (200, {"Content-Length": "100"}, b"{}")
    told = line(asking)
    assert "the connection broke off" in told or "it cannot be reached" in told
