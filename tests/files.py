"""Files that were taken home, opened again by other programs."""

import csv
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pandas
import pytest
from docx import Document

needs_poppler = pytest.mark.skipif(
    not (shutil.which("pdftotext") and shutil.which("pdftoppm")),
    reason="Poppler reads PDFs here, and it is not installed (Debian: apt install poppler-utils).",
)
needs_office = pytest.mark.skipif(
    not shutil.which("soffice"),
    reason="LibreOffice opens files here, and it is not installed (Debian: apt install libreoffice-writer-nogui"
    " libreoffice-calc-nogui).",
)
# An office program takes seconds; on a busy machine minutes.
PATIENCE = 240


def words_of_word(file: bytes) -> str:
    """Everything that stands in a Word file: its paragraphs, then its cells, each on a line."""
    document = Document(io.BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(it.text for it in document.paragraphs), *cells])


def tables_of_csv(file: bytes) -> dict[str, list[dict[str, str]]]:
    """Each table of a ZIP of CSV files, as rows by column."""
    packed = zipfile.ZipFile(io.BytesIO(file))
    texts = {it.removesuffix(".csv"): packed.read(it).decode("utf-8-sig") for it in packed.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def frames_of_csv(file: bytes) -> dict[str, pandas.DataFrame]:
    """The same as pandas reads it, its own way of finding types included."""
    packed = zipfile.ZipFile(io.BytesIO(file))
    return {
        it.removesuffix(".csv"): pandas.read_csv(packed.open(it), keep_default_na=False, na_values=[""])
        for it in packed.namelist()
    }


def frames_of_xlsx(file: bytes) -> dict[str, pandas.DataFrame]:
    """Each sheet of a workbook, as pandas reads it."""
    return pandas.read_excel(
        io.BytesIO(file), sheet_name=None, engine="calamine", keep_default_na=False, na_values=[""]
    )


def words_of_pdf(file: bytes) -> str:
    """What Poppler reads in a PDF, in the order in which it was written."""
    return run("pdftotext", "-raw", "-enc", "UTF-8", "-", "-", told=file).decode()


def pages_of_pdf(file: bytes, place: Path, dots: int = 40) -> list[np.ndarray]:
    """Each page as it looks, in greys: 0 is black, 255 white."""
    run("pdftoppm", "-r", str(dots), "-gray", "-", str(place / "page"), told=file)
    return [grey(it.read_bytes()) for it in sorted(place.glob("page-*.pgm"))]


def grey(picture: bytes) -> np.ndarray:
    """A picture as Poppler writes it (PGM): its size in words, then a byte a dot."""
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture)
    wide, high = int(head[1]), int(head[2])
    return np.frombuffer(picture, np.uint8, offset=head.end()).reshape(high, wide)


def opened_by_office(file: bytes, kind: str, to: str, place: Path, read_as: str = "") -> bytes:
    """A file as LibreOffice saves it again in another format."""
    (place / f"taken.{kind}").write_bytes(file)
    made = place / f"from-{kind}"
    run(
        "soffice",
        f"-env:UserInstallation={(place / 'office').as_uri()}",
        "--headless",
        *([f"--infilter={read_as}"] if read_as else []),
        "--convert-to",
        to,
        "--outdir",
        str(made),
        str(place / f"taken.{kind}"),
    )
    (saved,) = made.glob(f"*.{to.partition(':')[0]}")
    return saved.read_bytes()


def run(*command: str, told: bytes = b"") -> bytes:
    """What a program says when it is told this."""
    done = subprocess.run(command, input=told, capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, (command, done.stderr.decode(errors="replace")[-1000:])
    return done.stdout
