"""The administrator gives roles by mail address, and takes them."""

from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from hubcraft.apps.roles.actions import roles as actions
from hubcraft.apps.roles.forms import RoleForm
from hubcraft.apps.roles.pages.administration import HOME, administers, ask, choices_of, typed
from hubcraft.apps.roles.queries import places


@administers(methods=("GET", "POST"))
def give_in_initiative(request, viewer, initiative_id: str):
    """Who is what in an initiative."""
    there = places.get_initiative(initiative_id)
    return give(request, viewer, there, f"{HOME}initiatives/{there.id}/")


@administers(methods=("GET", "POST"))
def give_in_network(request, viewer, network_id: str):
    """Who is what in a network as a whole."""
    there = places.get_network(network_id)
    return give(request, viewer, there, f"{HOME}networks/{there.id}/")


@administers(methods=("GET", "POST"))
def give_in_team(request, viewer, network_id: str, team_id: str):
    """Who is what in a team."""
    there = places.get_team(network_id, team_id)
    return give(request, viewer, there, f"{HOME}networks/{there.network_id}/")


def give(request, viewer, to, back: str):
    """The form by which somebody gets a role in a place."""
    form = RoleForm(typed(request), roles=places.place_of(to).roles)
    if form.is_valid():
        actions.give_role(
            by=viewer, to=to, language=request.LANGUAGE_CODE, at=request.moment, **form.cleaned_data
        )
        return HttpResponseRedirect(back)
    choices = choices_of(form, "role")
    heading = _("Somebody for %(place)s") % {"place": to}
    return ask(
        request, form, heading=heading, button=_("Give this role"), back=back, kind="role", choices=choices
    )


@administers(methods=("POST",))
def take(request, viewer, membership_id: str):
    """Take a role away."""
    held = actions.take_role(by=viewer, membership_id=membership_id, at=request.moment)
    if "people" in request.POST:
        return HttpResponseRedirect(f"{HOME}people/")
    place = f"networks/{held.network_id}" if held.network_id else f"initiatives/{held.initiative_id}"
    return HttpResponseRedirect(f"{HOME}{place}/")
