"""The pages on which people write: what is asked, what is kept, and who receives it."""

import re
import secrets

import pytest

from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.playbook.models import Strategy
from hubcraft.live.source import served
from tests.access.addresses import STREAMS, Visit, routes
from tests.cast import convening
from tests.device import Device, says, text_of
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, Person, opened, seated

pytestmark = pytest.mark.django_db
LONG = "ab " * 4000
YEAR = NOW.year + 1
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ page }}{% now 'Y' %}",
    '=HYPERLINK("http://example.org")',
    "\u202egnihtemos\u202c and \u2066more",
    "مرحبا 👍🏽 שלום",
    "line one\n\nline three",
    "a" * 900,
]


def workshop(*stages: str, **more) -> Hall:
    """A workshop whose room has been at these steps."""
    hall = opened(script="workshop", **more)
    for stage in stages:
        hall.go_to(stage)
    return hall


def base(hall: Hall) -> str:
    return f"/r/{hall.id}/"


def once_of(response) -> str:
    return re.search(r'name="once" value="(\w+)"', text_of(response))[1]


def name(person: Person, number: int = 1, words: str = "We meet on Mondays.", **more):
    """Somebody names a strategy by the page's form."""
    address = f"{base(person.hall)}look-fors/{number}/strategy/"
    fields = {"once": secrets.token_hex(16), "words": words, "seat": person.key} | more
    return person.device.post(address, fields)


def promise(person: Person, words: str = "Meet weekly.", whose: str = "mine", **more):
    """Somebody promises something by the page's form."""
    fields = {"once": secrets.token_hex(16), "words": words, "whose": whose, "seat": person.key} | more
    return person.device.post(f"{base(person.hall)}next-steps/", fields)


def strategy_of(person: Person) -> str:
    return f"{base(person.hall)}strategies/{Strategy.everywhere.get().id}/"


# -- strategies --------------------------------------------------------------------------------------------


def test_the_step_asks_to_the_letter_and_for_what_one_is_good_at():
    hall = workshop("rubric")
    ben, cleo, dot = seated(hall, "BE", "CL", "DT")
    ben.fill("3144?......"), cleo.fill("1" * 11)
    hall.go_to("strategies")
    assert says(dot.device.get(f"{base(hall)}step/"), "Your answers come first")
    page = ben.device.follow(base(hall))
    assert page.address == f"{base(hall)}step/"
    assert says(page, 'If you are "pretty good" or "great", name a strategy you use.')
    offered = text_of(page).partition('class="offer-others"')[0]
    assert re.findall(r'class="offer" href="[^"]*look-fors/(\d+)/', offered) == ["3", "4", "1"]
    assert says(page, "You said: We're great at this")
    page = cleo.device.get(f"{base(hall)}step/")
    assert says(page, "Nothing is asked of you here")
    assert len(re.findall(r'class="offer"', text_of(page))) == 11


def test_the_rating_itself_holds_no_place_to_write():
    hall = workshop("rubric")
    [ben] = seated(hall, "BE")
    for address in ("look-fors/1/", "look-fors/"):
        assert "<textarea" not in text_of(ben.device.get(f"{base(hall)}{address}"))
    assert "<textarea" in text_of(ben.device.get(f"{base(hall)}look-fors/1/strategy/"))


def test_a_strategy_is_written_with_what_the_deck_asks_and_said_who_sees_it():
    hall = workshop("rubric", "strategies")
    [ben] = seated(hall, "BE")
    page = ben.device.get(f"{base(hall)}look-fors/3/strategy/")
    assert says(page, "Share a strategy you use.") and says(page, "How do you know?")
    assert says(page, hall.rubric.look_fors[2].text)
    assert says(page, "Until your team opens its board, only you see this.")
    once = once_of(page)
    sent = name(ben, 3, how_we_know="Nobody asks twice.", once=once)
    assert (sent.status_code, sent["Location"]) == (302, f"{base(hall)}step/?kept={once}")
    page = ben.device.get(f"{base(hall)}step/")
    assert says(page, "We meet on Mondays.") and says(page, "Nobody asks twice.")
    assert name(ben, 3, once=once).status_code == 302
    assert Strategy.everywhere.count() == 1


