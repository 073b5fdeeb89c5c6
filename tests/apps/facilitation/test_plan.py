"""The plan a facilitator edits: before it begins and afterwards what lies ahead."""

import secrets

import pytest

from hubcraft.apps.facilitation.queries.runs import run_of
from tests.device import says, text_of
from tests.make import NOW, Hall, opened, seated, second, start

pytestmark = pytest.mark.django_db


def waiting() -> Hall:
    return start(script="workshop")


def address(hall: Hall) -> str:
    return f"/r/{hall.id}/lead/plan/"


def keys(hall: Hall) -> list[str]:
    return [it["key"] for it in hall.run.steps]


def shown(hall: Hall) -> dict[str, str]:
    """What the form holds when the page is opened."""
    return {f"{name}-{it['key']}": str(it["minutes"]) for it in hall.run.steps for name in ("minutes", "was")}


def press(hall: Hall, do: str, **typed: str):
    return hall.lead_device().post(address(hall), shown(hall) | typed | {"do": do})


def put_in(hall: Hall, once: str = "", **fields: str):
    given = {
        "once": once or secrets.token_hex(16),
        "kind": "break",
        "minutes": "10",
        "after": "",
        "title": "",
    }
    return hall.lead_device().post(f"{address(hall)}steps/", given | fields)


def test_minutes_are_changed_and_the_end_follows_until_it_begins():
    hall = waiting()
    first, before = hall.run.steps[0], hall.run.minutes
    longer = str(first["minutes"] + 8)
    assert press(hall, "", **{f"minutes-{first['key']}": longer}).status_code == 302
    assert (hall.run.steps[0]["minutes"], hall.run.minutes) == (first["minutes"] + 8, before + 8)
    assert says(hall.lead_device().get(address(hall)), f"{before + 8} minutes in all.")
    hall.begin()
    last = hall.run.steps[-1]
    press(hall, "", **{f"minutes-{last['key']}": "20"})
    assert (hall.run.steps[-1]["minutes"], hall.run.minutes) == (20, before + 8)


def test_a_step_is_moved_and_says_so_on_every_screen():
    hall = waiting()
    before = keys(hall)
    answer = press(hall, f"down:{before[0]}:0")
    assert answer["Location"] == f"{address(hall)}?at={before[0]}&do=down#step-{before[0]}"
    assert keys(hall) == [before[1], before[0], *before[2:]]
    press(hall, f"down:{before[0]}:0")
    assert keys(hall) == [before[1], before[0], *before[2:]]
    hall.begin()
    [ben] = seated(hall, "BE")
    assert says(ben.device.get(f"/r/{hall.id}/step/"), run_of(hall.session, "en").steps[0].question)


def test_moved_into_another_movement_a_step_belongs_there():
    hall = waiting()
    words = run_of(hall.session, "en").steps
    at = next(place for place, it in enumerate(words) if it.movement != words[0].movement)
    press(hall, f"up:{words[at].key}:{at}")
    moved = run_of(hall.session, "en").steps[at - 1]
    assert (moved.key, moved.movement_title) == (words[at].key, words[0].movement_title)


def test_what_is_left_out_may_be_taken_in_again():
    hall = waiting()
    before = keys(hall)
    press(hall, f"out:{before[2]}:2")
    assert keys(hall) == [*before[:2], *before[3:]]
    page = hall.lead_device().get(address(hall))
    assert says(page, "Left out") and says(page, "Take it in again")
    press(hall, f"in:{before[2]}:0")
    assert keys(hall) == before


def test_a_button_keeps_what_was_typed_beside_it():
    hall = waiting()
    first, third = keys(hall)[0], keys(hall)[2]
    press(hall, f"out:{third}:2", **{f"minutes-{first}": "9"})
    assert hall.run.steps[0]["minutes"] == 9


def test_a_step_of_ones_own_is_put_in_once_where_it_was_wanted():
    hall = waiting()
    before, once = keys(hall), secrets.token_hex(16)
    for _press in range(2):
        assert put_in(hall, once, kind="slides", title="Our <data>", after=before[1]).status_code == 302
    assert keys(hall) == [*before[:2], f"own-{once[:8]}", *before[2:]]
    assert says(hall.lead_device().get(address(hall)), "Our <data>")


