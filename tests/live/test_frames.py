"""Old page plus frames equals a fresh page: after every action, for everyone who watches.

Each scenario brings a room to where the action makes sense and then performs it. Everyone in the cast has a page
open. What the action announced is drawn once for each audience, as the stream does, and laid over the old page;
the page opened afresh must read the same. Who may watch something else from now on has to be turned instead.
"""

import importlib
import pkgutil
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone, translation

from hubcraft import apps
from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.facilitation.actions import (
    again,
    choices,
    feedback,
    harvest,
    heard,
    leaders,
    opening,
    plan,
    ready,
    rehearsals,
    runs,
    starting,
)
from hubcraft.apps.facilitation.actions import asking as facilitation
from hubcraft.apps.facilitation.models import Heard, Rehearsal
from hubcraft.apps.frameworks import actions as frameworks
from hubcraft.apps.improvement import actions as improvement
from hubcraft.apps.insights.actions import claims, merging, moving, promising, raising, settling, sharing
from hubcraft.apps.notices import actions as notices
from hubcraft.apps.people.models import Person
from hubcraft.apps.playbook import actions as playbook
from hubcraft.apps.records.actions import copies, erasure, ledger, retention
from hubcraft.apps.records.queries.ledger import Erased
from hubcraft.apps.reflections.actions import (
    boards,
    days,
    marks,
    moves,
    reminders,
    seats,
    sessions,
    typing_in,
)
from hubcraft.apps.reflections.models import Reminder
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import Placement
from hubcraft.apps.rooms.models import DeviceRequest
from hubcraft.apps.rooms.queries import idle_rooms
from hubcraft.content import shipped_pack
from hubcraft.live import Admission, changes
from hubcraft.live.source import served
from tests.cast import Convening, convening
from tests.device import Device, normal, raw_regions_of, text_of
from tests.homes import account, make_account, make_hub, make_network
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, SECOND_DOMAIN, Hall, rehearse, second

pytestmark = pytest.mark.django_db

Act = Callable[[], object]
# The rooms in which things happen, by what makes them different, and the scenarios of each.
ROOMS: dict[str, dict] = {}
SCENARIOS: dict[str, list[Callable[[Convening], Act]]] = {}
PROVED: set[str] = set()
SILENT = {"rung": "initials"}
BALLOTS = {"rung": "anonymous"}
OPEN = {"is_open_board": True}
DOTS = {"wishes": ("Dara",)}
# Rooms that are open until a day, each in their own time.
UNTIL = {"until_on": (NOW + timedelta(days=5)).date()}
# Rooms that follow a script: at its first step, at the rubric, and at a step after the boards.
LEARN = {"stage": "learn", "script": "workshop"}
SCRIPTED = {"script": "workshop"}
SHARE = {"stage": "revealed", "script": "workshop", "step": "hear"}


def scenario(action: Callable, *, stage: str = "rating", **room):
    """What follows performs this action in such a room."""
    name = " ".join([stage, *(f"{key}={value}" for key, value in room.items())])

    def declare(prepare: Callable[[Convening], Act]):
        ROOMS[name] = {"stage": stage, **room}
        SCENARIOS.setdefault(name, []).append(prepare)
        PROVED.add(named(action))
        return prepare

    return declare


def named(action: Callable) -> str:
    return f"{action.__module__.removeprefix('hubcraft.apps.')}.{action.__name__}"


# What these change, no page of a room shows.
NOT_IN_A_ROOM = (
    "hubcraft.apps.letters.",
    # Strategy cards stand on pages of their own.
    "hubcraft.apps.cards.",
    # What a hub keeps about itself stands on its own pages; a next step it makes of a problem is insights' to tell.
    "hubcraft.apps.lifecycle.",
    "hubcraft.apps.people.",
    "hubcraft.apps.roles.",
    "hubcraft.apps.upkeep.",
    # Packs are installed by a command, a hub's own on pages of its own; a session keeps the version it began with.
    "hubcraft.apps.frameworks.actions",
    # How far a long file is, only the page of that file asks.
    "hubcraft.apps.facilitation.actions.making",
)


def all_actions() -> set[str]:
    """Every function that writes something a room's pages may show, wherever it is."""
    found = set()
    for module in pkgutil.walk_packages(apps.__path__, "hubcraft.apps."):
        if ".actions" in module.name and not module.name.startswith(NOT_IN_A_ROOM):
            kept = vars(importlib.import_module(module.name)).values()
            found |= {named(it) for it in kept if getattr(it, "is_action", False)}
    return found


# -- coming in ---------------------------------------------------------------------------------------------


@scenario(sessions.join, stage="lobby")
@scenario(sessions.join)
@scenario(sessions.join, stage="revealed")
@scenario(sessions.join, **OPEN)
@scenario(sessions.join, **BALLOTS)
def somebody_joins_a_team(hall):
    return lambda: hall.sit("ZZ", RIVERBEND)


@scenario(rooms.take_seat, stage="lobby")
@scenario(rooms.take_seat)
def somebody_comes_alone(hall):
    return lambda: hall.sit("ZZ", ALONE)


@scenario(rooms.take_seat)
def somebody_brings_a_new_team(hall):
    return lambda: hall.sit("ZZ", placement=Placement(new_team="Delta Literacy hub"))


@scenario(rooms.ask_for_device)
def a_phone_claims_a_seat(hall):
    return lambda: rooms.ask_for_device(
        by=hall.at_door, room=hall.room, team_id=hall.team(RIVERBEND), label="BE", at=NOW
    )


def claimed(hall) -> DeviceRequest:
    asked, _secret = rooms.ask_for_device(
        by=hall.at_door, room=hall.room, team_id=hall.team(RIVERBEND), label="BE", at=NOW
    )
    return DeviceRequest.everywhere.select_related("room", "seat").get(id=asked.id)


@scenario(rooms.answer_device)
def the_claim_is_granted(hall):
    asked = claimed(hall)
    return lambda: rooms.answer_device(by=hall.leader, request=asked, is_granted=True, at=NOW)


@scenario(rooms.answer_device)
def the_claim_is_refused(hall):
    asked = claimed(hall)
    return lambda: rooms.answer_device(by=hall.leader, request=asked, is_granted=False, at=NOW)


@scenario(facilitation.answer_asking)
def the_facilitator_answers_a_phone(hall):
    asked = claimed(hall)
    return lambda: facilitation.answer_asking(
        by=hall.leader, room=hall.room, asking_id=asked.id, is_granted=True, at=NOW
    )


@scenario(facilitation.answer_asking, stage="revealed")
def the_facilitator_turns_a_latecomer_away(hall):
    return lambda: facilitation.answer_asking(
        by=hall.leader, room=hall.room, asking_id=hall.gale.seat_id, is_granted=False, at=NOW
    )


@scenario(rooms.let_in, stage="revealed")
@scenario(rooms.let_in, stage="revealed", **DOTS)
@scenario(rooms.let_in, stage="revealed", **BALLOTS)
def the_team_lets_a_latecomer_in(hall):
    return lambda: rooms.let_in(by=hall.ben.viewer, seat=hall.gale.seat, at=NOW)


# -- seats and teams ---------------------------------------------------------------------------------------


def change(hall, person, **changes):
    seat = person.seat
    now = {"initials": seat.initials, "kind": seat.kind, "helper": seat.helper}
    return rooms.change_seat(by=person.viewer, seat=seat, at=NOW, **(now | changes))


@scenario(rooms.change_seat)
@scenario(rooms.change_seat, stage="lobby")
@scenario(rooms.change_seat, stage="revealed")
@scenario(rooms.change_seat, **OPEN)
def somebody_corrects_their_initials(hall):
    return lambda: change(hall, hall.ben, initials="QQ")


@scenario(rooms.change_seat)
@scenario(rooms.change_seat, stage="revealed")
def somebody_takes_help(hall):
    return lambda: change(hall, hall.ben, kind="helped", helper="CL")


@scenario(rooms.change_seat)
@scenario(rooms.change_seat, stage="revealed")
def somebody_only_interprets_from_now_on(hall):
    return lambda: change(hall, hall.ben, kind="interpreting")


