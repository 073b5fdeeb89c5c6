"""Being erased, and erasing whoever asks for it."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import HttpResponseRedirect

from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.pages.account import signed_in
from hubcraft.apps.records import policy
from hubcraft.apps.records.actions.erasure import erase
from hubcraft.apps.records.forms import ErasureForm
from hubcraft.apps.records.queries.erasure import ErasurePage, erasure_page
from hubcraft.apps.roles.pages.administration import administers
from hubcraft.web.page import show

# Read by whoever is signed in; done only by who has just shown their second step, if they have one.
fresh = reauthentication_required(allow_get=True, app="allauth.mfa")


@signed_in(policy=policy.can_erase, methods=("GET", "POST"))
@fresh
def erase_me(request):
    """What goes and what stays, in words; then everything that says who I am."""
    viewer = viewer_of(request.user)
    page = erasure_page(viewer, viewer.person)
    form = ErasureForm(request.POST if request.method == "POST" else None, address=page.email)
    if not form.is_valid():
        return ask(request, page, form)
    erase(by=viewer, person_id=viewer.person, at=request.moment)
    logout(request)
    return show(request, "records/erased.html")


@administers(methods=("GET", "POST"))
@fresh
def erase_somebody(request, viewer: Viewer, person_id: str):
    """The same for somebody who asked the administrator."""
    page = erasure_page(viewer, person_id)
    form = ErasureForm(request.POST if request.method == "POST" else None, address=page.email)
    if not form.is_valid():
        return ask(request, page, form)
    erase(by=viewer, person_id=person_id, at=request.moment)
    return HttpResponseRedirect("/administration/people/")


def ask(request, page: ErasurePage, form: ErasureForm):
    """The page, with what was typed where that was something else."""
    return show(request, "records/erasure.html", status=422 if form.is_bound else 200, page=page, form=form)
