"""Whatever is sent, the answer is a sentence or a refusal, never a fault of ours."""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.addresses import Visit, mutating, routes

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
NASTY = st.sampled_from(
    [
        "\0",
        "a\0b",
        "\ufffe",
        "𝕂𝕄",
        "ﷺ" * 30,
        "\u202eevil",
        "9" * 5000,
        "-1",
        "<b>",
        "%00",
        "'--",
        "\r\nBcc: x",
        "é",
    ]
)
TEXT = NASTY | st.text(max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def is_ours(response) -> bool:
    return response.status_code >= 500


@given(st.data())
@FEW
def test_forms_full_of_nonsense(visit: Visit, data):
    name = data.draw(st.sampled_from(mutating()))
    who = data.draw(st.sampled_from(["Ada", "Ben"]))
    fields = visit.fields_for(name, who)
    fields |= {key: data.draw(TEXT) for key in [*fields, "near", "into", "next", "seat", "clear"]}
    with transaction.atomic():
        response = visit.devices[who].client.post(visit.address(name), fields)
        transaction.set_rollback(True)
    assert not is_ours(response), (name, fields)


@pytest.mark.parametrize("nasty", ["\0", "a\0", "é", "9" * 400])
def test_every_address_with_nonsense_in_it(visit: Visit, nasty):
    from urllib.parse import quote

    faults = []
    for name, it in routes().items():
        for key in it.pattern.converters | ({"room_id": 0} if "room_id" in it.whole else {}):
            visit.filled, filled = {**visit.filled, key: quote(nasty)}, visit.filled
            for who in ("Ada", "Ben"):
                with transaction.atomic():
                    response = visit.devices[who].client.get(visit.address(name))
                    sent = visit.devices[who].client.post(visit.address(name), visit.fields_for(name, who))
                    transaction.set_rollback(True)
                faults += [(name, key, who)] if is_ours(response) or is_ours(sent) else []
            visit.filled = filled
    assert faults == []


@pytest.mark.parametrize("nasty", ["é", '"\\000"', "a:\\351", "x" * 5000, "é:é.é:é", ":", ".", "%00"])
def test_cookies_with_nonsense_in_them(visit: Visit, nasty):
    for name in ("seats", "lead", "projector", "door", "ballot"):
        device = visit.devices["Nemo"]
        header = f"{name}-{visit.hall.id}={nasty}"
        response = device.client.get(visit.address("now"), headers={"Cookie": header})
        assert response.status_code == 404, name
        for page in ("lead", "projector"):
            response = device.client.get(f"{visit.address(page)}?key={nasty}")
            assert response.status_code == (400 if nasty == "%00" else 404)


@given(JSON)
@FEW
def test_a_queue_full_of_nonsense(visit: Visit, sent):
    response = visit.devices["Ben"].send(visit.address("marks"), sent)
    assert response.status_code == 403


BODIES = [
    b"{",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"seat": "\\ud800", "operations": []}',
    b'{"seat": "a\\u0000", "operations": []}',
    b'{"seat": "", "operations": [{"id": "' + b"0" * 32 + b'", "look_for": 1, "answer": "", "phase": ""}]}',
    b'{"seat": "", "operations": ' + b"9" * 5000 + b"}",
    json.dumps({"seat": "", "operations": [{}] * 201}).encode(),
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_queue_that_is_broken(visit: Visit, body):
    ben = visit.hall.ben
    good = {"seat": ben.key, "operations": [vars(ben.operation(1, "2", phase="after"))]}
    assert visit.devices["Ben"].send(visit.address("marks"), good).status_code == 200
    assert visit.devices["Ben"].send(visit.address("marks"), body).status_code == 403


def test_a_lone_surrogate_is_an_unknown_look_for(visit: Visit):
    ben = visit.hall.ben
    operation = {"id": "0" * 32, "look_for": "\ud800", "answer": "\ud800", "phase": "after"}
    response = visit.devices["Ben"].send(visit.address("marks"), {"seat": ben.key, "operations": [operation]})
    assert (response.status_code, response.json()["taken"]) == (200, [])
    assert [it["id"] for it in response.json()["refused"]] == ["0" * 32]
