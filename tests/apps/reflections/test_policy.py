"""The rules themselves, asked directly: whoever asks for somebody else is refused beside who may."""

import pytest

from hubcraft.apps.reflections import policy
from hubcraft.domain.verdict import Verdict
from tests.cast import Convening, convening

pytestmark = pytest.mark.django_db


def asked_about_ben(hall: Convening, who: str) -> dict[str, bool]:
    """What somebody may do with Ben's seat and Riverbend's open board."""
    place = hall.ben.place
    viewer = hall.leader if who == "Ada" else hall.people[who].viewer
    session, reflection, seat, room = place.session, place.reflection, place.seat, place.room
    verdicts: dict[str, Verdict] = {
        "see the board": policy.can_see_board(viewer, session, reflection, seat, False),
        "see the roster": policy.can_see_roster(viewer, reflection),
        "rate": policy.can_rate(viewer, seat, room),
        "move": policy.can_move_to_another_team(viewer, session, seat, False),
        "lead": policy.can_lead_boards(viewer, room),
    }
    return {name: verdict.is_allowed for name, verdict in verdicts.items()}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("Ben", {"see the board", "see the roster", "rate", "move"}),
        ("Cleo", {"see the roster"}),
        ("Ivo", set()),
        ("Finn", set()),
        ("Ada", {"move", "lead"}),
    ],
)
def test_what_one_may_do_with_somebodys_seat(who, may):
    answers = asked_about_ben(convening("revealed"), who)
    assert {name for name, is_allowed in answers.items() if is_allowed} == may


def test_every_refusal_says_something():
    hall = convening("revealed")
    place, ivo = hall.ben.place, hall.ivo.viewer
    refusals = [
        policy.can_see_board(ivo, place.session, place.reflection, place.seat, False),
        policy.can_see_roster(ivo, place.reflection),
        policy.can_rate(ivo, place.seat, place.room),
        policy.can_wish(ivo, place.session, place.reflection),
        policy.can_reveal(ivo, place.session, place.reflection, place.room, True),
        policy.can_lead_boards(ivo, place.room),
    ]
    assert [it for it in refusals if it.is_allowed or not it.sentence.endswith(".")] == []
