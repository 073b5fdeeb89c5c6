"""What is taken home as a file: what its page shows, whoever opens it, and nothing else."""

import io
import secrets
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from pypdf import PdfReader

from hubcraft.apps.facilitation.actions.harvest import count_room
from hubcraft.apps.improvement.actions import promise
from hubcraft.apps.playbook.actions import name_strategy
from hubcraft.apps.rooms import actions as rooms
from tests.cast import wish
from tests.device import text_of
from tests.files import tables_of_csv, words_of_word
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, Person, opened, seated, start

pytestmark = pytest.mark.django_db
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def take(person: Person, kind: str):
    return person.device.get(f"/r/{person.hall.id}/team-page/file.{kind}")


def tables(response) -> dict[str, list[dict[str, str]]]:
    return tables_of_csv(response.content)


def word(response) -> str:
    return words_of_word(response.content)


def write(person: Person, words: str, owner: str = "") -> None:
    promise(
        by=person.viewer,
        seat_id=person.seat_id,
        once=secrets.token_hex(16),
        is_shared=False,
        words=words,
        owner=owner,
        due_on=None,
        look_for="",
        at=NOW,
    )


def name(person: Person, words: str, look_for: str) -> None:
    name_strategy(
        by=person.viewer,
        seat_id=person.seat_id,
        once=secrets.token_hex(16),
        look_for=look_for,
        words=words,
        how_we_know="They say so.",
        at=NOW,
    )


def talked(**more) -> tuple[Hall, list[Person]]:
    """A team of three with an open board, of which one has moved, and what two of them wrote."""
    hall = start(script="workshop", **more).begin()
    hall.go_to("rubric")
    people = seated(hall, "AM", "BO", "CC")
    for person, signs in zip(people, ("3" * 11, "3" * 11, "2" * 11), strict=True):
        person.fill(signs)
    hall.reveal()
    hall.go_to("strategies")
    name(people[0], "We meet on Mondays.", hall.look_fors[0])
    write(people[1], "Ask those who came last.", "BO")
    return hall, people


@pytest.mark.parametrize("kind", KINDS)
def test_a_member_takes_the_teams_page_along_in_one_click(kind):
    _hall, (am, _bo, _cc) = talked()
    page = text_of(am.device.get(f"/r/{am.hall.id}/team-page/"))
    assert f'href="/r/{am.hall.id}/team-page/file.{kind}"' in page
    response = take(am, kind)
    assert (response.status_code, response["Content-Type"]) == (200, KINDS[kind])
    assert response["Content-Disposition"].startswith('attachment; filename="riverbend-hub-')
    assert response["Content-Disposition"].endswith(f'.{kind}"')


def name_of(response) -> str:
    return response["Content-Disposition"].partition('filename="')[2].strip('"')


def test_the_day_is_in_a_files_name_however_long_the_title_is():
    hall = start(script="workshop", title="What we learned together, all of us, in the long spring " * 2)
    hall.begin()
    (am,) = seated(hall, "AM")
    made = timezone.localdate(hall.session.made_at).isoformat()
    for response in (take(am, "docx"), harvest(hall, "docx")):
        assert len(name_of(response)) < 90
        assert f"-{made}-" in name_of(response)


def test_two_rooms_with_one_title_have_files_with_two_names():
    one, other = start(script="workshop").begin(), start(script="workshop").begin()
    assert name_of(harvest(one, "docx")) == name_of(harvest(one, "docx"))
    assert name_of(harvest(one, "docx")) != name_of(harvest(other, "docx"))
    assert name_of(take(*seated(one, "AM"), "pdf")) != name_of(take(*seated(other, "AM"), "pdf"))


