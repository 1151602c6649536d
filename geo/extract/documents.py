"""A file's bytes become the text of the story: plain text, Markdown, HTML or PDF, told by what is in it."""

from __future__ import annotations

import io
import re
from pathlib import PurePath

import pypdf
from charset_normalizer import from_bytes
from markdown_it import MarkdownIt
from pypdf.errors import PyPdfError
from selectolax.lexbor import LexborHTMLParser

from geo.errors import ExtractError

LARGEST = 20_000_000
"""Bytes of a file. A newspaper's page has less than one million."""

_MARKUP = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE
)
_LEFT_OUT = "script, style, noscript, nav, header, footer, aside, form, button, svg, template, iframe, figure"
_BLOCKS = re.compile(
    r"</?(?:p|div|section|li|ul|ol|dl|dd|dt|h[1-6]|tr|td|th|table|tbody|thead|blockquote|pre|br|hr|main|center)\b"
    r"[^<>]*>",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:span|font|b|i|u|em|strong|a|small|big|sup|sub|mark|abbr|time|cite|q)\b[^<>]*>", re.IGNORECASE
)
_MOST_TAGS = 20_000
"""What else a page may hold, beside paragraphs and the like."""
_BREAKS = re.compile(r"[ \t\u00a0]*\n\s*")
_TEXT = {".txt", ".text", ""}


def text_of(data: bytes, name: str = "") -> str:
    """The text of a file. name: its name, of which the ending tells Markdown. Raises ExtractError."""
    if not data.strip():
        raise ExtractError("the file is empty", where=name, todo="give the text of a news story")
    if len(data) > LARGEST:
        raise ExtractError(f"the file has {len(data):,} bytes", where=name, todo="give one story at a time")
    ending = PurePath(name).suffix.lower()
    if data.startswith(b"%PDF"):
        return _pdf(data, name)
    text = _decoded(data, name)
    if ending in (".html", ".htm", ".xhtml") or _MARKUP.match(data[:2000]):
        return _html(text)
    if ending in (".md", ".markdown"):
        return _html(MarkdownIt("commonmark", {"html": True}).render(text))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, name: str) -> str:
    """UTF-8 or UTF-16 if it is that, else what its letters look like."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                break
    if b"\0" in data[:100_000]:
        raise _binary(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        found = from_bytes(data[:200_000]).best()
        if found is None or found.encoding is None:
            raise _binary(name) from None
        return data.decode(found.encoding, errors="replace")


def _binary(name: str) -> ExtractError:
    return ExtractError("is no text", where=name, todo="give plain text, Markdown, HTML or PDF")


def _html(text: str) -> str:
    """What a reader sees of a page: its article if it marks one, a line for each block."""
    plain = _INLINE.sub("", _BLOCKS.sub("\n\n", text))  # what is nested without end is nested no more
    if plain.count("<") > _MOST_TAGS:
        raise ExtractError("the page holds too much markup", todo="give the text of the story alone")
    tree = LexborHTMLParser(plain)
    for node in tree.css(_LEFT_OUT):
        node.decompose()
    articles = tree.css("article")
    root = articles[0] if len(articles) == 1 else tree.body or tree.root
    if root is None:
        return ""
    seen: str = root.text(deep=True, separator="")
    return "\n\n".join(part.strip() for part in _BREAKS.sub("\n", seen).split("\n") if part.strip())


def _pdf(data: bytes, name: str) -> str:
    try:
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as problem:
        what = f"cannot be read as PDF ({problem})"
        raise ExtractError(what, where=name, todo="save it again, or copy its text") from None
    text = "\n".join(pages)
    if not text.strip():
        todo = "a scanned page holds no letters: copy or recognise its text first"
        raise ExtractError("the PDF holds no text", where=name, todo=todo)
    return text
