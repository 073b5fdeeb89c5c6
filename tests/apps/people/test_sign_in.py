"""Signing in: with a code that comes by mail, or with a link that lets in once."""

import re
from datetime import timedelta

import pytest
from django.apps import apps

from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people import actions
from hubcraft.apps.people.models import OneTimeKey, Person
from hubcraft.apps.records.actions.retention import keep_to_rules
from hubcraft.cli.keeping import kept_models
from tests.device import Device, says
from tests.make import NOW

pytestmark = pytest.mark.django_db
ADDRESS = "ada@example.org"


@pytest.fixture
def ada() -> Person:
    return actions.make_person(email=ADDRESS, name="Ada", at=NOW)


def ask_for_code(device: Device, email: str = ADDRESS) -> str:
    """The code that came by mail; nothing where none did."""
    response = device.post("/sign-in/", {"email": email})
    assert response["Location"] == "/sign-in/code/"
    mail = OutboxMail.objects.filter(to=email).last()
    return re.search(r"^ +(\d{6})$", mail.words, re.MULTILINE)[1] if mail else ""


def is_signed_in(device: Device) -> bool:
    return device.get("/account/").status_code == 200


def test_a_code_that_came_by_mail_signs_in(ada):
    device = Device()
    code = ask_for_code(device)
    assert not is_signed_in(device)
    response = device.post("/sign-in/code/", {"code": code, "action": "verify"})
    assert (response.status_code, response["Location"]) == (302, "/home/")
    assert is_signed_in(device)


def test_a_code_is_good_only_where_it_was_asked_for(ada):
    code = ask_for_code(Device())
    other = Device()
    other.post("/sign-in/code/", {"code": code, "action": "verify"})
    assert not is_signed_in(other)


def test_a_wrong_code_is_refused_three_times_and_then_for_good(ada):
    device = Device()
    code = ask_for_code(device)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _try in range(2):
        assert device.post("/sign-in/code/", {"code": wrong, "action": "verify"}).status_code == 422
    assert device.post("/sign-in/code/", {"code": wrong, "action": "verify"})["Location"] == "/sign-in/"
    device.post("/sign-in/code/", {"code": code, "action": "verify"})
    assert not is_signed_in(device)


def test_a_link_in_the_mail_fills_the_code_in_and_a_button_sends_it(ada):
    device = Device()
    code = ask_for_code(device)
    page = device.get(f"/sign-in/code/?code={code}")
    assert f'value="{code}"' in page.content.decode()
    assert not is_signed_in(device)


def test_one_may_begin_again_with_another_address(ada):
    device = Device()
    ask_for_code(device)
    assert device.get("/sign-in/")["Location"] == "/sign-in/code/"
    assert device.post("/sign-out/", {"again": "yes"})["Location"] == "/sign-in/"
    assert device.get("/sign-in/").status_code == 200


def test_whether_there_is_an_account_the_page_does_not_tell(ada):
    known, unknown = Device(), Device()
    ask_for_code(known)
    assert ask_for_code(unknown, "nobody@example.org") == ""
    assert says(unknown.get("/sign-in/code/"), "If there is an account for nobody@example.org")
    assert says(known.get("/sign-in/code/"), f"If there is an account for {ADDRESS}")


