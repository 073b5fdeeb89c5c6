"""Typing in what a team has on paper: who may, where it goes, what it is told as, and what nobody is shown."""

import re
import secrets

import pytest

from hubcraft.apps.reflections.actions import boards, moves
from hubcraft.apps.reflections.actions.typing_in import Typed, type_in
from hubcraft.apps.reflections.models import BallotBox, Finish, Mark, MarkChange, Typing
from hubcraft.apps.reflections.queries.board import board_rows
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.models import Seat
from hubcraft.apps.rooms.queries import hashed, list_seats
from hubcraft.domain.verdict import Refused
from tests.device import Device, says, text_of
from tests.make import NORTH_SHORE, NOW, RIVERBEND, Hall, opened, seated, start

pytestmark = pytest.mark.django_db


def lead_path(hall: Hall, team: str = RIVERBEND) -> str:
    return f"/r/{hall.id}/lead/teams/{hall.team(team)}/paper/"


def own_path(hall: Hall) -> str:
    return f"/r/{hall.id}/team/paper/"


def boxes(hall: Hall, *lines: str) -> dict[str, str]:
    """One line a look-for, its boxes between bars: "KM|BO||TL"."""
    return {
        f"box-{number}-{answer}": words.strip()
        for number, line in enumerate(lines, 1)
        for answer, words in zip(hall.rubric.scale.answers, line.split("|"), strict=False)
    }


def hidden(page) -> dict[str, str]:
    """What the form carries besides what is typed."""
    return dict(re.findall(r'name="(once|replaces)" value="(\w*)"', text_of(page)))


def put(device: Device, path: str, hall: Hall, *lines: str, **more: str):
    """Open the page, type, send."""
    return device.post(path, {**hidden(device.get(path)), **boxes(hall, *lines), **more})


def stands(hall: Hall, number: int, team: str = RIVERBEND) -> list[list[str]]:
    """Who stands in each level's box of an open board, with what the chip adds."""
    board = hall.board(team)
    board.session = hall.session
    [row] = board_rows(hall.session, board, hall.rubric, [number])
    return [
        [f"{it.label}{'*' if it.is_from_paper else ''}{'+' if it.kind == 'late' else ''}" for it in box.chips]
        for box in row.boxes
    ]


def filled(page) -> dict[str, str]:
    """The boxes that hold something, as the page shows them."""
    text = text_of(page)
    found = re.findall(r'name="box-(\d+-[\w-]+)" value="([^"]+)"', text)
    found += re.findall(r'name="box-(\d+-[\w-]+)" rows[^>]*>([^<]+)</textarea>', text)
    return dict(found)


# -- where it goes -----------------------------------------------------------------------------------------


def test_initials_on_paper_become_seats_from_paper_on_the_board():
    hall = opened()
    assert list_seats(hall.id) == []
    assert put(hall.lead_device(), lead_path(hall), hall, "|km, bo|TL", "||KM bo;TL").status_code == 302
    assert [(it.label, it.kind) for it in list_seats(hall.id)] == [
        ("BO", "paper"),
        ("KM", "paper"),
        ("TL", "paper"),
    ]
    hall.reveal()
    assert stands(hall, 1) == [[], ["BO*", "KM*"], ["TL*"], []]
    assert stands(hall, 2) == [[], [], ["BO*", "KM*", "TL*"], []]


def test_a_member_types_for_the_team_and_for_themselves():
    hall = opened()
    [ben] = seated(hall, "BE")
    assert put(ben.device, own_path(hall), hall, "BE KM").status_code == 302
    assert [(it.label, it.kind) for it in list_seats(hall.id)] == [("BE", "own"), ("KM", "paper")]
    hall.reveal()
    assert stands(hall, 1)[0] == ["BE*", "KM*"]
    # Who moves on a device stands there by themselves; before the talk they stood where the paper has them.
    ben.mark(1, "3", phase="after")
    assert stands(hall, 1)[:3] == [["KM*", "BE*"], [], ["BE"]]


