"""*Let's hear from you!*: what is said, as far as the speakers agree."""

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.actions import heard
from hubcraft.apps.facilitation.pages.kinds.strategies import speaker
from hubcraft.apps.facilitation.queries.heard import hear_page
from hubcraft.apps.reflections.pages.way import address_now, participants
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.web.page import show


def show_step(request, place, run, step):
    """What was said and may be shown; one's own strategies, to offer."""
    return show(request, "facilitation/steps/hear.html", page=hear_page(place, run, step, request.moment))


@participants(policy=policy.can_offer, methods=["POST"])
def offer(request, place: Place, strategy_id: str):
    """Offer a strategy of one's own to the room."""
    seat_id = speaker(request, place)
    heard.offer_strategy(by=place.viewer, seat_id=seat_id, strategy_id=strategy_id, at=request.moment)
    return HttpResponseRedirect(address_now(place))


@participants(policy=policy.can_offer, methods=["POST"])
def take_back(request, place: Place, strategy_id: str):
    """Rather not."""
    seat_id = speaker(request, place)
    heard.take_back_offer(by=place.viewer, seat_id=seat_id, strategy_id=strategy_id, at=request.moment)
    return HttpResponseRedirect(address_now(place))
