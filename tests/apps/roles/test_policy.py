"""Who may give which role, told to people as it is decided."""

import pytest

from hubcraft.apps.networks.models import Role
from hubcraft.apps.networks.viewer import Held, Viewer
from hubcraft.apps.roles import policy
from tests.apps.roles import written


def test_the_page_that_says_who_may_do_what_is_up_to_date():
    assert written.PAGE.read_text() == written.page(), "python -m tests.apps.roles.written writes it anew"


@pytest.mark.parametrize("place", written.PLACES)
def test_whoever_belongs_elsewhere_gives_nothing(place):
    where = written.PLACES[place]
    assert policy.roles_to_give(written.WHO["administrator"], where) == where.roles
    strangers = ("lead of another network", "lead of another initiative", "nobody")
    assert [who for who in strangers if policy.roles_to_give(written.WHO[who], where)] == []


def test_leads_give_within_what_they_lead():
    may = {
        who: [place for place, where in written.PLACES.items() if policy.roles_to_give(viewer, where)]
        for who, viewer in written.WHO.items()
    }
    assert may["lead of the network"] == ["a network", "a hub", "another team"]
    assert may["leader of the team"] == ["a hub", "another team"]
    assert may["lead of the initiative"] == ["an initiative", "a network"]
    assert may["member or coach of the team"] == may["leader of another team"] == []


def test_everybody_may_leave_and_nobody_else_is_taken_away_by_them():
    hub = written.PLACES["a hub"]
    ben = Viewer(person="ben", roles=(Held(Role.MEMBER, network="ours", team="ours"),))
    assert policy.can_take_role(ben, hub, Role.MEMBER, "ben")
    assert not policy.can_take_role(ben, hub, Role.MEMBER, "cleo")
