"""A report as each kind of file, opened by another program: everything is in it, as text, and nothing runs."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from hubcraft.exporting.pdf import write_report
from hubcraft.exporting.report import (
    Cell,
    Chip,
    Column,
    Entries,
    Entry,
    Grid,
    Group,
    Head,
    Heading,
    Line,
    Report,
    Table,
    Words,
)
from hubcraft.exporting.tables import write_csv, write_xlsx
from hubcraft.exporting.word import write_word
from tests.files import words_of_word

HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2",
    "@SUM(A1)",
    " =1+1",
    "\t=1+1",
    "<script>alert(1)</script>",
    '"), #image("x")',
    "#{sys} $x$ *b* @ref",
    "http://evil.example/?a=b&c=d",
    "a\u202eb\u200fc",
    "one\ntwo",
    "quoted \"twice\", 'once'",
    "Ünïcödé 中文 🎉",
]


def report(words: str = "Words", **more) -> Report:
    """A report with a bit of everything, each holding these words."""
    told = {
        "title": words,
        "about": words,
        "language": "en",
        "blocks": (
            Heading(words),
            Words(words, is_soft=True, language="es"),
            Entries((Entry(words, below=words, language="en"),)),
            Grid("", words, (Head(words, 3), Head("B")), (Group(words, (line(words),)),)),
        ),
        "tables": (Table("things", "Things", (Column("words", "What they say."),), ((words,),)),),
        "page_words": "Page {page} of {pages}",
        "day": date(2026, 11, 27),
        "notes": (words,),
    } | more
    return Report(**told)


def line(words: str) -> Line:
    return Line(words, (Cell(words), Cell(chips=(Chip("AM"), Chip("BO", "before")))), words)


def one_line(words: str) -> str:
    return " ".join(words.split())


def sheet_rows(file: bytes, name: str = "things") -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_name(name).to_python()


def csv_rows(file: bytes, name: str = "things") -> list[list[str]]:
    text = zipfile.ZipFile(io.BytesIO(file)).read(f"{name}.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_somebody_typed_stands_in_word_as_they_typed_it(words):
    file = write_word(report(words))
    told = words_of_word(file)
    assert told.count(words) >= 8
    xml = zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()
    assert "<script" not in xml and "w:hyperlink" not in xml and "w:instrText" not in xml


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_somebody_typed_is_text_in_a_spreadsheet(words):
    file = write_xlsx(report(words))
    assert sheet_rows(file) == [["words"], [words]]
    inside = zipfile.ZipFile(io.BytesIO(file))
    sheets = [inside.read(it).decode() for it in inside.namelist() if "worksheets/" in it]
    assert sheets and not any("<f>" in it or "hyperlink" in it for it in sheets)


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_somebody_typed_is_no_formula_in_csv(words):
    [head, [cell]] = csv_rows(write_csv(report(words)))
    assert head == ["words"]
    assert cell in (words, f"'{words}")
    assert (cell != words) == words.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize(
    "words", ["We sing; dance", "We sing;=1+1;", "We sing; @SUM(A1)", 'We sing;"=1"', "Two\n=1+1"]
)
def test_nor_where_a_spreadsheet_parts_cells_at_semicolons(words):
    """As Excel does in Spanish, where quotes within a line's later cells mean nothing to it."""
    two = replace(
        report(words), tables=(Table("said", "Said", (Column("no", ""), Column("words", "")), ((1, words),)),)
    )
    with zipfile.ZipFile(io.BytesIO(write_csv(two))) as packed:
        line = packed.read("said.csv").decode("utf-8-sig").split("\r\n", 1)[1]
    cells = [it.strip(' "') for it in re.split("[;\r\n]", line)]
    assert cells[0].startswith("1,")
    assert not [it for it in cells if it.startswith(("=", "+", "-", "@"))]
    assert ("'" in line) == (words != "We sing; dance")


