"""The demo's playbook: what its hub is good at as cards, and a hub of another network that tries one of them."""

from datetime import datetime, timedelta

from hubcraft.apps.cards.actions import cards, keeping, opening, trying
from hubcraft.apps.cards.queries.reading import was_of_card
from hubcraft.apps.cards.queries.tries import was_of_try
from hubcraft.apps.frameworks.queries import list_domains, rubric_of
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.queries import find_person
from hubcraft.apps.roles.actions import places, roles
from hubcraft.domain.ids import new_id

OTHER_NETWORK, OTHER_HUB = "Coast network", "Harbor"
OTTO = ("otto@example.org", "Otto Berg", "hub-leader")
# Days before now, look-for by its number, what it says, how far it is open.
CARDS = (
    (
        150,
        9,
        cards.Said(
            does="Whoever joins has a buddy for the first three cycles. The buddy calls before each session, sits"
            " beside them in it, and asks afterwards what made no sense.",
            why="People leave in their first months, when everything is new and nobody asks. Somebody whose job it is"
            " to ask hears it before they go.",
            how_we_know="Nobody who joined since then has left; in the year before it was four of eleven.",
            size="up-to-10",
            sites="schools",
            stage="network-life-cycle/develop",
        ),
        "everyone",
    ),
    (
        400,
        4,
        cards.Said(
            does="One shared thread for what concerns more than two of us. Whatever was said elsewhere is written"
            " there on the same day.",
            how_we_know="We stopped hearing “nobody told me”.",
            size="up-to-10",
            sites="schools",
        ),
        "network",
    ),
    (
        380,
        2,
        cards.Said(does="Every Friday each of us writes a page on the week."),
        "team",
    ),
)
RETIRED = "It took two hours of everybody’s Friday, and nobody read the pages."
STORY = (
    "Seven joined in autumn and seven are still here. The calls before a session were the part that worked; sitting side"
    " by side felt like school to some."
)
CHANGED = "Our buddies call, and do not sit beside the new ones."


def keep_cards(leader: Viewer, hub, at: datetime) -> None:
    """Three cards of the hub: one that everybody reads, one to look at again, one that it uses no more."""
    domain = list_domains("en")[0]
    look_fors = rubric_of(domain.pack, domain.key, "en").look_fors
    kept = []
    for days, number, said, reach in CARDS:
        more = {"by": leader, "hub": hub, "at": at - timedelta(days=days)}
        card = cards.write_card(**more, once=new_id(), look_for=look_fors[number - 1].key, said=said)
        kept.append(opening.open_card(**more, card_id=card.id, reach=reach, was=was_of_card(card)))
    buddy, _thread, pages = kept
    more = {"by": leader, "hub": hub, "at": at - timedelta(days=30)}
    keeping.retire(**more, card_id=pages.id, was=was_of_card(pages), why=RETIRED)
    keeping.propose_contact(**more, card_id=buddy.id, person=leader.person)
    try_elsewhere(buddy, at)


def try_elsewhere(card, at: datetime) -> None:
    """A hub of another network tries it changed, and tells what happened with its name."""
    admin, began = viewer_of(find_person("ada@example.org")), at - timedelta(days=120)
    network = places.make_network(
        by=admin, name=OTHER_NETWORK, time_zone="America/Chicago", initiative_id="", at=began
    )
    hub = places.make_team(by=admin, network_id=network.id, name=OTHER_HUB, at=began)
    email, name, role = OTTO
    held = roles.give_role(by=admin, to=hub, role=role, email=email, name=name, language="en", at=began)
    more = {"by": viewer_of(held.person), "hub": hub}
    row = trying.try_card(
        **more,
        card_id=card.id,
        once=new_id(),
        how="adapt",
        what_changed=CHANGED,
        began_on=began.date(),
        at=began,
    )
    trying.tell(
        **more,
        try_id=row.id,
        was=was_of_try(more["by"], hub, row),
        came_of="helped",
        happened=STORY,
        what_changed=CHANGED,
        is_shown=True,
        is_named=True,
        at=at - timedelta(days=20),
    )
