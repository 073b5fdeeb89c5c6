"""Feedback: nothing that is kept leads from an answer back to a person, and what is read comes in steps."""

import json
import random
import re
from datetime import datetime

import pytest
from django.db import connection
from django.utils import timezone

from hubcraft.apps.facilitation.actions.feedback import give_feedback
from hubcraft.apps.facilitation.models import FeedbackBox, FeedbackRegister
from hubcraft.apps.facilitation.queries.feedback import feedback_results, own_answers, questions_of
from hubcraft.apps.rooms.models import Seat
from hubcraft.domain.verdict import NotThere, Refused
from tests.device import says, text_of
from tests.make import ALONE, NORTH_SHORE, NOW, Hall, Person, seated, start

pytestmark = pytest.mark.django_db
HELPFUL = "feedback/3"
HOSTILE = [
    "<script>alert(1)</script>",
    "{{ page }}{% now %}",
    "=1+1",
    "\u202edesrever",
    "</textarea><b>",
    "مرحبا",
    "two\n\nparagraphs",
    "x" * 2000,
]


def asking(*, rung: str = "initials") -> Hall:
    hall = start(script="workshop", rung=rung).begin()
    hall.go_to("feedback")
    return hall


def key(number: int) -> str:
    return f"hub-leadership/domain-{number}"


def give(person: Person, words: str = "", good_at: tuple[int, ...] = ()) -> None:
    answers = {}
    if words:
        answers[HELPFUL] = {"words": words, "language": "en"}
    if good_at:
        answers["feedback/1"] = {"domains": [key(it) for it in good_at]}
    give_feedback(by=person.viewer, seat_id=person.seat_id, answers=answers, at=NOW)


