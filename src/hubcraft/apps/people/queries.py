"""Finding people."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from allauth.mfa.models import Authenticator

from hubcraft.apps.people.models import OneTimeKey, Person, SignedIn, Token
from hubcraft.domain.verdict import NotThere


def find_person(email: str) -> Person | None:
    """Who has an account with this address."""
    return Person.objects.filter(email=clean_address(email), removed_at=None).exclude(email="").first()


def get_person(person_id: str) -> Person:
    """Somebody who has an account."""
    there = Person.objects.filter(id=person_id, removed_at=None).first()
    if there is None:
        raise NotThere
    return there


def clean_address(email: str) -> str:
    """A mail address as it is kept."""
    return email.strip().lower()


def has_administrator() -> bool:
    """Whether anybody looks after this installation yet."""
    return list_administrators().exists()


def list_administrators():
    """Who looks after this installation."""
    return Person.objects.filter(is_administrator=True, removed_at=None).order_by("name", "email")


def hashed(key: str) -> str:
    """A key as it is kept: whoever reads the database can't open anything with it."""
    return hashlib.sha256(key.encode()).hexdigest()


def find_key(key: str, at: datetime) -> OneTimeKey | None:
    """A key that still opens something."""
    found = OneTimeKey.objects.select_related("person").filter(key=hashed(key), used_at=None, until__gt=at)
    return found.first()


@dataclass(frozen=True)
class DeviceRow:
    """A device on which somebody is signed in, as they see it; `is_this` where they look at it from there."""

    handle: str
    words: str
    begun_at: datetime
    is_this: bool


def list_devices(person: Person, session_key: str | None, at: datetime) -> tuple[DeviceRow, ...]:
    """Where somebody is signed in, this device first."""
    rows = SignedIn.objects.filter(person=person, expire_date__gt=at).order_by("-begun_at", "handle")
    devices = (DeviceRow(it.handle, it.device, it.begun_at, it.session_key == session_key) for it in rows)
    return tuple(sorted(devices, key=lambda it: not it.is_this))


@dataclass(frozen=True)
class PasskeyRow:
    """A passkey, as its owner sees it."""

    handle: str
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class SecondStepView:
    """What somebody can show besides the code that comes by mail."""

    passkeys: tuple[PasskeyRow, ...]
    app_since: datetime | None
    codes_left: int

    @property
    def is_set_up(self) -> bool:
        return bool(self.passkeys or self.app_since)


def second_step_view(person: Person) -> SecondStepView:
    """Everything of somebody's, the oldest first."""
    kinds = Authenticator.Type
    steps = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    codes = [it.wrap().get_unused_codes() for it in steps if it.type == kinds.RECOVERY_CODES]
    return SecondStepView(
        tuple(
            PasskeyRow(handle_of(it), it.data["name"], it.created_at, it.last_used_at)
            for it in steps
            if it.type == kinds.WEBAUTHN
        ),
        next((it.created_at for it in steps if it.type == kinds.TOTP), None),
        len(codes[0]) if codes else 0,
    )


def handle_of(passkey: Authenticator) -> str:
    """What pages call a passkey: its number stays in the house."""
    return hashed(f"passkey {passkey.pk}")[:32]


def find_passkey(person: Person, handle: str) -> Authenticator | None:
    """One of somebody's own."""
    own = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    return next((it for it in own if handle_of(it) == handle), None)


def find_app(person: Person) -> Authenticator | None:
    """Somebody's app."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()


def with_second_step(people: Iterable[Person]) -> frozenset[str]:
    """Which of these people have something to show."""
    held = Authenticator.objects.filter(user__in=people)
    return frozenset(held.values_list("user_id", flat=True))


# How often a program may call with one token: enough to read a network of a hundred hubs, too little to be felt.
CALLS_A_MINUTE = 120


@dataclass(frozen=True)
class TokenRow:
    """A token, as its person sees it."""

    id: str
    name: str
    may_write: bool
    places: tuple[str, ...]
    made_at: datetime
    until_on: date
    used_on: date | None
    is_over: bool


def list_tokens(person: Person, at: datetime) -> tuple[TokenRow, ...]:
    """Those that nobody has taken back, the newest first; also those whose time is over."""
    rows = Token.objects.filter(person=person, ended_at=None).order_by("-made_at", "id")
    today = at.astimezone(UTC).date()
    return tuple(
        TokenRow(
            it.id,
            it.name,
            it.may_write,
            tuple(it.places),
            it.made_at,
            it.until_on,
            it.used_on,
            it.until_on < today,
        )
        for it in rows
    )


def find_token(key: str, at: datetime) -> Token | None:
    """What a program showed, if it still opens something; its day ends everywhere at once."""
    today = at.astimezone(UTC).date()
    found = Token.objects.select_related("person").filter(secret=hashed(key), ended_at=None)
    return found.filter(until_on__gte=today, person__removed_at=None).first()


def calls_left_over(token: Token, at: datetime) -> float:
    """How many calls count at this moment: they are forgotten evenly, all of them within a minute."""
    if token.calls_at is None:
        return 0.0
    return max(0.0, token.calls - CALLS_A_MINUTE * max(0.0, (at - token.calls_at).total_seconds()) / 60)
