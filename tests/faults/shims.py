"""A small library between the product and the system (shim.c): what it writes and syncs, and what its clock says."""

import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("shim.c")
RECORD = struct.Struct("=IIQQ")
CLOCK = struct.Struct("=q")
MAIN, LOG = 1, 2


def built(folder: Path) -> Path:
    """The library, compiled for this machine; where nothing compiles, the test is skipped."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler:
        pytest.skip("There is no C compiler here.")
    library = folder / "shim.so"
    words = [compiler, "-O2", "-D_GNU_SOURCE", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"]
    made = subprocess.run(words, capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"The shim can't be compiled here: {made.stderr[-300:]}")
    return library


@dataclass(frozen=True)
class Call:
    """One thing that was asked of the system, in the order in which it happened.

    w a write, t a cut, b and s the beginning and the end of a sync, u a removal; a what a phone was answered.
    """

    kind: str
    file: int = 0
    offset: int = 0
    content: bytes = b""


def read_trace(path: Path) -> Iterator[Call]:
    """Every call of a trace."""
    with path.open("rb") as trace:
        while head := trace.read(RECORD.size):
            kind, file, offset, length = RECORD.unpack(head)
            yield Call(chr(kind), file, offset, trace.read(length))


class WallClock:
    """The clock on the wall, as the product sees it: right, or off by so many seconds."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.turn(0)

    def turn(self, seconds: float) -> None:
        """From now on it is off by this much. Written in place: the product looks at these very bytes."""
        self.place.touch()
        with self.place.open("r+b") as file:
            file.write(CLOCK.pack(int(seconds * 10**9)))
