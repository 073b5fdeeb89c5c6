"""Files that were taken home, opened again by other programs."""

import csv
import io
import zipfile

from docx import Document


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
