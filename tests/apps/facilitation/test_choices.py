"""Choosing a domain: one's own for oneself, a picture of counts for the room, nothing of anybody for anyone."""

import pytest
from django.utils import timezone

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.facilitation.actions.choices import choose
from hubcraft.apps.facilitation.models import Choice, ChoicePicture
from hubcraft.apps.facilitation.queries.choices import domains_of, drawing_of, own_choices, picture_of
from hubcraft.apps.reflections.actions.moves import change_team, merge_seats
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.models import Seat
from hubcraft.domain.suppression import Band, Coded, Published, Reason, Withheld
from hubcraft.domain.verdict import NotThere, Refused
from tests.device import says, text_of
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, Person, opened, seated, start

pytestmark = pytest.mark.django_db
THIRD = "Delta Literacy hub"


def choosing(**more) -> Hall:
    hall = start(script="workshop", teams=(RIVERBEND, NORTH_SHORE, THIRD), **more).begin()
    hall.go_to("choice")
    return hall


def key(number: int) -> str:
    return f"hub-leadership/domain-{number}"


def pick(person: Person, know: int, learn: int | None = None) -> None:
    domains = {"know": key(know)} | ({"learn": key(learn)} if learn else {})
    choose(by=person.viewer, seat_id=person.seat_id, domains=domains, at=NOW)


def room_of_nine(hall: Hall) -> list[Person]:
    """Three teams of three."""
    return [
        *seated(hall, "A", "B", "C"),
        *seated(hall, "D", "E", "F", team=NORTH_SHORE),
        *seated(hall, "G", "H", "I", team=THIRD),
    ]


def counts(hall: Hall, which: str = "know") -> dict[str, int]:
    told = ChoicePicture.everywhere.get(session=hall.session).told[which]
    return told.get("counts", {})


# -- choosing ----------------------------------------------------------------------------------------------


def test_the_six_domains_are_asked_for_and_the_log_is_not():
    hall = choosing()
    assert [it.key for it in domains_of(hall.session)] == [key(number) for number in range(1, 7)]


def test_the_prompts_stand_on_the_phone_to_the_letter():
    hall = choosing()
    [ben] = seated(hall, "BE")
    page = ben.device.follow(f"/r/{hall.id}/")
    assert says(page, "What is one domain of hub leadership practice you know a lot about?")
    assert says(page, "What is one domain you would like to learn more about?")
    assert text_of(page).count('type="radio"') == 12


def test_what_one_chooses_is_kept_shown_to_oneself_and_changed():
    hall = choosing()
    [ben] = seated(hall, "BE")
    ben.device.post(f"/r/{hall.id}/choice/", {"know": key(4), "learn": key(6)})
    page = ben.device.get(f"/r/{hall.id}/step/")
    assert says(page, "<dd>Integrating Equity</dd>")
    assert says(page, "<dd>Analyzing and Improving the Network as a Learning System</dd>")
    ben.device.post(f"/r/{hall.id}/choice/", {"know": key(1)})
    kept = Choice.everywhere.order_by("which").values_list("which", "domain")
    assert list(kept) == [("know", key(1)), ("learn", key(6))]


def test_one_may_choose_until_the_room_is_closed_also_when_it_has_gone_on():
    hall = choosing()
    [ben] = seated(hall, "BE")
    hall.go_to("hear")
    assert ben.device.get(f"/r/{hall.id}/choice/").status_code == 200
    response = ben.device.post(f"/r/{hall.id}/choice/", {"know": key(4)})
    assert response["Location"] == f"/r/{hall.id}/choice/"
    assert Choice.everywhere.get().domain == key(4)
    hall.close()
    response = ben.device.post(f"/r/{hall.id}/choice/", {"know": key(5)})
    assert (response.status_code, Choice.everywhere.get().domain) == (422, key(4))
    assert says(response, "The room is closed. What you chose is kept.")


def test_nobody_chooses_before_the_room_has_come_there():
    hall = start(script="workshop").begin()
    [ben] = seated(hall, "BE")
    with pytest.raises(Refused, match="has not come to this yet"):
        pick(ben, 1)
    assert ben.device.get(f"/r/{hall.id}/choice/").status_code == 404
    hall.go_to("choice")
    pick(ben, 1)
    assert Choice.everywhere.count() == 1


def test_a_room_without_a_script_asks_for_nothing():
    hall = opened()
    [ben] = seated(hall, "BE")
    for page in ("choice", "feedback"):
        assert ben.device.get(f"/r/{hall.id}/{page}/").status_code == 404
        assert ben.device.post(f"/r/{hall.id}/{page}/", {"know": key(1)}).status_code == 404


