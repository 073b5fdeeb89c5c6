"""What a hub asks its network for with one of its next steps: which words leave it, who reads them, what becomes of it."""

import secrets
from datetime import timedelta

import pytest

from hubcraft.apps.improvement.actions import settle_step
from hubcraft.apps.improvement.actions import take_back as take_step_back
from hubcraft.apps.improvement.models import NextStep, Raising
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.actions import claims, promising, raising
from hubcraft.apps.insights.queries.raising import list_raised
from hubcraft.apps.networks.models import Role, Team
from hubcraft.apps.people.models import Person
from hubcraft.apps.records.actions import erasure
from hubcraft.apps.rooms.actions import remove_seat
from hubcraft.domain.verdict import NotThere, Refused
from tests.apps.improvement.test_next_steps import again, tell
from tests.apps.insights.test_hubs import promise
from tests.apps.insights.test_merging import Valley
from tests.apps.insights.test_sharing import Place
from tests.device import says
from tests.homes import account, hub_address, make_account, make_hub, make_network, signed_in, trail
from tests.make import NOW

pytestmark = pytest.mark.django_db
ASKED = "Somebody who has done this with the district."
ANSWER = {"answer": "who", "words": "Talk to Hillside."}


def raised(place, step, by=None, asked=ASKED) -> Raising:
    return raising.raise_step(
        by=account(by or place.rosa), hub=place.hub, step_id=step.id, asked=asked, at=NOW
    )


def answer(place, it, was="", by=None, **told):
    more = {"network_id": place.network.id, "raising_id": it.id, "was": was, "at": NOW}
    return raising.answer(by=account(by or place.lena), **more, **(ANSWER | told))


def of_hub(place, words="Find a coach for reading.") -> NextStep:
    said = {"words": words, "owner": "Rosa", "due_on": None}
    return promising.promise(
        by=account(place.rosa), hub=place.hub, once=secrets.token_hex(16), at=NOW, **said
    )


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def few(monkeypatch):
    """As if no room had enough people."""
    monkeypatch.setattr(policy, "PEOPLE_FLOOR", 50)


def test_a_hub_asks_its_network_reads_the_answer_and_takes_it_back(place):
    mia = signed_in(make_account("Mia", hub=place.hub))
    lena, here = signed_in(place.lena), f"{hub_address(place.hub)}next-steps/{place.step.id}/raise/"
    assert says(mia.get(hub_address(place.hub)), "Nothing leaves your hub.")
    page = mia.get(here)
    assert says(page, "are read by whoever leads Valley network, its coaches") and says(
        page, "Call the schools."
    )
    assert not says(lena.get(place.above), ASKED)
    assert mia.post(here, {"asked": " "}).status_code == 422
    assert mia.post(here, {"asked": ASKED}).status_code == 302
    assert mia.post(here, {"asked": "Sent twice."}).status_code == 302
    it = Raising.everywhere.get()

    assert says(mia.get(hub_address(place.hub)), "what you ask it for with 1 next step")
    assert not says(mia.get(hub_address(place.hub)), "Nothing leaves your hub.")

    above = lena.get(place.above)
    assert all(says(above, words) for words in (ASKED, "Call the schools.", "Riverbend"))
    assert not says(above, "Mia")
    there = f"/n/{place.network.id}/raised/{it.id}/"
    assert says(lena.get(there), ASKED)
    assert lena.post(there, {"was": "", "words": "Yes."}).status_code == 422
    assert lena.post(there, ANSWER | {"was": ""}).status_code == 302
    for address in (hub_address(place.hub), here):
        assert says(mia.get(address), "Talk to Hillside."), address

    assert mia.post(f"{here}end/").status_code == 302
    assert not Raising.everywhere.exists()
    assert lena.get(there).status_code == 404
    assert not any(says(lena.get(place.above), it) for it in (ASKED, "Call the schools."))
    assert trail(thing=f"next step {place.step.id}")[-3:] == [
        ("Mia", "raised a next step to the network"),
        ("Lena", "answered what a hub raised"),
        ("Mia", "took back what was raised to the network"),
    ]


def test_who_reads_it_is_who_reads_what_a_hub_shares(place):
    it = raised(place, place.step)
    address = f"/n/{place.network.id}/raised/{it.id}/"
    beside = make_hub(place.network, "Beside")
    reads = {
        "network lead": place.lena,
        "network coach": make_account("Coco", network=place.network, role=Role.COACH),
        "hub coach": make_account("Cora", hub=place.hub, role=Role.COACH),
    }
    reads_not = {
        "hub leader": place.rosa,
        "initiative lead": place.ines,
        "researcher": make_account("Remy", network=place.network, role=Role.RESEARCHER),
        "sibling": make_account("Sib", hub=beside, role=Role.HUB_LEADER),
        "sibling's coach": make_account("Cole", hub=beside, role=Role.COACH),
        "other lead": make_account("Olga", network=make_network("Other"), role=Role.NETWORK_LEAD),
    }
    assert {who: signed_in(it).get(address).status_code for who, it in reads.items()} == dict.fromkeys(
        reads, 200
    )
    assert {who: signed_in(it).get(address).status_code for who, it in reads_not.items()} == dict.fromkeys(
        reads_not, 404
    )
    assert says(signed_in(reads["hub coach"]).get(place.seen), ASKED)
    assert not says(signed_in(reads_not["researcher"]).get(place.above), ASKED)


