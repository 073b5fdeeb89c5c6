"""Starting a room about a domain, a part of one, or all at a glance; a script that says what it rates leads there."""

import secrets

import pytest

from hubcraft.apps.facilitation.models import Run
from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.frameworks.queries import list_rubric_keys, newest_pack
from hubcraft.apps.reflections.models import ReflectionSession
from tests.device import Device, says, text_of
from tests.make import DRAFT_LOOK_FOR, FIRST_DOMAIN, NOW, install_two_rubrics, start

pytestmark = pytest.mark.django_db

PRACTICE = f"{FIRST_DOMAIN}/establish-the-hub-team"
LOOK_FOR = f"{PRACTICE}/convening-power"
GLANCE = "hub-leadership/*"


@pytest.fixture(autouse=True)
def pack():
    install_shipped_packs(at=NOW)
    install_two_rubrics(has_drafts=True)


def sent(**fields):
    once = secrets.token_hex(16)
    return Device().post(
        "/start/", {"domain": FIRST_DOMAIN, "rung": "initials", "script": "", "once": once} | fields
    )


def about(**fields) -> str:
    """What the session is about that such a form starts."""
    response = sent(**fields)
    assert response.status_code == 302, text_of(response)
    return ReflectionSession.everywhere.get(room=response["Location"].split("/")[2]).domain


@pytest.mark.parametrize("key", [FIRST_DOMAIN, f"{FIRST_DOMAIN}/*", PRACTICE, GLANCE])
def test_a_room_is_about_what_was_chosen(key):
    assert about(domain=key) == key
    assert about(domain=key, script="workshop") == key


@pytest.mark.parametrize("key", ["hub-leadership/domain-3", f"{PRACTICE}/none", "hub-leadership", "none/*"])
def test_what_nobody_can_rate_is_not_started(key):
    response = sent(domain=key)
    assert (response.status_code, says(response, "Choose a domain.")) == (422, True)
    assert about() == FIRST_DOMAIN


def test_a_script_that_rates_practices_is_about_all_of_them():
    assert about(script="at-a-glance") == GLANCE
    assert Run.everywhere.get().script == "at-a-glance"


def test_a_script_that_rates_one_look_for_asks_which():
    first = sent(script="one-look-for")
    assert (first.status_code, says(first, "Choose the one look-for that you will rate.")) == (422, True)
    # The drafts are among them, and nothing of another domain.
    page = text_of(first)
    assert page.count('name="look_for"') == 12
    assert f'value="{DRAFT_LOOK_FOR}"' in page
    assert about(script="one-look-for", look_for=LOOK_FOR) == LOOK_FOR


def test_of_all_six_at_a_glance_a_domain_is_asked_for_first():
    response = sent(script="one-look-for", domain=GLANCE)
    assert response.status_code == 422
    assert says(response, "Choose the domain first; then one look-for of it.")
    assert 'name="look_for"' not in text_of(response)


def test_of_a_practice_only_its_look_fors_are_asked_for():
    assert text_of(sent(script="one-look-for", domain=PRACTICE)).count('name="look_for"') == 2


def test_what_is_no_look_for_is_asked_again():
    for key in (PRACTICE, "hub-leadership/domain-1/none/none", ""):
        assert sent(script="one-look-for", look_for=key).status_code == 422
    assert about(script="one-look-for", look_for=LOOK_FOR) == LOOK_FOR


def test_the_first_domain_is_chosen_until_somebody_chooses_another_and_an_address_may_name_one():
    def chosen(address: str) -> list[str]:
        page = text_of(Device().get(address))
        return [it.split('"')[0] for it in page.split('value="')[1:] if '" checked' in it[:200].split(">")[0]]

    assert chosen("/start/")[:2] == [FIRST_DOMAIN, "workshop"]
    assert chosen(f"/start/?domain={PRACTICE}&script=follow-up")[:2] == [PRACTICE, "follow-up"]
    assert chosen("/start/?domain=none&script=none")[:2] == [FIRST_DOMAIN, "workshop"]


@pytest.mark.parametrize(("key", "mark"), [(LOOK_FOR, 0), (DRAFT_LOOK_FOR, 1)])
def test_the_one_look_for_is_read_on_the_screen_and_in_the_lobby_and_says_whose_words_it_is_in(key, mark):
    alone, several = start(rubric=key, script="one-look-for"), start(rubric=PRACTICE, script="workshop")
    words = str(alone.rubric.look_fors[0].html)
    assert words in text_of(alone.sit("AB").device.get(f"/r/{alone.id}/lobby/"))
    for hall, shown in ((alone, 1), (several, 0)):
        hall.begin().go_to("rubric")
        page = text_of(hall.projector_device().get(f"/r/{hall.id}/projector/"))
        assert (page.count(words), page.count("projector-look-for")) == (shown, shown)
        assert page.count("draft-mark") == shown * mark


def test_every_key_of_the_pack_can_be_rated_led_and_printed():
    """Each page that says what a session is about, for each kind of key."""
    kinds = {it.reach: it.key for it in list_rubric_keys(newest_pack().id, "en")}
    assert set(kinds) == {"domain", "whole", "practice", "look-for", "glance"}
    for key in kinds.values():
        hall = start(rubric=key, script="workshop").begin().go_to("rubric")
        person = hall.sit("AB").fill("3" * len(hall.look_fors))
        pages = ("lead/", "lead/harvest/", "lead/paper/", "lead/plan/")
        assert [hall.lead_device().get(f"/r/{hall.id}/{it}").status_code for it in pages] == [200] * 4
        own = [
            person.device.get(f"/r/{hall.id}/{it}").status_code
            for it in ("look-fors/1/", "look-fors/", "team/")
        ]
        assert own == [200] * 3
        hall.reveal()
        board = person.device.get(f"/r/{hall.id}/board/")
        assert (board.status_code, text_of(board).count('class="board-row')) == (200, len(hall.look_fors))
