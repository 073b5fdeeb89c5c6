"""Passkeys, codes of an app, recovery codes: they sign in, they are asked of some, they can be lost."""

import html
import json
import re

import pytest
from allauth.mfa.models import Authenticator

from hubcraft.apps.insights.models import SeatClaim, TeamClaim
from hubcraft.apps.networks.models import Role
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people import actions
from hubcraft.apps.people.models import Person
from hubcraft.apps.people.sealing import seal, unseal
from hubcraft.domain.verdict import Refused
from tests.apps.people.test_sign_in import ADDRESS, ask_for_code, is_signed_in, sign_in
from tests.apps.roles.people import administrator, device
from tests.cast import convening
from tests.device import Device, says, text_of
from tests.homes import make_account, make_hub, make_initiative, make_network, signed_in, trail
from tests.make import NOW
from tests.passkeys import Passkey, codes_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def has_an_address(settings):
    """Passkeys belong to the name that people find the product by."""
    settings.HUBCRAFT_ADDRESS = "https://hub.example.org"


@pytest.fixture
def ada() -> Person:
    return actions.make_person(email=ADDRESS, name="Ada", at=NOW)


def question(page) -> dict:
    """What a page asks the device."""
    found = re.search(r'data-options="([^"]+)"', text_of(page))
    return json.loads(html.unescape(found[1]))["publicKey"]


def add_passkey(at: Device, passkey: Passkey, name: str = "Laptop"):
    asked = question(at.get("/account/passkeys/"))
    return at.post("/account/passkeys/", {"name": name, "credential": passkey.make(asked)})


def with_passkey(at: Device) -> Passkey:
    passkey = Passkey()
    assert add_passkey(at, passkey)["Location"] == "/account/recovery-codes/"
    return passkey


def ask(at: Device) -> dict:
    """The question for whoever comes with nothing but a passkey."""
    return at.get("/sign-in/passkey/", Accept="application/json").json()["request_options"]["publicKey"]


def sign_in_with(at: Device, passkey: Passkey):
    return at.post("/sign-in/passkey/", {"credential": passkey.show(ask(at))})


def with_app(at: Device) -> str:
    """The letters that the app has been given."""
    letters = re.search(r'app-letters">(\w+)<', text_of(at.get("/account/app/")))[1]
    at.post("/account/app/", {"code": codes_of(letters)[0]})
    return letters


def come_with_code(address: str = ADDRESS) -> Device:
    """A device on which the code that came by mail was typed, and nothing else yet."""
    at = Device()
    at.post("/sign-in/code/", {"code": ask_for_code(at, address), "action": "verify"})
    return at


def test_a_passkey_signs_in_without_a_mail(ada):
    passkey = with_passkey(sign_in())
    before = OutboxMail.objects.count()
    phone = Device()
    assert not is_signed_in(phone)
    assert sign_in_with(phone, passkey)["Location"] == "/home/"
    assert is_signed_in(phone)
    assert OutboxMail.objects.count() == before


def test_a_passkey_leads_where_one_was_going(ada):
    passkey, phone = with_passkey(sign_in()), Device()
    assert "/sign-in/passkey/?next=%2Faccount%2F" in text_of(phone.get("/sign-in/?next=/account/"))
    answer = {"credential": passkey.show(ask(phone))}
    assert phone.post("/sign-in/passkey/?next=/account/", answer)["Location"] == "/account/"


def test_an_answer_is_good_once_and_for_its_own_question(ada):
    passkey, phone, other = with_passkey(sign_in()), Device(), Device()
    answer = {"credential": passkey.show(ask(phone))}
    ask(other)
    assert other.post("/sign-in/passkey/", answer).status_code == 422
    assert phone.post("/sign-in/passkey/", answer).status_code == 302
    phone.post("/sign-out/")
    assert phone.post("/sign-in/passkey/", answer).status_code == 422
    assert not is_signed_in(phone)


@pytest.mark.parametrize(
    "passkey",
    [Passkey("https://hub.example.com"), Passkey("http://hub.example.org"), Passkey(sees_holder=False)],
)
def test_a_passkey_for_another_page_or_whose_holder_was_not_seen_is_not_taken(ada, passkey):
    at = sign_in()
    assert add_passkey(at, passkey).status_code == 422
    assert not Authenticator.objects.exists()
    assert add_passkey(at, Passkey()).status_code == 302


