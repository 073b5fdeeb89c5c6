"""From one time to the next: whether a team came closer, and who moved, of those who said who they are."""

from datetime import timedelta

import pytest

from hubcraft.apps.insights.actions import claims
from hubcraft.apps.networks.models import Role
from hubcraft.apps.reflections.models import Reflection
from tests.device import says, text_of
from tests.homes import account, hub_address, make_account, make_hub, make_network, signed_in
from tests.make import NOW, RIVERBEND, seated, start

pytestmark = pytest.mark.django_db

TEAM = ("AB", "CD", "EF", "GH")


@pytest.fixture
def hub():
    return make_hub(make_network())


@pytest.fixture
def people(hub):
    return [
        make_account(f"Person {label}", hub=hub, role=Role.MEMBER if at else Role.HUB_LEADER)
        for at, label in enumerate(TEAM)
    ]


def reflect(hub, people, levels: str, days: int, *, rung: str = "initials", claiming=TEAM) -> str:
    """The team rates everything alike, each on their own level; those who claim say that the seat is theirs."""
    hall = start(rung=rung).begin()
    seats = seated(hall, *TEAM)
    for seat, level in zip(seats, levels, strict=True):
        seat.fill(level * len(hall.look_fors))
    hall.reveal()
    for label, seat, person in zip(TEAM, seats, people, strict=True):
        if label in claiming:
            told = {"by": seat.viewer, "account": account(person), "who": person.in_trail}
            claims.claim_seat(**told, seat_id=seat.seat_id, at=NOW)
    keeper = {"by": seats[0].viewer, "account": account(people[0]), "who": people[0].in_trail}
    claims.claim_team(**keeper, seat_id=seats[0].seat_id, hub_id=hub.id, at=NOW)
    then = NOW + timedelta(days=days)
    Reflection.everywhere.filter(id=hall.board(RIVERBEND).id).update(made_at=then, revealed_at=then)
    return f"{hub_address(hub)}framework/{hall.look_fors[0]}/"


def test_the_same_people_are_counted_by_where_they_went(hub, people):
    reflect(hub, people, "1223", 0)
    page = signed_in(people[0]).get(reflect(hub, people, "2224", 30))
    assert says(page, "The same people as the time before: 2 moved up, 2 stayed.")
    assert not says(page, "How many of you moved is told once")
    # As far from the middle on average as before, but one of them beyond an empty level now.
    assert says(page, "You stand further apart than the time before.")


def test_people_who_came_closer_are_told_so(hub, people):
    reflect(hub, people, "1144", 0)
    page = signed_in(people[0]).get(reflect(hub, people, "3333", 30))
    assert says(page, "You stand closer together than the time before.")


def test_who_is_not_linked_is_not_guessed_by_their_initials(hub, people):
    reflect(hub, people, "1223", 0, claiming=TEAM[:3])
    page = signed_in(people[0]).get(reflect(hub, people, "2224", 30))
    assert says(page, "Of 3 who rated both times: 1 moved up, 2 stayed.")
    assert says(page, "1 more rated now; whether they were there before is not known.")


def test_of_two_linked_people_neither_is_told_of(hub, people):
    reflect(hub, people, "1223", 0, claiming=TEAM[:2])
    page = signed_in(people[0]).get(reflect(hub, people, "2224", 30))
    assert says(page, "How many of you moved is told once three have said which seat was theirs")
    assert not says(page, "rated both times:")


def test_aliases_of_two_rooms_are_not_linked_through_accounts(hub, people):
    reflect(hub, people, "1223", 0)
    address = reflect(hub, people, "2224", 30)
    linked = "The same people as the time before:"
    assert says(signed_in(people[0]).get(address), linked)
    page = signed_in(people[0]).get(reflect(hub, people, "3334", 60, rung="alias"))
    assert says(page, "You stand closer together than the time before.")
    # What is told of the two times before stands; nothing of the third beside the second.
    assert text_of(page).count(linked) == 1


def test_exact_numbers_are_those_of_the_rows(hub, people):
    reflect(hub, people, "1222", 0)
    address = reflect(hub, people, "2333", 30)
    assert says(signed_in(people[0]).get(address), "In exact numbers")
    page = signed_in(people[0]).get(f"{address}exact/")
    # Four of four moved up: 2 / 2**4 either way; three of four crossed into the upper half.
    for words in ("4, 0, 0", "0.125", "3, 0", "0.250", "0.91"):
        assert says(page, words), words


def test_without_linked_people_only_what_counts_alone_tell(hub, people):
    reflect(hub, people, "1222", 0, claiming=())
    page = signed_in(people[0]).get(f"{reflect(hub, people, '2333', 30, claiming=())}exact/")
    assert says(page, "Rank sum, exact p")
    assert not says(page, "Sign test, exact p")