def test_ones_own_strategy_is_changed_and_taken_back():
    hall = workshop("rubric", "strategies")
    [ben] = seated(hall, "BE")
    name(ben)
    address = strategy_of(ben)
    assert says(ben.device.get(address), "We meet on Mondays.")
    assert ben.device.post(address, {"words": "We meet daily."})["Location"] == f"{base(hall)}step/"
    assert says(ben.device.get(f"{base(hall)}step/"), "We meet daily.")
    assert ben.device.post(f"{address}removal/").status_code == 302
    assert not says(ben.device.get(f"{base(hall)}step/"), "We meet daily.")


def test_the_teams_strategies_stand_side_by_side_once_its_board_is_open():
    hall = workshop("rubric", "strategies")
    ben, cleo = seated(hall, "BE", "CL")
    name(ben, 2, "Ben’s"), name(cleo, 2, "Cleo’s")
    for one, other in ((ben, cleo), (cleo, ben)):
        page = one.device.get(f"{base(hall)}step/")
        assert (says(page, "Ben’s"), says(page, "Cleo’s")) == (one is ben, one is cleo), other
    hall.reveal()
    for one in (ben, cleo):
        page = one.device.get(f"{base(hall)}step/")
        assert says(page, "What your team uses") and says(page, "Ben’s") and says(page, "Cleo’s")


def test_under_the_anonymous_rung_no_page_and_no_frame_names_anybody():
    hall = workshop("rubric", "strategies", rung="anonymous")
    ben, cleo = seated(hall, "BE", "CL")
    assert says(ben.device.get(f"{base(hall)}look-fors/1/strategy/"), "without your name")
    name(ben), promise(ben)
    hall.reveal()
    for address in ("step/", "team-page/"):
        page = text_of(cleo.device.get(f"{base(hall)}{address}"))
        assert "We meet on Mondays." in page
        assert ben.key not in page and ">BE<" not in page
    assert says(ben.device.get(f"{base(hall)}step/"), "Your strategy")
    assert not says(cleo.device.get(f"{base(hall)}step/"), "Your strategy")


def test_whoever_is_writing_is_not_carried_off_when_the_room_moves_on():
    hall = workshop("rubric", "strategies")
    [ben] = seated(hall, "BE")
    address = f"{base(hall)}look-fors/1/strategy/"
    hall.go_to("plan")
    assert ben.device.get(address, **{"Hubcraft-Follow": "1"}).status_code == 200
    assert name(ben)["Location"].startswith(f"{base(hall)}step/")
    assert Strategy.everywhere.count() == 1


def test_without_a_script_strategies_and_next_steps_are_written_from_the_page_one_keeps():
    hall = opened()
    [ben] = seated(hall, "BE")
    ben.fill("4..........")
    hall.reveal()
    board = ben.device.follow(base(hall))
    assert board.address == f"{base(hall)}board/" and says(board, "Our strategies and next steps")
    page = ben.device.get(f"{base(hall)}team-page/")
    assert f"{base(hall)}look-fors/1/strategy/?back=team-page" in text_of(page)
    assert says(page, "Write a next step")
    for sent in (name(ben, back="team-page"), promise(ben, back="team-page")):
        assert sent["Location"].startswith(f"{base(hall)}team-page/?kept=")
    page = ben.device.get(f"{base(hall)}team-page/")
    assert says(page, "We meet on Mondays.") and says(page, "Meet weekly.")
    hall.close()
    page = ben.device.get(f"{base(hall)}team-page/")
    assert not says(page, "Name one more strategy") and not says(page, "Write a next step")


# -- next steps --------------------------------------------------------------------------------------------


def test_a_form_that_was_open_when_the_device_was_handed_on_speaks_for_its_own_seat():
    hall = workshop("rubric", "strategies")
    [ben] = seated(hall, "BE")
    name(ben)
    address, key = strategy_of(ben), ben.seat.key
    cleo = hall.sit("CL", same_person_as="")
    device = Device(**{f"seats_{hall.id}": f"{cleo.seat_id}:{cleo.secret}.{ben.seat_id}:{ben.secret}"})
    assert device.post(address, {"words": "We meet daily."}).status_code == 404
    assert device.post(address, {"words": "We meet daily.", "seat": key}).status_code == 302
    assert Strategy.everywhere.get().words == "We meet daily."