@scenario(rooms.choose_language)
@scenario(rooms.choose_language, stage="lobby")
@scenario(rooms.choose_language, stage="revealed")
@scenario(rooms.choose_language, **SHARE)
def somebody_goes_on_in_spanish(hall):
    return lambda: rooms.choose_language(by=hall.ben.viewer, seat=hall.ben.seat, language="es", at=NOW)


@scenario(seats.interpret)
@scenario(seats.interpret, stage="revealed")
@scenario(seats.interpret, **OPEN)
def somebody_says_that_they_interpret(hall):
    return lambda: seats.interpret(by=hall.ben.viewer, seat_id=hall.ben.seat_id, at=NOW)


@scenario(rooms.change_seat)
def an_interpreter_takes_part(hall):
    return lambda: change(hall, hall.noor, kind="own")


@scenario(rooms.remove_seat, stage="lobby")
@scenario(rooms.remove_seat)
@scenario(rooms.remove_seat, stage="revealed")
@scenario(rooms.remove_seat, stage="revealed", **DOTS)
@scenario(rooms.remove_seat, stage="revealed", **BALLOTS)
@scenario(rooms.remove_seat, **OPEN)
def somebody_is_removed(hall):
    return lambda: rooms.remove_seat(by=hall.leader, seat=hall.ben.seat, at=NOW)


@scenario(rooms.remove_seat, stage="revealed")
def a_latecomer_who_waits_is_removed(hall):
    return lambda: rooms.remove_seat(by=hall.leader, seat=hall.gale.seat, at=NOW)


@scenario(rooms.add_team, stage="lobby")
def a_team_is_made_ready(hall):
    return lambda: rooms.add_team(by=hall.leader, room=hall.room, name="Delta Literacy hub", at=NOW)


@scenario(sessions.add_team)
def a_team_is_added(hall):
    return lambda: sessions.add_team(by=hall.leader, room=hall.room, name="Delta Literacy hub", at=NOW)


@scenario(rooms.rename_team, stage="lobby")
@scenario(rooms.rename_team)
@scenario(rooms.rename_team, stage="revealed")
def a_team_is_renamed(hall):
    team = hall.team(RIVERBEND)
    return lambda: rooms.rename_team(by=hall.leader, room=hall.room, team_id=team, name="Bend", at=NOW)


@scenario(sessions.choose_domain, stage="lobby", has_two_rubrics=True)
@scenario(sessions.choose_domain, stage="lobby", has_two_rubrics=True, script="workshop")
def a_team_reflects_on_something_else(hall):
    team = hall.team(RIVERBEND)
    return lambda: sessions.choose_domain(
        by=hall.leader, room=hall.room, team_id=team, domain=SECOND_DOMAIN, at=NOW
    )


@scenario(moves.change_team, stage="lobby")
@scenario(moves.change_team)
@scenario(moves.change_team, **OPEN)
def somebody_changes_team(hall):
    there = hall.placement(NORTH_SHORE)
    return lambda: moves.change_team(
        by=hall.ben.viewer, room=hall.room, seat=hall.ben.seat, placement=there, at=NOW
    )


@scenario(moves.change_team, stage="revealed")
def somebody_asks_to_change_into_an_open_board(hall):
    there = hall.placement(RIVERBEND)
    return lambda: moves.change_team(
        by=hall.ivo.viewer, room=hall.room, seat=hall.ivo.seat, placement=there, at=NOW
    )


@scenario(moves.change_team, stage="revealed")
def the_facilitator_moves_somebody_into_an_open_board(hall):
    there = hall.placement(RIVERBEND)
    return lambda: moves.change_team(
        by=hall.leader, room=hall.room, seat=hall.ivo.seat, placement=there, at=NOW
    )


@scenario(moves.change_team)
def somebody_goes_on_alone(hall):
    there = hall.placement(ALONE)
    return lambda: moves.change_team(
        by=hall.jo.viewer, room=hall.room, seat=hall.jo.seat, placement=there, at=NOW
    )


@scenario(moves.merge_teams, stage="lobby")
@scenario(moves.merge_teams)
@scenario(moves.merge_teams, **OPEN)
@scenario(moves.merge_teams, **BALLOTS)
def two_teams_were_one(hall):
    kept, gone = hall.room_team(RIVERBEND), hall.room_team(NORTH_SHORE)
    return lambda: moves.merge_teams(by=hall.leader, room=hall.room, kept=kept, gone=gone, at=NOW)


@scenario(moves.merge_seats)
@scenario(moves.merge_seats, stage="revealed")
@scenario(moves.merge_seats, stage="revealed", **DOTS)
@scenario(moves.merge_seats, **OPEN)
def two_seats_were_one_person(hall):
    kept, gone = hall.eli.seat, hall.ben.seat
    return lambda: moves.merge_seats(by=hall.leader, room=hall.room, kept=kept, gone=gone, at=NOW)


# -- the room ----------------------------------------------------------------------------------------------


@scenario(rooms.set_lock)
def the_door_is_locked(hall):
    return lambda: rooms.set_lock(by=hall.leader, room=hall.room, is_locked=True, at=NOW)


@scenario(rooms.plan_size, stage="lobby")
def a_size_is_planned(hall):
    return lambda: rooms.plan_size(by=hall.leader, room=hall.room, planned_size=40, at=NOW)


@scenario(rooms.open_room, stage="lobby")
@scenario(opening.open_room, stage="lobby")
@scenario(opening.open_room, stage="lobby", **OPEN)
def everyone_begins(hall):
    return lambda: opening.open_room(by=hall.leader, room=hall.room, at=NOW)


@scenario(opening.open_room)
@scenario(opening.open_room, stage="revealed")
def a_closed_room_is_opened_again(hall):
    hall.close()
    return lambda: opening.open_room(by=hall.leader, room=hall.room, at=NOW)


@scenario(rooms.close_room, stage="lobby")
@scenario(rooms.close_room)
@scenario(rooms.close_room, stage="revealed")
def the_room_is_closed(hall):
    return lambda: rooms.close_room(by=hall.leader, room=hall.room, at=NOW)


@scenario(days.keep_open, **UNTIL)
@scenario(days.keep_open, **UNTIL, **OPEN)
@scenario(days.keep_open, **UNTIL, script="workshop", step=0)
@scenario(days.keep_open)
@scenario(days.keep_open, **SCRIPTED)
@scenario(days.keep_open, **LEARN)
@scenario(days.keep_open, stage="revealed")
def the_room_is_left_open_until_a_day(hall):
    until_on = (NOW + timedelta(days=7)).date()
    return lambda: days.keep_open(by=hall.leader, room=hall.room, until_on=until_on, at=NOW)


@scenario(days.gather, **UNTIL)
@scenario(days.gather, **UNTIL, **OPEN)
def people_are_together_now(hall):
    return lambda: days.gather(by=hall.leader, room=hall.room, at=NOW)


@scenario(runs.gather, **UNTIL, script="workshop", step=0)
def people_are_together_at_the_first_step(hall):
    return lambda: runs.gather(by=hall.leader, room=hall.room, at=NOW)


@scenario(days.end_day, **UNTIL)
@scenario(days.end_day, **UNTIL, **BALLOTS)
@scenario(days.end_day, **UNTIL, **OPEN)
@scenario(days.end_day, **UNTIL, script="workshop", step=0)
def the_day_has_ended(hall):
    later = NOW + timedelta(days=6)
    return lambda: days.end_day(session_id=hall.session.id, at=later)


def reminded(hall) -> None:
    reminders.remind_me(by=hall.ben.viewer, seat_id=hall.ben.seat_id, address="ben@example.org", at=NOW)


@scenario(reminders.remind_me, **UNTIL)
@scenario(reminders.remind_me, **UNTIL, **BALLOTS)
def somebody_asks_to_be_reminded(hall):
    return lambda: reminded(hall)


@scenario(reminders.forget_me, **UNTIL)
@scenario(reminders.stop_mails, **UNTIL)
def somebody_wants_no_more_mails(hall):
    reminded(hall)
    return lambda: (
        reminders.stop_mails(key=Reminder.everywhere.get().id, at=NOW),
        reminders.forget_me(by=hall.ben.viewer, seat_id=hall.ben.seat_id, at=NOW),
    )


