"""Next steps: promised once, changed by those whose they are, settled by any member of the team."""

import secrets
from datetime import date, timedelta

import pytest

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.improvement import policy
from hubcraft.apps.improvement.actions import change_promise, promise, settle, take_back
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.improvement.queries import (
    last_promises,
    open_promises,
    own_next_step,
    shared_next_step,
    team_next_steps,
)
from hubcraft.apps.networks.models import Unscoped
from hubcraft.apps.records.actions.retention import keep_to_rules
from hubcraft.apps.reflections.actions import sessions
from hubcraft.apps.reflections.actions.moves import change_team, merge_teams
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.models import RoomTeam, Seat
from hubcraft.domain.verdict import NotThere, Refused
from tests.cast import wish
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, Person, opened, seated, start

pytestmark = pytest.mark.django_db
SOON = date(2030, 3, 15)


def say(person: Person, words: str = "Meet weekly.", *, is_shared: bool = False, **more) -> NextStep:
    """Somebody promises something."""
    more = {"once": secrets.token_hex(16), "owner": "KM", "due_on": SOON, "look_for": "", "at": NOW} | more
    return promise(by=person.viewer, seat_id=person.seat_id, words=words, is_shared=is_shared, **more)


def change(person: Person, step: NextStep, words: str) -> NextStep:
    return change_promise(
        by=person.viewer,
        seat_id=person.seat_id,
        step_id=step.id,
        words=words,
        owner="",
        due_on=None,
        look_for="",
        at=NOW,
    )


def drop(person: Person, step: NextStep) -> None:
    take_back(by=person.viewer, seat_id=person.seat_id, step_id=step.id, at=NOW)


def tell(person: Person, step: NextStep, state: str, reason: str = "", was: str = "open", at=NOW) -> NextStep:
    return settle(
        by=person.viewer, seat_id=person.seat_id, step_id=step.id, was=was, state=state, reason=reason, at=at
    )


def seen(hall: Hall, team: str = RIVERBEND) -> list[tuple[str, str]]:
    """What a team sees: whose it is, and the words."""
    found = team_next_steps(hall.session, hall.board(team), hall.rubric)
    return [("team", it.words) for it in found.shared] + [(it.label, it.words) for it in found.own]


def again(hall: Hall) -> Hall:
    """The next session with the same teams."""
    return Hall(*sessions.start_again(by=hall.leader, room=hall.room, address="http://testserver", at=NOW))


def later(hall: Hall):
    """One more session, on the next day."""
    at = NOW + timedelta(days=1)
    return sessions.start_again(by=hall.leader, room=hall.room, address="http://testserver", at=at)


def promised(hall: Hall, team: str = RIVERBEND) -> list[tuple[str, str]]:
    """What was promised last time, as the team is shown it."""
    board = hall.board(team)
    return [(it.state, it.words) for it in last_promises(hall.session, board, hall.rubric)]


def test_a_promise_is_kept_as_it_was_given():
    hall = opened()
    [ben] = seated(hall, "BE")
    say(ben, look_for=hall.look_fors[2])
    kept = NextStep.everywhere.get()
    assert (kept.team_id, kept.network_id) == (ben.seat.team_id, ben.seat.network_id)
    assert (kept.session, kept.seat_id, kept.slip, kept.is_shared) == (hall.session, ben.seat_id, "", False)
    assert (kept.words, kept.owner, kept.due_on) == ("Meet weekly.", "KM", SOON)
    assert (kept.look_for, kept.state, kept.reason) == (hall.look_fors[2], "open", "")
    assert (kept.settled_at, kept.carried_from, kept.removed_at) == (None, None, None)


def test_sent_twice_it_is_one_and_says_the_last():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    once = secrets.token_hex(16)
    for words in ("First", "First", "Second"):
        say(ben, words, once=once)
    assert seen(hall) == [("BE", "Second")]
    assert TrailEntry.objects.filter(did__contains="next step").count() == 2
    with pytest.raises(Refused, match="sent before"):
        say(cleo, "Cleo’s", once=once)
    assert seen(hall) == [("BE", "Second")]


def test_one_each_and_one_for_the_team():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    say(ben, "Ben’s"), say(cleo, "Cleo’s"), say(cleo, "All of us", is_shared=True)
    assert seen(hall) == [("team", "All of us"), ("BE", "Ben’s"), ("CL", "Cleo’s")]
    with pytest.raises(Refused, match="You have written your next step already"):
        say(ben, "Ben’s second")
    with pytest.raises(Refused, match="Your team has written its next step meanwhile"):
        say(ben, "Also for us", is_shared=True)
    assert own_next_step(ben.place).words == "Ben’s"
    assert shared_next_step(ben.place).words == "All of us"


