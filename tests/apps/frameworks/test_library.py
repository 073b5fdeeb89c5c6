"""The frameworks as pages to read."""

import pytest

from hubcraft.apps.frameworks.queries.library import list_frameworks, read_look_for
from hubcraft.content import shipped_packs
from tests.cast import convening
from tests.device import Device, says, words_of

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