def test_a_number_that_was_used_up_comes_back_fresh_with_what_was_typed():
    hall = workshop("rubric", "strategies")
    [ben] = seated(hall, "BE")
    once = secrets.token_hex(16)
    name(ben, once=once)
    assert ben.device.post(f"{strategy_of(ben)}removal/").status_code == 302
    refused = name(ben, words="We meet daily.", once=once)
    assert refused.status_code == 409 and says(refused, "We meet daily.")
    assert once_of(refused) != once
    assert name(ben, words="We meet daily.", once=once_of(refused)).status_code == 302


def test_the_plan_asks_to_the_letter():
    hall = workshop("rubric", "plan")
    [ben] = seated(hall, "BE")
    question = "Based on your experience in today's session, what is the next step for you/your hub team?"
    assert says(ben.device.follow(base(hall)), question)
    page = ben.device.get(f"{base(hall)}next-steps/")
    assert says(page, question) and says(page, "Whose next step is it?")
    assert 'name="owner" type="text" value="BE"' in text_of(page)


def test_a_plan_is_written_changed_and_taken_back():
    hall = workshop("rubric", "plan")
    ben, cleo = seated(hall, "BE", "CL")
    assert promise(ben, size="enormous").status_code == 422
    assert promise(ben, owner="BE", due_on=f"{YEAR}-03-15", size="small").status_code == 302
    assert promise(ben, "Share the calendar.", "team", look_for=hall.look_fors[1]).status_code == 302
    page = cleo.device.get(f"{base(hall)}step/")
    assert (
        says(page, "Meet weekly.") and says(page, "Share the calendar.") and says(page, f"March 15, {YEAR}")
    )
    assert says(page, "small: within a week")
    ours = NextStep.everywhere.get(is_shared=True)
    address = f"{base(hall)}next-steps/{ours.id}/"
    assert says(cleo.device.get(address), "each of you can change it")
    assert cleo.device.post(address, {"words": "Share two calendars.", "size": "large"}).status_code == 302
    assert says(ben.device.get(f"{base(hall)}step/"), "Share two calendars.")
    assert 'value="large" selected' in text_of(cleo.device.get(address))
    assert cleo.device.post(f"{address}removal/").status_code == 302
    assert not says(ben.device.get(f"{base(hall)}step/"), "Share two calendars.")
    mine = NextStep.everywhere.get(is_shared=False)
    assert cleo.device.get(f"{base(hall)}next-steps/{mine.id}/").status_code == 404
    assert ben.device.get(f"{base(hall)}next-steps/{mine.id}/").status_code == 200


def test_a_second_one_for_the_team_comes_back_with_what_was_typed():
    hall = workshop("rubric", "plan")
    ben, cleo = seated(hall, "BE", "CL")
    assert promise(ben, "Ours", "team").status_code == 302
    refused = promise(cleo, "Ours as well", "team")
    assert refused.status_code == 409
    assert says(refused, "Your team has written its next step meanwhile.") and says(refused, "Ours as well")
    assert promise(cleo, "Ours as well", "mine", once=once_of(refused)).status_code == 302
    assert NextStep.everywhere.count() == 2


@pytest.mark.parametrize(
    ("due_on", "sentence"),
    [
        ("2001-01-01", "This day is over."),
        ("9999-12-31", "This day is very far away."),
        ("soon", "Write a day like"),
        ("9" * 5000, "Write a day like"),
    ],
)
def test_a_day_that_can_not_be_meant_comes_back_with_a_sentence(due_on, sentence):
    hall = workshop("rubric", "plan")
    [ben] = seated(hall, "BE")
    refused = promise(ben, due_on=due_on)
    assert (refused.status_code, says(refused, sentence), says(refused, "Meet weekly.")) == (422, True, True)
    assert promise(ben, due_on=f"{YEAR}-01-01").status_code == 302


# -- what people type --------------------------------------------------------------------------------------


