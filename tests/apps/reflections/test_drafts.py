"""A look-for that is ours says so quietly wherever it is rated, seen or printed; the authors' words carry no mark."""

import pytest

from hubcraft.apps.facilitation.actions.harvest import count_room
from hubcraft.apps.facilitation.exports.kept import board_of, kept_report
from hubcraft.apps.facilitation.exports.paper import paper_of_pack, rubric_told, write_sheet
from tests.device import says, text_of
from tests.make import FIRST_DOMAIN, NOW, RIVERBEND, SECOND_DOMAIN, opened, seated

pytestmark = pytest.mark.django_db

MARK, WHOSE = 'class="draft-mark"', "These words are ours"
# What is rated, how many rows are ours.
RATED = [(FIRST_DOMAIN, 0), (f"{FIRST_DOMAIN}/*", 1), (SECOND_DOMAIN, 3)]


def marks(page) -> int:
    """How many rows carry the mark; the legend has one of its own."""
    return text_of(page).count(MARK) - says(page, WHOSE)


@pytest.mark.parametrize(("rubric", "drafts"), RATED)
def test_rows_of_ours_say_so_on_the_phone_the_board_and_in_the_harvest(rubric, drafts):
    hall = opened(rubric=rubric, has_drafts=True)
    [ada, *_others] = people = seated(hall, "AB", "CD", "EF")
    for person in people:
        person.fill("3" * len(hall.look_fors))
    rating = ada.device.get(f"/r/{hall.id}/look-fors/")
    assert (marks(rating), says(rating, WHOSE)) == (drafts, drafts > 0)
    hall.reveal()
    board = ada.device.get(f"/r/{hall.id}/board/")
    assert (marks(board), says(board, WHOSE)) == (drafts, drafts > 0)


@pytest.mark.parametrize(("rubric", "drafts"), RATED)
def test_in_files_a_sign_says_so_and_the_legend_what_it_means(rubric, drafts):
    hall = opened(rubric=rubric, has_drafts=True)
    [ada] = seated(hall, "AB")
    ada.fill("3" * len(hall.look_fors))
    hall.reveal()
    report = kept_report(ada.place, "a4")
    [grid] = [it for it in report.blocks if hasattr(it, "groups")]
    lines = [line.about for group in grid.groups for line in group.lines]
    assert sum(line.endswith(" °") for line in lines) == drafts
    assert any("° draft: ours" in words for words in report.legend) == (drafts > 0)
    [table] = [it for it in report.tables if it.name == "look_fors"]
    at = [it.name for it in table.columns].index("draft")
    assert sum(row[at] for row in table.rows) == drafts
    assert board_of(ada.place).has_drafts == (drafts > 0)


@pytest.mark.parametrize(("rubric", "drafts"), RATED)
def test_sheets_of_paper_say_so_as_well(rubric, drafts):
    hall = opened(rubric=rubric, has_drafts=True)
    told = rubric_told(paper_of_pack(hall.session.pack_id, rubric, language="en", size="a4"))
    signs = [runs[-1][0].endswith("°") for practice in told["practices"] for runs in practice["look_fors"]]
    assert sum(signs) == drafts
    assert any("° draft: ours" in words for words in told["notes"]) == (drafts > 0)


def test_at_a_glance_there_is_no_goal_to_print_and_all_sheets_are_made():
    hall = opened(rubric="hub-leadership/*", has_drafts=True)
    paper = paper_of_pack(
        hall.session.pack_id, "hub-leadership/*", language="en", size="a4", script="at-a-glance"
    )
    assert rubric_told(paper)["goal"] == ""
    for sheet in ("poster", "person", "large-type", "prompts", "run-sheet"):
        assert write_sheet(paper, sheet).startswith(b"%PDF")


def test_a_harvest_marks_them_too():
    hall = opened(rubric=f"{FIRST_DOMAIN}/*", has_drafts=True, teams=("Oak", "Elm", "Ash", "Fir"))
    for at, team in enumerate(("Oak", "Elm", "Ash", "Fir")):
        for number in range(3):
            hall.sit(f"P{number}", team).fill(str((at + number) % 4 + 1) * 12)
        hall.reveal(team)
    count_room(by=hall.leader, room=hall.room, at=NOW)
    page = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/")
    assert text_of(page).count(MARK) == 1
    assert RIVERBEND not in text_of(page)
