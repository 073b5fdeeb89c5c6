"""Problems that came up in a hub."""

from django.http import HttpResponseRedirect

from hubcraft.apps.improvement.queries import sizes
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries.hubs import get_hub, hub_address
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions import problems as actions
from hubcraft.apps.lifecycle.actions.keeping import Stale
from hubcraft.apps.lifecycle.forms import NewProblemForm, ProblemForm, StepForm
from hubcraft.apps.lifecycle.pages.doors import begin_again, first_of, show_form, today_of
from hubcraft.apps.lifecycle.queries import problems as queries
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.ids import new_id
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import show


@members(policy=policy.can_read)
def log(request, viewer: Viewer, network_id: str, hub_id: str):
    """All of them, or those in one domain."""
    hub = get_hub(viewer, network_id, hub_id)
    page = queries.log_page(viewer, hub, request.GET.get("domain", ""))
    return show(request, "lifecycle/problems.html", page=page)


@members(policy=policy.can_log, methods=("GET", "POST"))
def write(request, viewer: Viewer, network_id: str, hub_id: str):
    """A new one: what was noticed is enough."""
    hub = get_hub(viewer, network_id, hub_id)
    today = today_of(request, hub)
    more = {"domains": queries.domains_now(), "today": today}
    if request.method != "POST":
        form = NewProblemForm(initial={"once": new_id(), "noticed_on": today}, **more)
        return show_form(request, "problem_new", hub, form)
    form = NewProblemForm(request.POST, **more)
    if not form.is_valid():
        return show_form(request, "problem_new", hub, form)
    problem = actions.log_problem(by=viewer, hub=hub, at=request.moment, **form.cleaned_data)
    return HttpResponseRedirect(f"{hub_address(hub)}problems/{problem.id}/")


@members(policy=policy.can_read)
def problem(request, viewer: Viewer, network_id: str, hub_id: str, problem_id: str):
    """One of them; closed, it asks what should come of it."""
    hub = get_hub(viewer, network_id, hub_id)
    return show(request, "lifecycle/problem.html", page=queries.problem_page(viewer, hub, problem_id))


@members(policy=policy.can_log, methods=("GET", "POST"))
def change(request, viewer: Viewer, network_id: str, hub_id: str, problem_id: str):
    """What is known of it by now: decided, told, closed."""
    hub = get_hub(viewer, network_id, hub_id)
    kept = queries.get_problem(viewer, hub, problem_id)
    more = {"domains": queries.domains_now(), "today": today_of(request, hub)}
    if request.method != "POST":
        first = first_of(viewer, hub, kept)
        return show_form(request, "problem_change", hub, ProblemForm(initial=first, **more), thing=problem_id)
    form = ProblemForm(request.POST, **more)
    if not form.is_valid():
        return show_form(request, "problem_change", hub, form, thing=problem_id)
    try:
        kept = actions.change_problem(
            by=viewer, hub=hub, problem_id=problem_id, at=request.moment, **form.cleaned_data
        )
    except Stale as stale:
        begin_again(form, stale)
        return show_form(request, "problem_change", hub, form, status=409, thing=problem_id)
    return HttpResponseRedirect(f"{hub_address(hub)}problems/{kept.id}/")


@members(policy=policy.can_log, methods=("POST",))
def came_once(request, viewer: Viewer, network_id: str, hub_id: str, problem_id: str):
    """Nothing need come of it."""
    hub = get_hub(viewer, network_id, hub_id)
    try:
        actions.say_what_became(by=viewer, hub=hub, problem_id=problem_id, became="once", at=request.moment)
    except Stale as stale:
        page = queries.problem_page(viewer, hub, problem_id)
        told = stale.verdict.sentence
        return show(request, "lifecycle/problem.html", status=409, page=page, told=told)
    return HttpResponseRedirect(f"{hub_address(hub)}problems/{problem_id}/")


@members(policy=policy.can_log, methods=("GET", "POST"))
def next_step(request, viewer: Viewer, network_id: str, hub_id: str, problem_id: str):
    """A next step of the hub comes of it."""
    hub = get_hub(viewer, network_id, hub_id)
    kept, today = queries.get_problem(viewer, hub, problem_id), today_of(request, hub)
    shown = {"thing": problem_id, "problem": kept, "sizes": sizes(), "who_can_see": policy.who_can_see_step()}
    if request.method != "POST":
        first = {"once": new_id(), "owner": kept.whose, "was": queries.became_of(viewer, hub, kept)}
        form = StepForm(initial=first, today=today)
        return show_form(request, "problem_step", hub, form, **shown)
    form = StepForm(request.POST, today=today)
    if form.is_valid():
        try:
            actions.make_next_step(
                by=viewer, hub=hub, problem_id=problem_id, at=request.moment, **form.cleaned_data
            )
        except Stale as stale:
            begin_again(form, stale)
            return show_form(request, "problem_step", hub, form, status=409, **shown)
        except Refused as refused:
            form.add_error(None, refused.verdict.sentence)
        else:
            return HttpResponseRedirect(hub_address(hub))
    return show_form(request, "problem_step", hub, form, **shown)
