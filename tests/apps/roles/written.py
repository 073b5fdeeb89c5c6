"""docs/host/roles.md, written from the policy: `python -m tests.apps.roles.written` writes it anew."""

from collections.abc import Iterator
from pathlib import Path

import django
from django.utils import translation

django.setup()

from hubcraft.apps.insights import policy as insights  # noqa: E402
from hubcraft.apps.networks import policy as networks  # noqa: E402
from hubcraft.apps.networks.models import Role  # noqa: E402
from hubcraft.apps.networks.viewer import Held, Viewer  # noqa: E402
from hubcraft.apps.people import policy as people  # noqa: E402
from hubcraft.apps.records import policy as records  # noqa: E402
from hubcraft.apps.roles import policy  # noqa: E402
from hubcraft.apps.roles.policy import Place  # noqa: E402

PAGE = Path(__file__).parents[3] / "docs" / "host" / "roles.md"
HEAD = """# Who may do what

Written from the policy modules by a test's own hand (`python -m tests.apps.roles.written`); a test fails when it is not up
to date. An initiative holds networks, a network holds teams, one team of a network is its hub. A role is held in one place;
one person may hold several in several places. Whoever invites may also give and take: an invitation is a role that waits for
a yes, and means nothing any more once whoever made it may no longer give that role.
"""
PLACES = {
    "an initiative": Place(initiative="ours"),
    "a network": Place(initiative="ours", network="ours"),
    "a hub": Place(initiative="ours", network="ours", team="ours", is_hub=True),
    "another team": Place(initiative="ours", network="ours", team="ours"),
}
# Everybody that may stand around a place: who they are, and what they hold.
WHO = {
    "administrator": Viewer(person="a", is_administrator=True),
    "lead of the initiative": Viewer(person="b", roles=(Held(Role.INITIATIVE_LEAD, initiative="ours"),)),
    "coach or researcher of the initiative": Viewer(
        person="c",
        roles=(Held(Role.COACH, initiative="ours"), Held(Role.RESEARCHER, initiative="ours")),
    ),
    "lead of the network": Viewer(person="d", roles=(Held(Role.NETWORK_LEAD, network="ours"),)),
    "coach or researcher of the network": Viewer(
        person="e", roles=(Held(Role.COACH, network="ours"), Held(Role.RESEARCHER, network="ours"))
    ),
    "leader of the team": Viewer(person="f", roles=(Held(Role.HUB_LEADER, network="ours", team="ours"),)),
    "member or coach of the team": Viewer(
        person="g",
        roles=(Held(Role.MEMBER, network="ours", team="ours"), Held(Role.COACH, network="ours", team="ours")),
    ),
    "leader of another team": Viewer(
        person="h", roles=(Held(Role.HUB_LEADER, network="ours", team="theirs"),)
    ),
    "lead of another network": Viewer(person="i", roles=(Held(Role.NETWORK_LEAD, network="theirs"),)),
    "lead of another initiative": Viewer(
        person="j", roles=(Held(Role.INITIATIVE_LEAD, initiative="theirs"),)
    ),
    "nobody": Viewer(),
}
# Who may look at what hubs have: coaches and researchers apart.
SEEING = {
    "initiative lead": Held(Role.INITIATIVE_LEAD, initiative="ours"),
    "coach of the initiative": Held(Role.COACH, initiative="ours"),
    "researcher of the initiative": Held(Role.RESEARCHER, initiative="ours"),
    "network lead": Held(Role.NETWORK_LEAD, network="ours"),
    "coach of the network": Held(Role.COACH, network="ours"),
    "researcher of the network": Held(Role.RESEARCHER, network="ours"),
    "hub leader": Held(Role.HUB_LEADER, network="ours", team="ours"),
    "team member": Held(Role.MEMBER, network="ours", team="ours"),
    "coach of the hub": Held(Role.COACH, network="ours", team="ours"),
}
SEEN = {
    "a hub’s own page, its boards, and who looked at what of it": lambda it: insights.can_see_hub(it, "ours"),
    "everything that was done in a hub": lambda it: records.can_read_trail(it, "ours"),
    "what one hub shares with its network": lambda it: insights.can_see_shared_hub(it, "ours", "ours"),
    "which hubs of the network share": lambda it: insights.can_see_hubs_of_network(it, "ours"),
    "sums over the hubs of the network": lambda it: insights.can_see_network(it, "ours"),
    "what hubs share with the initiative": lambda it: insights.can_see_hubs_of_initiative(it, "ours"),
    "sums over the hubs of the initiative": lambda it: insights.can_see_initiative(it, "ours"),
}


def page() -> str:
    """The page as the policy has it now."""
    with translation.override("en"):
        rules = "\n".join(f"- {sentence}" for sentence in list_rules())
        return "\n".join([HEAD, *table(), "", *sights(), "", "## In sentences", "", rules, ""])


def table() -> Iterator[str]:
    """Who may give which role where, asked of the policy one by one."""
    yield "## Who gives, takes and invites to which role"
    yield ""
    yield "| in | the role | is given, taken and invited to by |"
    yield "| --- | --- | --- |"
    for place, where in PLACES.items():
        for role in where.roles:
            may = [who for who, viewer in WHO.items() if policy.can_give_role(viewer, where, role)]
            yield f"| {place} | {role.label} | {', '.join(may)} |"


def sights() -> Iterator[str]:
    """Who sees what of hubs, asked of the policy one by one."""
    yield "## Who sees what of hubs"
    yield ""
    yield "Whoever is not named is told that there is nothing. Sums pass the floors; the hub sees who looked."
    yield ""
    yield "| what | is seen by |"
    yield "| --- | --- |"
    for what, may_see in SEEN.items():
        who = [name for name, held in SEEING.items() if may_see(Viewer(person="k", roles=(held,)))]
        yield f"| {what} | {', '.join(who)} |"


def list_rules() -> Iterator[str]:
    """What each rule says of itself."""
    for rule in (
        policy.can_give_role,
        policy.can_take_role,
        policy.can_hand_over,
        insights.can_merge,
        people.can_administer,
        people.can_end_administrator,
        people.can_have_account_page,
        networks.must_show_second_step,
        people.can_forget_second_step,
        insights.can_see_network,
        insights.can_see_hubs_of_network,
        insights.can_see_shared_hub,
        insights.can_ask,
    ):
        yield " ".join(rule.__doc__.split())


if __name__ == "__main__":
    PAGE.write_text(page())