def shown(person: Person) -> str:
    return text_of(person.device.get(f"{base(person.hall)}team-page/"))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_typed_is_kept_to_the_letter_and_shown_as_text(text):
    from html import escape

    hall = workshop("rubric", "strategies", is_open_board=True)
    ben, cleo = seated(hall, "BE", "CL")
    short = text[:90]
    assert name(ben, words=f"  {text}\r\n", how_we_know=text).status_code == 302
    assert promise(ben, text[:700], owner=short).status_code == 302
    kept, step = Strategy.everywhere.get(), NextStep.everywhere.get()
    assert (kept.words, kept.how_we_know, step.words) == (text, text, text[:700])
    assert step.owner == " ".join(short.split())
    for person in (ben, cleo):
        page = shown(person)
        assert page.count(escape(text)) >= 2
        assert "<script>alert" not in page and "<img src=x" not in page
    edit = text_of(ben.device.get(strategy_of(ben)))
    assert escape(text) in edit
    hall.close()
    address = f"{base(hall)}next-steps/{step.id}/settlement/"
    assert (
        cleo.device.post(address, {"state": "done", "was": "open", "reason": text[:700]}).status_code == 302
    )
    assert escape(text[:700]) in shown(ben)


@pytest.mark.parametrize("field", ["words", "how_we_know"])
def test_too_long_a_strategy_comes_back_whole_with_a_sentence(field):
    hall = workshop("rubric", "strategies")
    [ben] = seated(hall, "BE")
    refused = name(ben, **{"words": "Fine.", field: LONG})
    assert (refused.status_code, says(refused, "too long"), LONG.strip() in text_of(refused)) == (
        422,
        True,
        True,
    )
    assert Strategy.everywhere.count() == 0
    assert name(ben, once=once_of(refused), **{"words": "Fine.", field: "Shorter"}).status_code == 302
    assert says(ben.device.post(strategy_of(ben), {"words": LONG}), "too long")


@pytest.mark.parametrize("field", ["words", "owner", "look_for", "due_on"])
def test_too_long_a_next_step_comes_back_whole_with_a_sentence(field):
    hall = workshop("rubric", "plan")
    [ben] = seated(hall, "BE")
    refused = promise(ben, **{"words": "Meet weekly.", field: LONG})
    assert refused.status_code == 422
    assert says(refused, "Meet weekly.") or field == "words"
    assert field == "look_for" or LONG.strip() in text_of(refused)
    assert promise(ben).status_code == 302


def test_too_long_a_reason_comes_back_whole_with_a_sentence():
    hall = workshop("rubric", "plan")
    [ben] = seated(hall, "BE")
    promise(ben)
    address = f"{base(hall)}next-steps/{NextStep.everywhere.get().id}/settlement/"
    refused = ben.device.post(address, {"state": "dropped", "was": "open", "reason": LONG})
    assert (refused.status_code, says(refused, "too long"), LONG.strip() in text_of(refused)) == (
        422,
        True,
        True,
    )
    nothing = ben.device.post(address, {"state": "dropped", "was": "open", "reason": " "})
    assert (nothing.status_code, says(nothing, "Write why you dropped it.")) == (422, True)
    assert (
        ben.device.post(address, {"state": "dropped", "was": "open", "reason": "No time"}).status_code == 302
    )


@pytest.mark.parametrize("words", ["", "   ", "\u200b\u200d", "\n\n"])
def test_nothing_is_no_strategy_and_no_step(words):
    hall = workshop("rubric", "plan")
    [ben] = seated(hall, "BE")
    assert says(name(ben, words=words), "Write what you do")
    assert says(promise(ben, words), "Write what will be done")
    assert (name(ben).status_code, promise(ben).status_code) == (302, 302)


def test_a_room_that_closes_meanwhile_gives_back_what_was_typed():
    hall = workshop("rubric", "strategies")
    [ben] = seated(hall, "BE")
    name(ben)
    address = strategy_of(ben)
    hall.close()
    for refused in (
        name(ben, 2, "Typed"),
        promise(ben, "Typed"),
        ben.device.post(address, {"words": "Typed"}),
    ):
        assert (refused.status_code, says(refused, "The room is closed."), says(refused, "Typed")) == (
            409,
            True,
            True,
        )
    assert ben.device.get(f"{base(hall)}look-fors/2/strategy/").status_code == 302


# -- who receives it ---------------------------------------------------------------------------------------

SECRET = {"strategy": "Zebra strategy", "step": "Zebra step", "ours": "Zebra together"}


