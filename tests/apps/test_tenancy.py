"""Nobody reads every tenant's rows at once without saying so."""

import pytest
from django.db.models import Q

from hubcraft.apps.networks.models import Unscoped
from hubcraft.apps.reflections.models import BallotBox, Mark, Reflection
from hubcraft.apps.rooms.models import Seat
from tests.make import opened, seated

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "ask",
    [
        lambda: list(Mark.objects.all()),
        lambda: Mark.objects.count(),
        lambda: Mark.objects.filter(answer="great").exists(),
        lambda: Mark.objects.exclude(team="somebody").first(),
        lambda: list(Mark.objects.filter(Q(team="somebody") | Q(answer="great")).values_list("answer")),
        lambda: Mark.objects.filter(is_late=True).update(answer=""),
        lambda: Mark.objects.all().delete(),
        lambda: Seat.objects.filter(label="KM").get(),
        lambda: list(BallotBox.objects.values("slips").iterator()),
    ],
)
def test_a_question_that_does_not_say_whose_is_refused(ask):
    opened()
    with pytest.raises(Unscoped):
        ask()


def test_a_question_that_says_whose_is_answered():
    hall = opened()
    [ben] = seated(hall, "BE")
    ben.mark(1, "3")
    board = Reflection.objects.get(session__room=hall.id, team=ben.seat.team_id)
    assert Mark.objects.filter(reflection=board).count() == 1
    assert board.marks.get().seat_id == ben.seat_id
    assert Seat.objects.get(id=ben.seat_id).label == "BE"
    assert Mark.objects.none().count() == 0
    assert Mark.everywhere.count() == 1