@scenario(reminders.send_reminders, **UNTIL)
def people_are_reminded(hall):
    reminded(hall)
    later = NOW + timedelta(days=4)
    return lambda: reminders.send_reminders(session_id=hall.session.id, at=later)


@scenario(rooms.close_idle_rooms)
def an_idle_room_is_closed(hall):
    later = NOW + timedelta(days=400)
    assert hall.room in idle_rooms(later)
    return lambda: rooms.close_idle_rooms(at=later)


@scenario(rooms.mail_link)
def the_link_is_mailed(hall):
    return lambda: rooms.mail_link(
        by=hall.leader, room=hall.room, to="ada@example.org", link="http://testserver/", at=NOW
    )


@scenario(rooms.note_miss)
def somebody_guesses_a_code(hall):
    return lambda: rooms.note_miss(address="192.0.2.1", at=NOW)


@scenario(rooms.note_seen)
@scenario(rooms.note_seen, stage="revealed")
def a_page_is_open(hall):
    return lambda: rooms.note_seen(watchers=[(hall.id, hall.ben.seat_id), (hall.id, "lead")], at=NOW)


@scenario(leaders.name_myself, stage="lobby")
@scenario(leaders.name_myself, **LEARN)
def the_facilitator_says_who_they_are(hall):
    return lambda: leaders.name_myself(by=hall.leader, room=hall.room, name="Ada", at=NOW)


@scenario(leaders.invite)
def a_link_for_a_second_facilitator_is_made(hall):
    leaders.name_myself(by=hall.leader, room=hall.room, name="Ada", at=NOW)
    return lambda: leaders.invite(by=hall.leader, room=hall.room, once="0" * 32, at=NOW)


@scenario(leaders.take_key)
def a_second_facilitators_key_is_taken_away(hall):
    bea = second(hall).leader
    return lambda: leaders.take_key(by=hall.leader, room=hall.room, key_id=bea.lead_key, at=NOW)


@scenario(leaders.take_key, **LEARN)
def the_first_facilitators_key_is_taken_away(hall):
    ada, bea = hall.leader, second(hall).leader
    return lambda: leaders.take_key(by=bea, room=hall.room, key_id=ada.lead_key, at=NOW)


@scenario(leaders.hand_over)
@scenario(leaders.hand_over, **SHARE)
def the_room_is_handed_over(hall):
    bea = second(hall).leader
    return lambda: leaders.hand_over(by=hall.leader, room=hall.room, to=bea.lead_key, at=NOW)


@scenario(rooms.note_seen, stage="lobby")
@scenario(rooms.note_seen, **LEARN)
def a_projector_is_connected(hall):
    return lambda: rooms.note_seen(watchers=[(hall.id, "projector")], at=NOW)


@scenario(rooms.note_seen, **LEARN)
def a_projector_is_gone(hall):
    rooms.note_seen(watchers=[(hall.id, "projector")], at=NOW)
    return lambda: rooms.note_seen(watchers=[(hall.id, hall.ben.seat_id)], at=NOW + timedelta(minutes=2))


# -- the script --------------------------------------------------------------------------------------------


@scenario(runs.go_to, **LEARN)
@scenario(runs.go_to, **SCRIPTED)
@scenario(runs.go_to, **SHARE)
@scenario(runs.go_to, stage="revealed", **SCRIPTED)
def the_room_goes_on(hall):
    return lambda: hall.go_to(hall.run.position + 1)


@scenario(runs.go_to, **LEARN)
def the_room_jumps_to_the_rubric(hall):
    return lambda: hall.go_to("rubric")


@scenario(runs.go_to, **SHARE)
@scenario(runs.go_to, stage="revealed", **SCRIPTED)
def the_room_goes_back(hall):
    return lambda: hall.go_to(hall.run.position - 1)


@scenario(runs.extend, **LEARN)
@scenario(runs.extend, **SCRIPTED)
@scenario(runs.extend, **SHARE)
def a_step_is_given_more_time(hall):
    at = hall.run.position
    return lambda: runs.extend(by=hall.leader, room=hall.room, position=at, minutes=2, at=NOW)


@scenario(runs.shorten, **LEARN)
def a_later_step_is_shortened(hall):
    return lambda: runs.shorten(by=hall.leader, room=hall.room, position=3, minutes=1, at=NOW)


@scenario(runs.add_step, **LEARN)
@scenario(runs.add_step, **SHARE)
def a_break_is_put_in(hall):
    at = hall.run.position
    return lambda: runs.add_step(
        by=hall.leader, room=hall.room, after=at, kind="break", title="", minutes=10, at=NOW
    )


@scenario(plan.change_plan, stage="lobby", script="workshop")
@scenario(plan.change_plan, **LEARN)
@scenario(plan.change_plan, **SHARE)
def what_lies_ahead_is_left_out(hall):
    edit = plan.Edit("out", hall.run.steps[-1]["key"])
    return lambda: plan.change_plan(by=hall.leader, room=hall.room, minutes={}, edit=edit, at=NOW)


@scenario(plan.put_in_step, **LEARN)
def a_break_is_planned(hall):
    return lambda: plan.put_in_step(
        by=hall.leader, room=hall.room, once="a" * 32, kind="break", title="", minutes=10, after="", at=NOW
    )


@scenario(runs.pause, **LEARN)
@scenario(runs.pause, **SHARE)
def the_clock_is_paused(hall):
    return lambda: runs.pause(by=hall.leader, room=hall.room, at=NOW)


@scenario(runs.resume, **LEARN)
@scenario(runs.resume, **SHARE)
def the_clock_goes_on(hall):
    runs.pause(by=hall.leader, room=hall.room, at=NOW)
    return lambda: runs.resume(by=hall.leader, room=hall.room, at=NOW + timedelta(minutes=3))


@scenario(runs.set_screen, **LEARN)
@scenario(runs.set_screen, **SCRIPTED)
@scenario(runs.set_screen, **SHARE)
def the_room_goes_on_without_a_projector(hall):
    return lambda: runs.set_screen(by=hall.leader, room=hall.room, has_screen=False, at=NOW)


@scenario(runs.set_screen, **SHARE)
def the_room_has_a_projector_again(hall):
    runs.set_screen(by=hall.leader, room=hall.room, has_screen=False, at=NOW)
    return lambda: runs.set_screen(by=hall.leader, room=hall.room, has_screen=True, at=NOW)


@scenario(runs.extend, **SHARE)
def a_step_without_a_projector_is_given_more_time(hall):
    runs.set_screen(by=hall.leader, room=hall.room, has_screen=False, at=NOW)
    at = hall.run.position
    return lambda: runs.extend(by=hall.leader, room=hall.room, position=at, minutes=2, at=NOW)


def remote(hall, *people):
    for at, person in enumerate(people):
        later = NOW + timedelta(seconds=at)
        rooms.set_remote(by=person.viewer, seat=person.seat, is_remote=True, at=later)


@scenario(rooms.set_remote, **LEARN)
@scenario(rooms.set_remote, **SHARE)
def somebody_says_that_they_are_elsewhere(hall):
    remote(hall, hall.ivo, hall.finn)
    return lambda: remote(hall, hall.ben)


@scenario(rooms.set_remote, **LEARN)
def somebody_is_in_the_room_after_all(hall):
    remote(hall, hall.ivo, hall.ben, hall.finn)
    return lambda: rooms.set_remote(by=hall.ivo.viewer, seat=hall.ivo.seat, is_remote=False, at=NOW)


@scenario(rooms.remove_seat, **LEARN)
def somebody_who_is_elsewhere_is_removed(hall):
    remote(hall, hall.ivo, hall.ben, hall.finn)
    return lambda: rooms.remove_seat(by=hall.leader, seat=hall.ben.seat, at=NOW)


@scenario(rooms.change_seat, **LEARN)
def somebody_who_is_elsewhere_corrects_their_initials(hall):
    remote(hall, hall.ivo, hall.ben)
    return lambda: change(hall, hall.ben, initials="QQ")


@scenario(runs.go_to, **SHARE)
def people_who_are_elsewhere_talk_with_somebody_else(hall):
    remote(hall, hall.ivo, hall.ben, hall.finn, hall.cleo)
    return lambda: hall.go_to("turn-and-talk")


