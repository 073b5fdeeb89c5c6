"""Comments on wording: kept as feedback is, about one of the room's look-fors, and read by its facilitator below it."""

import pytest

from hubcraft.apps.facilitation.actions.feedback import give_feedback
from hubcraft.apps.facilitation.exports.harvest import harvest_report
from hubcraft.apps.facilitation.models import FeedbackBox, FeedbackRegister
from hubcraft.apps.facilitation.queries.feedback import feedback_results, own_answers
from hubcraft.apps.facilitation.queries.harvest import harvest_page
from hubcraft.apps.facilitation.queries.wording import look_fors_to_choose
from hubcraft.domain.verdict import Refused
from tests.device import says, text_of
from tests.make import (
    ALONE,
    FIRST_DOMAIN,
    NOW,
    SECOND_DOMAIN,
    SECOND_LOOK_FORS,
    Hall,
    Person,
    rehearse,
    start,
)

pytestmark = pytest.mark.django_db
WORDING = "feedback/wording"
DIVERSE = f"{FIRST_DOMAIN}/establish-the-hub-team/diverse-members"
POWER = f"{FIRST_DOMAIN}/establish-the-hub-team/convening-power"
ELSEWHERE = f"{SECOND_DOMAIN}/together/0"


def asking(**more) -> Hall:
    hall = start(script="workshop", **more).begin()
    hall.go_to("feedback")
    return hall


def comment(person: Person, words: str = "", look_for: str = DIVERSE) -> None:
    answers = {WORDING: {"words": words, "language": "en", "look_for": look_for}} if words else {}
    give_feedback(by=person.viewer, seat_id=person.seat_id, answers=answers, at=NOW)


def five_say(
    hall: Hall, words: str = "said by {at}", look_for: str = DIVERSE, count: int = 5
) -> list[Person]:
    people = [hall.sit(f"P{at}", ALONE) for at in range(count)]
    for at, person in enumerate(people):
        comment(person, words.format(at=at), look_for)
    return people


def read(hall: Hall) -> dict[str, list[str]]:
    """What the facilitator reads, by look-for."""
    results = feedback_results(hall.session).results
    told = results[-1].commented if results else ()
    return {it.look_for.key: sorted(one.words for one in it.comments) for it in told}


def test_a_comment_is_a_slip_like_the_others_and_leads_to_nobody():
    hall = asking()
    ben = hall.sit("BE")
    sent = {"wording-look-for": DIVERSE, "wording": " Say what diverse means. "}
    assert ben.device.post(f"/r/{hall.id}/feedback/", sent).status_code == 302
    box = FeedbackBox.everywhere.get(session=hall.session, question=WORDING)
    [slip] = box.slips.values()
    assert slip == {"words": "Say what diverse means.", "language": "en", "look_for": DIVERSE}
    assert own_answers(ben.place)[WORDING] == slip
    page = text_of(ben.device.get(f"/r/{hall.id}/feedback/"))
    assert f'value="{DIVERSE}" selected' in page
    assert "\nSay what diverse means.</textarea>" in page
    ben.device.post(f"/r/{hall.id}/feedback/", {})
    assert (own_answers(ben.place), FeedbackRegister.everywhere.get().people) == ({}, [])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"wording": "Simpler."}, "Choose from the list what your words are about."),
        (
            {"wording": "Simpler.", "wording-look-for": ELSEWHERE},
            "This is not in the list. Choose from it what your words are about.",
        ),
        ({"wording-look-for": POWER}, "Write what should be better in the words you chose, or choose none."),
        ({"wording": "y" * 2001, "wording-look-for": POWER}, "Two thousand characters at most."),
    ],
)
def test_half_a_comment_is_refused_in_a_sentence_and_changes_nothing(fields, sentence):
    hall = asking(has_two_rubrics=True)
    ben = hall.sit("BE")
    address = f"/r/{hall.id}/feedback/"
    answer = ben.device.post(address, {"answer-3": "The levels.", **fields})
    assert (answer.status_code, FeedbackBox.everywhere.count()) == (422, 0)
    assert says(answer, sentence)
    assert fields.get("wording", "") in text_of(answer)
    assert (f'value="{POWER}" selected' in text_of(answer)) == (fields.get("wording-look-for") == POWER)
    whole = {"answer-3": "The levels.", "wording": "Simpler.", "wording-look-for": POWER}
    assert ben.device.post(address, whole).status_code == 302


