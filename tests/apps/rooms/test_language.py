"""By seat: each reads in their own language, in the same room; the screen and its facilitator in the room's."""

import re

import pytest

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.frameworks.queries import list_domains
from hubcraft.apps.improvement import actions as improvement
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.networks.models import new_id
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people.actions import make_person
from hubcraft.apps.playbook import actions as playbook
from hubcraft.apps.playbook.models import Strategy
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.live import Admission
from hubcraft.live.audiences import Pending, gather
from hubcraft.live.source import served
from tests.device import Device, says, text_of
from tests.make import NOW, RIVERBEND, Hall, Person, start

pytestmark = pytest.mark.django_db
SPANISH = {"Accept-Language": "es-US,es;q=0.9,en;q=0.5"}


def admitted(hall: Hall, person: Person) -> Admission:
    """This person's stream, as it is let in."""
    return served().admit(f"/r/{hall.id}/stream/", person.device.cookies, {})


def told(hall: Hall, person: Person, region: str) -> str:
    """What this person's stream says of a region that changed."""
    admission = admitted(hall, person)
    html = gather(hall.id, admission.audience, admission.language, Pending({region}), []).parts[region]
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def language_of(response) -> tuple[str, str]:
    """What the page says it is in, and what the answer says."""
    page = text_of(response).partition('<html lang="')[2].partition('"')[0]
    return page, response["Content-Language"]


# -- before there is a seat --------------------------------------------------------------------------------


def test_a_page_is_in_what_the_browser_asks_for():
    assert language_of(Device().get("/", **SPANISH)) == ("es", "es")
    assert language_of(Device().get("/", **{"Accept-Language": "en-US"})) == ("en", "en")
    # A language that we don't have.
    assert language_of(Device().get("/", **{"Accept-Language": "fr"})) == ("en", "en")


def test_a_button_changes_the_language_and_leads_back():
    device = Device()
    assert (
        '<button class="button button-quiet button-small" name="language" value="es" lang="es">'
        in text_of(device.get("/join/"))
    )
    response = device.post("/language/", {"language": "es", "next": "/join/"})
    assert response["Location"] == "/join/"
    assert language_of(device.get("/join/")) == ("es", "es")
    device.post("/language/", {"language": "en", "next": "/join/"})
    assert language_of(device.get("/join/", **SPANISH)) == ("en", "en")


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "", "javascript:alert(1)"]
)
def test_it_leads_to_no_other_site(back):
    assert Device().post("/language/", {"language": "es", "next": back})["Location"] == "/"


def test_a_language_that_is_not_ours_changes_nothing():
    device = Device()
    device.post("/language/", {"language": "xx", "next": "/"})
    assert language_of(device.get("/")) == ("en", "en")


# -- by seat -----------------------------------------------------------------------------------------------


def test_a_seat_is_taken_in_the_language_of_the_page():
    hall = start()
    device = hall.door_device()
    assert says(device.get(f"/r/{hall.id}/join/", **SPANISH), "¿Con qué equipo está aquí?")
    device.post(f"/r/{hall.id}/join/", {"initials": "ana", "team": hall.team(RIVERBEND)}, **SPANISH)
    assert list(Seat.everywhere.values_list("label", "language")) == [("ANA", "es")]


def test_the_seat_decides_whatever_the_browser_asks_for():
    hall = start()
    ana, ben = hall.sit("ANA", language="es"), hall.sit("BE")
    lobby = f"/r/{hall.id}/lobby/"
    assert language_of(ana.device.get(lobby)) == ("es", "es")
    assert language_of(ben.device.get(lobby, **SPANISH)) == ("en", "en")


def test_under_ones_name_one_goes_on_in_another_language():
    hall = start()
    ana, ben = hall.sit("ANA"), hall.sit("BE")
    watching = admitted(hall, ana)
    response = ana.device.post(f"/r/{hall.id}/seat/language/", {"language": "es"})
    assert response["Location"] == f"/r/{hall.id}/seat/"
    assert says(ana.device.get(f"/r/{hall.id}/seat/"), "Usted es ANA")
    assert language_of(ben.device.get(f"/r/{hall.id}/seat/")) == ("en", "en")
    # Her stream is turned: she watches another audience's bytes now.
    assert (watching.language, served().readmit(watching).language) == ("en", "es")
    # The trail says that, not which.
    assert TrailEntry.objects.order_by("-id").values_list("did", flat=True)[0] == "chose a language"


def test_a_language_that_is_not_ours_is_answered_with_the_page():
    hall = start()
    ana = hall.sit("ANA")
    response = ana.device.post(f"/r/{hall.id}/seat/language/", {"language": "xx"})
    assert (response.status_code, Seat.everywhere.get().language) == (422, "en")


def test_whoever_is_handed_the_device_begins_in_the_same_language():
    hall = start()
    ana = hall.sit("ANA", language="es")
    ana.device.post(f"/r/{hall.id}/pass/", {"initials": "BE"})
    assert set(Seat.everywhere.values_list("label", "language")) == {("ANA", "es"), ("BE", "es")}


def test_a_refusal_is_in_ones_own_language_all_over():
    hall = start()
    ana = hall.sit("ANA", language="es")
    refused = ana.device.post(f"/r/{hall.id}/reveal/", {"roster": hall.roster_mark(RIVERBEND)})
    assert (refused.status_code, language_of(refused)) == (409, ("es", "es"))
    assert says(refused, "Todavía no ha comenzado.")
    assert says(refused, "Algo cambió mientras usted estaba en la página")


