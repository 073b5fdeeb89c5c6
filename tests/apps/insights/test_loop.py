"""One hub over three reflections: it rates, promises, asks its network, is answered, does it, and rates again."""

import pytest

from hubcraft.apps.improvement.models import NextStep, Raising
from hubcraft.apps.networks.models import Role
from tests.apps.improvement.test_next_steps import again
from tests.apps.insights.test_look_fors import address_of, keep, promise
from tests.device import says
from tests.homes import hub_address, make_account, make_hub, make_network, signed_in
from tests.make import Hall, opened, seated

pytestmark = pytest.mark.django_db
WHO = ("AB", "CD", "EF", "GH", "IJ")
ASKED = "Somebody who has called all schools of a district."


def rated(hall: Hall, level: str):
    """Five people place their initials, and the team opens its board."""
    people = seated(hall, *WHO)
    for one in people:
        one.fill(level)
    hall.reveal()
    return people


def test_what_was_promised_is_asked_for_answered_done_and_rated_again():
    network = make_network()
    hub = make_hub(network)
    rosa = signed_in(make_account("Rosa", hub=hub, role=Role.HUB_LEADER))
    lena = signed_in(make_account("Lena", network=network, role=Role.NETWORK_LEAD))

    first = opened()
    [ab, *_others] = rated(first, "2")
    step = promise(ab, "Call the schools.")
    rosa_person = make_account("Mia", hub=hub)
    keep(rosa_person, ab, hub)
    home = hub_address(hub)
    assert says(rosa.get(home), "Call the schools.")
    assert rosa.post(f"{home}next-steps/{step.id}/raise/", {"asked": ASKED}).status_code == 302
    it = Raising.everywhere.get()
    assert it.words == "Call the schools."
    above = f"/n/{network.id}/raised/{it.id}/"
    assert says(lena.get(f"/n/{network.id}/"), ASKED)
    answer = {"was": "", "answer": "who", "words": "Ask Hillside: they did."}
    assert lena.post(above, answer).status_code == 302

    # The second opens with it and its answer, and carries it on.
    second = again(first).begin()
    [one, *_rest] = rated(second, "2")
    address = f"/r/{second.id}/next-steps/{step.id}/settlement/"
    assert all(says(one.device.get(f"/r/{second.id}/team-page/"), words) for words in (ASKED, "Ask Hillside"))
    sent = {"was": "open", "state": "carried", "reason": "Hillside calls back."}
    assert one.device.post(address, sent).status_code == 302
    carried = NextStep.everywhere.get(carried_from=step)

    # The third tells that it is done; above they read that, and not how.
    third = again(second).begin()
    [last, *_rest] = seated(third, *WHO[:1])
    opening = last.device.get(f"/r/{third.id}/team-page/")
    assert says(opening, "Carried on from last time") and says(opening, "Ask Hillside")
    address = f"/r/{third.id}/next-steps/{carried.id}/settlement/"
    sent = {"was": "open", "state": "done", "reason": "All nine answered."}
    assert last.device.post(address, sent).status_code == 302
    page = lena.get(f"/n/{network.id}/")
    assert says(page, "The step is done.") and not says(page, "All nine answered.")

    # Everything of it stands with its look-for, from where it is rated again.
    page = rosa.get(address_of(hub, first))
    told = (
        "Carried on into the next session.",
        "All nine answered.",
        ASKED,
        "Ask Hillside",
        "Reflect on this again",
    )
    assert [it for it in told if not says(page, it)] == []
    assert says(rosa.get(home), "All nine answered.")
