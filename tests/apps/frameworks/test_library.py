"""The frameworks as pages to read."""

from datetime import timedelta

import pytest

from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.frameworks.queries import is_rubric, newest_pack, pack_of, rubric_around
from hubcraft.apps.frameworks.queries.library import list_frameworks, read_look_for
from hubcraft.content import shipped_pack, shipped_packs
from hubcraft.content.pack import sealed
from tests.cast import convening
from tests.device import Device, says, words_of
from tests.make import NOW

pytestmark = pytest.mark.django_db

NORMS = "hub-leadership/domain-1/develop-the-hub-as-a-team/norms"


@pytest.fixture(autouse=True)
def packs():
    convening("lobby")


def test_every_line_of_every_framework_can_be_read_without_signing_in():
    reader = Device()
    front = words_of(reader.get("/framework/"))
    for pack in shipped_packs():
        for domain in pack.domains:
            assert "".join(domain.name.in_("en").split()) in front
            page = words_of(reader.get(f"/framework/{domain.key}/"))
            for practice in domain.practices:
                assert "".join(practice.title.in_("en").split()) in page
            for look_for in domain.look_fors:
                assert "".join(look_for.text.in_("en").split()) in page
                assert reader.get(f"/framework/{look_for.key}/").status_code == 200


def test_a_look_for_says_whose_words_it_is_in_and_what_these_rest_on():
    reader = Device()
    for framework in list_frameworks("en"):
        for domain in framework.domains:
            for line in domain.look_fors[:4]:
                page = reader.get(line.address)
                assert says(page, "The authors’ own words.") == (line.status == "published")
                assert says(page, "These words are ours") == (line.status == "draft")
                for source in read_look_for(line.key, "en").sources:
                    assert says(page, source.title)


def test_it_is_read_in_the_reader_s_language():
    reader = Device()
    reader.post("/language/", {"language": "es"})
    assert says(reader.get(f"/framework/{NORMS}/"), "Establecer normas del equipo del hub.")


@pytest.mark.parametrize(
    "address",
    [
        "hub-leadership/domain-99",
        "nobody-s/domain-1",
        f"{NORMS}-of-others",
        "hub-leadership/domain-1/x/norms",
    ],
)
def test_what_no_pack_has_is_not_there(address):
    assert Device().get(f"/framework/{NORMS}/").status_code == 200
    assert Device().get(f"/framework/{address}/").status_code == 404


def test_what_is_the_same_to_rate_has_one_key():
    installed = newest_pack().id
    assert is_rubric(installed, "hub-leadership/domain-1/*")
    assert is_rubric(installed, "hub-leadership/domain-2")
    # All of it is our draft, so everything in it is the domain itself.
    assert not is_rubric(installed, "hub-leadership/domain-2/*")
    look_for = pack_of(installed).domain("hub-leadership/domain-2").look_fors[0].key
    assert look_for in rubric_around(installed, look_for, "en").keys


def test_of_versions_that_came_together_the_higher_one_is_read():
    health = shipped_pack("network-health")
    for version in ("1.9.0", "1.10.0"):
        plain = health.to_json() | {"version": version}
        (framework,) = plain["frameworks"]
        plain = sealed(plain | {"frameworks": [framework | {"name": {"en": version, "es": version}}]})
        later = NOW + timedelta(days=1)
        InstalledPack.objects.create(
            pack=health.id, version=version, digest=plain["digest"], content=plain, installed_at=later
        )
    assert newest_pack("network-health").version == "1.10.0"
    assert [it.name for it in list_frameworks("en") if it.pack == "network-health"] == ["1.10.0"]
