"""A hub's history as a file: its people take along what their page shows; nobody else gets one."""

import csv
import io
import zipfile

import pytest
from docx import Document

from hubcraft.apps.insights.actions import claims
from hubcraft.apps.networks.models import Role
from tests.cast import convening
from tests.device import text_of
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
    document = Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(it.text for it in document.paragraphs), *cells])


def rows(response, table: str) -> list[dict[str, str]]:
    text = zipfile.ZipFile(io.BytesIO(response.content)).read(f"{table}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


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


def test_who_does_not_belong_to_the_hub_gets_no_file(hub, rosa):
    hall = convening("revealed")
    keep(rosa, hall.ben, hub)
    address = f"{hub_address(hub)}file.pdf"
    assert signed_in(rosa).get(address).status_code == 200
    elsewhere = make_account("Emil", hub=make_hub(make_network("Gamma")), role=Role.HUB_LEADER)
    assert signed_in(elsewhere).get(address).status_code == 404