@pytest.mark.parametrize("time_zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_day_is_the_one_that_it_was_in_the_room(time_zone):
    """These two are never on the same day, so one of them is not on the server's."""
    hall, (am, *_others) = talked(time_zone=time_zone)
    with timezone.override(ZoneInfo(time_zone)):
        made = timezone.localdate(hall.session.made_at)
        assert name_of(harvest(hall, "zip")).count(timezone.localdate().isoformat()) == 1
    assert name_of(take(am, "zip")).count(made.isoformat()) == 1
    assert date_format(made, "DATE_FORMAT") in word(take(am, "docx"))


def test_there_is_no_other_kind_of_file():
    _hall, (am, _bo, _cc) = talked()
    assert take(am, "pdf").status_code == 200
    assert [take(am, kind).status_code for kind in ("exe", "PDF", "html")] == [404, 404, 404]


def test_word_and_pdf_say_what_the_page_says():
    hall, (am, _bo, cc) = talked()
    cc.mark(1, "4", phase="after")
    told = word(take(am, "docx"))
    printed = " ".join(it.extract_text() for it in PdfReader(io.BytesIO(take(am, "pdf").content)).pages)
    for words in ("We meet on Mondays.", "Ask those who came last.", "What your team uses"):
        assert words in told and words in printed
    assert (
        "\nAM BO\n" in told
        and "\n(CC)\n" in told
        and "A ring, or brackets: stood here before the talk." in told
    )
    assert hall.rubric.credit in told and "Nobody outside your team sees it" in told


def test_the_tables_hold_the_board_the_strategies_and_the_next_steps():
    hall, (am, _bo, cc) = talked()
    cc.mark(1, "4", phase="after")
    told = tables(take(am, "zip"))
    rows = [it for it in told["board"] if it["number"] == "1"]
    assert [(it["people"], it["initials"], it["before"]) for it in rows] == [
        ("0", "", ""),
        ("0", "", "CC"),
        ("2", "AM, BO", ""),
        ("1", "CC", ""),
    ]
    assert [it["look_for"] for it in told["look_fors"]] == hall.look_fors
    assert [it["strategy"] for it in told["strategies"]] == ["We meet on Mondays."]
    assert [(it["next_step"], it["owner"], it["whose"]) for it in told["next_steps"]] == [
        ("Ask those who came last.", "BO", "BO")
    ]
    known = {(it["table"], it["column"]) for it in told["codebook"]}
    assert known == {(table, column) for table, rows in told.items() for row in rows for column in row} - {
        ("codebook", it) for it in ("table", "column", "meaning")
    } | {("promises", it) for it in told["next_steps"][0]}


def test_before_the_board_is_open_the_file_says_nothing_of_it():
    hall = start(script="workshop").begin()
    hall.go_to("rubric")
    am, bo = seated(hall, "AM", "BO")
    am.fill(), bo.fill()
    assert set(tables(take(am, "zip"))) == {"strategies", "next_steps", "promises", "codebook"}
    hall.reveal()
    assert "board" in tables(take(am, "zip"))


def test_a_board_of_dots_names_nobody():
    hall = start(script="workshop", rung="anonymous").begin()
    hall.go_to("rubric")
    people = seated(hall, *"ABCDEF")
    for at, person in enumerate(people):
        person.fill("234"[at % 3] * 11)
    hall.reveal()
    told = tables(take(people[0], "zip"))
    assert [(it["people"], it["initials"]) for it in told["board"][:4]] == [
        ("0", ""),
        ("2", ""),
        ("2", ""),
        ("2", ""),
    ]
    assert "A dot is one person." in word(take(people[0], "docx"))


def test_too_few_without_names_are_withheld_in_the_file_as_on_the_board():
    hall = start(script="workshop", rung="anonymous").begin()
    hall.go_to("rubric")
    people = seated(hall, *"ABCD")
    for person in people:
        person.fill()
    hall.reveal()
    told = tables(take(people[0], "zip"))
    assert {it["people"] for it in told["board"]} == {""}
    assert {it["remark"] for it in told["look_fors"]} == {"Too few answers to show. Talk about it instead."}


def test_where_each_sees_only_their_own_the_team_s_file_holds_no_board():
    """It would be one person's answers under the team's name, in a file that is handed on."""
    hall = opened()
    people = seated(hall, "AA", "BB", "CC", "DD")
    for at, person in enumerate(people):
        person.fill("1234"[at] * 11)
    write(people[1], "Call the families.")
    wish(people[1])
    hall.reveal()
    assert hall.board(RIVERBEND).shows == "own"
    assert 'class="board board-own' in text_of(people[0].device.get(f"/r/{hall.id}/board/"))
    told = tables(take(people[0], "zip"))
    assert [it["next_step"] for it in told["next_steps"]] == ["Call the families."]
    assert "board" not in told and "look_fors" not in told
    page = word(take(people[0], "docx"))
    assert "Each of you saw only your own answers" in page and "AA" not in page


def test_somebody_who_is_here_alone_takes_only_their_own():
    hall, _people = talked()
    finn = hall.sit("FI", ALONE).fill()
    name(finn, "I keep a list.", hall.look_fors[1])
    told = word(take(finn, "docx"))
    assert "I keep a list." in told and "My answers" in told
    assert "We meet on Mondays." not in told and "BO" not in told


def test_another_team_and_who_waits_get_no_file_of_this_team():
    hall, (am, _bo, _cc) = talked()
    ivo = hall.sit("IV", NORTH_SHORE)
    assert "We meet on Mondays." in word(take(am, "docx"))
    assert "We meet on Mondays." not in word(take(ivo, "docx"))
    late = hall.sit("LA")
    assert late.seat.is_waiting and take(late, "docx").status_code == 404


# -- the facilitator's harvest ---------------------------------------------------------------------------------


def harvest(hall: Hall, kind: str):
    return hall.lead_device().get(f"/r/{hall.id}/lead/harvest/file.{kind}")


def counted_room() -> Hall:
    """Four teams of three, counted."""
    hall = start(script="workshop", teams=("Oak", "Elm", "Ash", "Fir")).begin()
    hall.go_to("rubric")
    for team, signs in zip(("Oak", "Elm", "Ash", "Fir"), ("123", "234", "123", "144"), strict=True):
        for at, sign in enumerate(signs):
            hall.sit(f"P{at}", team).fill(sign * 11)
        hall.reveal(team)
    count_room(by=hall.leader, room=hall.room, at=NOW)
    return hall


@pytest.mark.parametrize("kind", KINDS)
def test_the_harvest_is_taken_home_in_one_click(kind):
    hall = counted_room()
    assert f"/lead/harvest/file.{kind}" in text_of(hall.lead_device().get(f"/r/{hall.id}/lead/harvest/"))
    response = harvest(hall, kind)
    assert (response.status_code, response["Content-Type"]) == (200, KINDS[kind])
    assert hall.sit("ZZ", "Oak").device.get(f"/r/{hall.id}/lead/harvest/file.{kind}").status_code == 404


def test_the_harvest_tells_shares_and_never_counts_of_people():
    told = tables(harvest(counted_room(), "zip"))
    assert [(it["percent"], it["told"]) for it in told["room"][:6]] == [
        ("25", "25%"),
        ("25", "25%"),
        ("25", "25%"),
        ("25", "25%"),
        ("5", "5% or less"),
        ("5", "5% or less"),
    ]


def test_what_the_harvest_withholds_no_file_holds():
    hall = start(script="workshop").begin()
    hall.go_to("rubric")
    for person in seated(hall, "AM", "BO"):
        person.fill()
    hall.reveal()
    count_room(by=hall.leader, room=hall.room, at=NOW)
    assert tables(harvest(hall, "zip"))["room"] == []
    assert "This can’t be shown" in word(harvest(hall, "docx"))
    rooms.close_room(by=hall.leader, room=hall.room, at=NOW)
    assert harvest(hall, "docx").status_code == 200
