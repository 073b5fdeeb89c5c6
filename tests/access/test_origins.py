"""Another site's page can't act in anybody's name; every answer says what a browser may do with it."""

import asyncio

import pytest
from django.test import Client

from tests.access.addresses import Visit, mutating
from tests.device import Device

pytestmark = pytest.mark.django_db

FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {},
]
OURS = [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://testserver"}]


def from_elsewhere(device: Device) -> Client:
    """The same cookies in a browser whose headers the test gives itself."""
    client = Client(raise_request_exception=False)
    client.cookies = device.client.cookies.copy()
    return client


def test_every_form_is_refused_from_another_site(visit: Visit):
    names = mutating()
    assert len(names) > 25
    hall = visit.hall
    before = (hall.room.sequence, list(type(hall.ben.seat).everywhere.values()))
    taken = [
        (name, who, headers)
        for name in names
        # Sent by mail programs, to an address that is a key (RFC 8058).
        if name != "no-more-letters"
        for who in ("Ada", "Ben")
        for headers in FOREIGN
        if (
            headers or not name.startswith("api")
        )  # A program sends none of a browser's; a cookie is none of its keys.
        and from_elsewhere(visit.devices[who])
        .post(visit.address(name), visit.fields_for(name, who), headers=headers)
        .status_code
        != 403
    ]
    assert taken == []
    assert (hall.room.sequence, list(type(hall.ben.seat).everywhere.values())) == before


def test_a_program_without_a_browser_s_headers_is_asked_for_its_token(visit: Visit):
    names = [it for it in mutating() if it.startswith("api") and it != "api-nothing"]
    told = {
        from_elsewhere(visit.devices["Ada"]).post(visit.address(it), b"{}", "application/json").status_code
        for it in names
    }
    assert told <= {401}


@pytest.mark.parametrize("headers", OURS)
def test_our_own_forms_are_taken(visit: Visit, headers):
    client = from_elsewhere(visit.devices["Ada"])
    assert client.post(visit.address("lock"), headers=headers).status_code == 302
    assert visit.hall.room.is_locked


def test_every_answer_says_what_a_browser_may_do_with_it(visit: Visit):
    answers = {
        "page": visit.devices["Ben"].get(visit.address("board")),
        "lead": visit.devices["Ada"].get(visit.address("lead")),
        "refusal": visit.devices["Nemo"].get(visit.address("board")),
        "redirect": visit.devices["Dot"].get(visit.address("now")),
        "home": visit.devices["Nemo"].get("/"),
    }
    for name, answer in answers.items():
        policy = dict(part.partition(" ")[::2] for part in answer["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'", name
        assert policy["script-src"] == policy["style-src"] == "'self'", name
        assert policy["base-uri"] == "'none'", name
        assert policy["frame-ancestors"] == policy["frame-src"] == "'self'", name
        assert answer["Referrer-Policy"] == "same-origin", name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["Cache-Control"] == "no-store", name


def test_cookies_are_kept_from_scripts_and_other_sites():
    device = Device()
    response = device.post("/start/", {"domain": domain(), "rung": "initials"})
    [cookie] = response.cookies.values()
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (
        True,
        "Lax",
        "/",
        "",
    )
    secure = device.client.post("/start/", {"domain": domain(), "rung": "initials"}, secure=True)
    [cookie] = secure.cookies.values()
    assert cookie.key.startswith("__Host-lead-")
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (
        True,
        "Lax",
        "/",
        True,
    )


def domain() -> str:
    from tests.make import start

    return start().session.domain


async def ask(size: int) -> int:
    """Send so many bytes through the front door, in two pieces; its status."""
    from hubcraft.config.asgi import Pages

    said = []
    pieces = [
        {"type": "http.request", "body": b"a" * (size // 2), "more_body": True},
        {"type": "http.request", "body": b"a" * (size - size // 2), "more_body": False},
    ]

    async def receive():
        return pieces.pop(0)

    async def send(message):
        said.append(message)

    scope = {"type": "http", "method": "POST", "path": "/join/", "query_string": b"", "headers": []}
    await Pages()(scope, receive, send)
    return said[0]["status"]


def test_a_body_that_is_too_large_is_not_read():
    assert asyncio.run(ask(256 * 1024 + 1)) == 413
