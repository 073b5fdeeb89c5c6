"""What the administrator looks after: initiatives, networks, teams, and who is what in them."""

import functools
from urllib.parse import quote

from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.people.actions import forget_second_step
from hubcraft.apps.people.pages.account import signed_in
from hubcraft.apps.people.policy import can_administer
from hubcraft.apps.people.queries import get_person
from hubcraft.apps.roles.actions import places as actions
from hubcraft.apps.roles.forms import NameForm, NetworkForm
from hubcraft.apps.roles.queries import administration as queries
from hubcraft.apps.roles.queries import places
from hubcraft.web.page import show

HOME = "/administration/"


def administers(*, methods=("GET",)):
    """A page of the administrator's; for everybody else there is no such page."""

    def declare(view):
        @signed_in(policy=can_administer, methods=methods)
        @functools.wraps(view)
        def visited(request, *args, **kwargs):
            viewer = viewer_of(request.user)
            places.insist_on_administrator(viewer)
            return view(request, viewer, *args, **kwargs)

        return visited

    return declare


def ask(request, form, *, heading: str, button: str, back: str, kind: str = "name", **more):
    """A page that is one form; sent back with what was typed where something is wrong."""
    context = {"heading": heading, "button": button, "back": back, **more}
    return show(
        request, f"roles/{kind}_form.html", status=422 if form.is_bound else 200, form=form, **context
    )


def choices_of(form, name: str):
    """The answers to one question of a form, and which of them was given."""
    given = form[name].value() or ""
    return [(value, words, value == given) for value, words in form.fields[name].choices]


def typed(request):
    """What was sent, if something was."""
    return request.POST if request.method == "POST" else None


@administers()
def administration(request, viewer):
    """Every place, and who administers."""
    return show(
        request, "roles/administration.html", page=queries.administration_page(viewer, request.moment)
    )


@administers()
def people(request, viewer):
    """Everybody with an account, or those whose name or address holds what was typed."""
    find = request.GET.get("find", "").strip()[:80]
    return show(request, "roles/people.html", page=queries.people_page(viewer, find))


@administers(methods=("POST",))
def second_step(request, viewer, person_id: str):
    """Somebody has lost what they showed as their second step."""
    there = get_person(person_id)
    forget_second_step(by=request.user, person=there, at=request.moment)
    return HttpResponseRedirect(f"{HOME}people/?find={quote(there.email)}")


@administers(methods=("GET", "POST"))
def initiatives(request, viewer):
    """Make an initiative."""
    form = NameForm(typed(request))
    if form.is_valid():
        made = actions.make_initiative(by=viewer, name=form.cleaned_data["name"], at=request.moment)
        return HttpResponseRedirect(f"{HOME}initiatives/{made.id}/")
    return ask(request, form, heading=_("A new initiative"), button=_("Make it"), back=HOME)


@administers()
def initiative(request, viewer, initiative_id: str):
    """One initiative."""
    return show(request, "roles/initiative.html", page=queries.initiative_page(viewer, initiative_id))


@administers(methods=("GET", "POST"))
def initiative_name(request, viewer, initiative_id: str):
    """Rename it."""
    there = places.get_initiative(initiative_id)
    here = f"{HOME}initiatives/{there.id}/"
    form = NameForm(typed(request), initial={"name": there.name})
    if form.is_valid():
        actions.rename_initiative(
            by=viewer, initiative_id=there.id, name=form.cleaned_data["name"], at=request.moment
        )
        return HttpResponseRedirect(here)
    return ask(request, form, heading=there.name, button=_("Keep this"), back=here)


@administers(methods=("GET", "POST"))
def networks(request, viewer):
    """Make a network, in an initiative or in none."""
    kept = {"time_zone": "UTC", "initiative_id": request.GET.get("initiative", "")}
    form = NetworkForm(typed(request), initiatives=queries.list_initiatives(), initial=kept)
    if form.is_valid():
        made = actions.make_network(by=viewer, at=request.moment, **form.cleaned_data)
        return HttpResponseRedirect(f"{HOME}networks/{made.id}/")
    return ask(
        request,
        form,
        heading=_("A new network"),
        button=_("Make it"),
        back=HOME,
        kind="network",
        choices=choices_of(form, "initiative_id"),
    )


@administers()
def network(request, viewer, network_id: str):
    """One network with its teams."""
    return show(request, "roles/network.html", page=queries.network_page(viewer, network_id))


@administers(methods=("GET", "POST"))
def network_name(request, viewer, network_id: str):
    """Another name, another time zone, another initiative."""
    there = places.get_network(network_id)
    here = f"{HOME}networks/{there.id}/"
    kept = {"name": there.name, "time_zone": there.time_zone, "initiative_id": there.initiative_id or ""}
    form = NetworkForm(typed(request), initiatives=queries.list_initiatives(), initial=kept)
    if form.is_valid():
        actions.change_network(by=viewer, network_id=there.id, at=request.moment, **form.cleaned_data)
        return HttpResponseRedirect(here)
    choices = choices_of(form, "initiative_id")
    heading, button = there.name, _("Keep this")
    return ask(request, form, heading=heading, button=button, back=here, kind="network", choices=choices)


@administers(methods=("GET", "POST"))
def teams(request, viewer, network_id: str):
    """Make a team."""
    there = places.get_network(network_id)
    here = f"{HOME}networks/{there.id}/"
    form = NameForm(typed(request))
    if form.is_valid():
        actions.make_team(by=viewer, network_id=there.id, name=form.cleaned_data["name"], at=request.moment)
        return HttpResponseRedirect(here)
    return ask(request, form, heading=_("A new team"), button=_("Make it"), back=here, above=there.name)


@administers(methods=("GET", "POST"))
def team(request, viewer, network_id: str, team_id: str):
    """Rename a team."""
    there = places.get_team(network_id, team_id)
    here = f"{HOME}networks/{there.network_id}/"
    form = NameForm(typed(request), initial={"name": there.name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        actions.rename_team(
            by=viewer, network_id=there.network_id, team_id=there.id, name=name, at=request.moment
        )
        return HttpResponseRedirect(here)
    return ask(request, form, heading=there.name, button=_("Keep this"), back=here, above=there.network.name)


@administers(methods=("POST",))
def hub(request, viewer, network_id: str, team_id: str):
    """This team is the hub from now on."""
    actions.choose_hub(by=viewer, network_id=network_id, team_id=team_id, at=request.moment)
    return HttpResponseRedirect(f"{HOME}networks/{network_id}/")