def test_a_page_that_pretends_to_be_this_one_gets_nobody_in(ada):
    passkey, phone = with_passkey(sign_in()), Device()
    passkey.origin = "https://hub.example.org.evil.example"
    assert sign_in_with(phone, passkey).status_code == 422
    passkey.origin = "https://hub.example.org"
    passkey.flags &= ~0x04
    assert sign_in_with(phone, passkey).status_code == 422
    passkey.flags |= 0x04
    assert sign_in_with(phone, passkey).status_code == 302


def test_nobody_comes_in_with_somebody_elses_name(ada):
    actions.make_person(email="ben@example.org", name="Ben", at=NOW)
    adas, bens = with_passkey(sign_in()), with_passkey(sign_in(email="ben@example.org"))
    adas.holder, bens.holder = bens.holder, adas.holder
    assert sign_in_with(Device(), adas).status_code == 422
    adas.holder, bens.holder = bens.holder, adas.holder
    assert sign_in_with(Device(), adas).status_code == 302


@pytest.mark.parametrize(
    "answer",
    ["", "x", "[]", "7", "{}", '{"response": []}', '{"response": {"userHandle": 7}}', '{"id": null}'],
)
def test_nonsense_is_refused_wherever_a_passkey_is_shown(ada, answer):
    at = sign_in()
    for path in ("/account/passkeys/", "/account/again/"):
        at.get(path)
        assert at.post(path, {"credential": answer}).status_code in (302, 422)
    assert not Authenticator.objects.exists()
    with_passkey(at)
    phone, half = Device(), come_with_code()
    ask(phone)
    half.get("/sign-in/second-step/")
    assert phone.post("/sign-in/passkey/", {"credential": answer}).status_code == 422
    assert half.post("/sign-in/second-step/", {"credential": answer}).status_code == 422
    assert at.post("/account/again/", {"credential": answer}).status_code == 422
    assert not is_signed_in(phone)
    assert not is_signed_in(half)


def test_who_has_a_passkey_is_asked_for_it_after_the_code_by_mail(ada):
    passkey, half = with_passkey(sign_in()), come_with_code()
    assert half.get("/account/")["Location"] == "/sign-in/?next=/account/"
    assert half.get("/sign-in/")["Location"] == "/sign-in/second-step/"
    asked = question(half.get("/sign-in/second-step/"))
    assert half.post("/sign-in/second-step/", {"code": "123456"}).status_code == 422
    assert not is_signed_in(half)
    assert (
        half.post(
            "/sign-in/second-step/", {"credential": passkey.show(question(half.get("/sign-in/second-step/")))}
        ).status_code
        == 302
    )
    assert is_signed_in(half)
    assert asked["userVerification"] == "required"


def test_an_apps_code_is_the_second_step_and_counts_once(ada):
    letters = with_app(sign_in())
    first, second = come_with_code(), come_with_code()
    code = codes_of(letters)[1]
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert first.post("/sign-in/second-step/", {"code": wrong}).status_code == 422
    assert first.post("/sign-in/second-step/", {"code": code}).status_code == 302
    assert is_signed_in(first)
    for used in codes_of(letters)[:2]:
        assert second.post("/sign-in/second-step/", {"code": used}).status_code == 422
    assert not is_signed_in(second)
    assert second.post("/sign-in/second-step/", {"code": codes_of(letters)[2]}).status_code == 302


def test_a_recovery_code_lets_in_once(ada):
    at = sign_in()
    with_passkey(at)
    codes = re.findall(r"<li>(\d{8})</li>", text_of(at.get("/account/recovery-codes/")))
    assert len(codes) == 10
    first, second = come_with_code(), come_with_code()
    assert first.post("/sign-in/second-step/", {"code": codes[3]}).status_code == 302
    assert second.post("/sign-in/second-step/", {"code": codes[3]}).status_code == 422
    assert says(first.get("/account/"), "9 recovery codes are left")
    at.post("/account/recovery-codes/new/")
    assert second.post("/sign-in/second-step/", {"code": codes[4]}).status_code == 422


def test_codes_are_not_tried_without_end(ada, settings):
    with_app(sign_in())
    half = come_with_code()
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    sentences = [text_of(half.post("/sign-in/second-step/", {"code": "000000"})) for _try in range(11)]
    assert "That was not accepted" in sentences[0]
    assert "That was not accepted" not in sentences[-1]


