"""The first administrator comes by a link that `serve` prints, a lost one by a link of a command."""

import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

from tests.served import hubcraft

LINK = re.compile(r"^\s*(http\S+)(/welcome/[\w-]+/)$", re.MULTILINE)

# Where an administrator is led who has no second step yet.
SET_UP = "/account/second-step/"
AN_APP = """
from allauth.mfa.models import Authenticator
from hubcraft.apps.people.models import Person
ada = Person.objects.get(email="ada@example.org")
Authenticator.objects.create(user=ada, type="totp", data={"secret": "sealed"})
"""
WHAT_WAS_DONE = """
from hubcraft.apps.audit.models import TrailEntry
print([(it.who, it.did.split("’")[-1]) for it in TrailEntry.objects.all()])
"""


class Browser:
    """Something with cookies that sends forms to the running product."""

    def __init__(self, product):
        self.product = product
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, **fields: str) -> tuple[int, str]:
        """The status, and the path where it led."""
        sent = urllib.parse.urlencode(fields).encode() if fields else None
        asked = urllib.request.Request(
            self.product.address + path, sent, headers={"Origin": self.product.address}
        )
        try:
            with self.opener.open(asked, timeout=30) as answer:
                return answer.status, urllib.parse.urlsplit(answer.url).path
        except urllib.error.HTTPError as fault:
            return fault.code, path


def link(words: str) -> str:
    """The path of the link in what was printed."""
    return LINK.search(words)[2]


def run(product, *words: str):
    more = {**product.more, "HUBCRAFT_DATABASE_URL": product.database_url} if product.database_url else {}
    return hubcraft(*words, data=product.data, **more)


def command(product, *words: str):
    return run(product, "administrator", *words)


def test_the_first_administrator_and_a_lost_one(serve):
    product = serve()
    assert "Nobody looks after it yet." in product.log
    first = link(product.log)
    ada = Browser(product)
    assert ada.open(first) == (200, first)
    assert ada.open(first, email="ada@example.org", name="Ada") == (200, SET_UP)
    assert Browser(product).open(first)[0] == 404

    refused = command(product)
    assert refused.returncode != 0
    assert "Administrators are: ada@example.org." in refused.stderr
    assert command(product, "eve@example.org").returncode != 0

    lost = link(command(product, "ada@example.org").stdout)
    again = Browser(product)
    assert again.open(lost, press="yes") == (200, SET_UP)
    assert again.open("/administration/") == (200, SET_UP)
    assert Browser(product).open(lost)[0] == 404

    made = link(command(product, "ben@example.org", "--make").stdout)
    ben = Browser(product)
    assert ben.open(made, press="yes") == (200, SET_UP)
    assert ben.open("/administration/") == (200, SET_UP)

    run(product, "shell", "-v0", "-c", AN_APP)
    assert again.open("/administration/") == (200, "/account/again/")
    assert "--forget-second-step" in command(product, "--help").stdout
    freed = command(product, "ada@example.org", "--forget-second-step").stdout
    assert "The second step of ada@example.org is taken away" in freed
    assert again.open("/administration/") == (200, "/sign-in/")
    assert again.open(link(freed), press="yes") == (200, SET_UP)
    assert again.open("/administration/") == (200, SET_UP)
    told = run(product, "shell", "-v0", "-c", WHAT_WAS_DONE).stdout
    assert "('the house', 's second step away')" in told

    product.stop()
    before = product.log.count("Nobody looks after it yet.")
    product.start()
    assert product.log.count("Nobody looks after it yet.") == before


def test_the_link_begins_where_people_find_the_product(serve):
    product = serve(HUBCRAFT_ADDRESS="https://hub.example.org")
    assert LINK.search(product.log)[1] == "https://hub.example.org"
    before = link(product.log)
    product.stop()
    product.start()
    latest = LINK.findall(product.log)[-1][1]
    assert Browser(product).open(latest) == (200, latest)
    assert Browser(product).open(before)[0] == 404


def test_a_place_without_anything_is_told_in_a_sentence(tmp_path):
    answer = hubcraft("administrator", data=tmp_path)
    assert answer.returncode != 0
    assert "There is nobody in" in answer.stderr
    assert "Traceback" not in answer.stderr
