"""In which encoding a text file is, and the same file as a stream of UTF-8.

A byte order mark decides; else a file of valid UTF-8 is UTF-8; else charset-normalizer weighs the lines
that hold other bytes, among encodings in which spreadsheets are still saved.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import charset_normalizer

from geo.errors import CallError, TableError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

OLD = ("cp1251", "koi8_r", "cp866", "mac_cyrillic", "cp1252", "cp1250", "cp1254", "cp1256", "gb18030", "big5")
"""Encodings that are weighed where a file is not UTF-8."""

_CHUNK = 1 << 20
_SAMPLE = 1 << 17


@dataclass(frozen=True)
class Encoding:
    """name: for Python's codecs. skip: bytes of the byte order mark. damaged: some bytes do not fit it."""

    name: str
    skip: int = 0
    damaged: bool = False
    guessed: bool = False

    @property
    def note(self) -> str:
        """What a person should confirm; empty where nothing is open."""
        if self.guessed:
            return f"read as {self.name}; if letters look wrong, name the encoding with --encoding"
        if self.damaged:
            return "some bytes are not UTF-8: the rows that hold them are rejected"
        return ""


def detect(path: Path, asked: str = "") -> Encoding:
    """The encoding of a file. Raises TableError for a file that is no text, CallError for a bad name."""
    with path.open("rb") as stream:
        start = stream.read(4096)
    for mark, name in MARKS:
        if start.startswith(mark):
            return Encoding(_known(asked) or name, skip=len(mark))
    if asked:
        return Encoding(_known(asked))
    if b"\0" in start:
        todo = "save it as CSV, XLSX, ODS or GeoJSON"
        raise TableError("it is no text and no kind of file we know", where=path.name, todo=todo)
    valid, bad, sample = _survey(path)
    if not bad:
        return Encoding("utf-8")
    if valid > 10 * bad:
        return Encoding("utf-8", damaged=True)
    found = charset_normalizer.from_bytes(sample, cp_isolation=list(OLD))
    best = min(
        found, key=lambda one: (round(one.chaos, 2), -one.coherence, OLD.index(one.encoding)), default=None
    )
    if best is None:
        todo = "save the file as UTF-8, or name its encoding with --encoding"
        raise TableError("the encoding of its letters cannot be told", where=path.name, todo=todo)
    return Encoding(best.encoding, guessed=True)


def _known(name: str) -> str:
    if not name:
        return ""
    try:
        codecs.lookup(name)
        "".encode(name)
    except LookupError:
        todo = "name one such as utf-8, cp1251 or cp1252"
        raise CallError(f"no encoding is called {name!r}", where="--encoding", todo=todo) from None
    return name


def _survey(path: Path) -> tuple[int, int, bytes]:
    """Letters beyond ASCII that are UTF-8, places that are not, and some lines that hold other bytes."""
    valid = bad = 0
    sample = bytearray()
    left = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            chunk, left = left + chunk, b""
            if chunk.isascii():
                continue
            while True:
                try:
                    text = chunk.decode("utf-8")
                except UnicodeDecodeError as error:
                    valid += _beyond(chunk[: error.start])
                    rest = chunk[error.start :]
                    if len(rest) < 4 and error.reason == "unexpected end of data":
                        left = rest
                        break
                    bad += 1
                    if len(sample) < _SAMPLE:
                        sample += b"\n".join(line for line in chunk.splitlines() if not line.isascii())[
                            :_SAMPLE
                        ]
                    if bad > 1000 and valid < bad:
                        return valid, bad, bytes(sample[:_SAMPLE])
                    chunk = rest[max(1, error.end - error.start) :]
                else:
                    valid += len(chunk) - len(text)
                    break
    return valid, bad, bytes(sample[:_SAMPLE])


def _beyond(chunk: bytes) -> int:
    return len(chunk) - len(chunk.decode("utf-8"))


def utf8(path: Path, encoding: Encoding) -> BinaryIO:
    """The file as UTF-8 bytes; a byte that does not fit becomes U+FFFD."""
    stream = path.open("rb")
    stream.seek(encoding.skip)
    if encoding.name == "utf-8" and not encoding.damaged:
        return stream
    return io.BufferedReader(_Recoded(stream, encoding.name), _CHUNK)


class _Recoded(io.RawIOBase):
    """Bytes of one encoding read as UTF-8."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._pieces, self._held = stream, self._recode(stream, name), b""

    @staticmethod
    def _recode(stream: BinaryIO, name: str) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(name)(errors="replace")
        while chunk := stream.read(_CHUNK):
            yield decoder.decode(chunk).encode("utf-8", errors="replace")
        yield decoder.decode(b"", final=True).encode("utf-8", errors="replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._held = piece
        taken = self._held[: len(view)]
        view[: len(taken)] = taken
        self._held = self._held[len(taken) :]
        return len(taken)

    def tell(self) -> int:
        """Bytes of the original read so far."""
        return self._stream.tell()

    def close(self) -> None:
        self._stream.close()
        super().close()
