"""Strategies: named once, by their author, seen by nobody who may not see the board."""

import secrets
from datetime import timedelta

import pytest

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.networks.models import Unscoped
from hubcraft.apps.playbook import policy
from hubcraft.apps.playbook.actions import (
    change_strategy,
    name_strategy,
    take_back_strategy,
)
from hubcraft.apps.playbook.models import Strategy
from hubcraft.apps.playbook.queries import offers, own_strategies, team_strategies
from hubcraft.apps.records.actions.retention import keep_to_rules
from hubcraft.apps.reflections.actions.moves import change_team, merge_seats, merge_teams
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.models import Seat
from hubcraft.domain.verdict import NotThere, Refused
from tests.cast import wish
from tests.device import text_of
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, Person, opened, seated, start

pytestmark = pytest.mark.django_db


def name(person: Person, number: int = 1, words: str = "We meet on Mondays.", **more) -> Strategy:
    """Somebody names a strategy for a look-for."""
    more = {"once": secrets.token_hex(16), "how_we_know": "Nobody asks twice.", "at": NOW} | more
    look_for = person.hall.look_fors[number - 1]
    return name_strategy(by=person.viewer, seat_id=person.seat_id, look_for=look_for, words=words, **more)


def take_back(person: Person, strategy: Strategy) -> None:
    take_back_strategy(by=person.viewer, seat_id=person.seat_id, strategy_id=strategy.id, at=NOW)


def change(person: Person, strategy: Strategy, words: str) -> Strategy:
    return change_strategy(
        by=person.viewer, seat_id=person.seat_id, strategy_id=strategy.id, words=words, how_we_know="", at=NOW
    )


def own(person: Person) -> list[str]:
    return [it.words for it in own_strategies(person.place)]


def seen(hall: Hall, team: str = RIVERBEND) -> list[tuple[int, str, str]]:
    """What a team sees: the look-for's number, the label and the words."""
    return [
        (group.look_for.number, it.label, it.words)
        for group in team_strategies(hall.session, hall.board(team), hall.rubric)
        for it in group.strategies
    ]


def test_a_strategy_is_kept_as_it_was_told():
    hall = opened()
    [ben] = seated(hall, "BE")
    strategy = name(ben, 3)
    kept = Strategy.everywhere.get()
    assert kept == strategy
    assert (kept.team_id, kept.network_id, kept.session) == (
        ben.seat.team_id,
        ben.seat.network_id,
        hall.session,
    )
    assert (kept.seat_id, kept.slip, kept.look_for) == (ben.seat_id, "", hall.look_fors[2])
    assert (kept.words, kept.how_we_know, kept.language) == (
        "We meet on Mondays.",
        "Nobody asks twice.",
        "en",
    )
    assert (kept.made_at, kept.changed_at, kept.removed_at) == (NOW, NOW, None)


def test_sent_twice_it_is_one_and_says_the_last():
    hall = opened()
    [ben] = seated(hall, "BE")
    once = secrets.token_hex(16)
    for words in ("First", "First", "Second"):
        name(ben, words=words, once=once)
    assert own(ben) == ["Second"]
    assert TrailEntry.objects.filter(did__contains="strategy").count() == 2


@pytest.mark.parametrize("rung", ["initials", "anonymous"])
def test_nobody_sends_somebody_elses_form(rung):
    hall = opened(rung=rung)
    ben, cleo = seated(hall, "BE", "CL")
    once = secrets.token_hex(16)
    name(ben, words="Ben’s", once=once)
    with pytest.raises(Refused, match="sent before"):
        name(cleo, words="Cleo’s", once=once)
    assert (own(ben), own(cleo)) == (["Ben’s"], [])
    name(cleo, words="Cleo’s")
    assert own(cleo) == ["Cleo’s"]


def test_a_form_that_is_sent_again_does_not_bring_back_what_was_taken_back():
    hall = opened()
    [ben] = seated(hall, "BE")
    once = secrets.token_hex(16)
    take_back(ben, name(ben, once=once))
    with pytest.raises(Refused, match="sent before"):
        name(ben, once=once)
    assert own(ben) == []


@pytest.mark.parametrize("rung", ["initials", "alias", "anonymous"])
def test_only_its_author_changes_a_strategy_and_takes_it_back(rung):
    hall = opened(rung=rung)
    ben, cleo = seated(hall, "BE", "CL")
    strategy = name(ben)
    hall.reveal()
    for act in (lambda who: change(who, strategy, "Mine now"), lambda who: take_back(who, strategy)):
        with pytest.raises(NotThere):
            act(cleo)
    with pytest.raises(NotThere):
        take_back_strategy(by=hall.leader, seat_id=ben.seat_id, strategy_id=strategy.id, at=NOW)
    assert own(ben) == ["We meet on Mondays."]
    change(ben, strategy, "We meet on Tuesdays.")
    assert own(ben) == ["We meet on Tuesdays."]
    take_back(ben, strategy)
    assert (own(ben), seen(hall)) == ([], [])


