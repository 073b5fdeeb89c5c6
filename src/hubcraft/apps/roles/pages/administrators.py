"""Who looks after the installation."""

from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from hubcraft.apps.people import actions
from hubcraft.apps.roles.forms import AdministratorForm
from hubcraft.apps.roles.pages.administration import HOME, administers, ask, typed


@administers(methods=("GET", "POST"))
def make(request, viewer):
    """One more administrator."""
    form = AdministratorForm(typed(request))
    if form.is_valid():
        actions.make_administrator(by=request.user, email=form.cleaned_data["email"], at=request.moment)
        return HttpResponseRedirect(HOME)
    heading, button = _("One more administrator"), _("Make them an administrator")
    return ask(request, form, heading=heading, button=button, back=HOME, kind="administrator")


@administers(methods=("POST",))
def end(request, viewer, person_id: str):
    """Somebody administers no longer."""
    actions.end_administrator(by=request.user, person_id=person_id, at=request.moment)
    return HttpResponseRedirect(HOME)
