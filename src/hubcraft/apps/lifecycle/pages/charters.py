"""A hub's charter."""

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation.exports.files import list_files, write_file
from hubcraft.apps.facilitation.pages.files import sent, size_of
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries.hubs import get_hub, hub_address
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions import charters as actions
from hubcraft.apps.lifecycle.actions.keeping import Stale
from hubcraft.apps.lifecycle.exports import charter_report
from hubcraft.apps.lifecycle.forms import CharterForm, ReviewForm
from hubcraft.apps.lifecycle.pages.doors import begin_again, get_led, show_form, today_of
from hubcraft.apps.lifecycle.queries import charters
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.ids import new_id
from hubcraft.web.page import show


@members(policy=policy.can_read)
def charter(request, viewer: Viewer, network_id: str, hub_id: str):
    """What holds, and what held before."""
    hub = get_hub(viewer, network_id, hub_id)
    return show_charter(
        request,
        viewer,
        hub,
        ReviewForm(
            initial={"once": new_id(), "was": charters.version_now(viewer, hub)}, today=today_of(request, hub)
        ),
    )


def show_charter(request, viewer: Viewer, hub, form, *, status: int = 200):
    """The page with the form for the next look."""
    page = charters.charter_page(viewer, hub, request.moment)
    return show(request, "lifecycle/charter.html", status=status, page=page, form=form, files=list_files())


@members(policy=policy.can_keep, methods=("GET", "POST"))
def write(request, viewer: Viewer, network_id: str, hub_id: str):
    """A new version, beginning with the words that hold."""
    hub = get_led(viewer, network_id, hub_id)
    page = charters.charter_page(viewer, hub, request.moment)
    now = page.current
    if request.method != "POST":
        first = {it.key: it.words for it in now.parts} | {"review_on": now.review_on} if now else {}
        form = CharterForm(
            initial={**first, "once": new_id(), "was": charters.version_now(viewer, hub)},
            today=today_of(request, hub),
        )
        return show_writing(request, hub, form, page)
    form = CharterForm(request.POST, today=today_of(request, hub))
    if not form.is_valid():
        return show_writing(request, hub, form, page)
    try:
        actions.write_charter(by=viewer, hub=hub, at=request.moment, **form.cleaned_data)
    except Stale as stale:
        begin_again(form, stale)
        return show_writing(request, hub, form, page, status=409)
    return HttpResponseRedirect(f"{hub_address(hub)}charter/")


def show_writing(request, hub, form, page, *, status: int = 0):
    """The form, each part below its question."""
    parts = [(form[key], str(title), str(question)) for key, title, question in charters.PARTS]
    return show_form(
        request, "charter_write", hub, form, status=status, parts=parts, is_of_before=page.is_of_before
    )


@members(policy=policy.can_keep, methods=("POST",))
def review(request, viewer: Viewer, network_id: str, hub_id: str):
    """Looked at again: its words stay, with another day."""
    hub = get_led(viewer, network_id, hub_id)
    form = ReviewForm(request.POST, today=today_of(request, hub))
    if not form.is_valid():
        return show_charter(request, viewer, hub, form, status=422)
    try:
        actions.review_charter(by=viewer, hub=hub, at=request.moment, **form.cleaned_data)
    except Stale as stale:
        begin_again(form, stale)
        return show_charter(request, viewer, hub, form, status=409)
    return HttpResponseRedirect(f"{hub_address(hub)}charter/")


@members(policy=policy.can_read)
def version(request, viewer: Viewer, network_id: str, hub_id: str, charter_id: str):
    """One version, and what changed in it."""
    hub = get_hub(viewer, network_id, hub_id)
    return show(
        request, "lifecycle/charter_version.html", page=charters.version_page(viewer, hub, charter_id)
    )


@members(policy=policy.can_read)
def take(request, viewer: Viewer, network_id: str, hub_id: str, kind: str):
    """The charter as a file."""
    hub = get_hub(viewer, network_id, hub_id)
    size = size_of(request, hub.network.time_zone)
    page = charters.charter_page(viewer, hub, request.moment)
    return sent(write_file(charter_report(page, size, today_of(request, hub)), kind))