def test_asides_are_on_paper_too():
    hall = opened()
    put(hall.lead_device(), lead_path(hall), hall, "KM||||BO|TL")
    assert sorted(Mark.everywhere.values_list("seat__label", "answer")) == [
        ("BO", "not-sure"),
        ("KM", hall.levels[0]),
        ("TL", "does-not-apply"),
    ]
    board = hall.reveal()
    board.session = hall.session
    [row] = board_rows(hall.session, board, hall.rubric, [1])
    assert row.aside == "Not sure: BO (from paper). Doesn't apply to us: TL (from paper)."


def test_aliases_are_typed_with_commas():
    hall = opened(rung="alias")
    response = put(hall.lead_device(), lead_path(hall), hall, "Blue Heron, Oak")
    assert response.status_code == 302
    assert [it.label for it in list_seats(hall.id)] == ["Blue Heron", "Oak"]
    wrong = put(hall.lead_device(), lead_path(hall), hall, "Blue Heron|blue heron")
    assert (wrong.status_code, says(wrong, "Look-for 1: blue heron stands here twice.")) == (422, True)


def test_the_same_initials_on_a_device_are_somebody_else_until_they_are_merged():
    hall = opened()
    [km] = seated(hall, "KM")
    km.mark(2, "1")
    device = hall.lead_device()
    put(device, lead_path(hall), hall, "KM", "|KM")
    assert [it.label for it in list_seats(hall.id)] == ["KM", "KM 2"]
    assert says(device.get(lead_path(hall)), "because others have the same initials: KM 2.")
    paper = Seat.everywhere.get(label="KM 2")
    moves.merge_seats(by=hall.leader, room=hall.room, kept=km.seat, gone=paper, at=NOW)
    assert filled(device.get(lead_path(hall))) == {f"1-{hall.levels[0]}": "KM"}
    # Typed again, it is the merged seat that is meant, and what KM said on the device stays.
    put(device, lead_path(hall), hall, "|KM", "|||KM")
    hall.reveal()
    assert (stands(hall, 1), stands(hall, 2)) == ([[], ["KM*"], [], []], [["KM"], [], [], []])


def test_a_seat_from_paper_is_not_merged_over_one_with_a_device():
    hall = opened()
    [km] = seated(hall, "KM")
    put(hall.lead_device(), lead_path(hall), hall, "KM")
    paper = Seat.everywhere.get(label="KM 2")
    with pytest.raises(Refused, match="not the other way round"):
        moves.merge_seats(by=hall.leader, room=hall.room, kept=paper, gone=km.seat, at=NOW)


def test_whoever_gets_a_phone_later_takes_over_their_seat_from_paper():
    hall = opened()
    device = hall.lead_device()
    put(device, lead_path(hall), hall, "KM BO")
    asked, secret = rooms.ask_for_device(
        by=hall.at_door, room=hall.room, team_id=hall.team(RIVERBEND), label="KM", at=NOW
    )
    rooms.answer_device(by=hall.leader, request=asked, is_granted=True, at=NOW)
    seat = Seat.everywhere.get(label="KM")
    assert seat.secret == hashed(secret)
    from tests.make import Person

    km = Person(hall, seat, secret)
    km.mark(1, "4")
    assert filled(device.get(lead_path(hall))) == {f"1-{hall.levels[0]}": "BO"}
    put(device, lead_path(hall), hall, "|BO")
    assert says(device.get(lead_path(hall)), "With a device of their own now: KM.")
    hall.reveal()
    assert stands(hall, 1) == [[], ["BO*"], [], ["KM"]]


def test_an_empty_secret_opens_no_seat():
    hall = opened()
    put(hall.lead_device(), lead_path(hall), hall, "KM")
    seat = Seat.everywhere.get(label="KM")
    [ben] = seated(hall, "BE")
    assert ben.device.get(own_path(hall)).status_code == 200
    thief = Device().keep(f"seats-{hall.id}", f"{seat.id}:")
    assert thief.get(own_path(hall)).status_code == 404


# -- typing again ------------------------------------------------------------------------------------------