def test_who_interprets_is_not_asked():
    hall = choosing()
    [ben], noor = seated(hall, "BE"), hall.sit("NO", kind=Seat.Kind.INTERPRETING)
    for person in (ben, noor):
        page = person.device.get(f"/r/{hall.id}/step/")
        assert (text_of(page).count('type="radio"') > 0) == (person is ben)
    with pytest.raises(Refused, match="here to interpret"):
        pick(noor, 1)
    pick(ben, 1)


def test_nobody_chooses_for_somebody_else():
    hall = choosing()
    ben, cleo = seated(hall, "BE", "CL")
    with pytest.raises(NotThere):
        choose(by=ben.viewer, seat_id=cleo.seat_id, domains={"know": key(1)}, at=NOW)
    pick(cleo, 1)
    assert Choice.everywhere.get().seat_id == cleo.seat_id


@pytest.mark.parametrize(
    "fields", [{}, {"know": ""}, {"know": "hub-leadership/ad-hoc-problem-solving"}, {"x": "1"}]
)
def test_a_form_without_a_domain_says_so_and_keeps_nothing(fields):
    hall = choosing()
    [ben] = seated(hall, "BE")
    response = ben.device.post(f"/r/{hall.id}/choice/", fields)
    assert (response.status_code, Choice.everywhere.count()) == (422, 0)
    assert says(response, "Choose a domain for at least one of the questions.")
    assert ben.device.post(f"/r/{hall.id}/choice/", {"learn": key(2)}).status_code == 302


def test_hostile_words_are_no_domain():
    hall = choosing()
    [ben] = seated(hall, "BE")
    for nasty in ("<script>alert(1)</script>", "‮evil", "x" * 9000, "'; --"):
        response = ben.device.post(f"/r/{hall.id}/choice/", {"know": nasty})
        assert response.status_code == 422
        assert "<script>alert" not in text_of(response)
    assert ben.device.client.post(f"/r/{hall.id}/choice/", {"know": "a\0"}).status_code == 400


# -- the room's picture ------------------------------------------------------------------------------------


def test_nothing_is_drawn_before_the_floor_and_everything_when_all_have_chosen():
    hall = choosing()
    people = room_of_nine(hall)
    for at, person in enumerate(people[:4]):
        pick(person, at % 3 + 1, 6)
    assert picture_of(hall.session).lines == ()
    assert "once five people have chosen" in picture_of(hall.session).why_not
    for at, person in enumerate(people[4:]):
        pick(person, at % 3 + 1, at % 4 + 2)
    picture = picture_of(hall.session)
    assert (picture.people, [line.know.people for line in picture.lines][:3]) == (9, [4, 3, 2])


def test_where_a_team_could_be_taken_away_there_is_no_picture():
    hall = choosing()
    small = [*seated(hall, "A", "B", "C"), *seated(hall, "D", "E", "F", team=NORTH_SHORE)]
    for at, person in enumerate(small):
        pick(person, at % 5 + 1, 6)
    assert drawing_of(hall.session).told["know"] == Withheld(Reason.TOO_FEW_OTHERS)
    assert "what one team chose" in picture_of(hall.session).why_not
    for at, person in enumerate(seated(hall, "G", "H", "I", team=THIRD)):
        pick(person, at % 5 + 1)
    assert isinstance(drawing_of(hall.session).told["know"], Published)


def test_a_column_that_is_left_out_says_why():
    whole, half = choosing(), choosing()
    for hall, learning in ((whole, 9), (half, 4)):
        for at, person in enumerate(room_of_nine(hall)):
            pick(person, at % 3 + 1, at % 3 + 2 if at < learning else None)
        assert len(picture_of(hall.session).lines) == 6
        screen = hall.projector_device().get(f"/r/{hall.id}/projector/")
        assert says(screen, "Fewer than five have said what they want to learn.") == (hall is half)


def test_who_sits_in_two_teams_takes_both_away():
    hall = choosing()
    people = room_of_nine(hall)
    for at, person in enumerate(people):
        pick(person, at % 5 + 1)
    assert isinstance(drawing_of(hall.session).told["know"], Published)
    hall.sit("A", NORTH_SHORE, same_person_as=people[0].seat_id)
    assert drawing_of(hall.session).told["know"] == Withheld(Reason.TOO_FEW_OTHERS)


def test_one_person_in_two_seats_counts_once():
    hall = choosing()
    people = [hall.sit(f"P{at}", ALONE) for at in range(7)]
    for at, person in enumerate(people):
        pick(person, at % 5 + 1)
    second = hall.sit("P0", ALONE, same_person_as=people[0].seat_id)
    pick(second, 6)
    now = drawing_of(hall.session)
    assert (now.people, now.here, sum(now.told["know"].value.values())) == (7, 7, 7)
    assert now.told["know"].value[key(6)] == 1


