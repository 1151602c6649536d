"""`python -m scripts.conformance [--jar FILE]`: the OGC's own test suite against the running service.

Builds the default store, serves it as `eventmap serve` does, and runs ets-ogcapi-features10 over it. The
suite comes from Maven Central through the user's own Maven, unless `--jar` names the file. The report is
docs/conformance.md; exit code 1 when a test of the suite fails.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

SUITE, VERSION = "ets-ogcapi-features10", "1.9"
ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "conformance.md"
PROPERTIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE properties SYSTEM "http://java.sun.com/dtd/properties.dtd">
<properties version="1.0">
<entry key="iut">{address}/api</entry><entry key="noofcollections">-1</entry>
</properties>
"""


def main() -> None:
    """Serve, test, report."""
    parser = argparse.ArgumentParser(prog="python -m scripts.conformance", description=__doc__)
    parser.add_argument("--jar", type=Path, help=f"the all-in-one jar of {SUITE}")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        jar = asked.jar or fetched(Path(folder))
        results = run(jar, Path(folder))
    REPORT.write_text(report(results), encoding="utf-8")
    counts = Counter(status for _, _, status, _ in results)
    print(
        ", ".join(f"{count} {status}" for status, count in counts.items()),
        f"; see {REPORT.relative_to(ROOT)}",
    )
    sys.exit(1 if counts["FAIL"] or not counts["PASS"] else 0)


def fetched(folder: Path) -> Path:
    """The suite from Maven Central."""
    artifact = f"org.opengis.cite:{SUITE}:{VERSION}:jar:aio"
    command = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"]
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError):
        sys.exit(f"{artifact}: Maven cannot fetch it here; name the file with --jar")
    return next(folder.glob(f"{SUITE}*.jar"))


def run(jar: Path, folder: Path) -> list[tuple[str, str, str, str]]:
    """Serve the default store and test it: class, test, status, what was wrong."""
    store = folder / "eventmap.duckdb"
    subprocess.run([sys.executable, "-m", "geo", "build", "--store", str(store)], check=True, cwd=ROOT)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "geo", "serve", "--port", str(port), "--store", str(store)]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api/health")
        asked = folder / "run.xml"
        asked.write_text(PROPERTIES.format(address=address), encoding="utf-8")
        tested = ["java", "-jar", str(jar), "-o", str(folder / "out"), str(asked)]
        subprocess.run(tested, check=True, env=os.environ | {"NO_PROXY": "127.0.0.1"})
        found = next((folder / "out").rglob("testng-results.xml"))
        return read(found)
    finally:
        server.terminate()
        server.wait(30)


def wait_for(address: str, seconds: int = 120) -> None:
    """Return once something answers there."""
    for _ in range(seconds * 2):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 -- our own server
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit(f"{address} does not answer")


def read(path: Path) -> list[tuple[str, str, str, str]]:
    """The results of TestNG, without its own preparations."""
    rows = []
    for group in ET.parse(path).getroot().iter("class"):  # noqa: S314 -- written by the suite just now
        for method in group.iter("test-method"):
            if method.get("is-config") == "true":
                continue
            message = method.findtext("exception/message") or ""
            name = str(group.get("name")).split("ogcapifeatures10.")[-1]
            rows.append((name, str(method.get("name")), str(method.get("status")), plain(message)))
    return sorted(rows)


def plain(message: str) -> str:
    """One line that names no machine."""
    return re.sub(r"http://127\.0\.0\.1:\d+", "", " ".join(message.split()))[:200].replace("|", "\\|")


def report(rows: list[tuple[str, str, str, str]]) -> str:
    """The results as a page."""
    counts = Counter(status for _, _, status, _ in rows)
    lines = [
        "# Conformance",
        "",
        f"OGC API - Features, tested by the OGC's own suite {SUITE} {VERSION} (`make conformance`).",
        "",
        ", ".join(f"{count} {status}" for status, count in sorted(counts.items())) + ".",
        "",
        "| class | test | result | |",
        "|---|---|---|---|",
        *(f"| {group} | {name} | {status} | {message} |" for group, name, status, message in rows),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
