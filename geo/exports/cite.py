"""How to cite what is shown: as text, as BibTeX (for biblatex and BibTeX), and as CSL-JSON.

CSL-JSON follows https://github.com/citation-style-language/schema (type `dataset`).
"""

from __future__ import annotations

import json
import re
from typing import TypedDict

from geo.exports.context import Context
from geo.exports.text import printable

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}


class Citation(TypedDict):
    """The same citation three times; `csl` is a JSON text, a list of one item."""

    text: str
    bibtex: str
    csl: str


def cite(context: Context) -> Citation:
    """A citation of an export, with the query that makes it and the day it was made."""
    day = context.generated_at[:10]
    title = _line(context.title)
    version = _line("; ".join(dataset["version"] for dataset in context.datasets if dataset["version"]))
    note = _line(f"Query: {context.asked}. {context.citation} Licence: {context.terms}.")
    key = "-".join(["eventmap", *(dataset["name"] for dataset in context.datasets), day])
    key = re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-")
    entry = {
        "author": "{eventmap developers}",
        "title": "{" + _tex(title) + "}",
        "year": day[:4],
        "version": _tex(version),
        "howpublished": "Data set, made with eventmap",
        "note": _tex(note),
        "urldate": day,
    }
    fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in entry.items() if value)
    year, month, date = (int(part) for part in day.split("-"))
    item = {
        "id": key,
        "type": "dataset",
        "title": title,
        "author": [{"literal": "eventmap developers"}],
        "version": version,
        "issued": {"date-parts": [[year, month, date]]},
        "accessed": {"date-parts": [[year, month, date]]},
        "medium": "Data set",
        "note": note,
    }
    return {
        "text": f"{_line(context.citation)} Accessed {day}.",
        "bibtex": f"@misc{{{key},\n{fields}\n}}\n",
        "csl": json.dumps([item], ensure_ascii=False, indent=2) + "\n",
    }


def _line(text: str) -> str:
    return " ".join(str(printable(text)).split())


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)
