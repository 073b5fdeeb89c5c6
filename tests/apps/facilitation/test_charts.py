"""Charts of a room: on the harvest for who leads, on a page of their own for a team that has opened its board."""

import io
import json

import pytest
from docx import Document

from hubcraft.apps.facilitation.queries.charts import harvest_charts
from hubcraft.apps.facilitation.queries.harvest import harvest_page
from tests.apps.facilitation.test_feedback import asking, give
from tests.apps.facilitation.test_harvest import counted, room
from tests.cast import convening, wish
from tests.device import says, text_of
from tests.files import words_of_word
from tests.make import NORTH_SHORE, RIVERBEND, opened, seated

pytestmark = pytest.mark.django_db
PICTURES = "charts/agreement."


def keys(hall):
    return [it.key for it in harvest_charts(harvest_page(hall.room))]


def test_who_leads_sees_who_took_part_and_how_the_room_stood():
    hall, _people = room("123", "234", "123", "144")
    assert keys(hall) == ["participation"]
    assert keys(counted(hall)) == ["participation", "room-1"]
    page = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/")
    assert says(page, "Where the room stands high and low") and says(page, "12 of 12 have finished")
    assert f'href="/r/{hall.id}/lead/harvest/charts/room-1.svg"' in text_of(page)


def test_files_of_the_harvest_are_for_who_leads():
    hall, people = room("123", "234", "123", "144")
    counted(hall)
    for key in ("participation", "room-1"):
        for kind in ("svg", "png", "csv"):
            address = f"/r/{hall.id}/lead/harvest/charts/{key}.{kind}"
            assert hall.lead_device().get(address).status_code == 200
            assert people[0][0].device.get(address).status_code == 404
    assert hall.lead_device().get(f"/r/{hall.id}/lead/harvest/charts/room-2.svg").status_code == 404


def test_what_a_room_may_not_be_told_is_no_number_in_its_chart():
    """Where most agree only that is told: one look-for is told in words, and nothing of it is in the description."""
    hall, people = room("1233", "2343", "1233", "1443")
    for it in people:
        it[0].mark(2, "3", phase="before")
    told = harvest_charts(harvest_page(counted(hall).room))[-1]
    silent = [row for row in told.rows if not row.parts]
    drawn = json.dumps(told.spec())
    assert all(f'"look_for": {row.number},' not in drawn for row in silent)
    assert all(f'"look_for": {row.number},' in drawn for row in told.rows if row.parts)


def test_where_no_team_may_be_told_there_is_no_chart_of_the_room():
    hall, _people = room("123", "234")
    assert keys(counted(hall)) == ["participation"]


def test_under_the_anonymous_rung_who_has_finished_is_told_in_steps():
    hall, _people = room("1234", "234", rung="anonymous", reveal=False)
    hall.sit("ZZ", "Elm")
    turnout = harvest_charts(harvest_page(hall.room))[0]
    finished = turnout.rows[1].told[0]
    assert finished.words == "At least 7 of 8 have finished" and finished.people == 7


def test_the_harvest_in_word_holds_its_charts_with_what_they_say():
    hall, _people = room("123", "234", "123", "144")
    file = counted(hall).lead_device().get(f"/r/{hall.id}/lead/harvest/file.docx").content
    document = Document(io.BytesIO(file))
    said = [it._inline.docPr.get("descr") for it in document.inline_shapes]
    assert len(said) == 2 and said[0].startswith("Who took part. 12 of 12 have finished")
    assert "12 of 12 have finished" in words_of_word(file)


def pictures_of(hall) -> list[str]:
    """What the pictures of the harvest in Word say."""
    file = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/file.docx").content
    return [it._inline.docPr.get("descr") for it in Document(io.BytesIO(file)).inline_shapes]


def test_the_harvest_s_files_draw_the_feedback_as_its_page_does_with_the_same_floors():
    hall = asking()
    people = [*seated(hall, *"ABC"), *seated(hall, *"DEF", team=NORTH_SHORE)]
    for person in people[:4]:
        give(person, good_at=(1, 2))
    assert "feedback-1" not in keys(hall) and len(pictures_of(hall)) == 1
    give(people[4], good_at=(1, 3))
    give(people[5], good_at=(1, 2, 3))
    hall.close()
    assert "feedback-1" in keys(hall)
    (drawn,) = (it for it in harvest_charts(harvest_page(hall.room)) if it.key == "feedback-1")
    (said,) = (it for it in pictures_of(hall) if it.startswith(f"{drawn.title}. "))
    assert "5 of 6" not in said and drawn.reading in said
    told = {row.label: row.told[0] for row in drawn.rows}
    # What all of them said is told in words alone: it has no bar, in a file neither.
    assert [it.people for it in told.values()][:3] == [None, None, 2]
    document = Document(io.BytesIO(hall.lead_device().get(f"/r/{hall.id}/lead/harvest/file.docx").content))
    lines = {row.cells[0].text: row.cells[1].text for it in document.tables for row in it.rows}
    assert {name: lines.get(name) for name in told} == {name: it.words for name, it in told.items()}


# -- a team ----------------------------------------------------------------------------------------------------


def test_a_team_sees_how_far_it_agrees_once_its_board_is_open():
    hall = convening("revealed")
    page = hall.ben.device.get(f"/r/{hall.id}/team-page/charts/")
    assert says(page, "How far you agree") and says(page, "You are close on")
    assert f'href="/r/{hall.id}/team-page/charts/"' in text_of(
        hall.ben.device.get(f"/r/{hall.id}/team-page/")
    )
    # North Shore's board is not open.
    assert hall.ivo.device.get(f"/r/{hall.id}/team-page/charts/").status_code == 404
    assert "team-page/charts/" not in text_of(hall.ivo.device.get(f"/r/{hall.id}/team-page/"))


@pytest.mark.parametrize("wishes", [False, True])
def test_where_each_sees_only_their_own_there_is_no_chart(wishes):
    """It would be one person's answers under the team's name."""
    hall = opened()
    people = seated(hall, "AA", "BB", "CC", "DD")
    for at, person in enumerate(people):
        person.fill("1234"[at] * 11)
    if wishes:
        wish(people[1])
    hall.reveal()
    assert hall.board(RIVERBEND).shows == ("own" if wishes else "initials")
    page, file = (
        people[0].device.get(f"/r/{hall.id}/team-page/{it}").status_code
        for it in ("charts/", f"{PICTURES}svg")
    )
    assert (page, file) == ((404, 404) if wishes else (200, 200))
    link = "team-page/charts/" in text_of(people[0].device.get(f"/r/{hall.id}/team-page/"))
    assert link is not wishes


def test_its_files_are_its_own():
    hall = convening("revealed")
    for kind in ("svg", "png", "csv"):
        address = f"/r/{hall.id}/team-page/{PICTURES}{kind}"
        assert hall.ben.device.get(address).status_code == 200
        assert hall.ivo.device.get(address).status_code == 404
    assert hall.ben.device.get(f"/r/{hall.id}/team-page/charts/change.svg").status_code == 404


def test_a_file_of_the_team_holds_it_as_a_picture_with_words():
    hall = convening("revealed")
    file = hall.ben.device.get(f"/r/{hall.id}/team-page/file.docx").content
    (picture,) = Document(io.BytesIO(file)).inline_shapes
    assert picture._inline.docPr.get("descr").startswith("How far you agree. You are close on")
    pdf = hall.ben.device.get(f"/r/{hall.id}/team-page/file.pdf").content
    assert pdf.startswith(b"%PDF-")
