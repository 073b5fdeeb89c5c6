"""Two who write at once, and what was written before two hubs became one: nobody's words are lost, and a page says who
will read them before they are saved."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.lifecycle.models import Charter, Evidence, Problem, RosterEntry, Routine
from hubcraft.apps.networks.models import Membership, Role
from tests.apps.lifecycle.place import PROBLEM, Home, make_home
from tests.apps.lifecycle.test_kept import told
from tests.apps.lifecycle.test_merged import unite
from tests.apps.lifecycle.test_stages import PIECE, put
from tests.device import says
from tests.homes import make_account, make_hub, signed_in

pytestmark = pytest.mark.django_db
TODAY = date.today().isoformat()
CHANGE = PROBLEM | {"noticed_on": TODAY}
NOTICE = "everybody of the one hub reads what stands in this form"


@pytest.fixture
def home() -> Home:
    return make_home()


def was_in(answer) -> str:
    """What the form carries along when it is shown again."""
    return re.search(r'name="was" value="([^"]*)"', answer.content.decode())[1]


# -- two at once -------------------------------------------------------------------------------------------


def test_an_older_form_of_a_problem_takes_away_nothing_that_somebody_wrote_meanwhile(home):
    path = f"problems/{home.log_problem()}/change/"
    was = home.was(home.belongs, path)
    decided = CHANGE | {"decision": "Call each school."}
    assert home.send(home.leads, path, was=was, **decided).status_code == 302
    answer = home.send(home.belongs, path, was=was, **CHANGE, told="All of them")
    assert answer.status_code == 409 and says(answer, "Somebody changed this meanwhile.")
    assert says(answer, "All of them") and says(answer, "Call each school.")
    assert Problem.everywhere.get().told == ""
    again = decided | {"told": "All of them"}
    # Sent twice, it is still one change.
    assert home.send(home.belongs, path, was=was_in(answer), **again).status_code == 302
    assert home.send(home.belongs, path, was=was_in(answer), **again).status_code == 302
    kept = Problem.everywhere.get()
    assert (kept.decision, kept.told) == ("Call each school.", "All of them")


def test_no_other_older_form_overwrites_either(home):
    home.send(home.leads, "routines/write/", name="Mondays")
    home.send(home.leads, "roster/write/", name="Cleo Park")
    put(home, where="On the wall.")
    rows = {
        f"routines/{Routine.everywhere.get().id}/": ({"name": "Mondays"}, "who"),
        f"roster/{RosterEntry.everywhere.get().id}/": ({"name": "Cleo Park"}, "does"),
        f"roster/people/{home.ben.id}/": ({}, "does"),
        f"life-cycle/evidence/{PIECE}/": ({"since_on": "2026-03-01"}, "where"),
    }
    for path, (fields, name) in rows.items():
        was = home.was(home.leads, path)
        first, second = ({**fields, name: f"Words of {it}."} for it in ("one", "two"))
        assert home.send(home.leads, path, was=was, **first).status_code == 302, path
        answer = home.send(home.leads, path, was=was, **second)
        assert answer.status_code == 409 and says(answer, "Words of two."), path
        assert says(home.leads.get(f"{home.address}{path}"), "Words of one."), path
        assert home.send(home.leads, path, was=was_in(answer), **second).status_code == 302, path
    end = f"life-cycle/evidence/{PIECE}/end/"
    assert home.send(home.leads, end, was=was, ended_on="2026-05-01").status_code == 409
    assert Evidence.everywhere.get().ended_on is None


def test_only_the_version_that_was_read_is_confirmed(home):
    home.write_charter()
    Charter.everywhere.update(review_on=date.today())
    was = home.was(home.leads, "charter/")
    home.write_charter(purpose="Another purpose.", review_on="2031-06-01")
    answer = home.send(home.leads, "charter/review/", was=was, review_on="2031-01-01")
    assert answer.status_code == 409 and says(answer, "Somebody wrote a new version meanwhile.")
    assert says(answer, "Another purpose.") and says(answer, "2031-01-01")
    assert Charter.everywhere.count() == 2
    again = home.send(home.leads, "charter/review/", was=was_in(answer), review_on="2031-01-01")
    assert again.status_code == 302 and Charter.everywhere.count() == 3


def test_what_became_of_a_problem_is_said_once_and_when_it_is_closed(home):
    problem = home.log_problem()
    routine = {"name": "Calls", "problem_id": problem}
    # Of an open one: it still asks, once it is closed.
    assert home.send(home.leads, "routines/write/", **routine, was="").status_code == 302
    assert Problem.everywhere.get().became == ""
    Problem.everywhere.update(closed_on=date.today())
    assert says(home.leads.get(f"{home.address}problems/{problem}/"), "Should something come of it?")
    assert home.send(home.leads, "routines/write/", **routine, was="").status_code == 302
    assert Problem.everywhere.get().became == "routine"
    late = home.belongs.post(f"{home.address}problems/{problem}/once/")
    assert late.status_code == 409 and says(late, "Somebody said meanwhile what came of this problem.")
    path, step = f"problems/{problem}/next-step/", {"words": "Call both."}
    answer = home.send(home.belongs, path, **step, was="")
    assert answer.status_code == 409 and says(answer, "Call both.") and not NextStep.everywhere.exists()
    assert home.send(home.belongs, path, **step, was=was_in(answer)).status_code == 302
    assert Problem.everywhere.get().became == "routine" and NextStep.everywhere.get().words == "Call both."


# -- after two hubs became one -----------------------------------------------------------------------------


@pytest.fixture
def one(home):
    """Olaf's hub, which agrees to become one with Rosa's; `unite` makes it so."""
    hill = make_hub(home.network, "Hillside")
    return hill, make_account("Olaf", hub=hill, role=Role.HUB_LEADER)


def become_one(home: Home, hill, olaf) -> Home:
    """Riverbend is part of Hillside; Rosa leads it too."""
    unite(home.rosa, home.hub, olaf, hill, timezone.now())
    return Home(home.network, hill, home.rosa, home.ben)


def test_what_is_told_on_of_before_is_read_by_everybody_and_its_page_says_so_first(home, one):
    problem = home.log_problem()
    home.send(home.leads, "routines/write/", name="Mondays")
    home.send(home.leads, "roster/write/", name="Cleo Park")
    home.send(home.leads, f"roster/people/{home.ben.id}/", does="Calls")
    put(home, where="On the wall.")
    routine, person = Routine.everywhere.get().id, RosterEntry.everywhere.get(has_account=False).id
    now, olaf = become_one(home, *one), signed_in(one[1])
    rows = {
        f"problems/{problem}/change/": ("problems/", CHANGE | {"words": "Told on, the problem."}),
        f"routines/{routine}/": ("routines/", {"name": "Mondays", "rhythm": "Told on, the routine"}),
        f"roster/{person}/": ("roster/", {"name": "Cleo Park", "does": "Told on, the person"}),
        f"roster/people/{home.ben.id}/": ("roster/", {"does": "Told on, the member"}),
        f"life-cycle/evidence/{PIECE}/": ("life-cycle/", {"since_on": TODAY, "where": "Told on, evidence."}),
    }
    for path, (read, fields) in rows.items():
        words = next(it for it in fields.values() if it.startswith("Told on"))
        assert says(now.leads.get(f"{now.address}{path}"), NOTICE), path
        was = now.was(now.leads, path)
        # From a page that did not say who reads it now.
        answer = now.send(now.leads, path, was=was.partition(".")[0], **fields)
        assert answer.status_code == 409 and says(answer, "More people would read this now"), path
        assert (
            says(answer, NOTICE) and says(answer, words) and words not in told(olaf, f"{now.address}{read}")
        )
        # Sent twice at once it is one.
        for _twice in range(2):
            assert now.send(now.leads, path, was=was, **fields).status_code in (302, 409), path
        for device in (olaf, now.belongs):
            assert told(device, f"{now.address}{read}").count(words) == 1, path
        assert not says(now.leads.get(f"{now.address}{path}"), NOTICE), path
    assert "Two schools sent no numbers." not in told(now.belongs, f"{now.address}problems/")
    # Beside what stands in its place nothing of before is put back.
    back = now.leads.post(f"{now.address}taken-away/problem/{problem}/back/")
    assert back.status_code == 409 and says(back, "Something stands in its place by now.")


def test_words_of_before_that_stand_in_a_new_form_say_who_will_read_them(home, one):
    problem = home.log_problem()
    Problem.everywhere.update(closed_on=date.today())
    now = become_one(home, *one)
    routine, step = "routines/write/", f"problems/{problem}/next-step/"
    fields = {routine: {"name": "Calls", "problem_id": problem}, step: {"words": "Call both."}}
    for path, page in ((step, step), (routine, f"{routine}?problem={problem}")):
        assert says(now.leads.get(f"{now.address}{page}"), NOTICE)
        was = now.was(now.leads, page)
        Problem.everywhere.update(became="")
        bare = now.send(now.leads, path, was="", **fields[path])
        assert (
            bare.status_code == 409 and says(bare, "More people would read this now") and says(bare, NOTICE)
        )
        assert now.send(now.leads, path, was=was, **fields[path]).status_code == 302
        Problem.everywhere.update(became="")
    # To a problem that somebody can't read no way leads.
    assert says(now.leads.get(f"{now.address}{routine[:9]}"), "It came of a problem")
    assert not says(signed_in(one[1]).get(f"{now.address}{routine[:9]}"), "It came of a problem")


def test_a_charter_of_before_becomes_everybodys_only_from_a_page_that_said_so(home, one):
    home.write_charter()
    before = home.was(home.leads, "charter/write/")
    now = become_one(home, *one)
    answer = now.send(now.leads, "charter/write/", was=before, purpose="For both.")
    assert answer.status_code == 409 and says(answer, "More people would read this now")
    assert now.send(now.leads, "charter/write/", was=was_in(answer), purpose="For both.").status_code == 302


# -- the roster --------------------------------------------------------------------------------------------


def test_who_left_before_two_hubs_became_one_stands_with_their_notes_where_they_were(home, one):
    zed, yan = make_account("Zed", hub=home.hub), make_account("Yan", hub=home.hub)
    note = {"hand_over": "Keys: office."}
    assert home.send(home.leads, f"roster/people/{zed.id}/", **note).status_code == 302
    left = timezone.now()
    Membership.objects.filter(person__in=(zed, yan)).update(ended_at=left, made_at=left - timedelta(days=40))
    now, olaf = become_one(home, *one), signed_in(one[1])
    page = told(now.belongs, f"{now.address}roster/")
    assert page.index("Who was here before") < page.index("Zed") < page.index("Keys: office.")
    # Also of whom nothing is written.
    assert page.index("Who was here before") < page.index("Yan")
    theirs = told(olaf, f"{now.address}roster/")
    assert not any(it in theirs for it in ("Zed", "Yan", "Keys: office."))
    # Told on, it is everybody's.
    path = f"roster/people/{zed.id}/"
    assert now.send(now.leads, path, was=now.was(now.leads, path), hand_over="Keys: hall.").status_code == 302
    assert "Keys: hall." in told(olaf, f"{now.address}roster/")


def test_notes_of_before_stand_beside_those_that_the_other_half_wrote(home, one):
    path = f"roster/people/{home.ben.id}/"
    home.send(home.leads, path, hand_over="Keys: office.")
    now, olaf = become_one(home, *one), signed_in(one[1])
    assert now.send(olaf, path, was=now.was(olaf, path), hand_over="Keys: hall.").status_code == 302
    page = told(now.leads, f"{now.address}roster/")
    assert page.index("Keys: hall.") < page.index("Keys: office.")
    assert "Keys: office." not in told(olaf, f"{now.address}roster/")


def test_somebody_stands_in_the_roster_once(home):
    path = f"roster/people/{home.ben.id}/"
    home.send(home.leads, path, does="Calls")
    first = RosterEntry.everywhere.get()
    away = f"{home.address}taken-away/roster/{first.id}/"
    assert home.leads.post(away).status_code == 302
    assert home.send(home.leads, path, does="Visits").status_code == 302
    back = home.leads.post(f"{away}back/")
    assert back.status_code == 409 and says(back, "Something stands in its place by now.")
    assert RosterEntry.everywhere.filter(removed_at=None).get().does == "Visits"
    second = RosterEntry.everywhere.get(removed_at=None)
    assert home.leads.post(f"{home.address}taken-away/roster/{second.id}/").status_code == 302
    assert home.leads.post(f"{away}back/").status_code == 302