@scenario(opening.open_room, stage="lobby", script="workshop")
def everyone_begins_with_the_first_step(hall):
    return lambda: opening.open_room(by=hall.leader, room=hall.room, at=NOW)


@scenario(rooms.close_room, **LEARN)
@scenario(rooms.close_room, **SHARE)
def a_room_is_closed_at_a_step(hall):
    return lambda: rooms.close_room(by=hall.leader, room=hall.room, at=NOW)


@scenario(opening.open_room, **LEARN)
@scenario(opening.open_room, **SHARE)
def a_room_is_opened_again_at_a_step(hall):
    hall.close()
    return lambda: opening.open_room(by=hall.leader, room=hall.room, at=NOW)


@scenario(sessions.join, **LEARN)
@scenario(sessions.join, **SHARE)
def somebody_comes_during_a_step(hall):
    return lambda: hall.sit("ZZ", RIVERBEND)


@scenario(boards.reveal, **SCRIPTED, step="hear")
def a_board_is_opened_while_the_room_is_further(hall):
    return lambda: hall.reveal(RIVERBEND)


@scenario(marks.place_marks, **SHARE)
def somebody_moves_while_the_room_is_further(hall):
    return lambda: hall.ben.mark(1, "2", phase="after")


@scenario(runs.start_with_script)
def another_room_with_a_script_is_started(hall):
    from tests.make import start

    return lambda: start(title="Another room", script="workshop")


@scenario(starting.start_for)
def a_program_starts_another_room(hall):
    from tests.make import start

    program = account(make_account("Rosa", hub=make_hub(make_network("Delta"), "Core")))
    return lambda: start(title="Another room", program=program)


# -- what is said in the room ------------------------------------------------------------------------------

CHOICE = {"script": "workshop", "step": "choice"}
FEEDBACK = {"script": "workshop", "step": "feedback"}


def pick(person, know: int, learn: int = 4):
    domains = {"know": f"hub-leadership/domain-{know}", "learn": f"hub-leadership/domain-{learn}"}
    return choices.choose(by=person.viewer, seat_id=person.seat_id, domains=domains, at=NOW)


@scenario(choices.choose, **CHOICE)
@scenario(choices.choose, stage="revealed", **CHOICE)
def somebody_chooses(hall):
    return lambda: pick(hall.ben, 1)


@scenario(choices.choose, **CHOICE)
def somebody_chooses_otherwise(hall):
    pick(hall.ben, 1)
    return lambda: pick(hall.ben, 2)


@scenario(choices.choose, **CHOICE)
@scenario(choices.choose, stage="revealed", **CHOICE)
def the_rooms_picture_is_drawn(hall):
    people = [hall.ivo, hall.jo, hall.kim, hall.finn, *(hall.sit(f"Z{at}", ALONE) for at in range(4))]
    for at, person in enumerate(people):
        pick(person, at % 5 + 1, at % 4 + 2)
    return lambda: [pick(it, 6) for it in (hall.ben, hall.eli, hall.hana, hall.cleo)]


@scenario(choices.choose, **SHARE)
def somebody_chooses_when_the_room_has_gone_on(hall):
    return lambda: pick(hall.ben, 1)


def say(hall, *, may_project: bool):
    return heard.hear(
        by=hall.leader,
        room=hall.room,
        words="We start with norms.",
        team_id=hall.team(RIVERBEND),
        look_for=hall.look_fors[0],
        may_project=may_project,
        at=NOW,
    )


def rewrite(hall, line, *, may_project: bool):
    return heard.change_heard(
        by=hall.leader,
        room=hall.room,
        heard_id=line.id,
        words="We begin with norms.",
        team_id="",
        look_for="",
        may_project=may_project,
        at=NOW,
    )


@scenario(heard.hear, **SHARE)
@scenario(heard.hear, stage="revealed")
def something_is_said_to_everybody(hall):
    return lambda: say(hall, may_project=True)


@scenario(heard.hear, **SHARE)
def something_is_said_that_is_not_shown(hall):
    return lambda: say(hall, may_project=False)


@scenario(heard.change_heard, **SHARE)
def what_was_said_goes_on_the_screen(hall):
    line = say(hall, may_project=False)
    return lambda: rewrite(hall, line, may_project=True)


@scenario(heard.change_heard, **SHARE)
def what_was_said_is_taken_from_the_screen(hall):
    line = say(hall, may_project=True)
    return lambda: rewrite(hall, line, may_project=False)


@scenario(heard.put_on_screen, **SHARE)
def a_line_is_put_on_the_screen(hall):
    line = say(hall, may_project=False)
    return lambda: heard.put_on_screen(
        by=hall.leader, room=hall.room, heard_id=line.id, is_shown=True, at=NOW
    )


@scenario(heard.put_on_screen, **SHARE)
def a_line_is_taken_from_the_screen(hall):
    line = say(hall, may_project=True)
    return lambda: heard.put_on_screen(
        by=hall.leader, room=hall.room, heard_id=line.id, is_shown=False, at=NOW
    )


def of_bens(hall) -> dict:
    strategy = playbook.name_strategy(
        by=hall.ben.viewer,
        seat_id=hall.ben.seat_id,
        once="c" * 32,
        look_for=hall.look_fors[0],
        words="We meet on Mondays.",
        how_we_know="",
        at=NOW,
    )
    return {"by": hall.ben.viewer, "seat_id": hall.ben.seat_id, "strategy_id": strategy.id, "at": NOW}


@scenario(heard.offer_strategy, **SHARE)
def a_strategy_is_offered_to_the_room(hall):
    mine = of_bens(hall)
    return lambda: heard.offer_strategy(**mine)


@scenario(heard.take_back_offer, **SHARE)
def an_offer_is_taken_back(hall):
    mine = of_bens(hall)
    heard.offer_strategy(**mine)
    return lambda: heard.take_back_offer(**mine)


@scenario(heard.take_back_strategy, **SHARE)
def somebody_takes_back_a_strategy_that_the_room_sees(hall):
    mine = of_bens(hall)
    heard.offer_strategy(**mine)
    line = Heard.everywhere.get(session=hall.session)
    heard.put_on_screen(by=hall.leader, room=hall.room, heard_id=line.id, is_shown=True, at=NOW)
    return lambda: heard.take_back_strategy(**mine)


@scenario(heard.take_back_offer, **SHARE)
def an_offer_that_is_shown_is_taken_back(hall):
    mine = of_bens(hall)
    heard.offer_strategy(**mine)
    line = Heard.everywhere.get(session=hall.session)
    heard.put_on_screen(by=hall.leader, room=hall.room, heard_id=line.id, is_shown=True, at=NOW)
    return lambda: heard.take_back_offer(**mine)


@scenario(heard.remove_heard, **SHARE)
def what_was_said_is_taken_away(hall):
    line = say(hall, may_project=True)
    return lambda: heard.remove_heard(by=hall.leader, room=hall.room, heard_id=line.id, at=NOW)


@scenario(retention.sweep_out, **SHARE)
def what_was_taken_away_is_deleted(hall):
    line = say(hall, may_project=True)
    heard.remove_heard(by=hall.leader, room=hall.room, heard_id=line.id, at=NOW)
    return lambda: retention.keep_to_rules(at=NOW + timedelta(days=400))


@scenario(feedback.give_feedback, **FEEDBACK)
@scenario(feedback.give_feedback, stage="revealed", **FEEDBACK)
def somebody_gives_feedback(hall):
    answers = {"feedback/3": {"words": "The levels.", "language": "en"}}
    return lambda: feedback.give_feedback(
        by=hall.ben.viewer, seat_id=hall.ben.seat_id, answers=answers, at=NOW
    )


@scenario(harvest.count_room, stage="revealed")
@scenario(harvest.count_room, **SHARE)
def the_room_is_counted(hall):
    return lambda: harvest.count_room(by=hall.leader, room=hall.room, at=NOW)


def say_ready(hall, person, *, is_ready=True):
    step = hall.run.steps[hall.run.position]["key"]
    ready.say_ready(by=person.viewer, seat_id=person.seat_id, step=step, is_ready=is_ready, at=NOW)


