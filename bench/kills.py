"""`python -m bench.kills [TIMES]`: an import killed at random moments; the store must open every time."""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.imports import write
from geo.query import IncidentQuery
from geo.store import Store


def content(store: Path) -> tuple[int, str]:
    """How many incidents a store holds, and a checksum of all of them."""
    opened = Store(store)
    digest, count = hashlib.sha256(), 0
    for row in opened.export(IncidentQuery()):
        digest.update(repr(sorted(row.items(), key=lambda pair: pair[0])).encode())
        count += 1
    opened.close()
    return count, digest.hexdigest()


def main() -> None:
    """Import undisturbed for comparison, then kill, look, and import again."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("times", nargs="?", type=int, default=20)
    parser.add_argument("--rows", type=int, default=20_000)
    asked = parser.parse_args()
    dice = random.Random(11)
    with tempfile.TemporaryDirectory() as folder:
        first, second, store = (Path(folder, name) for name in ("1.csv", "2.csv", "store.duckdb"))
        write(first, 100, seed=1)
        write(second, asked.rows, seed=2)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

        def command(path: Path, into: Path) -> list[str]:
            parts = ["import", str(path), "--dataset", "killed", "--whole", "--store", str(into)]
            return [sys.executable, "-m", "geo", *parts]

        subprocess.run(command(first, store), check=True, **quiet)
        before = content(store)
        other = Path(folder, "undisturbed.duckdb")
        other.write_bytes(store.read_bytes())
        begun = time.monotonic()
        subprocess.run(command(second, other), check=True, **quiet)
        lasts = time.monotonic() - begun
        after = content(other)
        seen = {before: 0, after: 0}
        for moment in sorted(dice.uniform(0, lasts) for _ in range(asked.times)):
            process = subprocess.Popen(command(second, store), **quiet)
            time.sleep(moment)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            found = content(store)
            if found not in seen:
                raise SystemExit(
                    f"killed after {moment:.2f} s, the store holds {found[0]:,} incidents: half a delivery"
                )
            seen[found] += 1
        subprocess.run(command(second, store), check=True, **quiet)
        if content(store) != after:
            raise SystemExit("the run after the kills ended with another content")
        left = sorted(path.name for path in Path(folder).iterdir() if path.name.startswith("."))
        print(f"{asked.times} kills within {lasts:.1f} s: the store opened every time,")
        print(f"{seen[before]} times as it was and {seen[after]} times as it should be;")
        print(f"the next run ended with the same content; left over: {left}")


if __name__ == "__main__":
    main()
