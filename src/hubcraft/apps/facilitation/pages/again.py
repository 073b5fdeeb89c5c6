"""Starting the next session with the teams of this one."""

from django.conf import settings
from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation.actions.again import start_again
from hubcraft.apps.facilitation.forms import OnceForm
from hubcraft.apps.facilitation.pages.lead import leads
from hubcraft.apps.rooms.pages import device


@leads()
def again(request, viewer, room):
    """The facilitator goes on in a new room, whose key is kept on this device beside the old one's."""
    address = settings.HUBCRAFT_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    form = OnceForm(request.POST)
    once = form.cleaned_data["once"] if form.is_valid() else ""
    started, key = start_again(by=viewer, room=room, address=address, once=once, at=request.moment)
    response = HttpResponseRedirect(f"/r/{started.id}/lead/")
    return device.keep(request, response, "lead", started.id, key)
