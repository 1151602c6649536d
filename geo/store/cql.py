"""CQL2 text or JSON becomes a tree, through the `cql2` library; what could exhaust it is turned away before.

The library's parser recurses, so brackets, lists and prefixes (`NOT`, `-`) may nest only so deep.
Source: OGC 21-065, Common Query Language (CQL2).
"""

from __future__ import annotations

import re
from typing import Any

import cql2
import orjson

from geo.errors import BadQuery

LANGUAGES = ("cql2-text", "cql2-json")
LONGEST = 16_000
DEEPEST = 60

_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
_PREFIXES = re.compile(r"(?:(?:\bnot\b|[-+])\s*)+", re.IGNORECASE)
_TODO = "see the queryables of the collection, and OGC 21-065 for the language"


def parse(text: str, language: str = "", name: str = "filter") -> Any:
    """The tree of a filter, in the shape of CQL2 JSON. Raises BadQuery.

    language: one of LANGUAGES; where it is empty, text that begins with a brace is taken for JSON.
    """
    language = language or ("cql2-json" if text.lstrip().startswith("{") else "cql2-text")
    if language not in LANGUAGES:
        raise BadQuery(
            f"{language!r} is not known", where="filter-lang", todo=f"choose from: {', '.join(LANGUAGES)}"
        )
    if len(text) > LONGEST:
        raise BadQuery(f"it is longer than {LONGEST} characters", where=name, todo="ask for less at once")
    if _depth(text) > DEEPEST:
        raise BadQuery(f"it nests deeper than {DEEPEST} levels", where=name, todo="ask for less at once")
    try:
        if language == "cql2-json":
            orjson.loads(text)
            return cql2.parse_json(text).to_json()
        return cql2.parse_text(text).to_json()
    except orjson.JSONDecodeError as error:
        raise BadQuery(f"it is not JSON ({error})", where=name, todo=_TODO) from None
    except Exception as error:  # the library has no root of its own errors
        raise BadQuery(f"it is not {language} ({_told(error)})", where=name, todo=_TODO) from None


def _depth(text: str) -> int:
    """How deep brackets nest outside of quotes, with the longest run of prefixes added."""
    bare = _QUOTED.sub("", text)
    deepest = depth = 0
    for sign in bare:
        if sign in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in ")]}":
            depth -= 1
    runs = (len(re.findall(r"not|[-+]", run, re.IGNORECASE)) for run in _PREFIXES.findall(bare))
    return deepest + max(runs, default=0)


def _told(error: Exception) -> str:
    """Where the library stopped, in one line."""
    lines = [line.strip(" |=^-") for line in str(error).splitlines()]
    return "; ".join(line for line in lines if line)[:200]