def test_nothing_new_in_a_room_that_has_not_begun_or_is_closed():
    hall = start()
    [ben] = seated(hall, "BE")
    with pytest.raises(Refused, match="not begun"):
        name(ben)
    hall.begin()
    strategy = name(ben)
    hall.close()
    for act in (lambda: name(ben), lambda: change(ben, strategy, "Other"), lambda: take_back(ben, strategy)):
        with pytest.raises(Refused, match="closed"):
            act()
    assert own(ben) == ["We meet on Mondays."]


def test_who_interprets_or_waits_writes_nothing():
    hall = opened()
    ben, noor = hall.sit("BE"), hall.sit("NO", kind=Seat.Kind.INTERPRETING)
    hall.reveal()
    gale = hall.sit("GA")
    with pytest.raises(Refused, match="interpret"):
        name(noor)
    with pytest.raises(Refused, match="lets you in"):
        name(gale)
    name(ben)
    assert seen(hall) == [(1, "BE", "We meet on Mondays.")]


def test_nobody_fills_the_disk():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    for _each in range(policy.MOST_STRATEGIES):
        name(ben)
    with pytest.raises(Refused, match="twelve"):
        name(ben)
    name(cleo)
    assert Strategy.everywhere.count() == policy.MOST_STRATEGIES + 1


def test_a_look_for_of_another_rubric_is_refused():
    hall = opened()
    [ben] = seated(hall, "BE")
    with pytest.raises(Refused, match="not on this rubric"):
        name_strategy(
            by=ben.viewer,
            seat_id=ben.seat_id,
            once=secrets.token_hex(16),
            look_for="elsewhere",
            words="x",
            how_we_know="",
            at=NOW,
        )
    name(ben)
    assert Strategy.everywhere.count() == 1


# -- what is asked for -------------------------------------------------------------------------------------


def test_asked_for_is_what_somebody_said_is_pretty_good_or_great():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    ben.fill("1234?-3....")
    cleo.fill("4" * 11)
    found = offers(ben.place)
    asked = {level.key: [it.look_for.number for it in own] for level, own in found.asked}
    assert list(asked.items()) == [("great", [4]), ("pretty-good", [3, 7])]
    others = [it.look_for.number for _title, own in found.others for it in own]
    assert sorted(others) == [1, 2, 5, 6, 8, 9, 10, 11]
    name(ben, 4)
    assert [[it.has_own for it in own] for _level, own in offers(ben.place).asked] == [[True], [False, False]]


def test_a_ballot_tells_only_its_own_phone_what_is_asked_for():
    hall = opened(rung="anonymous")
    ben, cleo = seated(hall, "BE", "CL")
    ben.fill("4..........")
    cleo.fill("1..........")
    assert [it.look_for.number for _level, own in offers(ben.place).asked for it in own] == [1]
    assert offers(cleo.place).asked == ()


# -- who sees it -------------------------------------------------------------------------------------------


def test_the_team_sees_strategies_side_by_side_once_its_board_is_open():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    [ivo] = seated(hall, "IV", team=NORTH_SHORE)
    name(cleo, 5, "Cleo’s")
    name(ben, 5, "Ben’s")
    name(ben, 2, "Ben’s other")
    name(ivo, 5, "Ivo’s")
    assert seen(hall) == []
    hall.reveal()
    assert seen(hall) == [(2, "BE", "Ben’s other"), (5, "BE", "Ben’s"), (5, "CL", "Cleo’s")]
    assert seen(hall, NORTH_SHORE) == []


def test_on_an_open_board_they_show_from_the_start():
    hall = opened(is_open_board=True)
    [ben] = seated(hall, "BE")
    name(ben)
    assert seen(hall) == [(1, "BE", "We meet on Mondays.")]


def test_where_the_board_shows_dots_strategies_carry_no_name():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    seated(hall, "DA", "EL", "HA")
    name(ben)
    wish(cleo)
    hall.reveal()
    assert hall.board(RIVERBEND).shows == "dots"
    assert seen(hall) == [(1, "", "We meet on Mondays.")]


def test_where_everyone_sees_only_their_own_no_strategy_is_told_either():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    name(ben), name(cleo, 2, "We ask twice.")
    wish(cleo)
    hall.reveal()
    assert hall.board(RIVERBEND).shows == "own"
    assert seen(hall) == []
    assert own(ben) == ["We meet on Mondays."]
    page = text_of(ben.device.get(f"/r/{hall.id}/team-page/"))
    assert ("We meet on Mondays." in page, "We ask twice." in page) == (True, False)
    assert "Only you see what you write" in " ".join(
        policy.who_can_see(hall.session, hall.board(RIVERBEND), is_alone=False)
    )


def test_under_the_anonymous_rung_nothing_leads_back():
    hall = opened(rung="anonymous")
    ben, cleo = seated(hall, "BE", "CL")
    before = TrailEntry.objects.count()
    for person in (ben, cleo):
        name(person, at=NOW.replace(hour=13, minute=37))
    assert TrailEntry.objects.count() == before
    midnight = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    assert set(Strategy.everywhere.values_list("seat", "made_at", "changed_at")) == {
        (None, midnight, midnight)
    }
    slips = set(Strategy.everywhere.values_list("slip", flat=True))
    assert len(slips) == 2 and "" not in slips
    hall.reveal()
    assert [(label, words) for _number, label, words in seen(hall)] == [("", "We meet on Mondays.")] * 2
    assert len(own(ben)) == 1


