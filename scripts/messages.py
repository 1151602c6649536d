"""Bring the catalogues up to date with the texts of the page: `make messages`.

New texts are added untranslated, texts that are no longer used are dropped. A test fails while any
text lacks a translation.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

UI = Path(__file__).parent.parent / "geo" / "ui"
LANGUAGES = ("ru", "kk")
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {forms}\\n"

"""
"""Only what gettext needs, so that a file changes only when its texts do."""

KEYWORDS = {"_": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Every text of the page, as written in the code."""
    catalog = Catalog(charset="utf-8")
    for _file, _line, message, _comments, _context in extract_from_dir(
        UI, [("**.py", "python")], keywords=KEYWORDS
    ):
        catalog.add(message)
    return catalog


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return UI / "locale" / language / "LC_MESSAGES" / "eventmap.po"


def read(language: str) -> Catalog:
    """What is translated so far."""
    path = path_of(language)
    if not path.is_file():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def main() -> None:
    """Update all catalogues."""
    texts = extracted()
    for language in LANGUAGES:
        old, new = read(language), Catalog(locale=language, charset="utf-8", header_comment="")
        for message in texts:
            if message.id:
                known = old.get(message.id)
                new.add(message.id, known.string if known else None)
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            stream.write(HEADER.format(language=language, forms=new.plural_forms).encode())
            write_po(stream, new, no_location=True, sort_output=True, omit_header=True, width=100)
        lacking = sum(1 for message in new if message.id and not any(_strings(message.string)))
        print(f"{path}: {len(new)} texts, {lacking} without a translation")


def _strings(found: object) -> tuple[str, ...]:
    return found if isinstance(found, tuple) else (str(found or ""),)


if __name__ == "__main__":
    main()