def test_one_hub_alone_has_a_picture_of_its_own():
    hall = choosing()
    people = seated(hall, *"ABCDE")
    for at, person in enumerate(people):
        pick(person, at + 1)
    assert picture_of(hall.session).people == 5
    for person in people:
        pick(person, 3)
    assert drawing_of(hall.session).told["know"] == Coded(Band.NEARLY_ALL, key(3))


def test_the_picture_is_drawn_for_three_at_once_and_never_for_one():
    hall = choosing()
    people = [hall.sit(f"P{at}", ALONE) for at in range(12)]
    shown = []
    for at, person in enumerate(people):
        pick(person, at % 6 + 1)
        shown.append(picture_of(hall.session).people)
    assert shown == [0, 0, 0, 0, 0, 6, 6, 6, 9, 9, 9, 12]
    before = counts(hall)
    pick(people[0], 2), pick(people[1], 3), pick(people[0], 4)
    assert counts(hall) == before, "one who goes to and fro is still one"
    pick(people[2], 5)
    assert counts(hall) != before


def test_a_crowd_waits_for_a_twentieth_of_it():
    from hubcraft.apps.facilitation.queries.choices import step_of_picture

    assert [step_of_picture(here) for here in (0, 26, 60, 100, 300)] == [3, 3, 3, 5, 15]


def test_most_of_the_room_on_one_domain_is_told_in_words():
    hall = choosing()
    people = room_of_nine(hall)
    for at, person in enumerate(people):
        pick(person, 4 if at < 8 else 1, at % 5 + 1)
    picture = picture_of(hall.session)
    assert [(line.know.people, line.know.is_most) for line in picture.lines][3] == (None, True)
    assert {line.know.people for line in picture.lines} == {None}
    assert sum(line.learn.people for line in picture.lines) == 9


def test_who_was_removed_is_not_drawn():
    hall = choosing()
    people = room_of_nine(hall)
    for at, person in enumerate(people):
        pick(person, at % 5 + 1)
    rooms.remove_seat(by=hall.leader, seat=people[8].seat, at=NOW)
    assert drawing_of(hall.session).people == 8


# -- what nobody sees --------------------------------------------------------------------------------------


def test_two_seats_of_one_person_keep_what_either_chose():
    hall = choosing()
    ben, again = seated(hall, "BE", "BE")
    choose(by=ben.viewer, seat_id=ben.seat_id, domains={"know": key(1)}, at=NOW)
    pick(again, 2, 3)
    merge_seats(by=hall.leader, room=hall.room, kept=ben.seat, gone=again.seat, at=NOW)
    assert own_choices(hall.session, ben.seat) == {"know": key(1), "learn": key(3)}


def test_a_choice_goes_along_to_another_team():
    hall = choosing()
    finn = hall.sit("FI", ALONE)
    pick(finn, 2)
    change_team(by=hall.leader, room=hall.room, seat=finn.seat, placement=hall.placement(RIVERBEND), at=NOW)
    assert Choice.everywhere.get().team_id == finn.seat.team_id


def test_nobody_sees_who_chose_what_the_facilitator_neither(monkeypatch):
    # Pages are drawn at one moment: a step that is over tells by how much.
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    hall = choosing()
    people = room_of_nine(hall)
    ben, others = people[0], people[1:]
    for at, person in enumerate(others):
        pick(person, at % 5 + 1, 6)
    devices = {"lead": hall.lead_device(), "projector": hall.projector_device()}
    devices |= {f"person {at}": it.device for at, it in enumerate(others)}
    pages = {"lead": ("lead/", "lead/harvest/", "lead/heard/"), "projector": ("projector/",)}

    def seen() -> dict:
        return {
            (who, page): text_of(device.get(f"/r/{hall.id}/{page}")).replace(f">{number}<", "><")
            for who, device in devices.items()
            for page in pages.get(who, ("step/", "seat/", "step/?part=live"))
            for number in [hall.room.sequence]
        }

    told = []
    for domain in (1, 2):
        pick(ben, domain, domain)
        told.append(seen())
    assert told[0].keys() == told[1].keys()
    assert [it for it in told[0] if without_numbers(told[0][it]) != without_numbers(told[1][it])] == []


def without_numbers(html: str) -> str:
    import re

    once = r'name="once" value="[0-9a-f]{32}"'
    return re.sub(rf'data-(sequence|now|until)="[0-9]+"|{once}', "", html)


def test_the_trail_says_nothing_of_choices():
    hall = choosing()
    [ben] = seated(hall, "BE")
    before = TrailEntry.objects.count()
    pick(ben, 4)
    assert TrailEntry.objects.count() == before