# -- the room's own pages ----------------------------------------------------------------------------------


def test_a_room_is_started_in_the_language_that_was_chosen():
    install_shipped_packs(at=NOW)
    device = Device()
    fields = {"domain": list_domains("en")[0].key, "rung": "initials", "script": "workshop", "language": "es"}
    assert says(device.get("/start/"), "The language of the screen")
    lead = device.post("/start/", fields)["Location"]
    room = Room.objects.get()
    assert (room.language, room.title) == ("es", "Nuestra reflexión")
    assert language_of(device.get(lead, **{"Accept-Language": "en"})) == ("es", "es")


def test_screen_and_facilitator_are_in_the_rooms_language_also_without_a_stream():
    hall = start(language="es", script="workshop").begin()
    for device, address in ((hall.projector_device(), "projector"), (hall.lead_device(), "lead")):
        whole = device.get(f"/r/{hall.id}/{address}/", **{"Accept-Language": "en"})
        assert language_of(whole) == ("es", "es")
        parts = device.get(f"/r/{hall.id}/{address}/?part=live", **{"Accept-Language": "en"})
        assert parts["Content-Language"] == "es"


def test_what_is_told_live_comes_in_the_readers_language():
    hall = start()
    ana, ben = hall.sit("ANA", language="es"), hall.sit("BE")
    assert told(hall, ana, topics.PLACE).endswith("2 personas están aquí.")
    assert told(hall, ben, topics.PLACE).endswith("2 people are here.")


# -- what people write -------------------------------------------------------------------------------------


def test_what_was_written_carries_its_language():
    hall = start(is_open_board=True).begin()
    ana, ben = hall.sit("ANA", language="es"), hall.sit("BE")
    strategy = playbook.name_strategy(
        by=ana.viewer,
        seat_id=ana.seat_id,
        once=new_id(),
        look_for=hall.look_fors[0],
        words="Nos reunimos los lunes.",
        how_we_know="",
        at=NOW,
    )
    assert Strategy.everywhere.get().language == "es"
    page = text_of(ben.device.get(f"/r/{hall.id}/team-page/"))
    assert 'lang="es" dir="auto">Nos reunimos los lunes.' in page
    # Said otherwise in another language, it carries that one.
    playbook.change_strategy(
        by=ana.viewer,
        seat_id=ana.seat_id,
        strategy_id=strategy.id,
        words="We meet on Mondays.",
        how_we_know="",
        at=NOW,
    )
    assert Strategy.everywhere.get().language == "en"


@pytest.mark.parametrize("rung", ["initials", "anonymous"])
def test_its_language_tells_nothing_of_its_author(rung):
    hall = start(rung=rung).begin()
    ana = hall.sit("ANA", language="es")
    said = {
        "by": ana.viewer,
        "seat_id": ana.seat_id,
        "look_for": hall.look_fors[0],
        "how_we_know": "",
        "at": NOW,
    }
    playbook.name_strategy(once=new_id(), words="We meet on Mondays.", **said)
    playbook.name_strategy(once=new_id(), words="Norms first", **said)
    assert set(Strategy.everywhere.values_list("language", flat=True)) == {"en"}
    playbook.name_strategy(once=new_id(), words="Nos reunimos los lunes.", **said)
    assert set(Strategy.everywhere.values_list("language", flat=True)) == {"en", "es"}


def test_what_became_of_it_carries_its_own_language():
    hall = start().begin()
    ana, ben = hall.sit("ANA", language="es"), hall.sit("BE")
    step = improvement.promise(
        by=ben.viewer,
        seat_id=ben.seat_id,
        once=new_id(),
        is_shared=False,
        words="Meet weekly.",
        owner="",
        due_on=None,
        look_for="",
        at=NOW,
    )
    improvement.settle(
        by=ana.viewer,
        seat_id=ana.seat_id,
        step_id=step.id,
        was="open",
        state="done",
        reason="Sí, cada lunes.",
        at=NOW,
    )
    assert NextStep.everywhere.values_list("language", "reason_language").get() == ("en", "es")
    page = text_of(ben.device.get(f"/r/{hall.id}/team-page/"))
    assert 'lang="en" dir="auto">Meet weekly.' in page
    assert 'lang="es" dir="auto">Sí, cada lunes.' in page


# -- mail --------------------------------------------------------------------------------------------------


def test_a_code_comes_in_the_language_of_its_receiver():
    make_person(email="ana@example.org", language="es", at=NOW)
    make_person(email="ben@example.org", at=NOW)
    for person, asked in (("ana", {"Accept-Language": "en"}), ("ben", SPANISH)):
        Device().post("/sign-in/", {"email": f"{person}@example.org"}, **asked)
    said = [
        subject.partition(":")[0]
        for subject in OutboxMail.objects.order_by("id").values_list("subject", flat=True)
    ]
    assert said == ["Su código para Hubcraft", "Your code for Hubcraft"]


def test_the_facilitators_link_comes_in_the_rooms_language(settings):
    settings.HUBCRAFT_CAN_MAIL = True
    hall = start(language="es")
    hall.lead_device().post(f"/r/{hall.id}/lead/mail/", {"address": "ada@example.org"})
    assert list(OutboxMail.objects.values_list("subject", flat=True)) == ["El enlace a su sala de Hubcraft"]
