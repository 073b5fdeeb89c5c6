"""A rubric for each team: chosen before it begins, followed by everything that team does, counted apart."""

import json
from datetime import timedelta

import pytest

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.facilitation.actions import again, rehearsals
from hubcraft.apps.facilitation.actions.harvest import count_room
from hubcraft.apps.facilitation.models import RoomCount
from hubcraft.apps.facilitation.queries.heard import list_look_fors
from hubcraft.apps.facilitation.queries.lead import lead_parts
from hubcraft.apps.facilitation.queries.projector import projector_page
from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.playbook import actions as playbook
from hubcraft.apps.reflections.actions.marks import Operation
from hubcraft.apps.reflections.actions.moves import change_team, merge_teams
from hubcraft.apps.reflections.actions.sessions import choose_domain
from hubcraft.apps.reflections.actions.typing_in import Typed, type_in
from hubcraft.apps.reflections.models import Finish, Mark, Reflection
from hubcraft.apps.reflections.queries.domains import domain_of_room, domains_in
from hubcraft.apps.reflections.queries.rating import own_answers
from hubcraft.domain.verdict import NotThere, Refused
from tests.device import says, text_of
from tests.house.tree import CHECKOUT
from tests.make import (
    ALONE,
    FIRST_DOMAIN,
    NORTH_SHORE,
    NOW,
    RIVERBEND,
    SECOND_DOMAIN,
    SECOND_LOOK_FORS,
    Hall,
    Person,
    rehearse,
    seated,
    start,
)

pytestmark = pytest.mark.django_db

FIRST_NAME = "Developing and Sustaining the Hub Organization"
SECOND_NAME = "Developing and Managing the Network as an Organization"
FIRST_LOOK_FOR = "Identify members for the hub team"


# What `shows` says of a page of the team with the second rubric, and of one with the first.
OURS, THEIRS = [False, True, True, True], [True, False, False, False]


def choose(hall: Hall, team: str = RIVERBEND, domain: str = SECOND_DOMAIN, by=None) -> Hall:
    choose_domain(by=by or hall.leader, room=hall.room, team_id=hall.team(team), domain=domain, at=NOW)
    return hall


def mixed(**more) -> Hall:
    """A room in its lobby, in which Riverbend reflects on the second domain and North Shore on the session's."""
    return choose(start(has_two_rubrics=True, **more))


def beside_names(hall: Hall) -> list[str]:
    return [it.domain.name for it in lead_parts(hall.room, NOW).teams]


def shows(page) -> list[bool]:
    """Which of these are on the page: of both rubrics, in their order."""
    return [says(page, it) for it in (FIRST_LOOK_FOR, *SECOND_LOOK_FORS)]


def answer(person: Person, signs: str) -> Person:
    """A line of answers on the rubric of this person's own team."""
    look_fors = [it.key for it in person.place.rubric.look_fors]
    given = zip(look_fors, signs, strict=True)
    person.do(
        *(
            Operation(person.operation(1, sign).id, key, person.hall.answer(sign), "before")
            for key, sign in given
        )
    )
    return person


def move(hall: Hall, person: Person, team: str, by=None) -> None:
    there = hall.placement(team)
    change_team(by=by or person.viewer, room=hall.room, seat=person.seat, placement=there, at=NOW)


def merge(hall: Hall, kept: str, gone: str) -> None:
    merge_teams(by=hall.leader, room=hall.room, kept=hall.room_team(kept), gone=hall.room_team(gone), at=NOW)


# -- choosing it -------------------------------------------------------------------------------------------


