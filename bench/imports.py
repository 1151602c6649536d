"""`python -m bench.imports [ROWS]`: an ACLED file imported, beside pandas.read_csv of the same file."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv

COLUMNS = """
    event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
    assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region
    country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes
    fatalities tags timestamp
""".split()  # noqa: SIM905 -- 31 names in a list would be 31 lines
"""The layout of ACLED's export since March 2023."""

TOWNS = 2_000


def write(path: Path, rows: int, seed: int = 7) -> None:
    """A file of ACLED's layout: made-up events in Kazakhstan, notes of some hundred letters."""
    dice = np.random.default_rng(seed)
    town = dice.integers(0, TOWNS, rows)
    spots = dice.uniform([60, 46], [79, 51], (TOWNS, 2)).round(4)
    day = np.datetime64("2018-01-01") + dice.integers(0, 2000, rows)
    kinds = np.array(
        [("Protests", "Peaceful protest"), ("Riots", "Mob violence"), ("Battles", "Armed clash")]
    )[dice.integers(0, 3, rows)]
    number = np.arange(rows).astype(str)
    words = np.array(["gathered", "blocked a road", "was dispersed", "clashed", "were detained", "left"])
    given: dict[str, object] = {
        "event_id_cnty": np.char.add("KAZ", number),
        "event_date": day.astype(str),
        "year": day.astype("datetime64[Y]").astype(str),
        "time_precision": "1",
        "disorder_type": "Demonstrations",
        "event_type": kinds[:, 0],
        "sub_event_type": kinds[:, 1],
        "actor1": "Protesters (Kazakhstan)",
        "inter1": "Protesters",
        "interaction": "Protesters only",
        "iso": "398",
        "region": "Caucasus and Central Asia",
        "country": "Kazakhstan",
        "location": np.char.add("Town ", town.astype(str)),
        "latitude": spots[town, 1].astype(str),
        "longitude": spots[town, 0].astype(str),
        "geo_precision": dice.choice(["1", "1", "1", "2"], rows),
        "source": dice.choice(["Tengri News", "Azattyq; Tengri News", "Vlast"], rows),
        "source_scale": "National",
        "notes": np.char.add(
            np.char.add("In a made-up town, people of number ", number),
            np.char.add(" gathered in front of the akimat and ", words[dice.integers(0, 6, rows)]),
        ),
        "fatalities": dice.poisson(0.2, rows).astype(str),
        "tags": "crowd size=no report",
        "timestamp": "1672531200",
    }
    columns = [given.get(name, "") for name in COLUMNS]
    arrays = [pa.array(np.full(rows, one) if isinstance(one, str) else one, pa.string()) for one in columns]
    pa.csv.write_csv(pa.table(arrays, names=COLUMNS), path)


def timed(command: list[str]) -> tuple[float, float, float]:
    """Seconds, those of the processor, and the most memory (GB) that a process took."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = _wait(process)
    if status:
        raise SystemExit(f"{' '.join(command[:6])} ended with {status}")
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e9


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, int, resource.struct_rusage]:
    pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return pid, process.returncode, usage


def main() -> None:
    """Write the file, import it, read it with pandas, print both."""
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path, store = Path(folder, "acled.csv"), Path(folder, "bench.duckdb")
        making = multiprocessing.Process(target=write, args=(path, rows))
        making.start()  # in a process of its own: what this one held would count as its children's
        making.join()
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB", flush=True)
        subprocess.run(
            [sys.executable, "-m", "geo", "geocode", "Almaty"], check=True, stdout=subprocess.DEVNULL
        )
        brought = timed([sys.executable, "-m", "geo", "import", str(path), "--store", str(store)])
        code = f"import pandas; print(len(pandas.read_csv({str(path)!r})))"
        alone = timed([sys.executable, "-c", code])
        for name, (wall, busy, memory) in (("eventmap import", brought), ("pandas.read_csv", alone)):
            print(f"{name}  {wall:6.1f} s, {busy:6.1f} s busy, {memory:4.2f} GB, {rows / wall:9,.0f} rows/s")
        whole, bare = store.stat().st_size / 1e6, _without_features(store)
        print(f"the store: {whole:,.0f} MB, of which the service's features {whole - bare:,.0f}")


def _without_features(store: Path) -> float:
    """MB of a store without what the service keeps for itself."""
    bare = store.with_name("bare.duckdb")
    with duckdb.connect() as db:
        db.execute(f"ATTACH '{store}' AS whole (READ_ONLY)")
        db.execute(f"ATTACH '{bare}' AS bare")
        db.execute("COPY FROM DATABASE whole TO bare")
        db.execute("DROP TABLE bare.features")
        db.execute(f"ATTACH '{bare.with_name('packed.duckdb')}' AS packed")
        db.execute("COPY FROM DATABASE bare TO packed")
    return bare.with_name("packed.duckdb").stat().st_size / 1e6


if __name__ == "__main__":
    main()
