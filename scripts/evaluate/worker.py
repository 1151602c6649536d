"""Reads texts in a process of its own, so that start-up, time and memory are those of reading alone.

`python -m scripts.evaluate.worker` takes from standard input a JSON list of texts (see `Text`)
and prints `{ready_s, ms, peak_mb, readings}`: seconds from the start of the process to the end of the
first reading, milliseconds of each text, most memory held at any time, and the readings. A text that is
refused counts as one in which nothing was found.
"""

from __future__ import annotations

import time

STARTED = time.perf_counter()

# What is loaded from here on is part of the start-up.
import json  # noqa: E402
import resource  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
WARM = "Police met protesters in the capital on Friday."


@dataclass(frozen=True)
class Text:
    """A text to read. published: ISO day. source: domain of the publisher.

    language: ISO 639-1, where it shall not be told from the text.
    """

    text: str
    published: str
    source: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Run:
    """What a process took, and what it read."""

    ready_s: float
    ms: tuple[float, ...]
    peak_mb: float
    readings: tuple[dict[str, Any], ...]


def run(texts: Sequence[Text]) -> Run:
    """Read texts in a fresh process, one after the other. Raises CalledProcessError."""
    command = [sys.executable, "-m", "scripts.evaluate.worker"]
    given = json.dumps([vars(text) for text in texts])
    done = subprocess.run(command, cwd=ROOT, input=given, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(done.stdout)
    return Run(told["ready_s"], tuple(told["ms"]), told["peak_mb"], tuple(told["readings"]))


def main() -> None:
    """Read what standard input holds."""
    import datetime as dt

    from geo import ingest
    from geo.errors import ExtractError
    from geo.settings import Settings

    settings = Settings.from_environment()
    ingest.extract(settings, WARM, dt.date(2022, 1, 9))
    ready = time.perf_counter() - STARTED
    texts = json.load(sys.stdin)
    readings, taken = [], []
    for one in texts:
        published = dt.date.fromisoformat(one["published"])
        start = time.perf_counter()
        try:
            told = {"source": one["source"], "language": one["language"]}
            reading = ingest.extract(settings, one["text"], published, **told).as_json()
        except ExtractError as refused:
            print(f"{one['text'][:40]!r} was refused: {refused}", file=sys.stderr)
            reading = dict.fromkeys(("incidents", "claims", "toponyms", "times"), ()) | {"refused": True}
        taken.append(1000 * (time.perf_counter() - start))
        readings.append(reading)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"ready_s": ready, "ms": taken, "peak_mb": peak, "readings": readings}, sys.stdout)


if __name__ == "__main__":
    main()