def test_the_facilitator_chooses_it_on_the_teams_page_and_sees_it_beside_its_name():
    hall = start(has_two_rubrics=True)
    device, page = hall.lead_device(), f"/r/{hall.id}/lead/teams/{hall.team(RIVERBEND)}/"
    assert beside_names(hall) == [FIRST_NAME, FIRST_NAME]
    # As long as all have the same, nothing is said of it beside their names.
    assert not says(device.get(f"/r/{hall.id}/lead/"), FIRST_NAME)
    assert device.post(f"{page}domain/", {"domain": SECOND_DOMAIN})["Location"] == page
    assert (hall.board(RIVERBEND).domain_key, hall.board(NORTH_SHORE).domain_key) == (
        SECOND_DOMAIN,
        hall.session.domain,
    )
    assert beside_names(hall) == [SECOND_NAME, FIRST_NAME]
    for address in (f"/r/{hall.id}/lead/", page):
        assert says(device.get(address), SECOND_NAME)
    assert TrailEntry.objects.filter(did="chose a team's rubric").count() == 1


def test_the_sessions_own_is_kept_as_none_of_the_teams():
    hall = mixed()
    assert hall.board(RIVERBEND).domain == SECOND_DOMAIN
    choose(hall, domain=hall.session.domain)
    assert (hall.board(RIVERBEND).domain, domain_of_room(hall.session)) == ("", hall.session.domain)


def test_only_a_rubric_of_the_pack_can_be_chosen():
    hall = start(has_two_rubrics=True)
    device, page = hall.lead_device(), f"/r/{hall.id}/lead/teams/{hall.team(RIVERBEND)}/"
    good = device.post(f"{page}domain/", {"domain": SECOND_DOMAIN})
    bad = device.post(f"{page}domain/", {"domain": "hub-leadership/ad-hoc-problem-solving"})
    assert (good.status_code, bad.status_code, hall.board(RIVERBEND).domain) == (302, 422, SECOND_DOMAIN)
    assert says(bad, "Choose a rubric from the list.")
    with pytest.raises(NotThere):
        choose(hall, domain="hub-leadership/ad-hoc-problem-solving")


def install_one_rubric() -> None:
    """The last shipped version in which only the first domain could be rated, as the newest there is."""
    path = CHECKOUT / "tests" / "content" / "known" / "hub-leadership-1.2.0.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    InstalledPack.objects.create(
        pack=stored["id"],
        version=stored["version"],
        digest=stored["digest"],
        content=stored,
        installed_at=NOW + timedelta(minutes=1),
    )


def test_a_pack_with_one_rubric_says_nothing_of_it():
    install_one_rubric()
    hall = start()
    device = hall.lead_device()
    team = device.get(f"/r/{hall.id}/lead/teams/{hall.team(RIVERBEND)}/")
    assert not says(team, "What it reflects on")
    assert not says(device.get(f"/r/{hall.id}/lead/"), FIRST_NAME)
    assert domains_in(hall.session) == (hall.session.domain,)


def test_once_it_has_begun_every_team_keeps_its_rubric():
    hall = mixed()
    choose(hall, NORTH_SHORE)
    hall.begin()
    with pytest.raises(Refused, match="It has begun, so every team keeps the rubric it has"):
        choose(hall, NORTH_SHORE, hall.session.domain)
    device, page = hall.lead_device(), f"/r/{hall.id}/lead/teams/{hall.team(NORTH_SHORE)}/"
    assert device.post(f"{page}domain/", {"domain": hall.session.domain}).status_code == 409
    assert not says(device.get(page), "What it reflects on")
    assert hall.board(NORTH_SHORE).domain == SECOND_DOMAIN


def test_only_the_facilitator_chooses():
    hall = start(has_two_rubrics=True)
    [ben] = seated(hall, "BE")
    with pytest.raises(Refused, match="Only the facilitator"):
        choose(hall, by=ben.viewer)
    choose(hall)
    address = f"/r/{hall.id}/lead/teams/{hall.team(RIVERBEND)}/domain/"
    assert ben.device.post(address, {"domain": hall.session.domain}).status_code == 404
    assert hall.board(RIVERBEND).domain == SECOND_DOMAIN


def test_who_is_here_alone_reflects_on_what_the_session_does():
    hall = mixed()
    finn = hall.sit("FI", ALONE)
    assert finn.place.reflection.domain_key == hall.session.domain
    with pytest.raises(NotThere):
        choose_domain(by=hall.leader, room=hall.room, team_id=finn.seat.team_id, domain=SECOND_DOMAIN, at=NOW)


