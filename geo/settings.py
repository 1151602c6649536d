"""The environment is read here, once, into a frozen object.

Every setting is declared with its name, type, meaning and default in one line; `eventmap settings`
prints the same declarations.
"""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

from geo.errors import BadSetting

PREFIX = "EVENTMAP_"
_CHECKOUT = Path(__file__).resolve().parent.parent
_INSTALLED = Path(sysconfig.get_path("data")) / "share" / "eventmap"


def home() -> Path:
    """The folder that holds `data/` and `app.py`: the checkout, or where a wheel puts them."""
    return _CHECKOUT if (_CHECKOUT / "data").is_dir() else _INSTALLED


@dataclass(frozen=True)
class Settings:
    """What can be set from outside. Each field is read from `EVENTMAP_<NAME>`."""

    store: Annotated[Path, "the store that is built and served"] = Path("var/eventmap.duckdb")
    data: Annotated[Path, "folder of data packages and reference data"] = home() / "data"
    cache: Annotated[Path, "folder of the compact place index"] = Path("var/cache")
    host: Annotated[str, "address that `eventmap serve` listens on"] = "127.0.0.1"
    port: Annotated[int, "port that `eventmap serve` listens on"] = 8501
    threads: Annotated[int, "threads that one query may use"] = 2
    decide: Annotated[bool, "whether decisions on duplicates made on the page are written: yes or no"] = False
    max_marks: Annotated[int, "most marks that one map reply holds"] = 2000
    max_features: Annotated[int, "most features that one page of the API holds"] = 100_000
    max_seconds: Annotated[int, "seconds that one query may take"] = 30
    max_stream_seconds: Annotated[int, "seconds within which a client must have read its reply"] = 900
    max_requests: Annotated[int, "requests that are answered at the same time"] = 64
    cors: Annotated[str, "origins whose pages may read the API, separated by spaces"] = "*"
    url: Annotated[str, "address of the service in its own links, where it is not as asked for"] = ""
    max_details: Annotated[int, "most incidents that one list in the map holds"] = 200
    max_file_mb: Annotated[int, "most megabytes of a file that the page “Add data” takes"] = 20
    max_file_rows: Annotated[int, "most rows of such a file"] = 50_000
    max_file_seconds: Annotated[int, "seconds that reading such a file may take"] = 120
    geoboundaries: Annotated[str, "address that `boundaries fetch` asks for geoBoundaries"] = (
        "https://www.geoboundaries.org/api/current/gbOpen"
    )
    cod_ab: Annotated[str, "address that `boundaries fetch` asks for COD-AB"] = (
        "https://data.humdata.org/api/3/action"
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings. Raises BadSetting for a value of the wrong kind."""
        given: dict[str, Any] = {}
        for name, (kind, _) in _declared().items():
            text = environment.get(PREFIX + name.upper(), "").strip()
            if text:
                given[name] = _READ[kind](PREFIX + name.upper(), text)
        return cls(**given)

    def describe(self) -> list[tuple[str, str, str, str]]:
        """Rows of (environment variable, value in force, default, meaning)."""
        defaults = {declared.name: declared.default for declared in fields(self)}
        return [
            (PREFIX + name.upper(), _text(getattr(self, name)), _text(defaults[name]), meaning)
            for name, (_, meaning) in _declared().items()
        ]


def _declared() -> dict[str, tuple[type, str]]:
    hints = get_type_hints(Settings, include_extras=True)
    return {name: (get_args(hint)[0], get_args(hint)[1]) for name, hint in hints.items()}


def _text(value: object) -> str:
    """A value as it is written in the environment."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _whole_number(name: str, text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        what = f"{text!r} is not a whole number above 0"
        raise BadSetting(what, where=name, todo="correct or unset it")
    return int(text)


def _yes_or_no(name: str, text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise BadSetting(f"{text!r} is neither yes nor no", where=name, todo="correct or unset it")
    return text.lower() == "yes"


_READ: dict[type, Callable[[str, str], Any]] = {
    Path: lambda _, text: Path(text),
    str: lambda _, text: text,
    int: _whole_number,
    bool: _yes_or_no,
}
