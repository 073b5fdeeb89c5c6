"""Who will read what of a hub, asked of the policy itself: for each thing that somebody may be around it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hubcraft.apps.insights import policy
from hubcraft.apps.networks.models import Role, Team
from hubcraft.apps.networks.viewer import Held, Viewer


@dataclass(frozen=True)
class Readers:
    """What is read, and by whom; neither is known by name."""

    what: str
    who: tuple[str, ...]


def around(hub: Team) -> list[tuple[str, Viewer]]:
    """One made-up viewer for each thing that somebody may be around this hub once it is one of two, and its name;
    from who reads most to who reads least."""
    network, initiative = hub.network_id, hub.network.initiative_id
    found = [
        (_("whoever leads either hub"), Held(Role.HUB_LEADER, network=network, team=hub.id)),
        (_("the members of either hub"), Held(Role.MEMBER, network=network, team=hub.id)),
        (_("the coaches of either hub"), Held(Role.COACH, network=network, team=hub.id)),
        (_("whoever leads the network"), Held(Role.NETWORK_LEAD, network=network)),
        (_("the network’s coaches"), Held(Role.COACH, network=network)),
    ]
    if initiative is not None:
        found += [
            (_("whoever leads the initiative"), Held(Role.INITIATIVE_LEAD, initiative=initiative)),
            (_("the initiative’s coaches"), Held(Role.COACH, initiative=initiative)),
        ]
    found.append((_("who does research in the network"), Held(Role.RESEARCHER, network=network)))
    if initiative is not None:
        held = Held(Role.RESEARCHER, initiative=initiative)
        found.append((_("who does research in the initiative"), held))
    return [(words, Viewer(roles=(held,))) for words, held in found]


def what_is_read(viewer: Viewer, hub: Team) -> str:
    """The most that this viewer reads of the one hub."""
    network, initiative = hub.network_id, hub.network.initiative_id or ""
    if policy.can_see_hub(viewer, hub.id):
        return _("Everything that is kept from then on")
    if policy.can_see_shared_hub(viewer, network, hub.id):
        return _(
            "All that the one hub shares with its network, whichever of you two shared it, before or after"
        )
    if policy.can_see_hubs_of_initiative(viewer, initiative):
        return _("What the one hub shares also with the initiative")
    if policy.can_see_network(viewer, network) or policy.can_see_initiative(viewer, initiative):
        return _("Sums over many hubs, and no hub by itself")
    return ""


def readers_of_both(hub: Team) -> tuple[Readers, ...]:
    """Who will read what of two hubs once they are one."""
    found: dict[str, list[str]] = {}
    for words, viewer in around(hub):
        if what := what_is_read(viewer, hub):
            found.setdefault(what, []).append(words)
    return tuple(Readers(what, tuple(who)) for what, who in found.items())


def coaches_read_what_is_shared(hub: Team) -> bool:
    """Whether somebody who coaches this one hub reads what it shares: then they will read of both."""
    coach = Viewer(roles=(Held(Role.COACH, network=hub.network_id, team=hub.id),))
    return policy.can_see_shared_hub(coach, hub.network_id, hub.id).is_allowed
