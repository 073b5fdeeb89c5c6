"""Zips as somebody sends them: sound ones, and ones that lie."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path


def zip_of(files: Mapping[str, str | bytes] | Iterable[tuple[str | zipfile.ZipInfo, str | bytes]]) -> bytes:
    """A zip of these files, by name."""
    packed = io.BytesIO()
    pairs = files.items() if isinstance(files, Mapping) else files
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, words in pairs:
            made.writestr(name, words)
    return packed.getvalue()


def files_in(folder: Path) -> dict[str, bytes]:
    """What is in a folder, by name within it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def with_mode(name: str, mode: int) -> zipfile.ZipInfo:
    """A file of a zip that says it is of this kind: a link, a device."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = mode << 16
    return entry


def saying(packed: bytes, size: int) -> bytes:
    """The same zip, saying that its first file has this size once it is unpacked."""
    changed = bytearray(packed)
    directory = packed.index(b"PK\x01\x02")
    struct.pack_into("<L", changed, directory + 24, size)
    struct.pack_into("<L", changed, 22, size)
    return bytes(changed)


def flagged(packed: bytes, flag: int) -> bytes:
    """The same zip with a flag set on its first file, such as 1: locked with a password."""
    changed = bytearray(packed)
    changed[packed.index(b"PK\x01\x02") + 8] |= flag
    changed[6] |= flag
    return bytes(changed)
