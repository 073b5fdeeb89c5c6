"""The trail is read in words: the administrator reads all of it, a hub's leader what is about their hub."""

from datetime import timedelta

import pytest

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.networks.models import Role
from hubcraft.apps.people.models import Person
from tests.apps.insights.test_sharing import Place
from tests.apps.roles.people import administrator, network, team
from tests.device import says, text_of
from tests.homes import hub_address, make_account, make_hub, signed_in
from tests.make import NOW

pytestmark = pytest.mark.django_db
WHOLE = "/administration/trail/"


def record(did: str, who: str = "the house", thing: str = "pack 1", at=NOW, **more) -> None:
    audit.record(who=who, did=did, thing=thing, at=at, **more)


@pytest.fixture
def place():
    return Place()


def test_the_administrator_reads_who_did_what_newest_first():
    admin = administrator()
    delta = network(admin)
    team(admin, delta)
    record("closed an idle room", room="a" * 32, thing="room 1", at=NOW + timedelta(days=1))
    page = text_of(signed_in(admin).get(WHOLE))
    told = ["closed an idle room", "made the team Delta hub", "made the network Delta network"]
    assert [page.count(it) for it in told] == [1, 1, 1]
    assert sorted(told, key=page.index) == told
    assert "Ada" in page


def test_nobody_else_reads_all_of_it(place):
    assert signed_in(administrator()).get(WHOLE).status_code == 200
    for person in (place.rosa, place.lena, place.ines):
        assert signed_in(person).get(WHOLE).status_code == 404


def test_whoever_looked_stands_between_what_was_done(place):
    place.share(place.strategy.id)
    admin = signed_in(administrator())
    assert not says(admin.get(WHOLE), "looked at what Riverbend shares")
    signed_in(place.lena).get(place.seen)
    assert says(admin.get(WHOLE), "looked at what Riverbend shares")
    assert not says(admin.get(WHOLE), "We meet on Mondays.")


def test_it_is_narrowed_to_a_hub_a_person_and_a_kind(place):
    place.share(place.strategy.id)
    signed_in(place.lena).get(place.seen)
    record("installed a pack")
    admin = signed_in(administrator())
    shared, looked, pack = "shared something upward", "looked at what Riverbend shares", "installed a pack"

    def told(query: str) -> list[bool]:
        page = admin.get(f"{WHOLE}?{query}")
        return [says(page, words) for words in (shared, looked, pack)]

    assert told("") == [True, True, True]
    assert told(f"hub={place.hub.id}") == [True, True, False]
    assert told("person=rosa@exam") == [True, False, False]
    assert told("person=Lena") == [False, True, False]
    assert told("person=Nobody") == [False, False, False]
    assert told("about=looked") == [False, True, False]
    assert told("about=sharing") == [True, False, False]
    assert told("about=house") == [False, False, True]
    assert told("about=nonsense&page=-1&hub=nonsense") == [True, True, True]


def test_a_long_trail_is_read_page_by_page():
    admin = administrator()
    for number in range(120):
        record(f"did number {number:03}.", at=NOW + timedelta(minutes=number))
    device, seen, address = signed_in(admin), [], WHOLE
    for _page in range(3):
        page = text_of(device.get(address))
        seen += [number for number in range(119, -1, -1) if f"did number {number:03}." in page]
        older = page.partition('rel="next" href="')[2].partition('"')[0]
        address = WHOLE + older
    assert (seen, older) == (list(range(119, -1, -1)), "")


def test_what_reads_alike_in_one_minute_is_one_line():
    admin = signed_in(administrator())
    for second in (1, 2, 3):
        record("installed a pack", thing=f"pack {second}", at=NOW + timedelta(hours=1, seconds=second))
    page = admin.get(WHOLE)
    assert text_of(page).count("installed a pack") == 1
    assert says(page, "3 times")
    record("installed a pack", at=NOW + timedelta(hours=1, minutes=5))
    page = admin.get(WHOLE)
    assert text_of(page).count("installed a pack") == 2
    assert says(page, "3 times")


def test_where_many_lines_are_read_no_more_is_asked(django_assert_max_num_queries):
    admin = administrator()
    device = signed_in(admin)
    for number in range(30):
        person = make_account(f"P{number}")
        record("changed their account", who=person.in_trail, thing=f"person {person.id}")
    with django_assert_max_num_queries(12):
        assert says(device.get(WHOLE), "P29")


def test_nobody_s_initials_are_told(place):
    page = signed_in(administrator()).get(WHOLE)
    assert says(page, "a participant")
    assert not any(f">{label}<" in text_of(page) for label in ("BE", "CL", "DA"))


def test_a_hub_s_leader_reads_what_is_about_the_hub(place):
    other = make_hub(place.network, "Elm Street")
    record("made the team Elm Street", thing=f"team {other.id}", network=place.network.id)
    place.share(place.strategy.id)
    signed_in(place.lena).get(place.seen)
    page = signed_in(place.rosa).get(f"{hub_address(place.hub)}trail/")
    for words in ("shared something upward", "Lena", "looked at “We meet on Mondays.”"):
        assert says(page, words)
    assert not says(page, "Elm Street")


def test_the_trail_of_a_hub_is_its_leader_s(place):
    address = f"{hub_address(place.hub)}trail/"
    assert signed_in(place.rosa).get(address).status_code == 200
    assert signed_in(make_account("Mia", hub=place.hub)).get(address).status_code == 403
    other = make_hub(place.network, "Elm Street")
    for person in (place.lena, make_account("Olaf", hub=other, role=Role.HUB_LEADER)):
        assert signed_in(person).get(address).status_code == 404


def test_a_leader_finds_people_by_name_and_learns_no_address(place):
    place.share(place.strategy.id)
    address, rosa = f"{hub_address(place.hub)}trail/", signed_in(place.rosa)
    assert says(rosa.get(f"{address}?person=Ros"), "shared something upward")
    assert not says(rosa.get(f"{address}?person=rosa@example"), "shared something upward")


def test_it_is_read_in_the_reader_s_language(place):
    place.share(place.strategy.id)
    Person.objects.filter(id=place.rosa.id).update(language="es")
    rosa = signed_in(place.rosa)
    address = f"{hub_address(place.hub)}trail/"
    assert says(rosa.get(address), "shared something upward")
    rosa.client.cookies["language"] = "es"
    assert says(rosa.get(address), "compartió algo hacia arriba")


def test_who_is_gone_has_no_name(place):
    place.share(place.strategy.id)
    admin = signed_in(administrator())
    assert says(admin.get(f"{WHOLE}?about=sharing"), "Rosa")
    Person.objects.filter(id=place.rosa.id).update(name="", email="", removed_at=NOW)
    page = admin.get(f"{WHOLE}?about=sharing")
    assert says(page, "somebody who was erased") and not says(page, "Rosa")
