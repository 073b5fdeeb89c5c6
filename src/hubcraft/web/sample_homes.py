"""The pages of people with accounts, with invented people: beside those of rooms in `sample`."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms

from hubcraft.web.sample import DOMAIN, LEVELS, look_fors

HUB = SimpleNamespace(id="h1", name="Riverbend", network_name="Delta network", address="/n/d1/teams/h1/")
ON = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, 15, 23, tzinfo=UTC)
ROLES = (("hub-leader", "hub leader", False), ("member", "team member", True), ("coach", "coach", False))
# By look-for: how many on each level and aside, the level of nearly all, or nothing where it is not told.
TOLD = {2: (0, 1, 3, 1, 0), 3: LEVELS[2], 5: LEVELS[3], 6: (5, 2, 3, 4, 1), 9: (1, 5, 7, 2, 0)}
SHARED = "Levels leave as counts, never with names, and only where five people or more answered."


class InviteForm(forms.Form):
    """A list of people, as it was pasted."""

    people = forms.CharField(required=False)
    once = forms.CharField(required=False)


def place(name="Riverbend", role="hub leader", above="Delta network", sees="", **more):
    given = {"id": "m1", "address": HUB.address, "people": f"{HUB.address}invitations/"}
    sees = sees or "Your reflections, what you promised, and what you share with others."
    return SimpleNamespace(name=name, role=role, above=above, sees=sees, **(given | more))


def counts(on=None, is_told=True):
    """One domain as counts."""

    def row(look_for):
        told = TOLD.get(look_for.number)
        levels, coded = (told, None) if isinstance(told, tuple) else ((), told)
        asides = levels[4] if levels else 0
        return SimpleNamespace(
            look_for=look_for, levels=tuple(zip(LEVELS, levels, strict=False)), asides=asides, coded=coded
        )

    rows = tuple(map(row, look_fors()))
    return SimpleNamespace(title=DOMAIN, on=on, is_told=is_told, keeps_back=True, levels=LEVELS, rows=rows)


def words(**changes):
    """A strategy or a next step, as it is read outside its room."""
    given = {
        "id": "w1",
        "size_words": "small: within a week",
        "words": "Whoever joins has a buddy for the first three cycles.",
        "how_we_know": "Nobody who joined since then has left.",
        "language": "en",
        "look_for": next(iter(look_fors())),
        "label": "AM",
        "owner": "AM",
        "due_on": date(2027, 1, 15),
        "state": "open",
        "is_from_before": False,
        "is_carried_on": False,
    }
    return SimpleNamespace(**(given | changes))


def hub_page():
    wave = {"id": "b1", "title": DOMAIN, "room_title": "Spring convening", "on": ON, "has_board": True}
    more = {"why_not": "", "changed_words": "Since the time before: 3 look-fors up, 8 where they were."}
    return SimpleNamespace(
        hub=HUB,
        settled=(),
        asks=0,
        next_steps=(words(words="Agree on who decides what, on one page.", look_for=None),),
        waves=(SimpleNamespace(**wave, **more, my_label="AM"),),
        strategies=(SimpleNamespace(look_for=next(iter(look_fors())), strategies=(words(),)),),
        shares=3,
        people=(
            SimpleNamespace(name="Rosa Diaz", role="hub leader"),
            SimpleNamespace(name="Cory Lane", role="coach"),
        ),
        leads=True,
    )


def sharing_page():
    thing = {"language": "en", "on": ON, "why_not": "", "release": "", "reach": ""}
    levels = SimpleNamespace(
        **thing | {"release": "r1", "reach": "network"}, source="b1", title=DOMAIN, words=""
    )
    strategy = SimpleNamespace(**thing, source="w1", title="Establish hub team norms.", words=words().words)
    return SimpleNamespace(
        hub=HUB,
        may_share=True,
        has_initiative=True,
        groups=(("levels", True, (levels,)), ("strategy", False, (strategy,))),
        looks=(
            SimpleNamespace(who="Nell Hart", role="network lead", title=DOMAIN, on=ON),
            SimpleNamespace(who="Cory Lane", role="coach", title=DOMAIN, on=ON),
        ),
        who_can_see=("Your network: whoever leads it, its coaches, and the coaches of your hub.", SHARED),
    )


def above_page(**changes):
    given = {
        "name": "Literacy across the state",
        "address": "/i/l1/",
        "together": (counts(),),
        "hubs": (
            SimpleNamespace(
                name="Riverbend",
                network_name="Delta network",
                address="/i/l1/hubs/h1/",
                shares="1 reflection as counts · 2 strategies",
            ),
        ),
        "silent": 2,
        "sees_hubs": True,
        "may_ask": False,
        "asks": {},
    }
    return SimpleNamespace(**(given | changes))


def shared_hub_page(**changes):
    given = {
        "name": "Riverbend",
        "above": "Delta network",
        "above_address": "/n/d1/",
        "boards": (counts(on=ON),),
        "strategies": (words(),),
        "next_steps": (),
    }
    return SimpleNamespace(**(given | changes))


def people_here():
    return (
        SimpleNamespace(
            id="m1", name="Rosa Diaz", email="rosa@example.org", role="hub leader", place="Riverbend"
        ),
        SimpleNamespace(id="m2", name="", email="bo@example.org", role="team member", place="Riverbend"),
    )


def invite(form=None):
    """The page on which people are invited, and its form."""
    waiting = SimpleNamespace(id="i1", name="", email="wei@example.org", role="team member", until=ON)
    page = SimpleNamespace(
        name="Riverbend", address=f"{HUB.address}invitations/", people=people_here(), waiting=(waiting,)
    )
    return {"page": page, "form": form or InviteForm(), "choices": ROLES}


def trail_page():
    def line(who, did, moment=MOMENT, times=1):
        return SimpleNamespace(on=ON, moment=moment, who=who, did=did, place="Delta network", times=times)

    every = SimpleNamespace(key="", words="Everything", is_chosen=True)
    return SimpleNamespace(
        asked=SimpleNamespace(person="", is_narrow=False),
        kinds=(every,),
        hubs=(),
        lines=(
            line("Cory Lane", "looked at Riverbend", None),
            line("Rosa Diaz", "shared something upward", times=3),
        ),
        newer="",
        older="?page=2",
        zone="UTC",
    )


def pages():
    """Name → (template, context, address)."""
    wrong = InviteForm({"people": "wei@example.org\nnot an address"})
    wrong.is_valid()
    wrong.add_error("people", "Line 2: “not an address” doesn’t begin with a mail address.")
    ada, rosa = (SimpleNamespace(is_administrator=it) for it in (True, False))
    above, shared = "insights/above.html", "insights/shared_hub.html"
    return {
        "places": ("networks/places.html", {"places": (place(),), "person": rosa}, "/home/"),
        "places-none": ("networks/places.html", {"places": (), "person": rosa}, "/home/"),
        "places-administrator": ("networks/places.html", {"places": (), "person": ada}, "/home/"),
        "hub": ("insights/hub.html", {"page": hub_page()}, HUB.address),
        "hub-sharing": ("insights/sharing.html", {"page": sharing_page()}, f"{HUB.address}sharing/"),
        "above": (above, {"page": above_page()}, "/i/l1/"),
        "above-research": (above, {"page": above_page(sees_hubs=False, hubs=())}, "/i/l1/"),
        "above-nothing": (above, {"page": above_page(sees_hubs=False, hubs=(), together=())}, "/i/l1/"),
        "shared-hub": (shared, {"page": shared_hub_page()}, "/n/d1/hubs/h1/"),
        "shared-hub-nothing": (
            shared,
            {"page": shared_hub_page(above_address="", boards=(), strategies=())},
            "/n/d1/hubs/h1/",
        ),
        "invite": ("roles/invite.html", invite(), f"{HUB.address}invitations/"),
        "invite-wrong": ("roles/invite.html", invite(wrong), f"{HUB.address}invitations/"),
        "trail": ("records/trail.html", {"page": trail_page()}, "/administration/trail/"),
    }


def parts():
    """One of each thing that these pages are made of."""
    return SimpleNamespace(
        place=place(),
        counts=counts(on=ON),
        people=people_here(),
        roles=ROLES,
        trail=trail_page(),
        words=words(),
    )