def test_typing_again_shows_what_was_typed_and_replaces_it():
    hall = opened()
    device = hall.lead_device()
    put(device, lead_path(hall), hall, "KM BO", "TL")
    assert filled(device.get(lead_path(hall))) == {
        f"1-{hall.levels[0]}": "BO KM",
        f"2-{hall.levels[0]}": "TL",
    }
    put(device, lead_path(hall), hall, "BO|KM")
    assert filled(device.get(lead_path(hall))) == {f"1-{hall.levels[0]}": "BO", f"1-{hall.levels[1]}": "KM"}
    assert [it.label for it in list_seats(hall.id)] == ["BO", "KM"]
    assert says(device.get(lead_path(hall)), "No longer on the paper: TL.")
    # What was there is kept until it is purged.
    assert Seat.everywhere.get(label="TL").removed_by == "paper"
    assert Mark.everywhere.filter(seat__label="TL").count() == 1
    assert MarkChange.everywhere.count() == 4


def test_pressing_twice_counts_once():
    hall = opened()
    device = hall.lead_device()
    fields = {**hidden(device.get(lead_path(hall))), **boxes(hall, "KM BO")}
    assert [device.post(lead_path(hall), fields).status_code for _press in range(2)] == [302, 302]
    assert (Seat.everywhere.count(), MarkChange.everywhere.count()) == (2, 2)


def test_two_who_type_at_the_same_time_overwrite_nothing_unawares():
    hall = opened()
    [ben] = seated(hall, "BE")
    lead, mine = hall.lead_device(), ben.device
    early = hidden(mine.get(own_path(hall)))
    put(lead, lead_path(hall), hall, "KM")
    refused = mine.post(own_path(hall), {**early, **boxes(hall, "|BO")})
    assert (refused.status_code, says(refused, "Somebody else typed in")) == (409, True)
    assert filled(refused) == {f"1-{hall.levels[1]}": "BO"}
    assert [it.label for it in list_seats(hall.id)] == ["BE", "KM"]
    again = mine.post(own_path(hall), {**hidden(refused), **boxes(hall, "|BO")})
    assert again.status_code == 302
    assert [it.label for it in list_seats(hall.id)] == ["BE", "BO"]


def test_everything_may_be_taken_out_by_who_typed_it():
    hall = opened()
    device = hall.lead_device()
    nothing = put(device, lead_path(hall), hall)
    assert (nothing.status_code, says(nothing, "Nothing is typed in yet.")) == (422, True)
    put(device, lead_path(hall), hall, "KM")
    assert put(device, lead_path(hall), hall).status_code == 302
    assert list_seats(hall.id) == []


# -- what cannot be read -----------------------------------------------------------------------------------


def test_what_can_not_be_read_is_named_by_its_look_for_and_everything_is_kept():
    hall = opened()
    lines = ("KM BO", "K*M|KATHY B", "TL|TL")
    response = put(hall.lead_device(), lead_path(hall), hall, *lines)
    assert response.status_code == 422
    for sentence in (
        "Look-for 2: “K*M” is not initials.",
        "Look-for 2: “KATHY” is more than four letters.",
        "Look-for 3: TL stands here twice. Keep one; if they are two people, type TL2",
    ):
        assert says(response, sentence)
    assert filled(response).keys() == {key.removeprefix("box-") for key in boxes(hall, *lines)}
    assert list_seats(hall.id) == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("two", "Look-for 1: “two” is no number."),
        ("-1", "Look-for 1: “-1” is no number."),
        ("100", "Look-for 1: 100 is more than a team has. Write 99 at most."),
        ("9" * 5000, "is more than a team has"),
    ],
)
def test_a_count_that_is_none_says_so(line, sentence):
    hall = opened(rung="anonymous")
    path = lead_path(hall)
    assert put(hall.lead_device(), path, hall, "2").status_code == 302
    wrong = put(hall.lead_device(), path, hall, line)
    assert (wrong.status_code, says(wrong, sentence)) == (422, True)