def everything(hall: Hall, visit: Visit) -> dict[str, str]:
    """All that reaches everybody: every page there is, and all that their streams would send."""
    addresses = [visit.address(name) for name, it in routes().items() if "GET" in it.callback.methods]
    addresses += [f"{it}?part=live" for it in addresses]
    seen = {}
    for who, device in visit.devices.items():
        answers = [device.client.get(it) for it in addresses if it.startswith(f"/r/{hall.id}/")]
        parts = [it.content.decode(errors="replace") for it in answers]  # also what is no page of text
        for path in STREAMS.values():
            admission = served().admit(path.replace("<room_id>", hall.id), device.cookies, {})
            if admission:
                parts += served().render(hall.id, admission.audience, None).values()
        seen[who] = "\n".join(parts)
    return seen


@pytest.mark.parametrize("rung", ["initials", "anonymous"])
def test_nobody_outside_a_team_ever_receives_what_it_wrote(rung):
    hall = convening("revealed", rung=rung, script="workshop")
    hall.go_to("strategies")
    visit = Visit(hall)
    cleo = hall.cleo
    assert name(cleo, words=SECRET["strategy"]).status_code == 302
    assert promise(cleo, SECRET["step"]).status_code == 302
    assert promise(cleo, SECRET["ours"], "team").status_code == 302
    for kind in ("strategies", "plan", "feedback"):
        hall.go_to(kind)
        seen = everything(hall, visit)
        for word in SECRET.values():
            assert {who for who, told in seen.items() if word in told} <= {
                *["Ben", "Cleo", "Dara", "Eli", "Hana", "Lea"]
            }
            assert word in seen["Ben"] and word in seen["Cleo"], (kind, word)
        assert SECRET["strategy"] not in seen["Lea"]  # who has not rated has not seen the board


def test_what_somebody_alone_wrote_reaches_nobody_else():
    hall = convening("revealed", script="workshop")
    hall.go_to("strategies")
    visit = Visit(hall)
    assert name(hall.finn, words=SECRET["strategy"]).status_code == 302
    assert promise(hall.finn, SECRET["step"]).status_code == 302
    seen = everything(hall, visit)
    for word in (SECRET["strategy"], SECRET["step"]):
        assert {who for who, told in seen.items() if word in told} == {"Finn"}


def test_before_the_board_is_open_a_strategy_reaches_only_its_author():
    hall = convening("rating", script="workshop")
    hall.go_to("strategies")
    visit = Visit(hall)
    assert name(hall.cleo, words=SECRET["strategy"]).status_code == 302
    assert {who for who, told in everything(hall, visit).items() if SECRET["strategy"] in told} == {"Cleo"}
    hall.reveal(RIVERBEND)
    assert SECRET["strategy"] in everything(hall, visit)["Ben"]


# -- afterwards, and the next time -------------------------------------------------------------------------


def test_the_page_one_keeps_opens_on_another_device_by_its_private_link():
    from tests.device import Device

    hall = workshop("rubric", "plan")
    ben, cleo = seated(hall, "BE", "CL")
    name(ben), promise(ben)
    hall.reveal()
    hall.close()
    page = ben.device.get(f"{base(hall)}team-page/")
    assert says(page, "We meet on Mondays.") and says(page, "Meet weekly.") and says(page, RIVERBEND)
    link = re.search(r'id="private-link" readonly value="([^"]+)"', text_of(page))[1]
    other = Device()
    moved = other.get(link.removeprefix("http://testserver"))
    assert (moved.status_code, moved["Location"]) == (302, f"{base(hall)}team-page/")
    assert says(other.get(f"{base(hall)}team-page/"), "Meet weekly.")
    for key in ("x", f"{ben.seat_id}:x", f"{cleo.seat_id}:{ben.secret}", ":", "é:é"):
        assert Device().get(f"{base(hall)}team-page/?key={key}").status_code == 404
    assert Device().get(f"{base(hall)}team-page/").status_code == 404


def test_who_was_alone_keeps_a_page_too():
    hall = workshop("rubric", "plan")
    finn = hall.sit("FI", ALONE)
    name(finn), promise(finn)
    page = finn.device.get(f"{base(hall)}team-page/")
    assert says(page, "My page") and says(page, "Only you see this page.")
    assert says(page, "We meet on Mondays.") and says(page, "Meet weekly.")
    assert text_of(page).count("Meet weekly.") >= 1


