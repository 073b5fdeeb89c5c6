"""What is taken home, opened by other programs and laid beside its page: all that the page says, and nothing more."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from xml.etree.ElementTree import Element

import html5lib
import pandas
import pytest

from hubcraft.apps.facilitation.actions.harvest import count_room
from tests.apps.facilitation.test_choices import pick
from tests.apps.facilitation.test_feedback import give
from tests.apps.facilitation.test_files import harvest, name, take, talked, write
from tests.apps.facilitation.test_heard import say
from tests.cast import convening
from tests.device import text_of
from tests.files import (
    frames_of_csv,
    frames_of_xlsx,
    needs_office,
    needs_poppler,
    opened_by_office,
    pages_of_pdf,
    words_of_pdf,
    words_of_word,
)
from tests.make import ALONE, seated, start

pytestmark = pytest.mark.django_db
# What somebody says on a page by this class is in every file of it, to the letter.
TOLD = (
    *(
        "written-words",
        "written-look-for",
        "board-text",
        "board-practice",
        "board-withheld",
        "board-headline",
    ),
    *("harvest-look-for", "harvest-practice", "harvest-sentence", "harvest-share", "heard-words"),
)
# Columns for programs: keys, days and signs that no page shows.
FOR_PROGRAMS = {"day", "due", "number", "level", "people", "state", "whose", "language", "percent", "shown"}
FOR_PROGRAMS |= {"talk_first", "know", "learn"}
# What files say that pages say otherwise: by a dashed ring, by being one page of several, by their foot.
OWN_WORDS = """A ring, or brackets: stood here before the talk. + placed late. * from paper. A dot is one person.
    Page of No person’s name is in this file, and no team’s board can be worked out from it. Each of you saw only your
    own answers, so there is no board to keep. Our board My answers What I use Look-fors Domain How many know a lot about it
    would like to learn more not told most of the room Rubric as published by its authors Draft"""


# What the chart of a board's rows says stands in its files, and on a page of its own.
CHART = re.compile(
    r"You are close on \d+ of \d+ look-fors?: all on one level, or on two neighbouring ones\."
    r"( On \d+ there are two camps, with nobody in between\.)?"
)


def one_line(words: str) -> str:
    return " ".join(words.split())


def parts_of(words: str) -> set[str]:
    """The words in a text, and its numbers."""
    return set(re.findall(r"\w+", words))


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


@dataclass(frozen=True)
class Page:
    """One or more pages as a browser has them, and the files of them."""

    html: tuple[str, ...]
    files: dict[str, bytes]
    credit: str

    @cached_property
    def mains(self) -> list[Element]:
        return [html5lib.parse(it, namespaceHTMLElements=False).find(".//main") for it in self.html]

    @cached_property
    def words(self) -> str:
        return one_line(" ".join(chain.from_iterable(it.itertext() for it in self.mains)))

    @property
    def everything(self) -> Iterable[Element]:
        return chain.from_iterable(it.iter() for it in self.mains)

    @cached_property
    def told(self) -> set[str]:
        """What has to be in every file."""
        found = {one_line("".join(it.itertext())) for it in self.everything if set(TOLD) & set(classes(it))}
        texts = (it for it in self.everything if "harvest-texts" in classes(it))
        return (found | {one_line("".join(it.itertext())) for text in texts for it in text}) - {""}

    @cached_property
    def board(self) -> dict[str, list[tuple[list[str], list[str]]]]:
        """Who stands on each level of each look-for now, and who did before; "" is a dot. Withheld rows have none."""
        return {
            one_line("".join(it.find(".//h3").itertext())): [
                chips_of(box) for box in it.iter() if "box" in classes(box)
            ]
            for it in self.everything
            if "board-row" in classes(it)
        }


def chips_of(box: Element) -> tuple[list[str], list[str]]:
    """Who stands in one box: now, and before the talk."""
    now: list[str] = []
    before: list[str] = []
    for chip in (it for it in box.iter("li") if "chip" in classes(it)):
        named = [it.text for it in chip.iter("span") if not classes(it)]
        (before if "chip-before" in classes(chip) else now).append(named[0] if named else "")
    return now, before


def kept_by(person) -> Page:
    """A person's page and board, and their files."""
    pages = [person.device.get(f"/r/{person.hall.id}/{it}/") for it in ("team-page", "board")]
    shown = [text_of(it) for it in pages if it.status_code == 200]
    files = {kind: take(person, kind).content for kind in ("docx", "pdf", "xlsx", "zip")}
    return Page(tuple(shown), files, person.hall.rubric.credit)


# -- the pages -------------------------------------------------------------------------------------------------


