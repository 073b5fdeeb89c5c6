"""A hub's own pages, for the people who belong to it."""

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation.exports.files import list_files, write_chart, write_file
from hubcraft.apps.facilitation.pages.files import Asked, ask, sent, show_made, show_making, size_of
from hubcraft.apps.improvement.forms import SettleForm
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.actions import settling
from hubcraft.apps.insights.exports import hub_report, is_long_history
from hubcraft.apps.insights.pages.looks import note_look
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries import charts, hubs, merging
from hubcraft.apps.insights.queries.before import releases_of_others, shared_before
from hubcraft.apps.insights.queries.beside import of_a_strategy, told_beside
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import show


@members(policy=policy.can_see_hub)
def hub(request, viewer: Viewer, network_id: str, hub_id: str):
    """The home of a hub."""
    if successor := hubs.moved_to(viewer, network_id, hub_id):
        return HttpResponseRedirect(hubs.hub_address(successor))
    here = hubs.get_hub(viewer, network_id, hub_id)
    others = releases_of_others(viewer, here)
    note_look(request, viewer, others)
    boards = hubs.Boards(viewer, here)
    return show(
        request,
        "insights/hub.html",
        page=hubs.hub_page(viewer, here, boards),
        before=shared_before(viewer, here, others),
        charts=charts.change_charts(here, boards),
        files=list_files(),
        is_long=is_long_history(boards.seen),
        beside=told_beside(viewer, here, request.moment),
        makes=of_a_strategy(),
        is_asked=bool(merging.asked_of(viewer, here, request.moment)),
    )


@members(policy=policy.can_see_hub, methods=("GET", "POST"))
def take(request, viewer: Viewer, network_id: str, hub_id: str, kind: str):
    """Everything it has, as a file."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    if is_long_history(hubs.seen_reflections(viewer, here)):
        return ask(request, asked(viewer, here), kind, here.network.time_zone)
    size = size_of(request, here.network.time_zone)
    return sent(write_file(hub_report(viewer, here, size, request.moment), kind))


@members(policy=policy.can_see_hub)
def making(request, viewer: Viewer, network_id: str, hub_id: str, file_id: str):
    """How far it is, where it is a long one."""
    return show_making(request, asked(viewer, hubs.get_hub(viewer, network_id, hub_id)), file_id)


@members(policy=policy.can_see_hub)
def made(request, viewer: Viewer, network_id: str, hub_id: str, file_id: str):
    """The same once it is made."""
    return show_made(asked(viewer, hubs.get_hub(viewer, network_id, hub_id)), file_id)


def asked(viewer: Viewer, hub) -> Asked:
    """What files of this hub's page are known by, for this person."""
    return Asked("hub", hub.id, viewer.in_trail, hub.name, hubs.hub_address(hub))


@members(policy=policy.can_see_hub)
def wave(request, viewer: Viewer, network_id: str, hub_id: str, reflection_id: str):
    """One of its reflections: the board as its team may see it, and what changed since the one before."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    boards = hubs.Boards(viewer, here)
    page = hubs.wave_page(viewer, here, boards.get(reflection_id), boards)
    return show(request, "insights/wave.html", page=page)


@members(policy=policy.can_see_hub)
def chart(
    request, viewer: Viewer, network_id: str, hub_id: str, reflection_id: str, chart: str, as_file: str
):
    """A chart of one of its boards, as a file."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    reflection = hubs.get_reflection(viewer, here, reflection_id)
    drawn = charts.board_chart(viewer, here, reflection, chart)
    return sent(write_chart(drawn, f"{here.name} {reflection.held_on.isoformat()}", as_file))


@members(policy=policy.can_settle, methods=("GET", "POST"))
def settle(request, viewer: Viewer, network_id: str, hub_id: str, step_id: str):
    """What became of a next step: done, or dropped and why."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    step = hubs.get_step(viewer, here, step_id)
    if request.method != "POST":
        return show_settling(request, here, step, SettleForm(initial={"was": step.state}))
    form = SettleForm(request.POST, may_carry=False)
    if not form.is_valid():
        return show_settling(request, here, step, form, status=422)
    try:
        settling.settle(
            by=viewer,
            who=request.user.in_trail,
            hub=here,
            step_id=step_id,
            at=request.moment,
            **form.cleaned_data,
        )
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return show_settling(request, here, hubs.get_step(viewer, here, step_id), form, status=409)
    return HttpResponseRedirect(hubs.hub_address(here))


def show_settling(request, here, step, form, *, status: int = 200):
    """The page with what was typed still in it."""
    page = hubs.settle_page(here, step, form["state"].value() or "")
    return show(request, "insights/settle.html", status=status, page=page, form=form)