def test_only_who_leads_the_network_answers(place):
    it = raised(place, place.step)
    coach = make_account("Coco", network=place.network, role=Role.COACH)
    assert signed_in(coach).post(f"/n/{place.network.id}/raised/{it.id}/", ANSWER).status_code == 403
    with pytest.raises(NotThere):
        answer(place, it, by=place.ines)
    answer(place, it)
    assert Raising.everywhere.get().answered_by == place.lena


def test_two_answers_at_once_the_second_reads_the_first(place):
    it = raised(place, place.step)
    answer(place, it)
    lena = signed_in(place.lena)
    told = {"was": "", "answer": "will", "words": "We call them."}
    refused = lena.post(f"/n/{place.network.id}/raised/{it.id}/", told)
    assert refused.status_code == 409
    assert all(
        says(refused, words)
        for words in ("Somebody answered meanwhile", "Talk to Hillside.", "We call them.")
    )
    answer(place, it, was=Raising.everywhere.get().mark, answer="will", words="We call them.")
    assert Raising.everywhere.get().answer == "will"


def test_words_of_a_few_stay_and_what_is_asked_goes_alone(place, few):
    page = signed_in(place.rosa).get(f"{hub_address(place.hub)}next-steps/{place.step.id}/raise/")
    assert says(page, "Fewer than five people were there")
    it = raised(place, place.step)
    assert (it.words, it.asked) == ("", ASKED)
    above = signed_in(place.lena).get(place.above)
    assert says(above, ASKED) and not says(above, "Call the schools.")


@pytest.fixture
def many(monkeypatch):
    """As if every room had."""
    monkeypatch.setattr(policy, "PEOPLE_FLOOR", 0)


def test_what_a_hub_promised_by_itself_is_raised_with_its_words_however_few_they_are(place, few):
    assert raised(place, of_hub(place)).words == "Find a coach for reading."


def test_what_one_person_promised_only_they_raise(place):
    own = promise(place.hall.ben, "Ask my principal.")
    with pytest.raises(Refused, match="theirs to raise"):
        raised(place, own)
    seat = {"by": place.hall.ben.viewer, "account": account(place.rosa), "who": "Rosa", "at": NOW}
    claims.claim_seat(**seat, seat_id=place.hall.ben.seat_id)
    it = raised(place, own)
    assert (it.words, it.is_of_one) == ("Ask my principal.", True)


def test_carrying_on_what_one_person_promised_lets_nobody_else_raise_their_words(place, many):
    own = promise(place.hall.ben, "Ask my principal.")
    second = again(place.hall).begin()
    cleo = second.sit("CL")
    tell(cleo, place.step, "carried")
    assert raised(place, NextStep.everywhere.get(carried_from=place.step)).words == "Call the schools."
    Raising.everywhere.all().delete()
    tell(cleo, own, "carried")
    carried = NextStep.everywhere.get(carried_from=own)
    assert raised(place, carried).words == ""
    Raising.everywhere.all().delete()
    # Nor where the first is gone.
    NextStep.everywhere.filter(id=own.id).delete()
    assert raised(place, carried).words == ""


def test_what_was_promised_without_a_name_is_nobody_s_to_raise():
    place = Place(rung="anonymous")
    own = promise(place.hall.ben, "Ask my principal.")
    with pytest.raises(Refused, match="without a name"):
        raised(place, own)
    assert raised(place, place.step).step == place.step


def test_it_goes_on_with_the_step_and_the_next_session_shows_the_answer(place):
    it = raised(place, place.step)
    second = again(place.hall).begin()
    cleo = second.sit("CL")
    answer(place, it)
    shown = cleo.device.get(f"/r/{second.id}/team-page/")
    assert says(shown, ASKED) and says(shown, "Talk to Hillside.")
    tell(cleo, place.step, "carried")
    carried = NextStep.everywhere.get(carried_from=place.step)
    assert Raising.everywhere.get().step == carried
    assert [one.state for one in list_raised(account(place.lena), place.network)] == ["open"]
    take_step_back(by=cleo.viewer, seat_id=cleo.seat_id, step_id=carried.id, at=NOW)
    assert Raising.everywhere.get().step == place.step