def test_a_full_room_takes_nobody_from_paper():
    hall = opened(planned_size=1)
    people = " ".join(f"A{number}" for number in range(12))
    assert put(hall.lead_device(), lead_path(hall), hall, "KM").status_code == 302
    full = put(hall.lead_device(), lead_path(hall), hall, people)
    assert (full.status_code, says(full, "This room is full.")) == (409, True)
    assert [it.label for it in list_seats(hall.id)] == ["KM"]


# -- who may, and when -------------------------------------------------------------------------------------


def test_only_the_team_and_the_facilitator_type():
    hall = opened()
    [ben], [ivo] = seated(hall, "BE"), seated(hall, "IV", team=NORTH_SHORE)
    typed = Typed(names={"KM": {hall.look_fors[0]: hall.levels[0]}})
    fields = {"typed": typed, "replaces": "", "at": NOW}
    type_in(by=ben.viewer, team_id=hall.team(RIVERBEND), once="a" * 32, **fields)
    with pytest.raises(Refused, match="Only this team or the facilitator"):
        type_in(by=ivo.viewer, team_id=hall.team(RIVERBEND), once="b" * 32, **fields)
    assert ben.device.get(own_path(hall)).status_code == 200
    assert Device().get(own_path(hall)).status_code == 404
    assert ivo.device.get(lead_path(hall)).status_code == 404


def test_nothing_is_typed_in_before_it_begins():
    hall = start()
    device = hall.lead_device()
    assert says(device.get(lead_path(hall)), "It has not begun yet.")
    early = device.post(lead_path(hall), boxes(hall, "KM"))
    assert (early.status_code, filled(early)) == (409, {f"1-{hall.levels[0]}": "KM"})
    hall.begin()
    assert put(device, lead_path(hall), hall, "KM").status_code == 302


def test_a_closed_room_says_so_and_keeps_what_was_typed_on_the_page():
    hall = opened()
    device = hall.lead_device()
    fields = {**hidden(device.get(lead_path(hall))), **boxes(hall, "KM")}
    hall.close()
    refused = device.post(lead_path(hall), fields)
    assert (refused.status_code, says(refused, "The room is closed, so nothing can be typed in.")) == (
        409,
        True,
    )
    assert filled(refused) == {f"1-{hall.levels[0]}": "KM"}
    hall.begin()
    assert device.post(lead_path(hall), fields).status_code == 302


def test_after_the_reveal_new_people_are_late_and_changes_are_moves():
    hall = opened()
    device = hall.lead_device()
    put(device, lead_path(hall), hall, "KM BO")
    hall.reveal()
    assert says(device.get(lead_path(hall)), "The board is open already")
    put(device, lead_path(hall), hall, "BO|KM|TL")
    assert stands(hall, 1) == [["BO*", "KM*"], ["KM*"], ["TL*+"], []]
    assert Mark.everywhere.get(seat__label="KM").first_answer == hall.levels[0]
    assert Seat.everywhere.get(label="TL").is_late


def test_who_waits_to_be_let_in_types_nothing():
    hall = opened()
    [ben] = seated(hall, "BE")
    hall.reveal()
    late = hall.sit("LE")
    assert ben.device.get(own_path(hall)).status_code == 200
    assert late.device.get(own_path(hall))["Location"].endswith("/lobby/")
    assert late.device.post(own_path(hall), boxes(hall, "KM")).status_code == 302
    assert Typing.everywhere.count() == 0


def test_there_is_no_paper_of_somebody_who_is_alone():
    hall = opened()
    finn = hall.sit("FI", "alone")
    assert hall.lead_device().get(lead_path(hall)).status_code == 200
    alone = f"/r/{hall.id}/lead/teams/{finn.seat.team_id}/paper/"
    assert hall.lead_device().get(alone).status_code == 404
    assert finn.device.get(own_path(hall)).status_code == 302


# -- what nobody is shown ----------------------------------------------------------------------------------


def test_nobody_who_types_sees_what_phones_have_marked():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    cleo.fill("4" * 11)
    for device, path in ((hall.lead_device(), lead_path(hall)), (ben.device, own_path(hall))):
        assert filled(device.get(path)) == {}
    put(hall.lead_device(), lead_path(hall), hall, "KM")
    assert list(filled(hall.lead_device().get(lead_path(hall))).values()) == ["KM"]