def test_who_is_alone_has_no_team_to_promise_for():
    hall = opened()
    finn = hall.sit("FI", ALONE)
    with pytest.raises(Refused, match="alone"):
        say(finn, is_shared=True)
    say(finn)
    assert own_next_step(finn.place).words == "Meet weekly."


@pytest.mark.parametrize("rung", ["initials", "anonymous"])
def test_what_is_the_teams_every_member_changes_what_is_ones_own_nobody_else(rung):
    hall = opened(rung=rung)
    ben, cleo = seated(hall, "BE", "CL")
    [ivo] = seated(hall, "IV", team=NORTH_SHORE)
    mine, ours = say(ben, "Ben’s"), say(ben, "Ours", is_shared=True)
    change(cleo, ours, "Ours, better")
    change(ben, mine, "Ben’s, better")
    with pytest.raises(NotThere):
        change(cleo, mine, "Taken over")
    with pytest.raises(NotThere):
        drop(cleo, mine)
    for step in (mine, ours):
        with pytest.raises(NotThere):
            change(ivo, step, "From elsewhere")
        with pytest.raises(NotThere):
            change_promise(
                by=hall.leader,
                seat_id=ben.seat_id,
                step_id=step.id,
                words="x",
                owner="",
                due_on=None,
                look_for="",
                at=NOW,
            )
    assert [words for _label, words in seen(hall)] == ["Ours, better", "Ben’s, better"]
    drop(cleo, ours), drop(ben, mine)
    assert seen(hall) == []


def test_nothing_new_in_a_room_that_has_not_begun_or_is_closed():
    hall = start()
    [ben] = seated(hall, "BE")
    with pytest.raises(Refused, match="not begun"):
        say(ben)
    hall.begin()
    step = say(ben)
    hall.close()
    for act in (
        lambda: say(ben, is_shared=True),
        lambda: change(ben, step, "Other"),
        lambda: drop(ben, step),
    ):
        with pytest.raises(Refused, match="closed"):
            act()
    assert seen(hall) == [("BE", "Meet weekly.")]


def test_who_interprets_or_waits_writes_nothing():
    hall = opened()
    ben, noor = hall.sit("BE"), hall.sit("NO", kind=Seat.Kind.INTERPRETING)
    ours = say(ben, is_shared=True)
    hall.reveal()
    gale = hall.sit("GA")
    for act in (lambda who: say(who), lambda who: tell(who, ours, "done")):
        with pytest.raises(Refused, match="interpret"):
            act(noor)
    with pytest.raises(Refused, match="lets you in"):
        say(gale)
    with pytest.raises(NotThere):
        tell(gale, ours, "done")
    tell(ben, ours, "done")
    assert NextStep.everywhere.get().state == "done"


def test_a_look_for_of_another_rubric_is_refused():
    hall = opened()
    [ben] = seated(hall, "BE")
    with pytest.raises(Refused, match="not on this rubric"):
        say(ben, look_for="elsewhere")
    say(ben, look_for=hall.look_fors[0])
    assert NextStep.everywhere.count() == 1


# -- who sees whose ----------------------------------------------------------------------------------------


def test_under_the_anonymous_rung_nothing_leads_back():
    hall = opened(rung="anonymous")
    [ben] = seated(hall, "BE")
    before = TrailEntry.objects.count()
    mine = say(ben, "Mine", at=NOW.replace(hour=13, minute=37))
    tell(ben, mine, "done", at=NOW.replace(hour=14, minute=42))
    midnight = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    kept = NextStep.everywhere.get()
    assert (kept.seat, kept.made_at, kept.settled_at) == (None, midnight, midnight)
    assert kept.slip
    assert seen(hall) == [("", "Mine")]
    assert own_next_step(ben.place) == mine
    assert TrailEntry.objects.count() == before


def test_where_the_board_shows_dots_steps_carry_no_name():
    hall = opened()
    ben, cleo, *_others = seated(hall, "BE", "CL", "DA", "EL", "HA")
    say(ben)
    assert seen(hall) == [("BE", "Meet weekly.")]
    wish(cleo)
    hall.reveal()
    assert seen(hall) == [("", "Meet weekly.")]