def test_a_step_that_was_taken_back_was_never_raised(place):
    second = again(place.hall).begin()
    cleo = second.sit("CL")
    step = promise(cleo, "Visit a school.", is_shared=True)
    raised(place, step)
    take_step_back(by=cleo.viewer, seat_id=cleo.seat_id, step_id=step.id, at=NOW)
    assert not Raising.everywhere.exists()


def test_told_what_became_of_it_above_reads_that_and_no_reason(place):
    silent, told = raised(place, of_hub(place)), raised(place, place.step)
    answer(place, told)
    for it in (silent, told):
        step = NextStep.everywhere.get(id=it.step_id)
        settle_step(step=step, who="x", was="open", state="dropped", reason="The board said no.", at=NOW)
    lena = signed_in(place.lena)
    page = lena.get(place.above)
    assert says(page, "The step was dropped.") and not says(page, "The board said no.")
    # Nobody waits for an answer any more.
    assert lena.get(f"/n/{place.network.id}/raised/{silent.id}/").status_code == 404
    with pytest.raises(Refused, match="waits for no answer"):
        answer(place, told, was=Raising.everywhere.get(id=told.id).mark, words="Other words.")
    with pytest.raises(Refused, match="told already"):
        raised(place, NextStep.everywhere.get(id=of_settled(place).id))


def of_settled(place) -> NextStep:
    step = of_hub(place, "Buy chairs.")
    return settle_step(step=step, who="x", was="open", state="done", reason="", at=NOW)


def test_a_seat_that_was_put_away_takes_along_what_it_raised(place):
    own = promise(place.hall.cleo, "Ask my principal.")
    mia = make_account("Mia", hub=place.hub)
    claims.claim_seat(
        by=place.hall.cleo.viewer, account=account(mia), who="Mia", seat_id=place.hall.cleo.seat_id, at=NOW
    )
    raised(place, own, by=mia)
    assert len(list_raised(account(place.lena), place.network)) == 1
    remove_seat(by=place.hall.leader, seat=place.hall.cleo.seat, at=NOW)
    assert list_raised(account(place.lena), place.network) == ()


def test_who_is_erased_asks_no_more_in_words_of_their_own_and_their_hub_goes_on(place, settings, tmp_path):
    settings.DATA = tmp_path
    own = promise(place.hall.cleo, "Ask my principal.")
    mia = make_account("Mia", hub=place.hub)
    claims.claim_seat(
        by=place.hall.cleo.viewer, account=account(mia), who="Mia", seat_id=place.hall.cleo.seat_id, at=NOW
    )
    raised(place, own, by=mia)
    kept = raised(place, of_hub(place), by=mia)
    erasure.erase(by=account(mia), person_id=mia.id, at=NOW)
    assert [(it.id, it.person) for it in Raising.everywhere.all()] == [(kept.id, None)]


def test_a_hub_that_moves_is_read_above_no_more_and_keeps_its_answer(place):
    admin = make_account("Ada")
    Person.objects.filter(id=admin.id).update(is_administrator=True)
    coast = make_network("Coast network")
    otto = make_account("Otto", network=coast, role=Role.NETWORK_LEAD)
    answered, waits = raised(place, place.step), raised(place, of_hub(place))
    answer(place, answered)
    address = f"/administration/networks/{place.network.id}/teams/{place.hub.id}/move/"
    assert len(list_raised(account(place.lena), place.network)) == 2
    signed_in(Person.objects.get(id=admin.id)).post(address, {"network_id": coast.id})
    assert list_raised(account(place.lena), place.network) == list_raised(account(otto), coast) == ()
    assert [it.id for it in Raising.everywhere.all()] == [answered.id]
    assert waits.step.is_open
    here = Team.objects.get(id=place.hub.id)
    assert says(signed_in(place.rosa).get(hub_address(here)), "Talk to Hillside.")
    place.hub = here
    assert raised(place, place.step).network == coast


def test_two_hubs_that_become_one_ask_anew():
    valley = Valley()
    answered, _waits = raised(valley, valley.step), raised(valley, of_hub(valley))
    answer(valley, answered)
    theirs = raising.raise_step(
        by=account(valley.olaf), hub=valley.hillside, step_id=valley.promised.id, asked="Books.", at=NOW
    )
    assert len(list_raised(account(valley.lena), valley.network)) == 3
    valley.merge(at=NOW + timedelta(days=1))
    assert list_raised(account(valley.lena), valley.network) == ()
    assert [it.id for it in Raising.everywhere.all()] == [answered.id] and theirs
    # Who was of Riverbend reads the answer, and nobody else does.
    assert says(valley.page(valley.mia), "Talk to Hillside.")
    assert not says(valley.page(valley.hal), "Talk to Hillside.")


def test_what_the_hub_s_page_tells_of_done_and_dropped(place):
    settle_step(step=place.step, who="x", was="open", state="dropped", reason="The board said no.", at=NOW)
    page = signed_in(place.rosa).get(hub_address(place.hub))
    assert says(page, "What became of what you promised") and says(page, "The board said no.")