# -- what follows from it ----------------------------------------------------------------------------------


def test_everybody_reads_in_the_lobby_what_they_will_reflect_on():
    hall = mixed()
    [ben], [ivo] = seated(hall, "BE"), seated(hall, "IV", team=NORTH_SHORE)
    theirs, ours = ivo.device.get(f"/r/{hall.id}/lobby/"), ben.device.get(f"/r/{hall.id}/lobby/")
    assert says(theirs, "Domain 1: Developing and Managing the Hub Organization")
    assert says(ours, ben.place.rubric.title)
    assert says(ours, "The network learns as one.")
    assert not says(ours, "Domain 1: Developing")


def test_each_team_places_and_sees_marks_on_its_own_rubric():
    hall = mixed().begin()
    ben, cleo = seated(hall, "BE", "CL")
    [ivo] = seated(hall, "IV", team=NORTH_SHORE)
    answer(ben, "234"), answer(cleo, "244"), ivo.fill()
    assert shows(ben.device.get(f"/r/{hall.id}/look-fors/")) == OURS
    assert ben.mark(1, "3").refused[0][1] == "This look-for is not on this rubric. Reload the page."
    assert [it.place.finish.is_finished for it in (ben, cleo, ivo)] == [True, True, True]
    hall.reveal(RIVERBEND), hall.reveal(NORTH_SHORE)
    ours, theirs = ben.device.get(f"/r/{hall.id}/board/"), ivo.device.get(f"/r/{hall.id}/board/")
    assert (shows(ours), shows(theirs)) == (OURS, THEIRS)
    assert says(ours, "What does your network learn from?")


def test_a_team_without_names_is_counted_on_its_own_rubric():
    hall = mixed(rung="anonymous").begin()
    for at, person in enumerate(seated(hall, "A", "B", "C", "D", "E", "F")):
        answer(person, f"{at % 4 + 1}33")
    assert set(hall.reveal(RIVERBEND).tallies) == {f"{SECOND_DOMAIN}/together/{at}" for at in range(3)}


def test_paper_is_typed_in_on_the_teams_own_rubric():
    hall = mixed().begin()
    page = hall.lead_device().get(f"/r/{hall.id}/lead/teams/{hall.team(RIVERBEND)}/paper/")
    assert shows(page) == OURS
    typed = Typed(names={"KM": {f"{SECOND_DOMAIN}/together/0": hall.levels[2]}})
    type_in(by=hall.leader, team_id=hall.team(RIVERBEND), typed=typed, replaces="", once="1" * 32, at=NOW)
    assert Mark.everywhere.get(reflection=hall.board(RIVERBEND)).look_for == f"{SECOND_DOMAIN}/together/0"


def test_the_prompts_of_a_step_are_those_of_ones_own_rubric():
    hall = mixed(script="workshop").begin()
    [ben], [ivo] = seated(hall, "BE"), seated(hall, "IV", team=NORTH_SHORE)
    at = next(it for it, step in enumerate(hall.run.steps) if step["key"] == "share-reflection")
    hall.go_to(at)
    assert says(ben.device.get(f"/r/{hall.id}/step/"), "What does your network learn from?")
    assert says(ivo.device.get(f"/r/{hall.id}/step/"), "developing and managing the hub organization?")
    # What is said to all of them suits any.
    assert projector_page(hall.room, NOW).prompts[0] == "What do you do well in this domain?"


def test_where_all_teams_share_a_rubric_the_screen_asks_in_its_words():
    hall = mixed(script="workshop")
    choose(hall, NORTH_SHORE).begin()
    at = next(it for it, step in enumerate(hall.run.steps) if step["key"] == "share-reflection")
    assert projector_page(hall.go_to(at).room, NOW).prompts[0] == "What does your network learn from?"


def test_lines_may_be_about_any_rubric_of_the_room():
    hall = mixed()
    rubrics = [it.rubric for it in list_look_fors(hall.session)]
    assert (len(rubrics), len(set(rubrics))) == (14, 2)
    choose(hall, domain=hall.session.domain)
    assert {it.rubric for it in list_look_fors(hall.session)} == {""}


