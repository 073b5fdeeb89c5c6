"""Long files are made beside the pages: for the one who asked, of what they may see then, for a day."""

import errno
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.actions import leaders, making
from hubcraft.apps.facilitation.exports import files
from hubcraft.apps.facilitation.models import MadeFile
from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.records.actions import erasure
from hubcraft.cli import making as maker
from tests.apps.facilitation.test_heard import say
from tests.device import text_of
from tests.files import words_of_word
from tests.homes import account, hub_address, make_account, make_hub, make_network, signed_in
from tests.make import NOW, Hall, second, start

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everything_is_long(monkeypatch, tmp_path):
    """What is measured in boards is set so low that a small room is above it; files lie in a folder of this test."""
    monkeypatch.setattr(files, "LONGEST_WAIT", 0)
    monkeypatch.setattr(settings, "DATA", tmp_path)


@pytest.fixture
def hall() -> Hall:
    hall = start(script="workshop").begin()
    hall.go_to("hear")
    say(hall, "We start with what went well")
    return hall


def page(hall: Hall) -> str:
    return f"/r/{hall.id}/lead/harvest/"


def ask(hall: Hall, kind: str = "docx") -> str:
    """The facilitator asks for a file; where they see how far it is."""
    answer = hall.lead_device().post(f"{page(hall)}file.{kind}")
    assert answer.status_code == 302
    return answer["Location"]


def take(hall: Hall, address: str):
    return hall.lead_device().get(f"{address}take/")


def folders() -> list[str]:
    return sorted(it.name for it in maker.queries.all_folders().iterdir() if it.is_dir())


# -- asked for, made, taken ------------------------------------------------------------------------------------


def test_a_short_one_is_sent_at_once_and_a_long_one_is_asked_for(hall, monkeypatch):
    shown = text_of(hall.lead_device().get(page(hall)))
    assert f'formaction="{page(hall)}file.docx"' in shown and "download" not in shown
    monkeypatch.setattr(files, "LONGEST_WAIT", 10)
    shown = text_of(hall.lead_device().get(page(hall)))
    assert f'href="{page(hall)}file.docx" download' in shown and "formaction" not in shown
    assert hall.lead_device().get(f"{page(hall)}file.docx").status_code == 200
    assert MadeFile.objects.count() == 0


def test_a_long_one_is_made_and_holds_the_page(hall):
    address = ask(hall)
    shown = text_of(hall.lead_device().get(address))
    assert "It is being made." in shown and '<meta http-equiv="refresh"' in shown and "/take/" not in shown
    assert take(hall, address).status_code == 404
    maker.make_all()
    shown = text_of(hall.lead_device().get(address))
    assert f'href="{address}take/"' in shown and "refresh" not in shown
    taken = take(hall, address)
    assert "We start with what went well" in words_of_word(taken.content)
    assert taken["Content-Type"] == files.KINDS["docx"].mime
    assert taken["Content-Disposition"].startswith('attachment; filename="what-to-take-home-')


@pytest.mark.parametrize("kind", files.KINDS)
def test_it_is_the_file_that_a_short_one_is(hall, kind, monkeypatch):
    # A file carries the second it was made in.
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    address = ask(hall, kind)
    maker.make_all()
    made = take(hall, address)
    monkeypatch.setattr(files, "LONGEST_WAIT", 10)
    at_once = hall.lead_device().get(f"{page(hall)}file.{kind}")
    assert (made.content, made["Content-Disposition"]) == (at_once.content, at_once["Content-Disposition"])


def test_who_only_opens_the_address_has_nothing_made_for_them(hall):
    answer = hall.lead_device().get(f"{page(hall)}file.docx")
    assert (answer.status_code, answer["Location"], MadeFile.objects.count()) == (302, page(hall), 0)
    assert hall.lead_device().post(f"{page(hall)}file.exe").status_code == 404


def test_asked_twice_is_one_and_another_kind_is_another(hall):
    assert ask(hall) == ask(hall)
    assert ask(hall, "pdf") != ask(hall)
    assert MadeFile.objects.count() == 2
    first = ask(hall)
    maker.make_all()
    assert ask(hall) != first, "what was made is as old as it is: asked again, it is made anew"


def test_it_is_in_the_language_of_who_asked():
    hall = start(script="workshop", language="es").begin()
    address = ask(hall)
    maker.make_all()
    assert "Qué" in words_of_word(take(hall, address).content) or "llevar" in words_of_word(
        take(hall, address).content
    )


def test_how_far_it_is_stands_on_its_page(hall):
    address = ask(hall)
    file = MadeFile.objects.get()
    making.note_progress(file_id=file.id, done=40)
    assert '<progress id="done" max="100" value="40">' in text_of(hall.lead_device().get(address))


# -- whose it is -----------------------------------------------------------------------------------------------


def test_nobody_else_gets_it_not_even_who_leads_the_same_room(hall):
    other = second(hall)
    address = ask(hall)
    maker.make_all()
    assert take(hall, address).status_code == 200
    assert [take(other, address).status_code, other.lead_device().get(address).status_code] == [404, 404]
    elsewhere = start(script="workshop").begin()
    there = address.replace(hall.id, elsewhere.id)
    assert elsewhere.lead_device().get(there).status_code == 404
    assert hall.sit("ZZ").device.get(f"{address}take/").status_code == 404


