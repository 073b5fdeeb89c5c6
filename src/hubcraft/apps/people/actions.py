"""Making, changing and ending accounts."""

import math
import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as app_codes
from allauth.mfa.utils import decrypt

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.notices.actions import promise_written
from hubcraft.apps.people import policy, queries
from hubcraft.apps.people.models import OneTimeKey, Person, SignedIn, Token
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.web.writer import writes

KEY_LASTS = timedelta(hours=24)


@writes
def make_person(*, email: str, name: str = "", language: str = "en", at: datetime) -> Person:
    """Somebody has an account from now on; whoever has one with this address keeps it."""
    there = queries.find_person(email)
    if there is not None:
        return there
    person = Person(email=queries.clean_address(email), name=name.strip(), language=language, made_at=at)
    person.set_unusable_password()
    person.save(force_insert=True)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    audit.record(who="the house", did="made an account", thing=f"person {person.id}", at=at)
    return person


@writes
def change_person(*, person: Person, name: str, initials: str, language: str, at: datetime) -> None:
    """Somebody says otherwise what they are called, and which language they read."""
    Person.objects.filter(id=person.id).update(name=name, initials=initials, language=language)
    audit.record(who=person.in_trail, did="changed their account", thing=f"person {person.id}", at=at)


# What else lets somebody in, of apps above: ended with their sessions.
ENDED_TOO: list[Callable[[Person], object]] = []


@writes
def end_sessions(*, person: Person, at: datetime, by: str = "") -> None:
    """Sign this person out everywhere, their programs too: what let them in is no longer true."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    SignedIn.objects.filter(person=person).delete()
    Token.objects.filter(person=person, ended_at=None).update(ended_at=at)
    for end in ENDED_TOO:
        end(person)
    did = f"signed {person.in_trail} out everywhere" if by else "signed out everywhere"
    audit.record(who=by or person.in_trail, did=did, thing=f"person {person.id}", at=at)


@writes
def end_session(*, person: Person, handle: str, at: datetime) -> None:
    """Sign this person out on one device: its next request finds nobody signed in."""
    ended, _tables = SignedIn.objects.filter(person=person, handle=handle).exclude(handle="").delete()
    if not ended:
        raise NotThere
    audit.record(who=person.in_trail, did="signed a device out", thing=f"person {person.id}", at=at)


@writes
def make_key(*, person: Person | None, at: datetime) -> str:
    """A link's key for one time; without a person it makes the first administrator."""
    key = secrets.token_urlsafe(24)
    OneTimeKey.objects.filter(person=person, used_at=None).update(used_at=at)
    OneTimeKey.objects.create(key=queries.hashed(key), person=person, until=at + KEY_LASTS)
    return key


@writes
def use_key(*, key: str, email: str, name: str, language: str, at: datetime) -> Person:
    """Whom a key lets in; where it is nobody's yet, the first administrator is made."""
    held = (
        OneTimeKey.objects.select_for_update()
        .filter(key=queries.hashed(key), used_at=None, until__gt=at)
        .first()
    )
    if held is None:
        raise NotThere
    if held.person is None and queries.has_administrator():
        raise NotThere
    person = held.person
    if person is None:
        person = make_person(email=email, name=name, language=language, at=at)
        Person.objects.filter(id=person.id).update(is_administrator=True, name=name.strip() or person.name)
        audit.record(who=person.in_trail, did="became the administrator", thing=f"person {person.id}", at=at)
    OneTimeKey.objects.filter(key=held.key).update(used_at=at)
    return Person.objects.get(id=person.id)


@writes
def make_administrator(*, by: Person | None, email: str, at: datetime) -> Person:
    """One more person looks after this installation; whoever has no account yet gets one.

    By nobody when it is said on the machine itself.
    """
    if by is not None:
        insist(policy.can_administer(by))
    person = make_person(email=email, at=at)
    if not person.is_administrator:
        Person.objects.filter(id=person.id).update(is_administrator=True)
        who, did = by.in_trail if by else "the house", f"made {person.in_trail} an administrator"
        audit.record(who=who, did=did, thing=f"person {person.id}", at=at)
    return person