def test_no_program_gets_past_the_form():
    hall = asking(has_two_rubrics=True)
    ben = hall.sit("BE")
    for words, look_for in (("Simpler.", ELSEWHERE), ("Simpler.", ""), ("Simpler.", "nothing/at/all")):
        with pytest.raises(Refused, match="list"):
            comment(ben, words, look_for)
    assert FeedbackBox.everywhere.count() == 0
    comment(ben, "Simpler.", POWER)
    assert own_answers(ben.place)[WORDING]["look_for"] == POWER


def test_the_facilitator_reads_it_below_its_look_for_in_the_steps_of_all_feedback():
    hall = asking()
    people = [hall.sit(f"P{at}", ALONE) for at in range(8)]
    counted = []
    for at, person in enumerate(people):
        comment(person, f"said by {at}", POWER if at % 2 else DIVERSE)
        counted.append(sum(map(len, read(hall).values())))
    assert counted == [0, 0, 0, 0, 5, 5, 5, 8]
    assert read(hall)[POWER] == ["said by 1", "said by 3", "said by 5", "said by 7"]
    assert list(read(hall)) == [DIVERSE, POWER], "in the rubric’s order"
    page = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/")
    assert text_of(page).index("with the diverse knowledge") < text_of(page).index("said by 0")
    report = harvest_report(harvest_page(hall.room), "a4", NOW)
    [rows] = [it.rows for it in report.tables if it.name == "wording"]
    assert {(row[3][:8], row[4]) for row in rows} == {("Identify", "published"), ("The hub ", "published")}
    assert sorted(row[5] for row in rows) == [f"said by {at}" for at in range(8)]
    comment(people[0])
    assert "said by 0" not in str(read(hall)), "what is taken back is gone at once"


def test_everybody_chooses_from_the_same_list_whatever_their_team_reflects_on():
    hall = start(script="workshop", has_two_rubrics=True)
    teams_domain(hall, SECOND_DOMAIN)
    hall.begin()
    hall.go_to("feedback")
    ben, ivo = hall.sit("BE"), hall.sit("IV", "North Shore hub")
    own = [it.key for _title, rows in look_fors_to_choose(hall.session) for it in rows]
    assert (DIVERSE in own, ELSEWHERE in own, len(own)) == (True, True, len(set(own)))
    for one in (ben, ivo):
        page = one.device.get(f"/r/{hall.id}/feedback/")
        assert [it for it in (*SECOND_LOOK_FORS, "The hub includes leaders") if not says(page, it)] == []
        assert says(page, "so a look-for may tell which team you are in")
    alike = asking()
    assert not says(alike.sit("BE").device.get(f"/r/{alike.id}/feedback/"), "which team you are in")


def teams_domain(hall: Hall, domain: str) -> None:
    """North Shore reflects on another domain."""
    to = f"/r/{hall.id}/lead/teams/{hall.team('North Shore hub')}/domain/"
    assert hall.lead_device().post(to, {"domain": domain}).status_code == 302


def test_it_says_who_reads_it_and_for_practice_nobody_else_does():
    hall = asking()
    others = "also by whoever runs this Hubcraft"
    assert says(hall.sit("BE").device.get(f"/r/{hall.id}/feedback/"), others)
    practice = rehearse().begin()
    practice.go_to("feedback")
    page = practice.sit("BE").device.get(f"/r/{practice.id}/feedback/")
    assert (says(page, "whose words should be better"), says(page, others)) == (True, False)


def test_at_a_glance_it_asks_of_work_practices():
    hall = start(script="at-a-glance", rubric="hub-leadership/*").begin()
    hall.go_to("feedback")
    page = hall.sit("BE").device.get(f"/r/{hall.id}/feedback/")
    assert says(page, "Is there a work practice whose words should be better?")
    five_say(hall, look_for=f"{FIRST_DOMAIN}/establish-the-hub-team")
    assert list(read(hall)) == [f"{FIRST_DOMAIN}/establish-the-hub-team"]