def test_what_a_person_reads_before_writing_is_what_comes_true():
    def said(hall: Hall, team: str = RIVERBEND) -> str:
        board = hall.board(team)
        return " ".join(policy.who_can_see(hall.session, board, is_alone=board.team.is_alone))

    assert "Your team sees this with your initials as soon as you send it." in said(opened())
    assert "with your alias" in said(opened(rung="alias"))
    assert "without your name, unless you write one" in said(opened(rung="anonymous"))
    hall = opened()
    finn = hall.sit("FI", ALONE)
    assert said(hall, finn.seat.team.name) == "You are here alone: only you see what you write."


def test_steps_go_along_to_another_team_and_teams_bring_theirs_together():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    [ivo] = seated(hall, "IV", team=NORTH_SHORE)
    say(ben), say(cleo, "Ours", is_shared=True), say(ivo, "Ivo’s")
    there = hall.placement(NORTH_SHORE)
    change_team(by=ben.viewer, room=hall.room, seat=ben.seat, placement=there, at=NOW)
    assert seen(hall, NORTH_SHORE) == [("BE", "Meet weekly."), ("IV", "Ivo’s")]
    assert seen(hall) == [("team", "Ours")]
    kept, gone = hall.room_team(RIVERBEND), hall.room_team(NORTH_SHORE)
    merge_teams(by=hall.leader, room=hall.room, kept=kept, gone=gone, at=NOW)
    assert seen(hall) == [("team", "Ours"), ("BE", "Meet weekly."), ("IV", "Ivo’s")]


# -- what became of it -------------------------------------------------------------------------------------


def test_done_with_what_happened_dropped_with_a_reason():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    mine, ours = say(ben), say(ben, "Ours", is_shared=True)
    tell(cleo, mine, "done", "We met four times.")
    with pytest.raises(Refused, match="Write why you dropped it"):
        tell(cleo, ours, "dropped")
    tell(cleo, ours, "dropped", "Nobody had the time.")
    assert set(NextStep.everywhere.values_list("state", "reason", "settled_at")) == {
        ("done", "We met four times.", NOW),
        ("dropped", "Nobody had the time.", NOW),
    }
    assert open_promises(ben.seat.team_id) == []


def test_what_somebody_told_meanwhile_stands_until_it_has_been_seen():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    ours = say(ben, is_shared=True)
    tell(ben, ours, "done", "We met.")
    with pytest.raises(Refused, match="told it meanwhile"):
        tell(cleo, ours, "dropped", "We did not.")
    tell(cleo, ours, "done", "We met twice.", was="done")
    assert NextStep.everywhere.get().reason == "We met twice."


def test_what_is_settled_keeps_its_words():
    hall = opened()
    [ben] = seated(hall, "BE")
    step = say(ben)
    change(ben, step, "Meet monthly.")
    tell(ben, step, "done")
    with pytest.raises(Refused, match="its words stay"):
        change(ben, step, "Meet never.")
    with pytest.raises(Refused, match="its words stay"):
        drop(ben, step)
    assert NextStep.everywhere.get().words == "Meet monthly."


def test_only_the_team_tells_what_became_of_it_also_when_the_room_is_closed():
    hall = opened()
    [ben] = seated(hall, "BE")
    [ivo] = seated(hall, "IV", team=NORTH_SHORE)
    step = say(ben)
    hall.close()
    with pytest.raises(NotThere):
        tell(ivo, step, "done")
    with pytest.raises(NotThere):
        settle(
            by=hall.leader, seat_id=ben.seat_id, step_id=step.id, was="open", state="done", reason="", at=NOW
        )
    tell(ben, step, "done")
    assert NextStep.everywhere.get().state == "done"


# -- the next session --------------------------------------------------------------------------------------


def test_the_next_session_of_the_same_team_opens_with_what_was_promised():
    first = opened()
    [ben] = seated(first, "BE")
    [ivo] = seated(first, "IV", team=NORTH_SHORE)
    mine, ours = say(ben, "Ben’s"), say(ben, "Ours", is_shared=True, due_on=None)
    say(ivo, "North Shore’s")
    settled = say(ben.hall.sit("DA"), "Done by then")
    tell(ben, settled, "done", at=NOW - timedelta(days=2))
    second = again(first)
    cleo = second.sit("CL")
    assert cleo.seat.team_id == ben.seat.team_id
    assert promised(second) == [("open", "Ours"), ("open", "Ben’s")]
    assert promised(second, NORTH_SHORE) == [("open", "North Shore’s")]
    tell(cleo, mine, "done", "It worked.")
    tell(cleo, ours, "dropped", "It was too much.")
    assert promised(second) == [("dropped", "Ours"), ("done", "Ben’s")]
    assert seen(second) == []
    third = Hall(*later(first))
    assert promised(third) == []


