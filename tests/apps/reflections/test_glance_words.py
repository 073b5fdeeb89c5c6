"""At a glance rows are work practices, and pages call them so."""

import re

import pytest

from tests.device import text_of
from tests.make import opened

pytestmark = pytest.mark.django_db
TAG = re.compile(r"<[^>]*>")
SAID = re.compile(r'data-words-[a-z]+="([^"]*)"')


def said_on(page) -> str:
    """What is read on a page, and what its script will write there; without addresses and keys."""
    told = text_of(page)
    return " ".join((*SAID.findall(told), TAG.sub(" ", told))).lower()


@pytest.mark.parametrize(
    ("language", "rubric", "own", "other"),
    [
        ("en", "hub-leadership/*", "work practice", "look-for"),
        ("es", "hub-leadership/*", "práctica de trabajo", "aspecto"),
        ("en", "", "look-for", None),
    ],
)
def test_where_people_rate(language, rubric, own, other):
    hall = opened(rubric=rubric)
    bea = hall.sit("BE", language=language)
    for path in ("look-fors/1/", "team/paper/"):
        said = said_on(bea.device.get(f"/r/{hall.id}/{path}"))
        assert (own in said, bool(other) and other in said) == (True, False), path


def test_where_people_write():
    hall = opened(rubric="hub-leadership/*", script="workshop")
    bea = hall.sit("BE")
    for kind, path in (("strategies", "step/"), ("plan", "next-steps/")):
        hall.go_to(kind)
        said = said_on(bea.device.get(f"/r/{hall.id}/{path}"))
        assert ("work practice" in said, "look-for" in said) == (True, False), path