@writes
def end_administrator(*, by: Person, person_id: str, at: datetime) -> None:
    """Somebody looks after this installation no longer; the last one has to."""
    insist(policy.can_administer(by))
    # All of them are held, so that two who take each other away can't both be last.
    held = list(queries.list_administrators().select_for_update())
    person = next((it for it in held if it.id == person_id), None)
    if person is None:
        raise NotThere
    insist(policy.can_end_administrator(len(held)))
    Person.objects.filter(id=person.id).update(is_administrator=False)
    did = f"made {person.in_trail} an administrator no longer"
    audit.record(who=by.in_trail, did=did, thing=f"person {person.id}", at=at)


@writes
def spend_code(*, step_id: int, code: str) -> bool:
    """Whether an app's code was not used before; it is from now on, and so is every code before it."""
    step = Authenticator.objects.select_for_update().get(pk=step_id)
    sealed = decrypt(step.data["secret"])
    typed = "".join(code.split())
    for counter in app_codes.yield_hotp_counters_from_time():
        if app_codes.format_hotp_value(app_codes.hotp_value(sealed, counter)) == typed:
            is_new = counter > step.data.get("spent", 0)
            step.data["spent"] = max(counter, step.data.get("spent", 0))
            step.save(update_fields=["data"])
            return is_new
    return False


@writes
def note_second_step(*, person: Person, did: str, at: datetime, by: str = "") -> None:
    """A change of how somebody signs in stands in the trail, and they hear of it by mail, whoever it was."""
    audit.record(who=by or person.in_trail, did=did, thing=f"person {person.id}", at=at)
    promise_written(
        to=person.email,
        template="people/mail/second_step.txt",
        language=person.language,
        at=at,
        email=person.email,
    )


@writes
def forget_second_step(*, by: Person | None, person: Person, at: datetime) -> None:
    """Somebody who has lost their passkeys and their app signs in by mail alone, and sets them up anew.

    By nobody when it is said on the machine itself. Whoever holds what was lost is signed out.
    """
    if by is not None:
        insist(policy.can_forget_second_step(by, person))
    who = by.in_trail if by else "the house"
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person=person, at=at, by=who)
    note_second_step(person=person, did=f"took {person.in_trail}’s second step away", at=at, by=who)


# By its first letters a key that was left lying about is known for what it is.
KEY_BEGINS = "hubcraft_"


@writes
def make_token(
    *, person: Person, name: str, may_write: bool, places: Iterable[str], until_on: date, at: datetime
) -> tuple[Token, str]:
    """A token of somebody's, and the key their program holds, which is kept nowhere in clear; they hear of it by mail."""
    insist(policy.can_make_token(queries.list_tokens(person, at)))
    key = KEY_BEGINS + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=person,
        name=name,
        secret=queries.hashed(key),
        may_write=may_write,
        places=list(places),
        until_on=until_on,
        made_at=at,
    )
    audit.record(who=person.in_trail, did="made a token", thing=f"token {token.id}", at=at)
    promise_written(
        to=person.email,
        template="people/mail/token.txt",
        language=person.language,
        at=at,
        email=person.email,
        name=token.name,
        until_on=token.until_on,
    )
    return token, key


@writes
def end_token(*, person: Person, token_id: str, at: datetime) -> None:
    """It opens nothing any more."""
    if not Token.objects.filter(person=person, id=token_id, ended_at=None).update(ended_at=at):
        raise NotThere
    audit.record(who=person.in_trail, did="revoked a token", thing=f"token {token_id}", at=at)


@writes
def use_token(*, token_id: str, at: datetime) -> int:
    """Count a call. Says how many seconds the program has to wait; none where it may go on."""
    token = Token.objects.select_for_update().filter(id=token_id).first()
    if token is None:
        raise NotThere
    calls = queries.calls_left_over(token, at) + 1
    if calls > queries.CALLS_A_MINUTE:
        return math.ceil((calls - queries.CALLS_A_MINUTE) * 60 / queries.CALLS_A_MINUTE)
    used_on = at.astimezone(UTC).date()
    Token.objects.filter(id=token.id).update(calls=calls, calls_at=at, used_on=used_on)
    return 0
