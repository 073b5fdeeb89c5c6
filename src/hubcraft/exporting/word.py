"""Word files that people go on writing in: real styles, headings, tables with heads, the language of each text."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final

from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from hubcraft.charts.drawing import png_of

from .report import Block, Cell, Chip, Drawing, Entries, Grid, Heading, Line, Report, Words
from .text import title_of, writable

# What Word has everywhere: a file that others go on writing in can't bring typefaces along.
SERIF: Final = "Georgia"
SANS: Final = "Calibri"
INK: Final = RGBColor(0x14, 0x1B, 0x2D)
SOFT: Final = RGBColor(0x50, 0x55, 0x63)
RULE: Final = "B8B5A8"
# In points. A head is smaller, so that where Calibri is missing a wider typeface tears no word.
CELL_SIZE: Final = 9.5
HEAD_SIZE: Final = 8.5
SIZES: Final = {"a4": (Cm(21), Cm(29.7)), "us-letter": (Cm(21.59), Cm(27.94))}
CIRCLES: Final = {1: "◔", 2: "◑", 3: "◕", 4: "●"}
# The same report is the same file, byte for byte.
LONG_AGO: Final = datetime(1980, 1, 1, tzinfo=UTC)


def write_word(report: Report, tell: Callable[[float], None] = lambda _done: None) -> bytes:
    """The report as a .docx file; says how much of it is written, as a part of one."""
    document = Document()
    dress(document, report)
    heading = document.add_paragraph(writable(report.title), style="Title")
    heading.paragraph_format.space_after = Pt(2)
    document.add_paragraph(writable(report.about), style="Subtitle")
    for number, block in enumerate(report.blocks, 1):
        add(document, block)
        tell(number / len(report.blocks))
    for words in (*report.legend, *report.notes):
        document.add_paragraph(writable(words), style="Soft")
    file = io.BytesIO()
    document.save(file)
    return settled(file.getvalue())


def dress(document: WordFile, report: Report) -> None:
    """Paper, language, and the styles that everything below uses."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = SIZES[report.paper]
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    about = document.core_properties
    about.title, about.language, about.author, about.comments = (
        title_of(report.title),
        report.language,
        "",
        "",
    )
    about.created = about.modified = LONG_AGO
    styles = document.styles
    set_style(styles["Normal"], SERIF, 11, INK)
    speak(styles["Normal"].element, report.language)
    set_style(styles["Title"], SERIF, 24, INK, is_bold=True)
    set_style(styles["Subtitle"], SANS, 11, SOFT)
    for name, size in (("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11.5)):
        set_style(styles[name], SERIF, size, INK, is_bold=True)
    set_style(styles["List Bullet"], SERIF, 11, INK)
    soft = styles.add_style("Soft", 1)
    soft.base_style = styles["Normal"]
    set_style(soft, SANS, 9.5, SOFT)
    number_pages(section.footer.paragraphs[0], report.page_words)


def set_style(
    style: ParagraphStyle, family: str, size: float, colour: RGBColor, *, is_bold: bool = False
) -> None:
    """A typeface, for every script that Word keeps one for."""
    style.font.name, style.font.size, style.font.color.rgb = family, Pt(size), colour
    style.font.bold, style.font.italic = is_bold, False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), family)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for line in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        line.getparent().remove(line)


def speak(element, language: str) -> None:
    """Say in which language this is, so that screen readers and spelling know."""
    properties = element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    properties.append(spoken)


def number_pages(paragraph: Paragraph, words: str) -> None:
    """ "Page 1 of 3", counted by Word."""
    paragraph.style = "Soft"
    for part in re.split(r"(\{page\}|\{pages\})", words):
        if part in ("{page}", "{pages}"):
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE" if part == "{page}" else "NUMPAGES")
            paragraph._p.append(field)
        elif part:
            paragraph.add_run(part)


def add(document: WordFile, block: Block) -> None:
    """One block."""
    match block:
        case Heading(words=words, level=level):
            document.add_heading(writable(words), level=level)
        case Words():
            say(
                document.add_paragraph(style="Soft" if block.is_soft else "Normal"),
                block.words,
                block.language,
            )
        case Entries(entries=entries):
            for it in entries:
                point = document.add_paragraph(style="List Bullet")
                say(point, it.words, it.language)
                if it.below:
                    point.add_run().add_break()
                    below = point.add_run(writable(it.below))
                    below.font.name, below.font.size, below.font.color.rgb = SANS, Pt(9.5), SOFT
        case Grid():
            add_grid(document, block)
        case Drawing():
            add_drawing(document, block)