def test_what_codes_are_made_from_is_sealed(ada, settings):
    letters = with_app(sign_in())
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert letters not in kept
    assert unseal(kept) == letters
    settings.SECRET_KEY = "another key than the one that sealed it"
    assert unseal(kept) is None
    assert unseal(seal("as it was")) == "as it was"
    half = come_with_code()
    for code in [*codes_of(letters), *codes_of("")]:
        assert half.post("/sign-in/second-step/", {"code": code}).status_code == 422


def test_what_is_removed_signs_in_no_longer(ada):
    at = sign_in()
    passkey = with_passkey(at)
    [path] = re.findall(r"/account/passkeys/\w+/removal/", text_of(at.get("/account/")))
    assert sign_in_with(Device(), passkey).status_code == 302
    assert at.post(path)["Location"] == "/account/#second-step"
    assert sign_in_with(Device(), passkey).status_code == 422
    assert not Authenticator.objects.exists()
    assert at.post(path).status_code == 404


def test_nobody_removes_somebody_elses(ada):
    actions.make_person(email="ben@example.org", name="Ben", at=NOW)
    at, bens = sign_in(), sign_in(email="ben@example.org")
    with_passkey(at)
    with_passkey(bens)
    [path] = re.findall(r"/account/passkeys/\w+/removal/", text_of(at.get("/account/")))
    assert bens.post(path).status_code == 404
    assert at.post(path).status_code == 302


def test_a_device_that_was_left_signed_in_changes_nothing_by_itself(ada):
    passkey = with_passkey(sign_in())
    left = Device()
    sign_in_with(left, passkey)
    [path] = re.findall(r"/account/passkeys/\w+/removal/", text_of(left.get("/account/")))
    for address in ("/account/passkeys/", "/account/app/", "/account/recovery-codes/"):
        assert left.get(address)["Location"].startswith("/account/again/?next=")
    away = left.post(path)["Location"]
    assert away.startswith("/account/again/?next=")
    assert Authenticator.objects.filter(type="webauthn").exists()
    shown = left.post(away, {"credential": passkey.show(question(left.get(away)))})
    assert shown["Location"] == "/account/#second-step"
    assert not Authenticator.objects.exists()


def test_every_change_is_in_the_trail_and_told_by_mail(ada):
    at = sign_in()
    with_passkey(at)
    with_app(at)
    assert at.post("/account/app/removal/").status_code == 302
    told = [did for who, did in trail() if who == "Ada"]
    assert told == ["added a passkey", "set up an app for codes", "removed their app for codes"]
    mails = OutboxMail.objects.filter(subject="How you sign in to Hubcraft has changed")
    assert [it.to for it in mails] == [ADDRESS] * 3


PLACES = [Role.INITIATIVE_LEAD, Role.NETWORK_LEAD, Role.COACH, Role.RESEARCHER]


@pytest.mark.parametrize("role", PLACES)
def test_who_sees_much_is_asked_to_set_a_second_step_up(role):
    initiative = make_initiative()
    place = (
        {"network": make_network(initiative=initiative)}
        if role == Role.NETWORK_LEAD
        else {"initiative": initiative}
    )
    rosa = make_account("Rosa", role=role, **place)
    make_account("Cory", role=Role.COACH, hub=make_hub(make_network("Another network")))
    at, coach = sign_in(email="rosa@example.org"), sign_in(email="cory@example.org")
    assert coach.get("/home/").status_code == 200
    assert at.get("/home/")["Location"] == "/account/second-step/?next=/home/"
    page = at.get("/account/second-step/?next=/home/")
    assert says(page, "One more step, once")
    passkey = with_passkey(at)
    assert at.get("/home/").status_code == 200
    assert says(at.get("/account/second-step/?next=/home/"), "Go on")
    phone = Device()
    sign_in_with(phone, passkey)
    assert phone.get("/home/").status_code == 200
    Authenticator.objects.filter(user=rosa).delete()
    assert phone.get("/home/")["Location"] == "/account/second-step/?next=/home/"


def test_a_device_from_before_shows_the_second_step_once_more():
    make_account("Rosa", network=make_network(), role=Role.NETWORK_LEAD)
    old, new = sign_in(email="rosa@example.org"), sign_in(email="rosa@example.org")
    passkey = with_passkey(new)
    assert new.get("/home/").status_code == 200
    away = old.get("/home/")["Location"]
    assert away == "/account/again/?next=/home/"
    shown = old.post(away, {"credential": passkey.show(question(old.get(away)))})
    assert shown["Location"] == "/home/"
    assert old.get("/home/").status_code == 200


