"""Encodings as files come in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import CallError, TableError
from geo.sources.files.encoding import Encoding, detect, utf8

TEXT = "Дата;Город\n05.01.2022;Алматы\n06.01.2022;Жаңаөзен не писать\n" * 20
RUSSIAN = "Дата;Город;Что произошло\n25.01.2022;Алматы;Люди собрались на площади у акимата\n" * 20


def written(folder: Path, content: bytes) -> Path:
    path = folder / "a.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_found_out(tmp_path: Path, name: str):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(name, b"")
    path = written(tmp_path, mark + TEXT.encode(name))
    found = detect(path)
    assert utf8(path, found).read().decode() == TEXT
    assert found.note == ""


@pytest.mark.parametrize("name", ["cp1251", "koi8_r", "cp866", "mac_cyrillic"])
def test_old_cyrillic_is_found_out_and_said(tmp_path: Path, name: str):
    path = written(tmp_path, RUSSIAN.encode(name))
    found = detect(path)
    assert utf8(path, found).read().decode() == RUSSIAN
    assert found.note == f"read as {found.name}; if letters look wrong, name the encoding with --encoding"


def test_western_letters_are_found_out(tmp_path: Path):
    text = "ville,résumé\nGenève,manifestation à la gare près du café\n" * 20
    path = written(tmp_path, text.encode("cp1252"))
    assert utf8(path, detect(path)).read().decode() == text


def test_the_encoding_that_is_named_is_taken(tmp_path: Path):
    path = written(tmp_path, RUSSIAN.encode("koi8_r"))
    assert utf8(path, detect(path, "koi8_r")).read().decode() == RUSSIAN


def test_an_encoding_that_nobody_knows_is_refused(tmp_path: Path):
    with pytest.raises(CallError) as caught:
        detect(written(tmp_path, b"a"), "klingon")
    assert (
        str(caught.value)
        == "--encoding: no encoding is called 'klingon'; name one such as utf-8, cp1251 or cp1252"
    )


def test_a_letter_that_spans_two_reads_is_whole(tmp_path: Path):
    text = "a" + "Ж" * (1 << 20)
    path = written(tmp_path, text.encode())
    assert detect(path) == Encoding("utf-8")


def test_a_file_of_utf8_with_some_damage_stays_utf8(tmp_path: Path):
    found = detect(written(tmp_path, TEXT.encode() + b"\xff\xfe;x\n"))
    assert found == Encoding("utf-8", damaged=True)
    assert found.note == "some bytes are not UTF-8: the rows that hold them are rejected"


def test_bytes_that_are_no_text_are_refused(tmp_path: Path):
    with pytest.raises(TableError) as caught:
        detect(written(tmp_path, b"\x7fELF\0\0\0\0"))
    assert str(caught.value) == (
        "a.csv: it is no text and no kind of file we know; save it as CSV, XLSX, ODS or GeoJSON"
    )