def with_initials() -> Page:
    """Initials, one moved, strategies and next steps in lines."""
    hall, (am, bo, cc) = talked()
    cc.mark(1, "4", phase="after")
    name(bo, "=Two lines;\n+and a formula?", hall.look_fors[2])
    write(am, "Read “the plan” — Zoë & co. <all>", "AM & BO")
    page = kept_by(am)
    assert page.board and {"We meet on Mondays.", "Ask those who came last."} <= page.told
    return page


def with_dots() -> Page:
    hall = start(script="workshop", rung="anonymous").begin()
    hall.go_to("rubric")
    people = seated(hall, *"ABCDEF")
    for at, person in enumerate(people):
        person.fill("234"[at % 3] * 11)
    hall.reveal()
    page = kept_by(people[0])
    assert {it for boxes in page.board.values() for now, _before in boxes for it in now} == {""}
    return page


def with_too_few() -> Page:
    hall = start(script="workshop", rung="anonymous").begin()
    hall.go_to("rubric")
    people = seated(hall, *"ABCD")
    for person in people:
        person.fill("1234"[people.index(person)] * 11)
    hall.reveal()
    page = kept_by(people[0])
    assert "Too few answers to show. Talk about it instead." in page.told
    return page


def of_one_alone() -> Page:
    hall, _people = talked()
    finn = hall.sit("FI", ALONE).fill()
    name(finn, "I keep a list.", hall.look_fors[1])
    page = kept_by(finn)
    assert "I keep a list." in page.told
    return page


def with_late_ones() -> Page:
    """The cast: somebody who came late, somebody who left, answers beside the levels."""
    return kept_by(convening("revealed", script="workshop").ben)


def of_the_facilitator() -> Page:
    """A harvest in which everything can be told."""
    hall = start(script="workshop", teams=("Oak", "Elm", "Ash", "Fir")).begin()
    hall.go_to("choice")
    people = [hall.sit(f"P{at}", team) for team in ("Oak", "Elm", "Ash", "Fir") for at in range(3)]
    for at, person in enumerate(people):
        pick(person, 1 + at % 3, 4 + at % 2)
    hall.go_to("rubric")
    for person, sign in zip(people, "123234123144", strict=True):
        person.fill(sign * 11)
    for team in ("Oak", "Elm", "Ash", "Fir"):
        hall.reveal(team)
    count_room(by=hall.leader, room=hall.room, at=hall.room.made_at)
    hall.go_to("hear")
    say(hall, "We start with what went well", may_project=True, team_id=hall.team("Elm"))
    hall.go_to("feedback")
    for at, person in enumerate(people):
        give(person, f"Helped: {'abcdefghijkl'[at]} – =1+1", (1 + at % 3,))
    page = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/")
    files = {kind: harvest(hall, kind).content for kind in ("docx", "pdf", "xlsx", "zip")}
    made = Page((text_of(page),), files, hall.rubric.credit)
    assert {"We start with what went well", "Helped: a – =1+1", "25%", "5% or less"} <= made.told
    return made


PAGES = (with_initials, with_dots, with_too_few, of_one_alone, with_late_ones, of_the_facilitator)


@pytest.fixture(params=PAGES, ids=lambda it: it.__name__)
def page(request) -> Page:
    return request.param()


# -- what has to hold ------------------------------------------------------------------------------------------


def missing(page: Page, words: str) -> list[str]:
    """What the page says and these words don't."""
    words = one_line(words)
    return [it for it in page.told if it not in words]


def made_up(page: Page, words: str) -> set[str]:
    """Words and numbers in a file to read that its page doesn't have; a drawn chart numbers its rows, eleven at most."""
    return {
        it
        for it in parts_of(CHART.sub("", one_line(words)))
        - parts_of(page.words)
        - parts_of(OWN_WORDS)
        - parts_of(page.credit)
        if not re.fullmatch(r"hub|leadership|\d|1[01]", it)
    }


def beside_page(page: Page, frames: dict[str, pandas.DataFrame]) -> None:
    """Tables of data beside their page: the same words, types as the codebook's columns have, the same board."""
    written = {(it.table, it.column) for it in frames.pop("codebook").itertuples()}
    assert written == {(name, column) for name, frame in frames.items() for column in frame.columns}
    cells = [
        (column, cell)
        for frame in frames.values()
        for column in frame.columns
        for cell in frame[column].dropna()
    ]
    assert missing(page, " ".join(str(cell) for _column, cell in cells)) == []
    said = " ".join(
        cell
        for column, cell in cells
        if isinstance(cell, str) and column not in FOR_PROGRAMS and not cell.startswith("hub-leadership/")
    )
    assert made_up(page, said) == set()
    for column in FOR_PROGRAMS & {
        "number",
        "level",
        "people",
        "percent",
        "shown",
        "talk_first",
        "know",
        "learn",
    }:
        for frame in frames.values():
            assert column not in frame or not any(isinstance(it, str) for it in frame[column]), column
    if "board" in frames:
        assert board_of(frames) == page.board


