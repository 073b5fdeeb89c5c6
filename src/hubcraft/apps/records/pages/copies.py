"""A copy of everything that is kept about oneself."""

from django.http import HttpResponse

from hubcraft.apps.people.pages.account import signed_in
from hubcraft.apps.records import policy
from hubcraft.apps.records.actions.copies import note_copy
from hubcraft.apps.records.exports import copy_of


@signed_in(policy=policy.can_have_copy, methods=("POST",))
def take_copy(request):
    """One file to keep."""
    note_copy(person=request.user, at=request.moment)
    response = HttpResponse(copy_of(request.user, request.moment), content_type="application/zip")
    response["Content-Disposition"] = (
        f'attachment; filename="hubcraft-about-you-{request.moment:%Y-%m-%d}.zip"'
    )
    return response
