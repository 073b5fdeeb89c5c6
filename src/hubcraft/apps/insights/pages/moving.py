"""The administrator moves a team to another network."""

from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from hubcraft.apps.insights.actions.moving import move_team
from hubcraft.apps.roles.forms import MoveForm
from hubcraft.apps.roles.pages.administration import HOME, administers, ask, choices_of, typed
from hubcraft.apps.roles.queries.administration import list_networks_beside
from hubcraft.apps.roles.queries.places import get_team


@administers(methods=("GET", "POST"))
def move(request, viewer, network_id: str, team_id: str):
    """Where it goes, and what comes along."""
    team = get_team(network_id, team_id)
    form = MoveForm(typed(request), networks=list_networks_beside(viewer, team.network_id))
    if form.is_valid():
        to = form.cleaned_data["network_id"]
        move_team(by=viewer, network_id=network_id, team_id=team_id, to=to, at=request.moment)
        return HttpResponseRedirect(f"{HOME}networks/{to}/")
    return ask(
        request,
        form,
        heading=_("Move {team}").format(team=team.name),
        button=_("Move it"),
        back=f"{HOME}networks/{network_id}/",
        above=team.network.name,
        kind="move",
        choices=choices_of(form, "network_id"),
    )