@pytest.mark.parametrize("words", [it for it in HOSTILE if "\u202e" not in it and "🎉" not in it])
def test_whatever_somebody_typed_is_in_the_pdf(words):
    pages = PdfReader(io.BytesIO(write_report(report(words)))).pages
    told = one_line(" ".join(page.extract_text() for page in pages))
    assert told.count(one_line(words)) >= 5


def test_what_no_file_can_hold_is_left_out_and_the_rest_is_there():
    words = "a\x00b\x0bc\ud800d"
    told = report(words)
    assert "abcd" in words_of_word(write_word(told))
    assert sheet_rows(write_xlsx(told)) == [["words"], ["abcd"]]
    assert csv_rows(write_csv(told)) == [["words"], ["abcd"]]


def test_ten_thousand_letters_are_all_there():
    words = "word " * 2000
    told = report(words)
    assert words in words_of_word(write_word(told))
    assert sheet_rows(write_xlsx(told))[1] == [words]
    assert len(PdfReader(io.BytesIO(write_report(told))).pages) > 3


def test_more_than_a_cell_can_hold_is_no_half_file():
    write_xlsx(report("a" * 32_767))
    with pytest.raises(ValueError, match="more than a cell can hold"):
        write_xlsx(report("a" * 32_768))


def test_numbers_are_numbers_and_no_answer_is_an_empty_cell():
    table = Table("things", "Things", (Column("n", ""), Column("words", "")), ((3, None), (0, "03")))
    told = report(tables=(table,))
    assert sheet_rows(write_xlsx(told)) == [["n", "words"], [3.0, ""], [0.0, "03"]]
    assert csv_rows(write_csv(told)) == [["n", "words"], ["3", ""], ["0", "03"]]


def test_the_codebook_says_what_stands_in_each_column():
    told = report()
    rows = [["table", "column", "meaning"], ["things", "words", "What they say."]]
    assert sheet_rows(write_xlsx(told), "codebook") == rows
    assert csv_rows(write_csv(told), "codebook") == rows


def test_word_has_real_headings_lists_and_tables_with_heads():
    document = Document(io.BytesIO(write_word(report("Words"))))
    styles = [it.style.name for it in document.paragraphs]
    assert styles[:2] == ["Title", "Subtitle"]
    assert {"Heading 1", "List Bullet", "Soft"} <= set(styles)
    assert document.core_properties.language == "en"
    (table,) = document.tables
    assert "tblHeader" in table.rows[0]._tr.xml and "tblCaption" in table._tbl.xml
    assert [it.text for it in table.rows[0].cells] == ["Words", "◕ Words", "B"]
    assert table.rows[2].cells[2].text == "AM (BO)"


def test_where_nothing_can_be_told_the_sentence_stands_in_place_of_the_cells():
    lines = (Line("Told", (Cell("5"), Cell("6"))), Line("Not told", (Cell(), Cell()), "Too few."))
    grid = Grid("", "About", (Head("A"), Head("B")), (Group("", lines),))
    told = report(blocks=(grid,))
    rows = Document(io.BytesIO(write_word(told))).tables[0].rows
    assert [it.text for it in rows[1].cells] == ["Told", "5", "6"]
    assert [it.text for it in rows[2].cells] == ["Not told", "Too few.", "Too few."]
    assert "Too few." in PdfReader(io.BytesIO(write_report(told))).pages[0].extract_text()


@pytest.mark.parametrize("write", [write_word, write_xlsx, write_csv, write_report])
def test_the_same_report_is_the_same_file(write):
    assert write(report("One")) != write(report("Two"))
    assert write(report("One")) == write(report("One"))


def test_a_pdf_says_its_title_and_language_and_is_tagged():
    file = PdfReader(io.BytesIO(write_report(report("Día", language="es"))))
    assert file.metadata.title == "Día"
    assert file.root_object["/Lang"] == "es" and file.root_object["/MarkInfo"]["/Marked"]
