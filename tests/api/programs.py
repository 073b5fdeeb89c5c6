"""Programs with a token, and the one world that all examples are told from."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, timedelta

from django.http import HttpResponse
from django.test import Client

from hubcraft.apps.networks.queries import place_options, viewer_of
from hubcraft.apps.people import actions
from hubcraft.apps.people.models import Person
from tests.make import NOW

ROOT = "/api/v1"
LAST_DAY = (NOW + timedelta(days=90)).astimezone(UTC).date()


def places_of(person: Person) -> list[str]:
    """Everywhere they belong."""
    return [it.key for it in place_options(viewer_of(Person.objects.get(id=person.id)))]


def make_token(
    person: Person,
    *,
    may_write: bool = True,
    places: Iterable[str] | None = None,
    until_on: date = LAST_DAY,
    name: str = "Spreadsheet",
):
    """A token of theirs, for everywhere they belong, and its key."""
    places = places_of(person) if places is None else places
    return actions.make_token(
        person=person, name=name, may_write=may_write, places=places, until_on=until_on, at=NOW
    )


class Program:
    """Something that holds a key, and nothing else: no cookies, none of a browser's headers."""

    def __init__(self, key: str = "", language: str = "en"):
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}
        if language:
            self.headers["Accept-Language"] = language

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.client.get(whole(path), headers=self.headers | headers)

    def post(self, path: str, body: object = None, **headers: str) -> HttpResponse:
        sent = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        return self.client.post(
            whole(path), sent, content_type="application/json", headers=self.headers | headers
        )

    def ask(self, method: str, path: str, body: object = None) -> HttpResponse:
        return self.get(path) if method == "GET" else self.post(path, body)


def whole(path: str) -> str:
    return path if path.startswith("/api/") else f"{ROOT}{path}"


def program(person: Person, **more) -> Program:
    """A program of somebody's, with a token made for it."""
    _token, key = make_token(person, **more)
    return Program(key)


def masked(text: str) -> str:
    """What is random or of today, written the same each time: keys in the order in which they come, days as one day."""
    keys: dict[str, str] = {}
    text = re.sub(r"\b[0-9a-f]{32}\b", lambda it: keys.setdefault(it[0], f"{len(keys) + 1:032x}"), text)
    text = re.sub(r"\b20\d\d-\d\d-\d\d\b", "2026-11-27", text)
    text = re.sub(r"/j/[^/\"]+/", "/j/…/", text)
    return re.sub(r'"code": "[^"]*"', '"code": "ABC-DEFG"', text)
