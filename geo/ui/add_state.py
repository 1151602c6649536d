"""What the page "Add data" holds for one visit: a folder with the file, what was said of it, what came of it.

The folder goes when another file is brought, and when the visit ends.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.errors import CallError, DayOrMonth, GeoError
from geo.ingest import Atlas
from geo.ingest.brought import Brought, bring
from geo.ingest.imports import Options, Preview, parts, preview, rejects_file
from geo.ingest.reading import Watch
from geo.settings import Settings
from geo.ui.add_job import Job, of_ours

LONGEST = 80
"""Characters of a file's name that are kept."""


class Held:
    """A file at hand.

    key: tells it from any other. name: as it is called. options: what was said of it. question: where day and
    month could not be told apart, also after the answer. job: reads it, once that is wanted. drawn: what the
    map was told, by language.
    """

    def __init__(self, key: str, name: str, content: bytes | memoryview) -> None:
        self.key, self.name = key, plain_name(name)
        self._folder = tempfile.TemporaryDirectory(prefix="eventmap-visit-", ignore_cleanup_errors=True)
        self.path = Path(self._folder.name) / self.name
        self.path.write_bytes(content)
        self.options = Options()
        self.question: DayOrMonth | None = None
        self.job: Job | None = None
        self.drawn: dict[str, Any] = {}
        self._seen: tuple[Options, Preview | GeoError] | None = None

    def close(self) -> None:
        """Delete it, and what came of it."""
        self.forget()
        self._folder.cleanup()

    def forget(self) -> None:
        """Let go of what came of it."""
        if self.job:
            self.job.cancel()
        self.job, self.drawn = None, {}

    def say(self, options: Options) -> None:
        """Read it so from now on."""
        if options != self.options:
            self.forget()
            self.options = options

    def preview(self) -> Preview:
        """How the file would be read. Raises GeoError."""
        if self._seen is None or self._seen[0] != self.options:
            found: Preview | GeoError
            try:
                found = preview(self.path, self.options)
            except GeoError as fault:
                found = fault
            except Exception:
                found = of_ours()
            self._seen = self.options, found
        if isinstance(self._seen[1], GeoError):
            raise self._seen[1]
        if isinstance(self._seen[1].fault, DayOrMonth):
            self.question = self._seen[1].fault
        return self._seen[1]

    def parts(self) -> tuple[str, ...]:
        """Worksheets or layers to choose from where the one that was tried cannot be read."""
        try:
            return parts(self.path)
        except GeoError:
            return ()
        except Exception:
            of_ours()
            return ()

    def read(self, settings: Settings, version: str) -> None:
        """Begin to read the file, with the boundaries that the store of this version holds."""
        path, options, rejects = self.path, self.options, self.rejects
        rejects.parent.mkdir(exist_ok=True)

        def work(watch: Watch) -> Brought:
            with rejects_file(rejects) as sink:
                atlas = _atlas(settings, version)
                return bring(settings, path, options, sink=sink, watch=watch, atlas=atlas)

        self.forget()
        self.job = Job(work, settings.max_file_seconds)

    @property
    def rejects(self) -> Path:
        """Where the rejected rows are written; the whole rows lie beside it."""
        return Path(self._folder.name) / "rejects" / "rejects.csv"

    @property
    def brought(self) -> Brought | None:
        """What came of the file."""
        return self.job.result if self.job and self.job.is_done and not self.job.fault else None


@dataclass
class Visit:
    """What one visitor holds."""

    file: Held | None = None

    def take(self, upload: UploadedFile | None, settings: Settings) -> None:
        """Hold the file that is uploaded now, and delete another. Raises CallError for one too large."""
        if self.file and (upload is None or upload.file_id != self.file.key):
            self.end()
        if upload is None or self.file:
            return
        if upload.size > settings.max_file_mb << 20:
            what = f"it is larger than {settings.max_file_mb} MB, the most that are taken here"
            raise CallError(what, where=plain_name(upload.name), todo="part it, or use eventmap import")
        self.file = Held(upload.file_id, upload.name, upload.getbuffer())

    def end(self) -> None:
        """Delete everything."""
        if self.file:
            self.file.close()
        self.file = None


@lru_cache(maxsize=1)
def _atlas(settings: Settings, version: str) -> Atlas:
    del version  # part of the key: another store, other boundaries
    return Atlas.open(settings)


@st.cache_resource(scope="session", on_release=Visit.end, show_spinner=False)
def visit() -> Visit:
    """This visitor's; everything is deleted when the visit ends."""
    return Visit()


def plain_name(name: str) -> str:
    """The name of a file as one can be called anywhere: no folders, no signs of control, its ending kept."""
    last = re.split(r"[\\/]", name)[-1]
    shown = "".join(sign for sign in last if sign.isprintable()).strip(" .") or "file"
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[:LONGEST]}.{ending[:12]}" if dot and stem else shown[:LONGEST]


def given(by: Mapping[str, str], said: Mapping[str, str], column: str, role: str) -> dict[str, str]:
    """What is said of the columns once one of them is given a role, `""` for none.

    by: the column of each role as it is now. said: what was said before, by role.
    """
    now = dict(said)
    for before, holder in by.items():
        if holder == column and before != role:
            now[before] = ""
    if role:
        now[role] = column
    return now


def with_fixed(options: Options, role: str, value: str) -> Options:
    """The same, with a value that holds for every row; without it where it is blank."""
    fixed = {name: held for name, held in options.fixed.items() if name != role}
    return replace(options, fixed=fixed | ({role: value} if value else {}))