def raw_rows() -> list[tuple[str, dict]]:
    """Every row of every table, as the database holds it."""
    rows = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            rows += [(table, dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    return rows


def texts(hall: Hall, number: int = 3) -> list[str]:
    results = feedback_results(hall.session).results
    return [it.words for it in results[number - 1].texts] if results else []


# -- what is kept ------------------------------------------------------------------------------------------


def test_no_row_holds_both_a_person_and_an_answer():
    hall = asking()
    people = [*seated(hall, *"ABC"), *seated(hall, *"DE", team=NORTH_SHORE)]
    for at, person in enumerate(people):
        give(person, f"answer number {at}", (at + 1,))
    known = {it for one in people for it in (one.seat_id, one.key, one.seat.person, one.seat.team_id)}
    rows = [(table, json.dumps(row, default=str)) for table, row in raw_rows()]
    with_answers = {table for table, row in rows if "answer number" in row}
    assert with_answers == {"facilitation_feedbackbox"}
    assert [row for table, row in rows if table in with_answers and any(it in row for it in known)] == []


def test_nothing_that_is_written_beside_an_answer_has_a_time():
    hall = asking()
    [ben] = seated(hall, "BE")
    before = raw_rows()
    give(ben, "an answer", (1, 2))
    fresh = [(table, row) for table, row in raw_rows() if (table, row) not in before]
    assert {table for table, _row in fresh} == {"facilitation_feedbackbox", "facilitation_feedbackregister"}
    assert [it for _table, row in fresh for it in row.values() if isinstance(it, datetime | float)] == []


def test_the_same_answers_are_the_same_bytes_in_whatever_order_they_came():
    hall = asking()
    people = [hall.sit(f"P{at}", ALONE) for at in range(7)]
    written = set()
    for seed in range(6):
        FeedbackBox.everywhere.all().delete()
        FeedbackRegister.everywhere.all().delete()
        order = list(range(len(people)))
        random.Random(seed).shuffle(order)
        for at in order:
            give(people[at], f"at first {at}")
        random.Random(seed + 99).shuffle(order)
        for at in order:
            give(people[at], f"in the end {at}", (at % 6 + 1,))
        boxes = FeedbackBox.everywhere.order_by("question").values_list("question", "slips")
        register = FeedbackRegister.everywhere.values_list("people", "shown")
        written.add(json.dumps([list(boxes), list(register)]))
    assert len(written) == 1
    for box in FeedbackBox.everywhere.all():
        assert list(box.slips) == sorted(box.slips)
        assert list(box.shown) == sorted(box.shown)


def test_every_box_has_a_slip_of_everybody_so_that_none_tells_who_left_it_out():
    hall = asking()
    ben, cleo = seated(hall, "BE", "CL")
    give(ben, "only words"), give(cleo, "", (1,))
    boxes = FeedbackBox.everywhere.values_list("slips", flat=True)
    assert [len(slips) for slips in boxes] == [2] * 8
    assert len({slip for slips in boxes for slip in slips}) == 16, "two slips of one person look unrelated"


def test_the_secret_of_the_phone_is_nowhere():
    hall = asking()
    [ben] = seated(hall, "BE")
    give(ben, "an answer")
    everything = json.dumps(raw_rows(), default=str)
    assert ben.seat_id in everything
    assert ben.ballot not in everything


def test_the_choice_and_the_feedback_are_two_questions():
    from hubcraft.apps.facilitation.actions.choices import choose
    from hubcraft.apps.facilitation.models import Choice

    hall = asking()
    [ben] = seated(hall, "BE")
    choose(by=ben.viewer, seat_id=ben.seat_id, domains={"know": key(1)}, at=NOW)
    give(ben, "", (5,))
    assert list(Choice.everywhere.values_list("domain", flat=True)) == [key(1)]
    assert own_answers(ben.place)["feedback/1"] == {"domains": [key(5)]}


# -- the phone ---------------------------------------------------------------------------------------------


def test_every_question_stands_on_the_phone_to_the_letter():
    hall = asking()
    [ben] = seated(hall, "BE")
    page = ben.device.follow(f"/r/{hall.id}/")
    prompts = [it.prompt for it in questions_of(hall.session)]
    assert prompts == [
        "Which of the six domains are you good at?",
        "Which of the six domains do you want to learn more about?",
        "What was helpful about using this rubric?",
        "What would have made it better?",
        "What was helpful about today's session?",
        "What would have made it better?",
        "What should be in a hub leadership playbook?",
        "Is there a look-for whose words should be better?",
    ]
    assert [it for it in prompts if not says(page, it)] == []
    assert (text_of(page).count('type="checkbox"'), text_of(page).count("<textarea")) == (12, 6)
    assert says(page, "The facilitator reads it without your name, once 5 people have answered.")


def test_one_phone_finds_its_answers_again_and_changes_them_until_the_room_is_closed():
    hall = asking()
    [ben] = seated(hall, "BE")
    address = f"/r/{hall.id}/feedback/"
    ben.device.post(address, {"answer-1": [key(1), key(4)], "answer-3": " The levels "})
    assert own_answers(ben.place)["feedback/1"] == {"domains": [key(1), key(4)]}
    hall.go_to("stay-connected")
    page = ben.device.get(address)
    assert (text_of(page).count("checked"), says(page, "\nThe levels</textarea>")) == (2, True)
    assert ben.device.post(address, {"answer-3": "The words"})["Location"] == address
    assert own_answers(ben.place)[HELPFUL]["words"] == "The words"
    assert own_answers(ben.place)["feedback/1"] == {}
    hall.close()
    response = ben.device.post(address, {"answer-3": "too late, but typed"})
    assert (response.status_code, own_answers(ben.place)[HELPFUL]["words"]) == (422, "The words")
    assert says(response, "The room is closed. Feedback is no longer taken.")
    assert says(response, "too late, but typed")


def test_who_leaves_everything_out_again_has_taken_their_feedback_back():
    hall = asking()
    ben, cleo = seated(hall, "BE", "CL")
    give(ben, "an answer"), give(cleo, "another")
    give(ben)
    assert (own_answers(ben.place), FeedbackRegister.everywhere.get().people) == ({}, [cleo.seat.person])
    assert {len(it.slips) for it in FeedbackBox.everywhere.all()} == {1}
    give(ben, "after all")
    assert own_answers(ben.place)[HELPFUL]["words"] == "after all"


def test_an_empty_form_is_no_feedback_and_says_so():
    hall = asking()
    [ben] = seated(hall, "BE")
    answer = ben.device.post(f"/r/{hall.id}/feedback/", {"answer-3": "   "})
    assert answer.status_code == 422
    assert says(answer, "Nothing is filled in, so nothing was sent.")
    assert not FeedbackRegister.everywhere.exclude(people=[]).exists()


def test_a_second_device_can_not_stuff_the_box():
    hall = asking()
    [ben] = seated(hall, "BE")
    give(ben, "an answer")
    ben.ballot = "another phone"
    assert own_answers(ben.place) == {}
    with pytest.raises(Refused, match="from another device"):
        give(ben, "a second answer")
    ben.ballot = ""
    with pytest.raises(Refused, match="has lost the key"):
        give(ben, "a third answer")


def test_one_person_in_two_teams_answers_once():
    hall = asking()
    [ben] = seated(hall, "BE")
    again = hall.sit("BE", NORTH_SHORE, same_person_as=ben.seat_id)
    again.ballot = ben.ballot
    give(ben, "an answer")
    give(again, "changed in the other seat")
    assert own_answers(ben.place)[HELPFUL]["words"] == "changed in the other seat"
    assert len(FeedbackRegister.everywhere.get().people) == 1


def test_nobody_answers_for_somebody_else_too_early_or_as_an_interpreter():
    hall = start(script="workshop").begin()
    ben, cleo = seated(hall, "BE", "CL")
    noor = hall.sit("NO", kind=Seat.Kind.INTERPRETING)
    with pytest.raises(Refused, match="has not come to this yet"):
        give(ben, "too early")
    hall.go_to("feedback")
    with pytest.raises(Refused, match="here to interpret"):
        give(noor, "from the booth")
    with pytest.raises(NotThere):
        give_feedback(by=ben.viewer, seat_id=cleo.seat_id, answers={}, at=NOW)
    give(ben, "in time")
    assert own_answers(ben.place)[HELPFUL]["words"] == "in time"


def test_too_long_a_text_says_so_and_is_still_there():
    hall = asking()
    [ben] = seated(hall, "BE")
    long, address = "y" * 2001, f"/r/{hall.id}/feedback/"
    response = ben.device.post(address, {"answer-3": long, "answer-4": "this one fits", "answer-2": [key(2)]})
    assert (response.status_code, FeedbackBox.everywhere.count()) == (422, 0)
    assert says(response, "Two thousand characters at most.")
    assert (long in text_of(response), "this one fits" in text_of(response)) == (True, True)
    assert text_of(response).count("checked") == 1
    assert ben.device.post(address, {"answer-3": long[:2000]}).status_code == 302


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_kept_as_they_are_and_harm_nobody(words):
    hall = asking()
    people = [hall.sit(f"P{at}", ALONE) for at in range(5)]
    for person in people:
        sent = person.device.post(f"/r/{hall.id}/feedback/", {f"answer-{it}": words for it in range(1, 8)})
        assert sent.status_code == 302
    assert own_answers(people[0].place)[HELPFUL]["words"].replace("\r\n", "\n") == words
    for page in (
        people[0].device.get(f"/r/{hall.id}/feedback/"),
        hall.lead_device().get(f"/r/{hall.id}/lead/harvest/"),
    ):
        assert "<script>alert" not in text_of(page)
        assert "</textarea><b>" not in text_of(page)


# -- what the facilitator reads ----------------------------------------------------------------------------


def test_nothing_is_read_before_five_have_answered():
    hall = asking()
    people = [hall.sit(f"P{at}", ALONE) for at in range(5)]
    read = []
    for at, person in enumerate(people):
        give(person, f"answer {at}")
        read.append(sorted(texts(hall)))
    assert read == [[], [], [], [], [f"answer {at}" for at in range(5)]]


def test_what_comes_later_is_added_three_at_a_time_and_all_of_it_when_the_room_is_closed():
    hall = asking()
    people = [hall.sit(f"P{at}", ALONE) for at in range(10)]
    read = []
    for person in people:
        give(person, f"of {person.seat.label}")
        read.append(len(texts(hall)))
    assert read == [0, 0, 0, 0, 5, 5, 5, 8, 8, 8]
    give(people[0], "another word")
    assert "another word" not in texts(hall), "who changes a word is not watched either"
    hall.close()
    assert (len(texts(hall)), "another word" in texts(hall)) == (10, True)


def test_a_room_that_is_opened_again_tells_nobody_apart_who_writes_then():
    hall = asking()
    people = seated(hall, *"ABCDEF")
    for at, person in enumerate(people[:5]):
        give(person, f"answer number {at}")
    hall.close()
    assert len(texts(hall)) == 5
    hall.open()
    give(people[5], "the sixth")
    assert len(texts(hall)) == 5
    hall.close()
    assert len(texts(hall)) == 5
    hall.open()
    for person in seated(hall, *"GH", team=NORTH_SHORE):
        give(person, "later still")
    assert sorted(texts(hall))[5:] == ["later still", "later still", "the sixth"]


def test_where_nothing_could_be_read_a_second_closing_shows_all_of_it():
    hall = asking()
    people = seated(hall, *"ABCDE")
    for person in people[:4]:
        give(person, "one of four")
    hall.close()
    assert texts(hall) == []
    hall.open()
    give(people[4], "the fifth")
    hall.close()
    assert len(texts(hall)) == 5


def test_who_gives_feedback_is_noticed_nowhere(monkeypatch):
    """Not in a frame, not in the room's number, not on the facilitator's page: else one could look up and see who."""
    # The end that is foreseen moves once a step takes longer than planned; nothing else may move.
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    hall = asking()
    people = [hall.sit(f"P{at}", ALONE) for at in range(7)]
    for person in people[:5]:
        give(person, "of five")
    devices = [(hall.lead_device(), ("lead/", "lead/harvest/")), (hall.projector_device(), ("projector/",))]
    devices += [(people[0].device, ("step/", "step/?part=live"))]

    def seen() -> list[str]:
        pages = [device.get(f"/r/{hall.id}/{page}") for device, pages in devices for page in pages]
        return [re.sub(r'data-now="[0-9]+"|value="[0-9a-f]{32}"', "", text_of(page)) for page in pages]

    before, sequence = seen(), hall.room.sequence
    for person in people[5:]:
        give(person, "of the last ones", (1,))
        assert (seen(), hall.room.sequence) == (before, sequence)


def test_what_is_taken_back_is_gone_at_once():
    hall = asking()
    people = [hall.sit(f"P{at}", ALONE) for at in range(6)]
    for at, person in enumerate(people):
        give(person, f"answer {at}")
    assert "answer 0" in texts(hall)
    give(people[0])
    assert "answer 0" not in texts(hall)


def test_a_closed_room_of_four_stays_silent():
    hall = asking()
    people = [hall.sit(f"P{at}", ALONE) for at in range(5)]
    for person in people[:4]:
        give(person, "of four")
    hall.close()
    assert (texts(hall), feedback_results(hall.session).why_not) == (
        [],
        "Fewer than five people answered, so nothing is shown.",
    )
    hall.begin()
    give(people[4], "of five")
    assert len(texts(hall)) == 5


def test_domains_are_counted_with_a_floor_and_the_ends_in_words():
    hall = asking()
    people = [hall.sit(f"P{at}", ALONE) for at in range(8)]
    for at, person in enumerate(people):
        give(person, "words", (1, 2) if at < 3 else (1, 3) if at < 7 else (1,))
    hall.close()
    good, learn = feedback_results(hall.session).results[:2]
    assert [it.words for it in good.tallies] == [
        "nearly everyone",
        "3 of 8",
        "4 of 8",
        "hardly anyone",
        "hardly anyone",
        "hardly anyone",
    ]
    assert (learn.tallies, learn.why_not) == ((), "Fewer than five people chose here, so nothing is counted.")


def test_only_the_facilitator_reads():
    hall = asking()
    people = [hall.sit(f"P{at}", ALONE) for at in range(5)]
    for person in people:
        give(person, "a word for Ada")
    lead = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/")
    assert text_of(lead).count("a word for Ada") == 5
    assert people[0].device.get(f"/r/{hall.id}/lead/harvest/").status_code == 404
    assert hall.projector_device().get(f"/r/{hall.id}/lead/harvest/").status_code == 404
    assert text_of(people[0].device.get(f"/r/{hall.id}/step/")).count("a word for Ada") == 1, "one’s own"


@pytest.mark.parametrize("rung", ["initials", "alias", "anonymous"])
def test_feedback_is_nameless_on_every_rung(rung):
    hall = asking(rung=rung)
    people = [hall.sit(f"P{at}", ALONE) for at in range(5)]
    for person in people:
        give(person, "a word")
    page = text_of(hall.lead_device().get(f"/r/{hall.id}/lead/harvest/"))
    assert page.count("a word") == 5
    assert [it for it in people if it.seat.label in page or it.key in page] == []