def test_what_a_later_session_promised_is_not_what_an_earlier_one_was_promised():
    first = opened()
    [ben] = seated(first, "BE")
    old = say(ben, "Ben’s")
    second = Hall(*later(first)).begin()
    cleo = second.sit("CL")
    tell(cleo, old, "carried", at=NOW + timedelta(days=1))
    say(cleo, "Cleo’s")
    assert promised(second) == [("carried", "Ben’s")]
    assert promised(first) == []


def test_a_step_that_is_carried_on_is_one_of_the_new_session_and_points_back():
    first = opened()
    [ben] = seated(first, "BE")
    old = say(ben, "Ben’s", size="small")
    second = again(first).begin()
    cleo, dara = seated(second, "CL", "DA")
    tell(cleo, old, "carried", "We began late.")
    assert promised(second) == [("carried", "Ben’s")]
    new = NextStep.everywhere.get(carried_from=old)
    assert (new.session, new.is_shared, new.seat, new.words) == (second.session, True, None, "Ben’s")
    assert (new.owner, new.due_on, new.size, new.state) == ("KM", SOON, "small", "open")
    assert seen(second) == [("team", "Ben’s")]
    with pytest.raises(Refused, match="goes on as one of this session"):
        tell(dara, old, "done", was="carried")
    change(dara, new, "Ben’s, smaller")
    say(dara, "One more for us", is_shared=True)
    assert set(seen(second)) == {("team", "Ben’s, smaller"), ("team", "One more for us")}
    drop(dara, new)
    assert promised(second) == [("open", "Ben’s")]


def test_a_step_of_this_session_can_not_be_carried_into_it():
    hall = opened()
    [ben] = seated(hall, "BE")
    step = say(ben)
    with pytest.raises(Refused, match="of this session already"):
        tell(ben, step, "carried")
    tell(ben, step, "done")
    assert NextStep.everywhere.count() == 1


def test_nobody_of_another_team_settles_it_in_the_next_session():
    first = opened()
    [ben] = seated(first, "BE")
    step = say(ben)
    second = again(first)
    ivo, cleo = second.sit("IV", NORTH_SHORE), second.sit("CL")
    stranger = opened().sit("BE")
    for other in (ivo, stranger):
        with pytest.raises(NotThere):
            tell(other, step, "done")
    tell(cleo, step, "done")
    assert NextStep.everywhere.get().state == "done"


def test_the_next_session_carries_the_teams_over_and_nobody_else():
    first = opened(rung="alias", planned_size=30, may_add_teams=False, title="Autumn")
    seated(first, "Owl")
    first.sit("Fox", ALONE)
    rooms.add_team(by=first.leader, room=first.room, name="Delta hub", at=NOW)
    merge_teams(
        by=first.leader,
        room=first.room,
        kept=first.room_team(RIVERBEND),
        gone=first.room_team(NORTH_SHORE),
        at=NOW,
    )
    with pytest.raises(Refused):
        sessions.start_again(by=first.at_door, room=first.room, address="http://testserver", at=NOW)
    with pytest.raises(Refused):
        sessions.start_again(by=opened().leader, room=first.room, address="http://testserver", at=NOW)
    second = again(first)
    teams = RoomTeam.everywhere.filter(room_id=second.id).order_by("id")
    assert [it.team.name for it in teams] == [RIVERBEND, "Delta hub"]
    assert second.team(RIVERBEND) == first.team(RIVERBEND)
    assert (second.room.title, second.room.planned_size, second.room.may_add_teams) == ("Autumn", 30, False)
    assert (second.session.rung, second.session.domain) == ("alias", first.session.domain)
    assert (second.session.pack_id, second.room.state) == (first.session.pack_id, "lobby")
    assert second.room.code != first.room.code and second.key != first.key
    assert Seat.everywhere.filter(room_id=second.id).count() == 0


# -- the house ---------------------------------------------------------------------------------------------


def test_what_was_taken_back_is_deleted_after_thirty_days():
    hall = opened()
    [ben] = seated(hall, "BE")
    drop(ben, say(ben)), say(ben)
    keep_to_rules(at=NOW + timedelta(days=29))
    assert NextStep.everywhere.count() == 2
    keep_to_rules(at=NOW + timedelta(days=31))
    assert NextStep.everywhere.count() == 1


def test_a_question_that_does_not_say_whose_is_refused():
    hall = opened()
    [ben] = seated(hall, "BE")
    say(ben)
    with pytest.raises(Unscoped):
        list(NextStep.objects.filter(state="open"))
    assert NextStep.objects.filter(team=ben.seat.team_id).count() == 1