def test_codes_are_not_sent_without_end(ada, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    for _time in range(5):
        ask_for_code(Device())
    assert Device().post("/sign-in/", {"email": ADDRESS}).status_code == 422
    assert OutboxMail.objects.filter(to=ADDRESS).count() == 5


def test_signing_out_everywhere_ends_every_session(ada):
    laptop, phone = Device(), Device()
    for device in (laptop, phone):
        device.post("/sign-in/code/", {"code": ask_for_code(device), "action": "verify"})
        assert is_signed_in(device)
    laptop.post("/sign-out/everywhere/")
    assert not is_signed_in(laptop)
    assert not is_signed_in(phone)


def test_signing_out_leaves_other_devices_alone(ada):
    laptop, phone = Device(), Device()
    for device in (laptop, phone):
        device.post("/sign-in/code/", {"code": ask_for_code(device), "action": "verify"})
    laptop.post("/sign-out/")
    assert (is_signed_in(laptop), is_signed_in(phone)) == (False, True)


def test_the_first_link_makes_the_administrator_once():
    key = actions.make_key(person=None, at=NOW)
    device = Device()
    assert device.get(f"/welcome/{key}/").status_code == 200
    assert device.post(f"/welcome/{key}/", {"email": "", "name": "Ada"}).status_code == 422
    response = device.post(f"/welcome/{key}/", {"email": "Ada@Example.org", "name": "Ada"})
    assert response["Location"] == "/administration/"
    assert is_signed_in(device)
    assert [(it.email, it.is_administrator) for it in Person.objects.all()] == [(ADDRESS, True)]
    late = Device()
    assert late.post(f"/welcome/{key}/", {"email": "eve@example.org", "name": "Eve"}).status_code == 404
    assert not is_signed_in(late)


def test_a_first_link_is_nothing_once_there_is_an_administrator(ada):
    key = actions.make_key(person=None, at=NOW)
    Person.objects.filter(id=ada.id).update(is_administrator=True)
    assert Device().get(f"/welcome/{key}/").status_code == 404


def test_a_key_of_ones_own_lets_in_once_and_not_for_ever(ada):
    key = actions.make_key(person=ada, at=NOW)
    device = Device()
    device.post(f"/welcome/{key}/")
    assert is_signed_in(device)
    late = Device()
    assert late.post(f"/welcome/{key}/").status_code == 404
    old = actions.make_key(person=ada, at=NOW)
    OneTimeKey.objects.filter(used_at=None).update(until=NOW - timedelta(seconds=1))
    assert late.get(f"/welcome/{old}/").status_code == 404


def test_somebody_who_was_removed_is_signed_out_and_gets_no_code(ada):
    device = Device()
    device.post("/sign-in/code/", {"code": ask_for_code(device), "action": "verify"})
    assert is_signed_in(device)
    Person.objects.filter(id=ada.id).update(removed_at=NOW)
    assert not is_signed_in(device)
    OutboxMail.objects.all().delete()
    assert ask_for_code(Device()) == ""


def sign_in(agent: str = "", email: str = ADDRESS) -> Device:
    """One more device that is signed in."""
    device = Device()
    fields = {"code": ask_for_code(device, email), "action": "verify"}
    device.post("/sign-in/code/", fields, **{"User-Agent": agent})
    return device


def handles(device: Device) -> list[str]:
    """The devices that an account page lets one sign out."""
    return re.findall(r"/account/devices/(\w+)/removal/", device.get("/account/").content.decode())


def test_ones_devices_are_listed_and_each_can_be_signed_out(ada):
    laptop, phone = sign_in("Chrome/1 (Windows)"), sign_in("Safari/1 (iPhone)")
    page = laptop.get("/account/")
    assert (says(page, "Chrome · Windows"), says(page, "Safari · iPhone")) == (True, True)
    [handle] = handles(laptop)
    assert laptop.post(f"/account/devices/{handle}/removal/")["Location"] == "/account/"
    assert (is_signed_in(laptop), is_signed_in(phone)) == (True, False)
    assert handles(laptop) == []
    assert laptop.post(f"/account/devices/{handle}/removal/").status_code == 404


def test_nobody_signs_out_somebody_elses_device(ada):
    actions.make_person(email="ben@example.org", name="Ben", at=NOW)
    laptop, phone, bens = sign_in(), sign_in(), sign_in(email="ben@example.org")
    [handle] = handles(laptop)
    assert bens.post(f"/account/devices/{handle}/removal/").status_code == 404
    assert is_signed_in(phone)
    assert handles(bens) == []


def test_a_device_that_is_not_used_is_forgotten(ada):
    phone = sign_in()
    keep_to_rules(at=NOW + timedelta(days=29))
    assert is_signed_in(phone)
    keep_to_rules(at=NOW + timedelta(days=31))
    assert not is_signed_in(phone)


def test_no_backup_holds_who_is_signed_in_where():
    kept = {model._meta.label for model in kept_models(apps)}
    assert "people.Person" in kept
    assert {"people.SignedIn", "people.Token", "sessions.Session"} & kept == set()
