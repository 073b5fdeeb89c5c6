"""A hub's history as a file: its people take along what their page shows; nobody else gets one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hubcraft.apps.insights.actions import claims
from hubcraft.apps.networks.models import Role
from hubcraft.apps.reflections.models import Reflection
from tests.cast import convening
from tests.device import text_of
from tests.files import tables_of_csv, words_of_word
from tests.homes import account, hub_address, make_account, make_hub, make_network, signed_in
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return make_hub(make_network())


@pytest.fixture
def rosa(hub):
    return make_account("Rosa", hub=hub, role=Role.HUB_LEADER)


def keep(person, who, hub):
    claims.claim_team(
        by=who.viewer,
        account=account(person),
        who=person.in_trail,
        seat_id=who.seat_id,
        hub_id=hub.id,
        at=NOW,
    )


def word(response) -> str:
    return words_of_word(response.content)


def rows(response, table: str) -> list[dict[str, str]]:
    return tables_of_csv(response.content)[table]


def test_a_hubs_people_take_its_history_along(hub, rosa):
    hall = convening("revealed")
    device = signed_in(rosa, hall.ben.device)
    assert "file.docx" not in text_of(device.get(hub_address(hub)))
    keep(rosa, hall.ben, hub)
    assert f'href="{hub_address(hub)}file.docx"' in text_of(device.get(hub_address(hub)))
    told = word(device.get(f"{hub_address(hub)}file.docx"))
    assert hall.rubric.title in told and hall.rubric.look_fors[0].text in told
    assert {it["day"] for it in rows(device.get(f"{hub_address(hub)}file.zip"), "board")} == {
        NOW.date().isoformat()
    }


def test_a_long_history_asks_for_its_list_as_often_as_a_short_one(hub, rosa):
    def lists() -> int:
        with CaptureQueriesContext(connection) as asked:
            told = rows(signed_in(rosa).get(f"{hub_address(hub)}file.zip"), "board")
        counts.append(len({(it["day"], it["look_for"]) for it in told}))
        found = (it["sql"] for it in asked if '"insights_teamclaim"."team_id"' in it["sql"])
        return sum("former" not in it for it in found)

    counts: list[int] = []
    keep(rosa, convening("revealed").ben, hub)
    short = lists()
    later = convening("revealed")
    Reflection.objects.filter(session__room=later.id).update(made_at=NOW + timedelta(days=30))
    Reflection.objects.filter(session__room=later.id).update(revealed_at=NOW + timedelta(days=30))
    keep(rosa, later.ben, hub)
    assert short and lists() == short
    assert counts[1] == 2 * counts[0]


def test_who_does_not_belong_to_the_hub_gets_no_file(hub, rosa):
    hall = convening("revealed")
    keep(rosa, hall.ben, hub)
    address = f"{hub_address(hub)}file.pdf"
    assert signed_in(rosa).get(address).status_code == 200
    elsewhere = make_account("Emil", hub=make_hub(make_network("Gamma")), role=Role.HUB_LEADER)
    assert signed_in(elsewhere).get(address).status_code == 404
