"""Networks and initiatives, from above: sums through the floors, and the hubs that share. Looking is noted for the hub."""

from django.utils.translation import gettext_lazy as _
from ninja import Schema

from hubcraft.api.counts import Counts, counts
from hubcraft.api.operations import reads
from hubcraft.api.shapes import InPath, Listed, LookFor, Named, Part, listed, look_for, named
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.actions import sharing
from hubcraft.apps.insights.queries import above
from hubcraft.domain.verdict import insist


class AboveSeen(Named):
    """A network or an initiative: the last reflections of the hubs that share, together, and how many share nothing."""

    sharing: int | None
    silent: int
    together: list[Counts]


class SharingHub(Named):
    """A hub that shares something, and how much, in words."""

    network: str
    shares: str


class SharedWords(Schema):
    """A strategy or a next step as it was when the hub shared it; never who wrote it."""

    look_for: LookFor | None
    words: str
    how_we_know: str
    language: str


class SharedHub(Named):
    """One hub, as far as it shares."""

    boards: list[Counts]
    strategies: list[SharedWords]
    next_steps: list[SharedWords]


NOTED = _("Every hub that went into it sees that you looked.")


@reads(
    "/networks",
    policy=policy.can_see_network,
    summary=_("Networks you lead, coach in or do research on"),
    answer=Listed[Named],
)
def networks(request, part: Part):
    return listed(request, above.list_networks(request.auth.viewer), part, named)


@reads(
    "/networks/{network_id}",
    policy=policy.can_see_network,
    summary=_("A network: sums over its hubs"),
    words=NOTED,
    answer=AboveSeen,
)
def network(request, network_id: InPath):
    return show_above(request, above.get_network(request.auth.viewer, network_id))


@reads(
    "/networks/{network_id}/hubs",
    policy=policy.can_see_hubs_of_network,
    summary=_("The hubs of a network that share something"),
    answer=Listed[SharingHub],
)
def network_hubs(request, network_id: InPath, part: Part):
    return show_hubs(request, above.get_network(request.auth.viewer, network_id), part)


@reads(
    "/networks/{network_id}/hubs/{hub_id}",
    policy=policy.can_see_shared_hub,
    summary=_("One hub of a network, as far as it shares"),
    words=_("The hub sees that you looked."),
    answer=SharedHub,
)
def network_hub(request, network_id: InPath, hub_id: InPath):
    return show_shared(request, above.get_network_hub(request.auth.viewer, network_id, hub_id))


@reads(
    "/initiatives",
    policy=policy.can_see_initiative,
    summary=_("Initiatives you lead, coach in or do research on"),
    answer=Listed[Named],
)
def initiatives(request, part: Part):
    return listed(request, above.list_initiatives(request.auth.viewer), part, named)


@reads(
    "/initiatives/{initiative_id}",
    policy=policy.can_see_initiative,
    summary=_("An initiative: sums over its hubs"),
    words=NOTED,
    answer=AboveSeen,
)
def initiative(request, initiative_id: InPath):
    return show_above(request, above.get_initiative(request.auth.viewer, initiative_id))


@reads(
    "/initiatives/{initiative_id}/hubs",
    policy=policy.can_see_hubs_of_initiative,
    summary=_("The hubs of an initiative that share something with it"),
    answer=Listed[SharingHub],
)
def initiative_hubs(request, initiative_id: InPath, part: Part):
    return show_hubs(request, above.get_initiative(request.auth.viewer, initiative_id), part)


@reads(
    "/initiatives/{initiative_id}/hubs/{hub_id}",
    policy=policy.can_see_hubs_of_initiative,
    summary=_("One hub of an initiative, as far as it shares with it"),
    words=_("The hub sees that you looked."),
    answer=SharedHub,
)
def initiative_hub(request, initiative_id: InPath, hub_id: InPath):
    return show_shared(request, above.get_initiative_hub(request.auth.viewer, initiative_id, hub_id))


def show_above(request, here: above.Above) -> AboveSeen:
    """Whoever sees a sum has looked at what went into it."""
    viewer = request.auth.viewer
    sharing.look(by=viewer, releases=above.releases_in_sums(here), at=request.moment)
    page = above.above_page(viewer, here)
    return AboveSeen(
        id=(here.network or here.initiative).id,
        name=page.name,
        sharing=len(page.hubs) if page.sees_hubs else None,
        silent=page.silent,
        together=[counts(it) for it in page.together],
    )


def show_hubs(request, here: above.Above, part: Part) -> dict:
    insist(above.can_see_hubs_of(request.auth.viewer, here))
    page = above.above_page(request.auth.viewer, here)
    return listed(
        request,
        page.hubs,
        part,
        lambda it: SharingHub(id=it.id, name=it.name, network=it.network_name or here.name, shares=it.shares),
    )


def show_shared(request, shared: above.SharedHub) -> SharedHub:
    """That somebody looked is written down before they see it."""
    viewer = request.auth.viewer
    sharing.look(by=viewer, releases=shared.releases, at=request.moment)
    page = above.shared_hub_page(viewer, shared)
    return SharedHub(
        id=shared.hub.id,
        name=page.name,
        boards=[counts(it) for it in page.boards],
        strategies=[shared_words(it) for it in page.strategies],
        next_steps=[shared_words(it) for it in page.next_steps],
    )


def shared_words(it: above.SharedWords) -> SharedWords:
    return SharedWords(
        look_for=look_for(it.look_for), words=it.words, how_we_know=it.how_we_know, language=it.language
    )
