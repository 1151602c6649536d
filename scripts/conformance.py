"""`python -m scripts.conformance [--jar FILE]`: what the service was found to conform to, and by whom.

With the jar of the OGC's own suite, ets-ogcapi-features10, the default store is built, served as
`eventmap serve` does, and tested by it. Without, our own rendering of the abstract tests is run instead
(tests/api/conformance), and the report says so. The report is docs/conformance.md; exit code 1 when a test
fails.
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

SUITE = "ets-ogcapi-features10"
ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "conformance.md"
PROPERTIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE properties SYSTEM "http://java.sun.com/dtd/properties.dtd">
<properties version="1.0">
<entry key="iut">{address}/api</entry><entry key="noofcollections">-1</entry>
</properties>
"""


def main() -> None:
    """Test and report."""
    parser = argparse.ArgumentParser(prog="python -m scripts.conformance", description=__doc__)
    parser.add_argument("--jar", type=Path, help=f"the all-in-one jar of {SUITE}")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.jar:
            rows, text = official(asked.jar, Path(folder))
        else:
            rows, text = own(Path(folder))
    REPORT.write_text(text, encoding="utf-8")
    counts = Counter(rows)
    told = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    print(f"{told}; see {REPORT.relative_to(ROOT)}")
    sys.exit(1 if counts["FAIL"] or not counts["PASS"] else 0)


def official(jar: Path, folder: Path) -> tuple[list[str], str]:
    """The results of the OGC's suite, and the report."""
    rows = run(jar, folder)
    return [status for _, _, status, _ in rows], report(rows)


def own(folder: Path) -> tuple[list[str], str]:
    """The results of our own rendering of the abstract tests, and the report."""
    told = folder / "results.xml"
    command = [sys.executable, "-m", "pytest", "-q", "tests/api/conformance", f"--junit-xml={told}"]
    subprocess.run([*command, "-o", "junit_family=xunit1"], cwd=ROOT, check=False)
    results = abstract(told)
    return list(results.values()), own_report(results)


def abstract(path: Path) -> dict[str, str]:
    """PASS, FAIL or SKIP by abstract test: the worst of all runs of the functions that render it."""
    found: dict[str, str] = {}
    for case in ET.parse(path).getroot().iter("testcase"):  # noqa: S314 -- written by pytest just now
        bad = case.find("failure") is not None or case.find("error") is not None
        status = "FAIL" if bad else "SKIP" if case.find("skipped") is not None else "PASS"
        for one in case.iter("property"):
            if one.get("name") == "abstract":
                name = str(one.get("value"))
                found[name] = max(found.get(name, ""), status, key=["", "PASS", "SKIP", "FAIL"].index)
    return dict(sorted(found.items()))


def own_report(results: dict[str, str]) -> str:
    """The results as a page."""
    counts = Counter(results.values())
    lines = [
        "# Conformance",
        "",
        f"**The OGC's own suite, {SUITE}, was not run.** These are the abstract tests of the",
        "standards as we render them (`tests/api/conformance`), run by `make conformance`: no certificate.",
        "Those of CQL2 and of OGC API - Common are taken together by class. With the jar of the suite,",
        "`make conformance JAR=file` runs that instead and writes its results here.",
        "",
        ", ".join(f"{count} {status}" for status, count in sorted(counts.items())) + ".",
        "",
        "| abstract test | result |",
        "|---|---|",
        *(f"| {name} | {status} |" for name, status in results.items()),
    ]
    return "\n".join(lines) + "\n"


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
        f"OGC API - Features, tested by the OGC's own suite {SUITE} (`make conformance`).",
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
