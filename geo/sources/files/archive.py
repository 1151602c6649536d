"""A ZIP archive as strangers send them: one table is taken out of it, and nothing else happens.

Links, absolute paths, paths that lead out of the archive and bombs are refused; nested archives stay
closed; macros and programs are never looked at. Workbooks are archives too, and are inspected alike.
"""

from __future__ import annotations

import re
import stat
import zipfile
from pathlib import Path, PurePosixPath

from geo.errors import TableError
from geo.sources.files import limits

_PARTS = {
    ".shp": (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".xml"),
    ".tab": (".dat", ".map", ".id", ".ind"),
    ".mif": (".mid",),
}
"""Files that belong to a shapefile, or to a table of MapInfo."""

_OURS = ("incidents", "data")
_ABOUT = ("readme.txt", "license.txt", "licence.txt", "datapackage.json")

_DTD = re.compile(rb"<\s*!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_PROLOG = 1 << 16
_REFERENCES = (b"<ogrvrt", b"<vrtdataset", b"<ogrwfs", b"<wfs_capabilities", b"gdal_streamed_alg")


def is_zip(path: Path) -> bool:
    """Whether a file begins as a ZIP archive does."""
    with path.open("rb") as stream:
        return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def inspect(path: Path) -> list[zipfile.ZipInfo]:
    """The files in an archive, if all of it is harmless. Raises TableError."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        what = "the archive is damaged, or was cut in the middle"
        raise TableError(what, where=path.name, todo="send the whole file again") from None
    if len(members) > limits.MEMBERS:
        raise _refused(path, f"holds {len(members):,} files", f"at most {limits.MEMBERS:,} are taken")
    for member in members:
        name = member.filename
        if stat.S_ISLNK(member.external_attr >> 16):
            raise _refused(path, f"holds a symbolic link, {name!r}", "pack the file itself")
        parts = PurePosixPath(name.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or re.match(r"[A-Za-z]:", name):
            raise _refused(path, f"holds a path that leads out of it, {name!r}", "pack plain file names")
        if member.flag_bits & 1:
            raise _refused(path, "is locked by a password", "send it without")
        if member.file_size > limits.SUSPECT_BYTES and member.file_size > limits.RATIO * max(
            member.compress_size, 1
        ):
            unpacked = (
                f"{member.file_size / limits.MB:,.0f} MB out of {member.compress_size / limits.MB:,.1f} MB"
            )
            raise _refused(path, f"unpacks {name!r} to {unpacked}", "send the table itself")
    total = sum(member.file_size for member in members)
    if total > limits.UNPACKED_BYTES:
        most = f"at most {limits.UNPACKED_BYTES / limits.GB:,.0f} GB are taken"
        raise _refused(path, f"unpacks to {total / limits.GB:,.1f} GB", most)
    return [member for member in members if not member.is_dir() and not _is_litter(member.filename)]


def unpack(path: Path, folder: Path, kinds: tuple[str, ...], prefer: re.Pattern[str] | None = None) -> Path:
    """Take the one table out of an archive, into a folder. kinds: the endings that a table may have.

    Of several, the one that our own downloads call so is taken, or the only one whose name `prefer` finds.
    Raises TableError.
    """
    members = inspect(path)
    tables = [one for one in members if PurePosixPath(one.filename).suffix.lower() in kinds]
    tables = [one for one in tables if PurePosixPath(one.filename).name.lower() not in _ABOUT]
    chosen = next(
        (
            named
            for stem in _OURS
            if (named := [one for one in tables if PurePosixPath(one.filename).stem == stem])
        ),
        tables,
    )
    if prefer and len(chosen) > 1:
        preferred = [one for one in chosen if prefer.search(PurePosixPath(one.filename).stem)]
        chosen = preferred if len(preferred) == 1 else chosen
    if len(chosen) != 1:
        found = ", ".join(repr(one.filename) for one in chosen[:5]) or "none"
        raise _refused(
            path, f"must hold one table, and holds {len(chosen)} ({found})", "send the one you mean"
        )
    table = PurePosixPath(chosen[0].filename)
    wanted = [chosen[0]]
    if parts := _PARTS.get(table.suffix.lower()):
        wanted += [
            one
            for one in members
            if (part := PurePosixPath(one.filename)).stem == table.stem and part.suffix.lower() in parts
        ]
    for member in wanted:
        _extract(path, member, folder / PurePosixPath(member.filename).name)
    return folder / table.name


def _extract(path: Path, member: zipfile.ZipInfo, target: Path) -> None:
    """Copy one member, which may not be larger than the archive says."""
    left = limits.UNPACKED_BYTES
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as source, target.open("wb") as copy:
            while piece := source.read(1 << 20):
                left -= len(piece)
                if left < 0:
                    raise _refused(path, "unpacks to more than it says", "send the table itself")
                copy.write(piece)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        what = f"{member.filename!r} in the archive is damaged"
        raise TableError(what, where=path.name, todo="send the whole file again") from None


def without_entities(path: Path) -> list[str]:
    """Refuse a workbook of which any part defines entities; the names of its parts. Raises TableError."""
    members = inspect(path)
    with zipfile.ZipFile(path) as archive:
        for member in members:
            if member.filename.lower().endswith((".xml", ".rels")):
                try:
                    with archive.open(member) as part:
                        prolog = part.read(_PROLOG)
                except (zipfile.BadZipFile, EOFError, OSError):
                    what = f"{member.filename!r} in it is damaged"
                    raise TableError(what, where=path.name, todo="send the whole file again") from None
                refuse_entities(path, prolog)
    return [member.filename for member in members]


def refuse_entities(path: Path, prolog: bytes) -> None:
    """Raises TableError where the beginning of an XML text declares a DTD, which no table needs."""
    if _DTD.search(prolog.replace(b"\0", b"")):
        what = "its XML declares entities, which can blow up to any size"
        raise TableError(what, where=path.name, todo="save it anew from the program that made it")


def refuse_references(path: Path) -> None:
    """Raises TableError for a file that tells GDAL to read other files or pages, whatever its name says."""
    with path.open("rb") as stream:
        opening = stream.read(_PROLOG).replace(b"\0", b"").lower()
    if any(word in opening for word in _REFERENCES):
        what = "it holds no data, but directions to other files"
        raise TableError(what, where=path.name, todo="send the data themselves")


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith("._")


def _refused(path: Path, what: str, todo: str) -> TableError:
    return TableError(f"the archive {what}", where=path.name, todo=todo)
