"""*Let's hear from you!*: what is said, as far as the speakers agree."""

from hubcraft.apps.facilitation.queries.heard import hear_page
from hubcraft.web.page import show


def show_step(request, place, run, step):
    """What was said and may be shown."""
    return show(request, "facilitation/steps/hear.html", page=hear_page(place, run, step, request.moment))
