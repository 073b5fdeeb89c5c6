"""Tables for other programs: Excel, or CSV in a ZIP, each with a codebook that says what stands in which column.

Nothing anybody typed is ever a formula or a link.
"""

import csv
import io
import re
import zipfile
from typing import Final

import xlsxwriter

from .report import Column, Report, Table
from .text import title_of, writable

# Spreadsheets take what begins like this for a formula (OWASP, CSV injection).
LIKE_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where Spanish and many others are spoken, Excel parts the cells of a CSV file at semicolons, also within a quoted text
# that is not the first of its line; what stands behind one, or begins a line, begins a cell there.
BEGINS_A_CELL: Final = re.compile(r'([;\r\n][ "]*)(?=[=+\-@＝＋－＠])')
WIDEST: Final = 60
# The same tables are the same file, byte for byte.
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


def codebook(report: Report) -> Table:
    """What stands in each column of each table."""
    return Table(
        name="codebook",
        title="codebook",
        columns=(Column("table", ""), Column("column", ""), Column("meaning", "")),
        rows=tuple((each.name, it.name, it.meaning) for each in report.tables for it in each.columns),
    )


def write_xlsx(report: Report) -> bytes:
    """A workbook with a sheet for each table, and the codebook last. Raises ValueError for a cell Excel can't hold."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": title_of(report.title)})
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for table in (*report.tables, codebook(report)):
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, width_of(table, at), plain)
            sheet.write_string(0, at, column.name, head)
        for number, row in enumerate(table.rows, 1):
            for at, value in enumerate(row):
                write_cell(sheet, number, at, value)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    book.close()
    return file.getvalue()


def write_cell(sheet, row: int, column: int, value: str | int | None) -> None:
    """One value as what it is: a number, text, or nothing."""
    if value is None or value == "":
        return
    done = (
        sheet.write_number(row, column, value)
        if isinstance(value, int)
        else sheet.write_string(row, column, writable(value))
    )
    if done:
        raise ValueError(f"Row {row}, column {column}: more than a cell can hold.")


def width_of(table: Table, at: int) -> int:
    """As wide as the longest line in it, within reason."""
    words = [table.columns[at].name, *(str(row[at] or "") for row in table.rows)]
    return min(WIDEST, max(len(line) for it in words for line in it.split("\n")) + 2)


def write_csv(report: Report) -> bytes:
    """A ZIP with a CSV file (UTF-8, commas) for each table, and the codebook."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for table in (*report.tables, codebook(report)):
            stamped = zipfile.ZipInfo(f"{table.name}.csv", LONG_AGO)
            packed.writestr(stamped, csv_of(table), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def csv_of(table: Table) -> bytes:
    """One table; the mark in front tells Excel that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(defused(it.name) for it in table.columns)
    for row in table.rows:
        writer.writerow(defused(it) if isinstance(it, str) else it for it in row)
    return text.getvalue().encode("utf-8-sig")


def defused(value: str) -> str:
    """Text that a spreadsheet takes for text."""
    clean = BEGINS_A_CELL.sub(r"\1'", writable(value))
    return f"'{clean}" if clean.lstrip(" ").startswith(LIKE_A_FORMULA) else clean