def test_only_who_typed_sees_it_again_until_the_board_shows_it():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    put(ben.device, own_path(hall), hall, "KM")
    assert list(filled(ben.device.get(own_path(hall))).values()) == ["KM"]
    for device, path in ((hall.lead_device(), lead_path(hall)), (cleo.device, own_path(hall))):
        page = device.get(path)
        assert (filled(page), says(page, "You don’t see what was typed in.")) == ({}, True)
        # So nobody takes it away by sending an empty page.
        assert put(device, path, hall).status_code == 422
    hall.reveal()
    assert list(filled(cleo.device.get(own_path(hall))).values()) == ["KM"]
    assert filled(hall.lead_device().get(lead_path(hall))) == {}


# -- the anonymous rung ------------------------------------------------------------------------------------


def anonymous(*lines: str, people: int = 0, sign: str = "4") -> Hall:
    """A room without names: so many people on phones, and these lines on paper."""
    hall = opened(rung="anonymous")
    for person in seated(hall, *(f"A{number}" for number in range(people))):
        person.mark(1, sign)
    if lines:
        assert put(hall.lead_device(), lead_path(hall), hall, *lines).status_code == 302
    return hall


def test_counts_go_into_the_boxes_and_name_nobody():
    hall = anonymous("2|3||1", "|6")
    assert (Seat.everywhere.count(), Mark.everywhere.count(), Finish.everywhere.count()) == (0, 0, 0)
    box = BallotBox.everywhere.get(look_for=hall.look_fors[0])
    assert box.paper == dict(sorted({hall.levels[0]: 2, hall.levels[1]: 3, hall.levels[3]: 1}.items()))
    assert (box.slips, Typing.everywhere.get().people) == ({}, 6)
    assert filled(hall.lead_device().get(lead_path(hall)))[f"1-{hall.levels[1]}"] == "3"
    hall.reveal()
    assert [len(it) for it in stands(hall, 1)] == [2, 3, 0, 1]


def test_a_board_that_is_all_on_paper_can_be_opened_by_the_facilitator():
    hall = anonymous("2|3||1")
    page = hall.lead_device().get(f"/r/{hall.id}/lead/teams/{hall.team(RIVERBEND)}/")
    assert says(page, "6 people from paper")
    assert says(hall.lead_device().get(f"/r/{hall.id}/lead/"), "Open with those we have")


@pytest.mark.parametrize(
    ("people", "sign", "line", "shown", "origin"),
    [
        (0, "4", "3|3", [3, 3, 0, 0], "All of it from paper."),
        (1, "4", "3|3", [3, 3, 0, 0], "Only what was on paper"),
        (6, "4", "3|3", [3, 3, 0, 0], "Only what was on paper"),
        (7, "4", "1|1", [0, 0, 0, 0], "Without what was on paper"),
        (1, "4", "2|2", [], ""),
    ],
)
def test_paper_does_not_tell_by_subtraction_what_few_phones_said(people, sign, line, shown, origin):
    hall = anonymous(line, people=people, sign=sign)
    board = hall.reveal()
    board.session = hall.session
    [row] = board_rows(hall.session, board, hall.rubric, [1])
    assert ([] if row.withheld else [len(it) for it in stands(hall, 1)]) == shown
    assert row.aside.startswith(origin) and bool(row.aside) == bool(origin)


def test_enough_phones_are_told_together_with_paper():
    hall = anonymous("3|3")
    for person, sign in zip(seated(hall, "BE", "CL", "DA", "EL", "HA"), "44233", strict=True):
        person.mark(1, sign)
    board = hall.reveal()
    board.session = hall.session
    [row] = board_rows(hall.session, board, hall.rubric, [1])
    assert [len(it) for it in stands(hall, 1)] == [3, 4, 2, 2]
    assert row.aside == "Some of it from paper."