def test_a_phone_that_lost_its_secret_writes_nothing_it_could_not_take_back():
    hall = opened(rung="anonymous")
    ben, cleo = seated(hall, "BE", "CL")
    ben.ballot = ""
    with pytest.raises(Refused, match="lost the key"):
        name(ben)
    name(cleo)
    assert Strategy.everywhere.count() == 1


def test_what_a_person_reads_before_writing_is_what_comes_true():
    def said(hall: Hall, team: str = RIVERBEND) -> str:
        board = hall.board(team)
        return " ".join(policy.who_can_see(hall.session, board, is_alone=board.team.is_alone))

    hall = opened()
    seated(hall, "BE")
    assert "Until your team opens its board, only you see this." in said(hall)
    hall.reveal()
    assert "Your team sees this with your initials as soon as you send it." in said(hall)
    hall = opened(rung="alias", is_open_board=True)
    assert "Your team sees this with your alias" in said(hall)
    hall = opened(rung="anonymous")
    assert "without your name" in said(hall)
    hall = opened()
    finn = hall.sit("FI", ALONE)
    assert said(hall, finn.seat.team.name) == "You are here alone: only you see what you write."


def test_whoever_was_put_away_takes_their_strategies_along():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    name(ben), name(cleo)
    hall.reveal()
    rooms.remove_seat(by=hall.leader, seat=ben.seat, at=NOW)
    assert seen(hall) == [(1, "CL", "We meet on Mondays.")]


# -- teams and seats that turn out to be one ---------------------------------------------------------------


def test_strategies_go_along_to_another_team():
    hall = opened()
    ben, _cleo = seated(hall, "BE", "CL")
    name(ben)
    change_team(by=ben.viewer, room=hall.room, seat=ben.seat, placement=hall.placement(NORTH_SHORE), at=NOW)
    assert own(ben) == ["We meet on Mondays."]
    kept = Strategy.everywhere.get()
    assert (kept.team_id, kept.network_id) == (ben.seat.team_id, ben.seat.network_id)


@pytest.mark.parametrize("rung", ["initials", "anonymous"])
def test_what_was_written_alone_stays_its_authors_until_they_save_it_for_their_team(rung):
    hall = opened(rung=rung)
    [ben] = seated(hall, "BE")
    finn = hall.sit("FI", ALONE)
    name(ben), name(finn, 2, "Only I know.")
    hall.reveal()
    change_team(by=hall.leader, room=hall.room, seat=finn.seat, placement=hall.placement(RIVERBEND), at=NOW)
    assert [words for _number, _label, words in seen(hall)] == ["We meet on Mondays."]
    assert own(finn) == ["Only I know."]
    assert [it.is_from_before for it in own_strategies(finn.place)] == [True]
    change(finn, Strategy.everywhere.get(words="Only I know."), "Only I know.")
    assert [words for _number, _label, words in seen(hall)] == ["We meet on Mondays.", "Only I know."]


@pytest.mark.parametrize("rung", ["initials", "anonymous"])
def test_two_names_of_one_team_bring_their_strategies_together(rung):
    hall = opened(rung=rung)
    [ben] = seated(hall, "BE")
    [ivo] = seated(hall, "IV", team=NORTH_SHORE)
    name(ben), name(ivo, 2)
    merge_teams(
        by=hall.leader,
        room=hall.room,
        kept=hall.room_team(RIVERBEND),
        gone=hall.room_team(NORTH_SHORE),
        at=NOW,
    )
    hall.reveal()
    assert [number for number, *_rest in seen(hall)] == [1, 2]
    assert own(ivo) == ["We meet on Mondays."]


def test_two_seats_of_one_person_keep_what_both_named():
    hall = opened()
    ben, again = seated(hall, "BE", "BE")
    name(ben), name(again, 2)
    merge_seats(by=hall.leader, room=hall.room, kept=ben.seat, gone=again.seat, at=NOW)
    assert len(own(ben)) == 2


# -- the house ---------------------------------------------------------------------------------------------


def test_what_was_taken_back_is_deleted_after_thirty_days():
    hall = opened()
    [ben] = seated(hall, "BE")
    take_back(ben, name(ben)), name(ben, 2)
    keep_to_rules(at=NOW + timedelta(days=29))
    assert Strategy.everywhere.count() == 2
    keep_to_rules(at=NOW + timedelta(days=31))
    assert Strategy.everywhere.count() == 1


def test_a_question_that_does_not_say_whose_is_refused():
    hall = opened()
    [ben] = seated(hall, "BE")
    name(ben)
    with pytest.raises(Unscoped):
        list(Strategy.objects.filter(look_for=hall.look_fors[0]))
    assert Strategy.objects.filter(team=ben.seat.team_id).count() == 1
