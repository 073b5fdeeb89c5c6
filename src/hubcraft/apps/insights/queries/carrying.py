"""Who reads a next step that is carried on, where the hub it was promised in has become one with another since."""

from django.utils.translation import gettext as _

from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.improvement.queries import Widening
from hubcraft.apps.insights.queries.claims import claim_of_team
from hubcraft.apps.insights.queries.sight import former_at, with_later
from hubcraft.apps.reflections.models import Reflection


def widened(step: NextStep, board: Reflection) -> Widening | None:
    """More people than before, where the board beside which it would stand is one of the one hub."""
    claim = claim_of_team(step.team_id)
    if claim is None or claim.former is None:
        return None
    chain = with_later(claim.former)
    boards = Reflection.objects.filter(team=step.team_id, session=step.session_id)
    made_at = min((it.made_at for it in boards), default=claim.former.made_at)
    before, now = former_at(chain, made_at), former_at(chain, board.made_at)
    if before is None or before == now:
        return None
    hub = now.team if now is not None else claim.hub
    words = _(
        "Until now only those see it who were of {former} when two hubs became one; carried on, everyone of {hub} does."
    )
    return Widening(mark=hub.id, words=words.format(former=before.team.name, hub=hub.name))
