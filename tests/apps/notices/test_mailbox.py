"""The mailbox for those who build: both parts of a mail, of which nothing reaches the page around it."""

import pytest
from django.core.mail import get_connection
from django.test import RequestFactory

from hubcraft.apps.notices import actions
from hubcraft.apps.notices.pages import mailbox
from hubcraft.domain.verdict import NotThere
from tests.device import faults_of
from tests.hostile import HOSTILE
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(settings, tmp_path):
    """One mail whose people are called the worst, as a file."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH, settings.HUBCRAFT_CAN_MAIL = tmp_path, False
    assert get_connection()
    more = {
        "who": HOSTILE["markup"],
        "place": "Riverbend",
        "role": "coach",
        "link": "https://hub.example.org/k/",
    }
    actions.promise_written(
        to="ada@example.org", template="roles/mail/invitation.txt", language="en", at=NOW, **more
    )
    assert actions.send_due(at=NOW) == 1


def test_it_shows_both_parts_and_runs_neither(sent):
    answer = mailbox.mailbox(RequestFactory().get("/look/mails/"))
    page = answer.content.decode()
    assert faults_of(page) == []
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert '<iframe class="mail-set" sandbox src="/look/mails/0/"' in page


def test_a_mail_set_for_reading_is_in_a_box_of_its_own(sent):
    answer = mailbox.set_mail(RequestFactory().get("/look/mails/0/"), number=0)
    assert "Open</a>" in answer.content.decode()
    assert answer["Content-Security-Policy"] == mailbox.POLICY
    assert "sandbox;" in mailbox.POLICY and "default-src 'none'" in mailbox.POLICY
    with pytest.raises(NotThere):
        mailbox.set_mail(RequestFactory().get("/look/mails/1/"), number=1)


@pytest.mark.parametrize("away", ["from elsewhere", "behind a proxy", "where mail is sent"])
def test_only_who_is_at_this_machine_reads_it(sent, settings, away):
    request = RequestFactory().get("/look/mails/")
    assert mailbox.mailbox(request).status_code == 200
    settings.HUBCRAFT_TRUSTED_PROXIES = int(away == "behind a proxy")
    settings.HUBCRAFT_CAN_MAIL = away == "where mail is sent"
    if away == "from elsewhere":
        request.META["REMOTE_ADDR"] = "192.0.2.7"
    for read in (mailbox.mailbox, lambda it: mailbox.set_mail(it, number=0)):
        with pytest.raises(NotThere):
            read(request)