@scenario(ready.say_ready, **FEEDBACK)
@scenario(ready.say_ready, stage="revealed", **FEEDBACK)
def somebody_is_ready_to_go_on(hall):
    return lambda: say_ready(hall, hall.ben)


@scenario(ready.say_ready, **FEEDBACK)
def somebody_is_not_ready_after_all(hall):
    say_ready(hall, hall.ben)
    return lambda: say_ready(hall, hall.ben, is_ready=False)


@scenario(runs.go_to, **CHOICE)
@scenario(runs.go_to, **FEEDBACK)
def the_room_goes_on_from_where_it_was_asked(hall):
    pick(hall.ben, 1)
    return lambda: hall.go_to("hear")


@scenario(rooms.close_room, **CHOICE)
def a_room_is_closed_while_it_chooses(hall):
    pick(hall.ben, 1)
    return lambda: rooms.close_room(by=hall.leader, room=hall.room, at=NOW)


@scenario(opening.open_room, **SHARE)
def a_room_that_was_closed_while_people_spoke_is_opened_again(hall):
    say(hall, may_project=True)
    hall.close()
    return lambda: opening.open_room(by=hall.leader, room=hall.room, at=NOW)


# -- what a team writes ------------------------------------------------------------------------------------

STRATEGIES = {"script": "workshop", "step": "strategies"}
PLAN = {"script": "workshop", "step": "plan"}


def name_strategy(hall, person, number=1):
    return playbook.name_strategy(
        by=person.viewer,
        seat_id=person.seat_id,
        once=secrets.token_hex(16),
        look_for=hall.look_fors[number - 1],
        words="We meet on Mondays.",
        how_we_know="Nobody asks twice.",
        at=NOW,
    )


@scenario(playbook.name_strategy, **STRATEGIES)
@scenario(playbook.name_strategy, stage="revealed")
@scenario(playbook.name_strategy, stage="revealed", **STRATEGIES)
@scenario(playbook.name_strategy, stage="revealed", **STRATEGIES, **DOTS)
@scenario(playbook.name_strategy, stage="revealed", **STRATEGIES, **BALLOTS)
@scenario(playbook.name_strategy, **STRATEGIES, **OPEN)
def somebody_names_a_strategy(hall):
    name_strategy(hall, hall.cleo)
    return lambda: name_strategy(hall, hall.ben)


@scenario(playbook.name_strategy, stage="revealed", **STRATEGIES)
def somebody_alone_names_a_strategy(hall):
    return lambda: name_strategy(hall, hall.finn)


@scenario(playbook.change_strategy, stage="revealed", **STRATEGIES)
@scenario(playbook.change_strategy, stage="revealed", **STRATEGIES, **BALLOTS)
def somebody_says_a_strategy_otherwise(hall):
    strategy = name_strategy(hall, hall.ben)
    return lambda: playbook.change_strategy(
        by=hall.ben.viewer,
        seat_id=hall.ben.seat_id,
        strategy_id=strategy.id,
        words="We meet on Tuesdays.",
        how_we_know="",
        at=NOW,
    )


@scenario(playbook.take_back_strategy, **STRATEGIES)
@scenario(playbook.take_back_strategy, stage="revealed", **STRATEGIES)
def somebody_takes_a_strategy_back(hall):
    strategy = name_strategy(hall, hall.ben)
    return lambda: playbook.take_back_strategy(
        by=hall.ben.viewer, seat_id=hall.ben.seat_id, strategy_id=strategy.id, at=NOW
    )


@scenario(boards.reveal, **STRATEGIES)
@scenario(boards.reveal, **STRATEGIES, **BALLOTS)
def a_board_is_opened_with_strategies_behind_it(hall):
    name_strategy(hall, hall.ben)
    return lambda: hall.reveal(RIVERBEND)


@scenario(rooms.remove_seat, stage="revealed", **STRATEGIES)
def somebody_who_named_a_strategy_is_removed(hall):
    name_strategy(hall, hall.ben), promise(hall.ben)
    return lambda: rooms.remove_seat(by=hall.leader, seat=hall.ben.seat, at=NOW)


@scenario(rooms.change_seat, stage="revealed", **STRATEGIES)
@scenario(rooms.change_seat, stage="revealed", **PLAN)
def somebody_who_wrote_corrects_their_initials(hall):
    name_strategy(hall, hall.ben), promise(hall.ben)
    return lambda: change(hall, hall.ben, initials="QQ")


@scenario(moves.merge_teams, **PLAN)
def two_teams_that_wrote_were_one(hall):
    name_strategy(hall, hall.jo), promise(hall.jo), promise(hall.jo, is_shared=True), promise(hall.ben)
    kept, gone = hall.room_team(RIVERBEND), hall.room_team(NORTH_SHORE)
    return lambda: moves.merge_teams(by=hall.leader, room=hall.room, kept=kept, gone=gone, at=NOW)


@scenario(moves.merge_seats, stage="revealed", **PLAN)
def two_seats_that_wrote_were_one_person(hall):
    name_strategy(hall, hall.ben), promise(hall.ben), promise(hall.eli)
    kept, gone = hall.eli.seat, hall.ben.seat
    return lambda: moves.merge_seats(by=hall.leader, room=hall.room, kept=kept, gone=gone, at=NOW)


@scenario(rooms.close_room, stage="revealed", **PLAN)
def the_room_is_closed_after_planning(hall):
    name_strategy(hall, hall.ben), promise(hall.ben), promise(hall.ben, is_shared=True)
    return lambda: rooms.close_room(by=hall.leader, room=hall.room, at=NOW)


def promise(person, words="Meet weekly.", *, is_shared=False):
    return improvement.promise(
        by=person.viewer,
        seat_id=person.seat_id,
        once=secrets.token_hex(16),
        is_shared=is_shared,
        words=words,
        owner="KM",
        due_on=None,
        look_for=person.hall.look_fors[0],
        at=NOW,
    )


@scenario(improvement.promise, **PLAN)
@scenario(improvement.promise, stage="revealed")
@scenario(improvement.promise, stage="revealed", **PLAN)
@scenario(improvement.promise, stage="revealed", **PLAN, **DOTS)
@scenario(improvement.promise, stage="revealed", **PLAN, **BALLOTS)
def somebody_promises_something(hall):
    return lambda: promise(hall.ben)


@scenario(improvement.promise, **PLAN)
@scenario(improvement.promise, stage="revealed", **PLAN)
def a_team_promises_something(hall):
    return lambda: promise(hall.jo, is_shared=True)


@scenario(improvement.promise, stage="revealed", **PLAN)
def somebody_alone_promises_something(hall):
    return lambda: promise(hall.finn)


@scenario(improvement.change_promise, stage="revealed", **PLAN)
@scenario(improvement.change_promise, stage="revealed", **PLAN, **BALLOTS)
def a_member_says_the_teams_promise_otherwise(hall):
    step = promise(hall.ben, is_shared=True)
    return lambda: improvement.change_promise(
        by=hall.cleo.viewer,
        seat_id=hall.cleo.seat_id,
        step_id=step.id,
        words="Meet monthly.",
        owner="",
        due_on=None,
        look_for="",
        at=NOW,
    )


@scenario(improvement.take_back, stage="revealed", **PLAN)
def a_promise_is_taken_back(hall):
    step = promise(hall.ben)
    return lambda: improvement.take_back(
        by=hall.ben.viewer, seat_id=hall.ben.seat_id, step_id=step.id, at=NOW
    )


def settled(person, step, state):
    return lambda: improvement.settle(
        by=person.viewer,
        seat_id=person.seat_id,
        step_id=step.id,
        was="open",
        state=state,
        reason="We did not.",
        at=NOW,
    )


@scenario(improvement.settle, stage="revealed", **PLAN)
def a_promise_is_settled(hall):
    return settled(hall.cleo, promise(hall.ben), "done")


def home_of(hall):
    """A hub, and a member of it who sits in Riverbend as Ben."""
    hub = make_hub(make_network())
    rosa = make_account("Rosa", hub=hub)
    of_ben = {"by": hall.ben.viewer, "account": account(rosa), "who": "Rosa", "seat_id": hall.ben.seat_id}
    return hub, rosa, of_ben