def test_every_rubric_of_the_room_can_be_printed():
    hall = mixed()
    device = hall.lead_device()
    page = device.get(f"/r/{hall.id}/lead/paper/?domain={SECOND_DOMAIN}")
    assert says(page, FIRST_NAME)
    sheet = device.get(f"/r/{hall.id}/lead/paper/poster.pdf?domain={SECOND_DOMAIN}")
    assert (sheet.status_code, sheet["Content-Type"]) == (200, "application/pdf")
    choose(hall, domain=hall.session.domain)
    assert not says(device.get(f"/r/{hall.id}/lead/paper/"), FIRST_NAME)


def test_the_next_session_keeps_each_teams_rubric():
    hall = mixed(script="workshop").begin()
    room, key = again.start_again(by=hall.leader, room=hall.room, address="http://testserver", at=NOW)
    after = Hall(room, key)
    assert (after.board(RIVERBEND).domain, after.board(NORTH_SHORE).domain) == (SECOND_DOMAIN, "")


def test_pretend_people_answer_on_their_teams_own_rubric():
    hall = choose(rehearse(has_two_rubrics=True))
    rehearsals.play_rehearsals(at=NOW + timedelta(seconds=80))
    hall.begin().go_to("rubric")
    rehearsals.play_rehearsals(at=NOW + timedelta(hours=1))
    marks = Mark.everywhere.filter(team=hall.team(RIVERBEND))
    assert set(marks.values_list("look_for", flat=True)) == {
        f"{SECOND_DOMAIN}/together/{at}" for at in range(3)
    }
    assert Finish.everywhere.filter(team=hall.team(RIVERBEND), is_finished=True).exists()


# -- moving, merging ---------------------------------------------------------------------------------------


def test_who_has_said_nothing_moves_to_a_team_with_another_rubric():
    hall = mixed().begin()
    ben, cleo = seated(hall, "BE", "CL")
    move(hall, ben, NORTH_SHORE)
    assert (ben.seat.team.name, ben.place.reflection.domain_key) == (NORTH_SHORE, hall.session.domain)
    answer(cleo, "234")
    for by in (cleo.viewer, hall.leader):
        with pytest.raises(Refused, match="so what CL has answered can't go along"):
            move(hall, cleo, NORTH_SHORE, by=by)
    assert (cleo.seat.team.name, len(own_answers(cleo.place))) == (RIVERBEND, 3)


def test_a_strategy_does_not_leave_its_rubric_either():
    hall = mixed().begin()
    ben, cleo = seated(hall, "BE", "CL")
    for person, once in ((ben, "1" * 32), (cleo, "2" * 32)):
        playbook.name_strategy(
            by=person.viewer,
            seat_id=person.seat_id,
            once=once,
            look_for=f"{SECOND_DOMAIN}/together/0",
            words="We draw it.",
            how_we_know="",
            at=NOW,
        )
    playbook.take_back_strategy(by=ben.viewer, seat_id=ben.seat_id, strategy_id="1" * 32, at=NOW)
    move(hall, ben, NORTH_SHORE)
    with pytest.raises(Refused, match="can't go along"):
        move(hall, cleo, NORTH_SHORE)
    assert (ben.seat.team.name, cleo.seat.team.name) == (NORTH_SHORE, RIVERBEND)


def test_whoever_goes_on_alone_goes_on_with_what_they_have_begun():
    hall = mixed().begin()
    [ben] = seated(hall, "BE")
    answer(ben, "234")
    said = own_answers(ben.place)
    move(hall, ben, ALONE)
    assert (own_answers(ben.place), ben.place.reflection.domain_key) == (said, SECOND_DOMAIN)


