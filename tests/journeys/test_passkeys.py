"""A lead sets a passkey up and signs in with it, in a browser whose device is played by the browser itself."""

import re
from collections.abc import Callable

import pytest

from tests.browsers import axe
from tests.served import hubcraft

PLAYED = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def administrator(product, person) -> Callable:
    """Somebody at their laptop, signed in by the link that the machine prints."""

    def come(address: str):
        printed = hubcraft("administrator", address, "--make", data=product.data).stdout
        # Passkeys belong to a name, never to a number.
        one = person(address=product.address.replace("127.0.0.1", "localhost"))
        link = re.search(r"/welcome/[\w-]+/", printed)[0]
        one.page.goto(link)
        one.page.get_by_role("button", name="Sign in").click()
        return one

    return come


def play(one, **more) -> tuple:
    """The device's finger, face or PIN."""
    wire = one.context.new_cdp_session(one.page)
    wire.send("WebAuthn.enable")
    made = wire.send("WebAuthn.addVirtualAuthenticator", {"options": {**PLAYED, **more}})
    return wire, made["authenticatorId"]


def test_a_passkey_is_set_up_and_signs_in(administrator):
    ada = administrator("ada@example.org")
    wire, device = play(ada)
    page = ada.page
    page.goto("/administration/")
    page.get_by_role("heading", name="One more step, once").wait_for()
    assert axe(page) == []
    page.get_by_role("link", name="Add a passkey").click()
    assert axe(page) == []
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert page.locator(".recovery-codes li").count() == 10
    assert axe(page) == []
    [kept] = wire.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert (kept["rpId"], kept["isResidentCredential"]) == ("localhost", True)
    page.goto("/administration/")
    page.get_by_role("heading", name="Administration").wait_for()

    page.goto("/account/")
    assert axe(page) == []
    page.get_by_role("button", name="Sign out here").click()
    page.goto("/sign-in/?next=/administration/")
    assert axe(page) == []
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Administration").wait_for()
    assert page.url.endswith("/administration/")

    page.goto("/account/passkeys/")
    page.get_by_role("heading", name="Show that it is you").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Add a passkey").wait_for()
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_text("This device has a passkey for you already.").wait_for()
    assert ada.faults == []


def test_a_device_that_does_not_see_its_holder_opens_nothing(administrator):
    ben = administrator("ben@example.org")
    wire, device = play(ben)
    page = ben.page
    page.goto("/account/passkeys/")
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto("/account/")
    page.get_by_role("button", name="Sign out here").click()
    wire.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("Your device has not answered.").wait_for()
    page.goto("/account/")
    assert "/sign-in/" in page.url
    assert ben.faults == []


def test_where_there_are_no_passkeys_an_app_does_the_same(administrator):
    cora = administrator("cora@example.org")
    page = cora.page
    cora.context.add_init_script("delete window.PublicKeyCredential")
    page.goto("/account/passkeys/")
    page.get_by_text("This browser can’t make a passkey here").wait_for()
    assert page.get_by_role("button", name="Make a passkey").count() == 0
    page.get_by_role("link", name="Set up an app for codes").click()
    page.get_by_role("heading", name="An app for codes").wait_for()
    picture = page.get_by_alt_text("QR code for the app; the same stands below in letters")
    assert picture.evaluate("it => it.naturalWidth") > 0
    assert axe(page) == []
    assert cora.faults == []
