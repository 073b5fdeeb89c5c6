"""A second pack that is installed can be held a session with: the one of docs/build/add-a-pack.md."""

import pytest

from hubcraft.apps.facilitation.models import Run
from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.frameworks.queries import list_packs
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.content import read_pack
from tests.device import Device, says, text_of
from tests.house.guides import write_pack
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def good_meetings(tmp_path) -> InstalledPack:
    install_shipped_packs(at=NOW)
    pack = read_pack(write_pack(tmp_path))
    # It may be among those that come with the program, where somebody tries the guide.
    installed, _is_new = InstalledPack.objects.get_or_create(
        pack=pack.id,
        digest=pack.digest,
        defaults={"version": pack.version, "content": pack.to_json(), "installed_at": NOW},
    )
    return installed


def test_the_first_pack_stays_the_first_and_the_start_page_leads_to_the_other(good_meetings):
    assert [it.key for it in list_packs("en") if it.key in ("hub-leadership", "good-meetings")] == [
        "hub-leadership",
        "good-meetings",
    ]
    first = Device().get("/start/")
    assert says(first, "Hub leadership: one domain")
    assert says(first, 'href="/start/?pack=good-meetings"')
    assert not says(first, "How we meet")
    other = Device().get("/start/?pack=good-meetings")
    assert says(other, "How we meet")
    assert says(other, "<b>Good meetings</b>")
    assert says(other, "Check in, 30 minutes")
    assert not says(other, "Hub leadership: one domain")


def test_a_room_is_started_with_it(good_meetings):
    fields = {"domain": "good-meetings/meetings", "script": "check-in", "rung": "initials", "language": "es"}
    device = Device()
    lead = device.post("/start/", fields)["Location"]
    session = ReflectionSession.everywhere.get()
    assert (session.pack_id, Run.everywhere.get().script) == (good_meetings.id, "check-in")
    assert "Ponga sus iniciales" in text_of(device.get(lead))


def test_what_came_back_with_a_mistake_still_shows_its_own_pack(good_meetings):
    fields = {"domain": "good-meetings/meetings", "script": "check-in", "rung": "nonsense"}
    answer = Device().post("/start/", fields)
    assert answer.status_code == 422
    assert says(answer, "How we meet")


def test_an_unknown_pack_is_the_first_one(good_meetings):
    assert says(Device().get("/start/?pack=none"), "Hub leadership: one domain")


def test_its_rubric_is_printed_without_a_room(good_meetings):
    page = Device().get("/paper/?domain=good-meetings/meetings&in=es")
    assert says(page, "domain=good-meetings%2Fmeetings")
    assert Device().get("/paper/poster.pdf?domain=good-meetings/meetings").status_code == 200