@pytest.mark.parametrize("typed", ["0", "181", "-5", "five", "", "1.5", "9" * 9, "٣"])
def test_minutes_that_can_not_be_come_back_as_typed_and_change_nothing(typed):
    hall = waiting()
    before, key = hall.run.steps, keys(hall)[1]
    answer = press(hall, f"out:{keys(hall)[0]}:0", **{f"minutes-{key}": typed})
    assert answer.status_code == 422 and says(answer, "Write a number of minutes from 1 to 180.")
    assert f'value="{typed}"' in text_of(answer) or not typed
    assert hall.run.steps == before


@pytest.mark.parametrize("fields", [{"minutes": "61"}, {"kind": "party"}, {"title": "x" * 61}, {"once": "1"}])
def test_an_own_step_that_can_not_be_comes_back_and_changes_nothing(fields):
    hall = waiting()
    before = keys(hall)
    assert put_in(hall, **fields).status_code == 422
    assert keys(hall) == before
    assert put_in(hall).status_code == 302


def test_where_the_room_has_been_nothing_is_changed():
    hall = waiting().begin().go_to(3)
    before = hall.run.steps
    for do in (f"out:{before[1]['key']}:1", f"down:{before[3]['key']}:3", f"up:{before[4]['key']}:4"):
        press(hall, do, **{f"minutes-{before[0]['key']}": "50"})
        assert (
            keys(hall) == [it["key"] for it in before]
            and hall.run.steps[0]["minutes"] == before[0]["minutes"]
        )
    press(hall, f"down:{before[4]['key']}:4")
    assert keys(hall)[5] == before[4]["key"]
    assert put_in(hall, after=before[0]["key"]).status_code == 302
    assert keys(hall)[4].startswith("own-")


def test_a_button_that_named_a_step_does_not_lead_to_another_one():
    hall = waiting().begin()
    mark, coming = run_of(hall.session, "en").mark, keys(hall)[1]
    press(hall, f"out:{coming}:1")
    lead = hall.lead_device()
    assert lead.post(f"/r/{hall.id}/lead/step/", {"position": "1", "was": mark}).status_code == 409
    now = run_of(hall.session, "en").mark
    assert lead.post(f"/r/{hall.id}/lead/step/", {"position": "1", "was": now}).status_code == 302


def test_two_facilitators_edit_one_plan():
    hall = waiting()
    bea = second(hall)
    seen, (first, other) = shown(hall), keys(hall)[:2]
    hall.lead_device().post(address(hall), seen | {f"minutes-{first}": "7"})
    bea.lead_device().post(address(hall), seen | {f"minutes-{other}": "9"})
    assert [it["minutes"] for it in hall.run.steps[:2]] == [7, 9]


def test_what_may_have_been_overlooked_is_said_and_allowed():
    hall = waiting()
    rubric = hall.run.steps[hall.position_of("rubric")]["key"]
    assert not says(hall.lead_device().get(address(hall)), "Without the rubric")
    press(hall, f"out:{rubric}:0")
    assert says(hall.lead_device().get(address(hall)), "Without the rubric nobody places initials")


def test_only_its_facilitator_edits_and_only_what_follows_a_script():
    hall = waiting()
    [ben] = seated(hall, "BE")
    fields = shown(hall) | {"do": f"out:{keys(hall)[0]}:0"}
    for device in (ben.device, opened().lead_device()):
        assert device.get(address(hall)).status_code == 404
        assert device.post(address(hall), fields).status_code == 404
    plain = start()
    assert plain.lead_device().get(address(plain)).status_code == 404
    assert press(hall, f"out:{keys(hall)[0]}:0").status_code == 302


def test_a_closed_room_has_no_plan_to_edit():
    hall = waiting().begin()
    assert press(hall, f"out:{keys(hall)[-1]}:0").status_code == 302
    hall.close(at=NOW)
    before = keys(hall)
    assert press(hall, f"out:{before[-1]}:0").status_code == 409
    assert keys(hall) == before


def test_the_next_session_keeps_the_plan():
    hall = waiting()
    press(hall, f"out:{keys(hall)[0]}:0")
    hall.begin()
    lead = hall.lead_device()
    started = lead.post(f"/r/{hall.id}/lead/again/")
    again_id = started["Location"].split("/")[2]
    again = Hall(type(hall.room).objects.get(id=again_id), lead.cookie(f"lead-{again_id}"))
    assert keys(again) == keys(hall)
