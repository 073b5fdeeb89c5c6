"""A session that follows a script: the facilitator leads, every phone follows."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.facilitation.actions import runs
from hubcraft.apps.facilitation.models import Run
from hubcraft.apps.facilitation.queries.runs import clock_of, run_of, time_of
from hubcraft.apps.facilitation.queries.steps import partners_of
from hubcraft.apps.reflections.queries.audiences import audience_of
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.verdict import NotThere, Refused
from tests.cast import convening
from tests.device import Device, links_of, says, text_of
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, seated, start

pytestmark = pytest.mark.django_db

WORKSHOP, REFLECTION = "workshop", "team-reflection"


def workshop(**more) -> Hall:
    return start(script=WORKSHOP, **more).begin()


def later(minutes: float):
    return NOW + timedelta(minutes=minutes)


# -- where everybody is ------------------------------------------------------------------------------------


def test_everybody_waits_in_the_lobby_and_then_stands_at_the_first_step():
    hall = start(script=WORKSHOP)
    [ben] = seated(hall, "BE")
    assert ben.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/lobby/"
    hall.begin()
    page = ben.device.follow(f"/r/{hall.id}/")
    assert page.address == f"/r/{hall.id}/step/"
    assert says(page, run_of(hall.session, "en").step.question)


def test_a_step_further_is_another_page_for_everyone():
    hall = workshop()
    [ben], [finn] = seated(hall, "BE"), seated(hall, "FI", team=ALONE)
    before = [audience_of(it.place) for it in (ben, finn)]
    hall.go_to(1)
    assert [audience_of(it.place) for it in (ben, finn)] != before
    step = run_of(hall.session, "en").steps[1]
    for person in (ben, finn):
        assert says(person.device.follow(f"/r/{hall.id}/"), step.question)


def test_at_the_rubric_everything_is_as_without_a_script():
    hall = workshop()
    [ben] = seated(hall, "BE")
    assert ben.place.stop is not None
    hall.go_to("rubric")
    assert ben.place.stop is None
    assert audience_of(ben.place) == f"team:{ben.seat.team_id}"
    assert ben.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/look-fors/1/"
    assert ben.device.follow(f"/r/{hall.id}/step/").address == f"/r/{hall.id}/look-fors/1/"


def test_nobody_rates_before_the_rubric_has_come_and_everybody_may_from_then_on():
    hall = workshop()
    ben, cleo = seated(hall, "BE", "CL")
    for page in ("look-fors", "look-fors/1", "team", "board", "late"):
        assert ben.device.follow(f"/r/{hall.id}/{page}/").address == f"/r/{hall.id}/step/", page
    with pytest.raises(Refused, match="comes later"):
        ben.mark(1, "3")
    with pytest.raises(Refused, match="comes later"):
        hall.reveal()
    hall.go_to("rubric")
    ben.fill(), cleo.fill()
    hall.reveal()
    hall.go_to("plan")
    assert ben.mark(1, "4", phase="after").taken
    for page in ("look-fors", "look-fors/1", "board"):
        assert ben.device.follow(f"/r/{hall.id}/{page}/").address == f"/r/{hall.id}/{page}/"
    assert ben.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/step/"
    hall.go_to(0)
    assert ben.mark(1, "3", phase="after").taken


def test_a_page_that_is_told_to_move_on_goes_where_everybody_is():
    hall = workshop()
    [ben] = seated(hall, "BE")
    hall.go_to("rubric").go_to("plan")
    answers, step = f"/r/{hall.id}/look-fors/", f"/r/{hall.id}/step/"
    assert ben.device.get(answers).status_code == 200
    told = ben.device.get(answers, **{"Hubcraft-Follow": "1"})
    assert (told.status_code, told["Location"]) == (302, step)
    assert ben.device.get(step, **{"Hubcraft-Follow": "1"}).status_code == 200
    errand = ben.device.get(f"/r/{hall.id}/seat/", **{"Hubcraft-Follow": "1"})
    assert (errand.status_code, says(errand, "Go where everyone is")) == (200, True)
    assert not says(ben.device.get(f"/r/{hall.id}/seat/"), "Go where everyone is")
    assert says(ben.device.get(answers), "Go where everyone is")
    assert not says(ben.device.get(step), "Go where everyone is")


def test_who_comes_late_is_where_everybody_is():
    hall = workshop()
    ben, cleo = seated(hall, "BE", "CL")
    hall.go_to("rubric")
    ben.fill(), cleo.fill()
    hall.reveal()
    hall.go_to("hear")
    [lea] = seated(hall, "LE")
    assert lea.seat.is_waiting
    assert lea.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/step/"
    assert not says(lea.device.get(f"/r/{hall.id}/step/"), "Our board")
    assert says(ben.device.get(f"/r/{hall.id}/step/"), "Our board")


def test_a_closed_room_is_as_without_a_script():
    hall = workshop()
    [finn] = seated(hall, "FI", team=ALONE)
    hall.go_to("rubric")
    finn.fill()
    hall.go_to("plan").close()
    assert finn.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/board/"
    hall.begin()
    assert finn.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/step/"


def test_over_its_board_a_team_reads_what_the_script_asks():
    plain, scripted = start().begin(), workshop().go_to("rubric")
    for hall, asked in ((plain, plain.rubric.prompts), (scripted, ("Where do you see it the same way?",))):
        ben, cleo = seated(hall, "BE", "CL")
        ben.fill(), cleo.fill()
        hall.reveal()
        assert all(says(ben.device.get(f"/r/{hall.id}/board/"), it) for it in asked)
    assert not says(ben.device.get(f"/r/{scripted.id}/board/"), plain.rubric.prompts[0])


TALKING = "The room has gone on to the talk. No hurry: finish your answers."


@pytest.mark.parametrize("page", ["look-fors/1/", "look-fors/"])
def test_who_still_answers_is_told_that_the_room_has_gone_on_to_the_talk(page):
    hall = workshop()
    [ben], alone = seated(hall, "BE"), hall.sit("AL", ALONE)
    address = f"/r/{hall.id}/{page}"
    hall.go_to("rubric")
    assert not says(ben.device.get(address), TALKING)
    hall.go_to("talk")
    told = ben.device.get(address)
    assert says(told, TALKING)
    assert f"/r/{hall.id}/team/" in links_of(text_of(told))
    own = alone.device.get(address)
    assert says(own, TALKING)
    assert f"/r/{hall.id}/team/" not in links_of(text_of(own))
    hall.go_to("rubric")
    assert not says(ben.device.get(address), TALKING)


def test_who_moves_their_initials_is_not_told_to_finish():
    hall = workshop()
    [ben] = seated(hall, "BE")
    hall.go_to("rubric")
    ben.fill()
    hall.reveal()
    hall.go_to("talk")
    page = ben.device.get(f"/r/{hall.id}/look-fors/1/")
    assert says(page, "Change my answer")
    assert not says(page, TALKING)


def test_a_session_without_a_script_has_no_steps():
    hall = start().begin()
    [ben] = seated(hall, "BE")
    assert run_of(hall.session) is None
    assert ben.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/look-fors/1/"
    with pytest.raises(NotThere):
        runs.go_to(by=hall.leader, room=hall.room, position=1, at=NOW)


# -- the facilitator ---------------------------------------------------------------------------------------


def test_only_the_facilitator_leads_and_only_in_an_open_room():
    hall = start(script=WORKSHOP)
    [ben] = seated(hall, "BE")
    acts = (
        lambda by: runs.extend(by=by, room=hall.room, position=0, minutes=2, at=NOW),
        lambda by: runs.shorten(by=by, room=hall.room, position=0, minutes=2, at=NOW),
        lambda by: runs.add_step(
            by=by, room=hall.room, after=0, kind="slides", title="Ours", minutes=5, at=NOW
        ),
        lambda by: runs.pause(by=by, room=hall.room, at=NOW),
        lambda by: runs.resume(by=by, room=hall.room, at=NOW),
        lambda by: runs.go_to(by=by, room=hall.room, position=1, at=NOW),
    )
    for act in acts:
        with pytest.raises(Refused, match="Let everyone begin first"):
            act(hall.leader)
    hall.begin()
    for act in acts:
        with pytest.raises(Refused):
            act(ben.viewer)
        act(hall.leader)
    hall.close()
    for act in acts:
        with pytest.raises(Refused, match="Open it again"):
            act(hall.leader)


def test_pressing_next_twice_skips_nothing():
    hall = workshop()
    hall.go_to(1).go_to(1)
    before = hall.room.sequence
    hall.go_to(1)
    assert (hall.run.position, hall.room.sequence) == (1, before)
    assert TrailEntry.objects.filter(room=hall.id, did="went to a step").count() == 1


def test_there_is_nothing_before_the_first_step_and_after_the_last():
    hall = workshop()
    last = len(hall.run.steps) - 1
    hall.go_to(last)
    for position in (-1, last + 1):
        with pytest.raises(NotThere):
            hall.go_to(position)
    assert (hall.run.position, hall.run.reached) == (last, last)


def test_who_goes_back_finds_the_clock_as_it_was_left():
    hall = workshop()
    hall.go_to(1, at=later(4))
    hall.go_to(0, at=later(5))
    assert clock_of(hall.session, later(5)).left == 60
    hall.go_to(1, at=later(5.5))
    assert clock_of(hall.session, later(5.5)).left == (hall.run.steps[1]["minutes"] - 1) * 60
    assert hall.run.reached == 1


def test_more_time_less_time_and_a_pause():
    hall = workshop()
    length = hall.run.steps[0]["minutes"] * 60
    assert clock_of(hall.session, later(1)).left == length - 60
    runs.extend(by=hall.leader, room=hall.room, position=0, minutes=2, at=later(1))
    assert clock_of(hall.session, later(1)).left == length + 60
    runs.shorten(by=hall.leader, room=hall.room, position=0, minutes=2, at=later(1))
    runs.pause(by=hall.leader, room=hall.room, at=later(2))
    assert clock_of(hall.session, later(9)).left == length - 120
    runs.resume(by=hall.leader, room=hall.room, at=later(9))
    assert clock_of(hall.session, later(10)).left == length - 180
    assert not clock_of(hall.session, later(10)).is_paused


@pytest.mark.parametrize("step", [0, 1])
def test_while_a_room_is_closed_its_clock_stands(step):
    hall = workshop().go_to(step)
    left = clock_of(hall.session, later(1)).left
    ends = time_of(hall.session, later(1)).words
    hall.close(at=later(1))
    assert clock_of(hall.session, later(30)) is None
    hall.open(at=later(61))
    assert clock_of(hall.session, later(61)).left == left
    assert time_of(hall.session, later(61)).is_on_track
    assert time_of(hall.session, later(61)).words != ends


def test_a_step_is_never_shortened_below_now():
    hall = workshop()
    runs.shorten(by=hall.leader, room=hall.room, position=0, minutes=90, at=later(1))
    assert clock_of(hall.session, later(1)).left == 0
    runs.shorten(by=hall.leader, room=hall.room, position=2, minutes=90, at=later(1))
    assert hall.run.steps[2]["minutes"] == 1
    hall.go_to(1)
    with pytest.raises(Refused, match="is over"):
        runs.extend(by=hall.leader, room=hall.room, position=0, minutes=2, at=NOW)


def put_in(hall: Hall, after: int, kind: str = "break", title: str = "", minutes: int = 10):
    runs.add_step(
        by=hall.leader, room=hall.room, after=after, kind=kind, title=title, minutes=minutes, at=NOW
    )


def test_a_break_is_put_in_next_and_makes_the_session_later():
    hall = workshop()
    put_in(hall, 0), put_in(hall, 0)
    steps = run_of(hall.session, "en").steps
    assert [it.kind for it in steps[:3]] == ["turn-and-talk", "break", "read"], (
        "pressed twice, it is one break"
    )
    assert (steps[1].title, steps[1].movement_title) == ("A break", "Learn")
    assert "10 minutes later than planned" in time_of(hall.session, NOW).words
    [ben] = seated(hall, "BE")
    hall.go_to(1)
    assert says(ben.device.follow(f"/r/{hall.id}/"), "Come back when the screen calls you.")


def test_slides_of_ones_own_are_shown_as_typed_and_escaped():
    hall = workshop()
    put_in(hall, 0, "slides", "<b>Our</b> story & yours", 5)
    hall.go_to(1)
    [ben] = seated(hall, "BE")
    page = text_of(ben.device.follow(f"/r/{hall.id}/"))
    assert "&lt;b&gt;Our&lt;/b&gt; story &amp; yours" in page and "<b>Our" not in page


def test_what_was_reached_stays_reached_when_a_step_is_put_in_before_it():
    hall = workshop().go_to("rubric").go_to(0)
    put_in(hall, 0)
    [ben] = seated(hall, "BE")
    assert ben.mark(1, "3").taken
    assert hall.run.steps[hall.run.reached]["kind"] == "rubric"


def test_a_step_can_not_be_put_in_where_the_room_no_longer_is():
    hall = workshop()
    put_in(hall, 0)
    hall.go_to(1)
    with pytest.raises(Refused, match="gone on meanwhile"):
        put_in(hall, 0)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"minutes": "many"}, "a number of minutes"),
        ({"minutes": "0"}, "a number of minutes"),
        ({"title": "x" * 61}, "60 characters at most"),
        ({"kind": ""}, "Choose a break or slides"),
    ],
)
def test_an_own_step_that_can_not_be_says_why(fields, sentence):
    hall = workshop()
    lead, address = hall.lead_device(), f"/r/{hall.id}/lead/steps/"
    good = {"after": "0", "kind": "slides", "title": "Our story", "minutes": "5"}
    assert lead.post(address, good).status_code == 302
    bad = lead.post(address, good | fields)
    assert (bad.status_code, says(bad, sentence)) == (422, True)


def test_the_clock_is_told_in_the_rooms_own_time():
    hall = workshop()
    hall.room.__class__.objects.filter(id=hall.id).update(time_zone="Asia/Kolkata")
    until = NOW + timedelta(minutes=hall.run.steps[0]["minutes"] + 330)
    assert clock_of(hall.session, NOW).words == f"until {until.hour % 12 or 12}:{until:%M}"


def test_the_trail_says_where_the_facilitator_led():
    hall = workshop()
    hall.go_to(1)
    runs.extend(by=hall.leader, room=hall.room, position=1, minutes=2, at=NOW)
    runs.pause(by=hall.leader, room=hall.room, at=NOW)
    trail = TrailEntry.objects.filter(room=hall.id).order_by("pk").values_list("did", flat=True)
    assert list(trail)[-3:] == ["went to a step", "gave a step more time", "paused the clock"]


# -- the pages ---------------------------------------------------------------------------------------------


def test_every_step_has_a_page_for_everybody():
    hall = workshop()
    ben, _cleo = seated(hall, "BE", "CL")
    [finn] = seated(hall, "FI", team=ALONE)
    for position, step in enumerate(run_of(hall.session, "en").steps):
        hall.go_to(position)
        for person in (ben, finn):
            page = person.device.follow(f"/r/{hall.id}/")
            assert page.status_code == 200, step.key
            if step.kind not in ("rubric", "talk"):
                assert page.address == f"/r/{hall.id}/step/"
                assert says(page, step.question), step.key
                assert "step-clock" in text_of(page)


def test_everybody_comes_where_they_may():
    hall = convening("revealed", script=WORKSHOP, step="hear")
    visits = {
        who: device.client.get(f"/r/{hall.id}/step/")
        for who, device in hall.devices().items()
        if who != "Dot"
    }
    told = {who: it.status_code for who, it in visits.items()}
    assert {who for who, status in told.items() if status == 404} == {"Olga", "Nemo"}
    assert {who for who, status in told.items() if status == 302} == {"Ada", "projector", "Max"}
    assert visits["Max"]["Location"] == f"/r/{hall.id}/join/"
    assert {told[who] for who in ("Ben", "Ivo", "Noor", "Finn", "Gale", "Lea")} == {200}


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("step/", {"position": 3}),
        ("step/longer/", {"position": 13, "minutes": 2}),
        ("step/shorter/", {"position": 13, "minutes": 2}),
        ("pause/", {}),
        ("pause/remove/", {}),
    ],
)
def test_nobody_but_the_facilitator_moves_the_room(address, fields):
    hall = convening("rating", script=WORKSHOP, step="plan", answers=False)
    if "position" in fields and fields["position"] == 13:
        fields = fields | {"position": hall.run.position}
    before = hall.run.__dict__.copy()
    for who, device in hall.devices().items():
        if who != "Ada":
            assert device.post(f"/r/{hall.id}/lead/{address}", fields).status_code == 404, who
    assert {**hall.run.__dict__, "_state": None} == {**before, "_state": None}
    answer = hall.lead_device().post(f"/r/{hall.id}/lead/{address}", fields)
    assert (answer.status_code, answer["Location"]) == (302, f"/r/{hall.id}/lead/")


@pytest.mark.parametrize("position", ["", "-1", "99", "x", "1.5", "9" * 30])
def test_a_position_that_is_none_is_not_there(position):
    hall = workshop()
    lead, address = hall.lead_device(), f"/r/{hall.id}/lead/step/"
    assert lead.post(address, {"position": "1"}).status_code == 302
    assert lead.post(address, {"position": position}).status_code == 404
    assert hall.run.position == 1


def test_the_form_offers_the_whole_session_first_and_the_rubric_alone():
    start()
    form = text_of(Device().get("/start/"))
    chosen = re.findall(r'name="script" value="([^"]*)"( checked)?', form)
    others = ("team-reflection", "at-a-glance", "follow-up", "one-look-for", "")
    assert chosen == [("workshop", " checked"), *((it, "") for it in others)]
    assert "75 minutes" in form and "45 minutes" in form


@pytest.mark.parametrize(("script", "has_run"), [(WORKSHOP, True), ("", False), ("nonsense", False)])
def test_a_room_is_started_with_the_script_that_was_chosen(script, has_run):
    domain = start().session.domain
    answer = Device().post("/start/", {"domain": domain, "rung": "initials", "script": script})
    room = answer["Location"].split("/")[2]
    assert Run.everywhere.filter(session__room_id=room, script=script or "-").exists() is has_run


@pytest.mark.parametrize("script", [WORKSHOP, ""])
def test_a_room_whose_form_is_sent_twice_is_one(script):
    start(script=WORKSHOP)
    lead, rooms = Device(), Room.objects.count()
    fields = {
        "domain": "hub-leadership/domain-1",
        "rung": "initials",
        "script": script,
        "teams": "Riverbend hub",
    }
    once = once_of(lead.get("/start/"))
    first, twice = (lead.post("/start/", fields | {"once": once}) for _press in range(2))
    assert first["Location"] == twice["Location"]
    assert lead.get(twice["Location"]).status_code == 200
    assert Room.objects.count() == rooms + 1
    lead.post("/start/", fields | {"once": "b" * 32})
    assert Room.objects.count() == rooms + 2


def test_the_next_session_is_started_once_however_often_it_is_pressed():
    hall = workshop()
    lead = hall.lead_device()
    once = once_of(lead.get(f"/r/{hall.id}/lead/"))
    first, twice = (lead.post(f"/r/{hall.id}/lead/again/", {"once": once}) for _press in range(2))
    assert first["Location"] == twice["Location"]
    assert lead.get(twice["Location"]).status_code == 200
    assert lead.post(f"/r/{hall.id}/lead/again/", {"once": "b" * 32})["Location"] != first["Location"]


def once_of(page) -> str:
    return re.search(r'name="once" value="(\w+)"', text_of(page))[1]


def test_the_facilitator_is_told_what_to_say_and_what_comes_next():
    hall = workshop()
    lead, steps = hall.lead_device(), run_of(hall.session, "en").steps
    page = lead.get(f"/r/{hall.id}/lead/")
    assert says(page, steps[0].say) and says(page, f"Next: {steps[1].title}")
    assert not says(page, ">Back<")
    hall.go_to(len(steps) - 1)
    page = lead.get(f"/r/{hall.id}/lead/")
    assert says(page, ">Back<") and not says(page, "Next: ")


def test_a_late_session_is_told_and_plan_is_never_proposed():
    hall = workshop()
    steps = run_of(hall.session, "en").steps
    assert time_of(hall.session, NOW).shorter == ()
    found = time_of(hall.session, later(5 + 9))
    assert not found.is_on_track and "9 minutes later than planned" in found.words
    assert found.shorter and found.protected == ("Plan",)
    assert not any(steps[it.position].is_protected for it in found.shorter)
    for it in found.shorter:
        runs.shorten(by=hall.leader, room=hall.room, position=it.position, minutes=it.minutes, at=later(14))
    assert time_of(hall.session, later(14)).is_on_track


def test_the_screen_shows_the_step_and_names_nobody():
    hall = convening("rating", script=WORKSHOP, step="plan")
    screen = hall.projector_device().get(f"/r/{hall.id}/projector/")
    assert says(screen, run_of(hall.session, "en").step.question)
    labels = [it.seat.label for it in hall.people.values()]
    assert [it for it in [*labels, RIVERBEND, NORTH_SHORE] if f">{it}<" in text_of(screen)] == []


def test_the_screen_names_what_there_is_to_read_on_phones_and_nothing_where_nothing_is_read():
    hall = workshop()
    hall.go_to("read")
    titles = [it.title for it in run_of(hall.session, "en").step.pages]
    screen = hall.projector_device().get(f"/r/{hall.id}/projector/")
    assert len(titles) > 1 and all(says(screen, title) for title in titles)
    hall.go_to("plan")
    screen = hall.projector_device().get(f"/r/{hall.id}/projector/")
    assert "To read on your phone" not in text_of(screen)


def test_who_is_alone_is_told_kindly_and_a_team_is_told_with_whom():
    hall = workshop()
    ann, bo, cleo = seated(hall, "AM", "BO", "CP")
    [finn] = seated(hall, "FI", team=ALONE)
    with_whom = [sorted(partners_of(it.place)) for it in (ann, bo, cleo, finn)]
    assert with_whom == [["BO", "CP"], ["AM", "CP"], ["AM", "BO"], []]
    assert says(finn.device.get(f"/r/{hall.id}/step/"), "You came on your own")
    [dee] = seated(hall, "DT")
    everybody = {it.seat.label: partners_of(it.place) for it in (ann, bo, cleo, dee)}
    assert all(len(found) == 1 and everybody[found[0]] == (label,) for label, found in everybody.items())


def test_every_link_on_every_step_works_and_looking_changes_nothing():
    hall = workshop()
    ben, [finn] = seated(hall, "BE", "CL")[0], seated(hall, "FI", team=ALONE)
    hall.go_to("rubric")
    ben.fill(), finn.fill()
    for position in range(len(hall.run.steps)):
        hall.go_to(position)
        with CaptureQueriesContext(connection) as asked:
            for device in (ben.device, finn.device, hall.lead_device(), hall.projector_device()):
                page = {hall.key: "lead/"}.get(device.cookie(f"lead-{hall.id}"), "")
                page = "projector/" if device.cookie(f"projector-{hall.id}") else page
                shown = device.follow(f"/r/{hall.id}/{page}")
                for link in links_of(text_of(shown)):
                    assert device.follow(link.partition("#")[0]).status_code == 200, (position, link)
        written = [it["sql"] for it in asked if it["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
        assert written == []


@pytest.mark.parametrize("page", ["lead", "projector", "step"])
def test_a_step_asks_as_much_in_a_large_room_as_in_a_small_one(page):
    counts = set()
    for size in (1, 3):
        hall = workshop(teams=[f"School {at}" for at in range(size)])
        for at in range(size):
            seated(hall, *(f"P{each}" for each in range(2 * size)), team=f"School {at}")
            hall.sit(f"A{at}", ALONE)
        [some] = seated(hall, "ZZ", team="School 0")
        devices = {"lead": hall.lead_device(), "projector": hall.projector_device()}
        device, address = devices.get(page, some.device), f"/r/{hall.id}/{page}/"
        device.client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert device.client.get(address).status_code == 200
        counts.add(len(asked))
    assert len(counts) == 1, counts
