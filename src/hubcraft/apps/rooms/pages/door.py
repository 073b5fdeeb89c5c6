"""The door: a code, a link, a QR code."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from hubcraft.apps.rooms import actions, queries
from hubcraft.apps.rooms.forms import CodeForm
from hubcraft.apps.rooms.pages import device
from hubcraft.domain.verdict import NotThere
from hubcraft.web.page import page, show


@page(policy=None)
def home(request):
    """The front page: come in with a code, or start a room."""
    return show(request, "rooms/home.html", form=CodeForm())


@page(policy=None, methods=["GET", "POST"])
def enter_code(request):
    """Type the code from the screen."""
    if request.method != "POST":
        return show(request, "rooms/join_code.html", form=CodeForm())
    address = device.address_of(request, settings.HUBCRAFT_TRUSTED_PROXIES)
    if queries.is_braked(address, request.moment):
        sentence = _(
            "Too many wrong codes came from here in the last minute. Scan the QR code instead, or wait a minute."
        )
        return show(request, "429.html", status=429, sentence=sentence)
    form = CodeForm(request.POST)
    room = queries.find_by_code(form.cleaned_data["code"], request.moment) if form.is_valid() else None
    if room is None:
        if not form.errors:
            actions.note_miss(address=address, at=request.moment)
            form.add_error(
                "code",
                _("No open room has this code. Look at the screen once more; a room's code ends with it."),
            )
        return show(request, "rooms/join_code.html", form=form, status=422)
    return let_to_door(request, room)


@page(policy=None)
def follow_link(request, token):
    """The link behind the QR code: the key moves from the address into a cookie."""
    room = queries.find_by_token(token)
    if room is None:
        raise NotThere
    return let_to_door(request, room)


def let_to_door(request, room) -> HttpResponseRedirect:
    """Note on this device that it knows the room, and go in."""
    response = HttpResponseRedirect(f"/r/{room.id}/")
    return device.keep(request, response, "door", room.id, room.join_token)