def add_drawing(document: WordFile, drawing: Drawing) -> None:
    """A picture as wide as the text, or as high as a page takes, and what it says for who does not see it."""
    section = document.sections[0]
    widest = section.page_width - section.left_margin - section.right_margin
    highest = section.page_height - section.top_margin - section.bottom_margin - Cm(1)
    picture = document.add_picture(io.BytesIO(png_of(drawing.chart, is_alone=False)), width=widest)
    if picture.height > highest:
        picture.width, picture.height = int(picture.width * highest / picture.height), highest
    named = picture._inline.docPr
    named.set("descr", writable(drawing.said))
    named.set("title", writable(drawing.chart.title))


def say(paragraph: Paragraph, words: str, language: str) -> None:
    """What somebody wrote, line by line, in its language."""
    for number, line in enumerate(writable(words).splitlines() or [""]):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line)
        if language:
            speak(run._r, language)


def add_grid(document: WordFile, grid: Grid) -> None:
    """A table: its head is repeated on every page, and a row is never torn."""
    if grid.caption:
        caption = document.add_paragraph(writable(grid.caption), style="Soft")
        caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=1 + len(grid.heads))
    table.style = "Table Grid"
    table.autofit = False
    describe(table, grid.caption or grid.about)
    width = document.sections[0].page_width - 2 * Cm(2)
    about = int(width * (0.4 if len(grid.heads) < 5 else 0.32))
    widths = [about, *[int((width - about) / len(grid.heads))] * len(grid.heads)]
    for column, column_width in zip(table.columns, widths, strict=True):
        column.width = column_width
    head = table.rows[0]
    repeat(head)
    fill(head.cells[0], grid.about, is_bold=True, family=SANS, size=HEAD_SIZE)
    for cell, it in zip(head.cells[1:], grid.heads, strict=True):
        circle = f"{CIRCLES[it.fill]} " if it.fill else ""
        fill(cell, circle + it.words, is_bold=True, family=SANS, size=HEAD_SIZE)
    for group in grid.groups:
        if group.title:
            across = table.add_row().cells
            fill(across[0].merge(across[-1]), group.title, is_bold=True)
        for line in group.lines:
            add_line(table, line)
    for row in table.rows:
        keep_whole(row)
    document.add_paragraph()


def add_line(table, line: Line) -> None:
    """One row; its sentence stands below it, across."""
    row = table.add_row()
    fill(row.cells[0], line.about)
    if line.is_told_in_words:
        fill(row.cells[1].merge(row.cells[-1]), line.below, is_soft=True)
        return
    for cell, it in zip(row.cells[1:], line.cells, strict=True):
        fill(cell, told(it), family=SANS)
    if line.below:
        across = table.add_row().cells
        fill(across[0].merge(across[-1]), line.below, is_soft=True)


def told(cell: Cell) -> str:
    """What stands in a cell, as text: dots as dots, who has left in brackets, who came late after a plus."""
    return " ".join(filter(None, (cell.words, *chips(cell.chips))))


def chips(them: Iterable[Chip]) -> Iterable[str]:
    for it in them:
        label = it.label or "●"
        label = {"before": f"({label})", "late": f"+{label}"}.get(it.kind, label)
        yield f"{label}*" if it.is_from_paper else label


def fill(
    cell: _Cell,
    words: str,
    *,
    is_bold: bool = False,
    is_soft: bool = False,
    family: str = SERIF,
    size: float = CELL_SIZE,
) -> None:
    """Words in a cell."""
    paragraph = cell.paragraphs[0]
    # By its key: to ask for a style by name costs more than all the rest of a cell.
    paragraph._p.style = "Soft" if is_soft else None
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(writable(words))
    run.bold = is_bold
    run.font.name, run.font.size = family if not is_soft else SANS, Pt(size)


def describe(table, words: str) -> None:
    """What the table is about, for who does not see it; and thin rules."""
    properties = table._tbl.tblPr
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), writable(words))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    for side in ("left", "right", "insideV"):
        rule = OxmlElement(f"w:{side}")
        rule.set(qn("w:val"), "nil")
        borders.append(rule)
    properties.append(borders)
    properties.append(caption)


def repeat(row) -> None:
    """This row heads the table on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def keep_whole(row) -> None:
    """No page ends inside this row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def settled(file: bytes) -> bytes:
    """The same file with no moment of making in it."""
    settled = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as before,
        zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            stamped = zipfile.ZipInfo(name, LONG_AGO.timetuple()[:6])
            after.writestr(stamped, before.read(name), zipfile.ZIP_DEFLATED)
    return settled.getvalue()