@scenario(claims.claim_team, stage="revealed")
def a_board_is_kept_for_a_hub(hall):
    hub, _rosa, of_ben = home_of(hall)
    return lambda: claims.claim_team(**of_ben, hub_id=hub.id, at=NOW)


@scenario(claims.claim_seat, stage="revealed")
def a_seat_is_taken_along(hall):
    _hub, _rosa, of_ben = home_of(hall)
    return lambda: claims.claim_seat(**of_ben, at=NOW)


def erased(hall):
    """Whoever sat in Riverbend as Ben, about to be erased, with a ledger that is thrown away."""
    _hub, rosa, of_ben = home_of(hall)
    claims.claim_seat(**of_ben, at=NOW)
    return rosa


@scenario(erasure.erase, stage="revealed")
def somebody_is_erased(hall):
    rosa = erased(hall)
    return lambda: erasure.erase(by=account(rosa), person_id=rosa.id, at=NOW)


@scenario(erasure.replay_now, stage="revealed")
def who_was_erased_before_is_erased_again(hall):
    rosa = erased(hall)
    ledger.enter([Erased(rosa.id, NOW, "")])
    return lambda: erasure.replay_now(at=NOW)


@scenario(copies.note_copy, stage="revealed")
def a_copy_is_taken(hall):
    rosa = erased(hall)
    return lambda: copies.note_copy(person=rosa, at=NOW)


@scenario(settling.settle, stage="revealed", **PLAN)
def a_promise_is_settled_on_the_hub_s_page(hall):
    hub, rosa, of_ben = home_of(hall)
    claims.claim_team(**of_ben, hub_id=hub.id, at=NOW)
    step = promise(hall.cleo)
    return lambda: settling.settle(
        by=account(rosa),
        who="Rosa",
        hub=hub,
        step_id=step.id,
        was="open",
        state="done",
        reason="We did.",
        at=NOW,
    )


def raised(hall):
    """Riverbend's hub, one of its team's promises, and who leads its network."""
    hub, rosa, of_ben = home_of(hall)
    claims.claim_team(**of_ben, hub_id=hub.id, at=NOW)
    step = promise(hall.cleo, is_shared=True)
    lena = account(make_account("Lena", network=hub.network, role="network-lead"))
    return {"by": account(rosa), "hub": hub, "step_id": step.id, "at": NOW}, lena


@scenario(raising.raise_step, stage="revealed", **PLAN)
def a_promise_is_raised_to_the_network(hall):
    of_hub, _lena = raised(hall)
    return lambda: raising.raise_step(**of_hub, asked="Who has done this?")


@scenario(raising.take_back, stage="revealed", **PLAN)
def what_was_raised_is_taken_back(hall):
    of_hub, _lena = raised(hall)
    raising.raise_step(**of_hub, asked="Who has done this?")
    return lambda: raising.take_back(**of_hub)


@scenario(raising.answer, stage="revealed", **PLAN)
def the_network_answers_what_was_raised(hall):
    of_hub, lena = raised(hall)
    it = raising.raise_step(**of_hub, asked="Who has done this?")
    told = {"network_id": it.network_id, "raising_id": it.id, "was": "", "answer": "how", "words": "Call us."}
    return lambda: raising.answer(by=lena, **told, at=NOW)


@scenario(promising.promise, stage="revealed", **PLAN)
def a_program_promises_for_the_hub(hall):
    hub, rosa, of_ben = home_of(hall)
    claims.claim_team(**of_ben, hub_id=hub.id, at=NOW)
    said = {"words": "Meet.", "owner": "", "due_on": None}
    return lambda: promising.promise(by=account(rosa), hub=hub, once="a" * 32, at=NOW, **said)


def kept(hall):
    """The same with Riverbend's board on the hub's page, and what its leader needs to share it."""
    hub, _rosa, of_ben = home_of(hall)
    claims.claim_team(**of_ben, hub_id=hub.id, at=NOW)
    lead = account(make_account("Lou", hub=hub, role="hub-leader"))
    return {"by": lead, "who": "Lou", "hub": hub, "at": NOW}


def shared(hall):
    of_hub = kept(hall)
    return of_hub, sharing.share(**of_hub, source=hall.board(RIVERBEND).id, reach="network")


@scenario(sharing.share, stage="revealed")
def a_board_is_shared(hall):
    of_hub = kept(hall)
    return lambda: sharing.share(**of_hub, source=hall.board(RIVERBEND).id, reach="network")


@scenario(sharing.take_back, stage="revealed")
def what_was_shared_is_taken_back(hall):
    of_hub, release = shared(hall)
    return lambda: sharing.take_back(**of_hub, release_id=release.id)


@scenario(sharing.look, stage="revealed")
def somebody_looks_at_what_is_shared(hall):
    of_hub, release = shared(hall)
    return lambda: sharing.look(by=of_hub["by"], releases=[release], at=NOW)


@scenario(sharing.ask_for, stage="revealed")
def a_network_says_what_it_asks_for(hall):
    network = make_network()
    lead = account(make_account("Lena", network=network, role="network-lead"))
    asks = {"levels": True, "strategies": False, "next_steps": False}
    return lambda: sharing.ask_for(by=lead, who="Lena", network=network, at=NOW, **asks)


def merging_hubs(hall):
    """Riverbend's hub, and one beside it; each has a leader, who asked or was asked."""
    of_hub = kept(hall)
    beside = make_hub(of_hub["hub"].network, "Beside")
    leo = account(make_account("Leo", hub=beside, role="hub-leader"))
    ask = {"by": of_hub["by"], "hub": of_hub["hub"], "email": "leo@example.org", "address": "", "at": NOW}
    return ask, {"by": leo, "hub": beside, "at": NOW}


@scenario(merging.ask, stage="revealed")
def a_hub_asks_another_to_be_one(hall):
    ask, _answer = merging_hubs(hall)
    return lambda: merging.ask(**ask)


@scenario(merging.take_back, stage="revealed")
def a_hub_asks_no_longer(hall):
    ask, _answer = merging_hubs(hall)
    merging.ask(**ask)
    return lambda: merging.take_back(by=ask["by"], hub=ask["hub"], at=NOW)


@scenario(merging.answer, stage="revealed")
def two_hubs_become_one(hall):
    ask, answer = merging_hubs(hall)
    asked = merging.ask(**ask)
    return lambda: merging.answer(**answer, merge_id=asked.id, agrees=True)


@scenario(moving.move_team, stage="revealed")
def the_hub_for_which_a_board_is_kept_moves(hall):
    of_hub = kept(hall)
    admin = make_account("Mo")
    Person.objects.filter(id=admin.id).update(is_administrator=True)
    admin.refresh_from_db()
    coast, hub = make_network("Coast network"), of_hub["hub"]
    return lambda: moving.move_team(
        by=account(admin), network_id=hub.network_id, team_id=hub.id, to=coast.id, at=NOW
    )


def promised_before(hall):
    """What Riverbend promised in another session."""
    other = Hall(*again.start_again(by=hall.leader, room=hall.room, address="http://testserver", at=NOW))
    return promise(other.begin().sit("BE"))


@scenario(improvement.settle, stage="lobby")
@scenario(improvement.settle, stage="revealed", **PLAN)
def what_was_promised_last_time_is_settled(hall):
    return settled(hall.cleo, promised_before(hall), "dropped")


@scenario(improvement.settle, stage="revealed", **PLAN)
def what_was_promised_last_time_is_carried_on(hall):
    return settled(hall.cleo, promised_before(hall), "carried")


@scenario(improvement.promise, stage="lobby")
def a_team_promises_something_in_another_room(hall):
    promised_before(hall)
    return lambda: promised_before(hall)


@scenario(again.start_again, stage="revealed")
@scenario(sessions.start_again, stage="revealed")
def the_next_session_is_started(hall):
    return lambda: again.start_again(by=hall.leader, room=hall.room, address="http://testserver", at=NOW)


@scenario(retention.sweep_out, stage="revealed", **STRATEGIES)
def what_was_taken_back_is_deleted(hall):
    strategy, step = name_strategy(hall, hall.ben), promise(hall.ben)
    playbook.take_back_strategy(by=hall.ben.viewer, seat_id=hall.ben.seat_id, strategy_id=strategy.id, at=NOW)
    improvement.take_back(by=hall.ben.viewer, seat_id=hall.ben.seat_id, step_id=step.id, at=NOW)
    return lambda: retention.keep_to_rules(at=NOW + timedelta(days=400))


