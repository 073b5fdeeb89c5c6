"""The meetings that a hub holds again and again."""

from django.http import HttpResponseRedirect

from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries.hubs import get_hub, hub_address
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions import routines as actions
from hubcraft.apps.lifecycle.actions.keeping import Stale
from hubcraft.apps.lifecycle.forms import NewRoutineForm, RoutineForm
from hubcraft.apps.lifecycle.pages.doors import begin_again, first_of, get_led, show_form
from hubcraft.apps.lifecycle.queries.routines import first_words, get_routine, routines_page
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.ids import new_id
from hubcraft.web.page import show


@members(policy=policy.can_read)
def routines(request, viewer: Viewer, network_id: str, hub_id: str):
    """All of them."""
    hub = get_hub(viewer, network_id, hub_id)
    return show(request, "lifecycle/routines.html", page=routines_page(viewer, hub))


@members(policy=policy.can_keep, methods=("GET", "POST"))
def write(request, viewer: Viewer, network_id: str, hub_id: str):
    """A new one; of a problem, its words stand there already."""
    hub = get_led(viewer, network_id, hub_id)
    if request.method != "POST":
        first = first_words(viewer, hub, request.GET.get("problem", ""))
        return show_form(request, "routine", hub, NewRoutineForm(initial={**first, "once": new_id()}))
    form = NewRoutineForm(request.POST)
    if not form.is_valid():
        return show_form(request, "routine", hub, form)
    try:
        actions.write_routine(by=viewer, hub=hub, at=request.moment, **form.cleaned_data)
    except Stale as stale:
        begin_again(form, stale)
        return show_form(request, "routine", hub, form, status=409)
    return HttpResponseRedirect(f"{hub_address(hub)}routines/")


@members(policy=policy.can_keep, methods=("GET", "POST"))
def routine(request, viewer: Viewer, network_id: str, hub_id: str, routine_id: str):
    """One of them, to change it."""
    hub = get_led(viewer, network_id, hub_id)
    kept = get_routine(viewer, hub, routine_id)
    if request.method != "POST":
        first = first_of(viewer, hub, kept)
        return show_form(request, "routine", hub, RoutineForm(initial=first), thing=routine_id)
    form = RoutineForm(request.POST)
    if not form.is_valid():
        return show_form(request, "routine", hub, form, thing=routine_id)
    try:
        actions.change_routine(
            by=viewer, hub=hub, routine_id=routine_id, at=request.moment, **form.cleaned_data
        )
    except Stale as stale:
        begin_again(form, stale)
        return show_form(request, "routine", hub, form, status=409, thing=routine_id)
    return HttpResponseRedirect(f"{hub_address(hub)}routines/")
