"""Takes the files out of a pack's folder or zip, into memory and nowhere else.

What a zip says about itself is not believed: bytes are counted as they come, and reading ends where it is too much.
Nothing is ever written, and nothing outside the folder or the zip is opened.
"""

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from hubcraft.content import limits
from hubcraft.content.folder import Folder
from hubcraft.content.mistakes import Mistakes, PackError

_CHUNK: Final = 64 * 1024
# What systems put beside files by themselves: left where it is.
_LEFT_BEHIND: Final = (".DS_Store", "Thumbs.db", "desktop.ini")
_MAC: Final = "__MACOSX"
# The ways of packing that need no memory of their own.
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LONGEST_NAME: Final = 200
_TAKE_OUT: Final = "Leave it out."


def unpack(source: Path | bytes, mistakes: Mistakes) -> Folder:
    """The files of a folder, of a zip, or of a zip's bytes. Raises PackError where there is nothing to go on with."""
    if isinstance(source, bytes):
        return _from_zip("the zip", source, mistakes)
    name = source.resolve().name
    if source.is_dir():
        return _from_folder(name, source, mistakes)
    if not source.is_file():
        raise _nothing(
            mistakes, name, "There is no such folder or zip.", "Name a folder or a zip that is there."
        )
    with source.open("rb") as file:
        return _from_zip(name, file.read(limits.ZIP + 1), mistakes)


def _from_folder(name: str, source: Path, mistakes: Mistakes) -> Folder:
    folder = Folder(name, {}, mistakes)
    files = dict[str, bytes]()
    left = limits.ALL_FILES
    for file in _walk(source):
        place = file.relative_to(source).as_posix()
        if not _is_taken(place):
            continue
        mode = file.lstat().st_mode
        if not stat.S_ISREG(mode):
            what = "This is a link." if stat.S_ISLNK(mode) else "This is no ordinary file."
            folder.wrong(place, None, what, "Put the file itself there.")
            folder.asked.add(place)
            continue
        if len(files) >= limits.FILES:
            raise _too_many(mistakes, name)
        with file.open("rb") as opened:
            files[place] = _read(opened, left)
        left -= len(files[place])
        if left < 0:
            raise _too_large(mistakes, name)
    return Folder(name, files, mistakes, folder.asked)


def _walk(source: Path) -> Iterator[Path]:
    """Every file and every link, in one order everywhere; no link is followed, none is gone into."""
    for place, folders, files in os.walk(source, followlinks=False):
        folders.sort()
        links = [it for it in folders if (Path(place) / it).is_symlink()]
        for name in sorted([*files, *links]):
            yield Path(place) / name


def _from_zip(name: str, packed: bytes, mistakes: Mistakes) -> Folder:
    if len(packed) > limits.ZIP:
        raise _nothing(mistakes, name, "The zip is too large.", f"It may have {limits.ZIP} bytes.")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as opened:
            return Folder(name, _without_folder(_files_of(name, opened, len(packed), mistakes)), mistakes)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        OverflowError,
    ):
        raise _nothing(mistakes, name, "This is no zip, or it is damaged.", "Pack it anew.") from None


def _files_of(name: str, opened: zipfile.ZipFile, size: int, mistakes: Mistakes) -> dict[str, bytes]:
    entries = opened.infolist()
    if len(entries) > limits.FILES:
        raise _too_many(mistakes, name)
    notes = Folder(name, {}, mistakes)
    files, seen = dict[str, bytes](), set[str]()
    left = limits.ALL_FILES
    for entry in entries:
        place = entry.orig_filename
        is_folder = place.endswith("/")
        if (fault := _fault_of(entry, place.removesuffix("/"))) is not None:
            notes.wrong(place, None, *fault)
            continue
        if place.casefold() in seen:
            notes.wrong(place, None, "The zip has two files of this name.", "Keep one of them.")
            continue
        seen.add(place.casefold())
        if is_folder or not _is_taken(place):
            continue
        with opened.open(entry) as file:
            files[place] = _read(file, left)
        left -= len(files[place])
        if left < 0:
            raise _too_large(mistakes, name)
        if limits.ALL_FILES - left > size * limits.RATIO:
            raise _nothing(
                mistakes,
                name,
                f"Its files are more than {limits.RATIO} times as large as the zip.",
                "Words don't shrink to so little: take out what is no part of the pack.",
            )
    return files


def _fault_of(entry: zipfile.ZipInfo, place: str) -> tuple[str, str] | None:
    """What is wrong with a file of a zip before it is opened: what it is, and what to do."""
    parts = place.split("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if "\\" in place or ":" in place or place.startswith("/") or ".." in parts:
        return "The name leads out of the pack.", "Pack the folder itself, with names that begin in it."
    if not place.isprintable() or "" in parts or "." in parts or len(place) > _LONGEST_NAME:
        return "This is no name for a file.", "Use small letters, digits, hyphens and a dot."
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        what = "This is a link." if kind == stat.S_IFLNK else "This is no ordinary file."
        return what, "Put the file itself there."
    if entry.flag_bits & 1:
        return "The file is locked with a password.", "Pack it without one."
    if entry.compress_type not in _PACKED:
        return "The file is packed in an unusual way.", "Pack it as an ordinary zip."
    return None


def _read(file: IO[bytes], most: int) -> bytes:
    """What stands in it, and one byte more than `most` where that is too much."""
    most = min(most, limits.FILE)
    read = bytearray()
    while len(read) <= most and (chunk := file.read(min(_CHUNK, most + 1 - len(read)))):
        read += chunk
    return bytes(read)


def _is_taken(place: str) -> bool:
    parts = place.split("/")
    return parts[0] != _MAC and parts[-1] not in _LEFT_BEHIND


def _without_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """The names as they are within the pack, where the zip has the pack's folder rather than its files."""
    if "pack.toml" in files:
        return files
    firsts = {place.partition("/")[0] for place in files}
    (first, *others) = sorted(firsts) or [""]
    if others or f"{first}/pack.toml" not in files:
        return files
    return {place.partition("/")[2]: content for place, content in files.items()}


def _too_many(mistakes: Mistakes, name: str) -> PackError:
    return _nothing(mistakes, name, "There are too many files.", f"A pack has at most {limits.FILES}.")


def _too_large(mistakes: Mistakes, name: str) -> PackError:
    return _nothing(
        mistakes, name, "The files are too large.", f"All together may have {limits.ALL_FILES} bytes."
    )


def _nothing(mistakes: Mistakes, name: str, what: str, remedy: str) -> PackError:
    """Reading ends here, with what was found before."""
    Folder(name, {}, mistakes).wrong(name, None, what, remedy)
    return PackError(mistakes.in_order())