# -- marks -------------------------------------------------------------------------------------------------


@scenario(marks.place_marks)
@scenario(marks.place_marks, **OPEN)
@scenario(marks.place_marks, **BALLOTS)
def somebody_answers_once(hall):
    return lambda: hall.kim.mark(1, "4")


@scenario(marks.place_marks)
@scenario(marks.place_marks, **OPEN)
@scenario(marks.place_marks, **BALLOTS)
def somebody_finishes(hall):
    return lambda: hall.jo.mark(11, "4")


@scenario(marks.place_marks, answers=False)
@scenario(marks.place_marks, answers=False, **BALLOTS)
@scenario(marks.place_marks, answers=False, **OPEN)
def somebody_answers_everything_at_once(hall):
    return lambda: hall.ben.fill()


@scenario(marks.place_marks)
@scenario(marks.place_marks, **OPEN)
@scenario(marks.place_marks, **BALLOTS)
def somebody_clears_an_answer(hall):
    return lambda: hall.ben.mark(3, ".")


@scenario(marks.place_marks)
def somebody_alone_changes_an_answer(hall):
    return lambda: hall.finn.mark(3, "1")


@scenario(marks.place_marks, stage="revealed")
@scenario(marks.place_marks, stage="revealed", **DOTS)
@scenario(marks.place_marks, stage="revealed", **BALLOTS)
def somebody_moves_after_the_talk(hall):
    return lambda: hall.ben.mark(1, "2", phase="after")


@scenario(marks.place_marks, stage="revealed")
def somebody_takes_their_initials_away_after_the_talk(hall):
    return lambda: hall.ben.mark(1, ".", phase="after")


@scenario(marks.place_marks, stage="revealed")
@scenario(marks.place_marks, stage="revealed", **BALLOTS)
def a_latecomer_rates(hall):
    return lambda: hall.lea.fill()


@scenario(marks.place_marks, stage="revealed")
def an_answer_comes_after_its_time(hall):
    return lambda: hall.ben.mark(1, "2", phase="before")


@scenario(marks.place_marks, stage="revealed")
@scenario(marks.place_marks, stage="revealed", **BALLOTS)
def a_latecomer_clears_an_answer_having_seen_the_board(hall):
    hall.lea.fill()
    boards.choose_late(by=hall.lea.viewer, seat_id=hall.lea.seat_id, is_added=True, at=NOW)
    return lambda: hall.lea.mark(4, ".", phase="after")


@scenario(boards.wish)
@scenario(boards.wish, answers=False)
def somebody_would_rather_not(hall):
    return lambda: boards.wish(by=hall.ben.viewer, seat_id=hall.ben.seat_id, at=NOW)


@scenario(boards.take_back_wish, **DOTS)
def somebody_would_after_all(hall):
    return lambda: boards.take_back_wish(by=hall.dara.viewer, seat_id=hall.dara.seat_id, at=NOW)


@scenario(boards.reveal)
@scenario(boards.reveal, **DOTS)
@scenario(boards.reveal, **BALLOTS)
def a_board_is_opened(hall):
    return lambda: hall.reveal(RIVERBEND)


@scenario(boards.reveal, wishes=("Kim",))
def a_small_board_with_a_wish_is_opened(hall):
    return lambda: hall.reveal(NORTH_SHORE)


@scenario(boards.reveal)
def somebody_alone_opens_their_page(hall):
    team = hall.finn.seat.team.name
    return lambda: hall.reveal(team)


@scenario(boards.choose_late, stage="revealed")
@scenario(boards.choose_late, stage="revealed", **DOTS)
def a_latecomer_adds_theirs(hall):
    hall.lea.fill()
    return lambda: boards.choose_late(by=hall.lea.viewer, seat_id=hall.lea.seat_id, is_added=True, at=NOW)


@scenario(boards.choose_late, stage="revealed")
@scenario(boards.choose_late, stage="revealed", **BALLOTS)
def a_latecomer_keeps_theirs(hall):
    hall.lea.fill()
    return lambda: boards.choose_late(by=hall.lea.viewer, seat_id=hall.lea.seat_id, is_added=False, at=NOW)


@scenario(boards.answer_offer, stage="revealed")
def an_offer_is_taken(hall):
    hall.ben.mark(1, "2", phase="before")
    return lambda: boards.answer_offer(by=hall.ben.viewer, seat_id=hall.ben.seat_id, is_added=True, at=NOW)


@scenario(boards.answer_offer, stage="revealed")
def an_offer_is_left(hall):
    hall.ben.mark(1, "2", phase="before")
    return lambda: boards.answer_offer(by=hall.ben.viewer, seat_id=hall.ben.seat_id, is_added=False, at=NOW)


@scenario(boards.answer_offer)
def an_offer_is_taken_before_the_board_is_open(hall):
    hall.close()
    hall.jo.mark(11, "2")
    hall.begin()
    return lambda: boards.answer_offer(by=hall.jo.viewer, seat_id=hall.jo.seat_id, is_added=True, at=NOW)


def type_in(hall, line: str, replaces: str = "") -> str:
    """The facilitator types in one line of Riverbend's paper: "KM=1 BO=4", or without names "1=3 4=2"."""
    pairs = [it.split("=") for it in line.split()]
    first = hall.look_fors[0]
    if hall.session.rung == "anonymous":
        typed = typing_in.Typed(counts={first: {hall.answer(sign): int(people) for sign, people in pairs}})
    else:
        typed = typing_in.Typed(names={name: {first: hall.answer(sign)} for name, sign in pairs})
    once = secrets.token_hex(16)
    team = hall.team(RIVERBEND)
    typing_in.type_in(by=hall.leader, team_id=team, typed=typed, replaces=replaces, once=once, at=NOW)
    return once


@scenario(typing_in.type_in)
@scenario(typing_in.type_in, **DOTS)
@scenario(typing_in.type_in, **OPEN)
@scenario(typing_in.type_in, stage="revealed")
@scenario(typing_in.type_in, stage="revealed", **DOTS)
@scenario(typing_in.type_in, **SCRIPTED)
def paper_is_typed_in(hall):
    return lambda: type_in(hall, "BE=1 KM=4")


@scenario(typing_in.type_in)
@scenario(typing_in.type_in, **OPEN)
@scenario(typing_in.type_in, stage="revealed")
def paper_is_typed_in_otherwise(hall):
    once = type_in(hall, "KM=1 BO=4")
    return lambda: type_in(hall, "KM=2 ZZ=4", once)


@scenario(typing_in.type_in, **BALLOTS)
@scenario(typing_in.type_in, stage="revealed", **BALLOTS)
def counts_are_typed_in(hall):
    return lambda: type_in(hall, "1=3 4=2")


@scenario(boards.reveal)
@scenario(boards.reveal, **DOTS)
def a_board_with_paper_is_opened(hall):
    type_in(hall, "KM=1 BO=4")
    return lambda: hall.reveal(RIVERBEND)


@scenario(boards.reveal, **BALLOTS)
def a_board_with_counted_paper_is_opened(hall):
    type_in(hall, "1=3 4=2")
    return lambda: hall.reveal(RIVERBEND)


@scenario(retention.sweep_out, stage="revealed")
@scenario(retention.note, stage="revealed")
def what_was_removed_is_deleted(hall):
    return lambda: retention.keep_to_rules(at=NOW + timedelta(days=400))


@scenario(rehearsals.start_rehearsal)
def a_rehearsal_is_started(hall):
    return lambda: rehearse()


@scenario(rehearsals.note_played)
def pretend_people_have_done_something(hall):
    rehearse()
    [rehearsal] = Rehearsal.everywhere.all()
    return lambda: rehearsals.note_played(rehearsal_id=rehearsal.pk, people=[], at=NOW)


@scenario(rehearsals.delete_rehearsals)
def a_rehearsal_is_deleted(hall):
    rehearse()
    return lambda: rehearsals.delete_rehearsals(at=NOW + timedelta(days=2))


