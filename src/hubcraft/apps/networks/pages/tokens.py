"""Making a token, by which a program reads or writes in one's name."""

from datetime import UTC, timedelta

from allauth.account.decorators import reauthentication_required
from django.conf import settings

from hubcraft.apps.networks import queries
from hubcraft.apps.networks.forms import USUAL_DAYS, TokenForm
from hubcraft.apps.people import actions
from hubcraft.apps.people.pages.account import signed_in
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import show

# What opens as much as a session does is made by who has just shown their second step, if they have one.
fresh = reauthentication_required(allow_get=True, app="allauth.mfa")


@signed_in(methods=("GET", "POST"))
@fresh
def new_token(request):
    """What it is for, what it may do, where and until when; then the key itself, this once."""
    options = queries.place_options(queries.viewer_of(request.user))
    today = request.moment.astimezone(UTC).date()
    form = TokenForm(
        request.POST if request.method == "POST" else None,
        places=[it.key for it in options],
        today=today,
        initial={
            "may": "read",
            "until_on": (today + timedelta(days=USUAL_DAYS)).isoformat(),
            # Where there is only one there is nothing to choose.
            "places": [it.key for it in options] if len(options) == 1 else [],
        },
    )
    if not form.is_valid():
        return ask(request, form, options)
    asked = form.cleaned_data
    try:
        token, key = actions.make_token(
            person=request.user,
            name=asked["name"],
            may_write=asked["may"] == "write",
            places=asked["places"],
            until_on=asked["until_on"],
            at=request.moment,
        )
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return ask(request, form, options)
    address = settings.HUBCRAFT_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    call = f'curl -H "Authorization: Bearer $HUBCRAFT_KEY" {address}/api/v1/me'
    return show(request, "networks/token_made.html", token=token, key=key, call=call)


def ask(request, form: TokenForm, options):
    """The form, with what was chosen still chosen."""
    return show(
        request,
        "networks/new_token.html",
        status=422 if form.is_bound else 200,
        form=form,
        options=options,
        chosen=form["places"].value() or (),
        may=form["may"].value(),
    )
