"""Taking a token back, on the page of one's account."""

from django.http import HttpResponseRedirect

from hubcraft.apps.people import actions
from hubcraft.apps.people.pages.account import signed_in


@signed_in(methods=("POST",))
def revoke_token(request, token_id: str):
    """From the next call on the program is let in no more. Whoever is signed in may do it without showing anything."""
    actions.end_token(person=request.user, token_id=token_id, at=request.moment)
    return HttpResponseRedirect("/account/#tokens")
