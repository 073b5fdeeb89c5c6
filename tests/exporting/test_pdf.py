"""The writer of PDFs: what is told is shown as it is, in a file that declares what it is."""

import io

import pytest
from pypdf import PdfReader

from hubcraft.exporting.pdf import SHEETS, write_pdf

HOSTILE = [
    '#panic("no")',
    "$x^2$ @cite <label> *bold* _it_ `raw` ~ \\ // no",
    '"), #image("x")',
    "#{sys}",
    "[[]]",
    "= Heading",
    "http://evil.example",
    "-- --- ...",
]


def told(**more):
    """The smallest thing that a sheet can say."""
    return {
        "title": "A session",
        "language": "en",
        "paper": "a4",
        "poster": "a3",
        "foot": "foot",
        "credit": "credit",
        "status": "status",
        "notes": [],
        "room": None,
        "script": "script",
        "movements": [],
        "words": {"code": "Code", "qr": "QR", "page": "{page} of {pages}"},
    } | more


def movement(*prompts: str, question: str = "Why?"):
    step = {
        "title": "Step",
        "question": question,
        "advice": "",
        "prompts": list(prompts),
        "minutes": "5 min",
        "blanks": [],
    }
    return {"title": "Learn", "minutes": "5 min", "steps": [step]}


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def faces_of(pdf: bytes) -> set[str]:
    """The typefaces in a file, without the mark of having been cut."""
    found = set()
    for page in read(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            found.add(font.get_object()["/BaseFont"].partition("+")[2])
    return found


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_typed_is_shown_as_it_was_typed(hostile):
    pdf = write_pdf("prompts", told(title=hostile, foot=hostile, movements=[movement(hostile)]))
    assert read(pdf).metadata.title == hostile
    assert words_of(pdf).count(" ".join(hostile.split())) == 2


def test_a_file_says_what_it_is():
    file = read(write_pdf("prompts", told(title="Día", language="es", movements=[movement("¿Por qué?")])))
    assert file.root_object["/MarkInfo"]["/Marked"]
    assert file.root_object["/Lang"] == "es"
    assert file.metadata.title == "Día"
    assert b"pdfuaid:part" in file.root_object["/Metadata"].get_data()


def test_letters_that_our_typefaces_lack_come_from_another():
    shown = told(movements=[movement("שלום", "Ελλάδα", "Привет")])
    pdf = write_pdf("prompts", shown)
    assert b"pdfuaid:part" in read(pdf).root_object["/Metadata"].get_data()
    assert "Ελλάδα" in words_of(pdf)
    assert "Привет" in words_of(pdf)


@pytest.mark.parametrize("strange", ["你好", "\u202egnirts", "👩🏽‍🏫", "\ufffe", "ﷺ" * 30, "a" * 500])
def test_a_letter_that_nobody_has_costs_the_declaration_not_the_page(strange):
    assert "Why?" in words_of(write_pdf("prompts", told(foot=strange, movements=[movement(strange)])))


def test_the_same_words_give_the_same_file():
    shown = told(movements=[movement("Why here?")])
    once = write_pdf("prompts", shown)
    write_pdf.__globals__["_kept"].cache_clear()
    assert write_pdf("prompts", dict(reversed(shown.items()))) == once
    assert not {"/CreationDate", "/ModDate"} & set(read(once).metadata), (
        "a second later it would be another file"
    )


def test_a_long_movement_goes_on_over_the_page():
    many = [movement(*[f"Prompt {at}?" for at in range(12)])["steps"][0] for _step in range(14)]
    pdf = write_pdf("prompts", told(movements=[{"title": "Long", "minutes": "70 min", "steps": many}]))
    assert words_of(pdf).count("Prompt 11?") == 14


def test_sheets_ask_for_nothing_outside_their_folder():
    sources = [path.read_text() for path in SHEETS.glob("*.typ")]
    assert len(sources) == 7
    assert not any("@preview" in it or "read(" in it for it in sources)