def test_counts_that_come_after_the_reveal_are_kept_and_change_no_board():
    hall = anonymous("3|3")
    hall.reveal()
    before = stands(hall, 1)
    device = hall.lead_device()
    assert says(device.get(lead_path(hall)), "kept as late, and not shown")
    assert put(device, lead_path(hall), hall, "|||9").status_code == 302
    assert stands(hall, 1) == before
    box = BallotBox.everywhere.get(look_for=hall.look_fors[0])
    assert (box.late_paper, sum(box.paper.values())) == ({hall.levels[3]: 9}, 6)


def test_dots_hide_those_on_phones_among_each_other_only():
    hall = opened()
    people = seated(hall, "BE", "CL")
    put(hall.lead_device(), lead_path(hall), hall, "KM BO TL JR")
    boards.wish(by=people[0].viewer, seat_id=people[0].seat_id, at=NOW)
    # Six people, but whoever saw the paper can take four of the dots away.
    assert hall.reveal().shows == "own"


# -- teams that change -------------------------------------------------------------------------------------


def test_who_is_only_on_paper_is_typed_in_where_they_belong():
    hall = opened()
    [ben] = seated(hall, "BE")
    put(hall.lead_device(), lead_path(hall), hall, "KM")
    moves.change_team(
        by=hall.leader, room=hall.room, seat=ben.seat, placement=hall.placement(NORTH_SHORE), at=NOW
    )
    with pytest.raises(Refused, match="was typed in from paper"):
        moves.change_team(
            by=hall.leader,
            room=hall.room,
            seat=Seat.everywhere.get(label="KM"),
            placement=hall.placement(NORTH_SHORE),
            at=NOW,
        )


@pytest.mark.parametrize("rung", ["initials", "anonymous"])
def test_paper_goes_along_when_teams_are_merged(rung):
    hall = opened(rung=rung)
    line = "KM BO" if rung == "initials" else "2|4"
    put(hall.lead_device(), lead_path(hall), hall, line)
    merge = {"by": hall.leader, "room": hall.room, "at": NOW}
    moves.merge_teams(kept=hall.room_team(NORTH_SHORE), gone=hall.room_team(RIVERBEND), **merge)
    shown = filled(hall.lead_device().get(lead_path(hall, NORTH_SHORE)))
    assert shown[f"1-{hall.levels[0]}"] == ("BO KM" if rung == "initials" else "2")


def test_two_papers_are_not_mixed_up():
    hall = opened()
    for team in (RIVERBEND, NORTH_SHORE):
        put(hall.lead_device(), lead_path(hall, team), hall, "KM")
    with pytest.raises(Refused, match="Both were typed in from paper"):
        moves.merge_teams(
            by=hall.leader,
            room=hall.room,
            kept=hall.room_team(NORTH_SHORE),
            gone=hall.room_team(RIVERBEND),
            at=NOW,
        )


# -- where it is told --------------------------------------------------------------------------------------


def test_what_is_from_paper_says_so_wherever_it_is_shown():
    hall = opened()
    ben, _cleo = seated(hall, "BE", "CL")
    team_page = f"/r/{hall.id}/lead/teams/{hall.team(RIVERBEND)}/"
    assert not says(ben.device.get(f"/r/{hall.id}/team/"), "from paper</span>")
    put(hall.lead_device(), lead_path(hall), hall, *["||KM"] * 11)
    assert says(ben.device.get(f"/r/{hall.id}/team/"), "1 person from paper")
    assert "· from paper" in text_of(hall.lead_device().get(team_page))
    assert says(hall.lead_device().get(f"/r/{hall.id}/lead/"), "1 person from paper")
    hall.reveal()
    board = ben.device.get(f"/r/{hall.id}/board/")
    assert text_of(board).count('class="chip-paper"') == 11
    assert says(board, "1 person from paper")
    assert says(ben.device.get(f"/r/{hall.id}/team-page/"), "1 person from paper")


def test_a_form_without_its_numbers_is_still_typed_in():
    hall = opened()
    assert hall.lead_device().post(lead_path(hall), boxes(hall, "KM")).status_code == 302
    assert len(Typing.everywhere.get().once) == len(secrets.token_hex(16))
