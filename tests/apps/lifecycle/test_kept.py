"""What a hub keeps about itself: its people read it, its leader writes it, and for everybody else it is not there."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from hubcraft.apps.frameworks.queries import list_domains
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.lifecycle.actions import keeping, stages
from hubcraft.apps.lifecycle.models import KINDS, Charter, Problem, RosterEntry, Routine
from hubcraft.apps.lifecycle.queries.stages import LIFE_CYCLE
from hubcraft.apps.networks.models import Membership
from hubcraft.apps.people.models import Person
from hubcraft.apps.records.actions.erasure import take_out
from hubcraft.apps.records.actions.retention import keep_to_rules
from hubcraft.domain.verdict import NotThere
from tests.apps.lifecycle.place import Home, around, keep_one_of_each, make_home
from tests.device import says
from tests.homes import account, make_account, signed_in, trail
from tests.make import NOW

pytestmark = pytest.mark.django_db
PAGES = ("charter/", "routines/", "roster/", "problems/", "taken-away/")
WRITING = ("charter/write/", "routines/write/", "roster/write/")


@pytest.fixture
def home() -> Home:
    return make_home()


def told(device, path: str) -> str:
    """A page without its blanks, as people read it."""
    answer = device.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# -- who ---------------------------------------------------------------------------------------------------


def test_its_people_read_it_and_nobody_around_them_does(home):
    home.write_charter()
    assert says(home.belongs.get(f"{home.address}charter/"), "Every child reads by grade three.")
    assert [home.belongs.get(f"{home.address}{it}").status_code for it in PAGES] == [200] * len(PAGES)
    for who, person in around(home).items():
        device = signed_in(person)
        assert [device.get(f"{home.address}{it}").status_code for it in (*PAGES, *WRITING)] == [404] * 8, who
        assert home.send(device, "problems/write/", words="x", noticed_on="2026-01-01").status_code == 404


def test_its_leader_writes_it_and_a_member_is_told_so(home):
    assert [home.leads.get(f"{home.address}{it}").status_code for it in WRITING] == [200] * 3
    assert [home.belongs.get(f"{home.address}{it}").status_code for it in WRITING] == [403] * 3
    assert home.write_charter().status_code == 302
    assert home.write_charter(home.belongs).status_code == 403
    assert Charter.everywhere.count() == 1
    home.log_problem(home.belongs)
    assert Problem.everywhere.get().words == "Two schools sent no numbers."


def test_the_hub_page_leads_there(home):
    page = told(home.belongs, home.address)
    assert "Charter · Not written yet." in page
    home.write_charter()
    home.log_problem()
    page = told(home.belongs, home.address)
    assert "To be looked at again on" in page and "1 is open." in page


# -- the charter -------------------------------------------------------------------------------------------


def test_each_saving_is_a_version_and_what_changed_is_shown(home):
    home.write_charter()
    home.write_charter(agreements="We say early what did not work.")
    newest = Charter.everywhere.latest("made_at")
    page = home.belongs.get(f"{home.address}charter/versions/{newest.id}/").content.decode()
    assert "We say<ins> early</ins> what did not work." in page
    assert page.count("<ins>") == 1 and "<del>" not in page
    assert [it.agreements for it in Charter.everywhere.order_by("made_at")] == [
        "We say what did not work.",
        "We say early what did not work.",
    ]


def test_a_form_sent_twice_is_one_version(home):
    once = {"once": "a" * 32, "was": "", "purpose": "To read."}
    assert [home.leads.post(f"{home.address}charter/write/", once).status_code for _ in range(2)] == [
        302,
        302,
    ]
    assert Charter.everywhere.count() == 1


def test_who_writes_beside_somebody_else_is_told_and_loses_nothing(home):
    home.write_charter()
    answer = home.send(home.leads, "charter/write/", was="", purpose="Another purpose.")
    assert answer.status_code == 409 and says(answer, "Another purpose.")
    now = re.search(r'name="was" value="(\w+)"', answer.content.decode())[1]
    assert home.send(home.leads, "charter/write/", was=now, purpose="Another purpose.").status_code == 302
    assert Charter.everywhere.count() == 2


@pytest.mark.parametrize(
    ("zone", "day", "clock"),
    [("UTC", "May 6, 2031", "2:12 a.m."), ("America/Chicago", "May 5, 2031", "9:12 p.m.")],
)
def test_it_bears_the_day_on_which_it_was_written_where_the_hub_is(home, zone, day, clock):
    home.write_charter()
    Charter.everywhere.update(made_at=datetime(2031, 5, 6, 2, 12, tzinfo=UTC))
    home.network.time_zone = zone
    home.network.save()
    page = told(home.belongs, f"{home.address}charter/")
    assert f"Written on {day}." in page
    assert f"{day}, {clock}" in page
    of_version = told(home.belongs, f"{home.address}charter/versions/{Charter.everywhere.get().id}/")
    assert f"Charter of {day}" in of_version
    assert clock in of_version


def test_near_its_day_it_asks_to_be_looked_at_and_once_it_was_it_asks_no_more(home):
    home.write_charter()
    assert not says(home.leads.get(home.address), "Look at it")
    Charter.everywhere.update(review_on=date.today() + timedelta(days=13))
    assert says(home.leads.get(home.address), "Look at it")
    assert says(home.leads.get(f"{home.address}charter/"), "It still holds")
    assert not says(home.belongs.get(f"{home.address}charter/"), "It still holds")
    assert (
        home.send(
            home.leads, "charter/review/", was=home.was(home.leads, "charter/"), review_on="2031-01-01"
        ).status_code
        == 302
    )
    assert not says(home.leads.get(home.address), "Look at it")
    assert says(home.leads.get(f"{home.address}charter/"), "looked at again, no word changed")


def test_a_day_stands_in_its_field_as_browsers_read_it_in_every_language(home):
    home.write_charter()
    for language in ("en", "es"):
        page = home.leads.client.get(f"{home.address}charter/write/", headers={"Accept-Language": language})
        assert 'type="date" value="2031-06-01"' in page.content.decode()


def test_it_is_taken_home_as_a_file(home):
    assert home.belongs.get(f"{home.address}charter/file.pdf").status_code == 404
    home.write_charter()
    answers = [home.belongs.get(f"{home.address}charter/file.{it}") for it in ("docx", "pdf", "xlsx", "zip")]
    assert [it.status_code for it in answers] == [200] * 4
    assert answers[1].content.startswith(b"%PDF")


# -- routines and problems ---------------------------------------------------------------------------------


def test_a_closed_problem_becomes_a_routine(home):
    problem = home.log_problem()
    change = {
        "words": "Two schools sent no numbers.",
        "noticed_on": date.today().isoformat(),
        "is_urgent": "on",
    }
    decided = {"decision": "Call each school on Mondays.", "closed_on": date.today().isoformat()}
    assert not says(home.leads.get(f"{home.address}problems/{problem}/"), "Make it a routine")
    path = f"problems/{problem}/change/"
    was = home.was(home.belongs, path)
    assert home.send(home.belongs, path, was=was, **change, **decided).status_code == 302
    assert says(home.leads.get(f"{home.address}problems/{problem}/"), "Make it a routine")
    form = home.leads.get(f"{home.address}routines/write/?problem={problem}")
    assert says(form, "Two schools sent no numbers.") and says(form, "Call each school on Mondays.")
    sent = {"name": "Monday calls", "agenda": "Who is missing?\nWho calls?", "problem_id": problem}
    assert home.send(home.leads, "routines/write/", **sent).status_code == 302
    assert Routine.everywhere.get().came_from_id == problem
    assert says(home.belongs.get(f"{home.address}problems/{problem}/"), "It became a routine")
    assert ("Rosa", "made a routine of a problem") in trail()


def test_a_closed_problem_becomes_a_next_step_and_an_open_one_does_not(home):
    problem = home.log_problem()
    path, step = f"problems/{problem}/next-step/", {"words": "Call both schools.", "size": "small"}
    refused = home.send(home.belongs, path, **step)
    assert refused.status_code == 422 and says(refused, "still open")
    assert not NextStep.everywhere.exists()
    Problem.everywhere.update(closed_on=date.today())
    assert home.send(home.belongs, path, **step).status_code == 302
    assert NextStep.everywhere.get().words == "Call both schools."
    assert says(home.belongs.get(home.address), "Call both schools.")
    assert says(home.belongs.get(home.address), "small: within a week")
    assert ("Ben", "promised a next step") in trail()


def test_problems_are_counted_by_domain(home):
    key = list_domains("en")[0].key
    home.log_problem(domains=key)
    home.log_problem(words="The bus was late.")
    nowhere = {"words": "x", "noticed_on": date.today().isoformat(), "domains": "nobody-s/domain"}
    assert home.send(home.belongs, "problems/write/", **nowhere).status_code == 422
    assert Problem.everywhere.filter(domains=[key]).count() == 1
    page = told(home.belongs, f"{home.address}problems/?domain={key}")
    assert "Two schools sent no numbers." in page and "The bus was late." not in page


# -- the roster --------------------------------------------------------------------------------------------


def test_the_roster_names_members_by_themselves_and_others_as_written(home):
    sent = {"name": "Cleo Park", "does": "Keeps the numbers", "since_on": "2025-09-01"}
    assert home.send(home.leads, "roster/write/", **sent).status_code == 302
    home.send(
        home.leads, f"roster/people/{home.ben.id}/", does="Calls the schools", hand_over="Keys: office."
    )
    page = told(home.belongs, f"{home.address}roster/")
    assert all(it in page for it in ("Rosa", "Ben", "Calls the schools", "Cleo Park", "Keeps the numbers"))
    entry = RosterEntry.everywhere.get(has_account=True)
    assert (entry.name, entry.since_on) == ("", None)
    Membership.objects.filter(person=home.ben).update(ended_at=timezone.now())
    page = told(home.leads, f"{home.address}roster/")
    assert page.index("Who was here before") < page.index("Calls the schools")
    assert "Keys: office." in page


def test_who_gave_no_name_is_shown_by_no_address_while_here_or_gone(home):
    people = Person.objects.filter(id__in=[home.ben.id, home.rosa.id])
    keep_one_of_each(account(home.rosa), home.hub)
    pages = {it: f"{home.address}{it}" for it in ("roster/", "charter/", "life-cycle/")}
    pages["version"] = f"{pages['charter/']}versions/{Charter.everywhere.get().id}/"
    pages["evidence"] = f"{pages['life-cycle/']}evidence/initiate/build-the-vision/written-aim/"
    stages.say_stage(
        by=account(home.rosa),
        hub=home.hub,
        once="e" * 32,
        stage=f"{LIFE_CYCLE}/develop",
        since_on=NOW.date(),
        why="",
        at=timezone.now(),
    )
    reader = signed_in(make_account("Nina", hub=home.hub))
    assert all("Rosa" in told(reader, it) for it in pages.values())
    people.update(name="")
    Membership.objects.filter(person=home.ben).update(ended_at=timezone.now())
    for name, path in pages.items():
        page = told(reader, path)
        assert "@" not in page and "somebody without a name" in page, name
    assert told(reader, pages["roster/"]).count("somebody without a name") == 2
    page = told(home.leads, f"{pages['roster/']}people/{home.ben.id}/")
    assert "somebody without a name" in page and "ben@" not in page


# -- undo, retention, erasure ------------------------------------------------------------------------------


def fill_all(home: Home) -> None:
    """One row of each kind."""
    base = {"network": home.network, "team": home.hub, "person": home.rosa}
    base |= {"made_at": timezone.now(), "changed_at": timezone.now()}
    more = {
        "stage": {"stage": "develop", "since_on": date.today()},
        "evidence": {"piece": "a", "since_on": date.today()},
        "problem": {"words": "x", "noticed_on": date.today()},
    }
    for kind, model in KINDS.items():
        model.objects.create(**base, **more.get(kind, {}))


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_taken_away_can_be_put_back_for_thirty_days(home, kind):
    fill_all(home)
    row = KINDS[kind].everywhere.get()
    path = f"taken-away/{kind}/{row.id}/"
    assert signed_in(around(home)["other hub"]).post(f"{home.address}{path}").status_code == 404
    assert home.belongs.post(f"{home.address}{path}").status_code == (302 if kind == "problem" else 403)
    assert home.leads.post(f"{home.address}{path}").status_code == 302
    assert KINDS[kind].everywhere.get().removed_at is not None
    assert says(home.leads.get(f"{home.address}taken-away/"), "Put it back")
    assert home.leads.post(f"{home.address}{path}back/").status_code == 302
    assert KINDS[kind].everywhere.get().removed_at is None
    home.leads.post(f"{home.address}{path}")
    later = timezone.now() + timedelta(days=31)
    with pytest.raises(NotThere):
        keeping.put_back(by=account(home.rosa), hub=home.hub, kind=kind, row_id=row.id, at=later)
    keep_to_rules(at=timezone.now() + timedelta(days=29))
    assert KINDS[kind].everywhere.count() == 1
    keep_to_rules(at=later)
    assert [model.everywhere.count() for model in KINDS.values()] == [int(it != kind) for it in KINDS]


def test_an_erased_person_is_named_nowhere_and_what_was_written_stays(home):
    home.log_problem(whose="BEN", words="The key was lost.")
    home.send(home.leads, "roster/write/", name="ben")
    home.send(
        home.leads, f"roster/people/{home.ben.id}/", does="Calls", hand_over="The keys are in the office."
    )
    take_out(home.ben, timezone.now())
    assert Problem.everywhere.get().whose == "" and Problem.everywhere.get().person is None
    assert RosterEntry.everywhere.get(has_account=False).name == ""
    page = told(home.leads, f"{home.address}roster/")
    assert "Ben" not in page and "The keys are in the office." in page
    assert "The key was lost." in told(home.leads, f"{home.address}problems/")