def test_the_next_session_begins_with_what_was_promised():
    hall = workshop("rubric", "plan")
    [ben] = seated(hall, "BE")
    promise(ben, "Meet weekly.", "team")
    lead = hall.lead_device()
    started = lead.post(f"{base(hall)}lead/again/")
    assert started.status_code == 302
    second_id = started["Location"].split("/")[2]
    second = Hall(type(hall.room).objects.get(id=second_id), lead.cookie(f"lead-{second_id}"))
    assert second.run.script == "workshop"
    assert [it["key"] for it in second.run.steps] == [it["key"] for it in hall.run.steps]
    cleo, ivo = second.sit("CL"), second.sit("IV", NORTH_SHORE)
    # In the lobby nobody of the team may be there yet: whoever has the code would read it.
    assert not says(cleo.device.follow(base(second)), "Meet weekly.")
    second.begin()
    first_page = cleo.device.follow(base(second))
    assert says(first_page, "What we promised last time") and says(first_page, "Meet weekly.")
    assert not says(ivo.device.follow(base(second)), "Meet weekly.")
    step = NextStep.everywhere.get()
    address = f"{base(second)}next-steps/{step.id}/settlement/"
    assert ivo.device.get(address).status_code == 404
    assert says(cleo.device.get(address), "What became of it?")
    told = cleo.device.post(address, {"state": "done", "was": "open", "reason": "Every Monday."})
    assert says(first_page, "As a team")
    assert (told.status_code, told["Location"]) == (302, f"{base(second)}step/")
    assert says(cleo.device.get(f"{base(second)}step/"), "Every Monday.")
    second.go_to(1)
    assert not says(cleo.device.get(f"{base(second)}step/"), "What we promised last time")
    assert says(ben.device.get(f"{base(hall)}team-page/"), "Every Monday.")


def test_what_is_carried_on_is_carried_into_this_session():
    hall = workshop("rubric", "plan")
    [ben] = seated(hall, "BE")
    promise(ben, "Meet weekly.", "team")
    lead = hall.lead_device()
    second_id = lead.post(f"{base(hall)}lead/again/")["Location"].split("/")[2]
    second = Hall(type(hall.room).objects.get(id=second_id), lead.cookie(f"lead-{second_id}"))
    cleo = second.sit("CL")
    second.begin()
    step = NextStep.everywhere.get()
    address = f"{base(second)}next-steps/{step.id}/settlement/"
    assert cleo.device.post(address, {"state": "carried", "was": "open", "reason": ""}).status_code == 302
    assert says(cleo.device.get(f"{base(second)}step/"), "Carried on into this session.")
    assert says(ben.device.get(f"{base(hall)}team-page/"), "Carried on into the next session.")


NONE_SAID = "of none of the look-fors. That is an honest answer."
NOT_KNOWN_HERE = "Anonymous answers are known only to the device they were given on"


def test_a_device_that_can_not_find_anonymous_answers_says_nothing_of_them():
    hall = workshop("rubric", rung="anonymous")
    ben, cleo = seated(hall, "BE", "CL")
    ben.fill("33333333333"), cleo.fill("11111111111")
    hall.go_to("strategies")
    address = f"{base(hall)}step/"
    assert says(ben.device.get(address), "You said:")
    assert says(cleo.device.get(address), NONE_SAID)
    other = Device().keep(f"door-{hall.id}", hall.room.join_token)
    other.keep(f"seats-{hall.id}", f"{ben.seat_id}:{ben.secret}")
    page = other.get(address)
    assert says(page, NOT_KNOWN_HERE)
    assert not says(page, NONE_SAID)


def test_only_the_facilitator_starts_the_next_session():
    hall = workshop("rubric")
    [ben] = seated(hall, "BE")
    assert ben.device.post(f"{base(hall)}lead/again/").status_code == 404
    assert opened().lead_device().post(f"{base(hall)}lead/again/").status_code == 404
    started = hall.lead_device()
    assert started.post(f"{base(hall)}lead/again/").status_code == 302
    assert started.cookie(f"lead-{hall.id}") == hall.key