def test_a_team_that_has_answered_is_not_merged_into_another_rubric():
    hall = mixed().begin()
    [ben], [ivo] = seated(hall, "BE"), seated(hall, "IV", team=NORTH_SHORE)
    answer(ben, "234")
    with pytest.raises(Refused, match="reflect on different rubrics"):
        merge(hall, kept=NORTH_SHORE, gone=RIVERBEND)
    merge(hall, kept=RIVERBEND, gone=NORTH_SHORE)
    assert (ivo.seat.team.name, ivo.place.reflection.domain_key) == (RIVERBEND, SECOND_DOMAIN)
    assert len(own_answers(ben.place)) == 3


def test_neither_are_ballots():
    hall = mixed(rung="anonymous").begin()
    [ben], _others = seated(hall, "BE"), seated(hall, "IV", team=NORTH_SHORE)
    answer(ben, "234")
    with pytest.raises(Refused, match="reflect on different rubrics"):
        merge(hall, kept=NORTH_SHORE, gone=RIVERBEND)
    merge(hall, kept=RIVERBEND, gone=NORTH_SHORE)
    assert Reflection.everywhere.filter(session=hall.session, removed_at=None).count() == 1


# -- counting the room -------------------------------------------------------------------------------------

TEAMS = ("Oak", "Elm", "Ash", "Fir", "Yew", "Bay", "Box", "Nut")


def grove(ours: int) -> Hall:
    """Four teams on the session's rubric, and `ours` on the second one; three people in each, spread over the levels."""
    teams = TEAMS[: 4 + ours]
    hall = start(has_two_rubrics=True, teams=teams)
    for team in teams[4:]:
        choose(hall, team)
    hall.begin()
    for at, team in enumerate(teams):
        for number in range(3):
            sign = str((at + number) % 4 + 1)
            person = hall.sit(f"P{number}", team)
            answer(person, sign * len(person.place.rubric.look_fors))
        hall.reveal(team)
    count_room(by=hall.leader, room=hall.room, at=NOW)
    return hall


def people_counted(hall: Hall, look_for: str) -> int:
    return sum(RoomCount.everywhere.get(session=hall.session, look_for=look_for).counts.values())


def test_teams_with_different_rubrics_are_counted_apart():
    hall = grove(4)
    ours = [f"{SECOND_DOMAIN}/together/{at}" for at in range(3)]
    assert [people_counted(hall, it) for it in (*hall.look_fors, *ours)] == [12] * 14
    page = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/")
    assert (shows(page), says(page, "This can’t be shown")) == ([True] * 4, False)


def test_a_look_for_that_is_on_two_rubrics_is_counted_apart():
    """Six teams rate the domain, two only one practice of it: the two stay untold on the look-fors of both."""
    practice = f"{FIRST_DOMAIN}/establish-the-hub-team"
    hall = start(has_two_rubrics=True, teams=TEAMS)
    for team in TEAMS[6:]:
        choose_domain_key(hall, team, practice)
    hall.begin()
    for at, team in enumerate(TEAMS):
        for number in range(3):
            person = hall.sit(f"P{number}", team)
            answer(person, str((at + number) % 4 + 1) * len(person.place.rubric.look_fors))
        hall.reveal(team)
    count_room(by=hall.leader, room=hall.room, at=NOW)
    counts = RoomCount.everywhere.filter(session=hall.session, look_for=hall.look_fors[0])
    told = {it.domain: (sum(it.counts.values()), len(it.boards)) for it in counts}
    assert told == {FIRST_DOMAIN: (18, 6), practice: (0, 0)}


def choose_domain_key(hall: Hall, team: str, key: str) -> None:
    """As somebody's next session keeps what they had; the facilitator's page offers whole domains."""
    Reflection.everywhere.filter(session=hall.session, team=hall.team(team)).update(domain=key)


def test_others_with_another_rubric_do_not_hide_anybody():
    """Four teams and two: the two are too few by themselves, however many are in the room."""
    hall = grove(2)
    assert people_counted(hall, hall.look_fors[0]) == 12
    assert people_counted(hall, f"{SECOND_DOMAIN}/together/0") == 0
    page = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/")
    assert text_of(page).count("This can’t be shown") == 1