# -- what happens beside the room --------------------------------------------------------------------------


@scenario(sessions.start_session)
def another_room_is_started(hall):
    from tests.make import start

    return lambda: start(title="Another room")


@scenario(frameworks.install_shipped_packs)
def the_packs_are_installed_again(hall):
    return lambda: frameworks.install_shipped_packs(at=NOW)


@scenario(frameworks.install_pack)
def somebody_brings_a_pack(hall):
    pack = replace(shipped_pack("network-health"), id="brought")
    return lambda: frameworks.install_pack(pack=pack, at=NOW)


@scenario(notices.take_mail)
def a_mail_is_taken(hall):
    mail = notices.promise_mail(to="ada@example.org", subject="Hello", words="Hello", at=NOW)
    return lambda: notices.take_mail(mail_id=mail.pk, at=NOW)


@scenario(notices.give_up)
def a_mail_can_not_be_sent(hall):
    mail = notices.promise_mail(to="ada@example.org", subject="Hello", words="Hello", at=NOW)
    type(mail).objects.filter(pk=mail.pk).update(tries=notices.MOST_TRIES)
    return lambda: notices.give_up(at=NOW)


@scenario(notices.mark_sent)
def a_mail_is_sent(hall):
    mail = notices.promise_mail(to="ada@example.org", subject="Hello", words="Hello", at=NOW)
    return lambda: notices.mark_sent(mail_id=mail.pk, at=NOW)


# -- the proof ---------------------------------------------------------------------------------------------

# One or two of each audience, one of them in Spanish where there are two; everybody else of the cast is in the room as well.
WATCHERS = ("Ada", "projector", "Ben", "Eli", "Ivo", "Finn", "Gale", "Lea")


@dataclass
class Page:
    """One page that somebody has open."""

    name: str
    device: Device
    address: str
    admission: Admission
    regions: dict[str, str]


def address_of(hall_id: str, audience: str) -> str:
    """The page with the most live parts that this audience has."""
    kind, _team, step = topics.read_audience(audience)
    pages = {"waiting": "lobby", "own": "board"}
    return f"/r/{hall_id}/step/" if step else f"/r/{hall_id}/{pages.get(kind, kind)}/"


def admit(hall_id: str, name: str, device: Device) -> Admission | None:
    kind = {"Ada": "lead/", "projector": "projector/"}.get(name, "")
    return served().admit(f"/r/{hall_id}/{kind}stream/", device.cookies, {})


def watched_regions(admission: Admission, html: str) -> dict[str, str]:
    """The live parts of a page; where each sees only their own answers, these are no part of what is watched."""
    is_own = admission.audience.startswith("own:")
    return {
        name: inner
        for name, inner in raw_regions_of(html).items()
        if not (is_own and name.startswith("row-"))
    }


def watching(hall: Convening) -> dict[str, Device]:
    return {who: device for who, device in hall.devices().items() if who in WATCHERS}


def open_pages(hall: Convening, devices: dict[str, Device]) -> list[Page]:
    """Everybody who may watch opens their page."""
    pages = []
    for name, device in devices.items():
        admission = admit(hall.id, name, device)
        if admission is None:
            continue
        address = address_of(hall.id, admission.audience)
        response = device.client.get(address)
        if response.status_code != 200:  # a page of answers, which holds fewer parts
            address = f"/r/{hall.id}/look-fors/"
            response = device.client.get(address)
        assert response.status_code == 200, (name, admission.audience)
        pages.append(Page(name, device, address, admission, watched_regions(admission, text_of(response))))
        kept = f"/r/{hall.id}/team-page/"  # which anybody of a team may have open at any time
        response = device.client.get(kept)
        if response.status_code == 200:
            regions = watched_regions(admission, text_of(response))
            pages.append(Page(f"{name}, who keeps it,", device, kept, admission, regions))
    return pages


@pytest.fixture(autouse=True)
def clocks_stand(monkeypatch):
    """The old page, the frames and the fresh page are drawn at one moment: a step that is over tells by how much."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def announced(django_capture_on_commit_callbacks):
    """Perform something and hear what it told the stream."""

    def perform(act: Act) -> list[changes.Change]:
        heard: list[changes.Change] = []
        before = list(changes._listeners)
        changes.listen(heard.append)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                act()
        finally:
            changes._listeners[:] = before
        return heard

    return perform


def readers(admission: Admission) -> tuple[str, str]:
    """Who is sent the same bytes: everybody of one audience who reads in the same language."""
    return admission.audience, admission.language


def drawn(hall: Convening, audience: str, language: str, regions: set[str]) -> dict[str, str]:
    with translation.override(language):
        return served().render(hall.id, audience, regions)


def faults_after(hall: Convening, pages: list[Page], heard: list[changes.Change]) -> list[str]:
    """Whose page is not what it should be, once what was announced has been laid over it."""
    faults = []
    heard = [it for it in heard if it.channel == hall.id]
    regions = {region for it in heard for region in it.regions}
    frames = {
        it: drawn(hall, *it, regions) if regions else {} for it in {readers(page.admission) for page in pages}
    }
    for page in pages:
        now = admit(hall.id, page.name, page.device)
        if served().readmit_many(hall.id, [page.admission]) != [now]:
            faults.append(f"{page.name}: asked again is not the same as asked for the first time")
        if now is None or readers(now) != readers(page.admission):
            if not any(it.recheck for it in heard):
                faults.append(f"{page.name} has to be turned")
            continue
        laid = {name: html for name, html in frames[readers(now)].items() if name in page.regions}
        response = page.device.client.get(page.address)
        if response.status_code != 200:
            faults.append(f"{page.name} is not told that {page.address} has gone")
            continue
        fresh = watched_regions(now, text_of(response))
        old = page.regions | laid
        if old.keys() != fresh.keys():
            faults.append(f"{page.name} has other parts: {old.keys() ^ fresh.keys()}")
        faults += [
            f"{page.name} sees an old {name}"
            for name in old.keys() & fresh.keys()
            if old[name].split() != fresh[name].split() and normal(old[name]) != normal(fresh[name])
        ]
    return faults


@pytest.mark.parametrize("name", ROOMS)
def test_old_page_plus_frames_is_a_fresh_page(name, announced):
    hall = convening(**ROOMS[name])
    devices = watching(hall)
    at_first, beginning = open_pages(hall, devices), hall.room.sequence
    faults = {}
    for prepare in SCENARIOS[name]:
        with transaction.atomic():
            act = prepare(hall)
            pages = at_first if hall.room.sequence == beginning else open_pages(hall, devices)
            found = faults_after(hall, pages, announced(act))
            transaction.set_rollback(True)
        if found:
            faults[prepare.__name__] = found
    assert faults == {}


def test_every_action_is_proved():
    assert all_actions() - PROVED == set()


def test_the_numbers_of_a_room_come_one_by_one(announced):
    hall = convening("rating")
    before = hall.room.sequence
    heard = announced(lambda: (hall.jo.mark(11, "4"), hall.sit("ZZ"), hall.reveal(RIVERBEND)))
    assert [it.sequence for it in heard] == list(range(before + 1, before + 4))


@pytest.mark.parametrize("room", [SILENT, DOTS, BALLOTS, OPEN], ids=["initials", "dots", "ballots", "open"])
@pytest.mark.parametrize("stage", ["lobby", "revealed"])
def test_parts_are_drawn_as_the_page_draws_them(stage, room):
    hall = convening(stage, **room)
    for page in open_pages(hall, watching(hall)):
        parts = page.device.client.get(f"{page.address}?part=live")
        drawn = raw_regions_of(text_of(parts))
        assert {name: drawn.get(name, "").split() for name in page.regions} == {
            name: html.split() for name, html in page.regions.items()
        }, page.name
        assert parts["Hubcraft-Sequence"] == str(hall.room.sequence)
        again = page.device.get(f"{page.address}?part=live", **{"If-None-Match": parts["ETag"]})
        assert again.status_code == 304


def test_the_trail_of_a_whole_session_holds_no_answer():
    hall = convening("revealed")
    told = " ".join(f"{it.who} {it.did} {it.thing}" for it in TrailEntry.objects.all())
    assert "opened a board" in told
    assert [level for level in hall.levels if level in told] == []
