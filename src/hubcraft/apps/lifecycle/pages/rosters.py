"""Who is in a hub."""

from django.http import HttpResponseRedirect

from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries.hubs import get_hub, hub_address
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions import rosters as actions
from hubcraft.apps.lifecycle.actions.keeping import Stale
from hubcraft.apps.lifecycle.forms import MemberForm, NewPersonForm, PersonForm
from hubcraft.apps.lifecycle.pages.doors import begin_again, first_of, get_led, show_form, today_of
from hubcraft.apps.lifecycle.queries import rosters
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.ids import new_id
from hubcraft.web.page import show


@members(policy=policy.can_read)
def roster(request, viewer: Viewer, network_id: str, hub_id: str):
    """Who is in it, and who was."""
    hub = get_hub(viewer, network_id, hub_id)
    return show(request, "lifecycle/roster.html", page=rosters.roster_page(viewer, hub))


@members(policy=policy.can_keep, methods=("GET", "POST"))
def write(request, viewer: Viewer, network_id: str, hub_id: str):
    """Somebody without an account."""
    hub = get_led(viewer, network_id, hub_id)
    today = today_of(request, hub)
    if request.method != "POST":
        form = NewPersonForm(initial={"once": new_id()}, today=today)
        return show_form(request, "roster_person", hub, form)
    form = NewPersonForm(request.POST, today=today)
    if not form.is_valid():
        return show_form(request, "roster_person", hub, form)
    actions.add_person(by=viewer, hub=hub, at=request.moment, **form.cleaned_data)
    return HttpResponseRedirect(f"{hub_address(hub)}roster/")


@members(policy=policy.can_keep, methods=("GET", "POST"))
def person(request, viewer: Viewer, network_id: str, hub_id: str, entry_id: str):
    """The same person later; perhaps they left."""
    hub = get_led(viewer, network_id, hub_id)
    entry, today = rosters.get_entry(viewer, hub, entry_id), today_of(request, hub)
    if request.method != "POST":
        first = first_of(viewer, hub, entry)
        return show_form(
            request, "roster_person", hub, PersonForm(initial=first, today=today), thing=entry_id
        )
    form = PersonForm(request.POST, today=today)
    if not form.is_valid():
        return show_form(request, "roster_person", hub, form, thing=entry_id)
    try:
        actions.change_person(by=viewer, hub=hub, entry_id=entry_id, at=request.moment, **form.cleaned_data)
    except Stale as stale:
        begin_again(form, stale)
        return show_form(request, "roster_person", hub, form, status=409, thing=entry_id)
    return HttpResponseRedirect(f"{hub_address(hub)}roster/")


@members(policy=policy.can_keep, methods=("GET", "POST"))
def member(request, viewer: Viewer, network_id: str, hub_id: str, member_id: str):
    """Somebody with an account: what that does not say."""
    hub = get_led(viewer, network_id, hub_id)
    row, entry = rosters.get_member_row(viewer, hub, member_id)
    if request.method != "POST":
        form = MemberForm(
            initial={
                "does": row.does,
                "hand_over": row.hand_over,
                "was": rosters.member_was(viewer, hub, row, entry),
            }
        )
        return show_form(request, "roster_member", hub, form, row=row)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return show_form(request, "roster_member", hub, form, row=row)
    try:
        actions.write_of_member(
            by=viewer, hub=hub, person_id=member_id, at=request.moment, **form.cleaned_data
        )
    except Stale as stale:
        begin_again(form, stale)
        return show_form(request, "roster_member", hub, form, status=409, row=row)
    return HttpResponseRedirect(f"{hub_address(hub)}roster/")
