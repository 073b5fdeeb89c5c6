"""Anonymous answers: nothing that is kept leads from an answer back to a person."""

import json
import random
from datetime import datetime

import pytest
from django.db import connection

from hubcraft.apps.reflections.actions.marks import Operation, place_marks
from hubcraft.apps.reflections.models import BallotBox, BallotRegister, Mark, MarkChange
from hubcraft.apps.reflections.queries.board import board_rows
from hubcraft.apps.reflections.queries.rating import own_answers
from hubcraft.domain.rating import NOT_SURE
from tests.device import Device, says
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, Person, opened, seated

pytestmark = pytest.mark.django_db
STEPS, AT_LEAST = "How many have finished is told in steps", "At least 3 of 6 have finished"
FIVE = ("BE", "CL", "DA", "EL", "HA")


def ballots(*initials: str, **more) -> tuple[Hall, list[Person]]:
    hall = opened(rung="anonymous", **more)
    return hall, seated(hall, *(initials or FIVE))


def raw_rows() -> list[tuple[str, dict]]:
    """Every row of every table, as the database holds it."""
    rows = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            rows += [(table, dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    return rows


def held_by(row: dict) -> str:
    return json.dumps(row, default=str)


def row_of(hall: Hall, number: int = 1):
    session, board = hall.session, hall.board(RIVERBEND)
    board.session = session
    return board_rows(session, board, hall.rubric, [number])[0]


def test_no_row_holds_both_a_seat_and_an_answer():
    hall, people = ballots()
    before = len(raw_rows())
    for person, sign in zip(people, "1234?", strict=True):
        person.fill(sign * 11)
    seats = {it for person in people for it in (person.seat_id, person.key)}
    answers = {*hall.levels, NOT_SURE}
    rows = [(table, held_by(row)) for table, row in raw_rows()]
    assert len(rows) > before
    packs = "frameworks_installedpack"  # the rubric itself names every level
    with_answers = {table for table, row in rows if table != packs and any(f'"{it}' in row for it in answers)}
    assert with_answers == {"reflections_ballotbox"}
    linked = [table for table, row in rows if table in with_answers and any(it in row for it in seats)]
    assert linked == []


def test_no_row_beside_a_slip_has_a_time_finer_than_the_day():
    _hall, people = ballots()
    before = raw_rows()
    people[0].fill("4..........")
    fresh = [(table, row) for table, row in raw_rows() if (table, row) not in before]
    assert {table for table, _row in fresh} == {
        "reflections_ballotbox",
        "reflections_ballotregister",
        "reflections_finish",
    }
    assert [
        value for _table, row in fresh for value in row.values() if isinstance(value, datetime | float)
    ] == []


def test_the_same_slips_are_the_same_bytes_in_whatever_order_they_came():
    _hall, people = ballots()
    operations = [person.operation(1, sign) for person, sign in zip(people, "12344", strict=True)]
    # The last of each person's answers counts; what they tried before leaves its operation, in no order.
    second_thoughts = [person.operation(1, "?") for person in people]
    written = set()
    for seed in range(6):
        BallotBox.everywhere.all().delete()
        BallotRegister.everywhere.all().delete()
        order = list(range(len(people)))
        random.Random(seed).shuffle(order)
        for at in order:
            people[at].do(second_thoughts[at])
        random.Random(seed + 99).shuffle(order)
        for at in order:
            people[at].do(operations[at])
        with connection.cursor() as cursor:
            cursor.execute("SELECT slips, late_slips FROM reflections_ballotbox")
            [box] = cursor.fetchall()
            cursor.execute("SELECT seats FROM reflections_ballotregister")
            [register] = cursor.fetchall()
        written.add(held_by({"box": box, "register": register}))
    assert len(written) == 1
    assert list(BallotBox.everywhere.get().slips) == sorted(BallotBox.everywhere.get().slips)


def test_the_secret_of_the_phone_is_nowhere():
    _hall, people = ballots()
    for person in people:
        person.fill()
    everything = " ".join(held_by(row) for _table, row in raw_rows())
    assert people[0].seat_id in everything
    assert [it for it in people if it.ballot in everything or it.secret in everything] == []


def test_the_signed_tables_stay_empty():
    _hall, people = ballots()
    people[0].fill()
    assert BallotBox.everywhere.count() == 11
    assert (Mark.everywhere.count(), MarkChange.everywhere.count()) == (0, 0)


def test_a_phone_finds_its_own_slips_again_and_another_does_not():
    hall, people = ballots()
    people[0].mark(1, "4")
    assert own_answers(people[0].place) == {hall.look_fors[0]: hall.levels[3]}
    people[0].ballot = "another phone"
    assert own_answers(people[0].place) == {}


def test_a_second_device_says_why_it_does_not_show_what_was_answered_on_the_first():
    """One seat, two devices: the second has the seat's key, and never the secret of the first."""
    why = "What you answered on another device is kept and can’t be shown here"
    for rung, team, is_said in (
        ("anonymous", RIVERBEND, True),
        ("anonymous", ALONE, True),
        ("initials", RIVERBEND, False),
    ):
        hall = opened(rung=rung)
        ben = hall.sit("BE", team)
        second = (
            Device()
            .keep(f"seats-{hall.id}", f"{ben.seat_id}:{ben.secret}")
            .keep(f"ballot-{hall.id}", "other")
        )
        pages = [f"/r/{hall.id}/look-fors/", f"/r/{hall.id}/look-fors/2/"]
        pages += [f"/r/{hall.id}/board/"] if team == ALONE else []
        assert not any(says(second.get(it), why) for it in pages)
        ben.fill("33")
        for page in pages:
            assert says(second.get(page), why) == is_said, (rung, page)
            assert not says(ben.device.get(page), why)


def test_a_second_device_can_not_stuff_the_box():
    hall, people = ballots()
    assert len(people[0].mark(1, "4").taken) == 1
    people[0].ballot = "another phone"
    receipt = people[0].mark(1, "1")
    assert (receipt.taken, len(receipt.refused)) == ([], 1)
    assert [slip[0] for slip in BallotBox.everywhere.get().slips.values()] == [hall.levels[3]]


def test_without_the_secret_nothing_is_taken():
    hall, people = ballots()
    people[0].ballot = ""
    response = (
        people[0]
        .device.keep(f"ballot-{hall.id}", "")
        .send(
            f"/r/{hall.id}/marks/",
            {"seat": people[0].key, "operations": [vars(people[0].operation(1, "4"))]},
        )
    )
    assert response.status_code == 403
    assert BallotBox.everywhere.count() == 0


def test_an_operation_that_comes_twice_counts_once():
    _hall, people = ballots()
    first, second = people[0].operation(1, "4"), people[0].operation(1, "2")
    assert people[0].do(first, second).taken == [first.id, second.id]
    assert people[0].do(first).taken == [first.id]
    [slip] = BallotBox.everywhere.get().slips.values()
    assert slip == [second.answer, *sorted([first.id, second.id])]


@pytest.mark.parametrize("size", [4, 5, 6, 7, 8])
def test_the_room_moves_only_when_a_told_number_does(size):
    """Told in threes, and when all have finished; in between nothing at all can be noticed."""
    hall, people = ballots(*(f"P{at}" for at in range(size)))
    for person in people:
        before = hall.room.sequence
        person.fill("3333333333.")
        assert hall.room.sequence == before, "not finished"
    moved = []
    for count, person in enumerate(people, 1):
        before = hall.room.sequence
        person.mark(11, "2")
        if hall.room.sequence != before:
            moved.append(count)
    assert moved == [count for count in range(1, size + 1) if count % 3 == 0 or count == size]


def test_a_count_in_steps_says_no_more_than_is_true():
    hall, people = ballots(*(f"P{at}" for at in range(6)))
    told = []
    for person in people[:5]:
        person.fill()
        page = person.device.get(f"/r/{hall.id}/team/")
        told.append([it for it in (STEPS, AT_LEAST) if says(page, it)])
    assert told == [[STEPS], [STEPS], [AT_LEAST], [AT_LEAST], [AT_LEAST]]
    screen = hall.projector_device().get(f"/r/{hall.id}/projector/")
    lead = hall.lead_device().get(f"/r/{hall.id}/lead/")
    assert says(screen, AT_LEAST) and says(lead, AT_LEAST) and says(lead, "at least 3 of 6 finished")
    people[5].fill()
    assert says(people[0].device.get(f"/r/{hall.id}/team/"), "6 of 6 have finished")


def test_an_anonymous_board_of_few_says_once_that_nothing_is_shown():
    few, many = ballots("AA", "BB", "CC"), ballots(*FIVE)
    for (hall, people), is_bare in ((few, True), (many, False)):
        for person in people:
            person.fill("33333332341")
        hall.reveal()
        page = people[0].device.get(f"/r/{hall.id}/board/")
        assert says(page, "board-bare") == is_bare
        assert says(page, "Fewer than five answers to a look-for are too few") == is_bare


def test_where_answers_have_no_name_nobody_sees_initials_in_a_box():
    named, nameless = opened(), opened(rung="anonymous")
    for hall, sign in ((named, "BE"), (nameless, "✓")):
        [ben] = seated(hall, "BE")
        page = ben.fill().device.get(f"/r/{hall.id}/look-fors/1/")
        assert says(page, f'<span class="level-mine" aria-hidden="true">{sign}</span>')
        joining = hall.door_device().get(f"/r/{hall.id}/join/")
        assert says(joining, "Your answers are kept without them.") == (hall is nameless)


def test_what_a_finished_person_changes_is_not_noticed():
    hall, people = ballots()
    for person in people:
        person.fill()
    before = hall.room.sequence, hall.room.active_at
    people[2].mark(1, "1")
    assert (hall.room.sequence, hall.room.active_at) == before


def test_nobody_is_told_to_have_finished():
    hall, people = ballots()
    people[0].fill()
    page = people[1].device.get(f"/r/{hall.id}/team/").content.decode()
    lead = hall.lead_device().get(f"/r/{hall.id}/lead/teams/{hall.team(RIVERBEND)}/").content.decode()
    assert page.count("roster-entry") == len(people)
    assert ("roster-done" in page, "finished</span>" in lead) == (False, False)


def test_after_the_reveal_nothing_moves():
    hall, people = ballots()
    for person in people:
        person.fill()
    hall.reveal()
    before = held_by(BallotBox.everywhere.values().first())
    receipt = people[0].mark(1, "1", phase="after")
    assert (receipt.taken, receipt.late) == ([], [])
    assert [sentence.split(".")[0] for _id, sentence in receipt.refused] == ["The board is open"]
    assert held_by(BallotBox.everywhere.values().first()) == before


def test_a_late_slip_is_kept_and_never_shown():
    hall, people = ballots("BE", "CL", "DA", "EL", "HA", "IV")
    for person, sign in zip(people[:5], "11233", strict=True):
        person.mark(1, sign)
    hall.reveal()
    shown = row_of(hall)
    assert [len(box.chips) for box in shown.boxes] == [2, 1, 2, 0]
    assert len(people[5].mark(1, "4", phase="after").late) == 1
    assert row_of(hall) == shown
    assert own_answers(people[5].place) == {hall.look_fors[0]: hall.levels[3]}


def test_fewer_than_five_are_withheld_and_five_are_not():
    hall, people = ballots()
    for person, sign in zip(people[:4], "1233", strict=True):
        person.mark(1, sign)
    hall.reveal()
    assert row_of(hall).withheld.startswith("Too few answers")
    assert sum(len(box.chips) for box in row_of(hall).boxes) == 0
    hall, people = ballots()
    for person, sign in zip(people, "12334", strict=True):
        person.mark(1, sign)
    hall.reveal()
    assert row_of(hall).withheld == ""
    assert [[chip.label for chip in box.chips] for box in row_of(hall).boxes] == [[""], [""], ["", ""], [""]]


def test_all_and_all_but_one_read_the_same():
    rows = []
    for signs in ("33333", "33331"):
        hall, people = ballots()
        for person, sign in zip(people, signs, strict=True):
            person.mark(1, sign)
        hall.reveal()
        rows.append(row_of(hall))
    assert rows[0] == rows[1]
    assert rows[0].headline == "Nearly everyone on one answer"
    assert sum(len(box.chips) for box in rows[0].boxes) == 0


def test_slips_of_a_closed_room_wait_and_are_counted_when_the_board_opens():
    hall, people = ballots()
    for person, sign in zip(people[:4], "1233", strict=True):
        person.mark(1, sign)
    hall.close()
    kept = people[4].operation(1, "4")
    assert people[4].do(kept).late == [kept.id]
    assert people[0].mark(1, "2").refused == [], "a change in a closed room is kept too"
    hall.begin()
    assert people[4].do(kept).late == [kept.id], "sent again it is still the same one"
    hall.reveal()
    assert [len(box.chips) for box in row_of(hall).boxes] == [0, 2, 2, 1]


def test_who_answered_in_a_closed_room_may_change_it_once_it_is_open_again():
    hall, people = ballots()
    hall.close()
    people[0].mark(1, "4")
    hall.begin()
    changed = people[0].operation(1, "2")
    assert people[0].do(changed).taken == [changed.id]
    box = BallotBox.everywhere.get()
    assert ([slip[0] for slip in box.slips.values()], box.late_slips) == ([hall.levels[1]], {})


def test_teams_that_were_one_pour_their_boxes_together():
    from hubcraft.apps.reflections.actions.moves import merge_teams

    hall, people = ballots()
    others = seated(hall, "IV", "JO", team=NORTH_SHORE)
    for person, sign in zip([*people, *others], "1123344", strict=True):
        person.mark(1, sign)
    kept, gone = hall.room_team(RIVERBEND), hall.room_team(NORTH_SHORE)
    merge_teams(by=hall.leader, room=hall.room, kept=kept, gone=gone, at=NOW)
    assert own_answers(others[0].place) == {hall.look_fors[0]: hall.levels[3]}
    hall.reveal()
    assert [len(box.chips) for box in row_of(hall).boxes] == [2, 1, 2, 2]


def test_an_anonymous_board_can_not_be_open_from_the_start():
    from hubcraft.domain.verdict import Refused

    assert opened(rung="initials", is_open_board=True).session.is_open_board
    with pytest.raises(Refused, match="it can't be anonymous"):
        opened(rung="anonymous", is_open_board=True)


def test_nobody_can_answer_from_somebody_elses_seat():
    from hubcraft.domain.verdict import NotThere

    hall, people = ballots()
    operation = Operation("0" * 32, hall.look_fors[0], hall.levels[0], "before")
    with pytest.raises(NotThere):
        place_marks(by=people[0].viewer, seat_id=people[1].seat_id, operations=[operation], at=NOW)
    assert BallotBox.everywhere.count() == 0
    taken = place_marks(by=people[1].viewer, seat_id=people[1].seat_id, operations=[operation], at=NOW)
    assert taken.taken == [operation.id]