def board_of(frames: dict[str, pandas.DataFrame]) -> dict[str, list[tuple[list[str], list[str]]]]:
    """The board as these tables tell it, in the way that a page's is read."""
    texts = {it.number: it.text for it in frames["look_fors"].itertuples()}
    found: dict[str, list[tuple[list[str], list[str]]]] = {text: [] for text in texts.values()}
    for it in frames["board"].itertuples():
        if pandas.isna(it.people):
            continue
        before = it.before.split(", ") if isinstance(it.before, str) else []
        names = it.initials.split(", ") if isinstance(it.initials, str) else [""] * int(it.people)
        assert len(names) == it.people
        found[texts[it.number]].append((names, before))
    return found


def cells_of(frame: pandas.DataFrame) -> list[list[str]]:
    """Every cell as text; an empty one as none."""
    return [["" if pandas.isna(it) else str(it) for it in row] for row in frame.itertuples(index=False)]


def undone(cell: str) -> str:
    """Without the sign that keeps a CSV file's cell from being taken for a formula."""
    return re.sub(r"'(?=[=+@-])", "", cell)


@needs_poppler
def test_every_file_says_what_its_page_says_and_nothing_else(page, tmp_path):
    beside_page(page, frames_of_xlsx(page.files["xlsx"]))
    for name_, frame in frames_of_csv(page.files["zip"]).items():
        shown = frames_of_xlsx(page.files["xlsx"])[name_]
        assert [[undone(it) for it in row] for row in cells_of(frame)] == cells_of(shown)
    word, printed = words_of_word(page.files["docx"]), words_of_pdf(page.files["pdf"])
    assert (missing(page, word), missing(page, printed)) == ([], [])
    assert (made_up(page, word), made_up(page, printed)) == (set(), set())
    for label in {it for boxes in page.board.values() for box in boxes for it in chain(*box) if it}:
        stands = sum([*now, *before].count(label) for boxes in page.board.values() for now, before in boxes)
        assert len(re.findall(rf"\b{label}\b", printed)) >= stands
    for number, picture in enumerate(pages_of_pdf(page.files["pdf"], tmp_path), 1):
        assert picture.min() < 200, f"page {number} is empty"
        # Nothing is cut: within half a centimetre of the edge there is only paper.
        edges = (picture[:8], picture[-8:], picture[:, :8], picture[:, -8:])
        assert min(it.min() for it in edges) == 255, f"page {number} runs over its edge"


# -- an office program (bin/soak) ------------------------------------------------------------------------------

# Commas as where English is spoken, semicolons as where Spanish is; both in UTF-8.
CSV_AS_READ = ("CSV:44,34,76", "CSV:59,34,76")


def formulas_in(sheet: bytes) -> int:
    """How many cells of an OpenDocument spreadsheet are reckoned."""
    content = zipfile.ZipFile(io.BytesIO(sheet)).read("content.xml").decode()
    assert "table:table-cell" in content
    return content.count("table:formula")


@pytest.mark.slow
@pytest.mark.parametrize("made", [with_initials, of_the_facilitator], ids=lambda it: it.__name__)
@needs_office
@needs_poppler
def test_an_office_program_reads_in_word_and_excel_what_the_page_says(made, tmp_path):
    page = made()
    word = opened_by_office(page.files["docx"], "docx", "pdf", tmp_path)
    assert missing(page, words_of_pdf(word)) == []
    assert made_up(page, words_of_pdf(word)) == set()
    again = opened_by_office(page.files["docx"], "docx", "docx", tmp_path)
    assert missing(page, words_of_word(again)) == []
    saved = frames_of_xlsx(opened_by_office(page.files["xlsx"], "xlsx", "xlsx", tmp_path))
    taken = frames_of_xlsx(page.files["xlsx"])
    assert {name_: cells_of(it) for name_, it in saved.items()} == {
        name_: cells_of(it) for name_, it in taken.items()
    }


@pytest.mark.slow
@needs_office
def test_an_office_program_finds_no_formula_in_what_was_typed(tmp_path):
    """The first file shows that one would be found."""
    loaded = opened_by_office(b"a\n=1+1\n", "csv", "ods", tmp_path, f"{CSV_AS_READ[0]},,,,,,,,,true")
    assert formulas_in(loaded) == 1
    page = with_initials()
    assert formulas_in(opened_by_office(page.files["xlsx"], "xlsx", "ods", tmp_path)) == 0
    packed = zipfile.ZipFile(io.BytesIO(page.files["zip"]))
    for at, read_as in enumerate(CSV_AS_READ):
        (tmp_path / str(at)).mkdir()
        strategies = packed.read("strategies.csv")
        saved = opened_by_office(strategies, "csv", "ods", tmp_path / str(at), f"{read_as},,,,,,,,,true")
        assert formulas_in(saved) == 0