def test_who_no_longer_leads_gets_it_no_more_and_none_is_made(hall):
    other = second(hall)
    address = ask(other)
    maker.make_all()
    assert take(other, address).status_code == 200
    later = ask(other)
    leaders.take_key(by=hall.leader, room=hall.room, key_id=other.leader.lead_key, at=NOW)
    assert take(other, address).status_code == 404
    maker.make_all()
    assert MadeFile.objects.get(id=later.rstrip("/").rpartition("/")[2]).fault == "gone"
    assert len(folders()) == 1


def test_a_hubs_file_is_for_who_belongs_to_the_hub_when_they_take_it():
    hub = make_hub(make_network())
    rosa = make_account("Rosa", hub=hub, role=Role.HUB_LEADER)
    cleo = make_account("Cleo", hub=hub)
    asked = {"of": "hub", "place": hub.id, "kind": "docx", "size": "a4", "language": "en", "at": NOW}
    theirs = making.ask_for_file(whose=rosa.in_trail, **asked)
    gone = making.ask_for_file(whose=cleo.in_trail, **asked)
    Membership.objects.filter(person=cleo).update(ended_at=NOW)
    maker.make_all()
    address = f"{hub_address(hub)}files/{theirs}/take/"
    assert "Riverbend" in words_of_word(signed_in(rosa).get(address).content)
    assert signed_in(cleo).get(address).status_code == 404
    assert MadeFile.objects.get(id=gone).fault == "gone"
    Membership.objects.filter(person=rosa).update(ended_at=NOW)
    assert signed_in(rosa).get(address).status_code == 404


def test_nobody_fills_the_folder_with_long_files(hall, monkeypatch):
    monkeypatch.setattr(policy, "LONG_FILES", 2)
    for kind in ("docx", "pdf"):
        ask(hall, kind)
    refused = hall.lead_device().post(f"{page(hall)}file.xlsx")
    assert refused.status_code == 409
    assert "Take those that are there" in text_of(refused)
    assert MadeFile.objects.count() == 2


def test_who_is_erased_leaves_no_file():
    hub = make_hub(make_network())
    rosa = make_account("Rosa", hub=hub, role=Role.MEMBER)
    asked = {"of": "hub", "place": hub.id, "kind": "docx", "size": "a4", "language": "en", "at": NOW}
    making.ask_for_file(whose=rosa.in_trail, **asked)
    # Somebody else's of the same hub, in which she may stand.
    making.ask_for_file(whose=make_account("Cleo", hub=hub).in_trail, **asked)
    maker.make_all()
    maker.clear_away(NOW)
    assert len(folders()) == 2
    erasure.erase(by=account(rosa), person_id=rosa.id, at=NOW)
    maker.clear_away(NOW)
    assert (folders(), MadeFile.objects.count()) == ([], 0)


# -- what goes wrong -------------------------------------------------------------------------------------------


def test_it_is_kept_for_a_day(hall):
    address = ask(hall)
    maker.make_all()
    asked_at = MadeFile.objects.get().asked_at
    maker.clear_away(asked_at + timedelta(hours=23))
    assert take(hall, address).status_code == 200
    maker.clear_away(asked_at + timedelta(hours=25))
    assert (take(hall, address).status_code, folders()) == (404, [])


def test_a_file_that_is_not_there_any_more_says_so(hall):
    """A backup brings the row back, and no file."""
    address = ask(hall)
    maker.make_all()
    maker.shutil.rmtree(maker.queries.folder_of(folders()[0]))
    assert take(hall, address).status_code == 404
    assert "It could not be made." in text_of(hall.lead_device().get(address))


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "The disk of this place is full."), (errno.EIO, "It could not be made.")],
)
def test_a_full_disk_is_said_in_a_sentence_and_asked_again_it_works(hall, number, sentence, monkeypatch):
    def refuse(*_words):
        raise OSError(number, os.strerror(number))

    address = ask(hall)
    with monkeypatch.context() as meanwhile:
        # As the system says it once the last block is taken.
        meanwhile.setattr(maker.os, "fsync", refuse)
        maker.make_all()
    shown = text_of(hall.lead_device().get(address))
    assert sentence in shown and folders() == []
    again = ask(hall)
    maker.make_all()
    assert take(hall, again).status_code == 200


def test_what_takes_its_maker_down_again_and_again_is_given_up(hall):
    address = ask(hall)
    file = MadeFile.objects.get()
    for _turn in range(maker.MOST_TURNS):
        making.begin_file(file_id=file.id)
    maker.make_all()
    assert "It could not be made." in text_of(hall.lead_device().get(address))


HOLDER = """
import fcntl, os, sys, time
handle = os.open(sys.argv[1], os.O_CREAT | os.O_RDWR)
fcntl.flock(handle, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""


def test_who_is_killed_in_the_middle_leaves_it_to_the_next(hall, tmp_path):
    """Another process makes it and is killed: until then nobody interferes, afterwards it is made again."""
    address = ask(hall)
    file = MadeFile.objects.get()
    folder: Path = maker.queries.folder_of(file.id)
    folder.mkdir(parents=True)
    (folder / maker.PART).write_bytes(b"half a file")
    making.begin_file(file_id=file.id)
    making.note_progress(file_id=file.id, done=60)
    lock = str(maker.queries.all_folders() / "lock")
    with subprocess.Popen([sys.executable, "-c", HOLDER, lock], stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        maker.make_all()
        assert take(hall, address).status_code == 404
        os.kill(other.pid, signal.SIGKILL)
    maker.make_all()
    assert "We start with what went well" in words_of_word(take(hall, address).content)
    assert [it.suffix for it in folder.iterdir()] == [".docx"]