def test_what_is_sent_without_a_second_step_is_not_done():
    ada = administrator()
    fields = {"email": "eve@example.org"}
    without = device(ada, has_shown=False)
    assert without.post("/administration/administrators/", fields)["Location"].startswith(
        "/account/second-step/"
    )
    assert not Person.objects.filter(email="eve@example.org").exists()
    assert device(ada).post("/administration/administrators/", fields)["Location"] == "/administration/"
    assert Person.objects.get(email="eve@example.org").is_administrator


def test_who_keeps_a_board_or_a_seat_shows_it_as_well():
    hub = make_hub(make_network())
    rosa = make_account("Rosa", hub=hub)
    hall = convening("revealed")
    phone, seat = signed_in(rosa, hall.ben.device), {"seat": hall.ben.seat.key}
    address = f"/r/{hall.id}/claim/"
    assert says(phone.get(address), "Keep it for Riverbend")
    make_account("Rosa", network=hub.network, role=Role.NETWORK_LEAD)
    away = f"/account/second-step/?next={address}"
    asked = [
        phone.get(address),
        phone.post(f"{address}seat/", seat),
        phone.post(address, seat | {"hub": hub.id}),
    ]
    assert [it["Location"] for it in asked] == [away] * 3
    assert not TeamClaim.everywhere.exists() and not SeatClaim.everywhere.exists()
    assert phone.get(f"/r/{hall.id}/board/").status_code == 200
    signed_in(rosa, phone)
    assert phone.post(f"{address}seat/", seat)["Location"] == address
    assert phone.post(address, seat | {"hub": hub.id}).status_code == 302
    assert (TeamClaim.everywhere.count(), SeatClaim.everywhere.count()) == (1, 1)


def test_pages_for_nobody_in_particular_ask_nobody():
    rosa = make_account("Rosa", network=make_network(), role=Role.NETWORK_LEAD)
    without = device(rosa, has_shown=False)
    assert without.get("/home/").status_code == 302
    assert [without.get(it).status_code for it in ("/", "/help/", "/account/")] == [200] * 3


def test_an_administrator_takes_a_lost_second_step_away(ada):
    at, gus = sign_in(), device(administrator("Gus"))
    passkey = with_passkey(at)
    path = f"/administration/people/{ada.id}/second-step/removal/"
    assert path in text_of(gus.get("/administration/people/?find=ada"))
    assert gus.post(path)["Location"] == "/administration/people/?find=ada%40example.org"
    assert not is_signed_in(at)
    assert sign_in_with(Device(), passkey).status_code == 422
    assert is_signed_in(come_with_code())
    assert ("Gus", "took Ada’s second step away") in trail()
    assert (
        OutboxMail.objects.filter(to=ADDRESS, subject="How you sign in to Hubcraft has changed").count() == 2
    )
    assert path not in text_of(gus.get("/administration/people/?find=ada"))


def test_only_an_administrator_does_and_never_their_own(ada):
    with_passkey(sign_in())
    gus = administrator("Gus")
    ben = actions.make_person(email="ben@example.org", name="Ben", at=NOW)
    path = f"/administration/people/{ada.id}/second-step/removal/"
    assert signed_in(ben).post(path).status_code == 404
    with pytest.raises(Refused):
        actions.forget_second_step(by=ben, person=ada, at=NOW)
    assert Authenticator.objects.filter(user=ada).exists()
    own = f"/administration/people/{gus.id}/second-step/removal/"
    assert device(gus).post(own).status_code == 403
    assert device(gus).post(path).status_code == 302
    assert not Authenticator.objects.filter(user=ada).exists()


def test_somebody_who_was_removed_comes_in_with_no_passkey(ada):
    passkey = with_passkey(sign_in())
    assert sign_in_with(Device(), passkey).status_code == 302
    Person.objects.filter(id=ada.id).update(removed_at=NOW)
    assert sign_in_with(Device(), passkey).status_code == 422


def test_a_session_gets_another_key_when_somebody_signs_in(ada):
    passkey, phone = with_passkey(sign_in()), Device()
    ask(phone)
    before = phone.cookie("signed-in")
    assert before
    assert phone.post("/sign-in/passkey/", {"credential": passkey.show(ask(phone))}).status_code == 302
    assert phone.cookie("signed-in") not in ("", before)
    thief = Device(signed_in=before)
    assert not is_signed_in(thief)
    assert is_signed_in(phone)
